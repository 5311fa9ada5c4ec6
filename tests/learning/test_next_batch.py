"""Does a lab get a batch that its own results lead to, and is what it says of them right?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ligandkb.assessment.outlook import plqy_after
from ligandkb.learning.proposals import LEAST_SHIFT, REFERENCE, REPEAT
from ligandkb.learning.so_far import known_so_far
from ligandkb.problems import UsageError

GOALS = ("bright", "learn", "balanced")
LAB = Path(__file__).with_name("lab.csv")


@pytest.fixture(scope="module")
def batch(lab):
    return lab.next_batch()


def names(found):
    return [one.name for one in found.proposals]


def test_without_outcomes_the_rulebook_speaks_alone_and_says_so(kb):
    found = kb.next_batch()
    assert "rulebook alone" in found.meta["learned_from"]
    assert found.meta["best_so_far"] is None
    assert [one.role for one in found.controls] == [REFERENCE]
    assert len(found.proposals) == 4
    for one in found.proposals:
        assert 0.5 < one.outlook.probability_improved < 0.9
        assert one.outlook.closed_low < 0 < one.outlook.closed_high


def test_what_a_lab_measured_leads_elsewhere(kb, batch):
    """Five phosphonates failed there, whatever the rulebook says of them."""
    assert any("phosphonate" in name for name in names(kb.next_batch()))
    assert not any("phosphonate" in name for name in names(batch))
    assert batch.meta["learned_from"] == "from your 16 outcomes"


@pytest.mark.parametrize("goal", GOALS)
def test_no_form_comes_twice_and_each_proposal_is_new_to_the_batch(lab, goal):
    found = lab.next_batch(n=8, goal=goal)
    forms = [one.assessment.pair.form.form.smiles for one in found.everything]
    assert len(set(forms)) == len(forms)
    assert not any(one.choice.form_again for one in found.proposals)


@pytest.mark.parametrize("goal", GOALS)
def test_a_batch_asks_several_questions(lab, goal):
    """Of each batch of four the rule that moves most is another one in three at least."""
    moved = {one.high.shifts[0].rule_id for one in lab.next_batch(goal=goal).proposals if one.high.shifts}
    assert len(moved) >= 3


def test_the_same_database_gives_the_same_answer(lab, batch):
    again = lab.next_batch()
    assert again.proposals == batch.proposals
    assert again.meta == batch.meta


def test_goals_differ_in_what_they_give(lab):
    bright, learn = (lab.next_batch(goal=goal).proposals for goal in ("bright", "learn"))
    assert sum(one.choice.improvement for one in bright) >= sum(one.choice.improvement for one in learn)
    assert sum(one.choice.information for one in learn) >= sum(one.choice.information for one in bright)


def test_what_may_not_be_weighed_in_is_to_be_beaten_but_not_repeated(lab, batch):
    repeated = next(one for one in batch.controls if one.role == REPEAT)
    assert repeated.outlook.own_outcomes > 0
    assert batch.meta["best_so_far"] == "1-dodecanethiolate + oleylammonium"
    assert batch.meta["best_not_repeated"].startswith("stench: --accept stench; ")
    accepted = lab.next_batch(accept="stench")
    assert "stench" not in accepted.meta["best_not_repeated"]
    assert accepted.meta["best_not_repeated"] in batch.meta["best_not_repeated"]


def test_what_nobody_wants_is_not_repeated_and_the_reference_says_why_it_stays(lab, batch):
    repeated = next(one for one in batch.controls if one.role == REPEAT)
    form, _ = repeated.assessment.pair.key
    other = next(one for one in lab.next_batch(without=form).controls if one.role == REPEAT)
    assert other.assessment.pair.key[0] != form
    sentence = "though you asked to be without it"
    assert sentence not in str(batch)
    assert sentence in " ".join(str(lab.next_batch(n=1, without="oleate")).split())


def test_a_good_result_raises_its_own_rules_and_a_poor_one_lowers_them(batch):
    for one in batch.proposals:
        assert one.low.closed < one.outlook.closed < one.high.closed
        assert one.high.shifts, one.name
        up = {shift.rule_id: shift.after - shift.before for shift in one.high.shifts}
        down = {shift.rule_id: shift.after - shift.before for shift in one.low.shifts}
        leading = one.high.shifts[0].rule_id
        assert up[leading] * down[leading] < 0
        assert all(abs(shift) >= LEAST_SHIFT for shift in (*up.values(), *down.values()))


@pytest.mark.parametrize("end", ["high", "low"])
def test_what_is_said_of_a_result_is_what_recording_it_teaches(lab, batch, record, load_once, tmp_path, end):
    """The first proposal's supposed result beside its controls as expected, typed into the database in per cent."""
    first = batch.proposals[0]
    change = getattr(first, end)
    results = [(first.assessment, change.closed)]
    results += [(one.assessment, one.outlook.closed) for one in batch.controls]
    lines = LAB.read_text().splitlines()
    for item, closed in results:
        form, partner = item.pair.key
        effect = "improved" if closed > 0 else "not_improved"
        lines.append(f",{form},{partner},CsPbBr3,{effect},60,{100 * plqy_after(0.6, closed):.2f},B9,")
    table, database = tmp_path / "more.csv", tmp_path / "more.sqlite"
    table.write_text("\n".join(lines) + "\n")
    record(table, database)
    kb = load_once(db=str(database))
    known = known_so_far(kb.catalogue, kb.judge(), kb.outcomes, kb.recorded)
    weights = dict(zip(known.posterior.prior.rule_ids, known.posterior.mean, strict=False))
    said = change.shifts[0]
    moved, foretold = weights[said.rule_id] - said.before, said.after - said.before
    assert moved * foretold > 0
    assert 0.85 < moved / foretold < 1.15


def test_a_vetoed_pair_that_somebody_measured_is_neither_repeated_nor_beaten(record, load_once, tmp_path):
    table = tmp_path / "vetoed.csv"
    table.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct\n"
        ",O=C([O-])CF,oleylammonium,CsPbBr3,improved,60,98\n"
        "benzoate,,oleylammonium,CsPbBr3,improved,60,70\n"
    )
    record(table, tmp_path / "vetoed.sqlite")
    kb = load_once(db=str(tmp_path / "vetoed.sqlite"))
    found = kb.next_batch()
    assert found.meta["own_outcomes"] == 2
    assert found.meta["best_so_far"] == "benzoate + oleylammonium"
    assert "Neither repeated nor to be beaten: 1 pair of yours, vetoed or" in " ".join(str(found).split())
    assert any(outcome.binding_form_smiles == "O=C([O-])CF" for outcome in kb.outcomes)
    assert not any(
        "O=C([O-])CF" in one.assessment.pair.key or one.assessment.safety.vetoes for one in found.everything
    )


def test_an_outcome_that_teaches_nothing_is_not_said_to_be_unrecorded(record, load_once, tmp_path):
    table = tmp_path / "confounded.csv"
    table.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,confound\n"
        "benzoate,,oleylammonium,CsPbBr3,improved,other_halide\n"
    )
    record(table, tmp_path / "confounded.sqlite")
    said = str(load_once(db=str(tmp_path / "confounded.sqlite")).next_batch(n=1))
    assert "without an outcome of yours" in said.lower() and "1 outcome of yours can teach nothing" in said
    assert "is recorded" not in said


def test_pairs_that_no_product_makes_are_not_said_to_be_unrecorded(record, load_once, tmp_path):
    table = tmp_path / "unknown.csv"
    table.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct\n"
        "benzoate,,unknown,CsPbBr3,improved,60,70\n"
    )
    record(table, tmp_path / "unknown.sqlite")
    said = " ".join(str(load_once(db=str(tmp_path / "unknown.sqlite")).next_batch(n=1)).split())
    assert "from your 1 outcome" in said.lower()
    assert "Best so far: the crystals as made. Neither" in said.replace(" - ", " ")
    assert "1 pair of yours" in said


def test_a_rule_that_reads_alike_before_and_after_is_not_said_to_move(record, load_once, tmp_path):
    table = tmp_path / "bright.csv"
    table.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct\n"
        "benzoate,,oleylammonium,CsPbBr3,improved,0,100\n"
    )
    record(table, tmp_path / "bright.sqlite")
    found = load_once(db=str(tmp_path / "bright.sqlite")).next_batch(n=2)
    moved = [shift for one in found.proposals for shift in one.high.shifts]
    assert any(f"{one.before:.1f}" == f"{one.after:.1f}" for one in moved)
    said = " ".join(str(found).split())
    assert re.search(r"\+\d\.\d → \+\d\.\d", said)
    assert not re.search(r"([+-]\d\.\d) → \1|±(\d\.\d) to ±\2", said)


def test_what_is_in_the_lab_alone_may_be_little_and_is_said(lab):
    found = lab.next_batch(n=4, in_lab=True, have=["oleylamine", "picolinic acid", "trioctylphosphine"])
    assert set(names(found)) == {"picolinate + oleylammonium", "trioctylphosphine"}
    assert all(one.in_lab for one in found.proposals)
    assert "2 of 4 pairs: no more are left" in str(found)
    none = lab.next_batch(in_lab=True)
    assert none.proposals == ()
    assert "No pair is left to test" in str(none)


def test_a_notebook_shows_it_with_structures_and_without_a_script(batch):
    shown = batch._repr_html_()
    assert "<svg" in shown
    assert "<script" not in shown
    for words in ("No tag is not a clearance", "from your 16 outcomes", "A poor result", "surface plan"):
        assert words in shown
    assert "picolinate + oleylammonium" in repr(batch)


def test_a_start_is_told_in_plqy(lab):
    found = lab.next_batch(plqy_start_pct=60)
    first = found.proposals[0].outlook
    assert 0.6 < first.plqy < first.plqy_high <= 1
    assert first.plqy_low < first.plqy


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"n": 0}, "n: 0 is no number of pairs from 1 to 50"),
        ({"seed": -1}, "seed: -1 is none"),
        ({"goal": "brigth"}, "did you mean 'bright'"),
        ({"accept": "explosive"}, "is a veto"),
        ({"plqy_start_pct": 0.6}, "no PLQY from 1 to 100"),
    ],
)
def test_what_can_not_be_meant_is_refused(kb, asked, said):
    with pytest.raises(UsageError, match=said):
        kb.next_batch(**asked)


def test_one_pair_measured_is_little_but_counts(kb, lab):
    """Where learn refuses, for nothing stands beside it, the next batch still starts from it."""
    one = next(outcome for outcome in lab.outcomes if not outcome.is_shipped)
    known = known_so_far(kb.catalogue, kb.judge(), [one], ())
    assert known.label == "from your 1 outcome"
    assert list(known.measured.values()) == [1]
    assert known.learned_from == {one.id}
