"""Does searching for all alerts together find what each finds by itself?"""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdkit import Chem, rdBase

from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.alerts.questions import QUESTIONS, RARE_QUESTIONS
from ligandkb.chemistry.alerts.search import AlertSearch
from ligandkb.chemistry.smarts import read
from ligandkb.chemistry.structure import parse
from ligandkb.problems import StructureError

ROOT = Path(__file__).resolve().parents[2]
SEARCH = AlertSearch(ALERTS)
SLOW_SAMPLE = 100_000


def lost_or_invented(structures: Iterable[str]) -> dict[str, set[str]]:
    """Structures of which the search for all alerts says something else than each alert by itself."""
    found = {}
    for smiles in structures:
        try:
            mol = parse(smiles)
        except StructureError:
            continue
        together = set(SEARCH.raised(mol))
        one_by_one = {alert.name for alert in ALERTS if alert.matches_molecule(mol)}
        if together != one_by_one:
            found[smiles] = together ^ one_by_one
    return found


def library(shared: Path, size: int) -> list[str]:
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        lines = [line.split()[0] for line in stream]
    return random.Random(10).sample(lines, min(size, len(lines)))


def test_no_example_is_lost() -> None:
    examples = {smiles for alert in ALERTS for smiles in (*alert.matches, *alert.rejects)}
    assert lost_or_invented(examples) == {}


def test_nothing_that_governments_list_is_lost() -> None:
    """Thousands of dangerous structures of every kind, and those of the catalogue."""
    with (ROOT / "data" / "hazards" / "names.csv").open(encoding="utf-8") as stream:
        listed = [
            line.split(",", 2)[1] for line in stream if not line.startswith("#") and line.count(",") > 1
        ]
    with (ROOT / "data" / "ligands.csv").open(encoding="utf-8", newline="") as stream:
        sold = [row["smiles"] for row in csv.DictReader(stream)]
    with rdBase.BlockLogs():
        assert lost_or_invented([*filter(None, listed), *sold]) == {}


def test_nothing_is_lost_in_whatever_order_its_atoms_are_drawn() -> None:
    examples = {smiles for alert in ALERTS for smiles in alert.matches}
    rdBase.SeedRandomNumberGenerator(10)
    drawn = [Chem.MolToSmiles(parse(smiles), doRandom=True) for smiles in sorted(examples)]
    assert lost_or_invented(drawn) == {}


def test_nothing_in_a_supplier_s_list_is_lost(shared: Path) -> None:
    assert lost_or_invented(library(shared, 2000)) == {}


@pytest.mark.slow
def test_nothing_in_a_long_list_is_lost(shared: Path) -> None:
    assert lost_or_invented(library(shared, SLOW_SAMPLE)) == {}


@pytest.mark.parametrize("smarts", [*RARE_QUESTIONS, *QUESTIONS])
def test_a_question_is_plain(smarts: str) -> None:
    """Patterns around the atoms of a question would not be looked at when it is found in an alert."""
    question = read(smarts)
    assert not any(conjunct.around or "$" in conjunct.text for atom in question.atoms for conjunct in atom)
    assert len(Chem.GetMolFrags(question.compiled)) == 1


def test_few_patterns_are_left_to_search_for(shared: Path) -> None:
    """What makes the search fast: of some 250 patterns hardly any is searched for in a common acid."""
    left = [len(SEARCH.sieve.possible(parse(smiles))) for smiles in library(shared, 300)]
    assert sum(left) / len(left) < 12
