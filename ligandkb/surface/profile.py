"""How far can a parameter move before the data object?

Profile likelihood: hold one parameter at a value, fit all the others anew, and see by how much the
sum of squared residuals rises. Where it rises by more than a quantile allows, the interval ends.
Unlike a covariance matrix this needs no straight lines: an interval may be lopsided, and where the
data set no bound it is open instead of merely wide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ligandkb.surface.quantities import FloatArray
from ligandkb.surface.uncertainty import Interval

Residuals = Callable[[FloatArray], FloatArray]

_FIRST_STEP = 0.02
_GROWTH = 1.7
_SINGULAR = 1e12
"""Condition number above which the difference quotients can't tell an information matrix from a singular one."""


def minimise(
    residuals: Residuals, starts: Sequence[FloatArray], lower: FloatArray, upper: FloatArray
) -> tuple[FloatArray, float]:
    """Find the least sum of squares from several starts, within bounds.

    Parameters
    ----------
    residuals : callable
        Takes parameters of shape (p,), returns residuals of shape (n,), each in standard deviations.
    starts : sequence of ndarray, each of shape (p,)
        Where to begin; the best end is kept.
    lower, upper : ndarray of shape (p,)
        Bounds.

    Returns
    -------
    parameters : ndarray of shape (p,)
    sum_of_squares : float

    Examples
    --------
    >>> import numpy as np
    >>> data = np.array([1.0, 3.0])
    >>> best, least = minimise(lambda p: p[0] - data, [np.zeros(1)], np.array([-9.0]), np.array([9.0]))
    >>> round(float(best[0]), 6), round(least, 6)
    (2.0, 2.0)
    """
    from scipy.optimize import least_squares  # noqa: PLC0415 - scipy loads when something is fitted

    best: FloatArray | None = None
    least = np.inf
    margin = 1e-9 * (upper - lower)
    for start in starts:
        inside = np.clip(start, lower + margin, upper - margin)
        fit = least_squares(residuals, inside, bounds=(lower, upper), xtol=1e-12, ftol=1e-12, gtol=1e-12)
        if 2.0 * fit.cost < least:
            best, least = np.asarray(fit.x, dtype=np.float64), float(2.0 * fit.cost)
    if best is None:
        raise ValueError("minimise needs at least one start with finite residuals")
    return best, least


def profile_interval(
    residuals: Residuals,
    optimum: FloatArray,
    index: int,
    *,
    rise: float,
    lower: FloatArray,
    upper: FloatArray,
) -> tuple[float, float]:
    """Interval of one parameter within which the profiled sum of squares rises by at most `rise`.

    Parameters
    ----------
    residuals : callable
        As in :func:`minimise`.
    optimum : ndarray of shape (p,)
        Where the sum of squares is least.
    index : int
        Which parameter.
    rise : float
        Allowed rise: the square of a normal quantile where residuals are in known standard deviations.
    lower, upper : ndarray of shape (p,)
        Bounds. An end that lies on its bound means that the data set none.

    Returns
    -------
    low, high : float

    Examples
    --------
    A mean of four values with standard deviation 1 is known to 1.96/2:

    >>> import numpy as np
    >>> data = np.array([1.0, 2.0, 3.0, 4.0])
    >>> low, high = profile_interval(lambda p: p[0] - data, np.array([2.5]), 0, rise=1.96**2,
    ...                              lower=np.array([-99.0]), upper=np.array([99.0]))
    >>> round(low, 3), round(high, 3)
    (1.52, 3.48)
    """
    from scipy.optimize import brentq  # noqa: PLC0415 - scipy loads when something is fitted

    others = np.arange(optimum.size) != index
    least = float(np.sum(residuals(optimum) ** 2))
    warm = optimum[others]

    def excess(value: float) -> float:
        """Rise of the profiled sum of squares at a value, less the allowed one."""
        nonlocal warm
        parameters = optimum.copy()
        parameters[index] = value
        if others.any():

            def remaining(free: FloatArray) -> FloatArray:
                whole = parameters.copy()
                whole[others] = free
                return residuals(whole)

            warm, total = minimise(remaining, [warm], lower[others], upper[others])
        else:
            total = float(np.sum(residuals(parameters) ** 2))
        return total - least - rise

    ends: list[float] = []
    for direction, bound in ((-1.0, float(lower[index])), (1.0, float(upper[index]))):
        warm = optimum[others]
        inside, step = float(optimum[index]), _FIRST_STEP
        while True:
            outside = inside + direction * step
            beyond = outside <= bound if direction < 0 else outside >= bound
            if beyond:
                outside = bound
            if inside == bound or (excess(outside) <= 0 and beyond):
                ends.append(bound)
                break
            if excess(outside) > 0:
                ends.append(float(brentq(excess, inside, outside, xtol=1e-8, rtol=1e-10)))
                break
            inside, step = outside, step * _GROWTH
    return ends[0], ends[1]


def linear_interval(
    residuals: Residuals,
    optimum: FloatArray,
    logarithm: Callable[[FloatArray], float],
    *,
    confidence: float,
) -> Interval:
    """Interval of a positive quantity that follows from all parameters, to first order.

    Parameters
    ----------
    residuals : callable
        As in :func:`minimise`.
    optimum : ndarray of shape (p,)
        Where the sum of squares is least.
    logarithm : callable
        Takes parameters, returns the logarithm of the quantity.
    confidence : float

    Returns
    -------
    Interval
        Normal on a logarithmic scale; from 0 to infinity where the data don't determine the parameters.

    Notes
    -----
    With J the Jacobian of the residuals, the covariance of the parameters is the inverse of JᵀJ.

    Examples
    --------
    A sum of two means, each known to 1/√2:

    >>> import numpy as np
    >>> data = np.array([4.0, 4.0, 6.0, 6.0])
    >>> found = linear_interval(lambda p: p[[0, 0, 1, 1]] - data, np.array([4.0, 6.0]),
    ...                         lambda p: np.log(p[0] + p[1]), confidence=0.95)
    >>> str(found)  # 10 exp(±1.96 × 0.1)
    '10.00 (95 %: 8.22 to 12.17)'
    """
    from scipy.optimize import approx_fprime  # noqa: PLC0415 - scipy loads when something is fitted
    from scipy.special import ndtri  # noqa: PLC0415

    value = math.exp(logarithm(optimum))
    jacobian = np.atleast_2d(approx_fprime(optimum, residuals))
    information = jacobian.T @ jacobian
    if not np.all(np.isfinite(information)) or np.linalg.cond(information) > _SINGULAR:
        return Interval(value, 0.0, math.inf, confidence)
    gradient = np.atleast_1d(approx_fprime(optimum, logarithm))
    sigma = math.sqrt(float(gradient @ np.linalg.solve(information, gradient)))
    step = math.exp(min(float(ndtri((1.0 + confidence) / 2.0)) * sigma, 700.0))
    return Interval(value, value / step, value * step, confidence)
