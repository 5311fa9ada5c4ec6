"""How is an outcome recorded so that it is never lost, never half there and never there twice?

Each call is one transaction that first takes the right to write, so that two processes wait for each other.
SQLite keeps a rollback journal and syncs file and folder before a call returns. Only this module opens the
database; it is imported when there is one.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ligandkb.evidence.outcomes import LATE_COLUMNS, contradiction
from ligandkb.problems import InputError, LigandkbError, NotFoundError, Problem, UsageError, did_you_mean
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_recordings import Recording, cells_of, row_of
from ligandkb.storage.outcome_schema import bring_up_to_date, revision_of
from ligandkb.storage.outcome_table import TABLE, cells_of_row, from_row, to_row
from ligandkb.tables import Row

BUSY_SECONDS = 30

Stored = dict[str, Any]
"""Values of a row by column."""


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


def stored_recordings(location: Location, *, history: bool = False) -> tuple[Recording, ...]:
    """Read what is recorded; creates and migrates nothing.

    Parameters
    ----------
    location : Location
    history : bool
        Whether to give every version, also of withdrawn outcomes, instead of the ones that hold.

    Returns
    -------
    tuple of Recording
        By time of the first version, then identifier and version.

    Raises
    ------
    InputError
        If the database can't be read or holds rows that no version of ligandkb wrote.
    """
    problems: list[Problem] = []
    found: list[Recording] = []
    groups = _read(location).values()
    for versions in sorted(groups, key=lambda group: (str(group[0]["recorded_at"]), str(group[0]["id"]))):
        wanted = versions if history else [] if versions[-1].get("withdrawn") else versions[-1:]
        found += filter(None, [from_row(values, str(location), problems) for values in wanted])
    if problems:
        raise InputError(problems)
    for one in found:
        denial = "" if history else contradiction(one.outcome)
        if denial:
            fix = f"see to it with ligandkb outcomes correct {one.outcome.id}"
            warnings.warn(f"{location}: outcome {one.outcome.id}: {denial}: {fix}", stacklevel=2)
    return tuple(found)


def stored_cells(location: Location, name: str) -> tuple[dict[str, object], int, bool]:
    """Latest version of an outcome as it stands, so that also a row that can't be read can be corrected.

    Returns
    -------
    tuple
        Values under the columns of ``outcomes.csv``, number of the version, whether it is withdrawn.

    Raises
    ------
    InputError
        If the database can't be read.
    NotFoundError
        If there is no such outcome.
    """
    groups = _read(location)
    if name not in groups:
        raise _not_found(name, location, groups)
    last = groups[name][-1]
    return cells_of_row(last), int(last["version"]), bool(last.get("withdrawn", False))


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
    with _writing(location) as connection:
        known = _stored(connection, [recording.outcome.id for recording in recordings])
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
    with _writing(location) as connection:
        known = _stored(connection, [name]).get(name)
        if known is None:
            raise _not_found(name, location, _stored(connection))
        last = known[-1]
        if recording.version != last["version"] + 1:
            what = f"{name!r} was corrected meanwhile by {last['recorded_by']}"
            raise location.problem(what, "look at it with ligandkb outcomes list --history, then correct it")
        connection.execute(TABLE.insert(), to_row(recording))


def _stored(connection: Connection, names: Sequence[str] | None = None) -> dict[str, list[Stored]]:
    """Rows by outcome, oldest version first: of all outcomes, or of the named ones."""
    present = {column["name"] for column in inspect(connection).get_columns(TABLE.name)}
    columns = [column for column in TABLE.c if column.name in present]
    query = select(*columns).order_by(TABLE.c.id, TABLE.c.version)
    some = (
        [query] if names is None else (query.where(TABLE.c.id.in_(part)) for part in _some_at_a_time(names))
    )
    found: dict[str, list[Stored]] = {}
    for one in some:
        for values in connection.execute(one).mappings():
            found.setdefault(str(values["id"]), []).append(dict(values))
    return found


def _some_at_a_time(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Different names, a few at a time: databases bound the number of values in a query."""
    different = list(dict.fromkeys(names))
    return (different[start : start + 500] for start in range(0, len(different), 500))


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


def _not_found(name: str, location: Location, known: Iterable[str]) -> NotFoundError:
    hint = did_you_mean(name, known) or "see them with ligandkb outcomes list"
    return NotFoundError(f"no outcome {name[:100]!r} is recorded in {location}: {hint}")


# --- connections


def _read(location: Location) -> dict[str, list[Stored]]:
    if location.is_absent():
        return {}
    with _explained(location, "it was not read"), _engine(location, write=False).begin() as connection:
        return _stored(connection) if revision_of(connection, location) else {}


@contextmanager
def _writing(location: Location) -> Iterator[Connection]:
    if location.path is None and not location.url:
        raise UsageError("there is no database to record in: name one by --db")
    with _explained(location, "nothing was recorded"):
        if location.path is not None and location.is_default:
            location.path.parent.mkdir(parents=True, exist_ok=True)
        with _engine(location, write=True).begin() as connection:
            bring_up_to_date(connection, location)
            yield connection


def _engine(location: Location, *, write: bool) -> Engine:
    if location.path is None:
        return create_engine(location.url, poolclass=NullPool)
    # Not read-only even for reading: what a killed writer left behind must be rolled back first.
    address = f"{location.path.resolve().as_uri()}?mode={'rwc' if write else 'rw'}"

    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver would otherwise commit before it changes a table.
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA trusted_schema = OFF")
        if write:
            connection.execute("PRAGMA journal_mode = DELETE")
            # FULL, and the folder synced as well: after a power cut a commit stays a commit.
            connection.execute("PRAGMA synchronous = EXTRA")
        else:
            connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


_SQLITE_FAULTS = (
    ("SQLITE_FULL", "the disk is full", "make room and run the command again"),
    ("SQLITE_IOERR", "the disk refused ({error})", "see whether it is full, then run the command again"),
    (
        "SQLITE_READONLY",
        "it may not be written to",
        "get the right to write the file and its folder, where a journal is kept, or name another with --db",
    ),
    ("SQLITE_CANTOPEN", "it can't be opened", "see that its folder exists and may be written to"),
    ("SQLITE_BUSY", f"another program has kept it for {BUSY_SECONDS} seconds", "wait for it and try again"),
    ("SQLITE_CORRUPT", "it is damaged ({error})", "keep the file, and put back a copy of it"),
    ("SQLITE_NOTADB", "this is no SQLite database", "name another file with --db"),
)


@contextmanager
def _explained(location: Location, consequence: str) -> Iterator[None]:
    """Turn what databases and disks raise into our own errors."""
    try:
        yield
    except LigandkbError:
        raise
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"{location} is no SQLAlchemy URL of a known kind: {error}") from error
    except ModuleNotFoundError as error:
        fix = f"install the driver {error.name!r}, or name another database with --db"
        raise location.problem(f"its driver is missing; {consequence}", fix) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        code = str(getattr(original, "sqlite_errorname", ""))
        for start, what, fix in _SQLITE_FAULTS:
            if code.startswith(start):
                raise location.problem(f"{what.format(error=original)}; {consequence}", fix) from error
        said = " ".join(str(original).split())[:300]
        raise location.problem(f"{said}; {consequence}", "check the database") from error
    except OSError as error:
        what = f"{error.strerror or error}; {consequence}"
        raise location.problem(what, "check the path and the disk it is on") from error
