"""Which rows rest on an address alone, and which on nothing?

A DOI stays where it is; a page moves, changes and goes. What stands on a page's address is listed, so that somebody can
look for a lasting source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.provenance import is_doi
from ligandkb.tables import Row, read_table, read_text

SOURCE_COLUMNS = ("doi", "source", "locator")
"""Columns of any table that say where a row comes from."""
_NAMES = ("id", "name", "composition", "cas", "smiles")
_ADDRESS = re.compile(r"https?://[^\s\"<>]{1,400}")


@dataclass(frozen=True)
class AddressedRow:
    """A row whose source is an address and no DOI.

    Attributes
    ----------
    line : int
        1-based, in its file.
    name : str
        What the row is about.
    address, locator : str
        Where it was read.
    """

    line: int
    name: str
    address: str
    locator: str


@dataclass(frozen=True)
class TableSources:
    """Where the rows of one table come from.

    Attributes
    ----------
    file : str
        Folder and name of the table.
    rows, with_doi : int
        All rows, and those with a DOI.
    address_only : tuple of AddressedRow
        Rows with an address and no DOI.
    in_words : int
        Rows with a source that has neither, such as a notebook's page.
    without : int
        Rows that say nothing of their source.
    has_sources : bool
        Whether the table has columns for sources; without them all its rows have the sources that its head or
        data/README.md names.
    """

    file: str
    rows: int
    with_doi: int
    address_only: tuple[AddressedRow, ...]
    in_words: int
    without: int
    has_sources: bool = True


def sources_of(directories: Sequence[Path]) -> tuple[TableSources, ...]:
    """Look for the source of every row of every table.

    Parameters
    ----------
    directories : sequence of Path
        Shipped data first, a lab's own folders after it; tables in folders inside them count, but for ``computed``,
        which commands write.

    Returns
    -------
    tuple of TableSources
        In the order of the folders, and of names inside one.

    Raises
    ------
    InputError
        With everything that is wrong with the tables.
    """
    problems: list[Problem] = []
    found = tuple(
        _table_sources(path, f"{directory.name}/{path.relative_to(directory).as_posix()}", problems)
        for directory in directories
        for path in sorted(directory.rglob("*.csv"))
        if path.parent.name != "computed"
    )
    if problems:
        raise InputError(problems)
    return found


def _table_sources(path: Path, file: str, problems: list[Problem]) -> TableSources:
    header, count = _header_and_rows(path, problems)
    if not header & set(SOURCE_COLUMNS):
        return TableSources(file, count, 0, (), 0, 0, has_sources=False)
    columns = (*SOURCE_COLUMNS, *_NAMES)
    rows = read_table(path, required=(), optional=columns, problems=problems, notes=[])
    with_doi, in_words, addressed = 0, 0, []
    for row in rows:
        where = [row[column].strip() for column in SOURCE_COLUMNS]
        if any(is_doi(text) for text in where[:2]):
            with_doi += 1
        elif address := next(filter(None, map(_address_in, where)), ""):
            addressed.append(AddressedRow(row.line, _name(row), address, where[2]))
        else:
            in_words += any(where)
    without = len(rows) - with_doi - len(addressed) - in_words
    return TableSources(file, len(rows), with_doi, tuple(addressed), in_words, without)


def _header_and_rows(path: Path, problems: list[Problem]) -> tuple[set[str], int]:
    """Headings of a table, and how many lines stand below them."""
    source = read_text(path, problems, [])
    lines = [] if source is None else source.text.splitlines()
    filled = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    header = re.split(r"[,;\t]", filled[0]) if filled else []
    return {heading.strip(' "').lower() for heading in header}, max(len(filled) - 1, 0)


def _address_in(text: str) -> str:
    """Address that a cell is or names; empty if it names none."""
    found = _ADDRESS.search(text)
    return found.group().rstrip(".,;:)") if found else ""


def _name(row: Row) -> str:
    return next((row[column].strip() for column in _NAMES if row[column].strip()), "")
