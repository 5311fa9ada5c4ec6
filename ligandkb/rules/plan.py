"""How is a whole rulebook worked out over many rows?

All conditions become one list of steps in which each distinct sub-expression stands once, however many rules
share it. The steps run over one stretch of rows after the other, short enough for the processor's cache.

Truth is int8: -1 false, 0 unknown, +1 true (strong Kleene logic: not negates, and is the minimum, or the
maximum). Numbers are float64; what isn't finite is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.problems import UsageError
from ligandkb.rules import kernels
from ligandkb.rules.expressions import Expression
from ligandkb.rules.table import ColumnData, Table

Array = NDArray[Any]
Kernel = Callable[..., Any]

_ORDERS: Mapping[str, np.ufunc] = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_CALCULATIONS: Mapping[str, np.ufunc] = {
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
# An infinite operand of these could come out finite again, and what is unknown would be forgotten.
_HIDES_INFINITY = frozenset({"/", "min", "max"})


@dataclass(frozen=True)
class Step:
    """One operation.

    Attributes
    ----------
    kernel : callable
        Makes an array of the results of earlier steps; a step without arguments, of a stretch of rows.
    arguments : tuple of int
        Numbers of the steps whose results it takes.
    done : tuple of int
        Steps whose results nobody needs afterwards.
    """

    kernel: Kernel
    arguments: tuple[int, ...]
    done: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Steps that work out several conditions over one table.

    Attributes
    ----------
    steps : tuple of Step
        In order.
    conditions : tuple of int
        The steps that give the truth of each condition.
    numbers : mapping of Expression to int
        The step that gives the truth of a condition or of a part of it.
    """

    steps: tuple[Step, ...]
    conditions: tuple[int, ...]
    numbers: Mapping[Expression, int]

    def run(self, rows: slice, *, keep: bool = False) -> list[Any]:
        """Work out all steps for a stretch of rows.

        Parameters
        ----------
        rows : slice
        keep : bool
            Whether to keep also the results that no later step needs.

        Returns
        -------
        list of numpy.ndarray or None
            Results by step; None for what was not kept.
        """
        results: list[Any] = [None] * len(self.steps)
        with np.errstate(all="ignore"):
            for number, step in enumerate(self.steps):
                if step.arguments:
                    results[number] = step.kernel(*[results[argument] for argument in step.arguments])
                else:
                    results[number] = step.kernel(rows)
                if not keep:
                    for done in step.done:
                        results[done] = None
        return results


def make_plan(conditions: Sequence[Expression], table: Table) -> Plan:
    """Plan conditions over a table.

    Parameters
    ----------
    conditions : sequence of Expression
    table : Table

    Returns
    -------
    Plan

    Raises
    ------
    UsageError
        If the table lacks a column, or a column holds another kind of value than the condition reads.
    """
    planner = _Planner(table)
    numbers = tuple(planner.truth(condition) for condition in conditions)
    last_user = {argument: user for user, step in enumerate(planner.steps) for argument in step.arguments}
    done: dict[int, list[int]] = {}
    for argument, user in last_user.items():
        if argument not in numbers:
            done.setdefault(user, []).append(argument)
    steps = (
        Step(step.kernel, step.arguments, tuple(done.get(number, ())))
        for number, step in enumerate(planner.steps)
    )
    return Plan(tuple(steps), numbers, planner.truths)


class _Planner:
    def __init__(self, table: Table) -> None:
        self._table = table
        self.steps: list[Step] = []
        self.truths: dict[Expression, int] = {}
        self._numbers: dict[Expression, int] = {}
        self._known: dict[Hashable, int] = {}

    def truth(self, expression: Expression) -> int:
        """Step that gives the truth of a condition or of a part of it."""
        if expression not in self.truths:
            self.truths[expression] = self._truth(expression)
        return self.truths[expression]

    def _truth(self, expression: Expression) -> int:
        operator, operands = expression.operator, expression.operands
        match operator:
            case "and" | "or":
                parts = sorted({self.truth(operand) for operand in operands})
                return (
                    parts[0]
                    if len(parts) == 1
                    else self._step(kernels.all_true if operator == "and" else kernels.any_true, *parts)
                )
            case "not":
                return self._not(self.truth(operands[0]))
            case "holds":
                return self._flag(operands[0])
            case "is missing":
                return self._missing(str(operands[0].value))
            case "is not missing":
                return self._not(self._missing(str(operands[0].value)))
            case "in":
                assert isinstance(expression.value, tuple)
                return self._member(operands[0], expression.value)
            case "not in":
                assert isinstance(expression.value, tuple)
                return self._not(self._member(operands[0], expression.value))
            case "==":
                return self._equal(*operands)
            case "!=":
                return self._not(self._equal(*operands))
        return self._order(operator, *operands)

    def _order(self, operator: str, left: Expression, right: Expression) -> int:
        if left.operator == "number":
            operator, left, right = _MIRRORED[operator], right, left
        hit = self._step(_ORDERS[operator], self._number(left), self._number(right))
        return self._decided(hit, left, right)

    def _equal(self, left: Expression, right: Expression) -> int:
        if left.operator in {"number", "text", "flag"}:
            left, right = right, left
        if left.kind == "flag":
            return self._equal_flags(left, right)
        if right.operator in {"number", "text"}:
            return self._member(left, (right.value,))
        if left.kind == "text":
            return self._equal_texts(left, right)
        hit = self._step(np.equal, *sorted((self._number(left), self._number(right))))
        return self._decided(hit, left, right)

    def _equal_flags(self, left: Expression, right: Expression) -> int:
        if right.operator == "flag":
            return self._flag(left) if right.value else self._not(self._flag(left))
        return self._step(np.multiply, *sorted((self._flag(left), self._flag(right))))

    def _equal_texts(self, left: Expression, right: Expression) -> int:
        # Codes of the right column in terms of the left one's texts. The last entry is for code -1, no value;
        # a text that the left column doesn't have equals none of its values either.
        codes = {text: code for code, text in enumerate(self._column(left, "text").categories)}
        recoded = np.array([*(codes.get(text, -2) for text in self._column(right, "text").categories), -1])
        translated = self._step(recoded.take, self._codes(right), key=("recoded", left, right))
        return self._decided(self._step(np.equal, self._codes(left), translated), left, right)

    def _member(self, value: Expression, listed: tuple[Any, ...]) -> int:
        if value.kind == "text":
            codes = {text: code for code, text in enumerate(self._column(value, "text").categories)}
            wanted = sorted(codes[text] for text in listed if text in codes)
            hit = self._step(
                partial(kernels.one_of, wanted, len(codes)), self._codes(value), key=("codes", tuple(wanted))
            )
            return self._decided(hit, value)
        wanted = sorted(listed)
        hit = self._step(
            partial(kernels.one_of, wanted, 0), self._number(value), key=("numbers", tuple(wanted))
        )
        return self._decided(hit, value)

    def _missing(self, name: str) -> int:
        data = self._table[name]
        return self._step(partial(kernels.is_missing, data), key=("missing", name))

    def _flag(self, column: Expression) -> int:
        data = self._column(column, "flag")
        # A column without any value holds NaN.
        values = data.values if data.kind else np.zeros(len(self._table), dtype=np.int8)
        return self._step(values.__getitem__, key=("flag", column))

    def _codes(self, column: Expression) -> int:
        data = self._column(column, "text")
        values = data.values if data.kind else np.full(len(self._table), -1, dtype=np.int8)
        return self._step(values.__getitem__, key=("text", column))

    def _number(self, value: Expression) -> int:
        """Step that gives numbers, of which those that aren't finite are unknown."""
        if value not in self._numbers:
            self._numbers[value] = self._calculation(value)
        return self._numbers[value]

    def _calculation(self, value: Expression) -> int:
        if value.operator == "number":
            assert isinstance(value.value, float)
            return self._constant(value.value)
        if value.operator == "column":
            return self._step(self._column(value, "number").values.__getitem__, key=("number", value))
        operands = [self._number(operand) for operand in value.operands]
        if value.operator == "**":
            assert isinstance(value.value, int)
            result = self._power(operands[0], abs(value.value))
            return (
                result
                if value.value > 0
                else self._step(np.divide, self._constant(1.0), self._finite(result))
            )
        if value.operator in _HIDES_INFINITY:
            operands = [
                step if operand.operator in {"number", "column"} else self._finite(step)
                for step, operand in zip(operands, value.operands, strict=True)
            ]
        kernel = _CALCULATIONS[value.operator]
        result = self._step(kernel, *operands[:2])
        for operand in operands[2:]:
            result = self._step(kernel, result, operand)
        return result

    def _power(self, base: int, exponent: int) -> int:
        # Products, since they round alike on every machine and in every length of array.
        result = base
        for _ in range(exponent - 1):
            result = self._step(np.multiply, result, base)
        return result

    def _constant(self, value: float) -> int:
        return self._step(partial(kernels.constant, value), key=("number", value))

    def _finite(self, step: int) -> int:
        return self._step(kernels.without_infinity, step)

    def _decided(self, hit: int, *values: Expression) -> int:
        """Step that gives the truth of a comparison: unknown where one of the values is."""
        present = dict.fromkeys(self._present(value) for value in values if value.operator != "number")
        return self._step(kernels.decided, hit, *present)

    def _present(self, value: Expression) -> int:
        """Step that gives 1 where there is a value and 0 where there is none."""
        if value.kind == "text":
            return self._step(kernels.has_code, self._codes(value))
        return self._step(kernels.is_finite, self._number(value))

    def _column(self, column: Expression, kind: str) -> ColumnData:
        data = self._table[str(column.value)]
        if data.kind not in {kind, ""}:
            raise UsageError(
                f"the column {column.value} of the table holds {data.kind}s, and the rules read {kind}s"
            )
        return data

    def _not(self, step: int) -> int:
        return self._step(np.negative, step)

    def _step(self, kernel: Kernel, *arguments: int, key: Hashable = None) -> int:
        identity = (key or kernel, arguments)
        if identity not in self._known:
            self._known[identity] = len(self.steps)
            self.steps.append(Step(kernel, arguments))
        return self._known[identity]
