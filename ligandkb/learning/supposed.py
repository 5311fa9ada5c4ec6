"""What would a result change?

The belief is conditioned once more on supposed figures of a batch, hyperparameters held: nearly what ``ligandkb learn``
would find with them, without fitting all outcomes anew for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.learning.belief import Belief
from ligandkb.learning.likelihood import Seen
from ligandkb.learning.observations import closed_and_error

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

_SWEEPS = 60
_DAMPING = 0.7
_TOLERANCE = 1e-3
"""In standard deviations of a row's z."""
_LEAST_PRECISION = 1e-8
_NODES = 24
USUAL_START = 0.6
"""PLQY of the crystals as made for which errors of figures are worked out where none is stated: a convention."""
_STARTS = (0.1, 0.9)
"""Between these; what is nearly dark or nearly at 100 % leaves a figure less room than its own error."""


@dataclass(frozen=True)
class Supposed:
    """What would be believed after supposed results.

    Attributes
    ----------
    rule_mean, rule_deviation : ndarray of shape (R,)
        Of each rule's weight, in log-odds.
    closed : ndarray of shape (m,)
        Part of the headroom that each pair is expected to close.
    """

    rule_mean: Floats
    rule_deviation: Floats
    closed: Floats


def figure_error(closed: Floats, plqy_start: float, error_points: float) -> Floats:
    """Standard error of a closed part that two figures of PLQY tell.

    Parameters
    ----------
    closed : ndarray
        Parts of the headroom; below 0 of the brightness.
    plqy_start : float
        PLQY before, as a fraction; taken as 0.1 to 0.9.
    error_points : float
        Standard error of each figure, in percentage points.

    Returns
    -------
    ndarray

    Examples
    --------
    >>> figure_error(np.array([0.0, 0.9]), 0.6, 3.0).round(3)
    array([0.106, 0.075])
    """
    plqy_start, points = min(max(plqy_start, _STARTS[0]), _STARTS[1]), error_points / 100
    room = np.where(closed >= 0, 1 - plqy_start, plqy_start)
    _, error = closed_and_error(np.full(closed.shape, plqy_start), plqy_start + closed * room, points, points)
    return np.asarray(error, dtype=np.float64)


def supposing(belief: Belief, pairs: Sequence[int], closed: Floats, error: Floats) -> Supposed:
    """Condition on results of pairs that are measured together in one new batch.

    Parameters
    ----------
    belief : Belief
    pairs : sequence of int
        k of its pairs.
    closed, error : ndarray of shape (k,)
        Part of the headroom that each is found to close, and the standard error of that.

    Returns
    -------
    Supposed
    """
    rows, rules = belief.features[list(pairs)], len(belief.rule_ids)
    own = np.zeros((len(belief.features), len(pairs)))
    own[list(pairs), np.arange(len(pairs))] = belief.pair_variance[list(pairs)]
    of_effects = belief.covariance @ rows.T
    of_pairs = belief.features @ of_effects + own
    expected = rows @ belief.mean
    scatter = of_pairs[list(pairs)] + belief.batch_variance
    precision, pull = _factors(expected, scatter, closed, error)
    weigh = np.linalg.inv(scatter + np.diag(1 / precision))
    pull = weigh @ (pull / precision - expected)
    mean = belief.mean + of_effects @ pull
    variance = np.diagonal(belief.covariance) - np.einsum("fk,kl,fl->f", of_effects, weigh, of_effects)
    z_mean = belief.z_mean + of_pairs @ pull
    z_variance = belief.z_variance - np.einsum("mk,kl,ml->m", of_pairs, weigh, of_pairs)
    return Supposed(
        mean[:rules], np.sqrt(np.maximum(variance[:rules], 0.0)), expected_closed(z_mean, z_variance)
    )


def expected_closed(z_mean: Floats, z_variance: Floats) -> Floats:
    """Mean of tanh(z / 2) for normal z (Gauss and Hermite's quadrature).

    Examples
    --------
    >>> expected_closed(np.array([0.0, 2.0]), np.array([1.0, 0.0])).round(3) + 0.0
    array([0.   , 0.762])
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    deviation = np.sqrt(np.maximum(z_variance, 0.0))
    values = np.tanh((z_mean[:, np.newaxis] + deviation[:, np.newaxis] * nodes) / 2)
    return np.asarray(values @ (weights / weights.sum()), dtype=np.float64)


def _factors(expected: Floats, scatter: Floats, closed: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Precision and pull of the normal factor that stands for each figure, by expectation propagation.

    As in :mod:`ligandkb.learning.propagation`, for the few rows of one batch.
    """
    rows = len(closed)
    seen = Seen(np.ones(rows, dtype=bool), closed, error, np.where(closed > 0, 1.0, -1.0), np.ones(rows))
    inverse = np.linalg.inv(scatter)
    precision, pull = np.full(rows, _LEAST_PRECISION), np.zeros(rows)
    for _ in range(_SWEEPS):
        covariance = np.linalg.inv(inverse + np.diag(precision))
        mean, variance = covariance @ (inverse @ expected + pull), np.diagonal(covariance)
        cavity_variance = 1 / np.maximum(1 / variance - precision, _LEAST_PRECISION)
        cavity_mean = cavity_variance * (mean / variance - pull)
        _, found, found_variance = seen.moments(cavity_mean, cavity_variance)
        new_precision = np.maximum(1 / found_variance - 1 / cavity_variance, _LEAST_PRECISION)
        new_pull = found * (new_precision + 1 / cavity_variance) - cavity_mean / cavity_variance
        precision = precision + _DAMPING * (new_precision - precision)
        pull = pull + _DAMPING * (new_pull - pull)
        if (np.abs(found - mean) < _TOLERANCE * np.sqrt(variance)).all():
            break
    return precision, pull
