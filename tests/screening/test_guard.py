"""Does a line that hangs or crashes cost itself alone, and no line of another?"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ligandkb.screening import guard, worker
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.guard import Crew, WorkersEndedError
from ligandkb.screening.inputs import chunks_of
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
OPTIONS = ScreenOptions(line_seconds=0.3)
SMILES = ("CC(=O)O", "CCCCN", "OC(=O)c1ccccc1", "CCCCCCCC(=O)O", "C1CC", "CP(C)C", "OC(=O)C=C", "CCS")


@pytest.fixture
def planted(monkeypatch, tmp_path):
    """Lines fail by their names; see plant.py."""
    monkeypatch.setattr(
        guard, "_START", guard._START.replace("worker.main()", "exec(sys.argv[1]); worker.main()")
    )
    plant = Path(__file__).with_name("plant.py")
    space: dict[str, str] = {}
    exec(plant.read_text(), space)
    monkeypatch.setattr(guard.sys, "path", [space["PLANT"], *sys.path])
    monkeypatch.setenv("PLANTED", str(tmp_path / "once"))


def screened(kb, ids, *, workers=1, size=4, options=OPTIONS):
    """Numbers of lines that have rows, and reasons by the names of those that don't."""
    lines = [Line(number, SMILES[number % len(SMILES)], name) for number, name in enumerate(ids, 1)]
    with Crew(kb, options, workers) as crew:
        chunks = list(crew.screen(chunks_of(lines, size)))
    numbers = [number for chunk in chunks for number in dict.fromkeys(chunk.rows["line"].to_pylist())]
    return numbers, {one.id: one.reason for chunk in chunks for one in chunk.rejected}, chunks


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_are_those_of_one_process_in_the_order_of_lines(kb, workers):
    lines = [Line(number, SMILES[number % len(SMILES)], str(number)) for number in range(1, 40)]
    alone = [screen_with(screener_from(kb, OPTIONS), chunk) for chunk in chunks_of(lines, 5)]
    with Crew(kb, OPTIONS, workers) as crew:
        together = list(crew.screen(chunks_of(lines, 5)))
    assert [one.rows for one in together] == [one.rows for one in alone]
    assert [one.rejected for one in together] == [one.rejected for one in alone]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("loops", "given up after 0.3 s of processor time"),
        ("crashes", "SIGSEGV"),
        ("ends", "an exit"),
        ("raises", "unexpected ValueError: planted"),
        ("can't be written", "unexpected ValueError: planted"),
        ("crashes when written", "SIGSEGV"),
    ],
)
def test_a_bad_line_costs_itself_alone(kb, planted, name, reason):
    numbers, rejected, _ = screened(kb, ["a", "b", name, "c", "d", "e"])
    assert numbers == [1, 2, 5, 6] and reason in rejected.pop(name)
    assert list(rejected) == ["c"]  # a ring that isn't closed


def test_a_line_that_waits_for_nothing_is_given_up_by_the_clock(kb, planted):
    options = ScreenOptions(line_seconds=0.05)
    numbers, rejected, _ = screened(kb, ["a", "sleeps", "b"], options=options)
    assert numbers == [1, 3] and "0.5 s in which nothing happened" in rejected["sleeps"]


def test_several_bad_lines_in_several_chunks(kb, planted):
    ids = ["loops", "a", "crashes", "b", "loops 2", "ends", "c", "loops"]
    numbers, rejected, _ = screened(kb, ids, workers=2, size=3)
    assert numbers == [2, 5, 7] and [*rejected] == ["loops", "crashes", "b", "ends"]


@pytest.mark.parametrize("name", ["is killed", "kills the keeper"])
def test_a_process_that_is_killed_changes_nothing(kb, planted, tmp_path, name):
    numbers, rejected, _ = screened(kb, ["a", name, "b", "c", "d", "e"], size=2)
    assert (tmp_path / "once").exists() and numbers == [1, 2, 3, 5, 6] and [*rejected] == ["c"]


def test_processes_that_never_start_are_told(kb, monkeypatch):
    monkeypatch.setattr(guard, "_START", "import sys; sys.exit('no such luck')")
    with pytest.raises(WorkersEndedError, match="no such luck"):
        screened(kb, ["a"])


def test_workers_make_room_for_new_ones_and_no_line_is_lost(kb, planted, monkeypatch):
    plant = guard.sys.path[0] + "\nfrom ligandkb.screening import worker\nworker._MOST_GROWN_MB = -1.0\n"
    monkeypatch.setattr(guard.sys, "path", [plant, *sys.path[1:]])
    numbers, rejected, chunks = screened(kb, ["a"] * 41, workers=2, size=1)
    assert (
        len(chunks) == 41 and numbers == [number for number in range(1, 42) if number % 8 != 4] and rejected
    )


def test_there_is_room_for_the_line_of_each_of_as_many_workers_as_may_be_asked_for():
    here, there = multiprocessing.Pipe()
    with here, there:
        keeper = worker._Keeper(None, OPTIONS, here, there, 1024)
        worker._BEAT.pack_into(keeper.shared, 1023 * worker._SLOT_BYTES, 7)


def test_a_knowledge_base_that_was_asked_still_travels(kb):
    kb.assess_all("CCN.CC(=O)O")
    assert pickle.loads(pickle.dumps(kb)).content == kb.content


def test_no_process_is_left_behind(kb):
    with Crew(kb, OPTIONS, 2) as crew:
        stream = crew.screen(chunks_of([Line(number, "CCN") for number in range(1, 400)], 2))
        next(stream)
        keeper = crew._process.pid
        crew_of_it = children(keeper)
        assert len(crew_of_it) == 2
    wait_until_gone([keeper, *crew_of_it])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_a_keeper_that_is_killed(kb, number):
    with Crew(kb, OPTIONS, 2) as crew:
        next(crew.screen(chunks_of([Line(number, "CCN") for number in range(1, 400)], 2)))
        keeper = crew._process.pid
        crew_of_it = children(keeper)
        os.kill(keeper, number)
        crew._process.wait()
        wait_until_gone(crew_of_it)


def children(pid):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(one) for one in found.stdout.split()]


def wait_until_gone(pids):
    until = time.monotonic() + 20
    while any(is_running(pid) for pid in pids):
        assert time.monotonic() < until, f"{pids} are still there"
        time.sleep(0.05)


def is_running(pid):
    try:
        # A container without an init keeps the dead whose parent is gone.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_knowledge_base_that_was_asked_reaches_workers(kb):
    """What is kept of the asking stays behind, what governments list doesn't."""
    lines = [Line(1, "[Cl-].[Cl-].[Cd+2]"), Line(2, "OC(=O)CCc1ccccc1[N+](=O)[O-]")]
    here = screen_with(screener_from(kb, OPTIONS), lines)
    with Crew(kb, OPTIONS) as crew:
        assert [chunk.rows for chunk in crew.screen([lines])] == [here.rows]
    assert "vetoed" in here.rows["verdict"].to_pylist()
