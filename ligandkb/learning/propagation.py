"""What is the posterior at given hyperparameters, as a normal distribution?

Expectation propagation: each row's likelihood is stood in for by a normal factor of z, chosen so that mean and
variance of the row's z are those under the likelihood itself and all other rows' factors (T. P. Minka, Proc. 17th
Conf. Uncertainty in Artificial Intelligence, 2001, 362; C. E. Rasmussen and C. K. I. Williams, Gaussian Processes for
Machine Learning, MIT Press 2006, chapter 3.6). A bright sample says that z is above some value and not by how much,
which a normal distribution about the summit (Laplace) takes for the value itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ligandkb.learning.gaussian import Design, Normal, conditioned
from ligandkb.learning.likelihood import Seen
from ligandkb.learning.prior import Floats

_SWEEPS = 60
_DAMPING, _LEAST_DAMPING = 0.7, 0.1
_TOLERANCE = 0.01
"""In standard deviations of a row's z."""
_LEAST_PRECISION = 1e-8


@dataclass(frozen=True)
class Approximation:
    """A normal distribution that stands in for the posterior.

    Attributes
    ----------
    normal : Normal
    precision, pull : numpy.ndarray
        Shape (n,): each row's factor exp(pull z - precision z^2 / 2).
    log_evidence : float
        Logarithm of the data's probability.
    is_settled : bool
        Whether the factors have stopped to move.
    """

    normal: Normal
    precision: Floats
    pull: Floats
    log_evidence: float
    is_settled: bool


def approximated(
    design: Design,
    seen: Seen,
    prior_mean: Floats,
    spread: Floats,
    pair_effect: float,
    *,
    start: Approximation | None = None,
    sweeps: int = _SWEEPS,
) -> Approximation:
    """Let the rows' factors settle.

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
    sweeps : int
        Most that are made.

    Returns
    -------
    Approximation
    """
    prior_precision, pair_precision = spread**-2, pair_effect**-2
    precision = np.zeros(len(seen.closed)) if start is None else start.precision
    pull = np.zeros(len(seen.closed)) if start is None else start.pull
    damping, before = _DAMPING, np.inf
    for sweep in range(sweeps):
        normal = conditioned(design, precision, pull, prior_mean, prior_precision, pair_precision)
        mean, variance = normal.rows(design)
        cavity_variance = 1 / np.maximum(1 / variance - precision, _LEAST_PRECISION)
        cavity_mean = cavity_variance * (mean / variance - pull)
        log_mass, tilted_mean, tilted_variance = seen.moments(cavity_mean, cavity_variance)
        new_precision = np.maximum(1 / tilted_variance - 1 / cavity_variance, _LEAST_PRECISION)
        new_pull = tilted_mean * (new_precision + 1 / cavity_variance) - cavity_mean / cavity_variance
        apart = float((np.abs(tilted_mean - mean) / np.sqrt(variance)).max(initial=0.0))
        is_settled = apart < _TOLERANCE
        if is_settled or sweep == sweeps - 1:
            break
        if apart > before:  # the factors chase each other
            damping = max(damping / 2, _LEAST_DAMPING)
        before = apart
        precision = precision + damping * (new_precision - precision)
        pull = pull + damping * (new_pull - pull)
    # log of the integral of the cavity times the row's factor
    factor = (np.log(variance / cavity_variance) + mean**2 / variance - cavity_mean**2 / cavity_variance) / 2
    inner = pull @ mean + (normal.mean - prior_mean) @ (prior_mean * prior_precision)
    volume = np.log(spread).sum() + design.pairs * np.log(pair_effect) + normal.log_determinant / 2
    return Approximation(
        normal, precision, pull, float((log_mass - factor).sum() + inner / 2 - volume), is_settled
    )
