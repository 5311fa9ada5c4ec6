"""What comes out of one chunk of lines?

The one function that this process alone, local workers and those of Dask call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import LigandkbError
from ligandkb.screening.molfiles import smiles_of
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line, ReadLine, Screener
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
        """Reject a line; a molfile isn't shown."""
        return cls(
            line.number, line.id, "" if "\n" in line.smiles else line.smiles, reason.replace("\n", "; ")
        )


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


def _told_to_nobody(line: int) -> None:
    del line


def screener_from(kb: KnowledgeBase, options: ScreenOptions) -> Screener:
    """The screener of a knowledge base that is at hand.

    Raises
    ------
    UsageError
        If there is no such composition, column or veto.
    """
    return Screener(kb, options.composition, options.columns, options.allow, options.carry or ())


def screen_with(
    screener: Screener,
    lines: Sequence[Line],
    at: Callable[[int], None] = _told_to_nobody,
    given_up: Mapping[int, str] = MappingProxyType({}),
    *,
    singly: bool = False,
) -> Chunk:
    """Screen some lines.

    Parameters
    ----------
    screener : Screener
    lines : sequence of Line
    at : callable
        Told the number of each line before it is read, and 0 before rows are made of all: who watches then knows
        which line hangs.
    given_up : mapping of int to str
        Lines that are rejected unread, with the reason.
    singly : bool
        Make the rows of each line before the next is read.

    Returns
    -------
    Chunk
    """
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    if not singly:
        read, rejected = _read(screener, lines, at, given_up)
        at(0)
        try:
            return Chunk(_table(screener, read), tuple(rejected))
        except Exception:  # no line is known to be to blame: each is done by itself
            pass
    tables, rejected = [_table(screener, [])], []
    for line in lines:
        read, refused = _read(screener, [line], at, given_up)
        rejected += refused
        try:
            tables.append(_table(screener, read))
        except Exception as error:
            rejected.append(Rejected.of(line, _unexpected(error)))
    # In one piece, as any other chunk: how a part is cut into pages hangs on the pieces.
    return Chunk(pa.concat_tables(tables).combine_chunks(), tuple(rejected))


def _read(
    screener: Screener, lines: Sequence[Line], at: Callable[[int], None], given_up: Mapping[int, str]
) -> tuple[list[ReadLine], list[Rejected]]:
    read, rejected = [], []
    for line in lines:
        if line.number in given_up:
            rejected.append(Rejected.of(line, given_up[line.number]))
            continue
        at(line.number)
        try:
            read.append(screener.read(_with_smiles(line)))
        except LigandkbError as error:
            rejected.append(Rejected.of(line, str(error)))
        except Exception as error:  # whatever a library raises is a reason: one line never stops the rest
            rejected.append(Rejected.of(line, _unexpected(error)))
    return read, rejected


def _with_smiles(line: Line) -> Line:
    """A line whose structure came as a molfile, of which only those have several lines, with its SMILES."""
    return replace(line, smiles=smiles_of(line.smiles)) if "\n" in line.smiles else line


def _table(screener: Screener, read: Sequence[ReadLine]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    schema = schema_of(screener.kinds)
    columns = screener.rows(read)
    return pa.table([pa.array(columns[field.name], field.type) for field in schema], schema=schema)


def _unexpected(error: Exception) -> str:
    return f"unexpected {type(error).__name__}: {error}"[:500]
