"""Where was the mobile hydrogen put?

A product whose proton moves from atom to atom by itself can be drawn in several ways, and suppliers use all of
them. Each is redrawn in one: a reviewed table of shifts for the kinds that occur among ligands, and for aromatic
rings with nitrogen a choice among the places where their hydrogens can be. RDKit's own enumerator would also move
hydrogens that stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdkit import Chem

from ligandkb.chemistry.ring_hydrogens import placed, sanitised, set_hydrogens

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


_RING_HYDROGEN = Chem.MolFromSmarts(
    "[$([nX3;H1;+0]),$([nX2;-]),$([O,S,Se;X2;H1]c:n),$([O,S,Se;X2;H1]c:c:[c,n]:n)]"
)
# Hydrogen or a negative charge next to a double bond, but not to that of an acid, ester or amide.
_NEXT_TO_A_DOUBLE_BOND = Chem.MolFromSmarts("[#7,#8,#16,#34;!H0,-]-,:[#6,#7,a]=,:[#6,#7,a]")
# Of an aromatic ring, where a hydrogen can be: the one of a lone pyrrole stays.
_PLACE = "[$([n;D2]),$([#8,#16,#34;D1]~c)]"
# What is quickly asked, and what moves, in which a match of the first is contained; phosphorus apart.
_MOBILE: tuple[tuple[Chem.Mol, tuple[Chem.Mol, ...]], ...] = (
    (
        Chem.MolFromSmarts("[n;H1,-]"),
        (
            Chem.MolFromSmarts(f"{_PLACE}.{_PLACE}"),
            *(one.pattern for one in _SHIFTS if one.name.startswith("imine to amine")),
        ),
    ),
    (
        Chem.MolFromSmarts("[O,S,Se;X2;H1]c"),
        (
            Chem.MolFromSmarts("[O,S,Se;X2;H1]c:n"),
            Chem.MolFromSmarts("[O,S,Se;X2;H1]c:c:[c,n]:n"),
            *(one.pattern for one in _RING_ENOLS),
        ),
    ),
    (
        Chem.MolFromSmarts("[O,S,Se,N;!H0]C=[C,N]"),
        tuple(
            one.pattern for one in _SHIFTS if not any(atom.GetIsAromatic() for atom in one.pattern.GetAtoms())
        ),
    ),
)
_MAX_SHIFTS = 64
BY_ORDER = "_hydrogenPlacedByOrder"
"""Mark of a molecule; RDKit takes it away from a copy as soon as that is changed and sanitised."""


def standard_tautomer(mol: Chem.Mol) -> Chem.Mol:
    """Draw the mobile hydrogens of a molecule in the standard way.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same atoms; the molecule itself where nothing is to be changed. Marked with :data:`BY_ORDER` where
        another order of the atoms may put a hydrogen elsewhere.

    Examples
    --------
    >>> Chem.MolToSmiles(standard_tautomer(Chem.MolFromSmiles("Sc1ccccn1")))
    'S=c1cccc[nH]1'
    >>> Chem.MolToSmiles(standard_tautomer(Chem.MolFromSmiles("CCP(O)O")))
    'CC[PH](=O)O'
    """
    changed, by_order = _shifted(mol, _SHIFTS), False
    if changed.HasSubstructMatch(_RING_HYDROGEN):
        changed, by_order = placed(changed)
    changed = _shifted(changed, _RING_ENOLS)
    if changed is not mol:
        Chem.AssignStereochemistry(changed, cleanIt=True, force=True)
    if changed is not mol or by_order:
        changed.SetBoolProp(BY_ORDER, True, True)
    return changed


def has_mobile_hydrogen(mol: Chem.Mol, smiles: str) -> bool:
    """Whether :func:`standard_tautomer` has something to decide.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product, sanitised.
    smiles : str
        A text that it was read from or written as.

    Returns
    -------
    bool

    Examples
    --------
    >>> [has_mobile_hydrogen(Chem.MolFromSmiles(text), text) for text in ("c1cn[nH]c1", "CCN", "CC(=O)O")]
    [True, False, False]
    """
    if ("P" in smiles or "p" in smiles) and mol.HasSubstructMatch(_SHIFTS[0].pattern):
        return True
    # Most molecules are done here, and of the others most with the three patterns of the table.
    return bool(mol.HasSubstructMatch(_NEXT_TO_A_DOUBLE_BOND)) and any(
        mol.HasSubstructMatch(implied) and any(mol.HasSubstructMatch(pattern) for pattern in patterns)
        for implied, patterns in _MOBILE
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
    set_hydrogens(edit.GetAtomWithIdx(match[0]), mol.GetAtomWithIdx(match[0]).GetTotalNumHs() - 1)
    set_hydrogens(
        edit.GetAtomWithIdx(match[shift.to]), mol.GetAtomWithIdx(match[shift.to]).GetTotalNumHs() + 1
    )
    return sanitised(edit)
