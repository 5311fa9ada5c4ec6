"""How does a file become rows?

From bytes to text (what the file is, its encoding), from the header to columns, from records to rows.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from ligandkb.problems import Problem, did_you_mean
from ligandkb.tables.header import column_of, read_header
from ligandkb.tables.rows import Cell, Row
from ligandkb.tables.scanning import (
    SAVE_AS,
    SourceText,
    find_separator,
    scan,
    shape_fault,
    swallowed_lines,
)

# Far above any table of ligands, low enough that a wrong file can't fill the memory.
MAX_BYTES = 20 * 2**20
MAX_LINES = 100_000
# Notes of one kind about one file.
MAX_ALIKE = 20

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
    around a cell; capitals and blanks in a heading; blank rows and columns at the end. Lines that begin
    with ``#`` are comments.
    A cell that :func:`ligandkb.export.escape_cell` wrote comes back as the text it was.

    Parameters
    ----------
    path : Path
        File to read.
    required, optional : sequence of str
        Columns that must or may be there. A required column may have blank cells: see
        :func:`ligandkb.tables.filled`.
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
    >>> from ligandkb.tables import number
    >>> problems = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ligands.csv"
    ...     _ = path.write_text("# what we have\nid;density_g_per_ml\noleic-acid;0,895\n")
    ...     rows = read_table(path, required=["id"], optional=["density_g_per_ml"], problems=problems)
    >>> rows[0]["id"], rows[0].line, number(rows[0], "density_g_per_ml", problems), problems
    ('oleic-acid', 3, 0.895, [])
    """
    remarks: list[Problem] = [] if notes is None else notes
    source = read_text(path, problems, remarks)
    rows = _read_rows(source, required, optional, problems, remarks) if source else []
    if notes is None:
        for remark in remarks:
            warnings.warn(str(remark), stacklevel=2)
    return rows


def read_text(path: Path, problems: list[Problem], notes: list[Problem]) -> SourceText | None:
    """Text of a file; None where a problem was noted. See :func:`read_table` for what is read."""
    content = read_bytes(path)
    if isinstance(content, bytes):
        content = _why_not_a_table(content) or content
    if isinstance(content, bytes):
        return _decode(str(path), content, problems, notes)
    problems.append(Problem(str(path), 0, 0, *content))
    return None


def read_bytes(path: Path, most: int = MAX_BYTES + 1) -> bytes | tuple[str, str]:
    """Content of a file, its first bytes if it has more; or what is wrong with it and the fix."""
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            return "this is a folder, not a file", "name the CSV file in it"
        if not S_ISREG(mode):  # a pipe or a device may never end
            return "this is not an ordinary file", "save the table in a file and name that"
        with path.open("rb") as stream:
            return stream.read(most)
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
            return f"this is {kind}, whatever its name says", f"open it in its program and {SAVE_AS}"
    if len(re.findall(rb"\r\n?|\n", content)) > MAX_LINES:
        return f"the file has more than {MAX_LINES:,} lines", "check that it is the table, or split it"
    return None


def _decode(file: str, content: bytes, problems: list[Problem], notes: list[Problem]) -> SourceText | None:
    encoding = "utf-8"
    for mark, marked in _ENCODING_MARKS.items():
        if content.startswith(mark):
            encoding, content = marked, content.removeprefix(mark)
    source = SourceText(file, content.decode(encoding, "replace"))
    if source.text.count("\0") > len(source.text) // 4:
        what = "the file is full of NUL characters: UTF-16 without its mark, or no text at all"
        problems.append(Problem(file, 0, 0, what, f"open it in a spreadsheet and {SAVE_AS}"))
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
    lenient: SourceText, content: bytes, encoding: str, problems: list[Problem], notes: list[Problem]
) -> SourceText:
    """Read as Windows-1252 what isn't UTF-8, if that is all it can be."""
    if encoding.startswith("utf-16"):
        what = "the file says that it is UTF-16 but is damaged or breaks off"
        problems.append(Problem(lenient.file, 0, 0, what, f"open it in a spreadsheet and {SAVE_AS}"))
        return lenient
    is_utf_8 = encoding == "utf-8-sig" or re.search("[^\x00-\x7f\ufffd]", lenient.text)
    lost = [match.start() for match in _first_in_each_line(re.compile("\ufffd"), lenient)]
    if is_utf_8 or not _is(content, "cp1252"):
        what = "not UTF-8, unlike the rest of the file" if is_utf_8 else "neither UTF-8 nor Windows-1252"
        what, fix = f"this character is {what}", f"retype it and {SAVE_AS}"
        problems += _abridged([lenient.problem(at, what, fix) for at in lost])
        return lenient
    # All that stands before the first lost character of a line is ASCII, so its place is the same.
    source = SourceText(lenient.file, content.decode("cp1252"))
    offsets = [source.starts[line - 1] + column - 1 for line, column in map(lenient.where, lost)]
    what, fix = "not UTF-8: read as Windows-1252, with", f"if that is wrong, retype it; {SAVE_AS}"
    found = []
    for at in offsets:
        characters = dict.fromkeys(re.findall(r"[^\x00-\x7f]", source.text[at : source.next_line(at)]))
        found.append(source.problem(at, f"{what} {' '.join(characters)} in this line", fix))
    notes += _abridged(found)
    return source


def _first_in_each_line(pattern: re.Pattern[str], source: SourceText) -> list[re.Match[str]]:
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


def _read_rows(
    source: SourceText,
    required: Sequence[str],
    optional: Sequence[str],
    problems: list[Problem],
    notes: list[Problem],
) -> list[Row]:
    known = [*required, *optional]
    separator = find_separator(source, known)
    before = len(problems)
    records = scan(source, separator, problems)
    header = next(records, None)
    if header is None or (
        len(problems) > before and known and not any(column_of(text, known) for text in header.texts)
    ):
        if len(problems) == before:
            what = "nothing but comments is in this file" if source.text.strip() else "the file is empty"
            fix = f"let its first line be {','.join(known)}"
            problems.append(Problem(source.file, 0, 0, what, fix))
        return []
    columns = read_header(source, header, required, known, problems, notes)
    rows = []
    for record in records if columns else ():
        fault = shape_fault(source, record, columns, separator)
        if fault:
            problems.append(fault)
            continue
        notes += swallowed_lines(source, record, columns, separator)
        cells = {
            name: Cell(text, *source.where(offset))
            for name, text, offset in zip(columns, record.texts, record.offsets, strict=False)
            if name and text is not None
        }
        rows.append(Row(source.file, source.where(record.start)[0], cells, separator))
    # One with comments is meant to be filled in, as `ligandkb init` makes it.
    if not rows and len(problems) == before and not re.search(r"^#", source.text, re.MULTILINE):
        what = "there are no rows below the line that names the columns"
        notes.append(source.problem(header.start, what, "add a row, or leave the file out"))
    return rows
