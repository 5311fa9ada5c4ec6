"""Does a lab's database teach, is what can't teach refused with reasons, and is nothing dangerous learned away?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import ligandkb as lk
from ligandkb.assessment.outlook import LEARNED_COLUMNS, plqy_after
from ligandkb.learning.lessons import Word
from ligandkb.learning.observations import LeftOut
from ligandkb.learning.prior import NothingToLearn
from ligandkb.learning.refusal import left_out_words

LIMITS = " ".join((Path(__file__).parents[2] / "docs" / "learning.md").read_text(encoding="utf-8").split())
HEADER = (
    "binding_form,binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct,nc_batch\n"
)


@pytest.fixture(scope="module")
def learned(lab):
    return lab.learn()


@pytest.fixture
def with_outcomes(tmp_path, record, load_once):
    """A knowledge base in which a few lines are recorded."""

    def with_outcomes(*lines: str) -> lk.KnowledgeBase:
        table, database = tmp_path / "some.csv", tmp_path / "some.sqlite"
        table.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
        record(table, database)
        return load_once(db=str(database))

    return with_outcomes


def test_what_the_lab_measured_moves_the_rules(learned):
    assert learned.label == "from your 16 outcomes"
    assert (learned.own.improved, learned.own.not_improved) == (10, 6)
    words = {one.rule.id: one.word for one in learned.lessons}
    assert words["phosphonate-donor"] is Word.OTHER_WAY
    assert words["sulfide-source"] is Word.NOT_SEEN
    assert "1 points the other way" in repr(learned)


def test_an_outcome_without_an_effect_is_left_out_and_said(learned):
    assert [one.reason for one in learned.left_out] == ["no effect is stated"]


def test_batches_without_a_control_are_named(learned):
    assert {one.name: one.is_controlled for one in learned.controls} == {
        **dict.fromkeys(("B1", "B2", "B3"), True),
        **dict.fromkeys(("B4", "B5"), False),
    }
    assert 0 < learned.cost_of_missing_controls < 0.5


def test_published_outcomes_are_added_when_asked_for(lab):
    both = lab.learn(with_literature=True)
    assert both.own.total == 16
    assert both.literature.total > 50
    assert both.label == f"from your 16 outcomes and {both.literature.total} published ones"


# ---- what can't teach ----


def test_nothing_recorded_is_refused_with_what_to_do(kb):
    with pytest.raises(NothingToLearn) as refused:
        kb.learn()
    for word in ("no outcome of yours is recorded", "outcomes add", "--db", "--with-literature"):
        assert word in str(refused.value)


def test_one_pair_teaches_nothing(with_outcomes):
    kb = with_outcomes(
        "benzoate,,oleylammonium,CsPbBr3,improved,60,80,B1",
        "benzoate,,oleylammonium,CsPbBr3,improved,61,85,B2",
    )
    with pytest.raises(NothingToLearn, match=r"all 2 outcomes are of one pair .* measure another one"):
        kb.learn()


def test_pairs_between_which_no_rule_tells_teach_nothing(with_outcomes):
    kb = with_outcomes(
        "hexylphosphonate,,oleylammonium,CsPbBr3,improved,60,80,B1",
        "octylphosphonate,,oleylammonium,CsPbBr3,improved,61,85,B1",
    )
    with pytest.raises(NothingToLearn, match="no rule fires on some of the 2 pairs and not on others"):
        kb.learn()


def test_all_reasons_are_said_at_once(with_outcomes):
    kb = with_outcomes(
        "benzoate,,oleylammonium,CsPbBr3,improved,60,80,B1", "lactate,,oleylammonium,CsPbBr3,,60,80,B1"
    )
    with pytest.raises(NothingToLearn) as refused:
        kb.learn()
    assert "all 1 outcome are of one pair" not in str(refused.value)
    for word in ("the only outcome", "1 outcome is left out (1: no effect is stated)"):
        assert word in str(refused.value)


# ---- a ranking by it ----


def test_a_learned_ranking_holds_the_same_pairs_with_the_same_dangers_and_words(lab, learned):
    plain, taught = lab.ranked().rows(), lab.ranked(learned=learned).rows()
    key = ("ligand", "binding_form_smiles", "partner")
    by_key = {tuple(row[name] for name in key): row for row in plain}
    assert len(by_key) == len(taught)
    for row in taught:
        was = by_key[tuple(row[name] for name in key)]
        assert row["rank_by_rules"] == was["rank"]
        assert {name: row[name] for name in was if name != "rank"} == {
            name: value for name, value in was.items() if name != "rank"
        }


def test_what_is_vetoed_comes_last_whatever_was_learned(lab, learned):
    rows = lab.ranked(learned=learned).rows()
    vetoed = [row["verdict"] == "vetoed" for row in rows]
    assert sum(vetoed) == 10
    assert vetoed == sorted(vetoed)
    closed = [
        row["expected_headroom_closed"] for row, is_vetoed in zip(rows, vetoed, strict=True) if not is_vetoed
    ]
    assert closed == sorted(closed, reverse=True)


def test_what_the_lab_saw_fail_falls_and_what_is_like_it(lab, learned):
    rows = lab.ranked(learned=learned, donor="phosphonate", verdict="recommended").rows()
    measured, others = ([row for row in rows if bool(row["own_outcomes"]) is one] for one in (True, False))
    assert len(measured) >= 3
    assert len(others) >= 3
    assert all(row["probability_improved"] < 0.2 for row in measured)
    assert all(row["probability_improved"] < 0.5 and row["rank"] > row["rank_by_rules"] for row in others)

    def breadth(row):
        return row["expected_headroom_closed_high"] - row["expected_headroom_closed_low"]

    assert max(map(breadth, measured)) < min(map(breadth, others))


def test_figures_are_labelled_and_hang_together(lab, learned):
    for row in lab.ranked(learned=learned, plqy_start_pct=62).rows():
        assert row["learned_from"] == "from your 16 outcomes"
        assert 0 <= row["probability_improved"] <= 1
        low, high = row["expected_headroom_closed_low"], row["expected_headroom_closed_high"]
        assert -1 <= low <= row["expected_headroom_closed"] <= high <= 1
        assert row["expected_plqy_low"] == pytest.approx(plqy_after(0.62, low), abs=1e-5)
        assert row["expected_plqy_low"] <= row["expected_plqy"] <= row["expected_plqy_high"] <= 1


def test_a_plqy_is_expected_from_a_stated_start_alone(lab, learned):
    assert lab.ranked(learned=learned, top=1).rows()[0]["expected_plqy"] is None


def test_the_expected_plqy_is_that_of_the_distribution(lab, learned):
    (row,) = [
        one
        for one in lab.ranked(learned=learned, plqy_start_pct=50).rows()
        if one["binding_form"] == "lactate"
    ]
    assert row["expected_plqy"] == pytest.approx(0.5 + 0.5 * row["expected_headroom_closed"], abs=1e-5)


def test_a_selection_keeps_places_and_figures(lab, learned):
    whole = {
        row["smiles"] + row["binding_form_smiles"] + row["partner"]: row
        for row in lab.ranked(learned=learned).rows()
    }
    some = lab.ranked(learned=learned, donor="carboxylate", orderable=True, top=5)
    for row in some.rows():
        was = whole[row["smiles"] + row["binding_form_smiles"] + row["partner"]]
        assert [row[name] for name in ("rank", *LEARNED_COLUMNS)] == [
            was[name] for name in ("rank", *LEARNED_COLUMNS)
        ]
    assert [some.place_text(at) for at in range(5)] == [str(row["rank"]) for row in some.rows()]


def test_a_frame_has_the_columns(lab, learned):
    frame = lab.rank(learned=learned, top=3, plqy_start_pct=62)
    assert set(LEARNED_COLUMNS) <= set(frame.columns)
    assert frame.attrs["learned"]["own_outcomes"] == 16
    assert not set(LEARNED_COLUMNS) & set(lab.rank(top=3).columns)
    assert np.isfinite(frame["expected_plqy"]).all()


def test_true_learns_from_the_lab_s_own(lab, learned):
    assert lab.ranked(learned=True, top=3).rows() == lab.ranked(learned=learned, top=3).rows()
    with pytest.raises(NothingToLearn):
        lk.load(db="none").ranked(learned=True)


def test_a_lifted_veto_is_ranked_with_the_rest_and_named(lab, learned):
    rows = lab.ranked(learned=learned, allow="lethal").rows()
    lifted = [row for row in rows if row["safety"]["lifted"]]
    assert lifted
    assert all(row["verdict"] != "vetoed" for row in lifted)
    assert all(row["verdict"] == "vetoed" for row in rows if row["safety"]["vetoes"])


def test_what_is_left_out_is_told_alike_however_it_was_recorded():
    found = [
        LeftOut("a", "removed"),
        LeftOut("b", "confounded"),
        LeftOut("c", "no effect"),
        LeftOut("d", "no effect"),
    ]
    assert left_out_words(found) == left_out_words(found[::-1]) == "2: no effect; 1: confounded; 1: removed"


@pytest.mark.parametrize("start", [99, 100])
def test_what_is_expected_lies_in_its_interval_where_little_can_be_won(lab, learned, start):
    outlooks = lab.ranked("CsPbBr3", learned=learned, plqy_start_pct=start).outlooks
    assert all(0 <= one.plqy_low <= one.plqy <= one.plqy_high <= 1 for one in outlooks)
    proposed = lab.next_batch("CsPbBr3", 2, plqy_start_pct=start).proposals
    assert all(one.outlook.plqy_low <= one.outlook.plqy <= one.outlook.plqy_high for one in proposed)


def test_a_repeat_that_contradicts_itself_counts_against_its_batch_as_the_limits_say(with_outcomes):
    kb = with_outcomes(
        "oleate,,oleylammonium,CsPbBr3,improved,60,64,B1",
        "valerate,,oleylammonium,CsPbBr3,improved,60,64,B1",
        "benzoate,,oleylammonium,CsPbBr3,improved,60,95,B1",
        "benzoate,,oleylammonium,CsPbBr3,decreased,60,10,B2",
        "octylphosphonate,,oleylammonium,CsPbBr3,not_improved,60,40,B2",
    )
    (beside,) = kb.learn().outlooks([kb.assess("octylphosphonic acid")])
    assert beside.own_outcomes == 1
    assert f"given a chance of {beside.probability_improved:.0%} to improve".replace("%", " %") in LIMITS
