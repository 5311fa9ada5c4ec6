"""Is the dose that did harm said beside the plan's own?"""

from dataclasses import replace

import pytest

from ligandkb.planning import over_dosing
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.text import text

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.fixture(scope="module")
def source(kb):
    return next(one for one in kb.outcomes if one.id.endswith("didodecyldimethylammonium-excess"))


@pytest.mark.parametrize("ligand", ["DDAB", "tetrabutylammonium chloride"])
def test_the_sources_dose_stands_at_the_warning_in_the_plans_unit_with_the_ratio(kb, source, ligand):
    plan = kb.plan(ligand, **SAMPLE)
    (caution,) = (one for one in plan.cautions if "begin lower" in one.text)
    assert "70 to 4 % PLQY" in caution.text and "for 10 min" in caution.text and source.doi in caution.source
    ratio = plan.pair_concentration_mm / source.concentration_mmol_per_l
    assert f"This plan offers {plan.pair_concentration_mm:.3g} mM, " in caution.text
    assert f"{ratio:.2g} times that concentration" in caution.text
    assert source.note in caution.text  # what its figure leaves open


def test_small_steps_are_a_step_before_the_cycles_and_nowhere_without_the_tag(kb):
    said = " ".join(text(bench_sheet(kb.plan("DDAB", **SAMPLE))).split())
    assert said.index("Go in small steps") < said.index("Cycle 1 of 3")
    assert "less than 0.25 mM (1/25 of this plan's 6.37 mM" in said
    assert "small steps" not in text(bench_sheet(kb.plan("oleic acid", partners="oleylammonium", **SAMPLE)))


def test_equivalents_and_crystals_are_compared_where_they_are_recorded(kb, source):
    plan = kb.plan("DDAB", **SAMPLE)
    by_sites = replace(source, concentration_mmol_per_l=None, equivalents=2.0)
    (caution,) = over_dosing.dose_cautions(plan, [by_sites])
    assert (
        "with 2 pairs per binding site" in caution.text and "4 per binding site, 2 times that" in caution.text
    )
    assert "less than 3.19 mM (1/2 of" in over_dosing.small_steps(plan, [by_sites])
    (caution,) = over_dosing.dose_cautions(plan, [replace(source, nc_concentration_umol_per_l=0.1)])
    assert "(6.37e+03 for each crystal, 2.5 times the 2.5e+03 there)" in caution.text


def test_without_a_recorded_dose_the_sheet_says_so(kb):
    plan = kb.plan("DDAB", **SAMPLE)
    (caution,) = over_dosing.dose_cautions(plan, [])
    assert "no dose is recorded" in caution.text
    assert "less than 6.37 mM, and measure" in over_dosing.small_steps(plan, [])
