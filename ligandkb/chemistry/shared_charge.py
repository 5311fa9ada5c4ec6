"""Where is a charge drawn that several atoms share?

An amidinium, azolate or diketonate can be drawn in several ways, which differ in the atoms that bear the charge and in
the double bonds between them. All are one species, so one of them has to be chosen, whatever was typed and in
bounded time: RDKit's enumeration of resonance structures takes minutes for a dye.

A drawing is a set of charged atoms and a pairing of the other atoms of the conjugated unit into double bonds. The
atoms are put into an order that knows neither charges nor double bonds of the unit; in that order a stated number
of places for the charges is tried, and for each the pairing is found as a perfect matching (Edmonds, Can. J. Math.
1965, 17, 449, doi 10.4153/CJM-1965-045-4). Both take a time that grows with a power of the unit's size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product

from rdkit import Chem

from ligandkb.chemistry.matching import Matching, first_matching, perfect_matching

MAX_UNIT_ATOMS = 160
"""A larger conjugated unit keeps the drawing that was typed."""
_MAX_PLACES = 64
"""So many places of a unit's charges are tried."""
_MAX_DRAWINGS = 32
"""Of so many drawings the least is chosen."""

_SINGLE, _DOUBLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE
_HETERO_ANIONS = frozenset({7, 8, 16, 34})


@dataclass(frozen=True)
class _Unit:
    """Conjugated atoms that share charges, in the order that no drawing changes."""

    atoms: tuple[int, ...]
    lending: frozenset[int]  # N with three neighbours: a lone pair, or a positive charge and a double bond
    anionic: frozenset[int]  # N, O, S, Se, which bear either a double bond or a negative charge
    neighbours: dict[int, tuple[int, ...]]
    positive: int
    negative: int


@dataclass(frozen=True)
class _Drawing:
    charges: dict[int, int]
    double_bonds: Matching


def drawings(mol: Chem.Mol) -> tuple[str, ...]:
    """SMILES of the drawings of a species among which the places of its shared charges are chosen.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species, sanitised.

    Returns
    -------
    tuple of str
        The same for every drawing of the species and every order of its atoms; at most 32, those with the fewest
        charges. A species whose unit has more than 160 atoms, or for which no place was found among the
        first 64, gives the drawing it came in.

    Examples
    --------
    >>> sorted(set(drawings(Chem.MolFromSmiles("CNC(N)=[NH2+]"))))
    ['CNC(N)=[NH2+]', 'C[NH+]=C(N)N']
    """
    kekule = Chem.Mol(mol)
    Chem.Kekulize(kekule, clearAromaticFlags=True)
    units = _units(mol, kekule)
    if not units or sum(len(unit.atoms) for unit in units) > MAX_UNIT_ATOMS:
        return (str(Chem.MolToSmiles(mol)),)
    per_unit = [tuple(_unit_drawings(unit)) for unit in units]
    if not all(per_unit):
        return (str(Chem.MolToSmiles(mol)),)
    kept = frozenset().union(*map(_double_in_all, per_unit), _oximes_and_hydrazones(kekule))
    chosen = islice(product(*per_unit), _MAX_DRAWINGS)
    return tuple(_drawn(mol, kekule, units, drawing, kept) for drawing in chosen)


def _units(mol: Chem.Mol, kekule: Chem.Mol) -> list[_Unit]:
    members = _members(kekule)
    bonds = [
        (bond.GetBeginAtomIdx(), bond.GetEndAtomIdx())
        for bond in kekule.GetBonds()
        if bond.GetBeginAtomIdx() in members and bond.GetEndAtomIdx() in members
    ]
    near: dict[int, set[int]] = {member: set() for member in members}
    for begin, end in bonds:
        near[begin].add(end)
        near[end].add(begin)
    charged = [atoms for atoms in _components(near) if any(_charge(kekule, atom) for atom in atoms)]
    charged = [atoms for atoms in charged if len(atoms) > 1]
    if not charged:
        return []
    order = _order(mol, set().union(*charged))
    found = []
    for atoms in charged:
        lending = frozenset(atom for atom in atoms if _lends(kekule.GetAtomWithIdx(atom)))
        found.append(
            _Unit(
                atoms=tuple(sorted(atoms, key=order.__getitem__)),
                lending=lending,
                anionic=frozenset(
                    atom
                    for atom in atoms - lending
                    if kekule.GetAtomWithIdx(atom).GetAtomicNum() in _HETERO_ANIONS
                ),
                # Two such N side by side never share a double bond: it would take two more charges.
                neighbours={
                    atom: tuple(
                        sorted(
                            (other for other in near[atom] if not {atom, other} <= lending),
                            key=order.__getitem__,
                        )
                    )
                    for atom in atoms
                },
                positive=sum(max(_charge(kekule, atom), 0) for atom in atoms),
                negative=sum(max(-_charge(kekule, atom), 0) for atom in atoms),
            )
        )
    return sorted(found, key=lambda unit: order[unit.atoms[0]])


def _members(kekule: Chem.Mol) -> set[int]:
    """Atoms that can take part: sp2 C, N, O, S, Se whose double bond, if any, goes to another such atom."""
    members = {atom.GetIdx() for atom in kekule.GetAtoms() if _can_take_part(atom)}
    while True:
        bound_elsewhere = {
            index
            for index in members
            for bond in kekule.GetAtomWithIdx(index).GetBonds()
            if bond.GetBondType() is not _SINGLE and bond.GetOtherAtomIdx(index) not in members
        }
        if not bound_elsewhere:
            return members
        members -= bound_elsewhere


def _can_take_part(atom: Chem.Atom) -> bool:
    bonds = [bond.GetBondType() for bond in atom.GetBonds()]
    doubles = bonds.count(_DOUBLE)
    if doubles > 1 or bonds.count(_SINGLE) + doubles < len(bonds):
        return False
    number, charge, neighbours = atom.GetAtomicNum(), atom.GetFormalCharge(), atom.GetTotalDegree()
    if charge and any(near.GetFormalCharge() * charge < 0 for near in atom.GetNeighbors()):
        return False  # nitro groups and N-oxides: their charges are drawings of their own
    if number == 6:
        return bool(neighbours == 3 and charge == doubles - 1)
    if number == 7 and neighbours == 3:
        return bool(charge == doubles)
    return bool(neighbours == {7: 2, 8: 1, 16: 1, 34: 1}.get(number) and charge == doubles - 1)


def _lends(atom: Chem.Atom) -> bool:
    return bool(atom.GetAtomicNum() == 7 and atom.GetTotalDegree() == 3)


def _charge(mol: Chem.Mol, index: int) -> int:
    return int(mol.GetAtomWithIdx(index).GetFormalCharge())


def _components(near: dict[int, set[int]]) -> Iterator[set[int]]:
    left = set(near)
    while left:
        component = {left.pop()}
        front = list(component)
        while front:
            reached = near[front.pop()] & left
            left -= reached
            component |= reached
            front.extend(reached)
        yield component


def _order(mol: Chem.Mol, atoms: set[int]) -> list[int]:
    """Rank of each atom in the molecule without the charges and double bonds of its units."""
    bare = Chem.RWMol(mol)
    for bond in bare.GetBonds():
        if {bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()} <= atoms:
            bond.SetStereo(Chem.BondStereo.STEREONONE)
            bond.SetIsAromatic(False)
            bond.SetBondType(Chem.BondType.ONEANDAHALF)
    for index in atoms:
        atom = bare.GetAtomWithIdx(index)
        atom.SetNumExplicitHs(atom.GetTotalNumHs())
        atom.SetNoImplicit(True)
        atom.SetFormalCharge(0)
        atom.SetIsAromatic(False)
    bare.UpdatePropertyCache(strict=False)
    return list(Chem.CanonicalRankAtoms(bare, breakTies=True))


def _unit_drawings(unit: _Unit) -> Iterator[_Drawing]:
    """Drawings of one unit with the fewest charges, in the unit's order."""
    lending = [atom for atom in unit.atoms if atom in unit.lending]
    anionic = [atom for atom in unit.atoms if atom in unit.anionic]
    for neutralised in range(min(unit.positive, unit.negative), -1, -1):
        places = product(
            islice(combinations(lending, unit.positive - neutralised), _MAX_PLACES),
            islice(combinations(anionic, unit.negative - neutralised), _MAX_PLACES),
        )
        found = False
        for positive, negative in islice(places, _MAX_PLACES):
            paired = (set(unit.atoms) - unit.lending - set(negative)) | set(positive)
            neighbours = {
                atom: tuple(near for near in unit.neighbours[atom] if near in paired)
                for atom in unit.atoms
                if atom in paired
            }
            matching = perfect_matching(neighbours)
            if matching is not None:
                found = True
                charges = dict.fromkeys(positive, 1) | dict.fromkeys(negative, -1)
                yield _Drawing(charges, first_matching(neighbours, matching))
        if found:
            return


def _double_in_all(found: tuple[_Drawing, ...]) -> frozenset[tuple[int, int]]:
    return frozenset.intersection(*(frozenset(drawing.double_bonds.items()) for drawing in found))


# An oxime or hydrazone beside a dye's or azolate's charge: it can be drawn with a single bond, too, and yet its isomers
# are two chemicals.
_OXIME_OR_HYDRAZONE = Chem.MolFromSmarts("[#6X3]=[NX2;+0]-[#7,#8]")


def _oximes_and_hydrazones(kekule: Chem.Mol) -> frozenset[tuple[int, int]]:
    found = [match[:2] for match in kekule.GetSubstructMatches(_OXIME_OR_HYDRAZONE)]
    return frozenset(found) | frozenset((nitrogen, carbon) for carbon, nitrogen in found)


def _drawn(
    mol: Chem.Mol,
    kekule: Chem.Mol,
    units: list[_Unit],
    chosen: tuple[_Drawing, ...],
    kept: frozenset[tuple[int, int]],
) -> str:
    edit = Chem.RWMol(kekule)
    for unit, drawing in zip(units, chosen, strict=True):
        members = set(unit.atoms)
        for index in unit.atoms:
            atom, before = edit.GetAtomWithIdx(index), mol.GetAtomWithIdx(index)
            atom.SetNumExplicitHs(before.GetTotalNumHs())
            atom.SetNoImplicit(True)
            atom.SetFormalCharge(drawing.charges.get(index, 0))
            for bond in atom.GetBonds():
                other = bond.GetOtherAtomIdx(index)
                if other not in members:
                    continue
                is_double = drawing.double_bonds.get(index) == other
                # A bond that other drawings have single has no side to turn to.
                if not is_double or (index, other) not in kept:
                    bond.SetStereo(Chem.BondStereo.STEREONONE)
                bond.SetBondType(_DOUBLE if is_double else _SINGLE)
    for bond in edit.GetBonds():
        bond.SetBondDir(Chem.BondDir.NONE)
    Chem.SetDoubleBondNeighborDirections(edit)  # only beside the double bonds that kept their side
    Chem.SanitizeMol(edit)
    return str(Chem.MolToSmiles(edit))
