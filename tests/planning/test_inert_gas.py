import pytest

from ligandkb.chemistry.structure import parse
from ligandkb.planning.inert_gas import CLASSES, STATEMENTS, inert_gas_reasons

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.mark.parametrize("alert", CLASSES, ids=lambda alert: alert.name)
def test_each_class_says_what_it_matches_and_what_not(alert) -> None:
    for smiles in (*alert.matches, *alert.rejects):
        mol = parse(smiles)
        assert alert.matches_molecule(mol) == (smiles in alert.matches), smiles


@pytest.mark.parametrize("name", ["tributylphosphine", "trioctylphosphine", "CP(C)CCCCCC", "CCCP(CCC)CCC"])
def test_a_plan_that_needs_inert_gas_says_so(kb, name) -> None:
    plan = kb.plan(name, **SAMPLE)
    assert any("weigh in and dissolve it under nitrogen or argon" in line for line in plan.safety)
    assert "degassed, under nitrogen or argon" in plan.protocol.solvent


@pytest.mark.parametrize("name", ["oleic acid", "trioctylphosphine oxide", "triphenylphosphine", "PbBr2"])
def test_a_plan_that_needs_none_says_nothing_of_it(kb, name) -> None:
    plan = kb.plan(name, **SAMPLE)
    assert not any("nitrogen or argon" in line for line in plan.safety)
    assert plan.protocol.solvent == "anhydrous hexanes or toluene"


def test_tributylphosphine_ignites_in_air(kb) -> None:
    assert "pyrophoric" in kb.assess("tributylphosphine").safety.tags
    assert any(
        "tributylphosphine: pyrophoric (structure, H250)" in line
        for line in kb.plan("tributylphosphine", **SAMPLE).safety
    )


def test_the_label_counts_as_well_as_the_structure(kb) -> None:
    zinc = kb.assess("zinc dust")
    (said,) = inert_gas_reasons([zinc.pair.product], zinc.safety.products)
    assert f"H250: {STATEMENTS['H250']}" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("glycine", True),
        ("taurine", True),
        ("NC(CO)C(=O)O", True),
        ("NCCCC(=O)O", True),
        ("oleic acid", False),
    ],
)
def test_a_zwitterion_without_a_tail_is_not_expected_to_dissolve(kb, name, said) -> None:
    cautions = " ".join(one.text for one in kb.plan(name, **SAMPLE).cautions)
    assert ("not expected to dissolve in toluene or hexane" in cautions) == said
