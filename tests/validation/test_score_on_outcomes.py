"""Is each outcome scored without the rules written from its source, and held beside what must be beaten?"""

from dataclasses import replace

import pytest

from ligandkb.missing import Missing
from ligandkb.problems import InputError
from ligandkb.validation.in_sample import source_of, sources_of_rules
from ligandkb.validation.judged_outcomes import judged_outcomes
from ligandkb.validation.measures import Sides, area_under_curve
from ligandkb.validation.other_scores import read_scores
from ligandkb.validation.score_on_outcomes import predictors, scored_outcomes


@pytest.fixture(scope="module")
def judged(made_up):
    return judged_outcomes(made_up.catalogue, made_up.outcomes, made_up.judge())


@pytest.fixture(scope="module")
def scored(made_up, judged):
    return scored_outcomes(made_up.rulebook, judged, sources_of_rules(made_up.rulebook, made_up.outcomes))


@pytest.fixture(scope="module")
def weights(made_up):
    return {rule.id: rule.weight for rule in made_up.rulebook.rules}


def test_rules_written_from_a_source_do_not_count_on_its_outcomes(scored, weights):
    by_id = {one.judged.outcome.id: one for one in scored}
    halide, quaternary = weights["a-halide"], weights["a-quaternary-partner"]
    seen, unseen = by_id["bromide-1"], by_id["bromide-2"]
    assert (seen.left_out, unseen.left_out) == (("a-halide",), ())
    assert seen.score == pytest.approx(unseen.score_out_of_sample) == pytest.approx(halide + quaternary)
    assert seen.score_out_of_sample == pytest.approx(quaternary)
    # Of the same source, on which that rule is silent.
    assert by_id["butyrate-1"].left_out == ("a-halide",)
    assert by_id["butyrate-1"].score_out_of_sample == pytest.approx(0.5 * weights["long-chains"])


def test_predictors_are_held_against_the_same_outcomes(scored):
    found = {one.name: one for one in predictors(scored)}
    score = found["score, out of sample"]
    sides = [
        [one.score_out_of_sample for one in scored if one.judged.improved is side] for side in (True, False)
    ]
    assert score.auc.value == pytest.approx(area_under_curve(*sides))
    assert (score.on, score.sources) == (Sides(5, 3), 4)
    assert (score.difference.value, score.difference.low, score.difference.high) == (0, 0, 0)
    assert found["constant"].auc.value == 0.5
    tags = [
        [-float(one.is_tagged) for one in scored if one.judged.improved is side] for side in (True, False)
    ]
    assert (
        found["not tagged may-quench"].auc.value
        == pytest.approx(area_under_curve(*tags))
        == pytest.approx(0.4)
    )
    heads = found["more heavy atoms in the head"]
    assert heads.on == score.on
    acidity = found["low pKa of the conjugate acid"]
    with_pka = [one for one in scored if isinstance(one.judged.values["conjugate_acid_pka"], float)]
    assert acidity.on == Sides.of(one.judged.improved for one in with_pka)
    on_the_same = [
        [one.score_out_of_sample for one in with_pka if one.judged.improved is side] for side in (True, False)
    ]
    assert acidity.score_auc.value == pytest.approx(area_under_curve(*on_the_same))


def test_a_tag_written_from_an_outcome_does_not_predict_it(made_up, made_up_rules, judged):
    rulebook = made_up_rules(
        ("rings", "aromatic_ring_count > 0", "{tag: may-quench}"), rings={"derived_from": "benzoate-1"}
    )
    found = scored_outcomes(rulebook, judged, sources_of_rules(rulebook, made_up.outcomes))
    assert not any(one.is_tagged for one in found)
    assert all(one.left_out == () for one in found)  # a tag weighs nothing


def test_other_scores_stand_beside_it(scored):
    given = {"bromide-1": 2.0, "butyrate-1": 1.0, "acetate-1": 3.0}
    (other,) = (one for one in predictors(scored, {"0.1.0": given}) if one.name == "0.1.0")
    assert (other.on, other.auc.value) == (Sides(1, 2), 0.5)


def test_nothing_is_said_where_one_side_is_empty(scored):
    found = predictors([one for one in scored if one.judged.improved])
    assert all(one.auc.value != one.auc.value for one in found)


def test_scores_are_read_by_outcome(tmp_path):
    path = tmp_path / "0.1.0.csv"
    path.write_text("id,score,partner\na,1.5,x\nb,,x\nelsewhere,2,x\n")
    assert read_scores(path, {"a", "b"}) == {"a": 1.5}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,score\na,1\na,2\n", ":3:1: .*stands already in line 2"),
        ("id,score\na,high\n", ":2:3: .*not a .*number"),
        ("id\na\n", "score"),
        ("id,score\nelsewhere,1\n", "scores no outcome"),
    ],
)
def test_what_is_wrong_with_other_scores_is_said(tmp_path, text, said):
    path = tmp_path / "scores.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_scores(path, {"a"})


def test_outcomes_without_a_source_belong_to_whoever_wrote_them(made_up):
    one = replace(made_up.outcomes[0], source=None)
    assert source_of(replace(one, origin="recorded by Ada")) == "recorded by Ada"
    assert source_of(replace(one, origin="lab/outcomes.csv:7")) == source_of(
        replace(one, origin="lab/outcomes.csv:9")
    )
    assert source_of(replace(one, origin="")) == one.id


def test_a_value_that_is_not_known_orders_nothing(scored):
    blind = [
        replace(
            one, judged=replace(one.judged, values={**one.judged.values, "conjugate_acid_pka": Missing()})
        )
        for one in scored
    ]
    (acidity,) = (one for one in predictors(blind) if "pKa" in one.name)
    assert (acidity.on, acidity.sources) == (Sides(0, 0), 0)
