"""Are likelihood ratios, their intervals, power and areas those of counting everything one by one?"""

from itertools import product
from math import comb, exp, inf, isnan, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import chi2, chi2_contingency, fisher_exact

from ligandkb.validation.measures import (
    Sides,
    area_under_curve,
    compare_separations,
    likelihood_ratio,
    power_to_see,
)

SIDE = st.integers(1, 12)


@st.composite
def counted(draw):
    every = Sides(draw(SIDE), draw(SIDE))
    return Sides(draw(st.integers(0, every.improved)), draw(st.integers(0, every.not_improved))), every


def brute_chi_squared(ratio, fired, every):
    """Pearson's statistic at the rate that a search, not a formula, finds most likely."""

    def cost(rate):
        found = 0.0
        for count, total, one in (
            (fired.improved, every.improved, ratio * rate),
            (fired.not_improved, every.not_improved, rate),
        ):
            found -= count * log(one) if count else 0.0
            found -= (total - count) * log(1 - one) if total > count else 0.0
        return found

    most = min(1.0, 1 / ratio)
    rate = minimize_scalar(
        cost, bounds=(most * 1e-9, most * (1 - 1e-9)), method="bounded", options={"xatol": 1e-12}
    ).x
    found = 0.0
    for count, total, one in (
        (fired.improved, every.improved, ratio * rate),
        (fired.not_improved, every.not_improved, rate),
    ):
        found += (count - total * one) ** 2 / (total * one * (1 - one))
    return found


@given(counted())
@settings(deadline=None)
def test_the_ratio_is_that_of_the_two_rates(counts):
    fired, every = counts
    found = likelihood_ratio(fired, every)
    if not fired:
        assert isnan(found.value)
        assert (found.low, found.high) == (0.0, inf)
        return
    if fired.not_improved == 0:
        assert found.value == found.high == inf
    else:
        rates = fired.improved / every.improved, fired.not_improved / every.not_improved
        assert found.value == pytest.approx(rates[0] / rates[1])
    assert found.low <= found.value <= found.high
    assert (found.low == 0.0) == (fired.improved == 0)


@given(counted())
@settings(max_examples=60, deadline=None)
def test_the_interval_ends_where_the_test_begins_to_reject(counts):
    fired, every = counts
    assume(fired)
    found = likelihood_ratio(fired, every)
    critical = chi2.ppf(0.95, 1)
    for end, inwards in ((found.low, 1.02), (found.high, 1 / 1.02)):
        if 0 < end < inf:
            assert brute_chi_squared(end * inwards, fired, every) < critical * 1.001
            assert brute_chi_squared(end / inwards, fired, every) > critical * 0.999


@given(counted())
@settings(deadline=None)
def test_the_interval_holds_one_where_pearson_s_test_does_not_reject(counts):
    fired, every = counts
    table = [
        [fired.improved, every.improved - fired.improved],
        [fired.not_improved, every.not_improved - fired.not_improved],
    ]
    assume(all(map(sum, zip(*table, strict=True))))
    statistic = chi2_contingency(table, correction=False).statistic
    assume(abs(statistic - chi2.ppf(0.95, 1)) > 1e-6)
    assert (1.0 in likelihood_ratio(fired, every)) == (statistic <= chi2.ppf(0.95, 1))


@given(counted())
@settings(deadline=None)
def test_sides_may_be_swapped(counts):
    fired, every = counts
    assume(fired)
    found = likelihood_ratio(fired, every)
    swapped = likelihood_ratio(
        Sides(fired.not_improved, fired.improved), Sides(every.not_improved, every.improved)
    )
    assert found.low == pytest.approx(1 / swapped.high if swapped.high < inf else 0.0, rel=1e-6)


def test_nothing_is_said_of_one_side_alone():
    assert isnan(likelihood_ratio(Sides(3, 0), Sides(9, 0)).value)


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0.05, 0.95), st.floats(-2.5, 2.5))
@settings(max_examples=60, deadline=None)
def test_power_is_that_of_counting_all_that_may_come_out(improved, not_improved, share, log_odds):
    assume(abs(log_odds) > 1e-3)
    ratio = exp(log_odds)
    other = share * (improved + not_improved) / (improved * ratio + not_improved)
    rates = ratio * other, other
    assume(max(rates) < 1)
    power = 0.0
    for on_improved, on_other in product(range(improved + 1), range(not_improved + 1)):
        table = [[on_improved, improved - on_improved], [on_other, not_improved - on_other]]
        side = "greater" if log_odds > 0 else "less"
        chance = 1.0
        for count, total, rate in ((on_improved, improved, rates[0]), (on_other, not_improved, rates[1])):
            chance *= comb(total, count) * rate**count * (1 - rate) ** (total - count)
        power += chance * (fisher_exact(table, alternative=side)[1] <= 0.05 + 1e-9)
    assert power_to_see(log_odds, Sides(improved, not_improved), share) == pytest.approx(power, abs=1e-9)


def test_a_claim_that_leaves_no_room_fires_on_all_of_one_side():
    every = Sides(30, 10)
    assert power_to_see(2.0, every, 0.95) == pytest.approx(power_to_see(2.0, every, 1.0))
    assert power_to_see(2.0, every, 0.95) > 0.99


@pytest.mark.parametrize(
    "asked",
    [(0.0, Sides(9, 9), 0.5), (1.2, Sides(9, 0), 0.5), (1.2, Sides(0, 9), 0.5), (1.2, Sides(9, 9), 0)],
)
def test_what_can_not_be_seen_has_no_power(asked):
    assert power_to_see(*asked) == 0.0


VALUES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans(), st.integers(0, 4)), min_size=2, max_size=12
)


@given(VALUES)
@settings(max_examples=40, deadline=None)
def test_areas_are_those_of_comparing_all_and_do_not_depend_on_the_order(rows):
    values, others, improved, groups = map(list, zip(*rows, strict=True))
    found = compare_separations(values, others, improved, groups)
    for one, area in ((values, found.auc), (others, found.other)):
        sides = [
            [value for value, is_in in zip(one, improved, strict=True) if is_in == side]
            for side in (True, False)
        ]
        assert area.value == pytest.approx(area_under_curve(*sides), nan_ok=True)
        assert isnan(area.value) or 0 <= area.low <= area.high <= 1
    if all(map(isnan, (found.auc.value, found.other.value))):
        return
    assert found.difference.value == pytest.approx(found.auc.value - found.other.value)
    again = compare_separations(*map(list, zip(*rows[::-1], strict=True)))
    assert again.auc.value == pytest.approx(found.auc.value)
    assert (again.auc.low, again.auc.high) == pytest.approx((found.auc.low, found.auc.high))


def test_a_bootstrap_by_source_is_that_of_drawing_sources():
    """By hand: three sources are drawn from three, each as a whole."""
    values, improved, sources = [3, 1, 2, 0, 2], [True, True, False, False, True], ["a", "a", "b", "c", "c"]
    areas = []
    for drawn in product("abc", repeat=3):
        rows = [
            (value, is_in)
            for source in drawn
            for value, is_in, of in zip(values, improved, sources, strict=True)
            if of == source
        ]
        sides = [[value for value, is_in in rows if is_in == side] for side in (True, False)]
        areas.append(area_under_curve(*sides))
    known = np.array([area for area in areas if not isnan(area)])
    found = compare_separations(values, np.zeros(5), improved, sources)
    assert found.auc.low == pytest.approx(np.quantile(known, 0.025), abs=0.05)
    assert found.auc.high == pytest.approx(np.quantile(known, 0.975), abs=0.05)
    assert (found.other.low, found.other.high) == (0.5, 0.5)


@pytest.mark.parametrize("sources", ["aaa", "aab", "aba", "abb"])
def test_a_side_from_one_source_sets_no_bounds(sources):
    found = compare_separations([2, 1, 0], [0, 0, 0], [True, True, False], list(sources))
    assert (found.auc.value, found.auc.low, found.auc.high) == (1.0, 0.0, 1.0)
    assert (found.difference.low, found.difference.high) == (-1.0, 1.0)
