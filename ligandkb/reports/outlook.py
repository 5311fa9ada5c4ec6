"""How is shown what is expected of a pair from a lab's own outcomes?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ligandkb.assessment.outlook import Outlook
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.reports.document import Cell, Column, Span

IMPROVES = Column("improves", right=True, kind="number")
CLOSES = Column("closes [90 %]", right=True, kind="number")
PLQY = Column("PLQY [90 %]", right=True, kind="number")


def outlook_columns(ranked: RankedPairs) -> tuple[Column, ...]:
    """Columns of what is expected: none in a plain ranking, and a PLQY only from a start that was stated."""
    if not ranked.outlooks:
        return ()
    return (IMPROVES, CLOSES, *([PLQY] if ranked.meta["plqy_headroom"] is not None else []))


def outlook_cells(ranked: RankedPairs, position: int) -> tuple[Cell, ...]:
    """Cells of one pair, 0-based, under :func:`outlook_columns`."""
    if not ranked.outlooks:
        return ()
    one = ranked.outlooks[position]
    plqy = [] if ranked.meta["plqy_headroom"] is None else [Span(plqy_text(one), place=one.plqy)]
    return (
        Span(improves_text(one), place=one.probability_improved),
        Span(closes_text(one), place=one.closed),
        *plqy,
    )


def improves_text(one: Outlook) -> str:
    """Chance that a pair brightens the crystals, never quite none or all.

    Examples
    --------
    >>> [improves_text(Outlook(chance, 0, 0, 0, 0, 1)) for chance in (0.003, 0.784, 0.999)]
    ['< 1 %', '78 %', '> 99 %']
    """
    chance = 100 * one.probability_improved
    return "< 1 %" if chance < 1 else "> 99 %" if chance > 99 else f"{chance:.0f} %"


def closes_text(one: Outlook) -> str:
    """Expected part of the headroom that is closed, with its interval.

    Examples
    --------
    >>> closes_text(Outlook(0.8, 0.412, -0.12, 0.7, 0, 1))
    '41 % [-12, 70]'
    """
    return _interval(one.closed, one.closed_low, one.closed_high)


def plqy_text(one: Outlook) -> str:
    """Expected PLQY with its interval; "-" where no start was stated.

    Examples
    --------
    >>> plqy_text(Outlook(0.8, 0.4, -0.1, 0.7, 0, 1, 0.79, 0.6, 0.913))
    '79 % [60, 91]'
    """
    if one.plqy is None or one.plqy_low is None or one.plqy_high is None:
        return "-"
    return _interval(one.plqy, one.plqy_low, one.plqy_high)


def _interval(value: float, low: float, high: float) -> str:
    value, low, high = (round(100 * one) for one in (value, low, high))
    return f"{value} % [{low}, {high}]"


def expected_sentence(ranked: RankedPairs, position: int) -> str:
    """Say what is expected of one pair, 0-based, from what, and where the rulebook has it."""
    one, learned = ranked.outlooks[position], ranked.meta["learned"]["from"]
    of_it = f"{one.own_outcomes} of them of this pair" if one.own_outcomes else "none of this pair"
    return (
        f"{learned}, {of_it}: improves in {improves_text(one)}, closes {closes_text(one)} of the headroom; "
        f"number {one.rank_by_rules} by the rulebook"
    )


def screen_columns(ranked: RankedPairs) -> tuple[Column, ...]:
    """Of these what a narrow screen has room for: where a start was stated, its PLQY says what is closed, too."""
    return outlook_columns(ranked)[:1] + outlook_columns(ranked)[-1:]


def screen_cells(ranked: RankedPairs, position: int) -> tuple[Cell, ...]:
    """Cells of one pair, 0-based, under :func:`screen_columns`."""
    cells = outlook_cells(ranked, position)
    return cells[:1] + cells[-1:]


def order_sentences(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Say by what pairs are ordered that were learned of, and what the columns mean."""
    return (
        f"Order, {meta['learned']['from']}: by the part of the headroom that a pair is expected to close; what is "
        "vetoed comes last, whatever was learned. Verdicts, scores, bands, tags and vetoes are the rulebook's, "
        "unchanged.",
        "Improves: chance that the pair brightens the crystals. Closes: part of what they lack to a PLQY of 100 % that "
        "it is expected to close [where it lies in 9 of 10 cases]; below 0, part of the brightness that is lost. Of a "
        "pair that no rule speaks of (unassessed) the outcomes say how your pairs do on the average, no more.",
        *meta["learned"]["unlike_repeats"],
    )


def short_legend(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The most needed of these, in lines of a narrow screen."""
    if meta["plqy_headroom"] is None:
        told = "Closes: part of the lack of PLQY [9 in 10]; < 0: lost."
    else:
        told = f"PLQY: from your {100 * (1 - meta['plqy_headroom']):g} % [9 in 10]."
    unlike = meta["learned"]["unlike_repeats"]
    return (
        *(["Results of one pair differ by more than their errors: ligandkb learn."] if unlike else []),
        "Order: by what a pair is expected to close; what is vetoed comes last.",
        f"Improves: chance. {told}",
        "Verdict, danger, veto: the rulebook's, whatever was learned: ligandkb learn.",
        "Unread: no label was read. No tag is not a clearance: read the data sheets.",
        "Danger +1: one more. Why: ligandkb explain NAME. Every word: --legend.",
    )
