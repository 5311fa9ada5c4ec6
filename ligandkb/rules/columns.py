"""What can a rule read?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.rules.documents import Sequence, read_document, shown
from ligandkb.rules.forms import NUMBER, TEXT, Entry, Field, Notes, choice, text, texts

RESERVED = frozenset({"missing", "true", "false", "abs", "sqrt", "log10", "min", "max"})
"""Words of the rule language that are no keywords of Python."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KINDS = ("number", "text", "flag")
_COLUMN = Entry(
    "the column",
    {
        "name": Field("Name with its unit as suffix.", TEXT, required=True),
        "kind": Field("number, text or flag.", TEXT, required=True),
        "meaning": Field("In the field's words, with convention and sign.", TEXT, required=True),
        "unit": Field("Unit, empty for pure numbers, texts and flags.", text(40, optional=True)),
        "allowed": Field("All values that a text can take; none for free text.", texts()),
        "minimum": Field("Smallest value of a number.", NUMBER),
        "maximum": Field("Largest value of a number.", NUMBER),
        "nullable": Field(
            "false where there always is a value.", choice(("true", "false"), "value of nullable")
        ),
    },
)
_WRITTEN_BY = "# Written by `ligandkb check --write-columns` from the descriptors' definitions: don't edit.\n"


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


def read_columns(path: Path) -> tuple[Column, ...]:
    """Read a list of columns, as :func:`dump_columns` writes it.

    Parameters
    ----------
    path : Path
        YAML file.

    Returns
    -------
    tuple of Column

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    columns: dict[str, Column] = {}
    document = read_document(path, problems)
    if document is not None:
        notes = Notes(document, problems)
        if not isinstance(document.root, Sequence):
            notes.report(document.root, "the file is not a list of columns", "begin each column with - name:")
        for node in document.root.items if isinstance(document.root, Sequence) else []:
            values = _COLUMN.read(node, "", notes)
            if values is None:
                continue
            nullable = values.pop("nullable", "true") == "true"
            column = Column(
                **{name: value for name, value in values.items() if value is not None}, nullable=nullable
            )
            if fault := fault_of(column):
                what = f"the column {shown(column.name)}: {fault}"
                notes.report(node, what, "write the list with --write-columns")
            elif columns.setdefault(column.name, column) is not column:
                notes.report(node, f"the column {column.name} is declared twice", "keep one of the two")
    if problems:
        raise InputError(problems)
    return tuple(columns.values())


def dump_columns(columns: Iterable[Column]) -> str:
    """Write columns as YAML, the same text for the same columns.

    Parameters
    ----------
    columns : iterable of Column

    Returns
    -------
    str
        Content of a file that :func:`read_columns` reads.

    Raises
    ------
    ValueError
        If a column can't be used in rules: a wrong name, an unknown kind, an inverted range.

    Examples
    --------
    >>> print(dump_columns([Column("hardness_ev", "number", "absolute hardness", unit="eV", minimum=0)]))
    # Written by `ligandkb check --write-columns` from the descriptors' definitions: don't edit.
    - name: hardness_ev
      kind: number
      meaning: absolute hardness
      unit: eV
      minimum: 0
    """
    import yaml  # noqa: PLC0415 - reading needs the events only

    entries = []
    for column in columns:
        if fault := fault_of(column):
            raise ValueError(f"column {column.name!r}: {fault}")
        entry: dict[str, object] = {"name": column.name, "kind": column.kind, "meaning": column.meaning}
        if column.unit:
            entry["unit"] = column.unit
        if column.allowed:
            entry["allowed"] = list(column.allowed)
        for name, bound in (("minimum", column.minimum), ("maximum", column.maximum)):
            if bound is not None:
                entry[name] = int(bound) if float(bound).is_integer() else float(bound)
        if not column.nullable:
            entry["nullable"] = False
        entries.append(entry)
    return _WRITTEN_BY + yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=100)


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
