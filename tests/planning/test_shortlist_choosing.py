"""Is what is chosen worth ordering together, and does nothing dangerous slip in?"""

from __future__ import annotations

import pytest

import ligandkb as lk
from ligandkb.planning.shortlist import shortlist
from ligandkb.planning.shortlist_obstacles import Kind
from ligandkb.planning.shortlist_spread import donor_family, head_and_protons

CRYSTALS = ("CsPbBr3", "CsPbCl3", "CsPbI3", "CsPbBr1.5Cl1.5")


@pytest.fixture(scope="module")
def ask(kb):
    """A panel for a crystal; assessments are made once."""
    made = {}

    def ask(crystal, **asked):
        composition = lk.parse_composition(crystal)
        if crystal not in made:
            made[crystal] = kb.assessments(composition)
        return shortlist(made[crystal], kb.judge(), kb.catalogue, composition, **asked)

    return ask


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_no_two_candidates_share_a_head_and_four_families_are_there(ask, crystal):
    found = ask(crystal)
    assert len(found.picks) == 8
    heads = [head_and_protons(pick.assessment.head) for pick in found.picks]
    assert len(set(heads)) == 8
    assert len({donor_family(pick.assessment) for pick in found.picks}) >= 4
    assert len({pick.assessment.pair.product.id for pick in found.picks}) == 8


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_the_controls_are_in(ask, crystal):
    found = ask(crystal)
    roles = {pick.role: pick for pick in found.controls}
    assert roles["reference"].name == "oleate + oleylammonium"
    assert roles["expected failure"].assessment.verdict is lk.Verdict.NO_BETTER
    if crystal == "CsPbBr1.5Cl1.5":
        assert "native halide" not in roles
        assert any("several halides" in note for note in found.meta["notes"])
    else:
        halide = {"CsPbBr3": "[Br-]", "CsPbCl3": "[Cl-]", "CsPbI3": "[I-]"}[crystal]
        assert roles["native halide"].assessment.pair.form.form.smiles == halide
    assert not {pick.name for pick in found.picks} & {pick.name for pick in found.controls}


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_all_can_be_ordered_and_nothing_is_vetoed_insoluble_or_more_dangerous_than_the_reference(
    ask, crystal
):
    for pick in ask(crystal).everything:
        safety = pick.assessment.safety
        assert not safety.vetoes
        assert set(safety.dangers_to_people) <= {"corrosive"}
        assert pick.assessment.values["soluble"] is not False
        assert all(product.cas or product.supplier for product in pick.assessment.pair.recipes[0].products)


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_each_sentence_is_about_its_own_pair(ask, crystal):
    picks = ask(crystal).picks
    assert len({pick.why for pick in picks}) == len({pick.teaches for pick in picks}) == len(picks)
    for pick in picks:
        assert "If it brightens: " in pick.teaches
        assert "If not: " in pick.teaches


def test_a_danger_is_refused_by_name_until_it_is_accepted(ask):
    refused = {one.assessment.pair.form.name: one for one in ask("CsPbBr3").passed_over}
    assert refused["methanesulfonate"].kind is Kind.DANGER
    assert refused["methanesulfonate"].reason == "toxic"
    accepted = ask("CsPbBr3", accept=["toxic", "toxic"])
    assert accepted.meta["accepted_on_your_word"] == ["toxic"]
    assert "methanesulfonate" in {pick.assessment.pair.form.name for pick in accepted.picks}


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_what_is_vetoed_never_comes_in_whatever_is_accepted(kb, ask, crystal):
    people = {name for name, tag in kb.rulebook.vocabulary.tags.items() if tag.about == "person"}
    every = people - set(kb.rulebook.vocabulary.vetoes)
    found = ask(crystal, n=50, accept=every)
    assert not [pick.name for pick in found.everything if pick.assessment.safety.vetoes]
    assert not [pick.name for pick in found.everything if "lethal" in pick.assessment.safety.tags]


@pytest.mark.parametrize(("tag", "said"), [("lethal", "is a veto"), ("corosive", "did you mean 'corrosive'")])
def test_what_cannot_be_accepted_is_said(ask, tag, said):
    with pytest.raises(lk.UsageError, match=said):
        ask("CsPbBr3", accept=[tag])


def test_what_has_to_be_in_comes_first_and_a_vetoed_one_is_refused(kb, ask):
    tosylate = kb.assess("p-toluenesulfonic-acid-monohydrate")
    assert ask("CsPbBr3", must=[tosylate]).picks[0].assessment == tosylate
    with pytest.raises(lk.UsageError, match="stands on no shortlist"):
        ask("CsPbBr3", must=[kb.assess("fluoroacetic acid")])
    with pytest.raises(lk.UsageError, match="--accept toxic --accept pfas"):
        ask("CsPbBr3", must=[kb.assess("trifluoroacetic acid")])
    with pytest.raises(lk.UsageError, match="share a head"):
        ask("CsPbBr3", must=[kb.assess("hexylphosphonic acid"), kb.assess("octylphosphonic acid")])
    with pytest.raises(lk.UsageError, match="the panel has 1 candidate: ask for more"):
        ask("CsPbBr3", n=1, must=[tosylate, kb.assess("hexylphosphonic acid")])
    with pytest.raises(lk.UsageError, match="ask for one or the other"):
        ask("CsPbBr3", must=[tosylate], without=lambda pair: pair.partner_id == "oleylammonium")


def test_what_may_be_explosive_is_no_danger_that_can_be_accepted(kb, ask):
    """A tag that bears a veto's name says that the danger is suspected."""
    suspect = next(
        item
        for item in kb.assess_all("OC(=O)c1ccc(N=[N+]=[N-])cc1")
        if "explosive" in item.safety.tags or item.safety.vetoes
    )
    with pytest.raises(lk.UsageError, match="stands on no shortlist"):
        ask("CsPbBr3", must=[suspect])


def test_what_may_be_lethal_is_refused_in_a_sentence(kb, ask):
    with pytest.raises(lk.UsageError, match=r"^must: \S.* is not excluded to be lethal: what is vetoed"):
        ask("CsPbBr3", must=[kb.assess("C[As](=O)(O)O")], accept=["toxic", "arsenic"])


def test_what_stands_in_the_lab_is_preferred_among_equals(ask):
    plain = {pick.assessment.pair.product.id for pick in ask("CsPbI3").picks}
    assert "tetradecyl-sulfobetaine" not in plain
    found = ask("CsPbBr3", have={"octadecyltrimethylammonium-bromide"})
    assert [pick.name for pick in found.picks if pick.in_lab] == []
    # Same head, evidence and score: which of them comes is the shelf's choice.
    shelf = ask("CsPbCl3", have={"dimethyldioctadecylammonium-chloride"})
    assert not any(pick.in_lab for pick in ask("CsPbCl3").picks)
    assert [pick.name for pick in shelf.picks if pick.in_lab] == ["chloride + dimethyldioctadecylammonium"]


def test_a_smaller_panel_is_the_beginning_of_a_larger_one_and_one_of_four_has_four_families(ask):
    four = ask("CsPbBr3", n=4).picks
    assert len({donor_family(pick.assessment) for pick in four}) == 4
    with pytest.raises(lk.UsageError, match="from 1 to 50"):
        ask("CsPbBr3", n=0)


def test_a_selection_and_what_is_not_wanted_leave_their_mark(ask):
    def is_carboxylate(item):
        return donor_family(item) == "carboxylate"

    found = ask("CsPbBr3", conditions={"a carboxylate": is_carboxylate})
    assert {donor_family(pick.assessment) for pick in found.picks} == {"carboxylate"}
    assert "Of one donor family only: what you asked for leaves no more." in found.meta["notes"]
    less = ask("CsPbBr3", without=lambda pair: pair.product.id == "trioctylphosphine")
    assert "trioctylphosphine" not in {pick.name for pick in less.everything}


def test_candidates_may_come_from_elsewhere_and_controls_come_from_the_catalogue(kb):
    among = [item for item in kb.assessments("CsPbBr3") if donor_family(item) == "carboxylate"]
    found = kb.shortlist("CsPbBr3", 4, among=among)
    keys = {item.pair.key for item in among}
    assert found.picks
    assert all(pick.assessment.pair.key in keys for pick in found.picks)
    assert [pick.role for pick in found.controls] == ["reference", "native halide", "expected failure"]
