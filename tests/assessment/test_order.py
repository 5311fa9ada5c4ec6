"""What comes first, and what can't be told apart?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ligandkb.assessment.order import Tier, in_order, tier_of
from ligandkb.assessment.verdicts import Verdict
from ligandkb.evidence.agreement import Evidence, NearOutcome, agree
from ligandkb.evidence.outcomes import Effect


@pytest.fixture
def outcome(kb):
    return replace(kb.outcomes[0], effect=Effect.IMPROVED, confound="", strength="qualitative")


def evidence(*outcomes, near=()):
    return Evidence(
        outcomes,
        near,
        (),
        agree(one.effect for one in outcomes),
        agree(one.outcome.effect for one in near if one.counts),
    )


@pytest.mark.parametrize(
    ("strength", "tier"),
    [
        ("paired", Tier.IMPROVED_BY_FIGURES),
        ("table_entry", Tier.IMPROVED_IN_A_TABLE),
        ("after_only", Tier.IMPROVED_BY_ONE_FIGURE),
        ("relative", Tier.IMPROVED_BY_ONE_FIGURE),
        ("qualitative", Tier.IMPROVED_IN_WORDS),
        ("", Tier.IMPROVED_IN_WORDS),
    ],
)
def test_evidence_orders_by_what_it_can_carry(outcome, strength, tier):
    assert tier_of(Verdict.NO_BETTER, evidence(outcome, replace(outcome, strength=strength))) is tier
    assert tier_of(Verdict.VETOED, evidence(replace(outcome, strength=strength))) is Tier.VETOED


def test_a_confounded_outcome_lifts_nothing_and_lowers(outcome):
    confounded = replace(outcome, strength="paired", confound="other_halide")
    assert tier_of(Verdict.RECOMMENDED, evidence(confounded)) is Tier.NOTHING_OR_CONFLICT
    assert tier_of(Verdict.RECOMMENDED, evidence(confounded, outcome)) is Tier.IMPROVED_IN_WORDS
    near = (NearOutcome(outcome, ("other partner, caesium",)),)
    assert tier_of(Verdict.RECOMMENDED, evidence(confounded, near=near)) is Tier.NEAR_PAIR_IMPROVED
    darker = replace(confounded, effect=Effect.DECREASED)
    assert tier_of(Verdict.RECOMMENDED, evidence(darker)) is Tier.DECREASED
    assert tier_of(Verdict.RECOMMENDED, evidence(darker, outcome)) is Tier.NOTHING_OR_CONFLICT


@pytest.fixture
def pair(kb):
    return replace(kb.assess("benzoate"), tier=Tier.NOTHING_OR_CONFLICT, band=None)


def bands(*scores, pair):
    items = [replace(pair, score=middle, score_low=low, score_high=high) for low, middle, high in scores]
    return [(item.score, item.band) for item in in_order(items)]


def test_scores_that_overlap_share_a_band_with_the_best_and_chains_end(pair):
    scores = ((1.0, 1.2, 1.4), (0.7, 0.9, 1.1), (0.4, 0.6, 0.8), (0.2, 0.2, 0.2))
    assert bands(*scores, pair=pair) == [(1.2, 1), (0.9, 1), (0.6, 2), (0.2, 3)]


def test_exact_scores_share_a_band_only_where_they_are_equal(pair):
    assert bands((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (0.9, 0.9, 0.9), pair=pair) == [
        (1.0, 1),
        (1.0, 1),
        (0.9, 2),
    ]


def test_inside_a_band_what_can_be_used_comes_first(pair):
    def wide(**safety):
        return replace(pair, score_low=0.0, score=1.0, score_high=2.0, safety=replace(pair.safety, **safety))

    dangerous = wide(dangers_to_people=("corrosive", "toxic"))
    insoluble = wide(tags=("insoluble",), dangers_to_people=())
    to_be_made = replace(wide(dangers_to_people=()), orderable=False)
    undecided = replace(wide(dangers_to_people=()), verdict=Verdict.UNDECIDED)
    best = wide(dangers_to_people=())
    items = [undecided, to_be_made, insoluble, dangerous, best]
    assert [replace(item, band=None) for item in in_order(items)] == items[::-1]


def test_what_nothing_assessed_shares_no_band_with_a_score_of_nought(pair):
    unassessed = replace(pair, score=0.0, score_low=0.0, score_high=0.0, verdict=Verdict.UNASSESSED)
    scored = replace(unassessed, verdict=Verdict.NO_BETTER)
    assert [(item.verdict, item.band) for item in in_order([unassessed, scored])] == [
        (Verdict.NO_BETTER, 1),
        (Verdict.UNASSESSED, 2),
    ]
