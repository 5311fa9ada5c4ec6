"""Which pairs stand elsewhere in a ranking because of what a lab measured itself?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.order import in_order, tier_of
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.evidence.agreement import EvidenceIndex
from ligandkb.evidence.outcomes import Observed, Outcome


@dataclass(frozen=True)
class Moved:
    """A pair that own results moved.

    Attributes
    ----------
    pair : Pair
    before, now : str
        Its place without the lab's own outcomes and with them, as ``RankedPairs.place_text`` writes it.
    is_measured : bool
        Whether the lab measured this pair; else it moved by what was measured on a near one.
    in_conflict : bool
        Whether the outcomes of this pair disagree, and didn't without the lab's own.
    """

    pair: Pair
    before: str
    now: str
    is_measured: bool
    in_conflict: bool


def moved_by_own(every: Sequence[Assessment], outcomes: Sequence[Outcome]) -> tuple[Moved, ...]:
    """Find the pairs that own outcomes lift, lower or bring into conflict.

    A pair that merely makes room for another one isn't among them.

    Parameters
    ----------
    every : sequence of Assessment
        The whole ranking, in its order.
    outcomes : sequence of Outcome
        All that it was made with; those that aren't shipped are the lab's own.

    Returns
    -------
    tuple of Moved
        In the order of the ranking; empty where the lab has no outcome of its own.
    """
    shipped = [outcome for outcome in outcomes if outcome.is_shipped]
    if len(shipped) == len(outcomes):
        return ()
    index, without = EvidenceIndex(shipped), []
    for item in every:
        evidence = index.of(item.pair.form.form.smiles, item.head, item.pair.partner_id, item.composition)
        without.append(replace(item, evidence=evidence, tier=tier_of(item.verdict, evidence), band=None))
    before, now = _places(in_order(without)), _places(every)
    found = []
    for item, was in zip(every, without, strict=True):
        in_conflict = Observed.CONFLICT is item.evidence.observed is not was.evidence.observed
        if item.tier is not was.tier or in_conflict:
            is_measured = len(item.evidence.outcomes) > len(was.evidence.outcomes)
            key = item.pair.key
            found.append(Moved(item.pair, before[key], now[key], is_measured, in_conflict))
    return tuple(found)


def _places(ordered: Sequence[Assessment]) -> dict[tuple[str, str], str]:
    ranked = RankedPairs(tuple(ordered), {})
    return {item.pair.key: ranked.place_text(at) for at, item in enumerate(ordered)}
