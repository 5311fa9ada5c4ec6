"""How does a ranking look as a table?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from ligandkb.evidence.outcomes import Outcome, outcome_values
from ligandkb.ranking.assessment import Assessment
from ligandkb.ranking.dangers import borne_text, label_text, unattributed
from ligandkb.ranking.qualifiers import observed_qualifiers, observed_text

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
    "gain_bound",
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


def record(assessment: Assessment, rank: int, gain_bound: float | None) -> dict[str, Any]:
    """One row of a ranking, in types that JSON knows.

    Parameters
    ----------
    assessment : Assessment
    rank : int
        1-based place.
    gain_bound : float or None
        What any ligand could gain at most on this crystal, as a fraction of PLQY; None where unknown.

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
        "gain_bound": gain_bound,
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
    return {"id": values.pop("id"), "relation": relation, **values, "origin": outcome.origin or None}


_OPTIONAL = ("gain_bound", "observed", "near_observed", "cas")


class Ranking(pd.DataFrame):  # type: ignore[misc, unused-ignore]
    """A ranking as a data frame that draws its molecules in a notebook.

    ``attrs`` holds the version, the hash of data and rules, and the overlays that it was made with.
    """

    @property
    def _constructor(self) -> type[Ranking]:
        return Ranking

    def _repr_html_(self) -> str:
        if "binding_form_smiles" not in self.columns:
            return self.to_html(max_rows=_NOTEBOOK_ROWS, notebook=True)
        # A whole ranking is cut to what fits a page; of a selection, what was selected is shown.
        is_whole = set(COLUMNS) <= set(self.columns)
        selected = [str(name) for name in self.columns if name != "binding_form_smiles"]
        shown = list(_NOTEBOOK_COLUMNS) if is_whole else selected
        head = "".join(f"<th>{escape(name)}</th>" for name in ["structure", *shown])
        rows = []
        for _, row in self.head(_NOTEBOOK_ROWS).iterrows():
            picture = f"<td>{_drawing(str(row['binding_form_smiles']))}</td>"
            rows.append(
                f"<tr>{picture}{''.join(f'<td>{escape(_text(row[name]))}</td>' for name in shown)}</tr>"
            )
        more = len(self) - _NOTEBOOK_ROWS
        note = f"<p>... and {more} more rows</p>" if more > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{note}"


_NOTEBOOK_COLUMNS = (
    "rank",
    "binding_form",
    "partner",
    "ligand_class",
    "verdict",
    "score",
    "score_low",
    "score_high",
    "observed",
    "observed_qualifiers",
    "safety",
    "products",
)
_NOTEBOOK_ROWS = 50


def ranking_frame(assessments: Sequence[Assessment], meta: Mapping[str, Any]) -> Ranking:
    """Make a data frame of assessments in their order."""
    gain_bound = meta.get("gain_bound")
    records = [record(assessment, rank, gain_bound) for rank, assessment in enumerate(assessments, 1)]
    frame = Ranking(records, columns=list(COLUMNS))
    for name in _OPTIONAL:
        # None stays None: pandas would turn "nothing observed" into a float that isn't a number.
        frame[name] = pd.Series([row[name] for row in records], dtype=object)
    frame.attrs.update(meta)
    return frame


def assessment_html(assessment: Assessment) -> str:
    """Draw one assessment for a notebook: danger first, then prediction and what was measured."""
    pair, safety, evidence = assessment.pair, assessment.safety, assessment.evidence
    of_the_pair = unattributed([tag for tag in safety.tags if tag not in safety.vetoes], safety.products)
    dangers = [
        *(f"VETO {kind}" for kind in safety.vetoes),
        *(f"{kind} (allowed)" for kind in safety.lifted),
        *of_the_pair,
        *(
            f"{danger.name}: {text}"
            for danger in safety.products
            for text in (
                borne_text(danger, safety.tags),
                label_text(danger.label) if danger.label else "",
            )
            if text
        ),
    ]
    measured = (
        observed_text(str(evidence.observed), observed_qualifiers(evidence, assessment.composition))
        if evidence.observed
        else "nothing on this pair"
    )
    lines = (
        ("safety", "; ".join((*dangers, "no tag is no clearance"))),
        ("not assessed", "; ".join(safety.not_assessed)),
        ("verdict", f"{assessment.verdict}: {assessment.verdict_reason}"),
        (
            "score",
            f"{assessment.score:+.2f} [{assessment.score_low:+.2f}, {assessment.score_high:+.2f}] log-odds",
        ),
        ("why", "; ".join(assessment.reasons)),
        ("measured", measured),
        ("buy", " or ".join(recipe.how for recipe in pair.recipes)),
    )
    title = f"{pair.form.name} with {pair.partner_id} on {assessment.composition}"
    rows = "".join(f"<tr><th>{name}</th><td>{escape(text)}</td></tr>" for name, text in lines)
    return f"<p><b>{escape(title)}</b></p>{_drawing(pair.form.form.smiles)}<table>{rows}</table>"


def _text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(value.get("tags", []))
    if isinstance(value, list):
        if all(isinstance(item, list) for item in value):
            return " or ".join(" + ".join(item) for item in value)
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _drawing(smiles: str) -> str:
    from rdkit import Chem  # noqa: PLC0415 - only notebooks draw
    from rdkit.Chem.Draw import rdMolDraw2D  # noqa: PLC0415

    mol = Chem.MolFromSmiles(smiles)
    if mol is None:
        return escape(smiles)
    canvas = rdMolDraw2D.MolDraw2DSVG(180, 110)
    rdMolDraw2D.PrepareAndDrawMolecule(canvas, mol)
    canvas.FinishDrawing()
    return str(canvas.GetDrawingText()).split("?>", 1)[-1]
