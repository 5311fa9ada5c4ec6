"""What is this name or CAS number, if no row of the catalogue has it?

The lists of governments that travel with the data are asked first, then the package ``chemicals`` (70,000 substances
with half a million names), where the extra ``[names]`` is installed. Its tables are read as plain bytes, in about a
tenth of a second: the package's own search keeps one substance for each name, and so would guess where several bear it.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ligandkb.catalogue.hazard_tables import HazardTables
from ligandkb.catalogue.names import spelling

LISTS = "data/hazards/names.csv"
PACKAGE = "chemicals"
INSTALL_NAMES = "pip install 'ligandkb[names]' knows more names"
LONGEST_NAME = 200
"""Longer texts are no names: none of the tables has one."""
_TABLES = (
    "chemical identifiers pubchem small.tsv",
    "chemical identifiers pubchem large.tsv",
    "chemical identifiers example user db.tsv",
    "Inorganic db.tsv",
)
_WORD = re.compile(r"[^\W\d_]{5}|\d-\d\d-\d$")
"""The package's abbreviations are those of all fields at once (OCTA, PVP): they are not looked up."""
_POLYMER = re.compile(r"poly|cellulose|copolymer", re.IGNORECASE)
"""A polymer is drawn there as its monomer."""
_CAS, _SMILES, _FIRST_NAME, _COMMON_NAME = 1, 4, 7, 8
"""Cells of a line: numbers, formula, mass, SMILES, InChI, InChIKey, and then names, the systematic one first."""


@dataclass(frozen=True)
class Named:
    """A substance outside the catalogue that bears a name or a CAS number.

    Attributes
    ----------
    cas, smiles, name : str
        The SMILES is empty where the source has no structure.
    source : str
        Where it stands.
    """

    cas: str
    smiles: str
    name: str
    source: str


def named_elsewhere(text: str, lists: HazardTables | None) -> tuple[Named, ...]:
    """Substances of the lists that bear a name or CAS number, else those of the package ``chemicals``.

    Parameters
    ----------
    text : str
        Name or CAS number as typed.
    lists : HazardTables or None

    Returns
    -------
    tuple of Named
        Those with a structure where any has one; empty if nothing bears the name.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> named_elsewhere("nicotine", HazardTables(data_directory() / "hazards"))[0].cas
    '54-11-5'
    """
    if not text.strip() or len(text) > LONGEST_NAME:
        return ()
    listed = tuple(Named(*row, LISTS) for row in (lists.named(text) if lists is not None else ()))
    drawn = tuple(one for one in listed if one.smiles)
    if drawn or not _WORD.search(text) or _POLYMER.match(text):
        return drawn or listed
    # A mixture that a list names is none of the isomers that the package may call so.
    numbers = {one.cas for one in listed}
    packaged = tuple(one for one in named_in_package(text) if not numbers or one.cas in numbers)
    return (*packaged, *_other_isomers(text, packaged)) or listed


def _other_isomers(text: str, found: tuple[Named, ...]) -> tuple[Named, ...]:
    """Isomers that a name without its place means as well: chloroaniline is no more 2- than 4-chloroaniline."""
    name = spelling(text)
    if not any(re.fullmatch(r"\d-" + re.escape(name), spelling(one.name)) for one in found):
        return ()
    known = {one.cas for one in found}
    every = (one for place in "1234" for one in named_in_package(f"{place}-{name}"))
    return tuple({one.cas: one for one in every if one.cas not in known}.values())


def knows_the_package() -> bool:
    """Whether the extra ``[names]`` is installed."""
    return importlib.util.find_spec(PACKAGE) is not None


def named_in_package(text: str) -> Iterator[Named]:
    """Lines of the package's tables that bear the name."""
    # Names stand there in American spelling, without capitals, Greek letters in full.
    typed = " ".join(text.split()).casefold()
    wanted = {
        name.encode("utf-8", "replace")
        for name in (typed, spelling(text), spelling(text).replace("caesium", "cesium"))
    }
    seen: set[str] = set()
    for table in _tables():
        lowered = _lowered(table)
        for name in sorted(wanted):
            for start, end in _lines_with(lowered, name):
                with table.open("rb") as file:
                    file.seek(start)
                    line = file.read(end - start)
                cells = line.decode("utf-8", "replace").rstrip("\r").split("\t")
                if len(cells) > _COMMON_NAME and cells[_SMILES] and cells[_CAS] not in seen:
                    seen.add(cells[_CAS])
                    called = cells[_COMMON_NAME] or cells[_FIRST_NAME] or text.strip()
                    yield Named(cells[_CAS], cells[_SMILES], called, PACKAGE)


def _tables() -> tuple[Path, ...]:
    found = importlib.util.find_spec(PACKAGE)
    folders = (
        [Path(place) / "Identifiers" for place in (found.submodule_search_locations or ())] if found else []
    )
    return tuple(path for folder in folders for name in _TABLES if (path := folder / name).is_file())


@lru_cache(maxsize=len(_TABLES))
def _lowered(path: Path) -> bytes:
    return path.read_bytes().lower()


def _lines_with(table: bytes, name: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of the lines with a cell that is a CAS number or one of the names."""
    at = table.find(b"\t" + name)
    while at >= 0:
        after = at + 1 + len(name)
        if after == len(table) or table[after : after + 1] in b"\t\r\n":
            start, end = table.rfind(b"\n", 0, at) + 1, table.find(b"\n", at)
            column = table.count(b"\t", start, at + 1)
            if column == _CAS or column >= _FIRST_NAME:
                yield start, end if end >= 0 else len(table)
        at = table.find(b"\t" + name, after)
