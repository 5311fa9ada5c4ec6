"""Where are the best rows of a screen, once they were found?

They are found in the parts, whatever these are written as, and kept beside them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import IO, TYPE_CHECKING

from ligandkb.export import unescape_cell
from ligandkb.problems import UsageError
from ligandkb.screening.best import KEPT_OUT_BY, NEEDED, Best, BestRow, KeptOut, best, lines_kept_out
from ligandkb.screening.folder import Folder
from ligandkb.screening.manifest import Manifest
from ligandkb.screening.rows import CAS_IN_LIST

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "top.parquet"
"""Where the best rows of a folder are kept."""
COUNT = 200
"""Binding forms that are kept where nobody asks for another number."""
_ABOUT = b"ligandkb"
_SAID = ("band", "band_rows", "lines", "offered")
"""What a kept row has besides the cells of the parts: its band, how many rows of the list share it, how many lines
offer its form, and the first of these."""
_ROWS_AT_A_TIME = 2_000
"""Whole rows have many columns: so many are a few MB."""
_NUMBERS = ("score", "score_low", "score_high")
_INTEGERS = ("line", "tier", "order_in_band")
_FLAGS = ("counter_ion",)


def keep_best(folder: Folder, manifest: Manifest, count: int = COUNT) -> Best:
    """Find the best rows of a finished screen, and keep them in its folder.

    Parameters
    ----------
    folder : Folder
    manifest : Manifest
        Of that folder.
    count : int
        Binding forms.

    Returns
    -------
    Best

    Raises
    ------
    UsageError
        If the screen isn't finished, or its parts lack columns that the order needs.
    """
    if not manifest.is_complete:
        raise UsageError(
            f"{folder.name} isn't finished: the same command goes on from line {manifest.lines + 1:,}"
        )
    parts = Parts(folder, manifest)
    columns = parts.columns
    # Whoever chose columns before there was this one chose all.
    needed = NEEDED if manifest.options["columns"] is None else (*NEEDED, CAS_IN_LIST)
    if lacking := [name for name in needed if columns and name not in columns]:
        raise UsageError(
            f"the best can't be told without {', '.join(lacking)}: leave out --columns, or name these, too"
        )
    carried = tuple(manifest.options["carry"])
    found = best(parts, count, columns or NEEDED, carried)
    write_best(folder, found, count)
    return found


def kept_out_of(folder: Folder, manifest: Manifest) -> tuple[KeptOut, KeptOut] | None:
    """Lines of a screen that are vetoed, and those that are suspected to be so, where nobody asked for the best.

    Parameters
    ----------
    folder : Folder
    manifest : Manifest
        Of that folder.

    Returns
    -------
    vetoed, suspected : KeptOut
        None where the parts lack the columns that tell.

    Raises
    ------
    UsageError
        If a part can't be read.
    """
    columns = manifest.options["columns"]
    if columns is not None and not set(KEPT_OUT_BY) <= set(columns):
        return None
    parts = Parts(folder, manifest)
    return lines_kept_out(parts, parts.columns)


def write_best(folder: Folder, found: Best, count: int) -> None:
    """Keep best rows in a folder; so many were asked for."""
    folder.write(NAME, _kept(found, count))


def read_best(folder: Folder) -> tuple[Best, int] | None:
    """What :func:`keep_best` kept in a folder, and how many were asked for; None where that can't be read."""
    if NAME not in folder.names():
        return None
    with folder.open(NAME) as stream:
        content = stream.read()
    try:
        return _read(content)
    # Somebody else's, or cut off: it is made anew. Arrow's own errors are some of these.
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _read(content: bytes) -> tuple[Best, int]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only who screens has it

    table = pq.read_table(io.BytesIO(content))
    about = json.loads(table.schema.metadata[_ABOUT])
    rows = tuple(
        BestRow(
            cells["band"],
            {name: value for name, value in cells.items() if name not in _SAID},
            tuple(json.loads(cells["offered"])),
            cells["lines"],
        )
        for cells in table.to_pylist()
    )
    sizes = {int(band): size for band, size in about["band_sizes"].items()}
    kept_out = [
        KeptOut(about[name]["lines"], tuple(about[name]["first"])) for name in ("vetoed", "suspected")
    ]
    return Best(rows, sizes, about["verdicts"], about["left_out"], *kept_out), about["count"]


class Parts:
    """Rows of all parts of a screen, part by part.

    Parameters
    ----------
    folder : Folder
    manifest : Manifest
    """

    def __init__(self, folder: Folder, manifest: Manifest) -> None:
        self._folder, self._files = folder, [part.file for part in manifest.parts]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; none where there are no parts."""
        return next((tuple(table.column_names) for table in self._tables(self._files, None)), ())

    def __call__(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Read some columns, see :data:`~ligandkb.screening.best.Scan`."""
        return self._tables(self._files, list(columns))

    def _tables(self, files: Iterable[str], columns: list[str] | None) -> Iterator[pa.Table]:
        for file in files:
            try:
                with self._folder.open(file) as stream:
                    yield from (_csv if file.endswith(".csv") else _parquet)(stream, columns)
            except (OSError, ValueError) as error:  # pyarrow's own errors are some of these
                raise UsageError(
                    f"{self._folder.path(file)} is gone, or isn't what was written: put it back, or screen the list "
                    "anew into another folder"
                ) from error


def _parquet(stream: IO[bytes], columns: list[str] | None) -> Iterator[pa.Table]:
    import pyarrow as pa  # noqa: PLC0415 - only who screens has it
    import pyarrow.parquet as pq  # noqa: PLC0415

    for batch in pq.ParquetFile(stream).iter_batches(batch_size=_ROWS_AT_A_TIME, columns=columns):
        yield pa.Table.from_batches([batch])


def _csv(stream: IO[bytes], columns: list[str] | None) -> Iterator[pa.Table]:
    """Rows of a part that is CSV: what isn't known to be a number or a flag is text, whatever it looks like."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.csv as pcsv  # noqa: PLC0415

    content = stream.read()
    names = next(csv.reader(io.StringIO(content.decode("utf-8"))))
    kinds = dict.fromkeys(names, pa.string()) | dict.fromkeys(_NUMBERS, pa.float64())
    kinds |= dict.fromkeys(_INTEGERS, pa.int64()) | dict.fromkeys(_FLAGS, pa.bool_())
    convert = pcsv.ConvertOptions(
        column_types=kinds,
        include_columns=columns,
        null_values=[""],
        true_values=["True"],
        false_values=["False"],
        strings_can_be_null=True,
    )
    for batch in pcsv.open_csv(io.BytesIO(content), convert_options=convert):
        table = pa.Table.from_batches([batch])
        yield pa.table({name: _unescaped(table[name]) for name in table.column_names})


def _unescaped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if column.type != pa.string() or not pc.any(pc.starts_with(column, "'")).as_py():
        return column
    cells = column.to_pylist()
    return pa.chunked_array([[None if cell is None else unescape_cell(cell) for cell in cells]], pa.string())


def _kept(found: Best, count: int) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - only who screens has it
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = [
        {
            "band": row.band,
            "band_rows": found.band_sizes[row.band],
            "lines": row.lines,
            "offered": json.dumps(row.offered),
            **row.cells,
        }
        for row in found.rows
    ]
    about = {
        "count": count,
        "verdicts": found.verdicts,
        "left_out": found.left_out,
        "band_sizes": found.band_sizes,
        "vetoed": asdict(found.vetoed),
        "suspected": asdict(found.suspected),
    }
    table = (
        pa.Table.from_pylist(rows) if rows else pa.table({name: pa.array([], pa.string()) for name in _SAID})
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table.replace_schema_metadata({_ABOUT: json.dumps(about)}), sink, compression="zstd")
    return bytes(sink.getvalue())
