"""What comes on top of a screen: a cluster, duplicates, quantum chemistry for the best."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ligandkb.cli import screen_compute

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
LIST = "CC(=O)O a\nCCCCN b\nOC(=O)CC#N c\nCC(=O)[O-].[Na+] d\nOC(=O)CCC#N e\nC1CC f\nOC(=O)CF g\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "list.smi"
    path.write_text(LIST)
    return str(path)


def test_a_cluster_duplicates_and_values_for_the_best(run, source, tmp_path):
    out = tmp_path / "out"
    done = run(
        "screen", source, "-o", str(out), "--dask", "local:1", "--duplicates", "--top", "3", "--compute"
    )
    assert done.code == 0
    assert "5 binding forms on offer, 1 of them in several lines (2 in all)" in done.out
    assert pq.read_table(out / "duplicates.parquet")["ids"].to_pylist() == [["a", "d"]]
    price = next(line for line in done.err.splitlines() if "GFN2-xTB" in line)
    number, _, rest = price.partition(" ")
    assert "with 1 worker" in rest and f"{number} computed for the best 3" in done.out
    assert None not in pq.read_table(out / "top.parquet")["hardness_ev"].to_pylist()
    vetoed = "1 line of the list is vetoed: - line 7, g, OC(=O)CF: can kill"
    assert vetoed in " ".join(done.out.split())
    # Its values stay, the rows of the parts are those of any machine.
    again = run("screen", source, "-o", str(out), "--top", "3", "--compute", "--workers", "1")
    assert again.code == 0 and "nothing to compute" in again.err
    assert vetoed in " ".join(again.out.split())
    assert None in pq.read_table(out / "part-00000.parquet")["hardness_ev"].to_pylist()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--compute"], "say how many with --top"),
        (["--dask", "local:1", "--workers", "2"], "write local:2 for two workers"),
        (["--dask", "local:none"], "write local, local:2, or tcp://host:8786"),
        (["--dask", "localhost:8786"], "write local, local:2, or tcp://host:8786"),
    ],
)
def test_what_can_t_be_meant_is_refused(run, source, tmp_path, options, said):
    done = run("screen", source, "-o", str(tmp_path / "out"), *options)
    assert done.code == 2 and said in " ".join(done.err.split())
    assert "Traceback" not in done.err and not (tmp_path / "out").exists()


def test_what_is_lacking_is_said_before_the_list_is_screened(run, source, tmp_path, monkeypatch):
    monkeypatch.setattr(screen_compute.importlib.util, "find_spec", lambda name: None)
    done = run("screen", source, "-o", str(tmp_path / "out"), "--top", "3", "--compute")
    assert done.code != 0 and "ligandkb[quantum]" in done.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize("how", ["Ctrl-C", "kill -9"])
def test_an_end_on_a_local_cluster_keeps_what_is_whole_and_leaves_no_process(tmp_path, how):
    path, out = tmp_path / "list.smi", tmp_path / "out"
    path.write_text("".join(f"OC(=O)CCC{'C' * (number % 40)} {number}\n" for number in range(6000)))
    command = [sys.executable, "-m", "ligandkb", "screen", str(path), "-o", str(out), "--dask", "local:1"]
    command += ["--part-lines", "500"]
    with (tmp_path / "err").open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
            # a background job inherits "ignore"
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )
    until = time.monotonic() + 120
    while not (out / "part-00000.parquet").exists():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
    if how == "Ctrl-C":
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert process.wait(60) == 130
        said = (tmp_path / "err").read_text()
        assert "the same command goes on from there" in said and "Traceback" not in said
    else:
        process.kill()
        process.wait()
    until = time.monotonic() + 20
    while left := of_session(process.pid):
        assert time.monotonic() < until, left
        time.sleep(0.05)


def of_session(number):
    """Processes of a session that are still running."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(session) == number and state not in "ZX":
            found.append(stat.parent.name)
    return found
