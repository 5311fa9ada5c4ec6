"""How can atoms be paired into double bonds, so that none is left over?

Edmonds' algorithm (Can. J. Math. 1965, 17, 449, doi 10.4153/CJM-1965-045-4) on plain graphs. Rings of odd size
are what makes it more than a search for alternating paths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

Matching = dict[int, int]
"""Partner of each vertex that has one; every pair stands in it both ways."""


def perfect_matching(
    neighbours: Mapping[int, Sequence[int]], start: Matching | None = None
) -> Matching | None:
    """Pair all vertices of a graph along its edges.

    Parameters
    ----------
    neighbours : mapping of int to sequence of int
        The graph; what it finds depends on the order in which vertices and neighbours stand.
    start : dict of int to int, optional
        Pairs to begin with.

    Returns
    -------
    dict of int to int or None
        Partner of each vertex; None where some vertex must stay alone.

    Examples
    --------
    >>> perfect_matching({0: (1,), 1: (0, 2), 2: (1, 3), 3: (2,)})
    {0: 1, 1: 0, 2: 3, 3: 2}
    >>> perfect_matching({0: (1,), 1: (0, 2), 2: (1,)}) is None
    True
    """
    matching = dict(start or {})
    if len(neighbours) % 2:
        return None
    for vertex in neighbours:
        if vertex not in matching:
            free = next((near for near in neighbours[vertex] if near not in matching), None)
            if free is not None:
                matching[vertex], matching[free] = free, vertex
    for vertex in neighbours:
        if vertex not in matching and not _augment(neighbours, matching, vertex):
            return None
    return matching


def first_matching(neighbours: Mapping[int, Sequence[int]], matching: Matching) -> Matching:
    """Of all perfect matchings the first: each vertex in turn gets the first neighbour that it can have.

    Parameters
    ----------
    neighbours : mapping of int to sequence of int
        The graph, vertices and neighbours in the order that decides.
    matching : dict of int to int
        Any perfect matching of it.

    Returns
    -------
    dict of int to int

    Examples
    --------
    >>> square = {0: (1, 3), 1: (0, 2), 2: (1, 3), 3: (0, 2)}
    >>> first_matching(square, {0: 3, 3: 0, 1: 2, 2: 1})
    {0: 1, 1: 0, 2: 3, 3: 2}
    """
    left = {vertex: list(near) for vertex, near in neighbours.items()}
    matching = dict(matching)
    fixed: Matching = {}
    for vertex in neighbours:
        if vertex in fixed:
            continue
        for near in left[vertex]:
            rest = matching
            if matching[vertex] != near:
                rest = {one: other for one, other in matching.items() if not {one, other} & {vertex, near}}
            graph = _without(left, vertex, near)
            found = rest if matching[vertex] == near else perfect_matching(graph, rest)
            if found is not None:
                matching = {one: other for one, other in found.items() if one not in (vertex, near)}
                fixed[vertex], fixed[near] = near, vertex
                left = graph
                break
    return dict(sorted(fixed.items()))


def _without(graph: Mapping[int, Sequence[int]], *gone: int) -> dict[int, list[int]]:
    return {
        vertex: [other for other in near if other not in gone]
        for vertex, near in graph.items()
        if vertex not in gone
    }


def _augment(neighbours: Mapping[int, Sequence[int]], matching: Matching, root: int) -> bool:
    """Match a vertex that is alone by an alternating path to another; False where there is none."""
    base = {vertex: vertex for vertex in neighbours}
    came_from: Matching = {}
    even = {root}
    front = deque([root])

    def common_base(one: int, other: int) -> int:
        seen = set()
        while True:
            one = base[one]
            seen.add(one)
            if one == root:
                break
            one = came_from[matching[one]]
        while base[other] not in seen:
            other = came_from[matching[base[other]]]
        return base[other]

    def contract(vertex: int, ring_base: int, child: int, inside: set[int]) -> None:
        while base[vertex] != ring_base:
            inside |= {base[vertex], base[matching[vertex]]}
            came_from[vertex] = child
            child = matching[vertex]
            vertex = came_from[child]

    while front:
        vertex = front.popleft()
        for near in neighbours[vertex]:
            if base[vertex] == base[near] or matching.get(vertex) == near:
                continue
            if near == root or (near in matching and matching[near] in came_from):  # a ring of odd size
                ring_base, inside = common_base(vertex, near), set[int]()
                contract(vertex, ring_base, near, inside)
                contract(near, ring_base, vertex, inside)
                for other in neighbours:
                    if base[other] in inside:
                        base[other] = ring_base
                        if other not in even:
                            even.add(other)
                            front.append(other)
            elif near not in came_from:
                came_from[near] = vertex
                if near not in matching:
                    _flip(matching, came_from, near)
                    return True
                even.add(matching[near])
                front.append(matching[near])
    return False


def _flip(matching: Matching, came_from: Mapping[int, int], end: int) -> None:
    vertex: int | None = end
    while vertex is not None:
        before = came_from[vertex]
        after = matching.get(before)
        matching[vertex], matching[before] = before, vertex
        vertex = after
