import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import UsageError
from ligandkb.surface.traps import (
    free_pair_concentration,
    measured_plqy,
    measured_traps,
    plqy_from_traps,
    traps_from_free_pairs,
    traps_from_plqy,
    traps_on_dilution,
)
from ligandkb.surface.uncertainty import Measured

ratios = st.floats(1e-2, 1e6)
concentrations = st.floats(1e-4, 50.0)
pairs = st.floats(0.0, 1e5)
sites = st.floats(1.0, 1e4)
constants = st.one_of(st.just(0.0), st.floats(1e-3, 1e12))


@settings(deadline=None)
@given(st.floats(0.0, 1e5), ratios)
def test_equation_3_and_its_inverse(traps: float, ratio: float) -> None:
    light = float(plqy_from_traps(traps, ratio))
    assert 0.0 < light <= 1.0
    assert light == pytest.approx(1.0 - traps / (ratio + traps), abs=1e-12)
    assert float(traps_from_plqy(light, ratio)) == pytest.approx(traps, rel=1e-6, abs=1e-6 * ratio)


def test_half_the_light_is_lost_at_as_many_traps_as_the_ratio() -> None:
    assert float(plqy_from_traps(333.0, 333.0)) == 0.5


@settings(deadline=None)
@given(concentrations, pairs, sites, constants)
def test_the_mass_balance_holds(um: float, total: float, most: float, constant: float) -> None:
    free = float(
        free_pair_concentration(
            um, pairs_per_nanocrystal=total, sites_max=most, association_constant_per_m=constant
        )
    )
    crystals = um * 1e-6
    assert 0.0 <= free <= crystals * total * (1 + 1e-12)
    bound = most * constant * free / (1.0 + constant * free)
    assert crystals * bound + free == pytest.approx(crystals * total, rel=1e-7, abs=1e-30)


def test_without_binding_all_pairs_are_free() -> None:
    free = free_pair_concentration(
        2.0, pairs_per_nanocrystal=500.0, sites_max=100.0, association_constant_per_m=0.0
    )
    assert float(free) == pytest.approx(1e-3)


def test_tight_binding_leaves_the_surplus_free() -> None:
    free = free_pair_concentration(
        1.0, pairs_per_nanocrystal=500.0, sites_max=100.0, association_constant_per_m=1e12
    )
    assert float(free) == pytest.approx(400e-6, rel=1e-5)
    open_sites = traps_on_dilution(
        1.0, pairs_per_nanocrystal=40.0, sites_max=100.0, association_constant_per_m=1e12
    )
    assert float(open_sites) == pytest.approx(60.0, rel=1e-5)


@settings(deadline=None)
@given(pairs, sites, constants)
def test_dilution_never_closes_a_trap(total: float, most: float, constant: float) -> None:
    um = np.geomspace(10.0, 1e-3, 20)
    traps = traps_on_dilution(
        um, pairs_per_nanocrystal=total, sites_max=most, association_constant_per_m=constant
    )
    assert np.all(np.diff(traps) >= -1e-9 * most)
    assert np.all(traps <= most * (1 + 1e-12))


def test_equation_4_at_zero_and_at_the_inverse_of_the_constant() -> None:
    traps = traps_from_free_pairs([0.0, 1e-5], sites_max=300.0, association_constant_per_m=1e5)
    assert traps.tolist() == [300.0, 150.0]


def test_errors_of_plqy_agree_with_simulation() -> None:
    rng = np.random.default_rng(0)
    traps, ratio = rng.normal(190.0, 10.0, 200_000), rng.normal(333.0, 15.0, 200_000)
    plqy = measured_plqy(Measured(190.0, 10.0), Measured(333.0, 15.0))
    assert plqy.value == pytest.approx(333 / 523)
    assert plqy.sigma == pytest.approx(float(np.std(ratio / (ratio + traps))), rel=0.02)


def test_errors_of_traps_agree_with_simulation() -> None:
    result = measured_traps(Measured(0.62, 0.01), Measured(333.0, 10.0))
    rng = np.random.default_rng(3)
    drawn = rng.normal(333.0, 10.0, 200_000) * (1.0 / rng.normal(0.62, 0.01, 200_000) - 1.0)
    assert result.sigma == pytest.approx(drawn.std(), rel=0.02)


@pytest.mark.parametrize(
    ("plqy", "ratio", "named"),
    [(62.0, 333.0, "plqy"), (0.5, -1.0, "rate_ratio"), (math.nan, 333.0, "plqy"), (0.5, 0.0, "rate_ratio")],
)
def test_nonsense_is_refused_by_name(plqy: float, ratio: float, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        traps_from_plqy(plqy, ratio)
    with pytest.raises(UsageError, match=named):
        measured_traps(Measured(plqy, 0.01), Measured(ratio))


def test_a_plqy_of_zero_has_no_number_of_traps() -> None:
    assert math.isinf(float(traps_from_plqy(0.0, 333.0)))
    with pytest.raises(UsageError, match=r"plqy\.value"):
        measured_traps(Measured(0.0, 0.01), Measured(333.0))
