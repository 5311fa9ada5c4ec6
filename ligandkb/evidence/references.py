"""Who wrote the works that are cited, under which title, and where?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.provenance import address_in, is_doi
from ligandkb.resources import data_directory
from ligandkb.tables import filled, number, read_table

COLUMNS = ("doi", "url", "authors", "title", "journal", "year", "volume", "pages", "publisher", "read_at")

_NAMED = re.compile(r'"(?P<title>[^"]{5,300})"(?: \((?P<about>[^()]{3,200})\))?')
_ABOUT = re.compile(
    r"(?:(?P<authors>[A-Z]\.[^,\d]{2,120}?)(?:, |$))?"
    r"(?:(?P<journal>[A-Z][A-Za-z. ]{2,80}?),? )?"
    r"(?:(?P<year>(?:19|20)\d\d)(?:, (?P<volume>\d+)(?:, (?P<pages>[\d-]+))?)?)?"
)


@dataclass(frozen=True)
class Reference:
    """A cited work, as far as it is known.

    Attributes
    ----------
    authors : str
        As BibTeX has them: parted by ``and``, ``and others`` where the rest wasn't read.
    title, journal, volume, pages, publisher : str
        Empty where unknown.
    year : int or None
    read_at : str
        Where this was read.

    Examples
    --------
    >>> Reference(title="Surface Chemistry", journal="Chem. Mater.").is_article
    True
    """

    authors: str = ""
    title: str = ""
    journal: str = ""
    year: int | None = None
    volume: str = ""
    pages: str = ""
    publisher: str = ""
    read_at: str = ""

    @property
    def is_article(self) -> bool:
        """Whether it is known to stand in a journal."""
        return bool(self.journal)


def read_references(path: Path, problems: list[Problem]) -> Mapping[str, Reference]:
    """Read cited works.

    Parameters
    ----------
    path : Path
        ``references.csv``.
    problems : list of Problem
        Rows that name no work or no place where it was read, and works that come twice, are appended.

    Returns
    -------
    mapping of str to Reference
        By DOI in lower case, or address of a work without one.
    """
    found: dict[str, Reference] = {}
    for row in read_table(path, required=COLUMNS, optional=(), problems=problems):
        where = row["doi"].strip().lower() or row["url"].strip()
        column = "doi" if row["doi"].strip() else "url"
        year = number(row, "year", problems, minimum=1800, maximum=2100)
        if not where or not (is_doi(where) or address_in(where) == where):
            problems.append(
                row.problem(column, f"{where!r} is neither DOI nor address", "write one of these")
            )
        elif where in found:
            problems.append(row.problem(column, f"{where} stands in an earlier row, too", "keep one row"))
        elif filled(row, "read_at", problems):
            texts = {name: row[name].strip() for name in COLUMNS[2:] if name != "year"}
            found[where] = Reference(**texts, year=None if year is None else int(year))
    return found


@lru_cache(maxsize=1)
def shipped_references() -> Mapping[str, Reference]:
    """Works that the shipped rules and outcomes cite.

    Raises
    ------
    InputError
        With everything that is wrong with the table.

    Examples
    --------
    >>> shipped_references()["10.1021/jacs.8b11035"].year
    2018
    """
    problems: list[Problem] = []
    found = read_references(data_directory() / "references.csv", problems)
    if problems:
        raise InputError(problems)
    return found


def reference_in(locator: str) -> Reference:
    """What a locator itself says of its work, as one does where no DOI was printed.

    Parameters
    ----------
    locator : str
        Such as ``Abstract of "Title" (S. Wang et al., Chem. Mater. 2018, 30, 79-83), https://...``.

    Returns
    -------
    Reference
        Empty where it names no title.

    Examples
    --------
    >>> found = reference_in('Abstract of "Colloidal CsX" (J. Shamsi et al., Chem. Mater. 2018, 30, 79-83), page 1')
    >>> found.authors, found.title, found.journal, found.year, found.volume, found.pages
    ('J. Shamsi and others', 'Colloidal CsX', 'Chem. Mater.', 2018, '30', '79-83')
    >>> reference_in('Abstract of "Surface Chemistry" (J. Lumin. 2019)').journal, reference_in("page 12").title
    ('J. Lumin.', '')
    """
    named = _NAMED.search(locator)
    if named is None:
        return Reference()
    about = _ABOUT.fullmatch(named["about"] or "")
    said = {name: value or "" for name, value in about.groupdict().items()} if about else {}
    year = said.pop("year", "")
    authors = re.sub(r",? et al\.?$", " and others", said.pop("authors", ""))
    return Reference(authors, named["title"], year=int(year) if year else None, read_at=locator, **said)


def place_in(locator: str, reference: Reference, address: str = "") -> str:
    """What a locator says besides what is known of its work already.

    Parameters
    ----------
    locator : str
    reference : Reference
        What is said of the work beside it.
    address : str
        Likewise.

    Returns
    -------
    str
        The locator as it is where it names no title, or another one.

    Examples
    --------
    >>> locator = 'Abstract of "Colloidal CsX" (J. Shamsi et al., Chem. Mater. 2018), https://example.org/x; no DOI'
    >>> place_in(locator, reference_in(locator), "https://example.org/x")
    'Abstract; no DOI'
    >>> place_in("page 12", reference_in(locator))
    'page 12'
    """
    named = _NAMED.search(locator)
    if named is None or named["title"] != reference.title:
        return locator
    about = _ABOUT.fullmatch(named["about"] or "")
    is_known = about is not None and all(
        getattr(reference, name) for name, value in about.groupdict().items() if value
    )
    end = named.end() if is_known or not named["about"] else named.end("title") + 1
    before = re.sub(r",\s*$|\s*\b(?:of|on)\s*$", "", locator[: named.start()])
    before = re.sub(r"that begins\s*$", "that begins so", before)
    after = (
        re.sub(rf",?\s*(?:copy at )?{re.escape(address)}(?=[;,\s]|$)", "", locator[end:])
        if address
        else locator[end:]
    )
    return f"{before.rstrip()}{after}".strip(" ;,")
