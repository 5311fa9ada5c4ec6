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
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ligandkb.storage.outcome_database import stored_recordings
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_schema import REVISIONS, VERSION_TABLE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

HERE = Path(__file__).parent
OLD = HERE / "old_databases" / "outcomes-0001.sqlite"
BATCH = 8
LONGEST_S = {"add": 0.15, "correct": 0.15, "migrate": 0.4, "command": 0.5}


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


def kill_at_random(tmp_path: Path, rounds: dict[str, int], seed: int) -> dict[str, Counter]:
    chance = random.Random(seed)
    figures: dict[str, Counter] = {kind: Counter() for kind in rounds}
    with nursery() as (start, ended):
        for kind, number in rounds.items():
            folder = tmp_path / kind
            folder.mkdir()
            path = folder / "outcomes.sqlite"
            if kind == "migrate":
                path.write_bytes(OLD.read_bytes())
            turn = 0
            while figures[kind]["killed"] < number:  # a command may end before it is killed
                turn += 1
                tag, log = (
                    f"turn-{turn}",
                    folder / (f"{turn}.log" if kind in ("migrate", "command") else "log"),
                )
                start(kind, path, tag, log, chance.uniform(0, LONGEST_S[kind]))
                code = ended()
                figures[kind]["killed"] += code == -signal.SIGKILL
                own = folder / tag if kind == "migrate" else folder
                figures[kind]["in a transaction"] += any(own.glob("*.sqlite-journal"))
                if kind == "migrate":
                    check_migrate(folder / tag, log) if (folder / tag).exists() else None
                elif path.exists():
                    if kind == "command":
                        check_command(path, log, code)
                    else:
                        {"add": check_add, "correct": check_correct}[kind](path, log)
                    assert integrity(path) == "ok"
                figures[kind]["confirmed"] += code == 0 if kind == "command" else 0
            if kind != "command":
                figures[kind]["confirmed"] = sum(len(confirmed(log)) for log in folder.glob("*log"))
    return figures


def test_a_few_kills_lose_nothing(tmp_path):
    figures = kill_at_random(tmp_path, {"add": 8, "correct": 8, "migrate": 4}, seed=20)
    assert sum(one["killed"] for one in figures.values()) == 20


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path):
    figures = kill_at_random(tmp_path, {"add": 60, "correct": 60, "migrate": 60, "command": 20}, seed=200)
    print(*(f"{kind}: {dict(one)}" for kind, one in figures.items()), sep="\n")
    assert sum(one["killed"] for one in figures.values()) == 200
    assert all(figures[kind]["in a transaction"] for kind in ("add", "correct", "migrate"))


@pytest.mark.parametrize("schema", ["absent", "old"])
def test_several_processes_add_at_once_and_every_row_is_there_once(tmp_path, schema):
    path, logs = tmp_path / "o.sqlite", [tmp_path / f"{number}.log" for number in range(3)]
    if schema == "old":
        path.write_bytes(OLD.read_bytes())
    with nursery() as one, nursery() as two, nursery() as three:
        for number, (start, _) in enumerate((one, two, three)):
            start("add_some", path, f"process-{number}", logs[number])
        assert [ended() for _, ended in (one, two, three)] == [0, 0, 0]
    names = [f"{tag}-{n}" for tag in ("process-0", "process-1", "process-2", "shared") for n in range(25)]
    found = [one.outcome.id for one in stored_recordings(locate(str(path)), history=True)]
    assert sorted(name for name in found if not name.startswith("first-")) == sorted(names)
    announced = [name for log in logs for some in confirmed(log) for name in some]
    assert sorted(announced) == sorted(names), "each is announced as new by exactly one process"
    assert len(list(tmp_path.glob("*.bak"))) == (schema == "old"), "one process migrates"
    assert integrity(path) == "ok"
