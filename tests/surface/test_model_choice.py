"""Which model is named, and what its intervals hold (benchmarks/lifetimes.py tries 300)."""

import math

import numpy as np
import pytest
from decays import NAMES, trial
from scipy.integrate import trapezoid

from ligandkb.missing import NotApplicable
from ligandkb.surface.decay_models import amplitude_mean, exponential, intensity_mean, stretched
from ligandkb.surface.goodness import deviance_p
from ligandkb.surface.least_squares import LeastSquares
from ligandkb.surface.lifetimes import LifetimeFit, fit_lifetime
from ligandkb.surface.uncertainty import Interval


def fitted(name: str, seed: int, *, least: float, most: float = 1e5) -> LifetimeFit:
    """A decay without a response."""
    rng = np.random.default_rng(seed)
    while True:
        one = trial(name, with_response=False, rng=rng)
        if least < one.peak_counts < most:
            return fit_lifetime(one.time_ns, one.counts, background_until_ns=float(one.time_ns[90]))


@pytest.mark.parametrize("seed", [0, 2, 3])  # once in a hundred times noise looks like a further parameter
@pytest.mark.parametrize("name", NAMES)
def test_the_model_is_named(name: str, seed: int) -> None:
    fit = fitted(name, seed, least=1e4)
    assert fit.models.chosen == name
    assert fit.models.best.name == name
    assert fit.models.nearest is fit.models.best
    assert not fit.models.best.rejected
    assert all(model.bic >= fit.models.best.bic for model in fit.models.all if not model.rejected)


def test_what_could_be_another_model_as_well_says_so() -> None:
    fits = [fitted("two exponentials", seed, least=100.0, most=200.0) for seed in range(12)]
    unsure = [fit for fit in fits if not fit.models.clear]
    assert unsure
    for fit in unsure:
        assert fit.models.lead < 6.0
        assert any("as well" in note for note in fit.notes)


def test_a_model_that_leads_clearly_says_nothing() -> None:
    fit = fitted("one exponential", 0, least=5e4)
    assert fit.models.clear
    assert fit.models.near == ()
    assert not any("as well" in note for note in fit.notes)


def test_means_of_one_exponential_are_its_lifetime_and_of_a_stretched_one_gammas() -> None:
    assert amplitude_mean(exponential, np.log([5.0, 3.0])) == pytest.approx(math.log(3.0))
    assert intensity_mean(exponential, np.log([5.0, 3.0])) == pytest.approx(math.log(3.0))
    time = np.linspace(0.0, 2000.0, 2_000_001)
    light = np.exp(-((time / 4.0) ** 0.6))
    area = trapezoid(light, time)
    parameters = np.log([1.0, 4.0, 0.6])
    assert math.exp(amplitude_mean(stretched, parameters)) == pytest.approx(area, rel=1e-3)
    assert math.exp(intensity_mean(stretched, parameters)) == pytest.approx(
        trapezoid(time * light, time) / area, rel=1e-3
    )


@pytest.mark.parametrize("expected", [0.05, 0.5, 3.0, 50.0, 1000.0])
def test_the_test_of_goodness_rejects_as_often_as_it_says(expected: float) -> None:
    """A tenth of 400 replicates, with a standard error of 1.5 %; chi-square's own would reject none or all."""
    rng = np.random.default_rng(0)
    means = np.full(500, expected)
    counts = rng.poisson(means, (400, 500)).astype(float)
    logs = np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1.0) / means), 0.0)
    deviances = 2.0 * (logs - counts + means).sum(axis=1)
    rejected = np.mean([deviance_p(deviance, means, 0) < 0.1 for deviance in deviances])
    assert 0.05 <= rejected <= 0.155


def test_a_profile_follows_what_bends() -> None:
    """A mean of exp(p) known as 2 ± 1 has an interval that isn't even in p."""
    fit = LeastSquares(
        lambda p: np.array([math.exp(p[0]) - 2.0]),
        lambda p: np.array([[math.exp(p[0])]]),
        np.array([-20.0]),
        np.array([20.0]),
    )
    best, least = fit.minimise([np.array([0.0])])
    low, high = fit.interval(best, lambda p: float(p[0]), quantile=1.0)
    assert least == pytest.approx(0.0, abs=1e-12)
    assert math.exp(low) == pytest.approx(1.0, rel=0.02)
    assert math.exp(high) == pytest.approx(3.0, rel=0.02)
    assert fit.interval(best, lambda p: float(p[0]), quantile=2.5)[0] == -math.inf


def test_only_what_has_a_stretch_or_a_shift_gets_one() -> None:
    models = fitted("two exponentials", 1, least=1e4).models
    assert isinstance(models.stretched.stretch_exponent, Interval)
    assert isinstance(models.two.stretch_exponent, NotApplicable)
    assert isinstance(models.two.shift_ns, NotApplicable)
    assert sum(models.two.amplitude_shares) == pytest.approx(1.0)
    assert models.two.lifetimes_ns[0].value < models.two.lifetimes_ns[1].value


def test_a_late_end_is_left_out_on_demand() -> None:
    time = np.arange(0.0, 100.0, 0.2)
    light = np.where(time < 10, 0.0, 8000 * np.exp((10 - time) / 6)) + 4.0 + 60.0 * (np.abs(time - 70.0) < 3)
    counts = np.random.default_rng(0).poisson(light)
    assert fit_lifetime(time, counts, background_until_ns=9.0).models.chosen == "none fits"
    cut = fit_lifetime(time, counts, background_until_ns=9.0, until_ns=66.0)
    assert cut.models.chosen == "one exponential"
    assert 6.0 in cut.lifetime_ns
    assert any("from 66.2 ns on see the next pulse, or were not wanted" in note for note in cut.notes)
