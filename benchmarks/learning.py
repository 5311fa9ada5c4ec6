"""Does what is learned from a laboratory hold, in laboratories of which the truth is known?

    python benchmarks/learning.py [--laboratories 200] [--seed 2018] [--only coverage best turned null literature time]

Laboratories are made up over the shipped pairs that are not vetoed (CsPbBr3): weights, intercept, pairs' and batches'
own effects are drawn from the prior; batches of four, each with its untreated sample measured once and
oleylammonium-oleate beside it, which isn't counted as an experiment. What each line means was written down before the
first run of the whole:

- *coverage*: share of the weights, of rules that fired on a tested pair, that lie inside their 90 % interval after so
  many experiments on pairs drawn at random; beside it that of what untested pairs close.
- *best*: experiments until one of the tested pairs really is within 5 points of the best one, in batches of four, each
  experiment counted by its place; laboratories that don't get there in 60 count as 60 in the mean. The rulebook's order
  is that of its scores, equal ones in the order of the ranking. (The line on laboratories that neither reaches with its
  first batch was added after the first run, which showed that half of them are there by the second experiment.)
- *turned*: two of the rules that are *moderate*, speak for a pair and fire on at least ten are worth the opposite of
  what is written. After 24 experiments as ``next`` proposes them: none of the four pairs that the learned ranking puts
  first bears one of them (not obeyed); the learned weight of both is less than half of what is written; both have
  turned their sign.
- *null*: share of the 90 % intervals that leave out the prior's mean, of rules that fired, after the outcomes were
  shuffled among the rows of a laboratory.
- *literature*: stored outcomes, each source left out in turn and learned from the others (discounted, all of them
  published); rules that were written from a source are silent on it. Log loss and AUC of P(z > 0), beside the rulebook
  alone: sigma(score).
- *time*: ``fit`` on 5,000 outcomes of 1,000 pairs in 500 batches with 100 rules, in seconds and as a multiple of
  inverting a matrix of 2,000 rows beside it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from learning_laboratories import (
    BATCH_OF,
    ERROR,
    START,
    Laboratory,
    Shelf,
    drawn_truth,
    shipped_shelf,
)

import ligandkb as lk
from ligandkb.learning.batch_choice import Goal, choose_batch
from ligandkb.learning.belief import before_any_outcome, belief_of
from ligandkb.learning.information import noise_variance
from ligandkb.learning.observations import Observations, closed_and_error, observations_of
from ligandkb.learning.posterior import Posterior, fit
from ligandkb.learning.predictions import draws, predict
from ligandkb.learning.prior import Floats, RulePrior, Settings, prior_of
from ligandkb.learning.supposed import figure_error
from ligandkb.validation.in_sample import source_of, sources_of_rules
from ligandkb.validation.measures import compare_separations

SETTINGS = Settings()
WITHIN = 0.05
MOST = 60
TURNED_AFTER = 24
SMALL_PAIR_EFFECT = 0.576
"""The *weak* word: laboratories in which the rules say most of what there is to say."""
DRAWS = 1000


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    found: str


def random_laboratory(
    shelf: Shelf, seed: list[int], experiments: int, wider: float = 1.0, *, calibration: bool = False
) -> Laboratory:
    generator = np.random.default_rng(seed)
    truth = drawn_truth(shelf, generator, SETTINGS, wider=wider)
    laboratory = Laboratory(shelf, truth, generator, scales_every_figure=calibration)
    order = generator.permutation(shelf.count)[:experiments]
    for first in range(0, experiments, BATCH_OF):
        laboratory.measure(order[first : first + BATCH_OF])
    return laboratory


def coverage(shelf: Shelf, count: int, seed: int) -> Iterator[Line]:
    wide = replace(SETTINGS, scale_spread=SETTINGS.effect_spread)
    plans: list[tuple[str, int, float, Settings, bool]] = [
        ("24 experiments", 24, 1.0, SETTINGS, False),
        ("48 experiments", 48, 1.0, SETTINGS, False),
        ("48, a factor on all figures of a batch", 48, 1.0, SETTINGS, True),
        ("48, weights twice as wide", 48, 2.0, SETTINGS, False),
        ("192, weights twice as wide", 192, 2.0, SETTINGS, False),
        ("48, twice as wide, scale's prior ln 2", 48, 2.0, wide, False),
    ]
    for name, experiments, wider, settings, calibration in plans:
        inside, pairs = [], []
        for number in range(count):
            laboratory = random_laboratory(
                shelf, [seed, 1, number], experiments, wider, calibration=calibration
            )
            observations = laboratory.observations()
            posterior = fit(observations, shelf.prior, settings)
            low, high = posterior.rule_interval()
            fired = (observations.shares > 0).any(axis=0)
            inside.append(_within(low, laboratory.truth.weights, high)[fired])
            untested = np.setdiff1d(np.arange(shelf.count), laboratory.pairs)
            found = predict(posterior, shelf.shares[untested], [shelf.keys[one] for one in untested])
            closed = np.tanh(laboratory.truth.z[untested] / 2)
            pairs.append(_within(found.closed_low, closed, found.closed_high).mean())
        every = np.concatenate(inside)
        yield Line(
            f"coverage: {name}",
            f"weights {100 * every.mean():.1f} % of {len(every)}, untested pairs {100 * np.mean(pairs):.1f} %",
        )


def _within(low: Floats, value: Floats, high: Floats) -> np.ndarray:
    return (low <= value) & (value <= high)


def next_batch(shelf: Shelf, posterior: Posterior, tested: list[int], goal: Goal) -> list[int]:
    """What ``ligandkb next`` would propose from the whole shelf, with the reference as control."""
    drawn = draws(posterior, shelf.shares, shelf.keys, DRAWS, len(tested))
    closed = np.tanh(drawn / 2)
    noise = noise_variance(drawn, figure_error(closed, START, 100 * ERROR))
    best = np.maximum(closed[:, tested].max(axis=1), 0.0) if tested else 0.0
    chosen = choose_batch(
        drawn,
        best,
        belief_of(posterior, shelf.shares, shelf.keys).uncertain(noise),
        BATCH_OF,
        goal,
        forms=[form for form, _ in shelf.keys],
        beside=[shelf.count],
        closed_to=tested,
    )
    return [one.index for one in chosen]


def learning_laboratory(
    laboratory: Laboratory, goal: Goal, most: int, enough: Callable[[list[int]], bool]
) -> tuple[list[int], Posterior]:
    """Test batch after batch until it is enough; pairs in the order in which they were tested."""
    shelf = laboratory.shelf
    posterior, tested = before_any_outcome(shelf.prior, SETTINGS), list[int]()
    while len(tested) < most and not enough(tested):
        batch = next_batch(shelf, posterior, tested, goal)
        laboratory.measure(batch)
        tested += batch
        posterior = fit(laboratory.observations(), shelf.prior, SETTINGS)
    return tested, posterior


def best(shelf: Shelf, count: int, seed: int) -> Iterator[Line]:
    order = np.argsort(-shelf.scores, kind="stable")
    for pair_effect in (SETTINGS.pair_effect, SMALL_PAIR_EFFECT):
        found: dict[str, list[float]] = {
            "learned, bright": [],
            "learned, balanced": [],
            "rulebook": [],
            "random": [],
        }
        good = []
        for number in range(count):
            generator = np.random.default_rng([seed, 2, number])
            truth = drawn_truth(shelf, generator, SETTINGS, pair_effect=pair_effect)
            is_good = truth.plqy >= truth.plqy.max() - WITHIN
            good.append(int(is_good.sum()))
            found["rulebook"].append(_first(is_good[order]))
            found["random"].append(_first(is_good[generator.permutation(shelf.count)]))
            goals: tuple[Goal, ...] = ("bright", "balanced")
            for goal in goals:
                laboratory = Laboratory(shelf, truth, np.random.default_rng([seed, 3, number]))
                tested, _ = learning_laboratory(
                    laboratory, goal, MOST, lambda tested, is_good=is_good: bool(is_good[tested].any())
                )
                found[f"learned, {goal}"].append(_first(is_good[tested]))
        for name, places in found.items():
            yield Line(f"best: {name}, pairs' effect {pair_effect:.2f}", _places(places, found["rulebook"]))
        yield Line("best: pairs that are within 5 points", f"median {np.median(good):.0f} of {shelf.count}")
        by_rules, bright = np.array(found["rulebook"]), np.array(found["learned, bright"])
        late = np.minimum(by_rules, bright) > BATCH_OF
        yield Line(
            f"best: neither by its first batch ({late.sum()})",
            f"median learned, bright {np.median(bright[late]):.1f}, rulebook {np.median(by_rules[late]):.1f}",
        )


def _first(is_good: np.ndarray) -> float:
    at = np.flatnonzero(is_good[:MOST])
    return float(at[0] + 1) if len(at) else np.inf


def _places(places: list[float], by_rules: list[float]) -> str:
    found, reference = np.array(places), np.array(by_rules)
    ratio = np.median(found) / np.median(reference)
    late = np.quantile(found, 0.9, method="lower")
    capped = np.minimum(found, MOST).mean()
    return (
        f"median {np.median(found):.1f} ({ratio:.2f} x), mean {capped:.1f} "
        f"({capped / np.minimum(reference, MOST).mean():.2f} x), 9 in 10 by {late:.0f}, "
        f"never {100 * np.isinf(found).mean():.0f} %"
    )


def turned(shelf: Shelf, count: int, seed: int) -> Iterator[Line]:
    fires = (shelf.shares[:-1] > 0).sum(axis=0)
    possible = np.flatnonzero((shelf.prior.mean >= 1.151) & (fires >= 10))
    goals: tuple[Goal, ...] = ("learn", "balanced")
    for pair_effect in (SETTINGS.pair_effect, SMALL_PAIR_EFFECT):
        for goal in goals:
            not_obeyed, halved, sign = [], [], []
            for number in range(count):
                generator = np.random.default_rng([seed, 4, number])
                rules = generator.choice(possible, 2, replace=False)
                truth = drawn_truth(
                    shelf, generator, SETTINGS, turned=rules.tolist(), pair_effect=pair_effect
                )
                laboratory = Laboratory(shelf, truth, generator)
                _, posterior = learning_laboratory(laboratory, goal, TURNED_AFTER, lambda _: False)
                closed = predict(posterior, shelf.shares[:-1], shelf.keys[:-1]).closed
                first = np.argsort(-closed, kind="stable")[:BATCH_OF]
                not_obeyed.append(not (shelf.shares[first][:, rules] > 0).any())
                halved.append((posterior.mean[rules] < shelf.prior.mean[rules] / 2).all())
                sign.append((posterior.mean[rules] < 0).all())
            shares = (100 * np.mean(each) for each in (not_obeyed, halved, sign))
            yield Line(
                f"turned: goal {goal}, pairs' effect {pair_effect:.2f}",
                "not obeyed {:.0f} %, both halved {:.0f} %, both signs {:.0f} %".format(*shares),
            )


def null(shelf: Shelf, count: int, seed: int) -> Iterator[Line]:
    for experiments in (24, 48, 96):
        left_out = []
        for number in range(count):
            observations = random_laboratory(shelf, [seed, 5, number], experiments).observations()
            order = np.random.default_rng([seed, 6, number]).permutation(len(observations))
            shuffled = replace(
                observations,
                closed=observations.closed[order],
                error=observations.error[order],
                improved=observations.improved[order],
            )
            low, high = fit(shuffled, shelf.prior, SETTINGS).rule_interval()
            fired = (observations.shares > 0).any(axis=0)
            left_out.append(~_within(low, shelf.prior.mean, high)[fired])
        every = np.concatenate(left_out)
        yield Line(
            f"null: {experiments} experiments", f"{100 * every.mean():.1f} % of {len(every)} leave it out"
        )


def literature(_shelf: Shelf, _count: int, _seed: int) -> Iterator[Line]:
    knowledge = lk.load(db="none")
    prior = prior_of(knowledge.rulebook)
    observations, _ = observations_of(knowledge.catalogue, knowledge.judge(), knowledge.outcomes)
    written_from = sources_of_rules(knowledge.rulebook, knowledge.outcomes)
    by_id = {one.id: source_of(one) for one in knowledge.outcomes}
    sources = np.array([by_id[one] for one in observations.outcome_ids])
    improved = observations.improved > 0
    names = ("rulebook alone", "learned", "learned, as published", "share of the others")
    chances = {name: np.zeros(len(sources)) for name in names}
    for source in dict.fromkeys(sources.tolist()):
        held = sources == source
        silent = [source in written_from.get(rule, frozenset()) for rule in prior.rule_ids]
        shares = np.where(silent, 0.0, observations.shares[held])
        keys = [observations.pair_keys[one] for one in observations.pair[held]]
        posterior = fit(taken(observations, ~held), prior, SETTINGS)
        chances["rulebook alone"][held] = 1 / (1 + np.exp(-shares @ prior.mean))
        chances["learned"][held] = predict(posterior, shares, keys).probability
        chances["learned, as published"][held] = predict(
            posterior, shares, keys, as_published=True
        ).probability
        chances["share of the others"][held] = improved[~held].mean()
    for name, chance in chances.items():
        loss = -np.log(np.where(improved, chance, 1 - chance)).mean()
        apart = compare_separations(chance, chances["rulebook alone"], improved, sources)
        yield Line(
            f"literature: {name}",
            f"log loss {loss:.3f}, AUC {apart.auc.value:.3f} ({apart.auc.low:.2f} to {apart.auc.high:.2f}), "
            f"difference {apart.difference.value:+.3f} ({apart.difference.low:+.2f} to {apart.difference.high:+.2f})",
        )
    yield Line("literature: on", f"{improved.sum()} + {(~improved).sum()} of {len(set(sources))} sources")


def taken(observations: Observations, kept: np.ndarray) -> Observations:
    """Some of the rows; pairs and batches without any stay as names alone."""
    pairs, pair = np.unique(observations.pair[kept], return_inverse=True)
    batches, batch = np.unique(observations.batch[kept], return_inverse=True)
    return Observations(
        observations.shares[kept],
        observations.closed[kept],
        observations.error[kept],
        observations.improved[kept],
        pair,
        batch,
        observations.log_dose[kept],
        observations.is_literature[kept],
        tuple(observations.pair_keys[one] for one in pairs),
        tuple(observations.batch_names[one] for one in batches),
        tuple(np.array(observations.outcome_ids)[kept].tolist()),
    )


def many_outcomes(
    seed: int, rows: int = 5000, rules: int = 100, pairs: int = 1000, batches: int = 500
) -> tuple[Observations, RulePrior]:
    """A laboratory larger than any; two of a hundred rules fire on a pair."""
    generator = np.random.default_rng(seed)
    mean = generator.choice([1.151, 0.576, -0.576], rules)
    prior = RulePrior(tuple(f"rule-{number}" for number in range(rules)), mean, np.abs(mean))
    shares = (generator.random((pairs, rules)) < 2 / rules).astype(float)
    pair, batch = generator.permutation(np.arange(rows) % pairs), np.arange(rows) * batches // rows
    weights = mean + prior.spread * generator.standard_normal(rules)
    z = (shares @ weights + SETTINGS.pair_effect * generator.standard_normal(pairs))[pair]
    closed = np.tanh((z + SETTINGS.batch_effect * generator.standard_normal(batches)[batch]) / 2)
    after = START + closed * np.where(closed > 0, 1 - START, START)
    seen = [np.clip(one + ERROR * generator.standard_normal(rows), 0, 1) for one in (START, after)]
    part, error = closed_and_error(*seen, ERROR, ERROR)
    return Observations(
        shares[pair],
        part,
        error,
        (part > 0).astype(np.int8),
        pair,
        batch,
        np.full(rows, np.nan),
        np.zeros(rows, dtype=bool),
        tuple((f"pair {number}", "none") for number in range(pairs)),
        tuple(f"B{number}" for number in range(batches)),
        tuple(map(str, range(rows))),
    ), prior


def timed(_shelf: Shelf, _count: int, seed: int) -> Iterator[Line]:
    observations, prior = many_outcomes(seed)
    matrix = np.random.default_rng(seed).standard_normal((2000, 2000))
    beside, took, own = [], [], []
    for _ in range(3):
        started = time.perf_counter()
        np.linalg.inv(matrix)
        beside.append(time.perf_counter() - started)
        started, used = time.perf_counter(), time.process_time()
        fit(observations, prior, SETTINGS)
        took.append(time.perf_counter() - started)
        own.append(time.process_time() - used)
    yield Line(
        "time: 5,000 outcomes, 100 rules",
        f"{min(took):.1f} s ({min(own):.1f} s of the processor), {min(took) / min(beside):.1f} x an inverse",
    )


PARTS = {
    "coverage": coverage,
    "best": best,
    "turned": turned,
    "null": null,
    "literature": literature,
    "time": timed,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--laboratories", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    options = parser.parse_args()
    shelf = shipped_shelf()
    print(f"{options.laboratories} laboratories, seed {options.seed}, {shelf.count} pairs")
    for part in options.only:
        for line in PARTS[part](shelf, options.laboratories, options.seed):
            print(f"{line.what:<52}{line.found}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
