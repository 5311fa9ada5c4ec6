"""Which elements stand in this molecule?

Most patterns can't match for want of an element. The sum formula tells which are there at a twentieth of the time that
going through the atoms takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.remembered import remembered

_SYMBOL = re.compile("[A-Z][a-z]?")


def elements_in(mol: Chem.Mol) -> frozenset[int]:
    """Atomic numbers of a molecule's elements, hydrogen among them where it bears any.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product, sanitised, without wildcard.

    Returns
    -------
    frozenset of int

    Examples
    --------
    >>> sorted(elements_in(Chem.MolFromSmiles("[Na+].[O-]C=O")))
    [1, 6, 8, 11]
    """
    return _of_formula(CalcMolFormula(mol))


@remembered(65536)
def _of_formula(formula: str) -> frozenset[int]:
    numbers = Chem.GetPeriodicTable().GetAtomicNumber
    return frozenset(numbers(symbol) for symbol in _SYMBOL.findall(formula))


def elements_of_pattern(pattern: Chem.Mol) -> frozenset[int]:
    """Atomic numbers without which a molecule can't match a pattern; an "or" of elements counts as none.

    Parameters
    ----------
    pattern : rdkit.Chem.Mol
        Made of SMARTS.

    Returns
    -------
    frozenset of int

    Examples
    --------
    >>> sorted(elements_of_pattern(Chem.MolFromSmarts("[S,Se][CX3]=[O;D1]")))
    [6, 8]
    """
    return frozenset(number for atom in pattern.GetAtoms() if (number := atom.GetAtomicNum()))


def atoms_of(mol: Chem.Mol) -> Iterator[Chem.Atom]:
    """Atoms in their order, in half the time of ``GetAtoms()``, which asks for their number before each.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Whose number of atoms doesn't change meanwhile.

    Examples
    --------
    >>> [atom.GetSymbol() for atom in atoms_of(Chem.MolFromSmiles("CO"))]
    ['C', 'O']
    """
    return map(mol.GetAtomWithIdx, range(mol.GetNumAtoms()))
