"""Does a database of an earlier release stay readable, and reach today's schema whole?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

import ligandkb.storage
from ligandkb.problems import InputError
from ligandkb.storage.outcome_connections import engine_of
from ligandkb.storage.outcome_database import record
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings, versions_of
from ligandkb.storage.outcome_recordings import cells_of, content_hash_of, read_recording, row_of
from ligandkb.storage.outcome_schema import REVISIONS, VERSION_TABLE
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


def stored(location):
    """All rows, by outcome and version."""
    return [dict(row) for versions in versions_of(location).values() for row in versions]


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
    own = TABLE.name
    with engine_of(location).begin() as connection:
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


def test_an_old_database_is_read_as_it_is_and_not_touched(old_location, execute):
    found = stored_recordings(old_location)
    assert [(one.outcome.id, one.version, one.nc_batch, one.withdrawn) for one in found] == [
        ("first-acetate", 1, "", False),
        ("first-benzoate", 1, "", False),
        ("first-oleate", 2, "", False),
    ]
    assert found[2].outcome.plqy_after == 0.51
    assert found[2].reason == "wrong cuvette"
    assert execute(old_location, f"SELECT version_num FROM {VERSION_TABLE}") == [("0001",)]


def test_reading_an_old_file_leaves_its_bytes_and_its_folder_alone(old_file):
    before = old_file.path.read_bytes()
    stored_recordings(old_file)
    assert old_file.path.read_bytes() == before
    assert [path.name for path in old_file.path.parent.iterdir()] == ["old.sqlite"]


_COLUMNS_OF = (
    "SELECT column_name FROM information_schema.columns WHERE table_name = '{}' ORDER BY ordinal_position"
)


def copies_of(location, execute):
    """Rows of each copy that was made before a migration."""
    if location.path:
        found = location.path.parent.glob(f"{location.path.name}.0001-*.bak")
        return [rows(path) for path in found]
    tables = execute(
        location, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'recorded_outcome_0001_%%'"
    )
    names = [column for (column,) in execute(location, _COLUMNS_OF.format(tables[0][0]))]
    return [
        [
            dict(zip(names, row, strict=True))
            for row in execute(location, f"SELECT * FROM {name} ORDER BY id, version")
        ]
        for (name,) in tables
    ]


def test_a_migration_keeps_every_row_and_a_copy_of_the_old_ones(old_location, recording, execute):
    old = stored(old_location)
    read = [cells_of(one) for one in stored_recordings(old_location, history=True)]
    record(old_location, [recording("new")])
    kept = [row for row in stored(old_location) if row["id"] != "new"]
    assert [{name: row[name] for name in old[0]} for row in kept] == old
    assert [
        cells_of(one) for one in stored_recordings(old_location, history=True) if one.outcome.id != "new"
    ] == read
    (copy,) = copies_of(old_location, execute)
    assert copy == old


def test_the_command_migrates_makes_tables_and_records_nothing(run, old_location, location, named, execute):
    for one, outcomes in ((old_location, 3), (location, 0)):
        for _ in range(2):
            done = run("outcomes", "migrate", "--db", named(one))
            assert (done.code, done.out) == (0, ""), done.err
        assert len(stored_recordings(one)) == outcomes
        assert execute(one, f"SELECT version_num FROM {VERSION_TABLE}") == [(REVISIONS[-1],)]
    assert len(copies_of(old_location, execute)) == 1


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


def test_a_migrated_database_is_append_only_too(old_location, recording, execute):
    record(old_location, [recording("new")])
    with pytest.raises(DBAPIError, match="is never deleted"):
        execute(old_location, "DELETE FROM recorded_outcome")


def test_what_is_refused_does_not_migrate(old_location, recording, execute):
    before = stored(old_location)
    with pytest.raises(InputError, match="with other values"):
        record(old_location, [recording("new"), recording("first-oleate")])
    assert stored(old_location) == before
    assert execute(old_location, f"SELECT version_num FROM {VERSION_TABLE}") == [("0001",)]


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
def test_a_newer_or_unknown_schema_is_refused_and_left_alone(old_location, recording, execute, statement):
    execute(old_location, statement)
    everything = f"SELECT * FROM {TABLE.name} ORDER BY id, version", f"SELECT * FROM {VERSION_TABLE}"
    before = [execute(old_location, one) for one in everything]
    for call in (lambda: stored_recordings(old_location), lambda: record(old_location, [recording()])):
        with pytest.raises(InputError, match=r"(?s)unknown to this version.*update ligandkb"):
            call()
    assert [execute(old_location, one) for one in everything] == before


def test_the_database_of_something_else_is_refused_and_left_alone(file_location, recording):
    change(file_location.path, "CREATE TABLE moz_places (id INTEGER)")
    before = file_location.path.read_bytes()
    for call in (lambda: stored_recordings(file_location), lambda: record(file_location, [recording()])):
        with pytest.raises(InputError, match="holds something else"):
            call()
    assert file_location.path.read_bytes() == before


def test_an_empty_file_is_an_empty_database(file_location, recording):
    file_location.path.touch()
    assert recorded_outcomes(str(file_location.path)) == ()
    assert file_location.path.stat().st_size == 0
    record(file_location, [recording()])
    assert len(recorded_outcomes(str(file_location.path))) == 1


def test_a_copy_never_replaces_an_earlier_one(old_file, recording):
    taken = old_file.path.read_bytes()
    record(old_file, [recording("new")])
    (first,) = old_file.path.parent.glob("*.bak")
    content = first.read_bytes()
    for _ in range(3):
        old_file.path.write_bytes(taken)
        record(old_file, [recording("new")])
    assert first.read_bytes() == content
    assert len(list(old_file.path.parent.glob("*.bak"))) == 4
    assert not list(old_file.path.parent.glob("*unfinished*"))
