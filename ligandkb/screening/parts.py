"""How are rows written, part by part?"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING

from ligandkb.export import write_table
from ligandkb.screening.chunk import Chunk, Rejected
from ligandkb.screening.folder import Folder, pieces
from ligandkb.screening.manifest import Part
from ligandkb.screening.options import PartFormat
from ligandkb.screening.rows import CAS_IN_LIST
from ligandkb.tables import cas_numbers_in

if TYPE_CHECKING:
    import pyarrow as pa

REJECTED = "rejected.csv"
REJECTED_COLUMNS = ("line", "id", "smiles", "reason")
_ROWS_AT_ONCE = 1_000
_ROWS_A_GROUP = 5_000
"""Of a Parquet file: encoding a whole part at once takes three times its memory."""
_DIGIT = re.compile("[0-9]")


def write_part(
    folder: Folder, number: int, lines: tuple[int, int], chunks: Sequence[Chunk], part_format: PartFormat
) -> Part:
    """Write one part.

    Parameters
    ----------
    folder : Folder
    number : int
        From 0.
    lines : (int, int)
        First and last line of the input that it holds.
    chunks : sequence of Chunk
        What came out of these.
    part_format : str
        ``parquet`` or ``csv``.

    Returns
    -------
    Part

    Raises
    ------
    NoRoomError
        If the disk is full.
    UsageError
        If it can't be written.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet

    rows = pa.concat_tables([chunk.rows for chunk in chunks])
    rejected = [one for chunk in chunks for one in chunk.rejected]
    name = f"part-{number:05}.{part_format}"
    content = _parquet(rows) if part_format == "parquet" else _csv(rows)
    folder.write(name, content)
    rejected_name = f"rejected-{number:05}.csv" if rejected else ""
    if rejected:
        folder.write(rejected_name, _rejected_csv(rejected))
    digest = hashlib.sha256(content).hexdigest()
    return Part(name, digest, *lines, rows.num_rows, len(rejected), rejected_name, _wrong_numbers(rows))


def gather_rejected(folder: Folder, parts: Iterable[Part]) -> None:
    """Write the rejected lines of all parts into one file, however many there are."""
    folder.write(REJECTED, _gathered(folder, [part.rejected_file for part in parts if part.rejected_file]))


def _gathered(folder: Folder, names: Sequence[str]) -> Iterator[bytes]:
    yield _rejected_csv([])
    for name in names:
        with folder.open(name) as stream:
            stream.readline()
            yield from pieces(stream)


def _wrong_numbers(rows: pa.Table) -> int:
    """Lines whose cell for CAS numbers has digits, and none that are right."""
    import pyarrow.compute as pc  # noqa: PLC0415

    if CAS_IN_LIST not in rows.column_names:
        return 0
    given = rows.select(("line", CAS_IN_LIST)).filter(pc.is_valid(rows[CAS_IN_LIST])).to_pydict()
    numbers = zip(given["line"], given[CAS_IN_LIST], strict=True)
    return len({line for line, text in numbers if _DIGIT.search(text) and not cas_numbers_in(text)})


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd", row_group_size=_ROWS_A_GROUP)
    return bytes(sink.getvalue())


def _csv(rows: pa.Table) -> bytes:
    text = io.StringIO(newline="")
    write_table(text, rows.column_names, _cells(rows))
    return text.getvalue().encode()


def _cells(rows: pa.Table) -> Iterator[Sequence[object]]:
    for batch in rows.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _rejected_csv(rejected: Iterable[Rejected]) -> bytes:
    text = io.StringIO(newline="")
    write_table(text, REJECTED_COLUMNS, map(astuple, rejected))
    return text.getvalue().encode()
