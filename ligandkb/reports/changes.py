"""How is it shown what changed since a ranking was stored?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ligandkb.changes.compare import Cause, Change, Changes
from ligandkb.changes.stored import StoredPair, StoredRanking
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Item,
    Items,
    Section,
    Span,
    items,
    signed,
    table,
)

CHANGE_COLUMNS = (
    *("ligand", "pair", "partner", "binding_form_smiles", "verdict_before", "verdict_after"),
    *("score_before", "score_after", "score_low_before", "score_low_after", "score_high_before"),
    *("score_high_after", "vetoes_came", "vetoes_went", "tags_came", "tags_went"),
    *("observed_before", "observed_after", "why"),
)
_EXAMPLES = 3
HOW = (
    "Verdicts of 0.1.0 have other names: unlikely is no-better, unknown is undecided. The name alone is no change.",
    "Score: predicted log-odds [range]. Why: what a rule added before → adds now; a fault has its number in the "
    "changelog.",
    "A tag or veto that went is not a clearance: read the data sheets.",
)


def changes_document(found: Changes, meta: Mapping[str, Any], *, everything: bool = False) -> Document:
    """Fill a document with what changed between two rankings.

    Parameters
    ----------
    found : Changes
    meta : mapping
    everything : bool
        List pairs, too, of which tags, scores or measurements alone changed.

    Returns
    -------
    Document
        As rows, for CSV, every pair of which something changed.
    """
    blocks: list[Block] = [Facts(tuple(_facts(found)))]
    if vetoed := [one for one in found.changed if one.vetoes_came]:
        blocks.append(Section("Vetoed now", (_pairs(vetoed, _veto),), alarming=True))
    if freed := [one for one in found.changed if one.vetoes_went]:
        blocks.append(Section("No longer vetoed", (_pairs(freed, _veto),), alarming=True))
    if found.verdicts:
        blocks.append(Section("Verdicts", (_verdicts(found),)))
    if found.by_cause:
        blocks.append(Section("Why", (_by_cause(found),)))
    listed = [one for one in found.changed if everything or one.verdict_changed]
    if listed:
        heading = "Every pair of which something changed" if everything else "Pairs with another verdict"
        blocks.append(Section(heading, (_pairs(listed, _verdict),)))
    for heading, pairs in (("Ranked before only", found.only_old), ("Ranked now only", found.only_new)):
        if pairs:
            blocks.append(Section(heading, (_names(pairs),)))
    blocks.append(items(*HOW))
    record = {
        **{name: _made_with(ranking) for name, ranking in (("before", found.old), ("now", found.new))},
        "unchanged": found.unchanged,
        "verdicts": [
            {"before": before, "after": after, "pairs": number}
            for (before, after), number in found.verdicts.most_common()
        ],
        "causes": [
            {"kind": kind, "what": what, "pairs": len(pairs)}
            for (kind, what), pairs in found.by_cause.items()
        ],
        "only_before": [_identity(pair) for pair in found.only_old],
        "only_now": [_identity(pair) for pair in found.only_new],
        "rows": [_row(one) for one in found.changed],
    }
    title = f"What changed in the ranking for {found.new.composition}"
    return signed(Document(title, tuple(blocks), record, csv_columns=CHANGE_COLUMNS), meta)


def _facts(found: Changes) -> Iterable[tuple[str, str]]:
    yield "before", _named(found.old)
    yield "now", _named(found.new)
    yield "pairs in both", str(found.unchanged + len(found.changed))
    for what, number in (
        ("another verdict", sum(one.verdict_changed for one in found.changed)),
        ("vetoed now", sum(bool(one.vetoes_came) for one in found.changed)),
        ("no longer vetoed", sum(bool(one.vetoes_went) for one in found.changed)),
        ("other tags", sum(bool(one.tags_came or one.tags_went) for one in found.changed)),
        ("another score or range", sum(one.score_changed for one in found.changed)),
        ("other measurements", sum(one.observed_changed for one in found.changed)),
        ("nothing changed", found.unchanged),
    ):
        yield what, str(number)
    for ranking in (found.old, found.new):
        if not ranking.is_whole:
            yield "not compared", f"pairs that {ranking.name} leaves out"
    if found.old.view != found.new.view:
        yield "not compared", "pairs of one of them alone: they are of other classes or partners"


def _named(ranking: StoredRanking) -> str:
    made = f"ligandkb {ranking.version}"
    made += f", data and rules {ranking.content}" if ranking.content else ""
    over = f" with {', '.join(ranking.overlays)}" if ranking.overlays else ""
    return f"{made}{over} ({ranking.name})"


def _made_with(ranking: StoredRanking) -> dict[str, Any]:
    return {
        "name": ranking.name,
        "version": ranking.version,
        "content": ranking.content,
        "pairs": len(ranking.pairs),
        "is_whole": ranking.is_whole,
    }


def _verdicts(found: Changes) -> Block:
    rows = []
    for (before, after), number in found.verdicts.most_common():
        names = [
            one.new.name for one in found.changed if (one.old.verdict, one.new.verdict) == (before, after)
        ]
        rows.append((before, after, str(number), _some(names)))
    columns = ("before", "now", Column("pairs", right=True), Column("such as", wraps=True))
    return table(columns, rows)


def _by_cause(found: Changes) -> Block:
    rows = []
    for (kind, what), pairs in found.by_cause.items():
        causes = [cause for one in pairs for cause in one.causes if (cause.kind, cause.what) == (kind, what)]
        before, after = (_spread([getattr(cause, side) for cause in causes]) for side in ("before", "after"))
        adds = f"{before} → {after or '0'}" if before else after
        rows.append((f"{kind}: {what}", adds, str(len(pairs)), _some([one.new.name for one in pairs])))
    columns = (
        Column("why", wraps=True), Column("adds", right=True), Column("pairs", right=True),
        Column("such as", wraps=True),
    )  # fmt: skip
    return table(columns, rows)


def _spread(added: Sequence[float | None]) -> str:
    numbers = [one for one in added if one is not None]
    if not numbers:
        return ""
    low, high = (f"{one:+.1f}" for one in (min(numbers), max(numbers)))
    return low if low == high else f"{low} to {high}"


def _some(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    rest = len(distinct) - _EXAMPLES
    return "; ".join(distinct[:_EXAMPLES]) + (f"; {rest} more" if rest > 0 else "")


def _pairs(listed: Sequence[Change], first: Any) -> Block:
    columns = (
        Column("pair", names=True, wraps=True), Column("what", wraps=True),
        Column("score"),
        Column("tags", wraps=True, below=True), Column("why", wraps=True, below=True),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (one.new.name, first(one), _scores(one), _tags(one), _why(one.causes)) for one in listed
    ]
    return table(columns, rows)


def _verdict(change: Change) -> Cell:
    if change.vetoes_came:
        return _veto(change)
    if not change.verdict_changed:
        return change.new.verdict
    return f"{change.old.verdict} → {change.new.verdict}"


def _veto(change: Change) -> Cell:
    if change.vetoes_came:
        return Span(f"{change.old.verdict} → VETO {', '.join(change.vetoes_came)}", tone="bad")
    return Span(f"veto {', '.join(change.vetoes_went)} gone → {change.new.verdict}", tone="warn")


def _scores(change: Change) -> str:
    old, new = _score(change.old), _score(change.new)
    return new if old == new else f"{old} → {new}"


def _score(pair: StoredPair) -> str:
    text = f"{pair.score:+.1f}"
    low, high = f"{pair.low:+.1f}", f"{pair.high:+.1f}"
    return text if low == high else f"{text} [{low}, {high}]"


def _tags(change: Change) -> str:
    came = [f"+{tag}" for tag in change.tags_came if tag not in change.vetoes_came]
    return " ".join((*came, *(f"-{tag}" for tag in change.tags_went)))


def _why(causes: Sequence[Cause]) -> str:
    return "; ".join(map(cause_text, causes))


def cause_text(cause: Cause) -> str:
    """A cause in words.

    Examples
    --------
    >>> cause_text(Cause("rule gone", "Chelating ligand", 0.6, None))
    'rule gone: Chelating ligand (+0.6)'
    >>> cause_text(Cause("known now", "soluble"))
    'known now: soluble'
    """
    added = [f"{one:+.1f}" for one in (cause.before, cause.after) if one is not None]
    return f"{cause.kind}: {cause.what}" + (f" ({' → '.join(added)})" if added else "")


def _names(pairs: Sequence[StoredPair]) -> Items:
    by_verdict: dict[str, list[str]] = {}
    for pair in pairs:
        by_verdict.setdefault(pair.verdict, []).append(pair.name)
    return Items(
        tuple(
            Item((f"{verdict} ({len(names)}): {'; '.join(dict.fromkeys(names))}",))
            for verdict, names in by_verdict.items()
        )
    )


def _identity(pair: StoredPair) -> dict[str, str]:
    return {
        "ligand": pair.ligand,
        "pair": pair.name,
        "partner": pair.partner,
        "binding_form_smiles": pair.smiles,
        "verdict": pair.verdict,
    }


def _row(change: Change) -> dict[str, Any]:
    old, new = change.old, change.new
    identity = {name: value for name, value in _identity(new).items() if name != "verdict"}
    return {
        **identity,
        "verdict_before": old.verdict,
        "verdict_after": new.verdict,
        "score_before": old.score,
        "score_after": new.score,
        "score_low_before": old.low,
        "score_low_after": new.low,
        "score_high_before": old.high,
        "score_high_after": new.high,
        "vetoes_came": list(change.vetoes_came),
        "vetoes_went": list(change.vetoes_went),
        "tags_came": list(change.tags_came),
        "tags_went": list(change.tags_went),
        "observed_before": old.observed or None,
        "observed_after": new.observed or None,
        "why": [cause_text(cause) for cause in change.causes],
    }
