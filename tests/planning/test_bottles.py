from __future__ import annotations

import pytest

from ligandkb.planning.bottles import Label, ligand_reagent
from ligandkb.planning.reagents import dose


@pytest.mark.parametrize(
    ("what", "groups"),
    [
        ("OC(=O)c1ccccc1Nc1ccccc1C(=O)O", 2),
        ("CCCCCCP(=O)(O)O", 2),
        ("CCCCCCCC/C=C\\CCCCCCCC(=O)O", 1),
        ("CS(=O)(=O)O", 1),
        ("NCCCCCCN", 2),
        ("CCCCCCCCN", 1),
        ("[Br-].CCCC[N+](CCCC)(CCCC)CCCC", 1),
    ],
)
def test_an_acid_or_amine_value_counts_every_group(kb, what, groups):
    assert ligand_reagent(kb.assess(what).pair).titrated_groups == groups


def test_a_dicarboxylic_acid_is_dosed_by_its_acid_value_as_by_its_mass(kb):
    pair = kb.assess("OC(=O)c1ccccc1Nc1ccccc1C(=O)O").pair
    pure = dose(ligand_reagent(pair, Label(purity_fraction=1.0)), 10.0)
    value = 2 * 56105 / pure.reagent.molar_mass_g_per_mol
    by_value = dose(ligand_reagent(pair, Label(dosing_value_mg_koh_per_g=value)), 10.0)
    assert by_value.milligram == pytest.approx(pure.milligram, rel=1e-6)


@pytest.mark.parametrize(
    ("smiles", "purity", "technical"),
    [("I", 0.57, False), ("OP(=O)(O)O", 0.85, False), ("CCCCCCCC/C=C\\CCCCCCCC(=O)O", 0.90, True)],
)
def test_the_rest_of_a_mineral_acid_is_water(kb, smiles, purity, technical):
    reagent = ligand_reagent(kb.assess(smiles).pair, Label(purity_fraction=purity))
    assert reagent.technical is technical


@pytest.mark.parametrize(
    ("name", "purity", "technical"),
    [
        ("4-dodecylbenzenesulfonic acid", 0.70, False),
        ("benzoic acid", 0.80, False),
        ("oleylamine", 0.70, True),
    ],
)
def test_only_the_rest_of_a_fatty_acid_or_amine_pairs_up(kb, name, purity, technical):
    reagent = ligand_reagent(kb.assess(name).pair, Label(purity_fraction=purity))
    assert reagent.technical is technical


def test_a_sulfonic_acid_in_solvent_is_divided_by_its_purity_and_the_sheet_says_what_that_means(kb):
    sample = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
    acid = "4-dodecylbenzenesulfonic acid"
    pure, sold = (kb.plan(acid, ligand_label=Label(share), **sample) for share in (1.0, 0.7))
    assert sold.per_cycle[0].milligram == pytest.approx(pure.per_cycle[0].milligram / 0.7)
    assert any("the rest is taken as water or solvent" in one.text for one in sold.cautions)
    assert not any("the rest is taken as water or solvent" in one.text for one in pure.cautions)


def test_no_concentrate_is_offered_of_what_is_not_expected_to_dissolve(kb):
    small = {"nanocrystal_concentration_um": 0.2, "volume_ml": 0.5, "edge_length_nm": 9.5}
    salt, pair = kb.plan("zinc bromide", **small), kb.plan("hexylphosphonic acid", **small)
    assert (salt.solution.strength, pair.solution.strength) == (1, 10)
    assert min(one.milligram for one in salt.solution.doses) >= 10.0
    assert any("No concentrate is offered" in one.text for one in salt.cautions)
