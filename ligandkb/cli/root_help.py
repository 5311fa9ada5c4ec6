"""What does ``ligandkb --help`` say?

Typer lays the text out; loading it takes longer than reading what it once laid out. The text is kept in ``help.txt``
and held equal by a test to what typer prints. Where a command came or went it is written anew by

    COLUMNS=80 python -c "from ligandkb.cli.app import app; app(['--help'], 'ligandkb')" > ligandkb/cli/help.txt
"""

from __future__ import annotations

import shutil
from pathlib import Path

TEXT = Path(__file__).with_name("help.txt")
WIDTH = 80
"""Columns for which the text is laid out; typer makes it no wider, either."""
_PROGRAMS = {"ligandkb": "ligandkb", "__main__.py": "python -m ligandkb"}


def root_help(command: str) -> str | None:
    """Help on the commands that there are.

    Parameters
    ----------
    command : str
        Path by which the program was called.

    Returns
    -------
    str or None
        None where typer has to be asked: on a narrow terminal, or under another name.

    Examples
    --------
    >>> root_help("/usr/bin/renamed") is None
    True
    """
    program = _PROGRAMS.get(Path(command).name)
    if program is None or shutil.get_terminal_size().columns < WIDTH:
        return None
    return TEXT.read_text(encoding="utf-8").replace("ligandkb", program, 1)
