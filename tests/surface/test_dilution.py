import pytest

from ligandkb.problems import UsageError
from ligandkb.surface.dilution import DILUTION_TENSION, dilution_contrast, plan_first_test
from ligandkb.surface.uncertainty import Measured


@pytest.mark.parametrize(
    ("dilute", "verdict", "word"),
    [
        (0.60, "falls on dilution", "can gain it back"),
        (0.78, "flat", "not your problem"),
        (0.95, "rises on dilution", "reabsorption"),
    ],
)
def test_the_three_outcomes(dilute: float, verdict: str, word: str) -> None:
    seen = dilution_contrast(1.0, Measured(0.80, 0.03), 0.01, Measured(dilute, 0.03))
    assert seen.verdict == verdict
    assert word in seen.meaning
    assert seen.smallest_visible_change == pytest.approx(2 * 0.03 * 2**0.5)


def test_thin_samples_are_warned_of() -> None:
    seen = dilution_contrast(0.1, Measured(0.80, 0.03), 0.002, Measured(0.5, 0.03))
    assert any(DILUTION_TENSION in note for note in seen.notes)


@pytest.mark.parametrize(
    ("first", "second", "light", "named"),
    [
        (0.01, 1.0, 0.8, "swap the two"),
        (1.0, 1.0, 0.8, "dilute further"),
        (1000.0, 10.0, 0.8, "in nM, write 1"),
        (1.0, 0.1, 80.0, "per cent, write 0.8"),
    ],
)
def test_nonsense_is_refused_by_name(first: float, second: float, light: float, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        dilution_contrast(first, Measured(light, 0.03), second, Measured(0.5, 0.03))


def test_no_test_is_planned_below_what_degrades() -> None:
    assert plan_first_test(0.006) is None
    test = plan_first_test(5.0)
    assert test is not None
    assert test.microlitre_per_ml == pytest.approx((20.0, 2.0))
