"""Are values filled in, and nothing else?"""

from __future__ import annotations

import pytest

from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.rules.columns import Column
from ligandkb.rules.language.templates import parse_template

COLUMNS = {
    "charge": Column("charge", "number", "charge", unit="e"),
    "donor": Column("donor", "text", "donor"),
    "acid": Column("acid", "flag", "acid"),
}
VALUES = {"charge": -0.51234, "donor": "S {charge}", "acid": True}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("plain", "plain"),
        ("{charge}", "-0.51234"),
        ("{charge:.2f} e", "-0.51 e"),
        ("{charge:+.3f}{charge:.1e}", "-0.512-5.1e-01"),
        ("{charge:.0%}", "-51%"),
        ("{charge:g}", "-0.51234"),
        ("{donor} and {acid}", "S {charge} and true"),
    ],
)
def test_values_are_filled_in_once(text, filled):
    template, errors = parse_template(text, COLUMNS)
    assert not errors
    assert template.fill(VALUES) == filled


def test_absent_values_are_words():
    template, _ = parse_template("{charge:.2f} {donor} {acid}", COLUMNS)
    values = {
        "charge": Missing("compute it"),
        "donor": Failed("no conformer"),
        "acid": NotApplicable("an ion"),
    }
    assert template.fill(values) == "missing failed not applicable"
    assert template.fill({}) == "missing missing missing"
    assert template.columns == {"charge", "donor", "acid"}


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ("a {chrge}", 3, "'chrge' is not a column"),
        ("{charge.real}", 1, "is not a column"),
        ("{charge[0]}", 1, "is not a column"),
        ("{charge!r}", 1, "is not a column"),
        ("{0}", 1, "is not a column"),
        ("{}", 1, "is not a column"),
        ("{:.2f}", 1, "is not a column"),
        ("{charge:}", 8, "the format '' can't be used"),
        ("{charge:>9999999999}", 8, "the format"),
        ("{charge:.99f}", 8, "the format"),
        ("{charge:d}", 8, "the format"),
        ("{charge:{acid}}", 0, "a single {"),
        ("{donor:.2f}", 1, "donor is not a number and takes no format"),
        ("{acid:.0f}", 1, "acid is not a number"),
        ("a { b", 2, "a single {"),
        ("a } b", 2, "a single }"),
        ("{{charge}}", 0, "a single {"),
        ("{charge}" * 51, 0, "more than 50 values"),
    ],
)
def test_anything_else_is_refused_in_its_place(text, offset, what):
    _, errors = parse_template(text, COLUMNS)
    assert errors[0].offset == offset
    assert what in errors[0].what
    assert errors[0].fix
