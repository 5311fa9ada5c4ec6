"""What does a chemist type?

Thin commands: each reads its options, asks the knowledge base, and hands the answer to a report. Nothing
heavy is imported before a command runs.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import TextIO


def main() -> None:
    """Run the command line and turn the errors that we raise on purpose into messages and exit codes.

    Exit codes: 0 done, 1 the input has problems, 2 wrong usage, 130 interrupted.
    """
    from ligandkb.problems import LigandkbError, UsageError  # noqa: PLC0415 - errors of imports are reported, too

    warnings.showwarning = _note
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        if sys.argv[1:2] == ["check"]:
            from ligandkb.cli.check import run_check  # noqa: PLC0415 - starts at once, see there

            run_check(sys.argv[2:])
        else:
            from ligandkb.cli.app import app  # noqa: PLC0415

            app()
    except UsageError as error:
        _complain(error)
        sys.exit(2)
    except LigandkbError as error:
        _complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (head, less) has gone; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _note(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print a warning as a reader wants it: what it says, without the line of our code that said it."""
    del category, filename, lineno, file, line
    from ligandkb.reports.literal import visible  # noqa: PLC0415

    print(f"note: {visible(str(message))}", file=sys.stderr)


def _complain(error: Exception) -> None:
    from ligandkb.reports.literal import visible  # noqa: PLC0415

    for line in str(error).split("\n"):
        print(visible(line), file=sys.stderr)
