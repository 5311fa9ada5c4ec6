"""Do the tables of constants in water state facts that can be checked?

Read with the csv module alone, as tests/data/test_catalogue_facts.py does. Rows of lead are held against the
reference in tests/descriptors/test_lead_table.py.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from rdkit import Chem

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "../shared/reference"
IUPAC, SRD_46, PHREEQC = "10.5281/zenodo.7236452", "10.18434/M32154", "10.3133/tm6A43"
ACETIC_SHIFT = 0.20  # 4.757 - 4.56, rows 144421 and 144406


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


FURTHER = read(ROOT / "data" / "further_pka.csv")
LEAD = read(ROOT / "data" / "lead_affinity.csv")


def beside(name: str) -> list[dict[str, str]]:
    if not (REFERENCE / name).is_file():
        pytest.skip(f"{name} is not beside this checkout")
    return read(REFERENCE / name)


@pytest.mark.parametrize("name", ["further_pka", "lead_affinity"])
def test_form_of_the_file(name):
    text = (ROOT / "data" / f"{name}.csv").read_bytes().decode("utf-8")
    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    assert text == again.getvalue()
    section = (
        (ROOT / "data" / "README.md").read_text(encoding="utf-8").split(f"## {name}.csv")[1].split("\n## ")[0]
    )
    documented = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    assert text.splitlines()[0].split(",") == documented


@pytest.mark.parametrize(
    "row", [*FURTHER, *LEAD], ids=lambda row: f"{row['name']} {row.get('log_k1_locator', '')}"
)
def test_structures_are_canonical_and_sourced(row):
    assert row["smiles"] == Chem.CanonSmiles(row["smiles"])
    assert row["doi"] in {IUPAC, SRD_46, PHREEQC}
    assert row.get("locator", row.get("log_k1_locator"))
    assert all(cell == cell.strip() for cell in row.values())


def test_acids_are_neutral_and_stand_in_one_table():
    others = {
        (row["smiles"], row["acts_as"], row["pka_step"]) for row in read(ROOT / "data/conjugate_acid_pka.csv")
    }
    keys = [(row["smiles"], row["acts_as"], row["pka_step"]) for row in FURTHER]
    assert len(set(keys)) == len(keys)
    assert not others & set(keys)
    assert all(Chem.GetFormalCharge(Chem.MolFromSmiles(smiles)) == 0 for smiles, *_ in keys)
    assert not any(row["assessment"] == "Very uncertain" for row in FURTHER)


def test_values_of_the_iupac_dataset_are_those_printed():
    printed = {(row["iupac_id"], row["pka_step"]): row for row in beside("conjugate_acid_pka.csv")}
    for row in FURTHER:
        if other := printed.get((row["locator"], row["pka_step"])):
            for name in ("pka", "temperature_c", "assessment"):
                assert row[name] == other[name], row["name"]


def test_values_of_srd_46_are_those_of_their_rows():
    rows = {row["srd46_row"]: row for row in beside("lead_stability_constants.csv") if row["srd46_row"]}
    for row in FURTHER:
        match = re.fullmatch(r"SRD 46 row (\d+)", row["locator"])
        if row["doi"] != SRD_46 or not match:
            continue
        source = rows[match[1]]
        inferred = re.match(r"inferred: (\S+) at ionic strength 0.1", row["note"])
        assert float(source["ionic_strength_mol_l"]) == (0.1 if inferred else 0.0), row["name"]
        expected = float(source["log_k"]) + (ACETIC_SHIFT if inferred else 0.0)
        assert float(row["pka"]) == pytest.approx(expected, abs=0.005), row["name"]
