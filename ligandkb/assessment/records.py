"""What is an assessment in types that JSON knows?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from ligandkb.assessment.dangers import ProductDanger, borne_text, inherited_texts, label_text, unattributed
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
    rows = Rows([assessment])
    return {"rank": rank, **{name: told(rows)[0] for name, told in TOLD.items()}}


class Rows:
    """Assessments, and what is asked of them more than once.

    Parameters
    ----------
    items : sequence of Assessment
    """

    def __init__(self, items: Sequence[Assessment]) -> None:
        self.items = items
        self.pairs = [item.pair for item in items]
        self.products = [pair.product for pair in self.pairs]
        self.forms = [pair.form.form for pair in self.pairs]
        self.evidence = [item.evidence for item in items]


def _fact(name: str, rows: Rows) -> list[Value | None]:
    values = [item.values[name] for item in rows.items]
    return [
        round(value, 6) if isinstance(value, float) else None if isinstance(value, _ABSENT) else value
        for value in values
    ]


_ABSENT = (Missing, Failed, NotApplicable)


def _headroom_closed(rows: Rows) -> list[list[float]]:
    return [
        [round(share, 6) for share in shares_closed(evidence.outcomes)] if evidence.outcomes else []
        for evidence in rows.evidence
    ]


def _safety(rows: Rows) -> list[dict[str, list[str]]]:
    return [
        {
            "tags": list(safety.tags),
            "vetoes": list(safety.vetoes),
            "lifted": list(safety.lifted),
            "dangers_to_people": list(safety.dangers_to_people),
            "not_assessed": list(safety.not_assessed),
        }
        for safety in [item.safety for item in rows.items]
    ]


def _texts(values: Iterable[object]) -> list[str | None]:
    return [str(value) if value else None for value in values]


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
        "inherited": list(inherited_texts(danger)),
        "unknown": list(danger.unknown),
        "safety_data": list(danger.safety_data),
        "text": "; ".join(
            filter(
                None,
                (
                    borne_text(danger, tags),
                    label_text(label) if label is not None else "",
                    *inherited_texts(danger),
                ),
            )
        ),
    }


TOLD: Mapping[str, Callable[[Rows], Sequence[Any]]] = {
    "band": lambda rows: [item.band for item in rows.items],
    "ligand": lambda rows: [product.id for product in rows.products],
    "ligand_name": lambda rows: [product.name for product in rows.products],
    "binding_form": lambda rows: [pair.form.name for pair in rows.pairs],
    "partner": lambda rows: [pair.partner_id for pair in rows.pairs],
    "composition": lambda rows: [str(item.composition) for item in rows.items],
    "ligand_class": lambda rows: [str(form.ligand_class) for form in rows.forms],
    "verdict": lambda rows: [str(item.verdict) for item in rows.items],
    "score": lambda rows: [round(item.score, 6) for item in rows.items],
    "score_low": lambda rows: [round(item.score_low, 6) for item in rows.items],
    "score_high": lambda rows: [round(item.score_high, 6) for item in rows.items],
    "measured": lambda rows: [measured_in_short(item.evidence, item.composition) for item in rows.items],
    "observed": lambda rows: _texts(evidence.observed for evidence in rows.evidence),
    "near_observed": lambda rows: _texts(evidence.near_observed for evidence in rows.evidence),
    "cas": lambda rows: [product.cas or None for product in rows.products],
    "orderable": lambda rows: [item.orderable for item in rows.items],
    "molar_mass_g_per_mol": lambda rows: [
        round(molar_mass_g_per_mol(product.species), 3) for product in rows.products
    ],
    "state_20c": lambda rows: [product.state_20c or None for product in rows.products],
    **{name: partial(_fact, name) for name in FACTS},
    "head": lambda rows: [item.head for item in rows.items],
    "binding_form_smiles": lambda rows: [form.smiles for form in rows.forms],
    "smiles": lambda rows: [product.smiles for product in rows.products],
    "verdict_reason": lambda rows: [item.verdict_reason for item in rows.items],
    "donor_groups": lambda rows: [sorted(donor_groups(item)) for item in rows.items],
    "observed_qualifiers": lambda rows: [
        list(observed_qualifiers(item.evidence, item.composition)) for item in rows.items
    ],
    "headroom_closed": _headroom_closed,
    "products": lambda rows: [
        [[product.id for product in recipe.products] for recipe in pair.recipes] for pair in rows.pairs
    ],
    "reasons": lambda rows: [list(item.reasons) for item in rows.items],
    "safety": _safety,
    "evidence": lambda rows: list(map(evidence_records, rows.items)),
}
"""What each column of :data:`COLUMNS` but the rank tells of assessments, in types that JSON knows."""
