"""How does a finished answer reach the reader?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from ligandkb.cli.interruption import stop_if_pressed


def put(text: str) -> None:
    """Print an answer, whole or, where Ctrl-C was pressed, not at all.

    Raises
    ------
    KeyboardInterrupt
        If Ctrl-C was pressed and got lost in compiled code.
    """
    stop_if_pressed()
    print(text, end="" if text.endswith("\n") else "\n")


def say_made_with(meta: Mapping[str, Any]) -> None:
    """Say on stderr what a CSV was made with, so that stdout stays plain CSV."""
    from ligandkb.reports.answer import made_with  # noqa: PLC0415
    from ligandkb.reports.literal import visible  # noqa: PLC0415

    print(visible(made_with(meta)), file=sys.stderr)


def say(line: str) -> None:
    """Say something beside the answer, on stderr."""
    from ligandkb.reports.literal import visible  # noqa: PLC0415

    print(visible(line), file=sys.stderr)
