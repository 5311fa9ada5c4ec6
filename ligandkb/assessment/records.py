"""What is an assessment in types that JSON knows?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from ligandkb.assessment.dangers import ProductDanger, borne_text, label_text, unattributed
from ligandkb.assessment.headroom import headroom_closed, shares_closed
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.measured import measured_in_short
from ligandkb.assessment.qualifiers import observed_qualifiers
from ligandkb.assessment.selection import donor_groups
from ligandkb.catalogue.offers import Offer
from ligandkb.chemistry.species import molar_mass_g_per_mol
from ligandkb.descriptors.contract import Value
from ligandkb.evidence.agreement import NOTHING_MEASURED
from ligandkb.evidence.outcomes import Outcome, outcome_values
from ligandkb.missing import Failed, Missing, NotApplicable

FACTS = (
    "hsab_class",
    "hardness_ev",
    "softness_per_ev",
    "donor_charge_e",
    "conjugate_acid_pka",
    "lead_over_proton_above_acetate",
    "logp_neutral",
    "chain_length_carbons",
    "soluble",
)
"""Columns of a row that are columns of rules, too."""

COLUMNS = (
    "rank",
    "ligand",
    "ligand_name",
    "binding_form",
    "binding_form_smiles",
    "ligand_class",
    "partner",
    "composition",
    "band",
    "verdict",
    "score",
    "score_low",
    "score_high",
    "measured",
    "observed",
    "near_observed",
    "cas",
    "orderable",
    "molar_mass_g_per_mol",
    "state_20c",
    *FACTS,
    "head",
    "smiles",
    "verdict_reason",
    "donor_groups",
    "observed_qualifiers",
    "headroom_closed",
    "products",
    "reasons",
    "safety",
    "evidence",
)
"""Of a ranking: what one value tells first, lists and nested things last."""


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
        By the names in :data:`COLUMNS`. None where something is unknown or doesn't apply. ``molar_mass_g_per_mol``
        and ``state_20c`` are of the ligand's product as bought; ``donor_groups`` and :data:`FACTS` of the form that
        binds.
    """
    return {"rank": rank, **{name: told(assessment) for name, told in TOLD.items()}}


def _fact(name: str, assessment: Assessment) -> Value | None:
    value = assessment.values[name]
    if isinstance(value, float):
        return round(value, 6)
    return None if isinstance(value, Missing | Failed | NotApplicable) else value


def _headroom_closed(assessment: Assessment) -> list[float]:
    outcomes = assessment.evidence.outcomes
    return [round(share, 6) for share in shares_closed(outcomes)] if outcomes else []


def _safety(assessment: Assessment) -> dict[str, list[str]]:
    safety = assessment.safety
    return {
        "tags": list(safety.tags),
        "vetoes": list(safety.vetoes),
        "lifted": list(safety.lifted),
        "dangers_to_people": list(safety.dangers_to_people),
        "not_assessed": list(safety.not_assessed),
    }


def _text(value: object) -> str | None:
    return str(value) if value else None


def offer_record(offer: Offer) -> dict[str, Any]:
    """Who sells a product in which pack, or whether it stands in the lab, in types that JSON knows."""
    return {
        "supplier": offer.supplier or None,
        "catalogue_number": offer.catalogue_number or None,
        "pack": str(offer.pack) or None,
        "price": offer.price,
        "currency": offer.currency or None,
        "date": offer.date or None,
        "purity": offer.purity or None,
        "in_stock": offer.in_stock,
    }


def evidence_records(assessment: Assessment) -> list[dict[str, Any]]:
    """Outcomes of the pair, near ones and removals, each with what relates it to the pair."""
    evidence = assessment.evidence
    if evidence is NOTHING_MEASURED:
        return []
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


TOLD: Mapping[str, Callable[[Assessment], Any]] = {
    "band": lambda item: item.band,
    "ligand": lambda item: item.pair.product.id,
    "ligand_name": lambda item: item.pair.product.name,
    "binding_form": lambda item: item.pair.form.name,
    "partner": lambda item: item.pair.partner_id,
    "composition": lambda item: str(item.composition),
    "ligand_class": lambda item: str(item.pair.form.form.ligand_class),
    "verdict": lambda item: str(item.verdict),
    "score": lambda item: round(item.score, 6),
    "score_low": lambda item: round(item.score_low, 6),
    "score_high": lambda item: round(item.score_high, 6),
    "measured": lambda item: measured_in_short(item.evidence, item.composition),
    "observed": lambda item: _text(item.evidence.observed),
    "near_observed": lambda item: _text(item.evidence.near_observed),
    "cas": lambda item: item.pair.product.cas or None,
    "orderable": lambda item: item.orderable,
    "molar_mass_g_per_mol": lambda item: round(molar_mass_g_per_mol(item.pair.product.species), 3),
    "state_20c": lambda item: item.pair.product.state_20c or None,
    **{name: partial(_fact, name) for name in FACTS},
    "head": lambda item: item.head,
    "binding_form_smiles": lambda item: item.pair.form.form.smiles,
    "smiles": lambda item: item.pair.product.smiles,
    "verdict_reason": lambda item: item.verdict_reason,
    "donor_groups": lambda item: sorted(donor_groups(item)),
    "observed_qualifiers": lambda item: list(observed_qualifiers(item.evidence, item.composition)),
    "headroom_closed": _headroom_closed,
    "products": lambda item: [[product.id for product in recipe.products] for recipe in item.pair.recipes],
    "reasons": lambda item: list(item.reasons),
    "safety": _safety,
    "evidence": evidence_records,
}
"""What each column of :data:`COLUMNS` but the rank tells of an assessment, in types that JSON knows."""
