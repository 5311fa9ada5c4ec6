"""Which part of a ligand decides how it binds?

A long alkyl tail changes a molecule's computed hardness but not its donor. So tails are cut off before
electronic descriptors are computed, and expensive work is done once for each distinct head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdkit import Chem

from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.motifs import atoms_in_chelates, binding_modes
from ligandkb.chemistry.outline import AtomKind, Outline, outline_of
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.species import SpeciesKind, kind_of, split
from ligandkb.chemistry.structure import canonical, has_metal, parse, written

PROTECTED_BONDS = 3
"""A heteroatom or π group that lies within so many bonds of a donor is never cut away."""


@remembered(65536)
@lasting
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
    text = canonical(smiles)
    mol = parse(text)
    if has_metal(mol):
        text, *others = [species.smiles for species in split(smiles)]
        if others:  # drawn with bonds to the metal
            return canonical(smiles)
        mol = parse(text)
    kind = kind_of(text)
    if kind.is_cation or kind is SpeciesKind.WATER:
        return canonical(smiles)
    outline = outline_of(mol)
    if not _may_have_a_tail(outline):
        return text
    modes = binding_modes(mol)
    donors = {atom for mode in modes for atom in mode.donor_atoms}
    if not donors:
        return text
    is_sp3 = [_is_sp3_carbon(mol, index, kind) for index, kind in enumerate(outline.kinds)]
    uncut = (
        atoms_in_chelates(mol, modes) | _between_charges(outline, donors) | _crowding(outline, is_sp3, donors)
    )
    tails = _tails(mol, outline, is_sp3, donors, uncut)
    return _cut(mol, tails) if tails else text


_TAIL = Chem.MolFromSmarts(
    "[CH2;!R][CH2;!R][CH2;!R][CH2;!R]"
)  # longer than what is protected next to a donor


@remembered(65536)
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


_ELEMENTS_OF_TAILS = frozenset({1, 6, 9})


def _may_have_a_tail(outline: Outline) -> bool:
    """Whether one end of some bond between saturated carbons holds no more than C, H and F: most molecules end here."""
    kinds = outline.kinds
    saturated = {
        index
        for index, kind in enumerate(kinds)
        if kind.element == 6 and (kind.connections == 4 or kind.charge)
    }
    foreign = {index for index, kind in enumerate(kinds) if kind.element not in _ELEMENTS_OF_TAILS}
    return any(
        root in saturated and _side(outline.neighbours, root, kept, foreign)
        for kept in saturated
        for root in outline.neighbours[kept]
    )


def _between_charges(outline: Outline, donors: set[int]) -> set[int]:
    """Atoms between the cation of a zwitterion and its donors, on both sides of a ring if it lies on one."""
    cations = [index for index, kind in enumerate(outline.kinds) if kind.charge > 0]
    if not cations:
        return set()
    from_donors = [(donor, outline.distances([donor])) for donor in donors]
    found = set()
    for cation in cations:
        from_cation = outline.distances([cation])
        for donor, from_donor in from_donors:
            found |= {
                index
                for index, (one, other) in enumerate(zip(from_cation, from_donor, strict=True))
                if one + other == from_cation[donor]
            }
    return found


_PNICTOGENS = frozenset({7, 15, 33, 51})


def _crowding(outline: Outline, is_sp3: Sequence[bool], donors: set[int]) -> set[int]:
    """Carbon atoms that branch where they are bound to a donor N or P, whose three substituents crowd the metal."""
    kinds, neighbours = outline.kinds, outline.neighbours
    return {
        near
        for donor in donors
        if kinds[donor].element in _PNICTOGENS
        for near in neighbours[donor]
        if is_sp3[near] and sum(kinds[other].element == 6 for other in neighbours[near]) > 1
    }


def _tails(
    mol: Chem.Mol, outline: Outline, is_sp3: Sequence[bool], donors: set[int], uncut: set[int]
) -> list[_Tail]:
    """Tails to cut, of nested ones the longest: what is bound nearer to a donor is tried first."""
    kinds, near = outline.kinds, outline.neighbours
    distances = outline.distances(donors)
    # Heteroatoms and atoms of π groups near a donor stay.
    forbidden = (
        donors
        | uncut
        | {index for index, sp3 in enumerate(is_sp3) if not sp3 and distances[index] <= PROTECTED_BONDS}
    )
    chains = {
        False: forbidden | {index for index, kind in enumerate(kinds) if not _is_hydrocarbon(kind)},
        True: forbidden
        | {
            index
            for index, kind in enumerate(kinds)
            if kind.element != 9 and not (is_sp3[index] and kind.hydrogens == 0)
        },
    }
    found: list[_Tail] = []
    lost: set[int] = set()
    for kept in sorted(range(len(kinds)), key=distances.__getitem__):
        if kept in uncut or kept in lost or not is_sp3[kept]:
            continue
        for fluorinated, foreign in chains.items():
            for root in near[kept]:
                # A ring hangs on the kept atom by two bonds: both are cut, or none.
                if root in lost or root in foreign or _is_in_small_ring(mol.GetBondBetweenAtoms(kept, root)):
                    continue
                beyond = _side(near, root, kept, foreign)
                roots = tuple(other for other in near[kept] if other in beyond)
                if not beyond or not all(is_sp3[other] for other in roots):
                    continue
                if fluorinated and not _is_perfluorinated(outline, kept, beyond):
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
    return written(edit)


def _side(near: Sequence[Sequence[int]], start: int, blocked: int, foreign: set[int]) -> frozenset[int]:
    """Atoms reached from one end of a bond without crossing the other; empty if one of them is foreign."""
    if start in foreign:
        return frozenset()
    seen, front = {start}, [start]
    while front:
        for other in near[front.pop()]:
            if other not in seen and other != blocked:
                if other in foreign:
                    return frozenset()
                seen.add(other)
                front.append(other)
    return frozenset(seen)


def _is_in_small_ring(bond: Chem.Bond) -> bool:
    """Cyclopropane and cyclobutane are strained: their carbon bonds act on what they bear, unlike a tail's."""
    return bool(bond.IsInRingSize(3) or bond.IsInRingSize(4))


def _is_sp3_carbon(mol: Chem.Mol, index: int, kind: AtomKind) -> bool:
    if kind.element != 6 or not kind.charge:
        return kind.element == 6 and kind.connections == 4
    return bool(mol.GetAtomWithIdx(index).GetHybridization() is Chem.HybridizationType.SP3)


def _is_hydrocarbon(kind: AtomKind) -> bool:
    return kind.element in (1, 6) and not kind.charge and not kind.isotope


def _is_perfluorinated(outline: Outline, kept: int, beyond: frozenset[int]) -> bool:
    """Whether a kept carbon bears F and no H, so that an F in place of the tail changes little on it."""
    return outline.kinds[kept].hydrogens == 0 and any(
        outline.kinds[near].element == 9 and near not in beyond for near in outline.neighbours[kept]
    )
