"""What is a row, and where in its file does each of its cells stand?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
        By column name; columns absent from the file, and cells that could not be read and were
        reported, are absent here.
    separator : str
        What separates the file's cells; a comma inside a number can be a decimal comma only where
        this is something else.
    """

    file: str
    line: int
    cells: Mapping[str, Cell]
    separator: str = ","

    def __getitem__(self, name: str) -> str:
        """Text of a cell, empty if the file has no such column."""
        cell = self.cells.get(name)
        return cell.text if cell else ""

    def problem(self, name: str, what: str, fix: str = "") -> Problem:
        """Make a problem that points at a cell, or at the row where the column is absent."""
        cell = self.cells.get(name)
        line, column = (cell.line, cell.column) if cell else (self.line, 1)
        return Problem(self.file, line, column, what, fix)


def shown(text: str) -> str:
    r"""Text of a cell as a message quotes it: escaped, and cut after 60 characters.

    Examples
    --------
    >>> shown("12\tmM")
    "'12\\tmM'"
    """
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
