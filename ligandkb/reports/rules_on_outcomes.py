"""What does each rule say when it is held against measured outcomes?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf, isnan
from typing import Any

from ligandkb.reports.document import (
    Cell,
    Column,
    Document,
    Section,
    Span,
    Table,
    items,
    signed,
    table,
)
from ligandkb.reports.held_against import basis_facts
from ligandkb.reports.machine import plain
from ligandkb.surface.uncertainty import Interval
from ligandkb.validation.judged_outcomes import Basis
from ligandkb.validation.measures import Sides
from ligandkb.validation.rules_on_outcomes import Pointing, RuleOnOutcomes, Support, supporting_sources

RULE_COLUMNS = (
    *("rule", "title", "weight", "graded_by", "mean_grade"),
    *("fired_improved", "fired_not_improved", "decided_improved", "decided_not_improved", "base_rate"),
    *("likelihood_ratio", "likelihood_ratio_low", "likelihood_ratio_high", "claimed_ratio", "power"),
    *("points", "beyond_chance", "supported_by", "sources", "derived_from"),
    *("in_sample_improved", "in_sample_not_improved", "confounded_improved", "confounded_not_improved"),
    *("unknown_improved", "unknown_not_improved"),
)
_FORMS = (
    "Counts are distinct binding forms, improved + not improved (or decreased), neither confounded nor of a source "
    "that the rule was written from; those stand apart.",
    "Ratio: how many times as often the rule fires on what improved. Claims: the ratio that its weight states. "
    "Power: the chance that so many forms would show a rule of that strength (one-sided exact test at 0.05). Where "
    "it is low, neither agreement nor disagreement proves anything.",
)


def rules_document(found: Sequence[RuleOnOutcomes], basis: Basis, meta: Mapping[str, Any]) -> Document:
    """Fill a document with every rule held against outcomes.

    Parameters
    ----------
    found : sequence of RuleOnOutcomes
    basis : Basis
        What they were held against.
    meta : mapping

    Returns
    -------
    Document
    """
    weighted = [one for one in found if one.rule.weight]
    others = [one for one in found if not one.rule.weight]
    blocks = (
        items(*_FORMS),
        basis_facts(basis),
        Section("Rules with a weight", (_weighted(weighted),)),
        Section("Rules without a weight", (_counted(others),)),
    )
    data = {"held_against": basis, "rows": [_rule_record(one) for one in found]}
    return signed(Document("Rules on measured outcomes", blocks, data, csv_columns=RULE_COLUMNS), meta)


def _weighted(found: Sequence[RuleOnOutcomes]) -> Table:
    columns: list[str | Column] = ["rule"]
    columns += [Column(name, right=True) for name in ("weight", "fired", "of")]
    columns += ["ratio (95 %)", Column("claims", right=True), Column("power", right=True)]
    columns += [Column("counts", wraps=True)]
    columns += [
        Column(name, wraps=True, below=True)
        for name in ("in-sample", "confounded", "unknown on", "supported by")
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            one.rule.id,
            _weight(one),
            str(one.fired),
            str(one.decided),
            _ratio(one.ratio),
            f"{one.claimed_ratio:.2g}" if one.claimed_ratio is not None else "-",
            f"{one.power:.2f}" if one.power is not None else "-",
            _pointing(one),
            _apart(one.in_sample),
            _apart(one.confounded),
            _apart(one.unknown),
            _supported(one),
        )
        for one in found
    ]
    return table(columns, rows)


def _counted(found: Sequence[RuleOnOutcomes]) -> Table:
    names = ("fired", "of", "in-sample", "confounded", "unknown on")
    return table(
        ("rule", *(Column(name, right=True) for name in names)),
        [
            (
                one.rule.id,
                str(one.fired),
                str(one.decided),
                *(_apart(sides) for sides in (one.in_sample, one.confounded, one.unknown)),
            )
            for one in found
        ],
    )


def _weight(one: RuleOnOutcomes) -> str:
    said = f"{one.rule.weight:+.2f}"
    if not one.rule.graded:
        return said
    return f"{said} x {one.mean_grade:.2f}" if one.mean_grade is not None else f"{said} x grade"


def _ratio(found: Interval) -> str:
    if isnan(found.value):
        return "-"
    if isinf(found.value):
        return f"no bound ({found.low:.2g} and more)"
    return f"{found.value:.2g} ({found.low:.2g} {_up_to(found.high)})"


def _up_to(high: float) -> str:
    return "and more" if isinf(high) else f"to {high:.2g}"


def _pointing(one: RuleOnOutcomes) -> Cell:
    said = str(one.pointing)
    if one.pointing is Pointing.OTHER_WAY:
        chance = ", beyond chance" if one.is_beyond_chance else ""
        counts = f"{one.fired.improved} improved, {one.fired.not_improved} did not"
        return Span(f"{said}: {counts}{chance}", tone="warn")
    return f"{said}, beyond chance" if one.pointing is Pointing.SAME_WAY and one.is_beyond_chance else said


def _apart(sides: Sides) -> str:
    return str(sides) if sides else "-"


def _supported(one: RuleOnOutcomes) -> Cell:
    if not one.supported_by:
        return Span("neither source nor count", tone="warn")
    chance = "beyond chance" if one.is_beyond_chance else "within chance"
    said = {
        Support.COUNT: f"count {one.fired} ({chance})",
        Support.COUNT_IN_SAMPLE: f"count {one.in_sample}, in-sample only",
        Support.SOURCE: ", ".join(dict.fromkeys(source.name for source in supporting_sources(one.rule))),
    }
    return "; ".join(said[kind] for kind in one.supported_by)


def _rule_record(one: RuleOnOutcomes) -> dict[str, Any]:
    rule, ratio = one.rule, plain(one.ratio)
    sides = {
        f"{name}_{side}": getattr(getattr(one, name), side)
        for name in ("fired", "decided", "in_sample", "confounded", "unknown")
        for side in ("improved", "not_improved")
    }
    return {
        "rule": rule.id,
        "title": rule.title,
        "weight": rule.weight,
        "graded_by": [ramp.by for ramp in rule.graded],
        "mean_grade": one.mean_grade,
        "base_rate": one.base_rate,
        "likelihood_ratio": ratio["value"],
        "likelihood_ratio_low": ratio["low"],
        "likelihood_ratio_high": ratio["high"],
        "claimed_ratio": one.claimed_ratio,
        "power": one.power,
        "points": str(one.pointing),
        "beyond_chance": one.is_beyond_chance,
        "supported_by": [str(kind) for kind in one.supported_by],
        "sources": [str(source) for source in supporting_sources(rule)],
        "derived_from": list(rule.derived_from),
        **sides,
    }
