"""Is the order of words, values and signs checked as Python's parser would?"""

from __future__ import annotations

import ast
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.rules.order import MAXIMUM_BRACKETS, check_order
from ligandkb.rules.tokens import ConditionError, tokenize

PIECES = (
    "a",
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


def _is_refused(text: str) -> bool:
    try:
        check_order(tokenize(text))
    except ConditionError:
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
    with pytest.raises(ConditionError) as caught:
        check_order(tokenize(text))
    assert what in caught.value.what
    assert caught.value.offset == offset
    assert caught.value.mend


def test_brackets_within_bounds_pass():
    check_order(tokenize("(" * MAXIMUM_BRACKETS + "a" + ")" * MAXIMUM_BRACKETS))
