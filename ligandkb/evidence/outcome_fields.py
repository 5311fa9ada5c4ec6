"""What is one field of an outcome called, how is it checked, and what does it mean, wherever it goes?

The reader of files, the cells of the database, JSON, exports, options of the command line and the table of
columns in ``data/README.md`` follow from this description, which stands beside the attribute itself in
:class:`ligandkb.evidence.outcomes.Outcome`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class CellKind(StrEnum):
    """What a cell holds."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    WORD = "word"
    """One of a few."""
    NUMBER = "number"
    PERCENT = "percent"
    """Written in %, kept as a fraction."""
    SMILES = "SMILES"
    COMPOSITION = "composition"
    DOI = "DOI"


@dataclass(frozen=True, kw_only=True)
class OutcomeField:
    """One thing that is kept of an outcome.

    Attributes
    ----------
    kind : CellKind
    help : str
        What it means.
    name, column : str
        Attribute of the outcome; column of CSV and key of JSON lists. Both follow from the attribute, a
        percentage's column with ``_pct``.
    unit : str
        Unit or form of what is written.
    words : mapping of str to str
        Allowed words, each with what has to be said of it; empty where any text is.
    minimum, maximum : float or None
        Range of what is written: of a percentage in %.
    allowed : str
        Allowed values in words, where neither words nor a range say it.
    blank, blank_means : object, str
        Value that a blank cell stands for, and what that says.
    required : bool
        Whether a file must have the column.
    option, typed : str
        What the command line calls it, and how it is typed, where the column and its help don't say.
    typed_with : str
        Column whose option says this one, too: a value its uncertainty, a name its structure.
    old_names : tuple of str
        Columns and options of earlier releases that mean this one.
    database_column : str
        Column of the database, where it isn't the attribute's name.
    since : str
        Release that brought it, empty for the first one. Identifiers made from the content don't depend on later
        fields: a command of before, repeated, must find what it recorded.

    Examples
    --------
    >>> described = about(CellKind.PERCENT, "PLQY of the reference state", minimum=0, maximum=100)
    >>> one = fields_of(dataclasses.make_dataclass("Kept", [("plqy", float, field(metadata=described))]))[0]
    >>> one.column, one.option, one.cell(0.62), one.range_text
    ('plqy_pct', '--plqy-pct', 62.0, '0 to 100')
    """

    kind: CellKind
    help: str
    name: str = ""
    column: str = ""
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    allowed: str = ""
    blank: object = None
    blank_means: str = ""
    required: bool = False
    option: str = ""
    typed: str = ""
    typed_with: str = ""
    old_names: tuple[str, ...] = ()
    database_column: str = ""
    since: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.kind in (CellKind.NUMBER, CellKind.PERCENT)

    @property
    def range_text(self) -> str:
        """Its range in words; empty if it has none."""
        if self.minimum is None:
            return ""
        return f"{self.minimum:g} " + ("or more" if self.maximum is None else f"to {self.maximum:g}")

    def plain(self, value: object) -> object:
        """A value, or what the database holds of it, in types that JSON knows; None for a blank one."""
        if value in (None, ""):
            return None
        return value if isinstance(value, int | float) else str(value)

    def cell(self, value: object) -> object:
        """The same as it is written: a fraction in %."""
        if self.kind is CellKind.PERCENT and isinstance(value, int | float):
            return percent(value)
        return self.plain(value)


def about(kind: CellKind, help: str, **described: Any) -> Mapping[str, OutcomeField]:
    """Describe an attribute, as its metadata; the arguments are those of :class:`OutcomeField`."""
    return {"": OutcomeField(kind=kind, help=help, **described)}


def fields_of(kept: Any) -> tuple[OutcomeField, ...]:
    """Fields that the attributes of a dataclass describe, in their order.

    Metadata under ``""`` describe the attribute itself; under a name, a part of it that a property of that
    name gives (the DOI of a source).
    """
    found = []
    for attribute in dataclasses.fields(kept):
        for part, described in attribute.metadata.items():
            name = part or attribute.name
            column = described.column or (f"{name}_pct" if described.kind is CellKind.PERCENT else name)
            default = (
                described.blank if attribute.default is dataclasses.MISSING or part else attribute.default
            )
            found.append(
                dataclasses.replace(
                    described,
                    name=name,
                    column=column,
                    blank=default,
                    option=described.option or "--" + (described.typed_with or column).replace("_", "-"),
                    database_column=described.database_column or name,
                )
            )
    return tuple(found)


def percent(fraction: float | None) -> float | None:
    """In %, rounded so that reading it gives the same fraction again (which has six decimals).

    Examples
    --------
    >>> percent(0.57), percent(None)
    (57.0, None)
    """
    return None if fraction is None else round(fraction * 100, 4)


def columns_table(fields: Iterable[OutcomeField]) -> str:
    """Markdown table on the columns, as it stands in ``data/README.md``."""
    lines = ["| column | meaning | unit or form | allowed values |", "|---|---|---|---|"]
    for one in fields:
        words = [f"`{word}`" + (f" ({said})" if said else "") for word, said in one.words.items()]
        allowed = words or list(filter(None, [one.allowed or one.range_text]))
        if one.blank_means:
            allowed.append(f"blank: {one.blank_means}")
        cells = (f"`{one.column}`", one.help, one.unit, ", ".join(allowed))
        lines.append("|".join(["", *(f" {cell} " if cell else " " for cell in cells), ""]))
    return "\n".join(lines) + "\n"


def option_help(one: OutcomeField) -> str:
    """What the command line says of a field.

    Examples
    --------
    >>> route = OutcomeField(kind=CellKind.WORD, help="when it was added", words={"early": "", "late": ""})
    >>> option_help(route)
    'When it was added: early or late.'
    """
    *most, last = [str(word) for word in one.words] or [""]
    words = f": {', '.join(most)} or {last}" if most else ""
    text = (one.typed or one.help).replace("`", "")
    return f"{text[:1].upper()}{text[1:]}{words}."
