"""How far do counts and scores part what improved from what didn't, and how sure is that?

Plain functions of counts and arrays: nothing here knows a ligand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, nan
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.surface.uncertainty import Interval

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CONFIDENCE = 0.95
SIGNIFICANCE = 0.05
"""Level of the one-sided exact test whose power is stated."""
RESAMPLINGS = 4000
SEED = 20
_WIDEST = 60.0
"""Logarithm of a ratio that no count reaches."""


@dataclass(frozen=True)
class Sides:
    """How many of a kind improved, and how many did not.

    Attributes
    ----------
    improved, not_improved : int
        The latter with those that decreased.
    """

    improved: int
    not_improved: int

    @classmethod
    def of(cls, improved: Iterable[bool]) -> Sides:
        """Count.

        Examples
        --------
        >>> print(Sides.of([True, True, False]))
        2 + 1
        """
        sides = list(improved)
        return cls(sum(sides), len(sides) - sum(sides))

    def __add__(self, other: Sides) -> Sides:
        return Sides(self.improved + other.improved, self.not_improved + other.not_improved)

    @property
    def total(self) -> int:
        """Both sides together."""
        return self.improved + self.not_improved

    def __bool__(self) -> bool:
        return self.total > 0

    def __str__(self) -> str:
        return f"{self.improved} + {self.not_improved}"


def likelihood_ratio(fired: Sides, every: Sides) -> Interval:
    """P(fired | improved) / P(fired | not improved) with its score interval.

    The interval holds every ratio that Pearson's chi-squared test does not reject, with the rates most likely at that
    ratio (P. A. R. Koopman, Biometrics 40 (1984) 513-517). It needs no correction for zeros: where it fired on none
    that did not improve, the ratio and its upper end are infinite, where on none that improved, ratio and lower end
    are 0, and where on none at all there is no ratio, and the interval says nothing.

    Parameters
    ----------
    fired : Sides
        On which it fired.
    every : Sides
        On which it could have fired.

    Returns
    -------
    Interval
        Value NaN where there is no ratio.

    Examples
    --------
    >>> print(likelihood_ratio(Sides(9, 1), Sides(30, 10)))
    3.0000 (95 %: 0.6381 to 17.6795)
    >>> found = likelihood_ratio(Sides(7, 0), Sides(30, 10))
    >>> found.value, round(found.low, 2), found.high
    (inf, 0.77, inf)
    """
    if not fired or not (every.improved and every.not_improved):
        return Interval(nan, 0.0, inf, CONFIDENCE)
    numerator, denominator = fired.improved / every.improved, fired.not_improved / every.not_improved
    value = numerator / denominator if denominator else inf
    middle = min(log(value), _WIDEST) if value else -_WIDEST
    return Interval(
        value,
        _end(fired, every, -_WIDEST, middle) if fired.improved else 0.0,
        _end(fired, every, middle, _WIDEST) if fired.not_improved else inf,
        CONFIDENCE,
    )


def _end(fired: Sides, every: Sides, low: float, high: float) -> float:
    """Ratio between two logarithms at which the test begins to reject."""
    from scipy.optimize import brentq  # noqa: PLC0415 - whoever ranks loads this module and no scipy
    from scipy.stats import chi2  # noqa: PLC0415

    critical = float(chi2.ppf(CONFIDENCE, df=1))
    return exp(brentq(lambda place: _chi_squared(exp(place), fired, every) - critical, low, high))


def _chi_squared(ratio: float, fired: Sides, every: Sides) -> float:
    """Pearson's statistic of the counts, with the rates that are most likely at a ratio of the rates."""
    linear = ratio * (every.improved + fired.not_improved) + fired.improved + every.not_improved
    square = ratio * every.total
    rate = 2 * fired.total / (linear + max(linear**2 - 4 * square * fired.total, 0.0) ** 0.5)
    apart = fired.improved / every.improved - ratio * fired.not_improved / every.not_improved
    variance = ratio * rate * max(1 - ratio * rate, 0.0) / every.improved
    variance += ratio**2 * rate * max(1 - rate, 0.0) / every.not_improved
    return apart**2 / variance if variance > 0 else (inf if abs(apart) > 1e-12 else 0.0)


def power_to_see(log_odds: float, every: Sides, fired_share: float) -> float:
    """Chance that a one-sided exact test (Fisher's, at 0.05) would see a rule that is as strong as it claims.

    A rule that adds a weight w to the log-odds where it fires claims that it fires exp(w) times as often on what
    improves. It is taken to fire as often in all as was counted; where that leaves it no room (a rate above 1), it
    fires on all of one side.

    Parameters
    ----------
    log_odds : float
        The claim; negative for a rule against.
    every : Sides
        On how many it can be seen.
    fired_share : float
        Share of them on which it fires.

    Returns
    -------
    float
        0 where it never fires, one side is empty, or it claims nothing.

    Examples
    --------
    >>> round(power_to_see(1.2, Sides(40, 10), 0.3), 3)
    0.308
    >>> power_to_see(1.2, Sides(400, 100), 0.3) > 0.99
    True
    """
    from scipy.stats import binom, hypergeom  # noqa: PLC0415 - whoever ranks loads this module and no scipy

    if not (every.improved and every.not_improved and fired_share > 0 and log_odds):
        return 0.0
    sides = (every.improved, every.not_improved)
    favoured, other = sides if log_odds > 0 else sides[::-1]
    ratio = exp(abs(log_odds))
    rate = min(ratio * fired_share * (favoured + other) / (favoured * ratio + other), 1.0)
    on_favoured, on_other = np.arange(favoured + 1)[:, np.newaxis], np.arange(other + 1)
    chance = binom.pmf(on_favoured, favoured, rate) * binom.pmf(on_other, other, rate / ratio)
    p_value = hypergeom.sf(on_favoured - 1, favoured + other, on_favoured + on_other, favoured)
    return float(chance[p_value <= SIGNIFICANCE + 1e-12].sum())


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the receiver operating characteristic, ties counting half; NaN if a side is empty.

    Examples
    --------
    >>> area_under_curve([1.0, 2.0], [0.0, 1.0])
    0.875
    """
    if not positive or not negative:
        return nan
    return fmean((a > b) + 0.5 * (a == b) for a in positive for b in negative)


@dataclass(frozen=True)
class Separation:
    """How two ways to order the same outcomes part what improved from what didn't.

    Attributes
    ----------
    auc : Interval
        Of the first: the chance that an improved one stands above one that is not, ties counting half.
    other : Interval
        Of the second.
    difference : Interval
        First less second.
    """

    auc: Interval
    other: Interval
    difference: Interval


def compare_separations(
    values: ArrayLike, others: ArrayLike, improved: ArrayLike, groups: ArrayLike
) -> Separation:
    """Areas under the curve of two orders of the same outcomes, and their difference, with intervals.

    The intervals are percentiles of a bootstrap that draws whole groups (sources), with a fixed seed: outcomes of one
    source are no independent witnesses. A draw without one of the two sides says nothing and is left out.

    Parameters
    ----------
    values, others : array_like of float
        Shape (n,): larger ones are expected of what improved.
    improved : array_like of bool
        Shape (n,).
    groups : array_like
        Shape (n,): the source of each.

    Returns
    -------
    Separation
        NaN where a side is empty; without bounds where one comes from fewer than two groups.

    Examples
    --------
    >>> found = compare_separations([3, 2, 2, 0], [0, 0, 0, 0], [True, True, False, False], list("abcd"))
    >>> found.auc.value, found.other.value, found.difference.value
    (0.875, 0.5, 0.375)
    """
    is_improved = np.asarray(improved, dtype=bool)
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    count = len(names)
    drawn = np.ones((1, count))
    if min(len(set(group[is_improved])), len(set(group[~is_improved]))) > 1:
        draws = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), RESAMPLINGS)
        drawn = np.vstack([drawn, draws])
    weights = drawn[:, group]
    first, second = (
        _weighted_areas(np.asarray(one, float), is_improved, weights) for one in (values, others)
    )
    return Separation(
        _percentiles(first, (0.0, 1.0)),
        _percentiles(second, (0.0, 1.0)),
        _percentiles(first - second, (-1.0, 1.0)),
    )


def _weighted_areas(
    values: NDArray[np.float64], improved: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Area for each row of weights; NaN where a side has none."""
    positive, negative = values[improved], values[~improved]
    above = (positive[:, np.newaxis] > negative) + 0.5 * (positive[:, np.newaxis] == negative)
    on_positive, on_negative = weights[:, improved], weights[:, ~improved]
    pairs = on_positive.sum(axis=1) * on_negative.sum(axis=1)
    wins = ((on_positive @ above) * on_negative).sum(axis=1)
    areas: NDArray[np.float64] = np.divide(wins, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)
    return areas


def _percentiles(found: NDArray[np.float64], widest: tuple[float, float]) -> Interval:
    """The first value, which is that of the data, with percentiles of the rest, or the widest bounds without any."""
    known = found[1:][~np.isnan(found[1:])]
    tails = ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2)
    low, high = np.quantile(known, tails).tolist() if len(known) else widest
    return Interval(float(found[0]), low, high, CONFIDENCE)
