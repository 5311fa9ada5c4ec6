from __future__ import annotations

import pytest

from ligandkb.changes.compare import Cause, changes
from ligandkb.changes.faults import Fault
from ligandkb.changes.stored import ranking_of


def row(ligand="benzoic-acid", **other):
    safety = {"tags": [], "vetoes": [], "lifted": []} | other.pop("safety", {})
    return {
        "ligand": ligand,
        "binding_form": "benzoate",
        "binding_form_smiles": "O=C([O-])c1ccccc1",
        "partner": "oleylammonium",
        "verdict": "recommended",
        "score": 0.6,
        "score_low": 0.6,
        "score_high": 0.6,
        "reasons": ["Chelating ligand (+0.6)"],
        "observed": None,
        "safety": safety,
    } | other


def compared(old, new, *faults, now=None, **meta):
    olds, news = ([one] if isinstance(one, dict) else one for one in (old, new))
    crystal = {"composition": "CsPbBr3"}
    return changes(
        ranking_of("old", crystal | meta, olds),
        ranking_of("new", crystal | {"schema_version": 2} | (now or {}), news),
        faults,
    )


def only(found):
    (change,) = found.changed
    return change


def test_what_is_the_same_is_no_change():
    found = compared(row(), row(score=0.6 + 1e-5))
    assert (found.changed, found.unchanged) == ((), 1)


def test_another_word_for_a_verdict_is_no_change():
    assert compared(row(verdict="unlikely"), row(verdict="no-better")).unchanged == 1
    assert only(compared(row(verdict="unlikely"), row(verdict="undecided"))).verdict_changed
    assert (
        only(compared(row(verdict="unlikely"), row(verdict="unassessed", reasons=[]))).causes[-1].kind
        == "no rule speaks"
    )


def test_rules_that_came_went_or_weigh_otherwise():
    new = row(
        reasons=["Chelating ligand (+0.2)", "Phosphonate (+1.2)"], score=1.4, score_low=1.4, score_high=1.4
    )
    old = row(reasons=["Chelating ligand (+0.6)", "Sulfonate (+0.6)"])
    assert only(compared(old, new)).causes == (
        Cause("other weight", "Chelating ligand", 0.6, 0.2),
        Cause("rule gone", "Sulfonate", 0.6, None),
        Cause("rule new", "Phosphonate", None, 1.2),
    )


def test_a_value_that_is_known_now():
    found = only(compared(row(conjugate_acid_pka=None, score_high=1.7), row(conjugate_acid_pka=4.2)))
    assert found.causes == (Cause("known now", "conjugate_acid_pka"),)
    # A release that has no such column doesn't say that it was unknown.
    assert only(compared(row(score_high=1.7), row(conjugate_acid_pka=4.2))).causes[0].kind == "range"


def test_vetoes_that_came_stand_first_and_lifted_ones_are_still_vetoes():
    vetoed = {"tags": ["lethal"], "vetoes": ["lethal"]}
    old = [row("a", score=9.0), row("b"), row("c", safety=vetoed)]
    new = [
        row("a"),
        row("c", safety={"tags": ["lethal"], "lifted": ["lethal"]}),
        row("b", safety=vetoed, verdict="vetoed"),
    ]
    found = compared(old, new)
    assert [one.new.ligand for one in found.changed] == ["b", "a"]
    assert found.changed[0].vetoes_came == ("lethal",) and found.changed[0].decides
    back = compared(new, old).changed
    assert [(one.new.ligand, one.vetoes_went) for one in back] == [("b", ("lethal",)), ("a", ())]


def test_a_veto_that_one_of_them_lifts_is_the_reason():
    held = row(verdict="vetoed", safety={"tags": ["lethal"], "vetoes": ["lethal"]})
    lifted = row(safety={"tags": ["lethal"], "lifted": ["lethal"]})
    for old, new, kind in (
        (held, lifted, "veto lifted on your word"),
        (lifted, held, "veto no longer lifted"),
    ):
        change = only(compared(old, new))
        assert change.verdict_changed and not change.vetoes_came and not change.vetoes_went
        assert Cause(kind, "lethal") in change.causes


def test_pairs_of_another_view_are_neither_new_nor_gone():
    some = {"view": {"partners": ["caesium"], "all_partners": False, "ligand_class": ["all"]}}
    found = compared([row(), row("gone")], [row(), row("new")], now=some)
    assert (found.only_old, found.only_new, found.unchanged) == ((), (), 1)


def test_a_fault_explains_what_it_names():
    named = Fault("benzoic-acid | *", "score by +0.*", "C10", "by pKa")
    general = Fault("*", "score*", "score", "the revised rulebook")
    other = Fault("oxalic-acid | *", "score*", "C1", "never")
    new = row(score=1.2, score_low=1.2, score_high=1.2)
    assert [one.kind for one in only(compared(row(), new, other, named, general)).causes] == [
        "fixed: C10",
        "fixed: score",
    ]
    # Of all pairs alike: only where no rule says more.
    assert [one.kind for one in only(compared(row(), new | {"reasons": []}, general)).causes] == ["rule gone"]


def test_pairs_of_one_ranking_alone():
    found = compared([row(), row("gone")], [row(), row("new")])
    assert [[pair.ligand for pair in pairs] for pairs in (found.only_old, found.only_new)] == [
        ["gone"],
        ["new"],
    ]
    # What a shortened ranking leaves out isn't new, and isn't gone.
    assert compared([row()], [row(), row("new")], pairs=2).only_new == ()
    assert compared([row(), row("gone")], [row()], now={"pairs": 2}).only_old == ()


@pytest.mark.parametrize("field", ["tags_came", "tags_went"])
def test_tags(field):
    tagged = row(safety={"tags": ["pfas"]})
    old, new = (row(), tagged) if field == "tags_came" else (tagged, row())
    assert getattr(only(compared(old, new)), field) == ("pfas",)
    assert not only(compared(old, new)).decides
