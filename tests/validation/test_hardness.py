from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.validation.by_head import table_one_heads
from ligandkb.validation.hardness import table_one_family, table_one_report

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


def test_table_1_is_gathered_by_head():
    heads = table_one_heads(
        [
            ("CCCCCCCC(F)(F)C(=O)[O-]", True),
            ("O=C([O-])C(F)F", True),
            ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", True),
            ("CCCC(=O)[O-]", False),
            ("[Pb+2].CC(=O)[O-].CC(=O)[O-]", False),
        ]
    )
    assert list(heads.improved) == ["O=C([O-])C(F)F"]
    assert len(heads.improved["O=C([O-])C(F)F"]) == 2
    assert heads.not_improved == {"CC(=O)[O-]": ("CCCC(=O)[O-]",)}
    with pytest.raises(ValueError, match="both columns"):
        table_one_heads([("CCCC(=O)[O-]", False), ("CC(=O)[O-]", True)])


def test_the_committed_family_has_36_members():
    heads = table_one_heads([("O=C([O-])CF", True), ("CC(=O)[O-]", False)])
    records = {
        one: DescriptorRecord(one, value, "")
        for one, value in (
            (key("hardness_ev", "CC(=O)[O-]"), 5.0),
            (key("hardness_ev", "O=C([O-])CF"), 4.0),
        )
    }
    family = table_one_family(heads, records.get)
    assert len(family) == 36
    expected, values = family["hardness_ev, GFN2-xTB, gas, heads"]
    assert (expected, values) == (-1, {"O=C([O-])CF": 4.0, "CC(=O)[O-]": 5.0})
    assert family["homo_energy_ev, GFN1-xTB, toluene, uncut"] == (+1, {})
