"""Does what follows from a rulebook follow from it?"""

from __future__ import annotations

import itertools
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.rules import evaluate as module
from ligandkb.rules.evaluate import Table, evaluate

FLAG_OF = {1: True, 0: Missing(), -1: False}
GONE = NotApplicable("an ion")


def _truth(make_rulebook, condition, *rows):
    return evaluate(make_rulebook((condition, "{weight: 1}")), Table.from_rows(rows)).truth[0].tolist()


@pytest.mark.parametrize(("one", "other"), list(itertools.product((-1, 0, 1), repeat=2)))
def test_strong_kleene_logic(make_rulebook, one, other):
    row = {"acid": FLAG_OF[one], "salt": FLAG_OF[other]}
    assert _truth(make_rulebook, "acid and salt", row) == [min(one, other)]
    assert _truth(make_rulebook, "acid or salt", row) == [max(one, other)]
    assert _truth(make_rulebook, "not acid", row) == [-one]
    assert _truth(make_rulebook, "acid == salt", row) == [one * other]
    assert _truth(make_rulebook, "acid != salt", row) == [-one * other]
    assert _truth(make_rulebook, "acid == false", row) == [-one]


@pytest.mark.parametrize(
    ("condition", "values", "truth"),
    [
        ("charge > 1", {"charge": 2.0}, 1),
        ("charge > 1", {"charge": Missing()}, 0),
        ("charge > 1", {"charge": Failed("no")}, 0),
        ("charge > 1", {"charge": float("nan")}, 0),
        ("charge > 1", {"charge": float("inf")}, 0),
        ("charge < 1", {"charge": float("-inf")}, 0),
        ("charge != 1", {"charge": Missing()}, 0),
        ("1 / charge > 1", {"charge": 0.0}, 0),
        ("1 / charge < 1", {"charge": -0.0}, 0),
        ("charge / charge ** 2 > 1", {"charge": 0.0}, 0),
        ("charge ** -1 > 1", {"charge": 0.0}, 0),
        ("sqrt(charge) >= 0", {"charge": -1.0}, 0),
        ("sqrt(charge) == 2", {"charge": 4.0}, 1),
        ("log10(charge) < 0", {"charge": 0.0}, 0),
        ("log10(charge) < 0", {"charge": -1.0}, 0),
        ("charge * 1e308 > 1", {"charge": 10.0}, 0),
        ("charge * -1e308 < 1", {"charge": 10.0}, 0),
        ("charge ** 4 > 1", {"charge": 1e200}, 0),
        # what is infinite on the way doesn't come back as a number
        ("1 / (charge * 1e308) < 1", {"charge": 10.0}, 0),
        ("min(charge * 1e308, 1) > 0", {"charge": 10.0}, 0),
        ("max(-charge * 1e308, 1) > 0", {"charge": 10.0}, 0),
        ("min(1, log10(charge)) < 2", {"charge": 0.0}, 0),
        ("(charge * 1e300) ** -2 < 1", {"charge": 10.0}, 0),
        ("1 / (1 / charge) > 5", {"charge": 0.0}, 0),
        ("abs(1 / charge) > 5", {"charge": 0.0}, 0),
        ("1 / (1e308 + charge) < 1", {"charge": 1e308}, 0),
        ("charge * 1e308 - charge * 1e308 == 0", {"charge": 10.0, "gap": 1.0}, 0),
        ("min(charge, gap) < 5", {"charge": 1.0, "gap": Missing()}, 0),
        ("charge in [1, 2]", {"charge": Missing()}, 0),
        ("charge not in [1, 2]", {"charge": Missing()}, 0),
        ("charge not in [1, 2]", {"charge": 3.0}, 1),
        ("donor == 'S'", {"donor": Missing()}, 0),
        ("donor != 'S'", {"donor": Missing()}, 0),
        ("donor != 'S'", {"donor": "O"}, 1),
        ("donor in ['S', 'O']", {"donor": Missing()}, 0),
        ("donor == halide", {"donor": "O", "halide": "O"}, 1),
        ("donor == halide", {"donor": "O", "halide": "S"}, -1),
        ("donor == halide", {"donor": Missing(), "halide": Missing()}, 0),
        ("charge > 1 or acid", {"charge": Missing(), "acid": True}, 1),
        ("charge > 1 and acid", {"charge": Missing(), "acid": False}, -1),
        ("0 < charge < gap", {"charge": -1.0, "gap": Missing()}, -1),
        ("charge is missing", {"charge": Missing()}, 1),
        ("charge is missing", {"charge": Failed("no")}, 1),
        ("charge is missing", {"charge": 0.0}, -1),
        ("charge is missing", {"charge": GONE}, -1),
        ("charge is not missing", {"charge": GONE}, 1),
        ("donor is missing", {"donor": None}, 1),
        ("acid is missing", {"acid": False}, -1),
        ("acid is missing", {"acid": GONE}, -1),
    ],
)
def test_unknown_is_unknown(make_rulebook, condition, values, truth):
    others = {"charge": 1.0, "gap": 2.0, "donor": "Se", "halide": "Se", "acid": True}
    row = dict.fromkeys(others, Missing()) | values
    # The second row makes sure that a column has values of its kind.
    assert _truth(make_rulebook, condition, row, others)[0] == truth
    assert _truth(make_rulebook, condition, row) == [truth]


@pytest.mark.parametrize(
    ("condition", "values", "truth", "not_applicable"),
    [
        ("charge > 1", {"charge": GONE}, -1, True),
        ("not (charge > 1)", {"charge": GONE}, -1, True),
        ("charge > 1 or acid", {"charge": GONE, "acid": True}, 1, False),
        ("charge > 1 and acid", {"charge": GONE, "acid": False}, -1, False),
        ("charge > 1 or acid", {"charge": GONE, "acid": Missing()}, -1, True),
        ("charge > gap", {"charge": GONE, "gap": Missing()}, -1, True),
        ("charge is missing or gap > 1", {"charge": GONE, "gap": Missing()}, 0, False),
        ("donor == 'S'", {"donor": GONE}, -1, True),
        ("acid", {"acid": GONE}, -1, True),
    ],
)
def test_a_rule_over_a_value_without_meaning_is_silent(
    make_rulebook, condition, values, truth, not_applicable
):
    evaluation = evaluate(make_rulebook((condition, "{weight: 1, tag: pfas}")), Table.from_rows([values]))
    assert evaluation.truth.tolist() == [[truth]]
    assert evaluation.not_applicable.tolist() == [[not_applicable]]
    if not_applicable:
        assert evaluation.score_low.tolist() == evaluation.score_high.tolist() == [0.0]
        assert evaluation.tags["pfas"].tolist() == [-1]


EFFECTS = [
    ("{weight: 0.4}", None),
    ("{weight: 0.4}", "ignore"),
    ("{weight: -strong}", "widen"),
    ("{weight: -1.7, tag: pfas}", None),
    ("{tag: pfas}", "ignore"),
    ("{tag: odour}", None),
    ("{veto: lethal}", None),
    ("{veto: lethal, tag: odour}", "ignore"),
    ("{veto: explosive, weight: -5}", "widen"),
    ("{veto: explosive, weight: -5}", "veto"),
]


@given(chance=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_effects_are_added_up_as_by_hand(make_rulebook, chance):
    effects = [chance.choice(EFFECTS) for _ in range(chance.randint(1, 9))]
    flags = chance.choices(["acid", "salt", "not acid", "acid and salt", "acid or salt"], k=len(effects))
    rulebook = make_rulebook(*((flag, *effect) for flag, effect in zip(flags, effects, strict=True)))
    rows = [
        {"acid": FLAG_OF[acid], "salt": FLAG_OF[salt]}
        for acid, salt in itertools.product((-1, 0, 1), repeat=2)
    ]
    evaluation = evaluate(rulebook, Table.from_rows(rows))
    for row in range(len(rows)):
        score, low, high = 0.0, 0.0, 0.0
        vetoes, tags = {}, {}
        for rule, truth in zip(rulebook.rules, evaluation.truth[:, row], strict=True):
            if rule.weight is not None and truth > 0:
                score += rule.weight
            if rule.weight is not None and truth == 0 and rule.on_unknown == "widen":
                low += min(0, rule.weight)
                high += max(0, rule.weight)
            named = -1 if truth == 0 and rule.on_unknown == "ignore" else truth
            for name, kinds in ((rule.veto, vetoes), (rule.tag, tags)):
                if name is not None:
                    kinds[name] = max(named, kinds.get(name, -1))
        assert evaluation.score[row] == pytest.approx(score, abs=1e-9)
        assert evaluation.score_low[row] == pytest.approx(score + low, abs=1e-9)
        assert evaluation.score_high[row] == pytest.approx(score + high, abs=1e-9)
        assert {name: truth[row] for name, truth in evaluation.vetoes.items()} == vetoes
        assert {name: truth[row] for name, truth in evaluation.tags.items()} == tags


@pytest.mark.parametrize(
    ("acid", "salt", "score", "low", "high"),
    [
        # one of two that are unknown can hold: the range takes the larger, not the sum
        (0, 0, 0.0, 0.0, 2.0),
        (1, 0, 2.0, 2.0, 2.0),
        (0, 1, 0.4, 0.4, 0.4),
        (1, 1, 2.0, 2.0, 2.0),
        (-1, 0, 0.0, 0.0, 0.4),
        (0, -1, 0.0, 0.0, 2.0),
        (-1, -1, 0.0, 0.0, 0.0),
    ],
)
def test_one_rule_of_an_exclusive_group_counts(make_rulebook, acid, salt, score, low, high):
    group = (None, "hsab-class")
    rulebook = make_rulebook(("acid", "{weight: strong}", *group), ("salt", "{weight: slight}", *group))
    evaluation = evaluate(rulebook, Table.from_rows([{"acid": FLAG_OF[acid], "salt": FLAG_OF[salt]}]))
    assert evaluation.truth[:, 0].tolist() == [acid, salt]
    bounds = (evaluation.score, evaluation.score_low, evaluation.score_high)
    assert [values[0] for values in bounds] == [score, low, high]


def test_an_exclusive_group_widens_to_both_sides_and_leaves_other_groups_and_vetoes_alone(make_rulebook):
    rulebook = make_rulebook(
        ("acid", "{weight: strong}", None, "one"),
        ("not acid", "{weight: -strong, veto: lethal}", None, "one"),
        ("salt", "{weight: slight}", None, "one"),
        ("salt", "{weight: 3}", "ignore", "other"),
        ("acid", "{weight: -1}", None, "other"),
        ("acid", "{weight: 1}"),
    )
    unknown, certain = {"acid": None, "salt": None}, {"acid": False, "salt": True}
    evaluation = evaluate(rulebook, Table.from_rows([unknown, certain]))
    assert evaluation.score.tolist() == [0.0, -2.0 + 3.0]
    assert evaluation.score_low.tolist() == [-2.0 - 1.0, 1.0]
    assert evaluation.score_high.tolist() == [2.0 + 1.0, 1.0]
    assert evaluation.vetoes["lethal"].tolist() == [0, 1]


def test_of_equal_weights_that_fired_the_first_counts(make_rulebook):
    rules = [("acid", "{weight: 1}", None, "one"), ("salt", "{weight: -1}", None, "one")]
    table = Table.from_rows([{"acid": True, "salt": True}])
    assert evaluate(make_rulebook(*rules), table).score.tolist() == [1.0]
    assert evaluate(make_rulebook(*reversed(rules)), table).score.tolist() == [-1.0]


def test_sums_that_are_equal_on_paper_are_equal(make_rulebook):
    rulebook = make_rulebook(("acid", "{weight: 0.1}"), ("acid", "{weight: 0.2}"), ("salt", "{weight: 0.3}"))
    rows = [{"acid": True, "salt": False}, {"acid": False, "salt": True}]
    one, other = evaluate(rulebook, Table.from_rows(rows)).score
    assert one == other


def test_many_rules_of_one_weight_are_all_counted(make_rulebook):
    rulebook = make_rulebook(*[("acid", "{weight: 0.25}")] * 300)
    evaluation = evaluate(rulebook, Table.from_rows([{"acid": True}, {"acid": None}]))
    assert evaluation.score.tolist() == [75.0, 0.0]
    assert evaluation.score_high.tolist() == [75.0, 75.0]


@pytest.mark.parametrize("rows_at_once", [1, 7, 64, 10_000])
def test_the_stretch_of_rows_makes_no_difference(
    make_rulebook, condition_writer, random_rows, by_name, monkeypatch, rows_at_once
):
    from ligandkb.problems import InputError
    from ligandkb.rules.language.parser import parse_condition

    writer, rules = condition_writer(random.Random(3)), []
    while len(rules) < 60:
        text = writer.write().text
        try:
            parse_condition(text, by_name)
        except InputError:
            continue
        rules.append((text, random.Random(len(rules)).choice(EFFECTS)[0]))
    rulebook = make_rulebook(*rules)
    table = Table.from_rows(random_rows(random.Random(4), 200))
    whole = evaluate(rulebook, table)
    monkeypatch.setattr(module, "ROWS_AT_ONCE", rows_at_once)
    parts = evaluate(rulebook, table)
    for name in ("truth", "not_applicable", "score", "score_low", "score_high"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(parts, name))
    for name in ("vetoes", "tags"):
        for key, truth in getattr(whole, name).items():
            np.testing.assert_array_equal(truth, getattr(parts, name)[key])


def test_a_data_frame_comes_out_as_its_rows(make_rulebook, random_rows):
    rows = random_rows(random.Random(5), 500)
    frame = pd.DataFrame(
        [
            {k: (v if not isinstance(v, Missing | Failed | NotApplicable) else None) for k, v in row.items()}
            for row in rows
        ]
    )
    frame = frame.astype({"donor": "category", "acid": "boolean", "salt": "boolean"})
    masks = {name: [isinstance(row[name], NotApplicable) for row in rows] for name in frame}
    rulebook = make_rulebook(
        ("donor in ['O', 'S'] and charge > 0 or salt", "{weight: 1}"),
        ("halide == donor or acid", "{weight: -1}"),
        ("donor in ['O', 'S', \"it's Å\", 'NO'] or length is missing", "{tag: pfas}"),
    )
    one, other = (
        evaluate(rulebook, Table.from_rows(rows)),
        evaluate(rulebook, Table.from_dataframe(frame, masks)),
    )
    np.testing.assert_array_equal(one.truth, other.truth)
    np.testing.assert_array_equal(one.not_applicable, other.not_applicable)
    np.testing.assert_array_equal(one.score_low, other.score_low)


def test_a_value_under_a_mask_is_not_used(make_rulebook):
    frame = pd.DataFrame({"charge": [2.0, 2.0], "donor": ["S", "S"], "acid": [True, True]})
    masks = {name: [True, False] for name in frame}
    rulebook = make_rulebook(*((text, "{weight: 1}") for text in ("charge > 1", "donor == 'S'", "acid")))
    evaluation = evaluate(rulebook, Table.from_dataframe(frame, masks))
    assert evaluation.truth.tolist() == [[-1, 1]] * 3
    assert evaluation.not_applicable.tolist() == [[True, False]] * 3


def test_long_lists_of_texts_come_out_as_short_ones(make_rulebook):
    from ligandkb.rules.columns import Column

    names = [f"name {number}" for number in range(40)]
    wanted = names[:15]
    column = Column("name", "text", "a name")
    rulebook = make_rulebook((f"name in {wanted!r}", "{weight: 1}"), columns=(column,))
    truth = evaluate(rulebook, Table.from_rows([{"name": name} for name in [*names, None]])).truth[0]
    assert truth.tolist() == [1 if name in wanted else -1 for name in names] + [0]


def test_shared_parts_are_worked_out_once(make_rulebook, monkeypatch):
    from ligandkb.rules.truths import Truths

    worked_out = []

    def noting(method):
        return lambda self, expression: worked_out.append(expression) or method(self, expression)

    for name in ("_truth", "_worked_out"):
        monkeypatch.setattr(Truths, name, noting(getattr(Truths, name)))
    rulebook = make_rulebook(
        ("charge - gap > 1 and acid", "{weight: 1}"),
        ("acid and (charge - gap) > 1.0 and charge - gap < 3", "{weight: 2}"),
        ("not (charge - gap > 1 and acid)", "{tag: pfas}"),
    )
    evaluate(rulebook, Table.from_rows([{"charge": 1.0, "gap": 1.0, "acid": True}]))
    assert len(worked_out) == len(set(worked_out))
    assert sum(expression.operator == "-" for expression in worked_out) == 1


def test_a_table_that_lacks_columns_is_refused(make_rulebook):
    rulebook = make_rulebook(("charge > 1 and acid", "{weight: 1}"), ("gap > 1", "{weight: 1}"))
    with pytest.raises(UsageError, match="no column charge, gap, which the rules read"):
        evaluate(rulebook, Table.from_rows([{"acid": True}]))


def test_a_column_of_another_kind_is_refused(make_rulebook):
    rulebook = make_rulebook(("charge > 1", "{weight: 1}"))
    with pytest.raises(UsageError, match="holds texts, and the rules read numbers"):
        evaluate(rulebook, Table.from_rows([{"charge": "high"}]))


def test_no_rows_and_no_rules(make_rulebook, columns, vocabulary):
    from ligandkb.rules.rulebook import Rulebook

    none = evaluate(make_rulebook(("charge > 1", "{weight: 1, tag: pfas}")), Table.from_rows([]))
    assert none.truth.shape == (1, 0)
    assert none.score.shape == none.tags["pfas"].shape == (0,)
    empty = evaluate(Rulebook((), vocabulary, columns), Table.from_rows([{"charge": 1.0}]))
    assert empty.truth.shape == (0, 1)
    assert empty.score.tolist() == [0.0]
    assert empty.vetoes == empty.tags == {}
