"""Is solubility measured, judged or unknown, and for the reasons that rules/solubility.yaml gives?"""

from __future__ import annotations

import pytest

import ligandkb as lk
from ligandkb.assessment.solubility import judged_soluble, solubility_of
from ligandkb.catalogue.solubility import Seen, contents_of
from ligandkb.missing import Missing

PPH4 = "[P+](c1ccccc1)(c1ccccc1)(c1ccccc1)c1ccccc1"
MORPHINE = "C[NH+]1CCC23C4Oc5c(O)ccc(CC1C2C=CC4O)c35"


@pytest.mark.parametrize(
    ("smiles", "judged"),
    [
        # ion pairs: a chain carries them, a ring on one of the ions doesn't
        ("OC(=O)CF", True),  # with oleylammonium, as in the paper
        ("[Cs+].[O-]C(C)=O", False),
        ("[NH4+].[Br-]", False),
        ("[Br-].[NH3+]CCc1ccccc1", False),
        (f"[Cl-].{PPH4}", False),
        (f"[Br-].{MORPHINE}", False),
        (f"CS(=O)(=O)[O-].{MORPHINE}", False),
        ("[NH4+].[O-]C(=O)c1ccccc1", False),
        ("[O-]C(=O)c1ccccc1.[NH3+]CCc1ccccc1", None),
        ("CCCC[N+](CCCC)(CCCC)CCCC.[Br-]", None),
        ("CCCCCCCCCCCCCCCC[N+](C)(C)C.[I-]", None),  # straight chains pack
        ("CCCCCCCC/C=C\\CCCCCCCC(=O)[O-].[Na+]", None),
        ("CCCCCCCC/C=C\\CCCCCCCC[NH3+].[F-]", True),
        ("CCCCCCCC/C=C/CCCCCCCC[NH3+].[F-]", None),
        # zwitterions
        ("NCC(=O)O", False),
        ("NC(Cc1ccccc1)C(=O)O", False),
        ("C[N+](C)(C)CC(=O)[O-]", False),
        ("CCCCCCCCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]", None),
        ("CCCCCCCC/C=C\\CCCCCCCC(=O)NCCC[N+](C)(C)CC(=O)[O-]", True),
        # neutral donors
        ("CCCCCCCCN", True),  # a liquid of the catalogue
        ("CCCCCCCC/C=C\\CCCCCCCCN", True),
        ("CCCCCCCCCCCCCCCCCCN", None),
        ("NC(N)=S", None),
    ],
)
def test_structure_decides_only_where_it_can(kb, smiles, judged):
    found = judged_soluble(kb.assess(smiles).pair)
    assert (None if isinstance(found, Missing) else found) is judged


def test_measurement_goes_before_judgement(kb):
    acetate = kb.assess("caesium acetate").pair
    contents = contents_of([("[Cs+]", 1), ("CC(=O)[O-]", 1)])
    assert solubility_of(acetate, {}) == (False, "judged")
    assert solubility_of(acetate, {contents: Seen({"toluene": True})}) == (True, "measured")
    assert solubility_of(acetate, {contents: Seen({"hexane": False})}) == (False, "judged")
    unknown, known_by = solubility_of(kb.assess("thiourea").pair, {})
    assert isinstance(unknown, Missing)
    assert known_by == "unknown"


def test_a_pair_of_two_bottles_is_found_by_its_ions(kb):
    pair = kb.assess("oxalic acid").pair
    dianion = next(
        row.pair
        for row in kb.assess_all("oxalic acid", partners="oleylammonium")
        if row.pair.form.form.charge == -2
    )
    assert pair.partner is not None
    amine = pair.partner.smiles
    table = {contents_of([(amine, 2), (dianion.form.form.smiles, 1)]): Seen({"toluene": False})}
    assert solubility_of(dianion, table) == (False, "measured")
    assert solubility_of(pair, table) == (True, "judged")


def test_an_amino_acid_stays_a_zwitterion_beside_an_amine(kb):
    rows = kb.assess_all("glycine", partners=("oleylammonium", "none"))
    assert {str(row.pair.form.form.ligand_class) for row in rows} >= {"zwitterion", "X"}
    assert {row.values["soluble"] for row in rows} == {False}
    beside_the_amine = next(row for row in rows if row.pair.partner_id == "oleylammonium")
    fired = {state.rule.id for state in kb.rule_states(beside_the_amine) if state.state == "fired"}
    assert "zwitterion-without-a-tail" in fired
    assert "ionic-without-a-tail" not in fired


def test_a_plan_says_once_that_nobody_knows_whether_it_dissolves(kb):
    sample = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
    for name, unknown in (
        ("tetrabutylammonium bromide", 1),
        ("hexylphosphonic acid", 0),
        ("lead bromide", 0),
    ):
        said = [one.text for one in kb.plan(name, **sample).cautions if "dissolve" in one.text]
        assert sum("isn't known" in text for text in said) == unknown, said
        assert sum("not expected to dissolve" in text for text in said) == (name == "lead bromide"), said


def test_the_tag_follows_and_says_how_it_is_known(kb):
    for name, soluble in (("tetraphenylphosphonium chloride", False), ("glycine", False), ("oleate", True)):
        row = kb.assess(name)
        assert row.values["soluble"] is soluble
        assert ("insoluble" in row.safety.tags) is not soluble


def test_a_lab_lays_what_it_saw_over_the_judgement(tmp_path):
    (tmp_path / "solubility.csv").write_text(
        "smiles,solvent,dissolves,source\n[Cs+].CC(=O)[O-],toluene,yes,own measurement\n"
        "[Cs+].[Br-],hexane,no,own measurement\n[Br-].[Cs+],toluene,no,own measurement\n",
        encoding="utf-8",
    )
    kb = lk.load(tmp_path, ())
    acetate, bromide = kb.assess("caesium acetate"), kb.assess("caesium bromide")
    assert (acetate.values["soluble"], acetate.values["soluble_by"]) == (True, "measured")
    assert "insoluble" not in acetate.safety.tags
    assert (bromide.values["soluble"], bromide.values["soluble_by"]) == (False, "measured")
    fired = {state.rule.id for state in kb.rule_states(bromide) if state.state == "fired"}
    assert "seen-not-to-dissolve" in fired
    assert "ionic-without-a-tail" not in fired


def test_an_acid_alone_dissolves_as_it_is_bought(kb):
    (alone,) = kb.assess_all("benzoic acid", partners="none")
    assert (alone.values["soluble"], alone.values["soluble_by"]) == (True, "measured")
    assert kb.assess("benzoic acid").values["soluble_by"] == "judged"
