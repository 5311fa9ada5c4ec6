"""What came out on top of a supplier's list, on a screen, on a page or in a table?

A ranking's rows and page, with what a list needs besides: what was read, what stands nowhere, how many rows can't be
told apart from those that are shown, and which lines offer them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ligandkb.assessment.records import COLUMNS
from ligandkb.problems import counted
from ligandkb.reports.document import Document, Item, Section, Span, items, signed
from ligandkb.reports.ranking import ranking_rows
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.ranking_screen import FIRST, pair_table, words_of
from ligandkb.screening.best import KeptOut
from ligandkb.screening.top import Top

CSV_COLUMNS = ("line", "id", "lines", "offered", *COLUMNS)
"""Of the best of a list: where each stands, what it is called there, how many lines offer its form and the first of
these, and what a ranking has."""
_BANDS_NAMED = 3
_MOST_CHARACTERS = 80
"""That are shown of what a list calls a line, and of its structure; the line says where the whole stands."""


def top_screen(top: Top) -> Document:
    """Fill a document with the best of a list as they fit a terminal.

    Parameters
    ----------
    top : Top

    Returns
    -------
    Document
    """
    every = len(top.ranked.assessments)
    if not every:
        return signed(Document(_title(top), (items(*kept_out(top), *told(top)),)), top.ranked.meta)
    more = (
        [f"{every - FIRST:,} more on the page and in the table, top.html and top.csv."]
        if every > FIRST
        else []
    )
    meta = {**top.ranked.meta, "not_computed": 0}  # who asks for a list's values is told otherwise
    said = items(*kept_out(top), *more, *told(top), *words_of(meta, option="rank --legend"))
    blocks = (pair_table(top.ranked, range(min(FIRST, every))), said)
    return signed(Document(_title(top), blocks), top.ranked.meta)


def top_page(top: Top) -> Document:
    """Fill a document with the best of a list for a page: rows that open, sort and filter, as of a ranking.

    Parameters
    ----------
    top : Top

    Returns
    -------
    Document
    """
    catalogue = top.kb.catalogue
    page = ranking_page(top.ranked, catalogue.offers, catalogue.abbreviations, kept_out(top))
    danger, *rest = page.blocks
    screened = Section("What was screened", (items(*told(top)),))
    blocks = (danger, screened, *rest) if top.ranked.assessments else (danger, screened)
    return replace(
        page,
        title=_title(top),
        blocks=blocks,
        data=_rows(top),
        csv_columns=CSV_COLUMNS,
    )


def top_rows(top: Top) -> Document:
    """Fill a document with the best of a list alone, for tables."""
    document = ranking_rows(top.ranked)
    return replace(
        document,
        title=_title(top),
        data=_rows(top),
        csv_columns=CSV_COLUMNS,
        footer=(*(head for head, _ in _kept_out(top)), *told(top), *document.footer),
    )


def kept_out(top: Top) -> list[Item]:
    """How many lines of a list are vetoed, or can't be excluded to be so, the first of them by name, and why.

    Parameters
    ----------
    top : Top

    Returns
    -------
    list of Item
        Of vetoes always one, also where there are none.
    """
    return [
        Item((Span(head, tone="bad" if lines else ""),), tuple(Item((text,)) for text in lines))
        for head, lines in _kept_out(top)
    ]


def kept_out_sentences(top: Top) -> tuple[str, ...]:
    """The same as :func:`kept_out`, a sentence each."""
    return tuple(f"{head} {'; '.join(lines)}".strip() for head, lines in _kept_out(top))


def kept_out_lines(vetoed: KeptOut, suspected: KeptOut) -> list[str]:
    r"""The same as :func:`kept_out` in lines of text, of a screen of whose best nobody asked.

    Examples
    --------
    >>> azide = {"line": 7, "id": "A-1", "smiles": "OC(=O)CN=[N+]=[N-]", "verdict_reason": "explosive"}
    >>> print(*kept_out_lines(KeptOut(2, (azide,)), KeptOut()), sep="\n")
    2 lines of the list are vetoed:
    - line 7, A-1, OC(=O)CN=[N+]=[N-]: explosive
    - 1 more: their rows stand in the parts, with verdict vetoed.
    """
    groups = _groups(vetoed, suspected)
    return [text for head, lines in groups for text in (head, *(f"- {line}" for line in lines))]


def _kept_out(top: Top) -> list[tuple[str, list[str]]]:
    return _groups(top.best.vetoed, top.best.suspected, top.since)


_NO_LINES = KeptOut()


def _groups(vetoed: KeptOut, suspected: KeptOut, since: KeptOut = _NO_LINES) -> list[tuple[str, list[str]]]:
    """What is said of lines that are kept out, a head for each kind of them, and the first of that kind."""
    groups = [("vetoed", vetoed, "verdict vetoed")]
    if since.lines:
        said = "vetoed, or suspected to be explosive or lethal, by what is lifted and known today"
        groups.append((said, since, "those lines"))
    if suspected.lines:
        groups.append(("suspected to be explosive or lethal", suspected, "that verdict_reason"))
    return [(_head(what, named), _named(named, where)) for what, named, where in groups]


def _head(what: str, named: KeptOut) -> str:
    if not named.lines:
        return "No line of the list that could be read is vetoed."
    return f"{counted(named.lines, 'line')} of the list {'is' if named.lines == 1 else 'are'} {what}:"


def _named(named: KeptOut, where: str) -> list[str]:
    lines = [f"{_called(one)}: {one['verdict_reason']}" for one in named.first]
    if more := named.lines - len(named.first):
        lines.append(f"{more:,} more: their rows stand in the parts, with {where}.")
    return lines


def _called(line: Mapping[str, Any]) -> str:
    words = [_short(line[name]) for name in ("id", "smiles") if line.get(name)]
    return ", ".join((f"line {line['line']}", *words))


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}..."


def told(top: Top) -> list[str]:
    """What was read of a list, what stands nowhere, and what can't be told apart, in sentences."""
    meta, rows = top.ranked.meta, top.best.rows
    verdicts = ", ".join(f"{number:,} {verdict}" for verdict, number in meta["verdicts"].items())
    can_be = (
        f"{counted(meta['pairs'], 'row')} can be ranked: {verdicts}" if verdicts else "no row can be ranked"
    )
    lines = [
        f"{counted(meta['lines'], 'line')} of {' and '.join(meta['sources'])}, {meta['rejected']:,} without rows "
        f"(rejected.csv says why); {can_be}."
    ]
    if not top.ranked.assessments:
        lines.insert(0, _why_none(top))
    if meta["left_out"]:
        by = ", ".join(f"{number:,} {why}" for why, number in sorted(meta["left_out"].items()))
        lines.append(
            f"Never among the best, and counted apart: {by}. Their rows are in the parts, with the reason."
        )
    lines += _ties(top)
    if several := sum(row.lines > 1 for row in rows):
        lines.append(
            f"{counted(several, 'form')} of these {'is' if several == 1 else 'are'} on offer in several lines."
        )
    if meta["not_computed"]:
        lines.append(
            f"{meta['not_computed']} of these {'has' if meta['not_computed'] == 1 else 'have'} no computed hardness: "
            "the same command with --compute computes it."
        )
    if meta["judged_otherwise"]:
        lines.append(
            f"{meta['judged_otherwise']} of the best that were kept are judged otherwise today, or not made any more: "
            "rules, data or computed values have changed since. Screen the list again, into another folder."
        )
    return lines


def _ties(top: Top) -> list[str]:
    """How many rows of the list share a band with those that are shown."""
    shown = Counter(row.band for row in top.best.rows)
    sizes = top.best.band_sizes
    wide = sorted((band for band in shown if sizes[band] > 1), key=lambda band: -sizes[band])[:_BANDS_NAMED]
    if not wide:
        return []
    places = [
        f"{1 + sum(size for other, size in sizes.items() if other < band):,}= has {sizes[band]:,} rows of the list, "
        f"{counted(shown[band], 'form')} shown"
        for band in sorted(wide)
    ]
    return [
        f"Evidence and prediction can't tell apart what shares a place: {'; '.join(places)}. The first of them are "
        "those by verdict, then what dissolves, is less dangerous and stands nearest to something measured, then by "
        "score."
    ]


def _why_none(top: Top) -> str:
    if not top.manifest.lines:
        return "There is nothing to rank: the list is empty."
    if not top.manifest.rows:
        return "There is nothing to rank: no line could be used. rejected.csv says why of each."
    if not top.best.ranked:
        return "There is nothing to rank: every row is kept from the best, as counted below."
    return "There is nothing to show: all that were kept are vetoed or suspected today, or not made any more."


def _title(top: Top) -> str:
    lines, composition = counted(top.manifest.lines, "line"), top.ranked.meta["composition"]
    if not top.ranked.assessments:
        return f"No binding form of {lines} can be ranked for {composition}"
    return f"The best {counted(len(top.ranked.assessments), 'binding form')} of {lines} for {composition}"


def _rows(top: Top) -> list[dict[str, Any]]:
    return [
        {
            "line": found.cells["line"],
            "id": found.cells["id"] or None,
            "lines": found.lines,
            "offered": [_offered(line) for line in found.offered],
            **row,
        }
        for found, row in zip(top.best.rows, top.ranked.rows(), strict=True)
    ]


def _offered(line: Mapping[str, Any]) -> str:
    """One line that offers a form, as it is called."""
    return f"line {line['line']}" + (f", {line['id']}" if line["id"] else "")
