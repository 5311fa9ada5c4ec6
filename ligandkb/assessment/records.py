"""What is an assessment in types that JSON knows?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ligandkb.assessment.dangers import ProductDanger, borne_text, label_text, unattributed
from ligandkb.assessment.headroom import headroom_closed, shares_closed
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.qualifiers import observed_qualifiers
from ligandkb.evidence.outcomes import Outcome, outcome_values

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
        "unknown": list(danger.unknown),
        "safety_data": list(danger.safety_data),
        "text": "; ".join(
            filter(None, (borne_text(danger, tags), label_text(label) if label is not None else ""))
        ),
    }
