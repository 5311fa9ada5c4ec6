"""Do outcomes say together what a chemist would say, and no more?"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.structure import canonical
from ligandkb.evidence.agreement import EvidenceIndex, agree
from ligandkb.evidence.outcomes import Application, Effect, Observed, Outcome

IMPROVED, NOT_IMPROVED, DECREASED = Effect.IMPROVED, Effect.NOT_IMPROVED, Effect.DECREASED
OLEYLAMMONIUM = "oleylammonium"


@pytest.mark.parametrize(
    ("effects", "observed"),
    [
        ([], None),
        ([None], None),
        ([None, None], None),
        ([IMPROVED], Observed.IMPROVED),
        ([IMPROVED, IMPROVED, None], Observed.IMPROVED),
        ([NOT_IMPROVED], Observed.NOT_IMPROVED),
        ([DECREASED], Observed.DECREASED),
        ([NOT_IMPROVED, DECREASED], Observed.DECREASED),  # Table 1's column says "negligible/negative"
        ([IMPROVED, NOT_IMPROVED], Observed.CONFLICT),
        ([IMPROVED, DECREASED], Observed.CONFLICT),
        ([IMPROVED, NOT_IMPROVED, DECREASED, None], Observed.CONFLICT),
    ],
)
def test_agreement(effects, observed):
    for order in permutations(effects):
        assert agree(order) is observed


@given(st.lists(st.sampled_from([*Effect, None])))
def test_repetition_and_order_change_nothing(effects):
    assert agree(effects) is agree(effects[::-1]) is agree([*effects, *effects])


def outcome(name: str, smiles: str, effect: Effect | None, **changes: object) -> Outcome:
    facts: dict[str, object] = {
        "partner": OLEYLAMMONIUM,
        "composition": "CsPbX3",
        "route": Application.POST_SYNTHETIC,
        **changes,
    }
    return Outcome(
        id=f"{name}-{facts['partner']}-{facts['composition']}",
        binding_form=name,
        binding_form_smiles=canonical(smiles),
        partner=str(facts["partner"]),
        composition=parse_composition(str(facts["composition"])),
        morphology="nanocrystals",
        route=Application(str(facts["route"])),
        reference_state="unknown",
        effect=effect,
        confound=str(facts.get("confound", "")),
    )


def ask(outcomes, smiles, partner=OLEYLAMMONIUM, composition="CsPbBr3"):
    index = EvidenceIndex(outcomes)
    return index.of(canonical(smiles), head_of(smiles), partner, parse_composition(composition))


ACETATE, BUTYRATE, BENZOATE = "CC(=O)[O-]", "CCCC(=O)[O-]", "O=C([O-])c1ccccc1"


def test_a_family_covers_its_members_and_a_member_speaks_of_the_family():
    rows = [outcome("acetate", ACETATE, NOT_IMPROVED)]
    assert ask(rows, ACETATE).observed is Observed.NOT_IMPROVED
    assert ask(rows, ACETATE, composition="CsPbI3").observed is Observed.NOT_IMPROVED
    rows = [outcome("acetate", ACETATE, NOT_IMPROVED, composition="CsPbBr3")]
    assert ask(rows, ACETATE, composition="CsPbX3").observed is Observed.NOT_IMPROVED


def test_another_crystal_is_near_and_says_so():
    evidence = ask([outcome("acetate", ACETATE, IMPROVED, composition="CsPbCl3")], ACETATE)
    assert (evidence.outcomes, evidence.observed) == ((), None)
    (near,) = evidence.near
    assert near.differences == ("other composition, CsPbCl3",)
    assert evidence.near_observed is Observed.IMPROVED
    assert ask([outcome("acetate", ACETATE, IMPROVED)], ACETATE, composition="MAPbBr3").observed is None


def test_another_partner_is_near_and_says_so():
    evidence = ask([outcome("acetate", ACETATE, NOT_IMPROVED, partner="caesium")], ACETATE)
    assert evidence.observed is None
    assert evidence.near[0].differences == ("other partner, caesium",)
    unknown = ask([outcome("acetate", ACETATE, NOT_IMPROVED, partner="unknown")], ACETATE)
    assert unknown.observed is None
    assert unknown.near[0].differences == ("partner not stated",)


def test_the_same_head_is_near_and_says_so():
    evidence = ask([outcome("butyrate", BUTYRATE, NOT_IMPROVED)], ACETATE)
    assert evidence.observed is None
    assert evidence.near[0].differences == ("same head, butyrate",)
    assert evidence.near_observed is Observed.NOT_IMPROVED


def test_two_differences_are_shown_but_do_not_count():
    evidence = ask([outcome("butyrate", BUTYRATE, NOT_IMPROVED, partner="caesium")], ACETATE)
    assert evidence.near[0].differences == ("same head, butyrate", "other partner, caesium")
    assert not evidence.near[0].counts
    assert evidence.near_observed is None


def test_a_confounded_near_outcome_does_not_count():
    evidence = ask([outcome("butyrate", BUTYRATE, IMPROVED, confound="other_halide")], ACETATE)
    assert len(evidence.near) == 1
    assert evidence.near_observed is None


def test_another_head_is_no_evidence():
    evidence = ask([outcome("benzoate", BENZOATE, IMPROVED)], ACETATE)
    assert (evidence.outcomes, evidence.near, evidence.removals) == ((), (), ())


def test_a_removal_is_kept_apart_and_never_counted():
    rows = [outcome("oleate", ACETATE, DECREASED, route="removal")]
    evidence = ask(rows, ACETATE)
    assert evidence.removals == (rows[0],)
    assert (evidence.outcomes, evidence.near) == ((), ())
    assert evidence.observed is None
    assert evidence.near_observed is None
    assert ask(rows, BUTYRATE).near == ()
    assert ask([*rows, outcome("oleate", ACETATE, IMPROVED)], ACETATE).observed is Observed.IMPROVED


def test_conflict_is_visible_with_both_outcomes():
    rows = [
        outcome("acetate", ACETATE, IMPROVED, composition="CsPbBr3"),
        outcome("acetate", ACETATE, NOT_IMPROVED),
    ]
    evidence = ask(rows, ACETATE)
    assert evidence.observed is Observed.CONFLICT
    assert evidence.outcomes == tuple(rows)


def test_an_outcome_without_comparison_is_shown_and_says_nothing():
    rows = [outcome("acetate", ACETATE, None)]
    evidence = ask(rows, ACETATE)
    assert evidence.outcomes == tuple(rows)
    assert evidence.observed is None


def test_each_outcome_is_counted_once():
    rows = [outcome("acetate", ACETATE, IMPROVED)]  # its form is its own head
    evidence = ask(rows, ACETATE)
    assert (len(evidence.outcomes), len(evidence.near)) == (1, 0)


def test_nothing_known():
    evidence = ask([], ACETATE)
    assert (evidence.outcomes, evidence.near, evidence.removals, evidence.observed) == ((), (), (), None)
