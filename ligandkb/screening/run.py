"""How does a list go through, chunk by chunk?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ligandkb.screening.chunk import Chunk, screen_chunk
from ligandkb.screening.inputs import chunks_of
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line


def screen_lines(lines: Iterable[Line], options: ScreenOptions) -> Iterator[Chunk]:
    """Screen lines in this process, in their order."""
    for chunk in chunks_of(lines, options.chunk_lines):
        yield screen_chunk(options, chunk)
