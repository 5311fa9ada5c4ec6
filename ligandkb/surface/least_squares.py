"""Which parameters fit best, and how far can what follows from them move before the data object?

For sums of squares with derivatives and bounds, thousands of times in a row. An interval is a profile: all that follows
from the parameters, such as a mean lifetime, is held at a value, all parameters are fitted anew, and the interval ends
where the sum of squares has risen by what a quantile allows. Such a rise goes nearly with the square of the distance,
so its root is followed by secants.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ligandkb.surface.quantities import FloatArray

_ITERATIONS = 100
_ENOUGH = 1e-8
"""Fall of the sum of squares below which a fit has arrived."""
_MOST_DAMPING = 1e12
_LITTLE_DAMPING = 1e-2
_LONGEST_STEP = 3.0
"""On a logarithmic scale; more than a factor of twenty at once leads astray."""
_HOLD = 100.0
"""Weight of what is held, in its standard deviations: it gives way by a ten-thousandth of one."""
_NEAR = 0.01
"""Part of the allowed rise to which an end is found."""
_FARTHEST = 14.0
"""Distance on a logarithmic scale beyond which an end is open: a factor of a million."""
_TRIES = 14


@dataclass(frozen=True)
class LeastSquares:
    """A sum of squares.

    Attributes
    ----------
    residuals : callable
        Takes parameters of shape (p,), returns residuals of shape (n,), each in standard deviations.
    jacobian : callable
        Takes the same, returns their derivatives, of shape (n, p).
    lower, upper : ndarray of shape (p,)
        Bounds.

    Examples
    --------
    A mean of four values with standard deviation 1 is known to 1.96/2:

    >>> data = np.array([1.0, 2.0, 3.0, 4.0])
    >>> mean = LeastSquares(lambda p: p[0] - data, lambda p: np.ones((4, 1)), np.array([-99.0]), np.array([99.0]))
    >>> best, least = mean.minimise([np.array([7.0])])
    >>> low, high = mean.interval(best, lambda p: float(p[0]), quantile=1.96)
    >>> round(float(best[0]), 6), round(least, 6), round(low, 2), round(high, 2)
    (2.5, 5.0, 1.52, 3.48)
    """

    residuals: Callable[[FloatArray], FloatArray]
    jacobian: Callable[[FloatArray], FloatArray]
    lower: FloatArray
    upper: FloatArray

    def minimise(self, starts: Sequence[FloatArray]) -> tuple[FloatArray, float]:
        """Find the least sum of squares from several starts: parameters and sum.

        Levenberg and Marquardt's way; what stands at a bound and would leave it is held there.
        """
        ends = [self._descended(np.clip(start, self.lower, self.upper)) for start in starts]
        return min(ends, key=lambda end: end[1])

    def _descended(self, at: FloatArray) -> tuple[FloatArray, float]:
        values = self.residuals(at)
        least, damping = float(values @ values), 1e-3
        for _ in range(_ITERATIONS):
            slopes = self.jacobian(at)
            downhill, whole = -(slopes.T @ values), slopes.T @ slopes
            held = ((at <= self.lower) & (downhill < 0)) | ((at >= self.upper) & (downhill > 0))
            free = np.flatnonzero(~held)
            information = whole[np.ix_(free, free)]
            scale = np.clip(np.diag(information), 1e-12, None)
            before = least
            while damping < _MOST_DAMPING:
                step = np.linalg.solve(information + np.diag(damping * scale), downhill[free])
                step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max(initial=0.0)), 1e-300))
                tried = at.copy()
                tried[free] = np.clip(at[free] + step, self.lower[free], self.upper[free])
                there = self.residuals(tried)
                total = float(there @ there)
                if total < least:
                    at, values, least = tried, there, total
                    damping = max(damping / 10.0, 1e-12)
                    break
                damping *= 10.0
            if before == least or (before - least < _ENOUGH and damping < _LITTLE_DAMPING):
                break
        return at, least

    def sigma(self, optimum: FloatArray, quantity: Callable[[FloatArray], float]) -> float:
        """Standard deviation of what follows from the parameters, to first order; infinite where nothing tells it."""
        slopes = self.jacobian(optimum)
        gradient = _gradient(quantity, optimum)
        inside = (optimum > self.lower) & (optimum < self.upper)
        information = slopes[:, inside].T @ slopes[:, inside]
        scale = np.sqrt(np.clip(np.diag(information), 1e-300, None))
        normed = information / np.outer(scale, scale)
        if not np.all(np.isfinite(normed)) or np.linalg.cond(normed) > 1e12:
            return math.inf
        part = gradient[inside] / scale
        return math.sqrt(max(float(part @ np.linalg.solve(normed, part)), 0.0))

    def interval(
        self, optimum: FloatArray, quantity: Callable[[FloatArray], float], *, quantile: float
    ) -> tuple[float, float]:
        """Interval of what follows from the parameters.

        Parameters
        ----------
        optimum : ndarray of shape (p,)
            Where the sum of squares is least.
        quantity : callable
            Takes parameters, returns a number on a logarithmic scale.
        quantile : float
            Of the normal distribution; the sum of squares may rise by its square.

        Returns
        -------
        low, high : float
            Infinite where the data set no bound.
        """
        low, high = (self._end(optimum, quantity, quantile, direction) for direction in (-1.0, 1.0))
        return low, high

    def _end(
        self,
        optimum: FloatArray,
        quantity: Callable[[FloatArray], float],
        quantile: float,
        direction: float,
    ) -> float:
        values = self.residuals(optimum)
        least, middle = float(values @ values), quantity(optimum)
        sigma = min(max(self.sigma(optimum, quantity), 1e-7), 1.0)
        inside, root_inside, outside, root_outside = 0.0, 0.0, math.inf, math.inf
        distance, warm = quantile * sigma, optimum
        for _ in range(_TRIES):
            found, rise, reached = self._held(warm, quantity, middle + direction * distance, sigma)
            root = math.sqrt(max(rise - least, 0.0))
            if not reached and root < quantile:
                return direction * math.inf  # the bounds of the parameters are met before the data object
            if abs(root - quantile) < _NEAR * quantile:
                break
            if root < quantile:
                inside, root_inside, warm = distance, root, found
            else:
                outside, root_outside = distance, root
            if math.isinf(outside):
                distance *= min(max(1.05 * quantile / max(root, 1e-9), 1.05), 4.0)
                if distance > _FARTHEST:
                    return direction * math.inf
            else:
                share = (quantile - root_inside) / (root_outside - root_inside)
                distance = inside + (outside - inside) * min(max(share, 0.05), 0.95)
        return middle + direction * distance

    def _held(
        self, start: FloatArray, quantity: Callable[[FloatArray], float], value: float, sigma: float
    ) -> tuple[FloatArray, float, bool]:
        """Parameters and sum of squares where a quantity has a value, and whether it can have it."""
        weight = _HOLD / sigma
        held = replace(
            self,
            residuals=lambda p: np.append(self.residuals(p), weight * (quantity(p) - value)),
            jacobian=lambda p: np.vstack([self.jacobian(p), weight * _gradient(quantity, p)]),
        )
        best, total = held.minimise([start])
        miss = quantity(best) - value
        return best, total - (weight * miss) ** 2, abs(miss) < 0.1 * sigma


def _gradient(quantity: Callable[[FloatArray], float], at: FloatArray) -> FloatArray:
    """Derivatives of a quantity by central differences."""
    step = 1e-5
    moves = step * np.eye(at.size)
    return np.array([(quantity(at + move) - quantity(at - move)) / (2.0 * step) for move in moves])
