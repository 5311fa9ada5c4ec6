"""Where was the mobile hydrogen put?

A product whose proton moves from atom to atom by itself can be drawn in several ways, and suppliers use all of
them. Each is redrawn in one: a reviewed table of shifts for the kinds that occur among ligands, and for aromatic
rings with nitrogen a choice among the places where their hydrogens can be. RDKit's own enumerator would also move
hydrogens that stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from math import comb

from rdkit import Chem, rdBase

_SINGLE, _DOUBLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE


@dataclass(frozen=True)
class _Shift:
    """One hydrogen that moves from the first atom of a pattern to another one."""

    name: str
    pattern: Chem.Mol
    to: int
    bond_orders: Mapping[tuple[int, int], Chem.BondType]
    charges: Mapping[int, int]
    dearomatises: bool


def _shift(
    name: str,
    smarts: str,
    to: int,
    bond_orders: Mapping[tuple[int, int], Chem.BondType],
    *,
    charges: Mapping[int, int] | None = None,
    dearomatises: bool = False,
) -> _Shift:
    return _Shift(name, Chem.MolFromSmarts(smarts), to, bond_orders, charges or {}, dearomatises)


_OPEN = {(0, 1): _DOUBLE, (1, 2): _SINGLE}
_SHIFTS = (
    _shift("phosphorous to phosphonic", "[O,S;X2;H1][P;X3;+0;!$(P=*)]", 1, {(0, 1): _DOUBLE}),
    _shift("lactim to lactam", "[O,S,Se;X2;H1][CX3]=[NX2;+0]", 2, _OPEN),
    # not ascorbic or squaric acid, whose middle carbon bears O, and not hydroxyquinones
    _shift(
        "enol to 1,3-dicarbonyl",
        "[OX2H1][CX3;!$(C[CX3]=O)]=[CX3;!$(C[#7,#8,#16])][CX3]=[OX1]",
        2,
        _OPEN,
    ),
    _shift(
        "N-oxide to N-hydroxy", "[S,O,Se;X2;H1]c:[n+;X3][O-;X1]", 3, {(0, 1): _DOUBLE}, charges={2: 0, 3: 0}
    ),
    _shift("amidine", "[NX3;H2;+0][CX3;!$(C=N[!#6;!#1])]=[NX2;H0;!R;+0]", 2, _OPEN),
    _shift("cyclic amidine", "[NX3;H1;R;+0][CX3;R]=[NX2;H1;!R;+0]", 2, _OPEN),
    _shift("imine to amine", "[nX3;H1]:c=[NX2;H1;+0]", 2, {(1, 2): _SINGLE}),
    _shift("imine to amine, para", "[nX3;H1]:c:c:c=[NX2;H1;+0]", 4, {(3, 4): _SINGLE}),
)
# After the hydrogens of aromatic rings have found their place: hydroxypyrones, barbituric acid.
_RING_ENOLS = (
    _shift(
        "hydroxypyrone",
        "[OX2H1]c:[c;R1]:c(=O):[o,s]",
        2,
        {(0, 1): _DOUBLE, (1, 2): _SINGLE},
        dearomatises=True,
    ),
    _shift(
        "hydroxyuracil",
        "[OX2H1]c1:[c;R1]:c(=O):n:c(=O):n1",
        2,
        {(0, 1): _DOUBLE, (1, 2): _SINGLE},
        dearomatises=True,
    ),
)


def _any(shifts: Sequence[_Shift]) -> Chem.Mol:
    return Chem.MolFromSmarts("[" + ",".join(f"$({Chem.MolToSmarts(one.pattern)})" for one in shifts) + "]")


_NITROGEN_OR_PHOSPHORUS, _ENOL = Chem.MolFromSmarts("[#7,#15]"), Chem.MolFromSmarts("[OX2H1]C=CC=O")
_RING_ENOL = _any(_RING_ENOLS)
_RING_HYDROGEN = Chem.MolFromSmarts(
    "[$([nX3;H1;+0]),$([nX2;-]),$([O,S,Se;X2;H1]c:n),$([O,S,Se;X2;H1]c:c:[c,n]:n)]"
)
_MAX_SHIFTS = 64
_MAX_PLACES = 256
_LARGEST_RING = 7


def standard_tautomer(mol: Chem.Mol) -> Chem.Mol:
    """Draw the mobile hydrogens of a molecule in the standard way.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same atoms; the molecule itself where nothing is to be changed.

    Examples
    --------
    >>> Chem.MolToSmiles(standard_tautomer(Chem.MolFromSmiles("Sc1ccccn1")))
    'S=c1cccc[nH]1'
    >>> Chem.MolToSmiles(standard_tautomer(Chem.MolFromSmiles("CCP(O)O")))
    'CC[PH](=O)O'
    """
    if not has_mobile_hydrogen(mol):
        return mol
    changed = _shifted(mol, _SHIFTS)
    if changed.HasSubstructMatch(_RING_HYDROGEN):
        changed = _placed(changed)
    changed = _shifted(changed, _RING_ENOLS)
    if changed is not mol:
        Chem.AssignStereochemistry(changed, cleanIt=True, force=True)
    return changed


def has_mobile_hydrogen(mol: Chem.Mol) -> bool:
    """Whether :func:`standard_tautomer` has something to decide.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product, sanitised.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_mobile_hydrogen(Chem.MolFromSmiles("c1cn[nH]c1")), has_mobile_hydrogen(Chem.MolFromSmiles("CCN"))
    (True, False)
    """
    if mol.HasSubstructMatch(_ENOL) or mol.HasSubstructMatch(_RING_ENOL):
        return True
    return bool(mol.HasSubstructMatch(_NITROGEN_OR_PHOSPHORUS)) and any(
        mol.HasSubstructMatch(pattern) for pattern in (_RING_HYDROGEN, *(one.pattern for one in _SHIFTS))
    )


def _shifted(mol: Chem.Mol, shifts: Sequence[_Shift]) -> Chem.Mol:
    for _ in range(_MAX_SHIFTS):
        found = next(
            (
                edited
                for one in shifts
                for match in mol.GetSubstructMatches(one.pattern)
                if (edited := _apply(mol, one, match)) is not None
            ),
            None,
        )
        if found is None:
            return mol
        mol = found
    return mol


def _apply(mol: Chem.Mol, shift: _Shift, match: Sequence[int]) -> Chem.Mol | None:
    if not mol.GetAtomWithIdx(match[0]).GetTotalNumHs():
        return None  # a heavy hydrogen, drawn as an atom, stays where it was put
    edit = Chem.RWMol(mol)
    if shift.dearomatises:
        Chem.Kekulize(edit, clearAromaticFlags=True)
    for (begin, end), order in shift.bond_orders.items():
        bond = edit.GetBondBetweenAtoms(match[begin], match[end])
        bond.SetStereo(Chem.BondStereo.STEREONONE)
        bond.SetBondType(order)
    for index, charge in shift.charges.items():
        edit.GetAtomWithIdx(match[index]).SetFormalCharge(charge)
    _set_hydrogens(edit.GetAtomWithIdx(match[0]), mol.GetAtomWithIdx(match[0]).GetTotalNumHs() - 1)
    _set_hydrogens(
        edit.GetAtomWithIdx(match[shift.to]), mol.GetAtomWithIdx(match[shift.to]).GetTotalNumHs() + 1
    )
    return _sanitised(edit)


def _set_hydrogens(atom: Chem.Atom, number: int) -> None:
    atom.SetNoImplicit(True)
    atom.SetNumExplicitHs(number)


def _sanitised(edit: Chem.RWMol) -> Chem.Mol | None:
    with rdBase.BlockLogs():
        failed = Chem.SanitizeMol(edit, catchErrors=True)
    return None if failed else edit.GetMol()


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


def _placed(mol: Chem.Mol) -> Chem.Mol:
    """Put the hydrogens and charges of each aromatic ring system with nitrogen in their standard place."""
    systems = [(system, sites) for system in _ring_systems(mol) if len(sites := _sites(mol, system)) > 1]
    if not systems:
        return mol
    rank = _ranks_without_mobile_hydrogens(mol, systems)
    for system, sites in systems:
        hydrogens = sum(mol.GetAtomWithIdx(site.atom).GetTotalNumHs() for site in sites)
        charges = sum(mol.GetAtomWithIdx(site.atom).GetFormalCharge() < 0 for site in sites)
        if 0 < hydrogens + charges < len(sites):
            mol = _best_place(mol, system, sites, list(_places(sites, hydrogens, charges)), rank)
    return mol


def _best_place(
    mol: Chem.Mol, system: set[int], sites: Sequence[_Site], places: list[_Place], rank: Sequence[int]
) -> Chem.Mol:
    """The drawing with the most aromatic bonds, then the preferred one, then the least SMILES.

    Atoms don't tell: in 3H-purine, drawn with hydrogen on the six-membered ring, all of them are aromatic around
    the edge, but the bond that the rings share is not.
    """
    best, most = mol, -1
    every_bond = len(_bonds_of(mol, system))

    def preference(place: _Place) -> tuple[object, ...]:
        return _preference(*place, rank)

    for _, alike in groupby(sorted(places, key=preference), key=preference):
        drawn = [edit for place in alike if (edit := _redrawn(mol, sites, *place)) is not None]
        aromatic = [sum(bond.GetIsAromatic() for bond in _bonds_of(edit, system)) for edit in drawn]
        if aromatic and max(aromatic) > most:
            most = max(aromatic)
            alike_drawn = [edit for edit, number in zip(drawn, aromatic, strict=True) if number == most]
            best = min(alike_drawn, key=Chem.MolToSmiles) if len(alike_drawn) > 1 else alike_drawn[0]
            if most == every_bond:
                break
    return best


def _bonds_of(mol: Chem.Mol, system: set[int]) -> list[Chem.Bond]:
    """Bonds of a ring system."""
    return [
        bond
        for bond in mol.GetBonds()
        if bond.IsInRing() and bond.GetBeginAtomIdx() in system and bond.GetEndAtomIdx() in system
    ]


def _places(sites: Sequence[_Site], hydrogens: int, charges: int) -> Iterator[_Place]:
    """Ways to put hydrogens and charges on sites, each on its own; none if there are too many to go through."""
    if comb(len(sites), hydrogens) * comb(len(sites) - hydrogens, charges) > _MAX_PLACES:
        return
    for with_hydrogen in combinations(sites, hydrogens):
        for charged in combinations([site for site in sites if site not in with_hydrogen], charges):
            yield with_hydrogen, charged


def _preference(
    with_hydrogen: tuple[_Site, ...], charged: tuple[_Site, ...], rank: Sequence[int]
) -> tuple[object, ...]:
    """Hydrogen on nitrogen first, charge on sulfur and oxygen first; then by the atoms' canonical ranks."""
    return (
        sum(site.carbon is not None for site in with_hydrogen),
        sum(-site.element if site.carbon is not None else 0 for site in charged),
        sum(site.far_from_fusion for site in with_hydrogen),
        sum(site.nitrogens for site in with_hydrogen),
        sorted(rank[site.atom] for site in with_hydrogen),
        sorted(rank[site.atom] for site in charged),
    )


def _redrawn(
    mol: Chem.Mol, sites: Sequence[_Site], with_hydrogen: Sequence[_Site], charged: Sequence[_Site]
) -> Chem.Mol | None:
    edit = Chem.RWMol(mol)
    for site in sites:
        atom = edit.GetAtomWithIdx(site.atom)
        atom.SetFormalCharge(-1 if site in charged else 0)
        _set_hydrogens(atom, 1 if site in with_hydrogen else 0)
        if site.carbon is not None:
            bare = site in with_hydrogen or site in charged
            edit.GetBondBetweenAtoms(site.atom, site.carbon).SetBondType(_SINGLE if bare else _DOUBLE)
    return _sanitised(edit)


def _ring_systems(mol: Chem.Mol) -> list[set[int]]:
    """Fused aromatic rings that hold nitrogen, as sets of atoms."""
    systems: list[set[int]] = []
    for ring in mol.GetRingInfo().AtomRings():
        atoms = [mol.GetAtomWithIdx(index) for index in ring]
        if len(ring) > _LARGEST_RING:  # the great ring of a porphyrin, around which both its hydrogens sit
            continue
        if not all(atom.GetIsAromatic() for atom in atoms) or not any(a.GetAtomicNum() == 7 for a in atoms):
            continue
        joined = set(ring)
        for system in [system for system in systems if len(system & joined) > 1]:
            systems.remove(system)
            joined |= system
        systems.append(joined)
    return systems


def _sites(mol: Chem.Mol, system: set[int]) -> list[_Site]:
    if any(mol.GetAtomWithIdx(index).GetFormalCharge() > 0 for index in system):
        return []
    found = []
    for index in system:
        atom = mol.GetAtomWithIdx(index)
        if atom.GetAtomicNum() == 7 and atom.GetDegree() == 2:
            nitrogens = sum(near.GetAtomicNum() == 7 for near in atom.GetNeighbors())
            found.append(_Site(index, None, 7, nitrogens, _is_far_from_fusion(mol, atom)))
        for near in atom.GetNeighbors():
            if (
                atom.GetAtomicNum() == 6
                and near.GetAtomicNum() in (8, 16, 34)
                and near.GetDegree() == 1
                and near.GetFormalCharge() <= 0
            ):
                found.append(_Site(near.GetIdx(), index, near.GetAtomicNum(), 0, False))
    return found


def _is_far_from_fusion(mol: Chem.Mol, nitrogen: Chem.Atom) -> bool:
    rings = mol.GetRingInfo()
    own = next(ring for ring in rings.AtomRings() if nitrogen.GetIdx() in ring)
    fused = {index for index in own if rings.NumAtomRings(index) > 1}
    return (
        len(own) == 5 and bool(fused) and not any(near.GetIdx() in fused for near in nitrogen.GetNeighbors())
    )


def _ranks_without_mobile_hydrogens(
    mol: Chem.Mol, systems: Sequence[tuple[set[int], Sequence[_Site]]]
) -> list[int]:
    """Ranks that no drawing changes: which bonds are aromatic depends on where the hydrogens are."""
    edit = Chem.RWMol(mol)
    for system, sites in systems:
        for bond in _bonds_of(edit, system):
            bond.SetIsAromatic(False)
            bond.SetBondType(Chem.BondType.ONEANDAHALF)
        for index in system:
            edit.GetAtomWithIdx(index).SetIsAromatic(False)
        for site in sites:
            atom = edit.GetAtomWithIdx(site.atom)
            atom.SetFormalCharge(0)
            _set_hydrogens(atom, 0)
            if site.carbon is not None:
                edit.GetBondBetweenAtoms(site.atom, site.carbon).SetBondType(_SINGLE)
    edit.UpdatePropertyCache(strict=False)
    return list(Chem.CanonicalRankAtoms(edit, breakTies=False))
