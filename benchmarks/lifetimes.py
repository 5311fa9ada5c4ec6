"""How often do intervals of lifetimes hold the truth, and is the model named right?

Fits the 300 synthetic decays of ``decays.py``, where what they are drawn from is declared, and prints the tables of
docs/surface.md.

    python benchmarks/lifetimes.py [SEED] [DECAYS OF EACH KIND]
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from decays import NAMES, PULSE_BIN, Trial, trials

from ligandkb.surface.decay_light import DecayLight, light_of
from ligandkb.surface.lifetimes import fit_lifetime
from ligandkb.surface.model_choice import SHAPES, DecayModel, best_fit, described
from ligandkb.surface.response import prepared_response
from ligandkb.surface.uncertainty import Interval

MANY_COUNTS = 1e4
QUANTILE = 1.96
DARK_UNTIL_BIN = PULSE_BIN - 10


@dataclass(frozen=True)
class Result:
    """What came of a decay: the name given, whether the truth can be told, and which intervals held it."""

    trial: Trial
    chosen: str
    can_be_told: bool
    rejected: bool
    held: dict[str, bool]
    held_when_named: dict[str, bool]
    seconds: float


def light(trial: Trial, counts: np.ndarray) -> DecayLight:
    """The bins of a decay that are fitted, with these counts in them."""
    response = None if trial.response is None else prepared_response(trial.time_ns, trial.response)
    until = None if response else float(trial.time_ns[DARK_UNTIL_BIN])
    return light_of(trial.time_ns, counts, response=response, background_until_ns=until)


def can_be_told(trial: Trial) -> bool:
    """Whether BIC would name the model in 97.5 % of repetitions against each of the others, as declared."""
    seen = light(trial, trial.counts).whole
    kept = np.isin(trial.time_ns, seen.time_ns) if trial.response is not None else None
    shown = trial.expected[-seen.counts.size :] if kept is None else trial.expected[kept]
    dark = float(trial.expected[: DARK_UNTIL_BIN + 1].sum()) if seen.dark_time_ns.size else 0.0
    expected = replace(seen, counts=shown, dark_counts=dark)
    single, least = best_fit(expected, SHAPES["one exponential"])
    deviance = {"one exponential": (least, single.size)}
    for name in NAMES[1:]:
        best, deviance_there = best_fit(expected, SHAPES[name], single)
        deviance[name] = (deviance_there, best.size)
    mine = deviance[trial.name]
    for name, (worse, parameters) in deviance.items():
        shown_by = max(worse - mine[0], 0.0)
        penalty = (mine[1] - parameters) * math.log(seen.data.size)
        if name != trial.name and shown_by - penalty < QUANTILE * 2.0 * math.sqrt(shown_by):
            return False
    return True


def held(model: DecayModel, trial: Trial) -> dict[str, bool]:
    """Which intervals hold the truth."""
    names = ("lifetime",) if len(model.lifetimes_ns) == 1 else ("shorter lifetime", "longer lifetime")
    if trial.name == "stretched exponential":
        names = ("τ",)
    found = {
        name: truth in interval
        for name, truth, interval in zip(names, trial.lifetimes_ns, model.lifetimes_ns, strict=True)
    }
    if trial.name != "one exponential":
        amplitude, intensity = trial.means_ns
        found["mean by amplitude"] = amplitude in model.amplitude_mean_ns
        found["mean by intensity"] = intensity in model.intensity_mean_ns
    if isinstance(model.stretch_exponent, Interval):
        found["β"] = trial.stretch in model.stretch_exponent
    return found


def result(trial: Trial) -> Result:
    """Fit a decay as a user would, and its true model for the intervals, whichever was named."""
    begin = time.process_time()
    fit = fit_lifetime(
        trial.time_ns,
        trial.counts,
        response=None if trial.response is None else (trial.time_ns, trial.response),
        background_until_ns=None if trial.response is not None else float(trial.time_ns[DARK_UNTIL_BIN]),
    )
    seconds = time.process_time() - begin
    decay = light(trial, trial.counts).whole
    single = best_fit(decay, SHAPES["one exponential"])
    best = single if trial.name == NAMES[0] else best_fit(decay, SHAPES[trial.name], single[0])
    model = described(decay, trial.name, *best, 0.95, by_likelihood=True)
    named = fit.models.chosen == trial.name
    return Result(
        trial,
        fit.models.chosen,
        can_be_told(trial),
        model.rejected,
        held(model, trial),
        held(model, trial) if named else {},
        seconds,
    )


def rate(values: Iterable[bool]) -> str:
    """A share with its counts."""
    found = list(values)
    return f"{sum(found)} of {len(found)} ({100 * np.mean(found):.1f} %)" if found else "-"


def show(results: list[Result]) -> None:
    """Print the tables."""
    print("\nNamed right:\n\n| counts at the peak | all | of those that can be told |\n|---|---|---|")
    edges = [(10.0**low, 10.0 ** (low + 1)) for low in (2, 3, 4)]
    for low, high in edges:
        inside = [one for one in results if low <= one.trial.peak_counts < high]
        told = [one for one in inside if one.can_be_told]
        right = [rate(one.chosen == one.trial.name for one in some) for some in (inside, told)]
        print(f"| {low:,.0f} to {high:,.0f} | {right[0]} | {right[1]} |")
    many = [one for one in results if one.trial.peak_counts >= MANY_COUNTS]
    print(
        "\nAbove 10,000 counts, by model:\n\n| model | response | all | of those that can be told |\n|---|---|---|---|"
    )
    for name in NAMES:
        for given in (False, True):
            some = [
                one for one in many if one.trial.name == name and (one.trial.response is not None) == given
            ]
            told = [one for one in some if one.can_be_told]
            right = [rate(one.chosen == name for one in part) for part in (some, told)]
            print(f"| {name} | {'given' if given else 'none'} | {right[0]} | {right[1]} |")
    print("\nNamed instead, above 10,000 counts:")
    for one in many:
        if one.chosen != one.trial.name:
            print(" ", _words(one))
    print("\nIntervals of 95 % that hold the truth, fitted with the true model:\n")
    print("| quantity | all | above 10,000 counts | without response | behind one | where named right |")
    print("|---|---|---|---|---|---|")
    quantities = dict.fromkeys(f"{one.trial.name}: {name}" for one in results for name in one.held)
    for quantity in [*quantities, "all of them"]:
        cells = [
            rate(_values(some, quantity, named=named))
            for some, named in (
                (results, False),
                (many, False),
                ([one for one in results if one.trial.response is None], False),
                ([one for one in results if one.trial.response is not None], False),
                (results, True),
            )
        ]
        print(f"| {quantity} | {' | '.join(cells)} |")
    print(f"\nThe true model is rejected at 0.1 %: {rate(one.rejected for one in results)}")
    seconds = [one.seconds for one in results]
    print(f"Seconds of one core for a decay: median {np.median(seconds):.2f}, at most {max(seconds):.1f}")


def _values(results: list[Result], quantity: str, *, named: bool) -> list[bool]:
    return [
        value
        for one in results
        for name, value in (one.held_when_named if named else one.held).items()
        if quantity in (f"{one.trial.name}: {name}", "all of them")
    ]


def _words(one: Result) -> str:
    trial = one.trial
    made_of = f"{trial.peak_counts:,.0f} counts, {', '.join(f'{tau:.3g}' for tau in trial.lifetimes_ns)} ns"
    share = "" if math.isnan(trial.slow_share) else f", slow {trial.slow_share:.2f}"
    told = "can be told" if one.can_be_told else "can't be told"
    response = "none" if trial.response is None else "given"
    return (
        f"{trial.name} as {one.chosen}: {made_of}{share}, β {trial.stretch:.2f}, response {response}; {told}"
    )


def main() -> None:
    """Fit all and print."""
    seed, each = (int(text) for text in (*sys.argv[1:], *("12", "50")[len(sys.argv) - 1 :]))
    show([result(trial) for trial in trials(seed, each)])


if __name__ == "__main__":
    main()
