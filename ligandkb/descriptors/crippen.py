"""What does each atom add to log P in Wildman and Crippen's table (doi 10.1021/ci990307l)?

RDKit looks for each of the table's 110 patterns in the whole molecule. None of them sees farther than an atom's
neighbours, from an oxygen theirs, too. So what RDKit says of one atom it says of every atom in the same surroundings:
it is asked once for each kind of surroundings, and its answers are added up in its own order.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TypeAlias

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcCrippenDescriptors, _CalcCrippenContribs

from ligandkb.chemistry.elements import atoms_of
from ligandkb.chemistry.outline import AtomKind, Outline, outline_of
from ligandkb.chemistry.protonated import with_protons
from ligandkb.chemistry.structure import conjugate_acid

Surroundings: TypeAlias = tuple[object, ...]

_COVALENT = frozenset({6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})
"""Elements whose bonds are drawn in one way."""
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
    outline = outline_of(mol)
    kinds = None if _ODD_BONDS.intersection(smiles) else with_protons(outline)
    if kinds is None or not _is_in_domain(outline, kinds):
        return float(CalcCrippenDescriptors(conjugate_acid(mol))[0])
    surroundings = _surroundings(outline, kinds)
    try:
        added = [_known[one] for one in surroundings]
    except KeyError:
        return _learn(conjugate_acid(mol), kinds, surroundings)
    # First the atoms, then their hydrogens, as RDKit does it.
    return _sum(chain((own for own, _ in added), chain.from_iterable(hydrogens for _, hydrogens in added)))


def _sum(added: Iterable[float]) -> float:
    """Sum that is rounded at every step, as RDKit's is; Python's own may round once."""
    total = 0.0
    for one in added:
        total += one
    return total


def _is_in_domain(outline: Outline, kinds: list[AtomKind]) -> bool:
    if not outline.elements <= _COVALENT:
        return False
    if len(outline.kinds) * _MATCHES[-1] <= _MAX_MATCHES:
        return True
    matches = sum(_MATCHES[min(len(near), len(_MATCHES) - 1)] for near in outline.neighbours)
    return matches <= _MAX_MATCHES and sum(kind.hydrogens for kind in kinds) <= _MAX_MATCHES


def _surroundings(outline: Outline, kinds: list[AtomKind]) -> list[Surroundings]:
    """All that the table's patterns can see from each atom."""
    numbers = [_NUMBERS.get(kind) or _number(kind) for kind in kinds]
    neighbours = outline.neighbours
    own: list[Surroundings] = []
    for kind, number, bonds, ends in zip(kinds, numbers, outline.bonds, neighbours, strict=True):
        around = [ord(bond) << 16 | numbers[end] for bond, end in zip(bonds, ends, strict=True)]
        around.sort()
        own.append((number, kind.hydrogens, *around))
    # From an oxygen they look two bonds far: ester, acid and amide differ there.
    return [
        (one, *sorted([own[end] for end in ends])) if kind.element == _OXYGEN else one
        for one, kind, ends in zip(own, kinds, neighbours, strict=True)
    ]


_NUMBERS: dict[AtomKind, int] = {}


def _number(kind: AtomKind) -> int:
    """The same for atoms that are the same to their neighbours: of one element, charge and aromaticity."""
    number = _NUMBERS[kind] = kind.element << 8 | (kind.charge + 64) << 1 | kind.is_aromatic
    return number


def _learn(acid: Chem.Mol, kinds: list[AtomKind], surroundings: list[Surroundings]) -> float:
    """Ask RDKit, and keep what it says of each atom."""
    added = [log_p for log_p, _ in _CalcCrippenContribs(Chem.AddHs(acid))]
    if len(_known) < _MAX_KEPT and _are(kinds, acid):
        hydrogen = len(kinds)  # those of the first atom come after the last atom, then those of the second
        for one, own, kind in zip(surroundings, added, kinds, strict=False):
            _known[one] = own, tuple(added[hydrogen : hydrogen + kind.hydrogens])
            hydrogen += kind.hydrogens
    return _sum(added)


def _are(kinds: list[AtomKind], acid: Chem.Mol) -> bool:
    """Whether protons were counted as they are drawn."""
    return len(kinds) == acid.GetNumAtoms() and all(
        (kind.hydrogens, kind.charge, kind.is_aromatic)
        == (atom.GetTotalNumHs(), atom.GetFormalCharge(), atom.GetIsAromatic())
        for kind, atom in zip(kinds, atoms_of(acid), strict=True)
    )
