"""Is a pattern that the surroundings of atoms rule out, or take for granted, what RDKit finds?"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.acids import ACIDS, BASES
from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.around import Around
from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.motifs.binding_modes import LAST_RESORT
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.structure import forget, parse
from ligandkb.problems import StructureError

PATTERNS = [
    *((one.smarts, donor) for one in MOTIFS for donor in one.donors),
    *((one.smarts, 0) for one in (*ACIDS, *BASES)),
]
(LAST,) = (motif for motif in MOTIFS if motif.group == LAST_RESORT)
AROUND = Around(PATTERNS)
COMPILED = [Chem.MolFromSmarts(smarts) for smarts, _ in PATTERNS]
EXAMPLES = [smiles for one in (*ALERTS, *MOTIFS) for smiles in (*one.matches, *one.rejects)]


def matched(mol: Chem.Mol, pattern: Chem.Mol, atom: int) -> set[int]:
    matches = mol.GetSubstructMatches(pattern, uniquify=False, maxMatches=100_000)
    return {match[atom] for match in matches}


def told_wrongly(mol: Chem.Mol) -> list[str]:
    """Patterns with an atom too few, or where RDKit need not be asked, too many."""
    possible = AROUND.possible(outline_of(mol))
    if possible is None:
        return []
    wrong = []
    for position, (smarts, atom) in enumerate(PATTERNS):
        told = possible.get(position, [])
        assert told == sorted(told)
        if not told and not mol.HasSubstructMatch(COMPILED[position]):
            continue
        found = matched(mol, COMPILED[position], atom)
        if set(told) != found if AROUND.is_exact(position) else not found.issubset(told):
            wrong.append(smarts)
    return wrong


def molecules_of(lines: Iterable[str]) -> Iterator[Chem.Mol]:
    """What is drawn, and the forms in which it binds."""
    for line in lines:
        try:
            texts = [line, *(form.smiles for form in binding_forms(line))]
        except StructureError:
            continue
        yield from map(parse, texts)


def test_what_surroundings_tell_is_so(molecules, catalogue_smiles, library_acids):
    for mol in molecules_of([*molecules, *catalogue_smiles, *EXAMPLES, *library_acids]):
        assert not told_wrongly(mol), Chem.MolToSmiles(mol)


def library(shared: Path, number: int) -> list[str]:
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        return random.Random(1410).sample(stream.read().split(), number)


def test_what_surroundings_tell_is_so_in_2000_acids(shared: Path):
    for mol in molecules_of(library(shared, 2_000)):
        assert not told_wrongly(mol), Chem.MolToSmiles(mol)


@pytest.mark.slow
def test_what_surroundings_tell_is_so_in_100000_acids(shared: Path):
    lines = library(shared, 100_000)
    for start in range(0, len(lines), 1_000):
        for mol in molecules_of(lines[start : start + 1_000]):
            assert not told_wrongly(mol), Chem.MolToSmiles(mol)
        forget()


def test_few_patterns_are_left():
    palmitate = outline_of(Chem.MolFromSmiles("CCCCCCCCCCCCCCCC(=O)[O-]"))
    left = [PATTERNS[position][0] for position in AROUND.possible(palmitate)]
    assert left == [MOTIFS[1].smarts, MOTIFS[1].smarts, LAST.smarts]
    assert sum(AROUND.is_exact(position) for position in range(len(PATTERNS))) > 0.8 * len(PATTERNS)


@pytest.mark.parametrize(
    ("smarts", "without", "with_it"),
    [
        ("[OX1]=[CX3]([OX1-])[OX1-,OX2H1]", "CC(=O)[O-]", "OC(=O)[O-]"),  # two of which one may be charged
        ("[#6;$([#6][F,Cl,Br]),$([#6]C#N)]", "CC=O", "CC#N"),  # either alternative
        ("[NX3;+0;$(N[NX3;+0])]", "CN", "NN"),  # a second atom, named around the first
        ("[SX2;!$(S~[!#6])]", "CS(C)=O", "CSC"),
        ("[OX2H1]C(=O)CN", "OC(=O)CC", "OC(=O)CN"),  # what is four bonds away
        ("[F-,Cl-;X0]", "CCl", "[Cl-]"),
        ("O(C)C", "CO", "COC"),  # two neighbours, not the same twice
        ("[#6]-[#6]", "c1ccccc1", "c1ccccc1-c1ccccc1"),  # single, not aromatic
        ("[SeX2][#6]", "[SeH][SeH]", "c1cc[se]c1"),  # unlike S, RDKit's Se may be aromatic
        ("[#6][#6][#7]", "CC.CN", "c1ccncc1"),  # single or aromatic
    ],
)
def test_what_is_there(smarts, without, with_it):
    around = Around([(smarts, 0)])
    assert around.is_exact(0)
    assert around.possible(outline_of(Chem.MolFromSmiles(without))) == {}
    assert around.possible(outline_of(Chem.MolFromSmiles(with_it)))


@pytest.mark.parametrize(
    "smarts",
    [
        "[nX2;r6]",  # rings aren't followed
        "n1nnnc1",
        "CCCC",  # in cyclopropane the last would be the first
        "[13C]",
        "[C@H](C)(N)O",
        "[!C]",  # no aliphatic carbon: may be aromatic, or no carbon
        "C!@C",
        "[C;$(CCCC)]",
        "[C;!$(C1CC1)]",
    ],
)
def test_what_outlines_do_not_tell_is_left_to_rdkit(smarts):
    around = Around([(smarts, 0)])
    assert not around.is_exact(0)
    for smiles in ("C1CC1", "CCCC", "c1ncnnc1", "c1cnnn1C", "[13CH4]", "C[C@H](N)O"):
        mol = Chem.MolFromSmiles(smiles)
        assert matched(mol, Chem.MolFromSmarts(smarts), 0).issubset(
            around.possible(outline_of(mol)).get(0, [])
        )


@pytest.mark.parametrize("smiles", ["[2H]OC", "[NH3]->[Pt+2]"])
def test_a_drawn_hydrogen_or_an_odd_bond_is_left_to_rdkit(smiles):
    assert AROUND.possible(outline_of(Chem.MolFromSmiles(smiles))) is None


def test_only_what_is_asked_for_is_gone_through():
    around = Around([("[CX4]", 0), ("[OX2H1]C", 0), ("[NX3]", 0)])
    outline = outline_of(Chem.MolFromSmiles("NCCO"))
    assert list(around.possible(outline)) == [0, 1, 2]
    assert list(around.possible(outline, 1)) == [0, 1]
    assert list(around.possible(outline, until_certain=True)) == [0]
