"""Who does the chemistry of a screen, so that one bad line costs itself alone?

This module runs in a process of its own, the *keeper*. It reads the knowledge base once and forks workers off itself,
which share that memory and start within milliseconds. A worker says which line it is at (in memory that it shares with
its keeper) and lets the system's own timers end it there, by processor time, so that a busy machine rejects no more
than an idle one; a line that waits for nothing is ended by the clock. A worker that died is replaced, the line that
killed it is given up, and the rest of its chunk is done again. Keepers are started as programs, not forked off the
caller: that may have threads, may be a daemon, and its ``__main__`` is never run a second time.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import signal
import struct
import sys
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from ligandkb.chemistry.remembered import forget
from ligandkb.screening.chunk import Rejected, screen_with, screener_from
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line, Screener

_WARMING = ("OC(=O)c1ccccc1", "CCCCCCCCP", "C[N+](C)(C)C.[Br-]")
"""Read before the first fork, so that what is made once (patterns, references) is shared, too."""
_WALL = 10
"""How much longer than its processor time a line may take by the clock."""
_ROWS_SECONDS = 120.0
"""Processor time for the rows of one chunk; its lines have been read by then."""
_MOST_GROWN_MB = 48.0
"""By which a worker may grow after its first chunk before it makes room for a new one: whatever it has left in memory
goes with it. What it has learned of molecules goes, too: the first 10,000 lines of a life take a tenth longer."""
_BEAT = struct.Struct("q")
_GROWN = struct.Struct("d")
_SLOT_BYTES = _BEAT.size + _GROWN.size
"""What a worker shares with its keeper: the line that it is at, and the MB by which it has grown."""
_BELIEVED_AFTER: dict[int, int] = {signal.SIGPROF: 1, signal.SIGALRM: 2}
"""Deaths at one line that show that it is to blame. Its processor time is its own; the clock also runs while all is
stopped (Ctrl-Z), and any other signal may have come from outside, so that these must repeat."""
_OTHERS_BELIEVED_AFTER = 3


@dataclass
class _Job:
    number: int
    lines: bytes
    given_up: dict[int, str] = field(default_factory=dict)
    deaths: list[int] = field(default_factory=list)
    singly: bool = False


@dataclass
class _Worker:
    pid: int
    requests: Connection
    replies: Connection
    job: _Job | None = None


def main() -> None:
    """Keep workers until whoever started this closes its end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, told = Connection(os.dup(0), writable=False), Connection(os.dup(1), readable=False)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    try:
        kb, options, workers = pickle.loads(asked.recv_bytes())
        screener = screener_from(kb, options)
        _warm(screener)
        _Keeper(screener, options, asked, told, workers).keep()
    except EOFError:
        return
    except Exception:
        told.send((None, traceback.format_exc()))


def _warm(screener: Screener) -> None:
    from rdkit import rdBase  # noqa: PLC0415

    rdBase.DisableLog("rdApp.*")
    screen_with(screener, [Line(number, smiles) for number, smiles in enumerate(_WARMING, 1)])
    gc.collect()
    gc.freeze()
    gc.disable()  # a worker looks for cycles once a chunk


class _Keeper:
    def __init__(
        self,
        screener: Screener,
        options: ScreenOptions,
        asked: Connection,
        told: Connection,
        workers: int,
    ) -> None:
        self.screener, self.options, self.asked, self.told = screener, options, asked, told
        self.workers = workers
        self.crew: list[_Worker] = []
        self.shared = mmap.mmap(-1, workers * _SLOT_BYTES)

    def keep(self) -> None:
        for place in range(self.workers):
            self.crew.append(self._hire(place))
        waiting: deque[_Job] = deque()
        try:
            while True:
                for worker in self.crew:
                    if worker.job is None and waiting:
                        self._give(worker, waiting.popleft())
                ready = wait([self.asked, *(worker.replies for worker in self.crew)])
                if self.asked in ready:
                    waiting.append(_Job(*pickle.loads(self.asked.recv_bytes())))
                for place, worker in enumerate(self.crew):
                    if worker.replies in ready:
                        self._hear(place, worker)
        finally:
            for worker in self.crew:
                os.kill(worker.pid, signal.SIGKILL)
                os.waitpid(worker.pid, 0)

    def _give(self, worker: _Worker, job: _Job) -> None:
        worker.job = job
        try:
            worker.requests.send((job.given_up, job.singly))
            worker.requests.send_bytes(job.lines)
        except BrokenPipeError:
            pass  # it has died: its replies end, too

    def _hear(self, place: int, worker: _Worker) -> None:
        try:
            answer = worker.replies.recv_bytes()
        except (EOFError, ConnectionResetError):
            self._bury(place, worker)
            return
        if worker.job is not None:
            self.told.send((worker.job.number, answer))
        worker.job = None
        (grown_mb,) = _GROWN.unpack_from(self.shared, place * _SLOT_BYTES + _BEAT.size)
        if grown_mb > _MOST_GROWN_MB:
            os.kill(worker.pid, signal.SIGKILL)
            self._bury(place, worker)

    def _bury(self, place: int, worker: _Worker) -> None:
        """Replace a worker that died; give up its line where it was to blame, and let the chunk be done again."""
        _, status = os.waitpid(worker.pid, 0)
        (line,) = _BEAT.unpack_from(self.shared, place * _SLOT_BYTES)
        worker.requests.close()
        worker.replies.close()
        self.crew[place] = new = self._hire(place)
        job = worker.job
        if job is None:
            return
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        job.deaths.append(line)
        if job.deaths.count(line) >= _BELIEVED_AFTER.get(ended_by, _OTHERS_BELIEVED_AFTER):
            if line == 0:  # no line is to blame alone: rows are made line by line
                job.singly = True
            else:
                job.given_up[line] = _reason(ended_by, self.options.line_seconds)
        self._give(new, job)

    def _hire(self, place: int) -> _Worker:
        _BEAT.pack_into(self.shared, place * _SLOT_BYTES, 0)
        asked, requests = _pipe()
        replies, told = _pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                # Who holds on to an end of another's pipe would hide that it has died.
                for other in (self.asked, self.told, requests, replies):
                    other.close()
                for worker in self.crew:
                    for end in (worker.requests, worker.replies):
                        if not end.closed:
                            end.close()
                self._work(place, asked, told)
                code = 0
            finally:
                os._exit(code)
        asked.close()
        told.close()
        return _Worker(pid, requests, replies)

    def _work(self, place: int, asked: Connection, told: Connection) -> None:
        at = _watched(self.shared, place * _SLOT_BYTES, self.options.line_seconds)
        first_mb = None
        while True:
            try:
                given_up, singly = asked.recv()
                lines = pickle.loads(asked.recv_bytes())
            except (EOFError, ConnectionResetError):
                return
            try:
                answer = _answer(self.screener, lines, at, given_up, singly)
            except Exception:
                answer = pickle.dumps(traceback.format_exc())
            _rest()
            first_mb = _peak_mb() if first_mb is None else first_mb
            _GROWN.pack_into(self.shared, place * _SLOT_BYTES + _BEAT.size, _peak_mb() - first_mb)
            try:
                told.send_bytes(answer)
            except BrokenPipeError:
                return
            forget()  # the next lines are other molecules: memory stays as it is, however many there are
            gc.collect(0)  # of what is new: looking through what stays costs more than it finds


def _answer(
    screener: Screener,
    lines: list[Line],
    at: Callable[[int], None],
    given_up: Mapping[int, str],
    singly: bool,
) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    chunk = screen_with(screener, lines, at, given_up, singly=singly)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, chunk.rows.schema) as stream:
        stream.write_table(chunk.rows)
    rejected = [(one.line, one.id, one.smiles, one.reason) for one in chunk.rejected]
    return pickle.dumps((sink.getvalue().to_pybytes(), rejected))


def _peak_mb() -> float:
    """The most memory that this process has held."""
    import resource  # noqa: PLC0415 - Windows has none, and no workers either

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _watched(shared: mmap.mmap, place: int, line_seconds: float) -> Callable[[int], None]:
    """Say which line is read, and let the system end this process if it doesn't come to the next."""
    write, set_timer = _BEAT.pack_into, signal.setitimer

    def at(line: int) -> None:
        write(shared, place, line)
        seconds = line_seconds if line else _ROWS_SECONDS
        set_timer(signal.ITIMER_PROF, seconds)
        set_timer(signal.ITIMER_REAL, _WALL * seconds)

    return at


def _rest() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def _pipe() -> tuple[Connection, Connection]:
    """A pipe: its end for reading, its end for writing."""
    readable, writable = os.pipe()
    return Connection(readable, writable=False), Connection(writable, readable=False)


def _reason(ended_by: int, line_seconds: float) -> str:
    if ended_by == signal.SIGPROF:
        return f"given up after {line_seconds:g} s of processor time: too large or too branched to be read"
    if ended_by == signal.SIGALRM:
        return f"given up after {_WALL * line_seconds:g} s in which nothing happened"
    name = signal.Signals(ended_by).name if ended_by else "an exit"
    return f"reading it ended the process again and again ({name}): the chemistry library can't take this structure"


def chunk_from(answer: bytes) -> tuple[Any, tuple[Rejected, ...]]:
    """Table and rejected lines of a worker's answer.

    Raises
    ------
    RuntimeError
        With the worker's traceback, where this software has a fault.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    found = pickle.loads(answer)
    if isinstance(found, str):
        raise RuntimeError(found)
    stream, rejected = found
    return pa.ipc.open_stream(stream).read_all(), tuple(Rejected(*one) for one in rejected)


if __name__ == "__main__":
    sys.exit("started by ligandkb.screening.guard only")
