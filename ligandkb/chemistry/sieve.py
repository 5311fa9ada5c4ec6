"""Which of many patterns can match this molecule at all?

The sum formula rules most of them out. Of the pieces that the rest need, each is searched for once and answers for all
of them, that one first for which most patterns wait; rare pieces are searched for together. What remains is searched
for itself. The order of questions is a tree that grows where molecules go, so that nothing is worked out twice for
molecules of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.needs import Counted, needs
from ligandkb.chemistry.smarts import Pattern, read

_COUNTED = re.compile(r"([A-Z][a-z]?)(\d*)")
_TABLE = Chem.GetPeriodicTable()
_Waiting = tuple[tuple[int, tuple[int, ...]], ...]
"""Patterns not ruled out yet, each with the questions that must be answered with yes: a bit each, all of a number."""
_CERTAIN = (0,)
_MOST_NODES = 32768
"""Of some 700 bytes each. A list of 24,000 acids needs 14,000 of them, and longer ones hardly more."""


class Sieve:
    """Patterns with what a molecule must have for each.

    Parameters
    ----------
    patterns : iterable of Pattern
    questions : iterable of str
        SMARTS of connected pieces that are worth asking for.
    rare : iterable of str
        More of them, which most molecules lack: whether there is any of them is asked at once.

    Examples
    --------
    >>> sieve = Sieve(map(read, ("[#7]~[#7]~[#7]", "[#9]", "[#8]")), ["[#7]~[#7]"])
    >>> [pattern.smarts for pattern in sieve.possible(Chem.MolFromSmiles("NN=C(N)CO"))]
    ['[#7]~[#7]~[#7]', '[#8]']
    """

    def __init__(
        self, patterns: Iterable[Pattern], questions: Iterable[str], rare: Iterable[str] = ()
    ) -> None:
        self.patterns = tuple(patterns)
        self.questions = (*rare, *questions)
        self.rare = (1 << len(self.questions) - len(tuple(questions))) - 1
        bits = {smarts: 1 << place for place, smarts in enumerate(self.questions)}
        self._needs: list[tuple[tuple[int, int], ...]] = []
        counts: dict[Counted, int] = {}
        for pattern in self.patterns:
            alternatives = []
            for facts in needs(pattern, self.questions):
                counted = sum(
                    counts.setdefault(one, 1 << len(counts)) for one in facts if not isinstance(one, str)
                )
                alternatives.append((counted, sum(bits[one] for one in facts if isinstance(one, str))))
            self._needs.append(tuple(alternatives))
        self._counts = tuple((*fact, bit) for fact, bit in counts.items())
        self._most: dict[str, int] = {}
        for elements, number, _ in self._counts:
            for symbol in map(_TABLE.GetElementSymbol, elements):
                self._most[symbol] = max(self._most.get(symbol, 0), number)
        self._nodes: dict[tuple[_Waiting, bool], _Node] = {}
        self._same: dict[tuple[int, tuple[int, ...]], tuple[int, tuple[int, ...]]] = {}  # each kept once
        self._first = lru_cache(maxsize=8192)(self._of_formula)
        self._after_counting = lru_cache(maxsize=8192)(self._of_counts)

    def possible(self, mol: Chem.Mol, formula: str = "") -> tuple[Pattern, ...]:
        """Patterns that the molecule may match; every other one has no match.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            Sanitised, without wildcard.
        formula : str, optional
            Its sum formula, if that is at hand.
        """
        node = self._first(formula or CalcMolFormula(mol))
        while node.piece is not None:
            node = node.yes if mol.HasSubstructMatch(node.piece) else node.no
        return node.patterns

    def _of_formula(self, formula: str) -> _Node:
        counted = [
            (symbol, min(int(number or 1), self._most[symbol]))
            for symbol, number in _COUNTED.findall(formula)
            if symbol in self._most
        ]
        return self._after_counting(tuple(counted))

    def _of_counts(self, counted: tuple[tuple[str, int], ...]) -> _Node:
        """What the sum formula leaves."""
        counts = {_TABLE.GetAtomicNumber(symbol): number for symbol, number in counted}
        lacks = sum(
            bit
            for elements, least, bit in self._counts
            if sum(counts.get(number, 0) for number in elements) < least
        )
        return self._node(
            (place, [asked for count, asked in alternatives if not count & lacks])
            for place, alternatives in enumerate(self._needs)
        )

    def _node(self, waiting: Iterable[tuple[int, Sequence[int]]], rare_asked: bool = False) -> _Node:
        """The node for patterns that wait for such answers, made once."""
        same = self._same.setdefault
        left = []
        for place, need in waiting:
            if need:
                entry = (place, need if need is _CERTAIN else _CERTAIN if 0 in need else tuple(need))
                left.append(same(entry, entry))
        key = tuple(left), rare_asked
        if key not in self._nodes:
            if len(self._nodes) >= _MOST_NODES:
                self._forget()
            self._nodes[key] = _Node(self, *key)
        return self._nodes[key]

    def _forget(self) -> None:
        """Let the tree grow anew, so that its size is bounded."""
        self._nodes.clear()
        self._same.clear()
        self._first.cache_clear()
        self._after_counting.cache_clear()

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """Of a search, roughly: patterns around atoms are searched for all over the molecule."""
        return tuple(1 + pattern.smarts.count("$(") for pattern in self.patterns)


class _Node:
    """A question, with what is left after either answer; or, without one, the patterns that are left.

    Rare pieces are asked for at once first, and one by one only of molecules that have any of them.
    """

    def __init__(self, sieve: Sieve, waiting: _Waiting, rare_asked: bool) -> None:
        self._sieve, self._waiting, self._rare_asked = sieve, waiting, rare_asked
        saved, costs = [0.0] * len(sieve.questions), sieve.costs
        for pattern, need in waiting:
            if need is not _CERTAIN:
                for needed in need:
                    for place in _places(needed):
                        saved[place] += costs[pattern] / len(need)
        rare = 0 if rare_asked else sum(1 << place for place, cost in enumerate(saved) if cost) & sieve.rare
        best = max(range(len(saved)), key=saved.__getitem__)
        self._asked = rare if rare.bit_count() > 1 else 1 << best
        # A question that saves one plain search at most is not worth a search of its own.
        worth_it = self._asked == rare or saved[best] > 1
        self.piece = (
            _any_of(tuple(sieve.questions[place] for place in _places(self._asked))) if worth_it else None
        )

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """That are left."""
        return tuple(self._sieve.patterns[pattern] for pattern, _ in self._waiting)

    @cached_property
    def yes(self) -> _Node:
        if self._asked.bit_count() > 1:
            return self._sieve._node(self._waiting, rare_asked=True)
        return self._sieve._node(
            (
                (pattern, need if need is _CERTAIN else [one & ~self._asked for one in need])
                for pattern, need in self._waiting
            ),
            self._rare_asked,
        )

    @cached_property
    def no(self) -> _Node:
        return self._sieve._node(
            (
                (pattern, need if need is _CERTAIN else [one for one in need if not one & self._asked])
                for pattern, need in self._waiting
            ),
            self._rare_asked or self._asked.bit_count() > 1,
        )


@lru_cache(maxsize=4096)
def _places(bits: int) -> tuple[int, ...]:
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


@lru_cache(maxsize=1024)
def _any_of(questions: tuple[str, ...]) -> Chem.Mol:
    if len(questions) == 1:
        return Chem.MolFromSmarts(questions[0])
    return Chem.MolFromSmarts(f"[{','.join(map(_first_atom, questions))}]")


def _first_atom(question: str) -> str:
    """SMARTS of the first atom of a piece, to stand between brackets."""
    atoms = read(question).atoms
    return ",".join(one.text for one in atoms[0]) if len(atoms) == 1 else f"$({question})"
