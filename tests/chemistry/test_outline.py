from __future__ import annotations

import copy
import gzip
import random
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.outline import AtomKind, keep_own_text, outline_of, own_text
from ligandkb.chemistry.proton_shifts import shift_protons
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse

SIDES = (Chem.BondStereo.STEREOE, Chem.BondStereo.STEREOZ)


def kind_of_atom(atom: Chem.Atom) -> AtomKind:
    return AtomKind(
        atom.GetAtomicNum(),
        atom.GetIsAromatic(),
        atom.GetTotalDegree(),
        atom.GetTotalNumHs(),
        atom.GetFormalCharge(),
        atom.GetIsotope(),
        atom.GetHybridization() is Chem.HybridizationType.SP,
    )


def compare(mol: Chem.Mol) -> None:
    outline = outline_of(mol)
    for atom, kind, near in zip(mol.GetAtoms(), outline.kinds, outline.neighbours, strict=True):
        assert kind == kind_of_atom(atom)
        assert sorted(near) == sorted(other.GetIdx() for other in atom.GetNeighbors())
        if atom.GetAtomicNum() == 6 and not atom.GetFormalCharge():  # heads read sp3 so
            is_sp3 = atom.GetHybridization() is Chem.HybridizationType.SP3
            assert is_sp3 == (kind.connections == 4), Chem.MolToSmiles(mol)
    assert outline.has_sides or not any(bond.GetStereo() in SIDES for bond in mol.GetBonds())
    has_triple = any(bond.GetBondType() is Chem.BondType.TRIPLE for bond in mol.GetBonds())
    assert outline.has_triple_bonds == has_triple
    for index, atom in enumerate(mol.GetAtoms()):
        anion = outline.without_proton(index)
        if anion is not None:
            oxide = shift_protons(mol, {index: -1}).GetAtomWithIdx(index)
            assert anion.kinds[index] == kind_of_atom(oxide)
            assert [*anion.kinds[:index], *anion.kinds[index + 1 :]] == [
                *outline.kinds[:index],
                *outline.kinds[index + 1 :],
            ]
        else:
            assert kind_of_atom(atom) != AtomKind(8, False, 2, 1, 0, 0, False)


def compare_both_ways(smiles: str) -> None:
    """In the order of any SMILES, and of its own."""
    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return
    compare(mol)
    text = Chem.MolToSmiles(mol)
    own = Chem.MolFromSmiles(text)
    if own is not None and Chem.MolToSmiles(own) == text:
        keep_own_text(own, text)
        compare(own)


def test_an_outline_is_what_rdkit_says_atom_by_atom(molecules, catalogue_smiles, library_acids):
    examples = [smiles for one in (*ALERTS, *MOTIFS) for smiles in (*one.matches, *one.rejects)]
    for smiles in dict.fromkeys([*molecules, *catalogue_smiles, *library_acids, *examples]):
        compare_both_ways(smiles)


@pytest.mark.parametrize(
    "smiles",
    [
        "C1CC%10CC1CC%10",  # rings with two-digit numbers
        "C1CCCC=1",  # a double bond that closes a ring
        "[2H]OC([2H])=O",  # heavy hydrogen
        "[Na+].[O-]C=O",
        "F/C=C/F",
        "[C-]#[O+]",
        "N->[Cu+2]<-N",
        "O=[N+]([O-])c1c[nH]cn1",
        "C123C4C5C1C6C7C2C8C3C4C5C6C78",
    ],
)
def test_an_outline_of_unusual_drawings(smiles):
    compare_both_ways(smiles)


def test_distances_are_those_of_the_shortest_paths():
    mol = Chem.MolFromSmiles("OC(=O)C1CCC(CC1)c1ccccn1")
    outline, matrix = outline_of(mol), Chem.GetDistanceMatrix(mol)
    for start in range(mol.GetNumAtoms()):
        assert outline.distances([start]) == matrix[start].tolist()
        assert outline.within(start, 4) == {
            index: bonds for index, bonds in enumerate(matrix[start]) if bonds <= 4
        }
    assert outline_of(Chem.MolFromSmiles("C.C")).distances([0]) == [0, -1]


def test_what_was_made_of_a_molecule_has_an_outline_of_its_own():
    acetate = parse(canonical("CC(=O)[O-]"))
    acid = conjugate_acid(acetate)
    assert outline_of(acetate).kinds[3].charge == -1
    assert outline_of(acid).kinds[3].hydrogens == 1
    for copied in (Chem.Mol(acetate), copy.copy(acetate), copy.deepcopy(acetate)):
        assert own_text(copied) is None


@pytest.mark.slow
def test_an_outline_is_what_rdkit_says_for_100000_lines(shared: Path):
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        lines = stream.read().split()
    for smiles in random.Random(14).sample(lines, 100_000):
        compare_both_ways(smiles)
        outline_of.cache_clear()


def test_surroundings_are_equal_where_the_same_is_seen():
    acid = outline_of(Chem.MolFromSmiles("OC(=O)CCC"))
    other = outline_of(Chem.MolFromSmiles("CC(Cl)C(O)=O"))
    hydroxyl = next(
        index for index, kind in enumerate(other.kinds) if kind.hydrogens == 1 and kind.element == 8
    )
    assert acid.surroundings(0, 1) == other.surroundings(hydroxyl, 1)
    assert acid.surroundings(0, 2) != other.surroundings(hydroxyl, 2)  # CH2 and CH
    same = outline_of(Chem.MolFromSmiles("ClCCC(=O)O"))
    assert acid.surroundings(0, 3) == same.surroundings(5, 3)
    assert acid.surroundings(0, 4) != same.surroundings(5, 4)
