"""Which pairs are worth a batch?

One after the other, each by what it adds to those chosen before, on joint draws: two pairs that would rise and fall
together, or ask the rules the same question, add little to each other, so a batch isn't four times the same.

- ``bright``: the expected improvement of the batch (q-EI, Ginsbourger et al., doi 10.1007/978-3-642-10701-6_6): by how
  much the best of it is expected to beat what is best now, in parts of the headroom. What is best now may be uncertain
  itself, and is then drawn with the rest (Letham et al., doi 10.1214/18-BA1110).
- ``learn``: the information about the weights of the rules, see :mod:`ligandkb.learning.information`.
- ``balanced``: the mean of both, each as a part of the most that any pair could add at that step. They have no common
  unit, and any fixed rate of exchange (points of PLQY for a nat) would have to be made up; so half of the best
  possible in one counts as much as half of the best possible in the other.

Expected improvement grows by less and less as a batch grows, and so does information where figures scatter
independently once the weights are known; choosing one after the other then comes within 1 - 1/e of the best batch
(Nemhauser et al., doi 10.1007/BF01588971). What a batch shares breaks that a little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from ligandkb.learning.information import GrowingBatch, Uncertain
from ligandkb.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats

Goal = Literal["bright", "learn", "balanced"]
GOALS: tuple[Goal, ...] = get_args(Goal)
DEFAULT_GOAL: Goal = "balanced"


@dataclass(frozen=True)
class Choice:
    """A pair of a batch.

    Attributes
    ----------
    index : int
        Among the candidates.
    improvement : float
        What it adds to the expected improvement of the batch, in parts of the headroom.
    information : float
        What it adds to the information on the weights, in nats.
    form_again : bool
        Whether its binding form is in the batch already, since no other was left.
    """

    index: int
    improvement: float
    information: float
    form_again: bool = False


def choose_batch(
    draws: Floats,
    incumbent: float | Floats,
    information: Uncertain,
    number: int,
    goal: Goal = DEFAULT_GOAL,
    *,
    forms: Sequence[object] | None = None,
    beside: Sequence[int] = (),
    closed_to: Sequence[int] = (),
) -> list[Choice]:
    """Choose the pairs of a batch.

    Parameters
    ----------
    draws : ndarray of shape (S, m)
        Joint draws of z of every pair from the posterior.
    incumbent : float or ndarray of shape (S,)
        Part of the headroom that the best pair so far closes, from -1 to 1; its own draws where it is uncertain. 0
        where nothing is better than the crystals as made.
    information : Uncertain
        Of the same m pairs.
    number : int
        Pairs to choose.
    goal : {"bright", "learn", "balanced"}
    forms : sequence of length m, optional
        What binds of each pair. None is chosen twice while there is another.
    beside : sequence of int
        Pairs that are measured in the same batch anyway, such as controls. What they tell isn't counted again.
    closed_to : sequence of int
        Further pairs that can't be chosen.

    Returns
    -------
    list of Choice
        In the order of choosing; fewer than ``number`` where there are no more. Of pairs of which nothing different is
        known the first is taken, not the luckiest; where none adds anything the one that is expected to be brightest.

    Raises
    ------
    UsageError
        If the goal is none that is known.

    Examples
    --------
    The second of two pairs that always rise together adds nothing, however bright.

    >>> random = np.random.default_rng(0)
    >>> one, other = random.normal(2.0, 1.0, 1000), random.normal(0.5, 2.0, 1000)
    >>> unknown = Uncertain(np.eye(3), np.eye(3), np.ones(3, bool), np.zeros(3), 0.0, np.ones(3))
    >>> chosen = choose_batch(np.stack([one, one, other], axis=1), 0.5, unknown, 2, "bright")
    >>> [choice.index for choice in chosen]
    [0, 2]
    """
    if goal not in GOALS:
        raise UsageError(
            f"goal: {goal!r} is none: {did_you_mean(goal, GOALS) or 'write ' + ', '.join(GOALS)}"
        )
    closed = np.tanh(
        0.5 * np.ascontiguousarray(draws.T)
    )  # pairs in rows: 2 / (1 + exp(-z)) - 1 is tanh(z / 2)
    alike = _alike(information)
    expected = closed.mean(axis=1)
    best = np.broadcast_to(np.asarray(incumbent, dtype=np.float64), (closed.shape[1],))
    batch = GrowingBatch(information)
    for pair in beside:
        best = np.maximum(best, closed[pair])
        batch.add(pair)
    left = np.ones(len(closed), dtype=bool)
    left[[*beside, *closed_to]] = False
    taken = {forms[pair] for pair in beside} if forms is not None else set()

    chosen: list[Choice] = []
    while len(chosen) < number and left.any():
        new = left if forms is None else left & np.array([form not in taken for form in forms])
        open_to = np.flatnonzero(new if new.any() else left)
        brighter = _shared(np.maximum(closed[open_to] - best, 0.0).mean(axis=1), alike[open_to])
        told = _shared(batch.added()[open_to], alike[open_to])
        worth = {"bright": brighter, "learn": told, "balanced": _of_most(brighter) + _of_most(told)}[goal]
        at = int(np.argmax(worth if worth.max() > 0 else expected[open_to]))
        pair = int(open_to[at])
        chosen.append(Choice(pair, float(brighter[at]), float(told[at]), form_again=not new.any()))
        best = np.maximum(best, closed[pair])
        batch.add(pair)
        left[pair] = False
        if forms is not None:
            taken.add(forms[pair])
    return chosen


def _alike(uncertain: Uncertain) -> NDArray[np.intp]:
    """Number of a group of pairs of which the same is known: their draws differ by luck alone. Shape (m,)."""
    rows = np.column_stack([uncertain.features, uncertain.pair_variance])
    numbers: dict[bytes, int] = {}
    return np.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in rows], dtype=np.intp)


def _shared(values: Floats, groups: NDArray[np.intp]) -> Floats:
    """Mean over each group, for each of its members."""
    counts = np.bincount(groups)
    return np.asarray((np.bincount(groups, values) / np.maximum(counts, 1))[groups], dtype=np.float64)


def _of_most(values: Floats) -> Floats:
    """As parts of the largest; all 0 where none adds anything."""
    most = values.max()
    return values / most if most > 0 else values


def chance_to_beat(draws: Floats, incumbent: float | Floats) -> Floats:
    """Chance of each pair to close more of the headroom than the best pair so far.

    Parameters
    ----------
    draws : ndarray of shape (S, m)
        Of z.
    incumbent : float or ndarray of shape (S,)
        As in :func:`choose_batch`.

    Returns
    -------
    ndarray of shape (m,)
    """
    best = np.asarray(incumbent, dtype=np.float64)
    return np.asarray((np.tanh(0.5 * draws) > best.reshape(-1, 1)).mean(axis=0), dtype=np.float64)
