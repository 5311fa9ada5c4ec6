"""Which pair first?

What was measured comes first, by what it can carry; then the prediction; and where predictions can't be told apart,
what a chemist can use: what can be bought, dissolves, is less dangerous and stands nearest to something measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

from ligandkb.assessment.verdicts import Verdict
from ligandkb.evidence.agreement import Evidence, agree
from ligandkb.evidence.outcomes import Effect, Observed

if TYPE_CHECKING:
    from ligandkb.assessment.judge import Assessment


class Tier(IntEnum):
    """What was measured, in the order of a ranking; inside a tier the prediction decides."""

    IMPROVED_BY_FIGURES = 0
    IMPROVED_IN_A_TABLE = 1
    IMPROVED_BY_ONE_FIGURE = 2
    IMPROVED_IN_WORDS = 3
    NEAR_PAIR_IMPROVED = 4
    NOTHING_OR_CONFLICT = 5
    NOT_IMPROVED = 6
    DECREASED = 7
    VETOED = 8


_TIER_OF_STRENGTH = {
    "paired": Tier.IMPROVED_BY_FIGURES,
    "table_entry": Tier.IMPROVED_IN_A_TABLE,
    "after_only": Tier.IMPROVED_BY_ONE_FIGURE,
    "relative": Tier.IMPROVED_BY_ONE_FIGURE,
}
"""Whatever else there is are words."""

_VERDICTS = list(Verdict)
"""In the order in which they stand inside a band: wide ignorance reaches into a band, and doesn't lead it."""

_TIER_OF_FAILURE = {Observed.NOT_IMPROVED: Tier.NOT_IMPROVED, Observed.DECREASED: Tier.DECREASED}


def tier_of(verdict: Verdict, evidence: Evidence) -> Tier:
    """Tier of a pair: its verdict counts only where it is vetoed.

    A confounded outcome, which has another possible cause, lifts nothing; it lowers, for what may darken the crystals
    isn't put first.

    Parameters
    ----------
    verdict : Verdict
    evidence : Evidence

    Returns
    -------
    Tier

    Examples
    --------
    >>> tier_of(Verdict.RECOMMENDED, Evidence((), (), (), None, Observed.IMPROVED)).name
    'NEAR_PAIR_IMPROVED'
    """
    if verdict is Verdict.VETOED:
        return Tier.VETOED
    if evidence.observed in _TIER_OF_FAILURE:
        return _TIER_OF_FAILURE[evidence.observed]
    sound = [outcome for outcome in evidence.outcomes if not outcome.confound]
    if (
        evidence.observed is Observed.IMPROVED
        and agree(outcome.effect for outcome in sound) is Observed.IMPROVED
    ):
        improved = (outcome.strength for outcome in sound if outcome.effect is Effect.IMPROVED)
        return min(_TIER_OF_STRENGTH.get(strength, Tier.IMPROVED_IN_WORDS) for strength in improved)
    if evidence.observed is not Observed.CONFLICT and evidence.near_observed is Observed.IMPROVED:
        return Tier.NEAR_PAIR_IMPROVED
    return Tier.NOTHING_OR_CONFLICT


def in_order(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Order assessments, and give each the number of its band.

    Inside a tier, pairs come by score. Those whose range of scores reaches up to that of the best of them share its
    band; the next band begins with the first that doesn't. Pairs that nothing assessed share a band with no other.
    Inside a band the verdict comes first, then what can be used.

    Parameters
    ----------
    assessments : sequence of Assessment

    Returns
    -------
    tuple of Assessment
        With ``band`` from 1 upwards, over the whole order.
    """
    ordered: list[Assessment] = []
    band, first = 0, None
    for item in sorted(assessments, key=_by_prediction):
        if first is None or not _shares_band(first, item):
            band, first = band + 1, item
        ordered.append(replace(item, band=band))
    return tuple(sorted(ordered, key=lambda item: (item.band, *_by_use(item))))


def _by_prediction(item: Assessment) -> tuple[float | str, ...]:
    # What nothing assessed has no place among scores: it stands behind all that is predicted to be better than nothing.
    unassessed = item.verdict is Verdict.UNASSESSED
    return (item.tier, -item.score, unassessed, -item.score_low, item.pair.form.name, item.pair.partner_id)


def _shares_band(first: Assessment, item: Assessment) -> bool:
    alike = (first.tier, first.verdict is Verdict.UNASSESSED) == (
        item.tier,
        item.verdict is Verdict.UNASSESSED,
    )
    return alike and item.score_high >= first.score_low


def _by_use(item: Assessment) -> tuple[float | str, ...]:
    near = sum(outcome.counts for outcome in item.evidence.near)
    return (
        _VERDICTS.index(item.verdict),
        not item.orderable,
        "insoluble" in item.safety.tags,
        len(item.safety.dangers_to_people),
        -near,
        -item.score,
        item.pair.form.name,
        item.pair.partner_id,
    )


def order_in_band(verdict: Verdict, insoluble: bool, dangers: int, near: int) -> int:
    """Number by which pairs of one band stand that can all be bought, the smallest first; of equals the score decides.

    Parameters
    ----------
    verdict : Verdict
    insoluble : bool
        Whether the pair bears that tag.
    dangers : int
        Its tags that concern people.
    near : int
        Outcomes of near pairs that can speak for it.

    Returns
    -------
    int

    Examples
    --------
    >>> harmless, toxic = (order_in_band(Verdict.RECOMMENDED, False, dangers, 0) for dangers in (0, 1))
    >>> harmless < toxic < order_in_band(Verdict.UNDECIDED, False, 0, 3)
    True
    """
    # Nothing has a thousand tags; of more near outcomes than that another one says nothing new.
    return ((2 * _VERDICTS.index(verdict) + insoluble) * 1000 + dangers) * 1000 + 999 - min(near, 999)
