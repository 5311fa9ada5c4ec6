import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from neutral_hardness import (
    agreement,
    halogen_hardness,
    misordered_halogens,
    neutral_hardness,
    read_dft_sample,
    read_experiment,
    spearman,
)
from scipy import stats

from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.missing import Failed

REFERENCE = Path(__file__).resolve().parents[2] / "../shared/reference"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not here")


numbers = st.lists(st.integers(0, 6).map(float), min_size=3, max_size=12)


@given(numbers, st.data())
def test_rank_correlation_is_that_of_scipy(one, data):
    other = data.draw(st.lists(st.integers(0, 6).map(float), min_size=len(one), max_size=len(one)))
    ours = spearman(np.array(one), np.array(other))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(stats.spearmanr(one, other).statistic)


def test_agreement_counts_what_has_no_value():
    reference = {f"m{index}": float(index) for index in range(20)}
    computed = {name: value + 0.5 for name, value in reference.items() if name != "m3"}
    report = agreement(computed, reference)
    assert (report.n, report.without_value) == (19, ("m3",))
    assert report.spearman == pytest.approx(1.0)
    assert report.mean_absolute_error_ev == pytest.approx(0.5)
    assert (report.low, report.high) == pytest.approx((1.0, 1.0))
    assert agreement({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.0}).low is None
    assert "n = 19" in str(report)


def test_halogens_out_of_order_are_named():
    assert misordered_halogens({"F": 7.01, "Cl": 4.68, "Br": 4.22, "I": 3.69}) == ()
    assert misordered_halogens({"F": 4.0, "Cl": 4.6, "Br": 4.2}) == ("F<Cl",)


@needs_reference
def test_measured_values_are_read():
    found = read_experiment(REFERENCE / "experimental_hardness.csv")
    assert found["O"] == 9.5
    assert len(found) == 6


@needs_reference
def test_a_sample_is_halved_and_drawn_the_same_each_time():
    path = REFERENCE / "carboxylic_acids_cdft.csv"
    one, again = (read_dft_sample(path, 50) for _ in range(2))
    assert one == again
    assert len(one) == 50
    assert all(1 < value < 8 for value in one.values())


def test_a_table_of_ones_own(tmp_path):
    path = tmp_path / "sample.csv"
    path.write_text("smiles,hardness_hartree\nCN,0.4\n", encoding="utf-8")
    assert read_dft_sample(path, 10) == {"CN": pytest.approx(0.2 * 27.2114, abs=1e-3)}


def test_gfn2_does_not_order_the_halogens():
    pytest.importorskip("tblite")
    pytest.importorskip("mendeleev")
    measured = halogen_hardness()
    computed = neutral_hardness(measured, DEFAULT_LEVEL)
    assert all(isinstance(value, float) for value in computed.values())
    names = {species.strip("[]"): value for species, value in computed.items()}
    assert misordered_halogens(names) == ("Cl<Br",)
    assert misordered_halogens({species.strip("[]"): value for species, value in measured.items()}) == ()


def test_neutral_molecules_are_bounded_and_told_one_by_one():
    pytest.importorskip("tblite")
    told = []
    found = neutral_hardness(
        ["N", "CCCCCCCCCC"], DEFAULT_LEVEL, max_atoms=10, told=lambda *one: told.append(one)
    )
    assert isinstance(found["N"], float)
    assert found["CCCCCCCCCC"] == Failed("more than 10 atoms")
    assert dict(told) == found
    assert agreement({"N": found["N"]}, {"N": 8.2}).mean_absolute_error_ev < 5
