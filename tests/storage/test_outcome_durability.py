"""Does what was confirmed survive kill -9 at any moment, and is nothing half there, in a file and on a server?

Run all 300 kills with: pytest -m slow tests/storage/test_outcome_durability.py -s
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings
from ligandkb.storage.outcome_schema import REVISIONS, VERSION_TABLE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

HERE = Path(__file__).parent
OLD = HERE / "old_databases" / "outcomes-0001.sqlite"
BATCH = 8
CALIBRATION_S = 1.0
LONGEST_WAIT_S = 10


@contextmanager
def nursery():
    """Gives a function that starts workers, to be killed or not, and one that waits for what became of them."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "outcome_worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )

    def start(
        kind: str, path: str, tag: str, log: Path, kill_after_s: float | None = None, writers=1
    ) -> None:
        task = {"kind": kind, "path": path, "tag": tag, "log": str(log), "writers": writers}
        process.stdin.write(json.dumps(task | {"kill_after_s": kill_after_s}) + "\n")
        process.stdin.flush()

    try:
        yield start, lambda: json.loads(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait()


@dataclass
class Files:
    """SQLite files in a folder."""

    folder: Path

    def base(self, kind: str) -> str:
        """What is written to, or copied and migrated."""
        (self.folder / kind).mkdir()
        path = self.folder / kind / "outcomes.sqlite"
        if kind == "migrate":
            path.write_bytes(OLD.read_bytes())
        return str(path)

    def for_worker(self, base: str, tag: str) -> str:
        return base

    def made(self, base: str, tag: str) -> dict[str, str]:
        """Databases that a worker made, by name."""
        return {path.name: str(path) for path in (Path(base).parent / tag).glob("*.sqlite")}

    def was_open(self, base: str, tag: str) -> bool:
        """Whether a transaction was left behind."""
        return any(Path(base).parent.glob("*.sqlite-journal")) or any(
            (Path(base).parent / tag).glob("*.sqlite-journal")
        )

    def settle(self, tag: str) -> None:
        """Wait until nobody works any more for a worker that is dead."""

    def copies(self, db: str) -> list[dict[str, int]]:
        """Outcomes and their last version in each copy that was made before a migration."""
        found = list(Path(db).parent.glob(f"{Path(db).name}.0001-*.bak"))
        assert all(integrity(path) == "ok" for path in found)
        return [
            {one.outcome.id: one.version for one in stored_recordings(locate(str(path)))} for path in found
        ]

    def rows(self, db: str, statement: str) -> list[Any]:
        with closing(sqlite3.connect(db)) as connection:
            return connection.execute(statement).fetchall()

    def sound(self, db: str) -> bool:
        return not Path(db).exists() or integrity(Path(db)) == "ok"

    def clear(self, base: str, tag: str) -> None:
        shutil.rmtree(Path(base).parent / tag, ignore_errors=True)


@dataclass
class Server:
    """Databases on a PostgreSQL server."""

    server: Any
    old: str

    def base(self, kind: str) -> str:
        return self.old if kind == "migrate" else self.server.new_database()

    def for_worker(self, base: str, tag: str) -> str:
        return f"{base}&application_name={tag}"

    def made(self, base: str, tag: str) -> dict[str, str]:
        names = self.rows(
            self.server.url("postgres"), f"SELECT datname FROM pg_database WHERE datname LIKE '{tag}-%'"
        )
        return {name: self.server.url(name) for (name,) in names}

    def was_open(self, base: str, tag: str) -> bool:
        return False  # the nursery has looked

    def settle(self, tag: str) -> None:
        left, deadline = (
            f"SELECT 1 FROM pg_stat_activity WHERE application_name = '{tag}'",
            time.monotonic() + 10,
        )
        while self.rows(self.server.url("postgres"), left):
            assert time.monotonic() < deadline, "a dead worker keeps its place"
            time.sleep(0.01)

    def copies(self, db: str) -> list[dict[str, int]]:
        tables = self.rows(
            db, "SELECT tablename FROM pg_tables WHERE tablename LIKE 'recorded_outcome_0001_%'"
        )
        return [dict(self.rows(db, f"SELECT id, MAX(version) FROM {name} GROUP BY id")) for (name,) in tables]

    def rows(self, db: str, statement: str) -> list[Any]:
        from psycopg import connect

        with connect(db) as connection:
            return connection.execute(statement).fetchall()

    def sound(self, db: str) -> bool:
        return True

    def clear(self, base: str, tag: str) -> None:
        from psycopg import connect

        with connect(self.server.url("postgres"), autocommit=True) as connection:
            for name in self.made(base, tag):
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["file", "server"])
def place(request, tmp_path) -> Files | Server:
    """Where is written: all that is to be asked of both kinds alike."""
    if request.param == "file":
        return Files(tmp_path)
    old = request.getfixturevalue("old_server")
    return Server(request.getfixturevalue("server"), old.url)


def confirmed(log: Path) -> list:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def check_add(db: str, log: Path) -> None:
    found = Counter(one.outcome.id.rpartition("-")[0] for one in stored_recordings(locate(db)))
    assert set(found.values()) <= {BATCH}, "part of a batch is there"
    for names in confirmed(log):
        assert found[names[0].rpartition("-")[0]] == BATCH, "what was confirmed is lost"


def check_correct(db: str, log: Path) -> None:
    versions = stored_recordings(locate(db), history=True)
    assert [one.version for one in versions] == list(range(1, len(versions) + 1))
    assert [one.outcome.time_min for one in versions] == [one.version for one in versions]
    assert len(versions) >= max(confirmed(log), default=0), "what was confirmed is lost"


def check_migrate(place: Files | Server, made: dict[str, str], log: Path) -> None:
    old = {"first-acetate": 1, "first-benzoate": 1, "first-oleate": 2}
    done = confirmed(log)
    assert set(done) <= set(made)
    for name, db in made.items():
        assert place.sound(db)
        ((revision,),) = place.rows(db, f"SELECT version_num FROM {VERSION_TABLE}")
        found = {one.outcome.id: one.version for one in stored_recordings(locate(db))}
        assert (revision, found) in [(REVISIONS[0], old), (REVISIONS[-1], {**old, "new": 1})]
        assert name not in done or "new" in found, "what was confirmed is lost"
        copies = place.copies(db)
        assert copies or revision == REVISIONS[0], "migrated without a copy"
        assert all(copy == old for copy in copies)


def check_command(db: str, log: Path, code: int) -> None:
    found = {one.outcome.id for one in stored_recordings(locate(db))}
    printed = log.read_text().split() if log.exists() else []
    assert code in (0, -signal.SIGKILL)
    assert code != 0 or printed
    # Identifiers are printed after they are on the disk, so this holds whether the command ended or not.
    assert set(printed) <= found, "what was confirmed is lost"


def check_create(place: Files | Server, made: dict[str, str], log: Path) -> None:
    done = confirmed(log)
    assert set(done) <= set(made)
    for name, db in made.items():
        assert place.sound(db)
        found = [one.outcome.id for one in stored_recordings(locate(db))]
        assert found in ([], ["new"])
        assert name not in done or found, "what was confirmed is lost"


def longest_s(kind: str, start, ended, db: str, log: Path) -> float:
    """Up to when to kill: some four operations, however busy the machine is; also makes what is then written to."""
    began = time.perf_counter()
    start(kind, db, "unhurried", log, None if kind == "command" else CALIBRATION_S)
    ended()
    if kind == "command":
        return 1.1 * (time.perf_counter() - began)
    return 4 * CALIBRATION_S / max(len(confirmed(log)), 1)


def kill_at_random(
    place: Files | Server, logs: Path, rounds: dict[str, int], seed: int
) -> dict[str, Counter]:
    chance = random.Random(seed)
    figures: dict[str, Counter] = {kind: Counter() for kind in rounds}
    with nursery() as (start, ended):
        for kind, number in rounds.items():
            base, folder = place.base(kind), logs / f"{kind}-logs"
            folder.mkdir()
            longest = longest_s(
                kind, start, ended, place.for_worker(base, "unhurried"), folder / "unhurried.log"
            )
            place.settle("unhurried")
            place.clear(base, "unhurried")
            turn = 0
            while figures[kind]["killed"] < number:  # a command may end before it is killed
                turn += 1
                tag, log = f"{kind}-{turn}", folder / f"{turn}.log"
                start(kind, place.for_worker(base, tag), tag, log, chance.uniform(0, longest))
                (code,), opened = ended()
                place.settle(tag)
                figures[kind]["killed"] += code == -signal.SIGKILL
                figures[kind]["in a transaction"] += bool(opened or place.was_open(base, tag))
                if kind == "command":
                    check_command(base, log, code)
                elif kind in CHECKS:
                    CHECKS[kind](base, log)
                else:
                    CHECKS_OF_MANY[kind](place, place.made(base, tag), log)
                assert place.sound(base)
                place.clear(base, tag)
                figures[kind]["confirmed"] += code == 0 if kind == "command" else len(confirmed(log))
            for log in folder.glob("*.log") if kind in CHECKS else ():
                CHECKS[kind](base, log)  # what was confirmed early is there at the end
    return figures


CHECKS = {"add": check_add, "correct": check_correct}
CHECKS_OF_MANY = {"create": check_create, "migrate": check_migrate}


def test_a_few_kills_lose_nothing(place, tmp_path):
    figures = kill_at_random(place, tmp_path, {"add": 4, "correct": 4, "create": 3, "migrate": 3}, seed=20)
    assert sum(one["killed"] for one in figures.values()) == 14


@pytest.mark.slow
def test_a_hundred_and_fifty_kills_of_each_lose_nothing(place, tmp_path):
    rounds = {"add": 35, "correct": 35, "create": 25, "migrate": 40, "command": 15}
    figures = kill_at_random(place, tmp_path, rounds, seed=200)
    print(*(f"{type(place).__name__}, {kind}: {dict(one)}" for kind, one in figures.items()), sep="\n")
    assert sum(one["killed"] for one in figures.values()) == 150
    loops = [one for kind, one in figures.items() if kind != "command"]
    assert all(one["in a transaction"] and one["confirmed"] for one in loops), (
        "the kills met nothing worth a test"
    )


@pytest.mark.parametrize("schema", ["absent", "old"])
def test_six_processes_add_at_once_and_every_row_is_there_once(place, tmp_path, schema):
    db, log = place.base("migrate" if schema == "old" else "add"), tmp_path / "log"
    with nursery() as (start, ended):
        start("add_some", db, "process", log, writers=6)
        codes, _ = ended()
    assert codes == [0] * 6
    names = [f"{tag}-{n}" for tag in ("shared", *(f"process-{one}" for one in range(6))) for n in range(25)]
    found = [one.outcome.id for one in stored_recordings(locate(db), history=True)]
    assert sorted(name for name in found if not name.startswith("first-")) == sorted(names)
    said = [line for number in range(6) for line in confirmed(log.with_name(f"log.{number}"))]
    announced = [name for new, _ in said for name in new]
    assert sorted(announced) == sorted(names), "each is announced as new by exactly one process"
    waited_s = max(taken for _, taken in said)
    print(f"{type(place).__name__}, {schema}: {len(said)} writes, the longest took {waited_s:.2f} s")
    assert waited_s < LONGEST_WAIT_S, "writers stand in each other's way"
    assert len(place.copies(db)) == (schema == "old"), "one process migrates"
    assert place.sound(db)
