"""How does a table reach a file whole, and come back as it was?

A file is written beside its target and put in its place at the end, so that Ctrl-C or a full disk leaves the old
file; only a process killed outright (SIGKILL, power cut) can leave its unfinished ``.ligandkb-*.tmp`` there,
which may be deleted. A text cell that a spreadsheet would run, or that :mod:`ligandkb.tables` would take for
something else, carries a leading apostrophe, which is taken off again when it is read.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import numbers
import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from ligandkb.problems import UsageError

# What starts a formula; a comment; quotes that word processors make; merge conflict markers.
_MISTAKABLE = re.compile(r"[=+\-@\t\r#“”„‟]|<{7}|>{7}|\|{7}")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
UNFINISHED = re.compile(r"\.ligandkb-[0-9a-f]{16}\.tmp")
"""Name of a file that :func:`write_atomically` hasn't put into its place yet."""


def escape_cell(text: str) -> str:
    """Text of a cell that neither a spreadsheet nor :func:`ligandkb.tables.read_table` can mistake.

    Numbers must not pass through here: ``-1.5`` would come out as text.

    Parameters
    ----------
    text : str
        What the cell shall say.

    Returns
    -------
    str
        The text, with an apostrophe before it where it begins with ``= + - @ #``, a tab, a carriage
        return, a curly quote or a merge conflict marker, has blanks at an end, or begins with an
        apostrophe that :func:`unescape_cell` would take off.

    Examples
    --------
    >>> escape_cell("=HYPERLINK(1)"), escape_cell("[O-]C=O"), escape_cell("'=1")
    ("'=HYPERLINK(1)", '[O-]C=O', "''=1")
    """
    return f"'{text}" if _needs_escape(text) else text


def unescape_cell(text: str) -> str:
    """Inverse of :func:`escape_cell`; an apostrophe that it would not have written stays.

    Examples
    --------
    >>> unescape_cell("'=1"), unescape_cell("''=1"), unescape_cell("'t Hooft")
    ('=1', "'=1", "'t Hooft")
    """
    return text[1:] if text.startswith("'") and _needs_escape(text[1:]) else text


def _needs_escape(text: str) -> bool:
    # A run of apostrophes counts as one: "''=1" is what "'=1" becomes, so it needs one more itself.
    inner = text.lstrip("'")
    return _MISTAKABLE.match(inner) is not None or inner != inner.strip()


def write_table(
    path_or_file: Path | TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a table as CSV (UTF-8, comma, LF) that :func:`ligandkb.tables.read_table` reads back.

    Parameters
    ----------
    path_or_file : Path or text stream
        A file to replace, or a stream opened with ``newline=""``.
    columns : sequence of str
        Names for the first line.
    rows : iterable of sequence
        One value for each column: text (escaped), numbers (never escaped), None for an absent value (a
        blank cell), or anything else as its text.

    Raises
    ------
    UsageError
        If a row has another length than ``columns``, a number is not finite, a text can't stand in a
        UTF-8 text file (NUL, half of a surrogate pair), or the file can't be written.

    Examples
    --------
    >>> import sys
    >>> write_table(sys.stdout, ["name", "charge_e"], [["-ate, any", -1], ["lead(II)", 2], ["toluene", None]])
    name,charge_e
    "'-ate, any",-1
    lead(II),2
    toluene,
    """
    text = "".join(_lines(columns, rows))
    if isinstance(path_or_file, Path):
        write_atomically(path_or_file, text)
    else:
        path_or_file.write(text)


def _lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    # csv.writer quotes a lone CR or LF in a cell only if its own line end contains it, so it writes
    # CRLF and the line gets its LF here.
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for position, row in enumerate([columns, *rows]):
        if len(row) != len(columns):
            raise UsageError(
                f"row {position} has {len(row)} values for {len(columns)} columns: "
                "give one value for each column, None where there is none"
            )
        writer.writerow([_written(value, position, name) for value, name in zip(row, columns, strict=True)])
        yield buffer.getvalue().removesuffix("\r\n") + "\n"
        buffer.seek(0)
        buffer.truncate()


def _written(value: object, row: int, column: str) -> str:
    if value is None:
        return ""
    if isinstance(value, numbers.Real):
        if not math.isfinite(value):
            raise UsageError(
                f"row {row}, column {column!r}: {value} is not a number to write: "
                "pass None for a blank cell, or a text that says why there is no value"
            )
        return str(value)
    text = str(value)
    if "\0" in text or _LONE_SURROGATE.search(text):
        raise UsageError(
            f"row {row}, column {column!r}: {text[:60]!r} can't stand in a text file: "
            "take out NUL characters and lone surrogates"
        )
    return escape_cell(text)


def write_atomically(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    r"""Write a file, text as UTF-8, so that at any moment the old or the new one is there, whole.

    Line ends are written as they are. A symbolic link stays and its target is replaced; the mode of
    a file that exists is kept. The text is written to ``.ligandkb-<16 hexadecimal digits>.tmp`` beside
    the target first. Ctrl-C and errors remove that file; SIGKILL or a power cut may leave it, and any
    ``.ligandkb-*.tmp`` that no running ligandkb is writing may be deleted.

    Parameters
    ----------
    path : Path
        File to make or replace; its folder must exist.
    content : str, bytes or iterable of bytes
        All of it, or what it is made of, piece by piece.

    Raises
    ------
    UsageError
        If the file can't be written or the text can't be encoded; the old file is untouched then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "ligands.csv"
    ...     write_atomically(path, "id,name\n")
    ...     path.read_text()
    'id,name\n'
    """
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise UsageError(f"can't write {path}: it isn't an ordinary file: name a file")
        temporary = target.with_name(f".ligandkb-{os.urandom(8).hex()}.tmp")
        try:
            # Not tempfile: its files are readable by their owner alone, whatever the umask says.
            with temporary.open("xb") as stream:
                stream.writelines(_pieces(content))
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(
            f"can't write {path}: {reason}: name a file in a folder that exists and that you may change"
        ) from error


def _pieces(content: str | bytes | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, str):
        return [content.encode("utf-8")]
    return [content] if isinstance(content, bytes) else content


def _sync_folder(folder: Path) -> None:
    # The rename is durable only with its folder; Windows can't open a folder, some network disks
    # refuse the call, and by then the file itself is safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
