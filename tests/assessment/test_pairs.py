from __future__ import annotations

import pytest

from ligandkb.assessment.pairs import all_partner_ids, lay_out_pairs
from ligandkb.catalogue.products import product_from_smiles


def keys(pairs) -> set[tuple[str, str]]:
    return {(pair.form.name, pair.partner_id) for pair in pairs}


def product(kb, name):
    return kb.find(name).product


def test_an_acid_comes_with_the_native_amine(kb):
    assert keys(lay_out_pairs(kb.catalogue, [product(kb, "benzoic-acid")], None)) == {
        ("benzoate", "oleylammonium")
    }


def test_a_salt_comes_with_its_own_ion(kb):
    assert keys(lay_out_pairs(kb.catalogue, [product(kb, "caesium-acetate")], None)) == {
        ("acetate", "caesium")
    }


def test_both_ions_of_a_metal_salt_are_judged(kb):
    nitrate = product(kb, "lead-nitrate")
    for wanted in (None, ["lead"]):
        assert keys(lay_out_pairs(kb.catalogue, [nitrate], wanted)) == {
            ("lead nitrate", "none"),
            ("nitrate", "lead"),
        }
    # a halide is judged in the whole already: for whoever asks it is listed by itself, too
    bromide = product(kb, "lead-bromide")
    assert keys(lay_out_pairs(kb.catalogue, [bromide], None)) == {("lead bromide", "none")}
    assert ("bromide", "lead") in keys(lay_out_pairs(kb.catalogue, [bromide], ["lead"]))


def test_what_a_cation_brings_comes_as_bought_beside_its_halide(kb):
    pairs = lay_out_pairs(kb.catalogue, [product_from_smiles("[Cl-].[NH3+]CCCS")], None)
    assert [(pair.form.form.smiles, pair.partner_id, pair.partner_count) for pair in pairs] == [
        ("[Cl-]", "[NH3+]CCCS", 1),
        ("[NH3+]CCC[S-]", "none", 0),
        ("[NH3+]CCCS", "none", 0),
    ]


PEPTIDE = "NC(=[NH2+])NCCC" + "[C@H](NC(=O)CNC(=O)C(C)N)C(=O)NC(CO)" * 8 + "C(N)=O"


def test_the_cation_of_a_drug_or_peptide_is_no_partner(kb):
    salt = product_from_smiles(f"{PEPTIDE}.[O-]C(=O)C(F)(F)F")
    assert [str(named.form.ligand_class) for named in salt.forms] == ["L"]
    (pair,) = lay_out_pairs(kb.catalogue, [salt], None)
    assert (pair.partner, pair.form.form.charge) == (None, 1)
    assert PEPTIDE not in all_partner_ids(kb.catalogue, [salt])


@pytest.mark.parametrize(
    "salt",
    [
        "[Br-].CCCCCCCCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCCCCCCCC",
        "[Cl-].c1ccc([P+](c2ccccc2)(c2ccccc2)c2ccccc2)cc1",
        "[Cl-].c1ccc(P(=[N+]=P(c2ccccc2)(c2ccccc2)c2ccccc2)(c2ccccc2)c2ccccc2)cc1",  # has no donor of its own
        "[Br-].[NH3+]CCc1ccccc1",
    ],
)
def test_cations_without_donors_are_partners_at_any_size(kb, salt):
    (pair,) = lay_out_pairs(kb.catalogue, [product_from_smiles(salt)], None)
    assert pair.partner is not None


def test_a_quaternary_partner_comes_only_inside_its_salt(kb):
    pairs = lay_out_pairs(kb.catalogue, [product(kb, "benzoic-acid")], ["didodecyldimethylammonium"])
    assert pairs == ()


def test_two_ways_to_one_pair_are_one_row(kb):
    products = [product(kb, "acetic-acid"), product(kb, "caesium-acetate")]
    (pair,) = lay_out_pairs(kb.catalogue, products, ["caesium"])
    assert [[item.id for item in recipe.products] for recipe in pair.recipes] == [
        ["acetic-acid", "caesium-carbonate"],
        ["caesium-acetate"],
    ]


@pytest.mark.parametrize(
    ("smiles", "partner", "counts"),
    [
        ("OC(=O)C(=O)O", "oleylammonium", {-1: (1, 1), -2: (1, 2)}),
        ("[Pb+2].[O-]C(=O)CCC(=O)[O-]", "lead", {-2: (1, 1)}),
        ("[Al+3].[O-]C(=O)C([O-])=O.[Al+3].[O-]C(=O)C([O-])=O.[O-]C(=O)C([O-])=O", "[Al+3]", {-2: (3, 2)}),
    ],
)
def test_counts_make_the_pair_neutral(kb, smiles, partner, counts):
    pairs = lay_out_pairs(kb.catalogue, [product_from_smiles(smiles)], [partner])
    found = {pair.form.form.charge: (pair.form_count, pair.partner_count) for pair in pairs if pair.partner}
    assert found == counts


def test_cations_that_no_file_names_are_partners_too(kb):
    salt = product_from_smiles("[Rb+].CCOC(=S)[S-]")
    assert "[Rb+]" in all_partner_ids(kb.catalogue, [salt])
    assert [pair.partner_id for pair in lay_out_pairs(kb.catalogue, [salt], None)] == ["[Rb+]"]
