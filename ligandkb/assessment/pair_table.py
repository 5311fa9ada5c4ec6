"""What do the rules see of many pairs at once?

The columns of :mod:`ligandkb.assessment.columns`, as arrays: what hangs on the partner, the crystal or the alerts is
worked out once for each that differs, what hangs on the form once for each form.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.assessment.columns import DEFINITIONS, OF_PAIR, SeenPair
from ligandkb.descriptors.contract import Value
from ligandkb.missing import Known
from ligandkb.rules.table import ColumnData, Table, column_data

_NAMES = tuple(descriptor.name for descriptor in DEFINITIONS)


def pair_table(rows: Sequence[SeenPair], read: Sequence[str] = ()) -> Table:
    """Table of pairs for :func:`ligandkb.rules.evaluate.evaluate`.

    Parameters
    ----------
    rows : sequence of SeenPair
    read : sequence of str, optional
        Columns that will be read for sure.

    Returns
    -------
    Table
        Their :attr:`~ligandkb.assessment.columns.SeenPair.values`, without the reasons for absence. A column is worked
        out when it is first read.
    """
    return Table(len(rows), _NAMES, _Columns(rows, read).of)


class _Columns:
    """Columns of pairs, and which pairs are alike in what a column hangs on."""

    def __init__(self, rows: Sequence[SeenPair], read: Sequence[str]) -> None:
        self._rows, self._read = rows, tuple(name for name in read if name not in OF_PAIR.by_name)
        self._of_forms: dict[str, Sequence[Known[Value]]] = {}
        self._alike: dict[object, tuple[list[SeenPair], NDArray[np.intp]]] = {}

    def of(self, name: str) -> ColumnData:
        descriptor = OF_PAIR.by_name.get(name)
        if descriptor is None:
            return self._of_form(name)
        if descriptor.alike is None:
            return column_data(name, [row.values[name] for row in self._rows], reasons=False)
        firsts, places = self._distinct(descriptor.alike)
        return column_data(name, [descriptor.function(row) for row in firsts], reasons=False).take(places)

    def _of_form(self, name: str) -> ColumnData:
        firsts, places = self._distinct(_form)
        if name not in self._of_forms:
            names = self._read if name in self._read else (name,)
            several = zip(*[row.form_values.several(names) for row in firsts], strict=True)
            self._of_forms |= zip(names, several, strict=True)
        return column_data(name, self._of_forms[name], reasons=False).take(places)

    def _distinct(self, alike: Callable[[Any], Hashable]) -> tuple[list[SeenPair], NDArray[np.intp]]:
        """The first row of each kind, and for each row which of them it is like."""
        if alike not in self._alike:
            known: dict[Hashable, int] = {}
            firsts: list[SeenPair] = []
            places = []
            for row in self._rows:
                place = known.setdefault(alike(row), len(firsts))
                if place == len(firsts):
                    firsts.append(row)
                places.append(place)
            self._alike[alike] = firsts, np.array(places, dtype=np.intp)
        return self._alike[alike]


def _form(row: SeenPair) -> int:
    # Pairs of one form share the mapping of its values, which is alive as long as its rows.
    return id(row.form_values)
