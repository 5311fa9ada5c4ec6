"""What is believed of pairs that could be measured together, as one normal distribution?

The posterior is a mixture over hyperparameters; here it has the mixture's mean and covariance, which is all that
information and a supposed result need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from ligandkb.learning.gaussian import Normal
from ligandkb.learning.information import Uncertain
from ligandkb.learning.posterior import (
    DOSE,
    INTERCEPT,
    LITERATURE,
    Component,
    Hyperparameters,
    Posterior,
)
from ligandkb.learning.prior import RulePrior, Settings

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

PairKey = tuple[str, str]


@dataclass(frozen=True)
class Belief:
    """Effects and what they make of m pairs.

    Attributes
    ----------
    rule_ids : tuple of str
        Of the first R effects.
    mean : ndarray of shape (F,)
        Of the effects: fixed effects, then the own effect of each pair that was measured.
    covariance : ndarray of shape (F, F)
    features : ndarray of shape (m, F)
        z of a pair is ``features @ effects`` and its own scatter.
    pair_variance : ndarray of shape (m,)
        Of that scatter; 0 for a pair that was measured.
    batch_variance : float
        Of what a new batch shares.
    """

    rule_ids: tuple[str, ...]
    mean: Floats
    covariance: Floats
    features: Floats
    pair_variance: Floats
    batch_variance: float

    @property
    def z_mean(self) -> Floats:
        """Expected z of each pair, shape (m,)."""
        return np.asarray(self.features @ self.mean, dtype=np.float64)

    @property
    def z_variance(self) -> Floats:
        """Variance of z of each pair, shape (m,), without batch and measurement."""
        spread = np.einsum("mf,mf->m", self.features @ self.covariance, self.features)
        return np.asarray(spread + self.pair_variance, dtype=np.float64)

    def uncertain(self, noise_variance: Floats) -> Uncertain:
        """The same for the choice of a batch.

        Parameters
        ----------
        noise_variance : ndarray of shape (m,)
            Of one measurement on the scale of z.

        Returns
        -------
        Uncertain
        """
        about = np.arange(len(self.mean)) < len(self.rule_ids)
        return Uncertain(
            self.features, self.covariance, about, self.pair_variance, self.batch_variance, noise_variance
        )


def belief_of(posterior: Posterior, shares: Floats, pair_keys: Sequence[PairKey]) -> Belief:
    """Gather what a posterior says of pairs, at the lab's own mean dose.

    Parameters
    ----------
    posterior : Posterior
    shares : ndarray of shape (m, R)
        Share of each rule's weight that counts for a pair.
    pair_keys : sequence of (str, str)
        Of the m pairs, each once.

    Returns
    -------
    Belief
    """
    places = {key: place for place, key in enumerate(posterior.pair_keys)}
    rows = [row for row, key in enumerate(pair_keys) if key in places]
    measured = [places[pair_keys[row]] for row in rows]
    width = len(posterior.names)
    features = np.zeros((len(shares), width + len(rows)))
    features[:, : shares.shape[1]] = shares
    features[:, posterior.names.index(INTERCEPT)] = 1.0
    features[rows, width + np.arange(len(rows))] = 1.0

    weights = posterior.weights
    moments = [_moments(one.normal, width, measured) for one in posterior.components]
    mean = np.einsum("k,kf->f", weights, np.array([mean for mean, _ in moments]))
    covariance = np.zeros((len(mean), len(mean)))
    for weight, (its_mean, its_covariance) in zip(weights, moments, strict=True):
        covariance += weight * (its_covariance + np.outer(its_mean - mean, its_mean - mean))
    scales = [one.hyperparameters for one in posterior.components]
    pair_variance = np.full(len(shares), weights @ np.array([one.pair_effect**2 for one in scales]))
    pair_variance[rows] = 0.0
    batch_variance = float(weights @ np.array([one.batch_effect**2 for one in scales]))
    return Belief(posterior.prior.rule_ids, mean, covariance, features, pair_variance, batch_variance)


def _moments(normal: Normal, width: int, pairs: Sequence[int]) -> tuple[Floats, Floats]:
    """Mean and covariance of the fixed effects and of some pairs' own."""
    coupling = normal.coupling[:, pairs]
    onto = np.vstack([np.eye(len(normal.mean))[:width], -coupling.T])
    covariance = onto @ normal.covariance @ onto.T
    places = width + np.arange(len(pairs))
    covariance[places, places] += normal.pair_variance[pairs]
    return np.concatenate([normal.mean[:width], normal.pair_mean[pairs]]), covariance


def before_any_outcome(prior: RulePrior, settings: Settings | None = None) -> Posterior:
    """What is believed where nothing was measured: the prior, over the same range of hyperparameters.

    Parameters
    ----------
    prior : RulePrior
    settings : Settings, optional

    Returns
    -------
    Posterior
        Its components are the nodes of Gauss and Hermite for each hyperparameter.

    Examples
    --------
    >>> one_rule = RulePrior(("a",), np.array([1.2]), np.array([1.2]))
    >>> before_any_outcome(one_rule).mean[:2].round(6).tolist()
    [1.2, 0.0]
    """
    settings = settings or Settings()
    medians = np.log([1.0, settings.pair_effect, settings.batch_effect])
    spreads = np.array([settings.scale_spread, settings.effect_spread, settings.effect_spread])
    nodes, node_weights = hermegauss(3)
    others = [settings.intercept_spread, settings.dose_spread, settings.literature_spread]
    mean = np.concatenate([prior.mean, [0.0, 0.0, settings.literature_shift]])
    components = []
    for chosen in product(range(3), repeat=3):
        at = np.array(chosen)
        scale, pair_effect, batch_effect = np.exp(medians + spreads * nodes[at]).tolist()
        normal = Normal(
            mean=mean,
            covariance=np.diag(np.concatenate([scale * prior.spread, others]) ** 2),
            pair_mean=np.zeros(0),
            coupling=np.zeros((len(mean), 0)),
            pair_variance=np.zeros(0),
            log_determinant=0.0,
        )
        weight = float(np.prod(node_weights[at] / node_weights.sum()))
        components.append(Component(weight, Hyperparameters(scale, pair_effect, batch_effect), normal))
    names = (*prior.rule_ids, INTERCEPT, DOSE, LITERATURE)
    return Posterior(names, prior, settings, tuple(components), (), ())
