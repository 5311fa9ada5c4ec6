"""How does a recording lie in a database?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Float, Integer, String, Table
from sqlmodel import SQLModel

from ligandkb.evidence.outcome_fields import CellKind, OutcomeField
from ligandkb.evidence.outcomes import FIELDS, RECORDED
from ligandkb.problems import Problem
from ligandkb.storage.outcome_recordings import (
    RECORDING_COLUMNS,
    Recording,
    read_recording,
    row_of,
    timestamp,
)


def _column(one: OutcomeField) -> Column[Any]:
    is_nullable = one.is_number or (one.kind is CellKind.WORD and one.blank is None)
    return Column(
        one.database_column,
        Float() if one.is_number else String(),
        primary_key=one.name == "id",
        nullable=is_nullable,
    )


TABLE = Table(
    "recorded_outcome",
    SQLModel.metadata,
    *map(_column, FIELDS),
    Column("version", Integer, primary_key=True),
    *(Column(name, String, nullable=False) for name in (*RECORDING_COLUMNS, "reason")),
    Column("withdrawn", Boolean, nullable=False),
    CheckConstraint("version >= 1", name="version_is_counted_from_1"),
    CheckConstraint("version = 1 OR reason <> ''", name="correction_has_a_reason"),
    # A rowid would be a second key, through which INSERT OR REPLACE could take out a row.
    sqlite_with_rowid=False,
)
"""One row for each version of an outcome: never changed, never deleted; a correction is the next version.

Its columns are the fields of :class:`ligandkb.evidence.outcomes.Outcome` (fractions, not %) and what
:class:`ligandkb.storage.outcome_recordings.Recording` adds. Whoever adds a field adds a migration.
"""


def to_row(recording: Recording) -> dict[str, Any]:
    """Values of a recording by column of the database."""
    outcome = recording.outcome
    values = {one.database_column: _stored(one, getattr(outcome, one.name)) for one in FIELDS}
    own = {name: getattr(recording, name) for name in (*RECORDING_COLUMNS, "version", "reason", "withdrawn")}
    return values | own | {"recorded_at": timestamp(recording.recorded_at)}


def _stored(one: OutcomeField, value: Any) -> Any:
    return value if value is None or one.is_number else str(value)


def cells_of_row(values: Mapping[str, Any]) -> dict[str, object]:
    """Stored values under the columns of ``outcomes.csv``; what an older schema lacks is blank."""
    return {one.column: one.cell(values.get(one.database_column)) for one in FIELDS} | {
        name: values.get(name) or None for name in RECORDING_COLUMNS
    }


def from_row(values: Mapping[str, Any], place: str, problems: list[Problem]) -> Recording | None:
    """Recording of a row, checked like one of a file and with its SMILES made canonical anew.

    Parameters
    ----------
    values : mapping
        Stored values by column.
    place : str
        What to call the database in messages.
    problems : list of Problem
        What is wrong with the row is appended here.

    Returns
    -------
    Recording or None
    """
    label = f"{place}: outcome {values['id']!s:.100}, version {values['version']!s:.20}"
    row = row_of(cells_of_row(values), label)
    read = read_recording(row, problems, is_recorded=True)
    if read is None:
        return None
    version = int(values["version"])
    origin = f"{RECORDED} {read.recorded_by} on {read.recorded_at:%Y-%m-%d}"
    origin += f", version {version}" if version > 1 else ""
    return replace(
        read,
        outcome=replace(read.outcome, origin=origin),
        version=version,
        reason=str(values["reason"]),
        withdrawn=bool(values.get("withdrawn", False)),
    )
