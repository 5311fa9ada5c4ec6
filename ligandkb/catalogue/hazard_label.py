"""What does one source say of a product's dangers, and what do several say together?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

LABEL_READ = "label read"
CLASSIFIED = "classified"
"""How a reading begins: of a label or data sheet, or of a government's list."""

FATAL = frozenset({"H300", "H310", "H330"})
"""Fatal if swallowed, in contact with skin, if inhaled."""

_CODE = re.compile(r"(?:EU)?H\d{3}")


@dataclass(frozen=True)
class HazardReading:
    """What one source says.

    Attributes
    ----------
    statements : frozenset of str
        Such as ``H314``.
    source : str
        Where they are printed, with edition or date.
    in_part : bool
        Whether the absence of another statement says nothing: only some dangers were looked up, or the source names
        those alone that it classified.
    what : str
        How it is called: ``label read`` or ``classified``.
    of_group : bool
        Whether it is of a group that the product belongs to, so that it says nothing of the product's parts.
    """

    statements: frozenset[str]
    source: str = ""
    in_part: bool = False
    what: str = LABEL_READ
    of_group: bool = False

    def __str__(self) -> str:
        source = f" ({self.source})" if self.source else ""
        extent = " in part" if self.in_part and self.what == LABEL_READ else ""
        return f"{self.what}{extent}: {' '.join(sorted(self.statements)) or 'no statement'}{source}"


@dataclass(frozen=True)
class HazardLabel:
    """What all sources say of a product; where they differ, the worse one counts.

    Attributes
    ----------
    readings : tuple of HazardReading
        One for each source, labels first.

    Examples
    --------
    >>> HazardLabel.read({"H302"}, "somewhere") | HazardLabel.read({"H300"}, in_part=True)
    HazardLabel('label read: H302 (somewhere); label read in part: H300')
    """

    readings: tuple[HazardReading, ...]

    @classmethod
    def read(cls, statements: Iterable[str], source: str = "", *, in_part: bool = False) -> HazardLabel:
        """One reading of a label."""
        return cls((HazardReading(frozenset(statements), source, in_part),))

    def __or__(self, other: HazardLabel) -> HazardLabel:
        """All readings together: a second source adds statements and takes none away."""
        return HazardLabel(tuple(dict.fromkeys((*self.readings, *other.readings))))

    def __str__(self) -> str:
        return "; ".join(map(str, self.readings))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    @property
    def statements(self) -> frozenset[str]:
        """What any source says."""
        return frozenset().union(*(reading.statements for reading in self.readings))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where, each once."""
        return tuple(dict.fromkeys(reading.source for reading in self.readings if reading.source))

    @property
    def in_part(self) -> bool:
        """Whether no source tells the whole, so that the absence of a statement says nothing."""
        return all(reading.in_part for reading in self.readings)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes without their suffixes, those of combined statements apart.

        Examples
        --------
        >>> sorted(HazardLabel.read({"H360FD", "H301+H311"}).codes)
        ['H301', 'H311', 'H360']
        """
        return frozenset(code for statement in self.statements for code in _CODE.findall(statement))
