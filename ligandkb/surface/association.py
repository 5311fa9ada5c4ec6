"""How strongly do pairs bind?

K_eq of Nenon et al. (doi 10.1021/jacs.8b11035, eq 4) from one sample whose bound pairs were counted, such as by the
linewidths of :mod:`~ligandkb.surface.nmr`: as many sites are filled as pairs are bound.
"""

from __future__ import annotations

import math

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import (
    NANOCRYSTAL_CONCENTRATION_UM,
    POSITIVE_COUNT,
    UNCERTAINTY,
    require,
)
from ligandkb.surface.uncertainty import Measured

_PER_MICROMOLAR = 1e6


def association_constant(
    bound: Measured,
    *,
    nanocrystal_concentration_um: float,
    pairs_per_nanocrystal: Measured | float,
    sites_max: Measured | float,
) -> Measured:
    """K_eq = bound / ((N_max − bound) × [free]), with [free] = nanocrystals × (all pairs − bound).

    Parameters
    ----------
    bound : Measured
        Pairs bound per nanocrystal in the sample.
    nanocrystal_concentration_um : float
        Nanocrystals there, in µM.
    pairs_per_nanocrystal : Measured or float
        All pairs, free and bound.
    sites_max : Measured or float
        N_max, sites per nanocrystal.

    Returns
    -------
    Measured
        In 1/M, with the errors of the three to first order.

    Raises
    ------
    UsageError
        Where no site or no pair is left free.

    Examples
    --------
    200 of 400 sites filled, and 1400 pairs at 1 µM free, which is 1.4 mM:

    >>> str(association_constant(Measured(200, 20), nanocrystal_concentration_um=1.0, pairs_per_nanocrystal=1600,
    ...                          sites_max=400))
    '714 ± 153'
    """
    pairs, sites = (
        one if isinstance(one, Measured) else Measured(float(one))
        for one in (pairs_per_nanocrystal, sites_max)
    )
    require(
        ("bound.value", bound.value, POSITIVE_COUNT),
        ("bound.sigma", bound.sigma, UNCERTAINTY),
        ("nanocrystal_concentration_um", nanocrystal_concentration_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("pairs_per_nanocrystal", pairs.value, POSITIVE_COUNT),
        ("sites_max", sites.value, POSITIVE_COUNT),
        ("sites_max.sigma", sites.sigma, UNCERTAINTY),
    )
    for what, most in (("site", sites), ("pair", pairs)):
        if bound.value >= most.value:
            raise UsageError(
                f"bound: {bound} bound pairs leave no {what} of {most} free, so they set no K_eq: measure a more "
                "dilute sample"
            )
    empty, free = sites.value - bound.value, pairs.value - bound.value
    value = bound.value / (empty * free * nanocrystal_concentration_um) * _PER_MICROMOLAR
    relative = math.hypot(
        bound.sigma * (1.0 / bound.value + 1.0 / empty + 1.0 / free), sites.sigma / empty, pairs.sigma / free
    )
    return Measured(value, value * relative)
