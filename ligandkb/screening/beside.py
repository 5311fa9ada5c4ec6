"""Who screens beside a process that must not die, and may have no children that Python calls its own?

A Dask worker, its threads, or a notebook: each thread borrows a crew (:mod:`ligandkb.screening.guard`), a program of
its own, so that a line that hangs or crashes ends neither that process nor any other line. The knowledge base travels
with the work: no worker reads files of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import pickle
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from ligandkb import __version__
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError
from ligandkb.screening.chunk import Chunk
from ligandkb.screening.guard import Crew
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

IDLE_SECONDS = 300.0
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


class Crews:
    """Crews of this process that wait for their next chunk; each is asked by one thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[str, list[tuple[Crew, threading.Timer]]] = {}
        self._times_closed: Counter[str] = Counter()

    @contextlib.contextmanager
    def borrowed(self, brief: Brief) -> Iterator[Crew]:
        """A crew for one thread: one that waits, else a new one. After an error it is closed."""
        with self._lock:
            times_closed = self._times_closed[brief.token]
        crew = self._taken(brief.token) or _hired(brief)
        try:
            yield crew
        except BaseException:
            crew.close()
            raise
        timer = threading.Timer(IDLE_SECONDS, self._retire, (brief.token, crew))
        timer.daemon = True
        with self._lock:
            # A run may end while its last chunk is still under way here.
            is_wanted = self._times_closed[brief.token] == times_closed
            if is_wanted:
                self._idle.setdefault(brief.token, []).append((crew, timer))
                timer.start()
        if not is_wanted:
            crew.close()

    def close(self, token: str | None = None) -> None:
        """End the crews that wait: those of one brief, or all."""
        with self._lock:
            tokens = list(self._idle) if token is None else [token]
            self._times_closed.update(tokens)
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


CREWS = Crews()
atexit.register(CREWS.close)


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
    with CREWS.borrowed(brief) as crew:
        return list(crew.screen(chunks))
