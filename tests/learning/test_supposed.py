"""What a supposed result would change, held against fitting everything anew."""

from dataclasses import replace

import numpy as np
import pytest

from ligandkb.learning.belief import before_any_outcome, belief_of
from ligandkb.learning.observations import Observations
from ligandkb.learning.posterior import fit
from ligandkb.learning.predictions import draws, predict
from ligandkb.learning.prior import RulePrior, Settings
from ligandkb.learning.supposed import expected_closed, supposing

RULES, PAIRS, BATCHES = 3, 12, 4
PRIOR = RulePrior(("a", "b", "c"), np.array([1.151, -1.151, 2.303]), np.array([1.151, 1.151, 2.303]))
KEYS = tuple((f"form {number}", "none") for number in range(PAIRS))
SHARES = np.random.default_rng(7).integers(0, 2, (PAIRS, RULES)).astype(float)
MEASURED = 8


def some_observations() -> Observations:
    """Eight pairs, two of them in each of four batches with the first as control."""
    random = np.random.default_rng(11)
    pair = np.array([0, 1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 1])
    batch = np.repeat(np.arange(BATCHES), 3)
    z = SHARES @ np.array([1.5, -0.5, 1.0]) + random.normal(0, 1.0, PAIRS)[: len(SHARES)]
    z = z[pair] + random.normal(0, 0.4, BATCHES)[batch]
    rows = len(pair)
    return Observations(
        shares=SHARES[pair],
        closed=np.tanh(z / 2) + random.normal(0, 0.05, rows),
        error=np.full(rows, 0.05),
        improved=(z > 0).astype(np.int8),
        pair=pair,
        batch=batch,
        log_dose=np.zeros(rows),
        is_literature=np.zeros(rows, dtype=bool),
        pair_keys=KEYS[:MEASURED],
        batch_names=tuple(f"B{number}" for number in range(BATCHES)),
        outcome_ids=tuple(f"o{number}" for number in range(rows)),
    )


def with_a_batch(
    observations: Observations, pairs: list[int], closed: np.ndarray, error: np.ndarray
) -> Observations:
    keys = (
        *observations.pair_keys,
        *(KEYS[pair] for pair in pairs if KEYS[pair] not in observations.pair_keys),
    )
    return replace(
        observations,
        shares=np.vstack([observations.shares, SHARES[pairs]]),
        closed=np.concatenate([observations.closed, closed]),
        error=np.concatenate([observations.error, error]),
        improved=np.concatenate([observations.improved, (closed > 0).astype(np.int8)]),
        pair=np.concatenate([observations.pair, [keys.index(KEYS[pair]) for pair in pairs]]),
        batch=np.concatenate([observations.batch, np.full(len(pairs), BATCHES)]),
        log_dose=np.concatenate([observations.log_dose, np.zeros(len(pairs))]),
        is_literature=np.concatenate([observations.is_literature, np.zeros(len(pairs), dtype=bool)]),
        pair_keys=keys,
        batch_names=(*observations.batch_names, "new"),
        outcome_ids=(*observations.outcome_ids, *(f"n{pair}" for pair in pairs)),
    )


def test_the_belief_has_the_moments_of_joint_draws() -> None:
    posterior = fit(some_observations(), PRIOR)
    belief = belief_of(posterior, SHARES, KEYS)
    drawn = draws(posterior, SHARES, KEYS, 40_000, 0)
    expected = belief.features @ belief.covariance @ belief.features.T + np.diag(belief.pair_variance)
    assert belief.z_mean == pytest.approx(drawn.mean(axis=0), abs=0.05)
    assert np.cov(drawn.T) == pytest.approx(expected, abs=0.2)
    assert belief.z_variance == pytest.approx(np.diagonal(expected))


def test_what_is_believed_agrees_with_the_predictions() -> None:
    posterior = fit(some_observations(), PRIOR)
    believed = belief_of(posterior, SHARES, KEYS)
    closed = expected_closed(believed.z_mean, believed.z_variance)
    assert closed == pytest.approx(predict(posterior, SHARES, KEYS).closed, abs=0.03)
    assert believed.mean[:RULES] == pytest.approx(posterior.mean[:RULES])


@pytest.mark.parametrize("supposed", [0.85, -0.6])
def test_a_supposed_result_moves_rules_and_pairs_as_fitting_anew_does(supposed: float) -> None:
    observations = some_observations()
    posterior = fit(observations, PRIOR)
    pairs, error = [9, 0, 10], np.full(3, 0.08)
    belief = belief_of(posterior, SHARES, KEYS)
    closed = np.array([supposed, *np.tanh(belief.z_mean[[0, 10]] / 2)])
    quick = supposing(belief, pairs, closed, error)
    anew = fit(with_a_batch(observations, pairs, closed, error), PRIOR)
    before = posterior.mean[:RULES]
    moved, moved_anew = quick.rule_mean - before, anew.mean[:RULES] - before
    assert moved == pytest.approx(moved_anew, abs=0.15)
    # Fitting anew a surprise also widens the spreads that the quick way holds.
    assert np.sqrt(np.diagonal(anew.covariance)[:RULES]) == pytest.approx(quick.rule_deviation, rel=0.2)
    assert quick.closed == pytest.approx(predict(anew, SHARES, KEYS).closed, abs=0.08)


def test_without_outcomes_the_prior_speaks() -> None:
    posterior = before_any_outcome(PRIOR)
    assert posterior.weights.sum() == pytest.approx(1.0)
    assert posterior.mean[:RULES] == pytest.approx(PRIOR.mean)
    # The factor on all spreads is log-normal: its mean square is exp(2 s^2), which three nodes give to within 1 %.
    widened = np.exp(2 * Settings().scale_spread ** 2)
    assert np.diagonal(posterior.covariance)[:RULES] == pytest.approx(widened * PRIOR.spread**2, rel=0.01)
    predictions = predict(posterior, SHARES, KEYS)
    agreeing = SHARES @ PRIOR.mean > 0
    assert ((predictions.probability > 0.5) == agreeing)[SHARES @ PRIOR.mean != 0].all()


def test_a_single_figure_by_hand() -> None:
    """One rule, one pair, hardly any error: all of the surprise is shared out by the variances."""
    prior = RulePrior(("a",), np.array([1.0]), np.array([1.0]))
    belief = belief_of(before_any_outcome(prior), np.ones((1, 1)), KEYS[:1])
    found = supposing(belief, [0], np.array([np.tanh(1.5)]), np.array([1e-4]))
    total = belief.z_variance[0] + belief.batch_variance
    assert found.rule_mean[0] == pytest.approx(1.0 + belief.covariance[0, 0] / total * (3.0 - 1.0), rel=1e-4)
    assert found.rule_deviation[0] ** 2 == pytest.approx(
        belief.covariance[0, 0] * (1 - belief.covariance[0, 0] / total), rel=1e-4
    )
