"""Of which type is each column that a screen writes?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ligandkb.assessment.columns import rule_columns
from ligandkb.assessment.records import FACTS
from ligandkb.problems import ExtraMissingError

if TYPE_CHECKING:
    import pyarrow as pa

EXTRA = "screen"
_NUMBERS = frozenset({"score", "score_low", "score_high", "molar_mass_g_per_mol"})
_FLAGS = frozenset({"orderable", "counter_ion"})


def schema_of(names: Iterable[str]) -> pa.Schema:
    """Arrow schema of columns; what isn't known to be a number or a flag is text.

    Parameters
    ----------
    names : iterable of str

    Returns
    -------
    pyarrow.Schema

    Raises
    ------
    ExtraMissingError
        Without the extra ``[screen]``.

    Examples
    --------
    >>> schema_of(["line", "score", "soluble", "price"]).types
    [DataType(int64), DataType(double), DataType(bool), DataType(string)]
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - only a screen writes Parquet
    except ImportError as error:
        raise ExtraMissingError("pyarrow", EXTRA) from error
    facts = {column.name: column.kind for column in rule_columns() if column.name in FACTS}
    types = {"number": pa.float64(), "flag": pa.bool_(), "text": pa.string()}
    kinds = (
        {name: pa.int64() for name in ("line",)}
        | dict.fromkeys(_NUMBERS, pa.float64())
        | dict.fromkeys(_FLAGS, pa.bool_())
        | {name: types[kind] for name, kind in facts.items()}
    )
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])
