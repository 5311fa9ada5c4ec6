"""How is a SQLite file of recorded outcomes opened, read, and explained where it can't be?

By Python's own SQLite: a ranking waits for no further library.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from ligandkb.problems import InputError
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_revisions import TABLE_NAME, VERSION_TABLE, known_revision

BUSY_SECONDS = 30
_PAUSE_SECONDS = 0.005

Stored = dict[str, Any]
"""Values of a row by column."""


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open a database file; the caller begins transactions.

    Parameters
    ----------
    path : Path
        Made if it doesn't exist, where it is opened for writing.
    write : bool

    Returns
    -------
    sqlite3.Connection
    """
    # Not read-only even for reading: what a killed writer left behind must be rolled back first.
    address = f"{path.resolve().as_uri()}?mode={'rwc' if write else 'rw'}"
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


def begin_writing(connection: sqlite3.Connection) -> None:
    """Begin a transaction with the right to write, waiting for others who have it.

    SQLite's own waiting asks ever more seldom, so that of six writers the one who came first may wait for all others.
    Here all ask equally often.

    Raises
    ------
    sqlite3.OperationalError
        If another program has kept it for :data:`BUSY_SECONDS`.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
            if not is_busy or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def read_file(path: Path, location: Location) -> dict[str, list[Stored]]:
    """Rows of a database file by outcome, oldest version first; nothing is created or migrated.

    Parameters
    ----------
    path : Path
        Of a file that exists.
    location : Location
        For messages.

    Returns
    -------
    dict of str to list of dict

    Raises
    ------
    InputError
        If it can't be read, or is the database of something else or of a later version.
    """
    found: dict[str, list[Stored]] = {}
    try:
        with closing(connect(path, write=False)) as connection:
            connection.execute("BEGIN")  # so that schema and rows are of one moment
            tables = [name for (name,) in connection.execute(_TABLES)]
            versions = (
                connection.execute(f"SELECT version_num FROM {VERSION_TABLE}")
                if VERSION_TABLE in tables
                else ()
            )
            if known_revision(tables, [version for (version,) in versions], location) is None:
                return {}
            rows = connection.execute(f"SELECT * FROM {TABLE_NAME} ORDER BY id, version")
            columns = [name for name, *_ in rows.description]
            for row in rows:
                values = dict(zip(columns, row, strict=True))
                found.setdefault(str(values["id"]), []).append(values)
    except (sqlite3.Error, OSError) as error:
        raise fault(error, location, "it was not read") from error
    return found


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"


def fault(error: BaseException, location: Location, consequence: str) -> InputError:
    """Make our own error of what SQLite or the disk raised.

    Parameters
    ----------
    error : BaseException
    location : Location
    consequence : str
        What did not happen.

    Returns
    -------
    InputError
    """
    if isinstance(error, OSError):
        return location.problem(
            f"{error.strerror or error}; {consequence}", "check the path and the disk it is on"
        )
    code = str(getattr(error, "sqlite_errorname", ""))
    for start, what, fix in _FAULTS:
        if code.startswith(start):
            return location.problem(f"{what.format(error=error)}; {consequence}", fix)
    said = " ".join(str(error).split())[:300]
    return location.problem(f"{said}; {consequence}", "check the database")


_FAULTS = (
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
