"""Which outcomes become rows, and what of them?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from ligandkb.evidence.outcomes import Application, Effect
from ligandkb.learning.observations import (
    CONFOUNDED,
    NOT_COMPARED,
    REMOVED,
    batches_of,
    closed_and_error,
    closed_of,
    observations_of,
    shares_of,
)
from ligandkb.learning.prior import Settings, prior_of
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.table import Table
from ligandkb.storage.outcome_recordings import Recording


@pytest.fixture(scope="module")
def benzoate(kb):
    """An outcome with both figures, as a lab would record it."""
    given = next(one for one in kb.outcomes if one.binding_form == "benzoate" and one.effect)
    return replace(
        given,
        id="ours",
        is_shipped=False,
        confound="",
        effect=Effect.IMPROVED,
        plqy_before=0.6,
        plqy_after=0.8,
        origin="ours.csv:3",
        source=None,
    )


def rows_of(kb, outcomes, **more):
    return observations_of(kb.catalogue, kb.judge(), outcomes, **more)


def test_shares_times_weights_are_the_scores(kb):
    items = kb.assessments("CsPbBr3")
    evaluation = evaluate(kb.rulebook, Table.from_rows([item.values for item in items]))
    shares = shares_of(kb.rulebook, evaluation)
    assert shares.min() >= 0 and shares.max() <= 1
    assert shares @ prior_of(kb.rulebook).mean == pytest.approx([item.score for item in items], abs=1e-8)


def test_what_teaches_nothing_is_named_with_its_reason(kb, benzoate):
    outcomes = [
        benzoate,
        replace(benzoate, id="a", effect=None),
        replace(benzoate, id="b", route=Application.REMOVAL),
        replace(benzoate, id="c", confound="other_halide"),
    ]
    rows, left_out = rows_of(kb, outcomes)
    assert rows.outcome_ids == ("ours",)
    assert [(one.outcome_id, one.reason) for one in left_out] == [
        ("a", NOT_COMPARED),
        ("b", REMOVED),
        ("c", CONFOUNDED),
    ]


def test_the_key_of_a_row_is_that_of_its_pair(kb, benzoate):
    rows, _ = rows_of(kb, [replace(benzoate, partner="oleylammonium")])
    pair = kb.assess("benzoic acid", partners="oleylammonium").pair
    assert rows.pair_keys == (pair.key,)


def test_only_a_word_is_kept_where_a_figure_lacks(kb, benzoate):
    rows, _ = rows_of(kb, [replace(benzoate, plqy_after=None), replace(benzoate, id="other")])
    assert np.isnan(rows.closed[0]) and rows.closed[1] == pytest.approx(0.5)
    assert rows.improved.tolist() == [1, 1]


def test_not_improved_and_decreased_are_both_not_improved(kb, benzoate):
    worse = [
        replace(benzoate, id=effect, effect=effect) for effect in (Effect.NOT_IMPROVED, Effect.DECREASED)
    ]
    assert rows_of(kb, worse)[0].improved.tolist() == [0, 0]


def test_batches_are_those_that_were_recorded_else_the_day_else_the_source(kb, benzoate):
    at = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)
    second, third = replace(benzoate, id="second"), replace(benzoate, id="third")
    batches = batches_of([Recording(benzoate, "ana", at, "B7"), Recording(second, "ana", at)])
    rows, _ = rows_of(kb, [benzoate, second, third], batches=batches)
    assert rows.batch_names == ("B7", "recorded by ana on 2026-03-01", "ours.csv")
    correction = Recording(second, "bob", at + timedelta(days=9), version=2, first=("ana", at))
    assert batches_of([correction]) == {"second": "recorded by ana on 2026-03-01"}


def test_a_published_outcome_is_of_its_source_though_a_lab_gave_its_name_to_one_of_its_own(kb, benzoate):
    published = replace(benzoate, is_shipped=True)
    rows, _ = rows_of(kb, [benzoate, published], batches={benzoate.id: "B7"})
    assert rows.batch_names == ("B7", "ours.csv")


def test_doses_are_decades_about_the_mean_of_their_kind(kb, benzoate):
    rows, _ = rows_of(
        kb,
        [
            replace(benzoate, id="a", equivalents=1.0),
            replace(benzoate, id="b", equivalents=100.0),
            replace(benzoate, id="c", concentration_mmol_per_l=5.0, nc_concentration_umol_per_l=1.0),
            replace(benzoate, id="d"),
        ],
    )
    assert rows.log_dose[:3] == pytest.approx([-1.0, 1.0, 0.0])
    assert np.isnan(rows.log_dose[3])


def test_published_rows_are_marked(kb):
    rows, left_out = rows_of(kb, kb.outcomes)
    assert rows.is_literature.all()
    assert len(rows) + len(left_out) == len(kb.outcomes)


def test_an_error_that_isnt_printed_is_taken_as_three_points_and_none_as_less_than_one(benzoate):
    _, taken = closed_of(benzoate, Settings())
    _, stated = closed_of(
        replace(benzoate, plqy_before_uncertainty=0.03, plqy_after_uncertainty=0.03), Settings()
    )
    precise = replace(benzoate, plqy_before_uncertainty=0.0, plqy_after_uncertainty=0.0)
    assert taken == stated
    assert closed_of(precise, Settings())[1] == pytest.approx(np.hypot(0.01, 0.5 * 0.01) / 0.4)


@pytest.mark.parametrize(("before", "after"), [(0.6, 0.8), (0.6, 0.97), (0.6, 0.2), (0.3, 0.31)])
def test_errors_are_propagated(before, after):
    closed, error = closed_and_error(before, after, 1e-5, 1e-5)
    random = np.random.default_rng(0)
    many = closed_and_error(*(one + 1e-5 * random.standard_normal(100_000) for one in (before, after)), 1e-5, 1e-5)  # fmt: skip
    assert many[0].mean() == pytest.approx(float(closed), abs=1e-5)
    assert many[0].std() == pytest.approx(float(error), rel=0.02)


def test_where_there_is_no_room_only_the_word_counts():
    closed, error = closed_and_error(np.array([0.99, 0.01, 1.0]), np.array([1.0, 0.0, 1.0]), 0.03, 0.03)
    assert np.isnan(closed).all() and np.isnan(error).all()
