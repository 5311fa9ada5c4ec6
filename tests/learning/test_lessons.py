"""Are the words on what the data did to a rule right, and modest?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ligandkb.learning.batch_controls import batch_controls, narrower_with_reference
from ligandkb.learning.lessons import Word, lessons_of
from ligandkb.learning.observations import Observations
from ligandkb.learning.posterior import fit
from ligandkb.learning.prior import RulePrior, Settings

RULES = ("lead-over-proton", "phosphonate-donor", "soft-donor", "redox-active-molecule")
PRIOR = RulePrior(RULES, np.array([1.151, 1.151, 1.151, -2.303]), np.array([1.151, 1.151, 1.151, 2.303]))


def observed(shares, closed, *, batch=None, literature=None) -> Observations:
    """Outcomes of as many pairs, each with a figure."""
    shares, n = np.array(shares, dtype=float), len(shares)
    batch = np.zeros(n, dtype=np.intp) if batch is None else np.array(batch, dtype=np.intp)
    closed = np.array(closed, dtype=float)
    return Observations(
        shares=shares,
        closed=closed,
        error=np.full(n, 0.05),
        improved=(closed > 0).astype(np.int8),
        pair=np.arange(n, dtype=np.intp),
        batch=batch,
        log_dose=np.full(n, np.nan),
        is_literature=np.zeros(n, dtype=bool) if literature is None else np.array(literature),
        pair_keys=tuple((f"form {number}", "oleylammonium") for number in range(n)),
        batch_names=tuple(f"B{number}" for number in range(int(batch.max()) + 1)),
        outcome_ids=tuple(f"outcome {number}" for number in range(n)),
    )


def lessons(kb, observations):
    return {one.rule.id: one for one in lessons_of(kb.rulebook, fit(observations, PRIOR), observations)}


def rows(*, fired: int, closed: float, beside: float, column: int, n: int = 20):
    """Outcomes of which some have one rule, and close so much; the others have none."""
    shares = np.zeros((n, 4))
    shares[:fired, column] = 1.0
    return observed(shares, [closed] * fired + [beside] * (n - fired))


def test_a_rule_that_fired_on_nothing_was_not_seen(kb):
    found = lessons(kb, rows(fired=8, closed=0.4, beside=0.0, column=0))
    one = found["phosphonate-donor"]
    assert one.word is Word.NOT_SEEN
    assert not one.fired
    assert one.after.value == pytest.approx(one.before.value, abs=0.01)
    assert not one.is_learned


def test_a_rule_that_always_fired_has_nothing_beside_it(kb):
    shares = np.zeros((12, 4))
    shares[:, 1] = 1.0
    shares[:6, 0] = 1.0
    found = lessons(kb, observed(shares, [0.4] * 6 + [-0.2] * 6))
    assert found["phosphonate-donor"].word is Word.NOTHING_BESIDE


def test_data_that_go_with_a_rule_leave_it_as_it_was(kb):
    one = lessons(kb, rows(fired=10, closed=0.52, beside=0.0, column=1))["phosphonate-donor"]
    assert one.word is Word.AS_IT_WAS
    assert one.after.high - one.after.low < one.before.high - one.before.low
    assert one.fired.improved == one.pairs == 10


def test_data_against_a_rule_point_the_other_way(kb):
    one = lessons(kb, rows(fired=10, closed=-0.6, beside=0.0, column=1))["phosphonate-donor"]
    assert one.word is Word.OTHER_WAY
    assert one.after.high < 0 < one.before.value
    assert one.chance_other_way > 0.95


def test_a_rule_that_does_little_is_weaker_and_one_that_does_more_is_stronger(kb):
    weaker = lessons(kb, rows(fired=30, closed=0.02, beside=0.0, column=1, n=60))["phosphonate-donor"]
    assert weaker.word is Word.WEAKER
    stronger = lessons(kb, rows(fired=30, closed=0.93, beside=0.0, column=1, n=60))["phosphonate-donor"]
    assert stronger.word is Word.STRONGER
    assert {weaker.is_learned, stronger.is_learned} == {True}


@pytest.mark.parametrize("closed", [-0.5, 0.9])
def test_one_pair_moves_no_word(kb, closed):
    one = lessons(kb, rows(fired=1, closed=closed, beside=0.1, column=1, n=6))["phosphonate-donor"]
    assert one.word is Word.ONE_PAIR
    assert not one.is_learned


def test_a_penalty_is_weaker_towards_zero(kb):
    one = lessons(kb, rows(fired=30, closed=0.0, beside=0.0, column=3, n=60))["redox-active-molecule"]
    assert one.word is Word.WEAKER


def test_published_outcomes_are_counted_apart(kb):
    some = rows(fired=6, closed=0.4, beside=0.0, column=1)
    some = replace(some, is_literature=np.arange(20) < 4)
    one = lessons(kb, some)["phosphonate-donor"]
    assert (one.fired.total, one.literature.total, one.pairs) == (2, 4, 2)


# ---- controls ----

REFERENCE = ("oleate", "oleylammonium")


def two_batches() -> Observations:
    some = rows(fired=4, closed=0.4, beside=0.0, column=1, n=8)
    return replace(
        some, batch=np.array([0, 1] * 4), batch_names=("B0", "B1"), pair_keys=(REFERENCE, *some.pair_keys[1:])
    )


def test_a_batch_is_controlled_by_a_pair_that_another_one_holds_too():
    some = two_batches()
    assert [one.is_controlled for one in batch_controls(some, REFERENCE)] == [False, False]
    assert [one.has_reference for one in batch_controls(some, REFERENCE)] == [True, False]
    repeated = replace(some, pair=np.array([0, 0, 2, 3, 4, 5, 6, 7]))
    assert [one.repeated for one in batch_controls(repeated, REFERENCE)] == [1, 1]
    assert all(one.is_controlled for one in batch_controls(repeated, REFERENCE))


def test_published_batches_need_no_control():
    some = replace(two_batches(), is_literature=np.ones(8, dtype=bool))
    assert batch_controls(some, REFERENCE) == ()


def test_controls_narrow_as_much_as_fitting_everything_anew_says():
    some, held = two_batches(), Settings(scale_spread=1e-3, effect_spread=1e-3)
    narrower = narrower_with_reference(fit(some, PRIOR, held), some, REFERENCE, np.array([0, 1.0, 0, 0]), 0.4)
    n = len(some)
    beside = replace(
        some,
        **{
            name: np.append(getattr(some, name), value)
            for name, value in {
                "closed": 0.4,
                "error": 0.06,
                "improved": 1,
                "pair": 0,
                "batch": 1,
                "log_dose": np.nan,
            }.items()
        },
        shares=np.vstack([some.shares, [0, 1.0, 0, 0]]),
        is_literature=np.zeros(n + 1, dtype=bool),
        outcome_ids=(*some.outcome_ids, "control"),
    )
    was, would = (np.sqrt(np.diagonal(fit(one, PRIOR, held).covariance)[1]) for one in (some, beside))
    assert narrower[1] > 0
    assert narrower[1] == pytest.approx(1 - would / was, abs=0.005)
    assert narrower_with_reference(fit(beside, PRIOR), beside, REFERENCE, np.zeros(4), 0.4) is None
