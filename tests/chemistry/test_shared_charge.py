"""Does a species with a shared charge have one drawing, whatever was typed, and quickly?"""

from __future__ import annotations

import time

import pytest
from rdkit import Chem

from ligandkb.chemistry.shared_charge import MAX_UNIT_ATOMS, drawings
from ligandkb.chemistry.species import split
from ligandkb.chemistry.structure import canonical

SAME = [
    ("NC(=[NH2+])NC(=N)N(C)C", "CN(C)C(=N)NC(N)=[NH2+]"),
    ("C[N+](C)=CC=CN(C)C", "CN(C)C=CC=[N+](C)C"),
    ("CN(C)c1cc[nH+]cc1", "C[N+](C)=C1C=CNC=C1"),
    ("Nc1cccc[nH+]1", "[NH2+]=c1cccc[nH]1"),
    ("CCCCn1cc[n+](C)c1", "CCCC[n+]1ccn(C)c1"),
    ("CC(=O)C=C(C)[O-]", "CC([O-])=CC(C)=O"),
    ("CC(=O)/C=C(/C)[O-]", "CC(=O)/C=C(\\C)[O-]"),
    ("Cc1nc[n-]n1", "Cc1n[n-]cn1"),
    ("NC(N)=[NH+]/N=C/C", "NC(=[NH2+])N/N=C/C"),
    ("CCCCCCCC/C=C/CC1=[N+](C)C=CN1CC", "CCCCCCCC/C=C/Cc1n(C)cc[n+]1CC"),
    ("CC([O-])=C(C(C)=O)/C(C)=N/O", "CC(=O)[C-](/C(C)=N/O)C(C)=O"),
    ("O/N=C/c1cc[n-]n1", "[n-]1nc(/C=N/O)cc1"),
]
APART = [
    ("NC(N)=[NH+]/N=C/C", "NC(N)=[NH+]/N=C\\C"),  # a double bond that no drawing makes single keeps its side
    ("CCCCCCCC/C=C/Cc1n(C)cc[n+]1CC", "CCCCCCCC/C=C\\Cc1n(C)cc[n+]1CC"),
    # isomers of oximes and hydrazones, also where some drawing of the charge gives their C=N away
    ("O/N=C/c1cc[n+](C)cc1", "O/N=C\\c1cc[n+](C)cc1"),
    ("C[n+]1ccc(/C=N/N)cc1", "C[n+]1ccc(/C=N\\N)cc1"),
    ("CN/N=C/c1ccc(C(N)=[NH2+])cc1", "CN/N=C\\c1ccc(C(N)=[NH2+])cc1"),
    ("C[n+]1ccn(C)c1/C=N/N(C)c1ccccc1", "C[n+]1ccn(C)c1/C=N\\N(C)c1ccccc1"),
    ("O/N=C/c1cc[n-]n1", "O/N=C\\c1cc[n-]n1"),
    ("CC([O-])=C(C(C)=O)/C(C)=N/O", "CC([O-])=C(C(C)=O)/C(C)=N\\O"),
    ("Cc1cc[nH+]c(N)c1", "Cc1ccc(N)[nH+]c1"),
    ("NC(N)=[NH2+]", "NC=[NH2+]"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_species_one_drawing(one, other):
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_species_stay_apart(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("smiles", [smiles for pair in [*SAME, *APART] for smiles in pair])
def test_the_order_of_the_atoms_does_not_matter(smiles, redraw):
    assert {canonical(variant) for variant in redraw(smiles, 4)} == {canonical(smiles)}
    assert canonical(canonical(smiles)) == canonical(smiles)


@pytest.mark.parametrize("smiles", [smiles for pair in [*SAME, *APART] for smiles in pair])
def test_charge_and_hydrogens_survive(smiles):
    before, after = Chem.MolFromSmiles(smiles), Chem.MolFromSmiles(canonical(smiles))
    assert Chem.GetFormalCharge(before) == Chem.GetFormalCharge(after)
    assert sorted(atom.GetTotalNumHs() for atom in before.GetAtoms()) == sorted(
        atom.GetTotalNumHs() for atom in after.GetAtoms()
    )


def test_an_aromatic_drawing_is_preferred_to_a_quinoid_one():
    assert "c1ccc(" in canonical("C[N+](C)=C1C=CC(=NN=C2N(C)C=CN2C)C=C1")


# 11_resonance_hang.smi of the faults, a phthalocyanine that took over fifteen minutes, and kinds of them
HANGS = [
    "Nc1nc(Nc2ccc(C=Cc3ccc(Nc4nc(N)nc(Nc5ccc(C=Cc6ccccc6)cc5)n4)cc3)cc2)nc(Nc2ccccc2)n1.Br",
    "C[n+]1[nH]c2nc1N=C1N=C(NC3=NC(=NC4=NC(=N2)c2ccccc24)c2cc(C(C)(C)C)ccc23)c2ccccc21",
    "CN(C)c1ccc(cc1)C(c1ccc(N(C)C)cc1)=C1C=CC(=[N+](C)C)C=C1",
    "CC[N+]1=C(C=CC=CC=CC=C2N(CC)c3ccccc3C2(C)C)C(C)(C)c2ccccc21",
    "Nc1nc(N)nc(" + "Nc2nc(N)nc(N)n2".replace("N)n2", "Nc3nc(N)nc(N)n3)n2") + ")[nH+]1",
    "[NH2+]=C(N)" + "N=C(N)" * 40 + "N",
    "C[n+]1ccc(cc1)" + "-c1ccc(cc1)" * 30 + "-c1cc[n+](C)cc1",
    "NC(=[NH2+])NCCC" * 12 + "C",
]


@pytest.mark.parametrize("smiles", HANGS, ids=range(len(HANGS)))
def test_a_large_dye_takes_no_time(smiles):
    start = time.process_time()
    split(smiles)
    assert time.process_time() - start < 1.0  # tens of milliseconds on an idle machine


def test_a_unit_beyond_the_limit_keeps_its_drawing():
    smiles = "[NH2+]=C(N)" + "N=C(N)" * (MAX_UNIT_ATOMS // 3) + "N"
    mol = Chem.MolFromSmiles(smiles)
    assert drawings(mol) == (Chem.MolToSmiles(mol),)
