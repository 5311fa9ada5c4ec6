"""Are elements found without going through the atoms, and found alike?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of, elements_in, elements_of_pattern


@pytest.mark.parametrize(
    "smiles",
    ["CC(=O)[O-]", "[Pb+2].[Br-].[Br-]", "[2H]OC", "[13CH4]", "F[P-](F)(F)(F)(F)F.[NH4+]", "[Cs+]", "[Og]"],
)
def test_elements_are_those_of_the_atoms_and_of_their_hydrogens(smiles):
    mol = Chem.MolFromSmiles(smiles)
    with_hydrogens = Chem.AddHs(mol)
    assert elements_in(mol) == {atom.GetAtomicNum() for atom in with_hydrogens.GetAtoms()}
    assert [atom.GetIdx() for atom in atoms_of(mol)] == list(range(mol.GetNumAtoms()))


def test_a_pattern_needs_the_elements_of_which_it_leaves_no_choice():
    assert elements_of_pattern(Chem.MolFromSmarts("[O-,S-;D1][P;X4;+1]c[#7,#8]")) == {6, 15}
