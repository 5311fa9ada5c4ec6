"""Which schema does this database have, and how does it reach today's?"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_revisions import (
    MIGRATIONS,
    REVISIONS,
    TABLE_NAME,
    VERSION_TABLE,
    known_revision,
)
from ligandkb.storage.outcome_server import lacks_right


def revision_of(connection: Connection, location: Location) -> str | None:
    """Schema of a database.

    Parameters
    ----------
    connection : Connection
    location : Location
        For messages.

    Returns
    -------
    str or None
        One of :data:`~ligandkb.storage.outcome_revisions.REVISIONS`; None if nothing was ever recorded there.

    Raises
    ------
    InputError
        If it is the database of something else, or of a later version of ligandkb.
    """
    inspector = inspect(connection)
    if location.path is None:
        # A server's database may be shared, and its tables may stand anywhere on the search path.
        tables = [name for name in (TABLE_NAME, VERSION_TABLE) if inspector.has_table(name)]
    else:
        tables = inspector.get_table_names()
    if VERSION_TABLE not in tables:
        return known_revision(tables, (), location)
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all()
    return known_revision(tables, found, location)


def bring_up_to_date(connection: Connection, location: Location) -> None:
    """Make or migrate the tables in the transaction that is open; a copy is made before each migration.

    Parameters
    ----------
    connection : Connection
        In a transaction that keeps other writers out.
    location : Location

    Raises
    ------
    InputError
        As in :func:`revision_of`, or if the copy can't be made.
    """
    revision = revision_of(connection, location)
    if revision == REVISIONS[-1]:
        return
    try:
        if revision is not None:
            if location.path is None:
                copy_table(connection, revision)
            else:
                copy_file(location, revision)
        migrate(connection, REVISIONS[-1])
    except DBAPIError as error:
        if location.path is not None or not lacks_right(error):
            raise
        state = (
            f"its tables are of schema {revision}, today's is {REVISIONS[-1]}"
            if revision
            else "it has no tables"
        )
        what = f"{state}, and you may not change that; nothing was recorded"
        raise location.problem(what, "ask who keeps the database to run ligandkb outcomes migrate") from error


def migrate(connection: Connection, revision: str) -> None:
    """Run the migrations up to a revision in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - needed once in the life of a database
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    # The configuration's own interpolation takes a percent sign for its own.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes |= {"connection": connection, "version_table": VERSION_TABLE}
    command.upgrade(config, revision)


def copy_table(connection: Connection, revision: str) -> str:
    """Copy the table inside a server's database; gives the name of the copy."""
    name = f"{TABLE_NAME}_{revision}_{_moment()}"
    connection.execute(text(f"CREATE TABLE {name} AS SELECT * FROM {TABLE_NAME}"))
    return name


def copy_file(location: Location, revision: str) -> Path:
    """Copy a database file beside itself, durably and never over an earlier copy; gives its path.

    Raises
    ------
    InputError
        If the copy can't be written.
    """
    if location.path is None:
        raise ValueError("only a file can be copied as a file")
    path = location.path
    copy, count = path.with_name(f"{path.name}.{revision}-{_moment()}.bak"), 1
    while copy.exists():
        copy, count = copy.with_name(f"{path.name}.{revision}-{_moment()}-{count}.bak"), count + 1
    # Other writers are shut out, so there is one unfinished copy at most, left by a killed migration.
    unfinished = path.with_name(f"{path.name}.{revision}.unfinished-copy")
    try:
        unfinished.unlink(missing_ok=True)
        # Through SQLite, not by opening the file: closing it would drop this process's locks on it.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source:  # noqa: SIM117
            with closing(sqlite3.connect(unfinished)) as target:
                source.backup(target)
        descriptor = os.open(unfinished, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        unfinished.rename(copy)
    except (OSError, sqlite3.Error) as error:
        what = f"the copy that comes before a migration could not be written ({error})"
        fix = "nothing was changed: make room, or let its folder be written to"
        raise location.problem(what, fix) from error
    return copy


def _moment() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
