"""Which binding forms are on offer more than once?

A second pass over finished parts, out of core: DuckDB aggregates and sorts on disk what exceeds its memory limit. Its
``list()`` can't leave memory, so the lists of lines are made here from rows that come sorted, one form at a time.
"""

from __future__ import annotations

import glob
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ligandkb.assessment.verdicts import Verdict
from ligandkb.export import unescape_cell
from ligandkb.problems import ExtraMissingError, UsageError, counted
from ligandkb.screening.folder import Folder, file_system, pieces
from ligandkb.screening.manifest import Manifest

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa

NAME = "duplicates.parquet"
"""Where the duplicates of a screened folder are written."""
FORM = "binding_form_smiles"
NEEDED = ("line", "id", FORM, "counter_ion")
"""Columns without which nothing can be found."""
_OF_FORM = (FORM, "binding_form", "ligand_class")
_LISTED = {"line": "lines", "id": "ids", "smiles": "smiles", "verdict": "verdicts"}
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
        The file; blank where nothing was screened.
    """

    forms: int
    repeated: int
    offers: int
    path: str

    def __str__(self) -> str:
        """Say it in one line.

        Examples
        --------
        >>> print(Duplicates(412_000, 2_100, 4_400, "out/duplicates.parquet"))
        412,000 binding forms on offer, 2,100 of them in several lines (4,400 in all): out/duplicates.parquet
        >>> print(Duplicates(0, 0, 0, ""))
        no binding form is on offer
        """
        if not self.forms:
            return "no binding form is on offer" + (f": {self.path}" if self.path else "")
        several = (
            f"{self.repeated:,} of them in several lines ({self.offers:,} in all)" if self.repeated else ""
        )
        return f"{counted(self.forms, 'binding form')} on offer, {several or 'each in one line'}: {self.path}"


def find_duplicates(folder: Folder, manifest: Manifest, *, memory_mb: int = _MEMORY_MB) -> Duplicates:
    r"""Write each binding form that several lines of a finished screen offer once, with all its lines.

    What brings an ion only as the counter-ion of something else (``counter_ion``), such as the trifluoroacetate of an
    amine, is no offer of that ion and isn't counted.

    Parameters
    ----------
    folder : Folder
        Gets ``duplicates.parquet``, in the order of each form's first line: ``binding_form_smiles``, ``binding_form``,
        ``ligand_class``, ``offers`` (number of lines), then lists in the order of lines: ``lines``, ``ids``,
        ``smiles`` (as bought), ``verdicts`` (``vetoed`` where any pair of the line is) and what was carried along, such
        as prices.
    manifest : Manifest
        Of that folder.
    memory_mb : int
        Limit of DuckDB's memory, in MB; it spills to a temporary folder beyond. What one form needs comes on top.

    Returns
    -------
    Duplicates

    Raises
    ------
    UsageError
        If the screen isn't finished, a column is missing, as after ``--columns`` without it, or a part can't be read.
    ExtraMissingError
        Without the extra ``[screen]``.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import ligandkb as lk
    >>> from ligandkb.screening.run import screen
    >>> with tempfile.TemporaryDirectory() as out:
    ...     _ = Path(out, "list.smi").write_text("CC(=O)O A\nCCCCN B\nCC(=O)[O-].[Na+] C\n")
    ...     done = screen([f"{out}/list.smi"], f"{out}/out", lk.load())
    ...     found = find_duplicates(done.folder, done.manifest)
    ...     found.forms, found.repeated, found.offers
    (2, 1, 2)
    """
    try:
        import duckdb  # noqa: PLC0415 - ranking has no use for these
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError(error.name or "duckdb", "screen") from error
    if not manifest.is_complete:
        raise UsageError(f"{folder.name} isn't finished: give the same command again, and it goes on")
    # DuckDB takes a path for a pattern: in a folder named a*b it would read those of others, too.
    parts = [glob.escape(folder.path(part.file)) for part in manifest.parts]
    if not parts:
        return Duplicates(0, 0, 0, "")
    with (
        tempfile.TemporaryDirectory(prefix="ligandkb-") as spill,
        duckdb.connect(config=_limits(spill, memory_mb)) as db,
    ):
        if "://" in folder.name:
            db.register_filesystem(file_system(folder.name)[0])
        written = Path(spill, NAME)
        try:
            listed = _read(db, parts, manifest.options["carry"])
            counts = _count(db)
            rows = db.sql(_REPEATED).to_arrow_reader(_ROWS_A_BATCH)
            tables = _one_row_a_form(rows, listed, escaped=parts[0].endswith(".csv"))
            first = next(tables)
            with pq.ParquetWriter(written, first.schema, compression="zstd") as writer:
                writer.write_table(first)
                for table in tables:
                    writer.write_table(table)
        except duckdb.Error as error:
            raise UsageError(f"duplicates can't be found: {error}") from error
        with written.open("rb") as file:
            folder.write(NAME, pieces(file))
    return Duplicates(*counts, folder.path(NAME))


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
    # A view takes no parameters, so the names of the files are kept in a variable.
    db.execute("set variable parts = ?", [list(parts)]).fetchall()
    dialect = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
    files = f"read_csv(getvariable('parts'), {dialect})"
    if parts[0].endswith(".parquet"):
        files = "read_parquet(getvariable('parts'), hive_partitioning = false)"
    there = [name for name, *_ in db.sql(f"describe select * from {files}").fetchall()]
    lacking = [name for name in NEEDED if name not in there]
    if lacking:
        raise UsageError(f"duplicates need {', '.join(lacking)}: leave out --columns, or name these, too")
    of_form = [name for name in _OF_FORM if name in there]
    listed = {name: heading for name, heading in _LISTED.items() if name in there}
    taken = {*of_form, "offers", *listed.values()}
    for name in carried:
        if name in there and name not in listed:
            listed[name] = f"{name} (carried)" if name in taken else name
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in (*of_form, *listed) if name != "line")
    vetoed = f"verdict = '{Verdict.VETOED}'" if "verdict" in there else "false"
    db.sql(
        # Counting needs no texts: 128 bits of a form tell it from any other, and spare most of the memory.
        f"create view offer as select md5_number({FORM}) as key, cast(line as bigint) as line, "
        f"{vetoed} as vetoed, {names} from {files} "
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
    select * exclude (key, vetoed) from offer join
    (select key, min(line) as first from offer group by key having min(line) < max(line)) using (key)
    order by first, {FORM}, line, vetoed desc
"""
"""Of what a line offers with several partners the first row is kept: the one that is vetoed."""


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
