"""What does a chemist type?

Thin commands: each reads its options, asks the knowledge base, and hands the answer to a report. Nothing
heavy is imported before a command runs.
"""

from __future__ import annotations

import errno
import gc
import sys
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from ligandkb.cli import interruption
from ligandkb.cli.output import close_stdout, put, say
from ligandkb.cli.root_help import root_help
from ligandkb.problems import LigandkbError, UsageError

if TYPE_CHECKING:
    from ligandkb.cli.options import Commands

_NEW_OBJECTS = 100_000
"""After how many new objects Python looks for those that only hold each other: nearly all of ours are kept, so that
looking after each 700, as it does by itself, finds nothing and takes a twentieth of a ranking's time."""


def main() -> None:
    """Run the command line and turn the errors that we raise on purpose into messages and exit codes.

    Exit codes: 0 done, 1 the input has problems, 2 wrong usage, 130 interrupted.
    """
    interruption.listen()
    gc.set_threshold(_NEW_OBJECTS)
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; keep the interpreter from complaining at exit.
        close_stdout()
        code = 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        close_stdout()
        print("nothing more could be written: there is no room left where the output goes", file=sys.stderr)
        code = 1
    except BaseException:
        # Native code turns Ctrl-C into whatever it raises itself.
        if not interruption.was_pressed():
            raise
        code = interruption.EXIT_CODE
    interruption.leave()
    if interruption.was_pressed():
        print("interrupted", file=sys.stderr)
        code = interruption.EXIT_CODE
    gc.freeze()  # what is left goes with the process: nobody needs to look through it for cycles once more
    sys.exit(code)


def _run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code."""
    warnings.showwarning = _note
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_blank_folders(arguments)
        if arguments in (["--help"], ["-h"]) and (said := root_help(sys.argv[0])) is not None:
            put(said)
        elif arguments[:1] == ["check"]:
            from ligandkb.cli.check import run_check  # noqa: PLC0415 - starts at once, see there

            run_check(arguments[1:])
        else:
            _commands(arguments)()
    except LigandkbError as error:
        interruption.stop_if_pressed()
        for line in str(error).split("\n"):
            say(line)
        return 2 if isinstance(error, UsageError) else 1
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):
            raise ended.__context__ from None  # typer makes an error of it, and a reader that has seen enough is none
        # How typer and argparse end, having said why.
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def _commands(arguments: Sequence[str]) -> Commands:
    """All commands; where ``rank`` is asked for, it alone, for the others take a twentieth of its time to be built."""
    if arguments[:1] == ["rank"]:
        from ligandkb.cli.rank import rank  # noqa: PLC0415
        from ligandkb.cli.root import root  # noqa: PLC0415
        from ligandkb.cli.typed_names import NamesOptions  # noqa: PLC0415

        alone = root()
        alone.command(name="rank", cls=NamesOptions)(rank)
        return alone
    from ligandkb.cli.app import app  # noqa: PLC0415

    return app


def _refuse_blank_folders(arguments: Sequence[str]) -> None:
    """A blank path would mean the folder in which one stands: more likely a variable was empty."""
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in ("--data", "--rules"):
            given = [value] if equals else arguments[position + 1 : position + 2]
            if given and not given[0].strip():
                raise UsageError(f"{name} is blank: name a folder, or leave {name} out")


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
    say(f"note: {message}")
