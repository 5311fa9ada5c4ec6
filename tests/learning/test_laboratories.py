"""Is a made-up laboratory what it says, so that what is learned from it can be held against the truth?"""

from __future__ import annotations

from dataclasses import replace

import learning
import learning_laboratories as made_up
import numpy as np
import pytest

from ligandkb.learning.prior import Settings


@pytest.fixture(scope="module")
def shelf():
    return made_up.shipped_shelf()


@pytest.fixture
def truth(shelf):
    return made_up.drawn_truth(shelf, np.random.default_rng(3), Settings())


def test_the_shelf_holds_what_isnt_vetoed_with_the_score_of_the_ranking(kb, shelf):
    scores = {item.pair.key: item.score for item in kb.assessments("CsPbBr3") if item.verdict != "vetoed"}
    assert set(shelf.keys) == set(scores)
    assert shelf.scores == pytest.approx([scores[key] for key in shelf.keys[:-1]])
    assert shelf.keys[-1][1] == "oleylammonium"


def test_without_noise_a_laboratory_sees_what_is(monkeypatch, shelf, truth):
    monkeypatch.setattr(made_up, "ERROR", 1e-9)
    laboratory = made_up.Laboratory(shelf, replace(truth, batch_effect=0.0), np.random.default_rng(0))
    laboratory.measure([0, 5, 9, 12])
    laboratory.measure([1, 5])
    assert laboratory.pairs == [0, 5, 9, 12, shelf.count, 1, 5, shelf.count]
    assert laboratory.batches == [0] * 5 + [1] * 3
    assert laboratory.closed == pytest.approx(np.tanh(truth.z[laboratory.pairs] / 2), abs=1e-6)
    rows = laboratory.observations()
    assert [rows.pair_keys[one] for one in rows.pair] == [shelf.keys[one] for one in laboratory.pairs]


def test_plqy_is_what_is_won_of_the_headroom_or_lost_of_the_brightness(truth):
    closed = np.tanh(truth.z[:-1] / 2)
    assert truth.plqy == pytest.approx(0.66 + closed * np.where(closed > 0, 0.34, 0.66))
    assert (closed > 0).any() and (closed < 0).any()


def test_rules_are_turned_and_wider_as_asked(shelf):
    turned = made_up.drawn_truth(shelf, np.random.default_rng(1), Settings(), turned=[2])
    assert turned.weights[2] == -shelf.prior.mean[2]
    one, twice = (
        made_up.drawn_truth(shelf, np.random.default_rng(1), Settings(), wider=wider).weights - shelf.prior.mean
        for wider in (1.0, 2.0)
    )  # fmt: skip
    assert twice == pytest.approx(2 * one)


def test_a_source_that_is_left_out_is_left_out(shelf, truth):
    laboratory = made_up.Laboratory(shelf, truth, np.random.default_rng(0))
    for batch in ([0, 1], [2, 3]):
        laboratory.measure(batch)
    rows = laboratory.observations()
    kept = learning.taken(rows, rows.batch == 1)
    assert kept.batch_names == ("B1",)
    assert kept.pair_keys == tuple(rows.pair_keys[one] for one in np.unique(rows.pair[3:]))
    assert kept.closed.tolist() == rows.closed[3:].tolist()


def test_what_next_proposes_is_new_and_each_once(shelf, truth):
    laboratory = made_up.Laboratory(shelf, truth, np.random.default_rng(0))
    tested, posterior = learning.learning_laboratory(laboratory, "balanced", 8, lambda _: False)
    assert len(set(tested)) == len(tested) == 8
    assert shelf.count not in tested
    assert len(posterior.pair_keys) == 9


def test_five_thousand_outcomes_are_as_many(shelf):
    rows, prior = learning.many_outcomes(1, rows=200, rules=10, pairs=50, batches=20)
    assert rows.shares.shape == (200, 10) == (len(rows), len(prior.mean))
    assert len(rows.pair_keys) == 50 == rows.pair.max() + 1
    assert np.bincount(rows.batch).tolist() == [10] * 20
