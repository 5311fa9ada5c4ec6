"""What did a lab's own outcomes do to each rule, and what can't they say?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from textwrap import shorten
from typing import Any

import numpy as np

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.learning.batch_controls import BatchControl
from ligandkb.learning.learned import Learned
from ligandkb.learning.lessons import Lesson, Word, by_word
from ligandkb.learning.posterior import DOSE
from ligandkb.learning.refusal import left_out_words
from ligandkb.problems import counted
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Section,
    Span,
    Table,
    Text,
    Tone,
    items,
    signed,
    table,
)
from ligandkb.reports.outlook import closes_text, improves_text
from ligandkb.surface.uncertainty import Interval

RULE_COLUMNS = (
    *("rule", "title", "word", "outcomes", "improved", "pairs", "published_outcomes", "published_improved"),
    *("weight", "weight_low", "weight_high", "learned", "learned_low", "learned_high", "chance_other_way"),
)
"""Of the table for programs: weights in log-odds, each with its 90 % interval."""
_TONES: Mapping[Word, Tone] = {
    Word.OTHER_WAY: "bad",
    Word.WEAKER: "warn",
    Word.STRONGER: "good",
    Word.ONE_PAIR: "faint",
    Word.NOTHING_BESIDE: "faint",
    Word.NOT_SEEN: "faint",
}
_HOW_TO_READ = (
    "Weights are log-odds: +1.2 stands for odds about three times as good. Rulebook: the weight as it is written, with "
    "the doubt that it starts with. Learned: the same with the outcomes.",
    "Stronger, weaker: the learned interval leaves out the rulebook's weight. Points the other way: all of it lies "
    "beyond zero. As it was: the interval holds the rulebook's weight; its width tells whether it was tested hard or "
    "hardly at all.",
    "One pair only: what it does may be the pair's, not the rule's. Not seen: fired on no outcome. Nothing beside it: "
    "fired alike on all of them.",
)
_FEW = 12
"""Outcomes below which it is said that so few can hardly move a rule."""
_LONGEST_NAME = 60
"""Of a batch, in characters."""


def learned_document(learned: Learned, meta: Mapping[str, Any]) -> Document:
    """Fill a document with what was learned.

    Parameters
    ----------
    learned : Learned
    meta : mapping

    Returns
    -------
    Document
    """
    lessons = by_word(learned.lessons)
    seen = [one for one in lessons if one.word is not Word.NOT_SEEN]
    unseen = ", ".join(one.rule.id for one in lessons if one.word is Word.NOT_SEEN)
    said = [*([f"Not seen, and as they are written: {unseen}."] if unseen else []), *_HOW_TO_READ]
    blocks: tuple[Block, ...] = (
        Section("In short", (items(*_in_short(learned)),)),
        Section("What was learned from", (_basis(learned),)),
        Section("Rules", (_rules(seen), items(*said))),
        *([Section("Controls", (items(*_controls(learned)),))] if learned.controls else []),
        Section("What this can't say", (items(*_limits(learned)),)),
    )
    data = {"learned": learned_record(learned), "rows": [_rule_record(one) for one in lessons]}
    title = f"What was learned {learned.label}"
    return signed(Document(title, blocks, data, csv_columns=RULE_COLUMNS), meta)


def learned_page(learned: Learned, meta: Mapping[str, Any]) -> Document:
    """The same for a page, with a picture of every rule before and after.

    Parameters
    ----------
    learned : Learned
    meta : mapping

    Returns
    -------
    Document
    """
    document = learned_document(learned, meta)
    first, second, *rest = document.blocks
    return replace(document, blocks=(first, Section("Before and after", (_picture(learned),)), second, *rest))


def learned_html(learned: Learned) -> str:
    """Show it in a notebook."""
    from ligandkb.reports.html import notebook_html  # noqa: PLC0415 - text needs no jinja2

    return notebook_html(replace(learned_page(learned, {"version": ""}), footer=()))


def _in_short(learned: Learned) -> list[str]:
    words = Counter(one.word for one in learned.lessons)
    moved = sum(one.is_learned for one in learned.lessons)
    seen = [one for one in learned.lessons if one.is_learned or one.word is Word.AS_IT_WAS]
    told = ", ".join(f"{words[word]} {word}" for word in Word if words[word])
    said = [f"Of {counted(len(learned.lessons), 'rule')} with a weight: {told}."]
    if moved:
        expected = (1 - learned.posterior.settings.level) * len(seen)
        said.append(
            f"Of {counted(len(seen), 'rule')} that could move, about {expected:.1f} would leave an interval of 90 % by "
            "chance alone: one that moved is a reason to test it on purpose, not yet a result."
        )
    elif seen:
        said.append(
            "No rule left the interval of its doubt: the rulebook and the outcomes go together, or they are too few."
        )
    if learned.own and learned.own.total < _FEW:
        are = "is" if learned.own.total == 1 else "are"
        said.append(
            f"{counted(learned.own.total, 'outcome')} of yours {are} few: most rules stay as doubtful as before."
        )
    said += [str(one) for one in learned.unlike_repeats]
    both = " --with-literature" if learned.literature else ""
    said.append(f"Rank by it: ligandkb rank --learned{both}. What to try next: ligandkb next{both}.")
    return said


def _basis(learned: Learned) -> Facts:
    rows: list[tuple[str, Text]] = []
    if learned.own:
        own = ~learned.observations.is_literature
        pairs = len(set(learned.observations.pair[own].tolist()))
        figures = int((own & ~np.isnan(learned.observations.closed)).sum())
        rows.append(
            (
                "your outcomes",
                f"{learned.own.improved} improved, {learned.own.not_improved} didn't; {counted(pairs, 'pair')}; "
                f"{figures} with figures before and after",
            )
        )
        rows.append(("your batches", str(len(learned.controls))))
    if learned.literature:
        rows.append(
            (
                "published outcomes",
                f"{learned.literature.improved} improved, {learned.literature.not_improved} didn't; each counts half, "
                "and successes are expected to be printed more often",
            )
        )
    if learned.left_out:
        rows.append(("left out", left_out_words(learned.left_out)))
    rows.append(
        (
            "a pair no rule speaks of",
            f"improves in {improves_text(learned.level)}; closes {closes_text(learned.level)} of the headroom",
        )
    )
    if (dose := _dose(learned)) is not None:
        rows.append(("ten times the dose", f"{_weight(dose)} log-odds"))
    sizes = learned.posterior.hyperparameters
    rows.append(("doubt of the rules", f"{sizes.scale:.2f} times that of the rulebook"))
    rows.append(
        (
            "beyond the rules",
            f"pairs scatter by {sizes.pair_effect:.1f}, batches by {sizes.batch_effect:.1f} log-odds (standard "
            "deviations)",
        )
    )
    return Facts(tuple(rows))


def _dose(learned: Learned) -> Interval | None:
    """Effect of ten times the dose; None where doses are unknown or all alike."""
    doses = learned.observations.log_dose
    known = doses[~np.isnan(doses)]
    if not known.size or not known.any():
        return None
    place = learned.posterior.names.index(DOSE)
    posterior = learned.posterior
    low, high = posterior.interval()
    ends = float(low[place]), float(high[place])
    return Interval(float(posterior.mean[place]), *ends, posterior.settings.level)


def _picture(learned: Learned) -> Figure:
    def draw() -> str:
        from ligandkb.reports.figures.inline import inline_svg  # noqa: PLC0415 - text needs no matplotlib
        from ligandkb.reports.figures.learned import learned_figure  # noqa: PLC0415

        return inline_svg(learned_figure(learned))

    return Figure(
        "Weight of each rule in log-odds with its 90 % interval: by the rulebook (thin line, hollow square) and "
        f"{learned.label} (thick line, full mark).",
        draw,
        code=False,
    )


def _rules(lessons: Sequence[Lesson]) -> Table:
    columns = (
        Column("rule", names=True),
        Column("your data", chosen=True),
        Column("fired on", second=True, wraps=True),
        Column("rulebook [90 %]", second=True, right=True),
        Column("learned [90 %]", second=True, right=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.rule.id,
            Span(str(one.word), tone=_TONES.get(one.word, "")),
            fired_text(one),
            Span(_weight(one.before), place=one.before.value),
            Span(_weight(one.after), place=one.after.value),
        )
        for one in lessons
    ]
    return table(columns, rows)


def fired_text(one: Lesson) -> str:
    """On how many outcomes of how many pairs a rule fired."""
    own = (
        f"{one.fired.total} of {counted(one.pairs, 'pair')}, {one.fired.improved} improved"
        if one.fired
        else ""
    )
    published = (
        f"{one.literature.total} published, {one.literature.improved} improved" if one.literature else ""
    )
    return "; ".join(filter(None, (own, published))) or "none"


def _weight(found: Interval) -> str:
    return f"{found.value:+.1f} [{found.low:+.1f}, {found.high:+.1f}]"


def _controls(learned: Learned) -> list[str]:
    controls = learned.controls
    lacking = [one for one in controls if not one.is_controlled]
    if len(controls) == 1:
        (one,) = controls
        what = "holds" if one.has_reference else "lacks"
        return [
            f"All your outcomes are of one batch ({_batch(one)}), which {what} oleylammonium-oleate: how good the "
            "batch was can't be told from how good your ligands are. Measure the same control in the next batch as "
            "well."
        ]
    if not lacking:
        return [f"Each of {len(controls)} batches holds a pair that another one holds, too."]
    named = ", ".join(_batch(one) for one in lacking[:5]) + (
        f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
    )
    said = [
        f"{len(lacking)} of {len(controls)} batches {'holds' if len(lacking) == 1 else 'hold'} no pair that another "
        f"one holds, too: {named}. There a good batch looks like good ligands."
    ]
    cost = learned.cost_of_missing_controls
    if cost is not None:
        narrower = f"about {100 * cost:.0f} % narrower on the average" if cost > 0.005 else "hardly narrower"
        said.append(
            f"Had every batch held oleylammonium-oleate, the intervals of the rules that fired would be {narrower}. "
            "Put it into each batch; ligandkb next does."
        )
    return said


def _batch(one: BatchControl) -> str:
    return shorten(one.name, _LONGEST_NAME, placeholder=" …")


def _limits(learned: Learned) -> list[str]:
    said = [
        "Weights of rules are learned, nothing else: no veto, tag, verdict or score changes, and nothing that is "
        "dangerous becomes less so.",
        NO_CLEARANCE,
        "What differs between your pairs and no rule speaks of is scatter to it. Two rules that always fire together "
        "share what was seen.",
    ]
    if learned.literature:
        said.append("Many rules were written with published outcomes in sight: for these they count twice.")
    return said


def learned_record(learned: Learned) -> dict[str, Any]:
    """What was learned as a whole, in types that JSON knows."""
    sizes, level = learned.posterior.hyperparameters, learned.level
    return {
        "from": learned.label,
        "own_outcomes": learned.own.total,
        "own_improved": learned.own.improved,
        "published_outcomes": learned.literature.total,
        "published_improved": learned.literature.improved,
        "left_out": [{"outcome": one.outcome_id, "reason": one.reason} for one in learned.left_out],
        "interval": learned.posterior.settings.level,
        "level": {
            "probability_improved": level.probability_improved,
            "expected_headroom_closed": level.closed,
            "expected_headroom_closed_low": level.closed_low,
            "expected_headroom_closed_high": level.closed_high,
        },
        "dose": _dose(learned),
        "pair_scatter": sizes.pair_effect,
        "batch_scatter": sizes.batch_effect,
        "doubt_factor": sizes.scale,
        "batches": [
            {
                "batch": one.name,
                "outcomes": one.outcomes,
                "pairs": one.pairs,
                "has_reference": one.has_reference,
                "repeated_pairs": one.repeated,
            }
            for one in learned.controls
        ],
        "narrower_with_controls": learned.cost_of_missing_controls,
        "unlike_repeats": [asdict(one) for one in learned.unlike_repeats],
    }


def _rule_record(one: Lesson) -> dict[str, Any]:
    values = (
        *(one.rule.id, one.rule.title, str(one.word), one.fired.total, one.fired.improved, one.pairs),
        *(one.literature.total, one.literature.improved),
        *(
            round(value, 6)
            for found in (one.before, one.after)
            for value in (found.value, found.low, found.high)
        ),
        round(one.chance_other_way, 6),
    )
    return dict(zip(RULE_COLUMNS, values, strict=True))
