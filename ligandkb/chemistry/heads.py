"""Which part of a ligand decides how it binds?

A long alkyl tail changes a molecule's computed hardness but not its donor. So tails are cut off before
electronic descriptors are computed, and expensive work is done once for each distinct head.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of
from ligandkb.chemistry.motifs import atoms_in_chelates, binding_modes
from ligandkb.chemistry.species import SpeciesKind, split
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
    inside a chelate ring or between the charges of a zwitterion, nor at a carbon that branches where it is
    bound to a donor N or P itself: tri-tert-butylphosphine is no trimethylphosphine. What carries induction or
    resonance to the donor, or crowds it, therefore stays. Charge, donors and binding modes stay the same.

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
    if len(species) != 1 or species[0].kind.is_cation or species[0].kind is SpeciesKind.WATER:
        return canonical(smiles)
    mol = parse(species[0].smiles)
    modes = binding_modes(mol)
    donors = {atom for mode in modes for atom in mode.donor_atoms}
    if not donors:
        return species[0].smiles
    uncut = atoms_in_chelates(mol, modes) | _between_charges(mol, donors) | _crowding(mol, donors)
    tails = _tails(mol, donors, uncut)
    return _cut(mol, tails) if tails else species[0].smiles


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


@dataclass(frozen=True)
class _Tail:
    """What is cut off at one bond, or at the two bonds of a ring."""

    kept: int
    roots: tuple[int, ...]
    atoms: frozenset[int]
    fluorinated: bool


def _between_charges(mol: Chem.Mol, donors: set[int]) -> set[int]:
    """Atoms between the cation of a zwitterion and its donors, on both sides of a ring if it lies on one."""
    cations = [atom.GetIdx() for atom in atoms_of(mol) if atom.GetFormalCharge() > 0]
    if not cations:
        return set()
    near = _neighbours(mol)
    from_donors = [(donor, _distances(near, [donor])) for donor in donors]
    found = np.zeros(mol.GetNumAtoms(), dtype=bool)
    for cation in cations:
        from_cation = _distances(near, [cation])
        for donor, from_donor in from_donors:
            found |= from_cation + from_donor == from_cation[donor]
    return set(np.flatnonzero(found).tolist())


_PNICTOGENS = frozenset({7, 15, 33, 51})


def _crowding(mol: Chem.Mol, donors: set[int]) -> set[int]:
    """Carbon atoms that branch where they are bound to a donor N or P, whose three substituents crowd the metal."""
    return {
        near.GetIdx()
        for donor in donors
        if mol.GetAtomWithIdx(donor).GetAtomicNum() in _PNICTOGENS
        for near in mol.GetAtomWithIdx(donor).GetNeighbors()
        if _is_sp3_carbon(near) and sum(atom.GetAtomicNum() == 6 for atom in near.GetNeighbors()) > 1
    }


def _neighbours(mol: Chem.Mol) -> list[list[int]]:
    return [[near.GetIdx() for near in atom.GetNeighbors()] for atom in atoms_of(mol)]


def _distances(near: list[list[int]], sources: Iterable[int]) -> NDArray[np.int_]:
    """Bonds from the nearest source to each atom of a connected molecule."""
    distances = np.full(len(near), -1)
    front = deque(sources)
    distances[list(front)] = 0
    while front:
        index = front.popleft()
        for other in near[index]:
            if distances[other] < 0:
                distances[other] = distances[index] + 1
                front.append(other)
    return distances


def _tails(mol: Chem.Mol, donors: set[int], uncut: set[int]) -> list[_Tail]:
    """Tails to cut, of nested ones the longest: what is bound nearer to a donor is tried first."""
    near = _neighbours(mol)
    distances = _distances(near, donors)
    is_sp3 = [_is_sp3_carbon(atom) for atom in atoms_of(mol)]
    chains = {
        fluorinated: {
            atom.GetIdx()
            for atom in atoms_of(mol)
            if atom.GetIdx() not in donors | uncut
            and (_is_perfluoroalkyl(atom) if fluorinated else _is_hydrocarbon(atom))
            and (distances[atom.GetIdx()] > PROTECTED_BONDS or not _is_functional(atom))
        }
        for fluorinated in (False, True)
    }
    found: list[_Tail] = []
    lost: set[int] = set()
    for kept in map(int, np.argsort(distances, kind="stable")):
        if kept in uncut or kept in lost or not is_sp3[kept]:
            continue
        for fluorinated, allowed in chains.items():
            for root in near[kept]:
                # A ring hangs on the kept atom by two bonds: both are cut, or none.
                if root in lost or _is_in_small_ring(mol.GetBondBetweenAtoms(kept, root)):
                    continue
                beyond = _side(near, root, kept, allowed)
                roots = tuple(other for other in near[kept] if other in beyond)
                if not beyond or not all(is_sp3[other] for other in roots):
                    continue
                if fluorinated and not _is_perfluorinated(mol.GetAtomWithIdx(kept), beyond):
                    continue
                found.append(_Tail(kept, roots, beyond, fluorinated))
                lost |= beyond
    return found


def _cut(mol: Chem.Mol, tails: list[_Tail]) -> str:
    edit = Chem.RWMol(mol)
    for tail in tails:
        atom = edit.GetAtomWithIdx(tail.kept)
        for root in tail.roots:
            edit.RemoveBond(tail.kept, root)
            if tail.fluorinated:
                edit.AddBond(tail.kept, edit.AddAtom(Chem.Atom(9)), Chem.BondType.SINGLE)
            elif atom.GetNoImplicit():
                atom.SetNumExplicitHs(atom.GetNumExplicitHs() + 1)
        atom.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
    for index in sorted({index for tail in tails for index in tail.atoms}, reverse=True):
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    Chem.AssignStereochemistry(edit, cleanIt=True, force=True)
    return canonical(Chem.MolToSmiles(edit))


def _side(near: list[list[int]], start: int, blocked: int, allowed: set[int]) -> frozenset[int]:
    """Atoms reached from one end of a bond without crossing the other; empty if one of them isn't allowed."""
    if start not in allowed:
        return frozenset()
    seen, front = {start}, [start]
    while front:
        for other in near[front.pop()]:
            if other not in seen and other != blocked:
                if other not in allowed:
                    return frozenset()
                seen.add(other)
                front.append(other)
    return frozenset(seen)


def _is_in_small_ring(bond: Chem.Bond) -> bool:
    """Cyclopropane and cyclobutane are strained: their carbon bonds act on what they bear, unlike a tail's."""
    return bool(bond.IsInRingSize(3) or bond.IsInRingSize(4))


def _is_sp3_carbon(atom: Chem.Atom) -> bool:
    return bool(atom.GetAtomicNum() == 6 and atom.GetHybridization() is Chem.HybridizationType.SP3)


def _is_hydrocarbon(atom: Chem.Atom) -> bool:
    return atom.GetAtomicNum() in (1, 6) and not atom.GetFormalCharge() and not atom.GetIsotope()


def _is_perfluoroalkyl(atom: Chem.Atom) -> bool:
    return bool(atom.GetAtomicNum() == 9 or (_is_sp3_carbon(atom) and atom.GetTotalNumHs() == 0))


def _is_perfluorinated(atom: Chem.Atom, beyond: frozenset[int]) -> bool:
    """Whether a kept carbon bears F and no H, so that an F in place of the tail changes little on it."""
    return atom.GetTotalNumHs() == 0 and any(
        near.GetAtomicNum() == 9 and near.GetIdx() not in beyond for near in atom.GetNeighbors()
    )


def _is_functional(atom: Chem.Atom) -> bool:
    """Heteroatoms and atoms of π groups."""
    return atom.GetAtomicNum() not in (1, 6) or not _is_sp3_carbon(atom)
