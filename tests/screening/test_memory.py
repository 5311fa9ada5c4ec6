"""Does memory stay the same, however long a list is?"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from ligandkb.screening import guard
from ligandkb.screening.guard import Crew
from ligandkb.screening.inputs import chunks_of, read_lines
from ligandkb.screening.options import ScreenOptions
from tests.screening.test_guard import children

MOST_MB = 450


@pytest.mark.slow
def test_no_process_grows_for_long(kb, shared, monkeypatch):
    """A worker that has grown makes room for a new one, so that the peaks of all stay where that of the first was."""
    started = guard._START.replace("worker.main()", "worker._MOST_GROWN_MB = 10.0; worker.main()")
    monkeypatch.setattr(guard, "_START", started)
    options = ScreenOptions(carry=())
    library = str(shared / "library" / "emolecules_carboxylic_acids.smi.gz")
    workers, peaks = set(), []
    with Crew(kb, options) as crew:
        for _ in crew.screen(chunks_of(islice(read_lines([library], options), 10_000), options.chunk_lines)):
            keeper = crew._process.pid
            workers.update(children(keeper))
            peaks.append(max(peak_mb(pid) for pid in (keeper, *children(keeper))))
    assert len(workers) > 2
    assert max(peaks) < 1.1 * max(peaks[:4]) < MOST_MB


def peak_mb(pid: int | str) -> float:
    """The most memory that a process has held; 0 of one that has just ended."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


@pytest.mark.slow
def test_this_process_alone_grows_no_more_than_a_worker(shared):
    library = str(shared / "library" / "emolecules_carboxylic_acids.smi.gz")
    alone = subprocess.run(
        [sys.executable, "-c", _ALONE, library], capture_output=True, text=True, check=True
    )
    early, late = map(float, alone.stdout.split())
    assert late < MOST_MB and late < 1.15 * early


_ALONE = """
import sys
from itertools import islice
import ligandkb as lk
from rdkit import rdBase
from ligandkb.screening.inputs import chunks_of, read_lines
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.run import Alone
from tests.screening.test_memory import peak_mb

rdBase.DisableLog("rdApp.*")
options = ScreenOptions(carry=())
with Alone(lk.load(), options) as crew:
    lines = islice(read_lines(sys.argv[1:], options), 8000)
    for number, _ in enumerate(crew.screen(chunks_of(lines, options.chunk_lines)), 1):
        if number in (4, 16):
            print(peak_mb("self"))
"""
