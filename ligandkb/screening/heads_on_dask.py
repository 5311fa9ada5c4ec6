"""How is quantum chemistry done on a cluster?

Each task runs in a program of its own beside the Dask worker, which may be a daemon: it can be ended when it takes too
long, and if it crashes it takes nothing with it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ligandkb.descriptors.quantum.workers import ONE_THREAD, Run
from ligandkb.missing import Failed

if TYPE_CHECKING:
    from distributed import Client

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_START = "import sys; sys.path[:] = sys.argv[1:]; from ligandkb.screening import heads_on_dask; heads_on_dask.main()"


def run_on(client: Client) -> Run:
    """What does the work of :func:`~ligandkb.descriptors.quantum.compute.compute` on a Dask cluster.

    Parameters
    ----------
    client : distributed.Client

    Returns
    -------
    Run
        As :func:`~ligandkb.descriptors.quantum.workers.run_in_workers`; the number of workers is the cluster's own.
    """
    return partial(_run, client)


def _run(
    client: Client,
    function: Callable[[Argument], Result],
    arguments: Sequence[Argument],
    *,
    workers: int = 1,  # noqa: ARG001 - the cluster has those that it has
    seconds: float = 600.0,
) -> Iterator[tuple[Argument, Result | Failed]]:
    from distributed import KilledWorker, as_completed  # noqa: PLC0415

    given = {
        client.submit(in_a_program, function, argument, seconds, pure=False, priority=-number): argument
        for number, argument in enumerate(arguments)
    }
    try:
        for future in as_completed(list(given), loop=client.loop):
            argument = given[future]
            try:
                outcome = future.result()
            except KilledWorker:
                outcome = Failed("the Dask workers that had it ended, as when memory runs out")
            yield argument, outcome
            del given[future]
    finally:
        client.cancel(list(given))


def in_a_program(
    function: Callable[[Argument], Result], argument: Argument, seconds: float
) -> Result | Failed:
    """Call a function in a program of its own, for so many seconds at most.

    Parameters
    ----------
    function : callable
        Importable by name.
    argument : object
        It and the result are pickled.
    seconds : float

    Returns
    -------
    object
        The result; Failed where the call raised, took too long or died.

    Examples
    --------
    >>> in_a_program(abs, -3, 60.0), in_a_program(int, "three", 60.0)
    (3, Failed(reason="ValueError: invalid literal for int() with base 10: 'three'"))
    """
    with (
        tempfile.TemporaryFile() as answer,
        subprocess.Popen(
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
        ) as process,
    ):
        assert process.stdin is not None
        try:
            # The pipe stays open until the end: when it closes because we are gone, the program ends, too.
            process.stdin.write(pickle.dumps((function, argument)))
            process.stdin.flush()
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return Failed(f"took longer than {seconds:g} s")
        except BrokenPipeError:
            process.wait()
        finally:
            process.kill()
        answer.seek(0)
        written = answer.read()
    if process.returncode or not written:
        return Failed(f"the worker died with exit code {process.returncode}")
    result: Result | Failed = pickle.loads(written)
    return result


def main() -> None:
    """Call the function that comes by standard input; the answer goes to standard output."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    function, argument = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    try:
        result = function(argument)
    except Exception as error:  # whatever a library raises becomes a reason
        result = Failed(f"{type(error).__name__}: {error}"[:300])
    with answer:
        answer.write(pickle.dumps(result))
    os._exit(0)


def _end_with_the_caller() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
