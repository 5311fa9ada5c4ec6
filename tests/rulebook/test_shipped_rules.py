"""The rules that ship: whole, sourced, and doing what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ligandkb.assessment.columns import DEFINITIONS, rule_columns
from ligandkb.reports.columns import columns_page
from ligandkb.resources import rules_directory
from ligandkb.rules.columns import dump_columns
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.schema import rule_file_schema
from ligandkb.rules.table import Table
from ligandkb.rules.vocabulary import read_vocabulary
from ligandkb.validation.in_sample import IN_SAMPLE, sources_of_rules
from ligandkb.validation.judged_outcomes import judged_outcomes
from ligandkb.validation.rules_on_outcomes import supporting_sources

RULES = rules_directory()


def test_columns_file_is_what_the_definitions_say():
    stale = "run: ligandkb check --write-columns rules"
    assert (RULES / "columns.yaml").read_text(encoding="utf-8") == dump_columns(rule_columns()), stale


def test_page_on_columns_is_what_the_definitions_say():
    stale = "run: ligandkb check --write-columns rules"
    assert (RULES / "columns.md").read_text(encoding="utf-8") == columns_page(DEFINITIONS), stale


def test_schema_file_is_what_the_definitions_say():
    schema = rule_file_schema(rule_columns(), read_vocabulary(RULES / "vocabulary.yaml"))
    assert json.loads((RULES / "schema.json").read_text(encoding="utf-8")) == schema


def test_every_rule_does_what_its_examples_say(kb):
    assert [str(problem) for problem in kb.example_problems()] == []


def test_rules_name_outcomes_that_exist(kb):
    known = {outcome.id for outcome in kb.outcomes} | {IN_SAMPLE}
    named = {name for rule in kb.rulebook.rules for name in rule.derived_from}
    assert named <= known


def test_weights_come_from_the_declared_scale(kb):
    named = {rule.weight_name for rule in kb.rulebook.rules if rule.weight is not None}
    assert named <= set(kb.rulebook.vocabulary.weights)


def test_every_weight_is_justified_in_words(kb):
    for rule in kb.rulebook.rules:
        if rule.weight_name is not None:
            assert rule.weight_name in rule.rationale.lower(), rule.id


def test_rules_written_from_table_1_say_so(kb):
    """A rule whose source is Table 1 and that has a weight is in-sample there."""
    for rule in kb.rulebook.rules:
        if rule.weight and any("Table 1" in source.locator for source in rule.citations):
            assert IN_SAMPLE in rule.derived_from, rule.id


def test_what_a_rule_cites_for_itself_is_in_sample_for_it(kb):
    """An outcome that a rule fires on and cites is no independent support: whoever wrote the rule had read it.

    A source that contradicts stays counted against the rule. Held are rules with a weight, and the tag that the score
    is compared with.
    """
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    truth = evaluate(kb.rulebook, Table.from_rows([one.values for one in judged])).truth
    written_from = sources_of_rules(kb.rulebook, kb.outcomes)
    for number, rule in enumerate(kb.rulebook.rules):
        if not (rule.weight or rule.tag == "may-quench"):
            continue
        fired_on = {one.source for one, fired in zip(judged, truth[number] > 0, strict=True) if fired}
        cited = {one for one in fired_on for source in supporting_sources(rule) if source.name in one}
        assert cited <= written_from[rule.id], rule.id


@pytest.mark.parametrize("name", ["hsab", "pairing", "solubility", "sample", "fit", "safety"])
def test_each_room_of_the_rulebook_is_there(name):
    assert (Path(RULES) / f"{name}.yaml").is_file()


@pytest.mark.parametrize(
    ("what", "high_above_score"),
    [
        ("trioctylphosphine oxide", 1.151),
        ("thiourea", 1.151),
        ("pyridine", 0),
    ],
)
def test_soft_and_borderline_never_enter_one_range_together(kb, what, high_above_score):
    """A12b: nothing is soft and borderline at once; an unclassed donor's range goes up to soft, and no further."""
    by_class = [state for state in kb.rule_states(kb.assess(what)) if state.rule.exclusive == "hsab-class"]
    above = sum(state.contribution[1] - state.added for state in by_class)
    assert above == pytest.approx(high_above_score)
    assert sum(any(state.contribution) for state in by_class) == 1


def test_exclusive_rules_are_those_that_exclude_each_other(kb):
    groups = {}
    for rule in kb.rulebook.rules:
        if rule.exclusive is not None:
            groups.setdefault(rule.exclusive, set()).add(rule.id)
    assert groups == {
        "hsab-class": {"soft-donor", "borderline-donor"},
        "carboxylate-head": {"lead-over-proton", "softer-carboxylate-than-oleate"},
        "partner-head": {"quaternary-partner-with-methyl-groups", "secondary-partner"},
    }
    for assessment in map(kb.assess, ("benzoic acid", "trioctylphosphine", "difluoroacetic acid")):
        fired = [state.rule for state in kb.rule_states(assessment) if state.state == "fired"]
        named = [rule.exclusive for rule in fired if rule.exclusive is not None]
        assert len(named) == len(set(named)) == 1
