"""Where is a table printed, and how wide may it be?"""

from __future__ import annotations

import sys
from typing import NoReturn

from rich.console import Console

PIPED_WIDTH = 4000
"""Width in characters of a table that doesn't go to a terminal: wide enough that no cell is ever wrapped."""


class _Console(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command line, for which a reader that has seen enough (head) is no error."""
        raise BrokenPipeError


def standard_output() -> Console:
    """Console on standard output that takes no text for markup."""
    return _Console(
        file=sys.stdout,
        markup=False,
        highlight=False,
        emoji=False,
        width=None if sys.stdout.isatty() else PIPED_WIDTH,
    )
