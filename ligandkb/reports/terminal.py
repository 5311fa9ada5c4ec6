"""Where is an answer printed, how wide may it be, and in which colours?"""

from __future__ import annotations

import shutil
import sys
from dataclasses import fields, is_dataclass, replace
from typing import Any, NoReturn

from ligandkb.reports.document import Document, Figure, Tone
from ligandkb.reports.literal import for_encoding
from ligandkb.reports.text import PAGE, lines, text

_STYLES: dict[Tone, str] = {
    "": "",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "faint": "dim",
    "strong": "bold",
}


def print_document(document: Document) -> None:
    """Print a document as text, as wide as the terminal; elsewhere as wide as ``COLUMNS`` says, or 120.

    Colours are those of the terminal, which ``NO_COLOR`` turns off; signs that it can't show are spelt out.
    """
    document = replace(document, blocks=_spelt_out(document.blocks, sys.stdout.encoding))
    width = max(20, shutil.get_terminal_size((PAGE, 24)).columns)
    if not sys.stdout.isatty():
        print(for_encoding(text(document, width), sys.stdout.encoding), end="")
        return
    from rich.console import Console  # noqa: PLC0415 - only terminals have colours
    from rich.text import Text  # noqa: PLC0415

    class Terminal(Console):
        def on_broken_pipe(self) -> NoReturn:
            """Leave it to the command line, for which a reader that has seen enough is no error."""
            raise BrokenPipeError

    console = Terminal(file=sys.stdout, markup=False, highlight=False, emoji=False)
    for line in lines(document, width):
        said = Text()
        for span in line:
            said.append(for_encoding(span.text, sys.stdout.encoding), style=_STYLES[span.tone])
        said.rstrip()
        console.print(said, soft_wrap=True)


def _spelt_out(part: Any, encoding: str | None) -> Any:
    """Blocks whose signs can be shown: spelt out before they are set, for they get longer."""
    if isinstance(part, str):
        return for_encoding(part, encoding)
    if isinstance(part, tuple):
        return tuple(_spelt_out(one, encoding) for one in part)
    if isinstance(part, Figure) or not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {field.name: _spelt_out(getattr(part, field.name), encoding) for field in fields(part)}
    return replace(part, **changed)
