"""Is a name offered only for a typo, and never that of another chemical?"""

from __future__ import annotations

import pytest

from ligandkb.catalogue.misspelling import likely_names, near_name
from ligandkb.chemistry.structure import canonical
from ligandkb.problems import NotFoundError, StructureError


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("oleylamonium", "oleylammonium"),
        ("acetc acid", "acetic acid"),
        ("oelic acid", "oleic acid"),
        ("trioctylphosphin", "trioctylphosphine"),
        ("oleilamine", "oleylamine"),
        ("difluroacetic acid", "difluoroacetic acid"),
        ("hexylphosphonnic acid", "hexylphosphonic acid"),
    ],
)
def test_a_typo_is_seen_through(typed, name):
    assert near_name(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("citric acid", "lactic acid"),
        ("ascorbic acid", "sorbic acid"),
        ("malic acid", "maleic acid"),
        ("capric acid", "caproic acid"),
        ("hexene", "hexane"),
        ("lead nitrite", "lead nitrate"),
        ("lead citrate", "lead nitrate"),
        ("octylamide", "octylamine"),
        ("sodium sulfite", "sodium sulfide"),
        ("trimethylamine", "triethylamine"),
        ("3-fluorobenzoic acid", "4-fluorobenzoic acid"),
        ("m-toluic acid", "p-toluic acid"),
        ("propionic acid", "propiolic acid"),
        ("cerium bromide", "cesium bromide"),
        ("phenyl acetate", "phenylacetate"),
        ("TOPS", "TOPO"),
        ("PEABr", "MABr"),
        ("MSA", "NSA"),
    ],
)
def test_another_chemical_is_not_offered(typed, name):
    assert not near_name(typed, name)
    assert not near_name(name, typed)


def test_no_name_of_the_catalogue_is_taken_for_a_typo_of_another_chemical_s(kb):
    names = {
        name: product.smiles
        for product in kb.catalogue.products
        for name in (product.id, product.name, *product.aliases, *(form.name for form in product.forms))
    }
    confused = [
        (one, other)
        for one in names
        for other in names
        if names[one] != names[other] and abs(len(one) - len(other)) < 2 and near_name(one, other)
    ]
    assert confused == []


@pytest.mark.slow
def test_no_common_name_of_another_chemical_gets_an_offer(kb):
    identifiers = pytest.importorskip("chemicals.identifiers")
    names = {
        name.casefold(): product.smiles
        for product in kb.catalogue.products
        for name in (product.name, *product.aliases)
    }
    identifiers.pubchem_db.autoload_main_db()
    common = [entry for entry in identifiers.pubchem_db.CAS_index.values() if entry.common_name][::10]
    wrong = []
    for entry in common:
        for name in likely_names(entry.common_name, names):
            if entry.common_name.casefold() in names:
                continue
            try:
                same = canonical(entry.smiles) == canonical(names[name])
            except StructureError:
                same = False
            if not same:
                wrong.append((entry.common_name, name))
    assert len(common) > 1000
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Oleylammoniumbromid", "did you mean 'oleylammonium bromide'?"),
        ("oleyl amin", "did you mean 'oleylamine'?"),
        ("fluorobenzoic acid", "did you mean '3-fluorobenzoic acid' or '4-fluorobenzoic acid'? Or"),
    ],
)
def test_a_german_name_and_one_without_its_place_are_offered(kb, text, offered):
    with pytest.raises(NotFoundError) as caught:
        kb.find(text)
    assert offered in str(caught.value)
