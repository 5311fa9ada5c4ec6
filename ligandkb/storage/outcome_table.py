"""Which columns has a recording in a database?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Float, Integer, String, Table
from sqlmodel import SQLModel

from ligandkb.evidence.outcome_fields import CellKind, OutcomeField
from ligandkb.evidence.outcomes import FIELDS
from ligandkb.storage.outcome_recordings import RECORDING_COLUMNS
from ligandkb.storage.outcome_revisions import TABLE_NAME


def _column(one: OutcomeField) -> Column[Any]:
    is_nullable = one.is_number or (one.kind is CellKind.WORD and one.blank is None)
    return Column(
        one.database_column,
        Float() if one.is_number else String(),
        primary_key=one.name == "id",
        nullable=is_nullable,
    )


TABLE = Table(
    TABLE_NAME,
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
