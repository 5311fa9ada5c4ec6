"""How many counts do these parameters predict, and how far are they from the measured ones?

Parameters are logarithms, the background first. Counts are Poisson, so residuals are deviance residuals: their
squares add up to the Poisson deviance, and least squares on them maximise the likelihood.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ligandkb.surface.quantities import FloatArray

Shape = Callable[[FloatArray, FloatArray], FloatArray]
"""Light above the background at times since the peak, from the logarithms of its parameters."""

_STRETCH_BOUNDS = (math.log(0.1), math.log(4.0))
_DARK_TAIL = 3e-5
"""Probability beyond each end to which dark bins bound the background (4 standard deviations). A model with the
wrong shape would otherwise take a slow part of the decay for background; a right one never comes near."""


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


def amplitude_weighted(parameters: FloatArray) -> float:
    """Logarithm of Σaτ/Σa of two exponentials: the area under the decay over its height at the peak."""
    amplitudes, lifetimes = np.exp(parameters[::2]), np.exp(parameters[1::2])
    return math.log(np.sum(amplitudes * lifetimes) / np.sum(amplitudes))


def intensity_weighted(parameters: FloatArray) -> float:
    """Logarithm of Σaτ²/Σaτ of two exponentials: the mean time after the pulse at which a photon comes."""
    amplitudes, lifetimes = np.exp(parameters[::2]), np.exp(parameters[1::2])
    return math.log(np.sum(amplitudes * lifetimes**2) / np.sum(amplitudes * lifetimes))


@dataclass(frozen=True)
class Decay:
    """Counts in the window, against time since the peak, and the sum of those before the pulse."""

    time_ns: FloatArray
    counts: FloatArray
    dark_counts: float
    dark_bins: int

    def model(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Expect counts."""
        return np.asarray(math.exp(parameters[0]) + shape(self.time_ns, parameters[1:]))

    def residuals(self, shape: Shape, parameters: FloatArray) -> FloatArray:
        """Deviance residuals in standard deviations; all dark bins together are one more datum."""
        expected, counts = self.model(shape, parameters), self.counts
        if self.dark_bins:
            expected = np.append(expected, self.dark_bins * math.exp(parameters[0]))
            counts = np.append(counts, self.dark_counts)
        occupied = np.where(counts > 0, counts, 1.0)
        log_term = np.where(counts > 0, counts * np.log(occupied / expected), 0.0)
        deviance = 2.0 * np.clip(log_term - (counts - expected), 0.0, None)
        return np.asarray(np.sign(counts - expected) * np.sqrt(deviance))

    def degrees_of_freedom(self, parameters: FloatArray) -> int:
        """Data less parameters."""
        return self.counts.size + (1 if self.dark_bins else 0) - parameters.size

    def start(self) -> FloatArray:
        """Guess background, amplitude and lifetime of one exponential from the area under it."""
        background = max(
            self.dark_counts / self.dark_bins if self.dark_bins else float(self.counts[-5:].mean()) / 2, 0.1
        )
        above = np.clip(self.counts - background, 0.0, None)
        lifetime = max(float(above.sum()) / max(float(above[0]), 1.0) * self._bin, self._bin)
        return np.asarray(np.log([background, max(float(above[0]), 1.0), lifetime]))

    def bounds(self, shape: Shape) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends of the parameters of a shape."""
        top = math.log(max(float(self.counts.max()), 1.0))
        background = (math.log(1e-4), top + 1.0)
        if self.dark_bins:
            from scipy.special import gammaincinv  # noqa: PLC0415 - scipy loads when something is fitted

            # Exact limits of a Poisson mean.
            ends = (
                float(gammaincinv(max(self.dark_counts, 1e-9), _DARK_TAIL)),
                float(gammaincinv(self.dark_counts + 1.0, 1.0 - _DARK_TAIL)),
            )
            background = (
                math.log(max(ends[0] / self.dark_bins, 1e-4)),
                math.log(ends[1] / self.dark_bins),
            )
        one = [(top - 10.0, top + 5.0), (math.log(self._bin / 10.0), math.log(self.time_ns[-1] * 1e3))]
        further: dict[Shape, list[tuple[float, float]]] = {
            exponential: [],
            stretched: [_STRETCH_BOUNDS],
            two_exponentials: one,
        }
        lower, upper = zip(background, *one, *further[shape], strict=True)
        return np.asarray(lower), np.asarray(upper)

    @property
    def _bin(self) -> float:
        return float(self.time_ns[1] - self.time_ns[0])
