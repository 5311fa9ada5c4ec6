"""How is one operation worked out over arrays?

Truth is int8: -1 false, 0 unknown, +1 true. Presence is int8 too: 1 where there is a value, 0 where there is
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.rules.table import ColumnData

Array = NDArray[Any]

LOOKUP_FROM = 8
"""Number of texts in a list from which on one look-up is quicker than comparing each."""


def all_true(first: Array, second: Array, *others: Array) -> Array:
    """Truth of ``and``."""
    result: Array = np.minimum(first, second)
    for other in others:
        np.minimum(result, other, out=result)
    return result


def any_true(first: Array, second: Array, *others: Array) -> Array:
    """Truth of ``or``."""
    result: Array = np.maximum(first, second)
    for other in others:
        np.maximum(result, other, out=result)
    return result


def one_of(wanted: Sequence[Any], categories: int, values: Array) -> Array:
    """Whether a value is one of those wanted; ``categories`` is the number of codes, 0 for numbers."""
    if categories and len(wanted) >= LOOKUP_FROM:
        # The last entry is for code -1, no value.
        table = np.zeros(categories + 1, dtype=np.bool_)
        table[list(wanted)] = True
        return table.take(values)
    if not wanted:
        return np.zeros(len(values), dtype=np.bool_)
    hit: Array = values == wanted[0]
    for item in wanted[1:]:
        hit |= values == item
    return hit


def decided(hit: Array, present: Array, *others: Array) -> Array:
    """Truth of a comparison: unknown where a value is absent, whatever the comparison said of it."""
    for other in others:
        present = present & other
    truth: Array = hit.view(np.int8) & present
    truth += truth
    truth -= present
    return truth


def has_code(codes: Array) -> Array:
    """Presence of texts."""
    return (codes >= 0).view(np.int8)


def is_finite(numbers: Array) -> Array:
    """Presence of numbers."""
    return np.isfinite(numbers).view(np.int8)


def without_infinity(numbers: Array) -> Array:
    """Numbers with NaN for what is infinite."""
    return np.where(np.isfinite(numbers), numbers, np.nan)


def constant(value: float, rows: slice) -> np.float64:  # noqa: ARG001 - the same in all rows
    """One number for all rows."""
    return np.float64(value)


def is_missing(data: ColumnData, rows: slice) -> Array:
    """Truth of ``is missing``: a value that is not applicable isn't missing."""
    values = data.values[rows]
    if data.kind == "text":
        absent = values < 0
    elif data.kind == "flag":
        absent = values == 0
    else:
        absent = np.isnan(values)
    if data.not_applicable is not None:
        absent &= ~data.not_applicable[rows]
    truth: Array = absent.view(np.int8)
    truth += truth
    truth -= np.int8(1)
    return truth
