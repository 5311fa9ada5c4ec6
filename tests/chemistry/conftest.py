from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest
from rdkit import Chem

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def molecules() -> list[str]:
    """Some 300 structures as chemists and catalogues draw them."""
    lines = (HERE / "molecules.smi").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def catalogue_smiles() -> list[str]:
    """Every product of the shipped catalogue."""
    with (HERE.parents[1] / "data" / "ligands.csv").open(encoding="utf-8", newline="") as stream:
        return [row["smiles"] for row in csv.DictReader(stream)]


@pytest.fixture(scope="session")
def every_library_acid(shared: Path) -> list[str]:
    """Purchasable carboxylic acids, one SMILES each; RDKit can't read all of them."""
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        return [line.strip() for line in stream]


@pytest.fixture(scope="session")
def library_acids(every_library_acid: list[str]) -> list[str]:
    """Sample of 300 purchasable carboxylic acids that RDKit can read."""
    sample = random.Random(2018).sample(every_library_acid, 320)
    return [smiles for smiles in sample if Chem.MolFromSmiles(smiles) is not None][:300]


@pytest.fixture(scope="session")
def redraw():
    """Other ways to write a SMILES: the atoms in another order, the aromatic rings as Kekulé forms."""

    def variants(smiles: str, number: int = 2) -> list[str]:
        mol = Chem.MolFromSmiles(smiles)
        assert mol is not None, smiles
        Chem.rdBase.SeedRandomNumberGenerator(len(smiles))
        found = [Chem.MolToSmiles(mol, doRandom=True) for _ in range(number)]
        kekule = Chem.Mol(mol)
        Chem.Kekulize(kekule, clearAromaticFlags=True)
        found += [Chem.MolToSmiles(kekule, kekuleSmiles=True, doRandom=True) for _ in range(number)]
        return [text for text in found if Chem.MolFromSmiles(text) is not None]

    return variants
