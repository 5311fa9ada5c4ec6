"""Does a condition mean what it says, and is a wrong one refused in the right place?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import InputError
from ligandkb.rules.columns import Column
from ligandkb.rules.language.parser import parse_condition, read_condition
from ligandkb.rules.language.tokens import SourceLine

COLUMNS = {
    column.name: column
    for column in (
        Column("charge", "number", "charge", unit="e"),
        Column("charge_of_oleate", "number", "charge", unit="e"),
        Column("length", "number", "length", minimum=0, maximum=40),
        Column("hardness", "number", "hardness", unit="eV"),
        Column("softness", "number", "softness", unit="1/eV"),
        Column("area", "number", "area", unit="nm^2"),
        Column("edge", "number", "edge", unit="nm"),
        Column("donor", "text", "donor", allowed=("O", "S", "NO")),
        Column("other", "text", "donor", allowed=("N", "P")),
        Column("name", "text", "free text"),
        Column("kind", "text", "never missing", allowed=("X", "L"), nullable=False),
        Column("acid", "flag", "acid"),
        Column("salt", "flag", "salt"),
    )
}

ACCEPTED = [
    "acid",
    "not acid",
    "acid == true",
    "acid != false",
    "acid == salt",
    "acid is missing",
    "acid is not missing",
    "charge is missing",
    "donor is not missing and donor == 'S'",
    "donor == 'S'",
    'donor == "S"',
    "'S' == donor",
    "donor != 'NO'",
    "donor in ['S', \"O\"]",
    "donor not in ['S']",
    "name == 'it''s' or acid".replace("''", ""),
    'name == "it\'s Å # and" and not (acid)',
    "name in ['a b', 'and', '(', ')', '[', '#']",
    "charge > 0",
    "charge > -0.25",
    "charge > .5 or charge < 5.",
    "charge > 1e-3",
    "charge > 1E+3",
    "0.1 < charge < 0.5",
    "0.1 < charge <= charge_of_oleate < 5",
    "charge == charge_of_oleate == 0.5",
    "charge - charge_of_oleate > 0.05",
    "charge/length > 0.1",
    "charge*-2 > -charge",
    "--charge > 1",
    "length in [1, 2, 3]",
    "length not in [1, 2.5]",
    "charge in [-1, 1]",
    "length + 1 in [2, 3]",
    "charge ** 2 > 1",
    "charge ** -2 > 1",
    "-charge ** 2 < -1",
    "2 ** 3 > charge",
    "abs(charge) > 1",
    "sqrt(length) > log10(length)",
    "min(charge, charge_of_oleate, 0) < 0",
    "max(charge, -1) > 0",
    "not not acid",
    "not (acid or salt) and (charge > 1)",
    "((((acid))))",
    "(charge) > (1)",
    "(charge + 1) * 2 > ((3))",
    "1 / hardness > softness",
    "hardness * softness > 0.5",
    "sqrt(area) > edge",
    "area / edge > edge",
    "edge ** 2 > area",
    "log10(hardness) > log10(edge)",
    "acid and\n  charge > 1\n  or salt",
    "\n\n  acid\n\n    and salt\n\n",
    "(acid\n or salt)",
    "charge > 1\nand (\n  acid\n)",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_condition_is_accepted(text):
    condition = parse_condition(text, COLUMNS)
    assert condition.columns
    assert "\n" not in condition.text


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("donor > 4.5", "1:1", "cannot compare text with a number: donor > 4.5"),
        ("acid and\n  donor > 4.5", "2:3", "cannot compare text with a number: donor > 4.5"),
        ("4.5 < donor", "1:1", "cannot compare a number with text: 4.5 < donor"),
        ("acid == 'S'", "1:1", "cannot compare a flag with text"),
        ("acid > 0", "1:1", "cannot compare a flag with a number"),
        ("acid < salt", "1:1", "cannot order a flag"),
        ("donor < name", "1:1", "cannot order text"),
        ("'A' < donor < 'B'", "1:1", "cannot order text: 'A' < donor"),
        ("charge > 1 and hardnes > 2", "1:16", "no column is called 'hardnes'"),
        ("acid or\n(salt\n and hardnes > 2)", "3:6", "no column is called 'hardnes'"),
        ("donor == 's'", "1:10", "donor is never 's'"),
        ("'s' == donor", "1:1", "donor is never 's'"),
        ("donor in ['S', 'O', 's']", "1:21", "donor is never 's'"),
        ("donor in ['S', 'S']", "1:16", "'S' stands in the list twice"),
        ("donor in ['S', 'O', 'NO']", "1:1", "the list holds every value that donor can take"),
        ("donor in ['S', 1]", "1:16", "cannot compare text with a number"),
        ("length in [1, 'S']", "1:15", "cannot compare a number with text"),
        ("length in [1, 99]", "1:15", "always false: 99"),
        ("length in [1, charge]", "1:15", "a list can hold only texts or numbers"),
        ("length in donor", "1:11", "in is not followed by a list"),
        ("acid in [1]", "1:1", "a flag needs no list"),
        ("length > 40", "1:1", "always false: length > 40"),
        ("length > 39 or length <= 40", "1:16", "always true: length <= 40"),
        ("0 <= length < 5", "1:1", "always true: 0 <= length"),
        ("length != 41", "1:1", "always true: length != 41"),
        ("length == -1", "1:1", "always false: length == -1"),
        ("donor == other", "1:1", "the two have no value in common"),
        ("charge > charge", "1:1", "both sides are the same"),
        ("charge + 1 == charge + 1.0", "1:1", "both sides are the same"),
        ("charge > hardness", "1:1", "cannot put e beside eV"),
        ("charge + length > 1", "1:1", "cannot put e beside a pure number"),
        ("min(charge, hardness) > 1", "1:1", "cannot put e beside eV"),
        ("1 / hardness > hardness", "1:1", "cannot put eV^-1 beside eV"),
        ("donor + 1 > 2", "1:1", "cannot calculate with text"),
        ("abs(acid) > 2", "1:1", "cannot calculate with a flag"),
        ("charge", "1:1", "a number alone is not a condition"),
        ("donor or acid", "1:1", "text alone is not a condition"),
        ("true", "1:1", "true alone is not a condition"),
        ("kind is missing", "1:1", "kind always has a value"),
        ("charge + 1 is missing", "1:1", "only a column can be missing"),
        ("1 is missing", "1:1", "only a column can be missing"),
        ("charge is 1", "1:11", "is can only be followed by missing"),
        ("charge is missing is missing", "1:1", "a chain with is"),
        ("1 < 2", "1:1", "there is no column in this comparison"),
        ("2 in [1, 2]", "1:1", "there is no column in this comparison"),
        ("(charge > 1) == acid", "1:2", "a condition stands where a value is expected"),
        ("charge ** 0.5 > 1", "1:11", "the exponent is not a small whole number"),
        ("charge ** 5 > 1", "1:11", "the exponent is not a small whole number"),
        ("charge / (1 - 1) > 1", "1:1", "a division by zero"),
        ("charge > 1 / 0", "1:10", "this has no finite value"),
        ("charge > sqrt(-1)", "1:10", "this has no finite value"),
        ("charge > 1e200 ** 4", "1:10", "this has no finite value"),
        ("charge > 0 ** -1", "1:10", "this has no finite value"),
        ("abs(charge, 1) > 1", "1:1", "abs takes 1 value, not 2"),
        ("max(charge) > 1", "1:1", "max takes 2 to 8 values, not 1"),
        ("cos(charge) > 1", "1:1", "'cos' is not a function"),
        ("charge(1) > 1", "1:1", "'charge' is not a function"),
        ("abs > 1", "1:1", "abs is a function"),
        ("missing == charge", "1:1", "missing can only follow is"),
    ],
)
def test_condition_is_refused_in_its_place(text, place, what):
    with pytest.raises(InputError) as caught:
        parse_condition(text, COLUMNS, "x.yaml")
    first = caught.value.problems[0]
    assert f"{first.line}:{first.column}" == place
    assert what in first.what
    assert first.fix


def test_all_faults_of_a_condition_are_listed_at_once():
    with pytest.raises(InputError) as caught:
        parse_condition("hardnes > 1 and donor > 2 or donor == 's' and not lenght", COLUMNS)
    assert [problem.column for problem in caught.value.problems] == [1, 17, 39, 51]


def test_positions_survive_indentation_and_empty_lines():
    lines = [SourceLine("acid", 10, 5), SourceLine("", 11, 5), SourceLine("   and hardnes > 1", 12, 5)]
    _, findings = read_condition(lines, COLUMNS)
    assert [finding[:2] for finding in findings] == [(12, 12)]


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("0.1 < charge <= 0.5", ["0.1 < charge", "charge <= 0.5"]),
        ("(charge + 1) * 2 > ((3))", ["(charge + 1) * 2 > ((3))"]),
        ("((charge)) > 1 and (0 < (charge) < (3))", ["((charge)) > 1", "0 < (charge)", "(charge) < (3)"]),
        ("abs(charge) > 1 or not acid", ["abs(charge) > 1", "acid"]),
        ("donor in ['S',\n 'O'] and acid is missing", ["donor in ['S', 'O']", "acid is missing"]),
        ("( ( charge ) ) > 1", ["( ( charge ) ) > 1"]),
        ("name == 'a) < (b' and (charge) > 1", ["name == 'a) < (b'", "(charge) > 1"]),
    ],
)
def test_leaves_keep_their_source_text(text, leaves):
    assert [leaf.text for leaf in parse_condition(text, COLUMNS).expression.leaves()] == leaves


def test_and_binds_tighter_than_or_and_not_tighter_than_and():
    expression = parse_condition("acid or not salt and charge > 1", COLUMNS).expression
    assert expression.operator == "or"
    assert [part.operator for part in expression.operands] == ["holds", "and"]
    assert expression.operands[1].operands[0].operator == "not"


def test_constants_are_worked_out_once():
    expression = parse_condition("charge > 2 * (3 + 1) ** 2 - min(1, 2)", COLUMNS).expression
    assert expression.operands[1].value == 31.0


def test_columns_that_are_only_asked_whether_they_are_missing_are_not_compared():
    condition = parse_condition("charge is missing or length > 1 and acid", COLUMNS)
    assert condition.columns == {"charge", "length", "acid"}
    assert condition.compared_columns == {"length", "acid"}


@given(st.integers())
@settings(deadline=None)
def test_the_same_condition_on_one_line_and_on_many_is_the_same(by_name, condition_writer, seed):
    written = condition_writer(random.Random(seed)).write()
    broken = written.text.replace(" and ", "\n   and ").replace(" or ", "\n\n or ")
    try:
        one = parse_condition(written.text, by_name)
    except InputError as error:
        with pytest.raises(InputError) as caught:
            parse_condition(broken, by_name)
        assert [item.what for item in caught.value.problems] == [item.what for item in error.problems]
    else:
        assert parse_condition(broken, by_name).expression == one.expression
