"""Does any line of a supplier's list keep us longer than a second, or bring the process down?"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ligandkb.chemistry.remembered import forget
from ligandkb.problems import LigandkbError

LONGEST_S = 1.0
LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "lines_that_hang.smi").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("smiles", [pytest.param(smiles, id=name) for smiles, name in LINES])
def test_everything_is_said_of_it_or_it_is_refused_with_a_reason(smiles, kb):
    forget()
    began = time.process_time()
    try:
        kb.assess_all(smiles)
    except LigandkbError as refused:
        assert len(str(refused)) > 20
    assert time.process_time() - began < LONGEST_S
