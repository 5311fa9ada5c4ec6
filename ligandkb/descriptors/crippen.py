"""What does each atom add to log P in Wildman and Crippen's table (doi 10.1021/ci990307l)?

RDKit looks for each of the table's 110 patterns in the whole molecule. None of them sees farther than an atom's
neighbours, from an oxygen theirs, too. So what RDKit says of one atom it says of every atom in the same surroundings:
it is asked once for each kind of surroundings, and its answers are added up in its own order.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcCrippenDescriptors, _CalcCrippenContribs

from ligandkb.chemistry.graph import Graph, graph_of
from ligandkb.chemistry.structure import conjugate_acid

Surroundings: TypeAlias = tuple[object, ...]

_COVALENT = frozenset({6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})
"""Elements whose bonds are drawn in one way."""
_TAKES_A_PROTON = frozenset({8, 16, 34})
_ODD_BONDS = frozenset("<>~")
"""Dative bonds and such without an order, in a SMILES."""
_OXYGEN = 8
_MAX_MATCHES = 1000
"""RDKit looks at no more matches of a pattern in one molecule, and leaves the atoms beyond to later patterns."""
_MATCHES = (1, 1, 2, 6, 24)
"""In how many ways a pattern may lie on an atom with so many neighbours; none names more than four of them."""
_MAX_KEPT = 50_000

_known: dict[Surroundings, tuple[float, tuple[float, ...]]] = {}
"""What an atom adds, and its hydrogens do."""


def acid_log_p(smiles: str, mol: Chem.Mol) -> float:
    """Octanol-water log P of a form with a proton on each anionic atom, as RDKit has it to the last digit.

    Parameters
    ----------
    smiles : str
        The form.
    mol : rdkit.Chem.Mol
        The same, read.

    Returns
    -------
    float

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> acid_log_p("CC(=O)[O-]", parse("CC(=O)[O-]")) == CalcCrippenDescriptors(parse("CC(=O)O"))[0]
    True
    """
    graph = None if _ODD_BONDS.intersection(smiles) else _with_protons(graph_of(mol))
    if graph is None or not _is_in_domain(graph):
        return float(CalcCrippenDescriptors(conjugate_acid(mol))[0])
    surroundings = _surroundings(graph)
    try:
        added = [_known[one] for one in surroundings]
    except KeyError:
        return _learn(conjugate_acid(mol), surroundings)
    total = 0.0
    # One by one, first the atoms and then their hydrogens, as RDKit does it: Python's own sum rounds otherwise.
    for own, _ in added:
        total += own
    for _, hydrogens in added:
        for one in hydrogens:
            total += one
    return total


def _with_protons(graph: Graph) -> Graph | None:
    """What :func:`conjugate_acid` makes of it; None where a proton could change more than its own atom."""
    if min(graph.charges) >= 0:
        return graph
    hydrogens, charges = graph.hydrogens.copy(), graph.charges.copy()
    for atom, charge in enumerate(graph.charges):
        if charge >= 0 or any(graph.charges[near] > 0 for near in graph.neighbours(atom)):
            continue  # a nitro group is drawn with charges and bears none
        bonds = graph.orders[graph.starts[atom] : graph.starts[atom + 1]]
        if graph.numbers[atom] not in _TAKES_A_PROTON or bonds != [1.0]:
            return None
        hydrogens[atom] -= charge
        charges[atom] = 0
    return replace(graph, hydrogens=hydrogens, charges=charges)


def _is_in_domain(graph: Graph) -> bool:
    if not _COVALENT.issuperset(graph.numbers):
        return False
    if len(graph.numbers) * _MATCHES[-1] <= _MAX_MATCHES:
        return True
    degrees = (end - start for start, end in pairwise(graph.starts))
    matches = sum(_MATCHES[min(degree, len(_MATCHES) - 1)] for degree in degrees)
    return matches <= _MAX_MATCHES and sum(graph.hydrogens) <= _MAX_MATCHES


def _surroundings(graph: Graph) -> list[Surroundings]:
    """All that the table's patterns can see from each atom."""
    seen = [
        number + (charge + 16 << 7) + (aromatic << 12)
        for number, charge, aromatic in zip(graph.numbers, graph.charges, graph.aromatic, strict=True)
    ]
    bonds = [seen[end] + (int(2 * order) << 13) for end, order in zip(graph.ends, graph.orders, strict=True)]
    own: list[Surroundings] = [
        (one, hydrogens, *sorted(bonds[start:end]))
        for one, hydrogens, (start, end) in zip(seen, graph.hydrogens, pairwise(graph.starts), strict=True)
    ]
    # From an oxygen they look two bonds far: ester, acid and amide differ there.
    return [
        (one, *sorted([own[near] for near in graph.neighbours(atom)])) if number == _OXYGEN else one
        for atom, (one, number) in enumerate(zip(own, graph.numbers, strict=True))
    ]


def _learn(acid: Chem.Mol, surroundings: list[Surroundings]) -> float:
    """Ask RDKit, and keep what it says of each atom."""
    graph = graph_of(acid)
    if len(_known) < _MAX_KEPT and _surroundings(graph) == surroundings:
        added = [log_p for log_p, _ in _CalcCrippenContribs(Chem.AddHs(acid))]
        hydrogen = len(
            surroundings
        )  # those of the first atom come after the last atom, then those of the second
        for one, own, count in zip(surroundings, added, graph.hydrogens, strict=False):
            _known[one] = own, tuple(added[hydrogen : hydrogen + count])
            hydrogen += count
    return float(CalcCrippenDescriptors(acid)[0])
