"""What is a structural alert?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

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
    condition : callable, optional
        A further test of the whole molecule, where counting is needed.
    as_drawn : bool
        Whether the structure before splitting is judged, too: for compounds in which metal and non-metal
        are bound as one molecule.

    Examples
    --------
    >>> alert = Alert("contains_thiol", "[SX2H1][#6]", "thiol", ("CCS",), ("CSC",))
    >>> alert.matches_molecule(Chem.MolFromSmiles("CCS"))
    True
    """

    name: str
    smarts: str
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    condition: Callable[[Chem.Mol], bool] | None = None
    as_drawn: bool = False

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    def matches_molecule(self, mol: Chem.Mol) -> bool:
        """Tell whether a molecule raises the alert, asked for by itself.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            A product or a species, sanitised.

        Returns
        -------
        bool
        """
        return bool(mol.HasSubstructMatch(self.pattern)) and (self.condition is None or self.condition(mol))


@lru_cache(maxsize=16)
def parts(mol: Chem.Mol) -> Sequence[Chem.Mol]:
    """Species of a product, made once for all alerts that ask for them; one alone is not copied.

    Examples
    --------
    >>> [part.GetNumAtoms() for part in parts(Chem.MolFromSmiles("[Na+].CC(=O)[O-]"))]
    [1, 4]
    """
    return (mol,) if len(Chem.GetMolFrags(mol)) == 1 else Chem.GetMolFrags(mol, asMols=True)


METAL = (
    # everything but hydrogen, the noble gases, halogens, chalcogens down to Te, N, P, As, C, Si, Ge, B
    "[!#0;!#1;!#2;!#5;!#6;!#7;!#8;!#9;!#10;!#14;!#15;!#16;!#17;!#18"
    ";!#32;!#33;!#34;!#35;!#36;!#52;!#53;!#54;!#85;!#86]"
)
"""SMARTS of one metal atom."""
