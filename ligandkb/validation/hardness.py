"""Does computed hardness part the heads of Table 1 that improved from the others?

Plain functions from numbers to reports. Nothing here computes a molecule: values come in as mappings, so
that a report can be made from the shipped table, from a cache, or from somebody else's program. How it follows
measurement and density functional theory is benchmarks/hardness_reference.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_EXACT_SPLITS = 200_000


@dataclass(frozen=True)
class Separation:
    """How well one descriptor parts the improved heads of Table 1 from the others.

    Attributes
    ----------
    descriptor : str
        Name with level and structure.
    expected : int
        +1 where the improved heads were expected higher, -1 lower, 0 without expectation.
    auc : float
        Probability that an improved head lies on the expected side of one that did not improve, ties half;
        with no expectation the larger of both sides.
    p_exact : float
        Share of all ways to choose as many of the heads with a value that reach this AUC, for this
        descriptor alone.
    improved, not_improved : tuple of str
        Heads with a value.
    without_value : tuple of str
        Heads without one, left out.
    """

    descriptor: str
    expected: int
    auc: float
    p_exact: float
    improved: tuple[str, ...]
    not_improved: tuple[str, ...]
    without_value: tuple[str, ...]


@dataclass(frozen=True)
class TableOneReport:
    """All descriptors that were tried on Table 1, with the price of having tried them all.

    Attributes
    ----------
    tried : tuple of Separation
        The committed family.
    best : Separation
        The one with the largest AUC in its expected direction.
    p_max_statistic : float
        Share of all splits in which any of the family reaches the best AUC.
    splits : int
        How many splits there are.
    nulls : tuple of Separation
        What has to be beaten, outside the family.
    """

    tried: tuple[Separation, ...]
    best: Separation
    p_max_statistic: float
    splits: int
    nulls: tuple[Separation, ...]


def table_one_report(
    family: Mapping[str, tuple[int, Mapping[str, float]]],
    improved: Sequence[str],
    not_improved: Sequence[str],
    *,
    nulls: Mapping[str, tuple[int, Mapping[str, float]]] | None = None,
) -> TableOneReport:
    """Hold descriptors against Table 1, the unit being the distinct head.

    Parameters
    ----------
    family : mapping
        Descriptor to its expected direction (+1: the improved are higher, -1: lower) and its values by
        head. All that was tried belongs in here, also what failed.
    improved, not_improved : sequence of str
        Distinct heads by outcome.
    nulls : mapping, optional
        Likewise for explanations that have nothing to do with softness; direction 0 takes the better side.

    Returns
    -------
    TableOneReport

    Raises
    ------
    ValueError
        If the family is empty, a head has both outcomes, or there are too many splits to count them all.

    Examples
    --------
    >>> values = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}
    >>> report = table_one_report({"hardness": (-1, values)}, ["a", "b"], ["c", "d"])
    >>> report.best.auc, round(report.p_max_statistic, 3), report.splits
    (1.0, 0.167, 6)
    """
    if not family:
        raise ValueError("no descriptor to hold against Table 1")
    both = set(improved) & set(not_improved)
    if both:
        raise ValueError(f"heads with both outcomes: {', '.join(sorted(both))}")
    heads = [*improved, *not_improved]
    splits = comb(len(heads), len(improved))
    if splits > _MOST_EXACT_SPLITS:
        raise ValueError(f"{splits} splits are too many to count one by one")
    observed = np.array([head in set(improved) for head in heads])
    labels = _splits(observed)
    aucs = {name: _aucs(values, expected, heads, labels) for name, (expected, values) in family.items()}
    tried = tuple(_separation(name, entry, heads, observed) for name, entry in family.items())
    best = max(tried, key=lambda one: (np.nan_to_num(one.auc, nan=-1.0), -np.nan_to_num(one.p_exact)))
    largest = np.fmax.reduce(list(aucs.values()))
    return TableOneReport(
        tried=tried,
        best=best,
        p_max_statistic=_share(largest, best.auc),
        splits=splits,
        nulls=tuple(_separation(name, entry, heads, observed) for name, entry in (nulls or {}).items()),
    )


def _splits(observed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """All ways to choose as many heads as were observed to improve, one a row."""
    chosen = combinations(range(len(observed)), int(observed.sum()))
    return np.array([[index in picked for index in range(len(observed))] for picked in map(set, chosen)])


def _separation(
    name: str, entry: tuple[int, Mapping[str, float]], heads: Sequence[str], observed: NDArray[np.bool_]
) -> Separation:
    """One descriptor alone; its splits are those of the heads that have a value."""
    expected, values = entry
    known = [head for head in heads if head in values]
    is_improved = np.array(
        [flag for head, flag in zip(heads, observed, strict=True) if head in values], dtype=bool
    )
    auc = float(_aucs(values, expected, known, is_improved[None, :])[0])
    return Separation(
        descriptor=name,
        expected=expected,
        auc=auc,
        p_exact=_share(_aucs(values, expected, known, _splits(is_improved)), auc),
        improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if flag),
        not_improved=tuple(head for head, flag in zip(known, is_improved, strict=True) if not flag),
        without_value=tuple(head for head in heads if head not in values),
    )


def _share(aucs: NDArray[np.float64], reached: float) -> float:
    """Share of the splits with an AUC that reach a value; NaN without one."""
    there = aucs[~np.isnan(aucs)]
    return float(np.mean(there >= reached - 1e-12)) if len(there) and not np.isnan(reached) else float("nan")


def _aucs(
    values: Mapping[str, float], expected: int, heads: Sequence[str], labels: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """AUC of each labelling, in the expected direction; NaN where a side has no value."""
    from scipy.stats import rankdata  # noqa: PLC0415 - a ranking loads this module and no scipy

    known = np.array([head in values for head in heads])
    ranks = rankdata([values[head] for head in heads if head in values])
    chosen = labels[:, known]
    inside = chosen.sum(axis=1)
    outside = chosen.shape[1] - inside
    pairs = np.where((inside > 0) & (outside > 0), inside * outside, np.nan)
    above: NDArray[np.float64] = ((chosen * ranks).sum(axis=1) - inside * (inside + 1) / 2) / pairs
    if expected == 0:
        return np.maximum(above, 1 - above)
    return above if expected > 0 else 1 - above
