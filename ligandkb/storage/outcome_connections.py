"""How are databases of recorded outcomes reached through SQLAlchemy, to write in and, on a server, to read?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from ligandkb.problems import LigandkbError, UsageError
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_schema import bring_up_to_date, revision_of
from ligandkb.storage.outcome_server import server_engine, server_fault
from ligandkb.storage.outcome_sqlite import Stored, begin_writing, connect, fault
from ligandkb.storage.outcome_table import TABLE

_NOTHING = "nothing was recorded"
_UNKNOWN = "all of it was recorded or nothing, and which is not known: what was is recognised"


def read_server(location: Location) -> dict[str, list[Stored]]:
    """Rows of a database on a server by outcome, oldest version first; nothing is created or migrated."""
    with explained(location, "it was not read"), server_engine(location, write=False).begin() as connection:
        return versions_in(connection) if revision_of(connection, location) else {}


@contextmanager
def writing(location: Location) -> Iterator[Connection]:
    """Open a database for writing in one transaction, made or migrated where that is needed.

    Raises
    ------
    InputError
        If it can't be written.
    UsageError
        If no database is named.
    """
    if location.path is None and not location.url:
        raise UsageError("there is no database to record in: name one by --db")
    with explained(location, _NOTHING):
        if location.path is not None and location.is_default:
            location.path.parent.mkdir(parents=True, exist_ok=True)
        with engine_of(location).begin() as connection:
            bring_up_to_date(connection, location)
            yield connection
            transaction = connection.get_transaction()
            if transaction is not None:  # else the caller has ended it
                with explained(location, _NOTHING, if_lost=_UNKNOWN):
                    transaction.commit()


def versions_in(connection: Connection, names: Sequence[str] | None = None) -> dict[str, list[Stored]]:
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


def engine_of(location: Location) -> Engine:
    """What reaches a server, or a file to write in, which is made if it doesn't exist."""
    if location.path is None:
        return server_engine(location, write=True)
    creator = partial(connect, location.path, write=True)
    engine = create_engine("sqlite://", creator=creator, poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        own = connection.connection.driver_connection
        if isinstance(own, sqlite3.Connection):  # nothing else is made by the creator
            begin_writing(own)

    return engine


@contextmanager
def explained(location: Location, consequence: str, if_lost: str = "") -> Iterator[None]:
    """Turn what databases and disks raise into our own errors.

    Parameters
    ----------
    location : Location
    consequence : str
        What did not happen.
    if_lost : str
        What holds instead where the connection to a server was lost.
    """
    try:
        yield
    except LigandkbError:
        raise
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"{location} is no SQLAlchemy URL of a known kind: {error}") from error
    except ImportError as error:
        fix = f"install {error.name!r}"
        if error.name == "psycopg2":
            fix = "write postgresql:// alone, which means psycopg 3 (pip install 'ligandkb[postgres]')"
        elif "psycopg" in str(error):
            fix = "pip install 'ligandkb[postgres]'"
        raise location.problem(
            f"its driver is missing ({error}); {consequence}", f"{fix}, or name another database with --db"
        ) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        if location.path is None:
            raise server_fault(error, location, consequence, if_lost) from error
        original = error.orig if isinstance(error, DBAPIError) else error
        raise fault(original or error, location, consequence) from error
