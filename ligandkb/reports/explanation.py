"""How is the assessment of one ligand explained?"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.evidence.outcomes import RECORDED
from ligandkb.missing import Known, Missing, is_present
from ligandkb.ranking.assessment import Assessment
from ligandkb.ranking.columns import DEFINITIONS
from ligandkb.ranking.dangers import (
    STATEMENT,
    ProductDanger,
    borne_text,
    is_statement,
    label_text,
    unattributed,
)
from ligandkb.ranking.frame import evidence_records, record
from ligandkb.ranking.gain import gain_sentence, gain_value
from ligandkb.reports.answer import made_with
from ligandkb.reports.page import Page, terminal_width
from ligandkb.reports.ranking import NO_CLEARANCE, measured_text
from ligandkb.rules.explain import Clause, RuleState
from ligandkb.surface.gain import GainBound

_SHOWN_TIERS = ("topological", "quantum", "measured")
_TRUTH = {1: "true", 0: "unknown", -1: "false"}


def explanation_record(
    assessment: Assessment,
    states: Sequence[RuleState],
    others: Sequence[Assessment],
    meta: Mapping[str, Any],
    gain: Known[GainBound],
) -> dict[str, Any]:
    """Everything about one assessed pair, in types that JSON knows.

    Parameters
    ----------
    assessment : Assessment
        The pair.
    states : sequence of RuleState
        What became of every rule on it.
    others : sequence of Assessment
        Other pairs of the same ligand.
    meta : mapping
        Version, hash and overlays.
    gain : GainBound, or the reason for its absence
        What any ligand could gain at most on this crystal.

    Returns
    -------
    dict
        Identity, verdict, score, safety, rules with their clauses, descriptors, evidence.
    """
    row = record(assessment, 1, gain_value(gain))
    pair, form = assessment.pair, assessment.pair.form.form
    safety = row["safety"] | {
        "products": [_danger_record(danger, assessment.safety.tags) for danger in assessment.safety.products],
        "of_the_pair": list(unattributed(assessment.safety.tags, assessment.safety.products)),
    }
    modes = [
        {"class": str(mode.ligand_class), "group": mode.group, "element": mode.element} for mode in form.modes
    ]
    return {
        "meta": dict(meta),
        **{name: value for name, value in row.items() if name not in ("rank", "reasons", "evidence")},
        "safety": safety,
        "gain_bound_sentence": gain_sentence(gain, assessment.composition),
        "binding_modes": modes,
        "chelate": form.chelate or None,
        "pair_counts": [pair.form_count, pair.partner_count],
        "cas_source": pair.product.cas_source or None,
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
        "to_compute": _to_compute(assessment),
        "evidence": evidence_records(assessment),
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


def _danger_record(danger: ProductDanger, tags: Sequence[str]) -> dict[str, Any]:
    label = danger.label
    return {
        "product": danger.product,
        "name": danger.name,
        "tags": {tag: list(by) for tag, by in danger.borne.items() if tag in tags},
        "label": None
        if label is None
        else {"statements": sorted(label.statements), "sources": list(label.sources)},
        "text": "; ".join(
            filter(None, (borne_text(danger, tags), label_text(label) if label is not None else ""))
        ),
    }


def _to_compute(assessment: Assessment) -> str | None:
    """What helps where quantum chemical values are missing; None where none is."""
    if not isinstance(assessment.values["hardness_ev"], Missing):
        return None
    if not (importlib.util.find_spec("tblite") and importlib.util.find_spec("ase")):
        return "what helps: pip install 'ligandkb[quantum]', then ask again"
    return (
        "what helps: [quantum] is installed, so explain computes this by itself unless it is told --no-compute or "
        "can't keep the result; ligandkb compute, with the same --data, does the whole catalogue"
    )


def rule_record(state: RuleState) -> dict[str, Any]:
    """One rule's state in types that JSON knows: fired, silent, unknown or not applicable, and why."""
    rule = state.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "state": state.state,
        "weight": rule.weight,
        "veto": rule.veto,
        "tag": rule.tag,
        "contribution": list(state.contribution),
        "exclusive": rule.exclusive,
        "displaced_by": list(state.displaced_by),
        "text": state.text,
        "clauses": [_clause_record(clause) for clause in state.clauses],
        "missing": dict(state.missing),
        "sources": [{"doi": source.doi, "locator": source.locator} for source in rule.citations],
        "derived_from": list(rule.derived_from),
    }


def _clause_record(clause: Clause) -> dict[str, Any]:
    values = {name: value if is_present(value) else str(value) for name, value in clause.values.items()}
    return {"text": clause.text, "truth": _TRUTH[clause.truth], "values": values}


def to_explanation_json(explanations: Sequence[Mapping[str, Any]]) -> str:
    """JSON text: one object for one ligand, a list for several."""
    document = explanations[0] if len(explanations) == 1 else list(explanations)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def to_explanation_text(explanation: Mapping[str, Any], *, markdown: bool = False) -> str:
    """Plain text or Markdown of :func:`explanation_record`: safety first, then verdict, rules, evidence.

    Plain text is wrapped where stdout is a terminal.
    """
    page = Page(markdown=markdown, width=terminal_width())
    page.title(f"{explanation['binding_form']} ({explanation['partner']}) on {explanation['composition']}")
    page.heading("Safety")
    for line in safety_lines(explanation["safety"]):
        page.say(line)
    _verdict(page, explanation)
    _identity(page, explanation)
    _rules(page, explanation["rules"], explanation["safety"]["products"])
    page.heading("Measured")
    for outcome in explanation["evidence"]:
        page.say(outcome_line(outcome))
    if not explanation["evidence"]:
        page.say("nothing on this or a near pair")
    _descriptors(page, explanation["descriptors"], explanation["to_compute"])
    if explanation["other_pairs"]:
        page.heading("Other pairs of the same ligand")
        for other in explanation["other_pairs"]:
            page.say(
                f"{other['binding_form']} ({other['partner']}), {other['ligand_class']}: "
                f"{other['verdict']}, {other['score']:+.1f}"
            )
    page.lines.extend(["", page.text(made_with(explanation["meta"]))])
    return str(page)


def safety_lines(safety: Mapping[str, Any]) -> list[str]:
    """Safety in words, worst first, each danger with the product that bears it; silence is no clearance."""
    lines = [f"VETO: {kind}" for kind in safety["vetoes"]]
    lines += [f"veto lifted on your word: {kind}" for kind in safety["lifted"]]
    of_the_pair = [tag for tag in safety["of_the_pair"] if tag not in safety["vetoes"]]
    if of_the_pair:
        lines.append(f"tags of the pair: {', '.join(of_the_pair)}")
    elif not safety["tags"]:
        lines.append("tags: none fired")
    lines += [f"{product['name']}: {product['text']}" for product in safety["products"] if product["text"]]
    lines += [f"not assessed: {what}" for what in safety["not_assessed"]]
    return [*lines, NO_CLEARANCE]


def outcome_line(outcome: Mapping[str, Any]) -> str:
    """One outcome in a line: effect, figures, against what, how applied, relation and source.

    Where nothing was published it says who recorded it, or in which file it stands.
    """
    parts = [str(outcome["effect"] or "no comparison printed").replace("_", " ")]
    before, after = outcome["plqy_before"], outcome["plqy_after"]
    if before is not None or after is not None:
        left = _plqy(before, outcome["plqy_before_uncertainty"])
        parts.append(f"PLQY {left} -> {_plqy(after, outcome['plqy_after_uncertainty'])}")
    if outcome["relative_change"] is not None:
        parts.append(f"relative change {outcome['relative_change']:+.0%}, baseline not printed")
    parts.append(
        f"{outcome['binding_form']} ({outcome['partner']}) on {outcome['composition']} {outcome['morphology']}"
    )
    reference = outcome["reference_state"].replace("_", " ")
    parts.append(f"{outcome['route'].replace('_', ' ')}, reference state {reference}")
    if outcome["added_as"] and outcome["added_as"] != outcome["binding_form"]:
        parts.append(f"added as {outcome['added_as']}")
    if outcome["confound"]:
        parts.append(f"CONFOUNDED: {outcome['confound'].replace('_', ' ')}")
    where = [f"doi {outcome['doi']}", outcome["locator"]] if outcome["doi"] else []
    if not where or outcome["origin"].startswith(RECORDED):
        where.append(outcome["origin"])
    return f"[{outcome['relation']}] {'; '.join(parts)} ({', '.join(filter(None, where))})"


def _plqy(value: float | None, uncertainty: float | None) -> str:
    if value is None:
        return "not printed"
    return f"{value:.2f}" + (f" +/- {uncertainty:.2f}" if uncertainty is not None else "")


def _verdict(page: Page, explanation: Mapping[str, Any]) -> None:
    page.heading("Verdict")
    page.say(f"{explanation['verdict']}: {explanation['verdict_reason']}")
    terms = [
        f"{rule['weight']:+.2f}"
        for rule in explanation["rules"]
        if rule["state"] == "fired" and rule["weight"]
    ]
    low, high = explanation["score_low"], explanation["score_high"]
    score = f"score {explanation['score']:+.2f}"
    score += f" = {' '.join(terms)}" if len(terms) > 1 else ""
    score += (
        f" (log-odds), {low:+.2f} to {high:+.2f} over the unknown rules" if low != high else " (log-odds)"
    )
    page.say(score + ("" if terms else ", no rule moves it"))
    measured = measured_text(
        explanation["observed"], explanation["near_observed"], explanation["observed_qualifiers"]
    )
    page.say(f"measured: {'nothing' if measured == '-' else measured}")
    page.say(explanation["gain_bound_sentence"])


def _identity(page: Page, explanation: Mapping[str, Any]) -> None:
    page.heading("What it is")
    cas = (
        f"CAS {explanation['cas']} ({explanation['cas_source'] or 'not verified'})"
        if explanation["cas"]
        else "CAS not verified"
    )
    page.item(page.text(explanation["ligand_name"]), page.code(explanation["smiles"]), page.text(cas))
    page.item(
        page.text(f"binds as {explanation['ligand_class']}:"), page.code(explanation["binding_form_smiles"])
    )
    for mode in explanation["binding_modes"]:
        page.say(f"{mode['class']} through {mode['element']}: {mode['group']}", level=1)
    if explanation["chelate"]:
        page.say(f"can chelate: {explanation['chelate']}", level=1)
    page.item(page.text("head for descriptors:"), page.code(explanation["head"]))
    form_count, partner_count = explanation["pair_counts"]
    if partner_count:
        form, partner = explanation["binding_form"], explanation["partner"]
        page.say(f"neutral pair: {form_count} {form} to {partner_count} {partner}")
    for products in explanation["products"]:
        page.say(f"buy: {' + '.join(products)}")


def _rules(page: Page, rules: Sequence[Mapping[str, Any]], products: Sequence[Mapping[str, Any]]) -> None:
    page.heading("Rules that fired")
    fired = [rule for rule in rules if rule["state"] == "fired"]
    for rule in fired:
        _rule(page, rule, _bearers(rule, products))
    if not fired:
        page.say("none")
    page.heading("Rules whose condition is unknown")
    unknown = [rule for rule in rules if rule["state"] == "unknown"]
    unread = [rule for rule in unknown if rule["missing"] and all(map(is_statement, rule["missing"]))]
    for rule in unknown:
        if rule not in unread:
            _rule(page, rule)
    if unread:
        effects = ", ".join(effect_text(rule) for rule in unread)
        reasons = dict.fromkeys(reason for rule in unread for reason in rule["missing"].values())
        page.say(f"{len(unread)} rules on hazard statements ({effects}): {'; '.join(reasons)}")
    if not unknown:
        page.say("none")
    page.heading("Silent rules")
    counts = {state: sum(rule["state"] == state for rule in rules) for state in ("silent", "not applicable")}
    page.say(
        f"{counts['silent']} silent, {counts['not applicable']} not applicable (their names: --format json)"
    )


def _bearers(rule: Mapping[str, Any], products: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of the products on whose labels stand the statements that a rule reads."""
    columns = {name for clause in rule["clauses"] for name in clause["values"]}
    return [
        product["name"]
        for product in products
        if any(STATEMENT + code.lower() in columns for code in product["tags"].get(rule["tag"], ()))
    ]


def _rule(page: Page, rule: Mapping[str, Any], bearers: Sequence[str] = ()) -> None:
    page.say(f"{rule['title']} [{rule['id']}: {effect_text(rule)}]")
    if rule["state"] == "fired":
        page.say(rule["text"] + (f": {', '.join(bearers)}" if bearers else ""), level=1)
    shown = set()
    for clause in rule["clauses"]:
        shown.update(clause["values"])
        values = ", ".join(f"{name} = {number_text(value)}" for name, value in clause["values"].items())
        page.say(f"{clause['truth']}: {clause['text']}  ({values})", level=1)
    for name, reason in rule["missing"].items():
        if name not in shown:
            page.say(f"{name}: {reason}", level=1)
    if rule["displaced_by"]:
        others = ", ".join(rule["displaced_by"])
        page.say(f"its weight isn't counted beside {others}: one rule of {rule['exclusive']} counts", level=1)
    sources = "; ".join(f"doi {source['doi']}, {source['locator']}" for source in rule["sources"])
    page.say(f"source: {sources}", level=1)
    if rule["derived_from"]:
        page.say(f"in-sample, written from: {', '.join(rule['derived_from'])}", level=1)


def effect_text(rule: Mapping[str, Any]) -> str:
    """Effect of a rule in words: its weight, its veto, its tag."""
    parts = (
        f"{rule['weight']:+.2f}" if rule["weight"] else "",
        f"veto {rule['veto']}" if rule["veto"] else "",
        f"tag {rule['tag']}" if rule["tag"] else "",
    )
    return ", ".join(part for part in parts if part)


def _descriptors(page: Page, descriptors: Mapping[str, Mapping[str, Any]], to_compute: str | None) -> None:
    page.heading("Descriptors")
    tiers = {definition.name: definition.tier for definition in DEFINITIONS}
    absent: dict[str, list[str]] = {}
    for name, entry in descriptors.items():
        if tiers[name] not in _SHOWN_TIERS or is_statement(name):
            continue
        if entry["value"] is None:
            absent.setdefault(entry["state"], []).append(name)
            continue
        unit = f" {entry['unit']}" if entry["unit"] else ""
        page.say(f"{name}: {number_text(entry['value'])}{unit}")
    for reason, names in absent.items():
        page.say(f"{reason}: {', '.join(names)}")
    if to_compute:
        page.say(to_compute)


def number_text(value: object) -> str:
    """A value with four digits where it is a number, in words where it is a flag."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
