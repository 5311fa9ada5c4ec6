"""How is a database on a server reached, kept to one writer at a time, and explained where it can't be?

PostgreSQL is tested as SQLite is. Other servers are reached through SQLAlchemy as they come.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ligandkb.problems import InputError, UsageError
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_sqlite import BUSY_SECONDS

_DRIVER = "postgresql+psycopg"
_DRIVERLESS = ("postgres", "postgresql")
_SECOND_AT = re.compile(r"://[^?]*@[^?]*@")
_ABANDONED_SECONDS = 300
_NO_RIGHT = "42501"
_LOST = re.compile(r"08...|57P0.")

# Not for ever: without these a dead network is noticed after hours.
_PATIENCE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}

# A computer that vanished while it wrote must not keep the others out, and a commit must be one also where the server's
# default is to answer before the disk does.
_SETTINGS = (
    f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', true), "
    f"set_config('idle_in_transaction_session_timeout', '{_ABANDONED_SECONDS}s', true), "
    "CASE WHEN current_setting('synchronous_commit') = 'off' "
    "THEN set_config('synchronous_commit', 'on', true) END"
)
# Every writer takes this one lock of the database before it looks at anything, and keeps it until it has committed.
_LOCK = f"SELECT pg_advisory_xact_lock({int.from_bytes(b'ligandkb', 'big')})"


def server_engine(location: Location, *, write: bool) -> Engine:
    """What reaches a database on a server; ``postgresql://`` means psycopg 3.

    Parameters
    ----------
    location : Location
    write : bool
        Whether each transaction keeps other writers out; else, on PostgreSQL, it can only read.

    Raises
    ------
    UsageError
        If the URL can't be read.
    """
    url = _address(location)
    if url.get_backend_name() != "postgresql":
        return create_engine(url, poolclass=NullPool)
    options: dict[str, Any] = {"poolclass": NullPool}
    if url.get_driver_name() == "psycopg":
        # Whatever the database is encoded in, the server converts or says that it can't.
        own = {name: value for name, value in _PATIENCE.items() if name not in url.query}
        options["connect_args"] = own | {"client_encoding": "utf8"}
    if not write:
        # Schema and rows are of one moment.
        return create_engine(
            url,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
            **options,
        )
    # Whatever the server's default: what is read after the lock is taken must be what the last writer left.
    engine = create_engine(url, isolation_level="READ COMMITTED", **options)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(_SETTINGS)
        connection.exec_driver_sql(_LOCK)

    return engine


def _address(location: Location) -> URL:
    # What SQLAlchemy says of a URL may quote it, password and all.
    unreadable = UsageError(
        f"{location} can't be read as a URL: write it like postgresql://ada@db.example/lab, and in a user or "
        "password @ as %40, / as %2F, : as %3A, % as %25"
    )
    if _SECOND_AT.search(location.url):
        raise unreadable
    try:
        url = make_url(location.url)
    except (ArgumentError, ValueError):
        raise unreadable from None
    return url.set(drivername=_DRIVER) if url.drivername in _DRIVERLESS else url


def lacks_right(error: BaseException) -> bool:
    """Whether the server refused for want of a right."""
    return _state(error) == _NO_RIGHT


def server_fault(error: BaseException, location: Location, consequence: str, if_lost: str = "") -> InputError:
    """Make our own error of what a server or its driver raised.

    Parameters
    ----------
    error : BaseException
    location : Location
    consequence : str
        What did not happen.
    if_lost : str
        What holds instead if the connection was lost.

    Returns
    -------
    InputError
    """
    original = (error.orig if isinstance(error, DBAPIError) else None) or error
    said, state = " ".join(str(original).split())[:300], _state(error)
    if getattr(error, "connection_invalidated", False) or _LOST.fullmatch(state):
        what = f"the connection to the server was lost ({said})"
        return location.problem(f"{what}; {if_lost or consequence}", "run the command again once it is back")
    for start, what, fix in _FAULTS:
        if state.startswith(start):
            return location.problem(f"{what.format(said=said)}; {consequence}", fix)
    if not state and isinstance(error, DBAPIError):
        return location.problem(f"it can't be reached: {said}; {consequence}", _REACH)
    return location.problem(f"{said}; {consequence}", "ask who keeps the database")


def _state(error: BaseException) -> str:
    """Five characters of SQLSTATE, empty where the server was not asked."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(original, "sqlstate", None) or getattr(original, "pgcode", None) or "")


_REACH = "check host, port, database and user in the URL, and the password in ~/.pgpass or PGPASSWORD"
_FAULTS = (
    (
        _NO_RIGHT,
        "you lack the right to do this ({said})",
        "ask who keeps the database to make you a writer, or name another with --db",
    ),
    ("25006", "it can only be read now ({said})", "ask who keeps the database, or name another with --db"),
    ("28", "it doesn't let you in ({said})", _REACH),
    ("3D000", "there is no such database ({said})", _REACH),
    ("53300", "the server has too many connections ({said})", "run the command again later"),
    ("53", "the server has no room left ({said})", "ask who keeps the server, then run the command again"),
    ("55P03", f"another program has kept it for {BUSY_SECONDS} seconds", "wait for it and try again"),
    ("40", "another program was faster ({said})", "run the command again"),
    ("23505", "another program recorded the same meanwhile ({said})", "run the command again"),
    ("22P05", "the database's encoding lacks a character ({said})", "ask for a database in UTF-8"),
)
