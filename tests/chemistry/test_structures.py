"""Do structures from public tables get the class and first donor that a chemist gave them?

The table's last column is that chemist's one word on the row; benchmarks/structures.py draws such structures by the
ten thousand.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.forms import binding_forms
from ligandkb.problems import StructureError

with (Path(__file__).parent / "structures_40.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


def verdict(smiles: str) -> tuple[str, str]:
    try:
        forms = binding_forms(smiles)
    except StructureError:
        return "refused", ""
    if not forms:
        return "none", ""
    first = forms[0]
    return first.ligand_class.value, first.mode.group if first.mode else ""


def test_there_are_forty():
    assert len({row["smiles"] for row in ROWS}) == len(ROWS) == 40
    assert all(row["word"] for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["smiles"])
def test_class_and_first_donor(row):
    assert verdict(row["smiles"]) == (row["class"], row["first_donor"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["smiles"])
def test_forms_are_what_they_say(row, redraw):
    if row["class"] == "refused":
        return
    for form in binding_forms(row["smiles"]):
        assert form.charge == Chem.GetFormalCharge(Chem.MolFromSmiles(form.smiles))
        assert form.charge >= 0 or form.ligand_class.value != "L"
    for variant in redraw(row["smiles"], 2):
        assert verdict(variant) == (row["class"], row["first_donor"])
