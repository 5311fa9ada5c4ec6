"""Does a database of an earlier release stay readable, and reach today's schema whole?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel

import ligandkb.storage
from ligandkb.problems import InputError
from ligandkb.storage.outcome_database import record
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings
from ligandkb.storage.outcome_recordings import cells_of, content_hash_of, read_recording, row_of
from ligandkb.storage.outcome_schema import REVISIONS, VERSION_TABLE, copy_table
from ligandkb.storage.outcome_table import TABLE
from ligandkb.storage.recorded import recorded_outcomes

OLD = Path(__file__).parent / "old_databases"
CONTENT_IN_0_1_0 = "be0c9bd5c075"
"""As 0.1.0 printed it: tests/frozen/0.1.0/outcomes-list.json.gz."""
IDENTIFIER_OF_0_1_0 = "benzoate-oleylammonium-115ac161b3"


def rows(path):
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return [
            dict(row) for row in connection.execute("SELECT * FROM recorded_outcome ORDER BY id, version")
        ]


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(list(ligandkb.storage.__path__)[0]) + "/migrations")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_the_stated_schemas_are_those_of_the_migrations():
    steps = [step.revision for step in script().walk_revisions()]
    assert tuple(reversed(steps)) == REVISIONS


def test_migrations_lead_to_the_table_that_is_declared(location, recording):
    record(location, [recording()])
    engine = create_engine(f"sqlite:///{location.path}")
    own = TABLE.name
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name == own,
                "include_object": lambda thing, name, kind, *_: kind != "table" or name == own,
            },
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_an_old_database_is_read_as_it_is_and_not_touched(old_location):
    before = old_location.path.read_bytes()
    found = stored_recordings(old_location)
    assert [(one.outcome.id, one.version, one.nc_batch, one.withdrawn) for one in found] == [
        ("first-acetate", 1, "", False),
        ("first-benzoate", 1, "", False),
        ("first-oleate", 2, "", False),
    ]
    assert found[2].outcome.plqy_after == 0.51
    assert found[2].reason == "wrong cuvette"
    assert old_location.path.read_bytes() == before
    assert [path.name for path in old_location.path.parent.iterdir()] == ["old.sqlite"]


def test_a_migration_keeps_every_row_and_a_copy_of_the_old_file(old_location, recording):
    old = rows(old_location.path)
    read = [cells_of(one) for one in stored_recordings(old_location, history=True)]
    record(old_location, [recording("new")])
    kept = [row for row in rows(old_location.path) if row["id"] != "new"]
    assert [{name: row[name] for name in old[0]} for row in kept] == old
    assert [
        cells_of(one) for one in stored_recordings(old_location, history=True) if one.outcome.id != "new"
    ] == read
    (copy,) = old_location.path.parent.glob("*.bak")
    assert copy.name.startswith("old.sqlite.0001-")
    assert rows(copy) == old


def test_the_database_of_0_1_0_is_read_as_it_is_and_migrated(tmp_path, recording):
    path = tmp_path / "mine.sqlite"
    path.write_bytes((OLD / "outcomes-0.1.0.sqlite").read_bytes())
    location, before = locate(str(path)), path.read_bytes()
    read = stored_recordings(location, history=True)
    assert [(one.outcome.id, one.version) for one in read] == [
        ("first", 1),
        ("second", 1),
        ("second", 2),
        ("third", 1),
    ]
    assert {one.outcome.morphology for one in read} == {"nanocrystals", "film"}
    assert {one.outcome.added_as for one in read} == {""}
    assert content_hash_of(one.outcome for one in read) == CONTENT_IN_0_1_0
    assert path.read_bytes() == before
    old = rows(path)
    record(location, [recording("new", added_as="benzoic acid", added_as_smiles="O=C(O)c1ccccc1")])
    now = stored_recordings(location, history=True)
    assert [cells_of(one) for one in now if one.outcome.id != "new"] == [cells_of(one) for one in read]
    (new,) = (one for one in now if one.outcome.id == "new")
    assert new.outcome.added_as == "benzoic acid"
    (copy,) = tmp_path.glob("mine.sqlite.0002-*.bak")
    assert rows(copy) == old
    for statement in ("DELETE FROM recorded_outcome", "UPDATE recorded_outcome SET added_as = 'x'"):
        with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_identifiers_of_0_1_0_still_follow_from_the_content():
    """Made from the content by 0.1.0: benzoate, oleylammonium, CsPbBr3, improved, as the command's defaults say."""
    pair = {"id": "", "binding_form": "benzoate", "binding_form_smiles": "O=C([O-])c1ccccc1"}
    cells = pair | {"partner": "oleylammonium", "composition": "CsPbBr3", "effect": "improved"}
    for added in ({}, {"added_as": "benzoic acid", "added_as_smiles": "O=C(O)c1ccccc1"}):
        made = read_recording(row_of(cells | added, ""), [], recorded_by="Ada")
        assert made is not None
        assert made.outcome.id == IDENTIFIER_OF_0_1_0


def test_a_migrated_database_is_append_only_too(old_location, recording):
    record(old_location, [recording("new")])
    with sqlite3.connect(old_location.path) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM recorded_outcome")


def test_what_is_refused_does_not_migrate(old_location, recording):
    before = rows(old_location.path)
    with pytest.raises(InputError, match="with other values"):
        record(old_location, [recording("new"), recording("first-oleate")])
    assert rows(old_location.path) == before
    with sqlite3.connect(old_location.path) as connection:
        assert connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [("0001",)]


def change(path, statement):
    with sqlite3.connect(path) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {VERSION_TABLE} SET version_num = '0999'",
        f"DELETE FROM {VERSION_TABLE}",
        f"INSERT INTO {VERSION_TABLE} VALUES ('0002')",
    ],
)
def test_a_newer_or_unknown_schema_is_refused_and_left_alone(old_location, recording, statement):
    change(old_location.path, statement)
    before = old_location.path.read_bytes()
    for call in (lambda: stored_recordings(old_location), lambda: record(old_location, [recording()])):
        with pytest.raises(InputError, match=r"(?s)unknown to this version.*update ligandkb"):
            call()
    assert old_location.path.read_bytes() == before


def test_the_database_of_something_else_is_refused_and_left_alone(location, recording):
    change(location.path, "CREATE TABLE moz_places (id INTEGER)")
    before = location.path.read_bytes()
    for call in (lambda: stored_recordings(location), lambda: record(location, [recording()])):
        with pytest.raises(InputError, match="holds something else"):
            call()
    assert location.path.read_bytes() == before


def test_an_empty_file_is_an_empty_database(location, recording):
    location.path.touch()
    assert recorded_outcomes(str(location.path)) == ()
    assert location.path.stat().st_size == 0
    record(location, [recording()])
    assert len(recorded_outcomes(str(location.path))) == 1


def test_the_copy_inside_a_server_s_database_holds_every_row(old_location):
    engine = create_engine(f"sqlite:///{old_location.path}")
    with engine.begin() as connection:
        name = copy_table(connection, "0001")
        assert connection.execute(text(f"SELECT COUNT(*) FROM {name}")).scalar() == 4


def test_a_copy_never_replaces_an_earlier_one(old_location, recording):
    taken = old_location.path.read_bytes()
    record(old_location, [recording("new")])
    (first,) = old_location.path.parent.glob("*.bak")
    content = first.read_bytes()
    for _ in range(3):
        old_location.path.write_bytes(taken)
        record(old_location, [recording("new")])
    assert first.read_bytes() == content
    assert len(list(old_location.path.parent.glob("*.bak"))) == 4
    assert not list(old_location.path.parent.glob("*unfinished*"))
