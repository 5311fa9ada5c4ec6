"""Is what is left after the pairs are eliminated the same as all at once?"""

from __future__ import annotations

import numpy as np
import pytest

from ligandkb.learning import gaussian
from ligandkb.learning.gaussian import Design, conditioned
from ligandkb.learning.mixtures import quantiles

ROWS, FIXED, PAIRS, BATCHES = 40, 5, 12, 7


def dense(design, precision, pull, prior_mean, prior_precision, pair_precision):
    """Mean and covariance of fixed effects, batches and pairs by one inverse."""
    whole = np.hstack([design.fixed, np.eye(BATCHES)[design.batch], np.eye(PAIRS)[design.pair]])
    prior = np.concatenate([prior_precision, np.full(PAIRS, pair_precision)])
    inverse = np.linalg.inv(whole.T @ (precision[:, np.newaxis] * whole) + np.diag(prior))
    wanted = np.concatenate([prior_mean * prior_precision, np.zeros(PAIRS)]) + whole.T @ pull
    return whole, inverse @ wanted, inverse


@pytest.mark.parametrize("cells", [10**6, 0])
@pytest.mark.parametrize("seed", range(5))
def test_eliminating_pairs_changes_nothing(monkeypatch, cells, seed):
    monkeypatch.setattr(gaussian, "_DENSE_CELLS", cells)
    random = np.random.default_rng(seed)
    design = Design(
        random.normal(size=(ROWS, FIXED)),
        random.integers(0, PAIRS, ROWS),
        random.integers(0, BATCHES, ROWS),
        PAIRS,
        BATCHES,
    )
    given = (
        random.exponential(size=ROWS) * random.integers(0, 2, ROWS),
        random.normal(size=ROWS),
        random.normal(size=FIXED + BATCHES),
        random.exponential(size=FIXED + BATCHES) + 0.1,
        0.7,
    )
    found = conditioned(design, *given)
    whole, mean, covariance = dense(design, *given)
    size = FIXED + BATCHES
    assert found.mean == pytest.approx(mean[:size])
    assert found.pair_mean == pytest.approx(mean[size:])
    assert found.covariance == pytest.approx(covariance[:size, :size])
    assert -found.covariance @ found.coupling == pytest.approx(covariance[:size, size:])
    assert found.variances_of_pairs() == pytest.approx(np.diagonal(covariance)[size:])
    row_mean, row_variance = found.rows(design)
    assert row_mean == pytest.approx(whole @ mean)
    assert row_variance == pytest.approx(np.diagonal(whole @ covariance @ whole.T))
    assert found.log_determinant == pytest.approx(-np.linalg.slogdet(covariance)[1])


def test_quantiles_of_a_mixture_leave_the_share_below():
    from scipy.special import ndtr

    random = np.random.default_rng(0)
    weights = random.dirichlet(np.ones(4))
    means, deviations = random.normal(size=(4, 6)), random.exponential(size=(4, 6)) + 0.01
    for share in (0.05, 0.5, 0.95):
        found = quantiles(weights, means, deviations, share)
        assert weights @ ndtr((found - means) / deviations) == pytest.approx(share, abs=1e-6)
