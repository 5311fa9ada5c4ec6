"""Does memory stay the same, however long a list is?"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from ligandkb.screening.guard import Crew
from ligandkb.screening.inputs import chunks_of, read_lines
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.worker import _CHUNKS_A_WORKER
from tests.screening.test_guard import children

MOST_MB = 450


@pytest.mark.slow
def test_no_process_grows_over_the_life_of_a_worker(kb, shared):
    options = ScreenOptions(data=(), rules=(), carry=())
    library = str(shared / "library" / "emolecules_carboxylic_acids.smi.gz")
    peaks = []
    with Crew(kb, options) as crew:
        for _ in crew.screen(chunks_of(islice(read_lines([library], options), 6000), options.chunk_lines)):
            keeper = crew._process.pid
            peaks.append(max(peak_mb(pid) for pid in (keeper, *children(keeper))))
    # What little grows from chunk to chunk goes with the worker, which makes room for a new one.
    per_chunk = (peaks[-1] - peaks[2]) / (len(peaks) - 3)
    assert peaks[-1] + per_chunk * _CHUNKS_A_WORKER < MOST_MB


def peak_mb(pid: int | str) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024


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
options = ScreenOptions(data=(), rules=(), carry=())
with Alone(lk.load(), options) as crew:
    lines = islice(read_lines(sys.argv[1:], options), 8000)
    for number, _ in enumerate(crew.screen(chunks_of(lines, options.chunk_lines)), 1):
        if number in (4, 16):
            print(peak_mb("self"))
"""
