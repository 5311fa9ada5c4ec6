"""Which ions does this drawing of a salt mean?

Catalogues draw one salt in several ways: with covalent bonds to the metal, as ions, or as an acid beside
a base. All of them are read as the ions that the solid consists of.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice, product

from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of
from ligandkb.chemistry.proton_shifts import least, shift_protons
from ligandkb.chemistry.ring_hydrogens import set_hydrogens
from ligandkb.chemistry.structure import is_metal, ranks
from ligandkb.problems import StructureError

ALKALI_METALS = frozenset({3, 11, 19, 37, 55, 87})
"""Atomic numbers of Li, Na, K, Rb, Cs and Fr."""

MAX_ION_CHARGE = 4
"""Metals that would need more charge than this (Mn in permanganate) stay bound to their oxygen."""


def ionise_metals(mol: Chem.Mol) -> Chem.Mol:
    """Break metal-donor bonds heterolytically, the electrons going to the donor.

    Bonds to carbon stay, except to alkali metals and in cyanides, and so do those in oxo-anions of metals.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same atoms as ions.

    Examples
    --------
    >>> Chem.MolToSmiles(ionise_metals(Chem.MolFromSmiles("O[Pb]O")))
    '[OH-].[OH-].[Pb+2]'
    """
    bonds = [
        (metal.GetIdx(), bond.GetOtherAtom(metal).GetIdx(), _electrons(bond))
        for metal in atoms_of(mol)
        if is_metal(metal)
        for bond in metal.GetBonds()
        if _is_ionic(metal, bond.GetOtherAtom(metal))
    ]
    charges = Counter({atom.GetIdx(): atom.GetFormalCharge() for atom in atoms_of(mol)})
    for metal, _, electrons in bonds:
        charges[metal] += electrons
    bonds = [bond for bond in bonds if charges[bond[0]] <= MAX_ION_CHARGE]
    if not bonds:
        return mol
    edit = Chem.RWMol(mol)
    for metal, donor, electrons in bonds:
        edit.RemoveBond(metal, donor)
        for index, shift in ((metal, electrons), (donor, -electrons)):
            atom = edit.GetAtomWithIdx(index)
            hydrogens = mol.GetAtomWithIdx(index).GetTotalNumHs()
            atom.SetFormalCharge(atom.GetFormalCharge() + shift)
            atom.SetNumRadicalElectrons(0)
            set_hydrogens(atom, hydrogens)
    Chem.SanitizeMol(edit)
    return edit.GetMol()


def _electrons(bond: Chem.Bond) -> int:
    """Charge that a metal is left with when a bond breaks; none for a dative one."""
    return 0 if bond.GetBondType() == Chem.BondType.DATIVE else round(bond.GetBondTypeAsDouble())


def _is_ionic(metal: Chem.Atom, donor: Chem.Atom) -> bool:
    if is_metal(donor):
        return False
    if donor.GetAtomicNum() != 6:
        return True
    cyanide = metal.GetFormalCharge() == 0 and any(
        bond.GetBondType() == Chem.BondType.TRIPLE and bond.GetOtherAtom(donor).GetAtomicNum() == 7
        for bond in donor.GetBonds()
    )
    return cyanide or metal.GetAtomicNum() in ALKALI_METALS


_CYCLOPENTADIENIDE = Chem.MolFromSmarts("[#6-]1:[#6]:[#6]:[#6]:[#6]:1")
_MAX_DRAWINGS = 64


def join_metallocenes(mol: Chem.Mol) -> Chem.Mol:
    """Bind cyclopentadienides to the transition metal that they are drawn beside: ferrocene is one molecule.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same atoms with five dative bonds from each ring; the product as it is where several metal ions make
        it open which ring belongs to which.

    Examples
    --------
    >>> ferrocene = join_metallocenes(Chem.MolFromSmiles("[Fe+2].c1cc[cH-]c1.c1cc[cH-]c1"))
    >>> len(Chem.GetMolFrags(ferrocene))
    1
    """
    metals = [atom.GetIdx() for atom in atoms_of(mol) if atom.GetAtomicNum() in _TRANSITION_METALS]
    if len(metals) != 1 or mol.GetAtomWithIdx(metals[0]).GetDegree():
        return mol
    rings = list(mol.GetSubstructMatches(_CYCLOPENTADIENIDE))
    if not 0 < len(rings) <= mol.GetAtomWithIdx(metals[0]).GetFormalCharge():
        return mol
    if any(sum(mol.GetAtomWithIdx(index).GetFormalCharge() for index in ring) != -1 for ring in rings):
        return mol  # a ring drawn with a charge on several of its atoms is no cyclopentadienide
    drawings = []
    # A ring's charge can be drawn on any of its atoms: of all drawings the least is kept.
    for charged in islice(product(*rings), _MAX_DRAWINGS):
        edit = Chem.RWMol(mol)
        for ring, carbon in zip(rings, charged, strict=True):
            for index in ring:
                edit.GetAtomWithIdx(index).SetFormalCharge(-1 if index == carbon else 0)
                set_hydrogens(edit.GetAtomWithIdx(index), mol.GetAtomWithIdx(index).GetTotalNumHs())
                edit.AddBond(index, metals[0], Chem.BondType.DATIVE)
        Chem.SanitizeMol(edit)
        drawings.append(edit.GetMol())
    return least(drawings)


_TRANSITION_METALS = frozenset([*range(21, 30), *range(39, 48), *range(72, 80)])


_PROTON = Chem.MolFromSmarts("[$([#1+;X0]),$([OX3H3+])]")
# Atoms with room for a proton, which boron in BF4- has not; the O- that a nitro group is drawn with comes last.
_ANION_CENTRES = tuple(
    Chem.MolFromSmarts(smarts)
    for smarts in (
        "[C,N,O,F,S,Cl,Se,Br,I;-,-2,-3;!$([*]~[+,+2,+3])]",
        "[N,O;-,-2;$([*]~[+,+2,+3])]",
    )
)


def join_protons(mol: Chem.Mol) -> Chem.Mol:
    """Put protons that are drawn apart from their acid, bare or on water, back onto its anion.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same product with its acids drawn as molecules.

    Raises
    ------
    StructureError
        If there are anions of several kinds, so that the drawing doesn't say which one is the acid's.

    Examples
    --------
    >>> Chem.MolToSmiles(join_protons(Chem.MolFromSmiles("[OH3+].[Br-]")))
    'Br.O'
    """
    while (protons := mol.GetSubstructMatches(_PROTON)) and (anions := _anion_centres(mol)):
        rank = ranks(mol)
        (proton,) = min(protons)
        (centre,) = min(anions, key=lambda match: rank[match[0]])
        if len({rank[match[0]] for match in anions}) > 1:
            raise StructureError(
                "a proton is drawn apart from its acid, and there are anions of several kinds",
                "draw the acid as a molecule, e.g. OC(=O)C(F)F or Br",
            )
        if mol.GetAtomWithIdx(proton).GetAtomicNum() != 1:
            mol = shift_protons(mol, {proton: -1, centre: +1})
            continue
        edit = Chem.RWMol(mol)
        edit.AddBond(proton, centre, Chem.BondType.SINGLE)
        for index, charge in ((proton, -1), (centre, +1)):
            atom = edit.GetAtomWithIdx(index)
            atom.SetFormalCharge(atom.GetFormalCharge() + charge)
        edit.GetAtomWithIdx(centre).SetNoImplicit(True)
        Chem.SanitizeMol(edit)
        mol = edit.GetMol()
    return mol


_NONMETAL_ION = Chem.MolFromSmarts("[B,C,Si,P,S;X0;+3,+4,+5,+6]")
_HALIDE_ION = Chem.MolFromSmarts("[F,Cl,Br,I;X0;-]")


def join_nonmetal_halides(mol: Chem.Mol) -> Chem.Mol:
    """Put halides that are drawn as ions beside a bare cation of a nonmetal back onto it.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same product with the halide of B, C, Si, P or S as the molecule that it is; unchanged where halides are
        too few.

    Examples
    --------
    >>> Chem.MolToSmiles(join_nonmetal_halides(Chem.MolFromSmiles("[Si+4].[Cl-].[Cl-].[Cl-].[Cl-]")))
    'Cl[Si](Cl)(Cl)Cl'
    """
    while cations := mol.GetSubstructMatches(_NONMETAL_ION):
        (centre,) = cations[0]
        charge = mol.GetAtomWithIdx(centre).GetFormalCharge()
        halides = [match[0] for match in mol.GetSubstructMatches(_HALIDE_ION)][:charge]
        if len(halides) < charge:
            return mol
        edit = Chem.RWMol(mol)
        for index in (centre, *halides):
            edit.GetAtomWithIdx(index).SetFormalCharge(0)
            edit.GetAtomWithIdx(index).SetNumRadicalElectrons(0)
        for index in halides:
            edit.AddBond(centre, index, Chem.BondType.SINGLE)
        Chem.SanitizeMol(edit)
        mol = edit.GetMol()
    return mol


def _anion_centres(mol: Chem.Mol) -> tuple[tuple[int, ...], ...]:
    """Negative atoms of the anions that could take a proton."""
    anionic = {
        atom
        for atoms in Chem.GetMolFrags(mol)
        if sum(mol.GetAtomWithIdx(atom).GetFormalCharge() for atom in atoms) < 0
        for atom in atoms
    }
    for pattern in _ANION_CENTRES:
        found = tuple(match for match in mol.GetSubstructMatches(pattern) if match[0] in anionic)
        if found:
            return found
    return ()
