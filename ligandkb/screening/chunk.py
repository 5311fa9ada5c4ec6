"""What comes out of one chunk of lines?

The one function that local workers, Dask and tests call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ligandkb.chemistry.composition import parse_composition
from ligandkb.loading import load
from ligandkb.problems import LigandkbError
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line, Screener
from ligandkb.screening.schema import schema_of

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Rejected:
    """A line of which nothing can be said.

    Attributes
    ----------
    line : int
        Its number in the input.
    id, smiles : str
        As they stand there.
    reason : str
        Why.
    """

    line: int
    id: str
    smiles: str
    reason: str

    @classmethod
    def of(cls, line: Line, reason: str) -> Rejected:
        """Reject a line."""
        return cls(line.number, line.id, line.smiles, reason)


@dataclass(frozen=True)
class Chunk:
    """What came out of a chunk of lines.

    Attributes
    ----------
    rows : pyarrow.Table
        In the order of the lines, one row a pair.
    rejected : tuple of Rejected
        In the order of the lines.
    """

    rows: pa.Table
    rejected: tuple[Rejected, ...]


@lru_cache(maxsize=1)
def screener_of(options: ScreenOptions) -> Screener:
    """The screener of these options, made once in a process.

    Raises
    ------
    InputError
        If data or rules have problems.
    UsageError
        If there is no such composition, column or veto.
    """
    kb = load(options.data, options.rules, options.db)
    return Screener(kb, parse_composition(options.composition), options.columns, options.allow)


def screen_chunk(
    options: ScreenOptions, lines: Sequence[Line], at: Callable[[int], None] | None = None
) -> Chunk:
    """Screen some lines in this process.

    Parameters
    ----------
    options : ScreenOptions
    lines : sequence of Line
    at : callable, optional
        Told the number of each line before it is read, and 0 before rows are made of all: who watches then knows
        which line hangs.

    Returns
    -------
    Chunk

    Raises
    ------
    InputError, UsageError
        As :func:`screener_of`; what is wrong with a line rejects it, and nothing else.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    screener = screener_of(options)
    read, rejected = [], []
    for line in lines:
        if at is not None:
            at(line.number)
        try:
            read.append(screener.read(line))
        except LigandkbError as error:
            rejected.append(Rejected.of(line, str(error)))
    if at is not None:
        at(0)
    columns = screener.rows(read)
    rows = pa.table(
        [
            pa.array(values, kind)
            for values, kind in zip(columns.values(), schema_of(columns).types, strict=True)
        ],
        schema_of(columns),
    )
    return Chunk(rows, tuple(rejected))
