"""Where were the electrons put?

One ion or oxide can be drawn with its charges on different atoms. Each is redrawn in one way, so that it has one
canonical SMILES and one answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rdkit import Chem

from ligandkb.chemistry.elements import elements_in, elements_of_pattern


@dataclass(frozen=True)
class _Redrawing:
    """One drawing of a species turned into another: which electrons move, none of the atoms."""

    pattern: Chem.Mol
    elements: frozenset[int]
    charge_shifts: tuple[int, ...]
    bond_orders: Mapping[tuple[int, int], Chem.BondType]


def _redrawing(
    smarts: str, charge_shifts: tuple[int, ...], bond_orders: Mapping[tuple[int, int], Chem.BondType]
) -> _Redrawing:
    pattern = Chem.MolFromSmarts(smarts)
    return _Redrawing(pattern, elements_of_pattern(pattern), charge_shifts, bond_orders)


_SINGLE, _DOUBLE, _TRIPLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE, Chem.BondType.TRIPLE

# Drawings of one and the same anion or oxide that differ only in where the electrons were put.
# A species has one canonical SMILES, so each of these is redrawn. Electrons are moved in place: RDKit's
# reactions drop the other species of a salt on the way.
_REDRAWINGS = (
    # isothiocyanate, isoselenocyanate and isocyanate anions carry the charge on S, Se or O
    _redrawing("[N-;D1]=[C;D2]=[S,Se,O;D1;+0]", (1, 0, -1), {(0, 1): _TRIPLE, (1, 2): _SINGLE}),
    # dicyanamide carries the charge on the middle N
    _redrawing("[N-;D1]=[C;D2]=[N;D2;+0]C#N", (1, 0, -1, 0, 0), {(0, 1): _TRIPLE, (1, 2): _SINGLE}),
    # a cyanocarbanion carries the charge on C
    _redrawing("[N-;D1]=[C;D2]=[C;+0]", (1, 0, -1), {(0, 1): _TRIPLE, (1, 2): _SINGLE}),
    # azide
    _redrawing("[N-2;D1][N+;D2]#[N;D1;+0]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _DOUBLE}),
    # thiocarboxylate anions carry the charge on S
    _redrawing("[O-;D1][C;X3]=[S;D1;+0]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _SINGLE}),
    # thiophosphates, selenophosphates and thiosulfates carry it on S or Se
    _redrawing("[O-;D1][P,S;X4]=[S,Se;D1;+0]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _SINGLE}),
    # sulfonamide anions and sulfonimides carry it on N
    _redrawing("[O-;D1][S;D4]=[N;D2;+0]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _SINGLE}),
    # charge-separated amides, thioamides, ureas and dithiocarbamates
    _redrawing("[N+;!$(N[O-])]=[C;X3][O-,S-,Se-;D1]", (-1, 0, 1), {(0, 1): _SINGLE, (1, 2): _DOUBLE}),
    # amide and imide anions carry the charge on N, thioamide anions on S
    _redrawing(
        "[O-;D1][C;X3]=[NX2;+0;!$(N[!#6;!#1;!$(S(=O)=O)])]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _SINGLE}
    ),
    _redrawing("[N-;X2][C;X3]=[S,Se;D1;+0]", (1, 0, -1), {(0, 1): _DOUBLE, (1, 2): _SINGLE}),
    # anions of hydroxy- and mercaptoazines carry it on O or S
    _redrawing("[n-;X2]:[c;X3]=[O,S,Se;D1;+0]", (1, 0, -1), {(1, 2): _SINGLE}),
    _redrawing("[n-;X2]:c:c:[c;X3]=[O,S,Se;D1;+0]", (1, 0, 0, 0, -1), {(3, 4): _SINGLE}),
    # pyrithione carries it on S, its oxygen analogue on the O that is bound to N
    _redrawing("[O-;D1][n;X3;+0]:[c;X3]=[S,Se;D1;+0]", (0, 1, 0, -1), {(2, 3): _SINGLE}),
    _redrawing("[O-;D1][n+;X3]:[c;X3][O-;D1]", (0, -1, 0, 1), {(2, 3): _DOUBLE}),
    # carbocations next to O-, S- or N: carboxylates, amides, guanidinium
    _redrawing("[O-,S-;D1][C;X3;+1]", (1, -1), {(0, 1): _DOUBLE}),
    _redrawing("[NX3;+0][C;X3;+1]", (1, -1), {(0, 1): _DOUBLE}),
    # charge-separated phosphine oxides, sulfides, selenides and phosphoryl groups
    _redrawing("[O-,S-,Se-;D1][P;X4;+1]", (1, -1), {(0, 1): _DOUBLE}),
    # charge-separated sulfoxides, sulfones and sulfonates
    _redrawing("[O-;D1][S;D4;+2]", (1, -1), {(0, 1): _DOUBLE}),
    _redrawing("[O-;D1][S;D3,D4;+1]", (1, -1), {(0, 1): _DOUBLE}),
)
_CHARGES = re.compile(r"\[[^]]*[+-]\d*\]")
# Of these only what the two patterns match can stand elsewhere: not that of an acid's anion, amine or nitro group.
_NITROGENS = frozenset({"[N+]", "[NH+]", "[NH2+]", "[NH3+]", "[NH4+]"})
_PLAIN_CHARGES = _NITROGENS | {
    *("[O-]", "[OH-]", "[F-]", "[Cl-]", "[Br-]", "[I-]", "[Li+]", "[Na+]", "[K+]", "[Cs+]")
}
# Neither has a bond left that could be a double one.
_ACID_OR_NITRO = ("C(=O)[O-]", "O=C([O-])", "[N+](=O)[O-]", "O=[N+]([O-])")
_OXYGEN_THAT_SHARES = Chem.MolFromSmarts("[O-]-,:[#6,#7,#15,#16]=,:[#6,#7,#16,#34]")
_NITROGEN_THAT_SHARES = Chem.MolFromSmarts("[#7+]=,:[#6,#7]")


def charge_could_move(mol: Chem.Mol, smiles: str) -> bool:
    """Whether a charge of a molecule could stand elsewhere: most carboxylates, ammonium ions and nitro groups are out.

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
    >>> [charge_could_move(Chem.MolFromSmiles(text), text) for text in ("CC(=O)[O-]", "[N-]=C=S", "CC([O-])=N")]
    [False, True, True]
    """
    for fixed in _ACID_OR_NITRO:
        if "[" not in smiles:
            return False
        smiles = smiles.replace(fixed, "")
    charges = set(_CHARGES.findall(smiles))
    if not charges:
        return False
    return (
        not charges <= _PLAIN_CHARGES
        or ("[O-]" in charges and bool(mol.HasSubstructMatch(_OXYGEN_THAT_SHARES)))
        or (not charges.isdisjoint(_NITROGENS) and bool(mol.HasSubstructMatch(_NITROGEN_THAT_SHARES)))
    )


def standard_charges(mol: Chem.Mol) -> Chem.Mol:
    """Draw the charges of a molecule in the standard way.

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
    >>> Chem.MolToSmiles(standard_charges(Chem.MolFromSmiles("[N-]=C=S")))
    'N#C[S-]'
    """
    edit, elements = None, elements_in(mol)
    for redrawing in _REDRAWINGS:
        if not redrawing.elements <= elements:
            continue
        while match := (edit or mol).GetSubstructMatch(redrawing.pattern):
            edit = edit or Chem.RWMol(mol)
            for index, shift in zip(match, redrawing.charge_shifts, strict=True):
                atom = edit.GetAtomWithIdx(index)
                atom.SetFormalCharge(atom.GetFormalCharge() + shift)
            for (begin, end), order in redrawing.bond_orders.items():
                edit.GetBondBetweenAtoms(match[begin], match[end]).SetBondType(order)
            Chem.SanitizeMol(edit)
    if edit is None:
        return mol
    Chem.AssignStereochemistry(edit, cleanIt=True, force=True)
    return edit.GetMol()
