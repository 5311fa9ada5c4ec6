import numpy as np
import pytest

from ligandkb.missing import Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.surface.decay import checked_decay
from ligandkb.surface.lifetimes import ASK_FOR_PLQY, LifetimeFit, fit_lifetime
from ligandkb.surface.passivation import passivation_evidence, rates
from ligandkb.surface.uncertainty import Measured

TIME = np.arange(0.0, 100.0, 0.2)


def expected(
    lifetime: float = 6.0, stretch: float = 1.0, background: float = 4.0, height: float = 8000.0
) -> np.ndarray:
    after = np.clip(TIME - 10.0, 0.0, None)
    return np.where(TIME < 10.0, 0.0, height * np.exp(-((after / lifetime) ** stretch))) + background


def fitted(seed: int, *, background_until_ns: float | None = 9.0, **shape: float) -> LifetimeFit:
    counts = np.random.default_rng(seed).poisson(expected(**shape))
    return fit_lifetime(TIME, counts, background_until_ns=background_until_ns)


def test_one_exponential_is_told() -> None:
    fit = fitted(1)
    assert fit.verdict == "one exponential"
    assert fit.lifetime_ns.value == pytest.approx(6.0, rel=0.02)
    assert fit.decades == pytest.approx(2.0)
    # The peak bin is left out, and the window ends two decades down: 10.2 + 6 ln 100.
    assert fit.window_ns[0] == pytest.approx(10.2)
    assert fit.window_ns[1] == pytest.approx(10.0 + 6.0 * np.log(100.0), abs=1.5)
    assert fit.goodness_p > 0.001
    assert fit.notes[0] == ASK_FOR_PLQY


def test_a_distribution_is_told() -> None:
    fit = fitted(2, stretch=0.8)
    assert fit.verdict == "distribution"
    assert fit.stretch_exponent.value == pytest.approx(0.8, abs=0.03)
    assert fit.stretch_p < 1e-10
    assert fit.goodness_p < 1e-6
    assert fit.runs_p < 0.01
    assert any("distribution of lifetimes" in note for note in fit.notes)


def test_two_emitters_are_a_distribution() -> None:
    two = 0.5 * (expected(2.0, background=0.0) + expected(12.0, background=0.0)) + 4.0
    counts = np.random.default_rng(3).poisson(two)
    assert fit_lifetime(TIME, counts, background_until_ns=9.0).verdict == "distribution"


def biexponential(
    seed: int, *, height: float = 8000.0, slow: float = 0.3, background: float = 12.0
) -> tuple[np.ndarray, np.ndarray]:
    """Pulse at 5 ns, then 3 and 20 ns: means of 8.1 and 15.59 ns with 30 % of the amplitude slow."""
    time = np.arange(0.0, 100.0, 0.1)
    after = time - 5.0
    light = height * ((1.0 - slow) * np.exp(-after / 3.0) + slow * np.exp(-after / 20.0))
    return time, np.random.default_rng(seed).poisson(np.where(after < 0, 0.0, light) + background)


@pytest.mark.parametrize("background_until_ns", [4.5, None])
def test_a_biexponential_keeps_its_background_and_gets_its_means(background_until_ns: float | None) -> None:
    fit = fit_lifetime(*biexponential(1), background_until_ns=background_until_ns)
    assert fit.rejected
    assert fit.background_counts == pytest.approx(12.0, abs=0.5)
    assert fit.models.chosen == "two exponentials"
    pair = fit.models.best
    assert not pair.rejected
    assert [one.value for one in pair.lifetimes_ns] == pytest.approx([3.0, 20.0], rel=0.03)
    assert pair.amplitude_shares == pytest.approx((0.7, 0.3), abs=0.01)
    assert 0.7 * 3 + 0.3 * 20 in pair.amplitude_mean_ns
    assert (0.7 * 3**2 + 0.3 * 20**2) / 8.1 in pair.intensity_mean_ns
    assert isinstance(fit.lifetime_for_rates, Missing)


@pytest.mark.parametrize(
    ("height", "slow", "background"), [(2000.0, 0.3, 12.0), (20000.0, 0.4, 12.0), (8000.0, 0.05, 0.5)]
)
def test_the_dark_bins_bound_the_background_of_every_fit(
    height: float, slow: float, background: float
) -> None:
    time, counts = biexponential(4, height=height, slow=slow, background=background)
    fit = fit_lifetime(time, counts, background_until_ns=4.5)
    assert fit.background_counts == pytest.approx(background, abs=4 * np.sqrt(background / 45))


def test_three_exponentials_get_no_interval_that_is_believed() -> None:
    time = np.arange(0.0, 200.0, 0.1)
    light = sum(2e5 * np.exp(-(time - 5) / tau) for tau in (2.0, 10.0, 40.0))
    counts = np.random.default_rng(5).poisson(np.where(time < 5, 0.0, light) + 12.0)
    fit = fit_lifetime(time, counts, background_until_ns=4.5)
    assert fit.models.chosen == "none fits"
    assert isinstance(fit.models.best, NotApplicable)
    assert all(model.rejected for model in fit.models.all)
    assert fit.background_counts == pytest.approx(12.0, abs=1.6)
    assert any("None of the models describes all of the decay" in note for note in fit.notes)


def test_one_exponential_that_holds_gives_rates_and_is_chosen() -> None:
    fit = fitted(1)
    assert not fit.rejected
    assert fit.models.chosen == "one exponential"
    assert fit.models.one.amplitude_mean_ns == fit.models.one.intensity_mean_ns
    lifetime = fit.lifetime_for_rates
    assert isinstance(lifetime, Measured)
    assert lifetime.sigma == pytest.approx(
        (fit.lifetime_ns.high - fit.lifetime_ns.low) / (2 * 1.96), rel=1e-3
    )


def test_bins_beyond_the_next_pulse_are_no_background() -> None:
    time = np.arange(0.0, 200.0, 0.2)
    counts = np.where(
        time < 100.0, np.append(np.random.default_rng(6).poisson(expected()), np.zeros(500)), 0.0
    )
    fit = fit_lifetime(time, counts, background_until_ns=9.0)
    assert fit.verdict == "one exponential"
    assert 6.0 in fit.lifetime_ns
    assert any("from 100 ns on are all empty" in note for note in fit.notes)


def test_few_counts_cannot_tell() -> None:
    fits = [fitted(seed, height=150.0, background=0.5) for seed in range(20)]
    assert sum(fit.verdict == "can't tell" for fit in fits) >= 16
    assert all(any("collect 1,000 or more" in note for note in fit.notes) for fit in fits)


def test_background_ends_a_decay_early_and_says_so() -> None:
    fit = fitted(5, height=800.0, background=40.0)
    assert 6.0 in fit.lifetime_ns
    short = fit_lifetime(
        TIME[:110], np.random.default_rng(5).poisson(expected())[:110], background_until_ns=9.0
    )
    assert short.decades < 1.9
    assert any("ends in the background" in note for note in short.notes)


def test_without_dark_bins_the_background_is_less_sure() -> None:
    with_dark, without = fitted(6), fitted(6, background_until_ns=None)
    width = [fit.lifetime_ns.high - fit.lifetime_ns.low for fit in (with_dark, without)]
    assert width[1] > width[0]
    assert any("fitted within the window" in note for note in without.notes)


def test_fast_pulses_and_wide_bins_are_noted() -> None:
    counts = np.random.default_rng(7).poisson(expected(15.0))
    fit = fit_lifetime(TIME, counts, background_until_ns=9.0, repetition_rate_mhz=20.0)
    assert any("Pulses come every 50 ns" in note for note in fit.notes)
    fast = np.random.default_rng(8).poisson(expected(0.8, height=80000.0))
    assert any("less than 5 bins" in note for note in fit_lifetime(TIME, fast, background_until_ns=9.0).notes)


def test_the_response_can_be_skipped() -> None:
    counts = np.random.default_rng(9).poisson(expected() + np.where(np.abs(TIME - 10.4) < 0.5, 20000.0, 0.0))
    smeared = fit_lifetime(TIME, counts, background_until_ns=9.0)
    skipped = fit_lifetime(TIME, counts, background_until_ns=9.0, skip_ns=2.0, decades=2.4)
    assert smeared.verdict == "distribution"
    assert skipped.verdict == "one exponential"


@pytest.mark.parametrize(
    ("time", "counts", "named"),
    [
        (TIME, -expected().round(), "counts"),
        (TIME, expected() / expected().max(), "no whole numbers"),
        (TIME, np.full(TIME.size, 7.0), "all counts are equal"),
        (TIME[::-1], expected().round(), "don't ascend"),
        (np.append(TIME[:-1], 200.0), expected().round(), "not equally wide"),
        (TIME[:5], expected()[:5].round(), "5 bins are no decay"),
        (TIME, np.where(TIME == 20.0, np.nan, expected().round()), r"counts\[100\]"),
        (TIME[:-1], expected().round(), "shape"),
    ],
)
def test_nonsense_is_refused_by_name(time: np.ndarray, counts: np.ndarray, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        fit_lifetime(time, counts)


def test_too_little_background_or_window_is_refused() -> None:
    with pytest.raises(UsageError, match="background_until_ns"):
        fit_lifetime(TIME, expected().round(), background_until_ns=0.1)
    with pytest.raises(UsageError, match="use narrower bins"):
        fit_lifetime(TIME, expected(0.2).round(), background_until_ns=9.0)


@pytest.mark.parametrize("lifetime", [0.03, 0.1, 1.0, 29.0, 300.0])
@pytest.mark.parametrize("height", [50.0, 8000.0])
def test_no_lifetime_of_a_nanocrystal_is_taken_for_another_unit(lifetime: float, height: float) -> None:
    time = np.arange(0.0, 20.0 * lifetime, lifetime / 25.0)
    light = np.where(time < 2.0 * lifetime, 0.0, height * np.exp(2.0 - time / lifetime))
    for seed in range(20):
        checked_decay(time, np.random.default_rng(seed).poisson(light + 2.0))
    fit_lifetime(time, np.random.default_rng(0).poisson(light + 2.0), skip_ns=0.0)


def test_background_must_end_before_the_pulse() -> None:
    with pytest.raises(UsageError, match="background_until_ns: 62 ns isn't before the peak at 10 ns"):
        fit_lifetime(TIME, expected().round(), background_until_ns=62.0)


def test_errors_must_be_numbers_without_plqy_too() -> None:
    with pytest.raises(UsageError, match=r"lifetime_before_ns\.sigma: nan"):
        passivation_evidence(Measured(3.0, float("nan")), Measured(4.0))


def test_a_part_of_an_error_does_not_pass_for_the_whole() -> None:
    for plqy, lifetime in ((Measured(0.9), Measured(5.0, 0.1)), (Measured(0.9, 0.03), Measured(5.0))):
        one = rates(plqy, lifetime)
        assert one.radiative_per_ns == Measured(0.9 / 5.0)
        assert one.nonradiative_per_ns.sigma == 0.0
    assert rates(Measured(0.9, 0.03), Measured(5.0, 0.1)).nonradiative_per_ns.sigma > 0


def test_a_verdict_weighs_what_is_known_and_names_what_is_not() -> None:
    before, after = Measured(0.80, 0.05), Measured(0.82, 0.05)
    seen = passivation_evidence(Measured(5.0), Measured(5.0), before, after)
    assert seen.verdict == "no change seen"  # by the errors of the PLQY, though those of the lifetimes lack
    assert "Taken as exact, for want of an error: the lifetime before, the lifetime after" in seen.meaning
    assert seen.lifetime_change.sigma == 0.0
    whole = passivation_evidence(Measured(5.0, 0.1), Measured(5.0, 0.1), before, after)
    assert "Taken as exact" not in whole.meaning


def test_rates_add_up_to_the_inverse_lifetime() -> None:
    one = rates(Measured(0.62, 0.03), Measured(5.0, 0.1))
    assert one.radiative_per_ns.value + one.nonradiative_per_ns.value == pytest.approx(0.2)
    assert one.radiative_per_ns.sigma == pytest.approx(np.hypot(0.03, 0.62 * 0.02) / 5.0)


def test_errors_can_hide_a_change() -> None:
    seen = passivation_evidence(
        Measured(5.0, 0.5), Measured(5.5, 0.5), Measured(0.6, 0.1), Measured(0.7, 0.1)
    )
    assert seen.verdict == "no change seen"
    worse = passivation_evidence(
        Measured(5.0, 0.1), Measured(2.0, 0.1), Measured(0.8, 0.02), Measured(0.3, 0.02)
    )
    assert worse.verdict == "nonradiative rate rises"


def test_one_plqy_is_not_enough() -> None:
    seen = passivation_evidence(Measured(3.0), Measured(9.0), plqy_before=Measured(0.6))
    assert seen.verdict == "unknown"
    assert isinstance(seen.after, Missing)
    assert "after the treatment" in seen.meaning


@pytest.mark.slow
@pytest.mark.parametrize("background_until_ns", [9.0, None])
@pytest.mark.parametrize(("stretch", "height"), [(1.0, 8000.0), (1.0, 600.0), (0.8, 8000.0)])
def test_intervals_cover_the_truth_at_their_nominal_rate(
    stretch: float, height: float, background_until_ns: float | None
) -> None:
    """500 replicates: the rate has a standard error of 1 %, and 3 of them are allowed."""
    fits = [
        fitted(1000 + seed, stretch=stretch, height=height, background_until_ns=background_until_ns)
        for seed in range(500)
    ]
    assert 0.92 <= np.mean([stretch in fit.stretch_exponent for fit in fits]) <= 0.98
    if stretch == 1.0:
        assert 0.92 <= np.mean([6.0 in fit.lifetime_ns for fit in fits]) <= 0.98
        assert np.mean([fit.verdict == "distribution" for fit in fits]) < 0.06


@pytest.mark.slow
def test_intervals_of_mean_lifetimes_cover_the_truth_at_their_nominal_rate() -> None:
    """500 replicates, as above."""
    covered = []
    for seed in range(500):
        time, counts = biexponential(seed)
        pair = fit_lifetime(time, counts, background_until_ns=4.5).models.two
        covered.append((8.1 in pair.amplitude_mean_ns, 126.3 / 8.1 in pair.intensity_mean_ns, pair.rejected))
    amplitude, intensity, rejected = np.mean(covered, axis=0)
    assert 0.92 <= amplitude <= 0.98
    assert 0.92 <= intensity <= 0.98
    assert rejected < 0.01
