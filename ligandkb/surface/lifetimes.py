"""One exponential or a distribution?

As in Nenon et al. (doi 10.1021/jacs.8b11035, text on Figure 6) a single exponential is fitted over the
first two decades of a decay. Counts are Poisson, so the fit maximises the Poisson likelihood: its
deviance takes the place of a sum of squares, bins with few counts included. The background is a
parameter, tied to the bins before the pulse where those are known.

Whether one exponential is enough is asked with a stretched one, exp(−(t/τ)^β). A distribution of
lifetimes, such as a distribution of traps makes, gives β < 1; a single emitter gives β = 1.

Where one exponential is rejected, two are fitted to all that follows the peak, for their mean lifetimes. A
lifetime from a rejected fit gives no rates.

Time begins at the peak, on which β and the amplitudes depend.

The instrument's response isn't deconvolved: it must be short against the lifetime, or be skipped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ligandkb.missing import Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.surface.decay import TIME_NS, checked_decay, fit_window, recorded
from ligandkb.surface.decay_models import Decay, Shape, exponential, stretched
from ligandkb.surface.goodness import allowed_rise, chi_square_p, probability, runs_p
from ligandkb.surface.profile import minimise, profile_interval
from ligandkb.surface.quantities import CONFIDENCE, FloatArray, Quantity, require
from ligandkb.surface.two_exponentials import REJECTED_BELOW, TwoExponentials, fit_two_exponentials
from ligandkb.surface.uncertainty import Interval, Measured

ASK_FOR_PLQY = (
    "A lifetime alone doesn't show passivation: with dodecanethiol the PLQY of CsPbBr3 rose from 76.1 to "
    "99.8 % while the lifetime fell from 3.16 to 2.42 ns (doi 10.1039/c9na00292h). Measure the PLQY "
    "before and after too, and give both to passivation_evidence."
)

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
    two_exponentials : TwoExponentials or NotApplicable
        Where one is rejected.
    amplitude_counts : float
        Per bin, of the single exponential at the peak.
    background_counts : float
        Per bin, of the model that isn't rejected; where all are, the mean of the dark bins if they are known.
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
    two_exponentials: TwoExponentials | NotApplicable
    amplitude_counts: float
    background_counts: float
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
    background_until_ns: float | None = None,
    decades: float = 2.0,
    skip_ns: float = 0.0,
    repetition_rate_mhz: float | None = None,
    confidence: float = 0.95,
) -> LifetimeFit:
    """Fit one exponential to the first decades of a decay, and ask whether one is enough.

    Parameters
    ----------
    time_ns, counts : array_like of shape (n,)
        Bin times (equally spaced, ascending) and raw counts.
    background_until_ns : float, optional
        Bins up to here hold background only. Without it the background is fitted within the window,
        where it is known worse.
    decades : float
        How far down from the peak, above the background.
    skip_ns : float
        Time after the peak to leave out (instrument response).
    repetition_rate_mhz : float, optional
        For a warning when pulses follow before the decay is over.
    confidence : float
        Of the profile-likelihood intervals.

    Returns
    -------
    LifetimeFit

    Raises
    ------
    UsageError
        Where the data aren't a histogram of a decay: unequal or descending times, counts that are
        negative, normalised or all equal, fewer than 10 bins in the window.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> t = np.arange(0.0, 100.0, 0.25)
    >>> decay = np.where(t < 10, 0.0, 8000 * np.exp(-(t - 10) / 6.0)) + 4.0
    >>> fit = fit_lifetime(t, rng.poisson(decay), background_until_ns=9.0)
    >>> fit.verdict, 6.0 in fit.lifetime_ns
    ('one exponential', True)
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
    if background_until_ns is not None:
        require(("background_until_ns", background_until_ns, TIME_NS))
    dark = measured[time <= background_until_ns] if background_until_ns is not None else measured[:0]
    if background_until_ns is not None and dark.size < 3:
        raise UsageError(
            f"background_until_ns: only {dark.size} bins lie up to {background_until_ns:g} ns: give a later "
            "time, or leave it out"
        )
    peak_ns = float(time[int(np.argmax(measured))])
    if background_until_ns is not None and background_until_ns >= peak_ns:
        raise UsageError(
            f"background_until_ns: {background_until_ns:g} ns isn't before the peak at {peak_ns:g} ns: give a time "
            "before the pulse, or leave it out"
        )
    used = recorded(measured)
    window, reached = fit_window(time[:used], measured[:used], dark, decades, skip_ns)
    window = np.append(window, np.zeros(time.size - used, dtype=np.bool_))
    origin = time[int(np.argmax(measured))]
    decay = Decay(time[window] - origin, measured[window], float(dark.sum()), dark.size)

    rise = allowed_rise(confidence)
    lower, upper = decay.bounds(exponential)
    single, deviance = minimise(partial(decay.residuals, exponential), [decay.start()], lower, upper)
    lifetime = _profiled(decay, exponential, single, 2, rise, confidence)

    starts = [np.append(single, math.log(beta)) for beta in (1.0, 0.7)]
    lower, upper = decay.bounds(stretched)
    bent, bent_deviance = minimise(partial(decay.residuals, stretched), starts, lower, upper)
    stretch = _profiled(decay, stretched, bent, 3, rise, confidence)

    fitted = decay.model(exponential, single)
    residuals = decay.residuals(exponential, single)[: fitted.size]
    goodness = chi_square_p(deviance, decay.degrees_of_freedom(single))
    rejected = goodness < REJECTED_BELOW or 1.0 not in stretch
    pair: TwoExponentials | NotApplicable = NotApplicable("one exponential isn't rejected")
    background = math.exp(single[0])
    if rejected:
        after = (time > origin) & (time >= origin + skip_ns) & (np.arange(time.size) < used)
        whole = Decay(time[after] - origin, measured[after], float(dark.sum()), dark.size)
        pair = fit_two_exponentials(whole, single, origin, confidence)
        background = float(dark.mean()) if pair.rejected and dark.size else pair.background_counts
    return LifetimeFit(
        lifetime_ns=lifetime,
        stretch_exponent=stretch,
        verdict=_verdict(stretch),
        stretch_p=chi_square_p(max(0.0, deviance - bent_deviance), 1),
        rejected=rejected,
        two_exponentials=pair,
        amplitude_counts=math.exp(single[1]),
        background_counts=background,
        window_ns=(float(time[window][0]), float(time[window][-1])),
        decades=reached,
        deviance=deviance,
        degrees_of_freedom=decay.degrees_of_freedom(single),
        goodness_p=goodness,
        runs_p=runs_p(residuals),
        time_ns=time,
        counts=measured,
        fitted_counts=fitted,
        stretched_counts=decay.model(stretched, bent),
        residuals=residuals,
        in_window=window,
        notes=_notes(
            lifetime,
            stretch,
            goodness=goodness,
            peak_counts=float(measured.max()),
            short=reached < decades - 0.05,
            background_fitted=not dark.size,
            bin_ns=float(time[1] - time[0]),
            period_ns=math.inf if repetition_rate_mhz is None else 1000.0 / repetition_rate_mhz,
            empty_from_ns=None if used == time.size else float(time[used]),
            pair=pair,
        ),
    )


def _profiled(
    decay: Decay, shape: Shape, optimum: FloatArray, index: int, rise: float, confidence: float
) -> Interval:
    """Interval of one parameter of a shape."""
    lower, upper = decay.bounds(shape)
    low, high = profile_interval(
        partial(decay.residuals, shape), optimum, index, rise=rise, lower=lower, upper=upper
    )
    return Interval(math.exp(optimum[index]), math.exp(low), math.exp(high), confidence)


def _verdict(stretch: Interval) -> DecayShape:
    if stretch.high < 1.0:
        return "distribution"
    if stretch.low > 1.0:
        return "steeper than exponential"
    narrow = max(1.0 - stretch.low, stretch.high - 1.0) <= _TELLING_HALF_WIDTH
    return "one exponential" if narrow else "can't tell"


def _notes(
    lifetime: Interval,
    stretch: Interval,
    *,
    goodness: float,
    peak_counts: float,
    short: bool,
    background_fitted: bool,
    bin_ns: float,
    period_ns: float,
    empty_from_ns: float | None,
    pair: TwoExponentials | NotApplicable,
) -> tuple[str, ...]:
    notes = [ASK_FOR_PLQY]
    if stretch.high < 1.0:
        notes.append(
            "A distribution of lifetimes: the single-exponential lifetime depends on how far down it is "
            "fitted, so compare samples over the same decades only."
        )
    if stretch.low > 1.0:
        notes.append(
            "Steeper than one exponential: look at the instrument response (skip_ns) and the background."
        )
    if goodness < REJECTED_BELOW:
        notes.append(
            f"One exponential doesn't describe the counts ({probability(goodness)}), so the interval of its "
            "lifetime is too narrow."
        )
    if isinstance(pair, TwoExponentials) and pair.rejected:
        notes.append(
            f"Two exponentials don't describe the counts either ({probability(pair.goodness_p)}): their lifetimes and "
            "means are rough, and their intervals too narrow. Leave out the instrument's response with skip_ns."
        )
    if empty_from_ns is not None:
        notes.append(
            f"The bins from {empty_from_ns:g} ns on are all empty, so no photon is recorded there: left out."
        )
    if peak_counts < 1000:
        notes.append(f"The peak has {peak_counts:.0f} counts: collect 1,000 or more to see two decades.")
    if short:
        notes.append("The decay ends in the background before the wanted decades are reached.")
    if background_fitted:
        notes.append(
            "The background was fitted within the window: give background_until_ns if the trace begins "
            "before the pulse."
        )
    if lifetime.value < 5 * bin_ns:
        notes.append(
            f"The lifetime is less than 5 bins of {bin_ns:g} ns: bins and instrument response blur it."
        )
    if period_ns < 5.0 * lifetime.value:
        notes.append(
            f"Pulses come every {period_ns:g} ns, less than 5 lifetimes: light of earlier pulses adds to "
            "the background and hides slow parts."
        )
    return tuple(notes)
