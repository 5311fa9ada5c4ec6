"""What is killed by test_outcome_durability.py?

A nursery that has everything imported forks a worker, or several, for each line that it reads, so that a kill meets
the worker's own work and not its imports. A worker notes what is confirmed by one write to its log. Where it writes is a
SQLite file or a URL of PostgreSQL whose ``application_name`` is the worker's tag.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import alembic.command  # noqa: F401 - a migration needs it

with suppress(ImportError):
    import psycopg
    import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401 - a server needs it

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.structure import canonical
from ligandkb.cli import main as command_line
from ligandkb.cli.outcome_names import find_form  # noqa: F401 - a command needs it
from ligandkb.evidence.outcomes import Application, Effect, Outcome
from ligandkb.storage.outcome_database import record, record_correction
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings
from ligandkb.storage.outcome_recordings import Recording

BATCH = 8


def made_up(name: str, number: int) -> Recording:
    outcome = Outcome(
        id=name,
        binding_form="benzoate",
        binding_form_smiles=canonical("[O-]C(=O)c1ccccc1"),
        partner="oleylammonium",
        composition=parse_composition("CsPbBr3"),
        morphology="nanocrystals",
        route=Application.POST_SYNTHETIC,
        reference_state="as_made",
        effect=Effect.IMPROVED,
        time_min=float(number),
        note="made up, no measurement " + "x" * 600,
    )
    return Recording(outcome, "Ada", datetime(2026, 3, 1, tzinfo=UTC))


def add(path: str, tag: str, confirm) -> None:
    for number in count():
        names = [f"{tag}-{number}-{one}" for one in range(BATCH)]
        record(locate(path), [made_up(name, number) for name in names])
        confirm(names)


def correct(path: str, tag: str, confirm) -> None:
    version = max((one.version for one in stored_recordings(locate(path))), default=0)
    while True:
        version += 1
        new = made_up("corrected", version)
        if version == 1:
            record(locate(path), [new])
        else:
            record_correction(locate(path), replace(new, version=version, reason=f"{tag}, version {version}"))
        confirm(version)


def new_database(path: str, tag: str, number: int, template: str) -> tuple[str, str]:
    """A database beside ``path`` that is empty, or a copy of it: its name and what to type after ``--db``."""
    name = f"{tag}-{number}"
    if "://" in path:
        with psycopg.connect(path.replace(f"/{database_of(path)}?", "/postgres?"), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name, path.replace(f"/{database_of(path)}?", f"/{name}?")
    folder = Path(path).parent / tag
    folder.mkdir(exist_ok=True)
    file = folder / f"{number}.sqlite"
    if template == database_of(path):
        unfinished = folder / "being-copied"
        shutil.copyfile(path, unfinished)
        unfinished.rename(file)
    return file.name, str(file)


def database_of(path: str) -> str:
    return path.rpartition("/")[2] if "://" not in path else path.partition("@/")[2].partition("?")[0]


def create(path: str, tag: str, confirm) -> None:
    """Databases of one row each."""
    for number in count():
        name, db = new_database(path, tag, number, "template0")
        record(locate(db), [made_up("new", number)])
        confirm(name)


def migrate(path: str, tag: str, confirm) -> None:
    """``path`` is the old database; copies of it are migrated by what is recorded in them."""
    for number in count():
        name, db = new_database(path, tag, number, database_of(path))
        record(locate(db), [made_up("new", number)])
        confirm(name)


def add_some(path: str, tag: str, confirm) -> None:
    """Rows of its own one by one, and the same rows as everybody else; and how long each took, in s."""
    for number in range(25):
        own, shared = made_up(f"{tag}-{number}", number), made_up(f"shared-{number}", number)
        began = time.perf_counter()
        new = [one.id for one in record(locate(path), [own, shared]) if one.is_new]
        confirm([new, time.perf_counter() - began])


def command(path: str, tag: str, confirm) -> None:
    """The command as typed; it is confirmed by what it prints and its exit code, which the nursery gives."""
    sys.stdout = os.fdopen(os.dup(confirm.descriptor), "w")
    sys.argv = (
        f"ligandkb outcomes add benzoate --partner oleylammonium -c CsPbBr3 --id {tag} --by Ada".split()
    )
    sys.argv += ["--effect", "improved", "--db", path]
    command_line()


class Confirm:
    def __init__(self, log: str) -> None:
        self.descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def __call__(self, what: object) -> None:
        os.write(self.descriptor, (json.dumps(what) + "\n").encode())


WORK = {
    "add": add,
    "correct": correct,
    "create": create,
    "migrate": migrate,
    "add_some": add_some,
    "command": command,
}


def be_a_worker(kind: str, path: str, tag: str, log: str) -> None:
    code = 0
    try:
        WORK[kind](path, tag, Confirm(log))
    except SystemExit as done:
        code = int(done.code or 0)
    except BaseException:
        traceback.print_exc()
        code = 70
    finally:
        sys.stdout.flush()
        os._exit(code)


def open_transactions(path: str, tag: str) -> int:
    """Transactions that a worker has open on a server."""
    with psycopg.connect(path.replace(f"/{database_of(path)}?", "/postgres?")) as server:
        counted = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND xact_start IS NOT NULL "
            "AND pid <> pg_backend_pid()",
            [tag],
        )
        return counted.fetchone()[0]


def main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        kill_after_s, writers, opened = task.pop("kill_after_s"), task.pop("writers"), 0
        children = []
        for number in range(writers):
            child = os.fork()
            if child == 0:
                own = (
                    {"tag": f"{task['tag']}-{number}", "log": f"{task['log']}.{number}"}
                    if writers > 1
                    else {}
                )
                be_a_worker(**{**task, **own})
            children.append(child)
        if kill_after_s is not None:
            time.sleep(kill_after_s)
            if "://" in task["path"]:
                # What the server has of it is looked at while it stands still.
                os.kill(children[0], signal.SIGSTOP)
                opened = open_transactions(task["path"], task["tag"])
            # Only here, before it is waited for, does its number certainly belong to nobody else.
            os.kill(children[0], signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        print(json.dumps([codes, opened]), flush=True)


if __name__ == "__main__":
    main()
