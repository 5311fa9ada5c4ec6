"""What did the data do to each rule?

In modest words: a rule counts as stronger or weaker only where the 90 % interval of its learned weight leaves out the
weight of the rulebook, and as pointing the other way only where all of that interval lies beyond zero; never by one
pair alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.rules.rule import Rule
from ligandkb.rules.rulebook import Rulebook
from ligandkb.surface.uncertainty import Interval
from ligandkb.validation.measures import Sides

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.observations import Observations
    from ligandkb.learning.posterior import Posterior


class Word(StrEnum):
    """What the data did to a rule, in the order in which it is shown: what moved comes first."""

    OTHER_WAY = "points the other way"
    """The whole interval lies on the other side of zero."""
    WEAKER = "weaker"
    STRONGER = "stronger"
    AS_IT_WAS = "as it was"
    """The interval holds the weight of the rulebook."""
    ONE_PAIR = "one pair only"
    """It fired on one pair alone: what that does may be the pair's, whatever the interval says."""
    NOTHING_BESIDE = "nothing beside it"
    """It fired alike on all of the outcomes, so that what it does can't be told from the level of the lab."""
    NOT_SEEN = "not seen"
    """It fired on none of them."""


@dataclass(frozen=True)
class Lesson:
    """One rule before and after the data.

    Attributes
    ----------
    rule : Rule
    fired : Sides
        Own outcomes on which something of its weight counted: those that improved, and the others.
    pairs : int
        Distinct pairs among these.
    literature : Sides
        The same of the literature, where that was learned from.
    before, after : Interval
        Weight in log-odds, by the rulebook and with the data, each with its 90 % interval.
    chance_other_way : float
        That the rule points the other way than the rulebook says.
    word : Word
    """

    rule: Rule
    fired: Sides
    pairs: int
    literature: Sides
    before: Interval
    after: Interval
    chance_other_way: float
    word: Word

    @property
    def is_learned(self) -> bool:
        """Whether the data changed what the rule says."""
        return self.word in (Word.STRONGER, Word.WEAKER, Word.OTHER_WAY)


def lessons_of(rulebook: Rulebook, posterior: Posterior, observations: Observations) -> tuple[Lesson, ...]:
    """What the data did to each rule that has a weight, in the order of the rulebook.

    Parameters
    ----------
    rulebook : Rulebook
    posterior : Posterior
        Of its rules, with the data.
    observations : Observations
        The data.

    Returns
    -------
    tuple of Lesson
    """
    rules = {rule.id: rule for rule in rulebook.rules}
    before, after = weights_before(posterior), weights_after(posterior)
    against = posterior.against().tolist()
    own = ~observations.is_literature
    found = []
    for number, name in enumerate(posterior.prior.rule_ids):
        shares = observations.shares[:, number]
        fired = shares > 0
        found.append(
            Lesson(
                rule=rules[name],
                fired=_sides(observations, fired & own),
                pairs=len(set(observations.pair[fired & own].tolist())),
                literature=_sides(observations, fired & ~own),
                before=before[number],
                after=after[number],
                chance_other_way=against[number],
                word=_word(before[number], after[number], observations, number),
            )
        )
    return tuple(found)


def by_word(lessons: Iterable[Lesson]) -> list[Lesson]:
    """What moved first, then what didn't; of each the rules that fired most often first."""
    order = list(Word)
    return sorted(lessons, key=lambda one: (order.index(one.word), -(one.fired.total + one.literature.total)))


def weights_before(posterior: Posterior) -> tuple[Interval, ...]:
    """Weight of each rule by the rulebook, with the interval of its prior."""
    prior, level = posterior.prior, posterior.settings.level
    reach = NormalDist().inv_cdf((1 + level) / 2) * prior.spread
    ends = zip(prior.mean.tolist(), (prior.mean - reach).tolist(), (prior.mean + reach).tolist(), strict=True)
    return tuple(Interval(*one, level) for one in ends)


def weights_after(posterior: Posterior) -> tuple[Interval, ...]:
    """Weight of each rule with the data, with its interval."""
    low, high = posterior.rule_interval()
    mean = posterior.mean[: len(low)]
    ends = zip(mean.tolist(), low.tolist(), high.tolist(), strict=True)
    return tuple(Interval(*one, posterior.settings.level) for one in ends)


def _sides(observations: Observations, rows: NDArray[np.bool_]) -> Sides:
    return Sides.of(bool(one) for one in observations.improved[rows])


def _word(before: Interval, after: Interval, observations: Observations, number: int) -> Word:
    shares = observations.shares[:, number]
    if not (shares > 0).any():
        return Word.NOT_SEEN
    if np.ptp(shares) == 0:
        return Word.NOTHING_BESIDE
    if len(set(observations.pair[shares > 0].tolist())) == 1:
        return Word.ONE_PAIR
    if before.value in after:
        return Word.AS_IT_WAS
    sign = 1.0 if before.value > 0 else -1.0
    if max(sign * after.low, sign * after.high) < 0:
        return Word.OTHER_WAY
    return Word.STRONGER if sign * (after.value - before.value) > 0 else Word.WEAKER
