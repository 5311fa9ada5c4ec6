"""Is nothing proposed that could hurt somebody, can't be had, or has been tested often enough?"""

from __future__ import annotations

import pytest

import ligandkb as lk
from ligandkb.learning.candidates import MEASURED_ENOUGH, Wishes, candidates_of
from ligandkb.planning.shelf import stands_in_lab
from ligandkb.problems import UsageError


@pytest.fixture(scope="module")
def found(kb):
    """Candidates of the shipped catalogue for what is wished."""
    view = kb.assessments("CsPbBr3")

    def found(wishes=None, *, measured=None, learned_from=()):
        return candidates_of(
            view,
            kb.judge(),
            kb.catalogue,
            view[0].composition,
            wishes or Wishes(),
            measured=measured or {},
            learned_from=learned_from,
        )

    return found


def every_key(candidates):
    return {item.pair.key for item in (*candidates.pairs, *candidates.known, candidates.reference)}


def test_no_veto_and_no_danger_that_was_not_accepted_is_among_them(kb, found):
    candidates = found()
    taken = set(candidates.reference.safety.dangers_to_people)
    vetoes = set(kb.rulebook.vocabulary.vetoes)
    for item in (*candidates.pairs, *candidates.known):
        assert not item.safety.vetoes
        assert not vetoes & set(item.safety.dangers_to_people)
        assert set(item.safety.dangers_to_people) <= taken
        assert item.orderable


def test_whatever_is_wished_a_veto_stays_a_veto(kb, found):
    vetoed = {item.pair.key for item in kb.assessments("CsPbBr3") if item.safety.vetoes}
    people = {name for name, tag in kb.rulebook.vocabulary.tags.items() if tag.about == "person"}
    every_danger = people - set(kb.rulebook.vocabulary.vetoes)
    wide = found(
        Wishes(have=frozenset(product.id for product in kb.catalogue.products), accept=every_danger),
        measured=dict.fromkeys(vetoed, 1),
        learned_from=[outcome.id for outcome in kb.outcomes],
    )
    assert not vetoed & every_key(wide)
    assert len(wide.pairs) > len(found().pairs)
    for kind in kb.rulebook.vocabulary.vetoes:
        with pytest.raises(UsageError, match="is a veto"):
            found(Wishes(accept=[kind]))


def test_what_the_rules_expect_little_of_is_a_candidate_too(found):
    assert {str(item.verdict) for item in found().pairs} >= {"recommended", "no-better", "unassessed"}


def test_a_measured_failure_stands_against_a_pair_unless_the_posterior_holds_it(kb, found):
    failed = [
        item
        for item in kb.assessments("CsPbBr3")
        if str(item.evidence.observed) in ("not_improved", "decreased")
    ]
    without = {item.pair.key for item in found().pairs}
    assert not without & {item.pair.key for item in failed}
    learned = found(learned_from=[outcome.id for outcome in kb.outcomes])
    assert {item.pair.key for item in learned.pairs} & {item.pair.key for item in failed}


def test_what_was_measured_often_enough_is_known_and_not_proposed(found):
    first = found().pairs[0].pair.key
    fewer = found(measured={first: MEASURED_ENOUGH - 1})
    enough = found(measured={first: MEASURED_ENOUGH})
    assert first in {item.pair.key for item in fewer.pairs}
    assert first not in {item.pair.key for item in enough.pairs}
    assert first in {item.pair.key for item in enough.known}
    assert enough.left_out[f"measured {MEASURED_ENOUGH} times or more"] == 1


def test_only_what_stands_in_the_lab_where_that_is_wished(kb, found):
    shelf = stands_in_lab(kb.catalogue, ["oleylamine", "benzoic acid", "trioctylphosphine"])
    lab = found(Wishes(have=shelf.products, in_lab=True))
    assert {item.pair.product.id for item in lab.pairs} == {"benzoic-acid", "trioctylphosphine"}


def test_what_stands_in_the_lab_need_not_be_for_sale(kb, found):
    unsold = next(
        item for item in kb.assessments("CsPbBr3") if item.pair.product.name == "2,2-difluorononanoic acid"
    )
    assert unsold.pair.key not in every_key(found())
    shelf = stands_in_lab(kb.catalogue, ["2,2-difluorononanoic acid", "oleylamine"])
    there = found(Wishes(have=shelf.products, accept=unsold.safety.dangers_to_people))
    assert unsold.pair.key in {item.pair.key for item in there.pairs}


def test_counts_of_what_was_left_out_add_up(kb, found):
    candidates = found()
    total = len(candidates.pairs) + sum(candidates.left_out.values())
    assert total == len(kb.assessments("CsPbBr3")) == len(candidates.places)
    assert any(reason.startswith("stench: --accept stench") for reason in candidates.barred.values())
    assert not any(
        "--accept" in reason for reason in candidates.barred.values() if reason.startswith("vetoed")
    )


def test_what_has_no_donor_group_is_not_said_to_have_been_measured(tmp_path, found):
    (tmp_path / "ligands.csv").write_text("name,smiles,cas,cas_source\nhexane,CCCCCC,110-54-3,PubChem\n")
    with pytest.warns(UserWarning, match="no donor group"):
        kb = lk.load(tmp_path, db="none")
    view = kb.assessments("CsPbBr3")
    with_hexane = candidates_of(
        view, kb.judge(), kb.catalogue, view[0].composition, Wishes(), measured={}, learned_from=()
    )
    shipped = found().left_out
    assert with_hexane.left_out == shipped | {"without a donor group that is known": 1}
