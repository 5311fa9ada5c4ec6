"""Do the lines hold what they promise, and is the shipped file what the shipped tables give?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ligandkb.chemistry.acidity import FAMILY
from ligandkb.chemistry.linear_free_energy import FILE
from ligandkb.resources import data_directory
from ligandkb.validation.least_squares import least_squares
from ligandkb.validation.linear_free_energy import as_json, fit_all, fit_family


@pytest.fixture(scope="module")
def fits(kb):
    return fit_all(kb.aqueous.pka, kb.aqueous.lead)


def test_the_shipped_coefficients_are_those_of_the_shipped_tables(fits):
    """If this fails: python benchmarks/linear_free_energy.py --write, and review the difference."""
    shipped = json.loads((data_directory() / FILE).read_text(encoding="utf-8"))
    found = as_json(fits.models)
    assert found.keys() == shipped.keys()

    def compare(here, there, where=""):
        if isinstance(here, dict):
            assert here.keys() == there.keys(), where
            for key in here:
                compare(here[key], there[key], f"{where}/{key}")
        else:
            assert here == pytest.approx(there, abs=2e-4), where

    compare(found, shipped)


def test_carboxylic_acids_left_out_one_by_one(fits):
    fit = next(fit for fit in fits.acidity if fit.model.name == "carboxylic acid")
    assert fit.model.n >= 45
    assert fit.model.mean_absolute_error <= 0.35
    assert fit.spearman >= 0.9
    assert len(fit.model.coefficients) <= 6


def test_every_family_beats_a_constant(fits):
    for fit in fits.acidity:
        assert fit.model.mean_absolute_error < fit.model.of_a_constant, fit.model.name


def test_log_k1_left_out_one_by_one(fits):
    line = fits.lead_line.model
    assert line.n >= 6
    assert line.mean_absolute_error <= 0.2
    assert line.mean_absolute_error <= line.of_a_constant / 2
    slope = line.coefficients["pKa less that of acetic acid"]
    assert 0.2 < slope.value < 0.6


def test_second_donors_by_kind(fits):
    found = {donor.kind: donor.increment for donor in fits.second_donors}
    assert found["pyridine nitrogen"].value > 1
    assert found["alpha-hydroxyl"].value > 2 * found["alpha-hydroxyl"].error
    for kind in ("alpha-ether", "alpha-thioether", "beta- or gamma-hydroxyl"):
        assert abs(found[kind].value) < 2 * found[kind].error
    assert all(increment.n and increment.error for increment in found.values())


def test_what_is_said_without_a_value_is_the_fit_to_the_others(kb):
    pka = kb.aqueous.pka
    fit = fit_family(FAMILY["phenol"], pka)
    left = fit.values[0]
    others = {key: value for key, value in pka.items() if key[0] != left.name}
    reduced = fit_family(FAMILY["phenol"], others).model
    rows = {value.name: value for value in fit.values}
    assert reduced.n == fit.model.n - 1
    from ligandkb.chemistry.acidity import sites_of, terms_of
    from ligandkb.chemistry.structure import parse

    mol = parse(left.name)
    terms = terms_of(mol, sites_of(mol, FAMILY["phenol"])[0], FAMILY["phenol"])
    wide = {term: replace(one, lowest=-9, highest=9) for term, one in reduced.coefficients.items()}
    assert replace(reduced, coefficients=wide).predict(terms).value == pytest.approx(rows[left.name].without)


def test_terms_that_the_values_cannot_tell_apart_are_refused():
    rows = [{"a": 1.0, "b": 2.0}, {"a": 2.0, "b": 4.0}, {"a": 3.0, "b": 6.0}, {"a": 4.0, "b": 8.0}]
    with pytest.raises(ValueError, match="can't tell 3 coefficients apart"):
        least_squares("x", "abcd", rows, [1.0, 2.0, 3.0, 4.0], ("a", "b"))


def test_a_coefficient_that_rests_on_one_value_is_refused():
    rows = [{"a": 0.0}, {"a": 0.0}, {"a": 0.0}, {"a": 1.0}]
    with pytest.raises(ValueError, match="rests on d alone"):
        least_squares("x", "abcd", rows, [1.0, 1.1, 0.9, 2.0], ("a",))
