"""Does a plan keep a strong acid's proton from the nanocrystals?"""

from __future__ import annotations

import pytest

from ligandkb.problems import InputError
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.ranking import ranking_document
from ligandkb.reports.render import render

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.mark.parametrize("acid", ["CS(=O)(=O)O", "OC(=O)C(F)(F)F", "OC(=O)C(=O)O"])
def test_a_strong_acid_alone_gets_no_plan(kb, acid):
    with pytest.raises(InputError, match=r"degraded DDAB-capped CsPbBr3 .*--partner oleylammonium"):
        kb.plan(acid, partners="none", **SAMPLE)


def test_a_salt_that_brings_its_free_acid_gets_no_plan(kb):
    with pytest.raises(InputError, match="take a salt that holds no free acid"):
        kb.plan("[Na+].CS(=O)(=O)[O-].CS(=O)(=O)O", **SAMPLE)


def test_each_strongly_acidic_proton_needs_an_amine(kb):
    with pytest.raises(InputError, match="2 strongly acidic protons and 1 amine"):
        kb.plan("OS(=O)(=O)CCS(=O)(=O)O", partners="oleylammonium", **SAMPLE)


def test_with_its_amine_the_salt_is_made_first(kb):
    plan = kb.plan("CS(=O)(=O)O", partners="oleylammonium", **SAMPLE)
    sheet = render(bench_sheet(plan), "md")
    assert sheet.index("at least one equivalent of oleylamine") < sheet.index("mix until clear")
    assert any("in excess and part of it stays a free acid" in one.text for one in plan.cautions)


def test_other_acids_are_planned_as_before(kb):
    plan = kb.plan("oleic acid", partners="oleylammonium", **SAMPLE)
    assert not plan.acid_first
    assert "at least one equivalent" not in render(bench_sheet(plan), "md")
    assert kb.plan("oleic acid", partners="none", **SAMPLE).cautions[0].severity == "stop"


def test_rank_and_explain_name_the_salt_to_be_formed_first(kb):
    ranking = render(ranking_document(kb.ranked(partners="oleylammonium")), "text")
    assert "methanesulfonic-acid + oleylamine, mixed first" in ranking
    assert "oleic-acid + oleylamine, mixed first" not in ranking
