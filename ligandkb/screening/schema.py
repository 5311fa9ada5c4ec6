"""How does a chunk's table stand in memory and in a file?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ligandkb.problems import ExtraMissingError

if TYPE_CHECKING:
    import pyarrow as pa

    from ligandkb.screening.rows import Kind

EXTRA = "screen"


def schema_of(kinds: Mapping[str, Kind]) -> pa.Schema:
    """Arrow schema of columns by their kinds, so that a chunk in which a column is unknown throughout has it, too.

    Parameters
    ----------
    kinds : mapping of str to str
        As :attr:`ligandkb.screening.rows.Screener.kinds`.

    Returns
    -------
    pyarrow.Schema

    Raises
    ------
    ExtraMissingError
        Without the extra ``[screen]``.

    Examples
    --------
    >>> schema_of({"line": "integer", "score": "number", "soluble": "flag", "price": "text"}).types
    [DataType(int64), DataType(double), DataType(bool), DataType(string)]
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet
    except ImportError as error:
        raise ExtraMissingError("pyarrow", EXTRA) from error
    types = {"integer": pa.int64(), "number": pa.float64(), "text": pa.string(), "flag": pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])
