"""What of a server can go wrong, and is it said, without the password and with nothing half there?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager

import pytest
from sqlalchemy.exc import DBAPIError

from ligandkb.export import write_atomically
from ligandkb.problems import InputError, UsageError
from ligandkb.storage import outcome_server
from ligandkb.storage.outcome_connections import writing
from ligandkb.storage.outcome_database import record
from ligandkb.storage.outcome_files import export
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings

psycopg = pytest.importorskip("psycopg")
ADD = [
    "outcomes",
    "add",
    "benzoate",
    "--partner",
    "oleylammonium",
    "-c",
    "CsPbBr3",
    "--effect",
    "improved",
    "--by",
    "Ada",
    "--id",
    "new",
    "--db",
]
CORRECT = ["outcomes", "correct", "benzoate-1", "--withdraw", "--reason", "why", "--by", "Ada", "--db"]


@pytest.fixture
def lab(server, recording):
    """A database on the server with one outcome in it."""
    location = locate(server.new_database())
    record(location, [recording()])
    yield location
    server.drop(location.url)


def wait_until(happened, seconds=60):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def database_of(location):
    return location.url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def people(server, lab, execute):
    """The same database as a reader, a writer and somebody with a password reach it."""
    roles = ("reader", "writer", "with_password")
    for role in roles:
        if not execute(lab, f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
            execute(lab, f"CREATE ROLE {role} LOGIN PASSWORD 's3cr%%et@x'")
    execute(lab, f"GRANT SELECT ON recorded_outcome, recorded_outcome_schema TO {', '.join(roles)}")
    execute(lab, "GRANT INSERT ON recorded_outcome TO writer, with_password")
    return {role: locate(server.url(database_of(lab), role)) for role in roles}


@pytest.mark.parametrize("kind", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_url_of_postgresql_means_psycopg_3(lab, recording, kind):
    location = locate(lab.url.replace("postgresql", kind, 1))
    assert [one.outcome.id for one in stored_recordings(location)] == ["benzoate-1"]
    record(location, [recording("new")])
    assert outcome_server.server_engine(location, write=True).dialect.driver == "psycopg"


def test_a_missing_driver_is_named_with_its_extra(monkeypatch, recording):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for call in (stored_recordings, lambda location: record(location, [recording()])):
        with pytest.raises(InputError, match=r"driver is missing .*pip install 'ligandkb\[postgres\]'"):
            call(locate("postgresql://ada@localhost/x"))


def test_an_older_driver_is_not_said_to_come_with_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(InputError, match=r"psycopg2.*: write postgresql:// alone, which means psycopg 3"):
        stored_recordings(locate("postgresql+psycopg2://ada@localhost/x"))


# --- passwords


def test_who_has_a_password_comes_in_with_it_and_it_is_shown_nowhere(run, people, tmp_path, recording):
    place = people["with_password"].url.partition("@")[2]
    right = f"postgresql://with_password:s3cr%25et%40x@{place}"
    csv = tmp_path / "some.csv"
    write_atomically(csv, export([recording("from-file")]))
    for command in (
        [*ADD, right],
        [*CORRECT, right],
        ["outcomes", "add", "--from", csv, "--by", "Ada", "--db", right],
        ["outcomes", "list", "--history", "--format", "json", "--db", right],
        ["outcomes", "export", "--all", "--db", right],
        ["outcomes", "merge", right, "--db", tmp_path / "copy.sqlite"],
        ["outcomes", "migrate", "--db", right],
        ["rank", "--top", "2", "--format", "json", "--db", right],
        ["rank", "--top", "2", "--format", "html", "--db", right],
        ["explain", "benzoate", "--db", right],
    ):
        done = run(*command)
        assert done.code == 0, done.err
        assert "s3cr" not in done.out + done.err
    assert "with_password:***@" in run("outcomes", "list", "--format", "json", "--db", right).out


@pytest.mark.parametrize(
    "password",
    ["s3cr3t", "s3cr@s3cr3t", "s3cr3t/x", "s3cr3t:x@y", "s3cr3t@x:y", "s3cr3t#?&", "s3cr3t%", "@s3cr3t@"],
)
def test_a_wrong_or_unreadable_password_is_never_shown(run, people, password):
    place = people["with_password"].url.partition("@")[2]
    for url in (
        f"postgresql://with_password:{password}@{place}",
        f"postgresql:with_password:{password}@{place}",
    ):
        for command in (["outcomes", "list"], ADD[:-1], ["outcomes", "merge", url]):
            done = run(*command, "--db", url)
            assert done.code in (1, 2), done.out
            assert "s3cr" not in done.out + done.err
            assert "Traceback" not in done.err


# --- rights


def test_a_reader_reads_and_can_t_write_and_is_told(run, people, lab):
    before = stored_recordings(lab, history=True)
    reader = people["reader"].url
    assert "benzoate-1" in run("outcomes", "list", "--format", "csv", "--db", reader).out
    assert "benzoate-1" in run("outcomes", "export", "--all", "--db", reader).out
    for command in ([*ADD, reader], [*CORRECT, reader]):
        done = run(*command)
        assert (done.code, done.out) == (1, "")
        assert "you lack the right" in done.err
        assert "nothing was recorded: ask who keeps the database to make you a writer" in " ".join(
            done.err.split()
        )
        assert "Traceback" not in done.err
    assert stored_recordings(lab, history=True) == before


@pytest.mark.parametrize(
    "statement", ["UPDATE recorded_outcome SET note = 'x'", "DELETE FROM recorded_outcome"]
)
def test_a_writer_writes_and_corrects_and_can_t_change(run, people, lab, execute, statement):
    writer = people["writer"].url
    assert run(*ADD, writer).out == "new\n"
    assert run(*CORRECT, writer).out == "benzoate-1\n"
    for forbidden in (
        statement,
        "DROP TABLE recorded_outcome",
        "ALTER TABLE recorded_outcome DISABLE TRIGGER ALL",
    ):
        with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
            execute(people["writer"], forbidden)
    assert [one.version for one in stored_recordings(lab, history=True)] == [1, 2, 1]


def test_a_writer_who_can_t_migrate_is_told_who_can(run, server, old_server, execute, people):
    execute(old_server, "GRANT SELECT ON recorded_outcome, recorded_outcome_schema TO writer")
    execute(old_server, "GRANT INSERT ON recorded_outcome TO writer")
    as_writer = server.url(database_of(old_server), "writer")
    assert len(stored_recordings(locate(as_writer))) == 3, "an old schema is read"
    for command in ([*ADD, as_writer], ["outcomes", "migrate", "--db", as_writer]):
        done = run(*command)
        assert (done.code, done.out) == (1, "")
        said = " ".join(done.err.split())
        assert "of schema 0001, today's is" in said
        assert "nothing was recorded: ask who keeps the database to run ligandkb outcomes migrate" in said
    assert run("outcomes", "migrate", "--db", old_server.url).code == 0
    assert run(*ADD, as_writer).out == "new\n"


def test_an_empty_database_is_readied_by_its_keeper_alone(run, server, people, server_location):
    as_writer = server.url(database_of(server_location), "writer")
    assert "it has no tables, and you may not change that" in " ".join(run(*ADD, as_writer).err.split())
    assert run("outcomes", "list", "--db", as_writer).code == 0


def test_a_standby_says_that_it_can_only_be_read(lab, execute, recording):
    execute(lab, f"ALTER DATABASE {database_of(lab)} SET default_transaction_read_only = on")
    with pytest.raises(InputError, match=r"can only be read now .*; nothing was recorded"):
        record(lab, [recording("new")])
    assert len(stored_recordings(lab)) == 1


# --- a server that isn't there, or goes away


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://ada@/x?host=/nowhere", "can't be reached"),
        ("postgresql://ada@127.0.0.1:1/x", "can't be reached"),
        ("postgresql://nobody@{place}", '"nobody" does not exist'),
        ("postgresql://postgres@/nothing?host={folder}", '"nothing" does not exist'),
        ("postgresql://postgres@{place}&bogus=1", "bogus"),
        ("postgresql://postgres@db:port/x", "can't be read as a URL"),
    ],
)
def test_what_can_t_be_reached_is_said_with_what_to_check(run, server, lab, url, said):
    place = lab.url.partition("@")[2]
    for command in (["outcomes", "list", "--db"], ADD, CORRECT, ["rank", "--db"]):
        done = run(*command, url.format(place=place, folder=server.folder))
        assert done.code in (1, 2)
        assert done.out == ""
        assert said in done.err
        assert "Traceback" not in done.err


@contextmanager
def stuck_write(location, recordings, execute):
    """A writer that stands in the middle of its transaction; gives what became of it, once somebody let it go on."""
    ended: list[object] = []

    def write() -> None:
        try:
            ended.append(record(location, recordings))
        except Exception as error:
            ended.append(error)

    # Rows of this table can't be inserted while it is locked, but all before that is done.
    with closing(psycopg.connect(location.url)) as blocker:
        blocker.execute("LOCK TABLE recorded_outcome IN SHARE MODE")
        writer = threading.Thread(target=write)
        writer.start()
        wait_until(lambda: execute(location, WAITING))
        yield ended, writer


WAITING = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
    "AND query LIKE 'INSERT INTO recorded_outcome%%'"
)


def some(recording):
    return [recording(f"many-{number}") for number in range(50)]


def cut(location, execute):
    """End the server's process of who writes, as its administrator does."""
    assert execute(location, f"SELECT pg_terminate_backend(pid) FROM ({WAITING}) AS waiting") == [(True,)]


def kill(location, execute):
    """End it by kill -9: the server then throws everybody out and starts anew from its journal."""
    ((process,),) = execute(location, WAITING)
    os.kill(process, signal.SIGKILL)


def answers(location):
    try:
        return stored_recordings(location) is not None
    except InputError:
        return False


@pytest.mark.parametrize("end", [cut, kill])
def test_a_connection_that_ends_in_the_middle_of_writing_leaves_nothing_and_is_said(
    lab, recording, execute, end
):
    with stuck_write(lab, some(recording), execute) as (ended, writer):
        end(lab, execute)
        writer.join(20)
    assert isinstance(ended[0], InputError)
    assert "the connection to the server was lost" in str(ended[0])
    assert "nothing was recorded: run the command again" in str(ended[0])
    wait_until(lambda: answers(lab))
    assert [one.outcome.id for one in stored_recordings(lab)] == ["benzoate-1"]
    assert all(one.is_new for one in record(lab, some(recording)))


def test_a_server_that_stops_in_the_middle_of_writing_leaves_nothing_and_is_said(
    server, lab, recording, execute
):
    with stuck_write(lab, some(recording), execute) as (ended, writer):
        server.stop("immediate")
        writer.join(20)
        try:
            with pytest.raises(InputError, match="can't be reached"):
                record(lab, some(recording))
        finally:
            server.start()
    assert "nothing was recorded" in str(ended[0])
    assert [one.outcome.id for one in stored_recordings(lab)] == ["benzoate-1"]
    assert all(one.is_new for one in record(lab, some(recording)))


SLOW_COMMIT = (
    "CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'",
    "CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON recorded_outcome DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION slowly()",
)
COMMITTING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT' AND state = 'active'"


def test_a_connection_that_is_cut_while_it_commits_says_that_it_can_t_know(lab, recording, execute):
    for statement in SLOW_COMMIT:
        execute(lab, statement)
    errors: list[InputError] = []

    def write() -> None:
        try:
            record(lab, [recording("new")])
        except InputError as error:
            errors.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: execute(lab, COMMITTING))
    execute(lab, f"SELECT pg_terminate_backend(pid) FROM ({COMMITTING}) AS it")
    writer.join(20)
    assert "recorded or nothing, and which is not known" in str(errors[0])
    assert "run the command again" in str(errors[0])


# --- writers at once


def test_who_waits_too_long_is_told(lab, recording, monkeypatch):
    monkeypatch.setattr(outcome_server, "_SETTINGS", "SELECT set_config('lock_timeout', '200ms', true)")
    with writing(lab), pytest.raises(InputError, match="another program has kept it for 30 seconds; nothing"):
        record(lab, [recording("new")])


def test_a_computer_that_vanishes_while_it_writes_does_not_keep_the_others_out(lab, recording, monkeypatch):
    setting = "SELECT set_config('idle_in_transaction_session_timeout', '200ms', true)"
    with monkeypatch.context() as patch:
        patch.setattr(outcome_server, "_SETTINGS", setting)
        with pytest.raises(InputError, match="connection to the server was lost"), writing(lab) as connection:
            time.sleep(0.6)
            connection.exec_driver_sql("SELECT 1")
    record(lab, [recording("new")])


def test_settings_of_a_server_that_would_lose_what_was_confirmed_do_not_hold(lab, execute):
    for setting in ("synchronous_commit = off", "default_transaction_isolation = 'serializable'"):
        execute(lab, f"ALTER DATABASE {database_of(lab)} SET {setting}")
    with writing(lab) as connection:
        shown = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in SHOWN]
    assert shown == ["on", "read committed", "30s", "5min"]


SHOWN = ("synchronous_commit", "transaction_isolation", "lock_timeout", "idle_in_transaction_session_timeout")


def test_ctrl_c_ends_who_waits_for_another_writer(lab, execute):
    with writing(lab):
        command = [sys.executable, "-m", "ligandkb", *ADD, lab.url]
        waiting = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}
        )
        wait_until(lambda: execute(lab, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))
        began = time.monotonic()
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=30)
    assert (waiting.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert time.monotonic() - began < 10
    assert len(stored_recordings(lab)) == 1


# --- two laboratories on one server, and databases of others


def test_two_laboratories_keep_apart_in_schemas_of_one_database(server, lab, recording, execute):
    labs = {}
    for name in ("north", "south"):
        execute(lab, f"CREATE SCHEMA {name}")
        labs[name] = locate(f"{server.url(database_of(lab))}&options=-csearch_path%3D{name}")
        record(labs[name], [recording("x", recorded_by=name, note=name)])
    assert [stored_recordings(one)[0].recorded_by for one in labs.values()] == ["north", "south"]
    with pytest.raises(DBAPIError, match="not the next version"):
        execute(lab, "INSERT INTO south.recorded_outcome SELECT * FROM south.recorded_outcome")
    assert [one.outcome.id for one in stored_recordings(lab)] == ["benzoate-1"]


def test_other_tables_of_a_shared_database_are_let_alone(server_location, recording, execute):
    execute(server_location, "CREATE TABLE inventory AS SELECT 1 AS bottle")
    assert stored_recordings(server_location) == ()
    record(server_location, [recording()])
    assert execute(server_location, "SELECT * FROM inventory") == [(1,)]


def test_a_database_that_lacks_a_character_says_so(server, recording):
    location = locate(server.new_database("TEMPLATE template0 ENCODING LATIN1"))
    record(location, [recording("a", note="62 ± 3")])
    with pytest.raises(InputError, match=r"encoding lacks a character .*UTF-8"):
        record(location, [recording("b", note="76 → 98")])
    assert [one.outcome.note for one in stored_recordings(location)] == ["62 ± 3"]


def test_a_url_without_its_slashes_is_no_file():
    with pytest.raises(UsageError, match="lacks its //"):
        locate("postgresql:ada:s3cret@db/lab")
