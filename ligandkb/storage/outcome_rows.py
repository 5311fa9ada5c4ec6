"""How does a recording become the values of a row, and a row a recording?

Nothing here imports SQL: a ranking reads what was recorded through Python's own SQLite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ligandkb.evidence.outcome_fields import OutcomeField
from ligandkb.evidence.outcomes import FIELDS, RECORDED
from ligandkb.problems import Problem
from ligandkb.storage.outcome_recordings import (
    RECORDING_COLUMNS,
    Recording,
    read_recording,
    row_of,
    timestamp,
)


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
