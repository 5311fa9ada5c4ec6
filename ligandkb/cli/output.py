"""How does a finished answer reach the reader?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.reports.literal import visible

if TYPE_CHECKING:
    from ligandkb.reports.document import Document


def show(document: Document, output_format: str) -> None:
    """Print an answer in a format, whole or, where Ctrl-C was pressed, not at all.

    What a CSV was made with goes to stderr, so that stdout stays plain CSV.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed and got lost in compiled code.
    """
    from ligandkb.reports.render import render  # noqa: PLC0415
    from ligandkb.reports.terminal import print_document  # noqa: PLC0415

    stop_if_pressed()
    if output_format in ("text", "table"):
        print_document(document)
        return
    put(render(document, output_format))
    if output_format == "csv":
        for line in document.footer:
            say(line)


def put(text: str) -> None:
    """Print a text, whole or, where Ctrl-C was pressed, not at all.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed and got lost in compiled code.
    """
    stop_if_pressed()
    print(text, end="" if text.endswith("\n") else "\n")


def say(line: str) -> None:
    """Say something beside the answer, on stderr."""
    print(visible(line), file=sys.stderr)
