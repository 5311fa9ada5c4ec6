"""Do properties and solubilities state what their sources print? Read with the csv module alone."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from chemicals import miscdata, phase_change
from chemicals.identifiers import CAS_to_int
from rdkit import Chem
from rdkit.Chem.Descriptors import MolWt

DATA = Path(__file__).resolve().parents[2] / "data"
CHEMICALS = "https://github.com/CalebBell/chemicals"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


TABLES = {name: read(name) for name in ("properties", "solubility")}
LIGAND = {row["smiles"]: row for row in read("ligands")}
MADE = [row for row in TABLES["properties"] if row["source"] == CHEMICALS]


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_those_that_the_readme_documents(name: str) -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"\n## {name}.csv", 1)[1].split("\n## ")[0]
    assert list(TABLES[name][0]) == re.findall(r"^\| `(\w+)`", section, re.MULTILINE)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_source_and_a_place_in_it(name: str) -> None:
    for row in TABLES[name]:
        assert re.match(r"10\.\d{4,9}/|https?://", row["source"]), row["name"]
        assert row["locator"] and row["name"]


def test_what_two_rows_say_is_not_said_twice() -> None:
    properties = [
        (Chem.CanonSmiles(row["smiles"]), column)
        for row in TABLES["properties"]
        for column in ("state_20c", "melting_point_c", "boiling_point_c", "density_g_per_ml")
        if row[column]
    ]
    assert len(set(properties)) == len(properties)


def test_a_product_keeps_what_its_own_row_says() -> None:
    for row in TABLES["properties"]:
        own = LIGAND.get(row["smiles"], {})
        assert not any(row[column] and own.get(column) for column in ("melting_point_c", "density_g_per_ml"))


@pytest.mark.parametrize("row", MADE, ids=lambda row: row["name"])
def test_what_chemicals_says_is_its_own(row: dict[str, str]) -> None:
    cas = LIGAND[row["smiles"]]["cas"]
    if row["boiling_point_c"]:
        table = re.search(r"Tb (CRC_\w+)", row["locator"])
        assert table
        assert float(row["boiling_point_c"]) == pytest.approx(
            phase_change.Tb(cas, method=table[1]) - 273.15, abs=0.01
        )
        melting = LIGAND[row["smiles"]]["melting_point_c"]
        assert not melting or float(melting) < float(row["boiling_point_c"])
    if row["density_g_per_ml"]:
        volume = miscdata.common_chemistry_data.at[CAS_to_int(cas), "Vml"] * 1e6
        mass = MolWt(Chem.MolFromSmiles(row["smiles"]))
        assert float(row["density_g_per_ml"]) == pytest.approx(mass / volume, abs=0.001)
        assert 0.7 < float(row["density_g_per_ml"]) < 1.8  # liquids of C, H, N, O, P, S, F
