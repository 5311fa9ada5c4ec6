"""Does the posterior follow from prior and data, whatever the data?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from laboratory import HELD, PRIOR, observations

from ligandkb.learning.gaussian import Design
from ligandkb.learning.likelihood import Seen
from ligandkb.learning.posterior import DOSE, INTERCEPT, LITERATURE, fit
from ligandkb.learning.prior import LOGISTIC_AS_NORMAL, NothingToLearn, Settings
from ligandkb.learning.propagation import approximated

MIXED = observations(
    [[1, 0], [1, 0.4], [0, 1], [1, 1], [0, 0], [1, 0]],
    closed=[1.0, 0.7, -0.4, np.nan, np.nan, 0.95],
    improved=[1, 1, 0, 1, 0, 1],
    pair=[0, 1, 2, 3, 4, 0],
    batch=[0, 0, 1, 1, 1, 2],
    log_dose=[0.3, np.nan, -0.3, 0.0, 0.1, 0.2],
    is_literature=[False, False, False, True, True, False],
)


def by_sampling(rows, settings, number=400_000):
    """Moments of the fixed effects and log evidence, from draws of the prior weighed by the likelihood."""
    random = np.random.default_rng(3)
    count = len(PRIOR.mean)
    others = [settings.intercept_spread, settings.dose_spread, settings.literature_spread]
    mean = np.concatenate([PRIOR.mean, [0, 0, settings.literature_shift]])
    effects = mean + np.concatenate([PRIOR.spread, others]) * random.standard_normal((number, count + 3))
    columns = np.column_stack(
        [rows.shares, np.ones(len(rows)), np.nan_to_num(rows.log_dose), rows.is_literature]
    )
    pairs = settings.pair_effect * random.standard_normal((number, len(rows.pair_keys)))
    batches = settings.batch_effect * random.standard_normal((number, len(rows.batch_names)))
    z = effects @ columns.T + pairs[:, rows.pair] + batches[:, rows.batch]
    logs = Seen.of(rows, settings.literature_discount).log_likelihood(z.T).sum(axis=0)
    weights = np.exp(logs - logs.max())
    evidence = logs.max() + np.log(weights.mean())
    weights /= weights.sum()
    found = weights @ effects
    return found, np.sqrt(weights @ (effects - found) ** 2), evidence


def by_propagation(rows, settings):
    others = [settings.intercept_spread, settings.dose_spread, settings.literature_spread]
    batches = len(rows.batch_names)
    columns = [np.ones(len(rows)), np.nan_to_num(rows.log_dose), rows.is_literature]
    design = Design(
        np.column_stack([rows.shares, *columns]), rows.pair, rows.batch, len(rows.pair_keys), batches
    )
    return approximated(
        design,
        Seen.of(rows, settings.literature_discount),
        np.concatenate([PRIOR.mean, [0, 0, settings.literature_shift], np.zeros(batches)]),
        np.concatenate([PRIOR.spread, others, np.full(batches, settings.batch_effect)]),
        settings.pair_effect,
    )


def test_without_outcomes_there_is_nothing_to_learn():
    with pytest.raises(NothingToLearn, match="no outcome that can teach anything"):
        fit(observations(np.empty((0, 2))), PRIOR)


def test_figures_words_doses_and_literature_count_as_draws_of_the_prior_weighed_by_the_likelihood():
    found = fit(MIXED, PRIOR, HELD)
    mean, deviation, _ = by_sampling(MIXED, HELD)
    assert found.names == ("for", "against", INTERCEPT, DOSE, LITERATURE)
    assert found.mean == pytest.approx(mean, abs=0.03)
    assert np.sqrt(np.diagonal(found.covariance)) == pytest.approx(deviation, rel=0.05)


@pytest.mark.parametrize(("pair_effect", "batch_effect"), [(1.702, 0.576), (3.4, 0.576), (0.5, 2.0)])
def test_the_evidence_is_the_mean_likelihood_of_draws_of_the_prior(pair_effect, batch_effect):
    settings = replace(HELD, pair_effect=pair_effect, batch_effect=batch_effect)
    found = by_propagation(MIXED, settings).log_evidence
    assert found == pytest.approx(by_sampling(MIXED, settings)[2], abs=0.1)


def test_data_that_count_for_nothing_give_back_the_prior():
    published = replace(MIXED, is_literature=np.ones(len(MIXED), dtype=bool))
    found = fit(published, PRIOR, replace(HELD, literature_discount=1e-9))
    assert found.mean[:2] == pytest.approx(PRIOR.mean, abs=1e-4)
    assert np.sqrt(np.diagonal(found.covariance))[:2] == pytest.approx(PRIOR.spread, rel=1e-4)
    low, high = found.rule_interval(0.9)
    assert (high - low) / 2 == pytest.approx(1.6449 * PRIOR.spread, rel=1e-3)


def test_an_outcome_on_which_a_rule_is_silent_leaves_it_where_it_was():
    found = fit(observations([[1.0, 0.0]], closed=[0.5]), PRIOR)
    assert found.mean[1] == pytest.approx(-0.576, abs=1e-6)


def test_a_bright_result_raises_the_rules_that_fired_and_a_dark_one_lowers_them():
    bright, dark = (fit(observations([[1.0, 0.0]], closed=[part]), PRIOR).mean[0] for part in (0.9, -0.5))
    assert dark < 1.151 < bright


def test_a_rule_that_counted_by_half_is_moved_less():
    whole, half = (fit(observations([[share, 0.0]], closed=[-0.5]), PRIOR).mean[0] for share in (1.0, 0.5))
    assert whole < half < 1.151


def test_a_word_moves_the_same_way_as_figures_and_less():
    word = fit(observations([[1.0, 0.0]], improved=[0]), PRIOR).mean[0]
    figures = fit(observations([[1.0, 0.0]], closed=[-0.8]), PRIOR).mean[0]
    assert figures < word < 1.151


def test_two_published_rows_at_half_their_weight_say_as_much_as_one_of_the_labs_own():
    twice = observations([[1, 0]] * 2, closed=[-0.5] * 2, pair=[0, 0], batch=[0, 0], is_literature=[True] * 2)
    once = observations([[1, 0]], closed=[-0.5], is_literature=[True])
    whole = Settings(literature_discount=1.0)
    assert fit(twice, PRIOR).mean == pytest.approx(fit(once, PRIOR, whole).mean, abs=0.01)


def test_one_pair_often_measured_teaches_less_than_many_pairs():
    same = observations([[1, 0]] * 8, closed=[-0.5] * 8, pair=[0] * 8)
    others = observations([[1, 0]] * 8, closed=[-0.5] * 8)
    assert fit(others, PRIOR).mean[0] < fit(same, PRIOR).mean[0] < 1.151


def test_a_control_in_the_batch_tells_a_bad_batch_from_a_bad_rule():
    shares, closed = [[1, 0], [1, 0], [0, 0], [0, 0], [0, 0]], [-0.6, -0.6, 0.0, 0.0, -0.6]
    pair, batch = [0, 1, 2, 2, 2], [0, 0, 1, 2, 0]
    without, beside = (
        observations(shares[:rows], closed=closed[:rows], pair=pair[:rows], batch=batch[:rows])
        for rows in (4, 5)
    )
    assert fit(beside, PRIOR).mean[0] > fit(without, PRIOR).mean[0] + 0.1


def test_the_order_of_rows_doesnt_matter():
    order = np.random.default_rng(1).permutation(len(MIXED))
    turned = replace(
        MIXED,
        **{
            name: getattr(MIXED, name)[order]
            for name in (
                "shares",
                "closed",
                "error",
                "improved",
                "pair",
                "batch",
                "log_dose",
                "is_literature",
            )
        },
    )
    assert fit(turned, PRIOR).mean == pytest.approx(fit(MIXED, PRIOR).mean, abs=1e-9)


@pytest.mark.parametrize("closed", [[1.0] * 300, [-1.0] * 300, [1.0, -1.0] * 150, [0.999, -0.2, 0.5] * 100])
def test_repeats_of_one_pair_settle_whatever_they_say(closed):
    rows = observations([[1, 0]] * 300, closed=closed, error=0.02, pair=[0] * 300, batch=np.arange(300) % 30)
    design = Design(rows.shares, rows.pair, rows.batch, 1, 30)
    spread = np.concatenate([PRIOR.spread, np.full(30, 0.576)])
    prior_mean = np.concatenate([PRIOR.mean, np.zeros(30)])
    found = approximated(design, Seen.of(rows, 0.5), prior_mean, spread, 1.702)
    assert found.is_settled
    assert np.isfinite(found.normal.mean).all()
    assert (np.diagonal(found.normal.covariance) > 0).all()


def test_the_scale_grows_where_rules_are_off_by_far():
    random = np.random.default_rng(2)
    rules = 12
    prior = replace(
        PRIOR,
        rule_ids=tuple(map(str, range(rules))),
        mean=np.full(rules, 0.576),
        spread=np.full(rules, 0.576),
    )
    shares = np.repeat(np.eye(rules), 12, axis=0)
    off, near = (
        fit(observations(shares, closed=np.tanh((shares @ weights + random.normal(0, 0.5, len(shares))) / 2)), prior)
        for weights in (random.choice([-2.5, 2.5], rules), np.full(rules, 0.576))
    )  # fmt: skip
    assert near.hyperparameters.scale < 1.0 < 1.3 < off.hyperparameters.scale


def test_intervals_of_weights_hold_the_truth_as_often_as_they_say():
    """Simulation-based calibration (S. Talts et al., arXiv 1804.06788), hyperparameters drawn, too."""
    random, settings, shares_below = np.random.default_rng(4), Settings(), []
    for _ in range(80):
        scale = np.exp(settings.scale_spread * random.standard_normal())
        pair_effect, batch_effect = (
            median * np.exp(settings.effect_spread * random.standard_normal())
            for median in (settings.pair_effect, settings.batch_effect)
        )
        weights = PRIOR.mean + scale * PRIOR.spread * random.standard_normal(2)
        shares = random.integers(0, 2, (20, 2)).astype(float)
        batch = np.arange(20) // 4
        z = settings.intercept_spread * random.standard_normal() + shares @ weights
        z = z + pair_effect * random.standard_normal(20) + batch_effect * random.standard_normal(5)[batch]
        closed = np.clip(np.tanh(z / 2) + 0.08 * random.standard_normal(20), -1, 1)
        found = fit(observations(shares, closed=closed, batch=batch), PRIOR)
        ends = [found.rule_interval(level)[0] for level in (0.8, 0.4)]
        tops = [found.rule_interval(level)[1] for level in (0.4, 0.8)]
        edges = np.array([ends[0], ends[1], found.mean[:2], tops[0], tops[1]])
        shares_below += (edges < weights).sum(axis=0).tolist()
    counts = np.bincount(shares_below, minlength=6)
    expected = len(shares_below) * np.array([0.1, 0.2, 0.2, 0.2, 0.2, 0.1])
    # Chi-squared with 5 degrees of freedom is above 20.5 once in a thousand.
    assert ((counts - expected) ** 2 / expected).sum() < 20.5


def test_a_pair_is_as_uncertain_as_makes_a_score_log_odds():
    from scipy.optimize import minimize_scalar
    from scipy.special import expit, ndtr

    at = np.linspace(-8, 8, 4001)
    found = minimize_scalar(
        lambda spread: np.abs(expit(at) - ndtr(at / spread)).max(),
        bounds=(1.5, 2.0),
        method="bounded",
        options={"xatol": 1e-6},
    )
    assert found.x == pytest.approx(LOGISTIC_AS_NORMAL, abs=5e-4)
