"""How does a Parquet file become records?"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any

from ligandkb.problems import ExtraMissingError, InputError, Problem
from ligandkb.screening.headings import Wanted
from ligandkb.screening.records import Record
from ligandkb.screening.schema import EXTRA

_ROWS_AT_ONCE = 2_000


def parquet_records(raw: IO[bytes], wanted: Wanted, file: str) -> Iterator[Record | None]:
    """Records of a Parquet file; only the columns that are asked for are read.

    Parameters
    ----------
    raw : binary stream
        One that can't go back, such as what comes out of gzip, is laid on the disk first.
    wanted : Wanted
    file : str
        For messages.

    Yields
    ------
    Record or None
        None for a row without a structure and without anything else.

    Raises
    ------
    InputError
        If it isn't a Parquet file, or has no column of structures.
    ExtraMissingError
        Without the extra ``[screen]``.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - only a screen reads Parquet
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("pyarrow", EXTRA) from error
    with ExitStack() as stack:
        if hasattr(raw, "mtime"):  # gzip: going back would read all from the beginning
            laid = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(raw, laid)
            laid.seek(0)
            raw = laid
        try:
            table = pq.ParquetFile(raw)
        except pa.ArrowInvalid as error:
            what = f"this is no Parquet file: {error}"
            raise InputError([Problem(file, 0, 0, what, "check the file, or get it anew")]) from error
        names = table.schema_arrow.names
        places = wanted.places(names, file)
        read = [places.smiles, places.id, places.cas, *places.carried]
        asked = list(dict.fromkeys(names[place] for place in read if place is not None))
        for batch in table.iter_batches(_ROWS_AT_ONCE, columns=asked):
            # Of columns of one name, all are read; the first is meant, as in a table of text.
            cells = {name: batch.column(batch.schema.names.index(name)).to_pylist() for name in asked}
            blank = [None] * batch.num_rows
            columns = [blank if place is None else cells[names[place]] for place in read]
            for row in zip(*columns, strict=True):
                smiles, called, cas, *carried = map(_text, row)
                yield (
                    Record(smiles, called, cas, tuple(carried))
                    if any((smiles, called, cas, *carried))
                    else None
                )


def _text(value: Any) -> str:
    if isinstance(value, bytes):  # older writers don't say that it is text
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and math.isnan(value):  # not every writer leaves it out
        return ""
    return "" if value is None else str(value)
