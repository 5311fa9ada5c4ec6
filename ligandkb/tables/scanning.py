"""Which cells does this text hold, and where?

A text becomes records, a record cells with their offsets. After a fault the scan goes on with the next
physical line, so that one stray quote doesn't hide what else is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from ligandkb.export import unescape_cell
from ligandkb.problems import Problem

# Far above any table of ligands, low enough that a wrong file can't fill the memory.
MAX_COLUMNS = 1_000
MAX_CELL_CHARACTERS = 10_000
MAX_PROBLEMS = 10_000

SAVE_AS = "save it as CSV UTF-8"
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)")
# Excel's "#NAME?" for a text that it took for a formula, also in other languages ("#BEZUG!").
_SPREADSHEET_ERROR = re.compile(r"#(?:[A-ZÀ-Þ][0A-ZÀ-Þ/]*[!?]|N/A|NV)")
_COMMENT = re.compile(rf"[ \xa0]*(?!{_SPREADSHEET_ERROR.pattern}(?:[,;\t\r\n]|\Z))#")
_QUOTED_COMMENT = re.compile(r'"[^\S\r\n]*#')
_SEPARATOR_LINE = re.compile(r'"?sep=[,;\t]"?(?=[\r\n]|\Z)', re.IGNORECASE)


@dataclass(frozen=True)
class SourceText:
    r"""Text of a file.

    Attributes
    ----------
    file : str
        Path as the user wrote it.
    text : str
        All that the file holds, without its encoding mark.

    Examples
    --------
    >>> SourceText("a.csv", "id\r\noleate\r\n").where(6)
    (2, 3)
    """

    file: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Offsets at which the physical lines start."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def where(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def next_line(self, offset: int) -> int:
        """Offset at which the line after that of ``offset`` starts."""
        line = bisect_right(self.starts, offset)
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def problem(self, offset: int, what: str, fix: str) -> Problem:
        """Make a problem that points at an offset."""
        return Problem(self.file, *self.where(offset), what, fix)


@dataclass
class Record:
    """Cells of one record.

    Attributes
    ----------
    start, end : int
        Offsets between which it stands, without its line end.
    texts : list of str or None
        Text of each cell; None where it was unreadable and is reported.
    offsets : list of int
        Where each cell starts.
    """

    start: int
    end: int = 0
    texts: list[str | None] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)


@cache
def _cell_pattern(separator: str) -> re.Pattern[str]:
    blank = rf"[^\S\r\n{separator}]*+"
    return re.compile(
        rf'{blank}(?:"(?P<quoted>(?:[^"]++|"")*+)(?P<closed>"?){blank}'
        # Curly quotes count only around a whole cell on one line; elsewhere they are text.
        rf'|[“”„‟](?P<curly>[^“”„‟"\r\n]*+)[“”‟]{blank}(?=[{separator}\r\n]|\Z)'
        rf"|(?P<plain>[^{separator}\r\n]*+))"
    )


def scan(source: SourceText, separator: str, problems: list[Problem]) -> Iterator[Record]:
    r"""Scan the records that are neither blank nor comments.

    Parameters
    ----------
    source : SourceText
        What to scan.
    separator : str
        What stands between cells, one of ``SEPARATORS``.
    problems : list of Problem
        Faults of quotes and cells are appended here.

    Yields
    ------
    Record
        A record whose quotes are in order.

    Examples
    --------
    >>> source = SourceText("a.csv", "# mine\nid,name\na,\"x, y\"\n")
    >>> [record.texts for record in scan(source, ",", [])]
    [['id', 'name'], ['a', 'x, y']]
    """
    text, position = source.text, 0
    most = len(problems) + MAX_PROBLEMS
    while position < len(text):
        if len(problems) > most:
            problems.append(
                source.problem(position, "too many faults: the rest was not read", "fix these first")
            )
            return
        if _CONFLICT.match(text, position):
            what = "a merge left its conflict marker here"
            problems.append(source.problem(position, what, "settle the merge and delete its marker lines"))
            position = source.next_line(position)
        elif _COMMENT.match(text, position) or (position == 0 and _SEPARATOR_LINE.match(text)):
            position = source.next_line(position)
        else:
            record, position = _scan_record(source, position, separator, problems)
            if record and any(text != "" for text in record.texts) and not _is_quoted_comment(source, record):
                yield record


def _is_quoted_comment(source: SourceText, record: Record) -> bool:
    """Whether a spreadsheet put quotes around a comment because it contains a separator."""
    return record.texts[0] is not None and _QUOTED_COMMENT.match(source.text, record.offsets[0]) is not None


def _scan_record(
    source: SourceText, start: int, separator: str, problems: list[Problem]
) -> tuple[Record | None, int]:
    """Read one record; after a fault of its shape go on with the physical line after the fault."""
    text, record, position = source.text, Record(start), start
    while True:
        match = _cell_pattern(separator).match(text, position)
        assert match is not None  # its last alternative matches anything, also nothing
        kind = "quoted" if match["quoted"] is not None else match.lastgroup or "plain"
        offset, end = match.start(kind) - (kind != "plain"), match.end()
        if kind == "quoted" and not (match["closed"] and text[end : end + 1] in ("", separator, "\r", "\n")):
            problems.append(_quote_fault(source, offset, match))
            return None, source.next_line(offset)
        if len(record.texts) == MAX_COLUMNS:
            what = f"more than {MAX_COLUMNS:,} cells in one row"
            problems.append(source.problem(offset, what, "check that this is the table"))
            return None, source.next_line(offset)
        raw = match[kind].replace('""', '"') if kind == "quoted" else match[kind]
        record.texts.append(_cell_text(source, offset, raw, problems))
        record.offsets.append(offset)
        if text[end : end + 1] != separator:
            record.end = end
            line_end = _LINE_END.match(text, end)
            return record, line_end.end() if line_end else end
        position = end + 1


def _quote_fault(source: SourceText, offset: int, match: re.Match[str]) -> Problem:
    if not match["closed"]:
        fix = "put a double quote at the end of its cell, or take this one out"
        return source.problem(offset, "the quote opened here is never closed", fix)
    line, column = source.where(match.end("closed"))
    if line != source.where(offset)[0]:
        what = f"the quote opened here ends only at {line}:{column - 1}, with text behind it"
        return source.problem(offset, what, "put a double quote at the end of its cell, or take this one out")
    fix = "write a double quote inside a quoted cell twice, or quote the whole cell"
    return source.problem(offset, "text stands behind the closing quote of this cell", fix)


def _cell_text(source: SourceText, offset: int, raw: str, problems: list[Problem]) -> str | None:
    if not raw:  # half of all cells
        return raw
    left = raw.lstrip()
    unescaped = unescape_cell(left)
    text = left.rstrip() if unescaped == left else unescaped  # the blanks of an escaped cell are meant
    if len(text) > MAX_CELL_CHARACTERS:
        what = f"this cell has {len(text):,} characters, more than {MAX_CELL_CHARACTERS:,}"
        fault = what, "shorten it; if it runs over several lines, close its quote"
    elif "\0" in text:
        fault = "this cell contains a NUL character", f"retype the cell and {SAVE_AS}"
    elif unescaped == left and _SPREADSHEET_ERROR.fullmatch(text):
        what = f"{text} is a spreadsheet's error, not what was typed"
        fault = what, "format the column as text and enter the cell again"
    else:
        return text
    problems.append(source.problem(offset, *fault))
    return None


def find_separator(source: SourceText, known: Sequence[str]) -> str:
    r"""Separator by which the first record names most of the known columns; a comma if none does.

    Examples
    --------
    >>> find_separator(SourceText("a.csv", "id;name, as bought\n"), ["id", "name"])
    ';'
    """

    def merit(separator: str) -> tuple[int, int]:
        header = next(scan(source, separator, []), None)
        return (sum(like(text) in wanted for text in header.texts), len(header.texts)) if header else (0, 0)

    def like(text: str | None) -> str:
        return (text or "").casefold().replace(" ", "_")

    wanted = set(map(like, known))

    return max(SEPARATORS, key=merit)  # the comma, where they are equal


def shape_fault(
    source: SourceText, record: Record, columns: Sequence[str | None], separator: str
) -> Problem | None:
    r"""Why the cells of a record don't fit the columns; None if they do.

    Parameters
    ----------
    source : SourceText
        Where the record stands.
    record : Record
        What is judged.
    columns : sequence of str or None
        Names by position: empty where a column has no name, None where the name was no good.
    separator : str
        What stands between the cells.

    Returns
    -------
    Problem or None

    Examples
    --------
    >>> source = SourceText("a.csv", "acetate,C\n")
    >>> (record,) = scan(source, ",", [])
    >>> print(shape_fault(source, record, ["id", "name", "smiles"], ","))
    a.csv:1:9: this row has 2 cells for 3 columns: add the missing cells, or only their commas where
    nothing is known
    """
    raw = source.text[record.start : record.end]
    for position, text in enumerate(record.texts):
        if text != "" and position >= len(columns):
            return source.problem(record.offsets[position], *_why_too_many(raw, len(columns), separator))
        if text != "" and columns[position] == "":
            what, fix = "this value stands in a column without a name", "name the column in the first line"
            return source.problem(record.offsets[position], what, fix)
    width = max(position for position, name in enumerate(columns, 1) if name != "")
    if len(record.texts) < width:
        return source.problem(record.offsets[-1], *_why_too_few(raw, len(record.texts), width, separator))
    return None


def _why_too_many(raw: str, width: int, separator: str) -> tuple[str, str]:
    fix = f"put double quotes around a cell that contains a {SEPARATORS[separator]}"
    if re.search("[“”„‟]", raw):
        fix = "replace the curly quotes by straight ones"
    elif separator == ",":
        fix += ", and write decimals with a point"
    return f"from here on this row has more cells than the {width} columns", fix


def _why_too_few(raw: str, count: int, width: int, separator: str) -> tuple[str, str]:
    here = SEPARATORS[separator]
    fix = f"add the missing cells, or only their {here}s where nothing is known"
    if _LINE_END.search(raw):
        fix = "see whether a quote in this row is closed too late; it runs over several lines"
    for other, name in SEPARATORS.items():
        if count == 1 and other != separator and raw.count(other) + 1 >= width:
            fix = f"separate its cells by {here} like those of the first line, not by {name}"
    return f"this row has {count} cell{'s' * (count > 1)} for {width} columns", fix


def swallowed_lines(
    source: SourceText, record: Record, columns: Sequence[str | None], separator: str
) -> list[Problem]:
    """Cells that hold so many separators over several lines that they may be rows, behind a stray quote.

    Parameters are those of :func:`shape_fault`.
    """
    what = "this quoted cell runs over several lines and may hold rows"
    return [
        source.problem(offset, what, "if so, close its quote earlier")
        for text, offset in zip(record.texts, record.offsets, strict=True)
        if text and _LINE_END.search(text) and text.count(separator) >= len(columns) - 1 > 0
    ]
