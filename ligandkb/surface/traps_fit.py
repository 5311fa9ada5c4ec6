"""What does a dilution series say about the traps?

PLQY against nanocrystal concentration, fitted with eqs 3 and 4 of Nenon et al. (doi
10.1021/jacs.8b11035) by weighted least squares. As in the paper k_r/k_nr,trap alone is fitted by
default, everything else being known from other experiments. K_eq may be freed too.

N_max may not be freed by itself: at a given concentration of free pairs the PLQY holds N_max and
k_r/k_nr,trap only as their ratio, so another N_max fits as well with a k_r/k_nr,trap to match. It can
be freed with an independent measurement of N_max, which then carries its error into the result. Where a
measured N_max is held, its error still widens the intervals: the fit is repeated at N_max more and less.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ligandkb.missing import Missing
from ligandkb.surface.goodness import RUNS_CLUSTER_BELOW, allowed_rise, chi_square_p, probability, runs_p
from ligandkb.surface.profile import minimise, profile_interval
from ligandkb.surface.quantities import (
    ASSOCIATION_CONSTANT_PER_M,
    CONFIDENCE,
    NANOCRYSTAL_CONCENTRATION_UM,
    POSITIVE_COUNT,
    UNCERTAINTY,
    FloatArray,
    require,
)
from ligandkb.surface.series import DEGENERACY, FreeParameter, check_freedom, checked_series
from ligandkb.surface.traps_model import DilutionModel, traps_along
from ligandkb.surface.uncertainty import Interval, Measured, widened

MIXED_HALIDE = (
    "The paper's model fails for the mixed halide (its data are sigmoidal, which speaks for ligands that "
    "leave together): take the ratio as an order of magnitude."
)


@dataclass(frozen=True)
class TrapFit:
    """Result of :func:`fit_traps`.

    Attributes
    ----------
    rate_ratio : Interval
        k_r/k_nr,trap. An infinite upper end means that the data see no trapping for certain.
    rate_ratio_per_site : Interval
        k_r/k_nr,trap divided by N_max: what the data determine whatever N_max is.
    association_constant_per_m : Interval or None
        K_eq in 1/M if it was fitted.
    sites_max : Interval or None
        N_max if it was fitted.
    nanocrystal_concentration_um, plqy, plqy_sigma : ndarray of shape (n,)
        The data; the standard deviations are the given ones, or the common one estimated from the fit.
    plqy_fitted, residuals : ndarray of shape (n,)
        Model, and data less model.
    traps_per_nanocrystal : ndarray of shape (n,)
        N_trap of the best fit.
    chi_square : float
        Sum of squared residuals in standard deviations.
    degrees_of_freedom : int
    goodness_p : float or Missing
        Probability of a larger chi-square if the model and the given errors hold.
    runs_p : float
        Probability of so few changes of sign among the residuals if they are random.
    parameters : dict of str to float
        All parameters of the best fit, free and fixed, for :func:`predicted_plqy`.
    notes : tuple of str
        What to keep in mind.
    """

    rate_ratio: Interval
    rate_ratio_per_site: Interval
    association_constant_per_m: Interval | None
    sites_max: Interval | None
    nanocrystal_concentration_um: FloatArray
    plqy: FloatArray
    plqy_sigma: FloatArray
    plqy_fitted: FloatArray
    residuals: FloatArray
    traps_per_nanocrystal: FloatArray
    chi_square: float
    degrees_of_freedom: int
    goodness_p: float | Missing
    runs_p: float
    parameters: dict[str, float]
    notes: tuple[str, ...]


def predicted_plqy(fit: TrapFit, nanocrystal_concentration_um: ArrayLike, *, rate_ratio: float) -> FloatArray:
    """PLQY that a fit predicts elsewhere, for one value of k_r/k_nr,trap (for drawing curves).

    Parameters
    ----------
    fit : TrapFit
    nanocrystal_concentration_um : array_like
        In µM.
    rate_ratio : float
        E.g. ``fit.rate_ratio.value`` or an end of its interval; may be infinite.

    Returns
    -------
    ndarray
        PLQY as a fraction.
    """
    (concentration,) = require(
        ("nanocrystal_concentration_um", nanocrystal_concentration_um, NANOCRYSTAL_CONCENTRATION_UM)
    )
    known = fit.parameters
    traps = traps_along(
        concentration, known["pairs_per_nanocrystal"], known["sites_max"], known["association_constant_per_m"]
    )
    return np.asarray(1.0 / (1.0 + traps / rate_ratio))


def fit_traps(
    nanocrystal_concentration_um: ArrayLike,
    plqy: ArrayLike,
    plqy_sigma: ArrayLike | None = None,
    *,
    pairs_per_nanocrystal: float,
    sites_max: Measured | float,
    association_constant_per_m: float,
    free: Sequence[FreeParameter] = ("rate_ratio",),
    confidence: float = 0.95,
    mixed_halide: bool = False,
) -> TrapFit:
    """Fit k_r/k_nr,trap, and K_eq if asked, to a dilution series.

    Parameters
    ----------
    nanocrystal_concentration_um : array_like of shape (n,)
        Nanocrystals in µM.
    plqy : array_like of shape (n,)
        Fractions.
    plqy_sigma : array_like of shape (n,) or number, optional
        Standard deviations, which weight the fit. Without them one common standard deviation is
        estimated from the scatter, and no goodness of fit can be had.
    pairs_per_nanocrystal : float
        All pairs, free and bound; dilution with neat solvent leaves it unchanged.
    sites_max : Measured or float
        N_max. A standard deviation widens the intervals where N_max is held, and is needed to free it.
    association_constant_per_m : float
        K_eq in 1/M, or where to begin if it is free.
    free : collection of {"rate_ratio", "association_constant", "sites_max"}
        What to fit; "rate_ratio" always.
    confidence : float
        Of the profile-likelihood intervals.
    mixed_halide : bool
        Adds the paper's own warning.

    Returns
    -------
    TrapFit

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be; too few points; all concentrations or all PLQY
        equal; N_max freed without an independent measurement.

    Notes
    -----
    An interval holds the values at which the profiled chi-square rises by less than the square of a
    normal quantile (given errors) or of a Student quantile times the residual variance (estimated one).
    Where N_max is held with a standard deviation, the fit is repeated with N_max a normal quantile of
    standard deviations higher and lower (relative ones, so that it stays positive), and the distance by
    which each parameter moves is added in quadrature to its interval.

    Examples
    --------
    >>> from ligandkb.surface.traps import plqy_from_traps, traps_on_dilution
    >>> known = dict(pairs_per_nanocrystal=1600.0, sites_max=400.0, association_constant_per_m=1e4)
    >>> um = [1.0, 0.3, 0.1, 0.03, 0.01]
    >>> exact = plqy_from_traps(traps_on_dilution(um, **known), 333)
    >>> fit = fit_traps(um, exact, 0.02, **known)
    >>> str(fit.rate_ratio)
    '333.0 (95 %: 305.6 to 363.4)'
    >>> fit_traps(um, exact, 0.02, **known, free=("rate_ratio", "sites_max"))
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: sites_max can't be freed: at a given concentration of free pairs...
    """
    concentration, light, sigma = checked_series(nanocrystal_concentration_um, plqy, plqy_sigma)
    sites = sites_max if isinstance(sites_max, Measured) else Measured(float(sites_max))
    require(
        ("pairs_per_nanocrystal", pairs_per_nanocrystal, POSITIVE_COUNT),
        ("sites_max", sites.value, POSITIVE_COUNT),
        ("sites_max.sigma", sites.sigma, UNCERTAINTY),
        ("association_constant_per_m", association_constant_per_m, ASSOCIATION_CONSTANT_PER_M),
        ("confidence", confidence, CONFIDENCE),
    )
    check_freedom(free, sites, sigma is not None, light.size)
    model = DilutionModel(
        concentration,
        light,
        sigma if sigma is not None else np.ones_like(light),
        float(pairs_per_nanocrystal),
        sites,
        float(association_constant_per_m),
        "association_constant" in free,
        "sites_max" in free,
    )
    best, chi_square = minimise(model.residuals, model.starts(), *model.bounds())
    degrees = light.size + int(model.free_sites) - best.size
    if sigma is None:
        variance = chi_square / degrees
        rise = allowed_rise(confidence, residual_variance=variance, degrees_of_freedom=degrees)
        sigma = np.full_like(light, math.sqrt(variance))
        goodness: float | Missing = Missing("give plqy_sigma, the standard deviation of each PLQY")
    else:
        rise = allowed_rise(confidence)
        goodness = chi_square_p(chi_square, degrees)

    def interval(index: int, fitted: DilutionModel = model, optimum: FloatArray = best) -> Interval:
        lower, upper = fitted.bounds()
        low, high = profile_interval(fitted.residuals, optimum, index, rise=rise, lower=lower, upper=upper)
        return Interval(
            math.inf if optimum[index] >= upper[index] - 1e-3 else math.exp(optimum[index]),
            0.0 if low <= lower[index] else math.exp(low),
            math.inf if high >= upper[index] else math.exp(high),
            confidence,
        )

    ratio, constant, site_count = model.unpack(best)
    rate_ratio = interval(0)
    constant_interval = interval(1) if model.free_constant else None
    if model.free_sites:
        shifted = best.copy()
        shifted[0] -= math.log(site_count)
        per_site = interval(0, replace(model, ratio_per_site=True), shifted)
    else:
        per_site = Interval(
            rate_ratio.value / site_count,
            rate_ratio.low / site_count,
            rate_ratio.high / site_count,
            confidence,
        )
    if held_with_error := sites.sigma > 0 and not model.free_sites:
        step = math.exp(math.sqrt(allowed_rise(confidence)) * sites.sigma / sites.value)
        moved = [_refitted(model, sites.value * factor) for factor in (1.0 / step, step)]
        without = rate_ratio
        rate_ratio = widened(rate_ratio, *(one[0] for one in moved))
        per_site = widened(per_site, *(one[0] / one[2] for one in moved))
        if constant_interval is not None:
            constant_interval = widened(constant_interval, *(one[1] for one in moved))
    fitted_plqy = model.plqy(best)
    order = np.argsort(concentration)
    runs = runs_p((light - fitted_plqy)[order])
    return TrapFit(
        rate_ratio=rate_ratio,
        rate_ratio_per_site=per_site,
        association_constant_per_m=constant_interval,
        sites_max=interval(best.size - 1) if model.free_sites else None,
        nanocrystal_concentration_um=concentration,
        plqy=light,
        plqy_sigma=sigma,
        plqy_fitted=fitted_plqy,
        residuals=light - fitted_plqy,
        traps_per_nanocrystal=traps_along(concentration, model.pairs, site_count, constant),
        chi_square=chi_square,
        degrees_of_freedom=degrees,
        goodness_p=goodness,
        runs_p=runs,
        parameters={
            "rate_ratio": ratio,
            "association_constant_per_m": constant,
            "sites_max": site_count,
            "pairs_per_nanocrystal": model.pairs,
        },
        notes=(
            *([_held(sites, without)] if held_with_error else []),
            *_notes(
                rate_ratio,
                constant_interval,
                goodness,
                runs,
                constant_alone=model.free_constant and not model.free_sites,
                mixed_halide=mixed_halide,
            ),
        ),
    )


def _refitted(model: DilutionModel, sites_max: float) -> tuple[float, float, float]:
    """Ratio, K and N_max of the best fit with another N_max."""
    other = replace(model, sites=Measured(sites_max))
    best, _ = minimise(other.residuals, other.starts(), *other.bounds())
    return other.unpack(best)


def _held(sites: Measured, without: Interval) -> str:
    return (
        f"N_max is held at {sites.value:g}, and its error is in the intervals (without it k_r/k_nr,trap = "
        f"{without})."
    )


def _notes(
    rate_ratio: Interval,
    constant: Interval | None,
    goodness: float | Missing,
    runs: float,
    *,
    constant_alone: bool,
    mixed_halide: bool,
) -> tuple[str, ...]:
    notes = []
    if constant_alone:
        notes.append(
            f"{DEGENERACY[0].upper()}{DEGENERACY[1:]}. With K_eq free the ratio k_r/k_nr,trap per N_max is "
            "what the data give; k_r/k_nr,trap itself holds for the stated N_max only."
        )
    if math.isinf(rate_ratio.high):
        notes.append("No upper bound: the data are consistent with traps that cost no light at all.")
    if constant is not None and constant.low == 0.0 and math.isinf(constant.high):
        notes.append("K_eq isn't determined by these data: hold it at a measured value.")
    if isinstance(goodness, float) and goodness < 0.01:
        notes.append(
            f"The model doesn't describe the data within the given errors ({probability(goodness)}): the "
            "interval doesn't mean what it says."
        )
    if runs < RUNS_CLUSTER_BELOW:
        notes.append(
            f"Residuals keep their sign over long stretches ({probability(runs)}): the data have another "
            "shape than the model."
        )
    if mixed_halide:
        notes.append(MIXED_HALIDE)
    return tuple(notes)
