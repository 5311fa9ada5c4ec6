"""What is to be kept in mind with a lifetime?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ligandkb.surface.goodness import probability
from ligandkb.surface.model_choice import REJECTED_BELOW

if TYPE_CHECKING:
    from ligandkb.surface.decay_light import DecayLight
    from ligandkb.surface.lifetimes import LifetimeFit

ASK_FOR_PLQY = (
    "A lifetime alone doesn't show passivation: with dodecanethiol the PLQY of CsPbBr3 rose from 76.1 to "
    "99.8 % while the lifetime fell from 3.16 to 2.42 ns (doi 10.1039/c9na00292h). Measure the PLQY "
    "before and after too, and give both to passivation_evidence."
)
_FEW_COUNTS = 1000
_RESPONSE_COUNTS = 10.0
"""Counts of the response for each one in the decay's peak, below which its own noise is seen."""


def notes_on(
    fit: LifetimeFit, light: DecayLight, decades: float, repetition_rate_mhz: float | None
) -> tuple[str, ...]:
    """Say what is to be kept in mind, the question for the PLQY first.

    Parameters
    ----------
    fit : LifetimeFit
    light : DecayLight
        What was fitted.
    decades : float
        Those that were wanted.
    repetition_rate_mhz : float or None

    Returns
    -------
    tuple of str
    """
    return (ASK_FOR_PLQY, *_on_models(fit), *_on_data(fit, light, decades, repetition_rate_mhz))


def _on_models(fit: LifetimeFit) -> list[str]:
    notes, models = [], fit.models
    if fit.stretch_exponent.high < 1.0:
        notes.append(
            "A distribution of lifetimes: the single-exponential lifetime depends on how far down it is "
            "fitted, so compare samples over the same decades only."
        )
    remedy = "Give the instrument's response, or leave it out with skip_ns."
    if fit.response is not None:
        remedy = (
            "See where the residuals stray: until_ns leaves out an end with light of the instrument's own."
        )
    if fit.stretch_exponent.low > 1.0:
        notes.append(f"Steeper than one exponential. {remedy}")
    if fit.goodness_p < REJECTED_BELOW:
        notes.append(
            f"One exponential doesn't describe the counts ({probability(fit.goodness_p)}), so the interval of its "
            "lifetime is too narrow."
        )
    if models.chosen == "none fits":
        tried = ", ".join(f"{model.name} {probability(model.goodness_p)}" for model in models.all)
        notes.append(
            f"None of the models describes all of the decay ({tried}): their lifetimes and means are rough, and their "
            f"intervals too narrow. {remedy}"
        )
    elif not models.clear:
        near = " or ".join(model.name for model in models.near)
        notes.append(
            f"By BIC the decay could be {near} as well ({models.lead:.1f} behind): more counts would tell."
        )
    if not fit.rejected and models.chosen not in ("one exponential", "none fits") and models.clear:
        notes.append(
            f"One exponential holds over {fit.decades:.2g} decades only: all of the decay is {models.chosen}."
        )
    return notes


def _on_data(
    fit: LifetimeFit, light: DecayLight, decades: float, repetition_rate_mhz: float | None
) -> list[str]:
    notes, time, used = [], fit.time_ns, light.used
    bin_ns, peak = float(time[1] - time[0]), float(fit.counts.max())
    if used.start > 0:
        notes.append(
            f"The bins before {time[used.start]:g} ns aren't recorded, or belong to the last pulse: left out."
        )
    if used.stop < time.size:
        empty = not fit.counts[used.stop :].any()
        why = (
            "are all empty, so no photon is recorded there"
            if empty
            else "see the next pulse, or were not wanted"
        )
        notes.append(f"The bins from {time[used.stop]:g} ns on {why}: left out.")
    if peak < _FEW_COUNTS:
        notes.append(f"The peak has {peak:.0f} counts: collect 1,000 or more to see two decades.")
    if fit.decades < decades - 0.05:
        notes.append("The decay ends in the background before the wanted decades are reached.")
    if not light.dark.any() and fit.response is None:
        notes.append(
            "The background was fitted within the window: give background_until_ns if the trace begins "
            "before the pulse."
        )
    if fit.response is not None and fit.response.counts < _RESPONSE_COUNTS * peak:
        notes.append(
            f"The response has {fit.response.counts:,.0f} counts, less than ten for each one in the peak: its own "
            "noise is taken for exact."
        )
    if fit.lifetime_ns.value < 5 * bin_ns:
        blur = "" if fit.response else " bins and instrument response blur it."
        notes.append(
            f"The lifetime is less than 5 bins of {bin_ns:g} ns:{blur or ' narrower ones would tell more.'}"
        )
    period_ns = math.inf if repetition_rate_mhz is None else 1000.0 / repetition_rate_mhz
    if period_ns < 5.0 * fit.lifetime_ns.value:
        notes.append(
            f"Pulses come every {period_ns:g} ns, less than 5 lifetimes: light of earlier pulses is part of the model, "
            "but slow parts are hard to tell from background."
        )
    return notes
