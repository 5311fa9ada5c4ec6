"""Which cells stand in this sheet, before anybody knows what its columns mean?

What suppliers send has titles above its headings, totals below its rows, and headings in any words. So CSV files and
workbooks become the same thing first: rows of cells, each with its place, or with the reason why it can't be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ligandkb.problems import Problem
from ligandkb.tables.reading import read_text
from ligandkb.tables.scanning import SEPARATORS, SourceText, scan

LINES_FOR_HEADINGS = 30
"""Headings are looked for in so many lines from the top."""

_NUMBERED = re.compile(r"^#(?=[,;\t])|(?<=[\n\r])#(?=[,;\t])")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


@dataclass(frozen=True)
class GridCell:
    """One cell.

    Attributes
    ----------
    text : str
        What it says; empty where it is blank or can't be read.
    line, column : int
        1-based: line and character of a text file, row and column of a sheet.
    number : float or None
        What a workbook stores as a number; None for texts, also those that look like one.
    currency : str
        Sign or code with which a workbook displays that number.
    fault : tuple of str, or None
        What is wrong with it, and the fix.
    """

    text: str
    line: int
    column: int
    number: float | None = None
    currency: str = ""
    fault: tuple[str, str] | None = None


@dataclass(frozen=True)
class Grid:
    """Rows of one sheet or text file that aren't blank.

    Attributes
    ----------
    file : str
        Path as the user wrote it.
    rows : tuple of tuple of GridCell
        From left to right; a row ends where its last cell does.
    sheet : str
        Name of the sheet; empty for a text file.
    separator : str
        What separates the cells of a text file; empty for a sheet.
    broken : tuple of Problem
        Lines of a text file whose cells can't be told apart.
    """

    file: str
    rows: tuple[tuple[GridCell, ...], ...]
    sheet: str = ""
    separator: str = ""
    broken: tuple[Problem, ...] = field(default=())

    def problem(self, cell: GridCell, what: str, fix: str = "") -> Problem:
        """Make a problem that points at a cell, in a workbook also by its name there."""
        if self.sheet:
            what = f"{cell_name(cell)} of {self.sheet[:40]!r}: {what}"
        return Problem(self.file, cell.line, cell.column, what, fix)


def cell_name(cell: GridCell) -> str:
    """Name of a cell in its sheet.

    Examples
    --------
    >>> cell_name(GridCell("", 5, 28))
    'AB5'
    """
    letters, column = "", cell.column
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{cell.line}"


def read_text_grid(
    path: Path, merit: Callable[[Sequence[str]], int], problems: list[Problem], notes: list[Problem]
) -> Grid | None:
    r"""Read a CSV or TSV file without asking what its columns mean.

    Encoding and separators are those of :func:`ligandkb.tables.read_table`. Lines that begin with ``#`` are
    comments, unless a separator follows: then ``#`` heads a column of numbers.

    Parameters
    ----------
    path : Path
    merit : callable
        How many columns a line of texts names; the separator that names most is taken.
    problems, notes : list of Problem
        Why the file can't be read, and what of it deserves a look, is appended.

    Returns
    -------
    Grid or None
        None where the file can't be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "quote.csv"
    ...     _ = path.write_text("Our quote\nName;CAS\noleic acid;112-80-1\n")
    ...     grid = read_text_grid(path, len, [], [])
    >>> [[cell.text for cell in row] for row in grid.rows]
    [['Our quote'], ['Name', 'CAS'], ['oleic acid', '112-80-1']]
    """
    source = read_text(path, problems, notes)
    if source is None:
        return None
    # As long as what it stands for, so that every place stays.
    source = SourceText(source.file, _NUMBERED.sub("№", source.text))
    separator = max(SEPARATORS, key=lambda one: _best_line(source, one, merit))
    faults: list[Problem] = []
    rows = []
    for record in scan(source, separator, faults):
        cells = []
        for text, offset in zip(record.texts, record.offsets, strict=True):
            line, column = source.where(offset)
            if text is None:  # the scanner has just said why
                fault = next(one for one in reversed(faults) if (one.line, one.column) == (line, column))
                faults.remove(fault)
                cells.append(GridCell("", line, column, fault=(fault.what, fault.fix)))
            else:
                cells.append(GridCell(_as_meant(text), line, column, fault=_why_hostile(text)))
        rows.append(tuple(cells))
    return Grid(source.file, tuple(rows), separator=separator, broken=tuple(faults))


def _best_line(source: SourceText, separator: str, merit: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    records = islice(scan(source, separator, []), LINES_FOR_HEADINGS)
    found = [[text or "" for text in record.texts] for record in records]
    return max(((merit(texts), len(texts)) for texts in found), default=(0, 0))


def _as_meant(text: str) -> str:
    """Text of a cell without what only tells a spreadsheet that it is a text: ``="112-80-1"``, ``'112-80-1``."""
    literal = _TEXT_FORMULA.fullmatch(text)
    return literal[1].strip() if literal else text.removeprefix("'").strip()


def _why_hostile(text: str) -> tuple[str, str] | None:
    """Why a cell isn't read although it could be: what a spreadsheet would run, what doesn't show as it is."""
    if text.startswith(("=", "@")) and not _TEXT_FORMULA.fullmatch(text):
        return f"{text[:40]!r} is a formula, and none is run", "write its value, as text"
    return why_unseen(text)


def why_unseen(text: str) -> tuple[str, str] | None:
    r"""Say which characters of a text turn its direction or steer a terminal; None for a harmless one.

    Examples
    --------
    >>> why_unseen("oleic acid"), why_unseen("acid\u202egnp")[0]
    (None, "'acid\\u202egnp' has a character that isn't seen and changes what is")
    """
    if text.isprintable() or not (found := _UNSEEN.search(text)):
        return None
    shown = text[max(0, found.start() - 20) : found.end() + 20]
    return f"{shown!r} has a character that isn't seen and changes what is", "retype the cell"


# Control characters but tab and line ends, marks and overrides of direction; zero-width ones do no harm.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
