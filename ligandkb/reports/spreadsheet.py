"""How does an answer reach a spreadsheet, with nothing in it that runs?

Every text is written as text: a name such as ``=HYPERLINK(...)`` is neither a formula nor a link, now and after
somebody has edited its cell.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from ligandkb.cells import visible
from ligandkb.export import escape_cell
from ligandkb.problems import ExtraMissingError, UsageError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELL_CHARACTERS = 32_767
"""What Excel holds (ECMA-376 sets no limits; these are the program's)."""
_WIDEST = 60
_ROWS_FOR_WIDTHS = 200
_STREAMED_CELLS = 200_000
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class Sheet(NamedTuple):
    """One sheet of a workbook.

    Attributes
    ----------
    name : str
        At most 31 characters of it are kept.
    columns : sequence of str
    rows : sequence of sequence
        One value for each column: text, a number, True or False (yes, no), or None for a blank cell.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]


def to_xlsx(
    sheets: Sequence[Sheet | tuple[str, Sequence[str], Sequence[Sequence[object]]]], lines: Sequence[str] = ()
) -> bytes:
    """Write tables as an Excel workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        Each with a name of its own, capitals apart.
    lines : sequence of str
        What must stand on every sheet, above its table: what the answer was made with, what it isn't.

    Returns
    -------
    bytes
        Content of the .xlsx file.

    Raises
    ------
    ExtraMissingError
        Without the extra ``[excel]``.
    UsageError
        If a table is larger than a sheet can be, or a number is not finite.

    Examples
    --------
    >>> book = to_xlsx([Sheet("order", ("product", "price"), [("oleic acid", 45.5)])], ["not a safety assessment"])
    >>> book[:2]
    b'PK'
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - only who asks for a workbook waits for it
    except ImportError as error:
        raise ExtraMissingError("XlsxWriter", "excel") from error
    made = [Sheet(*sheet) for sheet in sheets]
    for sheet in made:
        _refuse_too_large(sheet, len(lines) + 1)
    content = BytesIO()
    cells = sum(len(sheet.rows) * len(sheet.columns) for sheet in made)
    # Row by row through a temporary file where the whole would take too much memory.
    streamed = {"constant_memory": True} if cells > _STREAMED_CELLS else {"in_memory": True}
    with Workbook(content, {**_OPTIONS, **streamed}) as book:
        formats = {
            "text": book.add_format({"valign": "top"}),
            "wrapped": book.add_format({"valign": "top", "text_wrap": True}),
            # Editing the cell must not make a formula of its text.
            "quoted": book.add_format({"valign": "top", "quote_prefix": True}),
            "heading": book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
            "line": book.add_format({"italic": True}),
        }
        taken: set[str] = set()
        for sheet in made:
            _fill(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, lines, formats)
    return content.getvalue()


def _refuse_too_large(sheet: Sheet, above: int) -> None:
    if len(sheet.rows) + above > MAX_ROWS or len(sheet.columns) > MAX_COLUMNS:
        size = f"{len(sheet.rows):,} rows and {len(sheet.columns):,} columns"
        raise UsageError(f"the table has {size}, more than a sheet can hold: write it as csv, or fewer rows")
    for position, row in enumerate(sheet.rows):
        if len(row) != len(sheet.columns):
            raise UsageError(f"row {position} has {len(row)} values for {len(sheet.columns)} columns")


def _sheet_name(name: str, taken: set[str]) -> str:
    r"""A name that Excel takes: 31 characters, none of ``[]:*?/\\``, no other sheet's, no apostrophe at an end."""
    plain = "".join("-" if character in "[]:*?/\\" else character for character in visible(name))
    plain = plain.strip("' ")[:31] or "table"
    if plain.casefold() == "history":
        plain = "history (table)"  # Excel keeps the name for itself
    unique, number = plain, 2
    while unique.casefold() in taken:
        unique = f"{plain[:27]} ({number})"
        number += 1
    taken.add(unique.casefold())
    return unique


def _fill(page: Worksheet, sheet: Sheet, lines: Sequence[str], formats: dict[str, Format]) -> None:
    head = len(lines)
    last = head + len(sheet.rows)
    for column, width in enumerate(_widths(sheet)):
        page.set_column(column, column, width)
    for position, line in enumerate(lines):
        page.write_string(position, 0, _as_text(line), formats["line"])
    for column, name in enumerate(sheet.columns):
        page.write_string(head, column, _as_text(name), formats["heading"])
    for number, row in enumerate(sheet.rows, head + 1):
        for column, value in enumerate(row):
            _write(page, number, column, value, formats)
    if sheet.columns:
        page.freeze_panes(head + 1, 1)
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
        page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{_in_footer(lines)}&R&P / &N")


def _in_footer(lines: Sequence[str]) -> str:
    """The lines as a printed page bears them; ``&`` begins a code there, and 255 characters are all that fit."""
    return " · ".join(map(_as_text, lines)).replace("&", "&&")[:230].rstrip("&")


def _write(page: Worksheet, row: int, column: int, value: object, formats: dict[str, Format]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no", formats["text"])
    elif isinstance(value, numbers.Real):
        if not math.isfinite(value):
            raise UsageError(f"row {row}: {value} is not a number to write: pass None for a blank cell")
        page.write_number(row, column, float(value), formats["text"])
    elif text := _as_text(value):
        kind = "quoted" if escape_cell(text) != text else "wrapped" if len(text) > _WIDEST else "text"
        page.write_string(row, column, text, formats[kind])


def _as_text(value: Any) -> str:
    """Text of a cell: control and direction-changing characters as escapes, and what a cell can't hold cut and said."""
    text = "\n".join(visible(line) for line in str(value).splitlines())
    if len(text) <= MAX_CELL_CHARACTERS:
        return text
    said = f"… (cut: {len(text):,} characters)"
    return text[: MAX_CELL_CHARACTERS - len(said)] + said


def _widths(sheet: Sheet) -> list[int]:
    """Width of each column in characters: that of its longest cell among the first rows, within bounds."""
    seen = [list(sheet.columns), *sheet.rows[:_ROWS_FOR_WIDTHS]]
    return [
        min(_WIDEST, max(6, 2 + max(len("" if row[place] is None else str(row[place])) for row in seen)))
        for place in range(len(sheet.columns))
    ]
