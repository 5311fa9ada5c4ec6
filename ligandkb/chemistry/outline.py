"""Which atoms does a molecule have, and which of them are bound to each other?

Asking RDKit's atoms one by one takes as long as reading the whole molecule. Its canonical SMILES says the same and
has been written anyway: symbols and bonds are gone through once. What an atom of such a symbol with such bonds is,
RDKit says when the first one is met.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from rdkit import Chem

from ligandkb.chemistry.remembered import remembered

_OWN_TEXT = "_own_text"
"""Attribute of a molecule whose atoms stand in the order of its canonical SMILES."""


def keep_own_text(mol: Chem.Mol, text: str) -> None:
    """Note of a molecule that its atoms stand in the order of its canonical SMILES.

    It is noted of this one object: a copy, which somebody may change, has no text of its own.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Not to be changed afterwards.
    text : str
        Its canonical SMILES.

    Examples
    --------
    >>> mol = Chem.MolFromSmiles("CCO")
    >>> keep_own_text(mol, "CCO")
    >>> own_text(mol), own_text(Chem.Mol(mol))
    ('CCO', None)
    """
    setattr(mol, _OWN_TEXT, (id(mol), text))


def own_text(mol: Chem.Mol) -> str | None:
    """The canonical SMILES in whose order a molecule's atoms stand, where that was noted.

    Parameters
    ----------
    mol : rdkit.Chem.Mol

    Examples
    --------
    >>> own_text(Chem.MolFromSmiles("CCO")) is None
    True
    """
    noted: tuple[int, str] | None = getattr(mol, _OWN_TEXT, None)
    return noted[1] if noted is not None and noted[0] == id(mol) else None


class AtomKind(NamedTuple):
    """What one atom is, without its neighbours.

    Attributes
    ----------
    element : int
        Atomic number.
    is_aromatic : bool
    connections : int
        Atoms that it is bound to, hydrogens among them (X of SMARTS).
    hydrogens : int
        Hydrogens that are not drawn as atoms.
    charge : int
        Formal charge in e.
    isotope : int
        Mass number where it is given, else 0.
    is_linear : bool
        Whether it is an sp hybrid.
    """

    element: int
    is_aromatic: bool
    connections: int
    hydrogens: int
    charge: int
    isotope: int
    is_linear: bool


@dataclass(frozen=True)
class Outline:
    """The atoms of a molecule and their neighbours.

    Attributes
    ----------
    kinds : list of AtomKind
        By the index of the atom. None of the lists is to be changed.
    neighbours : list of list of int
        Indices of the atoms that each is bound to.
    bonds : list of str
        A character for the bond to each of ``neighbours``, as a SMILES has it: ``=``, ``#``; a blank where it needs
        none, for single bonds and for aromatic ones between aromatic atoms.
    has_sides : bool
        Whether it is known of some double bond what lies on the same side of it.
    has_odd_bonds : bool
        Whether some bond is dative or of no plain order.
    has_triple_bonds : bool
    """

    kinds: list[AtomKind]
    neighbours: list[list[int]]
    bonds: list[str]
    has_sides: bool
    has_odd_bonds: bool
    has_triple_bonds: bool

    @cached_property
    def different_kinds(self) -> tuple[AtomKind, ...]:
        """The kinds of its atoms, each once."""
        return tuple(dict(zip(map(id, self.kinds), self.kinds, strict=True)).values())

    @cached_property
    def elements(self) -> frozenset[int]:
        """Atomic numbers of the atoms that are drawn."""
        return frozenset([kind.element for kind in self.different_kinds])

    @cached_property
    def _letters(self) -> list[str]:
        """One character for the kind of each atom."""
        return [_LETTERS.get(id(kind)) or _letter(kind) for kind in self.kinds]

    def surroundings(self, atom: int, bonds: int, before: int = -1) -> str:
        """Kinds and bonds around an atom so many bonds far, without those on the side of the one before it.

        They are equal for atoms of all molecules from which the same is seen. Rings count as what they look like from
        within: as branches without end.
        """
        letters = self._letters
        if bonds == 1:
            seen = [
                bond + letters[end]
                for bond, end in zip(self.bonds[atom], self.neighbours[atom], strict=True)
                if end != before
            ]
        else:
            seen = [
                f"{bond}({self.surroundings(end, bonds - 1, atom)})"
                for bond, end in zip(self.bonds[atom], self.neighbours[atom], strict=True)
                if end != before
            ]
        if len(seen) > 1:
            seen.sort()
        return letters[atom] + "".join(seen)

    def without_proton(self, atom: int) -> Outline | None:
        """Of the anion that is left where a hydroxyl gives its proton; None where the atom is no hydroxyl's."""
        if self.kinds[atom] != _HYDROXYL:
            return None
        kinds = [*self.kinds[:atom], _OXIDE, *self.kinds[atom + 1 :]]
        return replace(self, kinds=kinds)

    def distances(self, sources: Iterable[int]) -> list[int]:
        """Bonds from the nearest of several atoms to each atom; -1 where none leads there."""
        front = list(sources)
        found = [-1] * len(self.neighbours)
        for index in front:
            found[index] = 0
        for index in front:  # grows meanwhile
            for near in self.neighbours[index]:
                if found[near] < 0:
                    found[near] = found[index] + 1
                    front.append(near)
        return found

    def within(self, start: int, bonds: int) -> dict[int, int]:
        """Bonds from one atom to each that lies no farther than so many, itself among them."""
        found, front = {start: 0}, [start]
        for distance in range(1, bonds + 1):
            reached = []
            for index in front:
                for near in self.neighbours[index]:
                    if near not in found:
                        found[near] = distance
                        reached.append(near)
            front = reached
        return found


@remembered(16384)
def outline_of(mol: Chem.Mol) -> Outline:
    """Atoms and neighbours of a molecule.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised, without wildcard; not to be changed afterwards: what was found of it is kept.

    Returns
    -------
    Outline

    Examples
    --------
    >>> outline = outline_of(Chem.MolFromSmiles("OCC"))
    >>> sorted(outline.neighbours[1]), outline.kinds[0].hydrogens
    ([0, 2], 1)
    """
    own = own_text(mol)
    text = str(Chem.MolToSmiles(mol)) if own is None else own
    symbols, neighbours, bonds, more_bonds = _read(text)
    order = None if own is not None else list(mol.GetPropsAsDict(True, True)["_smilesAtomOutputOrder"])
    kinds = []
    for place, key in enumerate(zip(symbols, map(len, neighbours), more_bonds, strict=True)):
        kind = _KINDS.get(key)
        if kind is None:
            kind = _KINDS[key] = _kind(mol.GetAtomWithIdx(order[place] if order else place))
        kinds.append(kind)
    if order:
        places = sorted(range(len(order)), key=order.__getitem__)
        kinds = [kinds[place] for place in places]
        neighbours = [[order[near] for near in neighbours[place]] for place in places]
        bonds = [bonds[place] for place in places]
    return Outline(
        kinds,
        neighbours,
        bonds,
        has_sides=not _SIDES.isdisjoint(text),
        has_odd_bonds=not _ODD_BONDS.isdisjoint(text),
        has_triple_bonds="#" in text,
    )


def outline_at_hand(mol: Chem.Mol) -> Outline | None:
    """Atoms and neighbours of a molecule that has been written; None where that would have to be done first.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised; not to be changed afterwards where it is kept.

    Examples
    --------
    >>> outline_at_hand(Chem.MolFromSmiles("OCC")) is None
    True
    """
    return None if own_text(mol) is None else outline_of(mol)


_HYDROXYL = AtomKind(8, False, 2, 1, 0, 0, False)
_OXIDE = AtomKind(8, False, 1, 0, -1, 0, False)
_KINDS: dict[tuple[str, int, int], AtomKind] = {("[O-]", 1, 0): _OXIDE}
"""By symbol, number of neighbours and bonds beyond one to each: a SMILES says no more of what an atom is."""


_LETTERS: dict[int, str] = {}
_FIRST_LETTER = 0x4E00
"""Far from the characters of bonds and brackets, and with room for as many kinds as there may be."""


def _letter(kind: AtomKind) -> str:
    """A character for a kind, which is never thrown away."""
    return _LETTERS.setdefault(id(kind), chr(_FIRST_LETTER + len(_LETTERS)))


def _kind(atom: Chem.Atom) -> AtomKind:
    return AtomKind(
        atom.GetAtomicNum(),
        atom.GetIsAromatic(),
        atom.GetTotalDegree(),
        atom.GetTotalNumHs(),
        atom.GetFormalCharge(),
        atom.GetIsotope(),
        atom.GetHybridization() is Chem.HybridizationType.SP,
    )


_TOKEN = re.compile(r"\[[^\]]*\]|Br|Cl|%\d\d|%\(\d+\)|->|<-|.")
_SYMBOLS_WITHOUT_BRACKETS = frozenset(
    ("B", "C", "N", "O", "P", "S", "F", "Cl", "Br", "I", "b", "c", "n", "o", "p", "s")
)
_BONDS = {"/": " ", "\\": " ", "->": ">", "<-": "<"} | {symbol: symbol for symbol in "=#$-:~"}
_MORE_BONDS = {" ": 0, "=": 1, "#": 2, "$": 3, "-": 0, ":": 0, "~": 0, ">": 0, "<": 0}
_SIDES = frozenset("/\\")
_ODD_BONDS = frozenset("<>~$")


def _read(text: str) -> tuple[list[str], list[list[int]], list[str], list[int]]:
    """Of each atom of a canonical SMILES symbol, neighbours, bonds to them, and bonds beyond one to each."""
    symbols: list[str] = []
    neighbours: list[list[int]] = []
    bonds: list[str] = []
    more_bonds: list[int] = []
    branches: list[int] = []
    rings: dict[str, tuple[int, str]] = {}
    last, bond = -1, " "
    for token in _TOKEN.findall(text):
        if token in _SYMBOLS_WITHOUT_BRACKETS or token[0] == "[":
            index = len(symbols)
            symbols.append(token)
            if last < 0:
                neighbours.append([])
                bonds.append("")
                more_bonds.append(0)
            else:
                neighbours[last].append(index)
                neighbours.append([last])
                bonds[last] += bond
                bonds.append(bond)
                more = _MORE_BONDS[bond]
                more_bonds[last] += more
                more_bonds.append(more)
            last, bond = index, " "
        elif token == "(":
            branches.append(last)
        elif token == ")":
            last = branches.pop()
        elif token in _BONDS:
            bond = _BONDS[token]
        elif token == ".":
            last = -1
        elif token in rings:
            other, bond_there = rings.pop(token)
            bond = bond_there if bond == " " else bond  # it is written at one end or at both
            for one, end in ((last, other), (other, last)):
                neighbours[one].append(end)
                bonds[one] += bond
                more_bonds[one] += _MORE_BONDS[bond]
            bond = " "
        else:
            rings[token] = last, bond
            bond = " "
    return symbols, neighbours, bonds, more_bonds
