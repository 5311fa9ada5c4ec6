"""Other drawings of a product: what suppliers, drawing programs and chemists make of the same molecule."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rdkit import Chem, rdBase

_SINGLE, _DOUBLE = Chem.BondType.SINGLE, Chem.BondType.DOUBLE
# (pattern, atom that loses H, atom that gains it, new bond orders): the reverse of the table under test.
TAUTOMERS = (
    ("[NX3;H1,H2;+0;!$(N[!#6])][CX3]=[O,S;X1]", 0, 2, {(0, 1): _DOUBLE, (1, 2): _SINGLE}),
    ("[nX3;H1;+0]:c=[O,S;X1]", 0, 2, {(1, 2): _SINGLE}),
    ("[nX3;H1;+0]:c:c:c=[O,S;X1]", 0, 4, {(3, 4): _SINGLE}),
    ("[S,O;X2;H1]c:[nX2;+0]", 0, 2, {(0, 1): _DOUBLE}),
    ("[PX4;H1]=[OX1]", 0, 1, {(0, 1): _SINGLE}),
    (
        "[CX4;H1,H2;!$(C[#7,#8,#16])]([CX3](=O)[#6,#8;!$([#6X3]=O)])[CX3;$(C[#6,H]);!$(C[CX3]=O);!$(C[O,N])]=O",
        0,
        5,
        {(0, 4): _DOUBLE, (4, 5): _SINGLE},
    ),
    ("[nX3;H1;+0;r5]:[nX2;+0;r5]", 0, 1, {}),
    ("[nX3;H1;+0;r5]:[cX3]:[nX2;+0;r5]", 0, 2, {}),
)
# (pattern, charge shifts, new bond orders): the same atoms with their charges apart.
CHARGES = (
    ("[OX1]=[PX4]", (-1, 1), {(0, 1): _SINGLE}),
    ("[OX1]=[SX3;+0]([#6])[#6]", (-1, 1), {(0, 1): _SINGLE}),
    ("[OX1]=[SX4](=O)([#6])[#6]", (-1, 1), {(0, 1): _SINGLE}),
    ("[OX1]=[CX3][NX3;+0;!$(N[!#6])]", (-1, 0, 1), {(0, 1): _SINGLE, (1, 2): _DOUBLE}),
)


def _edited(mol: Chem.Mol, bonds: dict[tuple[int, int], Chem.BondType], match: tuple[int, ...]) -> Chem.RWMol:
    edit = Chem.RWMol(mol)
    for (begin, end), order in bonds.items():
        bond = edit.GetBondBetweenAtoms(match[begin], match[end])
        bond.SetBondType(order)
        bond.SetStereo(Chem.BondStereo.STEREONONE)
    return edit


def _text(edit: Chem.RWMol) -> str | None:
    with rdBase.BlockLogs():
        if Chem.SanitizeMol(edit, catchErrors=True):
            return None
        text = Chem.MolToSmiles(edit)
        return text if Chem.MolFromSmiles(text) is not None else None


def tautomers(smiles: str, dice: random.Random) -> Iterator[str]:
    """The molecule with one mobile hydrogen elsewhere, for each kind of the table that occurs in it."""
    mol = Chem.MolFromSmiles(smiles)
    for smarts, giver, taker, bonds in TAUTOMERS:
        matches = mol.GetSubstructMatches(Chem.MolFromSmarts(smarts))
        if not matches:
            continue
        match = dice.choice(matches)
        edit = _edited(mol, bonds, match)
        for index, shift in ((giver, -1), (taker, +1)):
            atom = edit.GetAtomWithIdx(match[index])
            atom.SetNumExplicitHs(mol.GetAtomWithIdx(match[index]).GetTotalNumHs() + shift)
            atom.SetNoImplicit(True)
        text = _text(edit)
        if text is not None:
            yield text


def charge_separated(smiles: str) -> Iterator[str]:
    """The molecule with P=O, S=O and amide bonds drawn as ions."""
    mol = Chem.MolFromSmiles(smiles)
    for smarts, shifts, bonds in CHARGES:
        for match in mol.GetSubstructMatches(Chem.MolFromSmarts(smarts))[:1]:
            edit = _edited(mol, bonds, match)
            for index, shift in zip(match, shifts, strict=False):
                atom = edit.GetAtomWithIdx(index)
                hydrogens = mol.GetAtomWithIdx(index).GetTotalNumHs()
                atom.SetFormalCharge(atom.GetFormalCharge() + shift)
                atom.SetNumExplicitHs(hydrogens)
                atom.SetNoImplicit(True)
            text = _text(edit)
            if text is not None:
                yield text


def redrawings(smiles: str, dice: random.Random) -> Iterator[str]:
    """One redrawing of each kind: order of atoms, Kekulé form, explicit hydrogens, charges, tautomers."""
    mol = Chem.MolFromSmiles(smiles)
    order = list(range(mol.GetNumAtoms()))
    dice.shuffle(order)
    yield Chem.MolToSmiles(Chem.RenumberAtoms(mol, order), canonical=False)
    kekule = Chem.Mol(mol)
    Chem.Kekulize(kekule, clearAromaticFlags=True)
    yield Chem.MolToSmiles(kekule, kekuleSmiles=True)
    yield Chem.MolToSmiles(mol, allHsExplicit=True)
    yield Chem.MolToSmiles(Chem.AddHs(mol))
    yield from charge_separated(smiles)
    yield from tautomers(smiles, dice)
