"""Which lines stand in these files?

Every file is read as a stream. A line is a record: in a SMILES file the structure and, behind blanks, its name.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

LONGEST_LINE = 100_000
"""Characters of a line of text; a longer one is no list of structures."""


def read_lines(sources: Iterable[str], options: ScreenOptions) -> Iterator[Line]:  # noqa: ARG001 - tables will ask
    """Stream the lines of files, numbered from 1 over all of them.

    Parameters
    ----------
    sources : iterable of str
        Paths.
    options : ScreenOptions

    Yields
    ------
    Line

    Raises
    ------
    InputError
        If a file can't be read.
    """
    number = 0
    for source in sources:
        for smiles, name in _smiles_file(source):
            number += 1
            yield Line(number, smiles, name, "", ())


def chunks_of(lines: Iterable[Line], size: int) -> Iterator[tuple[Line, ...]]:
    """Cut a stream into chunks of so many lines."""
    stream = iter(lines)
    while chunk := tuple(islice(stream, size)):
        yield chunk


def _smiles_file(source: str) -> Iterator[tuple[str, str]]:
    opened = gzip.open if source.endswith(".gz") else open
    try:
        with opened(Path(source), "rt", encoding="utf-8") as stream:
            for text in stream:
                smiles, _, name = text.strip().partition(" ")
                if smiles:
                    yield smiles, name.strip()
    except OSError as error:
        raise InputError([Problem(source, 0, 0, "this file can't be read", str(error.strerror))]) from error
