"""Does a screen say of a structure what ``explain`` and ``rank`` say, field by field?"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from ligandkb.assessment.records import COLUMNS, record
from ligandkb.cells import cell
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import LigandkbError
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import OF_A_RANKING, Line

MOLECULES = Path(__file__).resolve().parents[1] / "chemistry/molecules.smi"
SALTS = (
    "[Br-].CCCCCCCC[N+](C)(C)C",
    "OC(=O)C(F)(F)F.NCc1ccccc1",
    "[Na+].CC(=O)[O-]",
    "CCCCCCCCP(=O)(O)O",
    "CCO",
)
SAME = [name for name in COLUMNS if name not in OF_A_RANKING]


def library(shared: Path, count: int) -> list[str]:
    """Structures of the list of acids, drawn with a fixed seed."""
    with gzip.open(shared / "library/emolecules_carboxylic_acids.smi.gz", "rt", encoding="utf-8") as stream:
        lines = [line.split()[0] for line in stream]
    return random.Random(14).sample(lines, count)


def by_screen(kb: KnowledgeBase, structures: Sequence[str]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    lines = [Line(number, smiles) for number, smiles in enumerate(structures, 1)]
    rows, rejected, screener = [], {}, screener_from(kb, ScreenOptions())
    for start in range(0, len(lines), 500):
        chunk = screen_with(screener, lines[start : start + 500])
        rows += chunk.rows.to_pylist()
        rejected |= {one.line: one.reason for one in chunk.rejected}
    return rows, rejected


def by_explain(kb: KnowledgeBase, structures: Sequence[str]) -> Iterator[tuple[int, dict[str, Any] | str]]:
    for number, smiles in enumerate(structures, 1):
        try:
            for assessment in kb.assess_all(smiles):
                yield number, {name: cell(value) for name, value in record(assessment, 1).items()}
        except LigandkbError as error:
            yield number, str(error)


def compare(kb: KnowledgeBase, structures: Sequence[str]) -> None:
    # A screen knows shipped values only: what this machine has computed is left out of both.
    kb = replace(kb, computed=kb.computed.without_cache())
    rows, rejected = by_screen(kb, structures)
    told = iter(rows)
    for number, expected in by_explain(kb, structures):
        if isinstance(expected, str):
            assert number in rejected, (structures[number - 1], expected)
            continue
        row = next(told)
        assert row["line"] == number
        differ = {name: (row[name], expected[name]) for name in SAME if row[name] != expected[name]}
        assert not differ, structures[number - 1]
    assert next(told, None) is None


def test_structures_of_many_kinds(kb: KnowledgeBase) -> None:
    lines = MOLECULES.read_text("utf-8").splitlines()
    drawn = [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]
    compare(kb, [*SALTS, "nonsense", *random.Random(14).sample(drawn, 100)])


def test_two_hundred_acids_that_can_be_bought(kb: KnowledgeBase, shared: Path) -> None:
    compare(kb, library(shared, 200))


@pytest.mark.slow
def test_two_thousand_acids_that_can_be_bought(kb: KnowledgeBase, shared: Path) -> None:
    compare(kb, library(shared, 2000))
