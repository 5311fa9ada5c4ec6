"""How does a list become a folder of rows, whatever happens on the way?"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from ligandkb.chemistry.remembered import forget
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError
from ligandkb.screening.chunk import Chunk, screen_with, screener_from
from ligandkb.screening.folder import Folder, folder_at, remove_unfinished
from ligandkb.screening.guard import Crew
from ligandkb.screening.inputs import Stream, with_columns_found
from ligandkb.screening.manifest import Manifest, begun, read_manifest, refuse_differences
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.parts import gather_rejected, write_part
from ligandkb.screening.rows import Line
from ligandkb.screening.schema import schema_of


class Screens(Protocol):
    """Whoever screens chunks: a crew of this machine or of a cluster."""

    def screen(self, chunks: Iterable[Sequence[Line]]) -> Iterator[Chunk]:
        """Screen chunks, in their order."""


Hire: TypeAlias = Callable[[KnowledgeBase, ScreenOptions], AbstractContextManager[Screens]]
"""Makes a crew."""


@dataclass(frozen=True)
class Progress:
    """State of a run after a chunk.

    Attributes
    ----------
    lines, rows, rejected : int
        So far, those of earlier runs into the same folder among them.
    lines_now : int
        Lines of this run.
    seconds : float
        Since its first line was given out.
    share_done : float
        How much of the input's bytes has been read, from 0 to 1.
    share_before : float
        How much had been when this run began.
    """

    lines: int
    rows: int
    rejected: int
    lines_now: int
    seconds: float
    share_done: float
    share_before: float

    @property
    def lines_per_second(self) -> float:
        """Rate of this run."""
        return self.lines_now / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """By the bytes that are still to be read; None at the beginning."""
        done = self.share_done - self.share_before
        return self.seconds * (1 - self.share_done) / done if done > 0 else None


@dataclass(frozen=True)
class ScreenResult:
    """What a run has left behind.

    Attributes
    ----------
    folder : Folder
    manifest : Manifest
    options : ScreenOptions
        With the columns that were carried along.
    lines_before : int
        Lines that earlier runs had done.
    seconds : float
        That this run took.
    """

    folder: Folder
    manifest: Manifest
    options: ScreenOptions
    lines_before: int
    seconds: float


def screen(
    sources: Sequence[str],
    out: str,
    kb: KnowledgeBase,
    options: ScreenOptions | None = None,
    *,
    workers: int = 1,
    hire: Hire | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ScreenResult:
    r"""Screen files into a folder; go on where an earlier run into it ended.

    Parameters
    ----------
    sources : sequence of str
        Paths, or addresses that fsspec knows, read in this order.
    out : str
        Folder, made where it isn't there.
    kb : KnowledgeBase
    options : ScreenOptions, optional
    workers : int
        Processes that do the chemistry; 0 for this process alone, where a line that hangs or crashes stops all.
    hire : callable, optional
        Makes another crew than that of ``workers``, such as one of a cluster.
    progress : callable, optional
        Told after each chunk.

    Returns
    -------
    ScreenResult

    Raises
    ------
    InputError
        If a file can't be read, or has no column of structures.
    UsageError
        If options can't be meant, another run is writing into the folder, or it was begun from something else.
    NoRoomError
        If the disk is full; what was written is whole.
    WorkersEndedError
        If the processes end again and again.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import ligandkb as lk
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "list.smi").write_text("OC(=O)CF toxic\nCCCCN\nC1CC open\n")
    ...     found = screen([f"{folder}/list.smi"], f"{folder}/out", lk.load())
    ...     found.manifest.lines, found.manifest.rows, found.manifest.rejected
    (3, 2, 1)
    """
    if not sources:
        raise UsageError("there is nothing to screen: name a file")
    options = with_columns_found(sources, options or ScreenOptions())
    # Rows don't depend on what this machine has computed: they are the same on every one.
    kb = replace(kb, computed=kb.computed.without_cache())
    # Says at once what is wrong with the options, or not installed.
    schema_of(screener_from(kb, options).kinds)
    started = time.monotonic()
    folder = folder_at(out)
    with folder.held() as is_alone:
        now = begun(sources, options, kb.content)
        before = read_manifest(folder)
        if before is not None:
            refuse_differences(folder, before, now)
        manifest = before or now
        if before is None:
            manifest.write(folder)
        if not manifest.is_complete:
            if is_alone:  # into a folder that is complete others may write its best, without a lock
                remove_unfinished(folder)
            hired = (hire or crew_of(workers))(kb, options)
            manifest = _Run(Stream(sources, options), folder, options, manifest, progress).written_by(hired)
            gather_rejected(folder, manifest.parts)
            manifest = replace(manifest, is_complete=True)
            manifest.write(folder)
        for part in manifest.parts:
            if part.rejected_file:
                folder.remove(part.rejected_file)
    lines_before = before.lines if before else 0
    return ScreenResult(folder, manifest, options, lines_before, time.monotonic() - started)


def crew_of(workers: int) -> Hire:
    """Crews of so many processes of this machine; 0 for this process alone."""
    if workers < 0:
        raise UsageError(f"{workers} workers: give 1 or more, or 0 to work in this process alone")
    return lambda kb, options: Crew(kb, options, workers) if workers else Alone(kb, options)


class Alone:
    """No crew: this process works alone, and a line that hangs or crashes stops all."""

    def __init__(self, kb: KnowledgeBase, options: ScreenOptions) -> None:
        self._screener = screener_from(kb, options)

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def screen(self, chunks: Iterable[Sequence[Line]]) -> Iterator[Chunk]:
        """Screen chunks, in their order."""
        for chunk in chunks:
            yield screen_with(self._screener, chunk)
            forget()  # as a worker does: memory stays as it is, however many lines there are


class _Run:
    """One run over the lines that are still to be done."""

    def __init__(
        self,
        stream: Stream,
        folder: Folder,
        options: ScreenOptions,
        manifest: Manifest,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self.stream, self.folder, self.options, self.manifest = stream, folder, options, manifest
        self.progress = progress
        self.spans: deque[tuple[int, int]] = deque()
        self.share_before = 0.0
        self.started = time.monotonic()
        self.lines_now = 0

    def written_by(self, hired: AbstractContextManager[Screens]) -> Manifest:
        """Write the parts that lack."""
        size, held, lines = self.options.part_lines, list[Chunk](), (0, 0)
        with hired as crew:
            for chunk in crew.screen(self._chunks()):
                first, last = self.spans.popleft()
                if held and (first - 1) // size != (lines[0] - 1) // size:
                    self._write(lines, held)
                    held = []
                lines = (lines[0] if held else first, last)
                held.append(chunk)
                self._tell(held, last)
        if held:
            self._write(lines, held)
        return self.manifest

    def _chunks(self) -> Iterator[list[Line]]:
        """Chunks of the lines that are still to be done, none of which reaches over the end of a part."""
        size, begin = self.options.part_lines, self._next_line()
        chunk: list[Line] = []
        for line in self.stream:
            if line.number < begin:
                continue
            is_full = len(chunk) == self.options.chunk_lines
            if chunk and (is_full or (line.number - 1) // size != (chunk[0].number - 1) // size):
                yield self._noted(chunk)
                chunk = []
            chunk.append(line)
        if chunk:
            yield self._noted(chunk)

    def _next_line(self) -> int:
        """The first line that no part holds: parts end at whole multiples of their size."""
        size = self.options.part_lines
        return -(-self.manifest.lines // size) * size + 1

    def _noted(self, chunk: list[Line]) -> list[Line]:
        if not self.spans and not self.lines_now:
            self.share_before, self.started = self.stream.share_read, time.monotonic()
        self.spans.append((chunk[0].number, chunk[-1].number))
        self.lines_now += len(chunk)
        return chunk

    def _write(self, lines: tuple[int, int], held: Sequence[Chunk]) -> None:
        number = (lines[0] - 1) // self.options.part_lines
        part = write_part(self.folder, number, lines, held, self.options.part_format)
        self.manifest = self.manifest.with_part(part)
        self.manifest.write(self.folder)

    def _tell(self, held: Sequence[Chunk], last: int) -> None:
        if self.progress is None:
            return
        waiting = sum(last - first + 1 for first, last in self.spans)
        self.progress(
            Progress(
                last,
                self.manifest.rows + sum(chunk.rows.num_rows for chunk in held),
                self.manifest.rejected + sum(len(chunk.rejected) for chunk in held),
                self.lines_now - waiting,
                time.monotonic() - self.started,
                self.stream.share_read,
                self.share_before,
            )
        )
