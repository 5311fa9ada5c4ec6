import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from ligandkb.descriptors.quantum.compute import Limits, Progress, compute, plan
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level

pytest.importorskip("tblite")
pytest.importorskip("ase")

LEVELS = (DEFAULT_LEVEL,)
ROOT = Path(__file__).resolve().parents[3]


class Shelf(dict):
    """Where records are kept, as simply as can be."""

    def store(self, records):
        self.update({record.key: record for record in records})


def test_what_is_stored_is_not_computed_again():
    shelf = Shelf()
    first = compute(["[OH-]", "CN", "CN"], LEVELS, lookup=shelf.get, store=shelf.store)
    assert (first.computed, first.stored_before) == (2, 0)

    def refuse(records):
        raise AssertionError("computed again")

    again = compute(["[OH-]", "CN"], LEVELS, lookup=shelf.get, store=refuse)
    assert (again.computed, again.stored_before) == (0, 2)


def test_only_lacking_levels_are_planned_small_species_first():
    shelf = Shelf()
    compute(["[OH-]"], LEVELS, lookup=shelf.get, store=shelf.store)
    tasks, there = plan(["CCN", "[OH-]"], (DEFAULT_LEVEL, Level("GFN1-xTB", "gas")), shelf.get)
    assert [(task.species, len(task.levels)) for task in tasks] == [("[OH-]", 1), ("CCN", 2)]
    assert there == 1


def test_failures_are_listed_by_reason_and_stop_nothing():
    shelf = Shelf()
    steps: list[Progress] = []
    summary = compute(
        ["[OH-]", "[NH3+]CC(=O)[O-]", "CCCCCCCC(=O)[O-]"],
        LEVELS,
        lookup=shelf.get,
        store=shelf.store,
        limits=Limits(atoms=12),
        progress=steps.append,
    )
    assert summary.computed == 1
    reasons = {reason.split(":")[0]: species for reason, species in summary.failures.items()}
    assert reasons == {"geometry": ["[NH3+]CC(=O)[O-]"], "more than 12 atoms": ["CCCCCCCC(=O)[O-]"]}
    assert [step.done for step in steps] == [1, 2, 3]


def test_a_time_limit_is_reported_but_tried_again_next_time():
    shelf = Shelf()
    species = ["O=C([O-])c1ccccc1"]
    summary = compute(species, LEVELS, lookup=shelf.get, store=shelf.store, limits=Limits(seconds=0.2))
    assert list(summary.failures) == ["took longer than 0.2 s"]
    assert not shelf


def test_the_same_run_twice_is_identical_to_the_last_bit():
    runs = []
    for _ in range(2):
        shelf = Shelf()
        compute(["CC(=O)[O-]", "CSC"], LEVELS, lookup=shelf.get, store=shelf.store)
        runs.append(shelf)
    assert runs[0] == runs[1]


SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from ligandkb.descriptors.quantum.compute import compute
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.storage.descriptor_cache import store_descriptors, stored_descriptors

if __name__ == "__main__":
    species = ["C" * length + "N" for length in range(1, 7)]
    cache = Path(sys.argv[1])
    stored, store = {one.key: one for one in stored_descriptors(cache)}, partial(store_descriptors, cache)
    told = lambda step: print(step.species, flush=True)
    summary = compute(species, [DEFAULT_LEVEL], lookup=stored.get, store=store, progress=told)
    print("computed", summary.computed, "stored before", summary.stored_before, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not of this system")
def test_kill_9_in_mid_run_loses_no_finished_task(tmp_path):
    pytest.importorskip("sqlmodel")
    script, cache = tmp_path / "run.py", tmp_path / "cache.sqlite"
    script.write_text(textwrap.dedent(SCRIPT))
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(cache)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as run:
        finished = [run.stdout.readline().strip() for _ in range(3)]
        run.send_signal(signal.SIGKILL)
    assert finished == ["CN", "CCN", "CCCN"]
    time.sleep(0.2)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    lines = again.stdout.split("\n")
    assert not set(finished) & set(lines)
    computed, there = int(lines[-2].split()[1]), int(lines[-2].split()[-1])
    assert computed + there == 6
    assert there >= 3
    from ligandkb.storage.descriptor_cache import stored_descriptors

    assert len({record.key.species for record in stored_descriptors(cache)}) == 6
