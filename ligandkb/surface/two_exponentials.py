"""How long does the light last, where one exponential doesn't say?

Two exponentials a₁exp(−t/τ₁) + a₂exp(−t/τ₂) over all that follows the peak, since the mean lifetimes depend on the
tail: Σaτ/Σa, weighted by amplitude, is the area under the decay over its height at the peak; Σaτ²/Σaτ, weighted by
intensity, is the mean time at which a photon comes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from ligandkb.surface.decay_models import Decay, amplitude_weighted, intensity_weighted, two_exponentials
from ligandkb.surface.goodness import chi_square_p
from ligandkb.surface.profile import linear_interval, minimise
from ligandkb.surface.quantities import FloatArray
from ligandkb.surface.uncertainty import Interval

REJECTED_BELOW = 0.001
"""Probability of a larger deviance below which a model is rejected; ours."""


@dataclass(frozen=True)
class TwoExponentials:
    """Two exponentials over all that follows the peak.

    Attributes
    ----------
    lifetimes_ns : tuple of Interval
        The shorter one first.
    amplitude_shares : tuple of float
        Of each, at the peak; they add up to 1.
    amplitude_mean_ns : Interval
        Σaτ/Σa.
    intensity_mean_ns : Interval
        Σaτ²/Σaτ.
    background_counts : float
        Per bin.
    window_ns : tuple of float
        First and last time that was fitted.
    deviance, degrees_of_freedom, goodness_p
        As in :class:`LifetimeFit`.
    rejected : bool
        Two exponentials don't describe the counts either, so the intervals are too narrow.
    fitted_counts : ndarray
        Within the window.
    """

    lifetimes_ns: tuple[Interval, Interval]
    amplitude_shares: tuple[float, float]
    amplitude_mean_ns: Interval
    intensity_mean_ns: Interval
    background_counts: float
    window_ns: tuple[float, float]
    deviance: float
    degrees_of_freedom: int
    goodness_p: float
    rejected: bool
    fitted_counts: FloatArray


def fit_two_exponentials(
    decay: Decay, single: FloatArray, origin_ns: float, confidence: float
) -> TwoExponentials:
    """Fit two exponentials, beginning on both sides of the one.

    Parameters
    ----------
    decay : Decay
        All that follows the peak.
    single : ndarray of shape (3,)
        Best parameters of one exponential.
    origin_ns : float
        Time of the peak.
    confidence : float
        Of the intervals, which are of first order (:func:`~ligandkb.surface.profile.linear_interval`).

    Returns
    -------
    TwoExponentials
    """
    background, amplitude, lifetime = single
    lower, upper = decay.bounds(two_exponentials)
    starts = [
        np.asarray(
            [
                background,
                amplitude + math.log(1.0 - share),
                lifetime + math.log(short),
                amplitude + math.log(share),
                lifetime + math.log(long),
            ]
        )
        for share, short, long in ((0.5, 0.5, 2.0), (0.2, 0.6, 4.0), (0.7, 0.2, 1.3))
    ]
    residuals = partial(decay.residuals, two_exponentials)
    best, deviance = minimise(residuals, starts, lower, upper)
    if best[2] > best[4]:
        best = best[[0, 3, 4, 1, 2]]
    degrees = decay.degrees_of_freedom(best)
    goodness = chi_square_p(deviance, degrees)
    amplitudes = np.exp(best[[1, 3]])
    shares = amplitudes / amplitudes.sum()

    def interval(logarithm: Callable[[FloatArray], float]) -> Interval:
        return linear_interval(residuals, best, logarithm, confidence=confidence)

    return TwoExponentials(
        lifetimes_ns=(interval(lambda p: float(p[2])), interval(lambda p: float(p[4]))),
        amplitude_shares=(float(shares[0]), float(shares[1])),
        amplitude_mean_ns=interval(lambda p: amplitude_weighted(p[1:])),
        intensity_mean_ns=interval(lambda p: intensity_weighted(p[1:])),
        background_counts=math.exp(best[0]),
        window_ns=(float(origin_ns + decay.time_ns[0]), float(origin_ns + decay.time_ns[-1])),
        deviance=deviance,
        degrees_of_freedom=degrees,
        goodness_p=goodness,
        rejected=goodness < REJECTED_BELOW,
        fitted_counts=decay.model(two_exponentials, best),
    )
