"""The choice of a batch, held against what a slower and plainer computation says."""

from itertools import combinations

import numpy as np
import pytest

from ligandkb.learning.batch_choice import GOALS, chance_to_beat, choose_batch
from ligandkb.learning.information import GrowingBatch, Uncertain, noise_variance
from ligandkb.problems import UsageError

RULES, OTHERS = 4, 2


def some_uncertainty(seed: int, pairs: int = 7) -> Uncertain:
    random = np.random.default_rng(seed)
    root = random.normal(size=(RULES + OTHERS, RULES + OTHERS))
    return Uncertain(
        features=random.uniform(-1, 1, (pairs, RULES + OTHERS)),
        covariance=root @ root.T,
        about=np.array([True] * RULES + [False] * OTHERS),
        pair_variance=random.uniform(0, 2, pairs),
        batch_variance=0.4,
        noise_variance=random.uniform(0.1, 1, pairs),
    )


def some_draws(seed: int, pairs: int = 7, number: int = 300) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.normal(size=(number, 3)) @ random.normal(size=(3, pairs)) + random.normal(
        size=(number, pairs)
    )


def entropy_difference(uncertain: Uncertain, batch: tuple[int, ...]) -> float:
    """Mutual information of weights and figures from the joint covariance of both, without conditioning twice."""
    rows = uncertain.features[list(batch)]
    figures = rows @ uncertain.covariance @ rows.T + uncertain.batch_variance
    figures += np.diag((uncertain.pair_variance + uncertain.noise_variance)[list(batch)])
    weights = uncertain.covariance[np.ix_(uncertain.about, uncertain.about)]
    across = uncertain.covariance[uncertain.about] @ rows.T
    joint = np.block([[weights, across], [across.T, figures]])
    return 0.5 * (np.linalg.slogdet(weights)[1] + np.linalg.slogdet(figures)[1] - np.linalg.slogdet(joint)[1])


def improvement(draws: np.ndarray, batch: tuple[int, ...], incumbent: float) -> float:
    """Expected improvement of a batch, one draw after the other."""
    total = 0.0
    for draw in draws:
        total += max(0.0, max(2 / (1 + np.exp(-draw[pair])) - 1 for pair in batch) - incumbent)
    return total / len(draws)


@pytest.mark.parametrize("seed", range(5))
def test_information_of_a_batch_is_the_difference_of_entropies(seed: int) -> None:
    uncertain = some_uncertainty(seed)
    batch, told = GrowingBatch(uncertain), 0.0
    for size, pair in enumerate((3, 0, 6, 2), 1):
        told += batch.added()[pair]
        batch.add(pair)
        assert told == pytest.approx(entropy_difference(uncertain, (3, 0, 6, 2)[:size]), rel=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_each_bright_choice_adds_most_to_the_expected_improvement(seed: int) -> None:
    draws, incumbent = some_draws(seed), 0.3
    chosen = choose_batch(draws, incumbent, some_uncertainty(seed), 3, "bright")
    batch: tuple[int, ...] = ()
    for choice in chosen:
        left = [pair for pair in range(7) if pair not in batch]
        worth = {pair: improvement(draws, (*batch, pair), incumbent) for pair in left}
        before = improvement(draws, batch, incumbent) if batch else 0.0
        assert choice.index == max(left, key=worth.__getitem__)
        assert choice.improvement == pytest.approx(worth[choice.index] - before)
        batch = (*batch, choice.index)


@pytest.mark.parametrize("seed", range(5))
def test_each_choice_to_learn_adds_most_information(seed: int) -> None:
    uncertain = some_uncertainty(seed)
    batch: tuple[int, ...] = ()
    for choice in choose_batch(some_draws(seed), 0.0, uncertain, 3, "learn"):
        left = [pair for pair in range(7) if pair not in batch]
        assert choice.index == max(left, key=lambda pair: entropy_difference(uncertain, (*batch, pair)))
        batch = (*batch, choice.index)


@pytest.mark.parametrize("seed", range(5))
def test_choosing_one_after_the_other_is_near_the_best_of_all_batches(seed: int) -> None:
    draws, uncertain = some_draws(seed), some_uncertainty(seed)
    bright = [choice.index for choice in choose_batch(draws, 0.0, uncertain, 3, "bright")]
    best = max(improvement(draws, batch, 0.0) for batch in combinations(range(7), 3))
    assert improvement(draws, tuple(bright), 0.0) >= (1 - 1 / np.e) * best
    learn = [choice.index for choice in choose_batch(draws, 0.0, uncertain, 3, "learn")]
    most = max(entropy_difference(uncertain, batch) for batch in combinations(range(7), 3))
    assert entropy_difference(uncertain, tuple(learn)) >= (1 - 1 / np.e) * most


def test_balanced_takes_half_of_the_most_of_each() -> None:
    draws, uncertain = some_draws(1), some_uncertainty(1)
    (first,) = choose_batch(draws, 0.2, uncertain, 1, "balanced")
    brighter = np.array([improvement(draws, (pair,), 0.2) for pair in range(7)])
    told = np.array([entropy_difference(uncertain, (pair,)) for pair in range(7)])
    assert first.index == int(np.argmax(brighter / brighter.max() + told / told.max()))


@pytest.mark.parametrize("goal", GOALS)
def test_a_batch_is_not_four_times_the_same_question(goal: str) -> None:
    """Four pairs that the rules can't tell apart, each the best by itself, against three others."""
    random = np.random.default_rng(3)
    common = random.normal(1.5, 1.0, (4000, 1))
    others = random.normal(0.6, 1.2, (4000, 3))
    draws = np.hstack([common + random.normal(0, 0.01, (4000, 4)), others])
    features = np.vstack([np.tile([1.0, 0, 0, 0], (4, 1)), 0.8 * np.eye(4)[1:]])
    uncertain = Uncertain(features, np.eye(4), np.ones(4, bool), np.full(7, 0.01), 0.0, np.full(7, 0.1))
    chosen = [choice.index for choice in choose_batch(draws, 0.0, uncertain, 4, goal)]
    assert chosen[0] < 4
    assert set(chosen[1:]) == {4, 5, 6}


def test_a_form_comes_again_only_where_no_other_is_left_and_says_so() -> None:
    draws, uncertain = some_draws(0, pairs=4), some_uncertainty(0, pairs=4)
    chosen = choose_batch(draws, 0.0, uncertain, 3, "balanced", forms=["a", "a", "b", "b"])
    assert {choice.index // 2 for choice in chosen[:2]} == {0, 1}
    assert [choice.form_again for choice in chosen] == [False, False, True]


def test_controls_are_measured_beside_and_never_chosen() -> None:
    draws, uncertain = some_draws(0), some_uncertainty(0)
    alone = choose_batch(draws, 0.0, uncertain, 7, "learn", closed_to=[2])
    assert sorted(choice.index for choice in alone) == [0, 1, 3, 4, 5, 6]
    (first,) = choose_batch(draws, 0.0, uncertain, 1, "learn", beside=[5])
    beside = entropy_difference(uncertain, (5,))
    told = {pair: entropy_difference(uncertain, (5, pair)) - beside for pair in (0, 1, 2, 3, 4, 6)}
    assert first.index == max(told, key=told.__getitem__)
    assert first.information == pytest.approx(told[first.index])


def test_the_best_so_far_may_be_uncertain_itself() -> None:
    """Against a best pair with which it always rises and falls, a pair promises nothing, however wide its own range."""
    draws = some_draws(0)
    same_as_best = np.tanh(0.5 * draws[:, 0])
    by_index = {c.index: c for c in choose_batch(draws, same_as_best, some_uncertainty(0), 7, "bright")}
    assert by_index[0].improvement == 0.0
    assert chance_to_beat(draws, same_as_best)[0] == 0.0
    assert chance_to_beat(draws, 0.0)[0] == pytest.approx((draws[:, 0] > 0).mean())


def test_a_figure_near_the_end_of_the_scale_says_little_of_z() -> None:
    flat = noise_variance(np.array([[0.0, 6.0]]), 0.03)
    assert flat[0] == pytest.approx((0.03 / 0.5) ** 2)
    assert flat[1] > 1000 * flat[0]


def test_same_arrays_give_the_same_batch() -> None:
    first, second = (choose_batch(some_draws(4), 0.1, some_uncertainty(4), 4) for _ in range(2))
    assert first == second


def test_a_goal_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="did you mean 'bright'"):
        choose_batch(some_draws(0), 0.0, some_uncertainty(0), 1, "brigth")  # type: ignore[arg-type]


def test_a_rule_without_spread_has_nothing_to_tell() -> None:
    uncertain = some_uncertainty(0)
    covariance = uncertain.covariance.copy()
    covariance[0, :] = covariance[:, 0] = 0.0
    fixed = Uncertain(**{**vars(uncertain), "covariance": covariance})
    without = Uncertain(
        **{
            **vars(uncertain),
            "features": uncertain.features[:, 1:],
            "covariance": covariance[1:, 1:],
            "about": uncertain.about[1:],
        }
    )
    assert GrowingBatch(fixed).added() == pytest.approx(entropy_free(without))


def entropy_free(uncertain: Uncertain) -> np.ndarray:
    return np.array([entropy_difference(uncertain, (pair,)) for pair in range(len(uncertain.features))])


def test_between_pairs_of_which_the_same_is_known_the_order_decides_and_not_the_dice() -> None:
    """Whatever the draws, the first of six is taken."""
    alike = Uncertain(np.ones((6, 1)), np.eye(1), np.ones(1, bool), np.ones(6), 0.0, np.ones(6))
    for seed in range(20):
        random = np.random.default_rng(seed)
        draws = random.normal(1.0, 1.0, (2000, 1)) + random.normal(0.0, 1.0, (2000, 6))
        (first,) = choose_batch(draws, 0.0, alike, 1, "balanced")
        assert first.index == 0


def test_where_nothing_is_left_to_win_the_brightest_comes_first() -> None:
    draws = np.tile([[-3.0, -1.0, -2.0]], (100, 1))
    (first,) = choose_batch(draws, 0.5, some_uncertainty(0, pairs=3), 1, "bright")
    assert first.index == 1
