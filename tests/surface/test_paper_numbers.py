"""Do the paper's numbers hang together?

Nenon et al., doi 10.1021/jacs.8b11035. Agreement and disagreement are both tested: what doesn't follow
from the printed numbers is written down as a finding in docs/paper.md, and must stay one.
"""

import pytest

from ligandkb.missing import Missing
from ligandkb.surface.gain import gain_bound
from ligandkb.surface.geometry import cube_sites, edge_from_surface_halides, surface_halides_from_vacancies
from ligandkb.surface.nmr import bound_ligands, total_ligands_range
from ligandkb.surface.passivation import passivation_evidence
from ligandkb.surface.published import (
    BOUND_LINEWIDTH,
    EDGE_RANGE_NM,
    LATTICES,
    NEW_BONDS,
    OBSERVED_LINEWIDTH,
    PAIRS_PER_BINDING_SITE,
    PLQY_BEFORE,
    VACANCIES,
    VACANT_FRACTION,
    XPS_BR_PER_PB,
    XPS_CS_PER_PB,
    lattice,
    published_rate_ratio,
)
from ligandkb.surface.traps import measured_traps, plqy_from_traps, traps_from_plqy
from ligandkb.surface.uncertainty import Measured
from ligandkb.surface.xps import facet_ratios, halide_vacancies_from_xps

BROMIDE = published_rate_ratio({"Br": 1.0}).value
IODIDE = published_rate_ratio({"I": 1.0}).value
MIXED = published_rate_ratio({"Br": 0.5, "Cl": 0.5}).value
BROMIDE_CELL_NM = lattice("CsPbBr3").lattice_constant_nm


def test_190_traps_give_the_plqy_that_was_measured() -> None:
    """Section on softer Lewis bases: 62 ± 3 % before the exchange; k_r/k_nr,trap = 333 from Figure 1."""
    light = float(plqy_from_traps(VACANCIES.measured.value, BROMIDE))
    assert light == pytest.approx(0.637, abs=5e-4)
    assert abs(light - PLQY_BEFORE.measured.value) < PLQY_BEFORE.measured.sigma


def test_the_plqy_gives_190_traps_within_errors() -> None:
    """The inverse gives 204 ± 26, with which 190 ± 20 agrees; it isn't 190 itself."""
    traps = measured_traps(PLQY_BEFORE.measured, Measured(BROMIDE))
    assert traps.value == pytest.approx(204.1, abs=0.1)
    assert traps.sigma == pytest.approx(26.0, abs=0.1)
    assert abs(traps.value - VACANCIES.measured.value) < traps.sigma


def test_new_bonds_and_vacancies_agree() -> None:
    """180 ± 20 by NMR, 190 ± 20 by PLQY."""
    assert abs(NEW_BONDS.measured.value - VACANCIES.measured.value) < NEW_BONDS.measured.sigma


def test_several_hundred_vacancies_leave_the_iodide_bright() -> None:
    """Section on vacancies: near-unity PLQY "despite several hundred surface halide vacancies"."""
    assert float(plqy_from_traps(300.0, IODIDE)) > 0.98


def test_the_linewidths_imply_a_total_that_the_paper_does_not_print() -> None:
    """10.7 ± 0.2 and 290 ± 30 Hz with 180 ± 20 bound: N_total is at least about 4,900, as λ_free ≥ 0."""
    found = total_ligands_range(NEW_BONDS.measured, OBSERVED_LINEWIDTH.measured, BOUND_LINEWIDTH.measured)
    assert found.at_least.value == pytest.approx(4879.0, abs=1.0)


def test_four_pairs_per_halide_position_would_fit_a_free_linewidth_of_some_hertz() -> None:
    """4 × 1583 pairs (text on Figure 6, our reading) with 180 bound imply λ_free = 2.5 Hz: not shown."""
    total = PAIRS_PER_BINDING_SITE * VACANCIES.measured.value / VACANT_FRACTION.measured.value
    bound, seen = BOUND_LINEWIDTH.measured.value, OBSERVED_LINEWIDTH.measured.value
    free = (total * seen - NEW_BONDS.measured.value * bound) / (total - NEW_BONDS.measured.value)
    assert free == pytest.approx(2.5, abs=0.1)
    back = bound_ligands(Measured(total), Measured(seen), Measured(free), Measured(bound))
    assert back.bound_ligands.value == pytest.approx(NEW_BONDS.measured.value)


def test_12_per_cent_imply_an_edge_in_the_range_of_the_synthesis() -> None:
    """190 at ~12 % (Figure 7) are 1,583 positions, 9.5 nm; made are 4 to 15 nm, doi 10.1021/nl5048779."""
    positions = surface_halides_from_vacancies(VACANCIES.measured, VACANT_FRACTION.measured.value)
    assert positions.value == pytest.approx(1583.3, abs=0.1)
    for cell in (BROMIDE_CELL_NM, 0.5874):  # room temperature; a cubic cell that is in use
        edge = edge_from_surface_halides(positions, cell)
        assert edge.value == pytest.approx(9.5, abs=0.05)
        assert EDGE_RANGE_NM[0] < edge.value - 3 * edge.sigma
        assert edge.value + 3 * edge.sigma < EDGE_RANGE_NM[1]


def test_finding_forty_does_not_give_20_per_cent_at_5_per_cent_of_the_surface() -> None:
    """Section on vacancies: "a small number (<5% of the surface) of traps will yield PLQY values <20%".

    With 40 and the 1,583 halide positions above, 5 % are 79 traps, which leave 34 %.
    """
    positions = surface_halides_from_vacancies(VACANCIES.measured, VACANT_FRACTION.measured.value).value
    light = float(plqy_from_traps(0.05 * positions, MIXED))
    assert light == pytest.approx(0.336, abs=1e-3)
    assert light > 0.20


def test_finding_definitions_under_which_the_sentence_would_hold() -> None:
    """20 % needs 160 traps at k = 40: which readings have them?"""
    needed = float(traps_from_plqy(0.20, MIXED))
    assert needed == pytest.approx(160.0)
    positions = surface_halides_from_vacancies(VACANCIES.measured, VACANT_FRACTION.measured.value).value
    assert needed / positions == pytest.approx(0.101, abs=1e-3)
    # "The surface" as halide and caesium positions of the facets: 5 % leave 20.2 %, still just above.
    cells_per_edge = (positions / 6) ** 0.5
    cube = cube_sites(cells_per_edge * BROMIDE_CELL_NM, BROMIDE_CELL_NM)
    both = cube.surface_halide.value + cube.surface_caesium
    assert float(plqy_from_traps(0.05 * both, MIXED)) == pytest.approx(0.2015, abs=5e-4)
    # A larger nanocrystal: 5 % of its halide positions are 160 from an edge of 13.5 nm on.
    assert edge_from_surface_halides(Measured(needed / 0.05), BROMIDE_CELL_NM).value == pytest.approx(
        13.5, abs=0.05
    )
    # Another ratio: below 20 with 79 traps.
    assert 0.05 * positions * 0.20 / 0.80 == pytest.approx(19.8, abs=0.1)


def test_finding_xps_bounds_nothing() -> None:
    """Section on the inorganic surface: Cs:Pb:Br 0.78 ± 0.04 : 1 : 2.83 ± 0.02 over the first 2.0 nm.

    Against a perfect CsX-terminated facet even the whole outermost plane isn't enough to be missing.
    """
    for weighting in ("exponential", "cut"):
        bound = halide_vacancies_from_xps(XPS_BR_PER_PB.measured, BROMIDE_CELL_NM, weighting=weighting)
        assert bound.exceeds_outermost_plane
        assert bound.vacant_fraction.value > VACANT_FRACTION.measured.value
        expected = facet_ratios(BROMIDE_CELL_NM, weighting=weighting)
        assert expected.caesium_per_lead > XPS_CS_PER_PB.measured.value + 3 * XPS_CS_PER_PB.measured.sigma


def test_gain_by_composition() -> None:
    """At 190 traps: a point for iodide, a third for bromide, most for mixed, unknown for chloride."""
    bounds = [
        gain_bound(190.0, published_rate_ratio(one))
        for one in ({"I": 1.0}, {"Br": 1.0}, {"Br": 0.5, "Cl": 0.5})
    ]
    assert [round(one.gain, 3) for one in bounds] == [0.009, 0.363, 0.826]
    assert [one.order_of_magnitude_only for one in bounds] == [False, False, True]
    assert all("Phase stability is not covered" in one.sentence for one in bounds)
    assert "order of magnitude" in bounds[2].sentence
    assert isinstance(gain_bound(190.0, published_rate_ratio({"Cl": 1.0})), Missing)


@pytest.mark.parametrize(
    ("halides", "a_site"),
    [({"Cl": 1.0}, "Cs"), ({"Br": 0.7, "Cl": 0.3}, "Cs"), ({"Br": 1.0}, "MA"), ({}, "Cs")],
)
def test_what_was_not_measured_is_missing(halides: dict[str, float], a_site: str) -> None:
    assert isinstance(published_rate_ratio(halides, a_site=a_site), Missing)


def test_other_losses_only_make_the_gain_smaller() -> None:
    """The docstring's formula, against rates: k_r = 1, traps of 1/k each, and another loss x."""
    bound = gain_bound(190.0, BROMIDE)
    for other in (0.0, 0.1, 1.0, 10.0):
        before = 1.0 / (1.0 + other + 190.0 / BROMIDE)
        gain = 1.0 / (1.0 + other) - before
        formula = 190.0 / ((1.0 + other) * ((1.0 + other) * BROMIDE + 190.0))
        assert gain == pytest.approx(formula)
        assert gain <= bound.gain + 1e-12


def test_a_shorter_lifetime_can_mean_passivation() -> None:
    """Park et al., doi 10.1039/c9na00292h, abstract: PLQY 76.1 → 99.8 %, lifetime 3.16 → 2.42 ns."""
    seen = passivation_evidence(Measured(3.16), Measured(2.42), Measured(0.761), Measured(0.998))
    assert seen.verdict == "nonradiative rate falls"
    assert not isinstance(seen.before, Missing)
    assert not isinstance(seen.after, Missing)
    assert seen.before.nonradiative_per_ns.value == pytest.approx(0.239 / 3.16)
    assert seen.after.nonradiative_per_ns.value == pytest.approx(0.002 / 2.42)
    assert seen.after.radiative_per_ns.value / seen.before.radiative_per_ns.value == pytest.approx(
        1.71, abs=0.01
    )


def test_a_longer_lifetime_alone_is_no_verdict() -> None:
    seen = passivation_evidence(Measured(3.0), Measured(9.0))
    assert seen.verdict == "unknown"
    assert isinstance(seen.before, Missing)
    assert "PLQY" in seen.meaning


def test_every_cell_says_where_it_is_from() -> None:
    assert all(one.source.locator for one in LATTICES)
