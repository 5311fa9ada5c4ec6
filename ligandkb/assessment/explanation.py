"""What is there to say of one pair, and of what it is held against?"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from ligandkb.assessment.columns import DEFINITIONS
from ligandkb.assessment.headroom import headroom_sentence
from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.records import danger_record, evidence_records, offer_record, record
from ligandkb.assessment.references import reference_pairs
from ligandkb.assessment.solubility import SolubleBy, pair_contents
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.solubility import SolubilityTable
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.missing import Missing, is_present
from ligandkb.provenance import Source
from ligandkb.rules.explain import Clause, RuleState

_TRUTH = {1: "true", 0: "unknown", -1: "false"}

HELD_AGAINST = (
    "hsab_class",
    "hardness_ev",
    "softness_per_ev",
    "donor_charge_e",
    "conjugate_acid_pka",
    "lead_over_proton_above_acetate",
    "lead_adsorption_energy_ev",
)
"""Descriptors of the reference that stand beside the pair's own."""


def explanation_record(
    judge: Judge,
    assessment: Assessment,
    others: Sequence[Assessment] = (),
    headroom: float | None = None,
    read_as: str | None = None,
    offers: Sequence[Offer] = (),
) -> dict[str, Any]:
    """Everything about one assessed pair, in types that JSON knows.

    Parameters
    ----------
    judge : Judge
        Who assessed it: gives the state of every rule, the pair that it is held against, and who saw it dissolve.
    assessment : Assessment
        The pair.
    others : sequence of Assessment
        Other pairs of the same ligand.
    headroom : float, optional
        What the chemist's own sample lacks to a PLQY of unity, as a fraction.
    read_as : str, optional
        How the name that was typed was read, where it could have been meant otherwise.
    offers : sequence of Offer
        Who sells what, and what stands in the lab.

    Returns
    -------
    dict
        Identity, verdict, score, safety, rules with their clauses, descriptors beside the reference's, evidence,
        what to buy.
    """
    row = record(assessment, 1)
    pair, form = assessment.pair, assessment.pair.form.form
    people = assessment.safety.dangers_to_people
    safety = row["safety"] | danger_record(assessment) | {"dangers_to_people": list(people)}
    modes = [
        {"class": str(mode.ligand_class), "group": mode.group, "element": mode.element} for mode in form.modes
    ]
    seen = _seen_to_dissolve(pair, judge.solubility)
    states = judge.explain(assessment)
    return {
        **{name: value for name, value in row.items() if name not in ("rank", "band", "reasons", "evidence")},
        "read_as": read_as,
        "safety": safety,
        "plqy_headroom": headroom,
        "plqy_headroom_sentence": headroom_sentence(headroom),
        "binding_modes": modes,
        "chelate": form.chelate or None,
        "partner_name": pair.partner.name if pair.partner else None,
        "partner_smiles": pair.partner.smiles if pair.partner else None,
        "pair_counts": [pair.form_count, pair.partner_count],
        "cas_source": pair.product.cas_source or None,
        "to_buy": [[_bought(product, offers) for product in recipe.products] for recipe in pair.recipes],
        "notes": {
            product.name: product.note
            for recipe in pair.recipes
            for product in recipe.products
            if product.note
        },
        "rules": [rule_record(state, seen) for state in states],
        "descriptors": descriptor_records(assessment, [definition.name for definition in DEFINITIONS]),
        "reference": _reference(judge, assessment),
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


def descriptor_records(assessment: Assessment, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Value, unit and state of descriptors, by name, in types that JSON knows."""
    units = {definition.name: definition.unit for definition in DEFINITIONS}
    return {
        name: {
            "value": value if is_present(value) else None,
            "unit": units[name],
            "state": "present" if is_present(value) else str(value),
        }
        for name in names
        if (value := assessment.values.get(name)) is not None
    }


def _reference(judge: Judge, assessment: Assessment) -> dict[str, Any]:
    """The pair that the verdict holds this one against, with what tells hard from soft."""
    is_neutral = assessment.pair.form.form.ligand_class is LigandClass.L
    pair = reference_pairs()[LigandClass.L if is_neutral else LigandClass.X]
    (held_against,) = judge.assess([pair], assessment.composition)
    return {
        "binding_form": pair.form.name,
        "partner": pair.partner_id,
        "score_low": round(held_against.score_low, 6),
        "score_high": round(held_against.score_high, 6),
        "descriptors": descriptor_records(held_against, HELD_AGAINST),
    }


def _bought(product: Product, offers: Sequence[Offer]) -> dict[str, Any]:
    return {
        "product": product.id,
        "name": product.name,
        "smiles": product.smiles,
        "cas": product.cas or None,
        "cas_source": product.cas_source or None,
        "supplier": product.supplier or None,
        "purity": product.purity or None,
        "state_20c": product.state_20c or None,
        "note": product.note or None,
        "offers": [
            offer_record(offer) for offer in offers if offer.product_id == product.id and offer.can_be_had
        ],
    }


def _seen_to_dissolve(pair: Pair, table: SolubilityTable) -> tuple[Source, ...]:
    """Who saw whether the pair dissolves: the shipped table's sources, or a lab's own."""
    seen = table.get(pair_contents(pair)) if table else None
    return tuple(dict.fromkeys(seen.sources.values())) if seen is not None else ()


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


def rule_record(state: RuleState, seen: Sequence[Source] = ()) -> dict[str, Any]:
    """One rule's state in types that JSON knows: fired, silent, unknown or not applicable, and why.

    Parameters
    ----------
    state : RuleState
    seen : sequence of Source
        Who saw whether the pair dissolves. A rule that read this rests on them first: what the rule cites is only
        what it makes of it.
    """
    rule = state.rule
    read = {name: value for clause in state.clauses for name, value in clause.values.items()}
    measured = seen if read.get("soluble_by") == SolubleBy.MEASURED else ()
    return {
        "id": rule.id,
        "title": rule.title,
        "state": state.state,
        "weight": rule.weight,
        "veto": rule.veto,
        "tag": rule.tag,
        "on_unknown": rule.on_unknown,
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
            *({"doi": one.doi or None, "url": one.url or None, "locator": one.locator} for one in measured),
            *(
                {"doi": source.doi or None, "url": source.url, "locator": source.locator}
                for source in rule.citations
            ),
        ],
        "derived_from": list(rule.derived_from),
    }


def _clause_record(clause: Clause) -> dict[str, Any]:
    values = {name: value if is_present(value) else str(value) for name, value in clause.values.items()}
    return {"text": clause.text, "truth": _TRUTH[clause.truth], "values": values}
