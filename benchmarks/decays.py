"""On which synthetic decays are the lifetimes tried?

Declared before any of them was fitted. Each decay has 1,000 equal bins; the pulse comes at the 100th.

=================== =================================================================================
quantity            drawn from
=================== =================================================================================
counts at the peak  10² to 10⁵, uniform in the logarithm
mean lifetime       by amplitude, 2 to 30 ns, uniform in the logarithm; a bin is a hundredth of it
one exponential     that lifetime
two exponentials    ratio of the lifetimes 2.5 to 10, uniform in the logarithm; the slow one has 20 to 80 % of
                    the amplitude, uniform
stretched           β 0.5 to 0.9, uniform
background          10⁻⁴ to 10⁻² of the peak, uniform in the logarithm
response            full width at half maximum 4 to 30 bins, uniform in the logarithm: a normal distribution
                    convolved with an exponential whose time is half its standard deviation; recorded with
                    10⁶ counts above 2 counts of background a bin; it stands -2 to 2 bins off, uniform
=================== =================================================================================

Without a response the light begins at full height in the 100th bin. With one, truth is a convolution on a grid 20
times as fine, not the one that the fit uses. Counts of decay and response are Poisson.

When can two models not be told apart? Fit the wrong one to the *expected* counts of the decay, without noise: its
deviance δ is what a decay can show on the average. The deviance by which the wrong model is worse in a noisy decay is
then about normal with mean δ and variance 4δ, and BIC names the right one where it exceeds k ln n, with k the
parameters that the right one has more and n the bins. A decay *can* be told where that happens in 97.5 % of
repetitions for each of the wrong models: δ - k ln n ≥ 1.96·2√δ. A model with more parameters that holds the right one
as a special case is always told by its penalty.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import exponnorm

Name = Literal["one exponential", "two exponentials", "stretched exponential"]
NAMES: tuple[Name, ...] = ("one exponential", "two exponentials", "stretched exponential")
BINS = 1000
PULSE_BIN = 100
FINER = 20
RESPONSE_COUNTS = 1e6
RESPONSE_BACKGROUND = 2.0
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """A synthetic decay and what it was made of.

    Attributes
    ----------
    name : str
    lifetimes_ns : tuple of float
        The shorter first; of a stretched exponential its τ.
    slow_share : float
        Of the amplitude; NaN where there is one lifetime.
    stretch : float
        β; 1 where nothing is stretched.
    peak_counts : float
        Expected, without background.
    time_ns, counts, expected : ndarray of shape (1000,)
    response : ndarray of shape (1000,) or None
    """

    name: Name
    lifetimes_ns: tuple[float, ...]
    slow_share: float
    stretch: float
    peak_counts: float
    time_ns: FloatArray
    counts: FloatArray
    expected: FloatArray
    response: FloatArray | None

    @property
    def means_ns(self) -> tuple[float, float]:
        """Mean lifetime by amplitude and by intensity."""
        if self.name == "stretched exponential":
            (lifetime,), beta = self.lifetimes_ns, self.stretch
            area = lifetime / beta * math.gamma(1.0 / beta)
            return area, lifetime**2 / beta * math.gamma(2.0 / beta) / area
        shares = [1.0] if math.isnan(self.slow_share) else [1.0 - self.slow_share, self.slow_share]
        area = sum(a * t for a, t in zip(shares, self.lifetimes_ns, strict=True))
        return area, sum(a * t**2 for a, t in zip(shares, self.lifetimes_ns, strict=True)) / area


def light(
    name: Name, lifetimes_ns: tuple[float, ...], slow_share: float, stretch: float, t: FloatArray
) -> FloatArray:
    """Light at a time after the pulse, 1 at its beginning and 0 before."""
    after = np.clip(t, 0.0, None)
    if name == "two exponentials":
        fast, slow = lifetimes_ns
        shape = (1.0 - slow_share) * np.exp(-after / fast) + slow_share * np.exp(-after / slow)
    else:
        shape = np.exp(-((after / lifetimes_ns[0]) ** stretch))
    return np.where(t < 0.0, 0.0, shape)


def trial(name: Name, *, with_response: bool, rng: np.random.Generator) -> Trial:
    """Draw a decay."""
    peak = 10.0 ** rng.uniform(2.0, 5.0)
    mean = math.exp(rng.uniform(math.log(2.0), math.log(30.0)))
    slow_share, stretch = math.nan, 1.0
    lifetimes: tuple[float, ...] = (mean,)
    if name == "two exponentials":
        ratio, slow_share = math.exp(rng.uniform(math.log(2.5), math.log(10.0))), rng.uniform(0.2, 0.8)
        fast = mean / (1.0 - slow_share + slow_share * ratio)
        lifetimes = (fast, fast * ratio)
    elif name == "stretched exponential":
        stretch = rng.uniform(0.5, 0.9)
        lifetimes = (mean * stretch / math.gamma(1.0 / stretch),)
    background = peak * 10.0 ** rng.uniform(-4.0, -2.0)
    width = math.exp(rng.uniform(math.log(4.0), math.log(30.0)))
    offset = rng.uniform(-2.0, 2.0)
    step = mean / 100.0
    time = step * np.arange(BINS)
    response = None
    if with_response:
        expected, recorded = _convolved(name, lifetimes, slow_share, stretch, step, width, offset)
        response = rng.poisson(RESPONSE_COUNTS * recorded + RESPONSE_BACKGROUND).astype(np.float64)
    else:
        expected = light(name, lifetimes, slow_share, stretch, time - time[PULSE_BIN])
    expected = peak * expected / expected.max() + background
    counts = rng.poisson(expected).astype(np.float64)
    return Trial(name, lifetimes, slow_share, stretch, peak, time, counts, expected, response)


def _convolved(
    name: Name,
    lifetimes_ns: tuple[float, ...],
    slow_share: float,
    stretch: float,
    step: float,
    width_bins: float,
    offset_bins: float,
) -> tuple[FloatArray, FloatArray]:
    """Light behind a response in each bin, and the response, whose sum is 1."""
    tail = 0.5  # time of the exponential in standard deviations of the normal distribution
    fine = np.linspace(-3.0, 6.0, 9001)
    density = exponnorm.pdf(fine, tail)
    above = fine[density > density.max() / 2.0]
    sigma = width_bins / float(above[-1] - above[0])
    edges = np.arange(BINS * FINER + 1) / FINER  # in bins
    pulse = np.diff(exponnorm.cdf((edges - PULSE_BIN) / sigma, tail))
    middle = (np.arange(BINS * FINER) + 0.5) / FINER * step
    after = light(name, lifetimes_ns, slow_share, stretch, middle)
    seen = np.fft.irfft(np.fft.rfft(pulse, 2 * pulse.size) * np.fft.rfft(after, 2 * after.size))[: pulse.size]
    recorded = np.diff(exponnorm.cdf((np.arange(BINS + 1) - PULSE_BIN - offset_bins) / sigma, tail))
    return seen.reshape(BINS, FINER).mean(axis=1), recorded / recorded.sum()


def trials(seed: int = 12, each: int = 50) -> list[Trial]:
    """The 300 decays: 50 of each model with and without a response."""
    rng = np.random.default_rng(seed)
    return [
        trial(name, with_response=with_response, rng=rng)
        for name in NAMES
        for with_response in (False, True)
        for _ in range(each)
    ]
