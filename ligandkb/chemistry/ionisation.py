"""Which ions does this drawing of a salt mean?

Catalogues draw one salt in several ways: with covalent bonds to the metal, as ions, or as an acid beside
a base. All of them are read as the ions that the solid consists of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rdkit import Chem

from ligandkb.chemistry.structure import is_metal
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
        for metal in mol.GetAtoms()
        if is_metal(metal)
        for bond in metal.GetBonds()
        if _is_ionic(metal, bond.GetOtherAtom(metal))
    ]
    charges = Counter({atom.GetIdx(): atom.GetFormalCharge() for atom in mol.GetAtoms()})
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
            atom.SetNoImplicit(True)
            atom.SetNumExplicitHs(hydrogens)
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


@dataclass(frozen=True)
class _Acid:
    """A separately drawn acid that is in fact a salt with the bases up to a certain strength."""

    pattern: Chem.Mol  # the first atom carries the proton
    weakest_base: int  # index in BASES


def _acid(smarts: str, weakest_base: int) -> _Acid:
    return _Acid(Chem.MolFromSmarts(smarts), weakest_base)


# Order of falling basicity; the first atom takes the proton.
BASES = tuple(
    Chem.MolFromSmarts(smarts)
    for smarts in (
        "[NX2;+0]=[#6X3][NX3;+0]",  # imine nitrogen of a guanidine or amidine
        "[NX3H3]",  # ammonia
        # an sp3 amine, not next to C=O, S=O, P=O, C=C (an enamine's base is its carbon), an aromatic ring or
        # another heteroatom
        "[NX3;+0;!H3;!$(N[#6]=,#[O,S,N]);!$(N[#6]=[#6]);!$(N[S,P,N,O]);!$(N[a])]",
        "[nX2;+0;$(n:[#6]:[n;H1,X3]);r5]",  # imidazoles
        "[nX2;+0;r6]",  # pyridines
        "[NX3;H1,H2;+0;!$(N[#6]=[O,S,N]);$(N[a]);!$(N[S,P,N,O])]",  # anilines
        "[NX3;H2;+0;$(N[N,O;+0]);!$(N[#6]=[O,S,N])]",  # hydrazines and hydroxylamines
    )
)
"""Nitrogen bases that take up protons, in order of falling strength; a pattern's first atom takes it."""
_AMMONIA, AMINE, _ANY_BASE = 1, 2, len(BASES) - 1
# In order of falling acidity. Carboxylic acids with alkylamines are left as drawn: how far their proton
# moves in toluene is open, whereas ammonium and amidinium carboxylates are sold as salts. So are the alkylammonium
# salts of the strongest ones: dihalogeno acids and oxalic acid are 9 pKa units below methylammonium
# (data/conjugate_acid_pka.csv).
_ACIDS = (
    _acid("[F,Cl,Br,I;X1H1,X0;+0]", _ANY_BASE),  # hydrogen halides
    _acid("[OX2H1][Cl;X4](~O)(~O)~O", _ANY_BASE),  # perchloric acid
    _acid("[OX2H1][SX4](=O)(=O)", _ANY_BASE),  # sulfonic acids, alkyl sulfates, sulfuric acid
    _acid("[OX2H1][NX3+](=O)[O-]", _ANY_BASE),  # nitric acid
    _acid("[SX2H1][CX2]#[NX1]", _ANY_BASE),  # thiocyanic acid
    _acid("[NX2H1]=[CX2]=[S,Se]", _ANY_BASE),  # isothiocyanic acid
    _acid("[OX2H1][$([CX3](=O)[CX4]([F,Cl,Br])[F,Cl,Br]),$([CX3](=O)[CX3](=O)[OX2H1])]", AMINE),
    _acid("[OX2H1][PX4]=O", AMINE),  # phosphoric, phosphonic and phosphinic acids
    _acid("[OX2H1][CX3]=O", _AMMONIA),  # carboxylic acids, carbonic acid
)


def transfer_protons(mol: Chem.Mol) -> Chem.Mol:
    """Move the protons of a separately drawn acid to the bases that it was sold with, one by one.

    The most acidic proton goes to the strongest base; which of several alike it is follows from the
    canonical ranks of the atoms, not from their order in the SMILES.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same product with its protons where they belong.

    Examples
    --------
    >>> Chem.MolToSmiles(transfer_protons(Chem.MolFromSmiles("c1ccncc1.Br")))
    '[Br-].c1cc[nH+]cc1'
    """
    while (found := _next_transfer(mol)) is not None:
        acid, base = found
        mol = shift_protons(mol, {acid: -1, base: +1})
    return mol


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
        rank = list(Chem.CanonicalRankAtoms(mol, breakTies=False))
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


def shift_protons(mol: Chem.Mol, shifts: Mapping[int, int]) -> Chem.Mol:
    """Take protons from atoms (-1), heavy hydrogen too, and give protons to atoms (+1).

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Left as it is.
    shifts : mapping of int to int
        Atom index to change of hydrogen count and charge.

    Returns
    -------
    rdkit.Chem.Mol
        Sanitised copy.

    Examples
    --------
    >>> Chem.MolToSmiles(shift_protons(Chem.MolFromSmiles("NCC(=O)O"), {0: +1, 4: -1}))
    '[NH3+]CC(=O)[O-]'
    """
    edit = Chem.RWMol(mol)
    heavy = []
    for index, shift in shifts.items():
        atom = edit.GetAtomWithIdx(index)
        hydrogens = atom.GetTotalNumHs() + shift
        atom.SetFormalCharge(atom.GetFormalCharge() + shift)
        atom.SetNoImplicit(True)
        atom.SetNumExplicitHs(max(hydrogens, 0))
        if hydrogens < 0:
            heavy.append(next(near.GetIdx() for near in atom.GetNeighbors() if near.GetAtomicNum() == 1))
    for index in sorted(heavy, reverse=True):
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    return edit.GetMol()


def _next_transfer(mol: Chem.Mol) -> tuple[int, int] | None:
    """The atom that gives its proton next and the base that takes it."""
    fragments = Chem.GetMolFrags(mol)
    if len(fragments) < 2:
        return None
    fragment_of = {atom: number for number, atoms in enumerate(fragments) for atom in atoms}
    for acid in _ACIDS:
        acids = [
            match[0]
            for match in mol.GetSubstructMatches(acid.pattern)
            if mol.GetAtomWithIdx(match[0]).GetTotalNumHs(includeNeighbors=True) > 0
        ]
        if not acids:
            continue
        rank = list(Chem.CanonicalRankAtoms(mol, breakTies=False))
        # An acid in the base's own molecule makes a zwitterion, which is a binding form, not a salt.
        taken = {fragment_of[atom] for atom in acids}
        for base in BASES[: acid.weakest_base + 1]:
            bases = [
                match[0] for match in mol.GetSubstructMatches(base) if fragment_of[match[0]] not in taken
            ]
            if bases:
                return min(acids, key=rank.__getitem__), min(bases, key=rank.__getitem__)
    return None
