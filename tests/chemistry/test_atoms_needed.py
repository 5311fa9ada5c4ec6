"""Does a pattern that is ruled out by its atoms never match?"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.acids import ACIDS, BASES
from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.atoms_needed import AtomsNeeded
from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.structure import forget, parse
from ligandkb.problems import StructureError

PATTERNS = [one.smarts for one in (*MOTIFS, *ACIDS, *BASES)]
NEEDED = AtomsNeeded(PATTERNS)
COMPILED = list(map(Chem.MolFromSmarts, PATTERNS))
EXAMPLES = [smiles for one in (*ALERTS, *MOTIFS) for smiles in (*one.matches, *one.rejects)]


def lost(mol: Chem.Mol) -> list[str]:
    possible = set(NEEDED.possible(outline_of(mol)))
    return [
        PATTERNS[number]
        for number, pattern in enumerate(COMPILED)
        if number not in possible and mol.HasSubstructMatch(pattern)
    ]


def molecules_of(lines: Iterable[str]) -> Iterator[Chem.Mol]:
    """What is drawn, and the forms in which it binds."""
    for line in lines:
        try:
            texts = [line, *(form.smiles for form in binding_forms(line))]
        except StructureError:
            continue
        yield from map(parse, texts)


def test_no_match_is_lost(molecules, catalogue_smiles, library_acids):
    for mol in molecules_of([*molecules, *catalogue_smiles, *EXAMPLES, *library_acids]):
        assert not lost(mol), Chem.MolToSmiles(mol)


def library(shared: Path, number: int) -> list[str]:
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        return random.Random(1410).sample(stream.read().split(), number)


def test_no_match_is_lost_in_2000_acids(shared: Path):
    for mol in molecules_of(library(shared, 2_000)):
        assert not lost(mol), Chem.MolToSmiles(mol)


@pytest.mark.slow
def test_no_match_is_lost_in_100000_acids(shared: Path):
    lines = library(shared, 100_000)
    for start in range(0, len(lines), 1_000):
        for mol in molecules_of(lines[start : start + 1_000]):
            assert not lost(mol), Chem.MolToSmiles(mol)
        forget()


def test_few_patterns_are_left():
    palmitate = outline_of(Chem.MolFromSmiles("CCCCCCCCCCCCCCCC(=O)[O-]"))
    left = [PATTERNS[number] for number in NEEDED.possible(palmitate) if number < len(MOTIFS)]
    assert 1 <= len(left) <= 6, left


@pytest.mark.parametrize(
    ("smarts", "without", "with_it"),
    [
        ("[OX1]=[CX3]([OX1-])[OX1-,OX2H1]", "CC(=O)[O-]", "OC(=O)[O-]"),  # two of which one may be charged
        ("[#6;$([#6][F,Cl,Br]),$([#6]C#N)]", "CC=O", "CC#N"),  # either alternative
        ("[NX3;+0;$(N[NX3;+0])]", "CN", "NN"),  # a second atom, named around the first
        ("[SX2;!$(S~[!#6])]", "CS(C)=O", "CSC"),
        ("[F-,Cl-;X0]", "CCl", "[Cl-]"),
        ("[OX2H1]", "COC", "[2H]OC"),  # a hydrogen that is drawn counts, too
    ],
)
def test_what_is_needed(smarts, without, with_it):
    needed = AtomsNeeded([smarts])
    assert needed.possible(outline_of(Chem.MolFromSmiles(without))) == ()
    assert needed.possible(outline_of(Chem.MolFromSmiles(with_it))) == (0,)
