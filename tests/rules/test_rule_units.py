"""Are units told apart?"""

from __future__ import annotations

import pytest

from ligandkb.rules.language.units import DIMENSIONLESS, parse_unit, power, product, root, unit_text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("eV", " eV "),
        ("1/eV", "eV^-1"),
        ("kJ/mol", "kJ mol^-1"),
        ("kJ/mol", "kJ·mol⁻¹"),
        ("nm2", "nm*nm"),
        ("nm²", "nm^2"),
        ("g/L/nm", "g L^-1 nm^-1"),
        ("eV/eV", ""),
        ("1", ""),
    ],
)
def test_one_unit_in_two_spellings(one, other):
    assert parse_unit(one) == parse_unit(other)


@pytest.mark.parametrize("text", ["eV", "e", "nm", "kJ/mol", "%", "°C", "mg/kg", "what is this?", "10^3"])
def test_different_units_stay_different(text):
    others = {"eV", "e", "nm", "kJ/mol", "%", "°C", "mg/kg", "what is this?", "10^3"} - {text}
    assert all(parse_unit(text) != parse_unit(other) for other in others)
    assert parse_unit(text) != DIMENSIONLESS


def test_products_powers_and_roots():
    volt = parse_unit("eV")
    assert product(volt, parse_unit("1/eV")) == DIMENSIONLESS
    assert product(volt, volt, -1) == DIMENSIONLESS
    assert power(volt, 2) == product(volt, volt)
    assert root(power(volt, 2)) == volt
    assert root(volt) is None
    assert unit_text(power(volt, -2)) == "eV^-2"
