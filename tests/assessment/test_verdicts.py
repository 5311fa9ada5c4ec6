"""What does a range of scores come to?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ligandkb.assessment.verdicts import Reference, Verdict, verdict_against

OLEATE = Reference("oleylammonium-oleate", 0.0, 0.2)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.3, 0.3, Verdict.RECOMMENDED),
        (0.2, 0.9, Verdict.UNDECIDED),
        (-1.0, 0.1, Verdict.UNDECIDED),
        (-1.0, 0.0, Verdict.NO_BETTER),
        (0.0, 0.2, Verdict.NO_BETTER),
        (0.0, 0.1, Verdict.UNDECIDED),
    ],
)
def test_ranges_are_held_against_the_reference_s(low, high, verdict):
    assert verdict_against(OLEATE, low, high, assessed=True)[0] is verdict


def test_what_no_rule_speaks_of_is_neither_good_nor_bad():
    assert verdict_against(OLEATE, 0.0, 0.0, assessed=False)[0] is Verdict.UNASSESSED
    assert verdict_against(OLEATE, 0.0, 0.0, assessed=False, suspected=["lethal"])[0] is Verdict.UNDECIDED


def test_a_tag_may_take_the_place_of_a_recommendation_and_of_nothing_else():
    instead = {"undecided": "it may take lead out of the crystal"}
    assert verdict_against(OLEATE, 1.0, 1.0, assessed=True, instead=instead) == (
        Verdict.UNDECIDED,
        "it may take lead out of the crystal",
    )
    assert verdict_against(OLEATE, -1.0, -1.0, assessed=True, instead=instead)[0] is Verdict.NO_BETTER


def test_what_may_strip_lead_is_not_recommended_from_prediction_alone(kb):
    found = kb.assess("CC(O)(P(=O)(O)O)P(=O)(O)O")
    assert "strips-lead" in found.safety.tags
    assert found.verdict != "recommended"
    tags = kb.rulebook.vocabulary.tags
    lifted = tags | {"strips-lead": tags["strips-lead"]._replace(instead=None)}
    free = replace(kb, rulebook=replace(kb.rulebook, vocabulary=kb.rulebook.vocabulary._replace(tags=lifted)))
    assert free.assess("CC(O)(P(=O)(O)O)P(=O)(O)O").verdict == "recommended"
