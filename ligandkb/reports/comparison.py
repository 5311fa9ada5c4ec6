"""What makes these ligands differ?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.assessment.columns import DEFINITIONS
from ligandkb.assessment.dangers import NO_CLEARANCE, is_statement
from ligandkb.reports.constants import SHOWN, constants_section
from ligandkb.reports.document import Cell, Column, Document, Item, Section, Table, items, signed, table
from ligandkb.reports.explanation import explanation_document
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.full_explanation import (
    effect_text,
    named,
    number_text,
    safety_items,
    titled,
)
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import score_text


def comparison_document(explanations: Sequence[Mapping[str, Any]], meta: Mapping[str, Any]) -> Document:
    """Set explained ligands side by side: safety, verdict and constants of each, then only what differs.

    Parameters
    ----------
    explanations : sequence of mapping
        Two or more results of :func:`ligandkb.assessment.explanation.explanation_record`.
    meta : mapping
        Version, hash and overlays.

    Returns
    -------
    Document
    """
    names, short = [*map(named, explanations)], short_names(explanations)
    safety = [
        Item((name,), safety_items(explained["safety"]).items[:-1])
        for name, explained in zip(names, explanations, strict=True)
    ]
    constants = constants_section(short, explanations)
    differing = _differing_rules(short, explanations)
    rules = items(*differing) if differing else items("none: the rules can't tell them apart")
    descriptors = _differing_descriptors(short, explanations, SHOWN if constants else ())
    blocks = (
        Section("Safety", (items(*safety, NO_CLEARANCE),), alarming=True),
        Section("Verdict", (_verdicts(names, explanations),)),
        *([constants] if constants else []),
        Section("Rules that make the difference", (rules,)),
        Section("Descriptors that differ", (descriptors,)),
    )
    title = f"{' against '.join(names)} on {explanations[0]['composition']}"
    each = tuple(explanation_document(explained, meta) for explained in explanations)
    return signed(Document(title, blocks, each), meta)


def short_names(explanations: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of the binding forms alone where the partner is the same for all and no form comes twice."""
    forms = [str(explained["binding_form"]) for explained in explanations]
    same_partner = len({explained["partner"] for explained in explanations}) == 1
    return forms if same_partner and len(set(forms)) == len(forms) else [*map(named, explanations)]


def _verdicts(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, one in zip(names, explanations, strict=True):
        score = score_text(one["score"], one["score_low"], one["score_high"])
        said = (name, one["verdict"], one["verdict_reason"], score, measured_of(one))
        rows.append((*said, structure(one["smiles"])))
    columns = ("pair", "verdict", Column("why", wraps=True, below=True), "score", "measured")
    return table((*columns, Column("product", pictured=True)), rows)


def _differing_rules(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> list[Item]:
    found = []
    for rules in zip(*(explained["rules"] for explained in explanations), strict=True):
        if len({_outcome(rule) for rule in rules}) == 1:
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
