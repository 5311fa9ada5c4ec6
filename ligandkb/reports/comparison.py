"""What makes these ligands differ?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.assessment.columns import DEFINITIONS
from ligandkb.assessment.dangers import NO_CLEARANCE, is_statement
from ligandkb.reports.called import UNNAMED, form_called, partner_called, product_called
from ligandkb.reports.constants import SHOWN, constants_section
from ligandkb.reports.danger import dangers_side_by_side
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Item,
    Items,
    Section,
    Span,
    Table,
    items,
    signed,
    table,
)
from ligandkb.reports.explanation import explanation_document
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.full_explanation import (
    effect_text,
    number_text,
    safety_items,
    titled,
)
from ligandkb.reports.hard_or_soft import hard_or_soft
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import score_text


def comparison_document(
    explanations: Sequence[Mapping[str, Any]], meta: Mapping[str, Any], *, full: bool = False
) -> Document:
    """Set explained ligands side by side: danger, verdict, hardness and constants of each, then only what differs.

    Parameters
    ----------
    explanations : sequence of mapping
        Two or more results of :func:`ligandkb.assessment.explanation.explanation_record`.
    meta : mapping
        Version, hash and overlays.
    full : bool
        With every statement and source on safety, and every descriptor that differs.

    Returns
    -------
    Document
    """
    names = side_by_side_names(explanations)
    pairs = [
        name if one["partner"] == "none" else f"{name} + {partner_called(one)}"
        for name, one in zip(names, explanations, strict=True)
    ]
    constants = constants_section(names, explanations)
    differing = _differing_rules(names, explanations, full=full)
    rules = items(*differing) if differing else items("none: the rules can't tell them apart")
    descriptors = _differing_descriptors(names, explanations, SHOWN if constants else ())
    blocks: tuple[Block, ...] = (
        *_structures(names, explanations),
        Section("Danger", (_danger(names, explanations, full=full),), alarming=True),
        Section("Verdict", (_verdicts(pairs, explanations),)),
        Section("Hard or soft", tuple(hard_or_soft(names, explanations))),
        *([constants] if constants else []),
        Section("Rules that make the difference", (rules,)),
        *([Section("Descriptors that differ", (descriptors,))] if full else []),
    )
    title = f"{' against '.join(names)} on {explanations[0]['composition']}"
    each = tuple(explanation_document(explained, meta) for explained in explanations)
    return signed(Document(title, blocks, each), meta)


def side_by_side_names(explanations: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each is called beside the others: its form, with its partner and place where two would be alike."""
    names = [
        f"structure {place}" if (name := form_called(explained)) in UNNAMED else name
        for place, explained in enumerate(explanations, 1)
    ]
    for further in (lambda _, one: f" + {partner_called(one)}", lambda place, _: f" ({place})"):
        counts = Counter(names)
        names = [
            name if counts[name] == 1 else f"{name}{further(place, explained)}"
            for place, (name, explained) in enumerate(zip(names, explanations, strict=True), 1)
        ]
    return names


def bought_first(explained: Mapping[str, Any]) -> Mapping[str, Any]:
    """The product that brings the ligand."""
    product: Mapping[str, Any] = explained["to_buy"][0][0]
    return product


def _structures(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> list[Items]:
    """How each text was read, and the structures that have no name."""
    said: list[str | Item] = [one["read_as"] for one in explanations if one["read_as"]]
    said += [
        Item((f"{name}:", Span(str(one["smiles"]), code=True)))
        for name, one in zip(names, explanations, strict=True)
        if form_called(one) in UNNAMED
    ]
    return [items(*said)] if said else []


def _danger(names: Sequence[str], explanations: Sequence[Mapping[str, Any]], *, full: bool) -> Items:
    if not full:
        return dangers_side_by_side(names, explanations)
    each = [
        Item((name,), safety_items(explained["safety"]).items[:-1])
        for name, explained in zip(names, explanations, strict=True)
    ]
    return items(*each, NO_CLEARANCE)


def _verdicts(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, one in zip(names, explanations, strict=True):
        score = score_text(one["score"], one["score_low"], one["score_high"])
        said = (name, one["verdict"], one["verdict_reason"], score, measured_of(one))
        rows.append((*said, structure(str(one["smiles"]), product_called(bought_first(one), name))))
    columns = ("pair", "verdict", Column("why", wraps=True, below=True), "score", "measured")
    return table((*columns, Column("product", pictured=True)), rows)


def _differing_rules(
    names: Sequence[str], explanations: Sequence[Mapping[str, Any]], *, full: bool
) -> list[Item]:
    """Rules that come to other things for them; those that only warn are said under danger, unless all is asked for."""
    found = []
    for rules in zip(*(explained["rules"] for explained in explanations), strict=True):
        if len({_outcome(rule) for rule in rules}) == 1 or not (full or rules[0]["weight"]):
            continue
        by_words: dict[str, list[str]] = {}
        for name, rule in zip(names, rules, strict=True):
            by_words.setdefault(_in_words(rule), []).append(name)
        lines = [f"{', '.join(alike)}: {words}" for words, alike in by_words.items()]
        found.append(Item((titled({**rules[0], "grade": None}),), items(*lines).items))
    return found


def _outcome(rule: Mapping[str, Any]) -> tuple[str, float]:
    """What a rule comes to; that a label wasn't read is said under safety, and tells no ligands apart."""
    unread = rule["missing"] and all(map(is_statement, rule["missing"]))
    told = rule["state"] in ("fired", "unknown") and not unread
    return (rule["state"] if told else "", rule["added"])


def _in_words(rule: Mapping[str, Any]) -> str:
    graded = f", {effect_text(rule)}" if rule["grade"] is not None else ""
    said = f": {rule['text']}" if rule["state"] == "fired" else ""
    missing = f": {', '.join(rule['missing'])} missing" if rule["missing"] else ""
    return f"{rule['state']}{graded}{said}{missing}"


def _differing_descriptors(
    names: Sequence[str], explanations: Sequence[Mapping[str, Any]], shown_above: Sequence[str]
) -> Table:
    shown_tiers = {definition.name for definition in DEFINITIONS if definition.tier != "structure"}
    every = dict.fromkeys(name for explained in explanations for name in explained["descriptors"])
    rows = []
    for descriptor in every:
        if descriptor not in shown_tiers or descriptor in shown_above or is_statement(descriptor):
            continue
        entries = [explained["descriptors"].get(descriptor) for explained in explanations]
        cells = [
            "-" if one is None else one["state"] if one["value"] is None else number_text(one["value"])
            for one in entries
        ]
        if len(set(cells)) > 1:
            rows.append((descriptor, *cells))
    return table(("descriptor", *(Column(name, wraps=True, below=True) for name in names)), rows)
