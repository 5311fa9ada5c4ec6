"""Which atoms may this pattern be about, as far as their surroundings tell?

A pattern is followed along the bonds of an outline, from one of its atoms outwards. What isn't understood of it counts
as met, so that no match is lost; where all of it is understood, the answer is RDKit's. Atoms with the same
surroundings are asked once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ligandkb.chemistry.outline import AtomKind, Outline
from ligandkb.chemistry.smarts import Conjunct, Pattern, read

_REMEMBERED = (1, 2)
"""How many bonds of an atom's surroundings are remembered, one after the other, as long as more is asked."""
_MOST_KEPT = 20_000
_TOLD_BY_KIND = frozenset({"Z", "aromatic", "charge", "X", "H", "D"})
_ORDERS = {"": "-a", "-": "-", "=": "=", "#": "#", ":": "a"}
_ANY_ORDER = frozenset("-=#a")
"""Single, double, triple, aromatic."""
_TRIPLE = frozenset("#")


class Around:
    """Patterns, each with the one of its atoms that is looked for.

    Parameters
    ----------
    patterns : iterable of (str, int)
        SMARTS, and the position of the atom in it.

    Examples
    --------
    >>> from rdkit import Chem
    >>> from ligandkb.chemistry.outline import outline_of
    >>> around = Around([("[OX2H1][CX3]=O", 0), ("[NX3;!$(N[#6]=O)]", 0)])
    >>> around.possible(outline_of(Chem.MolFromSmiles("NC(=O)CC(=O)O")))
    {0: [6]}
    >>> around.is_exact(0)
    True
    """

    def __init__(self, patterns: Iterable[tuple[str, int]]) -> None:
        self._roots = tuple(_outwards(read(smarts), atom) for smarts, atom in patterns)
        self._exact = frozenset(at for at, root in enumerate(self._roots) if root.is_exact)
        self._far = frozenset(at for at, root in enumerate(self._roots) if root.reach > _REMEMBERED[-1])
        self._of_kind: dict[int, tuple[int, ...]] = {}
        self._of_elements: dict[tuple[frozenset[int], bool], frozenset[int]] = {}
        self._of_surroundings: dict[int, dict[str, tuple[tuple[int, ...], bool]]] = {
            bonds: {} for bonds in _REMEMBERED
        }
        """Patterns that are left, and whether nothing more is asked."""

    def is_exact(self, position: int) -> bool:
        """Whether :meth:`possible` gives just the atoms that one of the patterns matches."""
        return position in self._exact

    def possible(
        self, outline: Outline, last: int = sys.maxsize, *, until_certain: bool = False
    ) -> dict[int, list[int]] | None:
        """Atoms that may be the one that is looked for, by the position of the pattern, in the order of the patterns.

        Parameters
        ----------
        outline : Outline
            Of the whole molecule.
        last : int, optional
            Patterns after this position need not be gone through.
        until_certain : bool
            Nor those after the first that certainly matches.

        Returns
        -------
        dict of int to list of int, or None
            Without patterns that have none. None where an outline says too little, because hydrogens are drawn as
            atoms or bonds have no plain order.
        """
        if outline.has_odd_bonds or 1 in outline.elements:
            return None
        found: dict[int, list[int]] = {}
        candidates = self._candidates(outline)
        if until_certain:
            candidates.sort()
        for positions, atom in candidates:
            if positions[0] > last:
                continue
            for position in self._left_around(positions, outline, atom):
                if position > last:
                    break
                if position in self._far and not self._fits_far(position, outline, atom):
                    continue
                found.setdefault(position, []).append(atom)
                if until_certain and position in self._exact:
                    last = position
        return dict(sorted(found.items()))

    def _candidates(self, outline: Outline) -> list[tuple[tuple[int, ...], int]]:
        """Atoms that by themselves may be looked for, with the positions of those patterns."""
        candidates = []
        for atom, kind in enumerate(outline.kinds):
            positions = self._of_kind.get(id(kind))  # kinds are never thrown away
            if positions is None:
                positions = self._of_kind[id(kind)] = self._left(range(len(self._roots)), outline, atom, 0)
            if positions:
                candidates.append((positions, atom))
        return candidates

    def _left_around(self, positions: tuple[int, ...], outline: Outline, atom: int) -> tuple[int, ...]:
        """Which of some patterns are left when the surroundings of an atom are looked at, first the nearest."""
        # What hangs on one neighbour is told by what that is.
        for bonds in _REMEMBERED if len(outline.neighbours[atom]) > 1 else _REMEMBERED[1:]:
            seen = outline.surroundings(atom, bonds)
            known = self._of_surroundings[bonds].get(seen)
            if known is None:
                if len(self._of_surroundings[bonds]) >= _MOST_KEPT:
                    self._of_surroundings[bonds].clear()
                left = self._left(positions, outline, atom, bonds)
                is_all = all(self._roots[position].reach <= bonds for position in left)
                known = self._of_surroundings[bonds][seen] = left, is_all
            positions, is_all = known
            if is_all:
                break
        return positions

    def _fits_far(self, position: int, outline: Outline, atom: int) -> bool:
        root = self._roots[position]
        return position not in self._lacking(outline) and _fits(root, outline, atom, -1, root.reach)

    def _lacking(self, outline: Outline) -> frozenset[int]:
        """Patterns for which the molecule lacks an element or has no triple bond."""
        has = outline.elements, outline.has_triple_bonds
        known = self._of_elements.get(has)
        if known is None:
            if len(self._of_elements) >= _MOST_KEPT:
                self._of_elements.clear()
            known = self._of_elements[has] = frozenset(
                position for position, root in enumerate(self._roots) if not _has_elements(root, *has)
            )
        return known

    def _left(self, positions: Iterable[int], outline: Outline, atom: int, bonds: int) -> tuple[int, ...]:
        return tuple(one for one in positions if _fits(self._roots[one], outline, atom, -1, bonds))


@dataclass(frozen=True, eq=False)
class _Branching:
    """An atom of a pattern, and what hangs on it on the side away from the atom that is looked for.

    ``reach`` is how many bonds from it something is asked. It ``is_exact`` if nothing that is asked was left out.
    """

    choices: tuple[_Choice, ...]
    branches: tuple[tuple[frozenset[str], _Branching], ...]
    reach: int
    is_exact: bool
    of_kind: dict[int, tuple[_Choice, ...]] = field(default_factory=dict)
    """Choices that an atom leaves by itself."""


@dataclass(frozen=True, eq=False)
class _Choice:
    """One alternative of what an atom may be, with patterns that must and those that mustn't be around it."""

    element: int | None
    says: frozenset[tuple[str, str]]
    denies: frozenset[tuple[str, str]]
    around: tuple[_Branching, ...]
    but: tuple[_Branching, ...]
    reach: int
    is_exact: bool


def _outwards(pattern: Pattern, start: int) -> _Branching:
    """A pattern from one of its atoms on; bonds that close rings are left out."""
    bound: dict[int, list[tuple[int, str]]] = {atom: [] for atom in range(len(pattern.atoms))}
    for one, other, bond in pattern.bonds:
        bound[one].append((other, bond))
        bound[other].append((one, bond))
    distances = [_distances(bound, atom) for atom in bound]
    is_tree = len(pattern.bonds) == len(pattern.atoms) - 1 == len(distances[start]) - 1
    # Atoms three bonds and more apart could be one and the same where there is a ring.
    is_exact = is_tree and all(
        distances[one][other] < 3 or _differ(pattern.atoms[one], pattern.atoms[other])
        for one, other in combinations(bound, 2)
    )
    seen = {start}

    def grow(atom: int) -> _Branching:
        choices = tuple(map(_choice, pattern.atoms[atom]))
        branches = []
        for near, bond in bound[atom]:
            if near not in seen:
                seen.add(near)
                branches.append((_orders(bond), grow(near)))
        return _Branching(
            choices,
            tuple((orders or _ANY_ORDER, branch) for orders, branch in branches),
            max(
                [*(choice.reach for choice in choices), *(branch.reach + 1 for _, branch in branches)],
            ),
            is_exact
            and all(choice.is_exact for choice in choices)
            and all(orders is not None and branch.is_exact for orders, branch in branches),
        )

    return grow(start)


def _distances(bound: Mapping[int, Sequence[tuple[int, str]]], start: int) -> dict[int, int]:
    found, front = {start: 0}, [start]
    for atom in front:  # grows meanwhile
        for near, _ in bound[atom]:
            if near not in found:
                found[near] = found[atom] + 1
                front.append(near)
    return found


def _differ(one: Sequence[Conjunct], other: Sequence[Conjunct]) -> bool:
    """Whether no atom may be both, as their elements tell."""
    elements = {conjunct.element for conjunct in one}
    return None not in elements and elements.isdisjoint({None, *(conjunct.element for conjunct in other)})


def _choice(one: Conjunct) -> _Choice:
    around = tuple(_outwards(pattern, 0) for pattern in one.around)
    but = tuple(_outwards(pattern, 0) for pattern in one.but)
    return _Choice(
        one.element,
        _told_by_kind(one.says),
        _told_by_kind(one.denies),
        around,
        tuple(pattern for pattern in but if pattern.is_exact),
        max((pattern.reach for pattern in (*around, *but)), default=0),
        one.is_whole
        and _told_by_kind(one.says) == one.says
        and _told_by_kind(one.denies) == one.denies
        and all(pattern.is_exact for pattern in (*around, *but)),
    )


def _told_by_kind(said: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, value) for name, value in said if name in _TOLD_BY_KIND)


def _orders(bond: str) -> frozenset[str] | None:
    """Orders that a bond may have; None where that isn't all that is asked of it."""
    if bond == "~":
        return _ANY_ORDER
    parts = bond.split(",")
    return frozenset("".join(_ORDERS[part] for part in parts)) if all(p in _ORDERS for p in parts) else None


def _fits(one: _Branching, outline: Outline, atom: int, before: int, bonds: int) -> bool:
    """Whether an atom, reached from the one before, may be this one of a pattern; so many bonds on are looked at."""
    kind = outline.kinds[atom]
    choices = one.of_kind.get(id(kind))
    if choices is None:  # kinds are never thrown away
        choices = one.of_kind[id(kind)] = tuple(choice for choice in one.choices if _may_be(kind, choice))
    for choice in choices:
        if _has_around(choice, outline, atom, bonds):
            break
    else:
        return False
    if not bonds or not one.branches:
        return True
    near, bound = outline.neighbours[atom], outline.bonds[atom]
    options = []
    for orders, branch in one.branches:
        option = {
            end
            for end, bond in zip(near, bound, strict=True)
            if end != before
            and _order(bond, kind, outline.kinds[end]) in orders
            and _fits(branch, outline, end, atom, bonds - 1)
        }
        if not option:
            return False
        options.append(option)
    return len(options) == 1 or _each_has_its_own(options)


def _has_elements(one: _Branching, elements: frozenset[int], has_triple_bonds: bool) -> bool:
    """Whether a molecule of such elements may hold this part of a pattern."""
    return any(
        (choice.element is None or choice.element in elements)
        and all(_has_elements(pattern, elements, has_triple_bonds) for pattern in choice.around)
        for choice in one.choices
    ) and all(
        (has_triple_bonds or orders != _TRIPLE) and _has_elements(branch, elements, has_triple_bonds)
        for orders, branch in one.branches
    )


def _may_be(kind: AtomKind, choice: _Choice) -> bool:
    is_so = {
        "Z": str(kind.element),
        "aromatic": str(int(kind.is_aromatic)),
        "charge": f"{kind.charge:+d}" if kind.charge else "0",
        "X": str(kind.connections),
        "H": str(kind.hydrogens),
        "D": str(kind.connections - kind.hydrogens),
    }
    return all(is_so[name] == value for name, value in choice.says) and not any(
        is_so[name] == value for name, value in choice.denies
    )


def _has_around(choice: _Choice, outline: Outline, atom: int, bonds: int) -> bool:
    for pattern in choice.around:
        if not _fits(pattern, outline, atom, -1, bonds):
            return False
    return not choice.but or not any(
        pattern.reach <= bonds and _fits(pattern, outline, atom, -1, bonds) for pattern in choice.but
    )


def _order(bond: str, one: AtomKind, other: AtomKind) -> str:
    if bond == " ":
        return "a" if one.is_aromatic and other.is_aromatic else "-"
    return "a" if bond == ":" else bond


def _each_has_its_own(options: Sequence[set[int]], taken: frozenset[int] = frozenset()) -> bool:
    """Whether each of several sets can give an element that none of the others gives."""
    if not options:
        return True
    return any(_each_has_its_own(options[1:], taken | {one}) for one in options[0] - taken)
