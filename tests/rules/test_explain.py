"""Does an explanation say what the batch computed, and what is missing?"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import InputError
from ligandkb.rules.evaluate import Table, evaluate
from ligandkb.rules.explain import explain_row
from ligandkb.rules.language.parser import parse_condition

STATES = {1: "fired", 0: "unknown", -1: "silent"}
EFFECTS = [
    "{weight: 0.4}",
    "{weight: -strong, graded: {by: charge, from: 1, to: -2, low: gap, high: length}}",
    "{weight: strong, graded: [{by: charge, from: 0, to: 2}, {by: mass, from: 0, to: 1}]}",
    "{weight: -strong, tag: pfas}",
    "{veto: lethal}",
    "{tag: odour}",
]


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_explanations_agree_with_the_batch(make_rulebook, condition_writer, random_rows, by_name, chance):
    writer, rules = condition_writer(chance), []
    for _ in range(5):
        text = writer.write().text
        try:
            parse_condition(text, by_name)
        except InputError:
            continue
        effect = chance.choice(EFFECTS)
        exclusive = chance.choice([None, "one", "one"]) if "weight" in effect else None
        rules.append((text, effect, None, exclusive))
    if not rules:
        return
    if sum(rule[3] == "one" for rule in rules) == 1:
        rules = [(*rule[:3], None) for rule in rules]
    rulebook = make_rulebook(*rules)
    table = Table.from_rows(random_rows(random.Random(chance.randrange(10**6)), 12))
    evaluation = evaluate(rulebook, table)
    for row in range(len(table)):
        states = explain_row(rulebook, table, row)
        assert [state.rule for state in states] == list(rulebook.rules)
        for number, state in enumerate(states):
            truth = evaluation.truth[number, row]
            if evaluation.not_applicable[number, row]:
                assert (state.state, truth) == ("not applicable", -1)
            else:
                assert state.state == STATES[truth]
            assert bool(state.missing) == (state.state == "unknown")
            assert [clause.text for clause in state.clauses] == [
                leaf.text for leaf in state.rule.when.expression.leaves()
            ]
            for name in state.missing:
                assert name in state.rule.columns
        added = round(sum(state.added for state in states), 9)
        assert added == pytest.approx(evaluation.score[row], abs=2e-9)
        low, high = (round(sum(state.contribution[side] for state in states), 9) for side in (0, 1))
        assert low == pytest.approx(evaluation.score_low[row], abs=2e-9)
        assert high == pytest.approx(evaluation.score_high[row], abs=2e-9)


def _explain(make_rulebook, condition, row, effect="{weight: strong}"):
    return explain_row(make_rulebook((condition, effect)), Table.from_rows([row]), 0)[0]


def test_a_rule_that_fired(make_rulebook):
    state = _explain(make_rulebook, "0 < charge < 2 and donor == 'S'", {"charge": 1.0, "donor": "S"})
    assert state.state == "fired"
    assert state.contribution == (2.0, 2.0)
    assert [(clause.text, clause.truth, clause.values) for clause in state.clauses] == [
        ("0 < charge", 1, {"charge": 1.0}),
        ("charge < 2", 1, {"charge": 1.0}),
        ("donor == 'S'", 1, {"donor": "S"}),
    ]


def test_only_what_would_have_decided_is_missing(make_rulebook):
    row = {"charge": Missing("run it"), "gap": Failed("no convergence"), "acid": False, "donor": None}
    state = _explain(make_rulebook, "acid and charge > 1 or gap > 1 and donor != 'S'", row)
    assert state.state == "unknown"
    assert state.missing == {"gap": "failed (no convergence)", "donor": "missing"}
    assert state.contribution == (0.0, 2.0)
    assert [clause.truth for clause in state.clauses] == [-1, 0, 0, 0]


@pytest.mark.parametrize(
    ("row", "contributions", "displaced"),
    [
        ({"acid": True, "salt": None}, [(2.0, 2.0), (0.0, 0.0), (0.0, 0.0)], [(), ("rule-0",), ("rule-0",)]),
        ({"acid": None, "salt": None}, [(0.0, 2.0), (0.0, 0.0), (-0.4, 0.0)], [(), ("rule-0", "rule-2"), ()]),
        ({"acid": False, "salt": None}, [(0.0, 0.0), (0.0, 0.4), (-0.4, 0.0)], [(), (), ()]),
        ({"acid": False, "salt": True}, [(0.0, 0.0), (0.4, 0.4), (0.0, 0.0)], [(), (), ()]),
        ({"acid": True, "salt": True}, [(2.0, 2.0), (0.0, 0.0), (0.0, 0.0)], [(), ("rule-0",), ()]),
    ],
)
def test_what_displaces_an_exclusive_rule_is_named(make_rulebook, row, contributions, displaced):
    rulebook = make_rulebook(
        ("acid", "{weight: strong}", None, "one"),
        ("salt", "{weight: slight}", None, "one"),
        ("not salt", "{weight: -slight}", None, "one"),
    )
    states = explain_row(rulebook, Table.from_rows([row]), 0)
    assert [state.contribution for state in states] == contributions
    assert [state.displaced_by for state in states] == displaced


def test_an_expression_without_a_value_is_named(make_rulebook):
    state = _explain(make_rulebook, "charge / gap > 1", {"charge": 1.0, "gap": 0.0}, "{weight: -strong}")
    assert state.state == "unknown"
    assert state.missing == dict.fromkeys(("charge", "gap"), "charge / gap > 1 has no finite value here")
    assert state.contribution == (-2.0, 0.0)


def test_a_value_without_meaning(make_rulebook):
    state = _explain(make_rulebook, "length > 5 and acid", {"length": NotApplicable("an ion"), "acid": True})
    assert (state.state, state.contribution, state.missing) == ("not applicable", (0.0, 0.0), {})
    assert state.clauses[0].values == {"length": NotApplicable("an ion")}


def test_the_sentence_is_filled_in(tmp_path, columns, vocabulary, make_rulebook):
    from dataclasses import replace

    from ligandkb.rules.language.templates import parse_template
    from ligandkb.rules.rulebook import Rulebook

    template, _ = parse_template("{charge:.1f} e, {donor}, {length:.0f} C", {c.name: c for c in columns})
    rule = replace(make_rulebook(("charge > 1", "{weight: 1}")).rules[0], explain=template)
    table = Table.from_rows([{"charge": 1.25, "donor": Missing(), "length": NotApplicable()}])
    state = explain_row(Rulebook((rule,), vocabulary, columns), table, 0)[0]
    assert state.text == "1.2 e, missing, not applicable C"
    state = explain_row(Rulebook((rule,), vocabulary, columns), Table.from_rows([{"charge": 1.0}]), 0)[0]
    assert state.text == "1.0 e, missing, missing C"


def test_a_row_that_is_not_there(make_rulebook):
    with pytest.raises(IndexError):
        _ = explain_row(make_rulebook(("acid", "{weight: 1}")), Table.from_rows([{"acid": True}]), 1)
