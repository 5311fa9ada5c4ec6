import numpy as np
import pytest

from ligandkb.problems import UsageError
from ligandkb.surface import quantities
from ligandkb.surface.quantities import (
    EDGE_LENGTH_NM,
    EDGE_SPREAD_NM,
    LATTICE_CONSTANT_NM,
    LIFETIME_NS,
    LINEWIDTH_HZ,
    NANOCRYSTAL_CONCENTRATION_UM,
    PLQY,
    VOLUME_ML,
    Quantity,
    require,
)
from ligandkb.surface.uncertainty import Interval, Measured


@pytest.mark.parametrize(
    ("quantity", "value", "fix"),
    [
        (PLQY, 62.0, "in per cent, write 0.62"),
        (PLQY, -0.1, "calibration"),
        (PLQY, 1.01, "calibration"),
        (NANOCRYSTAL_CONCENTRATION_UM, 100.0, "in nM, write 0.1"),
        (NANOCRYSTAL_CONCENTRATION_UM, 1e-6, "in mM, write 0.001"),
        (NANOCRYSTAL_CONCENTRATION_UM, 0.0, "divide a concentration of lead"),
        (EDGE_LENGTH_NM, 95.0, "in ångström, write 9.5"),
        (LATTICE_CONSTANT_NM, 5.83, "in ångström, write 0.583"),
        (EDGE_SPREAD_NM, 95.0, "in ångström, write 9.5"),
        (VOLUME_ML, 2000.0, "in µL, write 2"),
        (VOLUME_ML, 0.002, "in L, write 2"),
        (LIFETIME_NS, 5000.0, "in ps, write 5"),
        (LIFETIME_NS, 0.005, "in µs, write 5"),
        (LINEWIDTH_HZ, -3.0, "a linewidth is positive"),
        (PLQY, float("nan"), "leave it out"),
        (PLQY, float("inf"), "leave it out"),
    ],
)
def test_a_slip_is_named_with_its_fix(quantity: Quantity, value: float, fix: str) -> None:
    fault = quantity.fault(value)
    assert fault is not None
    assert fix in fault[1]


@pytest.mark.parametrize("quantity", [one for one in vars(quantities).values() if isinstance(one, Quantity)])
def test_every_quantity_accepts_its_bounds_and_nothing_beyond(quantity: Quantity) -> None:
    assert quantity.accepts(quantity.maximum)
    assert quantity.accepts(quantity.minimum) != quantity.above_minimum
    assert not quantity.accepts(np.nextafter(quantity.maximum, np.inf))
    assert not quantity.accepts(np.nextafter(quantity.minimum, -np.inf))
    assert not quantity.accepts(float("nan"))


def test_all_arguments_are_reported_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        require(
            ("plqy", [0.5, 62.0, np.nan], PLQY),
            ("edge_length_nm", "long", EDGE_LENGTH_NM),
            ("empty", [], PLQY),
        )
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["plqy[1]", "plqy[2]", "edge_length_nm", "empty"]


def test_shapes_are_kept() -> None:
    scalar, matrix = require(("a", 0.5, PLQY), ("b", [[0.1, 0.2]], PLQY))
    assert scalar.shape == ()
    assert matrix.shape == (1, 2)


def test_numbers_are_shown_with_their_errors() -> None:
    assert str(Measured(4879.4, 746.0)) == "4,879 ± 746"
    assert str(Measured(0.62, 0.03)) == "0.620 ± 0.030"
    assert str(Measured(333.0)) == "333"
    assert "no upper bound" in str(Interval(1e4, 900.0, float("inf")))
    assert 5.0 in Interval(5.0, 4.0, 6.0)
    assert 7.0 not in Interval(5.0, 4.0, 6.0)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(5.972, 5.945, 6.0), "5.972 (95 %: 5.945 to 6.000)"),
        (Interval(0.75, 0.7, 0.8), "0.75 (95 %: 0.70 to 0.80)"),
        (Interval(20000.0, 12345.6, float("inf")), "2e+04 (95 %: 1.235e+04 to no upper bound)"),
        (Interval(4.0, 0.0, 9.0, 0.9), "4 (90 %: 0 to 9)"),
    ],
)
def test_an_interval_has_one_number_of_decimals(interval: Interval, text: str) -> None:
    assert str(interval) == text
