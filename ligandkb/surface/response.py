"""What does the instrument make of a pulse of light?

The response is a histogram of the excitation itself, such as a scatterer gives. What a decay shows is the light behind
a pulse, spread by the response: their convolution. The counts of a response are values, at the middles of its bins, of
a smooth curve, and so it is taken between them: by straight lines, after it was sharpened by what lines blur. Bins as
wide as half the standard deviation of a response then do no harm.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ligandkb.problems import UsageError
from ligandkb.surface.decay import checked_decay, recorded, rise
from ligandkb.surface.quantities import FloatArray

Light = Callable[[FloatArray], FloatArray]
"""Light at times after the pulse, none of which is negative."""

_NEAR_BINS = 6
"""Bins after the pulse in which light is averaged by quadrature; later on a parabola through three bins does."""
_WIDTHS_BEFORE = 3.0
_SURE = 6.0
"""Standard deviations above the background at which a bin belongs to the response."""
_FEWEST_DARK = 10
EARLIER_PULSES = 24
_BLUR = np.array([1.0, -11.5, 111.0, -11.5, 1.0]) / 90.0
"""1 - δ²/12 + δ⁴/90, with δ² the second difference: straight lines between points take (sin x/2)²/(x/2)² of each
frequency, and this times that is 1 but for x⁶."""


@dataclass(frozen=True)
class Response:
    """A response without its background.

    Attributes
    ----------
    weights : ndarray of shape (m,)
        Share of the pulse in each bin; they add up to 1.
    first_ns : float
        Time of the first of them.
    rise_ns : float
        When it rises through half of its peak.
    bin_ns : float
    width_ns : float
        Full width at half of the maximum.
    counts : float
        All, above the background.
    background_counts : float
        Per bin.
    """

    weights: FloatArray
    first_ns: float
    rise_ns: float
    bin_ns: float
    width_ns: float
    counts: float
    background_counts: float

    @cached_property
    def centre_ns(self) -> float:
        """Mean time."""
        return self.first_ns + self.bin_ns * float(self.weights @ np.arange(self.weights.size))

    def behind(self, light: Light, time_ns: FloatArray, shift_ns: float, period_ns: float) -> FloatArray:
        """Light behind this response in equal bins.

        Parameters
        ----------
        light : callable
            Takes times after the pulse.
        time_ns : ndarray of shape (n,)
            Bins as wide as those of the response.
        shift_ns : float
            By which the decay comes later than the response says.
        period_ns : float
            From pulse to pulse; infinite where light of earlier ones is none.

        Returns
        -------
        ndarray of shape (n,)

        Examples
        --------
        A pulse within a single bin shows the light as it is, but for the bins where it begins:

        >>> sharp = Response(np.array([1.0]), 0.0, 0.0, 0.1, 0.1, 1e5, 0.0)
        >>> seen = sharp.behind(lambda t: np.exp(-t / 2.0), 0.1 * np.arange(-1, 40), 0.0, math.inf)
        >>> bool(np.allclose(seen[5:], np.exp(-0.1 * np.arange(4, 40) / 2.0), rtol=1e-6))
        True
        """
        before = self._sharpened.size - 1
        first = (float(time_ns[0]) - self.first_ns - shift_ns) / self.bin_ns + _BLUR.size // 2 - before
        bins: FloatArray = first + np.arange(float(time_ns.size + before))
        spread = averaged(light, bins, self.bin_ns)
        if math.isfinite(period_ns):
            spread += earlier(light, bins * self.bin_ns, period_ns)
        length = self._length(bins.size)
        product = np.fft.rfft(spread, length) * self._transformed(length)
        return np.asarray(np.fft.irfft(product, length)[before : bins.size])

    @cached_property
    def _sharpened(self) -> FloatArray:
        return np.convolve(self.weights, _BLUR)

    @staticmethod
    def _length(size: int) -> int:
        from scipy.fft import next_fast_len  # noqa: PLC0415 - scipy loads when something is fitted

        # Wrapping around is harmless where it only meets what is cut off.
        return int(next_fast_len(size, real=True))

    @cached_property
    def _spectra(self) -> dict[int, np.ndarray]:
        return {}

    def _transformed(self, length: int) -> np.ndarray:
        if length not in self._spectra:
            self._spectra[length] = np.fft.rfft(self._sharpened, length)
        return self._spectra[length]


def averaged(light: Light, bins: FloatArray, bin_ns: float) -> FloatArray:
    """Light behind a triangle of two bins' width, at these distances from the pulse, without earlier pulses.

    Parameters
    ----------
    light : callable
        Takes times after the pulse.
    bins : ndarray of shape (n,)
        Distances in bins, 1 apart; negative before the pulse.
    bin_ns : float

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    A step half a bin later shows an eighth of itself in the bin before:

    >>> averaged(np.ones_like, np.array([-1.5, -0.5, 0.5, 1.5]), 0.1).round(6).tolist()
    [0.0, 0.125, 0.875, 1.0]
    """
    found = np.zeros_like(bins)
    near = (bins > -1.0) & (bins < _NEAR_BINS)
    if near.any():
        found[near] = _near(light, bins[near], bin_ns)
    late = np.flatnonzero(bins >= _NEAR_BINS)
    if late.size:
        around = np.append(bins[late] - 1.0, bins[late[-1]] + np.arange(2.0))
        value = light(around * bin_ns)
        found[late] = (value[:-2] + 10.0 * value[1:-1] + value[2:]) / 12.0
    return found


def _near(light: Light, bins: FloatArray, bin_ns: float) -> FloatArray:
    """Average over a triangle as wide as two bins, on both sides of its middle, from the pulse on."""
    found = np.zeros_like(bins)
    for low, high in ((bins - 1.0, bins), (bins, bins + 1.0)):
        begin, end = np.clip(low, 0.0, None), np.clip(high, 0.0, None)
        # Squared, so that a stretched exponential is smooth where it begins.
        roots = np.sqrt(begin), np.sqrt(end)
        at = roots[0][:, None] + (roots[1] - roots[0])[:, None] * _NODES
        there = at**2
        inside = light((there * bin_ns).ravel()).reshape(there.shape)
        triangle = np.clip(1.0 - np.abs(there - bins[:, None]), 0.0, None)
        found += (roots[1] - roots[0]) * ((inside * triangle * 2.0 * at) @ _WEIGHTS)
    return found


_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)
_NODES, _WEIGHTS = 0.5 * (_NODES + 1.0), 0.5 * _WEIGHTS


def earlier(light: Light, time_ns: FloatArray, period_ns: float) -> FloatArray:
    """Light of earlier pulses at times since this one, before which it goes on.

    Parameters
    ----------
    light : callable
        Takes times after a pulse.
    time_ns : ndarray of shape (n,)
        Since this pulse, later than one period before it.
    period_ns : float

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> float(earlier(lambda t: np.exp(-t / 5.0), np.array([0.0]), 10.0)[0])  # 1/(e² - 1)
    0.156...
    """
    total = np.zeros_like(time_ns)
    for pulses in range(1, EARLIER_PULSES + 1):
        more = light(np.clip(time_ns + pulses * period_ns, 0.0, None))
        total += more
        if float(more.max(initial=0.0)) <= 1e-9 * float(total.max(initial=0.0)):
            break
    return total


def prepared_response(time_ns: ArrayLike, counts: ArrayLike, *, period_ns: float = math.inf) -> Response:
    """Free a response of its background, and of all that it doesn't show.

    Parameters
    ----------
    time_ns, counts : array_like of shape (n,)
        Equal bins, raw counts.
    period_ns : float
        From pulse to pulse: what comes a period later is the next one.

    Returns
    -------
    Response

    Raises
    ------
    UsageError
        Where it is no histogram, or shows no pulse above its background.

    Notes
    -----
    The background is the mean of the bins that stand more than three widths before the pulse; where there are fewer
    than ten, that of the last tenth; bins that hold another pulse are left out. The response ends with the last
    bin whose mean with its four neighbours stands six standard deviations above the background.

    Examples
    --------
    >>> time = 0.1 * np.arange(400)
    >>> pulse = 5000 * np.exp(-0.5 * ((time - 10.0) / 0.3) ** 2)
    >>> found = prepared_response(time, np.random.default_rng(0).poisson(pulse + 7))
    >>> round(found.width_ns, 1), round(found.background_counts), round(found.centre_ns, 1)
    (0.7, 8, 10.0)
    """
    time, measured = checked_decay(time_ns, counts, "response")
    seen = recorded(measured)
    time, measured = time[seen], measured[seen]
    peak, start = int(np.argmax(measured)), rise(measured)
    below = np.flatnonzero(measured[peak:] < measured[peak] / 2.0)
    end = peak + int(below[0]) if below.size else measured.size - 1
    width = max(end - start, 1)
    first = max(0, start - math.ceil(_WIDTHS_BEFORE * width))
    dark = measured[:first] if first >= _FEWEST_DARK else measured[-max(_FEWEST_DARK, measured.size // 10) :]
    usual = float(np.median(dark))
    # Without what another pulse leaves there.
    background = float(dark[dark <= usual + _SURE * math.sqrt(usual + 1.0)].mean())
    smooth = np.convolve(measured - background, np.full(5, 0.2), mode="same")
    sure = np.flatnonzero(smooth > _SURE * math.sqrt(max(background, 1.0) / 5.0))
    if not sure.size or measured[peak] <= background + _SURE * math.sqrt(max(background, 1.0)):
        raise UsageError(
            "response: no pulse stands out of its background: measure it on a scatterer, without sample"
        )
    step = float(time[-1] - time[0]) / (time.size - 1)
    last = max(int(sure[-1]), end)
    if math.isfinite(period_ns):
        last = min(last, start + max(width, int(period_ns / step - _WIDTHS_BEFORE * width)))
    above = measured[first : last + 1] - background
    total = float(above.sum())
    return Response(
        above / total, float(time[first]), float(time[start]), step, width * step, total, background
    )
