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
LASTING = frozenset({"H340", "H350", "H360"})
"""May cause genetic defects, cancer, harm to fertility or the unborn child: at whatever dose, and in every salt."""
EXPLOSIVE = frozenset({"H200", "H201", "H202", "H203", "H240"})
"""Of the pure substance, which is often sold wetted or diluted."""

STATEMENTS = {
    "H200": "unstable explosive",
    "H201": "explosive; mass explosion hazard",
    "H202": "explosive; severe projection hazard",
    "H203": "explosive; fire, blast or projection hazard",
    "H240": "heating may cause an explosion",
    "H250": "catches fire spontaneously if exposed to air",
    "H260": "in contact with water releases flammable gases which may ignite spontaneously",
    "H261": "in contact with water releases flammable gases",
    "H300": "fatal if swallowed",
    "H301": "toxic if swallowed",
    "H310": "fatal in contact with skin",
    "H311": "toxic in contact with skin",
    "H314": "causes severe skin burns and eye damage",
    "H318": "causes serious eye damage",
    "H330": "fatal if inhaled",
    "H331": "toxic if inhaled",
    "H340": "may cause genetic defects",
    "H350": "may cause cancer",
    "H360": "may damage fertility or the unborn child",
    "EUH014": "reacts violently with water",
}
"""Hazard statements that rules may read, with the wording of the Globally Harmonised System (EUH: of the EU)."""

_CODE = re.compile(r"(?:EU)?H\d{3}")
_GRAVE = re.compile(
    rf"\b(?:{'|'.join(f'H[ -]?{code[1:]}' for code in sorted(FATAL | EXPLOSIVE))})(?!\d)", re.IGNORECASE
)


def grave_statements(text: str) -> list[str]:
    """Codes of what is fatal or explosive in a text, however they are typed.

    Examples
    --------
    >>> grave_statements("h300, H 310; H314"), grave_statements("CH300-type pump, H3005")
    (['H300', 'H310'], [])
    """
    found = (re.sub(r"[ -]", "", code).upper() for code in _GRAVE.findall(text))
    return list(dict.fromkeys(found))


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

    def alarm(self, of: str) -> str:
        """What must be said first of a substance that nobody can assess, for want of its structure.

        Parameters
        ----------
        of : str
            How the substance is called in the sentence.

        Returns
        -------
        str
            Empty where no source calls it fatal or explosive, by the statements that the rules read.

        Examples
        --------
        >>> HazardLabel.read({"H300", "H302"}).alarm("it")
        "FATAL by what lists say of it, and vetoed: H300 fatal if swallowed. Don't buy it"
        >>> HazardLabel.read({"H200"}).alarm("it"), HazardLabel.read({"H302"}).alarm("it")
        ("EXPLOSIVE by what lists say of it: H200 unstable explosive. Don't buy it", '')
        """
        worst = self.codes & (FATAL | EXPLOSIVE)
        words = ", ".join(f"{code} {STATEMENTS[code]}" for code in sorted(worst))
        if worst & FATAL:
            besides = ", and EXPLOSIVE" if worst & EXPLOSIVE else ""
            return f"FATAL by what lists say of {of}, and vetoed{besides}: {words}. Don't buy it"
        return f"EXPLOSIVE by what lists say of {of}: {words}. Don't buy it" if worst else ""
