"""What makes these ligands differ?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.ranking.columns import DEFINITIONS
from ligandkb.ranking.dangers import is_statement
from ligandkb.reports.answer import made_with
from ligandkb.reports.explanation import effect_text, number_text, safety_lines
from ligandkb.reports.page import Page, terminal_width
from ligandkb.reports.ranking import measured_text, score_text


def to_comparison_text(explanations: Sequence[Mapping[str, Any]], *, markdown: bool = False) -> str:
    """Set explained ligands side by side: safety and verdict of each, then only what differs.

    Parameters
    ----------
    explanations : sequence of mapping
        Two or more results of :func:`ligandkb.reports.explanation.explanation_record`.
    markdown : bool
        Markdown instead of plain text.

    Returns
    -------
    str
    """
    page = Page(markdown=markdown, width=terminal_width())
    names = [f"{explained['binding_form']} ({explained['partner']})" for explained in explanations]
    page.title(" against ".join(names) + f" on {explanations[0]['composition']}")
    page.heading("Safety")
    for name, explained in zip(names, explanations, strict=True):
        lines = safety_lines(explained["safety"])
        page.say(f"{name}: {'; '.join(lines[:-1])}")
    page.say(lines[-1])
    page.heading("Verdict")
    for name, explained in zip(names, explanations, strict=True):
        score = score_text(explained["score"], explained["score_low"], explained["score_high"])
        measured = measured_text(
            explained["observed"], explained["near_observed"], explained["observed_qualifiers"]
        )
        page.say(
            f"{name}: {explained['verdict']}, {explained['verdict_reason']}; score {score}; measured: {measured}"
        )
    _differing_rules(page, names, explanations)
    _differing_descriptors(page, names, explanations)
    page.lines.extend(["", page.text(made_with(explanations[0]["meta"]))])
    return str(page)


def _differing_rules(page: Page, names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> None:
    page.heading("Rules that make the difference")
    found = False
    for rules in zip(*(explained["rules"] for explained in explanations), strict=True):
        if len({rule["state"] in ("fired", "unknown") and rule["state"] for rule in rules}) == 1:
            continue
        found = True
        page.say(f"{rules[0]['title']} [{rules[0]['id']}: {effect_text(rules[0])}]")
        for name, rule in zip(names, rules, strict=True):
            said = f": {rule['text']}" if rule["state"] == "fired" else ""
            missing = f": {', '.join(rule['missing'])} missing" if rule["missing"] else ""
            page.say(f"{name}: {rule['state']}{said}{missing}", level=1)
    if not found:
        page.say("none: the rules can't tell them apart")


def _differing_descriptors(
    page: Page, names: Sequence[str], explanations: Sequence[Mapping[str, Any]]
) -> None:
    page.heading("Descriptors that differ")
    shown_tiers = {definition.name for definition in DEFINITIONS if definition.tier != "structure"}
    every = dict.fromkeys(
        name
        for explained in explanations
        for name in explained["descriptors"]
        if name in shown_tiers and not is_statement(name)
    )
    for descriptor in every:
        shown = []
        for explained in explanations:
            entry = explained["descriptors"].get(descriptor)
            if entry is None:
                shown.append("-")
            else:
                shown.append(entry["state"] if entry["value"] is None else number_text(entry["value"]))
        if len(set(shown)) > 1:
            page.say(
                f"{descriptor}: "
                + "; ".join(f"{name} {value}" for name, value in zip(names, shown, strict=True))
            )
