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


def checked_decay(
    time_ns: ArrayLike, counts: ArrayLike, of: str | None = None
) -> tuple[FloatArray, FloatArray]:
    """Turn a histogram into arrays, or raise UsageError with all that is wrong with it.

    Parameters
    ----------
    time_ns, counts : array_like of shape (n,)
    of : str, optional
        Name of the argument that they are, where it isn't the decay; it may fall as fast as it likes.
    """
    names = ("time_ns", "counts") if of is None else (f"{of}: time_ns", f"{of}: counts")
    time, measured = require((names[0], time_ns, TIME_NS), (names[1], counts, COUNTS))
    if time.ndim != 1 or time.shape != measured.shape:
        what = f"shape {measured.shape} doesn't match time_ns, {time.shape}: give one value for each bin"
        raise UsageError(f"{names[1]}: {what}")
    fault = decay_fault(time, measured) if of is None else histogram_fault(time, measured)
    if fault:
        raise UsageError(str(fault) if of is None else f"{of}: {fault}")
    return time, measured


def decay_fault(time_ns: FloatArray, counts: FloatArray) -> ArrayFault | None:
    """Say why a histogram can't be a decay: as :func:`histogram_fault`, or since it falls too fast or slowly.

    Parameters
    ----------
    time_ns, counts : ndarray of shape (n,)

    Returns
    -------
    ArrayFault or None
    """
    return histogram_fault(time_ns, counts) or _time_fault(time_ns, counts)


def histogram_fault(time_ns: FloatArray, counts: FloatArray) -> ArrayFault | None:
    """Say why times and counts can't be a histogram.

    Parameters
    ----------
    time_ns, counts : ndarray of shape (n,)

    Returns
    -------
    ArrayFault or None
        With the first bin at fault.

    Examples
    --------
    >>> fault = histogram_fault(np.arange(50.0), np.append(np.arange(90.0, 50.0, -1.0), np.full(10, 0.5)))
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
    return None


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


def recorded(counts: FloatArray) -> slice:
    """Bins from the first to the last that a photon can have reached.

    Some instruments fill the histogram up with zeros, before they start or beyond the time between two pulses. They
    are told from a dark background by how improbable so many zeros in a row would be.

    Examples
    --------
    >>> recorded(np.array([9.0] * 50 + [0.0] * 50)), recorded(np.array([0.0] * 40 + [9.0] * 50 + [0.0] * 3))
    (slice(0, 50, None), slice(0, 93, None))
    """
    filled = np.flatnonzero(counts)
    first, last = int(filled[0]), int(filled[-1]) + 1
    before = counts[first : rise(counts)]
    if before.size < FEWEST_BINS or not _unrecorded(before, first):
        first = 0
    empty = counts.size - last
    if not _unrecorded(counts[max(0, last - empty) : last], empty):
        last = counts.size
    return slice(first, last)


def _unrecorded(beside: FloatArray, empty: int) -> bool:
    """Whether chance can't have left these bins empty, by those beside them."""
    # The decay itself may be among those, so their median stands for the background.
    return empty > 0 and float(np.median(beside)) * empty > _ZEROS_BY_CHANCE


def rise(counts: FloatArray) -> int:
    """First bin of the rise to the peak with more than half of its counts.

    The peak itself comes later where the response is wide, and is moved by noise where light falls slowly.

    Examples
    --------
    >>> rise(np.array([2.0, 3.0, 2.0, 40.0, 80.0, 90.0, 70.0, 50.0]))
    4
    """
    peak = int(np.argmax(counts))
    floor = float(counts[:peak].min(initial=float(counts[peak])))
    half = floor + (float(counts[peak]) - floor) / 2.0
    below = np.flatnonzero(counts[:peak] < half)
    return int(below[-1]) + 1 if below.size else 0


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
