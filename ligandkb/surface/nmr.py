"""How many ligands are bound?

Equations 2 and 5 of Nenon et al., doi 10.1021/jacs.8b11035: in fast exchange the linewidth is the
average of the free and the bound one, weighted by how many ligands are in each state.

    λ_obs   = (N_free λ_free + N_bound λ_bound) / N_total
    N_bound = N_total (λ_obs − λ_free) / (λ_bound − λ_free)

The paper prints λ_obs, λ_bound and N_bound, but neither λ_free nor N_total. Where λ_free is unknown
the equation still sets a range, because a linewidth is positive: see :func:`total_ligands_range`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import (
    FREE_LINEWIDTH_HZ,
    LINEWIDTH_HZ,
    POSITIVE_COUNT,
    UNCERTAINTY,
    Quantity,
    require,
)
from ligandkb.surface.uncertainty import Measured, relative_sigma

FAST_EXCHANGE = (
    "Valid only in fast exchange: ligands must hop on and off many times faster than the frequencies of the "
    "two states differ (doi 10.1021/jacs.8b11035, eq 2 and its reference 84). Slower exchange broadens the "
    "line by itself, and the number bound then comes out too large. One averaged resonance that narrows on "
    "dilution speaks for fast exchange; two resonances rule it out."
)


@dataclass(frozen=True)
class BoundLigands:
    """Ligands bound per nanocrystal, from linewidths.

    Attributes
    ----------
    bound_fraction : Measured
        N_bound/N_total.
    bound_ligands : Measured
        N_bound per nanocrystal.
    variance_shares : dict of str to float
        Which input the variance of ``bound_ligands`` comes from; the shares add up to 1.
    notes : tuple of str
        Conditions under which the numbers hold.
    """

    bound_fraction: Measured
    bound_ligands: Measured
    variance_shares: dict[str, float]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class TotalLigandsRange:
    """Range of N_total (or of N_bound) that follows where λ_free is unknown.

    Attributes
    ----------
    at_least, at_most : Measured
        Ends of the range; ``at_most`` is infinite unless an upper bound of λ_free was given.
    notes : tuple of str
        Conditions under which the numbers hold.
    """

    at_least: Measured
    at_most: Measured
    notes: tuple[str, ...]


def observed_linewidth(bound_fraction: float, free_hz: float, bound_hz: float) -> float:
    """Linewidth that eq 2 predicts.

    Parameters
    ----------
    bound_fraction : float
        N_bound/N_total, between 0 and 1.
    free_hz, bound_hz : float
        Linewidths of the two states in Hz.

    Returns
    -------
    float
        In Hz.

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    >>> round(observed_linewidth(180 / 6320, 2.5, 290.0), 1)
    10.7
    """
    fraction = Quantity("bound fraction", "fraction", 0.0, 1.0, "write a fraction between 0 and 1")
    require(
        ("bound_fraction", bound_fraction, fraction),
        ("free_hz", free_hz, FREE_LINEWIDTH_HZ),
        ("bound_hz", bound_hz, LINEWIDTH_HZ),
    )
    return free_hz + bound_fraction * (bound_hz - free_hz)


def bound_ligands(
    total_ligands: Measured, observed_hz: Measured, free_hz: Measured, bound_hz: Measured
) -> BoundLigands:
    """Bound ligands per nanocrystal from linewidths (eq 5), with first-order error propagation.

    Parameters
    ----------
    total_ligands : Measured
        N_total, free and bound, per nanocrystal.
    observed_hz, free_hz, bound_hz : Measured
        Linewidths in Hz; free < bound, and observed between them.

    Returns
    -------
    BoundLigands

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be, or the observed linewidth lies outside the free
        and the bound one.

    Examples
    --------
    >>> observed, free, bound = Measured(10.7, 0.2), Measured(2.0, 0.2), Measured(290, 30)
    >>> result = bound_ligands(Measured(6000, 300), observed, free, bound)
    >>> str(result.bound_ligands)
    '181 ± 22'
    >>> max(result.variance_shares, key=result.variance_shares.get)
    'bound_hz'
    """
    _check_lines(observed_hz, bound_hz, free_hz)
    require(
        ("total_ligands.value", total_ligands.value, POSITIVE_COUNT),
        ("total_ligands.sigma", total_ligands.sigma, UNCERTAINTY),
    )
    observed, free, bound = observed_hz.value, free_hz.value, bound_hz.value
    span = bound - free
    fraction = (observed - free) / span
    parts = {
        "observed_hz": observed_hz.sigma / span,
        "free_hz": (bound - observed) / span**2 * free_hz.sigma,
        "bound_hz": fraction / span * bound_hz.sigma,
    }
    fraction_sigma = math.hypot(*parts.values())
    in_ligands = {name: total_ligands.value * part for name, part in parts.items()}
    in_ligands["total_ligands"] = fraction * total_ligands.sigma
    variance = sum(part**2 for part in in_ligands.values())
    shares = {name: part**2 / variance if variance else 0.0 for name, part in in_ligands.items()}
    notes = [FAST_EXCHANGE]
    if fraction_sigma > 0.3 * fraction:
        notes.append(
            "The relative error is above 30 %: first-order propagation is rough here, and the true interval "
            "is lopsided."
        )
    return BoundLigands(
        Measured(fraction, fraction_sigma),
        Measured(total_ligands.value * fraction, math.sqrt(variance)),
        shares,
        tuple(notes),
    )


def total_ligands_range(
    bound_ligands_per_nanocrystal: Measured,
    observed_hz: Measured,
    bound_hz: Measured,
    *,
    free_at_least_hz: float = 0.0,
    free_at_most_hz: float | None = None,
) -> TotalLigandsRange:
    """Range of all ligands per nanocrystal that follows where the free linewidth is unknown.

    Parameters
    ----------
    bound_ligands_per_nanocrystal : Measured
        N_bound.
    observed_hz, bound_hz : Measured
        Linewidths in Hz.
    free_at_least_hz, free_at_most_hz : float
        What is known of λ_free: by default only that it isn't negative. As λ_free nears λ_obs the
        range has no upper end.

    Returns
    -------
    TotalLigandsRange

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Notes
    -----
    N_total = N_bound (λ_bound − λ_free)/(λ_obs − λ_free) grows with λ_free, so its least value belongs to
    the smallest λ_free.

    Examples
    --------
    The paper's 10.7 ± 0.2 and 290 ± 30 Hz with 180 ± 20 bound:

    >>> found = total_ligands_range(Measured(180, 20), Measured(10.7, 0.2), Measured(290, 30))
    >>> str(found.at_least), found.at_most.value
    ('4,879 ± 746', inf)
    """
    _check_lines(observed_hz, bound_hz, Measured(free_at_least_hz), free_name="free_at_least_hz")
    require(
        ("bound_ligands_per_nanocrystal.value", bound_ligands_per_nanocrystal.value, POSITIVE_COUNT),
        ("bound_ligands_per_nanocrystal.sigma", bound_ligands_per_nanocrystal.sigma, UNCERTAINTY),
    )

    def total(free_hz: float) -> Measured:
        if not free_hz < observed_hz.value:
            raise UsageError(
                f"observed_hz: {observed_hz.value:g} Hz equals the free linewidth: nothing is seen to be "
                "bound, and no total follows from it"
            )
        above = Measured(bound_hz.value - free_hz, bound_hz.sigma)
        seen = Measured(observed_hz.value - free_hz, observed_hz.sigma)
        value = bound_ligands_per_nanocrystal.value * above.value / seen.value
        return Measured(value, value * relative_sigma(bound_ligands_per_nanocrystal, above, seen))

    at_most = Measured(math.inf)
    if free_at_most_hz is not None:
        _check_lines(observed_hz, bound_hz, Measured(free_at_most_hz), free_name="free_at_most_hz")
        if free_at_most_hz < free_at_least_hz:
            raise UsageError(
                f"free_at_most_hz: {free_at_most_hz:g} Hz lies below free_at_least_hz, "
                f"{free_at_least_hz:g} Hz: swap the two"
            )
        at_most = total(free_at_most_hz)
    notes = (
        FAST_EXCHANGE,
        "The free linewidth is unknown, so this is a range and no value: measure λ_free on the same pair "
        "without nanocrystals, in the same solvent.",
        "Errors are taken as independent. Where N_bound came from these linewidths itself they aren't, and "
        "the standard deviation is too wide.",
    )
    return TotalLigandsRange(total(free_at_least_hz), at_most, notes)


def _check_lines(
    observed_hz: Measured, bound_hz: Measured, free_hz: Measured, *, free_name: str = "free_hz"
) -> None:
    """Raise unless free < observed < bound, all of them linewidths."""
    require(
        ("observed_hz.value", observed_hz.value, LINEWIDTH_HZ),
        ("observed_hz.sigma", observed_hz.sigma, UNCERTAINTY),
        ("bound_hz.value", bound_hz.value, LINEWIDTH_HZ),
        ("bound_hz.sigma", bound_hz.sigma, UNCERTAINTY),
        (f"{free_name}", free_hz.value, FREE_LINEWIDTH_HZ),
        (f"{free_name}.sigma", free_hz.sigma, UNCERTAINTY),
    )
    fault = linewidth_order_fault(observed_hz.value, free_hz.value, bound_hz.value)
    if fault:
        raise UsageError(f"observed_hz: {fault[0]}: {fault[1]}")


def linewidth_order_fault(observed_hz: float, free_hz: float, bound_hz: float) -> tuple[str, str] | None:
    """Say what is wrong with the order of three linewidths, and how to fix it; None if nothing is.

    Parameters
    ----------
    observed_hz, free_hz, bound_hz : float
        In Hz.

    Returns
    -------
    tuple of (str, str), or None

    Examples
    --------
    >>> linewidth_order_fault(300.0, 2.0, 290.0)[0]
    'observed linewidth 300 Hz is not between the free (2 Hz) and the bound one (290 Hz)'
    >>> linewidth_order_fault(10.7, 2.0, 290.0) is None
    True
    """
    if not free_hz < bound_hz:
        return (
            f"free linewidth {free_hz:g} Hz is not below the bound one, {bound_hz:g} Hz",
            "swap the two if they were mixed up",
        )
    if not free_hz <= observed_hz <= bound_hz:
        return (
            f"observed linewidth {observed_hz:g} Hz is not between the free ({free_hz:g} Hz) and the "
            f"bound one ({bound_hz:g} Hz)",
            "check units and columns; broader than bound also means aggregation or slow exchange",
        )
    return None
