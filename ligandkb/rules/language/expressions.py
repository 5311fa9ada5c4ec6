"""What is a condition made of?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

LEAVES = frozenset(
    {"<", "<=", ">", ">=", "==", "!=", "in", "not in", "is missing", "is not missing", "holds"}
)
"""Operators of the smallest parts of a condition that are true, false or unknown."""


@dataclass(frozen=True)
class Expression:
    """A part of a condition.

    Two expressions are equal if they ask the same; where they stand in a rule doesn't matter.

    Attributes
    ----------
    operator : str
        ``and``, ``or``, ``not``; one of :data:`LEAVES` (``holds`` is a flag that stands alone);
        ``+ - * / **``, ``negate``, a function's name; or ``column``, ``number``, ``text``, ``flag``.
    operands : tuple of Expression
        What the operator works on.
    value : float, str, bool, int, tuple or None
        Name of a column, value of a literal, exponent of a power, or values of a list.
    kind : str
        ``number``, ``text``, ``flag``, or ``truth`` for what is true, false or unknown.
    text : str
        Source text of a leaf, on one line.

    Examples
    --------
    >>> element = Expression("column", value="donor_element", kind="text")
    >>> leaf = Expression("in", (element,), ("S", "P"), "truth", 'donor_element in ["S", "P"]')
    >>> sorted(leaf.columns)
    ['donor_element']
    """

    operator: str
    operands: tuple[Expression, ...] = ()
    value: Any = None
    kind: str = "number"
    text: str = field(default="", compare=False)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Worked out once: expressions are looked up in every stretch of rows.
        return hash((self.operator, self.operands, self.value, self.kind))

    @property
    def columns(self) -> frozenset[str]:
        """Names of all columns in it."""
        if self.operator == "column":
            return frozenset({str(self.value)})
        return frozenset().union(*(operand.columns for operand in self.operands))

    @property
    def compared_columns(self) -> frozenset[str]:
        """Names of the columns whose value it needs: not those that it only asks whether they are missing."""
        return frozenset().union(
            *(leaf.columns for leaf in self.leaves() if not leaf.operator.endswith("missing"))
        )

    def leaves(self) -> Iterator[Expression]:
        """Walk over its smallest parts that are true, false or unknown, from left to right."""
        if self.operator in LEAVES:
            yield self
        else:
            for operand in self.operands:
                yield from operand.leaves()


class Condition(NamedTuple):
    """A checked condition.

    Attributes
    ----------
    text : str
        Source text on one line.
    expression : Expression
        Its tree.
    columns : frozenset of str
        Names of the columns that it reads.
    compared_columns : frozenset of str
        Those whose value it needs: not those that it only asks whether they are missing.
    """

    text: str
    expression: Expression
    columns: frozenset[str]
    compared_columns: frozenset[str]
