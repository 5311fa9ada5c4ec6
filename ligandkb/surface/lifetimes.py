"""One exponential or a distribution?

As in Nenon et al. (doi 10.1021/jacs.8b11035, text on Figure 6) a single exponential is fitted over the
first two decades of a decay. Counts are Poisson, so the fit maximises the Poisson likelihood: its
deviance takes the place of a sum of squares, bins with few counts included. The background is a
parameter, tied to the bins before the pulse where those are known.

Whether one exponential is enough is asked with a stretched one, exp(−(t/τ)^β). A distribution of
lifetimes, such as a distribution of traps makes, gives β < 1; a single emitter gives β = 1. A
lifetime from a rejected fit gives no rates.

Which of three models describes all of the decay, and its mean lifetimes, says
:mod:`~ligandkb.surface.model_choice`.

With the instrument's response all bins count, those before the pulse too, and what is fitted is the light behind the
response. Without one the fit begins after the peak; the response must then be short against the lifetime, or be
skipped. Time begins where the counts rise through half of the peak, on which β and the amplitudes depend: known to
half a bin at best.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ligandkb.missing import Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.surface.decay import checked_decay
from ligandkb.surface.decay_light import light_of
from ligandkb.surface.decay_models import exponential, stretched
from ligandkb.surface.goodness import chi_square_p, deviance_p, runs_p
from ligandkb.surface.lifetime_notes import ASK_FOR_PLQY, notes_on
from ligandkb.surface.model_choice import REJECTED_BELOW, ModelChoice, best_fit, choose_model, interval_of
from ligandkb.surface.quantities import CONFIDENCE, FloatArray, Quantity, require
from ligandkb.surface.response import Response, prepared_response
from ligandkb.surface.uncertainty import Interval, Measured

__all__ = ["ASK_FOR_PLQY", "DecayShape", "LifetimeFit", "fit_lifetime"]

DecayShape = Literal["one exponential", "distribution", "steeper than exponential", "can't tell"]

_SKIP_NS = Quantity("time after the peak", "ns", 0.0, 1000.0, "it is never negative", slips=((1000.0, "ps"),))
_REPETITION_RATE_MHZ = Quantity(
    "repetition rate", "MHz", 0.001, 1000.0, "the paper's is 10 MHz", slips=((1e6, "Hz"), (1000.0, "kHz"))
)
_DECADES = Quantity("number of decades", "decades of intensity", 0.3, 6.0, "the paper uses 2")
_TELLING_HALF_WIDTH = 0.05


@dataclass(frozen=True)
class LifetimeFit:
    """Result of :func:`fit_lifetime`.

    Attributes
    ----------
    lifetime_ns : Interval
        Of the single exponential.
    stretch_exponent : Interval
        β of the stretched exponential over the same bins.
    verdict : str
        "one exponential" where the interval of β holds 1 and is narrower than ±0.05, "distribution"
        where it lies below 1, "steeper than exponential" where it lies above, else "can't tell".
    stretch_p : float
        Probability of so large a gain from β if one exponential holds.
    rejected : bool
        One exponential is rejected: β isn't 1, or the deviance is too large. Its lifetime gives no rates.
    models : ModelChoice
        One exponential, two and a stretched one over all that follows the pulse, and which describes it.
    amplitude_counts : float
        Per bin, of the single exponential at the pulse.
    background_counts : float
        Per bin, of the model that describes the decay; where none does, the mean of the dark bins if they are known.
    response : Response or None
        As it was used.
    window_ns : tuple of float
        First and last time that was fitted.
    decades : float
        Decades above the background that the window spans.
    deviance, degrees_of_freedom, goodness_p
        Of the single exponential: Poisson deviance, bins less parameters, probability of a larger one.
    runs_p : float
        Probability of so few changes of sign among the residuals if they are random.
    time_ns, counts : ndarray of shape (n,)
        All data.
    fitted_counts, stretched_counts, residuals : ndarray of shape (m,)
        Within the window: the two models, and deviance residuals of the single exponential.
    in_window : ndarray of bool, shape (n,)
        Which bins were fitted.
    notes : tuple of str
        What to keep in mind, the question for the PLQY first.
    """

    lifetime_ns: Interval
    stretch_exponent: Interval
    verdict: DecayShape
    stretch_p: float
    rejected: bool
    models: ModelChoice
    amplitude_counts: float
    background_counts: float
    response: Response | None
    window_ns: tuple[float, float]
    decades: float
    deviance: float
    degrees_of_freedom: int
    goodness_p: float
    runs_p: float
    time_ns: FloatArray
    counts: FloatArray
    fitted_counts: FloatArray
    stretched_counts: FloatArray
    residuals: FloatArray
    in_window: NDArray[np.bool_]
    notes: tuple[str, ...]

    @property
    def lifetime_for_rates(self) -> Measured | Missing:
        """Lifetime with the standard deviation that its interval stands for, or why it gives no rates."""
        if self.rejected:
            return Missing("one exponential is rejected, so its lifetime gives no rates")
        from scipy.special import ndtri  # noqa: PLC0415 - loaded when it was fitted

        quantile = float(ndtri((1.0 + self.lifetime_ns.confidence) / 2.0))
        interval = self.lifetime_ns
        return Measured(interval.value, (interval.high - interval.low) / (2.0 * quantile))


def fit_lifetime(
    time_ns: ArrayLike,
    counts: ArrayLike,
    *,
    response: tuple[ArrayLike, ArrayLike] | None = None,
    background_until_ns: float | None = None,
    decades: float = 2.0,
    skip_ns: float = 0.0,
    until_ns: float | None = None,
    repetition_rate_mhz: float | None = None,
    confidence: float = 0.95,
) -> LifetimeFit:
    """Fit one exponential to the first decades of a decay, ask whether one is enough, and which model describes it all.

    Parameters
    ----------
    time_ns, counts : array_like of shape (n,)
        Bin times (equally spaced, ascending) and raw counts.
    response : tuple of two array_like, optional
        Times and raw counts of the instrument's response, in bins as wide as those of the decay. It may stand
        elsewhere: by how much is fitted, and so is its background taken off.
    background_until_ns : float, optional
        Bins up to here hold background only. Without it the background is fitted within the window,
        where it is known worse. With a response all bins before the pulse count anyway.
    decades : float
        How far down from the peak, above the background.
    skip_ns : float
        Time after the peak to leave out, where no response is given.
    until_ns : float, optional
        Bins later than that are left out, as where an instrument adds light of its own.
    repetition_rate_mhz : float, optional
        Of the pulses: light of earlier ones is then part of the model.
    confidence : float
        Of the profile-likelihood intervals.

    Returns
    -------
    LifetimeFit

    Raises
    ------
    UsageError
        Where the data aren't a histogram of a decay: unequal or descending times, counts that are
        negative, normalised or all equal, fewer than 10 bins in the window; a response with other bins.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> t = np.arange(0.0, 100.0, 0.25)
    >>> decay = np.where(t < 10, 0.0, 8000 * np.exp(-(t - 10) / 6.0)) + 4.0
    >>> fit = fit_lifetime(t, rng.poisson(decay), background_until_ns=9.0)
    >>> fit.verdict, 6.0 in fit.lifetime_ns, fit.models.chosen
    ('one exponential', True, 'one exponential')
    """
    time, measured = checked_decay(time_ns, counts)
    require(
        ("decades", decades, _DECADES),
        ("skip_ns", skip_ns, _SKIP_NS),
        ("confidence", confidence, CONFIDENCE),
        (
            "repetition_rate_mhz",
            1.0 if repetition_rate_mhz is None else repetition_rate_mhz,
            _REPETITION_RATE_MHZ,
        ),
    )
    if response is not None and skip_ns > 0.0:
        raise UsageError("skip_ns: with a response nothing has to be left out: give one of the two")
    period_ns = math.inf if repetition_rate_mhz is None else 1000.0 / repetition_rate_mhz
    chosen = light_of(
        time,
        measured,
        response=None if response is None else prepared_response(*response, period_ns=period_ns),
        background_until_ns=background_until_ns,
        decades=decades,
        skip_ns=skip_ns,
        until_ns=until_ns,
        period_ns=period_ns,
    )
    decay, whole, window = chosen.first_decades, chosen.in_whole, chosen.in_first_decades
    single, deviance = best_fit(decay, exponential)
    lifetime = interval_of(decay, exponential, single, lambda p: float(p[2]), confidence)
    bent, bent_deviance = best_fit(decay, stretched, single)
    stretch = interval_of(decay, stretched, bent, lambda p: float(p[3]), confidence)
    expected = decay.expected(exponential, single)
    goodness = deviance_p(deviance, expected, single.size)
    bins = decay.counts.size
    models = choose_model(chosen.whole, whole, (float(time[whole][0]), float(time[whole][-1])), confidence)
    fit = LifetimeFit(
        lifetime_ns=lifetime,
        stretch_exponent=stretch,
        verdict=_verdict(stretch),
        stretch_p=chi_square_p(max(0.0, deviance - bent_deviance), 1),
        rejected=goodness < REJECTED_BELOW or 1.0 not in stretch,
        models=models,
        amplitude_counts=math.exp(single[1]),
        background_counts=_background(models, measured[chosen.dark]),
        response=decay.response,
        window_ns=(float(time[window][0]), float(time[window][-1])),
        decades=chosen.decades,
        deviance=deviance,
        degrees_of_freedom=decay.degrees_of_freedom(single),
        goodness_p=goodness,
        runs_p=runs_p(decay.residuals(exponential, single)[:bins]),
        time_ns=time,
        counts=measured,
        fitted_counts=expected[:bins],
        stretched_counts=decay.model(stretched, bent),
        residuals=decay.residuals(exponential, single)[:bins],
        in_window=window,
        notes=(),
    )
    return replace(fit, notes=notes_on(fit, chosen, decades, repetition_rate_mhz))


def _background(models: ModelChoice, dark: FloatArray) -> float:
    best = models.best
    if isinstance(best, NotApplicable):
        return float(dark.mean()) if dark.size else models.one.background_counts
    return best.background_counts


def _verdict(stretch: Interval) -> DecayShape:
    if stretch.high < 1.0:
        return "distribution"
    if stretch.low > 1.0:
        return "steeper than exponential"
    narrow = max(1.0 - stretch.low, stretch.high - 1.0) <= _TELLING_HALF_WIDTH
    return "one exponential" if narrow else "can't tell"
