"""What stands in this CSV file, and where?

A row keeps the position of each of its cells, so that whoever finds a cell wrong later (a SMILES
that doesn't parse, a partner that doesn't exist) can still say file:line:column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ligandkb.problems import Problem


@dataclass(frozen=True)
class Cell:
    """Text of one cell and its 1-based position in the file."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Row:
    """One record of a CSV file.

    Attributes
    ----------
    file : str
        Path as the user wrote it.
    line : int
        1-based line on which the record starts.
    cells : mapping of str to Cell
        By column name; columns absent from the file are absent here.
    """

    file: str
    line: int
    cells: Mapping[str, Cell]

    def __getitem__(self, name: str) -> str:
        """Text of a cell, empty if the file has no such column."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def problem(self, name: str, what: str, mend: str = "") -> Problem:
        """Make a problem that points at a cell, or at the row where the column is absent."""
        cell = self.cells.get(name)
        line, column = (cell.line, cell.column) if cell else (self.line, 1)
        return Problem(self.file, line, column, what, mend)


def read_table(
    path: Path, *, required: Sequence[str], optional: Sequence[str], problems: list[Problem]
) -> list[Row]:
    """Read a CSV file whose first line names its columns.

    Parameters
    ----------
    path : Path
        File to read.
    required, optional : sequence of str
        Columns that must or may be there.
    problems : list of Problem
        Everything that is wrong with the file is appended here; nothing is raised.

    Returns
    -------
    list of Row
        The rows that could be read.
    """
    raise AssertionError  # replaced below
