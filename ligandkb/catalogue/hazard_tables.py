"""How have governments classified this substance, and what else stands in lists about it?

The tables of ``data/hazards`` are read when the first substance is looked up, by a plain CSV reader: they are made by
a script, so nobody's slips need a line and a column, and ``ligandkb rank`` can't wait.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ligandkb.catalogue.hazard_label import CLASSIFIED, HazardReading

ANNEX_VI = "EU, Annex VI to Regulation (EC) 1272/2008, ATP 17 (2021)"
JAPAN = "Japan, NITE"
FILES = ("eu_clp.csv", "japan_ghs.csv", "safety_data.csv", "structures.csv")
"""Files of the folder that answers are made of."""


@dataclass(frozen=True)
class HazardTables:
    """Tables of one folder, found by CAS number and by InChIKey.

    Attributes
    ----------
    folder : Path
        With the files that ``make_tables.py`` writes.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> tables = HazardTables(data_directory() / "hazards")
    >>> numbers = tables.cas_numbers("PXIPVTKHYLBLMZ-UHFFFAOYSA-N")
    >>> numbers, [str(reading) for reading in tables.readings(numbers)][1:]
    (('26628-22-8',), ['classified: H300 H310 H314 H318 H370 H372 H400 H410 (Japan, NITE, FY2009)'])
    """

    folder: Path

    def cas_numbers(self, inchikey: str) -> tuple[str, ...]:
        """CAS numbers of a structure; where it is not listed, those of its stereoisomers.

        Parameters
        ----------
        inchikey : str
            Empty where there is none.

        Returns
        -------
        tuple of str
        """
        exact = self._structures.get(inchikey)
        if exact or not inchikey:
            return tuple(exact or ())
        return tuple(self._skeletons.get(_skeleton(inchikey), ()))

    def readings(self, cas_numbers: Iterable[str], percent: float | None = None) -> Iterator[HazardReading]:
        """What the lists say of a substance, the EU first.

        Parameters
        ----------
        cas_numbers : iterable of str
        percent : float, optional
            Content of the bottle in % by weight, which specific concentration limits are held against; where it
            isn't known the pure substance counts.

        Yields
        ------
        HazardReading
        """
        numbers = tuple(dict.fromkeys(cas_numbers))
        for cas in numbers:
            for index, statements, limits in self._european.get(cas, ()):
                held = statements_at(statements, limits, percent)
                yield HazardReading(held, f"{ANNEX_VI}, index {index}", in_part=True, what=CLASSIFIED)
        for cas in numbers:
            for years, statements in self._japanese.get(cas, ()):
                source = f"{JAPAN}, {years.replace('|', ', ')}"
                yield HazardReading(_split(statements), source, in_part=True, what=CLASSIFIED)

    def safety_data(self, cas_numbers: Iterable[str]) -> tuple[str, ...]:
        """Exposure limits, flash point and lists of carcinogens in words, each with its source.

        Parameters
        ----------
        cas_numbers : iterable of str

        Returns
        -------
        tuple of str

        Examples
        --------
        >>> from ligandkb.resources import data_directory
        >>> HazardTables(data_directory() / "hazards").safety_data(["62-53-3"])
        ('exposure limits: TWA 2 ppm, skin (Ontario)',
         'flash point 75 °C (IEC 60079-20-1 (2010))',
         'carcinogenicity: IARC group 2A')
        """
        said: list[str] = []
        for cas in dict.fromkeys(cas_numbers):
            for exposure, flash_c, source, iarc, ntp in self._safety_data.get(cas, ()):
                said += [f"exposure limits: {exposure.replace('|', ', ')} (Ontario)"] if exposure else []
                said += [f"flash point {flash_c} °C ({source})"] if flash_c else []
                said += [f"carcinogenicity: IARC group {iarc}"] if iarc else []
                said += [f"carcinogen: {ntp} (US National Toxicology Program)"] if ntp else []
        return tuple(dict.fromkeys(said))

    @cached_property
    def _structures(self) -> Mapping[str, list[str]]:
        return {key: [cas for (cas,) in rows] for key, rows in self._by_first("structures.csv").items()}

    @cached_property
    def _skeletons(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, numbers in self._structures.items():
            found.setdefault(_skeleton(key), []).extend(numbers)
        return found

    @cached_property
    def _european(self) -> Mapping[str, list[list[str]]]:
        return self._by_first("eu_clp.csv")

    @cached_property
    def _japanese(self) -> Mapping[str, list[list[str]]]:
        return self._by_first("japan_ghs.csv")

    @cached_property
    def _safety_data(self) -> Mapping[str, list[list[str]]]:
        return self._by_first("safety_data.csv")

    def _by_first(self, name: str) -> dict[str, list[list[str]]]:
        """Rows of a file by their first cell, without it; comments and the header fall away."""
        found: dict[str, list[list[str]]] = {}
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            rows = csv.reader(line for line in file if not line.startswith("#"))
            next(rows)
            for first, *rest in rows:
                found.setdefault(first, []).append(rest)
        return found


def statements_at(statements: str, limits: str, percent: float | None) -> frozenset[str]:
    """Statements that hold at a content, by an entry's specific concentration limits.

    Parameters
    ----------
    statements : str
        Of the substance, separated by a vertical bar.
    limits : str
        ``H314 5-|H315 0.5-5``: from 5 % by weight, from 0.5 to below 5 %. Of a statement without a limit the
        concentration says nothing here, so it stays.
    percent : float or None
        Content in % by weight; None for the pure substance and where nobody stated it.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(statements_at("H290|H314", "H314 5-|H315 0.5-5", 3.0))
    ['H290', 'H315']
    >>> sorted(statements_at("H290|H314", "H314 5-|H335 10-", None))
    ['H290', 'H314', 'H335']
    """
    printed, bounds = _split(statements), [_bounds(limit) for limit in limits.split("|") if limit]
    at = 100.0 if percent is None else percent
    held = {code for code, low, high in bounds if low <= at < high}
    limited = {code[:4] for code, _, _ in bounds} if percent is not None else set()
    return frozenset(held | {code for code in printed if code[:4] not in limited})


def _bounds(limit: str) -> tuple[str, float, float]:
    code, _, span = limit.partition(" ")
    low, _, high = span.partition("-")
    return code, float(low), float(high) if high else float("inf")


def _split(statements: str) -> frozenset[str]:
    return frozenset(filter(None, statements.split("|")))


def _skeleton(inchikey: str) -> str:
    """Formula, bonds and charge without stereochemistry, and the protons that come or go."""
    return inchikey[:14] + inchikey[-1]
