"""Does the model describe the data?"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ligandkb.surface.quantities import FloatArray

RUNS_CLUSTER_BELOW = 0.05
"""Probability of the runs test below which residuals are said to cluster; ours, the usual level."""


def chi_square_p(chi_square: float, degrees_of_freedom: int) -> float:
    """Probability of a larger chi-square if the model and the given errors hold.

    Parameters
    ----------
    chi_square : float
        Sum of squared residuals in standard deviations, or a Poisson deviance.
    degrees_of_freedom : int
        Points less fitted parameters.

    Returns
    -------
    float

    Examples
    --------
    >>> round(chi_square_p(3.841, 1), 3)
    0.05
    """
    from scipy.special import chdtrc  # noqa: PLC0415 - scipy loads when something is fitted

    return float(chdtrc(degrees_of_freedom, chi_square))


def deviance_p(deviance: float, expected: FloatArray, parameters: int) -> float:
    """Probability of a larger Poisson deviance if the model holds, however few counts are in a bin.

    Parameters
    ----------
    deviance : float
    expected : ndarray of shape (n,)
        Counts that the fitted model expects.
    parameters : int
        Fitted ones.

    Returns
    -------
    float

    Notes
    -----
    With many counts a bin adds 1 to a deviance on the average, with few of them more or less. Mean and variance for
    each number of expected counts are summed up, and give the gamma distribution with this mean and variance, which
    is chi-square's where counts are many. Each parameter takes 1 from the mean and 2 from the variance.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> few = np.full(1000, 0.3)
    >>> counts = rng.poisson(few)
    >>> deviance = 2 * np.sum(np.where(counts > 0, counts * np.log(np.maximum(counts, 1) / few), 0) - counts + few)
    >>> chi_square_p(deviance, 1000) > 0.999, 0.01 < deviance_p(deviance, few, 0) < 0.99
    (True, True)
    """
    from scipy.special import gammaincc  # noqa: PLC0415 - scipy loads when something is fitted

    logs, means, variances = _deviance_moments()
    at = np.log(np.clip(expected, math.exp(logs[0]), None))
    mean = float(np.interp(at, logs, means).sum()) - parameters
    variance = float(np.interp(at, logs, variances).sum()) - 2.0 * parameters
    if mean <= 0.0 or variance <= 0.0:
        return 1.0
    return float(gammaincc(mean**2 / variance, deviance * mean / variance))


@cache
def _deviance_moments() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Logarithms of expected counts, and mean and variance of the deviance of one bin there."""
    from scipy.special import gammaln, xlogy  # noqa: PLC0415

    logs = np.linspace(math.log(1e-4), math.log(400.0), 300)
    expected = np.exp(logs)[:, None]
    counts = np.arange(700.0)[None, :]
    weight = np.exp(xlogy(counts, expected) - expected - gammaln(counts + 1.0))
    deviance = 2.0 * (xlogy(counts, counts / expected) - (counts - expected))
    means = (weight * deviance).sum(axis=1)
    # Beyond the last both have come to those of chi-square within a thousandth.
    return logs, means, (weight * deviance**2).sum(axis=1) - means**2


def probability(p: float) -> str:
    """Write a p-value so that it can be read: never as 0, and without digits that mean nothing.

    Examples
    --------
    >>> probability(0.0312), probability(0.0), probability(3e-9), probability(1.0)
    ('p = 0.031', 'p < 1e-6', 'p < 1e-6', 'p = 1')
    """
    return "p < 1e-6" if p < 1e-6 else f"p = {p:.2g}"


def runs_verdict(p: float) -> str:
    """Say what :func:`runs_p` means for the residuals, in words.

    Examples
    --------
    >>> runs_verdict(0.31)
    'runs test: signs of the residuals look random, p = 0.31'
    >>> runs_verdict(0.0)
    'runs test: residuals of one sign cluster, p < 1e-6'
    """
    meaning = (
        "residuals of one sign cluster" if p < RUNS_CLUSTER_BELOW else "signs of the residuals look random"
    )
    return f"runs test: {meaning}, {probability(p)}"


def allowed_rise(
    confidence: float, *, residual_variance: float = 1.0, degrees_of_freedom: int | None = None
) -> float:
    """Rise of a sum of squares that ends a profile-likelihood interval of one parameter.

    Parameters
    ----------
    confidence : float
        Rate at which the interval is to cover the truth.
    residual_variance : float
        1 where residuals are in known standard deviations; else estimated from the fit.
    degrees_of_freedom : int, optional
        Of that estimate: a Student quantile then takes the place of the normal one.

    Returns
    -------
    float

    Examples
    --------
    >>> round(allowed_rise(0.95), 2)
    3.84
    >>> round(allowed_rise(0.95, residual_variance=2.0, degrees_of_freedom=4), 1)
    15.4
    """
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - scipy loads when something is fitted

    tail = (1.0 + confidence) / 2.0
    quantile = ndtri(tail) if degrees_of_freedom is None else stdtrit(degrees_of_freedom, tail)
    return float(quantile**2 * residual_variance)


def runs_p(residuals: FloatArray) -> float:
    """Probability of so few runs of equal sign, or fewer, if the signs come in random order.

    A small value means that residuals stay on one side for long stretches: the model has another
    shape than the data, however small the residuals are.

    Parameters
    ----------
    residuals : ndarray of shape (n,)
        In the order of the abscissa; zeros are left out.

    Returns
    -------
    float
        1 where all signs are equal or fewer than two residuals differ from 0.

    Notes
    -----
    The exact distribution of the number of runs of two kinds in random order, by counting.

    Examples
    --------
    Three above, then three below: two runs in 20 possible orders, 2 of which have so few.

    >>> round(runs_p(np.array([1.0, 1.0, 1.0, -1.0, -1.0, -1.0])), 9)
    0.1
    """
    signs = np.sign(residuals[residuals != 0.0])
    above, below = int(np.sum(signs > 0)), int(np.sum(signs < 0))
    if above == 0 or below == 0:
        return 1.0
    observed = 1 + int(np.sum(signs[1:] != signs[:-1]))
    runs = np.arange(2, observed + 1)
    half, odd = np.divmod(runs, 2)
    # An even number of runs has as many of either sign, an odd one one more of the sign that begins.
    first = np.log(2.0) + _log_ways(above, half) + _log_ways(below, half)
    more_above = _log_ways(above, half + 1) + _log_ways(below, half)
    more_below = _log_ways(above, half) + _log_ways(below, half + 1)
    logs = np.where(odd, np.logaddexp(more_above, more_below), first)
    return min(1.0, float(np.exp(logs - _log_choose(above + below, np.array([above]))).sum()))


def _log_ways(signs: int, runs: NDArray[np.int64]) -> FloatArray:
    """Logarithm of the ways to part some signs into runs."""
    return _log_choose(signs - 1, runs - 1)


def _log_choose(of: int, taken: NDArray[np.int64]) -> FloatArray:
    """Logarithm of binomial coefficients; of 0 where more are taken than there are."""
    from scipy.special import gammaln  # noqa: PLC0415 - scipy loads when something is fitted

    possible = taken <= of
    there = np.where(possible, taken, 0)
    logs = gammaln(of + 1.0) - gammaln(there + 1.0) - gammaln(of - there + 1.0)
    return np.asarray(np.where(possible, logs, -np.inf))
