"""Is a condition read as Python would read it, and is what can't stand named in its place?"""

from __future__ import annotations

import ast
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import InputError
from ligandkb.rules.columns import Column
from ligandkb.rules.language.parser import parse_condition
from ligandkb.rules.language.tokens import MAXIMUM_BRACKETS

COLUMNS = {name: Column(name, "flag", name) for name in "ab"}

PIECES = (
    "a",
    "b",
    "missing",
    "abs",
    "1",
    "'t'",
    "and",
    "or",
    "not",
    "in",
    "is",
    "(",
    ")",
    "[",
    "]",
    ",",
    "-",
    "+",
    "*",
    "**",
    "<",
    "==",
)


_OPERATORS = {
    **{ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.And: "and", ast.Or: "or"},
    **{ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="},
    **{ast.In: "in", ast.NotIn: "not in", ast.Is: "is missing", ast.IsNot: "is not missing"},
}


def _by_python(node):
    """Read a condition that has no constants to be worked out from Python's own syntax tree, to nested tuples."""
    match node:
        case ast.BoolOp(op, values):
            return (_OPERATORS[type(op)], *map(_truth_by_python, values))
        case ast.UnaryOp(ast.Not(), operand):
            return ("not", _truth_by_python(operand))
        case ast.UnaryOp(ast.USub(), ast.Constant(value)):
            return -value
        case ast.UnaryOp(ast.USub(), operand):
            return ("negate", _by_python(operand))
        case ast.BinOp(base, ast.Pow(), exponent):
            return ("**", _by_python(base), _by_python(exponent))
        case ast.BinOp(left, op, right):
            return (_OPERATORS[type(op)], _by_python(left), _by_python(right))
        case ast.Call(ast.Name(name), arguments):
            return (name, *map(_by_python, arguments))
        case ast.Compare(left, [ast.Is() | ast.IsNot() as op], _):
            return (_OPERATORS[type(op)], _by_python(left))
        case ast.Compare(left, [ast.In() | ast.NotIn() as op], [ast.List(items)]):
            return (_OPERATORS[type(op)], _by_python(left), *map(_by_python, items))
        case ast.Compare(left, ops, comparators):
            sides = list(map(_by_python, [left, *comparators]))
            pairs = zip(ops, sides, sides[1:], strict=False)
            parts = [(_OPERATORS[type(op)], one, other) for op, one, other in pairs]
            return parts[0] if len(parts) == 1 else ("and", *parts)
        case ast.Name(name):
            return {"true": True, "false": False}.get(name, name)
        case ast.Constant(value):
            return value
    raise AssertionError(ast.dump(node))


def _truth_by_python(node):
    return ("holds", node.id) if isinstance(node, ast.Name) else _by_python(node)


def _by_us(expression):
    operands = tuple(map(_by_us, expression.operands))
    if expression.operator == "**":
        return ("**", *operands, expression.value)
    if isinstance(expression.value, tuple):
        return (expression.operator, *operands, *expression.value)
    return expression.value if not operands else (expression.operator, *operands)


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_conditions_bind_as_in_python(by_name, condition_writer, chance):
    text = condition_writer(chance).write().text
    try:
        expression = parse_condition(text, by_name).expression
    except InputError:
        return
    assert _by_us(expression) == _truth_by_python(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize(
    ("text", "bracketed"),
    [
        ("a or b and not a == b", "a or (b and (not (a == b)))"),
        ("not a and b or a", "((not a) and b) or a"),
        ("charge - gap - mass > 1", "((charge - gap) - mass) > 1"),
        ("charge / gap * mass > 1", "((charge / gap) * mass) > 1"),
        ("-charge ** 2 < gap", "(-(charge ** 2)) < gap"),
        ("charge + gap * mass ** -2 > 1", "(charge + (gap * (mass ** -2))) > 1"),
        ("- - charge > gap", "(-(-charge)) > gap"),
        ("not not a", "not (not a)"),
        ("not charge in [1, 2]", "not (charge in [1, 2])"),
    ],
)
def test_brackets_that_change_nothing(by_name, text, bracketed):
    columns = COLUMNS | by_name
    assert parse_condition(text, columns).expression == parse_condition(bracketed, columns).expression


def _is_refused(text: str) -> bool:
    try:
        parse_condition(text, COLUMNS)
    except InputError:
        return True
    return False


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12))
@settings(max_examples=1000, deadline=None)
def test_what_passes_is_syntax(pieces):
    text = " ".join(pieces)
    if not _is_refused(text):
        ast.parse(text, mode="eval")


def test_what_passes_is_syntax_for_many_random_texts():
    chance, passed = random.Random(11), 0
    for _ in range(30_000):
        text = " ".join(chance.choice(PIECES) for _ in range(chance.randint(1, 8)))
        if not _is_refused(text):
            ast.parse(text, mode="eval")
            passed += 1
    assert passed > 100


@pytest.mark.parametrize(
    ("text", "offset", "what"),
    [
        ("a b", 2, "an operator is missing before b"),
        ("a 'b'", 2, "an operator is missing before 'b'"),
        ("a in ['x' 'y']", 10, "an operator is missing before 'y'"),
        ("a > 1 not b", 6, "an operator is missing before not"),
        ("a > 1 (b)", 6, "an operator is missing before ("),
        ("a >", 2, "nothing follows >"),
        ("> 1", 0, "a value is missing before >"),
        ("a and or b", 6, "a value is missing before or"),
        ("a * / b", 4, "a value is missing before /"),
        ("()", 1, "a value is missing before )"),
        ("abs()", 4, "a value is missing before )"),
        ("a in []", 5, "the list is empty"),
        ("a in [1, ]", 9, "a value is missing before ]"),
        ("a in (1, 2)", 5, "( can't stand here"),
        ("[a]", 0, "[ can't stand here"),
        ("a[1]", 1, "[ can't stand here"),
        ("a in [(1)]", 6, "( inside a list"),
        ("a, b", 1, "a comma outside of a list"),
        ("(a, b)", 2, "a comma outside of a list"),
        ("sin(a) > 1", 0, "'sin' is not a function"),
        ("a > not b", 4, "not can't follow >"),
        ("a is missing + b", 13, "+ can't follow missing"),
        ("a in [1] + b", 9, "+ can't follow ]"),
        ("a in [b in [1]]", 11, "[ inside a list"),
        ("a is not not b", 9, "not can't follow not"),
        ("+a", 0, "a plus without a left side"),
        ("(a", 0, "( is never closed"),
        ("(a]", 2, "] stands where ) belongs"),
        ("a in [1)", 7, ") stands where ] belongs"),
        ("a)", 1, ") closes nothing"),
        (
            "(" * (MAXIMUM_BRACKETS + 1) + "a" + ")" * (MAXIMUM_BRACKETS + 1),
            MAXIMUM_BRACKETS,
            "inside one another",
        ),
    ],
)
def test_the_first_place_that_cannot_stand_is_named(text, offset, what):
    with pytest.raises(InputError) as caught:
        parse_condition(text, COLUMNS)
    first = caught.value.problems[0]
    assert what in first.what
    assert first.column == offset + 1
    assert first.fix


def test_brackets_within_bounds_pass():
    assert parse_condition("(" * MAXIMUM_BRACKETS + "a" + ")" * MAXIMUM_BRACKETS, COLUMNS).columns == {"a"}
