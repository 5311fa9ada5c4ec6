import numpy as np
import pytest

from ligandkb.problems import UsageError
from ligandkb.surface.association import association_constant
from ligandkb.surface.traps import free_pair_concentration, traps_from_free_pairs
from ligandkb.surface.uncertainty import Measured


def test_the_constant_is_that_of_equation_4() -> None:
    known = {"pairs_per_nanocrystal": 1600.0, "sites_max": 400.0}
    for constant in (50.0, 1e4, 1e6):
        free = free_pair_concentration(0.5, **known, association_constant_per_m=constant)
        traps = traps_from_free_pairs(free, sites_max=400.0, association_constant_per_m=constant)
        found = association_constant(
            Measured(400.0 - float(traps)), nanocrystal_concentration_um=0.5, **known
        )
        assert found.value == pytest.approx(constant, rel=1e-6)


def test_its_error_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(0)
    given = {"nanocrystal_concentration_um": 1.0}
    found = association_constant(
        Measured(200.0, 4.0),
        **given,
        pairs_per_nanocrystal=Measured(1600.0, 30.0),
        sites_max=Measured(400.0, 8.0),
    )
    bound, pairs, sites = rng.normal(200, 4, 20000), rng.normal(1600, 30, 20000), rng.normal(400, 8, 20000)
    draws = bound / ((sites - bound) * (pairs - bound)) * 1e6
    assert found.sigma == pytest.approx(draws.std(), rel=0.05)


@pytest.mark.parametrize(("bound", "named"), [(400.0, "site of 400"), (250.0, "pair of 240")])
def test_all_bound_sets_no_constant(bound: float, named: str) -> None:
    with pytest.raises(UsageError, match=f"leave no {named} free"):
        association_constant(
            Measured(bound),
            nanocrystal_concentration_um=1.0,
            pairs_per_nanocrystal=240.0 if named.startswith("pair") else 1600.0,
            sites_max=400.0,
        )
