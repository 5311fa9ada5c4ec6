"""Which binding forms are on offer more than once?

A second pass over finished parts, out of core: DuckDB aggregates and sorts on disk what exceeds its memory limit. Its
``list()`` can't leave memory, so the lists of lines are made here from rows that come sorted, one form at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ligandkb.export import unescape_cell
from ligandkb.problems import ExtraMissingError, UsageError

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa
    from fsspec import AbstractFileSystem

NAME = "duplicates.parquet"
"""Where the duplicates of a screened folder are written."""
FORM = "binding_form_smiles"
_OF_FORM = (FORM, "binding_form", "ligand_class")
_LISTED = {"line": "lines", "id": "ids", "smiles": "smiles"}
"""What differs between offers of one form: column of a row, and the list that holds it."""
_MEMORY_MB = 256
_ROWS_A_BATCH = 20_000


@dataclass(frozen=True)
class Duplicates:
    """What the second pass counted.

    Attributes
    ----------
    forms : int
        Distinct binding forms on offer.
    repeated : int
        Those that more than one line offers: rows of the file.
    offers : int
        Lines that offer one of these, once for each form.
    path : str
        The file.
    """

    forms: int
    repeated: int
    offers: int
    path: str


def find_duplicates(
    parts: Sequence[str],
    path: str,
    *,
    carried: Sequence[str] = (),
    filesystem: AbstractFileSystem | None = None,
    memory_mb: int = _MEMORY_MB,
) -> Duplicates:
    r"""Write each binding form that several lines offer once, with all its lines.

    What brings an ion only as the counter-ion of something else (``counter_ion``), such as the trifluoroacetate of an
    amine, is no offer of that ion and isn't counted.

    Parameters
    ----------
    parts : sequence of str
        Parquet or CSV files of one screening.
    path : str
        Parquet file to write, in the order of each form's first line: ``binding_form_smiles``, ``binding_form``,
        ``ligand_class``, ``offers`` (number of lines), then lists in the order of lines: ``lines``, ``ids``,
        ``smiles`` (as bought) and what was carried along.
    carried : sequence of str
        Columns of the input that were carried along, such as prices.
    filesystem : fsspec file system, optional
        Where ``parts`` and ``path`` lie; the local disk by default.
    memory_mb : int
        Limit of DuckDB's memory, in MB; it spills to a temporary folder beyond. What one form needs comes on top.

    Returns
    -------
    Duplicates

    Raises
    ------
    UsageError
        If a column is missing, as after ``--columns`` without it, or a part can't be read.
    ExtraMissingError
        Without the extra ``[screen]``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> part = "line,id,smiles,binding_form_smiles,binding_form,ligand_class,counter_ion\n"
    >>> part += "1,A,CC(=O)O,CC(=O)[O-],acetate,X,False\n2,B,CN,CN,methylamine,L,False\n"
    >>> part += "3,C,CC(=O)[O-].[Na+],CC(=O)[O-],acetate,X,False\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "part-00000.csv"
    ...     _ = file.write_text(part)
    ...     found = find_duplicates([str(file)], f"{folder}/duplicates.parquet")
    ...     found.forms, found.repeated, found.offers
    (2, 1, 2)
    """
    try:
        import duckdb  # noqa: PLC0415 - ranking has no use for these
        import fsspec  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError(error.name or "duckdb", "screen") from error
    disk = filesystem or fsspec.filesystem("file")
    unfinished = f"{path}.unfinished"
    with (
        tempfile.TemporaryDirectory(prefix="ligandkb-") as spill,
        duckdb.connect(config=_limits(spill, memory_mb)) as db,
    ):
        if filesystem is not None:
            db.register_filesystem(filesystem)
        try:
            listed = _read(db, parts, carried)
            counts = _count(db)
            rows = db.sql(_REPEATED).to_arrow_reader(_ROWS_A_BATCH)
            tables = _one_row_a_form(rows, listed, escaped=parts[0].endswith(".csv"))
            first = next(tables)
            with (
                disk.open(unfinished, "wb") as file,
                pq.ParquetWriter(file, first.schema, compression="zstd") as writer,
            ):
                writer.write_table(first)
                for table in tables:
                    writer.write_table(table)
        except duckdb.Error as error:
            raise UsageError(f"duplicates can't be found: {error}") from error
    disk.mv(unfinished, path)
    return Duplicates(*counts, path)


def _limits(spill: str, memory_mb: int) -> dict[str, Any]:
    return {
        "memory_limit": f"{memory_mb}MB",
        "temp_directory": spill,
        "threads": 1,
        # Order is stated where it matters; keeping it elsewhere holds rows in memory.
        "preserve_insertion_order": False,
        "enable_external_file_cache": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }


def _read(db: duckdb.DuckDBPyConnection, parts: Sequence[str], carried: Sequence[str]) -> dict[str, str]:
    """Make a view ``offer`` of the rows that are on offer; its columns that differ between lines, as in ``_LISTED``."""
    if not parts:
        raise UsageError("there is no part to find duplicates in: screen something first")
    # A view takes no parameters, so the names of the files are kept in a variable.
    db.execute("set variable parts = ?", [list(parts)]).fetchall()
    dialect = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
    files = f"read_csv(getvariable('parts'), {dialect})"
    if parts[0].endswith(".parquet"):
        files = "read_parquet(getvariable('parts'), hive_partitioning = false)"
    there = [name for name, *_ in db.sql(f"describe select * from {files}").fetchall()]
    lacking = [name for name in ("line", "id", FORM, "counter_ion") if name not in there]
    if lacking:
        raise UsageError(f"duplicates need {', '.join(lacking)}: leave out --columns, or name these, too")
    of_form = [name for name in _OF_FORM if name in there]
    listed = {name: heading for name, heading in _LISTED.items() if name in there}
    taken = {*of_form, "offers", *listed.values()}
    for name in carried:
        if name in there and name not in listed:
            listed[name] = f"{name} (carried)" if name in taken else name
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in (*of_form, *listed) if name != "line")
    db.sql(
        # Counting needs no texts: 128 bits of a form tell it from any other, and spare most of the memory.
        f"create view offer as select md5_number({FORM}) as key, cast(line as bigint) as line, {names} from {files} "
        f"where coalesce({FORM}, '') <> '' and not coalesce(cast(counter_ion as boolean), false)"
    )
    return listed


def _count(db: duckdb.DuckDBPyConnection) -> tuple[int, int, int]:
    """Forms on offer, forms that several lines offer, and how many lines those have."""
    (counted,) = db.sql(
        "select count(*), count(*) filter (lines > 1), coalesce(sum(lines) filter (lines > 1), 0) from "
        "(select count(*) as lines from (select distinct key, line from offer) group by key)"
    ).fetchall()
    forms, repeated, offers = counted
    return int(forms), int(repeated), int(offers)


_REPEATED = f"""
    select * exclude (key) from offer join
    (select key, min(line) as first from offer group by key having min(line) < max(line)) using (key)
    order by first, {FORM}, line
"""


def _one_row_a_form(
    offers: pa.RecordBatchReader, listed: Mapping[str, str], *, escaped: bool
) -> Iterator[pa.Table]:
    """Lists of what each form's lines say, from rows that come form by form and line by line."""
    import pyarrow as pa  # noqa: PLC0415

    unfinished: list[pa.Table] = [offers.schema.empty_table()]
    for batch in offers:
        rows = pa.table(batch)
        form = rows[FORM][-1]
        begins = rows[FORM].index(form).as_py()
        if begins or (len(unfinished[-1]) and unfinished[-1][FORM][-1] != form):
            yield _grouped(pa.concat_tables([*unfinished, rows.slice(0, begins)]), listed, escaped)
            unfinished = []
        unfinished.append(rows.slice(begins))
    yield _grouped(pa.concat_tables(unfinished), listed, escaped)


def _grouped(rows: pa.Table, listed: Mapping[str, str], escaped: bool) -> pa.Table:
    """Whole forms, one a row; a line that offers a form with several partners is counted once."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    rows = rows.filter(pa.array(_is_new(rows[FORM]) | _is_new(rows["line"])))
    starts = np.flatnonzero(_is_new(rows[FORM]))
    offsets = pa.array(np.append(starts, len(rows)), pa.int32())

    def of(name: str) -> pa.Array:
        column = rows[name].combine_chunks()
        if escaped and pa.types.is_string(column.type):
            return pa.array(
                (None if text is None else unescape_cell(text) for text in column.to_pylist()), pa.string()
            )
        return column

    columns = {name: of(name).take(pa.array(starts)) for name in _OF_FORM if name in rows.column_names}
    columns["offers"] = pa.array(np.diff(np.append(starts, len(rows))), pa.int64())
    columns |= {heading: pa.ListArray.from_arrays(offsets, of(name)) for name, heading in listed.items()}
    return pa.table(columns)


def _is_new(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    """Where a value differs from the one before it; the first always does."""
    import numpy as np  # noqa: PLC0415

    values = column.to_numpy()
    return np.concatenate((np.full(min(len(values), 1), True), values[1:] != values[:-1]))
