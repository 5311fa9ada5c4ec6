"""What is one kind of donor, and how does it bind?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rdkit import Chem


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
    """

    group: str
    ligand_class: LigandClass
    smarts: str
    donors: tuple[int, ...]
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)
