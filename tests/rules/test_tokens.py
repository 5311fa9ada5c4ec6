"""Is a text taken apart into words, values and signs, and bounded?"""

from __future__ import annotations

import pytest

from ligandkb.rules.language.tokens import (
    MAXIMUM_CHARACTERS,
    MAXIMUM_OPERATORS,
    MAXIMUM_TOKENS,
    ConditionError,
    ConditionSource,
    SourceLine,
    tokenize,
)


def _refusal(text: str) -> ConditionError:
    with pytest.raises(ConditionError) as caught:
        tokenize(text)
    return caught.value


def test_tokens_have_kind_text_and_place():
    tokens = tokenize("a_1 >=-1.5e-3 and b in ['x y', \"'\"]")
    assert [(token.kind, token.text, token.start) for token in tokens] == [
        ("name", "a_1", 0),
        ("sign", ">=", 4),
        ("sign", "-", 6),
        ("number", "1.5e-3", 7),
        ("name", "and", 14),
        ("name", "b", 18),
        ("name", "in", 20),
        ("sign", "[", 23),
        ("text", "'x y'", 24),
        ("sign", ",", 29),
        ("text", '"\'"', 31),
        ("sign", "]", 34),
    ]
    assert tokens[3].end == 13


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a or " * MAXIMUM_CHARACTERS, f"longer than {MAXIMUM_CHARACTERS} characters"),
        ("a in [" + "1," * MAXIMUM_TOKENS + "1]", f"more than {MAXIMUM_TOKENS} words, values and signs"),
        ("-" * (MAXIMUM_OPERATORS + 1) + "a", f"more than {MAXIMUM_OPERATORS} operators"),
        ("not " * (MAXIMUM_OPERATORS + 1) + "a", f"more than {MAXIMUM_OPERATORS} operators"),
    ],
)
def test_size_is_bounded(text, what):
    assert what in _refusal(text).what


def test_what_is_just_within_bounds_passes():
    assert len(tokenize("-" * MAXIMUM_OPERATORS + "a")) == MAXIMUM_OPERATORS + 1
    assert len(tokenize("a " * MAXIMUM_TOKENS)) == MAXIMUM_TOKENS
    assert tokenize("'" + "x" * (MAXIMUM_CHARACTERS - 2) + "'")


@pytest.mark.parametrize(
    ("text", "offset", "fix"),
    [
        ("a = 1", 2, "write == to compare"),
        ("a && b", 2, "write and"),
        ("a | b", 2, "write or"),
        ("!a", 0, "write not"),
        ("a <> 1", 2, "write !="),
        ("a =< 1", 2, "write <="),
        ("a // 2", 2, "write / for a division"),
        ("a ^ 2", 2, "write ** for a power"),
        ("a AND b", 2, "write and"),
        ("a == None", 5, "write is missing or is not missing"),
        ("a == True", 5, "write true"),
        ("a # b", 2, "put comments above the rule"),
        ("a.b", 1, "without dots"),
        ("5 % 2", 2, "write 0.05 for 5 %"),
        ("а > 1", 0, "type that one"),
    ],
)
def test_habits_of_other_languages_get_their_fix(text, offset, fix):
    refusal = _refusal(text)
    assert refusal.offset == offset
    assert fix in refusal.fix


def test_an_empty_source_has_a_place():
    source = ConditionSource([SourceLine("   ", 7, 5)])
    assert (source.text, source.position(0)) == ("", (7, 5))
