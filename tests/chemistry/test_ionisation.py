"""Is a salt the same salt however a catalogue draws it?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.ionisation import ionise_metals, join_protons, shift_protons, transfer_protons
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import StructureError


def ions(smiles: str) -> str:
    return formula_unit(split(smiles))


@pytest.mark.parametrize(
    ("covalent", "ionic"),
    [
        ("Br[Pb]Br", "[Pb+2].[Br-].[Br-]"),
        ("O[Pb]O", "[Pb+2].[OH-].[OH-]"),
        ("O=[Pb]", "[Pb+2].[O-2]"),
        ("CC(=O)O[Pb]OC(C)=O", "[Pb+2].CC(=O)[O-].CC(=O)[O-]"),
        ("CC(=O)O[Pb+].CC(=O)[O-]", "[Pb+2].CC(=O)[O-].CC(=O)[O-]"),
        ("[N-]=[N+]=N[Pb]N=[N+]=[N-]", "[Pb+2].[N-]=[N+]=[N-].[N-]=[N+]=[N-]"),
        ("N#CS[Pb]SC#N", "[Pb+2].[S-]C#N.[S-]C#N"),
        ("[Cs]Br", "[Cs+].[Br-]"),
        ("N[Na]", "[Na+].[NH2-]"),
        ("CCOC(=S)S[K]", "[K+].CCOC(=S)[S-]"),
        ("Cl[In](Cl)Cl", "[In+3].[Cl-].[Cl-].[Cl-]"),
        ("Cl[Sn](Cl)(Cl)Cl", "[Sn+4].[Cl-].[Cl-].[Cl-].[Cl-]"),
        ("[NH3][Pt](Cl)(Cl)[NH3]", "[Pt+2].[Cl-].[Cl-].N.N"),
        ("N->[Pt](Cl)(Cl)<-N", "[Pt+2].[Cl-].[Cl-].N.N"),
        ("[Na]C#N", "[Na+].[C-]#N"),
        ("N#C[Zn]C#N", "[Zn+2].[C-]#N.[C-]#N"),
        ("[Li]CCCC", "[Li+].[CH2-]CCC"),
    ],
)
def test_covalently_drawn_salts_are_ions(covalent, ionic):
    assert ions(covalent) == ions(ionic)


@pytest.mark.parametrize(
    ("smiles", "charge"),
    [
        ("[O-][Mn](=O)(=O)=O", -1),  # an oxo-anion, not Mn7+ and oxide
        ("[O-][Cr](=O)(=O)[O-]", -2),
        ("[Fe-4](C#N)(C#N)(C#N)(C#N)(C#N)C#N", -4),  # ferrocyanide is no cyanide
        ("CC[Zn]CC", 0),
        ("CC[Pb](CC)(CC)CC", 0),
    ],
)
def test_bonds_that_stay(smiles, charge):
    (species,) = split(smiles)
    assert (species.charge, species.count) == (charge, 1)


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


def test_nothing_is_lost(molecules):
    for smiles in molecules:
        mol = Chem.MolFromSmiles(smiles)
        after = transfer_protons(ionise_metals(mol))
        assert Chem.GetFormalCharge(after) == Chem.GetFormalCharge(mol), smiles
        formulas = [Chem.rdMolDescriptors.CalcMolFormula(one) for one in (mol, after)]
        assert formulas[0] == formulas[1], smiles


def test_shift_protons_takes_heavy_hydrogen_too():
    mol = Chem.MolFromSmiles("CC(=O)O[2H]")
    assert Chem.MolToSmiles(shift_protons(mol, {3: -1})) == "CC(=O)[O-]"


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("[H+].[Br-]", "Br"),
        ("[2H+].[Br-]", "[2H]Br"),
        ("[H+].[O-]C(=O)C(F)F", "OC(=O)C(F)F"),
        ("[OH3+].[O-]Cl(=O)(=O)=O", "O.OCl(=O)(=O)=O"),
        ("[H+].[H+].[O-]S(=O)(=O)[O-]", "OS(=O)(=O)O"),
        ("[H+].[Na+].[O-]S(=O)(=O)[O-]", "[Na+].OS(=O)(=O)[O-]"),
        ("[H+].[O-][N+](=O)[O-]", "O[N+](=O)[O-]"),
        ("[H+].[C-]#N", "C#N"),
        ("[H+].[O-]C(=O)c1ccc(cc1)[N+](=O)[O-]", "OC(=O)c1ccc(cc1)[N+](=O)[O-]"),
        # no molecule: the proton stays where it was drawn
        ("[H+].F[B-](F)(F)F", "[H+].F[B-](F)(F)F"),
        ("[Na+].[Br-]", "[Na+].[Br-]"),
    ],
)
def test_a_proton_drawn_apart_goes_back_to_its_acid(apart, together):
    joined = join_protons(Chem.MolFromSmiles(apart))
    assert Chem.CanonSmiles(Chem.MolToSmiles(joined)) == Chem.CanonSmiles(together)


def test_a_proton_that_could_be_any_anion_s_is_refused():
    with pytest.raises(StructureError, match="draw the acid as a molecule"):
        join_protons(Chem.MolFromSmiles("[H+].[Na+].[Br-].CC(=O)[O-]"))


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
