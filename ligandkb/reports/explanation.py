"""How is the assessment of one ligand explained?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.missing import is_present
from ligandkb.ranking.assessment import Assessment
from ligandkb.ranking.columns import DEFINITIONS
from ligandkb.ranking.frame import evidence_records, record
from ligandkb.reports.literal import markdown_code, markdown_text, visible
from ligandkb.reports.ranking import NO_CLEARANCE, measured_text, score_text
from ligandkb.rules.explain import RuleState

_SHOWN_TIERS = ("topological", "quantum", "measured")


def explanation_record(
    assessment: Assessment, states: Sequence[RuleState], others: Sequence[Assessment], meta: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything about one assessed pair, in types that JSON knows."""
    row = record(assessment, 1)
    product = assessment.pair.product
    return {
        "meta": dict(meta),
        "ligand": row["ligand"],
        "ligand_name": row["ligand_name"],
        "smiles": product.smiles,
        "cas": product.cas or None,
        "binding_form": row["binding_form"],
        "binding_form_smiles": row["binding_form_smiles"],
        "head": assessment.head,
        "ligand_class": row["ligand_class"],
        "binding_modes": [
            {"class": str(mode.ligand_class), "group": mode.group, "element": mode.element}
            for mode in assessment.pair.form.form.modes
        ],
        "partner": row["partner"],
        "pair_counts": [assessment.pair.form_count, assessment.pair.partner_count],
        "composition": row["composition"],
        "verdict": row["verdict"],
        "verdict_reason": row["verdict_reason"],
        "score": row["score"],
        "score_low": row["score_low"],
        "score_high": row["score_high"],
        "safety": row["safety"],
        "observed": row["observed"],
        "near_observed": row["near_observed"],
        "rules": [rule_record(state) for state in states],
        "descriptors": {
            definition.name: {
                "value": value if is_present(value) else None,
                "unit": definition.unit,
                "state": "present" if is_present(value) else str(value),
            }
            for definition in DEFINITIONS
            if (value := assessment.values.get(definition.name)) is not None
        },
        "evidence": evidence_records(assessment),
        "products": row["products"],
        "other_pairs": [
            {
                "binding_form": other.pair.form.name,
                "ligand_class": str(other.pair.form.form.ligand_class),
                "partner": other.pair.partner_id,
                "verdict": str(other.verdict),
                "score": round(other.score, 6),
            }
            for other in others
        ],
    }


def rule_record(state: RuleState) -> dict[str, Any]:
    """One rule's state in types that JSON knows."""
    rule = state.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "state": state.state,
        "weight": rule.weight,
        "veto": rule.veto,
        "tag": rule.tag,
        "contribution": list(state.contribution),
        "text": state.text,
        "missing": list(state.missing),
        "sources": [str(source) for source in rule.citations],
        "derived_from": list(rule.derived_from),
    }


def to_explanation_json(explanation: Mapping[str, Any]) -> str:
    """JSON text of :func:`explanation_record`."""
    return json.dumps(explanation, indent=2, ensure_ascii=False, allow_nan=False)


def to_explanation_text(explanation: Mapping[str, Any], *, markdown: bool = False) -> str:
    """Plain text or Markdown of :func:`explanation_record`: safety first, then verdict, rules, evidence."""
    text = markdown_text if markdown else visible
    code = markdown_code if markdown else visible
    lines: list[str] = []

    def heading(title: str) -> None:
        lines.extend(["", f"## {title}" if markdown else title.upper()])

    def item(content: str) -> None:
        lines.append(f"- {content}" if markdown else f"  {content}")

    title = f"{explanation['binding_form']} ({explanation['partner']}) on {explanation['composition']}"
    lines.append(f"# {text(title)}" if markdown else text(title))
    heading("Safety")
    for line in safety_lines(explanation["safety"]):
        item(text(line))
    heading("Verdict")
    verdict = f"{explanation['verdict']}: {explanation['verdict_reason']}"
    item(text(verdict))
    score = score_text(explanation["score"], explanation["score_low"], explanation["score_high"])
    item(text(f"score {score} (log-odds)"))
    item(text(f"measured: {measured_text(explanation['observed'], explanation['near_observed'])}"))
    heading("What it is")
    item(f"{text(explanation['ligand_name'])}  {code(explanation['smiles'])}  CAS {explanation['cas'] or 'not verified'}")
    item(f"binds as {explanation['ligand_class']}: {code(explanation['binding_form_smiles'])}")
    for mode in explanation["binding_modes"]:
        item(text(f"  mode {mode['class']} through {mode['element']}: {mode['group']}"))
    item(f"head for descriptors: {code(explanation['head'])}")
    form_count, partner_count = explanation["pair_counts"]
    if partner_count:
        item(text(f"neutral pair: {form_count} {explanation['binding_form']} : {partner_count} {explanation['partner']}"))
    for products in explanation["products"]:
        item(text(f"buy: {' + '.join(products)}"))
    _rules(explanation["rules"], heading, item, text)
    heading("Measured")
    for outcome in explanation["evidence"]:
        item(text(outcome_line(outcome)))
    if not explanation["evidence"]:
        item("nothing on this or a near pair")
    heading("Descriptors")
    by_name = {definition.name: definition for definition in DEFINITIONS}
    for name, value in explanation["descriptors"].items():
        if by_name[name].tier in _SHOWN_TIERS:
            shown = value["state"] if value["value"] is None else _number(value["value"])
            item(text(f"{name}: {shown}{' ' + value['unit'] if value['unit'] and value['value'] is not None else ''}"))
    if explanation["other_pairs"]:
        heading("Other pairs of the same ligand")
        for other in explanation["other_pairs"]:
            item(text(f"{other['binding_form']} ({other['partner']}), {other['ligand_class']}: {other['verdict']}, {other['score']:+.1f}"))
    meta = explanation["meta"]
    lines.extend(["", text(f"ligandkb {meta['version']}, data and rules {meta['content']}")])
    return "\n".join(lines) + "\n"


def safety_lines(safety: Mapping[str, Any]) -> list[str]:
    """Safety in words, worst first; ends by saying that silence is no clearance."""
    lines = [f"VETO: {kind}" for kind in safety["vetoes"]]
    lines += [f"veto lifted on your word: {kind}" for kind in safety["lifted"]]
    tags = [tag for tag in safety["tags"] if tag not in safety["vetoes"]]
    lines.append(f"tags: {', '.join(tags)}" if tags else "tags: none fired")
    lines += [f"not assessed: {what}" for what in safety["not_assessed"]]
    return [*lines, NO_CLEARANCE]


def outcome_line(outcome: Mapping[str, Any]) -> str:
    """One outcome in a line: effect, figures, against what, how applied, relation and source."""
    parts = [str(outcome["effect"] or "no comparison printed").replace("_", " ")]
    before, after = outcome["plqy_before"], outcome["plqy_after"]
    if before is not None or after is not None:
        parts.append(f"PLQY {_plqy(before, outcome['plqy_before_uncertainty'])} -> {_plqy(after, outcome['plqy_after_uncertainty'])}")
    if outcome["relative_change"] is not None:
        parts.append(f"relative change {outcome['relative_change']:+.0%}")
    parts.append(f"{outcome['binding_form']} ({outcome['partner']}) on {outcome['composition']} {outcome['form']}")
    parts.append(f"{outcome['route'].replace('_', ' ')}, against {outcome['reference_state'].replace('_', ' ')}")
    if outcome["confound"]:
        parts.append(f"confounded: {outcome['confound'].replace('_', ' ')}")
    source = f"doi {outcome['doi']}, {outcome['locator']}" if outcome["doi"] else "no source"
    return f"[{outcome['relation']}] {'; '.join(parts)} ({source})"


def _plqy(value: float | None, uncertainty: float | None) -> str:
    if value is None:
        return "not printed"
    return f"{value:.2f}" + (f" +/- {uncertainty:.2f}" if uncertainty is not None else "")


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _rules(rules: Sequence[Mapping[str, Any]], heading: Any, item: Any, text: Any) -> None:
    for state, title in (
        ("fired", "Rules that fired"),
        ("unknown", "Rules whose condition is unknown"),
    ):
        chosen = [rule for rule in rules if rule["state"] == state]
        heading(title)
        for rule in chosen:
            effect = ", ".join(
                part
                for part in (
                    f"{rule['weight']:+.1f}" if rule["weight"] else "",
                    f"veto {rule['veto']}" if rule["veto"] else "",
                    f"tag {rule['tag']}" if rule["tag"] else "",
                )
                if part
            )
            item(text(f"{rule['title']} [{rule['id']}: {effect}]"))
            item(text(f"    {rule['text']} ({'; '.join(rule['sources'])})"))
            if rule["missing"]:
                item(text(f"    missing: {'; '.join(rule['missing'])}"))
        if not chosen:
            item("none")
    silent = [rule["id"] for rule in rules if rule["state"] in ("silent", "not applicable")]
    heading("Silent")
    item(text(f"{len(silent)} rules: {', '.join(silent)}" if silent else "none"))
