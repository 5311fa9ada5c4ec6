"""What has been computed already, also when the machine went down in the middle?

A cache in a SQLite file of its own: it is rebuilt when its schema differs or it is corrupt, and deleting it
loses nothing but time. Each task is one transaction (rollback journal, synchronous=FULL), so that a killed
run leaves a sound file with every finished task in it. Reading never creates a file, and where the file can't be
used it says so and goes on without it.
"""

from __future__ import annotations

import math
import sqlite3
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, event, inspect
from sqlalchemy.exc import DBAPIError, NoSuchTableError, SQLAlchemyError
from sqlmodel import Field, Session, SQLModel, create_engine, select

from ligandkb.descriptors.quantum.definitions import DescriptorKey, DescriptorRecord
from ligandkb.descriptors.quantum.levels import Level
from ligandkb.missing import Failed, Known, Missing, NotApplicable
from ligandkb.problems import InputError, Problem

SCHEMA_VERSION = 1
"""Kept in SQLite's ``user_version``; raised when the table changes."""

_KINDS = {"failed": Failed, "missing": Missing, "not applicable": NotApplicable}
_BUSY_SECONDS = 60
MEND = (
    "deleting it loses nothing but time; or get the right to it, or name another folder in LIGANDKB_CACHE; "
    "ligandkb compute fills it again"
)
_ABSENT = "absent"
_DAMAGED = "this cache of computed values is damaged, or of another version of ligandkb"


class StoredDescriptor(SQLModel, table=True):
    """One descriptor value; the primary key is everything that it depends on."""

    __tablename__ = "descriptor"

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    species: str = Field(primary_key=True)
    mode: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    solvent: str = Field(primary_key=True)
    kind: str
    number: float | None = None
    text: str = ""
    provenance: str = ""


@dataclass
class DescriptorCache:
    """Computed descriptors in a file.

    Attributes
    ----------
    path : Path
        SQLite file; made when something is stored, never by looking.

    Examples
    --------
    >>> import tempfile
    >>> from ligandkb.descriptors.quantum.definitions import key
    >>> hardness = key("hardness_ev", "CC(=O)[O-]")
    >>> with tempfile.TemporaryDirectory() as folder, DescriptorCache(Path(folder) / "d.sqlite") as cache:
    ...     before = cache.lookup(hardness)
    ...     cache.store([DescriptorRecord(hardness, 5.0, "by hand")])
    ...     before, cache.lookup(hardness).value
    (None, 5.0)
    """

    path: Path
    _engine: Engine | None = None

    def lookup(self, key: DescriptorKey) -> DescriptorRecord | None:
        """Record of a key, None if there is none."""
        with self._session(create=False) as session:
            found = None if session is None else session.get(StoredDescriptor, _identity(key))
            return None if found is None else self._record(found)

    def records(self) -> list[DescriptorRecord]:
        """Everything that is stored, in the order of its keys."""
        with self._session(create=False) as session:
            rows = [] if session is None else session.exec(select(StoredDescriptor)).all()
            found = (self._record(row) for row in rows)
            return sorted((record for record in found if record), key=lambda record: record.key)

    def store(self, records: Sequence[DescriptorRecord]) -> None:
        """Store records in one transaction; a record replaces that of the same key.

        Raises
        ------
        InputError
            If the file can't be written.
        """
        try:
            with self._session(create=True) as session:
                if session is None:
                    raise AssertionError("a session that creates is never absent")
                for record in records:
                    session.merge(_row(record))
                session.commit()
        except (OSError, sqlite3.Error, SQLAlchemyError) as error:
            what = f"computed values can't be kept here ({_reason(error)})"
            raise InputError([Problem(str(self.path), 0, 0, what, MEND)]) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def __enter__(self) -> DescriptorCache:
        """Use the cache as a context that closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the cache."""
        self.close()

    @contextmanager
    def _session(self, *, create: bool) -> Iterator[Session | None]:
        if self._engine is None:
            if not create and (why := _why_unusable(self.path)):
                if why != _ABSENT:
                    warnings.warn(f"{self.path}: {why}: left out; {MEND}", stacklevel=4)
                yield None
                return
            if create:
                _clear(self.path)
            self._engine = _open(self.path)
        with Session(self._engine) as session:
            yield session

    def _record(self, row: StoredDescriptor) -> DescriptorRecord | None:
        """Record of a row; None, with a warning, for one that this program can't have written."""
        try:
            return _record(row)
        except (KeyError, TypeError, ValueError):
            what = f"the row of {row.name!r} of {row.species!r} is damaged"
            warnings.warn(f"{self.path}: {what}: left out; {MEND}", stacklevel=4)
            return None


def _open(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(path)
    if not inspect(engine).has_table(str(StoredDescriptor.__tablename__)):
        SQLModel.metadata.create_all(engine, tables=[StoredDescriptor.__table__])  # type: ignore[attr-defined]
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return engine


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")

    return engine


def _why_unusable(path: Path) -> str:
    """Why a file can't be read as a cache; empty if it can."""
    try:
        if not path.exists():
            return _ABSENT
        if not path.is_file():
            return "this cache of computed values is no ordinary file"
        return "" if _is_sound(path) else _DAMAGED
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        return f"this cache of computed values can't be read ({_reason(error)})"


def _clear(path: Path) -> None:
    """Make way for a new cache where there is a damaged one; what can't be read at all stays."""
    if path.is_file() and not _is_sound(path):
        _remove(path)


def _is_sound(path: Path) -> bool:
    """Whether a file is a whole SQLite database with today's table; raises what keeps it from being looked at."""
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                return False
            if connection.exec_driver_sql("PRAGMA user_version").scalar() != SCHEMA_VERSION:
                return False
        columns = {
            column["name"] for column in inspect(engine).get_columns(str(StoredDescriptor.__tablename__))
        }
        return columns == set(StoredDescriptor.model_fields)
    except NoSuchTableError:
        return False
    except (sqlite3.Error, DBAPIError) as error:
        if _error_name(error).startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")):
            return False
        raise
    finally:
        engine.dispose()


def _error_name(error: BaseException) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(original, "sqlite_errorname", ""))


def _reason(error: BaseException) -> str:
    original = error.orig if isinstance(error, DBAPIError) else error
    said = original.strerror if isinstance(original, OSError) and original.strerror else str(original)
    return " ".join(said.split())[:200]


def _remove(path: Path) -> None:
    for name in (path.name, path.name + "-journal"):
        path.with_name(name).unlink(missing_ok=True)


def _identity(key: DescriptorKey) -> tuple[str | int, ...]:
    return (key.name, key.version, key.species, key.mode, key.level.method, key.level.solvent)


def _row(record: DescriptorRecord) -> StoredDescriptor:
    key, value = record.key, record.value
    kind, number, text = "text", None, ""
    match value:
        case Failed(reason):
            kind, text = "failed", reason
        case NotApplicable(reason):
            kind, text = "not applicable", reason
        case Missing(mend):
            kind, text = "missing", mend
        case str():
            text = value
        case _:
            kind, number = "number", float(value)
    return StoredDescriptor(
        name=key.name,
        version=key.version,
        species=key.species,
        mode=key.mode,
        method=key.level.method,
        solvent=key.level.solvent,
        kind=kind,
        number=number,
        text=text,
        provenance=record.provenance,
    )


def _record(row: StoredDescriptor) -> DescriptorRecord:
    key = DescriptorKey(row.name, row.version, row.species, row.mode, Level(row.method, row.solvent))
    value: Known[float | str]
    if row.kind == "number":
        value = float(_the_number(row.number))
    else:
        value = row.text if row.kind == "text" else _KINDS[row.kind](row.text)
    return DescriptorRecord(key, value, row.provenance)


def _the_number(stored: object) -> float:
    """SQLite keeps any value in any column."""
    if not isinstance(stored, float | int) or not math.isfinite(stored):
        raise ValueError(f"{stored!r} is no finite number")
    return stored
