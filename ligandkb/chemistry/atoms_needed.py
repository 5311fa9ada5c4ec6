"""For which of these patterns are all the atoms there that it can't do without?

A pattern asks something of each of its atoms: element, charge, neighbours, hydrogens. Where a molecule has no such
atom, or too few of them, RDKit need not be asked. What is asked is read off the pattern, so that it can't be stated
wrongly, and is answered once for each kind of atom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ligandkb.chemistry.outline import AtomKind, Outline
from ligandkb.chemistry.smarts import Conjunct, Pattern, read

_Said = frozenset[tuple[str, str]]
_Statement = frozenset[tuple[_Said, _Said]]
"""What an atom must be: alternatives, each with what is said of it and what is denied."""
_JUDGED = frozenset({"Z", "aromatic", "charge", "X", "H", "D"})
"""Properties that an outline knows; a pattern's other words ask for nothing here."""
_ANYTHING: tuple[_Said, _Said] = (frozenset(), frozenset())
_MOST_ALTERNATIVES = 16
_MOST_COUNTED = 4
_MOST_KEPT = 20_000


@dataclass(frozen=True)
class _Need:
    """Statements as bits of a number: those of which one atom must be, and those of which more must be."""

    any: int
    counted: tuple[int, ...]


class AtomsNeeded:
    """Patterns with the atoms that they need.

    Parameters
    ----------
    patterns : iterable of str
        SMARTS.

    Examples
    --------
    >>> from rdkit import Chem
    >>> from ligandkb.chemistry.outline import outline_of
    >>> needed = AtomsNeeded(["[OX2H1]C=O", "[NX1]#C", "[#8]~[#6]~[#8]"])
    >>> needed.possible(outline_of(Chem.MolFromSmiles("OCC=O")))
    (0, 2)
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._bits: dict[_Statement, int] = {}
        self._counted = 0
        self._of_kind: dict[int, int] = {}
        self._without_counting: dict[int, tuple[tuple[int, tuple[_Need, ...]], ...]] = {}
        self._with_counting: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._needs = [tuple(map(self._need, _needs(read(smarts)))) for smarts in patterns]

    def bit(self, smarts: str, atom: int) -> int:
        """The bit that :meth:`bits` sets for what one atom of a pattern may be.

        Parameters
        ----------
        smarts : str
        atom : int
            Its position in the pattern.

        Returns
        -------
        int
            Zero where it may be anything.
        """
        statement = _statement(read(smarts).atoms[atom])
        return 0 if _ANYTHING in statement else self._bit(statement)

    def bits(self, outline: Outline) -> list[int]:
        """For each atom, as bits of a number, what of all that is asked it may be."""
        known = self._of_kind
        try:
            return [known[id(kind)] for kind in outline.kinds]
        except KeyError:
            return [self._learn(kind) for kind in outline.kinds]

    def possible(self, outline: Outline) -> tuple[int, ...]:
        """Positions of the patterns that the molecule may match; every other one has no match.

        Parameters
        ----------
        outline : Outline
            Of the whole molecule.
        """
        if (
            1 in outline.elements
        ):  # SMARTS counts a hydrogen that is drawn as an atom among those of its neighbour
            return tuple(range(len(self._needs)))
        one = two = three = four = 0
        for bits in self.bits(outline):
            counted = bits & self._counted
            if counted:
                four |= three & counted
                three |= two & counted
                two |= one & counted
            one |= bits
        key = (one, two, three, four)
        found = self._with_counting.get(key)
        if found is None:
            if len(self._with_counting) >= _MOST_KEPT:
                self._with_counting.clear()
            found = self._with_counting[key] = tuple(
                position
                for position, needs in self._by_atoms(one)
                if any(
                    not any(more & ~there for more, there in zip(need.counted, key[1:], strict=True))
                    for need in needs
                )
            )
        return found

    def _by_atoms(self, there: int) -> tuple[tuple[int, tuple[_Need, ...]], ...]:
        """Patterns whose atoms are all there, whatever their number."""
        found = self._without_counting.get(there)
        if found is None:
            if len(self._without_counting) >= _MOST_KEPT:
                self._without_counting.clear()
            found = self._without_counting[there] = tuple(
                (position, left)
                for position, needs in enumerate(self._needs)
                if (left := tuple(need for need in needs if not need.any & ~there))
            )
        return found

    def _bit(self, statement: _Statement) -> int:
        if statement not in self._bits:
            self._bits[statement] = 1 << len(self._bits)
            self._of_kind.clear()
        return self._bits[statement]

    def _need(self, asked: Counter[_Statement]) -> _Need:
        counted = [0] * (_MOST_COUNTED - 1)
        asked = Counter({one: number for one, number in asked.items() if _ANYTHING not in one})
        for statement, number in asked.items():
            for more in range(2, min(number, _MOST_COUNTED) + 1):
                counted[more - 2] |= self._bit(statement)
        self._counted |= counted[0]
        return _Need(sum(map(self._bit, asked)), tuple(counted))

    def _learn(self, kind: AtomKind) -> int:
        bits = sum(bit for statement, bit in self._bits.items() if _may_be(kind, statement))
        self._of_kind[id(kind)] = bits  # kinds are never thrown away
        return bits


def _needs(pattern: Pattern) -> list[Counter[_Statement]]:
    """Alternatives, of one of which a molecule must have all atoms, each so many times."""
    # Of two oxygens, one of them charged, two must be oxygen and one charged.
    of_elements = [
        [_only(one.element) for one in atom] for atom in pattern.atoms if all(one.element for one in atom)
    ]
    asked = Counter(
        {
            _statement(atom): sum(_follows(other, atom) for other in pattern.atoms)
            for atom in (*pattern.atoms, *of_elements)
        }
    )
    needs = [asked]
    for atom in pattern.atoms:
        if not any(one.around for one in atom):
            continue
        options = [need for one in atom for need in _around(one)]
        if len(needs) * len(options) <= _MOST_ALTERNATIVES:
            needs = [need | option for need in needs for option in options]
    return needs


def _follows(atom: Sequence[Conjunct], other: Sequence[Conjunct]) -> bool:
    """Whether whatever may be the one atom may be the other."""
    return all(any(one.implies(broader) for broader in other) for one in atom)


def _around(one: Conjunct) -> list[Counter[_Statement]]:
    needs = [Counter([_statement([one])])]
    for pattern in one.around:
        needs = [need | other for need in needs for other in _needs(pattern)]
    return needs


def _statement(atom: Sequence[Conjunct]) -> _Statement:
    return frozenset((_judged(one.says), _judged(one.denies)) for one in atom)


def _judged(said: _Said) -> _Said:
    return frozenset((name, value) for name, value in said if name in _JUDGED)


def _only(element: int | None) -> Conjunct:
    return Conjunct("", frozenset({("Z", str(element))}))


def _may_be(kind: AtomKind, statement: _Statement) -> bool:
    """Whether an atom is one of the alternatives, as far as its kind tells."""
    is_so = {
        "Z": str(kind.element),
        "aromatic": str(int(kind.is_aromatic)),
        "charge": f"{kind.charge:+d}" if kind.charge else "0",
        "X": str(kind.connections),
        "H": str(kind.hydrogens),
        "D": str(kind.connections - kind.hydrogens),
    }
    return any(
        all(is_so[name] == value for name, value in says)
        and not any(is_so[name] == value for name, value in denies)
        for says, denies in statement
    )
