"""What does a lifetime prove?

By itself nothing about passivation. A lifetime is 1/(k_r + k_nr), so it grows when nonradiative loss
falls, and shrinks when emission becomes faster. Only with the PLQY, k_r/(k_r + k_nr), can the two be
told apart: k_r = PLQY/τ and k_nr = (1 − PLQY)/τ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from ligandkb.missing import Missing
from ligandkb.surface.quantities import LIFETIME_NS, PLQY, PLQY_SIGMA, UNCERTAINTY, require
from ligandkb.surface.uncertainty import Measured

RateChange = Literal["nonradiative rate falls", "nonradiative rate rises", "no change seen", "unknown"]


@dataclass(frozen=True)
class Rates:
    """Rates of one sample, in 1/ns; without a standard deviation unless PLQY and lifetime both have one."""

    radiative_per_ns: Measured
    nonradiative_per_ns: Measured


@dataclass(frozen=True)
class PassivationEvidence:
    """What two lifetimes, and two PLQY, say about passivation.

    Attributes
    ----------
    verdict : str
    before, after : Rates or Missing
        Missing where the PLQY wasn't given.
    lifetime_change : Measured
        After over before; without a standard deviation unless both have one.
    meaning : str
        In words.
    """

    verdict: RateChange
    before: Rates | Missing
    after: Rates | Missing
    lifetime_change: Measured
    meaning: str


def rates(plqy: Measured, lifetime_ns: Measured) -> Rates:
    """Radiative and nonradiative rate from PLQY and lifetime.

    Parameters
    ----------
    plqy : Measured
        Fraction.
    lifetime_ns : Measured
        In ns, of one exponential: with a distribution the rates are of no single emitter.

    Returns
    -------
    Rates

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    >>> one = rates(Measured(0.761), Measured(3.16))
    >>> round(one.radiative_per_ns.value, 3), round(one.nonradiative_per_ns.value, 4)
    (0.241, 0.0756)
    """
    require(
        ("plqy.value", plqy.value, PLQY),
        ("plqy.sigma", plqy.sigma, replace(PLQY_SIGMA, above_minimum=False)),
        ("lifetime_ns.value", lifetime_ns.value, LIFETIME_NS),
        ("lifetime_ns.sigma", lifetime_ns.sigma, UNCERTAINTY),
    )

    known = _rates_as_far_as_known(plqy, lifetime_ns)
    if plqy.sigma > 0 and lifetime_ns.sigma > 0:
        return known
    # Part of an error would pass for the whole of it.
    return Rates(Measured(known.radiative_per_ns.value), Measured(known.nonradiative_per_ns.value))


def _rates_as_far_as_known(plqy: Measured, lifetime_ns: Measured) -> Rates:
    """Rates with the errors that were given; what was given without one counts as exact."""

    def rate(share: float) -> Measured:
        value = share / lifetime_ns.value
        return Measured(
            value, math.hypot(plqy.sigma, share * lifetime_ns.sigma / lifetime_ns.value) / lifetime_ns.value
        )

    return Rates(rate(plqy.value), rate(1.0 - plqy.value))


def passivation_evidence(
    lifetime_before_ns: Measured,
    lifetime_after_ns: Measured,
    plqy_before: Measured | None = None,
    plqy_after: Measured | None = None,
) -> PassivationEvidence:
    """Judge whether a treatment took away nonradiative loss.

    Parameters
    ----------
    lifetime_before_ns, lifetime_after_ns : Measured
        In ns.
    plqy_before, plqy_after : Measured, optional
        Fractions. Without both there is no verdict.

    Returns
    -------
    PassivationEvidence

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    Dodecanethiol on CsPbBr3 (doi 10.1039/c9na00292h, abstract): the lifetime falls, and yet it passivates.

    >>> seen = passivation_evidence(Measured(3.16), Measured(2.42), Measured(0.761), Measured(0.998))
    >>> seen.verdict, round(seen.lifetime_change.value, 2)
    ('nonradiative rate falls', 0.77)
    >>> passivation_evidence(Measured(3.16), Measured(4.0)).verdict
    'unknown'
    """
    require(
        ("lifetime_before_ns.value", lifetime_before_ns.value, LIFETIME_NS),
        ("lifetime_before_ns.sigma", lifetime_before_ns.sigma, UNCERTAINTY),
        ("lifetime_after_ns.value", lifetime_after_ns.value, LIFETIME_NS),
        ("lifetime_after_ns.sigma", lifetime_after_ns.sigma, UNCERTAINTY),
    )
    ratio = lifetime_after_ns.value / lifetime_before_ns.value
    change = Measured(
        ratio,
        ratio
        * math.hypot(
            lifetime_before_ns.sigma / lifetime_before_ns.value,
            lifetime_after_ns.sigma / lifetime_after_ns.value,
        )
        if lifetime_before_ns.sigma > 0 and lifetime_after_ns.sigma > 0
        else 0.0,
    )
    if plqy_before is None or plqy_after is None:
        lacking = " and ".join(
            name for name, value in (("before", plqy_before), ("after", plqy_after)) if value is None
        )
        absent = Missing(f"measure the PLQY {lacking} the treatment, at the same concentrations")
        return PassivationEvidence(
            "unknown",
            absent,
            absent,
            change,
            f"The lifetime is {ratio:.2f} times what it was. That alone says nothing about passivation, "
            f"longer or shorter: measure the PLQY {lacking} the treatment too.",
        )
    before, after = rates(plqy_before, lifetime_before_ns), rates(plqy_after, lifetime_after_ns)
    fall = before.nonradiative_per_ns.value - after.nonradiative_per_ns.value
    noise = 2.0 * math.hypot(
        _rates_as_far_as_known(plqy_before, lifetime_before_ns).nonradiative_per_ns.sigma,
        _rates_as_far_as_known(plqy_after, lifetime_after_ns).nonradiative_per_ns.sigma,
    )
    exact = [
        name
        for name, measured in (
            ("the PLQY before", plqy_before),
            ("the lifetime before", lifetime_before_ns),
            ("the PLQY after", plqy_after),
            ("the lifetime after", lifetime_after_ns),
        )
        if not measured.sigma > 0
    ]
    verdict: RateChange
    if fall > noise:
        verdict = "nonradiative rate falls"
    elif fall < -noise:
        verdict = "nonradiative rate rises"
    else:
        verdict = "no change seen"
    meaning = (
        f"Nonradiative rate {before.nonradiative_per_ns.value:.3g} → "
        f"{after.nonradiative_per_ns.value:.3g} /ns, radiative rate {before.radiative_per_ns.value:.3g} → "
        f"{after.radiative_per_ns.value:.3g} /ns, lifetime × {ratio:.2f}: {verdict}."
    )
    if exact:
        meaning += f" Taken as exact, for want of an error: {', '.join(exact)}; so this may be too sure."
    return PassivationEvidence(verdict, before, after, change, meaning)
