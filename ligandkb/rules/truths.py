"""Which conditions hold on these rows?

Truth is int8: -1 false, 0 unknown, +1 true (strong Kleene logic: ``not`` negates, ``and`` is the minimum and
``or`` the maximum). A condition is worked out by walking down its expression. What an expression came to is
remembered, so that a part that several rules share is worked out once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.problems import UsageError
from ligandkb.rules.language.expressions import Condition, Expression
from ligandkb.rules.table import ColumnData, Flags, Mask, Table

Values = tuple[NDArray[Any], Mask]
"""Numbers or codes of texts, and where they are known; what is not known may be any number."""

_COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
}
_CALCULATIONS: Mapping[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "negate": np.negative,
    "abs": np.absolute,
    "sqrt": np.sqrt,
    "log10": np.log10,
    "min": np.minimum,
    "max": np.maximum,
}
_DENIED = {"!=": "==", "not in": "in", "is not missing": "is missing"}


class Truths:
    """Truths of conditions over some rows of a table.

    Parameters
    ----------
    table : Table
    rows : slice
        Which rows.

    Examples
    --------
    >>> table = Table.from_rows([{"acid": True}, {"acid": None}])
    >>> acid = Expression("column", value="acid", kind="flag")
    >>> Truths(table, slice(0, 2)).of(Expression("not", (Expression("holds", (acid,)),))).tolist()
    [-1, 0]
    """

    def __init__(self, table: Table, rows: slice) -> None:
        self.table, self._rows = table, rows
        self._truths: dict[Expression, Flags] = {}
        self._values: dict[Expression, Values] = {}

    def of_rule(self, when: Condition) -> tuple[Flags, Mask | None]:
        """Truth of a rule's condition, and where it is silent since a value that it needs has no meaning.

        Parameters
        ----------
        when : Condition

        Returns
        -------
        truth : numpy.ndarray of int8
            Shape (n_rows,).
        not_applicable : numpy.ndarray of bool or None
            Shape (n_rows,); None where all values have a meaning.
        """
        truth = self.of(when.expression)
        masks = [self.table[name].not_applicable for name in when.compared_columns]
        meaningless = [mask[self._rows] for mask in masks if mask is not None]
        if not meaningless:
            return truth, None
        silent = reduce(operator.or_, meaningless) & (truth == 0)
        return truth - silent.view(np.int8), silent

    def of(self, expression: Expression) -> Flags:
        """Truth of a condition or of a part of it.

        Parameters
        ----------
        expression : Expression

        Returns
        -------
        numpy.ndarray of int8
            Shape (n_rows,).

        Raises
        ------
        UsageError
            If the table lacks a column, or holds another kind of value in it than the condition reads.
        """
        if expression not in self._truths:
            self._truths[expression] = self._truth(expression)
        return self._truths[expression]

    def _truth(self, expression: Expression) -> Flags:
        asked, operands = expression.operator, expression.operands
        if asked in _DENIED:
            return -self._leaf(_DENIED[asked], expression)
        if asked == "not":
            return -self.of(operands[0])
        if asked in {"and", "or"}:
            return reduce(np.minimum if asked == "and" else np.maximum, map(self.of, operands))
        return self._leaf(asked, expression)

    def _leaf(self, asked: str, expression: Expression) -> Flags:
        left, *others = expression.operands
        if asked == "holds":
            return self._flag(left)
        if asked == "is missing":
            return self._missing(self.table[str(left.value)])
        if asked == "in":
            return self._member(left, expression.value)
        right = others[0]
        if left.operator in {"text", "flag"}:
            left, right = right, left
        if left.kind == "flag":
            return self._flag(left) * self._flag(right)
        if right.operator == "text":
            return self._member(left, (right.value,))
        one, one_known = self._value(left)
        other, other_known = self._translated(left, right) if left.kind == "text" else self._value(right)
        return _decided(_COMPARISONS[asked](one, other), one_known & other_known)

    def _flag(self, flag: Expression) -> Flags:
        if flag.operator == "flag":
            return np.full(1, 1 if flag.value else -1, dtype=np.int8)
        data = self._column(flag)
        return data.values[self._rows] if data.kind else np.zeros(len(data.values[self._rows]), np.int8)

    def _missing(self, data: ColumnData) -> Flags:
        values = data.values[self._rows]
        absent = (
            values < 0 if data.kind == "text" else values == 0 if data.kind == "flag" else np.isnan(values)
        )
        if data.not_applicable is not None:
            absent &= ~data.not_applicable[self._rows]
        return np.where(absent, np.int8(1), np.int8(-1))

    def _member(self, value: Expression, listed: tuple[Any, ...]) -> Flags:
        values, known = self._value(value)
        if value.kind == "text":
            codes = self._column(value).codes
            listed = tuple(codes[text] for text in listed if text in codes)
        hits = (values == item for item in listed)
        return _decided(reduce(operator.ior, hits, np.zeros(len(values), dtype=np.bool_)), known)

    def _translated(self, left: Expression, right: Expression) -> Values:
        """Codes of one text column in terms of another's; a text that it doesn't have equals none."""
        codes = self._column(left).codes
        # The last entry is for code -1, no value.
        table = np.array([*(codes.get(text, -2) for text in self._column(right).categories), -1])
        values, known = self._value(right)
        return table.take(values), known

    def _value(self, expression: Expression) -> Values:
        if expression not in self._values:
            self._values[expression] = self._worked_out(expression)
        return self._values[expression]

    def _worked_out(self, expression: Expression) -> Values:
        """Numbers or codes; a number that isn't finite is unknown, also if it only occurs on the way."""
        asked = expression.operator
        if asked == "number":
            return np.array([expression.value]), np.ones(1, dtype=np.bool_)
        if asked == "column":
            data = self._column(expression)
            values = data.values[self._rows]
            if expression.kind == "number":
                return values, np.isfinite(values)
            values = values if data.kind else np.full(len(values), -1)
            return values, values >= 0
        operands = [self._value(operand) for operand in expression.operands]
        known = reduce(operator.and_, (known for _, known in operands))
        numbers = [values for values, _ in operands]
        with np.errstate(all="ignore"):
            if asked == "**":
                # Products, since they round alike on every machine and in every length of array.
                result = reduce(np.multiply, numbers * abs(expression.value))
                if expression.value < 0:
                    known, result = known & np.isfinite(result), 1.0 / result
            elif len(numbers) == 1:
                result = _CALCULATIONS[asked](*numbers)
            else:
                result = reduce(_CALCULATIONS[asked], numbers)
        return result, known & np.isfinite(result)

    def _column(self, column: Expression) -> ColumnData:
        data = self.table[str(column.value)]
        if data.kind not in {column.kind, ""}:
            raise UsageError(
                f"the column {column.value} of the table holds {data.kind}s, and the rules read {column.kind}s"
            )
        return data


def _decided(hit: Mask, known: Mask) -> Flags:
    """Truth of a comparison: unknown where a value is, whatever the comparison said of it."""
    truth = (hit & known).view(np.int8)
    truth += truth
    truth -= known.view(np.int8)
    return truth
