"""How is work done that may hang or crash?

Spawned processes with one BLAS thread each take one argument at a time. A call that takes too long or dies
takes its own process with it and nothing else; a new one is hired for the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, Generic, Protocol, TypeVar

from ligandkb.missing import Failed
from ligandkb.problems import UsageError

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_NO_START = (
    "the worker processes end before they begin: in a script, call this from a function and start that below "
    'if __name__ == "__main__":'
)
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""What keeps the libraries of linear algebra to one thread, in the environment of a process that begins."""


class Run(Protocol):
    """Does work where what hangs or crashes stops nothing else: here (:func:`run_in_workers`) or on a cluster."""

    def __call__(
        self,
        function: Callable[[Argument], Result],
        arguments: Sequence[Argument],
        *,
        workers: int = 1,
        seconds: float = 600.0,
    ) -> Iterator[tuple[Argument, Result | Failed]]:
        """Each argument with its result, in the order of ending."""


def run_in_workers(
    function: Callable[[Argument], Result],
    arguments: Sequence[Argument],
    *,
    workers: int = 1,
    seconds: float = 600.0,
) -> Iterator[tuple[Argument, Result | Failed]]:
    """Call a function for each argument in killable processes.

    Parameters
    ----------
    function : callable
        Importable by name; arguments and results are pickled.
    arguments : sequence
        Taken in this order.
    workers : int
        Processes.
    seconds : float
        Time limit of one call.

    Yields
    ------
    tuple
        Argument with its result in the order of ending; Failed where the call raised, took too long or died.

    Raises
    ------
    UsageError
        If no worker ever starts, as in a script that calls this outside ``if __name__ == "__main__":``.
    """
    context = multiprocessing.get_context("spawn")
    waiting = list(reversed(arguments))
    crew = [_hire(context, function) for _ in range(min(max(workers, 1), len(waiting)))]
    anyone_started = False
    try:
        while waiting or any(worker.is_busy for worker in crew):
            for worker in crew:
                if not worker.is_busy and waiting:
                    worker.give(waiting.pop(), seconds)
            busy = [worker for worker in crew if worker.is_busy]
            patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
            ready = wait([worker.pipe for worker in busy], timeout=patience)
            for worker in busy:
                outcome = worker.outcome(worker.pipe in ready, seconds)
                anyone_started = anyone_started or worker.has_started
                if outcome is None:
                    continue
                if not worker.process.is_alive():
                    if worker.has_died and not anyone_started:
                        raise UsageError(_NO_START)
                    worker.pipe.close()
                    crew[crew.index(worker)] = _hire(context, function)
                yield worker.argument, outcome.value
    finally:
        for worker in crew:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


@dataclass(frozen=True)
class _Outcome:
    """A result, wrapped so that a function may return None."""

    value: Any


class _Started:
    """What a worker sends before anything else."""


@dataclass
class _Worker(Generic[Argument]):
    process: SpawnProcess
    pipe: Connection
    argument: Any = None
    is_busy: bool = False
    deadline: float = float("inf")
    has_started: bool = False
    has_died: bool = False

    def give(self, argument: Argument, seconds: float) -> None:
        self.argument, self.is_busy = argument, True
        self.deadline = time.monotonic() + seconds
        self.pipe.send(argument)

    def outcome(self, is_ready: bool, seconds: float) -> _Outcome | None:
        """Fetch what came back, or why nothing will; None while the call goes on."""
        if is_ready:
            try:
                received = self.pipe.recv()
                if isinstance(received, _Started):
                    self.has_started = True
                    return None
                self.is_busy = False
                return _Outcome(received)
            except (EOFError, ConnectionResetError):
                self.is_busy, self.has_died = False, True
                self.process.join()
                return _Outcome(Failed(f"the worker died with exit code {self.process.exitcode}"))
        if time.monotonic() >= self.deadline:
            self.is_busy = False
            self.process.kill()
            self.process.join()
            return _Outcome(Failed(f"took longer than {seconds:g} s"))
        return None


def _hire(context: SpawnContext, function: Callable[[Any], Any]) -> _Worker[Any]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, function), daemon=True)
    with _one_thread():
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, function: Callable[[Any], Any]) -> None:
    """Serve until the other end is closed, which also happens when the parent is killed."""
    pipe.send(_Started())
    while True:
        try:
            argument = pipe.recv()
        except (EOFError, ConnectionResetError, KeyboardInterrupt):
            return
        try:
            result = function(argument)
        except KeyboardInterrupt:
            return
        except Exception as error:
            # One failure never stops the rest: whatever a library raises becomes a reason.
            result = Failed(f"{type(error).__name__}: {error}"[:300])
        try:
            pipe.send(result)
        except (BrokenPipeError, KeyboardInterrupt):
            return


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let children start with one thread each; libraries read this once, when they are loaded."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
