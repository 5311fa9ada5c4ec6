import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.descriptors.quantum.global_ import Reactivity
from ligandkb.descriptors.quantum.local import donor_values, fukui_minus, fukui_plus

energies = st.floats(-10, 30, allow_nan=False)
shifts = st.floats(0, 5, allow_nan=False)


@given(energies, energies, shifts)
def test_a_shift_moves_electronegativity_but_not_hardness(ionization, affinity, shift):
    plain, shifted = Reactivity(ionization, affinity), Reactivity(ionization, affinity, shift)
    assert shifted.hardness_ev == plain.hardness_ev
    assert shifted.electronegativity_ev == pytest.approx(plain.electronegativity_ev - shift)


def test_values_of_water_follow_pearson():
    # Pearson, Inorg. Chem. 1988, 27, 734, Table II: I 12.6, A -6.4, hardness 9.5.
    water = Reactivity(12.6, -6.4)
    assert water.hardness_ev == pytest.approx(9.5)
    assert water.electronegativity_ev == pytest.approx(3.1)
    assert water.softness_per_ev == pytest.approx(1 / 19.0)
    assert water.electrophilicity_ev == pytest.approx((12.6 - 6.4) ** 2 / (8 * (12.6 + 6.4)))


charges = st.lists(st.floats(-1, 1, allow_nan=False), min_size=2, max_size=8)


@given(charges, st.data())
def test_fukui_functions_add_up_to_the_electron_that_left(full, data):
    weights = data.draw(st.lists(st.floats(0, 1), min_size=len(full), max_size=len(full)))
    total = sum(weights) or 1.0
    share = [weight / total for weight in weights] if sum(weights) else [1.0] + [0.0] * (len(full) - 1)
    less = [q + part for q, part in zip(full, share, strict=True)]
    assert math.isclose(sum(fukui_minus(full, less)), 1.0, abs_tol=1e-9)
    assert math.isclose(sum(fukui_plus(less, full)), 1.0, abs_tol=1e-9)


def test_donor_values_average_charges_and_add_fukui_functions():
    values = donor_values((0.2, -0.6, -0.8), (0.5, -0.2, -0.5), (1, 2), 0.1)
    assert values["donor_charge_mulliken_e"] == pytest.approx(-0.7)
    assert values["fukui_minus_donor_sum"] == pytest.approx(0.7)
    assert values["fukui_minus_donor_largest"] == pytest.approx(0.4)
    assert values["local_softness_per_ev"] == pytest.approx(0.07)
