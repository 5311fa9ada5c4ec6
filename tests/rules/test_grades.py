"""Does a weight follow a value, and its bounds the value's interval?"""

from __future__ import annotations

import math

import pytest

from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.rules.evaluate import Table, evaluate
from ligandkb.rules.explain import explain_row

ONE = "{weight: 2, graded: {by: charge, from: 0, to: 2}}"
FALLING = "{weight: 2, graded: {by: charge, from: 2, to: 0}}"
AGAINST = "{weight: -2, graded: {by: charge, from: 0, to: 2}}"
BETWEEN = "{weight: 2, graded: {by: charge, from: 0, to: 2, low: gap, high: length}}"
WITH_ERROR = "{weight: 2, graded: {by: charge, from: 0, to: 2, error: gap}}"
TWO = "{weight: 2, graded: [{by: charge, from: 0, to: 2}, {by: mass, from: 0, to: 1}]}"
UNKNOWN = Missing("compute it")


def scores(make_rulebook, effect, row, **more):
    values = {"acid": True, "charge": UNKNOWN, "gap": UNKNOWN, "length": UNKNOWN, "mass": UNKNOWN} | row
    evaluation = evaluate(make_rulebook(("acid", effect, *more.values())), Table.from_rows([values]))
    return tuple(float(end[0]) for end in (evaluation.score, evaluation.score_low, evaluation.score_high))


@pytest.mark.parametrize(
    ("effect", "row", "expected"),
    [
        (ONE, {"charge": 0.5}, (0.5, 0.5, 0.5)),
        (ONE, {"charge": -3.0}, (0.0, 0.0, 0.0)),
        (ONE, {"charge": 7.0}, (2.0, 2.0, 2.0)),
        (FALLING, {"charge": 0.5}, (1.5, 1.5, 1.5)),
        (AGAINST, {"charge": 0.5}, (-0.5, -0.5, -0.5)),
        (ONE, {}, (0.0, 0.0, 2.0)),
        (AGAINST, {}, (0.0, -2.0, 0.0)),
        (ONE, {"charge": math.inf}, (0.0, 0.0, 2.0)),
        (ONE, {"charge": 1.0, "acid": UNKNOWN}, (0.0, 0.0, 1.0)),
        (ONE, {"charge": 1.0, "acid": False}, (0.0, 0.0, 0.0)),
        (BETWEEN, {"charge": 1.0, "gap": 0.5, "length": 3.0}, (1.0, 0.5, 2.0)),
        (BETWEEN, {"charge": 1.0, "length": 1.5}, (1.0, 1.0, 1.5)),
        (WITH_ERROR, {"charge": 1.0, "gap": 0.25}, (1.0, 0.75, 1.25)),
        (WITH_ERROR, {"charge": 1.0}, (1.0, 1.0, 1.0)),
        (WITH_ERROR, {"gap": 0.25}, (0.0, 0.0, 2.0)),
        (TWO, {"charge": 1.0, "mass": 0.2}, (0.4, 0.4, 0.4)),
        (TWO, {"charge": 0.0}, (0.0, 0.0, 0.0)),
        (TWO, {"charge": 1.0}, (0.0, 0.0, 1.0)),
    ],
)
def test_a_weight_follows_its_ramps(make_rulebook, effect, row, expected):
    assert scores(make_rulebook, effect, row) == pytest.approx(expected)


def test_what_is_unknown_may_be_ignored(make_rulebook):
    assert scores(make_rulebook, ONE, {}, policy="ignore") == (0.0, 0.0, 0.0)


def test_a_grade_without_a_meaning_makes_the_rule_not_applicable(make_rulebook):
    rulebook = make_rulebook(("acid", ONE))
    evaluation = evaluate(rulebook, Table.from_rows([{"acid": True, "charge": NotApplicable("no charge")}]))
    assert evaluation.not_applicable.tolist() == [[True]]
    assert evaluation.score_high.tolist() == [0.0]


def test_an_explanation_says_the_share_and_what_is_missing(make_rulebook):
    rulebook = make_rulebook(("acid", ONE))
    table = Table.from_rows(
        [{"acid": True, "charge": 0.5}, {"acid": True, "charge": Failed("no convergence")}]
    )
    (known,), (unknown,) = (explain_row(rulebook, table, row) for row in range(2))
    assert (known.state, known.grade, known.added) == ("fired", 0.25, 0.5)
    assert (unknown.state, unknown.grade, unknown.added) == ("unknown", None, 0.0)
    assert "no convergence" in unknown.missing["charge"]
    assert unknown.contribution == (0.0, 2.0)


def test_in_an_exclusive_group_the_rule_that_adds_most_counts_row_by_row(make_rulebook):
    rulebook = make_rulebook(("acid", ONE, None, "one"), ("acid", "{weight: 0.4}", None, "one"))
    rows = [{"acid": True, "charge": charge} for charge in (0.1, 1.0)]
    assert evaluate(rulebook, Table.from_rows(rows)).score.tolist() == [0.4, 1.0]


def test_a_table_of_texts_is_refused(make_rulebook):
    with pytest.raises(UsageError, match="column charge of the table holds texts"):
        evaluate(make_rulebook(("acid", ONE)), Table.from_rows([{"acid": True, "charge": "much"}]))
    with pytest.raises(UsageError, match="no column charge"):
        evaluate(make_rulebook(("acid", ONE)), Table.from_rows([{"acid": True}]))
