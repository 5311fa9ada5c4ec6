"""Which rows of a screen stand first, however many there are?

A few columns of the parts are read a few times, and no more is held than what is asked for. The order is that of a
ranking (:mod:`ligandkb.assessment.order`): tier, band by ranges of scores, and inside a band what can be used; what a
supplier sells can be bought, all of it. What is vetoed, or can't be excluded to be so, only a base's counter-ion, or
sold as a solvent, precursor, reagent or mixture stands nowhere; lines with the former are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ligandkb.assessment.verdicts import NOT_EXCLUDED, Verdict
from ligandkb.screening.rows import CAS_IN_LIST

if TYPE_CHECKING:
    import pyarrow as pa

Key: TypeAlias = tuple[float, float, float, float, str, str]
"""By which a ranking is sorted before it is cut into bands: tier, minus the score, whether nothing assessed it, minus
the lower end of its score, names of form and partner."""
Scan: TypeAlias = Callable[[Sequence[str]], Iterable["pa.Table"]]
"""Gives the rows of all parts in their order, the named columns of them; may be asked several times."""

ORDERED_BY = ("tier", "score", "verdict", "score_low", "score_high", "binding_form", "partner")
LEFT_OUT_BY = ("verdict", "verdict_reason", "counter_ion", "sold_as")
FORM = "binding_form_smiles"
IN_BAND = "order_in_band"
NEEDED = tuple(dict.fromkeys((*ORDERED_BY, *LEFT_OUT_BY, FORM, IN_BAND, "line", "id", "smiles", "cas")))
"""Columns without which nothing can be put first."""
MOST_LINES = 20
"""Lines that are named of those which offer the same form; all are counted."""
KEPT_OUT_BY = ("verdict", "verdict_reason")
"""Columns that tell which lines are kept out for what they may do."""
MOST_NAMED = 5
"""Lines that are named of those which are kept out for what they may do; all are counted."""
_AT_A_TIME = 1000
"""Rows that become Python's own objects at a time."""


@dataclass(frozen=True)
class BestRow:
    """One row among the best: the best one of its binding form.

    Attributes
    ----------
    band : int
        From 1; rows of a band can't be told apart by evidence and prediction.
    cells : mapping
        The row's cells by their columns, all that the parts have.
    offered : tuple of mapping
        Cells of the lines that offer the form, in their order, at most :data:`MOST_LINES`: number, id, CAS number,
        what the list has for one, structure, and what was carried along.
    lines : int
        How many lines offer it.
    """

    band: int
    cells: Mapping[str, Any]
    offered: tuple[Mapping[str, Any], ...] = ()
    lines: int = 0


@dataclass(frozen=True)
class KeptOut:
    """Lines that are kept out for what they may do to somebody.

    Attributes
    ----------
    lines : int
        How many there are; a line is counted once, however many rows it has.
    first : tuple of mapping
        Of the first :data:`MOST_NAMED` of them number, id, structure and why, by ``line``, ``id``, ``smiles`` and
        ``verdict_reason``; what nobody asked for lacks.
    """

    lines: int = 0
    first: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Best:
    """The best rows of a screen.

    Attributes
    ----------
    rows : tuple of BestRow
        In their order, each binding form once.
    band_sizes : mapping of int to int
        Rows of the whole list in each of their bands, a form's lines each counted.
    verdicts : mapping of str to int
        Rows of the whole list that could have stood among them, by their verdict.
    left_out : mapping of str to int
        Rows that stand nowhere, by the reason.
    vetoed, suspected : KeptOut
        Lines of the whole list that are vetoed, and those that can't be excluded to be what is vetoed.
    """

    rows: tuple[BestRow, ...]
    band_sizes: Mapping[int, int]
    verdicts: Mapping[str, int]
    left_out: Mapping[str, int]
    vetoed: KeptOut = KeptOut()
    suspected: KeptOut = KeptOut()

    @property
    def ranked(self) -> int:
        """Rows that could have stood among them."""
        return sum(self.verdicts.values())


def best(scan: Scan, count: int, columns: Sequence[str] = NEEDED, carried: Sequence[str] = ()) -> Best:
    """Find the best rows of a screen.

    Parameters
    ----------
    scan : callable
        Reads the parts, see :data:`Scan`.
    count : int
        Binding forms that are wanted.
    columns : sequence of str
        All to have of each row, :data:`NEEDED` among them.
    carried : sequence of str
        Those of them that a list carried along.

    Returns
    -------
    Best

    Examples
    --------
    >>> import pyarrow as pa
    >>> rows = pa.table({
    ...     "line": [1, 2, 3], "id": ["a", "b", "c"], "smiles": ["CC(=O)O", "OC(=O)CF", "CC(O)=O"], "cas": [None] * 3,
    ...     "binding_form": ["acetate", "fluoroacetate", "acetate"], "partner": ["oleylammonium"] * 3,
    ...     "binding_form_smiles": ["CC(=O)[O-]", "O=C([O-])CF", "CC(=O)[O-]"], "tier": [5, 8, 5],
    ...     "score": [0.1, 0.9, 0.1], "score_low": [0.0, 0.9, 0.0], "score_high": [0.2, 0.9, 0.2],
    ...     "verdict": ["undecided", "vetoed", "undecided"], "order_in_band": [0, 0, 0],
    ...     "verdict_reason": ["the ranges overlap", "can kill", "the ranges overlap"],
    ...     "counter_ion": [False] * 3, "sold_as": [None] * 3,
    ... })
    >>> found = best(lambda columns: [rows.select(columns)], 10)
    >>> [(row.band, row.cells["id"], row.lines) for row in found.rows], dict(found.left_out)
    ([(1, 'a', 2)], {'vetoed': 1})
    >>> found.vetoed.lines, found.vetoed.first[0]["smiles"]
    (1, 'OC(=O)CF')
    """
    left_out: Counter[str] = Counter()
    vetoed, suspected = _Named(), _Named()
    verdicts: Counter[str] = Counter()
    first: Key | None = None
    for rows in _ranked(scan, ("line", "id", "smiles"), left_out, (vetoed, suspected)):
        verdicts.update(rows.table["verdict"].to_pylist())
        first = _least(first, rows.first())
    end = None if first is None else _next_first(scan, first)
    found: list[BestRow] = []
    sizes: dict[int, int] = {}
    while first is not None and len(found) < count:
        band = len(sizes) + 1
        taken = {row.cells[FORM] for row in found}
        cells, sizes[band], after = _band(scan, first, end, count - len(found), taken)
        found += [BestRow(band, one) for one in cells]
        first, end = end, after
    return Best(
        _with_offers(scan, found, columns, carried),
        sizes,
        dict(verdicts.most_common()),
        +left_out,
        vetoed.kept_out(),
        suspected.kept_out(),
    )


def lines_kept_out(scan: Scan, columns: Sequence[str]) -> tuple[KeptOut, KeptOut]:
    """Lines that are vetoed, and those that can't be excluded to be what is vetoed, found by going through once.

    Parameters
    ----------
    scan : callable
        Reads the parts, see :data:`Scan`.
    columns : sequence of str
        That the parts have, :data:`KEPT_OUT_BY` among them.

    Returns
    -------
    vetoed, suspected : KeptOut
    """
    named = _Named(), _Named()
    for table in scan([name for name in ("line", "id", "smiles", *KEPT_OUT_BY) if name in columns]):
        for one, which in zip(named, _may_hurt(table), strict=True):
            one.add(table.filter(which))
    vetoed, suspected = named
    return vetoed.kept_out(), suspected.kept_out()


def _may_hurt(table: pa.Table) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Which rows are vetoed, and which can't be excluded to be what is vetoed."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only who screens has it

    vetoed = pc.equal(table["verdict"], str(Verdict.VETOED))
    suspected = pc.fill_null(pc.starts_with(table["verdict_reason"], NOT_EXCLUDED), False)
    return vetoed, pc.and_not(suspected, vetoed)


class _Named:
    """Gathers lines from rows in their order, and names the first of them."""

    def __init__(self) -> None:
        self.lines, self.last, self.first = 0, -1, list[Mapping[str, Any]]()

    def add(self, rows: pa.Table) -> None:
        """Add rows of a part; those of a line stand together, and may reach over the end of a table."""
        for start, line in enumerate(rows["line"].to_pylist()):
            if line == self.last:
                continue
            self.last = line
            self.lines += 1
            if len(self.first) < MOST_NAMED:
                (cells,) = rows.slice(start, 1).to_pylist()
                self.first.append(
                    {
                        name: cells[name]
                        for name in ("line", "id", "smiles", "verdict_reason")
                        if name in cells
                    }
                )

    def kept_out(self) -> KeptOut:
        return KeptOut(self.lines, tuple(self.first))


@dataclass(frozen=True)
class _Rows:
    """Rows of a part that may stand among the best."""

    table: pa.Table
    numbers: NDArray[np.float64]
    """The numbers of their keys, one row each."""
    high: NDArray[np.float64]

    def first(self, among: NDArray[np.bool_] | None = None) -> Key | None:
        """The least key, of all or of some."""
        places = np.arange(len(self.numbers)) if among is None else np.flatnonzero(among)
        if not len(places):
            return None
        numbers = self.numbers[places]
        least = numbers[np.lexsort(numbers.T[::-1])[0]]
        names = self.table.select(["binding_form", "partner"]).take(places[(numbers == least).all(axis=1)])
        called = min(zip(*(column.to_pylist() for column in names.columns), strict=True))
        return (*map(float, least), *called)

    def against(self, key: Key) -> NDArray[np.int8]:
        """For each row whether its key comes before (-1) or after (1) another one, or is the same (0)."""
        sign = np.zeros(len(self.numbers), dtype=np.int8)
        for own, other in zip(self.numbers.T, key[:4], strict=True):
            sign = np.where(sign == 0, np.sign(own - other), sign).astype(np.int8)
        ties = np.flatnonzero(sign == 0)
        names = self.table.select(["binding_form", "partner"]).take(ties)
        for place, called in zip(
            ties, zip(*(one.to_pylist() for one in names.columns), strict=True), strict=True
        ):
            sign[place] = (called > key[4:]) - (called < key[4:])
        return sign

    def next_first(self, first: Key) -> Key | None:
        """The least key behind the one that a band begins with that doesn't share the band."""
        tier, _, unassessed, low = first[:4]
        alike = (self.numbers[:, 0] == tier) & (self.numbers[:, 2] == unassessed)
        shares = alike & (self.high >= -low)
        return self.first(~shares & (self.against(first) > 0))


def _ranked(
    scan: Scan,
    more: Sequence[str],
    left_out: Counter[str] | None = None,
    named: tuple[_Named, _Named] | None = None,
) -> Iterator[_Rows]:
    """Rows that may stand among the best, part by part; others are counted by why they may not."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only who screens has it

    for table in scan(tuple(dict.fromkeys((*ORDERED_BY, *LEFT_OUT_BY, *more)))):
        vetoed, suspected = _may_hurt(table)
        dangerous = pc.or_(vetoed, suspected)
        counter_ion = pc.and_not(pc.fill_null(table["counter_ion"], False), dangerous)
        sold = pc.fill_null(pc.not_equal(table["sold_as"], ""), False)
        sold = pc.and_not(pc.and_not(sold, dangerous), counter_ion)
        if named is not None:
            for one, which in zip(named, (vetoed, suspected), strict=True):
                one.add(table.filter(which))
        if left_out is not None:
            left_out["vetoed"] += pc.sum(vetoed).as_py() or 0
            for reason in table["verdict_reason"].filter(suspected).to_pylist():
                of_what = reason.removeprefix(NOT_EXCLUDED).partition(";")[0]
                left_out[f"suspected to be {of_what}"] += 1
            left_out["counter-ion of a base"] += pc.sum(counter_ion).as_py() or 0
            left_out.update(f"sold as a {one}" for one in table["sold_as"].filter(sold).to_pylist())
        kept = table.filter(pc.invert(pc.or_(pc.or_(dangerous, counter_ion), sold)))
        unassessed = pc.equal(kept["verdict"], str(Verdict.UNASSESSED))
        columns = (kept["tier"], pc.negate(kept["score"]), unassessed, pc.negate(kept["score_low"]))
        numbers = np.column_stack([np.asarray(one.to_numpy(), dtype=np.float64) for one in columns])
        yield _Rows(kept, numbers, np.asarray(kept["score_high"].to_numpy(), dtype=np.float64))


def _least(one: Key | None, other: Key | None) -> Key | None:
    return min((key for key in (one, other) if key is not None), default=None)


def _next_first(scan: Scan, first: Key) -> Key | None:
    found: Key | None = None
    for rows in _ranked(scan, ()):
        found = _least(found, rows.next_first(first))
    return found


def _band(
    scan: Scan, first: Key, end: Key | None, count: int, taken: Collection[str]
) -> tuple[list[Mapping[str, Any]], int, Key | None]:
    """The best rows of a band, one of each form that isn't taken; its number of rows; where the next but one begins.

    A band reaches from its first key to that of the next one.
    """
    kept: dict[str, tuple[tuple[Any, ...], Mapping[str, Any]]] = {}
    size, after = 0, None
    for rows in _ranked(scan, (FORM, IN_BAND, "line")):
        inside = rows.against(first) >= 0
        if end is not None:
            inside &= rows.against(end) < 0
            after = _least(after, rows.next_first(end))
        size += int(inside.sum())
        place, minus_score = rows.table[IN_BAND].to_numpy(), rows.numbers[:, 1]
        order = np.flatnonzero(inside)
        order = order[np.lexsort((minus_score[order], place[order]))]
        for start in range(0, len(order), _AT_A_TIME):
            some = order[start : start + _AT_A_TIME]
            worst = max((key for key, _ in kept.values()), default=(0, 0.0))[:2]
            if len(kept) == count and (place[some[0]], minus_score[some[0]]) > worst:
                break
            for cells in rows.table.take(some).to_pylist():
                key = (
                    cells[IN_BAND],
                    -cells["score"],
                    cells["binding_form"],
                    cells["partner"],
                    cells["line"],
                )
                held = kept.get(cells[FORM])
                if cells[FORM] not in taken and (held is None or key < held[0]):
                    kept[cells[FORM]] = key, cells
            kept = dict(nsmallest(count, kept.items(), key=lambda item: item[1][0]))
    return [cells for _, cells in kept.values()], size, after


def _with_offers(
    scan: Scan, rows: Sequence[BestRow], columns: Sequence[str], carried: Sequence[str]
) -> tuple[BestRow, ...]:
    """Give each row all its cells, and the lines that offer its form."""
    import pyarrow as pa  # noqa: PLC0415 - only who screens has it
    import pyarrow.compute as pc  # noqa: PLC0415

    forms = {row.cells[FORM]: row.cells for row in rows}
    offered: dict[str, list[Mapping[str, Any]]] = {form: [] for form in forms}
    lines: Counter[str] = Counter()
    last: dict[str, int] = {}
    whole: dict[str, Mapping[str, Any]] = {}
    of_a_line = ("line", "id", "cas", "smiles", *({CAS_IN_LIST} & {*columns}), *carried)
    for part in _ranked(scan, columns) if forms else ():
        for cells in part.table.filter(pc.is_in(part.table[FORM], pa.array(forms))).to_pylist():
            form, line = cells[FORM], cells["line"]
            if last.get(form) != line:  # a line may offer a form with several partners
                last[form] = line
                lines[form] += 1
                if len(offered[form]) < MOST_LINES:
                    offered[form].append({name: cells[name] for name in of_a_line})
            if (line, cells["partner"]) == (forms[form]["line"], forms[form]["partner"]):
                whole[form] = {name: cells[name] for name in columns}
    return tuple(
        replace(row, cells=whole[form], offered=tuple(offered[form]), lines=lines[form])
        for row, form in zip(rows, forms, strict=True)
    )
