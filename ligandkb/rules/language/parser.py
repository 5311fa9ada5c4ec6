"""What does this condition ask?

The tokens are read from left to right, by one method for each rung of the ladder of operators: ``or``,
``and``, ``not``, comparisons, sums, products, signs, powers, values. Nothing is handed to Python. The first
place that can't stand ends the reading; what makes no sense for the columns is noted by
:mod:`ligandkb.rules.language.checks`, all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ligandkb.problems import InputError, Problem
from ligandkb.rules.language.checks import Checker
from ligandkb.rules.language.column import Column
from ligandkb.rules.language.expressions import Condition, Expression
from ligandkb.rules.language.texts import shown
from ligandkb.rules.language.tokens import (
    CLOSING,
    COMPARING,
    OPERATORS,
    ConditionError,
    ConditionSource,
    Piece,
    SourceLine,
    tokenize,
)

MAXIMUM_EXPONENT = 4

FUNCTIONS = {"abs": (1, 1), "sqrt": (1, 1), "log10": (1, 1), "min": (2, 8), "max": (2, 8)}
"""Functions with their smallest and largest number of values."""

_CHAINED = frozenset({"<", "<=", ">", ">=", "=="})
_EXPONENT = re.compile(f"-?[1-{MAXIMUM_EXPONENT}]")
Finding = tuple[int, int, str, str]
"""Line and column in the file, what is wrong, and how to fix it."""

_VALUE_WANTED = "compare columns and numbers, and join conditions with and, or, not"


class Part(NamedTuple):
    """A part of a condition that has been read.

    Attributes
    ----------
    expression : Expression or None
        None where something was wrong with it.
    piece : Piece
        Where it stands, without brackets around it.
    around : Piece
        Where it stands, with all brackets around it.
    form : str
        ``value``, ``condition``, ``list``, or ``missing`` for the word.
    items : tuple of Part
        What a list holds.
    """

    expression: Expression | None
    piece: Piece
    around: Piece
    form: str = "value"
    items: tuple[Part, ...] = ()


def read_condition(
    lines: Sequence[SourceLine], columns: Mapping[str, Column]
) -> tuple[Condition | None, list[Finding]]:
    """Read and check a condition.

    Parameters
    ----------
    lines : sequence of SourceLine
        Lines of the condition with their places in the file.
    columns : mapping of str to Column
        Declared columns by name.

    Returns
    -------
    condition : Condition or None
        None if anything is wrong.
    findings : list of Finding
        Everything that is wrong.
    """
    source = ConditionSource(lines)
    checker = Checker(columns)
    try:
        expression = _Parser(source.text, checker).condition()
        errors = checker.errors
    except ConditionError as error:
        expression, errors = None, [error]
    findings = [(*source.position(error.offset), error.what, error.fix) for error in errors]
    if expression is None or findings:
        return None, findings
    return Condition(source.text, expression, expression.columns, expression.compared_columns), findings


def parse_condition(text: str, columns: Mapping[str, Column], file: str = "<condition>") -> Condition:
    """Read and check a condition that doesn't stand in a file.

    Parameters
    ----------
    text : str
        Condition of one or more lines.
    columns : mapping of str to Column
        Declared columns by name.
    file : str
        What problems call the place.

    Returns
    -------
    Condition

    Raises
    ------
    InputError
        With everything that is wrong.

    Examples
    --------
    >>> columns = {"hardness_ev": Column("hardness_ev", "number", "hardness", unit="eV", minimum=0)}
    >>> parse_condition("1 < hardness_ev <= 5.5", columns).expression.operator
    'and'
    >>> parse_condition("hardness > 5", columns)
    Traceback (most recent call last):
    ...
    ligandkb.problems.InputError: <condition>:1:1: no column is called 'hardness': did you mean 'hardness_ev'?
    """
    lines = [SourceLine(line, number, 1) for number, line in enumerate(text.split("\n"), 1)]
    condition, findings = read_condition(lines, columns)
    if condition is None:
        raise InputError(Problem(file, *finding) for finding in findings)
    return condition


class _Parser:
    def __init__(self, text: str, checker: Checker) -> None:
        self._text, self._checker = text, checker
        self._tokens = tokenize(text)
        self._next = 0
        self._inside = ""

    def condition(self) -> Expression | None:
        """Read the whole of it."""
        if not self._tokens:
            raise ConditionError(0, "the condition is empty", "write one, e.g. donor_element == 'S'")
        part = self._either()
        if self._next < len(self._tokens):
            raise self._odd_joint()
        return self._as_condition(part)

    def _peek(self, ahead: int = 0) -> Piece:
        index = self._next + ahead
        return self._tokens[index] if 0 <= index < len(self._tokens) else Piece("", len(self._text), "end")

    def _take(self, *wanted: str) -> str:
        """Take the next token if it is one of those wanted, and give its text."""
        text = self._peek().text
        if text not in wanted:
            return ""
        self._next += 1
        return text

    def _piece(self, start: int) -> Piece:
        """Everything from an offset to the token taken last."""
        return Piece(self._text[start : self._peek(-1).end], start)

    def _either(self) -> Part:
        return self._joined("or", lambda: self._joined("and", self._denial))

    def _joined(self, operator: str, read: Callable[[], Part]) -> Part:
        first = read()
        if self._peek().text != operator:
            return first
        operands = [self._as_condition(first)]
        while self._take(operator):
            operands.append(self._as_condition(read()))
        return self._condition(operator, operands, self._piece(first.around.start))

    def _denial(self) -> Part:
        start = self._peek().start
        if not self._take("not"):
            return self._comparison()
        return self._condition("not", [self._as_condition(self._denial())], self._piece(start))

    def _condition(self, operator: str, operands: Sequence[Expression | None], piece: Piece) -> Part:
        known = tuple(operand for operand in operands if operand is not None)
        whole = Expression(operator, known, kind="truth") if len(known) == len(operands) else None
        return Part(whole, piece, piece, "condition")

    def _comparison(self) -> Part:
        sides, operators = [self._sum()], []
        while operator := self._comparing():
            operators.append(operator)
            sides.append(self._right_side(operator))
        if not operators:
            return sides[0]
        piece = self._piece(sides[0].around.start)
        odd = next((operator for operator in operators if operator not in _CHAINED), "")
        if odd and len(operators) > 1:
            self._checker.report(piece, f"a chain with {odd}", "write two conditions with and between them")
            return Part(None, piece, piece, "condition")
        if odd.startswith("is") or odd.endswith("in"):
            read = self._missing if odd.startswith("is") else self._membership
            return Part(read(odd, sides[0], sides[1], piece), piece, piece, "condition")
        values = [self._as_value(side) for side in sides]
        parts: list[Expression | None] = []
        pairs = zip(operators, pairwise(sides), pairwise(values), strict=True)
        for operator, (left, right), (one, other) in pairs:
            if one is None or other is None:
                parts.append(None)
                continue
            compared = Piece(self._text[left.around.start : right.around.end], left.around.start)
            told = (one, left.piece), (other, right.piece)
            parts.append(self._checker.comparison(operator, *told, compared))
        if len(parts) == 1:
            return Part(parts[0], piece, piece, "condition")
        return self._condition("and", parts, piece)

    def _comparing(self) -> str:
        if self._peek().text == "not" and self._peek(1).text == "in":
            self._next += 2
            return "not in"
        operator = self._take(*COMPARING)
        return "is not" if operator == "is" and self._take("not") else operator

    def _right_side(self, operator: str) -> Part:
        token = self._peek()
        if operator.startswith("is") and self._take("missing"):
            return Part(None, self._piece(token.start), self._piece(token.start), "missing")
        if not operator.endswith("in") or token.text not in CLOSING:
            return self._sum()
        if token.text == "(" or self._inside == "[":
            raise self._odd_bracket(token)
        items = self._enclosed("[")
        return Part(None, self._piece(token.start), self._piece(token.start), "list", items)

    def _missing(self, operator: str, left: Part, right: Part, piece: Piece) -> Expression | None:
        if right.form != "missing":
            self._checker.report(right.piece, f"{operator} can only be followed by missing", "write == or !=")
        elif left.form == "condition" or (left.expression and left.expression.operator != "column"):
            self._checker.report(left.piece, "only a column can be missing", "name one column before is")
        elif left.expression is not None:
            return self._checker.missing(f"{operator} missing", left.expression, piece)
        return None

    def _membership(self, operator: str, left: Part, right: Part, piece: Piece) -> Expression | None:
        if right.form != "list":
            what = f"{operator} is not followed by a list"
            return self._checker.report(right.piece, what, 'write a list such as ["a", "b"]')
        value = self._as_value(left)
        items = [(item, part.piece) for part in right.items if (item := self._as_value(part)) is not None]
        for item, place in items:
            if item.operator not in {"number", "text"}:
                what = "a list can hold only texts or numbers"
                self._checker.report(place, what, "write the values themselves")
                value = None
        if value is None or len(items) < len(right.items):
            return None
        return self._checker.membership(operator, value, items, piece)

    def _sum(self) -> Part:
        return self._calculated("+-", lambda: self._calculated("*/", self._signed))

    def _calculated(self, operators: str, read: Callable[[], Part]) -> Part:
        left = read()
        while operator := self._take(*operators):
            values = [self._as_value(part) for part in (left, read())]
            left = self._calculation(operator, values, self._piece(left.around.start))
        return left

    def _calculation(self, operator: str, values: Sequence[Expression | None], piece: Piece) -> Part:
        known = tuple(value for value in values if value is not None)
        whole = self._checker.calculation(operator, known, piece) if len(known) == len(values) else None
        return Part(whole, piece, piece)

    def _signed(self) -> Part:
        start = self._peek().start
        if not self._take("-"):
            return self._power()
        return self._calculation("negate", [self._as_value(self._signed())], self._piece(start))

    def _power(self) -> Part:
        base = self._value()
        if not self._take("**"):
            return base
        exponent = self._signed()
        piece = self._piece(base.around.start)
        value, written = self._as_value(base), re.sub("[ ()]", "", exponent.around.text)
        if _EXPONENT.fullmatch(written) is None:
            what = "the exponent is not a small whole number"
            fix = f"write one of -{MAXIMUM_EXPONENT} to {MAXIMUM_EXPONENT}, not 0"
            value = self._checker.report(exponent.piece, what, fix)
        return Part(value and self._checker.power(value, int(written), piece), piece, piece)

    def _value(self) -> Part:
        token = self._peek()
        if token.text == "(" and self._inside != "[":
            (enclosed,) = self._enclosed("(")
            return enclosed._replace(around=self._piece(token.start))
        if token.kind not in {"number", "text", "name"} or token.text in OPERATORS:
            raise self._odd_value(token)
        self._next += 1
        piece = self._piece(token.start)
        if token.kind == "name" and self._peek().text == "(":
            return self._call(token)
        if token.kind == "text":
            found: Expression | None = Expression("text", value=token.text[1:-1], kind="text")
        elif token.kind == "number":
            found = self._checker.number(float(token.text), piece)
        else:
            found = self._checker.name(token.text, piece)
        return Part(found, piece, piece)

    def _call(self, function: Piece) -> Part:
        if function.text not in FUNCTIONS:
            what = f"{shown(function.text)} is not a function"
            raise ConditionError(function.start, what, f"the functions are {', '.join(FUNCTIONS)}")
        values = [self._as_value(part) for part in self._enclosed("call")]
        piece = self._piece(function.start)
        smallest, largest = FUNCTIONS[function.text]
        if smallest <= len(values) <= largest:
            return self._calculation(function.text, values, piece)
        count = str(smallest) if smallest == largest else f"{smallest} to {largest}"
        what = f"{function.text} takes {count} value{'' if count == '1' else 's'}, not {len(values)}"
        self._checker.report(piece, what, f"write {function.text}({'a' if largest == 1 else 'a, b'})")
        return Part(None, piece, piece)

    def _enclosed(self, inside: str) -> tuple[Part, ...]:
        """Read what stands in brackets: with commas, unless they are plain round ones."""
        outside, self._inside = self._inside, inside
        self._next += 1
        parts = [self._either()]
        while inside != "(" and self._take(","):
            parts.append(self._either())
        if not self._take(*CLOSING.values()):
            raise self._odd_joint()
        self._inside = outside
        return tuple(parts)

    def _as_condition(self, part: Part) -> Expression | None:
        if part.form == "condition" or part.expression is None:
            return part.expression
        return self._checker.flag_alone(part.expression, part.piece)

    def _as_value(self, part: Part) -> Expression | None:
        if part.form == "value":
            return part.expression
        return self._checker.report(part.piece, "a condition stands where a value is expected", _VALUE_WANTED)

    def _odd_value(self, token: Piece) -> ConditionError:
        """What to say of a token that stands where a value is wanted."""
        previous = self._peek(-1)
        if token.kind == "end":
            what = f"nothing follows {previous.shown}"
            return ConditionError(previous.start, what, "write what belongs there")
        if token.text == "not":
            fix = "put not and what it denies into round brackets"
            return ConditionError(token.start, f"not can't follow {previous.text}", fix)
        if token.text in CLOSING:
            return self._odd_bracket(token)
        if token.text == "]" and previous.text == "[":
            return ConditionError(previous.start, "the list is empty", "write values into it")
        if token.text == "+":
            return ConditionError(token.start, "a plus without a left side", "leave it out")
        what = f"a value is missing before {token.shown}"
        return ConditionError(token.start, what, "write it, or delete what stands too much")

    def _odd_bracket(self, token: Piece) -> ConditionError:
        if self._inside == "[":
            what, fix = f"{token.text} inside a list", "write the values without brackets"
        else:
            what = f"{token.text} can't stand here"
            fix = "write a list as in [a, b], everything else in round brackets"
        return ConditionError(token.start, what, fix)

    def _odd_joint(self) -> ConditionError:
        """What to say of a token that stands where two values or conditions are to be joined."""
        token, before = self._peek(), self._peek(-1)
        if token.text == ",":
            return ConditionError(token.start, "a comma outside of a list", "write and or or")
        if token.text == "[":
            return ConditionError(token.start, "[ can't stand here", "write a list as in [a, b]")
        fix = "write and or or between conditions, a comparison between values"
        if token.text in OPERATORS - {"not"}:
            return ConditionError(token.start, f"{token.text} can't follow {before.text}", fix)
        if token.kind == before.kind == "text":
            fix = "write one text, or a list with commas: in ['a', 'b']"
        return ConditionError(token.start, f"an operator is missing before {token.shown}", fix)
