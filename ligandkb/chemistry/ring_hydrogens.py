"""Where on an aromatic ring is its hydrogen drawn?

A pyrazole or a hydroxypyridine can be drawn with its hydrogen, or the charge that is left without it, in several
places. Of all places the one is chosen that leaves most bonds aromatic, then the usual one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from math import comb

from rdkit import Chem, rdBase

_SINGLE, _DOUBLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE
_MAX_PLACES = 256
_LARGEST_RING = 7
MAX_SYSTEMS = 20
"""A molecule of more such ring systems keeps the drawing that was typed: each place of each of them is drawn anew."""


@dataclass(frozen=True)
class _Site:
    """An atom of a ring system that can bear a mobile hydrogen: ring nitrogen, or O, S, Se on a ring carbon."""

    atom: int
    carbon: int | None  # ring carbon that bears it; None for ring nitrogen
    element: int
    nitrogens: int  # ring nitrogens next to it: 1H-benzotriazole is the usual drawing, not 2H
    far_from_fusion: bool  # N2 of indazole, whose hydrogen would make the benzene ring quinoid


_Place = tuple[tuple[_Site, ...], tuple[_Site, ...]]
"""Sites with a hydrogen and sites with a charge."""


@dataclass(frozen=True)
class _System:
    """Fused aromatic rings that hold nitrogen."""

    atoms: set[int]
    bonds: tuple[int, ...]
    sites: tuple[_Site, ...]


def placed(mol: Chem.Mol) -> tuple[Chem.Mol, bool]:
    """Put the hydrogens and charges of each aromatic ring system with nitrogen in their standard place.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised.

    Returns
    -------
    mol : rdkit.Chem.Mol
        The molecule itself where every hydrogen is in its place, and where it has more than 20 ring systems.
    by_order : bool
        Whether places were alike, of which the first in the order of the atoms was taken.

    Examples
    --------
    >>> drawn, by_order = placed(Chem.MolFromSmiles("Cc1n[nH]c2ccccc12"))
    >>> Chem.MolToSmiles(drawn), by_order
    ('Cc1n[nH]c2ccccc12', False)
    """
    systems = _ring_systems(mol)
    if len(systems) > MAX_SYSTEMS:
        return mol, False
    rank: list[int] = []
    by_order = False
    for system in systems:
        sites, atoms = system.sites, [mol.GetAtomWithIdx(site.atom) for site in system.sites]
        hydrogens = [atom.GetTotalNumHs() for atom in atoms]
        charged = tuple(site for site, atom in zip(sites, atoms, strict=True) if atom.GetFormalCharge() < 0)
        if not 0 < sum(hydrogens) + len(charged) < len(sites):
            continue
        places = list(_places(sites, sum(hydrogens), len(charged)))
        as_drawn = tuple(site for site, number in zip(sites, hydrogens, strict=True) if number), charged
        if as_drawn in places and _aromatic(mol, system) == len(system.bonds):
            preferences = [_preference(*place) for place in places]
            least = min(preferences)
            if preferences.count(least) == 1 and places[preferences.index(least)] == as_drawn:
                continue
        rank = rank or _ranks_without_mobile_hydrogens(mol, systems)
        mol, alike = _best_place(mol, system, places, as_drawn, rank)
        by_order |= alike
    return mol, by_order


def _best_place(
    mol: Chem.Mol, system: _System, places: list[_Place], as_drawn: _Place, rank: Sequence[int]
) -> tuple[Chem.Mol, bool]:
    """The drawing with the most aromatic bonds, then the preferred one, then the least SMILES.

    Atoms don't tell: in 3H-purine, drawn with hydrogen on the six-membered ring, all of them are aromatic around
    the edge, but the bond that the rings share is not.
    """
    best, most, by_order = mol, -1, False

    def preference(place: _Place) -> tuple[object, ...]:
        with_hydrogen, charged = place
        return (
            *_preference(*place),
            sorted(rank[site.atom] for site in with_hydrogen),
            sorted(rank[site.atom] for site in charged),
        )

    def drawn_at(place: _Place) -> Chem.Mol | None:
        return mol if place == as_drawn else _redrawn(mol, system.sites, *place)

    for _, alike in groupby(sorted(places, key=preference), key=preference):
        drawn = [edit for place in alike if (edit := drawn_at(place)) is not None]
        aromatic = [_aromatic(edit, system) for edit in drawn]
        if aromatic and max(aromatic) > most:
            most = max(aromatic)
            alike_drawn = [edit for edit, number in zip(drawn, aromatic, strict=True) if number == most]
            by_order = len(alike_drawn) > 1
            best = min(alike_drawn, key=Chem.MolToSmiles) if by_order else alike_drawn[0]
            if most == len(system.bonds):
                break
    return best, by_order


def _aromatic(mol: Chem.Mol, system: _System) -> int:
    return sum(mol.GetBondWithIdx(index).GetIsAromatic() for index in system.bonds)


def _places(sites: Sequence[_Site], hydrogens: int, charges: int) -> Iterator[_Place]:
    """Ways to put hydrogens and charges on sites, each on its own; none if there are too many to go through."""
    if comb(len(sites), hydrogens) * comb(len(sites) - hydrogens, charges) > _MAX_PLACES:
        return
    for with_hydrogen in combinations(sites, hydrogens):
        for charged in combinations([site for site in sites if site not in with_hydrogen], charges):
            yield with_hydrogen, charged


def _preference(with_hydrogen: tuple[_Site, ...], charged: tuple[_Site, ...]) -> tuple[int, int, int, int]:
    """Hydrogen on nitrogen first, charge on sulfur and oxygen first; what is alike goes by canonical ranks."""
    return (
        sum(site.carbon is not None for site in with_hydrogen),
        sum(-site.element if site.carbon is not None else 0 for site in charged),
        sum(site.far_from_fusion for site in with_hydrogen),
        sum(site.nitrogens for site in with_hydrogen),
    )


def _redrawn(
    mol: Chem.Mol, sites: Sequence[_Site], with_hydrogen: Sequence[_Site], charged: Sequence[_Site]
) -> Chem.Mol | None:
    edit = Chem.RWMol(mol)
    for site in sites:
        atom = edit.GetAtomWithIdx(site.atom)
        atom.SetFormalCharge(-1 if site in charged else 0)
        set_hydrogens(atom, 1 if site in with_hydrogen else 0)
        if site.carbon is not None:
            bare = site in with_hydrogen or site in charged
            edit.GetBondBetweenAtoms(site.atom, site.carbon).SetBondType(_SINGLE if bare else _DOUBLE)
    return sanitised(edit)


_AROMATIC = Chem.MolFromSmarts("a")
_RING_NITROGEN = Chem.MolFromSmarts("n")
_OUTSIDE_OF_A_RING = Chem.MolFromSmarts("[c;D3]~[#8,#16,#34;D1]")
_POSITIVE = Chem.MolFromSmarts("[+,+2,+3,+4]")


def _ring_systems(mol: Chem.Mol) -> list[_System]:
    """Systems with more than one site."""
    aromatic, nitrogens = _found(mol, _AROMATIC), _found(mol, _RING_NITROGEN)
    bearers = dict(mol.GetSubstructMatches(_OUTSIDE_OF_A_RING))
    if len(nitrogens) + len(bearers) < 2:
        return []
    rings = [tuple(ring) for ring in mol.GetRingInfo().AtomRings()]
    systems: list[set[int]] = []
    for ring in rings:
        if len(ring) > _LARGEST_RING:  # the great ring of a porphyrin, around which both its hydrogens sit
            continue
        if not aromatic.issuperset(ring) or nitrogens.isdisjoint(ring):
            continue
        joined = set(ring)
        for system in [system for system in systems if len(system & joined) > 1]:
            systems.remove(system)
            joined |= system
        systems.append(joined)
    positive = _found(mol, _POSITIVE)
    found = []
    for system in systems:
        if not positive.isdisjoint(system):
            continue
        sites = tuple(_sites(mol, system, nitrogens, bearers, rings))
        if len(sites) > 1:
            found.append(_System(system, tuple(_bonds_within(mol, system, rings)), sites))
    return found


def _found(mol: Chem.Mol, pattern: Chem.Mol) -> set[int]:
    return {atom for (atom,) in mol.GetSubstructMatches(pattern)}


def _bonds_within(mol: Chem.Mol, system: set[int], rings: Sequence[Sequence[int]]) -> Iterator[int]:
    shared = zip(rings, mol.GetRingInfo().BondRings(), strict=True)
    near = (bonds for ring, bonds in shared if len(system.intersection(ring)) > 1)
    for index in set().union(*near):
        bond = mol.GetBondWithIdx(index)
        if bond.GetBeginAtomIdx() in system and bond.GetEndAtomIdx() in system:
            yield index


def _sites(
    mol: Chem.Mol,
    system: set[int],
    nitrogens: set[int],
    bearers: Mapping[int, int],
    rings: Sequence[Sequence[int]],
) -> Iterator[_Site]:
    for index in system:
        if index in bearers:
            other = mol.GetAtomWithIdx(bearers[index])
            if other.GetFormalCharge() <= 0:
                yield _Site(other.GetIdx(), index, other.GetAtomicNum(), 0, False)
        elif index in nitrogens and (atom := mol.GetAtomWithIdx(index)).GetDegree() == 2:
            near = atom.GetNeighbors()
            adjacent = sum(other.GetAtomicNum() == 7 for other in near)
            far = _is_far_from_fusion(index, [other.GetIdx() for other in near], rings)
            yield _Site(index, None, 7, adjacent, far)


def _is_far_from_fusion(nitrogen: int, near: Sequence[int], rings: Sequence[Sequence[int]]) -> bool:
    own = next(ring for ring in rings if nitrogen in ring)
    if len(own) != 5:
        return False
    fused = {index for index in own if sum(index in ring for ring in rings) > 1}
    return bool(fused) and fused.isdisjoint(near)


def _ranks_without_mobile_hydrogens(mol: Chem.Mol, systems: Sequence[_System]) -> list[int]:
    """Ranks that no drawing changes: which bonds are aromatic depends on where the hydrogens are."""
    edit = Chem.RWMol(mol)
    for system in systems:
        for bond in map(edit.GetBondWithIdx, system.bonds):
            bond.SetIsAromatic(False)
            bond.SetBondType(Chem.BondType.ONEANDAHALF)
        for index in system.atoms:
            edit.GetAtomWithIdx(index).SetIsAromatic(False)
        for site in system.sites:
            atom = edit.GetAtomWithIdx(site.atom)
            atom.SetFormalCharge(0)
            set_hydrogens(atom, 0)
            if site.carbon is not None:
                edit.GetBondBetweenAtoms(site.atom, site.carbon).SetBondType(_SINGLE)
    edit.UpdatePropertyCache(strict=False)
    return list(Chem.CanonicalRankAtoms(edit, breakTies=False))


def set_hydrogens(atom: Chem.Atom, number: int) -> None:
    """Give an atom of a molecule that is being edited a stated number of hydrogens.

    Parameters
    ----------
    atom : rdkit.Chem.Atom
    number : int

    Examples
    --------
    >>> edit = Chem.RWMol(Chem.MolFromSmiles("C"))
    >>> set_hydrogens(edit.GetAtomWithIdx(0), 3)
    >>> edit.GetAtomWithIdx(0).GetTotalNumHs()
    3
    """
    atom.SetNoImplicit(True)
    atom.SetNumExplicitHs(number)


def sanitised(edit: Chem.RWMol) -> Chem.Mol | None:
    """A redrawn molecule, or none where the drawing makes no sense.

    Parameters
    ----------
    edit : rdkit.Chem.RWMol

    Returns
    -------
    rdkit.Chem.Mol or None

    Examples
    --------
    >>> sanitised(Chem.RWMol(Chem.MolFromSmiles("CN"))).GetNumAtoms()
    2
    """
    with rdBase.BlockLogs():
        failed = Chem.SanitizeMol(edit, catchErrors=True)
    return None if failed else edit.GetMol()
