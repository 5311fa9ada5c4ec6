"""Does memory stay the same, however long a list is?"""

from __future__ import annotations

import re
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


def peak_mb(pid: int) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024
