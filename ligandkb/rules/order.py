"""Can these words, values and signs follow one another?

What passes here is a condition for Python's parser too, so its own messages, which differ from one version
of Python to the next, are never needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.rules.documents import shown
from ligandkb.rules.tokens import BOOLEAN, CALCULATING, COMPARING, ConditionError, Token

MAXIMUM_BRACKETS = 16

FUNCTIONS = {"abs": (1, 1), "sqrt": (1, 1), "log10": (1, 1), "min": (2, 8), "max": (2, 8)}
"""Functions with their smallest and largest number of values."""

_CLOSING = {"(": ")", "[": "]"}


def check_order(tokens: Sequence[Token]) -> None:
    """Refuse tokens that can't follow one another.

    Parameters
    ----------
    tokens : sequence of Token

    Raises
    ------
    ConditionError
        At the first token that can't stand.

    Examples
    --------
    >>> check_order([Token("name", "a", 0), Token("name", "b", 2)])
    Traceback (most recent call last):
    ...
    ligandkb.rules.tokens.ConditionError: an operator is missing before b
    """
    if not tokens:
        raise ConditionError(0, "the condition is empty", "write one, e.g. donor_element == 'S'")
    _check_brackets(tokens)
    walk = _Walk(tokens)
    for index in range(len(tokens)):
        walk.step(index)
    if walk.wants_value:
        offset = tokens[-1].start
        raise ConditionError(offset, f"nothing follows {_shown(tokens[-1])}", "write what belongs there")


class _Walk:
    """Goes from token to token and knows what can come next: a value, or what joins two values."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._opened: list[str] = []
        self.wants_value = True

    def step(self, index: int) -> None:
        """Take one token."""
        token = self._tokens[index]
        if self.wants_value:
            self._value(token, self._sign(index - 1), self._sign(index - 2))
        else:
            self._joint(token, index)

    def _sign(self, index: int) -> str:
        """Text of a token; nothing for a text of the user's, which may look like a sign."""
        if not 0 <= index < len(self._tokens) or self._tokens[index].kind == "text":
            return ""
        return self._tokens[index].text

    def _value(self, token: Token, previous: str, before: str) -> None:
        if token.kind in {"number", "text"}:
            self.wants_value = False
        elif token.text == "not":
            if previous in CALCULATING | COMPARING - {"is"} or (previous == "not" and before == "is"):
                what = f"not can't follow {previous}"
                raise ConditionError(token.start, what, "put not and what it denies into round brackets")
        elif token.text in _CLOSING:
            self._open(token, previous)
        elif token.text == "]" and previous == "[":
            raise ConditionError(token.start - 1, "the list is empty", "write values into it")
        elif token.text == "+":
            raise ConditionError(token.start, "a plus without a left side", "leave it out")
        elif token.text in BOOLEAN | COMPARING or (token.kind == "sign" and token.text != "-"):
            what = f"a value is missing before {_shown(token)}"
            raise ConditionError(token.start, what, "write it, or delete what stands too much")
        elif token.kind == "name":
            self.wants_value = False

    def _open(self, token: Token, previous: str) -> None:
        if (token.text == "[") != (previous == "in"):
            what = f"{token.text} can't stand here"
            mend = "write a list as in [a, b], everything else in round brackets"
            raise ConditionError(token.start, what, mend)
        if self._opened[-1:] == ["["]:
            raise ConditionError(
                token.start, f"{token.text} inside a list", "write the values without brackets"
            )
        self._opened.append(token.text)

    def _joint(self, token: Token, index: int) -> None:
        before = self._tokens[index - 1]
        if token.text in CALCULATING | COMPARING | BOOLEAN:
            self.wants_value = True
        elif token.text == "not" and self._sign(index + 1) == "in":
            pass
        elif token.text in _CLOSING.values():
            self._opened.pop()
        elif token.text == ",":
            if self._opened[-1:] in ([], ["("]):
                raise ConditionError(token.start, "a comma outside of a list", "write and or or")
            self.wants_value = True
        elif token.text == "(" and before.kind == "name":
            if before.text not in FUNCTIONS:
                mend = f"the functions are {', '.join(FUNCTIONS)}"
                raise ConditionError(before.start, f"{shown(before.text)} is not a function", mend)
            self._opened.append("call")
            self.wants_value = True
        elif token.text == "[":
            raise ConditionError(token.start, "[ can't stand here", "write a list as in [a, b]")
        else:
            mend = "write and or or between conditions, a comparison between values"
            if token.kind == before.kind == "text":
                mend = "write one text, or a list with commas: in ['a', 'b']"
            raise ConditionError(token.start, f"an operator is missing before {_shown(token)}", mend)


def _check_brackets(tokens: Sequence[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in _CLOSING:
            opened.append(token)
            if len(opened) > MAXIMUM_BRACKETS:
                what = f"more than {MAXIMUM_BRACKETS} brackets inside one another"
                raise ConditionError(token.start, what, "split it into several rules")
        elif token.text in _CLOSING.values():
            if not opened:
                raise ConditionError(
                    token.start, f"{token.text} closes nothing", "delete it, or open it before"
                )
            expected = _CLOSING[opened.pop().text]
            if expected != token.text:
                raise ConditionError(
                    token.start, f"{token.text} stands where {expected} belongs", "exchange it"
                )
    if opened:
        what = f"{opened[-1].text} is never closed"
        raise ConditionError(opened[-1].start, what, f"add {_CLOSING[opened[-1].text]}")


def _shown(token: Token) -> str:
    return shown(token.text, quote=False)
