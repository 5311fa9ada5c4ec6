"""Which pairs shall a lab test next, with which controls, and what would their results change?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.learning.batch_choice import DEFAULT_GOAL, Goal, chance_to_beat, choose_batch
from ligandkb.learning.candidates import Candidates, Wishes
from ligandkb.learning.information import noise_variance
from ligandkb.learning.pool import Pool
from ligandkb.learning.proposals import (
    LEAST_SHIFT,
    Change,
    Control,
    NextBatch,
    Proposal,
    Shift,
)
from ligandkb.learning.so_far import SoFar
from ligandkb.learning.supposed import USUAL_START, Supposed, figure_error, supposing
from ligandkb.planning.shortlist_sentences import pair_words
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

MOST = 50
"""Pairs of one batch."""
DEFAULT_SEED = 0


def next_batch(
    candidates: Candidates,
    known: SoFar,
    judge: Judge,
    *,
    measured: Sequence[Assessment] = (),
    n: int = 4,
    goal: Goal = DEFAULT_GOAL,
    seed: int = DEFAULT_SEED,
    wishes: Wishes | None = None,
    plqy_start: float | None = None,
    meta: Mapping[str, Any] | None = None,
) -> NextBatch:
    """Choose the pairs to test next.

    Parameters
    ----------
    candidates : Candidates
    known : SoFar
        What the lab knows so far of the judge's rules.
    judge : Judge
    measured : sequence of Assessment
        Pairs that the lab measured, vetoed ones left out.
    n : int
        Pairs; controls come on top.
    goal : {"bright", "learn", "balanced"}
    seed : int
        Of the draws: with the same one the same database gives the same answer.
    wishes : Wishes, optional
        As the candidates were found with.
    plqy_start : float, optional
        PLQY of the crystals as made, as a fraction: how well a figure tells what was closed depends on it.
    meta : mapping, optional
        What the answer is made from.

    Returns
    -------
    NextBatch

    Raises
    ------
    UsageError
        If ``n``, the goal or the seed can't be meant.
    """
    if not 1 <= n <= MOST:
        raise UsageError(f"n: {n} is no number of pairs from 1 to {MOST}")
    if seed < 0:
        raise UsageError(f"seed: {seed} is none: write a number from 0 up")
    wishes = wishes or Wishes()
    stands = wishes.stands
    error = partial(
        figure_error,
        plqy_start=USUAL_START if plqy_start is None else plqy_start,
        error_points=known.posterior.settings.default_error_points,
    )
    pool = Pool.of(candidates, measured, known.posterior, judge, seed)
    best = pool.best_of(measured)
    beside = pool.controls(candidates, measured)
    incumbent = pool.best_drawn(measured)
    possible = {item.pair.key for item in candidates.pairs}
    chosen = choose_batch(
        pool.drawn,
        incumbent,
        pool.belief.uncertain(noise_variance(pool.drawn, error(pool.closed))),
        n,
        goal,
        forms=[form for form, _ in pool.keys],
        beside=list(beside.values()),
        closed_to=[at for at, key in enumerate(pool.keys) if key not in possible],
    )
    outlooks = pool.outlooks(known, candidates, plqy_start)
    chances = chance_to_beat(pool.drawn, incumbent)
    batch = _Batch(pool, tuple(choice.index for choice in chosen), tuple(beside.values()), error)
    proposals = [
        Proposal(
            pool.items[choice.index],
            outlooks[choice.index],
            float(chances[choice.index]),
            choice,
            batch.narrowed_by(choice.index),
            batch.change(choice.index, +1.0),
            batch.change(choice.index, -1.0),
            stands(pool.items[choice.index].pair),
        )
        for choice in chosen
    ]
    controls = [
        Control(pool.items[at], role, outlooks[at], stands(pool.items[at].pair))
        for role, at in beside.items()
    ]
    return NextBatch(
        tuple(proposals),
        tuple(controls),
        {
            **(meta or {}),
            "goal": goal,
            "seed": seed,
            "asked_for": n,
            "candidates": len(candidates.pairs),
            "left_out": dict(candidates.left_out),
            "best_so_far": None if best is None else pair_words(pool.items[best]),
            "best_so_far_closed": None if best is None else outlooks[best].closed,
            "best_not_repeated": "" if best is None else candidates.barred.get(pool.keys[best], ""),
            "reference_is_wanted": not wishes.without(candidates.reference.pair),
            "first_now": pool.first(batch.without_news()),
            "plqy_start": plqy_start,
        },
    )


@dataclass(frozen=True)
class _Batch:
    """What is measured together, by places in the pool, and the error that its figures will have."""

    pool: Pool
    chosen: tuple[int, ...]
    controls: tuple[int, ...]
    error: Callable[[Floats], Floats]

    def _supposing(self, pairs: Sequence[int], surprise: float = 0.0) -> Supposed:
        """The first pair comes out so far off on the scale of z, the others as expected."""
        z = self.pool.belief.z_mean[list(pairs)]
        z[0] += surprise
        closed = np.tanh(z / 2)
        return supposing(self.pool.belief, pairs, closed, self.error(closed))

    def without_news(self) -> Supposed:
        """Nothing but the controls, as expected."""
        return self._supposing(self.controls)

    def narrowed_by(self, pair: int) -> tuple[Shift, ...]:
        """How much better each rule is known with a pair than with the rest of the batch alone."""
        rest = [one for one in (*self.controls, *self.chosen) if one != pair]
        without, whole = self._supposing(rest), self._supposing([*rest, pair])
        return _shifts(self.pool.belief.rule_ids, without.rule_deviation, whole.rule_deviation)

    def change(self, pair: int, deviations: float) -> Change:
        """What a result so many standard deviations above what is expected would change, the controls as expected."""
        belief = self.pool.belief
        surprise = deviations * float(np.sqrt(belief.z_variance[pair]))
        then = self._supposing([pair, *self.controls], surprise)
        shifts = _shifts(belief.rule_ids, self.without_news().rule_mean, then.rule_mean)
        return Change(float(np.tanh((belief.z_mean[pair] + surprise) / 2)), shifts, self.pool.first(then))


def _shifts(rule_ids: Sequence[str], before: Floats, after: Floats) -> tuple[Shift, ...]:
    moved = [
        Shift(*one)
        for one in zip(rule_ids, before.tolist(), after.tolist(), strict=True)
        if abs(one[2] - one[1]) >= LEAST_SHIFT
    ]
    return tuple(sorted(moved, key=lambda one: -abs(one.after - one.before)))
