"""Is a salt the same salt however a catalogue draws it?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.ionisation import ionise_metals, join_protons
from ligandkb.chemistry.proton_shifts import transfer_protons
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


def test_nothing_is_lost(molecules):
    for smiles in molecules:
        mol = Chem.MolFromSmiles(smiles)
        after = transfer_protons(ionise_metals(mol))
        assert Chem.GetFormalCharge(after) == Chem.GetFormalCharge(mol), smiles
        formulas = [Chem.rdMolDescriptors.CalcMolFormula(one) for one in (mol, after)]
        assert formulas[0] == formulas[1], smiles


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
