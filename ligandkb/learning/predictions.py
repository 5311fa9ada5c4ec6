"""What is expected of pairs, measured or not?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.learning.mixtures import quantiles
from ligandkb.learning.posterior import INTERCEPT, LITERATURE, Component, Posterior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats

_NODES = 24


@dataclass(frozen=True)
class Predictions:
    """What is expected of m pairs in a batch like the average one, at the lab's own mean dose.

    Attributes
    ----------
    probability : numpy.ndarray
        Shape (m,): that the pair brightens.
    closed : numpy.ndarray
        Shape (m,): expected part of the headroom that it closes; below 0 the part of the brightness that it costs.
    closed_low, closed_high : numpy.ndarray
        Shape (m,): ends of its interval, at the level of the settings.
    """

    probability: Floats
    closed: Floats
    closed_low: Floats
    closed_high: Floats


def predict(
    posterior: Posterior,
    shares: Floats,
    pair_keys: Sequence[tuple[str, str]],
    *,
    as_published: bool = False,
) -> Predictions:
    """Predict pairs.

    Parameters
    ----------
    posterior : Posterior
    shares : numpy.ndarray
        Shape (m, R), as of :func:`ligandkb.learning.observations.shares_of`.
    pair_keys : sequence of (str, str)
        Key of each; what was measured of a pair counts for it, beside the rules.
    as_published : bool
        Of what a paper would print of the pair, whose bias to success is added; only to hold the model against papers.

    Returns
    -------
    Predictions
        Without batch effects and errors of measurement: of the pair itself.
    """
    from scipy.special import ndtr  # noqa: PLC0415 - whoever ranks loads no scipy

    columns = _columns(posterior, shares)
    columns[:, posterior.names.index(LITERATURE)] = as_published
    found = [_marginals(one, columns, _places(posterior, pair_keys)) for one in posterior.components]
    means, deviations = (np.array(list(each)) for each in zip(*found, strict=True))
    weights = posterior.weights
    nodes, node_weights = np.polynomial.hermite_e.hermegauss(_NODES)
    expected = np.tanh((means[..., np.newaxis] + deviations[..., np.newaxis] * nodes) / 2)
    tail = (1 - posterior.settings.level) / 2
    low, high = (np.tanh(quantiles(weights, means, deviations, at) / 2) for at in (tail, 1 - tail))
    return Predictions(
        weights @ ndtr(means / deviations),
        weights @ (expected @ (node_weights / node_weights.sum())),
        low,
        high,
    )


def draws(
    posterior: Posterior, shares: Floats, pair_keys: Sequence[tuple[str, str]], number: int, seed: int
) -> Floats:
    """Draw z of all pairs together.

    Parameters
    ----------
    posterior, shares, pair_keys
        As of :func:`predict`. A key that stands twice has one effect.
    number, seed : int
        How many, and the seed of the generator.

    Returns
    -------
    numpy.ndarray
        Shape (number, m): log-odds that each brightens; tanh(z / 2) is the part of the headroom that it closes.
    """
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(number, posterior.weights / posterior.weights.sum())
    columns, places = _columns(posterior, shares), _places(posterior, pair_keys)
    keys = {key: place for place, key in enumerate(dict.fromkeys(pair_keys))}
    unique = np.array([keys[key] for key in pair_keys], dtype=np.intp)
    drawn = []
    for one, count in zip(posterior.components, counts.tolist(), strict=True):
        if not count:
            continue
        normal, width = one.normal, len(posterior.names)
        root = np.linalg.cholesky(normal.covariance)
        effects = normal.mean + generator.standard_normal((count, len(root))) @ root.T
        fresh = generator.standard_normal((count, len(keys)))[:, unique]
        known = places >= 0
        own = one.hyperparameters.pair_effect * fresh
        at = places[known]
        own[:, known] = (
            normal.pair_mean[at]
            - (effects - normal.mean) @ normal.coupling[:, at]
            + np.sqrt(normal.pair_variance[at]) * fresh[:, known]
        )
        drawn.append(effects[:, :width] @ columns.T + own)
    every = np.vstack(drawn)
    return np.asarray(every[generator.permutation(number)])


def expected_plqy(start: float, closed: Floats, drawn: Floats) -> Floats:
    """Expected PLQY: what is lost is a part of what there is, what is gained a part of what lacks.

    Only the expected loss is drawn; what both have in common is known.

    Parameters
    ----------
    start : float
        PLQY before, as a fraction.
    closed : numpy.ndarray
        Shape (m,): expected part of the headroom that is closed.
    drawn : numpy.ndarray
        Shape (S, m): draws of it.

    Returns
    -------
    numpy.ndarray
        Shape (m,), as fractions.

    Examples
    --------
    >>> drawn = np.array([[0.5, -0.5], [0.5, 0.5]])
    >>> expected_plqy(0.6, drawn.mean(axis=0), drawn)  # the second: 30 or 80 %
    array([0.8 , 0.55])
    """
    lost = np.minimum(drawn, 0.0).mean(axis=0)
    return np.asarray(start + closed * (1 - start) + lost * (2 * start - 1))


def _marginals(one: Component, columns: Floats, places: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each pair's z under one component."""
    normal, known = one.normal, places >= 0
    left = np.zeros((len(columns), len(normal.mean)))
    left[:, : columns.shape[1]] = columns
    means = left @ normal.mean
    means[known] += normal.pair_mean[places[known]]
    left[known] -= normal.coupling.T[places[known]]
    variances = np.einsum("mi,mi->m", left @ normal.covariance, left)
    variances += one.hyperparameters.pair_effect**2 * ~known
    variances[known] += normal.pair_variance[places[known]]
    return means, np.sqrt(variances)


def _columns(posterior: Posterior, shares: Floats) -> Floats:
    """Columns of the fixed effects: own results, at the mean dose."""
    columns = np.zeros((len(shares), len(posterior.names)))
    columns[:, : shares.shape[1]] = shares
    columns[:, posterior.names.index(INTERCEPT)] = 1.0
    return columns


def _places(posterior: Posterior, pair_keys: Sequence[tuple[str, str]]) -> NDArray[np.intp]:
    numbers = {key: place for place, key in enumerate(posterior.pair_keys)}
    return np.array([numbers.get(key, -1) for key in pair_keys], dtype=np.intp)
