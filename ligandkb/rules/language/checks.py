"""Does this comparison make sense for these columns?

Kinds, units, allowed values and ranges are checked before any data are read. A comparison that is always
true or always false is refused as well: whoever wrote it meant something else.
"""

from __future__ import annotations

import math
import operator as python
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ligandkb.problems import did_you_mean
from ligandkb.rules.language.column import RESERVED, Column
from ligandkb.rules.language.expressions import Expression
from ligandkb.rules.language.texts import shown
from ligandkb.rules.language.tokens import ConditionError, Piece
from ligandkb.rules.language.units import DIMENSIONLESS, Unit, parse_unit, power, product, root, unit_text

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
}
_CONSTANTS: Mapping[str, Callable[..., float]] = {
    "negate": python.neg,
    "+": python.add,
    "-": python.sub,
    "*": python.mul,
    "/": python.truediv,
    "**": python.pow,
    "abs": abs,
    "sqrt": math.sqrt,
    "log10": math.log10,
    "min": min,
    "max": max,
}
_KIND_NAMES = {"number": "a number", "text": "text", "flag": "a flag"}
_VALUES_NAMED = 8


Side = tuple[Expression, Piece]


class Checker:
    """Makes expressions and notes everything that is wrong with them.

    Each method returns None where it has noted an error.

    Parameters
    ----------
    columns : mapping of str to Column
        Declared columns by name.

    Attributes
    ----------
    errors : list of ConditionError
        What was found so far.
    """

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self.errors: list[ConditionError] = []

    def report(self, piece: Piece, what: str, fix: str) -> Expression | None:
        """Note an error in a piece of the condition, for which there is no expression then."""
        self.errors.append(ConditionError(piece.start, what, fix))
        return None

    def name(self, name: str, piece: Piece) -> Expression | None:
        """Look up a column, or ``true`` and ``false``."""
        if name in {"true", "false"}:
            return Expression("flag", value=name == "true", kind="flag")
        column = self._columns.get(name)
        if column is not None:
            return Expression("column", value=name, kind=column.kind)
        if name == "missing":
            return self.report(piece, "missing can only follow is or is not", "write column is missing")
        if name in RESERVED:
            return self.report(piece, f"{name} is a function", f"write its values in brackets: {name}(...)")
        fix = did_you_mean(name, self._columns) or "the columns are listed in rules/columns.yaml"
        return self.report(piece, f"no column is called {shown(name)}", fix)

    def number(self, value: float, piece: Piece) -> Expression | None:
        """Make a number, which must be finite."""
        if math.isfinite(value):
            return Expression("number", value=value)
        return self.report(
            piece, f"the number {shown(piece.text)} is too large", "write a number below 1e308"
        )

    def calculation(self, operator: str, operands: tuple[Expression, ...], piece: Piece) -> Expression | None:
        """Make a sum, a product, a function of numbers; constants are worked out at once."""
        for operand in operands:
            if operand.kind != "number":
                what = f"cannot calculate with {_KIND_NAMES[operand.kind]}: {piece.shown}"
                return self.report(piece, what, f"{self._described(operand)}: use columns that are numbers")
        if operator in {"+", "-", "min", "max"} and not self._same_unit(operands, piece):
            return None
        if all(operand.operator == "number" for operand in operands):
            return self._constant(operator, [operand.value for operand in operands], piece)
        if operator == "/" and operands[1] == Expression("number", value=0.0):
            return self.report(piece, f"a division by zero: {piece.shown}", "divide by something else")
        return Expression(operator, operands)

    def power(self, base: Expression, exponent: int, piece: Piece) -> Expression | None:
        """Make a power with a small whole exponent."""
        if base.operator == "number":
            return self._constant("**", [base.value, exponent], piece)
        checked = self.calculation("**", (base,), piece)
        return checked and Expression("**", (base,), exponent)

    def flag_alone(self, value: Expression, piece: Piece) -> Expression | None:
        """Make a condition of a flag that stands alone."""
        if value.operator == "flag":
            what, fix = f"{piece.text} alone is not a condition", "name a flag, or compare a column"
        elif value.kind != "flag":
            what = f"{_KIND_NAMES[value.kind]} alone is not a condition: {piece.shown}"
            fix = "compare it with something"
        else:
            return Expression("holds", (value,), kind="truth", text=piece.text)
        return self.report(piece, what, fix)

    def missing(self, operator: str, column: Expression, piece: Piece) -> Expression | None:
        """Make ``column is missing`` or its opposite."""
        if self._columns[str(column.value)].nullable:
            return Expression(operator, (column,), kind="truth", text=piece.text)
        what = f"{column.value} always has a value: {piece.shown}"
        return self.report(piece, what, "leave this condition out")

    def comparison(self, operator: str, one: Side, other: Side, piece: Piece) -> Expression | None:
        """Make a comparison of two values of one kind."""
        left, right = one[0], other[0]
        if left.kind != right.kind:
            column = next((side for side in (left, right) if side.operator == "column"), left)
            fix = f"{self._described(column)}: compare it with {_KIND_NAMES[column.kind]}"
            return self.report(piece, _unlike(left, right, piece), fix)
        if not left.columns and not right.columns:
            return self._without_column(piece)
        if left.kind != "number" and operator not in {"==", "!="}:
            what = f"cannot order {_KIND_NAMES[left.kind]}: {piece.shown}"
            return self.report(piece, what, "write ==, != or in [...]")
        if left == right:
            what = f"both sides are the same: {piece.shown}"
            return self.report(piece, what, "compare two different things")
        if left.kind == "number":
            fits = (
                self._same_unit((left, right), piece)
                and self._is_open(operator, left, right, piece)
                and self._is_open(_MIRRORED[operator], right, left, piece)
            )
        else:
            fits = left.kind == "flag" or self._texts_fit(one, other, piece)
        return Expression(operator, (left, right), kind="truth", text=piece.text) if fits else None

    def membership(
        self, operator: str, value: Expression, items: Sequence[Side], piece: Piece
    ) -> Expression | None:
        """Make ``value in [...]`` or its opposite."""
        before = len(self.errors)
        if value.kind == "flag":
            fix = "write the flag alone, or not before it"
            return self.report(piece, f"a flag needs no list: {piece.shown}", fix)
        if not value.columns:
            return self._without_column(piece)
        seen: list[Expression] = []
        for item, place in items:
            if item.kind != value.kind:
                self.report(
                    place, _unlike(value, item, piece), f"{self._described(value)}: list only such values"
                )
            elif item.kind == "text":
                self._is_allowed(value, item, place)
            else:
                self._is_open("==", value, item, Piece(self._described(item), place.start))
            if item in seen:
                self.report(place, f"{self._described(item)} stands in the list twice", "keep one of the two")
            seen.append(item)
        column = self._columns.get(str(value.value)) if value.operator == "column" else None
        if column is not None and column.allowed and set(column.allowed) <= {item.value for item in seen}:
            what = f"the list holds every value that {column.name} can take: {piece.shown}"
            self.report(piece, what, f"leave some out, or write {column.name} is not missing")
        if len(self.errors) > before:
            return None
        return Expression(operator, (value,), tuple(item.value for item in seen), "truth", piece.text)

    def _without_column(self, piece: Piece) -> Expression | None:
        what = f"there is no column in this comparison: {piece.shown}"
        return self.report(piece, what, "compare a column, or leave it out")

    def _texts_fit(self, one: Side, other: Side, piece: Piece) -> bool:
        (left, _), (right, _) = one, other
        if left.operator == "text":
            return self._is_allowed(right, *one)
        if right.operator == "text":
            return self._is_allowed(left, *other)
        allowed = [self._columns[str(side.value)].allowed for side in (left, right)]
        if not all(allowed) or set(allowed[0]) & set(allowed[1]):
            return True
        what = f"the two have no value in common: {piece.shown}"
        self.report(piece, what, f"{self._described(left)}; {self._described(right)}")
        return False

    def _is_allowed(self, value: Expression, literal: Expression, piece: Piece) -> bool:
        column = self._columns[str(value.value)]
        if not column.allowed or literal.value in column.allowed:
            return True
        fix = did_you_mean(str(literal.value), column.allowed) or self._described(value)
        self.report(piece, f"{column.name} is never {shown(str(literal.value))}", fix)
        return False

    def _is_open(self, operator: str, value: Expression, literal: Expression, piece: Piece) -> bool:
        """Refuse a comparison of a column with a number that comes out the same for its whole range."""
        if value.operator != "column" or literal.operator != "number":
            return True
        column, number = self._columns[str(value.value)], literal.value
        low = -math.inf if column.minimum is None else column.minimum
        high = math.inf if column.maximum is None else column.maximum
        if operator in {"==", "!="}:
            outcomes = {True, False} if low <= number <= high else {operator == "!="}
        else:
            outcomes = {_ORDERS[operator](end, number) for end in (low, high)}
        if len(outcomes) > 1:
            return True
        outcome = outcomes.pop()
        what = f"always {'true' if outcome else 'false'}: {piece.shown}"
        fix = f"{column.name} is {_range(column)}"
        self.report(piece, what, fix + (f"; write {column.name} is not missing" if outcome else ""))
        return False

    def _same_unit(self, operands: Sequence[Expression], piece: Piece) -> bool:
        units = [unit for unit in map(self._unit, operands) if unit is not None]
        other = next((unit for unit in units if unit != units[0]), None)
        if other is None:
            return True
        what = f"cannot put {unit_text(units[0])} beside {unit_text(other)}: {piece.shown}"
        self.report(piece, what, "compare, add and subtract quantities of one unit only")
        return False

    def _unit(self, value: Expression) -> Unit | None:
        """Work out a unit; None for what fits any unit, as a number that is written out does."""
        if value.operator == "column":
            return parse_unit(self._columns[str(value.value)].unit)
        if value.operator == "log10":
            return DIMENSIONLESS
        units = [self._unit(operand) for operand in value.operands]
        if value.operator in {"*", "/"}:
            left, right = (DIMENSIONLESS if unit is None else unit for unit in units)
            return product(left, right, 1 if value.operator == "*" else -1)
        unit = next((unit for unit in units if unit is not None), None)
        if unit is not None and value.operator == "sqrt":
            return root(unit)
        if unit is not None and value.operator == "**":
            return power(unit, value.value)
        return unit

    def _constant(self, operator: str, values: Sequence[Any], piece: Piece) -> Expression | None:
        try:
            result = _CONSTANTS[operator](*values)
        except (ArithmeticError, ValueError):
            result = math.nan
        if math.isfinite(result):
            return Expression("number", value=result)
        return self.report(piece, f"this has no finite value: {piece.shown}", "write a number")

    def _described(self, value: Expression) -> str:
        if value.operator != "column":
            return f"{value.value:g}" if isinstance(value.value, float) else shown(str(value.value))
        column = self._columns[str(value.value)]
        description = f"{column.name} is {_KIND_NAMES[column.kind]}"
        if column.allowed:
            more = ", ..." if len(column.allowed) > _VALUES_NAMED else ""
            description += f" ({', '.join(column.allowed[:_VALUES_NAMED])}{more})"
        return description


def _unlike(one: Expression, other: Expression, piece: Piece) -> str:
    return f"cannot compare {_KIND_NAMES[one.kind]} with {_KIND_NAMES[other.kind]}: {piece.shown}"


def _range(column: Column) -> str:
    if column.minimum is None:
        return f"at most {column.maximum:g}"
    if column.maximum is None:
        return f"at least {column.minimum:g}"
    return f"between {column.minimum:g} and {column.maximum:g}"
