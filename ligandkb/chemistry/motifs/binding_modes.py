"""Which donors does a species have, and which of them can close a ring with one lead?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rdkit import Chem

from ligandkb.chemistry.around import Around
from ligandkb.chemistry.motifs.anionic_other import ANIONIC_OTHER
from ligandkb.chemistry.motifs.anionic_oxygen import ANIONIC_OXYGEN
from ligandkb.chemistry.motifs.motif import LigandClass, Motif
from ligandkb.chemistry.motifs.neutral import NEUTRAL
from ligandkb.chemistry.motifs.reactive_anions import is_reactive_anion
from ligandkb.chemistry.outline import Outline, outline_of
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import has_metal

MOTIFS: tuple[Motif, ...] = (*ANIONIC_OXYGEN, *ANIONIC_OTHER, *NEUTRAL)
"""All donor motifs. A donor atom belongs to the first motif that claims it."""
LAST_RESORT = "other anion"
"""Group that counts only where no other X motif does: the fourth O of a phosphate ion is no donor of its own."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(motif.group for motif in MOTIFS))
_MIN_CHELATE_ATOMS, _MAX_CHELATE_ATOMS = 3, 6  # and the metal: a four- to seven-membered ring
# Nothing that we know of shows that one of these adds anything to another donor's hold on lead.
_CLOSES_NO_RING = frozenset(
    {
        "furan",
        "sulfone",
        "sulfonamide",
        "sulfite ester",
        "disulfide",
        "boronic acid",
        "isothiocyanate",
        "cyanamide",
    }
)
ELEMENTS: tuple[str, ...] = ("B", "C", "N", "O", "F", "P", "S", "Cl", "As", "Se", "Br", "Sb", "Te", "I")


@dataclass(frozen=True, order=True)
class BindingMode:
    """Donor atoms and class of one way to bind.

    Attributes
    ----------
    ligand_class : LigandClass
        X or L.
    group : str
        Donor group, see :data:`MOTIFS`.
    element : str
        Element symbol of the donor atoms.
    donor_atoms : tuple of int
        Atom indices in the molecule, all equivalent by resonance.
    """

    ligand_class: LigandClass
    group: str
    element: str
    donor_atoms: tuple[int, ...]


@remembered(16384)
def binding_modes(mol: Chem.Mol) -> tuple[BindingMode, ...]:
    """Every way in which a species can bind, the X modes first.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species, sanitised; not to be changed afterwards: what was found of it is kept.

    Returns
    -------
    tuple of BindingMode
        X modes, then L modes, each in the order of :data:`MOTIFS`; empty for a species without donor and for
        an anion that is a reagent.

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> [(mode.group, mode.element) for mode in binding_modes(parse("[S-]C#N"))]
    [('thiocyanate-S', 'S'), ('thiocyanate-N', 'N')]
    """
    return () if is_reactive_anion(mol) else tuple(_modes(mol))


def _modes(mol: Chem.Mol) -> Iterator[BindingMode]:
    claimed: set[int] = set()
    # Nor does the last resort take chromate and its kin: how oxo-anions of metals meet a surface nobody has shown.
    is_spent = has_metal(mol)
    for position, atoms in _possible(outline_of(mol)):
        motif = MOTIFS[position]
        if is_spent and motif.group == LAST_RESORT:
            continue
        if any(claimed.issuperset(alike) for alike in atoms):
            continue  # what it could bind through belongs to other motifs
        for match in _matches(mol, position, atoms):
            donors = tuple(sorted(match))
            if claimed.intersection(donors):
                continue
            claimed.update(donors)
            is_spent = is_spent or (motif.ligand_class is LigandClass.X and motif.group != LAST_RESORT)
            element = mol.GetAtomWithIdx(donors[0]).GetSymbol()
            yield BindingMode(motif.ligand_class, motif.group, element, donors)


_Atoms = Sequence[list[int]]
"""For each donor of a motif the atoms that it may be."""


def _possible(outline: Outline) -> Iterable[tuple[int, _Atoms]]:
    """Positions of the motifs that may match, with the atoms of their donors where the outline tells them."""
    found = _donor_atoms().possible(outline)
    if found is None:
        return ((position, ()) for position in range(len(MOTIFS)))
    return [
        (position, [found[donor] for donor in donors]) for position, donors in _places_of_donors(tuple(found))
    ]


@lru_cache(maxsize=4096)
def _places_of_donors(found: tuple[int, ...]) -> tuple[tuple[int, range], ...]:
    """Motifs each of whose donors was found, with their donors' places in a list of all motifs' donors."""
    places, start = [], 0
    for position, motif in enumerate(MOTIFS):
        donors = range(start, start + len(motif.donors))
        start = donors.stop
        if all(donor in found for donor in donors):
            places.append((position, donors))
    return tuple(places)


def _matches(mol: Chem.Mol, position: int, atoms: _Atoms) -> Iterable[tuple[int, ...]]:
    """Donor atoms of each match; RDKit is asked where the outline leaves more than one way, or isn't sure."""
    motif = MOTIFS[position]
    if atoms and _is_exact()[position]:
        if all(len(alike) == 1 for alike in atoms):
            return [tuple(alike[0] for alike in atoms)]
        if motif.pattern.GetNumAtoms() == 1:
            return [(atom,) for atom in atoms[0]]
    return (tuple(match[index] for index in motif.donors) for match in mol.GetSubstructMatches(motif.pattern))


@cache
def _donor_atoms() -> Around:
    return Around((motif.smarts, donor) for motif in MOTIFS for donor in motif.donors)


@cache
def _is_exact() -> tuple[bool, ...]:
    """Of each motif, whether the surroundings of its donors tell all."""
    places = _places_of_donors(tuple(range(sum(len(motif.donors) for motif in MOTIFS))))
    return tuple(all(map(_donor_atoms().is_exact, donors)) for _, donors in places)


def chelate_paths(mol: Chem.Mol, one: BindingMode, other: BindingMode) -> tuple[tuple[int, ...], ...]:
    """Shortest paths along which two modes can close a four- to seven-membered ring with one Pb.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species.
    one, other : BindingMode
        Two of its modes.

    Returns
    -------
    tuple of tuple of int
        Atom indices from donor to donor; empty if the two can't chelate. Linear anions such as SCN-, and
        donors that are meta or para to each other on a ring, can't reach the same atom; furan, sulfonyl and
        other weak donors don't count.

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> glycinate = parse("NCC(=O)[O-]")
    >>> len(chelate_paths(glycinate, *binding_modes(glycinate)))
    2
    """
    if {one.group, other.group} & _CLOSES_NO_RING:
        return ()
    outline = outline_of(mol)
    paths = (
        Chem.GetShortestPath(mol, donor, end)
        for donor in one.donor_atoms
        for reach in [outline.within(donor, _MAX_CHELATE_ATOMS - 1)]
        for end in other.donor_atoms
        if reach.get(end, 0) >= _MIN_CHELATE_ATOMS - 1
    )
    return tuple(path for path in paths if _closes_a_ring(mol, outline, path))


def atoms_in_chelates(mol: Chem.Mol, modes: Sequence[BindingMode]) -> set[int]:
    """Atoms on the paths along which any two modes can close a ring with one Pb.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species.
    modes : sequence of BindingMode
        Its modes.

    Returns
    -------
    set of int
        Atom indices, the donors among them.

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> glycinate = parse("NCC(=O)[O-]")
    >>> sorted(atoms_in_chelates(glycinate, binding_modes(glycinate)))
    [0, 1, 2, 3, 4]
    """
    mode_of = {
        donor: mode for mode in modes if mode.group not in _CLOSES_NO_RING for donor in mode.donor_atoms
    }
    if len({*mode_of.values()}) < 2:
        return set()
    outline = outline_of(mol)
    return {
        atom
        for donor, mode in mode_of.items()
        # Only donors within reach are tried: a polymer has hundreds, of which all but a few are far away.
        for other, bonds in outline.within(donor, _MAX_CHELATE_ATOMS - 1).items()
        if other > donor and bonds >= _MIN_CHELATE_ATOMS - 1 and other in mode_of and mode_of[other] != mode
        for path in [Chem.GetShortestPath(mol, donor, other)]
        if _closes_a_ring(mol, outline, path)
        for atom in path
    }


def _closes_a_ring(mol: Chem.Mol, outline: Outline, path: tuple[int, ...]) -> bool:
    if any(outline.kinds[index].is_linear for index in path):
        return False
    if outline.has_sides and any(_is_trans(mol, *path[start : start + 4]) for start in range(len(path) - 3)):
        return False
    return all(len(ring.intersection(path)) <= 2 for ring in _rings(mol))


@remembered(16384)
def _rings(mol: Chem.Mol) -> tuple[frozenset[int], ...]:
    return tuple(map(frozenset, mol.GetRingInfo().AtomRings()))


def _is_trans(mol: Chem.Mol, before: int, begin: int, end: int, after: int) -> bool:
    """Whether four atoms in a row lie across a double bond from each other."""
    bond = mol.GetBondBetweenAtoms(begin, end)
    stereo = bond.GetStereo()
    if stereo not in (Chem.BondStereo.STEREOE, Chem.BondStereo.STEREOZ):
        return False
    # The label is about the atoms that RDKit names, of which the path may take the other one at either end.
    named = set(bond.GetStereoAtoms())
    is_e = stereo is Chem.BondStereo.STEREOE
    return is_e == ((before in named) == (after in named))
