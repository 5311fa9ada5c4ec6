"""Which columns can a rule read, and where are they listed?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ligandkb.problems import InputError, Problem
from ligandkb.rules.files.documents import Sequence, read_document
from ligandkb.rules.files.forms import NUMBER, TEXT, Entry, Field, Notes, choice, text, texts
from ligandkb.rules.language.column import Column, fault_of
from ligandkb.rules.language.texts import shown

__all__ = ["Column", "dump_columns", "fault_of", "read_columns"]

_NULLABLE = choice(("true", "false"), "value of nullable")
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
        "nullable": Field("false where there always is a value.", _NULLABLE),
    },
)
_WRITTEN_BY = "# Written by `ligandkb check --write-columns` from the descriptors' definitions: don't edit.\n"


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
            said = {name: value for name, value in values.items() if value is not None}
            column = Column(**said, nullable=nullable)
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
        said = {name: getattr(column, name) for name in ("unit", "allowed", "minimum", "maximum")}
        entry |= {name: _plain(value) for name, value in said.items() if value not in ("", (), None)}
        if not column.nullable:
            entry["nullable"] = False
        entries.append(entry)
    return _WRITTEN_BY + yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=100)


def _plain(value: Any) -> Any:
    """What YAML knows: lists, and whole numbers without a point."""
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else float(value)
    return list(value) if isinstance(value, tuple) else value
