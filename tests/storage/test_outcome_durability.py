"""Does what was confirmed survive kill -9 at any moment, and is nothing half there?

Run all 200 kills with: pytest -m slow tests/storage/test_outcome_durability.py -s
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings
from ligandkb.storage.outcome_schema import REVISIONS, VERSION_TABLE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

HERE = Path(__file__).parent
OLD = HERE / "old_databases" / "outcomes-0001.sqlite"
BATCH = 8
CALIBRATION_S = 1.0


@contextmanager
def nursery():
    """Gives a function that starts a worker, to be killed or not, and one that waits for its exit code."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "outcome_worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )

    def start(kind: str, path: Path, tag: str, log: Path, kill_after_s: float | None = None) -> None:
        task = {"kind": kind, "path": str(path), "tag": tag, "log": str(log), "kill_after_s": kill_after_s}
        process.stdin.write(json.dumps(task) + "\n")
        process.stdin.flush()

    try:
        yield start, lambda: int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait()


def confirmed(log: Path) -> list:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def check_add(path: Path, log: Path) -> None:
    found = Counter(one.outcome.id.rpartition("-")[0] for one in stored_recordings(locate(str(path))))
    assert set(found.values()) <= {BATCH}, "part of a batch is there"
    for names in confirmed(log):
        assert found[names[0].rpartition("-")[0]] == BATCH, "what was confirmed is lost"


def check_correct(path: Path, log: Path) -> None:
    versions = stored_recordings(locate(str(path)), history=True)
    assert [one.version for one in versions] == list(range(1, len(versions) + 1))
    assert [one.outcome.time_min for one in versions] == [one.version for one in versions]
    assert len(versions) >= max(confirmed(log), default=0), "what was confirmed is lost"


def check_migrate(folder: Path, log: Path) -> None:
    old = {"first-acetate": 1, "first-benzoate": 1, "first-oleate": 2}
    done = confirmed(log)
    for path in folder.glob("*.sqlite"):
        assert integrity(path) == "ok"
        with closing(sqlite3.connect(path)) as connection:
            (revision,) = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
        found = {one.outcome.id: one.version for one in stored_recordings(locate(str(path)))}
        assert (revision, found) in [(REVISIONS[0], old), (REVISIONS[-1], {**old, "new": 1})]
        assert path.name not in done or "new" in found, "what was confirmed is lost"
        copies = list(folder.glob(f"{path.name}.0001-*.bak"))
        assert copies or revision == REVISIONS[0], "migrated without a copy"
        for copy in copies:
            assert integrity(copy) == "ok"
            assert {one.outcome.id: one.version for one in stored_recordings(locate(str(copy)))} == old


def check_command(path: Path, log: Path, code: int) -> None:
    found = {one.outcome.id for one in stored_recordings(locate(str(path)))}
    printed = log.read_text().split() if log.exists() else []
    assert code in (0, -signal.SIGKILL)
    assert code != 0 or printed
    # Identifiers are printed after they are on the disk, so this holds whether the command ended or not.
    assert set(printed) <= found, "what was confirmed is lost"


def check_create(folder: Path, log: Path) -> None:
    done = confirmed(log)
    for path in folder.glob("*.sqlite"):
        assert integrity(path) == "ok"
        found = [one.outcome.id for one in stored_recordings(locate(str(path)))]
        assert found in ([], ["new"])
        assert path.name not in done or found, "what was confirmed is lost"


def longest_s(kind: str, start, ended, path: Path, log: Path) -> float:
    """Up to when to kill: some four operations, however busy the machine is; also makes what is then written to."""
    began = time.perf_counter()
    start(kind, path, "unhurried", log, None if kind == "command" else CALIBRATION_S)
    ended()
    if kind == "command":
        return 1.5 * (time.perf_counter() - began)
    return 4 * CALIBRATION_S / max(len(confirmed(log)), 1)


def kill_at_random(tmp_path: Path, rounds: dict[str, int], seed: int) -> dict[str, Counter]:
    chance = random.Random(seed)
    figures: dict[str, Counter] = {kind: Counter() for kind in rounds}
    with nursery() as (start, ended):
        for kind, number in rounds.items():
            has_own_folders = kind in ("create", "migrate")
            folder = tmp_path / kind
            folder.mkdir()
            path = folder / "outcomes.sqlite"
            if kind == "migrate":
                path.write_bytes(OLD.read_bytes())
            longest, turn = longest_s(kind, start, ended, path, folder / "unhurried.log"), 0
            while figures[kind]["killed"] < number:  # a command may end before it is killed
                turn += 1
                tag, log = f"turn-{turn}", folder / f"{turn}.log"
                start(kind, path, tag, log, chance.uniform(0, longest))
                code = ended()
                own = folder / tag if has_own_folders else folder
                figures[kind]["killed"] += code == -signal.SIGKILL
                figures[kind]["in a transaction"] += any(own.glob("*.sqlite-journal"))
                if kind == "command":
                    check_command(path, log, code)
                elif own.exists():
                    CHECKS[kind](own if has_own_folders else path, log)
                if path.exists():
                    assert integrity(path) == "ok"
                figures[kind]["confirmed"] += code == 0 if kind == "command" else len(confirmed(log))
            for log in folder.glob("*.log") if kind in ("add", "correct") else ():
                CHECKS[kind](path, log)  # what was confirmed early is there at the end
    return figures


CHECKS = {"add": check_add, "correct": check_correct, "create": check_create, "migrate": check_migrate}


def test_a_few_kills_lose_nothing(tmp_path):
    figures = kill_at_random(tmp_path, {"add": 6, "correct": 6, "create": 4, "migrate": 4}, seed=20)
    assert sum(one["killed"] for one in figures.values()) == 20


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path):
    rounds = {"add": 50, "correct": 50, "create": 30, "migrate": 50, "command": 20}
    figures = kill_at_random(tmp_path, rounds, seed=200)
    print(*(f"{kind}: {dict(one)}" for kind, one in figures.items()), sep="\n")
    assert sum(one["killed"] for one in figures.values()) == 200
    loops = [one for kind, one in figures.items() if kind != "command"]
    assert all(one["in a transaction"] and one["confirmed"] for one in loops), (
        "the kills met nothing worth a test"
    )


@pytest.mark.parametrize("schema", ["absent", "old"])
def test_two_processes_add_at_once_and_every_row_is_there_once(tmp_path, schema):
    path, logs = tmp_path / "o.sqlite", [tmp_path / f"{number}.log" for number in range(2)]
    if schema == "old":
        path.write_bytes(OLD.read_bytes())
    with nursery() as one, nursery() as two:
        for number, (start, _) in enumerate((one, two)):
            start("add_some", path, f"process-{number}", logs[number])
        assert [ended() for _, ended in (one, two)] == [0, 0]
    names = [f"{tag}-{n}" for tag in ("process-0", "process-1", "shared") for n in range(25)]
    found = [one.outcome.id for one in stored_recordings(locate(str(path)), history=True)]
    assert sorted(name for name in found if not name.startswith("first-")) == sorted(names)
    announced = [name for log in logs for some in confirmed(log) for name in some]
    assert sorted(announced) == sorted(names), "each is announced as new by exactly one process"
    assert len(list(tmp_path.glob("*.bak"))) == (schema == "old"), "one process migrates"
    assert integrity(path) == "ok"
