import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ligandkb.descriptors.quantum.workers import run_in_workers
from ligandkb.missing import Failed


@pytest.fixture(autouse=True)
def importable_in_workers(monkeypatch):
    """Workers import this module by its name from the top of the checkout, which pytest leaves off the path."""
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[3])


def behave(word):
    if word == "hang":
        time.sleep(60)
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "raise":
        raise ValueError("no such thing")
    if word == "threads":
        return os.environ["OMP_NUM_THREADS"]
    return None if word == "nothing" else word.upper()


def test_hanging_dying_and_raising_calls_stop_nothing_else():
    words = ["a", "hang", "b", "die", "c", "raise", "nothing", "d"]
    found = dict(run_in_workers(behave, words, workers=2, seconds=4))
    assert {word: found[word] for word in "abcd"} == {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert found["hang"] == Failed("took longer than 4 s")
    assert found["die"] == Failed("the worker died with exit code -9")
    assert found["raise"] == Failed("ValueError: no such thing")
    assert found["nothing"] is None


def test_workers_have_one_thread_and_the_parent_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    assert list(run_in_workers(behave, ["threads"])) == [("threads", "1")]
    assert os.environ["OMP_NUM_THREADS"] == "7"


def test_nothing_to_do_starts_nothing():
    assert list(run_in_workers(behave, [])) == []


def test_a_script_without_a_guard_is_told_so(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from ligandkb.descriptors.quantum.workers import run_in_workers\n"
        "print(list(run_in_workers(abs, [-1, -2, -3], seconds=20)))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 1
    assert '__name__ == "__main__"' in done.stderr.splitlines()[-1]
    assert done.stdout == ""
