"""Is this a dilution series from which the traps can be had?"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import (
    NANOCRYSTAL_CONCENTRATION_UM,
    PLQY,
    PLQY_SIGMA,
    ArrayFault,
    FloatArray,
    require,
)
from ligandkb.surface.uncertainty import Measured

FreeParameter = Literal["rate_ratio", "association_constant", "sites_max"]

DEGENERACY = (
    "at a given concentration of free pairs N_max and k_r/k_nr,trap enter the PLQY only as their ratio, so "
    "another N_max fits as well with a k_r/k_nr,trap to match; the mass balance keeps a trace of N_max, but "
    "one far below the usual errors"
)
"""Why N_max is not freed by itself."""


def checked_series(
    nanocrystal_concentration_um: ArrayLike, plqy: ArrayLike, plqy_sigma: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray | None]:
    """Check a series as a whole: shapes, enough points, something that varies."""
    concentration, light = require(
        ("nanocrystal_concentration_um", nanocrystal_concentration_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("plqy", plqy, PLQY),
    )
    sigma = None
    if plqy_sigma is not None:
        (given,) = require(("plqy_sigma", plqy_sigma, PLQY_SIGMA))
        sigma = np.full_like(light, float(given)) if given.ndim == 0 else given
    for name, values in (("plqy", light), ("plqy_sigma", sigma)):
        if values is not None and (values.ndim != 1 or values.shape != concentration.shape):
            raise UsageError(
                f"{name}: shape {values.shape} doesn't match nanocrystal_concentration_um, "
                f"{concentration.shape}: give one value for each concentration, in one dimension"
            )
    fault = series_fault(concentration, light)
    if fault:
        raise UsageError(str(fault))
    return concentration, light, sigma


def series_fault(concentration_um: FloatArray, plqy: FloatArray) -> ArrayFault | None:
    """Say why a dilution series can't be fitted whatever the model.

    Parameters
    ----------
    concentration_um, plqy : ndarray of shape (n,)

    Returns
    -------
    ArrayFault or None

    Examples
    --------
    >>> series_fault(np.array([1.0, 1.0]), np.array([0.8, 0.7])).what
    'all concentrations are equal, so this is no dilution series'
    """
    if concentration_um.size < 2:
        return ArrayFault(
            "plqy",
            "one point is no series",
            "measure at two dilutions at least; for one use traps_from_plqy",
        )
    if np.all(concentration_um == concentration_um[0]):
        return ArrayFault(
            "nanocrystal_concentration_um",
            "all concentrations are equal, so this is no dilution series",
            "measure at other dilutions",
        )
    if np.all(plqy == plqy[0]):
        return ArrayFault(
            "plqy",
            "all PLQY are equal, so there is no effect of dilution to fit",
            "if they were measured so, vacancies are not your problem; else look for a copied column",
        )
    return None


def check_freedom(free: Collection[str], sites: Measured, sigma_known: bool, points: int) -> None:
    """Refuse what the data can't determine, with the reason."""
    unknown = set(free) - set(get_args(FreeParameter))
    if unknown:
        raise UsageError(
            f"free: {', '.join(sorted(unknown))} is unknown: use {', '.join(get_args(FreeParameter))}"
        )
    if "rate_ratio" not in free:
        raise UsageError("free: 'rate_ratio' must be among them: with nothing to fit use plqy_from_traps")
    if "sites_max" in free:
        if not sites.sigma > 0:
            raise UsageError(
                f"sites_max can't be freed: {DEGENERACY}: give an independent measurement as "
                "Measured(value, sigma), e.g. from NMR, or read rate_ratio_per_site"
            )
        if not sigma_known:
            raise UsageError("plqy_sigma: needed to weigh the series against the measured sites_max: give it")
    parameters = len(set(free) - {"sites_max"})
    if points < parameters + 1:
        raise UsageError(
            f"plqy: {points} points can't determine {parameters} parameters and how well they fit: "
            f"give at least {parameters + 1}, or free fewer"
        )
