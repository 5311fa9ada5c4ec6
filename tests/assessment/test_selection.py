"""Does a selection show what was asked for, and say what it left out?"""

from __future__ import annotations

from dataclasses import replace

import pytest

import ligandkb as lk
from ligandkb.assessment.measured import measured_in_short
from ligandkb.assessment.selection import Selection, is_orderable, selection
from ligandkb.assessment.verdicts import Verdict
from ligandkb.evidence.agreement import Evidence, agree
from ligandkb.evidence.outcomes import Effect


@pytest.fixture(scope="module")
def pairs(kb):
    return kb.assessments("CsPbBr3")


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"verdict": "undecided"}, lambda one: one.verdict is Verdict.UNDECIDED),
        ({"verdict": ["vetoed", "no-better"]}, lambda one: one.verdict in ("vetoed", "no-better")),
        ({"measured": "improved"}, lambda one: one.evidence.observed == "improved"),
        ({"measured": "not-improved"}, lambda one: one.evidence.observed == "not_improved"),
        (
            {"measured": "figures"},
            lambda one: any(outcome.strength == "paired" for outcome in one.evidence.outcomes),
        ),
        ({"measured": "near"}, lambda one: not one.evidence.observed and one.evidence.near_observed),
        ({"measured": "nothing"}, lambda one: not (one.evidence.observed or one.evidence.near_observed)),
        ({"exclude_tag": "lethal"}, lambda one: "lethal" not in (*one.safety.tags, *one.safety.vetoes)),
        ({"soluble": True}, lambda one: one.values["soluble"] is True),
        ({"orderable": True}, lambda one: one.orderable),
        ({"min_score": 0.5}, lambda one: one.score >= 0.5),
    ],
)
def test_what_is_kept_is_what_was_asked_for(kb, pairs, asked, holds):
    wanted = selection(kb.rulebook.vocabulary.tags, **asked)
    assert [wanted.keeps(one) for one in pairs] == [bool(holds(one)) for one in pairs]
    assert any(map(wanted.keeps, pairs))


def test_a_donor_is_any_group_that_can_bind(kb, pairs):
    wanted = selection(kb.rulebook.vocabulary.tags, donor=["carboxylate", "thiolate"])
    kept = {one.pair.form.name for one in pairs if wanted.keeps(one)}
    assert {"benzoate", "1-dodecanethiolate"} <= kept
    assert "oleylamine" not in kept


def test_the_mass_is_that_of_the_product_as_bought(pairs):
    salt = next(one for one in pairs if one.pair.product.id == "didodecyldimethylammonium-bromide")
    assert not Selection(max_molar_mass_g_per_mol=400).keeps(salt)
    assert Selection(max_molar_mass_g_per_mol=463).keeps(salt)


def test_every_wrong_word_is_named_at_once(kb):
    with pytest.raises(lk.UsageError) as refused:
        kb.ranked(verdict="recomended", donor=["amin"], exclude_tag="pfa", measured="better")
    said = str(refused.value)
    assert "did you mean 'recommended'" in said
    assert "'amine'" in said
    assert "did you mean 'pfas'" in said
    assert "'better' is no word for what was measured" in said


@pytest.mark.parametrize("limit", ["max_molar_mass_g_per_mol", "min_score"])
def test_a_limit_that_is_no_number_leaves_nothing_out_unsaid(limit):
    with pytest.raises(lk.UsageError, match=f"{limit}: nan is no limit"):
        selection([], **{limit: float("nan")})


@pytest.mark.parametrize("mass", [-5, 0])
def test_no_product_weighs_nothing_or_less(mass):
    """It was taken, and said that none fits."""
    with pytest.raises(
        lk.UsageError, match=f"max_molar_mass_g_per_mol: {mass} g/mol is no molar mass: write"
    ):
        selection([], max_molar_mass_g_per_mol=mass)
    assert selection([], min_score=-5).min_score == -5


def test_left_out_counts_add_up_and_vetoed_pairs_are_counted(kb, pairs):
    ranked = kb.ranked(exclude_tag="lethal", verdict=["recommended", "undecided"])
    left_out = ranked.meta["selection"]
    assert left_out["pairs"] + len(ranked.assessments) == len(pairs) == ranked.meta["pairs"]
    assert left_out["vetoed"] == sum(one.verdict is Verdict.VETOED for one in pairs)
    assert left_out["may_have"]["lethal"] > 0, "labels that nobody read clear nothing"


def test_a_lab_s_offer_can_be_ordered(kb):
    pair = kb.assess("2,2-difluorononanoic acid").pair
    assert not is_orderable(pair)
    assert is_orderable(pair, {pair.product.id})


def test_a_data_frame_holds_what_the_ranked_pairs_hold(kb):
    asked = {"donor": "phosphonate", "soluble": True, "top": 4}
    frame, ranked = kb.rank(**asked), kb.ranked(**asked)
    assert frame["binding_form"].tolist() == [row["binding_form"] for row in ranked.rows()]
    assert frame["rank"].tolist() == [row["rank"] for row in ranked.rows()]
    assert frame.attrs["selection"] == ranked.meta["selection"]


def effects_of(pair, *effects, **changed):
    """Evidence of one pair in words, with these effects."""
    outcome = replace(
        pair.evidence.outcomes[0],
        plqy_before=None,
        plqy_after=None,
        relative_change=None,
        strength="qualitative",
        confound="",
        **changed,
    )
    outcomes = tuple(replace(outcome, effect=effect) for effect in effects)
    return Evidence(outcomes, (), (), agree(effects), None)


def test_what_was_measured_in_short(kb):
    pair = kb.assess("hexylphosphonic acid")

    def said(*effects, **changed):
        return measured_in_short(effects_of(pair, *effects, **changed), pair.composition)

    up, down, same = Effect.IMPROVED, Effect.DECREASED, Effect.NOT_IMPROVED
    plain = {"is_shipped": False, "composition": pair.composition}
    assert said(up, **plain) == "words: improved"
    assert said(down, same, **plain) == "words: decreased"
    assert said(up, up, same, **plain) == "conflict: 2 improved, 1 not"
    assert measured_in_short(Evidence((), (), (), None, None), pair.composition) is None


def test_a_confounded_figure_speaks_only_where_nothing_sound_does(kb):
    pair = kb.assess("hexylphosphonic acid")
    sound = next(one for one in pair.evidence.outcomes if one.plqy_before == 0.76)
    other = replace(sound, plqy_before=0.2, plqy_after=0.9, confound="mixed_treatment")
    both = Evidence((other, sound), (), (), agree([sound.effect, other.effect]), None)
    assert measured_in_short(both, pair.composition) == "76 → 98 %"
    alone = replace(both, outcomes=(other,))
    assert measured_in_short(alone, pair.composition) == "20 → 90 %, confounded"
