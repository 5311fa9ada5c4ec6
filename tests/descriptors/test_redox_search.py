"""Does what saves the search for redox-active groups lose none, and are a head's donors found by its group alone?"""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.forms import binding_forms, form_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors import redox, topological
from ligandkb.problems import LigandkbError

ROOT = Path(__file__).resolve().parents[2]
# One of each alternative of each pattern, by itself, in a cage, and drawn with what is next to it.
HOLDERS = [
    "O=C1C=CC(=O)C=C1",
    "O=C1C(=O)C=Cc2ccccc12",
    "O=C1c2ccccc2C(=O)c2ccccc12",
    "O=c1ccc(=O)cc1",
    "Sc1ccc(O)cc1",
    "[S-]c1ccccc1O",
    "[2H]Sc1ccc(O)cc1",
    "O=[N+]([O-])c1ccncc1",
    "N#Cc1ccccc1C#N",
    "N#CC(C#N)=C(C#N)C#N",
    "N#CC=CC#N",
    "c1cnc2ncncc2n1",
    "Nc1nc2ncc(CO)nc2c(=O)[nH]1",
    "c1cc2ccc3cccc4ccc(c1)c2c34",
    "c1ccc2cc3cc4ccccc4cc3cc2c1",
    "C1=CC2=CC=CC3=CC=CC1=C23",
    "C=CC=CC=CC=CC=C",
    "c1ccccc1N=Nc1ccccc1",
    "c1ccc2c(c1)Cc1ccccc1O2",
    "C1CCC2C(C1)CC1CCCCC1N2",
    "c1ccc2nc3ccccc3cc2c1",
    "C1=Cc2cc3ccc(cc4nc(cc5ccc(cc1n2)[nH]5)C=C4)[nH]3",
    "C12=C3C4=C5C1=C1C6=C2C2=C3C3=C7C4=C4C5=C5C1=C1C6=C6C2=C2C3=C3C7=C4C5=C4C1=C6C2=C34",
]


@pytest.fixture(scope="module")
def structures(shared, kb):
    lines = (ROOT / "tests" / "chemistry" / "molecules.smi").read_text(encoding="utf-8").splitlines()
    drawn = [line for line in lines if line and not line.startswith("#")]
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="ascii") as stream:
            acids = [line.strip() for line in stream]
        random.Random(8).shuffle(acids)
        drawn += acids[:100_000]
    return [*HOLDERS, *(product.smiles for product in kb.catalogue.products), *drawn]


def lost(structures) -> list[tuple[str, str]]:
    """Groups that a structure holds and of which it was said that it can't."""
    found = []
    for smiles in structures:
        mol = Chem.MolFromSmiles(smiles)
        if mol is not None:
            could = redox.possible(mol)
            found += [
                (name, smiles)
                for name, (pattern, _, _) in redox._PATTERNS.items()
                if name not in could and mol.HasSubstructMatch(pattern)
            ]
    return found


def test_no_redox_active_group_is_lost(structures):
    assert lost(structures[:2600]) == []


@pytest.mark.slow
def test_none_is_lost_in_a_hundred_thousand(structures):
    assert len(structures) > 100_000
    assert lost(structures) == []


def test_every_alternative_is_among_the_holders():
    held = {
        name
        for name, (pattern, _, _) in redox._PATTERNS.items()
        if any(Chem.MolFromSmiles(smiles).HasSubstructMatch(pattern) for smiles in HOLDERS)
    }
    assert held == set(redox._PATTERNS)


def donors_that_differ(structures) -> list[str]:
    found = []
    for smiles in structures:
        try:
            forms = [form for form in binding_forms(smiles) if form.mode is not None]
        except LigandkbError:
            continue
        for form in forms:
            head = form_of(head_of(form.smiles))
            assert head is not None
            assert head.mode is not None
            donors = topological._first_donors(parse(head.smiles), form.mode.group)
            if donors != head.mode.donor_atoms:
                found.append(form.smiles)
    return found


def test_donors_of_heads(structures):
    assert donors_that_differ(structures[:1500]) == []


@pytest.mark.slow
def test_donors_of_twenty_thousand_heads(structures):
    assert donors_that_differ(structures[:20_000]) == []
