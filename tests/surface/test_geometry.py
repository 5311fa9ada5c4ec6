import numpy as np
import pytest

from ligandkb.missing import Missing
from ligandkb.problems import UsageError
from ligandkb.surface.geometry import cube_sites, edge_from_surface_halides, surface_halides_from_vacancies
from ligandkb.surface.published import LATTICES, lattice
from ligandkb.surface.uncertainty import Measured


def built_cube(n: int) -> dict[str, int]:
    """Count atoms of an explicit CsX-terminated cube: Pb in n³ cells, X on their faces, Cs at corners."""
    lead = {(x, y, z) for x in range(n) for y in range(n) for z in range(n)}
    # Positions in half cells: Pb at odd coordinates, X half a cell away along one axis.
    halide: dict[tuple[int, ...], int] = {}
    for x, y, z in lead:
        centre = np.array([2 * x + 1, 2 * y + 1, 2 * z + 1])
        for axis in range(3):
            for step in (-1, 1):
                position = centre.copy()
                position[axis] += step
                halide[tuple(position)] = halide.get(tuple(position), 0) + 1
    caesium = [(x, y, z) for x in range(n + 1) for y in range(n + 1) for z in range(n + 1)]
    outer = [site for site in caesium if 0 in site or n in site]
    return {
        "lead": len(lead),
        "halide": len(halide),
        "surface_halide": sum(neighbours == 1 for neighbours in halide.values()),
        "caesium": len(caesium),
        "surface_caesium": len(outer),
    }


@pytest.mark.parametrize("n", [3, 4, 7])
def test_formulas_agree_with_an_explicit_cube(n: int) -> None:
    counted = built_cube(n)
    cube = cube_sites(n * 0.6, 0.6)
    assert round(cube.lead, 6) == counted["lead"]
    assert round(cube.halide, 6) == counted["halide"]
    assert round(cube.caesium, 6) == counted["caesium"]
    assert round(cube.surface_halide.value, 6) == counted["surface_halide"]
    assert round(cube.surface_caesium, 6) == counted["surface_caesium"]
    charge = counted["caesium"] + 2 * counted["lead"] - counted["halide"]
    assert round(cube.formal_charge_e, 6) == charge


def test_spread_of_the_edge_agrees_with_simulation() -> None:
    cube = cube_sites(9.5, 0.5831, edge_sigma_nm=0.95)
    edges = np.random.default_rng(6).normal(9.5, 0.95, 400_000)
    facets = 6.0 * (edges / 0.5831) ** 2
    assert cube.surface_halide.value == pytest.approx(facets.mean(), rel=2e-3)
    assert cube.surface_halide.sigma == pytest.approx(facets.std(), rel=2e-2)


def test_edge_and_halides_are_inverse() -> None:
    edge = edge_from_surface_halides(Measured(cube_sites(9.5, 0.5831).surface_halide.value), 0.5831)
    assert edge.value == pytest.approx(9.5)


def test_cells_are_sourced_and_sensible() -> None:
    for one in LATTICES:
        assert one.source.doi.startswith("10.")
        assert one.source.locator
        assert one.measured_by
        assert 0.55 < one.lattice_constant_nm < 0.64
    constants = [lattice(name).lattice_constant_nm for name in ("CsPbCl3", "CsPbBr3", "CsPbI3")]
    assert constants == sorted(constants)
    assert isinstance(lattice("MAPbBr3"), Missing)


def test_published_cells_become_the_pseudocubic_constants() -> None:
    """Cube roots of the volumes per Pb, worked out by hand from the cells in arXiv:1405.1706, Table I."""
    assert lattice("CsPbCl3").lattice_constant_nm == pytest.approx(0.5605)
    assert lattice("CsPbBr3").lattice_constant_nm == pytest.approx((0.793100 / 4) ** (1 / 3), abs=2e-5)
    assert lattice("CsPbI3").lattice_constant_nm == pytest.approx(0.6191, abs=5e-5)


@pytest.mark.parametrize(
    ("edge", "constant", "named"),
    [
        (95.0, 0.5831, "ångström, write 9.5"),
        (9.5, 5.831, "ångström, write 0.5831"),
        (-9.5, 0.5831, "edge_length_nm"),
    ],
)
def test_nonsense_is_refused_by_name(edge: float, constant: float, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        cube_sites(edge, constant)


@pytest.mark.parametrize("spread", [-1.0, 9.5, 95.0, float("nan")])
def test_a_spread_as_wide_as_the_edge_is_refused(spread: float) -> None:
    with pytest.raises(UsageError, match="edge_sigma_nm"):
        cube_sites(9.5, 0.5831, edge_sigma_nm=spread)


def test_a_share_of_nothing_is_refused() -> None:
    for share in (0.0, 12.0):
        with pytest.raises(UsageError, match="vacant_fraction"):
            surface_halides_from_vacancies(Measured(190.0), share)
