"""Is what was recorded kept, each once, and never changed?"""

from __future__ import annotations

import ctypes
import json
import os
import sqlite3
import threading
import time
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import DBAPIError

from ligandkb.export import write_atomically
from ligandkb.problems import InputError, NotFoundError, UsageError
from ligandkb.storage import outcome_sqlite
from ligandkb.storage.outcome_connections import versions_in, writing
from ligandkb.storage.outcome_database import record, record_correction
from ligandkb.storage.outcome_files import export
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_cells, stored_recordings
from ligandkb.storage.outcome_recordings import cells_of
from ligandkb.storage.outcome_table import TABLE
from ligandkb.storage.recorded import recorded_outcomes

HOSTILE = [
    "=cmd()",
    "\x1b[31mred",
    "'); DROP TABLE recorded_outcome;--",
    "a\r\nb",
    "%s {0.__class__}",
    "\u202eevil",
    "'=1",
]


def cells(recordings):
    return [cells_of(one) for one in recordings]


def corrected(recording, version, **changes):
    return replace(recording, version=version, reason="why", outcome=replace(recording.outcome, **changes))


def soundness(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def test_what_is_recorded_is_read_as_it_was(location, recording, named):
    handed_in = [recording("a"), recording("b", effect=None, plqy_before=None, nc_batch="B7")]
    assert [one.is_new for one in record(location, handed_in)] == [True, True]
    assert cells(stored_recordings(location)) == cells(handed_in)
    assert recorded_outcomes(named(location))[0].origin == "recorded by Ada on 2026-03-01"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(location, recording, text):
    one = recording(
        binding_form=text, partner=text, morphology=text, note=text, nc_batch=text, recorded_by=text
    )
    record(location, [one])
    assert cells(stored_recordings(location)) == cells([one])


def test_recording_the_same_again_records_nothing(location, recording):
    record(location, [recording()])
    again = recording(recorded_by="Bob", tool_version="9")
    assert [one.is_new for one in record(location, [again, recording("new")])] == [False, True]
    assert [one.recorded_by for one in stored_recordings(location)] == ["Ada", "Ada"]


def test_one_clash_and_none_is_recorded(location, recording):
    record(location, [recording("a")])
    with pytest.raises(InputError) as error:
        record(location, [recording("new"), recording("a", plqy_after=0.5), recording("new", plqy_after=0.1)])
    assert len(error.value.problems) == 2
    assert [one.outcome.id for one in stored_recordings(location)] == ["a"]


def test_a_correction_supersedes_and_the_old_version_stays(location, recording):
    one = recording()
    record(location, [one])
    record_correction(location, corrected(one, 2, plqy_after=0.9))
    (now,) = stored_recordings(location)
    assert (now.outcome.plqy_after, now.version, now.reason) == (0.9, 2, "why")
    assert now.outcome.origin.endswith(", version 2")
    assert [old.outcome.plqy_after for old in stored_recordings(location, history=True)] == [0.95, 0.9]
    assert not record(location, [one])[0].is_new, "the first version was recorded before"


def test_a_correction_by_somebody_else_leaves_known_who_measured_it_and_when(location, recording):
    one = recording()
    record(location, [one])
    assert stored_recordings(location)[0].first is None
    later = replace(one, recorded_by="Bob", recorded_at=one.recorded_at + timedelta(days=9))
    record_correction(location, corrected(later, 2, plqy_after=0.9))
    (now,) = stored_recordings(location)
    assert (now.recorded_by, now.first) == ("Bob", ("Ada", one.recorded_at))


def test_two_corrections_of_one_version_do_not_both_hold(location, recording):
    one = recording()
    record(location, [one])
    record_correction(location, corrected(one, 2, plqy_after=0.9))
    with pytest.raises(InputError, match="corrected meanwhile by Ada"):
        record_correction(location, corrected(one, 2, plqy_after=0.8))


def test_what_is_withdrawn_is_no_evidence_until_it_is_reinstated(location, recording, named):
    one = recording()
    record(location, [one])
    record_correction(location, replace(corrected(one, 2), withdrawn=True))
    assert recorded_outcomes(named(location)) == ()
    with pytest.raises(InputError, match="withdrawn"):
        record(location, [one])
    record_correction(location, corrected(one, 3))
    assert len(recorded_outcomes(named(location))) == 1


def test_what_does_not_exist_is_not_corrected(location, recording):
    record(location, [recording()])
    with pytest.raises(NotFoundError, match="did you mean 'benzoate-1'"):
        record_correction(location, corrected(recording("benzoate-l"), 2))
    with pytest.raises(NotFoundError):
        stored_cells(location, "a")


FORBIDDEN = {
    "both": [
        "UPDATE recorded_outcome SET plqy_after = 1",
        "DELETE FROM recorded_outcome",
        "INSERT INTO recorded_outcome SELECT * FROM recorded_outcome",
        "INSERT INTO recorded_outcome SELECT * FROM recorded_outcome WHERE true "
        "ON CONFLICT (id, version) DO UPDATE SET note = 'x'",
    ],
    "SQLite": [
        "UPDATE OR REPLACE recorded_outcome SET version = 2",
        "INSERT OR REPLACE INTO recorded_outcome SELECT * FROM recorded_outcome",
        "REPLACE INTO recorded_outcome SELECT * FROM recorded_outcome",
    ],
    "PostgreSQL": ["TRUNCATE recorded_outcome", "WITH gone AS (DELETE FROM recorded_outcome) SELECT 1"],
}


def test_the_database_itself_refuses_to_change_or_forget(location, recording, execute):
    record(location, [recording()])
    for statement in (*FORBIDDEN["both"], *FORBIDDEN["SQLite" if location.path else "PostgreSQL"]):
        with pytest.raises(DBAPIError, match=r"is never|not the next version"):
            execute(location, statement)
    assert cells(stored_recordings(location)) == cells([recording()])


@pytest.mark.parametrize(("version", "reason"), [("3", "why"), ("2", ""), ("0", ""), ("NULL", "why")])
def test_no_version_is_skipped_and_no_correction_without_reason(
    location, recording, execute, version, reason
):
    record(location, [recording()])
    changed = {"version": version, "reason": f"'{reason}'"}
    names = [column.name for column in TABLE.c]
    values = ", ".join(changed.get(name, name) for name in names)
    with pytest.raises(DBAPIError, match=r"next version|correction_has_a_reason"):
        execute(
            location,
            f"INSERT INTO recorded_outcome ({', '.join(names)}) SELECT {values} FROM recorded_outcome",
        )


def test_reading_leaves_the_file_and_its_folder_alone(file_location, recording):
    record(file_location, [recording()])
    before = file_location.path.read_bytes()
    stored_recordings(file_location, history=True)
    stored_cells(file_location, "benzoate-1")
    assert file_location.path.read_bytes() == before
    assert [path.name for path in file_location.path.parent.iterdir()] == [file_location.path.name]


def test_a_row_that_nobody_wrote_with_this_program_is_named_and_can_be_corrected(
    location, recording, execute
):
    record(location, [recording("a"), recording("b")])
    unlock = "DROP TRIGGER recorded_outcome_is_never_changed"
    execute(location, unlock if location.path else "ALTER TABLE recorded_outcome DISABLE TRIGGER ALL")
    execute(location, "UPDATE recorded_outcome SET effect = 'absurd', plqy_after = 7 WHERE id = 'b'")
    if not location.path:
        execute(location, "ALTER TABLE recorded_outcome ENABLE TRIGGER ALL")
    with pytest.raises(InputError) as error:
        stored_recordings(location)
    assert len(error.value.problems) == 2
    assert all("outcome b, version 1" in str(problem) for problem in error.value.problems)
    assert stored_cells(location, "b")[0]["effect"] == "absurd"
    record(location, [recording("c")])
    record_correction(location, corrected(recording("b"), 2))
    assert [one.outcome.id for one in stored_recordings(location)] == ["a", "b", "c"]


@pytest.mark.parametrize("content", [b"no database at all, only text", b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_file_is_named_and_left_alone(file_location, recording, content):
    file_location.path.write_bytes(content)
    for call in (lambda: stored_recordings(file_location), lambda: record(file_location, [recording()])):
        with pytest.raises(InputError, match=str(file_location.path)):
            call()
    assert file_location.path.read_bytes() == content


def test_a_folder_that_does_not_exist_is_not_made_for_a_named_file(tmp_path, recording):
    with pytest.raises(InputError, match="can't be opened; nothing was recorded"):
        record(locate(str(tmp_path / "typo" / "o.sqlite")), [recording()])
    assert list(tmp_path.iterdir()) == []


def test_the_default_folder_is_made(tmp_path, monkeypatch, recording):
    monkeypatch.delenv("LIGANDKB_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "deep" / "er"))
    record(locate(), [recording()])
    assert len(recorded_outcomes()) == 1


@pytest.mark.parametrize(("url", "error"), [("nonsense://x/y", UsageError), ("none", UsageError)])
def test_what_is_no_database_is_wrong_usage(url, error, recording):
    with pytest.raises(error):
        record(locate(url), [recording()])


def test_a_missing_driver_is_named(recording):
    pytest.importorskip("sqlalchemy")
    try:
        import psycopg  # noqa: F401
    except ImportError:
        with pytest.raises(InputError, match="psycopg"):
            record(locate("postgresql+psycopg://ada:s3cret@localhost/x"), [recording()])


def test_another_writer_is_waited_for(location, recording):
    record(location, [recording("a")])
    held, seen = threading.Event(), []

    def hold() -> None:
        with writing(location) as connection:
            held.set()
            time.sleep(0.5)
            seen.append(len(versions_in(connection)))

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    record(location, [recording("b")])
    other.join()
    assert seen == [1], "the second writer came in between"
    assert len(stored_recordings(location)) == 2


def test_who_waits_too_long_for_a_file_is_told(file_location, recording, monkeypatch):
    record(file_location, [recording("a")])
    monkeypatch.setattr(outcome_sqlite, "BUSY_SECONDS", 0)
    with (
        writing(file_location),
        pytest.raises(InputError, match=r"another program has kept it .*nothing was"),
    ):
        record(file_location, [recording("b")])
    assert len(stored_recordings(file_location)) == 1


def test_a_reader_does_not_mind_a_writer(location, recording):
    record(location, [recording("a")])
    with writing(location):
        assert len(stored_recordings(location)) == 1


# --- a full disk, and one that may not be written to


@pytest.fixture
def without(run):
    """Run a command in a process of its own that first gives something up, for good: room on the disk, or its rights."""

    def without(give_up, *arguments, env=None):
        answer, told = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                give_up()
                done = run(*arguments, env=env)
                os.write(told, json.dumps([done.code, done.out, done.err]).encode())
            finally:
                os._exit(0)
        os.close(told)
        with os.fdopen(answer) as stream:
            said = stream.read()
        os.waitpid(child, 0)
        return SimpleNamespace(**dict(zip(("code", "out", "err"), json.loads(said), strict=True)))

    return without


def room_beyond(limit):
    """Stand in for a full disk: no file of the process may grow beyond this."""
    resource = pytest.importorskip("resource")
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.fixture
def many(tmp_path, recording):
    path = tmp_path / "many.csv"
    write_atomically(path, export([recording(f"many-{n}", note="n" * 500) for n in range(300)]))
    return path


@pytest.mark.parametrize("room", [0, 60_000])
def test_a_full_disk_loses_nothing(file_location, recording, many, without, room):
    record(file_location, [recording()])
    full = room_beyond(file_location.path.stat().st_size + room)
    done = without(full, "outcomes", "add", "--from", many, "--db", file_location.path, "--by", "Ada")
    assert done.code == 1
    assert "nothing was recorded" in done.err
    assert "room" in done.err or "full" in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert soundness(file_location.path) == "ok"
    assert cells(stored_recordings(file_location)) == cells([recording()])
    record(file_location, [recording("once-there-is-room")])
    assert len(stored_recordings(file_location)) == 2


def test_a_disk_too_full_for_the_copy_stops_a_migration(old_file, many, without):
    before = old_file.path.read_bytes()
    full = room_beyond(8192)
    done = without(full, "outcomes", "add", "--from", many, "--db", old_file.path, "--by", "Ada")
    assert done.code == 1
    assert "the copy that comes before a migration could not be written" in done.err
    assert "Traceback" not in done.err
    assert soundness(old_file.path) == "ok"
    assert old_file.path.read_bytes() == before


def rights():
    """Permissions don't hold for root, who gives up the capabilities that set them aside (``man 2 capset``)."""
    if os.geteuid() == 0:
        version_3, this_process, no_capabilities = 0x20080522, 0, (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(version_3, this_process), no_capabilities):
            raise OSError("root keeps its capabilities")


@pytest.fixture
def without_rights(without):
    """Run a command as somebody for whom the permissions of files hold."""
    if os.geteuid() == 0 and not hasattr(ctypes.CDLL(None), "capset"):
        pytest.skip("root can't give up its rights here")

    def without_rights(*arguments, folder):
        return without(rights, *arguments, env={"LIGANDKB_CACHE": str(folder / "no-cache")})

    return without_rights


@pytest.fixture
def open_folder(tmp_path):
    """A folder whose permissions are taken away by a test and given back after it."""
    yield tmp_path
    for path in (tmp_path, *tmp_path.iterdir()):
        path.chmod(0o755)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)])
def test_a_database_without_the_right_to_write_is_read_and_not_written(
    open_folder, without_rights, recording, file_mode, folder_mode
):
    csv, location = open_folder / "one.csv", locate(str(open_folder / "o.sqlite"))
    write_atomically(csv, export([recording("new")]))
    record(location, [recording()])
    before = location.path.read_bytes()
    csv.chmod(0o444)
    location.path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    add = ("outcomes", "add", "--from", csv, "--db", location.path, "--by", "Ada")
    done = without_rights(*add, folder=open_folder)
    assert done.code == 1, done.err
    assert "nothing was recorded" in done.err
    assert "write" in done.err
    assert "Traceback" not in done.err
    assert location.path.read_bytes() == before
    listing = ("outcomes", "list", "--format", "csv", "--db", location.path)
    listed = without_rights(*listing, folder=open_folder)
    assert listed.code == 0, listed.err
    assert "benzoate-1" in listed.out


def test_a_folder_that_may_not_be_looked_into_is_not_taken_for_an_empty_database(
    open_folder, without_rights, recording
):
    location = locate(str(open_folder / "o.sqlite"))
    record(location, [recording()])
    open_folder.chmod(0)
    done = without_rights("outcomes", "list", "--db", location.path, folder=open_folder)
    assert done.code == 1
    assert "may not look" in done.err
