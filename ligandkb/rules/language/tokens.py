"""Which words, values and signs does this condition consist of?

Characters, size and brackets are checked here, before anything is made of them, so that what follows is
bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from keyword import iskeyword
from typing import NamedTuple

from ligandkb.rules.language.texts import has_invisible_characters, shown

MAXIMUM_CHARACTERS = 2000
MAXIMUM_TOKENS = 800
MAXIMUM_OPERATORS = 100
MAXIMUM_BRACKETS = 16

_TOKEN = re.compile(
    r"""(?P<space>\ +)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<sign><=|>=|==|!=|\*\*|[-+*/<>()\[\],])""",
    re.VERBOSE,
)
COMPARING = frozenset({"<", "<=", ">", ">=", "==", "!=", "in", "is"})
OPERATORS = COMPARING | {"and", "or", "not", "+", "-", "*", "/", "**"}
CLOSING = {"(": ")", "[": "]"}

# What people write who know another language, with what to write here.
_ELSEWHERE = {
    **{"//": "write / for a division", "^": "write ** for a power", "~": "write not"},
    **dict.fromkeys(("&&", "&"), "write and"),
    **dict.fromkeys(("||", "|"), "write or"),
    **{"!": "write not, or != for unequal", "<>": "write !=", "=<": "write <=", "=>": "write >="},
    **dict.fromkeys((":=", "="), "write == to compare"),
    "%": "there is no remainder or percentage here: write 0.05 for 5 %",
    "#": "put comments above the rule, or into its rationale",
    "\\": "leave it out: a condition in a | block can run over several lines",
    **dict.fromkeys(("{", "}"), "write lists in square brackets"),
    ".": "a column is named by one word, without dots",
    ";": "join conditions with and or or",
    **dict.fromkeys((":", "@", "?"), "leave it out"),
    **{"`": "write column names without quotes", "$": "write column names without $"},
}
_SYNONYMS = {
    **dict.fromkeys(("AND", "And"), "write and"),
    **dict.fromkeys(("OR", "Or"), "write or"),
    **dict.fromkeys(("NOT", "Not"), "write not"),
    **{"IN": "write in", "IS": "write is"},
    **dict.fromkeys(("True", "TRUE"), "write true"),
    **dict.fromkeys(("False", "FALSE"), "write false"),
    **dict.fromkeys(("None", "null", "NULL", "NaN", "nan"), "write is missing or is not missing"),
    **{"inf": "write a finite number", "xor": "write (a and not b) or (b and not a)"},
}


class ConditionError(ValueError):
    """A condition that can't be used; ``offset`` counts characters of its joined text."""

    def __init__(self, offset: int, what: str, fix: str) -> None:
        super().__init__(what)
        self.offset, self.what, self.fix = offset, what, fix


class SourceLine(NamedTuple):
    """One line of a condition with its 1-based position in the file."""

    text: str
    line: int
    column: int


class Piece(NamedTuple):
    """A piece of a condition with its offset: a token, which has a kind, or several of them."""

    text: str
    start: int
    kind: str = ""

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)

    @property
    def shown(self) -> str:
        """Its text for messages."""
        return shown(self.text, quote=False)


class ConditionSource:
    """Lines of a condition, joined to one, with the way back to the file.

    Parameters
    ----------
    lines : sequence of SourceLine
        At least one.

    Attributes
    ----------
    text : str
        The lines without the white space around them, joined by single spaces.

    Examples
    --------
    >>> source = ConditionSource([SourceLine("a > 1", 5, 7), SourceLine("  and b", 6, 7)])
    >>> source.text, source.position(source.text.index("b"))
    ('a > 1 and b', (6, 13))
    """

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        written = [line for line in lines if line.text.strip(" ")]
        self.text = " ".join(line.text.strip(" ") for line in written)
        self._starts: list[tuple[int, int, int]] = []
        offset = 0
        for line in written or lines[:1]:
            indent = len(line.text) - len(line.text.lstrip(" ")) if written else 0
            self._starts.append((offset, line.line, line.column + indent))
            offset += len(line.text.strip(" ")) + 1

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column in the file of a character of the joined text."""
        start, line, column = max(place for place in self._starts if place[0] <= offset)
        return line, column + offset - start


def tokenize(text: str) -> list[Piece]:
    """Split a condition into tokens and refuse whatever can't be part of one.

    Parameters
    ----------
    text : str
        Condition on one line.

    Returns
    -------
    list of Piece

    Raises
    ------
    ConditionError
        At the first place that can't stand.

    Examples
    --------
    >>> [token.text for token in tokenize("not (a <= 1.5)")]
    ['not', '(', 'a', '<=', '1.5', ')']
    """
    if len(text) > MAXIMUM_CHARACTERS:
        what = f"the condition is longer than {MAXIMUM_CHARACTERS} characters"
        raise ConditionError(0, what, "split it into several rules")
    tokens: list[Piece] = []
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None or _is_foreign_sign(text, offset):
            raise _foreign(text, offset)
        kind = match.lastgroup or ""
        if kind != "space":
            token = Piece(match.group(), offset, kind)
            _refuse_odd_token(token, text)
            tokens.append(token)
        offset = match.end()
    if len(tokens) > MAXIMUM_TOKENS:
        what = f"the condition has more than {MAXIMUM_TOKENS} words, values and signs"
        raise ConditionError(tokens[MAXIMUM_TOKENS].start, what, "split it into several rules")
    operators = [token for token in tokens if token.text in OPERATORS]
    if len(operators) > MAXIMUM_OPERATORS:
        what = f"the condition has more than {MAXIMUM_OPERATORS} operators"
        raise ConditionError(operators[MAXIMUM_OPERATORS].start, what, "split it into several rules")
    _check_brackets(tokens)
    return tokens


def _check_brackets(tokens: Sequence[Piece]) -> None:
    opened: list[Piece] = []
    for token in tokens:
        if token.text in CLOSING:
            opened.append(token)
            if len(opened) > MAXIMUM_BRACKETS:
                what = f"more than {MAXIMUM_BRACKETS} brackets inside one another"
                raise ConditionError(token.start, what, "split it into several rules")
        elif token.text in CLOSING.values():
            if not opened:
                what = f"{token.text} closes nothing"
                raise ConditionError(token.start, what, "delete it, or open it before")
            expected = CLOSING[opened.pop().text]
            if expected != token.text:
                what = f"{token.text} stands where {expected} belongs"
                raise ConditionError(token.start, what, "exchange it")
    if opened:
        what = f"{opened[-1].text} is never closed"
        raise ConditionError(opened[-1].start, what, f"add {CLOSING[opened[-1].text]}")


def _is_foreign_sign(text: str, offset: int) -> bool:
    pair = text[offset : offset + 2]
    return pair in {"//", "<>", "=<", "=>"} or (pair[:1] == "." and not pair[1:].isdigit())


def _foreign(text: str, offset: int) -> ConditionError:
    character = text[offset]
    for sign in (text[offset : offset + 2], character):
        if sign in _ELSEWHERE:
            return ConditionError(offset, f"{sign} has no meaning in a condition", _ELSEWHERE[sign])
    if character in "\"'":
        fix = "close it in the same line; a | block keeps ' #' in a text together"
        return ConditionError(offset, f"the text that begins here with {character} doesn't end", fix)
    if character.isascii():
        return ConditionError(offset, f"{shown(character)} has no meaning in a condition", "leave it out")
    from unicodedata import name  # noqa: PLC0415 - only for this message

    what = f"{shown(character)} ({name(character, f'U+{ord(character):04X}')}) outside of quotes"
    return ConditionError(offset, what, "it may look like a plain letter or sign: type that one")


def _refuse_odd_token(token: Piece, text: str) -> None:
    after = text[token.end : token.end + 1]
    if token.kind == "number":
        if after and (after.isalnum() or after in "_."):
            what = f"a number runs into {shown(after)}"
            fix = "write decimal numbers such as 1000, 0.25 or 1e-3, and a space before a word"
            raise ConditionError(token.end, what, fix)
        digits = token.text.split(".")[0]
        if len(digits) > 1 and digits.startswith("0"):
            what = f"the number {shown(token.text)} begins with 0"
            raise ConditionError(token.start, what, "leave out the 0")
    elif token.kind == "name":
        if after and after in "\"'":
            fix = "put a space between them, or delete what stands before the text"
            raise ConditionError(token.start, f"{shown(token.text)} runs into a text", fix)
        if token.text in _SYNONYMS:
            fix = _SYNONYMS[token.text]
        elif iskeyword(token.text) and token.text not in OPERATORS:
            fix = "write a condition on columns with and, or, not, comparisons and in [...]"
        else:
            return
        raise ConditionError(token.start, f"{token.text} has no meaning in a condition", fix)
    elif token.kind == "text":
        if "\\" in token.text:
            offset = token.start + token.text.index("\\")
            raise ConditionError(offset, "a backslash in a text", "no value that a rule can name holds one")
        if has_invisible_characters(token.text):
            raise ConditionError(token.start, "an invisible character in a text", "delete it")
