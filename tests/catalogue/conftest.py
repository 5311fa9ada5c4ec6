from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from ligandkb.catalogue.catalogue import read_catalogue

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def shipped(tmp_path) -> Path:
    """A first folder that holds all files, with one short table of products."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in DATA.glob("*.csv"):
        shutil.copy(path, folder)
    (folder / "ligands.csv").write_text(
        "id,name,smiles,aliases\nacetic-acid,acetic acid,CC(=O)O,AcOH\nbenzoic-acid,benzoic acid,OC(=O)c1ccccc1,\n",
        encoding="utf-8",
    )
    with (DATA / "partners.csv").open(encoding="utf-8", newline="") as stream:
        partners = list(csv.DictReader(stream))
    with (folder / "partners.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, partners[0], lineterminator="\n")
        writer.writeheader()
        # The amines are not among these two products.
        writer.writerows(partner | {"made_from": ""} for partner in partners)
    return folder


@pytest.fixture
def lab(tmp_path):
    """Write a lab's own folder."""

    def write(**files: str) -> Path:
        folder = tmp_path / "lab"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def products(shipped, lab):
    """Products that stand in a lab's ligands.csv, and the problems with it."""

    def read(text: str):
        problems = []
        catalogue = read_catalogue([shipped, lab(ligands=text)], problems)
        found = [product for product in catalogue.products if "lab" in product.origin]
        return found, problems

    return read
