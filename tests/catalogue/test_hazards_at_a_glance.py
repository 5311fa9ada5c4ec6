"""Is what is told at a glance of a product's dangers what a look into every list tells?"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdkit import rdBase

from ligandkb.catalogue.known_hazards import KnownHazards, _together
from ligandkb.catalogue.products import Product, product_from_smiles
from ligandkb.chemistry.alerts import ALERTS
from ligandkb.problems import LigandkbError

HAZARDS = Path(__file__).resolve().parents[2] / "data" / "hazards"


def products(structures: Iterable[str]) -> list[Product]:
    found = []
    for smiles in structures:
        try:
            found.append(product_from_smiles(smiles))
        except LigandkbError:
            continue
    return found


def differences(hazards: KnownHazards, asked: Iterable[Product]) -> list[str]:
    """Products of which a look into every list says something else."""
    return [
        product.smiles
        for product in asked
        if (hazards.label(product), hazards.inherited(product), hazards.safety_data(product))
        != (
            _together(hazards._readings(product)),
            _together(hazards._passed_on(product)),
            hazards.tables.safety_data(hazards._cas_numbers(product)),
        )
    ]


def test_nothing_that_is_listed_is_overlooked(kb) -> None:
    lines = (HAZARDS / "names.csv").read_text(encoding="utf-8").splitlines()
    listed = [line.split(",", 2)[1] for line in lines if not line.startswith("#") and line.count(",") > 1]
    hazards = kb.catalogue.hazards
    with rdBase.BlockLogs():
        asked = products([*filter(None, listed[1::6]), *hazards.labels])
    assert differences(hazards, asked) == []
    assert sum(hazards.label(product) is not None for product in asked) > len(asked) / 2


def test_examples_and_the_catalogue_are_not_overlooked(kb) -> None:
    examples = {smiles for alert in ALERTS for smiles in (*alert.matches, *alert.rejects)}
    asked = [*products(sorted(examples)), *kb.catalogue.products]
    assert differences(kb.catalogue.hazards, asked) == []


def test_a_supplier_s_list_is_not_overlooked(kb, shared) -> None:
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        sample = random.Random(7).sample([line.split()[0] for line in stream], 600)
    asked = products(sample)
    hazards = kb.catalogue.hazards
    assert differences(hazards, asked) == []
    assert sum(hazards._is_unknown(product) for product in asked) > 0.85 * len(asked)
