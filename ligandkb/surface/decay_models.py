"""How many counts do these parameters predict, and how far are they from the measured ones?

Parameters are logarithms, the background first; behind a response the last one is its shift, in bins. Counts are
Poisson, so residuals are deviance residuals: their squares add up to the Poisson deviance, and least squares on them
maximise the likelihood.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from ligandkb.surface.least_squares import LeastSquares
from ligandkb.surface.quantities import FloatArray
from ligandkb.surface.response import Response, earlier

Shape = Callable[[FloatArray, FloatArray], FloatArray]
"""Light above the background at times since the pulse, from the logarithms of its parameters."""

STRETCH_BOUNDS = (math.log(0.1), math.log(4.0))
_DARK_TAIL = 3e-5
"""Probability beyond each end to which dark bins bound the background (4 standard deviations). A model with the
wrong shape would otherwise take a slow part of the decay for background; a right one never comes near."""
_DIFFERENCE = 1e-6
_SHIFT_WIDTHS = 3.0
_SHIFT_BINS = 10.0


def exponential(time_ns: FloatArray, parameters: FloatArray) -> FloatArray:
    """One exponential: amplitude and lifetime."""
    amplitude, lifetime = np.exp(parameters)
    return np.asarray(amplitude * np.exp(-time_ns / lifetime))


def stretched(time_ns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Stretched exponential: amplitude, lifetime and β."""
    amplitude, lifetime, beta = np.exp(parameters)
    return np.asarray(amplitude * np.exp(-((time_ns / lifetime) ** beta)))


def two_exponentials(time_ns: FloatArray, parameters: FloatArray) -> FloatArray:
    """Sum of two exponentials: amplitude and lifetime of each."""
    return exponential(time_ns, parameters[:2]) + exponential(time_ns, parameters[2:])


def amplitude_mean(shape: Shape, parameters: FloatArray) -> float:
    """Logarithm of the mean lifetime by amplitude: the area under the light over its height at the pulse.

    That is τ, Σaτ/Σa or τΓ(1/β)/β.

    Examples
    --------
    >>> round(math.exp(amplitude_mean(two_exponentials, np.log([7.0, 3.0, 3.0, 20.0]))), 2)  # 0.7 × 3 + 0.3 × 20
    8.1
    >>> round(math.exp(amplitude_mean(stretched, np.log([1.0, 5.0, 0.5]))), 2)  # 5 Γ(2)/0.5
    10.0
    """
    if shape is two_exponentials:
        amplitudes, lifetimes = np.exp(parameters[::2]), np.exp(parameters[1::2])
        return math.log(np.sum(amplitudes * lifetimes) / np.sum(amplitudes))
    beta = math.exp(parameters[2]) if shape is stretched else 1.0
    return float(parameters[1]) - math.log(beta) + math.lgamma(1.0 / beta)


def intensity_mean(shape: Shape, parameters: FloatArray) -> float:
    """Logarithm of the mean lifetime by intensity: the mean time after the pulse at which a photon comes.

    That is τ, Σaτ²/Σaτ or τΓ(2/β)/Γ(1/β).

    Examples
    --------
    >>> round(math.exp(intensity_mean(two_exponentials, np.log([7.0, 3.0, 3.0, 20.0]))), 2)  # (6.3 + 120)/8.1
    15.59
    """
    if shape is two_exponentials:
        amplitudes, lifetimes = np.exp(parameters[::2]), np.exp(parameters[1::2])
        return math.log(np.sum(amplitudes * lifetimes**2) / np.sum(amplitudes * lifetimes))
    beta = math.exp(parameters[2]) if shape is stretched else 1.0
    return float(parameters[1]) + math.lgamma(2.0 / beta) - math.lgamma(1.0 / beta)


@dataclass(frozen=True)
class Decay:
    """Counts in the window, against time since the pulse, and the sum of those in bins that are known to be dark.

    Attributes
    ----------
    time_ns, counts : ndarray of shape (n,)
        Equal bins without a gap. Behind a response, time as its own histogram counts it.
    dark_counts : float
        Sum over the dark bins; 0 where none are known.
    dark_time_ns : ndarray
        Of the dark bins.
    response : Response, optional
    shift_bins : float
        Where the shift of the response is looked for.
    period_ns : float
        From pulse to pulse; infinite where light of earlier ones is none.
    """

    time_ns: FloatArray
    counts: FloatArray
    dark_counts: float = 0.0
    dark_time_ns: FloatArray = field(default_factory=lambda: np.zeros(0))
    response: Response | None = None
    shift_bins: float = 0.0
    period_ns: float = math.inf

    def shape_parameters(self, parameters: FloatArray) -> FloatArray:
        """Those of the light alone."""
        return parameters[1:] if self.response is None else parameters[1:-1]

    def model(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Expect counts."""
        return np.asarray(self._light(shape, parameters, self.time_ns) + math.exp(parameters[0]))

    def _light(self, shape: Shape, parameters: FloatArray, time_ns: FloatArray) -> FloatArray:
        def light(since: FloatArray) -> FloatArray:
            return shape(since, self.shape_parameters(parameters))

        if self.response is not None:
            shift = float(parameters[-1]) * self.response.bin_ns
            return self.response.behind(light, time_ns, shift, self.period_ns)
        seen = np.where(time_ns < 0.0, 0.0, light(np.clip(time_ns, 0.0, None)))
        return seen + earlier(light, time_ns, self.period_ns) if math.isfinite(self.period_ns) else seen

    def expected(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Expect counts, and the sum of the dark ones last where some are known."""
        expected = self.model(shape, parameters)
        if not self.dark_time_ns.size:
            return np.asarray(np.clip(expected, 1e-9, None))
        dark = self.dark_time_ns.size * math.exp(parameters[0])
        if math.isfinite(self.period_ns):
            dark += float(self._light(shape, parameters, self.dark_time_ns).sum())
        return np.asarray(np.clip(np.append(expected, dark), 1e-9, None))

    @cached_property
    def data(self) -> FloatArray:
        """Counts, and the sum of the dark ones last where some are known."""
        return np.append(self.counts, self.dark_counts) if self.dark_time_ns.size else self.counts

    def residuals(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Deviance residuals in standard deviations; all dark bins together are one more datum."""
        expected = self.expected(shape, parameters)
        over = self.data - expected
        deviance = np.clip(2.0 * (self._entropy - self.data * np.log(expected) - over), 0.0, None)
        return np.asarray(np.copysign(np.sqrt(deviance), over))

    @cached_property
    def _entropy(self) -> FloatArray:
        return np.asarray(self.data * np.log(np.where(self.data > 0, self.data, 1.0)))

    def jacobian(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Derivatives of the residuals, of shape (n, p).

        By differences of the expected counts, which are smooth; a residual near 0 is the root of a difference of
        large numbers, so differences of it would be noise.
        """
        expected = self.expected(shape, parameters)
        slopes = np.empty((expected.size, parameters.size), order="F")
        for at in range(parameters.size):
            moved = parameters.copy()
            moved[at] += _DIFFERENCE
            slopes[:, at] = (self.expected(shape, moved) - expected) / _DIFFERENCE
        over, residuals = self.data - expected, self.residuals(shape, parameters)
        small = np.abs(over) < 1e-4 * expected
        ratio = np.where(small, np.sqrt(expected), over / np.where(small, 1.0, residuals))
        return np.asarray(-slopes * (ratio / expected)[:, None])

    def degrees_of_freedom(self, parameters: FloatArray) -> int:
        """Data less parameters."""
        return self.data.size - parameters.size

    def start(self) -> FloatArray:
        """Guess background, amplitude and lifetime of one exponential from the area under it."""
        background = max(
            self.dark_counts / self.dark_time_ns.size
            if self.dark_time_ns.size
            else float(self.counts[-5:].mean()) / 2,
            0.1,
        )
        above = np.clip(self.counts - background, 0.0, None)
        height = max(float(above.max() if self.response else above[0]), 1.0)
        lifetime = max(float(above.sum()) / height * self.bin_ns, self.bin_ns)
        guess = np.log([background, height, lifetime])
        return np.asarray(guess if self.response is None else np.append(guess, self.shift_bins))

    def bounds(self, shape: Shape) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends of the parameters of a shape."""
        top = math.log(max(float(self.counts.max()), 1.0))
        one = [
            (top - 10.0, top + 5.0),
            (math.log(self.bin_ns / 10.0), math.log(self.bin_ns * self.counts.size * 1e3)),
        ]
        further: dict[Shape, list[tuple[float, float]]] = {
            exponential: [],
            stretched: [STRETCH_BOUNDS],
            two_exponentials: one,
        }
        shift = []
        if self.response is not None:
            free = _SHIFT_WIDTHS * self.response.width_ns / self.response.bin_ns + _SHIFT_BINS
            shift = [(self.shift_bins - free, self.shift_bins + free)]
        lower, upper = zip(self._background_bounds(top), *one, *further[shape], *shift, strict=True)
        return np.asarray(lower), np.asarray(upper)

    def _background_bounds(self, top: float) -> tuple[float, float]:
        if not self.dark_time_ns.size:
            return math.log(1e-4), top + 1.0
        from scipy.special import gammaincinv  # noqa: PLC0415 - scipy loads when something is fitted

        # Exact limits of a Poisson mean; light of earlier pulses can only lower the background.
        bins = self.dark_time_ns.size
        low = float(gammaincinv(max(self.dark_counts, 1e-9), _DARK_TAIL)) / bins
        high = float(gammaincinv(self.dark_counts + 1.0, 1.0 - _DARK_TAIL)) / bins
        return math.log(max(low if math.isinf(self.period_ns) else 0.0, 1e-4)), math.log(high)

    @property
    def bin_ns(self) -> float:
        """Width of a bin."""
        return float(self.time_ns[-1] - self.time_ns[0]) / (self.time_ns.size - 1)

    def fit_of(self, shape: Shape) -> LeastSquares:
        """What is to be least for one shape."""
        return LeastSquares(
            partial(self.residuals, shape), partial(self.jacobian, shape), *self.bounds(shape)
        )
