"""Where in a histogram is the light, and since when?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ligandkb.problems import UsageError
from ligandkb.surface.decay import FEWEST_BINS, TIME_NS, fit_window, recorded, rise
from ligandkb.surface.decay_models import Decay
from ligandkb.surface.quantities import FloatArray, require
from ligandkb.surface.response import Response

_FEWEST_DARK = 3
_SAME_BINS = 0.01
"""Part by which bins of decay and response may differ: times are rounded."""
_WIDTHS_OF_NEXT = 3.0
"""Widths of the response before the next pulse from which on its light is seen."""


@dataclass(frozen=True)
class DecayLight:
    """The parts of a histogram that are fitted.

    Attributes
    ----------
    whole : Decay
        All that follows the peak; behind a response, all bins.
    first_decades : Decay
        Of these, those down to the wanted decades below the peak.
    in_whole, in_first_decades, dark : ndarray of bool, shape (n,)
        Which bins those are, and which are known to hold background only.
    decades : float
        Decades above the background that the second spans.
    used : slice
        Bins that are recorded, and belong to this pulse.
    """

    whole: Decay
    first_decades: Decay
    in_whole: NDArray[np.bool_]
    in_first_decades: NDArray[np.bool_]
    dark: NDArray[np.bool_]
    decades: float
    used: slice


def light_of(
    time_ns: FloatArray,
    counts: FloatArray,
    *,
    response: Response | None = None,
    background_until_ns: float | None = None,
    decades: float = 2.0,
    skip_ns: float = 0.0,
    until_ns: float | None = None,
    period_ns: float = math.inf,
) -> DecayLight:
    """Choose the bins that are fitted, and the time at which light begins.

    Parameters
    ----------
    time_ns, counts : ndarray of shape (n,)
        As :func:`~ligandkb.surface.decay.checked_decay` gives them.
    response, background_until_ns, decades, skip_ns, until_ns
        As in :func:`~ligandkb.surface.lifetimes.fit_lifetime`.
    period_ns : float
        From pulse to pulse.

    Returns
    -------
    DecayLight

    Raises
    ------
    UsageError
        Where too few bins are left, or the bins of the response have another width.
    """
    if response is not None:
        _check_bins(response, time_ns)
    dark = _dark(time_ns, counts, background_until_ns)
    used = _used(time_ns, counts, period_ns, response)
    if until_ns is not None:
        require(("until_ns", until_ns, TIME_NS))
        used = slice(used.start, min(used.stop, int(np.searchsorted(time_ns, until_ns, side="right"))))
        if used.stop - used.start < FEWEST_BINS:
            raise UsageError(
                f"until_ns: {until_ns:g} ns leaves less than {FEWEST_BINS} bins: give a later time"
            )
    window, reached = fit_window(time_ns[used], counts[used], counts[dark], decades, skip_ns)
    window = np.pad(window, (used.start, time_ns.size - used.stop))
    peak = used.start + int(np.argmax(counts[used]))
    whole = np.zeros(time_ns.size, dtype=np.bool_)
    whole[used] = True
    if response is None:
        whole[: peak + 1] = False
        whole &= time_ns >= time_ns[peak] + skip_ns
    else:
        window[used.start : peak + 1] = True
    origin = float(time_ns[used][rise(counts[used])])

    def part(bins: NDArray[np.bool_]) -> Decay:
        if response is not None:
            shift = (origin - response.rise_ns) / response.bin_ns
            return Decay(
                time_ns[bins], counts[bins], response=response, shift_bins=shift, period_ns=period_ns
            )
        since = time_ns - origin
        return Decay(since[bins], counts[bins], float(counts[dark].sum()), since[dark], period_ns=period_ns)

    return DecayLight(part(whole), part(window), whole, window, dark, reached, used)


def _dark(time: FloatArray, counts: FloatArray, until_ns: float | None) -> NDArray[np.bool_]:
    """Bins that are known to hold background only."""
    if until_ns is None:
        return np.zeros(time.size, dtype=np.bool_)
    require(("background_until_ns", until_ns, TIME_NS))
    dark = np.asarray(time <= until_ns)
    if int(dark.sum()) < _FEWEST_DARK:
        raise UsageError(
            f"background_until_ns: only {int(dark.sum())} bins lie up to {until_ns:g} ns: give a later time, or leave "
            "it out"
        )
    peak_ns = float(time[int(np.argmax(counts))])
    if until_ns >= peak_ns:
        raise UsageError(
            f"background_until_ns: {until_ns:g} ns isn't before the peak at {peak_ns:g} ns: give a time "
            "before the pulse, or leave it out"
        )
    dark[: recorded(counts).start] = False
    return dark


def _used(time: FloatArray, counts: FloatArray, period_ns: float, response: Response | None) -> slice:
    """Bins that are recorded, and belong to one pulse, of which the most is seen."""
    seen = recorded(counts)
    if math.isinf(period_ns):
        return seen
    first, last = float(time[seen][0]), float(time[seen][-1])
    brightest = float(time[seen][rise(counts[seen])])
    pulses = brightest + period_ns * np.arange(
        -math.floor((brightest - first) / period_ns), math.floor((last - brightest) / period_ns) + 1
    )
    pulse = float(pulses[np.argmax(np.minimum(pulses + period_ns, last) - pulses)])
    margin = 0.0 if response is None else _WIDTHS_OF_NEXT * response.width_ns
    # Later ones see the next pulse, and earlier ones the one before.
    inside = np.flatnonzero((time > pulse - period_ns + margin) & (time < pulse + period_ns - margin))
    return slice(max(seen.start, int(inside[0])), min(seen.stop, int(inside[-1]) + 1))


def _check_bins(response: Response, time: FloatArray) -> None:
    """Refuse a response whose bins have another width than those of the decay."""
    step = float(time[-1] - time[0]) / (time.size - 1)
    if abs(response.bin_ns / step - 1.0) > _SAME_BINS:
        raise UsageError(
            f"response: its bins are {response.bin_ns:.4g} ns wide, those of the decay {step:.4g} ns: record both with "
            "the same settings"
        )
