"""How is a validation printed, what fails as plainly as what holds?"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.reports.answer import made_with
from ligandkb.reports.literal import to_markdown, visible
from ligandkb.validation.catalogue import Coverage
from ligandkb.validation.hardness import TableOneReport
from ligandkb.validation.table1 import Agreement, Entry, LeftOut, NullRule

WHAT_IT_CAN_SAY = (
    "In-sample: much of the rulebook was written from this table, so these figures say that the rules state what "
    "the table shows, not that they predict. 16 entries hold 10 distinct X-type heads, and four of the entries "
    "that did not improve are confounded by insoluble salts."
)


def table1_record(
    entries: Sequence[Entry], fit: Agreement, nulls: Sequence[NullRule], left_out: Sequence[LeftOut]
) -> dict[str, Any]:
    """Everything that ``validate table1`` prints, in types that JSON knows."""

    def plain(entry: Entry) -> dict[str, Any]:
        fields = dataclasses.asdict(entry)
        for name in ("chain_length_carbons", "conjugate_acid_pka"):
            value = getattr(entry, name)
            fields[name] = value if isinstance(value, float) else str(value)
        return fields

    return {
        "in_sample": True,
        "what_it_can_say": WHAT_IT_CAN_SAY,
        "agreement": dataclasses.asdict(fit),
        "null_rules": [dataclasses.asdict(null) for null in nulls],
        "entries": [plain(entry) for entry in entries],
        "left_out": [
            {
                "binding_form": item.entry.binding_form,
                "partner": item.entry.partner,
                "improved": item.entry.improved,
                "without": list(item.without),
                "score": item.entry.score,
                "score_without": item.score,
                "above_reference": item.entry.above_reference,
                "above_reference_without": item.above_reference,
            }
            for item in left_out
        ],
    }


def table1_text(record: dict[str, Any]) -> str:
    """Plain text of :func:`table1_record`."""
    fit = record["agreement"]
    lines = ["RULES ON TABLE 1 (in-sample)", f"  {Agreement(**fit)}", f"  {record['what_it_can_say']}", ""]
    lines.append(f"  {'':32}{'predicted above':>16}{'not above':>12}")
    missed = fit["improved"] - fit["improved_above"]
    wrong = fit["not_improved"] - fit["not_improved_below"]
    lines.append(f"  {'improved':32}{fit['improved_above']:>16}{missed:>12}")
    lines.append(f"  {'not improved or decreased':32}{wrong:>16}{fit['not_improved_below']:>12}")
    lines += ["", "NULL RULES THAT KNOW NO CHEMISTRY (same entries)"]
    for null in record["null_rules"]:
        count = f"{null['improved']} improved, {null['not_improved']} not"
        lines.append(f"  {null['name']:40} AUC {null['auc']:.2f}   ({count})")
    lines += ["", "EACH ENTRY WITHOUT THE RULES WRITTEN FROM THE TABLE THAT FIRED ON IT"]
    lost = 0
    for item in record["left_out"]:
        pair = f"{item['binding_form']} ({item['partner']})"
        what = "improved" if item["improved"] else "not improved"
        if not item["without"]:
            lines.append(f"  {pair:40} {what:13} {item['score']:+.2f}  no such rule fired")
            continue
        changed = (
            "" if item["above_reference"] == item["above_reference_without"] else "  -> no longer told apart"
        )
        lost += item["above_reference"] != item["above_reference_without"]
        without = ", ".join(item["without"])
        lines.append(
            f"  {pair:40} {what:13} {item['score']:+.2f} -> {item['score_without']:+.2f}{changed}  (without {without})"
        )
    lines.append(
        f"  {lost} of {len(record['left_out'])} predictions stand only on rules written from the table."
    )
    return "\n".join(visible(line) for line in lines) + "\n"


def coverage_text(coverage: Coverage) -> str:
    """Plain text of the catalogue's coverage."""
    rows = [
        ("products", f"{coverage.products}, of which {coverage.ligands} ligands"),
        ("CAS number verified", f"{coverage.cas_verified} of {coverage.products}"),
        ("melting point sourced", f"{coverage.melting_points} of {coverage.products}"),
        ("density sourced", f"{coverage.densities} of {coverage.products}"),
        ("hazard statements read", f"{coverage.labels_read} of {coverage.products}"),
        ("binding forms", str(coverage.forms)),
        ("pKa of the conjugate acid sourced", f"{coverage.pka} of {coverage.forms} forms"),
        ("outcomes", str(coverage.outcomes)),
        *((f"  strength: {name or 'not said'}", str(count)) for name, count in coverage.by_strength),
        *((f"  effect: {name or 'none printed'}", str(count)) for name, count in coverage.by_effect),
        *((f"  confounded: {name}", str(count)) for name, count in coverage.by_confound),
        ("pairs in conflict", ", ".join(coverage.conflicts) or "none"),
        ("forms whose near outcomes disagree", ", ".join(coverage.near_conflicts) or "none"),
    ]
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"{name:{width}}{visible(value)}" for name, value in rows) + "\n"


def to_validation_json(record: Any, meta: Mapping[str, Any]) -> str:
    """JSON text: what it was made with under ``meta``, beside what was found; dataclasses become objects."""
    plain = (
        dataclasses.asdict(record)
        if dataclasses.is_dataclass(record) and not isinstance(record, type)
        else record
    )
    return json.dumps({"meta": dict(meta), **plain}, indent=2, ensure_ascii=False)


def signed(text: str, meta: Mapping[str, Any]) -> str:
    """A text or Markdown page with what it was made with below it."""
    return f"{text.rstrip()}\n\n{visible(made_with(meta))}\n"


def table1_markdown(record: dict[str, Any]) -> str:
    """Markdown table of the entries."""
    columns = ["binding form", "partner", "Table 1", "score", "above reference", "confound"]
    rows = [
        [
            entry["binding_form"],
            entry["partner"],
            "improved" if entry["improved"] else "not improved",
            f"{entry['score']:+.2f}",
            "yes" if entry["above_reference"] else "no",
            entry["confound"] or "-",
        ]
        for entry in record["entries"]
    ]
    return to_markdown(columns, rows) + f"\n{record['what_it_can_say']}\n"


def hardness_text(report: TableOneReport) -> str:
    """Plain text of what came of holding computed descriptors against Table 1."""
    lines = ["DESCRIPTORS ON TABLE 1, BY DISTINCT X-TYPE HEAD (written down beforehand: docs/quantum.md)"]
    lines += [f"  {one}" for one in report.tried]
    lines += [
        "",
        f"best: {report.best.descriptor}, AUC {report.best.auc:.2f}",
        f"p = {report.p_max_statistic:.3f} for the best of all {len(report.tried)} tried, "
        f"over all {report.splits} splits",
        "",
        "WHAT THEY HAVE TO BEAT (no softness in it)",
        *(f"  {one}" for one in report.nulls),
    ]
    return "\n".join(visible(line) for line in lines) + "\n"
