"""What must a molecule have for a pattern to match?

Read off the pattern itself, so that it can't be stated wrongly: numbers of atoms of its elements, and small pieces of
structure, the *questions*, each of which is asked once a molecule and answers for every pattern that holds it. Most
patterns of a long list are ruled out so, before RDKit searches for one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from ligandkb.chemistry.smarts import Conjunct, Pattern, read

Counted = tuple[frozenset[int], int]
"""Elements of which there are at least so many atoms."""
Fact = Counted | str
"""Atoms that are counted, or a question that is answered with yes."""
Need = frozenset[frozenset[Fact]]
"""Alternatives, of one of which every fact must hold."""

_Atom = tuple[Conjunct, ...]
_MOST_ALTERNATIVES = 48
_PLENTIFUL = frozenset({1, 6})
"""Elements of which most molecules have so many atoms that their number rules nothing out."""


def needs(pattern: Pattern, questions: Iterable[str] = ()) -> Need:
    """What every molecule has that a pattern matches.

    Parameters
    ----------
    pattern : Pattern
    questions : iterable of str
        SMARTS of connected pieces, without patterns around their atoms.

    Returns
    -------
    frozenset of frozenset
        Alternatives; no molecule matches unless all facts of one of them hold.

    Examples
    --------
    >>> needs(read("[#7]~[#7]~[#7]"), ["[#7]~[#7]", "[#8]~[#8]"]) == {
    ...     frozenset({(frozenset({7}), 3), "[#7]~[#7]"})
    ... }
    True
    """
    questions = tuple(questions)
    found: Need = frozenset({_atoms_counted(pattern) | _questions_held(pattern, questions)})
    for atom in pattern.atoms:
        if any(conjunct.around for conjunct in atom):
            found = _both(found, _any(_of_atom(conjunct, questions) for conjunct in atom))
    return found


def _of_atom(conjunct: Conjunct, questions: tuple[str, ...]) -> Need:
    plain = replace(conjunct, around=())
    found: Need = frozenset(
        {
            _atoms_counted(Pattern("", ((plain,),), ()))
            | {q for q in questions if _is_one_atom(plain, read(q))}
        }
    )
    for around in conjunct.around:
        first, *rest = around.atoms
        narrowed = replace(around, atoms=(tuple(one & plain for one in first), *rest))
        found = _both(found, needs(narrowed, questions))
    return found


def _atoms_counted(pattern: Pattern) -> frozenset[Fact]:
    """For each choice of elements that some atom leaves, how many atoms must be of one of them."""
    choices = [
        frozenset(one.element for one in atom if one.element is not None)
        for atom in pattern.atoms
        if all(one.element is not None for one in atom)
    ]
    return frozenset(
        (choice, 1 if choice & _PLENTIFUL else sum(other <= choice for other in choices))
        for choice in set(choices)
    )


def _is_one_atom(conjunct: Conjunct, question: Pattern) -> bool:
    return len(question.atoms) == 1 and _implied((conjunct,), question.atoms[0])


def _questions_held(pattern: Pattern, questions: tuple[str, ...]) -> frozenset[str]:
    """Questions whose pieces are found in the pattern, tried where its atoms, by themselves, don't rule them out."""
    told = frozenset[_Atom]().union(*(_told_by(atom, questions) for atom in pattern.atoms))
    return frozenset(
        question
        for question, piece in _read(questions)
        if told.issuperset(piece.atoms) and _holds(pattern, piece)
    )


@lru_cache(maxsize=64)
def _read(questions: tuple[str, ...]) -> tuple[tuple[str, Pattern], ...]:
    return tuple((question, read(question)) for question in questions)


@lru_cache(maxsize=4096)
def _told_by(atom: _Atom, questions: tuple[str, ...]) -> frozenset[_Atom]:
    """Atoms of the questions that an atom of a pattern can stand for."""
    asked = {one for _, piece in _read(questions) for one in piece.atoms}
    return frozenset(one for one in asked if _implied(atom, one))


@lru_cache(maxsize=65536)
def _implied(atom: _Atom, asked: _Atom) -> bool:
    return all(any(one.implies(other) for other in asked) for one in atom)


def _holds(pattern: Pattern, question: Pattern) -> bool:
    """Whether the question's piece is found in the pattern, so that it is in all that the pattern matches."""

    def extend(mapped: tuple[int, ...]) -> bool:
        if len(mapped) == len(question.atoms):
            return True
        return any(
            extend((*mapped, atom))
            for atom, conjuncts in enumerate(pattern.atoms)
            if _implied(conjuncts, question.atoms[len(mapped)])
            and atom not in mapped
            and _is_bound(pattern, question, mapped, atom)
        )

    return extend(())


def _is_bound(pattern: Pattern, question: Pattern, mapped: tuple[int, ...], atom: int) -> bool:
    """Whether an atom is bound to the atoms before as the question's next atom is."""
    for at, before in enumerate(mapped):
        asked = question.bond_between.get(frozenset((at, len(mapped))))
        if asked is not None:
            found = pattern.bond_between.get(frozenset((before, atom)))
            if found is None or asked not in ("~", found):
                return False
    return True


def _both(one: Need, other: Need) -> Need:
    """Both must be met; where that has too many alternatives, only the first."""
    if len(one) * len(other) > _MOST_ALTERNATIVES:
        return one
    return _shortest(first | second for first in one for second in other)


def _any(needs: Iterable[Need]) -> Need:
    return _shortest(frozenset().union(*needs))


def _shortest(alternatives: Iterable[frozenset[Fact]]) -> Need:
    """Without facts that follow from others, and without alternatives that hold only where another one does."""
    kept: list[frozenset[Fact]] = []
    for one in sorted(
        {_told(facts) for facts in alternatives}, key=lambda facts: (len(facts), sorted(map(str, facts)))
    ):
        if not any(_follows(other, one) for other in kept):
            kept = [*(other for other in kept if not _follows(one, other)), one]
    return frozenset(kept)


def _told(facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset(
        fact for fact in facts if not any(_implies(other, fact) for other in facts if other != fact)
    )


def _follows(fewer: frozenset[Fact], facts: frozenset[Fact]) -> bool:
    """Whether the fewer facts hold wherever the facts hold."""
    return all(any(one == fact or _implies(one, fact) for one in facts) for fact in fewer)


def _implies(one: Fact, other: Fact) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return False
    return one[0] <= other[0] and one[1] >= other[1]
