"""How does a stream go through processes that may die?"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Any

from ligandkb.descriptors.quantum.workers import ONE_THREAD
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import LigandkbError, UsageError
from ligandkb.screening.chunk import Chunk
from ligandkb.screening.inputs import UntilAnError
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line
from ligandkb.screening.worker import chunk_from

_START = "import sys; sys.path[:] = sys.argv[1:]; from ligandkb.screening import worker; worker.main()"
_AHEAD = 3
"""Chunks that are given out for each worker: one that it does, and what it does next while answers are written."""
_TRIES = 3


class WorkersEndedError(LigandkbError):
    """The processes that do the work end again and again, as when memory runs out."""


class Crew:
    """Processes that screen chunks, each line of which may hang or crash its process.

    Parameters
    ----------
    kb : KnowledgeBase
    options : ScreenOptions
    workers : int
        Processes that do the chemistry.

    Examples
    --------
    >>> import ligandkb as lk
    >>> with Crew(lk.load(), ScreenOptions()) as crew:
    ...     [chunk.rows["verdict"].to_pylist() for chunk in crew.screen([[Line(1, "OC(=O)CF")]])]
    [['vetoed']]
    """

    def __init__(self, kb: KnowledgeBase, options: ScreenOptions, workers: int = 1) -> None:
        if not hasattr(os, "fork"):
            raise UsageError("workers need a system that can fork, such as Linux: give workers=0")
        self.workers = workers
        self._first = pickle.dumps((kb, options, workers))
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the crew
        self._sent: dict[int, bytes] = {}

    def __enter__(self) -> Crew:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        self._stop()
        self._errors.close()

    def screen(self, chunks: Iterable[Sequence[Line]]) -> Iterator[Chunk]:
        """Screen chunks.

        Parameters
        ----------
        chunks : iterable of sequence of Line
            Read a few ahead, however long the stream is.

        Yields
        ------
        Chunk
            In the order of the chunks. Where these raise an error, it comes behind what came out of those before it.

        Raises
        ------
        WorkersEndedError
            If the processes end again and again.
        """
        answers: dict[int, bytes] = {}
        sent = given = 0
        stream = UntilAnError(chunks)
        is_more = True
        while is_more or given < sent:
            while is_more and sent - given < _AHEAD * self.workers:
                lines = next(stream, None)
                is_more = lines is not None
                if lines is not None:
                    self._send(sent, lines)
                    sent += 1
            while given in answers:
                rows, rejected = chunk_from(answers.pop(given))
                given += 1
                yield Chunk(rows, rejected)
            if (
                given < sent
                and given not in answers
                and (not is_more or sent - given >= _AHEAD * self.workers)
            ):
                number, answer = self._receive()
                answers[number] = answer
        stream.raise_error()

    def _send(self, number: int, lines: Sequence[Line]) -> None:
        self._sent[number] = pickle.dumps((number, pickle.dumps(list(lines))))
        # Where they have ended, the answers end, too, and all that is owed is sent again.
        with contextlib.suppress(BrokenPipeError):
            self._asks.send_bytes(self._sent[number])

    def _receive(self) -> tuple[int, bytes]:
        for _ in range(_TRIES):
            found = self._answers.get()
            if found is not None and found[0] is not None:
                number, answer = found
                del self._sent[number]
                return number, answer
            why = self._why(found)
            self._stop()
            self._start()
            for owed in self._sent.values():
                with contextlib.suppress(BrokenPipeError):
                    self._asks.send_bytes(owed)
        raise WorkersEndedError(f"the processes that read the lines ended {_TRIES} times, at last: {why}")

    def _why(self, found: Any) -> str:
        self._errors.seek(0)
        said = found[1] if found else self._errors.read().decode(errors="replace")
        return said.strip()[-2000:] or "without a word (is there enough memory?)"

    def _start(self) -> None:
        self._process = process = subprocess.Popen(
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **ONE_THREAD},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._asks = Connection(os.dup(process.stdin.fileno()), readable=False)
        hears = Connection(os.dup(process.stdout.fileno()), writable=False)
        process.stdin.close()
        process.stdout.close()
        self._answers: SimpleQueue[Any] = SimpleQueue()
        # It always reads, so that the keeper never waits for us while we wait for it.
        Thread(target=_listen, args=(hears, self._answers), daemon=True).start()
        with contextlib.suppress(BrokenPipeError):
            self._asks.send_bytes(self._first)

    def _stop(self) -> None:
        if self._process is not None:
            self._asks.close()
            self._process.terminate()
            self._process.wait()
            self._process = None


def _listen(hears: Connection, answers: SimpleQueue[Any]) -> None:
    with hears:
        try:
            while True:
                answers.put(hears.recv())
        except (EOFError, OSError):
            answers.put(None)
