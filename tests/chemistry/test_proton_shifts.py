"""Do protons go where they belong, and does nothing else change?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.proton_shifts import shift_protons
from ligandkb.chemistry.species import formula_unit, split


def ions(smiles: str) -> str:
    return formula_unit(split(smiles))


@pytest.mark.parametrize(
    ("drawn", "salt"),
    [
        ("NCCc1ccccc1.I", "[NH3+]CCc1ccccc1.[I-]"),
        ("I.C(Cc1ccccc1)N", "[NH3+]CCc1ccccc1.[I-]"),
        ("c1ccncc1.Cl", "c1cc[nH+]cc1.[Cl-]"),
        ("c1c[nH]cn1.Br", "c1c[nH+]c[nH]1.[Br-]"),
        ("Nc1ccccc1.Cl", "[NH3+]c1ccccc1.[Cl-]"),
        ("NN.Cl", "N[NH3+].[Cl-]"),
        ("NO.Cl", "[NH3+]O.[Cl-]"),
        ("C1CNCCN1.Cl.Cl", "C1C[NH2+]CC[NH2+]1.[Cl-].[Cl-]"),
        ("CCN.CCN.OS(=O)(=O)O", "CC[NH3+].CC[NH3+].[O-]S(=O)(=O)[O-]"),
        ("CC(=O)O.N", "CC(=O)[O-].[NH4+]"),
        ("C(=N)N.CC(=O)O", "NC=[NH2+].CC(=O)[O-]"),  # formamidinium acetate
        ("N.N.OP(=O)(O)O", "[NH4+].[NH4+].OP(=O)([O-])[O-]"),
        ("NC(N)=N.SC#N", "NC(N)=[NH2+].[S-]C#N"),
        ("NC(N)=N.N=C=S", "NC(N)=[NH2+].[S-]C#N"),
        ("[2H]Cl.N", None),
    ],
)
def test_acid_beside_base_is_a_salt(drawn, salt):
    expected = ions(salt) if salt else None
    if expected is None:
        assert {species.charge for species in split(drawn)} == {-1, +1}
    else:
        assert ions(drawn) == expected


@pytest.mark.parametrize(
    "smiles",
    [
        "CCCCN.CC(=O)O",  # how far a carboxylic acid's proton moves in toluene is open
        "NC(=O)c1ccccc1.Cl",  # an amide is no base
        "CC#N.Cl",
        "O.Br",
        "CCO.Cl",
    ],
)
def test_left_as_drawn(smiles):
    assert all(species.charge == 0 for species in split(smiles))


def test_the_strongest_base_takes_the_proton_whatever_the_order():
    aminopyridine = {ions("NCc1ccncc1.Cl"), ions("Cl.c1cc(CN)ccn1")}
    assert aminopyridine == {ions("[NH3+]Cc1ccncc1.[Cl-]")}
    assert ions("NCCCCC(N)C(=O)O.Cl") == ions("Cl.OC(=O)C(N)CCCCN")


def test_shift_protons_takes_heavy_hydrogen_too():
    mol = Chem.MolFromSmiles("CC(=O)O[2H]")
    assert Chem.MolToSmiles(shift_protons(mol, {3: -1})) == "CC(=O)[O-]"


def test_a_hydroxyl_gives_its_proton_as_if_everything_were_worked_out_anew(molecules, library_acids):
    examples = [smiles for one in (*ALERTS, *MOTIFS) for smiles in (*one.matches, *one.rejects)]
    compared = 0
    for smiles in (*molecules, *library_acids, *examples):
        mol = Chem.MolFromSmiles(smiles)
        for (oxygen,) in mol.GetSubstructMatches(HYDROXYL) if mol is not None else ():
            fast, slow = shift_protons(mol, {oxygen: -1}), Chem.RWMol(mol)
            slow.GetAtomWithIdx(oxygen).SetFormalCharge(-1)
            slow.GetAtomWithIdx(oxygen).SetNoImplicit(True)
            slow.GetAtomWithIdx(oxygen).SetNumExplicitHs(0)
            Chem.SanitizeMol(slow)
            assert _all_of(fast) == _all_of(slow), smiles
            compared += 1
    assert compared > 500


HYDROXYL = Chem.MolFromSmarts("[OX2;H1;D1;+0]")


def _all_of(mol: Chem.Mol) -> list[object]:
    atoms = [
        (
            atom.GetAtomicNum(),
            atom.GetFormalCharge(),
            atom.GetTotalNumHs(),
            atom.GetNoImplicit(),
            atom.GetTotalValence(),
            atom.GetHybridization(),
            atom.GetIsAromatic(),
            atom.GetChiralTag(),
            atom.GetNumRadicalElectrons(),
        )
        for atom in mol.GetAtoms()
    ]
    bonds = [
        (bond.GetBondType(), bond.GetIsConjugated(), bond.GetIsAromatic(), bond.GetStereo())
        for bond in mol.GetBonds()
    ]
    return [atoms, bonds, Chem.MolToSmiles(mol), *map(list, mol.GetRingInfo().AtomRings())]
