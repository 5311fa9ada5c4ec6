"""How does a finished answer reach the reader?"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ligandkb.cells import visible
from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.reports.document import Document

TABLE_FORMATS = ("table", "csv", "json", "md", "html", "xlsx")
"""Of an answer that is a table."""
TEXT_FORMATS = ("text", "json", "md", "html")
ENDINGS = {
    ".csv": "csv",
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".md": "md",
    ".txt": "text",
    ".xlsx": "xlsx",
}
"""Which format a file's name asks for."""


def format_of(output_format: str | None, out: Path | None, allowed: tuple[str, ...]) -> str:
    """Format of an answer: the one that was named, else the one that the file's name ends in, else text.

    Parameters
    ----------
    output_format : str or None
        What ``--format`` said.
    out : Path or None
        What ``-o`` said.
    allowed : tuple of str
        Formats that the command has; its first one is text for people.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If the name of the file ends in none of them and no format was named, or a workbook has no file.

    Examples
    --------
    >>> format_of(None, Path("benzoate.html"), TEXT_FORMATS)
    'html'
    """
    if output_format == "xlsx" and out is None:
        raise UsageError("a workbook needs a file: add -o FILE.xlsx")
    if output_format is not None or out is None:
        return output_format or allowed[0]
    found = ENDINGS.get(out.suffix.lower(), "") if out.suffix else "text"
    found = allowed[0] if found == "text" else found
    if found not in allowed:
        endings = [ending for ending, name in ENDINGS.items() if name in (*allowed[1:], "text")]
        raise UsageError(
            f"-o {visible(str(out))}: can't tell the format: end the name in {', '.join(endings)}, or say --format"
        )
    return found


def show(document: Document, output_format: str | None, out: Path | None = None) -> None:
    """Print an answer in a format, whole or, where Ctrl-C was pressed, not at all; or write it to a file.

    What a CSV was made with goes to stderr, so that stdout stays plain CSV.

    Parameters
    ----------
    document : Document
    output_format : str or None
        See :func:`~ligandkb.reports.render.render`; None for what the name of the file says, else text.
    out : Path, optional
        A file to make or to replace, whole.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed and got lost in compiled code.
    UsageError
        If the file can't be written, or its name doesn't say the format.
    """
    from ligandkb.reports.render import render  # noqa: PLC0415
    from ligandkb.reports.terminal import print_document  # noqa: PLC0415

    stop_if_pressed()
    output_format = format_of(output_format, out, TABLE_FORMATS if document.csv_columns else TEXT_FORMATS)
    if out is not None:
        write(_content(document, output_format), out)
    elif output_format in ("text", "table"):
        print_document(document)
    else:
        put(render(document, output_format), as_file=True)
    if output_format == "csv":
        for line in document.footer:
            say(line)


def _content(document: Document, output_format: str) -> str | bytes:
    if output_format == "xlsx":
        from ligandkb.reports.machine import to_workbook  # noqa: PLC0415

        return to_workbook(document)
    from ligandkb.reports.render import render  # noqa: PLC0415

    return render(document, output_format)


def write(content: str | bytes, out: Path) -> None:
    """Write an answer into a file, whole, and say so.

    Raises
    ------
    UsageError
        If it can't be written.
    """
    from ligandkb.export import write_atomically  # noqa: PLC0415

    write_atomically(out, content.rstrip("\n") + "\n" if isinstance(content, str) else content)
    say(f"written: {out}")


def put(text: str, *, as_file: bool = False) -> None:
    """Print a text, whole or, where Ctrl-C was pressed, not at all.

    Parameters
    ----------
    text : str
    as_file : bool
        Redirected it reads as the file that ``-o`` writes: UTF-8, whatever the locale says. JSON, pages and tables
        for programs are that by definition.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed and got lost in compiled code.
    """
    stop_if_pressed()
    if as_file and not sys.stdout.isatty() and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    print(text, end="" if text.endswith("\n") else "\n")


def put_and_go_on(text: str) -> None:
    """Print a text at once, and go on with what is still to be done even where the reader (head, say) has gone."""
    try:
        put(text)
        sys.stdout.flush()
    except BrokenPipeError:
        close_stdout()


def close_stdout() -> None:
    """Let what else is printed go nowhere: keeps the interpreter from complaining, too, at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(line: str) -> None:
    """Say something beside the answer, on stderr."""
    print(visible(line), file=sys.stderr)
