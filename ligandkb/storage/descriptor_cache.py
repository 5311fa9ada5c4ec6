"""What has been computed already, also when the machine went down in the middle?

A cache in a SQLite file of its own: it is rebuilt when its schema differs or it is corrupt, and deleting it
loses nothing but time. Each task is one transaction (rollback journal, synchronous=FULL), so that a killed
run leaves a sound file with every finished task in it. Reading never creates a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, event, inspect
from sqlalchemy.exc import DatabaseError
from sqlmodel import Field, Session, SQLModel, create_engine, select

from ligandkb.descriptors.quantum.definitions import DescriptorKey, DescriptorRecord
from ligandkb.descriptors.quantum.levels import Level
from ligandkb.missing import Failed, Known, Missing, NotApplicable

SCHEMA_VERSION = 1
"""Kept in SQLite's ``user_version``; raised when the table changes."""

_KINDS = {"failed": Failed, "missing": Missing, "not applicable": NotApplicable}
_BUSY_SECONDS = 60


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
            return None if found is None else _record(found)

    def records(self) -> list[DescriptorRecord]:
        """Everything that is stored, in the order of its keys."""
        with self._session(create=False) as session:
            rows = [] if session is None else session.exec(select(StoredDescriptor)).all()
            return sorted((_record(row) for row in rows), key=lambda record: record.key)

    def store(self, records: Sequence[DescriptorRecord]) -> None:
        """Store records in one transaction; a record replaces that of the same key."""
        with self._session(create=True) as session:
            if session is None:
                raise AssertionError("a session that creates is never absent")
            for record in records:
                session.merge(_row(record))
            session.commit()

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
            if self.path.is_file() and not _is_sound(self.path):
                if create:
                    _remove(self.path)
                else:
                    yield None
                    return
            if not self.path.is_file() and not create:
                yield None
                return
            self._engine = _open(self.path)
        with Session(self._engine) as session:
            yield session


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


def _is_sound(path: Path) -> bool:
    """Whether a file is a whole SQLite database with today's table."""
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
    except DatabaseError:
        return False
    finally:
        engine.dispose()


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
    present = row.text if row.number is None else row.number
    value: Known[float | str] = _KINDS[row.kind](row.text) if row.kind in _KINDS else present
    return DescriptorRecord(key, value, row.provenance)
