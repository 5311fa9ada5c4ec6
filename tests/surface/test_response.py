"""Decays behind an instrument's response; truth is convolved on a grid of its own (benchmarks/decays.py)."""

import math

import numpy as np
import pytest
from decays import BINS, Trial, trial

from ligandkb.problems import UsageError
from ligandkb.surface.decay_models import Decay, exponential, two_exponentials
from ligandkb.surface.lifetimes import LifetimeFit, fit_lifetime
from ligandkb.surface.response import Response, averaged, earlier, prepared_response


def drawn(name: str, seed: int, *, least: float = 5e3) -> Trial:
    """A trial behind a response, with so many counts at the peak."""
    rng = np.random.default_rng(seed)
    while True:
        found = trial(name, with_response=True, rng=rng)
        if found.peak_counts > least:
            return found


def fitted(one: Trial) -> LifetimeFit:
    return fit_lifetime(one.time_ns, one.counts, response=(one.time_ns, one.response))


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", ["one exponential", "two exponentials", "stretched exponential"])
def test_the_light_behind_a_response_is_found(name: str, seed: int) -> None:
    one = drawn(name, seed)
    fit = fitted(one)
    model = fit.models.best
    assert fit.models.chosen == name
    assert model.goodness_p > 0.001
    amplitude, intensity = one.means_ns
    assert model.amplitude_mean_ns.value == pytest.approx(amplitude, rel=0.03)
    assert model.intensity_mean_ns.value == pytest.approx(intensity, rel=0.03)
    assert math.log(model.amplitude_mean_ns.high / model.amplitude_mean_ns.low) < 0.1


def test_where_the_response_stands_does_not_matter() -> None:
    one = drawn("one exponential", 3)
    here = fitted(one)
    elsewhere = fit_lifetime(one.time_ns, one.counts, response=(one.time_ns + 7.3, one.response))
    assert elsewhere.lifetime_ns.value == pytest.approx(here.lifetime_ns.value, rel=1e-5)
    assert elsewhere.models.one.shift_ns.value == pytest.approx(
        here.models.one.shift_ns.value - 7.3, abs=1e-4
    )
    cut = slice(40, 400)
    shorter = fit_lifetime(one.time_ns, one.counts, response=(one.time_ns[cut], one.response[cut]))
    assert shorter.lifetime_ns.value == pytest.approx(here.lifetime_ns.value, rel=1e-3)


def test_the_background_of_a_response_is_taken_off() -> None:
    one = drawn("one exponential", 4)
    noisy = one.response + np.random.default_rng(0).poisson(200.0, BINS)
    fit = fit_lifetime(one.time_ns, one.counts, response=(one.time_ns, noisy))
    assert fit.response.background_counts == pytest.approx(202.0, abs=5.0)
    assert one.lifetimes_ns[0] in fit.lifetime_ns
    # Taken for light, it would make the lifetime of each decay longer.
    kept = prepared_response(one.time_ns, noisy)
    assert kept.counts == pytest.approx(1e6, rel=0.02)


def test_light_of_earlier_pulses_is_part_of_the_model() -> None:
    rng = np.random.default_rng(5)
    time, period = np.arange(0.0, 20.0, 0.02), 20.0
    pulse = 2e5 * np.exp(-0.5 * ((time - 2.0) / 0.1) ** 2)
    after = (time - 2.0) % period
    light = 2e4 * np.exp(-after / 8.0) / (1.0 - math.exp(-period / 8.0)) * (after > 0)
    seen = np.convolve(light, np.exp(-0.5 * (np.arange(-30, 31) / 5.0) ** 2) / 12.5331, mode="same")
    good = slice(40, 960)  # the ends of a convolution see nothing beyond
    counts = rng.poisson(seen + 3.0)
    with_rate = fit_lifetime(
        time[good], counts[good], response=(time, rng.poisson(pulse)), repetition_rate_mhz=50.0
    )
    without = fit_lifetime(time[good], counts[good], response=(time, rng.poisson(pulse)))
    assert with_rate.models.chosen == "one exponential"
    assert with_rate.models.one.lifetimes_ns[0].value == pytest.approx(8.0, rel=0.01)
    assert without.models.chosen == "none fits"
    assert any("part of the model" in note for note in with_rate.notes)


def test_shares_are_those_of_one_pulse_where_pulses_overlap() -> None:
    time, period = np.arange(0.0, 50.0, 0.05), 50.0
    after = np.clip(time - 5.0, 0.0, None)
    parts = [
        share
        * np.where(time < 5.0, np.exp(-(time - 5.0 + period) / tau), np.exp(-after / tau))
        / (1.0 - math.exp(-period / tau))
        for share, tau in ((0.6, 3.0), (0.4, 30.0))
    ]
    counts = np.random.default_rng(6).poisson(5e4 * np.sum(parts, axis=0) + 2.0)
    fit = fit_lifetime(time, counts, repetition_rate_mhz=20.0, background_until_ns=4.0)
    assert fit.models.chosen == "two exponentials"
    assert fit.models.two.amplitude_shares == pytest.approx((0.6, 0.4), abs=0.02)
    assert [one.value for one in fit.models.two.lifetimes_ns] == pytest.approx([3.0, 30.0], rel=0.05)


def test_bins_that_see_the_next_pulse_are_left_out() -> None:
    time = np.arange(0.0, 30.0, 0.05)
    light = 2e4 * np.exp(-((time - 2.0) % 20.0) / 2.0)
    counts = np.random.default_rng(7).poisson(light + 2.0)
    fit = fit_lifetime(time, counts, repetition_rate_mhz=50.0)
    assert fit.models.chosen == "one exponential"
    assert 2.0 in fit.lifetime_ns
    assert any("next pulse" in note or "last pulse" in note for note in fit.notes)


@pytest.mark.parametrize(
    ("response", "named"),
    [
        (lambda t: (2.0 * t, np.where(np.abs(t - 9.0) < 0.5, 900.0, 3.0)), "response: its bins are"),
        (lambda t: (t, np.full(t.size, 7.0)), "response: counts: all counts are equal"),
        (lambda t: (t, np.random.default_rng(1).poisson(30.0, t.size)), "no pulse stands out"),
        (lambda t: (t[:5], np.arange(5.0)), "response: counts: 5 bins"),
        (lambda t: (t, np.linspace(0.0, 1.0, t.size)), "response: counts: counts are no whole numbers"),
    ],
)
def test_what_is_no_response_is_refused(response, named: str) -> None:
    time = np.arange(0.0, 100.0, 0.2)
    counts = np.random.default_rng(0).poisson(np.where(time < 10, 0.0, 8000 * np.exp((10 - time) / 6)) + 4.0)
    with pytest.raises(UsageError, match=named):
        fit_lifetime(time, counts, response=response(time))


def test_a_response_and_a_skip_are_one_too_many() -> None:
    time = np.arange(0.0, 100.0, 0.2)
    with pytest.raises(UsageError, match="skip_ns: with a response"):
        fit_lifetime(time, np.exp(10 - time / 8).round(), response=(time, time), skip_ns=1.0)


def test_a_response_of_few_counts_is_noted() -> None:
    one = drawn("one exponential", 8, least=5e4)
    few = np.random.default_rng(0).poisson(one.response / 10.0)
    fit = fit_lifetime(one.time_ns, one.counts, response=(one.time_ns, few))
    assert any("less than ten for each one in the peak" in note for note in fit.notes)


def test_an_average_over_bins_is_exact_where_it_can_be_done_by_hand() -> None:
    tau, step = 1.3, 0.2
    bins = np.arange(-3.7, 40.0)
    x = step / tau
    spread = 2.0 * (math.cosh(x) - 1.0) / x**2  # of exp(-t/τ) over a triangle as wide as two bins
    far = bins >= 1.0
    found = averaged(lambda t: np.exp(-t / tau), bins, step)
    assert found[far] == pytest.approx(np.exp(-bins[far] * x) * spread, rel=1e-5)
    assert np.all(found[bins < -1.0] == 0.0)


def test_the_sum_over_earlier_pulses_is_geometric() -> None:
    at = np.array([-3.0, 0.0, 5.0])
    found = earlier(lambda t: np.exp(-t / 4.0), at, 10.0)
    assert found == pytest.approx(np.exp(-at / 4.0) / (math.exp(2.5) - 1.0), rel=1e-8)


def test_derivatives_are_those_of_the_residuals() -> None:
    weights = np.exp(-0.5 * (np.arange(-8, 9) / 2.5) ** 2)
    sharp = Response(weights / weights.sum(), 1.0, 1.8, 0.1, 0.5, 1e6, 0.0)
    time = 0.1 * np.arange(200)
    at = np.array([1.0, 5.0, 0.5, 4.0, 1.5, 0.3])
    made = Decay(time, np.zeros(200), response=sharp)
    counts = np.random.default_rng(2).poisson(made.model(two_exponentials, at)).astype(float)
    decay = Decay(time, counts, response=sharp)
    slopes = decay.jacobian(two_exponentials, at)
    for index, move in enumerate(1e-4 * np.eye(6)):
        ahead, behind = (decay.residuals(two_exponentials, at + sign * move) for sign in (1.0, -1.0))
        assert slopes[:, index] == pytest.approx((ahead - behind) / 2e-4, rel=1e-3, abs=1e-3)
    assert decay.model(exponential, at[[0, 1, 2, 5]]).shape == (200,)


def test_the_next_pulse_is_no_part_of_a_response() -> None:
    time = 0.05 * np.arange(1000)
    pulses = sum(2e4 * np.exp(-0.5 * ((time - at) / 0.2) ** 2) for at in (10.0, 30.0))
    counts = np.random.default_rng(0).poisson(pulses + 2.0)
    one = prepared_response(time, counts, period_ns=20.0)
    assert one.centre_ns == pytest.approx(10.0 if one.rise_ns < 20.0 else 30.0, abs=0.02)
    assert one.counts == pytest.approx(2e4 * 0.2 * math.sqrt(2.0 * math.pi) / 0.05, rel=0.02)
