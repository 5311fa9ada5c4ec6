"""Is the scale held against Table 1 head by head, beside what it must beat, with what it doesn't reach?"""

from __future__ import annotations

import csv
import io
import json
from math import comb

import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from ligandkb.reports.scale_on_table1 import half_known_sentence
from ligandkb.validation.by_head import separation
from ligandkb.validation.scale_on_table1 import SCALE, scale_on_table1


@pytest.fixture(scope="module")
def found(kb):
    return scale_on_table1(kb.table1())


@pytest.mark.parametrize("expected", [+1, -1])
def test_the_exact_p_is_that_of_the_rank_sum_test(expected):
    draw = np.random.default_rng(3).normal(size=10)
    heads = [f"head {place}" for place in range(10)]
    observed = np.arange(10) < 6
    one = separation("x", (expected, dict(zip(heads, draw.tolist(), strict=True))), heads, observed)
    side = "greater" if expected > 0 else "less"
    test = mannwhitneyu(draw[observed], draw[~observed], alternative=side, method="exact")
    assert one.p_exact == pytest.approx(test.pvalue)
    auc = test.statistic / 24
    assert one.auc == pytest.approx(auc if expected > 0 else 1 - auc)


def test_three_carboxylates_and_hydroxide_are_all_it_reaches(found):
    assert len(found.heads) == 10
    assert set(found.reached) == {"CC(=O)[O-]", "O=C([O-])c1ccccc1", "O=C([O-])CF", "[OH-]"}
    assert found.smallest_p == 1 / comb(4, 2)


def test_it_agrees_and_says_nothing_beyond_the_pka(found):
    scale, *nulls = found.on_reached
    assert scale.descriptor == SCALE
    assert scale.auc == 1
    assert scale.p_exact == pytest.approx(found.smallest_p)
    pka = next(one for one in nulls if "pKa" in one.descriptor)
    assert (pka.auc, pka.p_exact) == (scale.auc, scale.p_exact)
    assert {one.descriptor for one in nulls} >= {"no metal in the pair", "more heavy atoms in the head"}


def test_what_is_not_reached_says_why(found):
    unreached = [form for form in found.forms if form.head not in found.reached]
    assert len(unreached) == 7
    assert all(len(str(form.above_acetate)) > 20 for form in unreached)


def test_nitrate_is_known_to_lead_alone(found):
    nitrate = next(form for form in found.forms if form.name == "nitrate")
    assert nitrate.is_half_known
    said = half_known_sentence(nitrate, found.acetate_log_k1)
    for part in (
        *("log K1 of lead is 0.37", "acetate's 2.05", "no pKa", "hard-inorganic-oxyanion", "insoluble salt"),
        *("Table 1: not improved", "improved on CsPb(Br/Cl)3 (doi 10.1021/acs.jpclett.8b03750)"),
    ):
        assert part in said


def test_programs_read_it_too(run):
    rows = list(csv.DictReader(io.StringIO(run("validate", "scale", "--format", "csv").out)))
    data = json.loads(run("validate", "scale", "--format", "json").out)
    assert len(rows) == len(data["rows"]) > 100
    assert data["on_table1"]["in_sample"] is True
    assert [form["name"] for form in data["on_table1"]["forms"]].count("nitrate") == 1
