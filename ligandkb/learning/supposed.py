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
from ligandkb.learning.observations import closed_and_error

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

_ROUNDS = 50
_NODES = 24
_FURTHEST = 0.999
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


def as_believed(belief: Belief) -> Supposed:
    """What is believed without any further result."""
    rules = len(belief.rule_ids)
    return Supposed(
        belief.mean[:rules],
        np.sqrt(np.diagonal(belief.covariance)[:rules]),
        expected_closed(belief.z_mean, belief.z_variance),
    )


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
    summit, noise = _summit(expected, scatter, closed, error)
    weigh = np.linalg.inv(scatter + np.diag(noise))
    # With the likelihood made linear at the summit: scatter @ weigh @ (target - expected) is summit - expected.
    pull = np.linalg.solve(scatter, summit - expected)
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


def _summit(expected: Floats, scatter: Floats, closed: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Most likely z of the measured rows, and the variance that each figure's error has there.

    Gauss and Newton's steps, each halved until it climbs.
    """
    precision = np.linalg.inv(scatter)

    def height(z: Floats) -> float:
        residual, away = (closed - np.tanh(z / 2)) / error, z - expected
        return float(-(residual @ residual + away @ precision @ away) / 2)

    def noise(z: Floats) -> tuple[Floats, Floats]:
        slope = (1 - np.tanh(z / 2) ** 2) / 2
        return slope, (error / slope) ** 2

    z = 2 * np.arctanh(np.clip(closed, -_FURTHEST, _FURTHEST))
    for _ in range(_ROUNDS):
        slope, variance = noise(z)
        target = z + (closed - np.tanh(z / 2)) / slope
        step = expected + scatter @ np.linalg.solve(scatter + np.diag(variance), target - expected) - z
        here = height(z)
        while height(z + step) < here and np.abs(step).max() > 1e-9:
            step = step / 2
        z = z + step
        if np.abs(step).max() < 1e-6:
            break
    return z, noise(z)[1]
