"""Which atoms does a molecule have, and what is each bound to, as plain numbers?

Asking RDKit for one property of one atom costs as much as a dozen steps of Python. What many questions read of a
molecule is therefore asked once and kept with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of

AROMATIC = 1.5
"""Order of an aromatic bond."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Atoms and bonds of a molecule, one entry an atom in every list; not to be changed.

    Attributes
    ----------
    numbers : list of int
        Atomic numbers.
    hydrogens : list of int
        Hydrogen atoms that aren't drawn as atoms.
    charges : list of int
        Formal charges in e.
    aromatic : list of bool
        Whether they are aromatic.
    starts : list of int
        Where the bonds of each atom begin in ``ends`` and ``orders``, with the end of the last atom's.
    ends : list of int
        Neighbours of the first atom in rising order, then those of the second, and so on.
    orders : list of float
        Of the bond to each of ``ends``, :data:`AROMATIC` for aromatic ones.
    """

    numbers: list[int]
    hydrogens: list[int]
    charges: list[int]
    aromatic: list[bool]
    starts: list[int]
    ends: list[int]
    orders: list[float]

    def neighbours(self, atom: int) -> list[int]:
        """Atoms that an atom is bound to."""
        return self.ends[self.starts[atom] : self.starts[atom + 1]]

    def bonds(self, atom: int) -> Iterator[tuple[int, float]]:
        """Neighbours of an atom, each with the order of the bond."""
        start, end = self.starts[atom], self.starts[atom + 1]
        return zip(self.ends[start:end], self.orders[start:end], strict=True)


@lru_cache(maxsize=4096)
def graph_of(mol: Chem.Mol) -> Graph:
    """Atoms and bonds of a molecule.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised; not to be changed afterwards: what was found of it is kept.

    Returns
    -------
    Graph

    Examples
    --------
    >>> graph = graph_of(Chem.MolFromSmiles("CC(=O)[O-]"))
    >>> graph.numbers, graph.hydrogens, graph.charges
    ([6, 6, 8, 8], [3, 0, 0, 0], [0, 0, 0, -1])
    >>> list(graph.bonds(1))
    [(0, 1.0), (2, 2.0), (3, 1.0)]
    """
    atoms = list(atoms_of(mol))
    # RDKit keeps the matrix under a name of our own, lest somebody who wants ones gets orders.
    orders = Chem.GetAdjacencyMatrix(mol, useBO=True, force=True, prefix="order")
    bonded = orders > 0
    starts = np.zeros(len(atoms) + 1, dtype=int)
    bonded.sum(axis=1).cumsum(out=starts[1:])
    # A few long lists: Python looks over thousands of small ones again and again for what can be freed.
    return Graph(
        list(map(Chem.Atom.GetAtomicNum, atoms)),
        list(map(Chem.Atom.GetTotalNumHs, atoms)),
        list(map(Chem.Atom.GetFormalCharge, atoms)),
        (orders == AROMATIC).any(axis=1).tolist(),
        starts.tolist(),
        bonded.nonzero()[1].tolist(),
        orders[bonded].tolist(),
    )
