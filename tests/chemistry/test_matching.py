"""Are vertices paired wherever that is possible, and always the same way?"""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ligandkb.chemistry.matching import first_matching, perfect_matching

GRAPHS = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.just(size), st.sets(st.sampled_from(list(combinations(range(size), 2)) or [(0, 0)]), max_size=16)
    )
)


def graph(size: int, edges: set[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    near: dict[int, list[int]] = {vertex: [] for vertex in range(size)}
    for one, other in sorted(edges):
        if one != other:
            near[one].append(other)
            near[other].append(one)
    return {vertex: tuple(sorted(others)) for vertex, others in near.items()}


def by_trying(near: dict[int, tuple[int, ...]]) -> dict[int, int] | None:
    """The first perfect matching, found by trying all."""
    if not near:
        return {}
    vertex = min(near)
    for other in near[vertex]:
        if other in near:
            rest = by_trying({key: value for key, value in near.items() if key not in (vertex, other)})
            if rest is not None:
                return {**rest, vertex: other, other: vertex}
    return None


@given(GRAPHS)
def test_against_trying_all(drawn):
    near = graph(*drawn)
    expected = by_trying(near)
    found = perfect_matching(near)
    assert (found is None) == (expected is None)
    if found is not None:
        assert all(found[other] == vertex and other in near[vertex] for vertex, other in found.items())
        assert set(found) == set(near)
        assert first_matching(near, found) == dict(sorted((expected or {}).items()))


def test_two_rings_of_five_with_a_bond_between():
    rings = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (5, 6), (6, 7), (7, 8), (8, 9), (5, 9), (2, 7)]
    found = perfect_matching(graph(10, set(rings)))
    assert found is not None
    assert found[2] == 7


def test_a_ring_of_odd_size_leaves_one_alone():
    assert perfect_matching(graph(5, {(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)})) is None
