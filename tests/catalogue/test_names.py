"""Is a name found however it was typed?"""

from __future__ import annotations

import pytest

from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.catalogue.names import partner_names, spelling
from ligandkb.resources import data_directory


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2\u2011ethylhexanoic acid", "2-ethylhexanoic acid"),
        ("2\u2013ethylhexanoic\u00a0acid", "2-ethylhexanoic acid"),
        ("\u03b1-lipoic acid", "alpha-lipoic acid"),
        ("\u00b5-x", "mu-x"),
        ("2,2\u2032-iminodibenzoic acid", "2,2'-iminodibenzoic acid"),
        ("oleyl\u00adamine", "oleylamine"),
        ("  Oleic   ACID ", "oleic acid"),
        ("oleyl amine", "oleylamine"),
        ("Octyl phosphonic acid", "octylphosphonic acid"),
        ("dodecane thiol", "dodecanethiol"),
        ("benzene sulphonic acid", "benzenesulfonic acid"),
        ("cesium bromide", "caesium bromide"),
        ("tetrabutyl phosphonium bromide", "tetrabutylphosphonium bromide"),
    ],
)
def test_spellings(typed, meant):
    assert spelling(typed) == spelling(meant) == spelling(spelling(typed))


@pytest.mark.parametrize(
    ("one", "other"),
    [("phenyl acetate", "phenylacetate"), ("lead acetate", "leadacetate"), ("octyl sulfate", "octylsulfate")],
)
def test_what_is_written_apart_may_be_another_chemical(one, other):
    assert spelling(one) != spelling(other)


@pytest.fixture(scope="module")
def names():
    catalogue = read_catalogue([data_directory()], [])
    return catalogue, partner_names(catalogue.partners, catalogue.products, known=["none"])


def test_partners_by_their_own_names_amines_and_salts(names):
    catalogue, found = names
    assert found["none"] == {"none"}
    assert found["decylamine"] == {"decylammonium"}
    assert found["ddab"] == {"didodecyldimethylammonium"}
    assert all(found[spelling(partner.id)] == {partner.id} for partner in catalogue.partners)
    assert frozenset().union(*found.values()) <= {"none", *(partner.id for partner in catalogue.partners)}
