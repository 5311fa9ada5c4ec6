"""Which of many patterns can match this molecule at all?

The sum formula rules most of them out. Of the pieces that the rest need, each is searched for once and answers for all
of them, that one first for which most patterns wait; rare atoms are searched for together. What remains is searched
for itself. The order of questions is a tree that grows where molecules go, so that nothing is worked out twice for
molecules of a kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.needs import needs
from ligandkb.chemistry.smarts import Pattern, read

_COUNTED = re.compile(r"([A-Z][a-z]?)(\d*)")
_TABLE = Chem.GetPeriodicTable()
_Waiting = tuple[tuple[Pattern, frozenset[frozenset[str]]], ...]
"""Patterns not ruled out yet, each with the questions of which it needs a "yes": all those of one alternative."""
_CERTAIN = frozenset({frozenset[str]()})


class Sieve:
    """Patterns with what a molecule must have for each.

    Parameters
    ----------
    patterns : iterable of Pattern
    questions : iterable of str
        SMARTS of connected pieces that are worth asking for.

    Examples
    --------
    >>> sieve = Sieve(map(read, ("[#7]~[#7]~[#7]", "[#9]", "[#8]")), ["[#7]~[#7]"])
    >>> [pattern.smarts for pattern in sieve.possible(Chem.MolFromSmiles("NN=C(N)CO"))]
    ['[#7]~[#7]~[#7]', '[#8]']
    """

    def __init__(self, patterns: Iterable[Pattern], questions: Iterable[str]) -> None:
        asked = tuple(questions)
        self._needs = {pattern: needs(pattern, asked) for pattern in patterns}
        self._most: dict[str, int] = {}
        for fact in {fact for need in self._needs.values() for facts in need for fact in facts}:
            if not isinstance(fact, str):
                for symbol in map(_TABLE.GetElementSymbol, fact[0]):
                    self._most[symbol] = max(self._most.get(symbol, 0), fact[1])
        self._nodes: dict[tuple[_Waiting, bool], _Node] = {}
        self._first = lru_cache(maxsize=16384)(self._after_counting)

    def possible(self, mol: Chem.Mol) -> tuple[Pattern, ...]:
        """Patterns that the molecule may match; every other one has no match.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            Sanitised, without wildcard.
        """
        most = self._most
        counted = [
            (symbol, min(int(number or 1), most[symbol]))
            for symbol, number in _COUNTED.findall(CalcMolFormula(mol))
            if symbol in most
        ]
        node = self._first(tuple(counted))
        while node.piece is not None:
            node = node.yes if mol.HasSubstructMatch(node.piece) else node.no
        return node.patterns

    def _after_counting(self, counted: tuple[tuple[str, int], ...]) -> _Node:
        """What the sum formula leaves."""
        counts = {_TABLE.GetAtomicNumber(symbol): number for symbol, number in counted}

        @cache
        def holds(fact: tuple[frozenset[int], int]) -> bool:
            return sum(counts.get(number, 0) for number in fact[0]) >= fact[1]

        return self._node(
            (
                pattern,
                frozenset(
                    frozenset(fact for fact in facts if isinstance(fact, str))
                    for facts in need
                    if all(isinstance(fact, str) or holds(fact) for fact in facts)
                ),
            )
            for pattern, need in self._needs.items()
        )

    def _node(
        self, waiting: Iterable[tuple[Pattern, frozenset[frozenset[str]]]], atoms_asked: bool = False
    ) -> _Node:
        """The node for patterns that wait for such answers, made once."""
        left = tuple(
            (pattern, _CERTAIN if frozenset() in need else need) for pattern, need in waiting if need
        )
        if (left, atoms_asked) not in self._nodes:
            self._nodes[left, atoms_asked] = _Node(self, left, atoms_asked)
        return self._nodes[left, atoms_asked]


class _Node:
    """A question, with what is left after either answer; or, without one, the patterns that are left.

    Several questions on one atom are asked as one: whether there is an atom for any of them.
    """

    def __init__(self, sieve: Sieve, waiting: _Waiting, atoms_asked: bool) -> None:
        self._sieve, self._waiting, self._atoms_asked = sieve, waiting, atoms_asked
        saved = Counter[str]()
        for pattern, need in waiting:
            saved.update(dict.fromkeys(frozenset.intersection(*need), _cost(pattern)))
        atoms = () if atoms_asked else tuple(sorted(one for one in saved if len(read(one).atoms) == 1))
        best = max(sorted(saved), key=saved.__getitem__, default="")
        self._questions = atoms if len(atoms) > 1 else (best,)
        worth_it = sum(saved[one] for one in self._questions) > _COST_OF_A_QUESTION
        self.piece = _any_of(self._questions) if worth_it else None
        self.patterns = tuple(pattern for pattern, _ in waiting)

    @cached_property
    def yes(self) -> _Node:
        if len(self._questions) > 1:
            return self._sieve._node(self._waiting, atoms_asked=True)
        answered = frozenset(self._questions)
        return self._sieve._node(
            ((pattern, frozenset(facts - answered for facts in need)) for pattern, need in self._waiting),
            self._atoms_asked,
        )

    @cached_property
    def no(self) -> _Node:
        return self._sieve._node(
            (
                (pattern, frozenset(facts for facts in need if facts.isdisjoint(self._questions)))
                for pattern, need in self._waiting
            ),
            self._atoms_asked or len(self._questions) > 1,
        )


_COST_OF_A_QUESTION = 1


def _cost(pattern: Pattern) -> int:
    """Of a search, roughly: patterns around atoms are searched for all over the molecule."""
    return 1 + pattern.smarts.count("$(")


@lru_cache(maxsize=1024)
def _any_of(questions: tuple[str, ...]) -> Chem.Mol:
    if len(questions) == 1:
        return Chem.MolFromSmarts(questions[0])
    return Chem.MolFromSmarts(
        f"[{','.join(one.text for smarts in questions for one in read(smarts).atoms[0])}]"
    )
