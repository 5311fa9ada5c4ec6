"""How much of a rule's weight counts on these rows?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from ligandkb.problems import UsageError
from ligandkb.rules.rule import Ramp
from ligandkb.rules.table import Mask, Numbers, Table


class Grades(NamedTuple):
    """Shares of a weight, from 0 to 1.

    Attributes
    ----------
    value : numpy.ndarray of float64
        Shape (n_rows,): the smallest grade of the ramps; NaN where it hangs on a value that isn't known.
    low, high : numpy.ndarray of float64
        Shape (n_rows,): its range, over the intervals of the values and over all grades of a value that isn't
        known.
    not_applicable : numpy.ndarray of bool
        Shape (n_rows,): not known since a value has no meaning there.
    """

    value: Numbers
    low: Numbers
    high: Numbers
    not_applicable: Mask

    @classmethod
    def empty(cls, n_rows: int) -> Grades:
        """Grades to be filled in."""
        return cls(np.empty(n_rows), np.empty(n_rows), np.empty(n_rows), np.empty(n_rows, dtype=np.bool_))


def grades_of(ramps: Sequence[Ramp], table: Table, rows: slice) -> Grades:
    """Grade rows.

    Parameters
    ----------
    ramps : sequence of Ramp
        At least one.
    table : Table
    rows : slice
        Which rows.

    Returns
    -------
    Grades

    Raises
    ------
    UsageError
        If a column of the table holds something else than numbers.

    Examples
    --------
    A grade of 0 is known, whatever the other ramp would say.

    >>> table = Table.from_rows([{"a": 0.5, "b": 3.0}, {"a": None, "b": 0.0}, {"a": None, "b": 1.0}])
    >>> grades = grades_of([Ramp("a", 0, 1), Ramp("b", 0, 2)], table, slice(0, 3))
    >>> grades.value.tolist(), grades.high.tolist()
    ([0.5, 0.0, nan], [0.5, 0.0, 0.5])
    """
    graded = [_one(ramp, table, rows) for ramp in ramps]
    # A minimum that is 0 already can't become smaller.
    low, high = (
        reduce(np.minimum, ends) for ends in ([one.low for one in graded], [one.high for one in graded])
    )
    value = reduce(np.minimum, [one.value for one in graded])
    value = np.where(np.isnan(value) & (high == 0.0), 0.0, value)
    no_meaning = reduce(np.logical_or, [one.not_applicable for one in graded]) & np.isnan(value)
    return Grades(value, low, high, no_meaning)


def _one(ramp: Ramp, table: Table, rows: slice) -> Grades:
    values = _numbers(table, ramp.by, rows)
    value = _along(ramp, values)
    ends = [value]
    for name in (ramp.low, ramp.high):
        if name is not None:
            given = _numbers(table, name, rows)
            ends.append(_along(ramp, np.where(np.isfinite(given), given, values)))
    if ramp.error is not None:
        error = np.nan_to_num(_numbers(table, ramp.error, rows))
        ends += [_along(ramp, values - error), _along(ramp, values + error)]
    unknown = np.isnan(value)
    low = np.where(unknown, 0.0, reduce(np.minimum, ends))
    high = np.where(unknown, 1.0, reduce(np.maximum, ends))
    mask = table[ramp.by].not_applicable
    return Grades(value, low, high, unknown & (mask[rows] if mask is not None else np.False_))


def _along(ramp: Ramp, values: Numbers) -> Numbers:
    """Grade of each value; NaN stays NaN."""
    along: Numbers = np.clip((values - ramp.start) / (ramp.end - ramp.start), 0.0, 1.0)
    return along


def _numbers(table: Table, name: str, rows: slice) -> Numbers:
    data = table[name]
    if data.kind not in {"number", ""}:
        raise UsageError(f"the column {name} of the table holds {data.kind}s, and the rules read numbers")
    values = data.values[rows]
    numbers: Numbers = (
        np.where(np.isfinite(values), values, np.nan) if data.kind else np.full(len(values), np.nan)
    )
    return numbers
