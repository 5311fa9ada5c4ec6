"""Does the posterior follow from prior and data, whatever the data?"""

from __future__ import annotations

import numpy as np
import pytest

from ligandkb.learning.observations import Observations
from ligandkb.learning.posterior import fit
from ligandkb.learning.prior import LOGISTIC_AS_NORMAL, NothingToLearn, RulePrior

PRIOR = RulePrior(("for", "against"), np.array([1.151, -0.576]), np.array([1.151, 0.576]))


def observations(shares, closed=None, error=0.08, improved=None, pair=None, batch=None, **others):
    """Rows of a laboratory; by default each with a pair and a batch of its own."""
    shares = np.asarray(shares, dtype=float)
    rows = len(shares)
    closed = np.full(rows, np.nan) if closed is None else np.asarray(closed, dtype=float)
    improved = closed > 0 if improved is None else improved
    pair = np.arange(rows) if pair is None else np.asarray(pair)
    batch = np.arange(rows) if batch is None else np.asarray(batch)
    return Observations(
        shares=shares,
        closed=closed,
        error=np.where(np.isnan(closed), np.nan, error),
        improved=np.asarray(improved, dtype=np.int8),
        pair=pair,
        batch=batch,
        log_dose=np.asarray(others.get("log_dose", np.full(rows, np.nan))),
        is_literature=np.asarray(others.get("is_literature", np.zeros(rows, dtype=bool))),
        pair_keys=tuple((f"form {number}", "none") for number in range(pair.max() + 1)) if rows else (),
        batch_names=tuple(f"B{number}" for number in range(batch.max() + 1)) if rows else (),
        outcome_ids=tuple(f"o{number}" for number in range(rows)),
    )


def test_without_outcomes_there_is_nothing_to_learn():
    with pytest.raises(NothingToLearn, match="no outcome that can teach anything"):
        fit(observations(np.empty((0, 2))), PRIOR)


def test_an_outcome_on_which_a_rule_is_silent_leaves_it_where_it_was():
    found = fit(observations([[1.0, 0.0]], closed=[0.5]), PRIOR)
    assert found.mean[1] == pytest.approx(-0.576, abs=1e-6)


def test_a_bright_result_raises_the_rules_that_fired_and_a_dark_one_lowers_them():
    bright, dark = (fit(observations([[1.0, 0.0]], closed=[part]), PRIOR).mean[0] for part in (0.9, -0.5))
    assert dark < 1.151 < bright


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
