"""How does a screen spread over many machines?

Dask gives out the chunks, does again what a lost worker had, and starts workers anew. What happens to a chunk is what
happens anywhere else (:mod:`ligandkb.screening.guard`): beside each thread of a Dask worker runs a crew, a program of
its own, so that a line that hangs or crashes ends neither the Dask worker nor any other line, and a Dask worker may be
a daemon. The knowledge base travels with the work: no worker reads files of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import pickle
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ligandkb import __version__
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import ExtraMissingError, UsageError
from ligandkb.screening.chunk import Chunk
from ligandkb.screening.guard import Crew, WorkersEndedError
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

if TYPE_CHECKING:
    from distributed import Client, Future

EXTRA = "cluster"
LOCAL = "local"
_AHEAD = 3
"""Chunks that are given out for each thread: one that it does, and what it does next while answers are written."""
_TRIES = 3
"""How often a chunk is given out again whose workers were lost, each time several in a row."""
_CONNECT_SECONDS = 20
_IDLE_SECONDS = 300.0
"""After which a crew that nobody asks ends, as where the client is gone."""


@dataclass(frozen=True)
class Brief:
    """All that a worker must know, ready to travel.

    Attributes
    ----------
    content : bytes
        Knowledge base and options, pickled.
    made_with : str
        Versions of the libraries that decide an answer.
    """

    content: bytes = field(repr=False)
    made_with: str

    @classmethod
    def of(cls, kb: KnowledgeBase, options: ScreenOptions) -> Brief:
        """Knowledge base and options for workers anywhere."""
        return cls(pickle.dumps((kb, options)), _versions())

    @property
    def token(self) -> str:
        """The same for the same content."""
        return hashlib.sha256(self.content).hexdigest()[:16]


def _versions() -> str:
    return f"ligandkb {__version__}, rdkit {version('rdkit')}"


class _Crews:
    """Crews of this process that wait for their next chunk; each is asked by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[str, list[tuple[Crew, threading.Timer]]] = {}

    @contextlib.contextmanager
    def borrowed(self, brief: Brief) -> Iterator[Crew]:
        """A crew for one thread: one that waits, else a new one. After an error it is closed."""
        crew = self._taken(brief.token) or _hired(brief)
        try:
            yield crew
        except BaseException:
            crew.close()
            raise
        timer = threading.Timer(_IDLE_SECONDS, self._retire, (brief.token, crew))
        timer.daemon = True
        timer.start()
        with self._lock:
            self._idle.setdefault(brief.token, []).append((crew, timer))

    def close(self, token: str | None = None) -> None:
        """End the crews that wait: those of one brief, or all."""
        with self._lock:
            tokens = list(self._idle) if token is None else [token]
            ended = [one for key in tokens for one in self._idle.pop(key, ())]
        for crew, timer in ended:
            timer.cancel()
            crew.close()

    def _taken(self, token: str) -> Crew | None:
        with self._lock:
            waiting = self._idle.get(token)
            if not waiting:
                return None
            crew, timer = waiting.pop()
        timer.cancel()
        return crew

    def _retire(self, token: str, crew: Crew) -> None:
        with self._lock:
            waiting = self._idle.get(token, [])
            found = [one for one in waiting if one[0] is crew]
            for one in found:
                waiting.remove(one)
        if found:
            crew.close()


_CREWS = _Crews()
atexit.register(_CREWS.close)


def _hired(brief: Brief) -> Crew:
    if brief.made_with != _versions():
        raise UsageError(
            f"a Dask worker has {_versions()}, but the screen was asked for with {brief.made_with}: "
            "install the same versions everywhere"
        )
    kb, options = pickle.loads(brief.content)
    return Crew(kb, options, 1).__enter__()


def screen_guarded(brief: Brief, chunks: Sequence[Sequence[Line]]) -> list[Chunk]:
    """Screen chunks beside this process; what a Dask worker runs."""
    with _CREWS.borrowed(brief) as crew:
        return list(crew.screen(chunks))


def _one(brief: Brief, lines: Sequence[Line]) -> Chunk:
    (chunk,) = screen_guarded(brief, [lines])
    return chunk


def _itself(brief: Brief) -> Brief:
    return brief


def _end_crews(token: str) -> None:
    _CREWS.close(token)


class DaskCrew:
    """Workers of a Dask cluster that screen chunks, as :class:`~ligandkb.screening.guard.Crew` does on one machine.

    Parameters
    ----------
    kb : KnowledgeBase
        Sent to each worker, whatever lies on its disk.
    options : ScreenOptions
    address : str
        ``local`` for as many workers as this machine has processors, ``local:2`` for two, else the address of a
        scheduler: ``tcp://host:8786``. Who can reach a scheduler can run anything on its workers; a local one listens
        on this machine alone.

    Raises
    ------
    UsageError
        If nothing answers there, no worker is there, or it isn't an address.
    ExtraMissingError
        Without the extra ``[cluster]``.

    Examples
    --------
    >>> import ligandkb as lk
    >>> with DaskCrew(lk.load(), ScreenOptions(), "local:1") as crew:
    ...     [chunk.rows["verdict"].to_pylist() for chunk in crew.screen([[Line(1, "OC(=O)CF")]])]
    [['vetoed']]
    """

    def __init__(self, kb: KnowledgeBase, options: ScreenOptions, address: str) -> None:
        self.brief = Brief.of(kb, options)
        self.address = address
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> DaskCrew:
        with contextlib.ExitStack() as stack:
            self.client = stack.enter_context(connected(self.address))
            stack.callback(self._dismiss)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes that this has started, here and beside the workers."""
        self._stack.close()

    @property
    def workers(self) -> int:
        """Threads of the cluster as it stands now."""
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    def screen(self, chunks: Iterable[Sequence[Line]]) -> Iterator[Chunk]:
        """Screen chunks.

        Parameters
        ----------
        chunks : iterable of sequence of Line
            Read a few ahead, however long the stream is.

        Yields
        ------
        Chunk
            In the order of the chunks.

        Raises
        ------
        WorkersEndedError
            If the same chunk loses its workers again and again, or the scheduler is gone.
        UsageError
            If a worker has other versions.
        """
        # A task rather than scattered data: it is done again where the workers that held it are lost.
        brief = self.client.submit(_itself, self.brief, key=f"ligandkb-{self.brief.token}", pure=False)
        waiting: deque[tuple[Future[Chunk], Sequence[Line]]] = deque()
        try:
            for lines in chunks:
                waiting.append((self._given(brief, lines), lines))
                if self._is_enough(len(waiting)):
                    yield self._answer(brief, *waiting.popleft())
            while waiting:
                yield self._answer(brief, *waiting.popleft())
        finally:
            self.client.cancel([brief, *(future for future, _ in waiting)])

    def _given(self, brief: Future[Brief], lines: Sequence[Line]) -> Future[Chunk]:
        return self.client.submit(_one, brief, lines, pure=False)

    def _is_enough(self, waiting: int) -> bool:
        with self._connection():
            return waiting >= _AHEAD * self.workers

    def _answer(self, brief: Future[Brief], future: Future[Chunk], lines: Sequence[Line]) -> Chunk:
        from distributed import KilledWorker  # noqa: PLC0415

        for _ in range(_TRIES):
            try:
                with self._connection():
                    return future.result()
            except KilledWorker as error:
                why = f"{error.allowed_failures + 1} of them ended while they had these"
                future = self._given(brief, lines)
        raise WorkersEndedError(
            f"lines {lines[0].number} to {lines[-1].number} lost their workers {_TRIES} times, each time "
            f"{why}: look into the workers' logs, often memory runs out"
        )

    @contextlib.contextmanager
    def _connection(self) -> Iterator[None]:
        """Say what it means that the scheduler doesn't answer any more."""
        from distributed.client import FutureCancelledError  # noqa: PLC0415

        try:
            yield
        except (FutureCancelledError, OSError) as error:
            if isinstance(error, OSError) and self.client.status == "running":
                raise  # from the work itself
            raise WorkersEndedError(
                f"the Dask scheduler at {self.address} is gone ({error}): start one; the same command goes on"
            ) from error

    def _dismiss(self) -> None:
        # Workers of others stay; what this screen started beside them doesn't.
        with contextlib.suppress(Exception):
            self.client.run(_end_crews, self.brief.token, on_error="ignore")


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the cluster at an address, and the cluster itself where it is a local one.

    Parameters, errors: as in :class:`DaskCrew`.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - imports half of a web server
    except ImportError as error:
        raise ExtraMissingError(error.name or "distributed", EXTRA) from error
    kind, _, workers = address.partition(":")
    with contextlib.ExitStack() as stack:
        if kind == LOCAL and (not workers or (workers.isdecimal() and int(workers) > 0)):
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="ligandkb-"))
            cluster: Any = stack.enter_context(
                LocalCluster(
                    n_workers=int(workers) if workers else None,
                    threads_per_worker=1,
                    # Every door opens to this machine only.
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    worker_dashboard_address="127.0.0.1:0",
                    local_directory=scratch,
                    silence_logs="ERROR",
                    # What is under way is bounded; chemistry runs beside the workers, where this isn't counted.
                    memory_limit=0,
                )
            )
        elif "://" in address:
            cluster = address
        else:
            raise UsageError(
                f"{address!r} is no Dask cluster: write local, local:2, or tcp://host:8786 of a scheduler"
            )
        try:
            client = stack.enter_context(Client(cluster, timeout=_CONNECT_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            why = " ".join(str(error).split()) or "no worker has come within 20 s"
            raise UsageError(
                f"no work can be given out at {address}: {why}: start a scheduler and workers"
            ) from error
        yield client
