from __future__ import annotations

import pytest

from ligandkb.catalogue.products import product_from_smiles
from ligandkb.ranking.pairs import all_partner_ids, lay_out_pairs


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


def test_a_metal_salt_is_listed_whole_and_by_its_anion_for_whoever_asks(kb):
    nitrate = product(kb, "lead-nitrate")
    assert keys(lay_out_pairs(kb.catalogue, [nitrate], None)) == {("lead nitrate", "none")}
    assert keys(lay_out_pairs(kb.catalogue, [nitrate], ["lead"])) == {
        ("lead nitrate", "none"),
        ("nitrate", "lead"),
    }


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
