"""Which bins of a decay count, and how does it fall?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import LIFETIME_NS, FloatArray, Quantity, require

TIME_NS = Quantity("time", "ns", -1e9, 1e9, "write nanoseconds")
COUNTS = Quantity("number of counts", "counts per bin", 0.0, 1e12, "give raw counts, not normalised ones")
_SMOOTHING_BINS = 5
_SMOOTHED_FRACTION = 50
FEWEST_BINS = 10
_STRETCH_BOUNDS = (math.log(0.1), math.log(4.0))


@dataclass(frozen=True)
class Decay:
    """Counts in the window, against time since the peak, and the sum of those before the pulse."""

    time_ns: FloatArray
    counts: FloatArray
    dark_counts: float
    dark_bins: int

    def model(self, parameters: FloatArray) -> FloatArray:
        """Expect counts from the logarithms of amplitude, lifetime, background and, if any, β."""
        amplitude, lifetime, background = np.exp(parameters[:3])
        reduced = self.time_ns / lifetime
        if parameters.size > 3:
            reduced = reduced ** math.exp(parameters[3])
        return np.asarray(amplitude * np.exp(-reduced) + background)

    def residuals(self, parameters: FloatArray) -> FloatArray:
        """Deviance residuals: their squares add up to the Poisson deviance."""
        expected, counts = self.model(parameters), self.counts
        if self.dark_bins:
            expected = np.append(expected, self.dark_bins * math.exp(parameters[2]))
            counts = np.append(counts, self.dark_counts)
        occupied = np.where(counts > 0, counts, 1.0)
        log_term = np.where(counts > 0, counts * np.log(occupied / expected), 0.0)
        deviance = 2.0 * np.clip(log_term - (counts - expected), 0.0, None)
        return np.asarray(np.sign(counts - expected) * np.sqrt(deviance))

    def start(self) -> FloatArray:
        """Guess the parameters of one exponential from the area under it."""
        background = max(
            self.dark_counts / self.dark_bins if self.dark_bins else float(self.counts[-5:].mean()) / 2, 0.1
        )
        above = np.clip(self.counts - background, 0.0, None)
        lifetime = max(float(above.sum()) / max(float(above[0]), 1.0) * self._bin, self._bin)
        return np.asarray(np.log([max(float(above[0]), 1.0), lifetime, background]))

    def bounds(self, *, stretched: bool = False) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends of the parameters, with β if it is wanted."""
        top = math.log(max(float(self.counts.max()), 1.0))
        lower = [top - 10.0, math.log(self._bin / 10.0), math.log(1e-4)]
        upper = [top + 5.0, math.log(self.time_ns[-1] * 1e3), top + 1.0]
        if stretched:
            lower.append(_STRETCH_BOUNDS[0])
            upper.append(_STRETCH_BOUNDS[1])
        return np.asarray(lower), np.asarray(upper)

    @property
    def _bin(self) -> float:
        return float(self.time_ns[1] - self.time_ns[0])


def checked_decay(time_ns: ArrayLike, counts: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Turn a histogram into arrays, or raise UsageError with all that is wrong with it."""
    time, measured = require(("time_ns", time_ns, TIME_NS), ("counts", counts, COUNTS))
    if time.ndim != 1 or time.shape != measured.shape:
        raise UsageError(
            f"counts: shape {measured.shape} doesn't match time_ns, {time.shape}: give one value for each bin"
        )
    fault = decay_fault(time, measured)
    if fault:
        raise UsageError(f"{fault[0]}: {fault[1]}: {fault[2]}")
    return time, measured


def decay_fault(time_ns: FloatArray, counts: FloatArray) -> tuple[str, str, str] | None:
    """Say why a histogram can't be a decay.

    Parameters
    ----------
    time_ns, counts : ndarray of shape (n,)

    Returns
    -------
    tuple of (str, str, str), or None
        Column at fault, what is wrong, how to mend it.

    Examples
    --------
    >>> decay_fault(np.arange(50.0), np.exp(-np.arange(50.0)))[1]
    'counts are no whole numbers'
    """
    if time_ns.size < FEWEST_BINS:
        return "counts", f"{time_ns.size} bins are no decay", f"give at least {FEWEST_BINS}"
    steps = np.diff(time_ns)
    if not np.all(steps > 0):
        return "time_ns", "times don't ascend", "sort the bins by time, and remove doubles"
    # Rounded times of narrow bins differ by a few per cent; a missing bin doubles a step.
    if np.ptp(steps) > 0.25 * steps.mean():
        return "time_ns", "bins are not equally wide", "export the histogram unbinned or with equal bins"
    if np.any(counts != np.round(counts)):
        return "counts", "counts are no whole numbers", "give raw counts: Poisson weights need them"
    if np.all(counts == counts[0]):
        return "counts", "all counts are equal, so nothing decays", "look for a copied column"
    return _time_fault(time_ns, counts)


def _time_fault(time_ns: FloatArray, counts: FloatArray) -> tuple[str, str, str] | None:
    """Say whether the counts fall so fast or slowly that the times must be in another unit."""
    # Smoothing makes a fall look longer, never shorter, and keeps single bins from deciding.
    width = max(1, counts.size // _SMOOTHED_FRACTION)
    smooth = np.convolve(counts, np.ones(width) / width, mode="valid")
    peak = int(np.argmax(smooth))
    below = np.flatnonzero(smooth[peak:] - smooth.min() < (smooth[peak] - smooth.min()) / math.e)
    if not below.size:
        return None
    fall = float(below[0] * (time_ns[1] - time_ns[0]))
    if not LIFETIME_NS.is_far(fall):  # a rough value
        return None
    slip = LIFETIME_NS.slip(fall)
    return (
        "time_ns",
        f"the counts fall to 1/e within about {fall:.2g} ns, which is no lifetime of a nanocrystal: "
        f"it must lie between {LIFETIME_NS.minimum:g} and {LIFETIME_NS.maximum:g} ns",
        f"if the times are in {slip[1]}, {'divide' if slip[0] > 1 else 'multiply'} them by 1000"
        if slip
        else f"write nanoseconds; {LIFETIME_NS.mend}",
    )


def fit_window(
    time: FloatArray, counts: FloatArray, dark: FloatArray, decades: float, skip_ns: float
) -> tuple[NDArray[np.bool_], float]:
    """Bins from the peak down to the wanted decades above the background, and the decades reached."""
    peak = int(np.argmax(counts))
    # For choosing bins only: the fit determines the background anew.
    background = float(dark.mean()) if dark.size else float(counts[peak:].min())
    smooth = np.convolve(counts[peak:] - background, np.ones(_SMOOTHING_BINS) / _SMOOTHING_BINS, mode="valid")
    height = float(counts[peak]) - background
    below = np.flatnonzero(smooth < height * 10.0**-decades)
    last = peak + (int(below[0]) + _SMOOTHING_BINS // 2 if below.size else counts.size - 1 - peak)
    window = np.zeros(counts.shape, dtype=np.bool_)
    # The peak bin was chosen for being the largest, so its noise isn't random any more: leave it out.
    window[peak + 1 : last + 1] = time[peak + 1 : last + 1] >= time[peak] + skip_ns
    if int(window.sum()) < FEWEST_BINS:
        raise UsageError(
            f"counts: only {int(window.sum())} bins lie within {decades:g} decades of the peak: use narrower "
            "bins or more decades, and skip less"
        )
    floor = max(float(smooth[: last - peak + 1].min()), height * 10.0**-decades, 1e-9)
    return window, min(decades, math.log10(height / floor)) if height > 0 else 0.0
