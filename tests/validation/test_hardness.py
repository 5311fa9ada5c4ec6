from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.validation.hardness import table_one_report

HEADS = ["a", "b", "c", "d", "e"]


@given(st.lists(st.integers(0, 4).map(float), min_size=5, max_size=5))
def test_auc_and_exact_p_are_those_of_counting(values):
    by_head = dict(zip(HEADS, values, strict=True))
    report = table_one_report({"x": (+1, by_head)}, ["a", "b"], ["c", "d", "e"])

    def auc(chosen):
        rest = [head for head in HEADS if head not in chosen]
        wins = [
            (by_head[one] > by_head[other]) + 0.5 * (by_head[one] == by_head[other])
            for one in chosen
            for other in rest
        ]
        return sum(wins) / len(wins)

    everyone = [auc(chosen) for chosen in combinations(HEADS, 2)]
    assert report.best.auc == pytest.approx(auc(("a", "b")))
    p = sum(one >= auc(("a", "b")) - 1e-9 for one in everyone) / len(everyone)
    assert report.best.p_exact == pytest.approx(p)
    assert report.p_max_statistic == pytest.approx(p)


def test_trying_more_costs_more():
    rising = {head: float(index) for index, head in enumerate(HEADS)}
    noise = [dict(zip(HEADS, np.random.default_rng(seed).normal(size=5), strict=True)) for seed in range(20)]
    alone = table_one_report({"x": (-1, rising)}, ["a", "b"], ["c", "d", "e"])
    family = {"x": (-1, rising)} | {f"noise {index}": (+1, one) for index, one in enumerate(noise)}
    many = table_one_report(family, ["a", "b"], ["c", "d", "e"])
    assert alone.best.p_exact == alone.p_max_statistic == pytest.approx(0.1)
    assert many.best.auc == 1.0
    assert many.p_max_statistic > alone.p_max_statistic


def test_a_null_without_direction_takes_the_better_side():
    values = {head: float(index) for index, head in enumerate(HEADS)}
    report = table_one_report(
        {"x": (+1, values)}, ["a", "b"], ["c", "d", "e"], nulls={"chain length": (0, values)}
    )
    assert report.best.auc == 0.0
    assert report.nulls[0].auc == 1.0


def test_heads_without_a_value_are_named():
    report = table_one_report({"x": (+1, {"a": 1.0, "c": 0.0})}, ["a", "b"], ["c", "d"])
    assert report.best.without_value == ("b", "d")
    assert (report.best.improved, report.best.not_improved) == (("a",), ("c",))


def test_a_head_cannot_have_improved_and_not():
    with pytest.raises(ValueError, match="both outcomes: a"):
        table_one_report({"x": (+1, {})}, ["a"], ["a", "b"])
