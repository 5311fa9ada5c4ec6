"""Which bins of a decay count?"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import LIFETIME_NS, ArrayFault, FloatArray, Quantity, require

TIME_NS = Quantity("time", "ns", -1e9, 1e9, "write nanoseconds")
COUNTS = Quantity("number of counts", "counts per bin", 0.0, 1e12, "give raw counts, not normalised ones")
_SMOOTHING_BINS = 5
_SMOOTHED_FRACTION = 50
FEWEST_BINS = 10
_ZEROS_BY_CHANCE = 50.0
"""Counts expected where none are, above which the bins weren't recorded: chance would leave them empty once in
exp(50) times."""


def checked_decay(time_ns: ArrayLike, counts: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Turn a histogram into arrays, or raise UsageError with all that is wrong with it."""
    time, measured = require(("time_ns", time_ns, TIME_NS), ("counts", counts, COUNTS))
    if time.ndim != 1 or time.shape != measured.shape:
        raise UsageError(
            f"counts: shape {measured.shape} doesn't match time_ns, {time.shape}: give one value for each bin"
        )
    fault = decay_fault(time, measured)
    if fault:
        raise UsageError(str(fault))
    return time, measured


def decay_fault(time_ns: FloatArray, counts: FloatArray) -> ArrayFault | None:
    """Say why a histogram can't be a decay.

    Parameters
    ----------
    time_ns, counts : ndarray of shape (n,)

    Returns
    -------
    ArrayFault or None
        With the first bin at fault.

    Examples
    --------
    >>> fault = decay_fault(np.arange(50.0), np.append(np.arange(90.0, 50.0, -1.0), np.full(10, 0.5)))
    >>> fault.what, fault.element
    ('counts are no whole numbers: 0.5 is the first of 10', 40)
    """
    if time_ns.size < FEWEST_BINS:
        return ArrayFault("counts", f"{time_ns.size} bins are no decay", f"give at least {FEWEST_BINS}")
    steps = np.diff(time_ns)
    if not np.all(steps > 0):
        first = int(np.argmax(steps <= 0)) + 1
        return ArrayFault("time_ns", "times don't ascend", "sort the bins by time, and remove doubles", first)
    # Rounded times of narrow bins differ by a few per cent; a missing bin doubles a step.
    if np.ptp(steps) > 0.25 * steps.mean():
        width = float(np.median(steps))
        first = int(np.argmax(np.abs(steps - width) > 0.12 * width)) + 1
        what = f"bins are not equally wide: {steps[first - 1]:.4g} ns here, {width:.4g} ns elsewhere"
        return ArrayFault("time_ns", what, "export the histogram unbinned or with equal bins", first)
    broken = np.flatnonzero(counts != np.round(counts))
    if broken.size:
        first = int(broken[0])
        what = f"counts are no whole numbers: {counts[first]:g} is the first of {broken.size}"
        return ArrayFault("counts", what, "give raw counts: Poisson weights need them", first)
    if np.all(counts == counts[0]):
        return ArrayFault("counts", "all counts are equal, so nothing decays", "look for a copied column")
    return _time_fault(time_ns, counts)


def _time_fault(time_ns: FloatArray, counts: FloatArray) -> ArrayFault | None:
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
    return ArrayFault(
        "time_ns",
        f"the counts fall to 1/e within about {fall:.2g} ns, which is no lifetime of a nanocrystal: "
        f"it must lie between {LIFETIME_NS.minimum:g} and {LIFETIME_NS.maximum:g} ns",
        f"if the times are in {slip[1]}, {'divide' if slip[0] > 1 else 'multiply'} them by 1000"
        if slip
        else f"write nanoseconds; {LIFETIME_NS.fix}",
    )


def recorded(counts: FloatArray) -> int:
    """Bins up to the last one that a photon can have reached.

    Some instruments fill the histogram up with zeros beyond the time between two pulses. They are told from a
    dark background by how improbable so many zeros in a row would be.

    Examples
    --------
    >>> recorded(np.array([9.0] * 50 + [0.0] * 50)), recorded(np.array([9.0] * 5 + [0.0] * 3))
    (50, 8)
    """
    filled = int(np.flatnonzero(counts)[-1]) + 1
    empty = counts.size - filled
    if not empty:
        return filled
    before = counts[max(0, filled - empty) : filled]
    # The decay itself is among the bins before, so their median stands for the background.
    return filled if float(np.median(before)) * empty > _ZEROS_BY_CHANCE else counts.size


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
