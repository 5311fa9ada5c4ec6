import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import UsageError
from ligandkb.surface.nmr import (
    FAST_EXCHANGE,
    bound_ligands,
    linewidth_order_fault,
    observed_linewidth,
    total_ligands_range,
)
from ligandkb.surface.uncertainty import Measured


@settings(deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.0, 100.0), st.floats(101.0, 5000.0), st.floats(1.0, 1e5))
def test_equation_5_inverts_equation_2(fraction: float, free: float, bound: float, total: float) -> None:
    seen = observed_linewidth(fraction, free, bound)
    if seen == 0.0:
        return
    result = bound_ligands(
        Measured(total), Measured(min(max(seen, free), bound)), Measured(free), Measured(bound)
    )
    assert result.bound_ligands.value == pytest.approx(total * fraction, rel=1e-6, abs=1e-6 * total)


def test_errors_agree_with_simulation() -> None:
    total, seen = Measured(6000.0, 300.0), Measured(10.7, 0.2)
    free, bound = Measured(2.0, 0.2), Measured(290.0, 15.0)
    result = bound_ligands(total, seen, free, bound)
    rng = np.random.default_rng(4)
    n, o, f, b = (rng.normal(one.value, one.sigma, 200_000) for one in (total, seen, free, bound))
    assert result.bound_ligands.sigma == pytest.approx((n * (o - f) / (b - f)).std(), rel=0.02)
    assert sum(result.variance_shares.values()) == pytest.approx(1.0)
    assert FAST_EXCHANGE in result.notes


def test_errors_without_any_are_zero_and_divide_nothing() -> None:
    result = bound_ligands(Measured(100.0), Measured(10.0), Measured(0.0), Measured(20.0))
    assert str(result.bound_ligands) == "50"
    assert set(result.variance_shares.values()) == {0.0}


def test_a_rough_propagation_says_so() -> None:
    result = bound_ligands(Measured(100.0), Measured(10.0, 5.0), Measured(2.0), Measured(200.0))
    assert any("30 %" in note for note in result.notes)


def test_the_range_of_totals_narrows_with_what_is_known_of_the_free_linewidth() -> None:
    values = Measured(180.0, 20.0), Measured(10.7, 0.2), Measured(290.0, 30.0)
    wide = total_ligands_range(*values)
    known = total_ligands_range(*values, free_at_least_hz=1.0, free_at_most_hz=3.0)
    assert math.isinf(wide.at_most.value)
    assert wide.at_least.value < known.at_least.value < known.at_most.value
    assert known.at_most.value == pytest.approx(180.0 * (290.0 - 3.0) / (10.7 - 3.0))
    assert FAST_EXCHANGE in wide.notes


@pytest.mark.parametrize(
    ("observed", "free", "bound", "named"),
    [
        (300.0, 2.0, 290.0, "not between"),
        (1.0, 2.0, 290.0, "not between"),
        (10.0, 290.0, 2.0, "swap"),
        (-10.0, 2.0, 290.0, "observed_hz.value"),
        (10.0, -2.0, 290.0, "free_hz"),
        (10.0, 2.0, math.nan, "bound_hz.value"),
        (10.7, 2.0, 290_000.0, "bound_hz.value"),
    ],
)
def test_nonsense_is_refused_by_name(observed: float, free: float, bound: float, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        bound_ligands(Measured(100.0), Measured(observed), Measured(free), Measured(bound))


def test_a_line_at_the_free_width_gives_no_total() -> None:
    with pytest.raises(UsageError, match="nothing is seen to be bound"):
        total_ligands_range(Measured(10.0), Measured(2.0), Measured(90.0), free_at_least_hz=2.0)
    with pytest.raises(UsageError, match="swap"):
        total_ligands_range(
            Measured(10.0), Measured(9.0), Measured(90.0), free_at_least_hz=3.0, free_at_most_hz=2.0
        )
    with pytest.raises(UsageError, match="bound_fraction"):
        observed_linewidth(1.2, 2.0, 90.0)
    assert linewidth_order_fault(2.0, 2.0, 90.0) is None
