"""How much would measured pairs tell about the weights of the rules?

Gaussian mutual information between the weights and the figures of a batch, with the likelihood made linear around the
posterior: I = (ln det C - ln det C') / 2 in nats, where C is the covariance of the figures as expected now and C' what
is left of it once the weights are known (Cover and Thomas, Elements of Information Theory, doi 10.1002/047174882X,
section 8.5). Scatter between pairs, between batches and of the measurement stands in both: it is what isn't learned.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats

_RIDGE = 1e-12
"""Of the sum of variances."""


@dataclass(frozen=True)
class Uncertain:
    """What is uncertain of m pairs that could be measured together, on the scale of z, and what of it is to be learned.

    Attributes
    ----------
    features : ndarray of shape (m, F)
        z of a pair is ``features @ effects`` and its own scatter.
    covariance : ndarray of shape (F, F)
        Of the effects, as known now.
    about : ndarray of bool, shape (F,)
        Which effects are to be learned: those of the rules.
    pair_variance : ndarray of shape (m,)
        Of what the rules don't know of a pair; 0 where its own effect is among the features.
    batch_variance : float
        Of what a new batch shares.
    noise_variance : ndarray of shape (m,)
        Of one measurement, see :func:`noise_variance`.
    """

    features: Floats
    covariance: Floats
    about: NDArray[np.bool_]
    pair_variance: Floats
    batch_variance: float
    noise_variance: Floats


def noise_variance(draws: Floats, error: float | Floats) -> Floats:
    """Variance that the error of a measured part of the headroom has on the scale of z.

    Parameters
    ----------
    draws : ndarray of shape (S, m)
        Of z.
    error : float or ndarray of shape (S, m)
        Standard deviation of one measured closed part c = 2/(1 + exp(-z)) - 1.

    Returns
    -------
    ndarray of shape (m,)
        One over the mean of (dc/dz / error)², with dc/dz = (1 - c²)/2: where c is near -1 or 1 a figure says little
        of z.

    Examples
    --------
    >>> noise_variance(np.zeros((5, 1)), 0.1).round(3)
    array([0.04])
    """
    slope = (1.0 - np.tanh(0.5 * draws) ** 2) / 2.0
    information = ((slope / error) ** 2).mean(axis=0)
    return np.asarray(1.0 / np.maximum(information, np.finfo(float).tiny), dtype=np.float64)


class GrowingBatch:
    """Information that a batch holds, and what each further pair would add to it."""

    def __init__(self, uncertain: Uncertain) -> None:
        own = uncertain.pair_variance + uncertain.noise_variance
        self._now = _Scatter(uncertain.features, uncertain.covariance, uncertain.batch_variance, own)
        rest = ~uncertain.about
        self._known = _Scatter(
            uncertain.features[:, rest],
            _with_rules_known(uncertain.covariance, uncertain.about),
            uncertain.batch_variance,
            own,
        )

    def added(self) -> Floats:
        """What each pair would add to the batch as it stands, in nats; for those that are in it without meaning."""
        ratio = self._now.variance / self._known.variance
        return np.asarray(0.5 * np.log(np.maximum(ratio, 1.0)), dtype=np.float64)

    def add(self, pair: int) -> None:
        """Put a pair into the batch."""
        self._now.measure(pair)
        self._known.measure(pair)


class _Scatter:
    """Variance of the figure of each pair, given those that are measured beside it."""

    def __init__(
        self, features: Floats, covariance: Floats, shared_variance: float, own_variance: Floats
    ) -> None:
        self._features = features
        self._projected = features @ covariance
        self._shared = shared_variance
        self._columns: list[Floats] = []
        self.variance = (self._projected * features).sum(axis=1) + shared_variance + own_variance

    def measure(self, pair: int) -> None:
        """One column of a Cholesky factor, without ever making the matrix."""
        column = self._projected @ self._features[pair] + self._shared
        for earlier in self._columns:
            column = column - earlier * earlier[pair]
        column = column / math.sqrt(self.variance[pair])
        self._columns.append(column)
        self.variance = np.maximum(self.variance - column**2, np.finfo(float).tiny)


def _with_rules_known(covariance: Floats, about: NDArray[np.bool_]) -> Floats:
    """Covariance of the other effects once those of the rules are known."""
    rest = ~about
    across = covariance[np.ix_(rest, about)]
    if not across.any():
        return covariance[np.ix_(rest, rest)]
    weights = covariance[np.ix_(about, about)]
    # A rule may have been left without any spread; what is added makes no difference to any other.
    weights = weights + _RIDGE * weights.trace() * np.eye(len(weights))
    explained = across @ np.linalg.solve(weights, across.T)
    return np.asarray(covariance[np.ix_(rest, rest)] - explained, dtype=np.float64)
