"""Which part of a ligand decides how it binds?

A long alkyl tail changes a molecule's computed hardness but not its donor. So tails are cut off before
electronic descriptors are computed, and expensive work is done once for each distinct head.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from rdkit import Chem

from ligandkb.chemistry.motifs import BindingMode, binding_modes, chelate_paths
from ligandkb.chemistry.species import Kind, split
from ligandkb.chemistry.structure import canonical, parse

PROTECTED_BONDS = 3
"""A heteroatom or π group that lies within so many bonds of a donor is never cut away."""


@lru_cache(maxsize=65536)
def head_of(smiles: str) -> str:
    r"""Canonical SMILES of a species with its tails cut.

    Cut are C(sp3)-C(sp3) bonds with nothing but C and H beyond, which get a hydrogen, and bonds between two
    perfluorinated carbons with nothing but C and F beyond, which get a fluorine. A saturated ring is a tail,
    too, and both its bonds are cut, but for strained rings of three and four;
    neither where a heteroatom or π group within three bonds of a donor would be lost, nor at an atom
    inside a chelate ring or between the charges of a zwitterion. What carries induction or resonance to
    the donor therefore stays. Charge, donors and binding modes stay the same.

    Parameters
    ----------
    smiles : str
        One species: an anion, zwitterion or neutral donor.

    Returns
    -------
    str
        The head; the species itself if it has no donor, is a cation (partners have no head) or several
        species (a Z-type salt).

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> head_of("CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"), head_of("CCCCCCCC(F)(F)C(=O)[O-]")
    ('CC(=O)[O-]', 'O=C([O-])C(F)F')
    """
    if "." in smiles:
        return canonical(smiles)
    species = split(smiles)
    if len(species) != 1 or species[0].kind.is_cation or species[0].kind is Kind.WATER:
        return canonical(smiles)
    mol = parse(species[0].smiles)
    modes = binding_modes(mol)
    donors = {atom for mode in modes for atom in mode.donor_atoms}
    cuts = _cuts(mol, donors, _inside_chelate(mol, modes) | _between_charges(mol, donors))
    return _cut(mol, cuts) if cuts else species[0].smiles


_TAIL = Chem.MolFromSmarts(
    "[CH2;!R][CH2;!R][CH2;!R][CH2;!R]"
)  # longer than what is protected next to a donor


@lru_cache(maxsize=65536)
def keeps_a_tail(head: str) -> bool:
    """Whether a head still has a tail, kept for what hangs on its far end: 12-hydroxydodecanoate.

    Its values are those of a long chain, and can't be compared with those of a head that was cut.

    Parameters
    ----------
    head : str
        As from :func:`head_of`.

    Returns
    -------
    bool

    Examples
    --------
    >>> keeps_a_tail("O=C([O-])CCCCCCCCCCCO"), keeps_a_tail("O=C([O-])CCC(=O)[O-]")
    (True, False)
    """
    return bool(parse(head).HasSubstructMatch(_TAIL))


def _inside_chelate(mol: Chem.Mol, modes: tuple[BindingMode, ...]) -> set[int]:
    pairs = combinations(modes, 2)
    return {atom for one, other in pairs for path in chelate_paths(mol, one, other) for atom in path}


def _between_charges(mol: Chem.Mol, donors: set[int]) -> set[int]:
    """Atoms between the cation of a zwitterion and its donors, on both sides of a ring if it lies on one."""
    distances = Chem.GetDistanceMatrix(mol)
    cations = [atom.GetIdx() for atom in mol.GetAtoms() if atom.GetFormalCharge() > 0]
    return {
        atom
        for cation in cations
        for donor in donors
        for atom in range(mol.GetNumAtoms())
        if distances[cation][atom] + distances[atom][donor] == distances[cation][donor]
    }


def _cuts(mol: Chem.Mol, donors: set[int], uncut: set[int]) -> list[tuple[int, int, bool]]:
    """Bonds to cut as (kept atom, lost atom, capped with fluorine); of nested tails the longest."""
    if not donors:
        return []
    distances = Chem.GetDistanceMatrix(mol)
    found: list[tuple[int, int, bool, frozenset[int]]] = []
    for bond in mol.GetBonds():
        if _is_in_small_ring(bond):
            continue
        for kept, lost in (
            (bond.GetBeginAtom(), bond.GetEndAtom()),
            (bond.GetEndAtom(), bond.GetBeginAtom()),
        ):
            if kept.GetIdx() in uncut or not _is_sp3_carbon(kept):
                continue
            beyond = _side(mol, lost.GetIdx(), kept.GetIdx())
            # A ring hangs on the kept atom by two bonds: both are cut, or none.
            if beyond & (donors | uncut) or not all(
                _is_sp3_carbon(near) for near in kept.GetNeighbors() if near.GetIdx() in beyond
            ):
                continue
            fluorinated = _is_perfluoroalkyl(mol, beyond) and _is_perfluorinated(kept, beyond)
            if not (fluorinated or _is_hydrocarbon(mol, beyond)):
                continue
            nearest = {atom: min(distances[donor][atom] for donor in donors) for atom in beyond}
            if any(nearest[atom] <= PROTECTED_BONDS and _is_functional(mol, atom) for atom in beyond):
                continue
            found.append((kept.GetIdx(), lost.GetIdx(), fluorinated, beyond))
    return [
        (kept, lost, fluorinated)
        for kept, lost, fluorinated, beyond in found
        if not any(beyond < other for *_, other in found)
    ]


def _cut(mol: Chem.Mol, cuts: list[tuple[int, int, bool]]) -> str:
    edit = Chem.RWMol(mol)
    lost_atoms: set[int] = set()
    for kept, lost, _ in cuts:
        lost_atoms |= _side(mol, lost, kept)
    for kept, lost, fluorinated in cuts:
        edit.RemoveBond(kept, lost)
        atom = edit.GetAtomWithIdx(kept)
        atom.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
        if fluorinated:
            edit.AddBond(kept, edit.AddAtom(Chem.Atom(9)), Chem.BondType.SINGLE)
        elif atom.GetNoImplicit():
            atom.SetNumExplicitHs(atom.GetNumExplicitHs() + 1)
    for index in sorted(lost_atoms, reverse=True):
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    Chem.AssignStereochemistry(edit, cleanIt=True, force=True)
    return canonical(Chem.MolToSmiles(edit))


def _side(mol: Chem.Mol, start: int, blocked: int) -> frozenset[int]:
    """Atoms that are reached from one end of a bond without crossing it."""
    seen, front = {start, blocked}, [start]
    while front:
        for near in mol.GetAtomWithIdx(front.pop()).GetNeighbors():
            if near.GetIdx() not in seen:
                seen.add(near.GetIdx())
                front.append(near.GetIdx())
    return frozenset(seen - {blocked})


def _is_in_small_ring(bond: Chem.Bond) -> bool:
    """Cyclopropane and cyclobutane are strained: their carbon bonds act on what they bear, unlike a tail's."""
    return bool(bond.IsInRingSize(3) or bond.IsInRingSize(4))


def _is_sp3_carbon(atom: Chem.Atom) -> bool:
    return bool(atom.GetAtomicNum() == 6 and atom.GetHybridization() is Chem.HybridizationType.SP3)


def _is_hydrocarbon(mol: Chem.Mol, atoms: frozenset[int]) -> bool:
    return all(
        atom.GetAtomicNum() in (1, 6) and not atom.GetFormalCharge() and not atom.GetIsotope()
        for atom in map(mol.GetAtomWithIdx, atoms)
    )


def _is_perfluoroalkyl(mol: Chem.Mol, atoms: frozenset[int]) -> bool:
    return all(
        atom.GetAtomicNum() == 9 or (_is_sp3_carbon(atom) and atom.GetTotalNumHs() == 0)
        for atom in map(mol.GetAtomWithIdx, atoms)
    )


def _is_perfluorinated(atom: Chem.Atom, beyond: frozenset[int]) -> bool:
    """Whether a kept carbon bears F and no H, so that an F in place of the tail changes little on it."""
    return atom.GetTotalNumHs() == 0 and any(
        near.GetAtomicNum() == 9 and near.GetIdx() not in beyond for near in atom.GetNeighbors()
    )


def _is_functional(mol: Chem.Mol, index: int) -> bool:
    """Heteroatoms and atoms of π groups."""
    atom = mol.GetAtomWithIdx(index)
    return atom.GetAtomicNum() not in (1, 6) or not _is_sp3_carbon(atom)
