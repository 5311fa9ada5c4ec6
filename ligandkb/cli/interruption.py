"""Was Ctrl-C pressed, even where native code swallowed it?

Python turns Ctrl-C into an exception wherever it happens to be. Where that is a callback out of compiled code (RDKit,
an extension that is being imported, a destructor) the exception may be dropped or come out as another one, and the
command would run on. So the handler also keeps in mind that it was called, and commands ask before they print.

RDKit is worse: while it searches it takes the signal for itself, stops the search half-way and returns what it has, so
that a row could lose its veto. Where the system can, SIGINT is therefore held back from all threads but one, which
does nothing but wait for it and passes it on to the main thread as another signal.
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
        if hasattr(signal, "pthread_sigmask"):
            signal.signal(signal.SIGUSR2, _press)
            # Before any library starts threads of its own: they inherit what is held back.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            threading.Thread(target=_pass_on, daemon=True).start()


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
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _pass_on() -> None:
    while True:
        signal.sigwait({signal.SIGINT})
        _pressed.set()
        # A signal, unlike a flag, also ends the main thread's waiting for a pipe.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGUSR2)


def _press(number: int, frame: FrameType | None) -> None:
    del number, frame
    _pressed.set()
    raise KeyboardInterrupt


def _say_nothing_of_ctrl_c(unraisable: sys.UnraisableHookArgs) -> None:
    """Python reports what a destructor raised; of Ctrl-C everything is said at the end."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
