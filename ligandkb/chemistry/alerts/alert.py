"""What is a structural alert?"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property

from rdkit import Chem


@dataclass(frozen=True)
class Alert:
    """One dangerous piece of structure.

    Attributes
    ----------
    name : str
        Name of the flag, a column of the rules.
    smarts : str
        Pattern; a dot in it joins pieces that may stand in different species of the product.
    meaning : str
        In words.
    matches, rejects : tuple of str
        SMILES that must and must not raise the alert.
    elements : tuple of int
        Atomic numbers without all of which the pattern can't match; they only save the search.
    any_of : tuple of int
        Atomic numbers one of which must be there for the pattern to match; they only save the search.
    needs : str
        Pattern of a piece without which the alert can't match, where that is found faster than the pattern itself.
    condition : callable, optional
        A further test of the whole molecule, where counting is needed.
    as_drawn : bool
        Whether the structure before splitting is judged, too: for compounds in which metal and non-metal
        are bound as one molecule.

    Examples
    --------
    >>> alert = Alert("contains_thiol", "[SX2H1][#6]", "thiol", ("CCS",), ("CSC",), elements=(16,))
    >>> alert.matches_molecule(Chem.MolFromSmiles("CCS"), {6, 16})
    True
    """

    name: str
    smarts: str
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    elements: tuple[int, ...] = ()
    any_of: tuple[int, ...] = ()
    needs: str = ""
    condition: Callable[[Chem.Mol], bool] | None = None
    as_drawn: bool = False

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def _every(self) -> frozenset[int]:
        return frozenset(self.elements)

    @cached_property
    def _some(self) -> frozenset[int]:
        return frozenset(self.any_of)

    @cached_property
    def needed(self) -> Chem.Mol | None:
        """Compiled piece that must be there."""
        return Chem.MolFromSmarts(self.needs) if self.needs else None

    def is_possible(self, elements: Set[int]) -> bool:
        """Whether the elements of a molecule leave the alert possible."""
        return self._every <= elements and not (self._some and self._some.isdisjoint(elements))

    def matches_molecule(self, mol: Chem.Mol, elements: Set[int]) -> bool:
        """Tell whether a molecule raises the alert.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            A product or a species, sanitised.
        elements : set of int
            Atomic numbers that occur in it.

        Returns
        -------
        bool
        """
        if not self.is_possible(elements):
            return False
        if self.needed is not None and not mol.HasSubstructMatch(self.needed):
            return False
        return bool(mol.HasSubstructMatch(self.pattern)) and (self.condition is None or self.condition(mol))


METAL = (
    # everything but hydrogen, the noble gases, halogens, chalcogens down to Te, N, P, As, C, Si, Ge, B
    "[!#0;!#1;!#2;!#5;!#6;!#7;!#8;!#9;!#10;!#14;!#15;!#16;!#17;!#18"
    ";!#32;!#33;!#34;!#35;!#36;!#52;!#53;!#54;!#85;!#86]"
)
"""SMARTS of one metal atom."""
