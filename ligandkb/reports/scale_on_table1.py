"""What does lead against the proton say of Table 1, and of what does it say nothing?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

from ligandkb.missing import is_present
from ligandkb.reports.document import Cell, Column, Section, Table, items, table
from ligandkb.reports.machine import plain
from ligandkb.validation.by_head import Separation
from ligandkb.validation.scale_on_table1 import FormOnScale, OnTableOne

IN_SAMPLE = (
    "In-sample: zero, scale and ramp were declared with Table 1 known. Inside simple carboxylates the value follows "
    "from the pKa, so that it can't beat the pKa there; what it adds is the size of the step, one number across kinds "
    "of second donors, and the measured constants themselves. There is no pass mark."
)
HOW = (
    "By distinct X-type head, the mean over its forms. AUC: the chance that a head that improved stands above one that "
    "didn't; 0.5 is a coin. The p is that of the exact rank-sum test, one-sided where a direction was expected."
)


def scale_section(found: OnTableOne) -> Section:
    """Separations beside the nulls, every form with its place or the reason why it has none, what is half known."""
    said = (
        f"The scale reaches {len(found.reached)} of {len(found.heads)} heads. On so few no order whatever has a p "
        f"below {found.smallest_p:.3f}."
    )
    half_known = [
        half_known_sentence(form, found.acetate_log_k1) for form in found.forms if form.is_half_known
    ]
    return Section(
        "On Table 1 (in-sample)",
        (
            items(IN_SAMPLE, HOW, said),
            _separations(found),
            Section("Form by form", (_forms(found),)),
            *(
                [Section("Known to lead, not against the proton", (items(*half_known),))]
                if half_known
                else []
            ),
        ),
    )


def scale_record(found: OnTableOne) -> dict[str, Any]:
    """All of it in types that JSON knows."""
    forms = [{**plain(form), "elsewhere": [outcome.id for outcome in form.elsewhere]} for form in found.forms]
    return {**plain(found), "in_sample": True, "how": [IN_SAMPLE, HOW], "forms": forms}


def half_known_sentence(form: FormOnScale, acetate_log_k1: float) -> str:
    """What the scale says of a form of which only lead's constant is known, and what it leaves open."""
    entry = "improved" if form.improved else "not improved"
    if form.confound:
        entry += f" (confounded: {form.confound.replace('_', ' ')})"
    elsewhere = [
        f"{str(outcome.effect).replace('_', ' ')} on {outcome.composition}"
        + (f" ({outcome.source.name})" if outcome.source else "")
        for outcome in form.elsewhere
    ]
    judged = (
        f"It is judged by {', '.join(form.rules)}." if form.rules else "No rule with a weight fired on it."
    )
    return (
        f"{form.name}: log K1 of lead is {form.log_k1:.2f}, acetate's {acetate_log_k1:.2f}. That is all that "
        f"the scale says, and nothing of lead against the proton: {_reason(form)}. {judged} "
        f"Table 1: {entry}; elsewhere: {'; '.join(elsewhere) or 'nothing'}."
    )


def _reason(form: FormOnScale) -> str:
    absent = form.above_acetate
    return getattr(absent, "fix", "") or getattr(absent, "reason", "") or str(absent)


def _separations(found: OnTableOne) -> Table:
    names = ("AUC", "exact p", "heads", "AUC on the scale's heads", "exact p", "heads")
    columns = (Column("orders by"), *(Column(name, right=True) for name in names))
    rows = [
        (every.descriptor, *_numbers(every), *_numbers(reached))
        for every, reached in zip(found.on_all, found.on_reached, strict=True)
    ]
    return table(columns, rows)


def _numbers(one: Separation) -> Iterator[str]:
    yield "-" if isnan(one.auc) else f"{one.auc:.2f}"
    yield "-" if isnan(one.p_exact) else f"{one.p_exact:.3f}"
    yield f"{len(one.improved)} + {len(one.not_improved)}"


def _forms(found: OnTableOne) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for form in found.forms:
        known = is_present(form.above_acetate)
        rows.append(
            (
                form.name,
                "improved" if form.improved else "not improved",
                f"{form.log_k1:.2f}" if is_present(form.log_k1) else "-",
                f"{form.above_acetate:+.2f}" if known else "-",
                f"{form.low:+.2f} to {form.high:+.2f}" if known else "-",
                str(form.origin) if known else "-",
                "-" if known else _reason(form),
            )
        )
    numbers = [Column(name, right=True) for name in ("log K1", "above acetate", "interval")]
    return table(
        ("form", "Table 1", *numbers, "known", Column("why not", wraps=True, below=True)),
        rows,
    )
