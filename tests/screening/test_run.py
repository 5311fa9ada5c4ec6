"""Is a folder the same whatever happened on the way, and are two answers never mixed?"""

from __future__ import annotations

import csv
import errno
import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import ligandkb as lk
from ligandkb.screening.folder import folder_at
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.run import screen

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are forked")
SMILES = ("CC(=O)O", "CCCCN", "OC(=O)c1ccccc1", "CCCCCCCC(=O)O", "C1CC", "CP(C)C", "OC(=O)C=C", "CCS")
OPTIONS = ScreenOptions(part_lines=10, chunk_lines=4, columns=("smiles", "verdict", "score"))
COMMAND = "from ligandkb.cli import main; import sys; sys.argv[0] = 'ligandkb'; main()"
# Each line takes its time, so that a run can be met on its way.
SLOW = (
    "from ligandkb.screening import guard, rows\n"
    "read = 'import time; from ligandkb.screening import rows; read = rows.Screener.read; '\n"
    "read += 'rows.Screener.read = lambda self, line: (time.sleep(0.02), read(self, line))[1]; '\n"
    "guard._START = guard._START.replace('worker.main()', read + 'worker.main()')\n"
)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "list.smi"
    path.write_text("".join(f"{SMILES[number % len(SMILES)]} n{number}\n" for number in range(47)))
    return str(path)


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


@pytest.fixture
def whole(kb, source, tmp_path):
    screen([source], str(tmp_path / "whole"), kb, OPTIONS, workers=0)
    return content(tmp_path / "whole")


def test_parts_are_cut_by_lines_and_listed(whole):
    assert [*whole] == [
        "manifest.json",
        *(f"part-0000{number}.parquet" for number in range(5)),
        "rejected.csv",
    ]
    parts = json.loads(whole["manifest.json"])["parts"]
    assert [(part["first_line"], part["last_line"]) for part in parts] == [
        (1, 10), (11, 20), (21, 30), (31, 40), (41, 47)
    ]  # fmt: skip
    rejected = list(csv.DictReader(whole["rejected.csv"].decode().splitlines()))
    assert [(row["line"], row["id"], row["smiles"]) for row in rejected] == [
        (str(number + 1), f"n{number}", "C1CC") for number in range(4, 47, 8)
    ]
    assert all(row["reason"] for row in rejected)


@pytest.mark.parametrize(("workers", "chunk_lines"), [(1, 4), (2, 3), (0, 100)])
def test_the_same_bytes_however_the_work_is_shared(kb, source, tmp_path, whole, workers, chunk_lines):
    screen([source], str(tmp_path / "out"), kb, replace(OPTIONS, chunk_lines=chunk_lines), workers=workers)
    assert content(tmp_path / "out") == whole


def test_an_ended_screen_is_not_done_again(kb, source, tmp_path, whole):
    result = screen([source], str(tmp_path / "whole"), kb, OPTIONS, workers=0)
    assert result.lines_before == result.manifest.lines == 47 and content(tmp_path / "whole") == whole


def command(source, out, *more):
    columns = ("--columns", ",".join(OPTIONS.columns), "--part-lines", "10")
    return ["screen", source, "-o", str(out), *columns, *more]


def started(source, out, *more, before=SLOW, **settings):
    return subprocess.Popen(
        [sys.executable, "-c", before + COMMAND, *command(source, out, *more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **settings,
    )


def wait_for(path, said=""):
    until = time.monotonic() + 60
    while not path.exists() or said not in path.read_text():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("met_at", ["part-00000.parquet", "part-00002.parquet"])
def test_what_was_interrupted_goes_on(run, source, tmp_path, whole, number, met_at):
    out = tmp_path / "out"
    # A shell's background job ignores Ctrl-C, and so would what it starts.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)}
    process = started(source, out, "-w", "1", **heard)
    wait_for(out / "manifest.json", met_at)
    process.send_signal(number)
    _, said = process.communicate()
    assert not (out / "rejected.csv").exists()
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert said.splitlines() == [
            f"what is whole stays in {out}: the same command goes on from there",
            "interrupted",
        ]
    done = run(*command(source, out))
    assert done.code == 0 and "lines had been done before" in done.out
    assert content(out) == whole


def test_what_was_killed_while_a_part_was_written_leaves_nothing_in_the_way(kb, source, tmp_path, whole):
    out = tmp_path / "out"
    screen([source], str(out), kb, OPTIONS, workers=0)
    manifest = json.loads((out / "manifest.json").read_text())
    manifest |= {"is_complete": False, "parts": manifest["parts"][:2]}
    (out / "manifest.json").write_text(json.dumps(manifest))
    (out / "part-00002.parquet").write_bytes(b"something else")
    # What two parts rejected was gathered and is gone.
    for part in manifest["parts"]:
        (out / part["rejected_file"]).write_text("line,id,smiles,reason\n")
    screen([source], str(out), kb, OPTIONS, workers=0)
    assert {name: part for name, part in content(out).items() if name.startswith("part")} == {
        name: part for name, part in whole.items() if name.startswith("part")
    }


def test_what_was_killed_while_it_wrote_leaves_no_hidden_file(kb, source, tmp_path, whole):
    out, left, of_another = tmp_path / "out", ".ligandkb-0123456789abcdef.tmp", ".ligandkb-notes.tmp"
    out.mkdir()
    for name in (left, of_another):
        (out / name).write_bytes(b"half a part")
    screen([source], str(out), kb, OPTIONS, workers=0)
    assert content(out) == {of_another: b"half a part"} | whole
    # Of what is complete somebody may be keeping the best just now.
    (out / left).write_bytes(b"half a page")
    screen([source], str(out), kb, OPTIONS, workers=0)
    assert (out / left).exists()


def test_where_a_disk_has_no_locks_nothing_of_others_is_removed(kb, source, tmp_path, whole, monkeypatch):
    import fcntl

    def no_locks(descriptor, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    out, left = tmp_path / "out", ".ligandkb-0123456789abcdef.tmp"
    out.mkdir()
    (out / left).write_bytes(b"half a part")
    screen([source], str(out), kb, OPTIONS, workers=0)
    assert content(out) == {left: b"half a part"} | whole


def test_a_full_disk_is_said_and_leaves_whole_parts(run, source, tmp_path, whole):
    out = tmp_path / "out"
    room = len(whole["part-00000.parquet"]) - 1

    def no_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    process = started(source, out, "-w", "1", before="", preexec_fn=no_room)
    _, said = process.communicate()
    assert process.returncode == 1 and "the same command goes on from there" in said
    assert "part-00000.parquet: File too large" in said and len(said.splitlines()) == 1
    assert [*content(out)] == ["manifest.json"]
    assert run(*command(source, out)).code == 0 and content(out) == whole


def test_two_screens_into_one_folder_are_refused(kb, source, tmp_path):
    out = tmp_path / "out"
    process = started(source, out, "-w", "1")
    wait_for(out / "manifest.json")
    with pytest.raises(lk.UsageError, match="another screen is writing into"):
        screen([source], str(out), kb, OPTIONS, workers=0)
    process.kill()
    process.communicate()
    # The lock of a dead process holds nobody up.
    assert screen([source], str(out), kb, OPTIONS, workers=0).manifest.is_complete


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"composition": "CsPbI3"}, "asked for: composition was 'CsPbBr3' and is 'CsPbI3'"),
        ({"columns": ("smiles",)}, "asked for: columns was"),
        ({"part_lines": 11}, "asked for: part_lines was 10 and is 11"),
        ({"part_format": "csv"}, "asked for: part_format was 'parquet' and is 'csv'"),
    ],
)
def test_other_options_are_refused(kb, source, tmp_path, whole, changed, said):
    with pytest.raises(lk.UsageError, match="begun differently") as refused:
        screen([source], str(tmp_path / "whole"), kb, replace(OPTIONS, **changed), workers=0)
    assert said in str(refused.value) and content(tmp_path / "whole") == whole


def test_other_input_data_and_parts_are_refused_all_at_once(kb, source, tmp_path, whole):
    out = tmp_path / "whole"
    with Path(source).open("a") as stream:
        stream.write("CCO\n")
    (out / "part-00001.parquet").unlink()
    (out / "part-00003.parquet").write_bytes(b"")
    with pytest.raises(lk.UsageError) as refused:
        screen([source], str(out), replace(kb, content="0" * 12), OPTIONS, workers=0)
    said = str(refused.value)
    assert "list.smi holds something else than before" in said and "rules or data" in said
    assert "part-00001.parquet: it is gone" in said and "part-00003.parquet: it is gone" in said


def test_a_list_of_rejected_lines_that_is_gone_is_told_before_the_rest_is_screened(
    kb, source, tmp_path, whole
):
    out = tmp_path / "whole"
    manifest = json.loads((out / "manifest.json").read_text())
    manifest |= {"is_complete": False, "parts": manifest["parts"][:2]}
    (out / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(
        lk.UsageError, match=r"- rejected-00000.csv: it is gone\n- rejected-00001.csv: it is gone"
    ):
        screen([source], str(out), kb, OPTIONS, workers=0)


def test_a_file_that_moved_is_the_same_input(kb, source, tmp_path, whole):
    (tmp_path / "elsewhere").mkdir()
    moved = Path(source).rename(tmp_path / "elsewhere" / "list.smi")
    assert screen([str(moved)], str(tmp_path / "whole"), kb, OPTIONS, workers=0).lines_before == 47


def test_a_folder_of_something_else_is_left_alone(kb, source, tmp_path):
    with pytest.raises(lk.UsageError, match=r"holds 1 file of something else, such as list.smi"):
        screen([source], str(tmp_path), kb, OPTIONS, workers=0)
    with pytest.raises(lk.UsageError, match="can't write"):
        screen([source], source, kb, OPTIONS, workers=0)


def test_nothing_is_made_where_options_are_wrong(kb, source, tmp_path):
    for wrong in ({"composition": "CsPbBr"}, {"columns": ("verdikt",)}, {"allow": ("explosive",)}):
        with pytest.raises(lk.UsageError):
            screen([source], str(tmp_path / "out"), kb, replace(OPTIONS, **wrong), workers=0)
    assert not (tmp_path / "out").exists()


def test_csv_parts_hold_the_cells_of_parquet(kb, source, tmp_path, whole):
    import pyarrow.parquet as pq

    screen([source], str(tmp_path / "out"), kb, replace(OPTIONS, part_format="csv"), workers=0)
    text = (tmp_path / "out" / "part-00000.csv").read_text()
    rows = pq.read_table(tmp_path / "whole" / "part-00000.parquet").to_pylist()
    assert list(csv.DictReader(text.splitlines())) == [
        {name: str(cell) for name, cell in row.items()} for row in rows
    ]


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_an_address_holds_the_same_as_a_folder(kb, source, tmp_path, whole, kind):
    fsspec = pytest.importorskip("fsspec")
    out = f"{kind}://{tmp_path}/remote"
    screen([source], out, kb, OPTIONS, workers=0)
    files = fsspec.filesystem(kind)
    found = {name: files.cat_file(f"{tmp_path}/remote/{name}") for name in folder_at(out).names()}
    assert found == whole


def test_the_lock_of_an_address_is_taken_over_from_the_dead_only(kb, source, tmp_path):
    import socket

    folder = folder_at(f"memory://{tmp_path}/locked")
    for holder, holds in (
        (f"{socket.gethostname()} {os.getpid()}", True),
        ("elsewhere 1", True),
        (f"{socket.gethostname()} {dead()}", False),
    ):
        folder.write("being-written.lock", holder.encode())
        if holds:
            with pytest.raises(lk.UsageError, match=r"another screen .*by process"), folder.held():
                pass
        else:
            with folder.held():
                pass
    assert folder.names() == frozenset()


def dead():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_blank_lines_are_counted_and_an_empty_list_is_an_answer(kb, tmp_path):
    source = tmp_path / "list.smi"
    source.write_text("\n" * 25 + "CCN\n" + "\n" * 25)
    result = screen([str(source)], str(tmp_path / "out"), kb, OPTIONS, workers=0)
    assert [(part.file, part.first_line, part.rows) for part in result.manifest.parts] == [
        ("part-00002.parquet", 26, 1)
    ]
    source.write_text("\n")
    result = screen([str(source)], str(tmp_path / "empty"), kb, OPTIONS, workers=0)
    assert result.manifest.is_complete and [*content(tmp_path / "empty")] == ["manifest.json", "rejected.csv"]


def test_progress_says_how_far_and_how_fast(kb, source, tmp_path):
    told = []
    screen([source], str(tmp_path / "out"), kb, OPTIONS, workers=0, progress=told.append)
    assert [state.lines for state in told] == [4, 8, 10, 14, 18, 20, 24, 28, 30, 34, 38, 40, 44, 47]
    assert told[-1].share_done == 1 and told[-1].rejected == 6 and told[-1].seconds_left in (0, None)
    assert [state.lines_now for state in told] == [state.lines for state in told]
    assert all(state.lines_per_second > 0 for state in told)
