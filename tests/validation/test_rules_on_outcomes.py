"""Are rules counted on outcomes as one would count them by hand?"""

from dataclasses import replace
from math import exp, inf, isnan

import pytest

from ligandkb.validation.in_sample import sources_of_rules, without
from ligandkb.validation.judged_outcomes import NOT_STATED, basis_of, judged_outcomes
from ligandkb.validation.measures import Sides, likelihood_ratio, power_to_see
from ligandkb.validation.rules_on_outcomes import Pointing, Support, rules_on_outcomes


@pytest.fixture(scope="module")
def judged(made_up):
    return judged_outcomes(made_up.catalogue, made_up.outcomes, made_up.judge())


@pytest.fixture(scope="module")
def held(made_up, judged):
    found = rules_on_outcomes(made_up.rulebook, judged, sources_of_rules(made_up.rulebook, made_up.outcomes))
    return {one.rule.id: one for one in found}


def test_what_prints_no_effect_or_was_taken_away_is_left_out(made_up, judged):
    assert [one.outcome.id for one in judged] == [one.id for one in made_up.outcomes[:8]]
    basis = basis_of(judged, len(made_up.outcomes))
    assert (basis.outcomes, basis.forms, basis.confounded) == (Sides(5, 3), Sides(3, 3), 1)
    assert (basis.stored, basis.sources) == (10, 4)


def test_a_partner_that_is_not_stated_is_not_made_up(judged):
    chloride = next(one for one in judged if one.outcome.id == "chloride-1")
    assert chloride.values["partner_kind"] == chloride.values["pair_chain_length_carbons"] == NOT_STATED
    assert chloride.values["halide_is_own"] is True


def test_each_outcome_is_judged_on_its_own_crystal(judged):
    own = {one.outcome.id: one.values["halide_is_own"] for one in judged if "ide-" in one.outcome.id}
    assert own["chloride-1"] is True
    assert own["chloride-2"] is False


def test_outcomes_of_a_source_that_a_rule_was_written_from_stand_apart(held):
    """Written from bromide-1, of source a: benzoate and butyrate of the same source say nothing new either."""
    one = held["a-halide"]
    assert one.fired == Sides(2, 1)  # bromide and chloride of b; bromide of c
    assert one.decided == Sides(2, 2)  # and acetate of d
    assert one.in_sample == Sides(1, 0)
    assert one.confounded == Sides(1, 0)
    assert one.unknown == Sides(0, 0)
    assert one.ratio == likelihood_ratio(Sides(2, 1), Sides(2, 2))
    assert one.base_rate == 0.5
    assert one.claimed_ratio == pytest.approx(exp(one.rule.weight))
    assert one.power == power_to_see(one.rule.weight, Sides(2, 2), 0.75)
    assert one.pointing is Pointing.SAME_WAY
    assert one.supported_by == (Support.COUNT, Support.SOURCE)


def test_a_rule_that_fires_on_what_improved_alone_points_the_other_way_if_it_is_against(held):
    one = held["a-quaternary-partner"]
    assert one.fired == Sides(1, 0)  # bromide twice is one form
    assert one.unknown == Sides(1, 0)  # chloride with an unknown partner
    assert one.decided == Sides(2, 3)
    assert (one.ratio.value, one.ratio.high) == (inf, inf)
    assert one.pointing is Pointing.OTHER_WAY
    assert not one.is_beyond_chance
    assert one.supported_by == ()  # its only source contradicts it


def test_a_graded_rule_fires_where_something_of_its_weight_counts(held):
    one = held["long-chains"]
    grades = {"butyrate": 0.5, "acetate": 0.0}
    assert one.mean_grade == pytest.approx(grades["butyrate"])
    assert one.fired == Sides(0, 1)
    assert one.claimed_ratio == pytest.approx(exp(one.rule.weight * one.mean_grade))
    assert (one.ratio.value, one.ratio.low) == (0.0, 0.0)
    assert one.pointing is Pointing.SAME_WAY


def test_a_rule_without_a_weight_is_counted_and_claims_nothing(held):
    one = held["rings"]
    assert one.fired == Sides(1, 0)
    assert (one.claimed_ratio, one.power, one.supported_by) == (None, None, ())
    assert one.pointing is Pointing.NO_WEIGHT


def test_what_stands_apart_alone_supports_as_in_sample(made_up, made_up_rules):
    rulebook = made_up_rules(
        ("rings", "aromatic_ring_count > 0", "{weight: weak}"), rings={"derived_from": "benzoate-1"}
    )
    judged = judged_outcomes(made_up.catalogue, made_up.outcomes, made_up.judge())
    (one,) = rules_on_outcomes(rulebook, judged, sources_of_rules(rulebook, made_up.outcomes))
    assert one.pointing is Pointing.NEVER_FIRED
    assert isnan(one.ratio.value)
    assert one.in_sample == Sides(1, 0)
    assert one.supported_by == (Support.COUNT_IN_SAMPLE, Support.SOURCE)
    assert one.power == 0.0


def test_nothing_is_held_against_nothing(made_up):
    found = rules_on_outcomes(made_up.rulebook, (), {})
    assert len(found) == len(made_up.rulebook.rules)
    assert all(not one.fired and one.base_rate is None for one in found)


def test_rules_are_left_out_by_name(made_up):
    kept = without(made_up.rulebook, {"rings", "a-halide"})
    assert [rule.id for rule in kept.rules] == ["a-quaternary-partner", "long-chains"]
    assert without(made_up.rulebook, ()) == replace(made_up.rulebook)


def test_table_1_stands_for_its_paper(made_up, made_up_rules):
    rulebook = made_up_rules(
        ("rings", "aromatic_ring_count > 0", "{weight: weak}"), rings={"derived_from": "table-1"}
    )
    assert sources_of_rules(rulebook, made_up.outcomes) == {"rings": {"doi 10.1021/jacs.8b11035"}}


def test_every_shipped_rule_has_its_row(kb):
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    found = rules_on_outcomes(kb.rulebook, judged, sources_of_rules(kb.rulebook, kb.outcomes))
    assert [one.rule for one in found] == list(kb.rulebook.rules)
    for one in found:
        assert one.fired.improved <= one.decided.improved
        assert (one.power is None) == (one.rule.weight is None)
