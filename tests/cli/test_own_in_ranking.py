"""Does a ranking show what a lab measured itself, and say what that moved?"""

from __future__ import annotations

import json
import re

import pytest

from ligandkb.assessment.moved import moved_by_own

DDAB = "bromide + didodecyldimethylammonium"


@pytest.fixture
def recorded(run, tmp_path):
    """Record one outcome of a pair: ligand, partner, PLQY before and after, effect."""
    db = str(tmp_path / "ours.sqlite")

    def recorded(ligand, partner, before, after, effect):
        figures = ("--plqy-before-pct", before, "--plqy-after-pct", after)
        said = run(
            *("outcomes", "add", ligand, "--partner", partner, "-c", "CsPbBr3", "--effect", effect),
            *(*figures, "--db", db),
        )
        assert said.code == 0, said.err
        return db

    return recorded


def words(run, *arguments):
    return " ".join(run("rank", *arguments, env={"COLUMNS": "80"}).out.split())


def test_own_figures_stand_before_those_of_others(run, recorded):
    db = recorded("hexylphosphonate", "oleylammonium", "62±3", "88±3", "improved")
    assert "own: 62 → 88 %; 76 → 98 %" in words(run, "--db", db)
    for form in ("md", "html"):
        assert "own: 62 → 88 %; 76 → 98 %" in run("rank", "--format", form, "--db", db).out
    assert "Moved by" not in words(run, "--db", db), "it stands where it stood"
    rows = json.loads(run("rank", "--format", "json", "-n", "4", "--db", db).out)["rows"]
    assert not any("own" in str(row["measured"]) for row in rows)


def test_own_figures_that_were_compared_with_nothing_are_shown_too(run, recorded, tmp_path):
    file = tmp_path / "ours.csv"
    file.write_text(
        "binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct\n"
        "CCCCCCP(=O)([O-])O,oleylammonium,CsPbBr3,,62,88\n"
    )
    db = str(tmp_path / "ours.sqlite")
    assert run("outcomes", "add", "--from", str(file), "--db", db).code == 0
    assert "| own: 88 % after, not compared; 76 → 98 % |" in run("rank", "--format", "md", "--db", db).out


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_a_pair_that_an_own_failure_brought_down_is_named_with_its_place(run, recorded, form):
    db = recorded("DDAB", "didodecyldimethylammonium", "62±3", "41±4", "decreased")
    said = words(run, "--format", form, "--db", db)
    assert f"Moved by your own results: {DDAB} (1=, now 45=: its outcomes conflict)" in said
    assert "own: 62 → 41 %" in words(run, "--all", "--db", db)
    assert "Moved by" not in words(run, "--donor", "phosphonate", "--db", db), "it wasn't asked for"


def test_pairs_near_a_measured_one_are_counted(run, recorded):
    db = recorded("hexylphosphonate", "oleylammonium", "88±3", "62±3", "decreased")
    said = words(run, "--donor", "phosphonate", "--db", db)
    found = re.search(
        r"Moved by your own results: hexylphosphonate \+ oleylammonium \(3=, [^)]*\); (\d+) pairs near", said
    )
    assert int(found.group(1)) > 3


def test_without_own_outcomes_nothing_is_said(run, kb):
    said = words(run, "--db", "none", "--legend")
    assert "own results" not in said
    assert "Own: " not in said
    ranked = kb.ranked("CsPbBr3")
    assert ranked.moved == moved_by_own(ranked.assessments, kb.outcomes) == ()
