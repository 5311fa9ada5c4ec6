"""How is an outcome recorded so that it is never lost, never half there and never there twice?

Each call is one transaction that first takes the right to write, so that two processes wait for each other.
SQLite keeps a rollback journal and syncs file and folder before a call returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ligandkb.evidence.outcomes import LATE_COLUMNS
from ligandkb.problems import InputError, Problem
from ligandkb.storage.outcome_connections import versions_in, writing
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_reading import not_found
from ligandkb.storage.outcome_recordings import Recording, cells_of, row_of
from ligandkb.storage.outcome_rows import from_row, to_row
from ligandkb.storage.outcome_sqlite import Stored
from ligandkb.storage.outcome_table import TABLE
from ligandkb.tables import Row


@dataclass(frozen=True)
class Recorded:
    """What became of a recording that was handed in.

    Attributes
    ----------
    id : str
        Identifier of the outcome.
    is_new : bool
        False where the same was recorded before.
    """

    id: str
    is_new: bool


def record(
    location: Location, recordings: Sequence[Recording], rows: Sequence[Row] | None = None
) -> tuple[Recorded, ...]:
    """Record new outcomes: all of them or, where one is wrong, none.

    What was recorded before with the same content is not recorded again, so that a command that was
    interrupted can be repeated.

    Parameters
    ----------
    location : Location
        Made if it doesn't exist, migrated if it is of an earlier version.
    recordings : sequence of Recording
        Each of version 1, with an identifier of its own.
    rows : sequence of Row, optional
        Where each stands, for messages.

    Returns
    -------
    tuple of Recorded
        In the same order; given only once they are on the disk.

    Raises
    ------
    InputError
        If an identifier is taken, or the database can't be written.
    """
    problems: list[Problem] = []
    results: list[Recorded] = []
    with writing(location) as connection:
        known = versions_in(connection, [recording.outcome.id for recording in recordings])
        taken: dict[str, Recording] = {}
        for position, recording in enumerate(recordings):
            name = recording.outcome.id
            first = taken.setdefault(name, recording)
            if first is not recording:
                fault = None if recording.says(cells_of(first)) else _TWICE
            else:
                fault = _clash(recording, known.get(name, ()), location)
            if fault:
                row = rows[position] if rows else row_of({}, f"{location}: outcome {name}")
                problems.append(row.problem("id", *fault))
                continue
            results.append(Recorded(name, is_new=first is recording and name not in known))
        if problems:
            raise InputError(problems)
        new = [to_row(taken[result.id]) for result in results if result.is_new]
        if new:
            connection.execute(TABLE.insert(), new)
    return tuple(results)


def record_correction(location: Location, recording: Recording) -> None:
    """Record the next version of an outcome.

    Parameters
    ----------
    location : Location
    recording : Recording
        With its reason, and the number of the version after the one that it was made from.

    Raises
    ------
    InputError
        If somebody else has corrected the outcome meanwhile, or the database can't be written.
    NotFoundError
        If there is no such outcome.
    """
    name = recording.outcome.id
    with writing(location) as connection:
        known = versions_in(connection, [name]).get(name)
        if known is None:
            raise not_found(name, location, versions_in(connection))
        last = known[-1]
        if recording.version != last["version"] + 1:
            what = f"{name!r} was corrected meanwhile by {last['recorded_by']}"
            raise location.problem(what, "look at it with ligandkb outcomes list --history, then correct it")
        connection.execute(TABLE.insert(), to_row(recording))


_TWICE = "this identifier stands twice with different values", "give each its own id"


def _clash(recording: Recording, known: Sequence[Stored], location: Location) -> tuple[str, str] | None:
    """Why an identifier that is taken can't stand for this recording, and the fix."""
    if not known:
        return None
    first, last = known[0], known[-1]
    what = f"{recording.outcome.id!r} was recorded by {first['recorded_by']} on {first['recorded_at']!s:.10}"
    if last.get("withdrawn", False):
        return f"{what} and withdrawn", "take it back in with ligandkb outcomes correct ID --reinstate"
    versions = [from_row(values, str(location), []) for values in known]
    if any(
        version is not None and recording.says(cells_of(version), may_lack=LATE_COLUMNS)
        for version in versions
    ):
        return None
    return f"{what} with other values", "give the new one its own id, or use ligandkb outcomes correct"
