"""How does a screen spread over many machines?

Dask gives out the chunks, does again what a lost worker had, and starts workers anew. What happens to a chunk is what
happens anywhere else: a crew screens it, beside the Dask worker (:mod:`ligandkb.screening.beside`).
"""

from __future__ import annotations

import contextlib
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import ExtraMissingError, UsageError
from ligandkb.screening.beside import CREWS, Brief, screen_guarded
from ligandkb.screening.chunk import Chunk
from ligandkb.screening.guard import WorkersEndedError
from ligandkb.screening.inputs import UntilAnError
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.partitions import screen_partitions
from ligandkb.screening.rows import Line
from ligandkb.screening.run import Hire

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["DaskCrew", "connected", "crew_at", "screen_partitions", "threads_of"]

EXTRA = "cluster"
LOCAL = "local"
_AHEAD = 3
"""Chunks that are given out for each thread: one that it does, and what it does next while answers are written."""
_TRIES = 3
"""How often a chunk is given out again whose workers were lost, each time several in a row."""
_CONNECT_SECONDS = 20
_QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "30s",
    "distributed.admin.system-monitor.interval": "5s",
}
"""Workers that only wait for their crews need no look at their stacks a hundred times a second, and no stopwatch."""
_UNINTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""Ctrl-C goes to every process of a terminal: who has started the workers ends them."""


def _one(brief: Brief, lines: Sequence[Line]) -> Chunk:
    (chunk,) = screen_guarded(brief, [lines])
    return chunk


def _itself(brief: Brief) -> Brief:
    return brief


def _end_crews(token: str) -> None:
    CREWS.close(token)


def crew_at(address: str) -> Hire:
    """Crews of a Dask cluster, for :func:`ligandkb.screening.run.screen`; the address as in :class:`DaskCrew`.

    Raises
    ------
    UsageError
        If it isn't an address.
    """
    if not (_is_local(address) or "://" in address):
        raise _no_address(address)
    return lambda kb, options: DaskCrew(kb, options, address)


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
        return threads_of(self.client)

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
            If the same chunk loses its workers again and again, or the scheduler is gone.
        UsageError
            If a worker has other versions.
        """
        # A task rather than scattered data: it is done again where the workers that held it are lost.
        brief = self.client.submit(_itself, self.brief, key=f"ligandkb-{self.brief.token}", pure=False)
        waiting: deque[tuple[Future[Chunk], Sequence[Line]]] = deque()
        stream = UntilAnError(chunks)
        try:
            for lines in stream:
                waiting.append((self._given(brief, lines), lines))
                if self._is_enough(len(waiting)):
                    yield self._answer(brief, *waiting.popleft())
            while waiting:
                yield self._answer(brief, *waiting.popleft())
            stream.raise_error()
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


def threads_of(client: Client) -> int:
    """Threads of a cluster as it stands now, at least 1."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the cluster at an address, and the cluster itself where it is a local one.

    Parameters, errors: as in :class:`DaskCrew`.
    """
    try:
        import dask.config  # noqa: PLC0415
        from distributed import Client, LocalCluster  # noqa: PLC0415 - imports half of a web server
    except ImportError as error:
        raise ExtraMissingError(error.name or "distributed", EXTRA) from error
    workers = address.partition(":")[2]
    with contextlib.ExitStack() as stack:
        if _is_local(address):
            stack.enter_context(dask.config.set(_QUIET))
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
                    preload=_UNINTERRUPTED,
                    # What is under way is bounded; chemistry runs beside the workers, where this isn't counted.
                    memory_limit=0,
                )
            )
        elif "://" in address:
            cluster = address
        else:
            raise _no_address(address)
        try:
            client = stack.enter_context(Client(cluster, timeout=_CONNECT_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            why = " ".join(str(error).split()) or "no worker has come within 20 s"
            raise UsageError(
                f"no work can be given out at {address}: {why}: start a scheduler and workers"
            ) from error
        yield client


def _is_local(address: str) -> bool:
    kind, _, workers = address.partition(":")
    return kind == LOCAL and (not workers or (workers.isdecimal() and int(workers) > 0))


def _no_address(address: str) -> UsageError:
    return UsageError(
        f"{address!r} is no Dask cluster: write local, local:2, or tcp://host:8786 of a scheduler"
    )
