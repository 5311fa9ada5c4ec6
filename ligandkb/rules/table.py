"""What is known of each row?

A table gives the columns that rules read as plain arrays. Numbers are float64 with NaN where there is no
value; texts are integer codes with -1; flags are -1, 0, +1 with 0. Where a value is absent since the
question has no meaning, a mask says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.missing import Absent, Failed, Missing, NotApplicable
from ligandkb.problems import UsageError, did_you_mean

Flags = NDArray[np.int8]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Value = float | str | bool | Absent


@dataclass(frozen=True)
class ColumnData:
    """Values of one column.

    Attributes
    ----------
    kind : str
        ``number``, ``text``, ``flag``, or ``""`` where no row has a value, which suits every kind.
    values : numpy.ndarray
        Numbers, codes or flags, of shape (n_rows,).
    categories : tuple of str
        Texts by code.
    not_applicable : numpy.ndarray or None
        True where the question has no meaning; None where it has one in every row.
    reasons : mapping of int to Missing, Failed or NotApplicable
        Why a value is absent, for the rows where a reason was given.
    """

    kind: str
    values: NDArray[Any]
    categories: tuple[str, ...] = ()
    not_applicable: Mask | None = None
    reasons: Mapping[int, Absent] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Mapping[str, int]:
        """Codes by text."""
        return {text: code for code, text in enumerate(self.categories)}

    def take(self, places: NDArray[np.intp]) -> ColumnData:
        """Give the column in which each row has the value that stands at a place of this one; reasons stay behind."""
        mask = None if self.not_applicable is None else self.not_applicable[places]
        return ColumnData(self.kind, self.values[places], self.categories, mask)

    def slice(self, row: int) -> ColumnData:
        """Give the column of a table of one row."""
        mask = None if self.not_applicable is None else self.not_applicable[row : row + 1]
        reasons = {0: self.reasons[row]} if row in self.reasons else {}
        return ColumnData(self.kind, self.values[row : row + 1], self.categories, mask, reasons)

    def value(self, row: int) -> Value:
        """Give the value in one row, or why there is none."""
        if self.not_applicable is not None and self.not_applicable[row]:
            return self.reasons.get(row, NotApplicable())
        raw: Any = self.values[row]
        if self.kind == "number" and not math.isnan(raw):
            return float(raw)
        if self.kind == "text" and raw >= 0:
            return self.categories[int(raw)]
        if self.kind == "flag" and raw != 0:
            return bool(raw > 0)
        return self.reasons.get(row, Missing())


class Table:
    """Rows over which rules are evaluated.

    Made by :meth:`from_dataframe` or :meth:`from_rows`. A column is turned into arrays when it is first
    asked for, so columns that no rule reads cost nothing.

    Parameters
    ----------
    n_rows : int
        Number of rows.
    names : sequence of str
        Names of the columns.
    load : callable
        Gives the data of a column by its name.
    """

    def __init__(self, n_rows: int, names: Iterable[str], load: Callable[[str], ColumnData]) -> None:
        self._n_rows, self._names, self._load = n_rows, tuple(names), load
        self._loaded: dict[str, ColumnData] = {}

    def __len__(self) -> int:
        return self._n_rows

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self._names

    def __getitem__(self, name: str) -> ColumnData:
        """Give the data of a column.

        Raises
        ------
        UsageError
            If there is no such column, or its values can't be used.
        """
        if name not in self._loaded:
            if name not in self._names:
                hint = did_you_mean(name, self._names)
                raise UsageError(f"the table has no column {name!r}" + (f": {hint}" if hint else ""))
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def row(self, row: int) -> Table:
        """Give a table of one row, with the same arrays behind it.

        Raises
        ------
        IndexError
            If there is no such row.
        """
        if not 0 <= row < self._n_rows:
            raise IndexError(f"the table has no row {row}: its rows are 0 to {self._n_rows - 1}")
        return Table(1, self._names, lambda name: self[name].slice(row))

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, object]]) -> Table:
        """Make a table of rows given as mappings.

        Parameters
        ----------
        rows : sequence of mapping
            Column name to float, str, bool, Missing, Failed or NotApplicable. A column that a row doesn't
            have, None and NaN are missing there.

        Returns
        -------
        Table

        Examples
        --------
        >>> table = Table.from_rows([{"donor": "S"}, {"donor": Missing("measure it")}])
        >>> table["donor"].value(0), str(table["donor"].value(1))
        ('S', 'missing (measure it)')
        """
        names = dict.fromkeys(name for row in rows for name in row)
        return cls(len(rows), names, lambda name: column_data(name, [row.get(name) for row in rows]))

    @classmethod
    def from_dataframe(cls, frame: Any, not_applicable: Mapping[str, Any] | None = None) -> Table:
        """Make a table of a pandas data frame.

        Parameters
        ----------
        frame : pandas.DataFrame
            Numbers, texts (best as categoricals) and truth values; NaN, NA and None are missing. The frame
            must not be changed as long as the table is used.
        not_applicable : mapping of str to array_like of bool, optional
            Column name to a mask that is True where the question has no meaning; a value there is not used.

        Returns
        -------
        Table

        Raises
        ------
        UsageError
            If a mask has another length, or names a column that the frame doesn't have.
        """
        masks = {name: np.asarray(mask, dtype=np.bool_) for name, mask in (not_applicable or {}).items()}
        names = [name for name in frame.columns if isinstance(name, str)]
        if len(set(names)) < len(names):
            twice = next(name for position, name in enumerate(names) if name in names[:position])
            raise UsageError(f"the data frame has two columns called {twice!r}")
        for name, mask in masks.items():
            if name not in names:
                raise UsageError(f"not_applicable names {name!r}, which the data frame doesn't have")
            if mask.shape != (len(frame),):
                raise UsageError(f"the mask of {name!r} has shape {mask.shape}, not ({len(frame)},)")
        return cls(len(frame), names, lambda name: _masked(_from_series(name, frame[name]), masks.get(name)))


def _from_series(name: str, series: Any) -> ColumnData:
    dtype = series.dtype
    if hasattr(dtype, "categories"):
        return _from_categorical(name, series)
    kind = getattr(dtype, "kind", "O")
    if kind == "b":
        truth = series.to_numpy(dtype=np.bool_, na_value=False).astype(np.int8) * np.int8(2) - np.int8(1)
        truth[series.isna().to_numpy(dtype=np.bool_)] = 0
        return ColumnData("flag", truth)
    if kind in "fiu":
        return _numbers(series.to_numpy(dtype=np.float64, na_value=np.nan))
    if kind == "O" and dtype != np.object_:
        return _from_categorical(name, series.astype("category"))
    return column_data(name, series.tolist())


def _from_categorical(name: str, series: Any) -> ColumnData:
    categories = tuple(series.dtype.categories)
    if not all(isinstance(category, str) for category in categories):
        return column_data(name, series.tolist())
    return ColumnData("text", np.ascontiguousarray(series.cat.codes.to_numpy()), tuple(map(str, categories)))


def _numbers(values: Numbers) -> ColumnData:
    finite = np.isfinite(values)
    return ColumnData("number" if finite.any() else "", np.where(finite, values, np.nan))


def column_data(name: str, values: Sequence[object], *, reasons: bool = True) -> ColumnData:
    """Make a column of values.

    Parameters
    ----------
    name : str
        What it is called, for the message.
    values : sequence
        float, str, bool, Missing, Failed or NotApplicable; None and NaN are missing.
    reasons : bool
        Whether the column shall say why a value is absent.

    Returns
    -------
    ColumnData

    Raises
    ------
    UsageError
        If they are not all numbers, all texts or all flags.

    Examples
    --------
    >>> column_data("charge_e", [-1.0, None]).values.tolist()
    [-1.0, nan]
    """
    types = list(map(type, values))
    distinct = set(types)
    absent = {one for one in distinct if issubclass(one, _ABSENT)}
    kinds = distinct - absent - {type(None)}
    is_plain = len(kinds) <= 1 and kinds <= _KINDS.keys()  # nearly always, and looked at as a whole
    kind = _KINDS[kinds.pop()] if is_plain and kinds else ""
    blank = math.nan if kind == "number" else None
    present = (
        [blank if one in absent else value for one, value in zip(types, values, strict=True)]
        if absent
        else values
    )
    data = _encoded(kind, present) if is_plain else _of_any(name, present)
    if not absent:
        return data
    mask = None
    if NotApplicable in absent:
        mask = np.array([one is NotApplicable for one in types], dtype=np.bool_)
    why: dict[int, Absent] = {}
    if reasons:
        why = {row: value for row, value in enumerate(values) if isinstance(value, _ABSENT)}
    return replace(data, not_applicable=mask, reasons=why)


def _of_any(name: str, values: Sequence[object]) -> ColumnData:
    """Make a column of values whose types say little: marks of pandas, numbers of numpy, texts of an enumeration."""
    present = [None if _is_nothing(value) else value for value in values]
    kinds = {
        _kind(value) for value in {type(value): value for value in present}.values() if value is not None
    }
    if len(kinds) > 1 or "" in kinds:
        odd = next(value for value in present if value is not None and _kind(value) in {"", min(kinds)})
        raise UsageError(f"the values of {name!r} are not all numbers, all texts or all flags: {odd!r:.60}")
    return _encoded(kinds.pop() if kinds else "", present)


def _encoded(kind: str, values: Sequence[Any]) -> ColumnData:
    if kind == "text":
        codes_of = {
            text: code for code, text in enumerate(one for one in dict.fromkeys(values) if one is not None)
        }
        categories = tuple(map(str, codes_of))
        codes = list(map((codes_of | {None: -1}).__getitem__, values))
        kept = np.array(codes, dtype=np.min_scalar_type(-len(categories) - 1))
        return ColumnData("text", kept, categories)
    if kind == "flag":
        return ColumnData("flag", np.array(list(map(_TRUTH.__getitem__, values)), dtype=np.int8))
    try:
        return _numbers(np.array(values, dtype=np.float64))
    except OverflowError:
        return _numbers(np.array([math.nan if value is None else _float(value) for value in values]))


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.nan


def _masked(data: ColumnData, mask: Mask | None) -> ColumnData:
    if mask is None or not mask.any():
        return data
    values = data.values.copy()
    values[mask] = {"text": -1, "flag": 0}.get(data.kind, math.nan)
    whole = mask if data.not_applicable is None else mask | data.not_applicable
    return replace(data, values=values, not_applicable=whole)


def _kind(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "flag"
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, int | float | np.integer | np.floating) else ""


_ABSENT = (Missing, Failed, NotApplicable)
_KINDS: Mapping[type, str] = {float: "number", str: "text", bool: "flag"}
_TRUTH: Mapping[object, int] = {None: 0, False: -1, True: 1}
_NEVER_NOTHING = frozenset({bool, int, str})


def _is_nothing(value: object) -> bool:
    if type(value) in _NEVER_NOTHING:
        return False
    # pandas has two marks of its own, NA and NaT, which equal nothing, not even themselves.
    return (
        value is None
        or type(value).__name__ in {"NAType", "NaTType"}
        or (isinstance(value, float) and math.isnan(value))
    )
