"""What is the posterior at given hyperparameters, as a normal distribution about its summit?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ligandkb.learning.gaussian import Design, Normal, conditioned
from ligandkb.learning.likelihood import Seen
from ligandkb.learning.prior import Floats

_ROUNDS = 60
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Approximation:
    """A normal distribution that stands in for the posterior.

    Attributes
    ----------
    normal : Normal
    z : numpy.ndarray
        Shape (n,): summit of each row, from which another search starts well.
    log_evidence : float
        Logarithm of the data's probability, but for what doesn't depend on the hyperparameters.
    """

    normal: Normal
    z: Floats
    log_evidence: float


def approximated(
    design: Design,
    seen: Seen,
    prior_mean: Floats,
    spread: Floats,
    pair_effect: float,
    start: Approximation | None = None,
) -> Approximation:
    """Find the summit and its curvature (Newton's method with the curvature of Gauss and Newton).

    Parameters
    ----------
    design : Design
    seen : Seen
    prior_mean, spread : numpy.ndarray
        Shape (F + B,), of fixed effects and batches.
    pair_effect : float
        Standard deviation of pairs.
    start : Approximation, optional
        Found at other hyperparameters.

    Returns
    -------
    Approximation
    """
    precision, pair_precision = spread**-2, pair_effect**-2

    def height(mean: Floats, pair_mean: Floats, z: Floats) -> float:
        departure = (precision * (mean - prior_mean) ** 2).sum() + pair_precision * (pair_mean**2).sum()
        return float(seen.log_likelihood(z).sum() - departure / 2)

    mean = prior_mean if start is None else start.normal.mean
    pair_mean = np.zeros(design.pairs) if start is None else start.normal.pair_mean
    z = design.linear(mean, pair_mean)
    here = height(mean, pair_mean, z)
    for _ in range(_ROUNDS):
        slope, curvature = seen.slope_and_curvature(z)
        normal = conditioned(design, curvature, slope + curvature * z, prior_mean, precision, pair_precision)
        length = 1.0
        while True:
            new_mean = mean + length * (normal.mean - mean)
            new_pairs = pair_mean + length * (normal.pair_mean - pair_mean)
            new_z = design.linear(new_mean, new_pairs)
            there = height(new_mean, new_pairs, new_z)
            if there >= here or length < 1e-4:
                break
            length /= 2
        moved = float(np.abs(new_z - z).max())
        gained = there - here
        mean, pair_mean, z, here = new_mean, new_pairs, new_z, max(here, there)
        if moved < 1e-3 or gained < _TOLERANCE:
            break
    log_prior_volume = np.log(spread).sum() + design.pairs * np.log(pair_effect)
    return Approximation(normal, z, here - float(log_prior_volume) - normal.log_determinant / 2)
