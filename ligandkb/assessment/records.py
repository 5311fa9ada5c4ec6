"""What is an assessment in types that JSON knows?"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from ligandkb.assessment.columns import DEFINITIONS
from ligandkb.assessment.dangers import ProductDanger, borne_text, label_text, unattributed
from ligandkb.assessment.headroom import headroom_closed, headroom_sentence, shares_closed
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.qualifiers import observed_qualifiers
from ligandkb.evidence.outcomes import Outcome, outcome_values
from ligandkb.missing import Missing, is_present
from ligandkb.rules.explain import Clause, RuleState

_TRUTH = {1: "true", 0: "unknown", -1: "false"}

COLUMNS = (
    "rank",
    "ligand",
    "ligand_name",
    "binding_form",
    "binding_form_smiles",
    "ligand_class",
    "partner",
    "composition",
    "verdict",
    "verdict_reason",
    "score",
    "score_low",
    "score_high",
    "band",
    "headroom_closed",
    "reasons",
    "safety",
    "observed",
    "observed_qualifiers",
    "near_observed",
    "evidence",
    "products",
    "smiles",
    "cas",
    "head",
)


def record(assessment: Assessment, rank: int) -> dict[str, Any]:
    """One row of a ranking, in types that JSON knows.

    Parameters
    ----------
    assessment : Assessment
    rank : int
        1-based place.

    Returns
    -------
    dict
        By the names in :data:`COLUMNS`.
    """
    pair, evidence = assessment.pair, assessment.evidence
    product = pair.product
    return {
        "rank": rank,
        "ligand": product.id,
        "ligand_name": product.name,
        "binding_form": pair.form.name,
        "binding_form_smiles": pair.form.form.smiles,
        "ligand_class": str(pair.form.form.ligand_class),
        "partner": pair.partner_id,
        "composition": str(assessment.composition),
        "verdict": str(assessment.verdict),
        "verdict_reason": assessment.verdict_reason,
        "score": round(assessment.score, 6),
        "score_low": round(assessment.score_low, 6),
        "score_high": round(assessment.score_high, 6),
        "band": assessment.band,
        "headroom_closed": [round(share, 6) for share in shares_closed(evidence.outcomes)],
        "reasons": list(assessment.reasons),
        "safety": {
            "tags": list(assessment.safety.tags),
            "vetoes": list(assessment.safety.vetoes),
            "lifted": list(assessment.safety.lifted),
            "not_assessed": list(assessment.safety.not_assessed),
        },
        "observed": str(evidence.observed) if evidence.observed else None,
        "observed_qualifiers": list(observed_qualifiers(evidence, assessment.composition)),
        "near_observed": str(evidence.near_observed) if evidence.near_observed else None,
        "evidence": evidence_records(assessment),
        "products": [[product.id for product in recipe.products] for recipe in pair.recipes],
        "smiles": product.smiles,
        "cas": product.cas or None,
        "head": assessment.head,
    }


def evidence_records(assessment: Assessment) -> list[dict[str, Any]]:
    """Outcomes of the pair, near ones and removals, each with what relates it to the pair."""
    evidence = assessment.evidence
    family = {
        outcome.id: "this pair"
        + (
            ""
            if str(outcome.composition) == str(assessment.composition)
            else f", stated for {outcome.composition}"
        )
        for outcome in evidence.outcomes
    }
    return [
        *(outcome_record(outcome, family[outcome.id]) for outcome in evidence.outcomes),
        *(outcome_record(item.outcome, f"near: {'; '.join(item.differences)}") for item in evidence.near),
        *(outcome_record(outcome, "removal of this pair") for outcome in evidence.removals),
    ]


def outcome_record(outcome: Outcome, relation: str) -> dict[str, Any]:
    """One outcome in types that JSON knows; PLQY as fractions."""
    values = outcome_values(outcome)
    closed = headroom_closed(outcome)
    return {
        "id": values.pop("id"),
        "relation": relation,
        **values,
        "headroom_closed": None if closed is None else round(closed, 6),
        "origin": outcome.origin or None,
    }


def explanation_record(
    assessment: Assessment,
    states: Sequence[RuleState],
    others: Sequence[Assessment],
    headroom: float | None = None,
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
    headroom : float, optional
        What the chemist's own sample lacks to a PLQY of unity, as a fraction.

    Returns
    -------
    dict
        Identity, verdict, score, safety, rules with their clauses, descriptors, evidence.
    """
    row = record(assessment, 1)
    pair, form = assessment.pair, assessment.pair.form.form
    safety = row["safety"] | danger_record(assessment)
    modes = [
        {"class": str(mode.ligand_class), "group": mode.group, "element": mode.element} for mode in form.modes
    ]
    return {
        **{name: value for name, value in row.items() if name not in ("rank", "band", "reasons", "evidence")},
        "safety": safety,
        "plqy_headroom": headroom,
        "plqy_headroom_sentence": headroom_sentence(headroom),
        "binding_modes": modes,
        "chelate": form.chelate or None,
        "pair_counts": [pair.form_count, pair.partner_count],
        "cas_source": pair.product.cas_source or None,
        "notes": {
            product.name: product.note
            for recipe in pair.recipes
            for product in recipe.products
            if product.note
        },
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


def danger_record(assessment: Assessment) -> dict[str, Any]:
    """Say which product bears which danger, and what none bears alone, in types that JSON knows."""
    tags, products = assessment.safety.tags, assessment.safety.products
    return {
        "products": [_product_record(danger, tags) for danger in products],
        "of_the_pair": list(unattributed(tags, products)),
    }


def _product_record(danger: ProductDanger, tags: Sequence[str]) -> dict[str, Any]:
    label = danger.label
    return {
        "product": danger.product,
        "name": danger.name,
        "tags": {tag: list(by) for tag, by in danger.borne.items() if tag in tags},
        "label": None
        if label is None
        else {
            "statements": sorted(label.statements),
            "sources": list(label.sources),
            "in_part": label.in_part,
            "readings": [
                {
                    "statements": sorted(reading.statements),
                    "source": reading.source,
                    "in_part": reading.in_part,
                    "what": reading.what,
                }
                for reading in label.readings
            ],
        },
        "safety_data": list(danger.safety_data),
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
        "graded_by": [ramp.by for ramp in rule.graded],
        "grade": state.grade,
        "added": state.added,
        "contribution": list(state.contribution),
        "exclusive": rule.exclusive,
        "displaced_by": list(state.displaced_by),
        "text": state.text,
        "clauses": [_clause_record(clause) for clause in state.clauses],
        "missing": dict(state.missing),
        "sources": [
            {"doi": source.doi or None, "url": source.url, "locator": source.locator}
            for source in rule.citations
        ],
        "derived_from": list(rule.derived_from),
    }


def _clause_record(clause: Clause) -> dict[str, Any]:
    values = {name: value if is_present(value) else str(value) for name, value in clause.values.items()}
    return {"text": clause.text, "truth": _TRUTH[clause.truth], "values": values}
