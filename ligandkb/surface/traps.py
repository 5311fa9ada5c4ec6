"""How many traps, and how bright is a nanocrystal that has them?

Equations 3 and 4 of Nenon et al., doi 10.1021/jacs.8b11035:

    PLQY   = 1 − N_trap / (k_r/k_nr,trap + N_trap)
    N_trap = N_max / (1 + K_eq [free pairs])

``rate_ratio`` is k_r/k_nr,trap: the radiative rate over the nonradiative rate *of one trap*, so it is
also the number of traps at which half the light is lost. ``K_eq`` is an association constant (1/M):
a large one keeps pairs bound and vacancies filled.

The paper's free concentration is not the total one. It follows from a mass balance: what isn't free
is bound, one pair to each vacancy that is filled. That balance is a quadratic equation with one
positive root, solved here in closed form.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ligandkb.surface.quantities import (
    ASSOCIATION_CONSTANT_PER_M,
    COUNT,
    FREE_CONCENTRATION_M,
    NANOCRYSTAL_CONCENTRATION_UM,
    PLQY,
    PLQY_SIGMA,
    POSITIVE_COUNT,
    RATE_RATIO,
    UNCERTAINTY,
    FloatArray,
    require,
)
from ligandkb.surface.uncertainty import Measured

MICROMOLAR = 1e-6
"""Molar concentration of 1 µM."""


def plqy_from_traps(traps_per_nanocrystal: ArrayLike, rate_ratio: ArrayLike) -> FloatArray:
    """PLQY of a nanocrystal with a given number of traps (eq 3).

    Parameters
    ----------
    traps_per_nanocrystal : array_like
        N_trap, dimensionless, at least 0.
    rate_ratio : array_like
        k_r/k_nr,trap, dimensionless, positive; broadcast with the traps.

    Returns
    -------
    ndarray
        PLQY as a fraction.

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Notes
    -----
    Source: Nenon et al., doi 10.1021/jacs.8b11035, eq 3. Traps are the only loss in it.

    Examples
    --------
    The 190 traps of the paper's CsPbBr3 with its k_r/k_nr,trap of 333 (measured: 62 ± 3 %):

    >>> round(float(plqy_from_traps(190, 333)), 3)
    0.637
    """
    traps, ratio = require(
        ("traps_per_nanocrystal", traps_per_nanocrystal, COUNT), ("rate_ratio", rate_ratio, RATE_RATIO)
    )
    return np.asarray(ratio / (ratio + traps))


def traps_from_plqy(plqy: ArrayLike, rate_ratio: ArrayLike) -> FloatArray:
    """Traps per nanocrystal that explain a PLQY, if traps are the only loss (eq 3 inverted).

    Parameters
    ----------
    plqy : array_like
        Fraction, above 0 and at most 1.
    rate_ratio : array_like
        k_r/k_nr,trap.

    Returns
    -------
    ndarray
        N_trap. Infinite where the PLQY is 0.

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Examples
    --------
    >>> round(float(traps_from_plqy(0.62, 333)))
    204
    """
    light, ratio = require(("plqy", plqy, PLQY), ("rate_ratio", rate_ratio, RATE_RATIO))
    with np.errstate(divide="ignore"):
        return np.asarray(ratio * (1.0 / light - 1.0))


def measured_traps(plqy: Measured, rate_ratio: Measured) -> Measured:
    """Traps per nanocrystal from a measured PLQY, with first-order error propagation.

    Parameters
    ----------
    plqy, rate_ratio : Measured
        PLQY as a fraction, k_r/k_nr,trap; their errors are taken as independent.

    Returns
    -------
    Measured
        N_trap with its standard deviation.

    Raises
    ------
    UsageError
        Where a value can't be what it claims to be, or the PLQY is 0.

    Examples
    --------
    >>> str(measured_traps(Measured(0.62, 0.03), Measured(333)))
    '204 ± 26'
    """
    require(
        ("plqy.value", plqy.value, replace(PLQY, above_minimum=True)),
        ("plqy.sigma", plqy.sigma, replace(PLQY_SIGMA, above_minimum=False)),
        ("rate_ratio.value", rate_ratio.value, RATE_RATIO),
        ("rate_ratio.sigma", rate_ratio.sigma, UNCERTAINTY),
    )
    traps = rate_ratio.value * (1.0 / plqy.value - 1.0)
    by_plqy = rate_ratio.value / plqy.value**2 * plqy.sigma
    by_ratio = (1.0 / plqy.value - 1.0) * rate_ratio.sigma
    return Measured(traps, math.hypot(by_plqy, by_ratio))


def measured_plqy(traps_per_nanocrystal: Measured, rate_ratio: Measured) -> Measured:
    """PLQY at best with a measured number of traps (eq 3), with first-order error propagation.

    Parameters
    ----------
    traps_per_nanocrystal, rate_ratio : Measured
        N_trap and k_r/k_nr,trap; their errors are taken as independent.

    Returns
    -------
    Measured
        PLQY as a fraction with its standard deviation.

    Raises
    ------
    UsageError
        Where a value can't be what it claims to be.

    Examples
    --------
    >>> str(measured_plqy(Measured(190, 20), Measured(333)))
    '0.637 ± 0.024'
    """
    require(
        ("traps_per_nanocrystal.value", traps_per_nanocrystal.value, COUNT),
        ("traps_per_nanocrystal.sigma", traps_per_nanocrystal.sigma, UNCERTAINTY),
        ("rate_ratio.value", rate_ratio.value, RATE_RATIO),
        ("rate_ratio.sigma", rate_ratio.sigma, UNCERTAINTY),
    )
    traps, ratio = traps_per_nanocrystal.value, rate_ratio.value
    by_traps = ratio * traps_per_nanocrystal.sigma / (ratio + traps) ** 2
    by_ratio = traps * rate_ratio.sigma / (ratio + traps) ** 2
    return Measured(ratio / (ratio + traps), math.hypot(by_traps, by_ratio))


def traps_from_free_pairs(
    free_pair_concentration_m: ArrayLike, *, sites_max: ArrayLike, association_constant_per_m: ArrayLike
) -> FloatArray:
    """Traps left open at a concentration of free pairs (eq 4).

    Parameters
    ----------
    free_pair_concentration_m : array_like
        Pairs free in solution, in M.
    sites_max : array_like
        N_max, the traps per nanocrystal when no pair is bound.
    association_constant_per_m : array_like
        K_eq in 1/M.

    Returns
    -------
    ndarray
        N_trap per nanocrystal.

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Examples
    --------
    At [free] = 1/K half the sites are open:

    >>> float(traps_from_free_pairs(1e-4, sites_max=400, association_constant_per_m=1e4))
    200.0
    """
    free, sites, constant = require(
        ("free_pair_concentration_m", free_pair_concentration_m, FREE_CONCENTRATION_M),
        ("sites_max", sites_max, POSITIVE_COUNT),
        ("association_constant_per_m", association_constant_per_m, ASSOCIATION_CONSTANT_PER_M),
    )
    return np.asarray(sites / (1.0 + constant * free))


def free_pair_concentration(
    nanocrystal_concentration_um: ArrayLike,
    *,
    pairs_per_nanocrystal: ArrayLike,
    sites_max: ArrayLike,
    association_constant_per_m: ArrayLike,
) -> FloatArray:
    """Concentration of free pairs, from all pairs by mass balance.

    Parameters
    ----------
    nanocrystal_concentration_um : array_like
        Nanocrystals in µM.
    pairs_per_nanocrystal : array_like
        All pairs, free and bound, per nanocrystal. Dilution with neat solvent leaves it unchanged.
    sites_max : array_like
        N_max, sites that can bind one pair each.
    association_constant_per_m : array_like
        K_eq in 1/M.

    Returns
    -------
    ndarray
        Free pairs in M.

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Notes
    -----
    With C the nanocrystals in M, P all pairs and N the sites per nanocrystal, the balance
    c = C (P − N K c / (1 + K c)) is the quadratic K c² + (1 + K C (N − P)) c − C P = 0. Its one positive
    root is written without subtracting near-equal numbers, so it holds from K = 0 (c = C P) to K → ∞.

    Examples
    --------
    >>> c = free_pair_concentration(0.1, pairs_per_nanocrystal=1600, sites_max=400,
    ...                             association_constant_per_m=1e4)
    >>> f"{float(c):.3e} M free of {0.1e-6 * 1600:.3e} M"
    '1.369e-04 M free of 1.600e-04 M'
    """
    concentration, pairs, sites, constant = require(
        ("nanocrystal_concentration_um", nanocrystal_concentration_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("pairs_per_nanocrystal", pairs_per_nanocrystal, COUNT),
        ("sites_max", sites_max, POSITIVE_COUNT),
        ("association_constant_per_m", association_constant_per_m, ASSOCIATION_CONSTANT_PER_M),
    )
    return balance(concentration * MICROMOLAR, pairs, sites, constant)


def balance(
    nanocrystals_m: FloatArray, pairs: FloatArray, sites: FloatArray, constant: FloatArray
) -> FloatArray:
    """Solve the mass balance on checked arrays (M, per nanocrystal, per nanocrystal, 1/M)."""
    total = nanocrystals_m * pairs
    linear = 1.0 + constant * nanocrystals_m * (sites - pairs)
    root = np.sqrt(linear**2 + 4.0 * constant * total)
    with np.errstate(divide="ignore", invalid="ignore"):
        when_sites_abound = 2.0 * total / (linear + root)
        when_pairs_abound = (root - linear) / (2.0 * constant)
    return np.asarray(np.where(linear >= 0, when_sites_abound, when_pairs_abound))


def traps_on_dilution(
    nanocrystal_concentration_um: ArrayLike,
    *,
    pairs_per_nanocrystal: ArrayLike,
    sites_max: ArrayLike,
    association_constant_per_m: ArrayLike,
) -> FloatArray:
    """Traps per nanocrystal along a dilution: the mass balance, then eq 4.

    Parameters and errors are those of :func:`free_pair_concentration`.

    Returns
    -------
    ndarray
        N_trap per nanocrystal.

    Examples
    --------
    >>> traps_on_dilution([1.0, 0.1, 0.01], pairs_per_nanocrystal=1600, sites_max=400,
    ...                   association_constant_per_m=1e4).round()
    array([ 30., 169., 346.])
    """
    free = free_pair_concentration(
        nanocrystal_concentration_um,
        pairs_per_nanocrystal=pairs_per_nanocrystal,
        sites_max=sites_max,
        association_constant_per_m=association_constant_per_m,
    )
    return np.asarray(np.asarray(sites_max) / (1.0 + np.asarray(association_constant_per_m) * free))
