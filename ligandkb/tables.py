"""What stands in this CSV file, and where?

A row keeps the position of each of its cells, so that whoever finds a cell wrong later (a SMILES
that doesn't parse, a partner that doesn't exist) can still say file:line:column. The standard
library's reader gives no columns and stops at the first fault, which is why there is a scanner here.
"""

from __future__ import annotations

import math
import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ligandkb.export import escape_cell, unescape_cell
from ligandkb.problems import Problem, did_you_mean

__all__ = [
    "Cell",
    "Row",
    "cas_number",
    "check_unique",
    "choice",
    "doi",
    "escape_cell",
    "filled",
    "identifier",
    "names",
    "number",
    "read_table",
    "unescape_cell",
]

# Far above any table of ligands, low enough that a wrong file can't fill the memory.
MAX_BYTES = 20 * 2**20
MAX_LINES = 100_000
MAX_COLUMNS = 1_000
MAX_CELL_CHARACTERS = 10_000
MAX_IDENTIFIER_CHARACTERS = 100
MAX_PROBLEMS = 10_000
MAX_ALIKE = 20

_SAVE_AS = "save it as CSV UTF-8"
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
_LINE_END = re.compile(r"\r\n|\r|\n")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)")
# Excel's "#NAME?" for a text that it took for a formula, also in other languages ("#BEZUG!").
_SPREADSHEET_ERROR = re.compile(r"#(?:[A-ZÀ-Þ][0A-ZÀ-Þ/]*[!?]|N/A|NV)")
_COMMENT = re.compile(rf"[ \xa0]*(?!{_SPREADSHEET_ERROR.pattern}(?:[,;\t\r\n]|\Z))#")
_QUOTED_COMMENT = re.compile(r'"[^\S\r\n]*#')
_SEPARATOR_LINE = re.compile(r'"?sep=[,;\t]"?(?=[\r\n]|\Z)', re.IGNORECASE)
# UTF-8 read as Windows-1252 and saved again: "°" became "Â°", "–" became "â€“".
_MANGLED = re.compile("\ufffd|Â[\xa0-\xbf]|Ã[\x80-\xbf]|â€|âˆ’")
_ENCODING_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_FOREIGN_FILES = {
    b"pk\x03\x04": "a spreadsheet workbook (.xlsx, .ods) or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet workbook (.xls)",
    b"%pdf": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "a word processor's document",
    b"<!doctype": "a web page",
    b"<html": "a web page",
}


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

    def problem(self, name: str, what: str, mend: str = "") -> Problem:
        """Make a problem that points at a cell, or at the row where the column is absent."""
        cell = self.cells.get(name)
        line, column = (cell.line, cell.column) if cell else (self.line, 1)
        return Problem(self.file, line, column, what, mend)


def read_table(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str],
    problems: list[Problem],
    notes: list[Problem] | None = None,
) -> list[Row]:
    r"""Read a CSV file whose first line names its columns.

    Read as they come: UTF-8, UTF-16 with its mark, Windows-1252; comma, semicolon or tab, found from
    the header, or named by ``sep=;`` before it; any line ends; curly quotes around a cell; blanks
    around a cell; blank rows and columns at the end. Lines that begin with ``#`` are comments.
    A cell that :func:`escape_cell` wrote comes back as the text it was.

    Parameters
    ----------
    path : Path
        File to read.
    required, optional : sequence of str
        Columns that must or may be there. A required column may have blank cells: see :func:`filled`.
    problems : list of Problem
        Everything that is wrong with the file is appended here; nothing is raised.
    notes : list of Problem, optional
        What was read but deserves a look (an encoding that had to be guessed, a table without rows).
        Without this list each is issued as a Python warning.

    Returns
    -------
    list of Row
        The rows that could be read. A row with too few or too many cells is not among them.

    Examples
    --------
    >>> import tempfile
    >>> problems = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ligands.csv"
    ...     _ = path.write_text("# what we have\nid;density_g_per_ml\noleic-acid;0,895\n")
    ...     rows = read_table(path, required=["id"], optional=["density_g_per_ml"], problems=problems)
    >>> rows[0]["id"], rows[0].line, number(rows[0], "density_g_per_ml", problems), problems
    ('oleic-acid', 3, 0.895, [])
    """
    remarks: list[Problem] = [] if notes is None else notes
    source = _read_text(path, problems, remarks)
    rows = _read_rows(source, required, optional, problems, remarks) if source else []
    if notes is None:
        for remark in remarks:
            warnings.warn(str(remark), stacklevel=2)
    return rows


# --- from bytes to text


@dataclass(frozen=True)
class _Text:
    """Text of a file, with the offsets at which its physical lines start."""

    file: str
    text: str
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        object.__setattr__(self, "starts", starts)

    def where(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def next_line(self, offset: int) -> int:
        line = bisect_right(self.starts, offset)
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def problem(self, offset: int, what: str, mend: str) -> Problem:
        return Problem(self.file, *self.where(offset), what, mend)


def _read_text(path: Path, problems: list[Problem], notes: list[Problem]) -> _Text | None:
    content = _read_bytes(path)
    if isinstance(content, bytes):
        content = _why_not_a_table(content) or content
    if isinstance(content, bytes):
        return _decode(str(path), content, problems, notes)
    problems.append(Problem(str(path), 0, 0, *content))
    return None


def _read_bytes(path: Path) -> bytes | tuple[str, str]:
    """Content of a file, or what is wrong with it and the mend."""
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            return "this is a folder, not a file", "name the CSV file in it"
        if not S_ISREG(mode):  # a pipe or a device may never end
            return "this is not an ordinary file", "save the table in a file and name that"
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return _why_absent(path)
    except PermissionError:
        return "you may not read this file", "ask its owner, or change its permissions"
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return f"the file can't be read: {reason}", "check the path and the disk it is on"


def _why_absent(path: Path) -> tuple[str, str]:
    folder = path.parent
    if folder.is_dir():
        near = ""
        with suppress(OSError):  # a folder that may be entered but not listed
            near = did_you_mean(path.name, [entry.name for entry in islice(folder.iterdir(), 1000)])
        return "there is no such file", near or f"check its name; the folder {folder} exists"
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if folder.is_dir():
        return f"the folder {path.parent} doesn't exist", f"check the path; it exists up to {folder}"
    return f"{folder} is a file, not a folder", "check the path"


def _why_not_a_table(content: bytes) -> tuple[str, str] | None:
    if len(content) > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES // 2**20} MB", "check that it is the table, or split it"
    for magic, kind in _FOREIGN_FILES.items():
        if content[:16].lower().startswith(magic):
            return f"this is {kind}, whatever its name says", f"open it in its program and {_SAVE_AS}"
    if len(re.findall(rb"\r\n?|\n", content)) > MAX_LINES:
        return f"the file has more than {MAX_LINES:,} lines", "check that it is the table, or split it"
    return None


def _decode(file: str, content: bytes, problems: list[Problem], notes: list[Problem]) -> _Text | None:
    encoding = "utf-8"
    for mark, marked in _ENCODING_MARKS.items():
        if content.startswith(mark):
            encoding, content = marked, content.removeprefix(mark)
    source = _Text(file, content.decode(encoding, "replace"))
    if source.text.count("\0") > len(source.text) // 4:
        what = "the file is full of NUL characters: UTF-16 without its mark, or no text at all"
        problems.append(Problem(file, 0, 0, what, f"open it in a spreadsheet and {_SAVE_AS}"))
        return None
    if not _is(content, encoding):
        return _decode_damaged(source, content, encoding, problems, notes)
    what = "looks like a character lost in an earlier conversion"
    mangled = [
        source.problem(match.start(), f"{match.group()!r} {what}", "compare it with its source and retype it")
        for match in _first_in_each_line(_MANGLED, source)
    ]
    notes += _abridged(mangled)
    return source


def _decode_damaged(
    lenient: _Text, content: bytes, encoding: str, problems: list[Problem], notes: list[Problem]
) -> _Text:
    """Read as Windows-1252 what isn't UTF-8, if that is all it can be."""
    if encoding.startswith("utf-16"):
        what = "the file says that it is UTF-16 but is damaged or breaks off"
        problems.append(Problem(lenient.file, 0, 0, what, f"open it in a spreadsheet and {_SAVE_AS}"))
        return lenient
    is_utf_8 = encoding == "utf-8-sig" or re.search("[^\x00-\x7f\ufffd]", lenient.text)
    lost = [match.start() for match in _first_in_each_line(re.compile("\ufffd"), lenient)]
    if is_utf_8 or not _is(content, "cp1252"):
        what = "not UTF-8, unlike the rest of the file" if is_utf_8 else "neither UTF-8 nor Windows-1252"
        what, mend = f"this character is {what}", f"retype it and {_SAVE_AS}"
        problems += _abridged([lenient.problem(at, what, mend) for at in lost])
        return lenient
    # All that stands before the first lost character of a line is ASCII, so its place is the same.
    source = _Text(lenient.file, content.decode("cp1252"))
    offsets = [source.starts[line - 1] + column - 1 for line, column in map(lenient.where, lost)]
    what, mend = "not UTF-8: read as Windows-1252, with", f"if that is wrong, retype it; {_SAVE_AS}"
    found = []
    for at in offsets:
        characters = dict.fromkeys(re.findall(r"[^\x00-\x7f]", source.text[at : source.next_line(at)]))
        found.append(source.problem(at, f"{what} {' '.join(characters)} in this line", mend))
    notes += _abridged(found)
    return source


def _first_in_each_line(pattern: re.Pattern[str], source: _Text) -> list[re.Match[str]]:
    matches = (pattern.search(source.text, start, source.next_line(start)) for start in source.starts)
    return [match for match in matches if match]


def _abridged(alike: list[Problem]) -> list[Problem]:
    if len(alike) <= MAX_ALIKE:
        return alike
    last, more = alike[MAX_ALIKE - 1], len(alike) - MAX_ALIKE
    return [*alike[: MAX_ALIKE - 1], replace(last, what=f"{last.what} (and {more} more lines like this one)")]


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


# --- from text to records


@dataclass
class _Record:
    """Cells of one record, with their offsets; None where a cell was unreadable and is reported."""

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


def _records(source: _Text, separator: str, problems: list[Problem]) -> Iterator[_Record]:
    """Scan the records that aren't blank; faults of quotes and cells are appended to ``problems``."""
    text, position = source.text, 0
    most = len(problems) + MAX_PROBLEMS
    while position < len(text):
        if len(problems) > most:
            problems.append(
                source.problem(position, "too many faults: the rest was not read", "mend these first")
            )
            return
        if _CONFLICT.match(text, position):
            what = "a merge left its conflict marker here"
            problems.append(source.problem(position, what, "settle the merge and delete its marker lines"))
            position = source.next_line(position)
        elif _COMMENT.match(text, position) or (position == 0 and _SEPARATOR_LINE.match(text)):
            position = source.next_line(position)
        else:
            record, position = _scan(source, position, separator, problems)
            if record and any(text != "" for text in record.texts) and not _is_quoted_comment(source, record):
                yield record


def _is_quoted_comment(source: _Text, record: _Record) -> bool:
    """Whether a spreadsheet put quotes around a comment because it contains a separator."""
    return record.texts[0] is not None and _QUOTED_COMMENT.match(source.text, record.offsets[0]) is not None


def _scan(source: _Text, start: int, separator: str, problems: list[Problem]) -> tuple[_Record | None, int]:
    """Read one record; after a fault of its shape go on with the physical line after the fault."""
    text, record, position = source.text, _Record(start), start
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


def _quote_fault(source: _Text, offset: int, match: re.Match[str]) -> Problem:
    if not match["closed"]:
        mend = "put a double quote at the end of its cell, or take this one out"
        return source.problem(offset, "the quote opened here is never closed", mend)
    line, column = source.where(match.end("closed"))
    if line != source.where(offset)[0]:
        what = f"the quote opened here ends only at {line}:{column - 1}, with text behind it"
        return source.problem(offset, what, "put a double quote at the end of its cell, or take this one out")
    mend = "write a double quote inside a quoted cell twice, or quote the whole cell"
    return source.problem(offset, "text stands behind the closing quote of this cell", mend)


def _cell_text(source: _Text, offset: int, raw: str, problems: list[Problem]) -> str | None:
    left = raw.lstrip()
    unescaped = unescape_cell(left)
    text = left.rstrip() if unescaped == left else unescaped  # the blanks of an escaped cell are meant
    if len(text) > MAX_CELL_CHARACTERS:
        what = f"this cell has {len(text):,} characters, more than {MAX_CELL_CHARACTERS:,}"
        fault = what, "shorten it; if it runs over several lines, close its quote"
    elif "\0" in text:
        fault = "this cell contains a NUL character", f"retype the cell and {_SAVE_AS}"
    elif unescaped == left and _SPREADSHEET_ERROR.fullmatch(text):
        what = f"{text} is a spreadsheet's error, not what was typed"
        fault = what, "format the column as text and enter the cell again"
    else:
        return text
    problems.append(source.problem(offset, *fault))
    return None


# --- from records to rows


def _read_rows(
    source: _Text,
    required: Sequence[str],
    optional: Sequence[str],
    problems: list[Problem],
    notes: list[Problem],
) -> list[Row]:
    known = [*required, *optional]
    separator = _find_separator(source, known)
    before = len(problems)
    records = _records(source, separator, problems)
    header = next(records, None)
    if header is None or (len(problems) > before and known and not set(header.texts) & set(known)):
        if len(problems) == before:
            what = "nothing but comments is in this file" if source.text.strip() else "the file is empty"
            mend = f"let its first line be {','.join(known)}"
            problems.append(Problem(source.file, 0, 0, what, mend))
        return []
    columns = _read_header(source, header, required, known, problems)
    rows = []
    for record in records if columns else ():
        fault = _shape_fault(source, record, columns, separator)
        if fault:
            problems.append(fault)
            continue
        notes += _swallowed_lines(source, record, columns, separator)
        cells = {
            name: Cell(text, *source.where(offset))
            for name, text, offset in zip(columns, record.texts, record.offsets, strict=False)
            if name and text is not None
        }
        rows.append(Row(source.file, source.where(record.start)[0], cells, separator))
    if not rows and len(problems) == before:
        what = "there are no rows below the line that names the columns"
        notes.append(source.problem(header.start, what, "add a row, or leave the file out"))
    return rows


def _find_separator(source: _Text, known: Sequence[str]) -> str:
    def merit(separator: str) -> tuple[int, int]:
        header = next(_records(source, separator, []), None)
        return (sum(text in known for text in header.texts), len(header.texts)) if header else (0, 0)

    return max(_SEPARATORS, key=merit)  # the comma, where they are equal


def _read_header(
    source: _Text, header: _Record, required: Sequence[str], known: Sequence[str], problems: list[Problem]
) -> list[str | None]:
    """Names of the columns by position: empty where there is no name, None where the name is no good."""
    columns: list[str | None] = []
    guesses = {text: did_you_mean(text, known) for text in header.texts if text}
    what = mend = ""
    if (
        len(guesses) == 1
        and not set(guesses) & set(known)
        and set(re.split(r"\W+", " ".join(guesses))) & set(known)
    ):
        what, mend = "the columns are not separated", "separate them by comma, semicolon or tab"
    elif not any(text in known or guesses[text] for text in guesses):
        what, mend = "this line names none of the columns", f"let the first line be {','.join(known)}"
    if what:
        problems.append(source.problem(header.offsets[0], what, mend))
        return []
    for text, offset in zip(header.texts, header.offsets, strict=True):
        if text and text not in known:
            mend = guesses[text] or f"the columns are {', '.join(known)}"
            problems.append(source.problem(offset, f"unknown column {_shown(text)}", mend))
        elif text and text in columns:
            first = source.where(header.offsets[columns.index(text)])[1]
            what = f"the column {text!r} stands twice, first at column {first}"
            problems.append(source.problem(offset, what, "keep one of them"))
        columns.append(None if text not in (*known, "") or (text and text in columns) else text)
    for name in required:
        if name not in columns:
            what = f"the column {name!r} is missing"
            problems.append(
                source.problem(header.offsets[0], what, "add it to this line, and a cell to each row")
            )
    return columns


def _shape_fault(
    source: _Text, record: _Record, columns: Sequence[str | None], separator: str
) -> Problem | None:
    raw = source.text[record.start : record.end]
    for position, text in enumerate(record.texts):
        if text != "" and position >= len(columns):
            return source.problem(record.offsets[position], *_why_too_many(raw, len(columns), separator))
        if text != "" and columns[position] == "":
            what, mend = "this value stands in a column without a name", "name the column in the first line"
            return source.problem(record.offsets[position], what, mend)
    width = max(position for position, name in enumerate(columns, 1) if name != "")
    if len(record.texts) < width:
        return source.problem(record.offsets[-1], *_why_too_few(raw, len(record.texts), width, separator))
    return None


def _why_too_many(raw: str, width: int, separator: str) -> tuple[str, str]:
    mend = f"put double quotes around a cell that contains a {_SEPARATORS[separator]}"
    if re.search("[“”„‟]", raw):
        mend = "replace the curly quotes by straight ones"
    elif separator == ",":
        mend += ", and write decimals with a point"
    return f"from here on this row has more cells than the {width} columns", mend


def _why_too_few(raw: str, count: int, width: int, separator: str) -> tuple[str, str]:
    here = _SEPARATORS[separator]
    mend = f"add the missing cells, or only their {here}s where nothing is known"
    if _LINE_END.search(raw):
        mend = "see whether a quote in this row is closed too late; it runs over several lines"
    for other, name in _SEPARATORS.items():
        if count == 1 and other != separator and raw.count(other) + 1 >= width:
            mend = f"separate its cells by {here} like those of the first line, not by {name}"
    return f"this row has {count} cell{'s' * (count > 1)} for {width} columns", mend


def _swallowed_lines(
    source: _Text, record: _Record, columns: Sequence[str | None], separator: str
) -> list[Problem]:
    """Cells that hold so many separators over several lines that they may be rows, behind a stray quote."""
    what, mend = (
        "this quoted cell runs over several lines and may hold rows",
        "if so, close its quote earlier",
    )
    return [
        source.problem(offset, what, mend)
        for text, offset in zip(record.texts, record.offsets, strict=True)
        if text and _LINE_END.search(text) and text.count(separator) >= len(columns) - 1 > 0
    ]


# --- from cells to values


def filled(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a text that must not be blank; None if it is.

    Examples
    --------
    >>> problems = []
    >>> filled(Row("a.csv", 2, {"smiles": Cell("", 2, 5)}), "smiles", problems)
    >>> print(problems[0])
    a.csv:2:5: the cell 'smiles' is blank: fill it in, or delete the row
    """
    if name in row.cells and not row[name].strip():
        problems.append(row.problem(name, f"the cell {name!r} is blank", "fill it in, or delete the row"))
    return row[name].strip() or None


def names(row: Row, name: str) -> tuple[str, ...]:
    """Split the names in a cell at ``|``.

    Examples
    --------
    >>> names(Row("a.csv", 2, {"aliases": Cell("ODE | octadec-1-ene|", 2, 5)}), "aliases")
    ('ODE', 'octadec-1-ene')
    """
    return tuple(part.strip() for part in row[name].split("|") if part.strip())


def choice(row: Row, name: str, allowed: Iterable[str], problems: list[Problem]) -> str | None:
    """Read one of the allowed words, spelt exactly; None if the cell is blank or wrong.

    Examples
    --------
    >>> problems = []
    >>> choice(Row("a.csv", 2, {"effect": Cell("Improved", 2, 9)}), "effect", ["improved"], problems)
    >>> print(problems[0])
    a.csv:2:9: 'Improved' is not a value of 'effect': did you mean 'improved'?
    """
    text, words = row[name].strip(), [str(word) for word in allowed]
    if not text or text in words:
        return text or None
    mend = did_you_mean(text, words) or f"write one of {', '.join(words)}, or leave it blank"
    problems.append(row.problem(name, f"{_shown(text)} is not a value of {name!r}", mend))
    return None


def identifier(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read an identifier: lower-case letters, digits and single hyphens; None if blank or wrong.

    Examples
    --------
    >>> problems = []
    >>> identifier(Row("a.csv", 2, {"id": Cell("Oleic acid", 2, 1)}), "id", problems)
    >>> print(problems[0])
    a.csv:2:1: 'Oleic acid' is no identifier: write 'oleic-acid'
    """
    text = row[name].strip()
    if not text or (
        re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) and len(text) <= MAX_IDENTIFIER_CHARACTERS
    ):
        return text or None
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    near = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_IDENTIFIER_CHARACTERS].rstrip("-")
    mend = f"write {near!r}" if near else "use the letters a to z, digits and hyphens"
    problems.append(row.problem(name, f"{_shown(text)} is no identifier", mend))
    return None


def check_unique(rows: Iterable[Row], name: str, problems: list[Problem]) -> None:
    """Append a problem for each row whose cell repeats an earlier row's; blank cells don't count.

    Examples
    --------
    >>> problems = []
    >>> check_unique([Row("a.csv", n, {"id": Cell("oleate", n, 1)}) for n in (2, 5)], "id", problems)
    >>> print(problems[0])
    a.csv:5:1: 'oleate' stands already in line 2: give each row its own 'id'
    """
    seen: dict[str, int] = {}
    for row in rows:
        text = row[name].strip()
        if text and text in seen:
            what = f"{_shown(text)} stands already in line {seen[text]}"
            problems.append(row.problem(name, what, f"give each row its own {name!r}"))
        seen.setdefault(text, row.line)


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?", re.ASCII)
_ONE_OR_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
# What faults look like stays text: most runs never compile it.
_GROUPED = r"[+-]?\d{1,3}(?P<gap>[,.'’\s])\d{3}(?:(?P=gap)\d{3})*(?:(?!(?P=gap))[.,]\d+)?"
_MONTH = r"(?:jan|feb|fév|mar|mär|apr|avr|ma[iy]|jun|jui|jul|aug|aoû|sep|o[ck]t|nov|de[cz]|déc)[^\W\d_]*\.?"
_DATE = (
    r"(?i)(?:\d{1,4}(?P<dash>[-/.])\d{1,2}(?P=dash)\d{1,4}"
    rf"|\d{{1,2}}[-/. ]+{_MONTH}(?:[-/. ]+\d{{2,4}})?|{_MONTH}[-/. ]+\d{{1,4}})"
    r"(?:[T ]\d\d?:\d\d(?::\d\d)?)?"
)
_NO_NUMBER = (
    (
        r"(?i)[+-]?(?:nan|inf|infinity|n/?a|n\.?d\.?|none|null|unknown|[-–—?]+)",
        "not a number",
        "leave the cell blank where nothing is known",
    ),
    (
        r"(?i)[~≈∼].*|(?:ca|approx|about)\b.*",
        "not an exact number",
        "write the number alone, and 'about' into the note",
    ),
    (
        r"[<>≤≥].*",
        "a bound, not a number",
        "leave the cell blank, and write the bound into the note",
    ),
    (
        r".*\d\s*(?:±|\+/-|\+-).*|\d.*\d\(\d+\).*",
        "a number with its uncertainty",
        "write the number alone; the uncertainty has its own column, or belongs into the note",
    ),
    (
        _DATE,
        "a date, which a spreadsheet made of what was typed",
        "format the column as text and enter the number again",
    ),
    (
        r"\d[\d.,]*\s*(?:-|–|—|to|\.\.+|…)\s*\d[\d.,]*.*",
        "a range",
        "write one number, and the range into the note",
    ),
    (
        r"[+-]?\d[\d.,]*\s*[x×·*]\s*10.*",
        "not a plain number",
        "write powers of ten like 1.5e5",
    ),
)


def number(
    row: Row,
    name: str,
    problems: list[Problem],
    minimum: float | None = None,
    maximum: float | None = None,
) -> float | None:
    """Read a number; None if the cell is blank or wrong.

    A decimal comma is read where the file's separator isn't a comma. ``1,500`` is one and a half in a
    file separated by semicolons, which spreadsheets write where the decimal comma is at home; in any
    other file it may be either, and is refused.

    Parameters
    ----------
    row : Row
        Record with the cell.
    name : str
        Column, whose name says the unit.
    problems : list of Problem
        What is wrong is appended here.
    minimum, maximum : float, optional
        Least and greatest value allowed.

    Returns
    -------
    float or None

    Examples
    --------
    >>> problems = []
    >>> number(Row("a.csv", 2, {"dose_mmol_per_l": Cell("12 mM", 2, 7)}), "dose_mmol_per_l", problems)
    >>> print(problems[0])
    a.csv:2:7: '12 mM' is not a bare number: write 12; the column's name says the unit
    """
    text = _plain(row[name]).replace("−", "-")
    if not text:
        return None
    if row.separator == ";" or (row.separator == "\t" and not _ONE_OR_THOUSAND.fullmatch(text)):
        text = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    if not _NUMBER.fullmatch(text):
        what, mend = _why_no_number(text[:MAX_IDENTIFIER_CHARACTERS])
        problems.append(row.problem(name, f"{_shown(row[name])} is {what}", mend))
        return None
    value = float(text)
    fault = None
    if not math.isfinite(value):
        fault = "is too large for a number", "check its exponent"
    elif minimum is not None and value < minimum:
        fault = f"is below {minimum:g}, the least that {name!r} can be", "check the value and its unit"
    elif maximum is not None and value > maximum:
        fault = f"is above {maximum:g}, the most that {name!r} can be", "check the value and its unit"
    if fault:
        problems.append(row.problem(name, f"{_shown(row[name])} {fault[0]}", fault[1]))
    return None if fault else value


def _why_no_number(text: str) -> tuple[str, str]:
    for pattern, what, mend in _NO_NUMBER:
        if re.fullmatch(pattern, text):
            return what, mend
    if _ONE_OR_THOUSAND.fullmatch(text):
        one, thousand = text.replace(",", "."), text.replace(",", "")
        return "ambiguous", f"write {thousand} or {one}, whichever is meant"
    grouped = re.fullmatch(_GROUPED, text)
    if grouped:
        digits = text.replace(grouped["gap"], "").replace(",", ".")
        return "written with separators between its thousands", f"write {digits}"
    if _DECIMAL_COMMA.fullmatch(text):
        return "written with a decimal comma", f"write {text.replace(',', '.')}"
    unit = re.fullmatch(r"([+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*(?:[^\W\d_]|[%‰°]).*", text)
    if unit:
        bare = f"write {unit[1]}" if _NUMBER.fullmatch(unit[1]) else "write the number alone"
        return "not a bare number", f"{bare}; the column's name says the unit"
    return "not a number", "write a number such as 1.5, or leave the cell blank"


_CAS = re.compile(r"\b\d{2,7}-\d\d-\d\b", re.ASCII)
_HYPHENS = re.compile("[\xad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def cas_number(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a CAS Registry Number, checking its last digit; None if the cell is blank or wrong.

    Typographic hyphens, blanks and leading zeros are mended. A date is what a spreadsheet makes of
    some CAS numbers, and can't be turned back with certainty.

    Examples
    --------
    >>> problems = []
    >>> cas_number(Row("a.csv", 2, {"cas": Cell("112\N{EN DASH}80\N{EN DASH}1", 2, 7)}), "cas", problems)
    '112-80-1'
    >>> cas_number(Row("a.csv", 3, {"cas": Cell("2001-05-03", 3, 7)}), "cas", problems)
    >>> print(problems[0].what)
    '2001-05-03' is a date, which a spreadsheet made of a CAS number
    """
    text = _plain(row[name])
    if not text:
        return None
    plain = re.sub(r"\s", "", _HYPHENS.sub("-", text)).lstrip("0")
    if _CAS.fullmatch(plain) and _has_check_digit(plain):
        return plain
    problems.append(row.problem(name, *_why_no_cas(_shown(text), _HYPHENS.sub("-", text), plain)))
    return None


def _why_no_cas(shown: str, text: str, plain: str) -> tuple[str, str]:
    again = "format the column as text and enter the number again from its source"
    hyphenated = f"{plain[:-3]}-{plain[-3:-1]}-{plain[-1:]}"
    inside = [found for found in _CAS.findall(text) if _has_check_digit(found)]
    what, mend = "is not a CAS number", "write it like 112-80-1, or leave the cell blank"
    if _CAS.fullmatch(plain):
        what, mend = "has a wrong check digit", "compare it with its source, digit by digit"
    elif re.fullmatch(_DATE, text):
        what, mend = "is a date, which a spreadsheet made of a CAS number", again
    elif re.fullmatch(r"[1-9]\d{4}(?:\.\d+)?", text):
        what, mend = "looks like the number of a day, which a spreadsheet made of a CAS number", again
    elif _CAS.fullmatch(hyphenated) and _has_check_digit(hyphenated):
        what, mend = (
            "is a CAS number without its hyphens",
            f"compare {hyphenated} with its source, write that",
        )
    elif len(inside) == 1:
        what, mend = "is not a bare CAS number", f"write {inside[0]}"
    elif inside:
        what, mend = "is more than one CAS number", "write that of the product as bought"
    return f"{shown} {what}", mend


def _has_check_digit(cas: str) -> bool:
    digits = [int(digit) for digit in reversed(cas.replace("-", ""))]
    return sum(weight * digit for weight, digit in enumerate(digits)) % 10 == digits[0]


_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")


def doi(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a digital object identifier without resolver; None if the cell is blank or wrong.

    Examples
    --------
    >>> problems = []
    >>> cell = Cell("https://doi.org/10.1021/jacs.8b11035", 2, 7)
    >>> doi(Row("a.csv", 2, {"doi": cell}), "doi", problems)
    >>> print(problems[0].mend)
    write 10.1021/jacs.8b11035
    """
    text = row[name].strip()
    if not text or (_DOI.fullmatch(text) and not text.endswith((".", ",", ";"))):
        return text or None
    inside = _DOI.findall(text)
    mend = "write it like 10.1021/jacs.8b11035, or leave the cell blank"
    if len(inside) == 1:
        mend = f"write {inside[0].rstrip('.,;')}"
    elif inside:
        mend = "write one, and the others into the note"
    problems.append(row.problem(name, f"{_shown(text)} is not a bare DOI", mend))
    return None


def _plain(text: str) -> str:
    # The apostrophe is how one tells a spreadsheet that a cell is text.
    return text.strip().removeprefix("'").strip()


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
