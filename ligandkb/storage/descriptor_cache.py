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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, NullPool, event, inspect
from sqlalchemy.exc import DBAPIError, NoSuchTableError, SQLAlchemyError
from sqlmodel import Field, Session, SQLModel, create_engine, select

from ligandkb.descriptors.quantum.levels import Level
from ligandkb.descriptors.quantum.records import DescriptorKey, DescriptorRecord
from ligandkb.missing import Failed, Known, Missing, NotApplicable
from ligandkb.problems import InputError, Problem

SCHEMA_VERSION = 1
"""Kept in SQLite's ``user_version``; raised when the table changes."""

_KINDS = {"failed": Failed, "missing": Missing, "not applicable": NotApplicable}
_BUSY_SECONDS = 60
FIX = (
    "deleting it loses nothing but time; or get the right to it, or name another folder in LIGANDKB_CACHE; "
    "ligandkb compute fills it again"
)
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


def stored_descriptors(path: Path) -> list[DescriptorRecord]:
    """Everything that a cache holds, in the order of its keys.

    Parameters
    ----------
    path : Path
        SQLite file, which looking never makes.

    Returns
    -------
    list of DescriptorRecord
        Empty, with a warning, where there is a file that can't be used; likewise without the rows that this program
        can't have written.

    Examples
    --------
    >>> import tempfile
    >>> from ligandkb.descriptors.quantum.definitions import key
    >>> hardness = key("hardness_ev", "CC(=O)[O-]")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = Path(folder) / "d.sqlite"
    ...     before = stored_descriptors(cache)
    ...     store_descriptors(cache, [DescriptorRecord(hardness, 5.0, "by hand")])
    ...     before, [record.value for record in stored_descriptors(cache)]
    ([], [5.0])
    """
    try:
        if not path.exists():
            return []
        why = "this cache of computed values is no ordinary file"
        if path.is_file():
            why = "" if _is_sound(path) else _DAMAGED
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        why = f"this cache of computed values can't be read ({_reason(error)})"
    if why:
        warnings.warn(f"{path}: {why}: left out; {FIX}", stacklevel=2)
        return []
    found = []
    with Session(_engine(path)) as session:
        for row in session.exec(select(StoredDescriptor)):
            try:
                found.append(_record(row))
            except (KeyError, TypeError, ValueError):
                what = f"the row of {row.name!r} of {row.species!r} is damaged"
                warnings.warn(f"{path}: {what}: left out; {FIX}", stacklevel=2)
    return sorted(found, key=lambda record: record.key)


def store_descriptors(path: Path, records: Sequence[DescriptorRecord]) -> None:
    """Store records in one transaction; a record replaces that of the same key, a new file a damaged one.

    Parameters
    ----------
    path : Path
        SQLite file, made with its folder where it doesn't exist.
    records : sequence of DescriptorRecord

    Raises
    ------
    InputError
        If the file can't be written.
    """
    try:
        if path.is_file() and not _is_sound(path):
            for damaged in (path, path.with_name(f"{path.name}-journal")):
                damaged.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = _engine(path)
        with engine.begin() as connection:
            if not inspect(connection).has_table(str(StoredDescriptor.__tablename__)):
                SQLModel.metadata.create_all(connection, tables=[StoredDescriptor.__table__])  # type: ignore[attr-defined]
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        with Session(engine) as session:
            for record in records:
                session.merge(_row(record))
            session.commit()
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        what = f"computed values can't be kept here ({_reason(error)})"
        raise InputError([Problem(str(path), 0, 0, what, FIX)]) from error


def _engine(path: Path) -> Engine:
    options = {"timeout": _BUSY_SECONDS}
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, connect_args=options)

    @event.listens_for(engine, "connect")
    def _durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")

    return engine


def _is_sound(path: Path) -> bool:
    """Whether a file is a whole SQLite database with today's table; raises what keeps it from being looked at."""
    try:
        with _engine(path).connect() as connection:
            checked = connection.exec_driver_sql("PRAGMA quick_check").scalar()
            version = connection.exec_driver_sql("PRAGMA user_version").scalar()
            if (checked, version) != ("ok", SCHEMA_VERSION):
                return False
            columns = inspect(connection).get_columns(str(StoredDescriptor.__tablename__))
        return {column["name"] for column in columns} == set(StoredDescriptor.model_fields)
    except NoSuchTableError:
        return False
    except (sqlite3.Error, DBAPIError) as error:
        name = str(getattr(_original(error), "sqlite_errorname", ""))
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")):
            return False
        raise


def _original(error: BaseException) -> Any:
    return error.orig if isinstance(error, DBAPIError) else error


def _reason(error: BaseException) -> str:
    original = _original(error)
    said = original.strerror if isinstance(original, OSError) and original.strerror else str(original)
    return " ".join(said.split())[:200]


def _row(record: DescriptorRecord) -> StoredDescriptor:
    key, value = record.key, record.value
    kind, number, text = "text", None, ""
    match value:
        case Failed(reason):
            kind, text = "failed", reason
        case NotApplicable(reason):
            kind, text = "not applicable", reason
        case Missing(fix):
            kind, text = "missing", fix
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
        # SQLite keeps any value in any column.
        if not isinstance(row.number, float | int) or not math.isfinite(row.number):
            raise ValueError(f"{row.number!r} is no finite number")
        value = float(row.number)
    else:
        value = row.text if row.kind == "text" else _KINDS[row.kind](row.text)
    return DescriptorRecord(key, value, row.provenance)
