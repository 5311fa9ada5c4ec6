"""What does a validation say, what fails as plainly as what holds?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.missing import is_present
from ligandkb.problems import counted
from ligandkb.reports.document import (
    Cell,
    Column,
    Document,
    Facts,
    Section,
    Span,
    Table,
    items,
    signed,
    table,
)
from ligandkb.reports.machine import plain
from ligandkb.reports.ranking import pair_name
from ligandkb.validation.by_head import Separation
from ligandkb.validation.catalogue import RELEASE, Count, Coverage, counts_of
from ligandkb.validation.hardness import TableOneReport
from ligandkb.validation.sources import AddressedRow, TableSources
from ligandkb.validation.table1 import Agreement, Entry, LeftOut, NullRule

WHAT_IT_CAN_SAY = (
    "In-sample: much of the rulebook was written from this table, so these figures say that the rules state what "
    "the table shows, not that they predict. 16 entries hold 10 distinct X-type heads, and four of the entries "
    "that did not improve are confounded by insoluble salts."
)


def table1_document(
    entries: Sequence[Entry],
    fit: Agreement,
    nulls: Sequence[NullRule],
    left_out: Sequence[LeftOut],
    meta: Mapping[str, Any],
) -> Document:
    """Fill a document with the rules' agreement with Table 1, beside null rules, entry by entry."""
    lost = sum(item.entry.above_reference != item.above_reference for item in left_out)
    both = (fit.improved_above, fit.improved - fit.improved_above)
    neither = (fit.not_improved - fit.not_improved_below, fit.not_improved_below)
    counted = table(
        ("", Column("predicted above", right=True), Column("not above", right=True)),
        [("improved", *map(str, both)), ("not improved or decreased", *map(str, neither))],
    )
    beaten = table(
        ("prefers", Column("AUC", right=True), "entries"),
        [(one.name, f"{one.auc:.2f}", f"{one.improved} improved, {one.not_improved} not") for one in nulls],
    )
    said = f"{lost} of {len(left_out)} predictions stand only on rules written from the table."
    without = "Each entry without the rules written from the table that fired on it"
    blocks = (
        items(str(fit), WHAT_IT_CAN_SAY),
        counted,
        Section("Null rules that know no chemistry (same entries)", (beaten,)),
        Section(without, (_entries(left_out), items(said))),
    )
    document = Document("Rules on Table 1 (in-sample)", blocks, _table1_record(entries, fit, nulls, left_out))
    return signed(document, meta)


def _entries(left_out: Sequence[LeftOut]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in left_out:
        entry = item.entry
        kept = item.above_reference == entry.above_reference
        told = "the same" if kept else Span("no longer told apart", tone="warn")
        rows.append(
            (
                pair_name(entry.binding_form, entry.partner),
                "improved" if entry.improved else "not improved",
                f"{entry.score:+.2f}",
                "yes" if entry.above_reference else "no",
                f"{item.score:+.2f}" if item.without else "no such rule fired",
                told if item.without else "-",
                ", ".join(item.without) or "-",
                entry.confound.replace("_", " ") or "-",
            )
        )
    score = Column("score", right=True)
    columns = ("pair", "Table 1", score, "above reference", "score without", "verdict without")
    below = (Column("rules left out", wraps=True, below=True), Column("confounded", below=True))
    return table((*columns, *below), rows)


def _table1_record(
    entries: Sequence[Entry], fit: Agreement, nulls: Sequence[NullRule], left_out: Sequence[LeftOut]
) -> dict[str, Any]:
    """All of it in types that JSON knows."""

    def fields(entry: Entry) -> dict[str, Any]:
        reasons = ("chain_length_carbons", "conjugate_acid_pka")
        absent = {name: str(getattr(entry, name)) for name in reasons if not is_present(getattr(entry, name))}
        return {**plain(entry), **absent}

    return {
        "in_sample": True,
        "what_it_can_say": WHAT_IT_CAN_SAY,
        "agreement": fit,
        "null_rules": list(nulls),
        "entries": [fields(entry) for entry in entries],
        "left_out": [
            {
                **{name: getattr(item.entry, name) for name in ("binding_form", "partner", "improved")},
                "without": list(item.without),
                "score": item.entry.score,
                "score_without": item.score,
                "above_reference": item.entry.above_reference,
                "above_reference_without": item.above_reference,
            }
            for item in left_out
        ],
    }


def coverage_document(coverage: Coverage, before: Mapping[str, Count], meta: Mapping[str, Any]) -> Document:
    """Fill a document with how much of the catalogue is verified, sourced and in conflict, beside a release."""
    now = counts_of(coverage)
    rows = [
        (one.measure, str(before[one.measure]) if one.measure in before else "not counted", str(one))
        for one in now
    ]
    compared = table(("", Column(RELEASE, right=True), Column("now", right=True)), rows)
    kinds = {
        **{f"by strength: {name or 'not said'}": count for name, count in coverage.by_strength},
        **{f"by effect: {name or 'none printed'}": count for name, count in coverage.by_effect},
        **{f"confounded: {name}": count for name, count in coverage.by_confound},
    }
    facts = (
        *((f"outcomes {name}", str(count)) for name, count in kinds.items()),
        ("pairs in conflict", ", ".join(coverage.conflicts) or "none"),
        ("forms whose near outcomes disagree", ", ".join(coverage.near_conflicts) or "none"),
    )
    data = {**plain(coverage), "before": {"release": RELEASE, "counts": plain(list(before.values()))}}
    return signed(Document("Coverage of the catalogue", (compared, Facts(facts)), data), meta)


def hardness_document(report: TableOneReport, meta: Mapping[str, Any]) -> Document:
    """Fill a document with what came of holding computed descriptors against Table 1."""
    best = f"{report.best.descriptor}, AUC {report.best.auc:.2f}"
    corrected = (
        f"p = {report.p_max_statistic:.3f} for the best of all {len(report.tried)} tried, "
        f"over all {report.splits} splits"
    )
    blocks = (
        items("By distinct X-type head; what is tried was written down beforehand: docs/quantum.md"),
        Facts((("best", best), ("corrected for all that was tried", corrected))),
        Section("What was tried", (_separations(report.tried),)),
        Section("What they have to beat (no softness in it)", (_separations(report.nulls),)),
    )
    return signed(Document("Descriptors on Table 1", blocks, plain(report)), meta)


def _separations(found: Sequence[Separation]) -> Table:
    expected = {1: "higher", -1: "lower", 0: "no expectation"}
    rows = [
        (
            one.descriptor,
            f"{one.auc:.2f}",
            expected[one.expected],
            f"{one.p_exact:.3f}",
            f"{len(one.improved)} + {len(one.not_improved)}",
            ", ".join(one.without_value) or "-",
        )
        for one in found
    ]
    numbers = (Column("AUC", right=True), "expected", Column("exact p", right=True), "n")
    return table(("descriptor", *numbers, Column("no value for", wraps=True, below=True)), rows)


def sources_document(found: Sequence[TableSources], meta: Mapping[str, Any]) -> Document:
    """Fill a document with every row whose source is an address and no DOI, table by table."""
    numbers = [
        Column(name, right=True) for name in ("rows", "with a DOI", "address only", "words only", "nothing")
    ]
    overview = table(
        ("table", *numbers, Column("remark", wraps=True, below=True)),
        [
            (
                one.file,
                *map(str, (one.rows, one.with_doi, len(one.address_only), one.in_words, one.without)),
                "-"
                if one.has_sources
                else "no column for sources: its head or data/README.md says where all of it is from",
            )
            for one in found
        ],
    )
    listed = [
        Section(
            f"{one.file}: {counted(len(one.address_only), 'row')} with an address only",
            (_addressed(one.address_only),),
        )
        for one in found
        if one.address_only
    ]
    said = "A page moves, changes and goes: these rows are worth a lasting source. That a row has a DOI is no proof."
    return signed(
        Document("Sources without a DOI", (overview, items(said), *listed), plain(list(found))), meta
    )


def _addressed(rows: Sequence[AddressedRow]) -> Table:
    columns = (
        Column("line", right=True),
        Column("row", wraps=True),
        Column("address", wraps=True, below=True),
    )
    return table(
        (*columns, Column("locator", wraps=True, below=True)),
        [(str(row.line), row.name, Span(row.address, code=True), row.locator) for row in rows],
    )
