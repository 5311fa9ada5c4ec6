"""How have governments classified this substance, and what else stands in lists about it?

The tables of ``data/hazards`` are made by a script, sorted by their first cell and free of quotes, so a row is found by
bisection of the plain lines, and ``ligandkb rank`` needn't wait until a reader has been through ten thousand rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ligandkb.catalogue.hazard_groups import GroupSearch, group_readings, read_groups
from ligandkb.catalogue.hazard_label import CLASSIFIED, HazardReading
from ligandkb.catalogue.names import spelling
from ligandkb.chemistry.inchi import atoms_formula, inchi_key

ANNEX_VI = "EU, Annex VI to Regulation (EC) 1272/2008, ATP 17 (2021)"
JAPAN = "Japan, NITE"
SHIPPED_KEYS = "shipped_keys.csv"
"""What :func:`~ligandkb.chemistry.inchi.inchi_key` gives for the catalogue's structures, kept to save time alone."""
FILES = (
    "eu_clp.csv",
    "eu_groups.csv",
    "japan_ghs.csv",
    "names.csv",
    "safety_data.csv",
    SHIPPED_KEYS,
    "structures.csv",
)
"""Files of the folder that answers are made of."""


@dataclass(frozen=True)
class HazardTables:
    """Tables of one folder, found by CAS number and by structure.

    Attributes
    ----------
    folder : Path
        With the files that ``make_tables.py`` writes.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> tables = HazardTables(data_directory() / "hazards")
    >>> numbers = tables.cas_numbers("[Na+].[N-]=[N+]=[N-]")
    >>> numbers, [str(reading) for reading in tables.readings(numbers)][1:]
    (('26628-22-8',), ['classified: H300 H310 H314 H318 H370 H372 H400 H410 (Japan, NITE, FY2009)'])
    """

    folder: Path

    def cas_numbers(self, smiles: str) -> tuple[str, ...]:
        """CAS numbers of a structure; where no government classified it, those of its stereoisomers and isotopologues.

        Parameters
        ----------
        smiles : str
            Product or species, in any drawing. Most are told from everything listed by their atoms alone.

        Returns
        -------
        tuple of str
        """
        listed = [*_rows(self._structures, atoms_formula(smiles) + ",")]
        if not listed or not (key := self.inchi_key(smiles)):
            return ()
        exact = tuple(cas for inchikey, cas in listed if inchikey == key)
        if any(self._is_classified(cas) for cas in exact):
            return exact
        # The first block tells the bonds, the last letter how many protons come or go.
        alike = (cas for inchikey, cas in listed if (inchikey[:14], inchikey[-1]) == (key[:14], key[-1]))
        return tuple(dict.fromkeys((*exact, *alike)))

    def lack(self, smiles: str) -> bool:
        """Whether no list has a substance, neither by its structure nor as one of a group.

        Parameters
        ----------
        smiles : str
            Product as the species that it consists of. Most are told from everything listed by their atoms alone.

        Returns
        -------
        bool
            What is listed with the same atoms counts as listed, whatever its structure.

        Examples
        --------
        >>> from ligandkb.resources import data_directory
        >>> tables = HazardTables(data_directory() / "hazards")
        >>> tables.lack("O=C(O)c1ccc(F)c2cccnc12"), tables.lack("Nc1ccccc1"), tables.lack("Br[Tl]")
        (True, False, False)
        """
        return atoms_formula(smiles) not in self._formulas and not self._groups.of(smiles)

    def inchi_keys(self, cas: str) -> tuple[str, ...]:
        """InChIKeys under which a CAS number is listed; none where no list has it.

        Examples
        --------
        >>> from ligandkb.resources import data_directory
        >>> HazardTables(data_directory() / "hazards").inchi_keys("62-53-3")
        ('PAYRUJLWNCNPSJ-UHFFFAOYSA-N',)
        """
        return self._keys_of_numbers.get(cas, ())

    @cached_property
    def _keys_of_numbers(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for line in self._structures:
            _, key, cas = line.split(",")
            found[cas] = (*found.get(cas, ()), key)
        return found

    def inchi_key(self, smiles: str) -> str:
        """InChIKey of a structure, see :func:`ligandkb.chemistry.inchi.inchi_key`; those of the catalogue are kept."""
        return self._shipped_keys.get(smiles) or inchi_key(smiles)

    def drawn(self, cas: str) -> str:
        """SMILES of what bears a CAS number; empty where no list has it, or no structure is at hand.

        Examples
        --------
        >>> from ligandkb.resources import data_directory
        >>> HazardTables(data_directory() / "hazards").drawn("62-53-3")
        'C1=CC=C(C=C1)N'
        """
        return next((smiles for smiles, *_ in _rows(self._name_lines, cas + ",")), "")

    def _is_classified(self, cas: str) -> bool:
        return any(True for lines in (self._european, self._japanese) for _ in _starting(lines, cas + ","))

    def readings(
        self, cas_numbers: Iterable[str], percent: float | None = None, smiles: str | None = None
    ) -> Iterator[HazardReading]:
        """What the lists say of a substance, the EU first.

        Parameters
        ----------
        cas_numbers : iterable of str
        percent : float, optional
            Content of the bottle in % by weight, which specific concentration limits are held against; where it
            isn't known the pure substance counts.
        smiles : str, optional
            The product as the species that it consists of, for entries that name a group; those leave out whatever
            has an entry of its own.

        Yields
        ------
        HazardReading
        """
        numbers, has_entry = tuple(dict.fromkeys(cas_numbers)), False
        for cas in numbers:
            for index, statements, limits in _rows(self._european, cas + ","):
                has_entry = True
                held = statements_at(statements, limits, percent)
                yield HazardReading(held, f"{ANNEX_VI}, index {index}", in_part=True, what=CLASSIFIED)
        if smiles is not None and not has_entry:
            yield from group_readings(smiles, self._groups, ANNEX_VI)
        for cas in numbers:
            for years, statements in _rows(self._japanese, cas + ","):
                source = f"{JAPAN}, {years.replace('|', ', ')}"
                yield HazardReading(_split(statements), source, in_part=True, what=CLASSIFIED)

    def named(self, text: str) -> tuple[tuple[str, str, str], ...]:
        """CAS number, SMILES and first name of what the lists classify.

        Parameters
        ----------
        text : str
            Name or CAS number as typed.

        Returns
        -------
        tuple of (str, str, str)
            One for each number that bears the name. The SMILES is empty where no structure is at hand.

        Examples
        --------
        >>> from ligandkb.resources import data_directory
        >>> HazardTables(data_directory() / "hazards").named("Nicotine")
        (('54-11-5', 'CN1CCC[C@H]1c1cccnc1', 'nicotine'),)
        """
        return self._names.get(spelling(text), ())

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
            for exposure, flash_c, source, iarc, ntp in _rows(self._safety_data, cas + ","):
                said += [f"exposure limits: {exposure.replace('|', ', ')} (Ontario)"] if exposure else []
                said += [f"flash point {flash_c} °C ({source})"] if flash_c else []
                said += [f"carcinogenicity: IARC group {iarc}"] if iarc else []
                said += [f"carcinogen: {ntp} (US National Toxicology Program)"] if ntp else []
        return tuple(dict.fromkeys(said))

    @cached_property
    def _names(self) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
        """Read only when a name is asked for that no row of the catalogue bears."""
        found: dict[str, dict[str, tuple[str, str, str]]] = {}
        for line in self._name_lines:
            cas, smiles, names = line.split(",", 2)
            called = names.split("|")
            for name in filter(None, (cas, *called)):
                found.setdefault(spelling(name), {}).setdefault(cas, (cas, smiles, called[0] or cas))
        return {key: tuple(rows.values()) for key, rows in found.items()}

    @cached_property
    def _name_lines(self) -> Sequence[str]:
        return self._lines("names.csv")

    @cached_property
    def _structures(self) -> Sequence[str]:
        return self._lines("structures.csv")

    @cached_property
    def _shipped_keys(self) -> Mapping[str, str]:
        return dict(line.rsplit(",", 1) for line in self._lines(SHIPPED_KEYS))

    @cached_property
    def _european(self) -> Sequence[str]:
        return self._lines("eu_clp.csv")

    @cached_property
    def _formulas(self) -> frozenset[str]:
        return frozenset(line.partition(",")[0] for line in self._structures)

    @cached_property
    def _groups(self) -> GroupSearch:
        return GroupSearch(read_groups(self.folder / "eu_groups.csv"))

    @cached_property
    def _japanese(self) -> Sequence[str]:
        return self._lines("japan_ghs.csv")

    @cached_property
    def _safety_data(self) -> Sequence[str]:
        return self._lines("safety_data.csv")

    def _lines(self, name: str) -> Sequence[str]:
        """Rows of a file as text; comments and the header fall away."""
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return lines[sum(line.startswith("#") for line in lines[:9]) + 1 :]


def _starting(lines: Sequence[str], start: str) -> Iterator[str]:
    for position in range(bisect_left(lines, start), len(lines)):
        if not lines[position].startswith(start):
            return
        yield lines[position]


def _rows(lines: Sequence[str], start: str) -> Iterator[list[str]]:
    """Cells after the first of the rows that begin so."""
    return (line.split(",")[1:] for line in _starting(lines, start))


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
