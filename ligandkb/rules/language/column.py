"""What is declared of a column that rules read?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from keyword import iskeyword

RESERVED = frozenset({"missing", "true", "false", "abs", "sqrt", "log10", "min", "max"})
"""Words of the rule language that are no keywords of Python."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KINDS = ("number", "text", "flag")


@dataclass(frozen=True)
class Column:
    """Declaration of one column that rules can read.

    Attributes
    ----------
    name : str
        Lower-case name with its unit as suffix, e.g. ``hardness_ev``.
    kind : str
        ``"number"``, ``"text"`` or ``"flag"``.
    meaning : str
        In the field's words, with convention and sign.
    unit : str
        Unit of a number; empty for pure numbers, texts and flags.
    allowed : tuple of str
        All values that a text can take; empty for free text.
    minimum, maximum : float or None
        Range of a number.
    nullable : bool
        Whether a value can be missing.

    Examples
    --------
    >>> Column("donor_element", "text", "element that binds lead", allowed=("O", "S")).kind
    'text'
    """

    name: str
    kind: str
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    nullable: bool = True


def fault_of(column: Column) -> str:
    """Say what makes a column unusable in rules, or nothing.

    Examples
    --------
    >>> fault_of(Column("lambda", "number", "wavelength", unit="nm"))
    "the name is a word of the rule language or of Python's"
    """
    if _NAME.fullmatch(column.name) is None:
        return "the name is not lower case letters, digits and _"
    if column.name in RESERVED or iskeyword(column.name):
        return "the name is a word of the rule language or of Python's"
    if column.kind not in _KINDS:
        return "the kind is not number, text or flag"
    if column.allowed and column.kind != "text":
        return "only a text has allowed values"
    if column.kind != "number" and (column.unit or column.minimum is not None or column.maximum is not None):
        return "only a number has a unit or a range"
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        return "the minimum is larger than the maximum"
    return ""
