"""Does this comparison make sense for these columns?

Kinds, units, allowed values and ranges are checked before any data are read. A comparison that is always
true or always false is refused as well: whoever wrote it meant something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from ligandkb.problems import did_you_mean
from ligandkb.rules.columns import RESERVED, Column
from ligandkb.rules.documents import shown
from ligandkb.rules.expressions import Expression
from ligandkb.rules.tokens import ConditionError
from ligandkb.rules.units import DIMENSIONLESS, Unit, parse_unit, power, product, root, unit_text

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_KIND_NAMES = {"number": "a number", "text": "text", "flag": "a flag"}
_VALUES_NAMED = 8


class Checker:
    """Makes expressions and notes everything that is wrong with them.

    Each method returns None where it has noted an error.

    Parameters
    ----------
    columns : mapping of str to Column
        Declared columns by name.
    text : str
        The whole condition.

    Attributes
    ----------
    errors : list of ConditionError
        What was found so far.
    """

    def __init__(self, columns: Mapping[str, Column], text: str) -> None:
        self._columns, self._text = columns, text
        self.errors: list[ConditionError] = []

    def report(self, offset: int, what: str, mend: str) -> None:
        """Note an error at an offset of the condition."""
        self.errors.append(ConditionError(offset, what, mend))

    def name(self, name: str, offset: int) -> Expression | None:
        """Look up a column, or ``true`` and ``false``."""
        if name in {"true", "false"}:
            return Expression("flag", value=name == "true", kind="flag")
        column = self._columns.get(name)
        if column is not None:
            return Expression("column", value=name, kind=column.kind)
        if name == "missing":
            self.report(offset, "missing can only follow is or is not", "write column is missing")
        elif name in RESERVED:
            self.report(offset, f"{name} is a function", f"write its values in brackets: {name}(...)")
        else:
            mend = did_you_mean(name, self._columns) or "the columns are listed in rules/columns.yaml"
            self.report(offset, f"no column is called {shown(name)}", mend)
        return None

    def number(self, value: float, offset: int, text: str) -> Expression | None:
        """Make a number, which must be finite."""
        if math.isfinite(value):
            return Expression("number", value=value)
        self.report(offset, f"the number {shown(text)} is too large", "write a number below 1e308")
        return None

    def calculation(
        self, operator: str, operands: tuple[Expression, ...], offset: int, text: str
    ) -> Expression | None:
        """Make a sum, a product, a function of numbers; constants are worked out at once."""
        wrong = next((operand for operand in operands if operand.kind != "number"), None)
        if wrong is not None:
            what = f"cannot calculate with {_KIND_NAMES[wrong.kind]}: {shown(text, quote=False)}"
            self.report(offset, what, f"{self._described(wrong)}: use columns that are numbers")
            return None
        if operator in {"+", "-", "min", "max"} and not self._same_unit(operands, offset, text):
            return None
        if all(operand.operator == "number" for operand in operands):
            return self._constant(operator, [_number(operand) for operand in operands], offset, text)
        if operator == "/" and operands[1].operator == "number" and operands[1].value == 0:
            self.report(offset, f"a division by zero: {shown(text, quote=False)}", "divide by something else")
            return None
        return Expression(operator, operands)

    def power(self, base: Expression, exponent: int, offset: int, text: str) -> Expression | None:
        """Make a power with a small whole exponent."""
        if base.operator == "number":
            return self._constant("**", [_number(base), exponent], offset, text)
        checked = self.calculation("**", (base,), offset, text)
        return checked and Expression("**", (base,), exponent)

    def flag_alone(self, value: Expression, offset: int, text: str) -> Expression | None:
        """Make a condition of a flag that stands alone."""
        if value.operator == "flag":
            self.report(offset, f"{text} alone is not a condition", "name a flag, or compare a column")
        elif value.kind != "flag":
            what = f"{_KIND_NAMES[value.kind]} alone is not a condition: {shown(text, quote=False)}"
            self.report(offset, what, "compare it with something")
        else:
            return Expression("holds", (value,), kind="truth", text=text)
        return None

    def missing(self, operator: str, column: Expression, offset: int, text: str) -> Expression | None:
        """Make ``column is missing`` or its opposite."""
        if column.operator != "column":
            self.report(
                offset, f"only a column can be missing: {shown(text, quote=False)}", "name one column"
            )
        elif not self._columns[str(column.value)].nullable:
            self.report(
                offset,
                f"{column.value} always has a value: {shown(text, quote=False)}",
                "leave this condition out",
            )
        else:
            return Expression(operator, (column,), kind="truth", text=text)
        return None

    def comparison(
        self, operator: str, left: Expression, right: Expression, offset: int, text: str
    ) -> Expression | None:
        """Make a comparison of two values of one kind."""
        shown_text = shown(text, quote=False)
        if left.kind != right.kind:
            kinds = f"{_KIND_NAMES[left.kind]} with {_KIND_NAMES[right.kind]}"
            column = next((side for side in (left, right) if side.operator == "column"), left)
            mend = f"{self._described(column)}: compare it with {_KIND_NAMES[column.kind]}"
            self.report(offset, f"cannot compare {kinds}: {shown_text}", mend)
        elif not left.columns and not right.columns:
            what = f"there is no column in this comparison: {shown_text}"
            self.report(offset, what, "compare a column, or leave it out")
        elif left.kind != "number" and operator not in {"==", "!="}:
            what = f"cannot order {_KIND_NAMES[left.kind]}: {shown_text}"
            self.report(offset, what, "write ==, != or in [...]")
        elif left == right:
            self.report(offset, f"both sides are the same: {shown_text}", "compare two different things")
        elif self._sides_fit(operator, left, right, offset, text):
            return Expression(operator, (left, right), kind="truth", text=text)
        return None

    def membership(
        self,
        operator: str,
        value: Expression,
        items: Sequence[tuple[Expression, int]],
        offset: int,
        text: str,
    ) -> Expression | None:
        """Make ``value in [...]`` or its opposite."""
        before = len(self.errors)
        shown_text = shown(text, quote=False)
        if value.kind == "flag":
            self.report(
                offset, f"a flag needs no list: {shown_text}", "write the flag alone, or not before it"
            )
        elif not value.columns:
            what = f"there is no column in this comparison: {shown_text}"
            self.report(offset, what, "compare a column, or leave it out")
        else:
            seen: list[Expression] = []
            for item, position in items:
                self._list_item(value, item, position, shown_text)
                if item in seen:
                    what = f"{self._described(item)} stands in the list twice"
                    self.report(position, what, "keep one of the two")
                seen.append(item)
            self._whole_list(value, [str(item.value) for item, _ in items], offset, shown_text)
        if len(self.errors) > before:
            return None
        values = tuple(item.value for item, _ in items)
        return Expression(operator, (value,), values, "truth", text)  # type: ignore[arg-type]

    def _list_item(self, value: Expression, item: Expression, offset: int, shown_text: str) -> None:
        if item.kind != value.kind:
            kinds = f"{_KIND_NAMES[value.kind]} with {_KIND_NAMES[item.kind]}"
            mend = f"{self._described(value)}: list only such values"
            self.report(offset, f"cannot compare {kinds}: {shown_text}", mend)
        elif item.kind == "text":
            self._is_allowed(value, item, offset)
        else:
            self._is_decidable("==", value, item, offset, self._described(item))

    def _whole_list(self, value: Expression, texts: Sequence[str], offset: int, shown_text: str) -> None:
        column = self._columns.get(str(value.value)) if value.operator == "column" else None
        if column is not None and column.allowed and set(column.allowed) <= set(texts):
            what = f"the list holds every value that {column.name} can take: {shown_text}"
            self.report(offset, what, f"leave some out, or write {column.name} is not missing")

    def _sides_fit(self, operator: str, left: Expression, right: Expression, offset: int, text: str) -> bool:
        if left.kind == "number":
            return self._same_unit((left, right), offset, text) and (
                self._is_decidable(operator, left, right, offset, text)
                and self._is_decidable(_MIRRORED[operator], right, left, offset, text)
            )
        if left.kind == "flag":
            return True
        if left.operator == right.operator == "column":
            allowed = [self._columns[str(side.value)].allowed for side in (left, right)]
            if all(allowed) and set(allowed[0]).isdisjoint(allowed[1]):
                what = f"the two have no value in common: {shown(text, quote=False)}"
                self.report(offset, what, f"{self._described(left)}; {self._described(right)}")
                return False
            return True
        column, literal = (left, right) if left.operator == "column" else (right, left)
        position = self._text.find(str(literal.value), offset) - 1
        return self._is_allowed(column, literal, max(position, offset))

    def _is_allowed(self, value: Expression, literal: Expression, offset: int) -> bool:
        column = self._columns[str(value.value)]
        if not column.allowed or literal.value in column.allowed:
            return True
        mend = did_you_mean(str(literal.value), column.allowed) or self._described(value)
        self.report(offset, f"{column.name} is never {shown(str(literal.value))}", mend)
        return False

    def _is_decidable(
        self, operator: str, value: Expression, literal: Expression, offset: int, text: str
    ) -> bool:
        """Refuse a comparison of a column with a number that comes out the same for its whole range."""
        if value.operator != "column" or literal.operator != "number":
            return True
        column, number = self._columns[str(value.value)], _number(literal)
        low = -math.inf if column.minimum is None else column.minimum
        high = math.inf if column.maximum is None else column.maximum
        if operator in {"==", "!="}:
            outcome = (operator == "!=") if not low <= number <= high else None
        else:
            ends = {_holds(operator, low, number), _holds(operator, high, number)}
            outcome = ends.pop() if len(ends) == 1 else None
        if outcome is None:
            return True
        what = f"always {'true' if outcome else 'false'}: {shown(text, quote=False)}"
        mend = f"{column.name} is {_range(column)}"
        self.report(offset, what, mend + (f"; write {column.name} is not missing" if outcome else ""))
        return False

    def _same_unit(self, operands: Sequence[Expression], offset: int, text: str) -> bool:
        units = [unit for unit in map(self._unit, operands) if unit is not None]
        other = next((unit for unit in units if unit != units[0]), None)
        if other is None:
            return True
        what = f"cannot put {unit_text(units[0])} beside {unit_text(other)}: {shown(text, quote=False)}"
        self.report(offset, what, "compare, add and subtract quantities of one unit only")
        return False

    def _unit(self, value: Expression) -> Unit | None:
        """Work out a unit; None for what fits any unit, as a number that is written out does."""
        if value.operator == "column":
            return parse_unit(self._columns[str(value.value)].unit)
        if value.operator == "number" or value.kind != "number":
            return None
        units = [self._unit(operand) for operand in value.operands]
        if value.operator in {"*", "/"}:
            left, right = (DIMENSIONLESS if unit is None else unit for unit in units)
            return product(left, right, 1 if value.operator == "*" else -1)
        if value.operator == "**":
            assert isinstance(value.value, int)
            return None if units[0] is None else power(units[0], value.value)
        if value.operator == "sqrt":
            return None if units[0] is None else root(units[0])
        if value.operator == "log10":
            return DIMENSIONLESS
        return next((unit for unit in units if unit is not None), None)

    def _constant(self, operator: str, values: Sequence[float], offset: int, text: str) -> Expression | None:
        try:
            result = _CONSTANTS[operator](values)
        except (ArithmeticError, ValueError):
            result = math.nan
        return self._finite(result, offset, text)

    def _finite(self, value: float, offset: int, text: str) -> Expression | None:
        if math.isfinite(value):
            return Expression("number", value=value)
        what = f"this has no finite value: {shown(text, quote=False)}"
        self.report(offset, what, "write a number")
        return None

    def _described(self, value: Expression) -> str:
        if value.operator != "column":
            return f"{value.value:g}" if isinstance(value.value, float) else shown(str(value.value))
        column = self._columns[str(value.value)]
        description = f"{column.name} is {_KIND_NAMES[column.kind]}"
        if column.allowed:
            more = ", ..." if len(column.allowed) > _VALUES_NAMED else ""
            description += f" ({', '.join(column.allowed[:_VALUES_NAMED])}{more})"
        return description


_CONSTANTS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "negate": lambda values: -values[0],
    "+": lambda values: values[0] + values[1],
    "-": lambda values: values[0] - values[1],
    "*": lambda values: values[0] * values[1],
    "/": lambda values: values[0] / values[1],
    "**": lambda values: values[0] ** values[1],
    "abs": lambda values: abs(values[0]),
    "sqrt": lambda values: math.sqrt(values[0]),
    "log10": lambda values: math.log10(values[0]),
    "min": min,
    "max": max,
}


def _range(column: Column) -> str:
    if column.minimum is None:
        return f"at most {column.maximum:g}"
    if column.maximum is None:
        return f"at least {column.minimum:g}"
    return f"between {column.minimum:g} and {column.maximum:g}"


def _number(expression: Expression) -> float:
    assert isinstance(expression.value, float)
    return expression.value


def _holds(operator: str, left: float, right: float) -> bool:
    if operator == "<":
        return left < right
    if operator == "<=":
        return left <= right
    if operator == ">":
        return left > right
    return left >= right
