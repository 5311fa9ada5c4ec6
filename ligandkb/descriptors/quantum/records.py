"""What is kept of a computed value?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.missing import Known


@dataclass(frozen=True, order=True)
class DescriptorKey:
    """Everything that a stored value depends on.

    Attributes
    ----------
    name : str
        Name of its definition.
    version : int
        Version of the definition by which it was computed.
    species : str
        Canonical SMILES of the head, of the uncut form, or of a site model.
    mode : str
        Binding mode, see :func:`ligandkb.descriptors.quantum.modes.mode_names`; empty for the whole species.
    level : Level
        Method and surrounding.
    """

    name: str
    version: int
    species: str
    mode: str = ""
    level: Level = DEFAULT_LEVEL


@dataclass(frozen=True)
class DescriptorRecord:
    """One value with what made it.

    Attributes
    ----------
    key : DescriptorKey
    value : float, str or a reason for absence
    provenance : str
        Libraries with their versions.
    """

    key: DescriptorKey
    value: Known[float | str]
    provenance: str


Lookup = Callable[[DescriptorKey], DescriptorRecord | None]
"""Where values are kept, seen from outside: from key to record, None if there is none."""
Store = Callable[[Sequence[DescriptorRecord]], None]
"""How values are handed to where they are kept; one call is one transaction."""


@dataclass(frozen=True)
class AtHand:
    """A :data:`Lookup` that also tells by its atoms whether a species may have a value, before its SMILES is written.

    Attributes
    ----------
    find : Lookup
    may_have : callable
        From heavy atoms, as :func:`~ligandkb.chemistry.neutral.heavy_atoms` gives them, the name of a definition and a
        level to whether a value is kept of any species of these atoms.
    has : callable
        From a species and a level to whether any value is kept of it.
    """

    find: Lookup
    may_have: Callable[[str, str, Level], bool]
    has: Callable[[str, Level], bool]

    def __call__(self, key: DescriptorKey) -> DescriptorRecord | None:
        """Record of a key, None if there is none."""
        return self.find(key)
