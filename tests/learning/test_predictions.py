"""Do predictions hold what was measured of a pair, and what wasn't?"""

from __future__ import annotations

import numpy as np
import pytest
from laboratory import PRIOR, observations

from ligandkb.learning.posterior import fit
from ligandkb.learning.predictions import draws, predict

ROWS = observations(
    [[1, 0], [1, 0], [0, 1], [0, 0], [0, 0]],
    closed=[0.8, 0.6, -0.3, np.nan, 0.1],
    improved=[1, 1, 0, 1, 1],
    pair=[0, 1, 2, 3, 3],
    batch=[0, 0, 1, 1, 2],
    is_literature=[False, False, False, False, True],
)
KEYS = (*ROWS.pair_keys, ("new", "none"), ("other", "none"))
SHARES = np.array([[1, 0], [1, 0], [0, 1], [0, 0], [1, 0], [0.5, 1]], dtype=float)


@pytest.fixture(scope="module")
def posterior():
    return fit(ROWS, PRIOR)


def test_predictions_are_the_summary_of_joint_draws(posterior):
    found = predict(posterior, SHARES, KEYS)
    drawn = draws(posterior, SHARES, KEYS, 60_000, 5)
    closed = np.tanh(drawn / 2)
    assert found.probability == pytest.approx((drawn > 0).mean(axis=0), abs=0.01)
    assert found.closed == pytest.approx(closed.mean(axis=0), abs=0.01)
    low, high = np.quantile(closed, [0.05, 0.95], axis=0)
    assert found.closed_low == pytest.approx(low, abs=0.03)
    assert found.closed_high == pytest.approx(high, abs=0.03)


def test_a_pair_that_was_measured_is_known_better_than_its_like(posterior):
    found = predict(posterior, SHARES, KEYS)
    width = found.closed_high - found.closed_low
    assert width[0] < 0.5 * width[4]
    assert found.closed_low[0] < 0.8 < found.closed_high[0]


def test_draws_of_one_key_are_one_pair(posterior):
    drawn = draws(posterior, SHARES[[4, 4, 4]], (KEYS[4], KEYS[4], KEYS[5]), 500, 1)
    assert (drawn[:, 0] == drawn[:, 1]).all()
    assert np.corrcoef(drawn[:, 0], drawn[:, 2])[0, 1] < 0.9


def test_draws_are_repeatable(posterior):
    one, same, other = (draws(posterior, SHARES, KEYS, 50, seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert not (one == other).any()


def test_bias_to_success_is_for_papers_alone(posterior):
    own = predict(posterior, SHARES, KEYS)
    printed = predict(posterior, SHARES, KEYS, as_published=True)
    assert (printed.closed_high > own.closed_high).all()
    assert (printed.closed > own.closed).all()
