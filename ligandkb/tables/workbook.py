"""Which cells stand in this Excel workbook?

Nothing in it is run: of a formula only that it is one is read. A workbook is an archive that may unpack to anything,
so what is read of it is bounded before it is opened.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from ligandkb.problems import ExtraMissingError, Problem
from ligandkb.tables.grid import Grid, GridCell, why_unseen
from ligandkb.tables.reading import MAX_BYTES, MAX_LINES, read_bytes
from ligandkb.tables.scanning import MAX_CELL_CHARACTERS, MAX_COLUMNS

MAX_SHEET_BYTES = 64 * 2**20
MAX_PART_BYTES = 4 * 2**20
MAX_PARTS = 10_000
MAX_SHEETS = 100
MAX_CELLS = 2_000_000
LAST_ROW = 1_048_576
"""Far above any table of ligands, low enough that a hostile workbook can't fill the memory."""

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CURRENCY = re.compile(r'\[\$([^\]\-]+)[^\]]*\]|"?([€£$¥]|\b[A-Z]{3}\b)"?')
_LOCALE = re.compile(r"\[\$-[^\]]*\]|\[[A-Z][a-z]+\]")
"""A language or a colour in a format, which is no currency."""
_SAVE = "save it as .xlsx or as CSV UTF-8"
_AS_VALUES = "copy the sheet and paste it as values"


def is_workbook(path: Path) -> bool:
    """Whether a file begins like a workbook, whatever its name says."""
    content = read_bytes(path, 8)
    return isinstance(content, bytes) and content.startswith((ZIP, OLE))


def read_workbook(path: Path, problems: list[Problem], sheet: str = "") -> tuple[Grid, ...]:
    """Read the sheets of a workbook that are not hidden.

    Parameters
    ----------
    path : Path
        An .xlsx file.
    problems : list of Problem
        Why it can't be read is appended.
    sheet : str, optional
        The only sheet to read, also a hidden one.

    Returns
    -------
    tuple of Grid
        In the order of the sheets; blank ones are left out. Empty where a problem was noted.

    Raises
    ------
    ExtraMissingError
        Without the extra ``[excel]``.
    """
    content = read_bytes(path)
    fault = content if isinstance(content, tuple) else _why_not_opened(content)
    if fault is None:
        try:
            return tuple(_sheets(str(path), content, sheet))  # type: ignore[arg-type]
        except _TooLargeError as error:
            fault = str(error), "check that this is the table, or split it"
        except ExtraMissingError:
            raise
        except Exception as error:  # the library raises whatever a damaged file makes it stumble over
            fault = (
                f"the workbook is damaged ({type(error).__name__})",
                f"open it in a spreadsheet and {_SAVE}",
            )
    problems.append(Problem(str(path), 0, 0, *fault))
    return ()


class _TooLargeError(Exception):
    """More than is read of a workbook."""


def _why_not_opened(content: bytes) -> tuple[str, str] | None:
    """Why a file is no workbook that can be opened safely, and the fix."""
    if len(content) > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES // 2**20} MB", "check that it is the table, or split it"
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            return "this workbook is protected by a password", "take the password off and save it again"
        return "this is an old spreadsheet workbook (.xls)", f"open it in a spreadsheet and {_SAVE}"
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _why_no_workbook(archive)
    # All that zipfile and zlib raise for bytes that no spreadsheet wrote: wrong lengths, unknown methods, a password.
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return "the workbook is damaged or breaks off", "download or save it again"


def _why_no_workbook(archive: ZipFile) -> tuple[str, str] | None:
    parts = {part.filename: part for part in archive.infolist()}
    if "content.xml" in parts:
        return "this is an OpenDocument file (.ods)", f"open it in a spreadsheet and {_SAVE}"
    if "xl/workbook.bin" in parts:
        return "this is a binary workbook (.xlsb)", f"open it in a spreadsheet and {_SAVE}"
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= parts.keys():
        return "this is a zip archive, but no workbook", "unpack it and name the table in it"
    if len(parts) > MAX_PARTS:
        return f"the workbook has more than {MAX_PARTS:,} parts", "check that this is the table"
    for name, part in parts.items():
        rows = name.startswith("xl/worksheets/sheet") or name == "xl/sharedStrings.xml"
        most = MAX_SHEET_BYTES if rows else MAX_PART_BYTES
        if _is_read(name) and part.file_size > most:
            what = f"{name} in the workbook unpacks to more than {most // 2**20} MB"
            return what, "check that this is the table, or split it"
        if _is_read(name) and part.flag_bits & 1:
            return "this workbook is protected by a password", "take the password off and save it again"
        if _is_read(name) and _declares_entities(archive, name):
            return f"{name} in the workbook declares entities, which no spreadsheet writes", _SAVE
    return None


def _is_read(name: str) -> bool:
    """Whether a part is opened at all; pictures and charts aren't."""
    if not name.endswith((".xml", ".rels")):
        return False
    kept_out = ("media", "drawings", "charts", "pivotCache", "pivotTables", "externalLinks", "embeddings")
    return not any(f"/{folder}/" in name for folder in kept_out)


def _declares_entities(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        start = part.read(4096)
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start


def _sheets(file: str, content: bytes, wanted: str) -> Iterator[Grid]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - only who reads a workbook waits for it
    except ImportError as error:
        raise ExtraMissingError("openpyxl", "excel") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions, which nobody asks for
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            pages = book.worksheets
            if len(pages) > MAX_SHEETS:
                raise _TooLargeError(f"the workbook has more than {MAX_SHEETS} sheets")
            for page in pages:
                if page.title == wanted or (not wanted and page.sheet_state == "visible"):
                    page.reset_dimensions()  # what a file says of its size may be wrong
                    if rows := tuple(_rows(page)):
                        yield Grid(file, rows, sheet=page.title)
        finally:
            book.close()


def _rows(page: Any) -> Iterator[tuple[GridCell, ...]]:
    cells = filled = 0
    for line, row in enumerate(page.iter_rows(), 1):
        cells += len(row)
        if line > LAST_ROW or cells > MAX_CELLS:
            raise _TooLargeError(f"a sheet has more than {LAST_ROW:,} rows or {MAX_CELLS:,} cells")
        if any(cell.value is not None for cell in row[MAX_COLUMNS:]):
            raise _TooLargeError(f"a row has more than {MAX_COLUMNS:,} cells")
        if all(cell.value is None for cell in row[:MAX_COLUMNS]):
            continue
        filled += 1
        if filled > MAX_LINES + 1:
            raise _TooLargeError(f"a sheet has more than {MAX_LINES:,} rows")
        made = [_cell(cell, line, column) for column, cell in enumerate(row[:MAX_COLUMNS], 1)]
        while made and not made[-1].text and made[-1].fault is None:
            made.pop()
        if made:
            yield tuple(made)


def _cell(cell: Any, line: int, column: int) -> GridCell:
    value, kind = cell.value, cell.data_type
    if value is None:
        return GridCell("", line, column)
    if kind == "f":
        return GridCell("", line, column, fault=("the cell holds a formula, and none is run", _AS_VALUES))
    if kind == "e":
        fault = f"{value} is a spreadsheet's error, not what was typed", "enter the cell again"
        return GridCell("", line, column, fault=fault)
    if isinstance(value, bool):
        return GridCell("yes" if value else "no", line, column)
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "", line, column)
    if isinstance(value, datetime | date | time | timedelta):
        return GridCell(_day(value), line, column)
    text = str(value)
    if len(text) > MAX_CELL_CHARACTERS:
        what = f"this cell has {len(text):,} characters, more than {MAX_CELL_CHARACTERS:,}"
        return GridCell("", line, column, fault=(what, "shorten it"))
    return GridCell(text.strip().removeprefix("'").strip(), line, column, fault=why_unseen(text))


def _number(value: float, display: str, line: int, column: int) -> GridCell:
    """A number, as its format shows it: 0.98 in a cell of per cent is 98 %."""
    if "%" in display:
        return GridCell(f"{100 * value:.12g} %", line, column, number=value)
    sign = _CURRENCY.search(_LOCALE.sub("", display))
    currency = (sign[1] or sign[2]).strip() if sign else ""
    return GridCell(f"{value:.15g}", line, column, number=float(value), currency=currency)


def _day(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)
