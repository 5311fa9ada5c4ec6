"""Which model describes a decay?

One exponential, two and a stretched one are fitted to all that follows the pulse, or behind a response to all bins, and
BIC chooses among those that a test of goodness doesn't reject: the Poisson deviance and, for each parameter, the
logarithm of the number of bins. Where each is rejected, none fits. A lead of 2 in BIC is odds of e to 1, one of 6
odds of 20 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ligandkb.missing import NotApplicable
from ligandkb.surface.decay_models import (
    Decay,
    Shape,
    amplitude_mean,
    exponential,
    intensity_mean,
    stretched,
    two_exponentials,
)
from ligandkb.surface.goodness import allowed_rise, deviance_p
from ligandkb.surface.quantities import FloatArray
from ligandkb.surface.uncertainty import Interval

REJECTED_BELOW = 0.001
"""Probability of a larger deviance below which a model is rejected; ours."""
CLEAR_LEAD = 6.0
"""Lead in BIC below which the next model could do as well; ours."""

_LARGEST = 700.0
"""Logarithm of what is still a number."""

ModelName = Literal["one exponential", "two exponentials", "stretched exponential"]
SHAPES: dict[ModelName, Shape] = {
    "one exponential": exponential,
    "two exponentials": two_exponentials,
    "stretched exponential": stretched,
}


@dataclass(frozen=True)
class DecayModel:
    """A model fitted to a decay.

    Attributes
    ----------
    name : str
    lifetimes_ns : tuple of Interval
        The shorter one first; of a stretched exponential its τ.
    amplitude_shares : tuple of float
        Of each at the pulse; they add up to 1.
    stretch_exponent : Interval or NotApplicable
        β of a stretched exponential.
    amplitude_mean_ns : Interval
        Mean lifetime by amplitude: the area under the light over its height at the pulse.
    intensity_mean_ns : Interval
        Mean lifetime by intensity: the mean time after the pulse at which a photon comes.
    background_counts : float
        Per bin.
    shift_ns : Interval or NotApplicable
        By which the decay comes later than its response says.
    deviance : float
    degrees_of_freedom : int
        Bins less parameters.
    goodness_p : float
        Probability of a larger deviance if the model holds (:func:`~ligandkb.surface.goodness.deviance_p`).
    rejected : bool
        The model doesn't describe the counts, so its intervals are too narrow.
    bic : float
        Deviance and, for each parameter, the logarithm of the number of bins; only differences mean anything.
    fitted_counts, residuals : ndarray of shape (m,)
        Within the window; the residuals are those of the deviance.
    """

    name: ModelName
    lifetimes_ns: tuple[Interval, ...]
    amplitude_shares: tuple[float, ...]
    stretch_exponent: Interval | NotApplicable
    amplitude_mean_ns: Interval
    intensity_mean_ns: Interval
    background_counts: float
    shift_ns: Interval | NotApplicable
    deviance: float
    degrees_of_freedom: int
    goodness_p: float
    rejected: bool
    bic: float
    fitted_counts: FloatArray
    residuals: FloatArray


@dataclass(frozen=True)
class ModelChoice:
    """The models fitted to a decay, and which describes it.

    Attributes
    ----------
    one, two, stretched : DecayModel
    chosen : str
        The name of one of them, or "none fits".
    lead : float or NotApplicable
        By which the BIC of the next model that isn't rejected is larger.
    window_ns : tuple of float
        First and last time that was fitted.
    in_window : ndarray of bool, shape (n,)
        Which bins were fitted.
    """

    one: DecayModel
    two: DecayModel
    stretched: DecayModel
    chosen: ModelName | Literal["none fits"]
    lead: float | NotApplicable
    window_ns: tuple[float, float]
    in_window: NDArray[np.bool_]

    @property
    def all(self) -> tuple[DecayModel, DecayModel, DecayModel]:
        """The three of them."""
        return self.one, self.two, self.stretched

    @property
    def best(self) -> DecayModel | NotApplicable:
        """The chosen one."""
        found = [model for model in self.all if model.name == self.chosen]
        return found[0] if found else NotApplicable("none of the models fits")

    @property
    def nearest(self) -> DecayModel:
        """The chosen one, or where none fits the one that comes nearest by BIC."""
        best = self.best
        return best if isinstance(best, DecayModel) else min(self.all, key=lambda model: model.bic)

    @property
    def near(self) -> tuple[DecayModel, ...]:
        """Those that fit and stand less than :data:`CLEAR_LEAD` behind the chosen one."""
        best = min((model.bic for model in self.all if not model.rejected), default=math.inf)
        return tuple(
            model
            for model in self.all
            if not model.rejected and model.name != self.chosen and model.bic < best + CLEAR_LEAD
        )

    @property
    def clear(self) -> bool:
        """Whether the next model is far behind."""
        return not self.near


def choose_model(
    decay: Decay, in_window: NDArray[np.bool_], window_ns: tuple[float, float], confidence: float
) -> ModelChoice:
    """Fit the three models to a decay, and say which describes it.

    Parameters
    ----------
    decay : Decay
        All that follows the pulse; behind a response, all bins.
    in_window : ndarray of bool
        As in :class:`ModelChoice`.
    window_ns : tuple of float
        As in :class:`ModelChoice`.
    confidence : float
        Of the intervals.

    Returns
    -------
    ModelChoice
    """
    single = best_fit(decay, exponential)
    fits = {
        name: single if name == "one exponential" else best_fit(decay, shape, single[0])
        for name, shape in SHAPES.items()
    }
    models = {name: described(decay, name, *fit, confidence) for name, fit in fits.items()}
    left = sorted((model for model in models.values() if not model.rejected), key=lambda model: model.bic)
    if left:
        chosen = left[0].name
        models[chosen] = described(decay, chosen, *fits[chosen], confidence, by_likelihood=True)
    return ModelChoice(
        one=models["one exponential"],
        two=models["two exponentials"],
        stretched=models["stretched exponential"],
        chosen=left[0].name if left else "none fits",
        lead=left[1].bic - left[0].bic if len(left) > 1 else NotApplicable("no other model fits"),
        window_ns=window_ns,
        in_window=in_window,
    )


def best_fit(decay: Decay, shape: Shape, single: FloatArray | None = None) -> tuple[FloatArray, float]:
    """Parameters of a shape that fit best, and their deviance.

    Parameters
    ----------
    decay : Decay
    shape : callable
    single : ndarray, optional
        Best parameters of one exponential, on both sides of which the others begin.

    Returns
    -------
    parameters : ndarray
    deviance : float
    """
    fit = decay.fit_of(shape)
    if single is None:
        first = decay.start()
        starts = [first]
        if decay.response is not None:  # where the shift is looked for
            width = decay.response.width_ns / decay.response.bin_ns
            starts += [np.append(first[:-1], first[-1] + part * width) for part in (-0.5, 0.5)]
        return fit.minimise(starts)
    background, (amplitude, lifetime) = single[0], decay.shape_parameters(single)
    shift = single[3:]
    if shape is stretched:
        within = [[amplitude, lifetime, math.log(beta)] for beta in (1.0, 0.7)]
    else:
        within = [
            [
                amplitude + math.log(1.0 - share),
                lifetime + math.log(short),
                amplitude + math.log(share),
                lifetime + math.log(long),
            ]
            for share, short, long in ((0.5, 0.5, 2.0), (0.2, 0.6, 4.0), (0.7, 0.2, 1.3))
        ]
    best, least = fit.minimise([np.concatenate([[background], part, shift]) for part in within])
    if shape is two_exponentials and best[2] > best[4]:
        best = np.concatenate([best[[0, 3, 4, 1, 2]], best[5:]])
    return best, least


def interval_of(
    decay: Decay,
    shape: Shape,
    best: FloatArray,
    quantity: Callable[[FloatArray], float],
    confidence: float,
    *,
    by_likelihood: bool = True,
) -> Interval:
    """Interval of a positive value whose logarithm follows from the parameters.

    Parameters
    ----------
    decay : Decay
    shape : callable
    best : ndarray
        Best parameters.
    quantity : callable
        Takes parameters, returns the logarithm.
    confidence : float
    by_likelihood : bool
        By the profile of the likelihood; else to first order, which is faster and good where the data tell much.

    Returns
    -------
    Interval
        From 0 or to infinity where the data set no bound.
    """
    quantile, fit, value = math.sqrt(allowed_rise(confidence)), decay.fit_of(shape), quantity(best)
    if by_likelihood:
        low, high = fit.interval(best, quantity, quantile=quantile)
    else:
        half = quantile * fit.sigma(best, quantity)
        low, high = value - half, value + half
    return Interval(
        math.exp(value), math.exp(low), math.exp(high) if high < _LARGEST else math.inf, confidence
    )


def described(
    decay: Decay,
    name: ModelName,
    best: FloatArray,
    deviance: float,
    confidence: float,
    *,
    by_likelihood: bool = False,
) -> DecayModel:
    """Say what a fitted model means, with intervals as in :func:`interval_of`."""
    shape = SHAPES[name]
    interval = partial(interval_of, decay, shape, best, confidence=confidence, by_likelihood=by_likelihood)

    def parameter(index: int) -> Interval:
        return interval(lambda p: float(p[index]))

    def mean(kind: Callable[[Shape, FloatArray], float]) -> Interval:
        return interval(lambda p: kind(shape, decay.shape_parameters(p)))

    lifetimes = (parameter(2), parameter(4)) if shape is two_exponentials else (parameter(2),)
    amplitudes = np.exp(best[[1, 3]]) if shape is two_exponentials else np.ones(1)
    expected, bins = decay.expected(shape, best), decay.counts.size
    goodness = deviance_p(deviance, expected, best.size)
    alone = shape is exponential
    return DecayModel(
        name=name,
        lifetimes_ns=lifetimes,
        amplitude_shares=tuple(float(share) for share in amplitudes / amplitudes.sum()),
        stretch_exponent=parameter(3) if shape is stretched else NotApplicable("nothing is stretched"),
        amplitude_mean_ns=lifetimes[0] if alone else mean(amplitude_mean),
        intensity_mean_ns=lifetimes[0] if alone else mean(intensity_mean),
        background_counts=math.exp(best[0]),
        shift_ns=_shift(decay, shape, best, confidence),
        deviance=deviance,
        degrees_of_freedom=decay.degrees_of_freedom(best),
        goodness_p=goodness,
        rejected=goodness < REJECTED_BELOW,
        bic=deviance + best.size * math.log(decay.data.size),
        fitted_counts=expected[:bins],
        residuals=decay.residuals(shape, best)[:bins],
    )


def _shift(decay: Decay, shape: Shape, best: FloatArray, confidence: float) -> Interval | NotApplicable:
    if decay.response is None:
        return NotApplicable("no response was given")
    step, value = decay.response.bin_ns, float(best[-1])
    sigma = decay.fit_of(shape).sigma(best, lambda p: float(p[-1]))
    half = math.sqrt(allowed_rise(confidence)) * sigma
    return Interval(value * step, (value - half) * step, (value + half) * step, confidence)
