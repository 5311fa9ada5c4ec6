from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.structure import canonical
from ligandkb.evidence.outcomes import Application, Effect, Outcome
from ligandkb.storage.outcome_connections import engine_of
from ligandkb.storage.outcome_location import Location, locate
from ligandkb.storage.outcome_reading import versions_of
from ligandkb.storage.outcome_recordings import Recording
from ligandkb.storage.outcome_schema import migrate
from ligandkb.storage.outcome_table import TABLE

OLD = Path(__file__).parent / "old_databases" / "outcomes-0001.sqlite"


class PostgresServer:
    """As root it runs as ``postgres``, since ``initdb`` refuses root."""

    def __init__(self) -> None:
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parts[-2].split(".")[0])
        )
        installed = shutil.which("pg_ctl")
        self.programs = found[-1] if found else Path(installed).resolve().parent if installed else None
        if self.programs is None or not hasattr(os, "geteuid"):
            raise FileNotFoundError("there is no PostgreSQL on a socket: apt-get install postgresql")
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._numbers = count()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.call(
            "initdb", "-D", self.data, "-U", "postgres", "-E", "UTF8", "--locale=C", "-A", "trust", "-N"
        )
        trusted = (self.data / "pg_hba.conf").read_text()
        (self.data / "pg_hba.conf").write_text("local all with_password scram-sha-256\n" + trusted)
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def call(self, program: str, *arguments: object) -> None:
        switch = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*switch, str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise OSError(f"{program}: {done.stderr or done.stdout}")

    def start(self) -> None:
        # Processes are killed here, and never the power: what was handed to the system is there without a sync.
        options = f"-c listen_addresses= -c fsync=off -k {self.folder}"
        self.call("pg_ctl", "start", "-w", "-D", self.data, "-l", self.folder / "log", "-o", options)

    def stop(self, mode: str = "immediate") -> None:
        self.call("pg_ctl", "stop", "-w", "-D", self.data, "-m", mode)

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self, options: str = "TEMPLATE template0") -> str:
        """URL of a database of its own."""
        from psycopg import connect

        name = f"t{next(self._numbers)}"
        with connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Give back the room of a database: each takes 7 MB."""
        from psycopg import connect

        with connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.partition('@/')[2].partition('?')[0]} WITH (FORCE)")


def make_recording(name: str = "benzoate-1", **changes) -> Recording:
    """A recording of benzoate that improves; changes go to the outcome or the recording, by name."""
    outcome = {
        "id": name,
        "binding_form": "benzoate",
        "binding_form_smiles": canonical("[O-]C(=O)c1ccccc1"),
        "partner": "oleylammonium",
        "composition": parse_composition("CsPbBr3"),
        "morphology": "nanocrystals",
        "route": Application.POST_SYNTHETIC,
        "reference_state": "as_made",
        "effect": Effect.IMPROVED,
        "plqy_before": 0.62,
        "plqy_after": 0.95,
    }
    recording = {"recorded_by": "Ada", "recorded_at": datetime(2026, 3, 1, 14, 5, tzinfo=UTC)}
    for key, value in changes.items():
        (recording if key in Recording.__dataclass_fields__ else outcome)[key] = value
    return Recording(Outcome(**outcome), **recording)


@pytest.fixture(scope="session")
def recording() -> Callable[..., Recording]:
    return make_recording


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A real PostgreSQL, or a skip that says why; no skip where POSTGRES_TESTS=required."""
    try:
        import psycopg  # noqa: F401

        running = PostgresServer()
    except (ImportError, OSError, LookupError) as error:
        give_up = pytest.fail if os.environ.get("POSTGRES_TESTS") == "required" else pytest.skip
        give_up(f"no PostgreSQL can be started here: {error}")
    yield running
    running.stop()
    shutil.rmtree(running.folder, ignore_errors=True)


@pytest.fixture
def file_location(tmp_path) -> Location:
    """A SQLite file that doesn't exist yet."""
    return locate(str(tmp_path / "outcomes.sqlite"))


@pytest.fixture
def server_location(server) -> Iterator[Location]:
    """A database on a server, without tables."""
    location = locate(server.new_database())
    yield location
    server.drop(location.url)


@pytest.fixture(params=["file", "server"])
def location(request) -> Location:
    """A database of each kind that is promised to keep what is recorded."""
    return request.getfixturevalue(f"{request.param}_location")


@pytest.fixture
def named() -> Callable[[Location], str]:
    """What to type after ``--db``."""
    return lambda location: location.url or str(location.path)


@pytest.fixture
def execute() -> Callable[[Location, str], list[Any]]:
    """Run SQL behind the program's back, as somebody who may do all; raises a DBAPIError where the database refuses."""

    def execute(location: Location, statement: str) -> list[Any]:
        url = location.url.replace("postgresql:", "postgresql+psycopg:") or f"sqlite:///{location.path}"
        with create_engine(url, poolclass=NullPool).begin() as connection:
            done = connection.exec_driver_sql(statement)
            return [tuple(row) for row in done] if done.returns_rows else []

    return execute


@pytest.fixture
def old_file(tmp_path) -> Location:
    """A copy of the database that the first release wrote."""
    path = tmp_path / "old.sqlite"
    path.write_bytes(OLD.read_bytes())
    return locate(str(path))


@pytest.fixture
def old_server(server, old_file) -> Iterator[Location]:
    """The same rows on a server, in the tables that the first release made there."""
    location = locate(server.new_database())
    with engine_of(location).begin() as connection:
        migrate(connection, "0001")
        connection.execute(TABLE.insert(), [row for rows in versions_of(old_file).values() for row in rows])
    yield location
    server.drop(location.url)


@pytest.fixture(params=["file", "server"])
def old_location(request) -> Location:
    """A database of the first release, of each kind."""
    return request.getfixturevalue(f"old_{request.param}")
