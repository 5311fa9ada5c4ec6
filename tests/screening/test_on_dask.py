"""Is a screen on Dask the same screen, whatever happens to its workers?"""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import fsspec
import pyarrow as pa
import pytest
from distributed import Client, KilledWorker, LocalCluster

from ligandkb.problems import UsageError
from ligandkb.screening import beside, guard, on_dask
from ligandkb.screening.beside import Brief, screen_guarded
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.guard import WorkersEndedError
from ligandkb.screening.inputs import chunks_of
from ligandkb.screening.on_dask import DaskCrew, crew_at
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line
from ligandkb.screening.run import screen

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
OPTIONS = ScreenOptions(line_seconds=0.3)
SMILES = ("CC(=O)O", "CCCCN", "OC(=O)c1ccccc1", "CCCCCCCC(=O)O", "C1CC", "CP(C)C", "OC(=O)C=C", "CCS")


def lines_of(ids):
    return [Line(number, SMILES[number % len(SMILES)], str(name)) for number, name in enumerate(ids, 1)]


def told(chunks):
    rows = pa.concat_tables(chunk.rows for chunk in chunks)
    return rows, [one for chunk in chunks for one in chunk.rejected]


def alone(kb, lines, options=OPTIONS):
    return told([screen_with(screener_from(kb, options), chunk) for chunk in chunks_of(lines, 5)])


@pytest.fixture(scope="module")
def in_threads():
    """A cluster in this process: only its crews are processes."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def planted(monkeypatch, tmp_path):
    """Lines fail by their names; see plant.py."""
    monkeypatch.setattr(
        guard, "_START", guard._START.replace("worker.main()", "exec(sys.argv[1]); worker.main()")
    )
    space: dict[str, str] = {}
    exec(Path(__file__).with_name("plant.py").read_text(), space)
    monkeypatch.setattr(guard.sys, "path", [space["PLANT"], *sys.path])
    monkeypatch.setenv("PLANTED", str(tmp_path / "once"))
    beside.CREWS.close()
    yield
    beside.CREWS.close()


def test_rows_are_those_of_one_process_in_the_order_of_lines(kb, in_threads):
    lines = lines_of(range(39))
    with DaskCrew(kb, OPTIONS, in_threads) as crew:
        assert crew.workers == 2
        assert told(list(crew.screen(chunks_of(lines, 5)))) == alone(kb, lines)


def test_what_stood_before_an_error_of_a_stream_is_given_before_it(kb, in_threads):
    def stream():
        yield from lines_of("abcde")
        raise RuntimeError("the server is gone")

    given = []
    with DaskCrew(kb, OPTIONS, in_threads) as crew, pytest.raises(RuntimeError, match="the server is gone"):
        for chunk in crew.screen(chunks_of(stream(), 2)):
            given.append(chunk)
    assert told(given) == alone(kb, lines_of("abcde"))


def test_a_crash_and_an_endless_loop_cost_their_own_lines_only(kb, in_threads, planted):
    lines = lines_of(["a", "loops", "b", "c", "d", "crashes", "e", "f", "is killed"])
    with DaskCrew(kb, OPTIONS, in_threads) as crew:
        rows, rejected = told(list(crew.screen(chunks_of(lines, 3))))
    assert [*dict.fromkeys(rows["line"].to_pylist())] == [1, 3, 5, 7, 8, 9]
    assert [one.id for one in rejected] == ["loops", "c", "crashes"]
    assert "processor time" in rejected[0].reason and "SIGSEGV" in rejected[2].reason


def test_they_do_so_below_a_nanny_too(kb, tmp_path, monkeypatch):
    """In processes that Dask starts as daemons: what is planted goes into whatever they start to read lines."""
    text = "import sys\nif 'worker.main()' in ' '.join(sys.orig_argv):\n"
    plant = Path(__file__).with_name("plant.py").read_text()
    (tmp_path / "sitecustomize.py").write_text(f"{plant}\n{text}    exec(PLANT)\n")
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    )
    lines = lines_of(["a", "loops", "b", "c", "d", "crashes", "e", "f"])
    with DaskCrew(kb, OPTIONS, "local:1") as crew:
        rows, rejected = told(list(crew.screen(chunks_of(lines, 3))))
    assert [*dict.fromkeys(rows["line"].to_pylist())] == [1, 3, 5, 7, 8]
    assert [one.id for one in rejected] == ["loops", "c", "crashes"]


def test_a_worker_that_is_killed_changes_nothing_and_nothing_outlives_the_screen(kb):
    """With workers that are daemons below a nanny, as Dask starts them."""
    lines = lines_of(range(160))
    with DaskCrew(kb, OPTIONS, "local:2") as crew:
        before = crew.client.run(os.getpid)
        chunks = []
        for chunk in crew.screen(chunks_of(lines, 5)):
            chunks.append(chunk)
            if len(chunks) == 4:
                os.kill(min(before.values()), signal.SIGKILL)
        family = descendants(os.getpid())
        after = crew.client.run(os.getpid)
    assert told(chunks) == alone(kb, lines)
    assert min(before.values()) not in after.values()
    assert len(family) >= 4  # two workers, and beside one at least what screens
    wait_until_gone(family)


def test_parts_are_the_same_to_the_byte_whoever_screens_and_wherever_they_lie(kb, in_threads, tmp_path):
    memory = fsspec.filesystem("memory")
    text = "".join(f"{SMILES[number % len(SMILES)]} {number}\n" for number in range(70))
    memory.pipe_file("/dask/list.smi.gz", gzip.compress(text.encode()))
    (tmp_path / "list.smi.gz").write_bytes(gzip.compress(text.encode()))
    options = ScreenOptions(part_lines=30, chunk_lines=4)
    here = screen([str(tmp_path / "list.smi.gz")], str(tmp_path / "out"), kb, options, workers=1)
    there = screen(["memory://dask/list.smi.gz"], "memory://dask/out", kb, options, hire=crew_at(in_threads))
    assert {part.sha256 for part in here.manifest.parts} == {part.sha256 for part in there.manifest.parts}
    assert len(there.manifest.parts) == 3 and there.manifest.rejected > 0
    for name in here.folder.names() - {"manifest.json"}:
        assert (tmp_path / "out" / name).read_bytes() == memory.cat_file(f"/dask/out/{name}")
    # What is whole isn't done again, and what was begun otherwise is refused: the code of a local run.
    with pytest.raises(UsageError, match="was begun differently"):
        screen(["memory://dask/list.smi.gz"], "memory://dask/out", kb, replace(options, composition="CsPbI3"))
    memory.rm("/dask", recursive=True)


def test_a_run_on_a_cluster_goes_on_where_it_was_interrupted(kb, in_threads, tmp_path):
    path = tmp_path / "list.smi"
    path.write_text("".join(f"{SMILES[number % len(SMILES)]} {number}\n" for number in range(90)))
    options = ScreenOptions(part_lines=20, chunk_lines=5)
    whole = screen([str(path)], str(tmp_path / "whole"), kb, options, workers=1)

    def interrupt(progress):
        if progress.lines >= 50:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen([str(path)], str(tmp_path / "out"), kb, options, hire=crew_at(in_threads), progress=interrupt)
    assert (tmp_path / "out" / "part-00001.parquet").exists()
    again = screen([str(path)], str(tmp_path / "out"), kb, options, hire=crew_at(in_threads))
    assert again.lines_before == 40 and again.manifest.parts == whole.manifest.parts
    wait_until_gone(descendants(os.getpid()))


def test_a_cluster_of_others_keeps_its_workers_but_no_crew(kb, in_threads):
    with DaskCrew(kb, OPTIONS, in_threads) as crew:
        next(crew.screen(chunks_of(lines_of(range(9)), 2)))
        assert descendants(os.getpid())
    wait_until_gone(descendants(os.getpid()))
    with Client(in_threads, set_as_default=False) as client:
        assert len(client.nthreads()) == 2


def test_a_crew_that_nobody_asks_ends(kb, monkeypatch):
    monkeypatch.setattr(beside, "IDLE_SECONDS", 0.2)
    screen_guarded(Brief.of(kb, OPTIONS), [lines_of("ab")])
    wait_until_gone(descendants(os.getpid()))
    assert not any(beside.CREWS._idle.values())


def test_a_crew_that_comes_back_after_its_run_has_ended_ends_too(kb):
    brief = Brief.of(kb, OPTIONS)
    with beside.CREWS.borrowed(brief) as crew:
        assert [chunk.rows.num_rows for chunk in crew.screen([lines_of("a")])] == [1]
        beside.CREWS.close(brief.token)
        started = descendants(os.getpid())
    assert started
    wait_until_gone(started)
    with beside.CREWS.borrowed(brief):
        pass
    assert len(beside.CREWS._idle[brief.token]) == 1
    beside.CREWS.close(brief.token)


def test_other_versions_are_refused(kb, in_threads, monkeypatch):
    with DaskCrew(kb, OPTIONS, in_threads) as crew:
        crew.brief = Brief(crew.brief.content, "ligandkb 0.0.1, rdkit 2020.3")
        with pytest.raises(UsageError, match=r"asked for with ligandkb 0\.0\.1"):
            list(crew.screen([lines_of("a")]))


class Lost:
    """What becomes of a chunk whose workers die again and again."""

    def result(self):
        raise KilledWorker("chunk", None, 3)


def test_a_chunk_that_loses_its_workers_again_and_again_is_told(kb, in_threads, monkeypatch):
    with DaskCrew(kb, OPTIONS, in_threads) as crew:
        monkeypatch.setattr(crew, "_given", lambda brief, lines: Lost())
        monkeypatch.setattr(crew.client, "cancel", lambda futures: None)
        with pytest.raises(WorkersEndedError, match="lines 1 to 2 lost their workers 3 times"):
            list(crew.screen([lines_of("ab")]))


def test_a_scheduler_that_goes_is_told(kb, monkeypatch):
    monkeypatch.setattr(on_dask, "_CONNECT_SECONDS", 0.5)
    with LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as cluster:
        crew = DaskCrew(kb, OPTIONS, cluster.scheduler_address)
        with crew, pytest.raises(WorkersEndedError, match="the Dask scheduler at inproc"):
            for _ in crew.screen(chunks_of(lines_of(range(400)), 2)):
                cluster.close()


@pytest.mark.parametrize("address", ["", "locale", "local:0", "local:two", "localhost:8786"])
def test_what_is_no_cluster_is_refused(kb, address):
    with pytest.raises(UsageError, match="write local, local:2, or tcp://"), DaskCrew(kb, OPTIONS, address):
        pass


def test_where_nobody_listens_is_told(kb, monkeypatch):
    monkeypatch.setattr(on_dask, "_CONNECT_SECONDS", 0.5)
    with pytest.raises(UsageError, match="start a scheduler"), DaskCrew(kb, OPTIONS, "tcp://127.0.0.1:9"):
        pass


def test_a_scheduler_without_workers_is_told(kb, monkeypatch):
    monkeypatch.setattr(on_dask, "_CONNECT_SECONDS", 0.5)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as cluster:
        crew = DaskCrew(kb, OPTIONS, cluster.scheduler_address)
        with pytest.raises(UsageError, match="worker"), crew:
            pass


def descendants(pid):
    """Processes below one, but for Python's own tracker, which ends with it."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True
    )
    own = [one.split(maxsplit=1) for one in found.stdout.splitlines()]
    own = [
        int(number) for number, args in own if "resource_tracker" not in args and not args.startswith("ps ")
    ]
    return [*own, *(deeper for one in own for deeper in descendants(one))]


def wait_until_gone(pids):
    until = time.monotonic() + 10
    while any(is_running(pid) for pid in pids):
        assert time.monotonic() < until, f"{pids} are still there"
        time.sleep(0.05)


def is_running(pid):
    try:
        # A container without an init keeps the dead whose parent is gone.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
