import math

import pytest

from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured
from ligandkb.surface.xps import UPPER_BOUND_ONLY, facet_ratios, halide_vacancies_from_xps

A = 0.5831


def test_exponential_weights_agree_with_a_sum_over_planes() -> None:
    caesium = sum(math.exp(-k * A / 2.0) for k in range(400))
    lead = sum(math.exp(-(k + 0.5) * A / 2.0) for k in range(400))
    ratios = facet_ratios(A)
    assert ratios.caesium_per_lead == pytest.approx(caesium / lead)
    assert ratios.halide_per_lead == pytest.approx((caesium + 2 * lead) / lead)
    assert ratios.lead_weight == pytest.approx(lead)


def test_cut_counts_whole_planes() -> None:
    """Planes at 0, 0.58, 1.17, 1.75 nm (CsX) and 0.29, 0.87, 1.46 nm (PbX2); the next lie beyond 2.0 nm."""
    ratios = facet_ratios(A, weighting="cut")
    assert ratios.caesium_per_lead == pytest.approx(4 / 3)
    assert ratios.halide_per_lead == pytest.approx((4 + 6) / 3)


def test_a_deep_probe_sees_the_bulk() -> None:
    assert facet_ratios(A, probe_depth_nm=10.0).halide_per_lead == pytest.approx(3.0, abs=0.04)


def test_a_facet_without_its_outer_halides_is_read_back_exactly() -> None:
    """Taking away a known share of the outermost halides gives that share back."""
    perfect = facet_ratios(A)
    for share in (0.0, 0.12, 0.5):
        seen = perfect.halide_per_lead - share / perfect.lead_weight
        bound = halide_vacancies_from_xps(Measured(seen, 0.0), A, surface_halides=1600.0)
        assert bound.vacant_fraction.value == pytest.approx(share, abs=1e-12)
        assert bound.vacancies_per_nanocrystal is not None
        assert bound.vacancies_per_nanocrystal.value == pytest.approx(1600.0 * share, abs=1e-9)
        assert not bound.exceeds_outermost_plane
        assert UPPER_BOUND_ONLY in bound.notes


def test_more_halide_than_a_perfect_facet_means_no_vacancies() -> None:
    assert halide_vacancies_from_xps(Measured(3.5, 0.1), A).vacant_fraction.value == 0.0


def test_a_bound_beyond_the_outermost_plane_is_capped_and_says_so() -> None:
    bound = halide_vacancies_from_xps(Measured(2.5, 0.1), A, surface_halides=1600.0)
    assert bound.exceeds_outermost_plane
    assert bound.vacancies_per_nanocrystal == Measured(1600.0, 0.0)
    assert any("says nothing" in note for note in bound.notes)


def test_nonsense_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="halide_per_lead"):
        halide_vacancies_from_xps(Measured(-1.0), A)
    with pytest.raises(UsageError, match="ångström, write 2"):
        facet_ratios(A, probe_depth_nm=20.0)
    with pytest.raises(UsageError, match="weighting"):
        facet_ratios(A, weighting="linear")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"probe_depth_nm.*half a lattice constant"):
        facet_ratios(0.7, probe_depth_nm=0.3, weighting="cut")
