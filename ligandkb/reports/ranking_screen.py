"""What does a chemist see of a ranking in half a minute?

The best pairs that can be ordered, two lines each at most, with what each rests on; then what isn't shown, counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.verdicts import Verdict
from ligandkb.catalogue.products import Product
from ligandkb.evidence.outcomes import Observed
from ligandkb.problems import counted
from ligandkb.reports.document import Cell, Column, Document, Span, Table, items, signed, table
from ligandkb.reports.measured import measured_of, measured_text
from ligandkb.reports.ranking import (
    INSOLUBLE,
    TO_MAKE_OR_FIND,
    VERDICT_TONES,
    danger_words,
    left_out_text,
    notes,
    own_results,
    pair_cell,
    pair_name,
    score_text,
)

FIRST = 15
"""Pairs that are shown where nobody asks for another number."""
PREDICTED = "predicted only"
_FIRST_LINE = (Column("#", right=True), Column("pair", wraps=True), Column("verdict"))
_SCORE = Column("score", wraps=True)
_SECOND_LINE = (
    Column("measured", second=True, wraps=True),
    Column("danger", second=True, wraps=True, alarming=True),
    Column("CAS", second=True, wraps=True),
)
_IN_WORDS = {TO_MAKE_OR_FIND: f"{TO_MAKE_OR_FIND} (no seller known)"}
_NAMED = 3
"""Measured pairs that can't be ordered, or pairs that fell, and are named, of more."""


def ranking_screen(
    ranked: RankedPairs, *, first: int | None = None, everything: bool = False, legend: bool = False
) -> Document:
    """Fill a document with what fits a terminal.

    Parameters
    ----------
    ranked : RankedPairs
        All that were asked for.
    first : int, optional
        Number of pairs from the top, whether they can be ordered or not; by default the best 15 that can be ordered
        and that nothing vetoes, or all where there are no more than 15.
    everything : bool
        Show all pairs.
    legend : bool
        Explain all words, not just the most needed ones.

    Returns
    -------
    Document

    Examples
    --------
    >>> import ligandkb as lk
    >>> ranking_screen(lk.load().ranked("CsPbBr3", donor="phosphonate"), first=1).title
    'Ligand pairs for CsPbBr3: the first 1 of 16'
    """
    meta, every = ranked.meta, range(len(ranked.assessments))
    best = [place for place in every if _is_for_sale(ranked.assessments[place])][:FIRST]
    if not best and len(every) > FIRST and not first:
        first = FIRST  # who asks for what is vetoed, or for what nobody sells, is shown that
    chosen = [*(every if everything else every[:first] if first else best if len(every) > FIRST else every)]
    if len(chosen) == len(every):
        which = f"all {len(every)}" if every else "none fits"
    else:
        which = f"the {'first' if first else 'best'} {len(chosen)}{'' if first else ' that can be ordered'}"
        which += f" of {len(every)}"
    said = [
        *_not_shown(ranked, chosen),
        *_fallen(ranked),
        *own_results(ranked),
        *words_of(meta, whole=legend),
    ]
    blocks = (pair_table(ranked, chosen), items(*said)) if chosen else (items(*said),)
    learned = f", {meta['learned']['from']}" if ranked.outlooks else ""
    return signed(Document(f"Ligand pairs for {meta['composition']}{learned}: {which}", blocks), meta)


def pair_table(ranked: RankedPairs, places: Iterable[int]) -> Table:
    """Rows of some pairs, 0-based: what decides, two lines each at most where the terminal is narrow."""
    columns: tuple[Column, ...] = (*_FIRST_LINE, _SCORE, *_SECOND_LINE)
    if ranked.outlooks:
        from ligandkb.reports.outlook import screen_columns  # noqa: PLC0415 - a plain ranking has no use for it

        columns = (*_FIRST_LINE, *screen_columns(ranked), *_SECOND_LINE)
    return table(columns, [_cells(ranked, place, ranked.row(place)) for place in places])


def words_of(meta: Mapping[str, Any], *, whole: bool = False, option: str = "--legend") -> list[str]:
    """What the words below a table mean: all, or the most needed ones after what was asked for, and who says all."""
    return notes(meta) if whole else [*_on_your_word(meta), *_short_legend(meta, option)]


def _is_for_sale(item: Assessment) -> bool:
    return item.orderable and item.verdict is not Verdict.VETOED


def _cells(ranked: RankedPairs, place: int, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    item = ranked.assessments[place]
    danger = danger_words(row, ranked.dangers)
    measured = measured_of(row, item)
    predicted: tuple[Cell, ...] = (score_text(row["score"], row["score_low"], row["score_high"]),)
    if ranked.outlooks:
        from ligandkb.reports.outlook import screen_cells  # noqa: PLC0415

        predicted = screen_cells(ranked, place)
    return (
        ranked.place_text(place),
        pair_cell(row),
        Span(row["verdict"], tone=VERDICT_TONES.get(row["verdict"], "")),
        *predicted,
        Span(PREDICTED, tone="faint") if measured.text == "-" else measured,
        Span(danger, tone="" if danger in ("unread", "no tag") else "bad"),
        cas_text(item.pair.recipes[0].products),
    )


def _is_insoluble(item: Assessment) -> bool:
    return item.values["soluble"] is False or "insoluble" in item.safety.tags


def cas_text(products: Sequence[Product]) -> str:
    """CAS number of each product that is bought for a pair; who sells it where no number is verified.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> for name in ("benzoic acid", "lead hydroxide", "2,2-difluorononanoic acid"):
    ...     print(cas_text(kb.assess(name).pair.recipes[0].products))
    65-85-0 + 112-90-3
    no CAS (Sigma-Aldrich)
    no CAS + 112-90-3
    """
    return " + ".join(
        product.cas or (f"no CAS ({product.supplier})" if product.supplier else "no CAS")
        for product in products
    )


def _not_shown(ranked: RankedPairs, chosen: Sequence[int]) -> list[str]:
    """Count what isn't shown, each pair once, and name what was measured and can't be bought."""
    shown = set(chosen)
    rest = [place for place in range(len(ranked.assessments)) if place not in shown]
    if not rest:
        return []
    counts = Counter(_why_below(ranked.assessments[place]) for place in rest)
    order = (Verdict.VETOED, TO_MAKE_OR_FIND, INSOLUBLE, *Verdict)
    parts = [
        f"{counts[why]} {_IN_WORDS.get(why, why)}" for why in dict.fromkeys(map(str, order)) if counts[why]
    ]
    said = [f"{len(rest):,} more (--all shows them): {', '.join(parts)}."]
    measured = [
        place for place in rest if chosen and place < chosen[-1] and _is_measured(ranked.assessments[place])
    ]
    named = [_named(ranked, place) for place in measured[:_NAMED]]
    if named:
        more = f" and {len(measured) - _NAMED} more" if len(measured) > _NAMED else ""
        said.append(f"Measured, but nobody is known to sell it: {'; '.join(named)}{more}.")
    return said


def _fallen(ranked: RankedPairs) -> list[str]:
    """Name what the rulebook puts first and the outcomes don't."""
    fallen = sorted(
        (one.rank_by_rules - ranked.place(at), at)
        for at, one in enumerate(ranked.outlooks)
        if one.rank_by_rules <= FIRST < ranked.place(at)
    )
    rows = [ranked.row(at) for _, at in fallen[:_NAMED]]
    named = [
        f"{pair_name(row['binding_form'], row['partner'])} ({row['rank_by_rules']}, now {row['rank']})"
        for row in rows
    ]
    return [f"Fell most of the rulebook's first {FIRST}: {'; '.join(named)}."] if named else []


def _named(ranked: RankedPairs, place: int) -> str:
    row = ranked.row(place)
    return (
        f"{ranked.place_text(place)} {pair_name(row['binding_form'], row['partner'])} ({measured_text(row)})"
    )


def _why_below(item: Assessment) -> str:
    if item.verdict is Verdict.VETOED:
        return str(Verdict.VETOED)
    return TO_MAKE_OR_FIND if not item.orderable else INSOLUBLE if _is_insoluble(item) else str(item.verdict)


def _is_measured(item: Assessment) -> bool:
    return (
        item.evidence.observed is Observed.IMPROVED
        and not item.orderable
        and item.verdict is not Verdict.VETOED
    )


def _on_your_word(meta: Mapping[str, Any]) -> list[str]:
    said = [left_out_text(meta)] if meta["selection"]["by"] else []
    if meta["allow"]:
        said.append(f"Vetoes lifted on your word: {', '.join(meta['allow'])}.")
    if meta["plqy_headroom"] is not None:
        said.append(meta["plqy_headroom_sentence"])
    if meta["not_computed"]:
        said.append(f"{counted(meta['not_computed'], 'pair')} without a computed hardness: rank --compute.")
    return [*said, *(f"Overlay: {line}." for line in meta["overlaid"])]


def _short_legend(meta: Mapping[str, Any], option: str) -> list[str]:
    if "learned" in meta:
        from ligandkb.reports.outlook import short_legend  # noqa: PLC0415

        return [*short_legend(meta)]
    of_x, of_l = (item["pair"] for item in meta["yardsticks"][:2])
    return [
        "4=: can't be told from its neighbours. Score: predicted log-odds [range].",
        f"Verdict: by prediction alone, against {of_x} (L: {of_l}).",
        "Near: on a pair that differs in one thing. In-sample: the paper's Table 1.",
        "Unread: no label was read. No tag is not a clearance: read the data sheets.",
        f"Danger +1: one more. Why: ligandkb explain NAME. Every word: {option}.",
    ]
