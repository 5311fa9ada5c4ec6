"""What shall be tested next, why, and what would its result change?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.assessment.outlook import plqy_after
from ligandkb.assessment.records import record
from ligandkb.learning.observations import PRIOR_ALONE
from ligandkb.learning.proposals import REFERENCE, Change, Control, NextBatch, Proposal, Shift
from ligandkb.missing import Missing
from ligandkb.problems import counted
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Item,
    Section,
    Span,
    Table,
    Typed,
    items,
    signed,
)
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.not_on_shelf import shelf_sections
from ligandkb.reports.outlook import CLOSES, IMPROVES, PLQY, closes_text, improves_text, plqy_text
from ligandkb.reports.plan_command import EXAMPLE, Sample, plan_command
from ligandkb.reports.ranking import danger_words
from ligandkb.reports.shortlist import NOT_VERIFIED
from ligandkb.reports.text import text
from ligandkb.surface.published import lattice

_BEATS = Column("beats best", right=True, kind="number")
_NAMED = 3
"""Rules that one result is said to move; the data of JSON have all."""
_SHARE_NAMED = 0.25
"""Of the largest move, below which another is not worth a line."""
_GOALS = {
    "bright": "one after the other, by what each adds to the expected improvement over the best so far.",
    "learn": "one after the other, by what each adds to the information on the weights of the rules.",
    "balanced": "one after the other, by what each adds to the expected improvement over the best so far, and to the "
    "information on the weights of the rules: each as a part of the most that any pair could add at that step, half "
    "and half, since the two have no common unit.",
}


def next_batch_document(found: NextBatch, sample: Sample = EXAMPLE, folders: Sequence[str] = ()) -> Document:
    """Fill a document with a batch: pairs, controls, why, what each result would change, and how to plan them.

    Parameters
    ----------
    found : NextBatch
    sample : Sample
        Crystals for one pair, for the commands that plan them.
    folders : sequence of str
        Options that name a lab's own data and rules, for these commands.

    Returns
    -------
    Document
    """
    meta = found.meta
    title = (
        f"Next batch for {meta['composition']}: {counted(len(found.proposals), 'pair')} to test, "
        f"{counted(len(found.controls), 'control')} on top"
    )
    blocks: list[Block] = [
        *shelf_sections(meta),
        Section("Safety", (items(NO_CLEARANCE),), alarming=True),
        Section(f"To test, {meta['learned_from']}", (_table(found) if found.proposals else _nothing(meta),)),
    ]
    if found.proposals:
        said = [_proposal(one, meta) for one in found.proposals]
        blocks.append(Section("Why, and what its result would change", (items(*said, numbered=True),)))
    controls = items(*(_control(one, meta["in_lab"]) for one in found.controls))
    blocks.append(Section("Controls, measured in the same batch", (controls,)))
    commands = Typed(tuple(plan_command(one.assessment, sample, folders) for one in found.everything))
    blocks.append(Section("Bench sheets", (items(*_on_the_bench(sample, meta["composition"])), commands)))
    blocks.append(Section("How it was chosen", (items(*_notes(found)),)))
    return signed(Document(title, tuple(blocks), {"rows": rows(found, sample, folders)}), meta)


def next_batch_html(found: NextBatch) -> str:
    """A batch as notebooks show it."""
    from ligandkb.reports.html import notebook_html  # noqa: PLC0415 - text needs no jinja2

    return notebook_html(next_batch_document(found))


def next_batch_text(found: NextBatch) -> str:
    """A batch as it is printed."""
    return text(next_batch_document(found))


def rows(found: NextBatch, sample: Sample = EXAMPLE, folders: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Rows in types that JSON knows: those of a ranking, what is expected, and what would change."""
    label = found.meta["learned_from"]
    return [
        {
            "kind": "control" if isinstance(one, Control) else "proposal",
            "role": one.role if isinstance(one, Control) else None,
            **record(one.assessment, one.outlook.rank_by_rules),
            **one.outlook.record(label),
            **(_proposed(one) if isinstance(one, Proposal) else {}),
            "in_lab": one.in_lab,
            "plan": plan_command(one.assessment, sample, folders),
        }
        for one in found.everything
    ]


def _proposed(one: Proposal) -> dict[str, Any]:
    return {
        "chance_to_beat_best": one.chance_to_beat,
        "expected_improvement": one.choice.improvement,
        "information_nats": one.choice.information,
        "form_again": one.choice.form_again,
        "narrows": _shift_records(one.narrowed),
        "if_good": _change_record(one.high),
        "if_poor": _change_record(one.low),
    }


def _change_record(change: Change) -> dict[str, Any]:
    return {
        "headroom_closed": change.closed,
        "rules": _shift_records(change.shifts),
        "first_place": change.first,
    }


def _shift_records(shifts: Sequence[Shift]) -> list[dict[str, Any]]:
    return [{"rule": one.rule_id, "before": one.before, "after": one.after} for one in shifts]


def _table(found: NextBatch) -> Table:
    with_plqy = found.meta["plqy_start"] is not None
    columns = (
        Column("#", right=True),
        Column("danger", wraps=True, alarming=True),
        Column("pair", names=True),
        Column("ligand", pictured=True),
        IMPROVES,
        CLOSES,
        *([PLQY] if with_plqy else []),
        _BEATS,
        Column("buy", wraps=True, below=True),
    )
    return Table(
        columns,
        tuple(_cells(one, place, found, with_plqy=with_plqy) for place, one in enumerate(found.proposals, 1)),
    )


def _cells(one: Proposal, place: int, found: NextBatch, *, with_plqy: bool) -> tuple[Cell, ...]:
    item = one.assessment
    return (
        str(place),
        _danger(one),
        Span(one.name, tone="strong"),
        structure(item.pair.product.smiles, item.pair.product.name),
        Span(improves_text(one.outlook), place=one.outlook.probability_improved),
        Span(closes_text(one.outlook), place=one.outlook.closed),
        *([Span(plqy_text(one.outlook), place=one.outlook.plqy)] if with_plqy else []),
        f"{100 * one.chance_to_beat:.0f} %",
        _bought(one, found.meta["in_lab"]),
    )


def _danger(one: Proposal | Control) -> Span:
    safety = one.assessment.safety
    dangers = {product.product: product for product in safety.products}
    said = danger_words(record(one.assessment, 0), dangers)
    return Span(said, tone="bad" if safety.dangers_to_people else "")


def _bought(one: Proposal | Control, have: Collection[str]) -> str:
    products = one.assessment.pair.recipes[0].products
    said = " + ".join(f"{product.name} (CAS {product.cas or NOT_VERIFIED})" for product in products)
    if one.in_lab:
        return f"{said}; stands in the lab"
    missing = [product.name for product in products if product.id not in have]
    return f"{said}; not in the lab: {', '.join(missing)}" if have else said


def _proposal(one: Proposal, meta: Mapping[str, Any]) -> Item:
    return Item(
        (Span(f"{one.name}:", tone="strong"), _why(one)),
        (
            Item((_result("good", one.high, one, meta),)),
            Item((_result("poor", one.low, one, meta),)),
        ),
    )


def _why(one: Proposal) -> str:
    gain = f"with it the best of the batch is expected to win {_percent(one.choice.improvement)} of the headroom more"
    shrunk = [it for it in one.narrowed if f"{it.before:.1f}" != f"{it.after:.1f}"]
    narrowed = [f"{_rule(it)} from ±{it.before:.1f} to ±{it.after:.1f}" for it in shrunk[:2]]
    told = f"it narrows {' and '.join(narrowed)}" if narrowed else "it says little of any rule"
    again = " Its binding form is in the batch already: no other was left." if one.choice.form_again else ""
    return f"{gain}; {told}.{again}"


def _result(word: str, change: Change, one: Proposal, meta: Mapping[str, Any]) -> str:
    if change.closed >= 0:
        said = f"{_percent(change.closed)} of the headroom closed"
    else:
        said = f"{_percent(-change.closed)} of the brightness lost"
    start = meta["plqy_start"]
    if start is not None:
        said += f", PLQY {100 * start:.0f} → {100 * plqy_after(start, change.closed):.0f} %"
    beyond = "better" if word == "good" else "worse"
    return (
        f"A {word} result, {said} (one chance in six of a {beyond} one): {_moves(change.shifts)}; "
        f"{_first(change, one.name, meta['first_now'])}."
    )


def _moves(shifts: Sequence[Shift]) -> str:
    largest = max((abs(one.after - one.before) for one in shifts), default=0.0)
    told = [
        one
        for one in shifts
        if abs(one.after - one.before) >= _SHARE_NAMED * largest and _weight(one.before) != _weight(one.after)
    ]
    if not (named := told[:_NAMED]):
        return "no rule moves by 0.1"
    return ", ".join(f"{_rule(one)} {_weight(one.before)} → {_weight(one.after)}" for one in named)


def _weight(log_odds: float) -> str:
    return f"{round(log_odds, 1) + 0.0:+.1f}"  # never -0.0


def _rule(shift: Shift) -> str:
    return f"rule {shift.rule_id}"


def _first(change: Change, name: str, now: str) -> str:
    if change.first == now:
        return "it keeps the first place" if name == now else f"{now} keeps the first place"
    return f"{'it' if change.first == name else change.first} takes the first place from {now}"


def _percent(part: float) -> str:
    return f"{100 * part:.0f} %" if part >= 0.01 else "less than 1 %"


def _control(one: Control, have: Collection[str]) -> Item:
    if one.role == REFERENCE:
        what_for = (
            "shows what all samples of this batch share, so that a good batch isn't taken for good ligands"
        )
    else:
        what_for = (
            "of your pairs the best that may be weighed in: ties this batch to earlier ones, and tells whether its own "
            "result holds"
        )
    danger = _danger(one)
    under = [Item((f"buy: {_bought(one, have)}",))]
    if danger.text not in ("", "-"):
        under.insert(0, Item((Span(f"danger: {danger.text}", tone=danger.tone),)))
    expected = f"expected: {closes_text(one.outlook)} of the headroom closed."
    return Item((Span(f"{one.name} ({one.role}):", tone="strong"), f"{what_for}; {expected}"), tuple(under))


def _on_the_bench(sample: Sample, crystal: str) -> list[str]:
    said = []
    if sample.is_an_example:
        said.append(
            "Amounts are for an example: give --nc-concentration, --volume and --edge of your crystals (µM, mL, nm)."
        )
    if sample.lattice_constant_nm is None and isinstance(lattice(crystal), Missing):
        said.append(
            f"The cell of {crystal} has no source: give --lattice in nm, too, or no sheet can be made."
        )
    return [
        *said,
        "Record what comes of each, failures too, under one name of the batch: ligandkb outcomes add LIGAND ... "
        "--nc-batch NAME.",
    ]


def _nothing(meta: Mapping[str, Any]) -> Block:
    return items(
        f"No pair is left to test of {counted(_all_pairs(meta), 'pair')}: {_left_out(meta)}.",
        "More come with another partner (--partner), a danger that you take (--accept TAG), or ligands of your own "
        "(--data FOLDER).",
    )


def _all_pairs(meta: Mapping[str, Any]) -> int:
    left_out: Mapping[str, int] = meta["left_out"]
    return int(meta["candidates"]) + sum(left_out.values())


def _left_out(meta: Mapping[str, Any]) -> str:
    return "; ".join(f"{number} {reason}" for reason, number in meta["left_out"].items()) or "none left out"


def _notes(found: NextBatch) -> list[str]:
    meta = found.meta
    said = list(meta["unlike_repeats"])
    if meta["learned_from"] == PRIOR_ALONE:
        said.append(
            "What is expected is what the rules say by themselves, each as likely as not to be off by two thirds of "
            "its weight. Published outcomes count, at half their weight, with --with-literature."
        )
    if number := meta["own_outcomes_left_out"]:
        said.append(
            f"{counted(number, 'outcome')} of yours can teach nothing (confounded, a removal, or without an effect)."
        )
    if 0 < len(found.proposals) < meta["asked_for"]:
        said.append(f"{len(found.proposals)} of {meta['asked_for']} pairs: no more are left.")
    best, pairs_left_out = meta["best_so_far"], meta["own_pairs_left_out"]
    said.append(
        "Best so far: the crystals as made."
        if best is None
        else f"Best so far: {best}, expected to close {round(100 * meta['best_so_far_closed'])} % of the headroom"
        + (f"; not repeated ({meta['best_not_repeated']})." if meta["best_not_repeated"] else ".")
    )
    if not meta["reference_is_wanted"]:
        said.append(
            "The reference is in the batch though you asked to be without it: nothing else shows what all samples of "
            "it share."
        )
    if pairs_left_out:
        said.append(
            f"Neither repeated nor to be beaten: {counted(pairs_left_out, 'pair')} of yours, vetoed or made by no "
            "product here with the partner that is recorded."
        )
    return [
        *said,
        f"Goal {meta['goal']}: {_GOALS[meta['goal']]} No binding form comes twice while there is another.",
        "Improves, closes, beats best (every pair that you measured): of the pair itself, at your mean dose, in a "
        "batch like the average one, and not of one measurement. A result is supposed with the controls beside it as "
        "expected; rules are in log-odds.",
        f"Of {counted(_all_pairs(meta), 'pair')} {meta['candidates']} could be tested; {_left_out(meta)}. Nothing "
        "learned lifts a veto.",
        f"Seed {meta['seed']}: with the same one the same database gives the same answer.",
    ]
