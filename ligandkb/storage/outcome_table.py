"""How does a recording lie in a database?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from ligandkb.evidence.outcomes import RECORDED
from ligandkb.problems import Problem
from ligandkb.storage.outcome_recordings import Recording, now, percent, read_recording, row_of, timestamp

_PLAIN = (
    "id",
    "binding_form",
    "binding_form_smiles",
    "partner",
    "form",
    "reference_state",
    "plqy_before",
    "plqy_before_uncertainty",
    "plqy_after",
    "plqy_after_uncertainty",
    "relative_change",
    "equivalents",
    "concentration_mmol_per_l",
    "nc_concentration_umol_per_l",
    "time_min",
    "emission_before_nm",
    "emission_after_nm",
    "strength",
    "confound",
    "note",
)
_FRACTIONS = (
    "plqy_before",
    "plqy_before_uncertainty",
    "plqy_after",
    "plqy_after_uncertainty",
    "relative_change",
)
_OF_RECORDING = ("recorded_by", "nc_batch", "tool_version", "version", "reason", "withdrawn")


class RecordedOutcome(SQLModel, table=True):
    """One version of one outcome: never changed, never deleted; a correction is the next version.

    The columns are the fields of :class:`ligandkb.evidence.outcomes.Outcome` (fractions, not %) and of
    :class:`ligandkb.storage.outcome_recordings.Recording`. Whoever adds a column adds a migration.
    """

    __tablename__ = "recorded_outcome"
    __table_args__ = (
        CheckConstraint("version >= 1", name="version_is_counted_from_1"),
        CheckConstraint("version = 1 OR reason <> ''", name="correction_has_a_reason"),
        # A rowid would be a second key, through which INSERT OR REPLACE could take out a row.
        {"sqlite_with_rowid": False},
    )

    id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    binding_form: str
    binding_form_smiles: str
    partner: str
    composition: str
    form: str
    route: str
    reference_state: str
    effect: str | None = None
    plqy_before: float | None = None
    plqy_before_uncertainty: float | None = None
    plqy_after: float | None = None
    plqy_after_uncertainty: float | None = None
    relative_change: float | None = None
    equivalents: float | None = None
    concentration_mmol_per_l: float | None = None
    nc_concentration_umol_per_l: float | None = None
    time_min: float | None = None
    emission_before_nm: float | None = None
    emission_after_nm: float | None = None
    strength: str = ""
    confound: str = ""
    doi: str = ""
    locator: str = ""
    note: str = ""
    recorded_by: str
    recorded_at: str
    tool_version: str
    reason: str = ""
    nc_batch: str = Field(default="", sa_column_kwargs={"server_default": ""})
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})


def to_row(recording: Recording) -> RecordedOutcome:
    """Row of a recording."""
    outcome = recording.outcome
    values: dict[str, Any] = {name: getattr(outcome, name) for name in _PLAIN}
    values |= {name: getattr(recording, name) for name in _OF_RECORDING}
    return RecordedOutcome(
        **values,
        composition=str(outcome.composition),
        route=str(outcome.route),
        effect=str(outcome.effect) if outcome.effect else None,
        doi=outcome.source.doi if outcome.source else "",
        locator=outcome.source.locator if outcome.source else "",
        recorded_at=timestamp(recording.recorded_at),
    )


def cells_of_row(values: Mapping[str, Any]) -> dict[str, object]:
    """Stored values under the columns of ``outcomes.csv``; columns that an older schema lacks stay absent."""
    cells = dict(values)
    for name in _FRACTIONS:
        stored = cells.pop(name, None)
        cells[f"{name}_pct"] = percent(stored) if isinstance(stored, int | float) else stored
    return cells


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
    row = row_of(cells_of_row(values), place_of(values, place))
    read = read_recording(row, problems, recorded_by="", recorded_at=now(), is_recorded=True)
    if read is None:
        return None
    origin = f"{RECORDED} {read.recorded_by} on {read.recorded_at:%Y-%m-%d}"
    version = int(values["version"])
    return replace(
        read,
        outcome=replace(read.outcome, origin=origin + (f", version {version}" if version > 1 else "")),
        version=version,
        reason=str(values["reason"]),
        withdrawn=bool(values.get("withdrawn", False)),
    )


def place_of(values: Mapping[str, Any], place: str) -> str:
    """What to call a row in messages."""
    return f"{place}: outcome {values['id']!s:.100}, version {values['version']!s:.20}"
