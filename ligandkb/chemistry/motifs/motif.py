"""What is one kind of donor, and how does it bind?"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rdkit import Chem

from ligandkb.chemistry.elements import elements_of_pattern


class LigandClass(StrEnum):
    """How a form binds: X, L, Z, as a zwitterion (anionic donor with a built-in cation), or not at all."""

    X = "X"
    L = "L"
    Z = "Z"
    ZWITTERION = "zwitterion"
    NONE = "none"


@dataclass(frozen=True)
class Motif:
    """One kind of donor.

    Attributes
    ----------
    group : str
        Name of the donor group, a value of the rules' column ``donor_group``.
    ligand_class : LigandClass
        X or L.
    smarts : str
        Pattern; its atoms listed in ``donors`` bind.
    donors : tuple of int
        Indices of the donor atoms in the pattern; all are equivalent by resonance.
    meaning : str
        In words.
    matches, rejects : tuple of str
        SMILES that must and must not match.
    any_of : tuple of int
        Atomic numbers one of which must be there for the pattern to match; they only save the search.
    """

    group: str
    ligand_class: LigandClass
    smarts: str
    donors: tuple[int, ...]
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    any_of: tuple[int, ...] = ()

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def needs_negative_charge(self) -> bool:
        """Whether an anion is what it asks for: all X motifs whose pattern has a minus sign have one in each "or"."""
        return self.ligand_class is LigandClass.X and "-" in self.smarts

    def could_match(self, elements: Set[int], *, has_negative_charge: bool) -> bool:
        """Whether it is worth while to search a molecule with these elements and charges."""
        return (
            self.elements <= elements
            and (has_negative_charge or not self.needs_negative_charge)
            and (not self.any_of or not elements.isdisjoint(self.any_of))
        )

    @cached_property
    def elements(self) -> frozenset[int]:
        """Atomic numbers without which a molecule can't match; an "or" of elements counts as none."""
        return elements_of_pattern(self.pattern)
