"""Was Ctrl-C pressed, even where native code swallowed it?

Python turns Ctrl-C into an exception wherever it happens to be. Where that is a callback out of compiled code (RDKit,
an extension that is being imported, a destructor) the exception may be dropped or come out as another one, and the
command would run on. So the handler also keeps in mind that it was called, and commands ask before they print.
"""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

EXIT_CODE = 130
"""What shells report of a command that Ctrl-C ended: 128 + SIGINT."""

_pressed = threading.Event()


def listen() -> None:
    """Keep in mind from now on that Ctrl-C was pressed.

    Whoever told the process to ignore Ctrl-C (``nohup``, a background job) is obeyed.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _press)
        sys.unraisablehook = _say_nothing_of_ctrl_c


def was_pressed() -> bool:
    """Whether Ctrl-C was pressed since :func:`listen`."""
    return _pressed.is_set()


def stop_if_pressed() -> None:
    """Raise what Ctrl-C raises if it was pressed and got lost.

    Raises
    ------
    KeyboardInterrupt
        If it was.
    """
    if was_pressed():
        raise KeyboardInterrupt


def leave() -> None:
    """From now on let Ctrl-C end the process at once: all is said and every file is closed."""
    if signal.getsignal(signal.SIGINT) is _press:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _press(number: int, frame: FrameType | None) -> None:
    del number, frame
    _pressed.set()
    raise KeyboardInterrupt


def _say_nothing_of_ctrl_c(unraisable: sys.UnraisableHookArgs) -> None:
    """Python reports what a destructor raised; of Ctrl-C everything is said at the end."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
