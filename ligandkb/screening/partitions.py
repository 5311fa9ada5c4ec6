"""How is what somebody already holds in Dask screened where it lies?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import ExtraMissingError, UsageError
from ligandkb.screening.beside import Brief, screen_guarded
from ligandkb.screening.chunk import Chunk, screener_from
from ligandkb.screening.headings import Places, wanted_of
from ligandkb.screening.inputs import chunks_of, line_of, with_carried
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.parts import REJECTED_COLUMNS
from ligandkb.screening.records import Record
from ligandkb.screening.schema import schema_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from dask.bag import Bag
    from dask.dataframe import DataFrame
    from dask.delayed import Delayed

_FILE = "the collection"


class Screened(NamedTuple):
    """Two collections of Dask that come out of one screen; compute them together, ``dask.compute(*screened)``.

    Attributes
    ----------
    rows : dask.dataframe.DataFrame
        One row a pair, with the columns of a part.
    rejected : dask.dataframe.DataFrame
        ``line``, ``id``, ``smiles``, ``reason`` of each line without rows.
    """

    rows: DataFrame
    rejected: DataFrame


def screen_partitions(
    collection: DataFrame | Bag,
    kb: KnowledgeBase,
    options: ScreenOptions | None = None,
    *,
    lengths: Sequence[int] | None = None,
) -> Screened:
    """Screen the partitions of a Dask collection, by whichever scheduler computes them.

    Every partition goes through the guard of a local screen: a line that hangs or crashes costs itself alone.

    Parameters
    ----------
    collection : dask.dataframe.DataFrame or dask.bag.Bag
        A frame with a column of structures, found by its heading as in a file; or a bag of texts, each a SMILES and,
        behind a blank, its name, or of mappings from heading to cell.
    kb : KnowledgeBase
        Sent to the workers.
    options : ScreenOptions, optional
        How lines are read and which columns are wanted; what it says of parts isn't asked.
    lengths : sequence of int, optional
        Lines in each partition, so that lines are numbered through. By default they are counted, which computes the
        collection once.

    Returns
    -------
    Screened

    Raises
    ------
    InputError
        If a frame has no column of structures, or none that was named.
    UsageError
        If it is no such collection, or the options can't be meant.
    ExtraMissingError
        Without the extra ``[cluster]``.

    Examples
    --------
    >>> import dask
    >>> import dask.bag
    >>> import ligandkb as lk
    >>> bag = dask.bag.from_sequence(["OC(=O)CF toxic", "CCCCN amine", "C1CC open"], npartitions=2)
    >>> rows, rejected = dask.compute(*screen_partitions(bag, lk.load()), scheduler="threads", num_workers=1)
    >>> rows[["line", "id", "verdict"]].values.tolist()
    [[1, 'toxic', 'vetoed'], [2, 'amine', 'unassessed']]
    >>> rejected["line"].tolist()
    [3]
    """
    try:
        import dask.dataframe as dd  # noqa: PLC0415 - imports pandas, too
        from dask.base import compute  # noqa: PLC0415
        from dask.delayed import delayed  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError(error.name or "dask", "cluster") from error
    options = _with_columns_found(collection, options or ScreenOptions())
    kb = replace(kb, computed=kb.computed.without_cache())
    columns = schema_of(screener_from(kb, options).kinds)
    brief = delayed(Brief.of(kb, options))
    delayed_parts: Any = collection.to_delayed  # has no types
    parts = [_listed(part) for part in delayed_parts()]
    if lengths is None:
        lengths = compute(*(delayed(len)(part) for part in parts))
    if len(lengths) != len(parts):
        raise UsageError(f"{len(lengths)} lengths for {len(parts)} partitions: give one for each")
    firsts = [1 + sum(lengths[:place]) for place in range(len(parts))]
    screen = delayed(_screened, pure=True)
    chunks = [screen(brief, part, first, options) for part, first in zip(parts, firsts, strict=True)]
    return Screened(
        dd.from_delayed([delayed(_rows)(chunk) for chunk in chunks], meta=_frame(columns.empty_table())),
        dd.from_delayed(
            [delayed(_rejected)(chunk) for chunk in chunks],
            meta=_rejected(Chunk(columns.empty_table(), ())),
        ),
    )


def _listed(part: Delayed) -> Delayed:
    """A partition that can be counted and read twice: a bag's may be an iterator."""
    from dask.delayed import delayed  # noqa: PLC0415

    held: Delayed = delayed(_as_held)(part)
    return held


def _as_held(part: pd.DataFrame | Iterable[Any]) -> Any:
    return part if hasattr(part, "columns") else list(part)


def _with_columns_found(collection: DataFrame | Bag, options: ScreenOptions) -> ScreenOptions:
    """Options that name the columns to carry along, by the collection's headings."""
    wanted = wanted_of(options)
    if hasattr(collection, "columns"):
        wanted.places([str(name) for name in collection.columns], _FILE)
    elif hasattr(collection, "take"):
        first = next(iter(collection.take(1, npartitions=-1, warn=False)), "")
        if isinstance(first, str):
            return replace(options, carry=options.carry or ())
        wanted.places([str(name) for name in first], _FILE)
    else:
        raise UsageError(
            f"{type(collection).__name__} is neither a dask.dataframe nor a dask.bag: make one of it"
        )
    return with_carried(options, wanted)


def _screened(brief: Brief, part: Any, first: int, options: ScreenOptions) -> Chunk:
    import pyarrow as pa  # noqa: PLC0415

    lines = (line_of(number, record) for number, record in enumerate(_records(part, options), first))
    # A partition without lines has a table without rows, and its columns all the same.
    chunks = screen_guarded(brief, list(chunks_of(lines, options.chunk_lines)) or [()])
    rejected = tuple(one for chunk in chunks for one in chunk.rejected)
    return Chunk(pa.concat_tables([chunk.rows for chunk in chunks]), rejected)


def _records(part: Any, options: ScreenOptions) -> Iterator[Record]:
    if hasattr(part, "columns"):
        places = wanted_of(options).places([str(name) for name in part.columns], _FILE)
        for cells in part.itertuples(index=False, name=None):
            yield _record(cells, places)
        return
    for item in part:
        if isinstance(item, str):
            smiles, _, name = item.strip().replace("\t", " ", 1).partition(" ")
            yield Record(smiles, name, carried=("",) * len(options.carry or ()))
        else:
            places = wanted_of(options).places([str(name) for name in item], _FILE)
            yield _record(tuple(item.values()), places)


def _record(cells: Sequence[Any], places: Places) -> Record:
    import pandas as pd  # noqa: PLC0415

    def text(place: int | None) -> str:
        value = None if place is None else cells[place]
        return "" if pd.isna(value) else str(value)

    carried = tuple(text(place) for place in places.carried)
    return Record(text(places.smiles), text(places.id), text(places.cas), carried)


def _rows(chunk: Chunk) -> pd.DataFrame:
    return _frame(chunk.rows)


def _frame(rows: pa.Table) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    # Arrow's own types keep whole numbers and flags what they are where some are missing.
    frame: pd.DataFrame = rows.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _rejected(chunk: Chunk) -> pd.DataFrame:
    import pyarrow as pa  # noqa: PLC0415

    columns = (
        zip(*map(astuple, chunk.rejected), strict=True) if chunk.rejected else [()] * len(REJECTED_COLUMNS)
    )
    kinds = [pa.int64(), pa.string(), pa.string(), pa.string()]
    cells = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return _frame(pa.table(cells, names=list(REJECTED_COLUMNS)))
