"""How sure is this number?"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """A value with its standard deviation (0 where none is known or it is exact).

    Examples
    --------
    >>> str(Measured(180.0, 20.0)), str(Measured(10.7, 0.2)), str(Measured(4.0))
    ('180 ± 20', '10.70 ± 0.20', '4')
    """

    value: float
    sigma: float = 0.0

    def __str__(self) -> str:
        if not self.sigma > 0 or not math.isfinite(self.sigma):
            return f"{self.value:g}"
        # Two digits of the standard deviation where it begins with 1 or lies below 1, as papers print it.
        digits = max(0, 1 - math.floor(math.log10(self.sigma)))
        if self.sigma >= 10:
            return f"{self.value:,.0f} ± {self.sigma:,.0f}"
        return f"{self.value:.{digits}f} ± {self.sigma:.{digits}f}"


@dataclass(frozen=True)
class Interval:
    """A best value with an interval that covers the truth at a stated rate.

    Attributes
    ----------
    value, low, high : float
        ``low`` may be 0 and ``high`` infinite where the data set no bound on that side.
    confidence : float
        Rate at which such intervals cover the truth.

    Examples
    --------
    >>> str(Interval(333.0, 290.0, 381.0, 0.95)), str(Interval(5.972, 5.945, 6.0, 0.95))
    ('333 (95 %: 290 to 381)', '5.972 (95 %: 5.945 to 6.000)')
    >>> str(Interval(0.1, -math.inf, math.inf))
    '0.1 (95 %: no lower bound to no upper bound)'
    """

    value: float
    low: float
    high: float
    confidence: float = 0.95

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        bounds = self.value, self.low, self.high
        given = [bound for bound in bounds if not math.isinf(bound)]
        written = [f"{bound:.4g}" for bound in given]
        if not any("e" in text for text in written):  # all with as many decimals as the one that has most
            decimals = max(len(text.partition(".")[2]) for text in written)
            written = [f"{bound:.{decimals}f}" for bound in given]
        texts = iter(written)
        value, low, high = (
            next(texts) if not math.isinf(bound) else f"no {'upper' if bound > 0 else 'lower'} bound"
            for bound in bounds
        )
        return f"{value} ({self.confidence * 100:g} %: {low} to {high})"


def widened(interval: Interval, *moved: float) -> Interval:
    """Interval of a positive value that also holds the error of something it depends on.

    Parameters
    ----------
    interval : Interval
        Without that error.
    *moved : float
        The value with what it depends on at the ends of its own interval.

    Returns
    -------
    Interval
        Distances on a logarithmic scale, added in quadrature on each side. An open end stays open.

    Examples
    --------
    >>> str(widened(Interval(100.0, 100.0 / 1.1, 110.0), 90.0, 100.0))
    '100.00 (95 %: 86.76 to 110.00)'
    """

    def end(bound: float, reached: float) -> float:
        if not 0.0 < bound < math.inf or not 0.0 < interval.value < math.inf:
            return bound
        distance = math.hypot(math.log(bound / interval.value), math.log(reached / interval.value))
        return interval.value * math.exp(math.copysign(distance, bound - interval.value))

    low = end(interval.low, min(*moved, interval.value))
    return Interval(interval.value, low, end(interval.high, max(*moved, interval.value)), interval.confidence)


def relative_sigma(*measured: Measured) -> float:
    """Relative standard deviation of a product or quotient of independent values (first order).

    Examples
    --------
    >>> round(relative_sigma(Measured(180, 20), Measured(290, 30), Measured(10.7, 0.2)), 3)
    0.153
    """
    return math.hypot(*(one.sigma / one.value for one in measured))
