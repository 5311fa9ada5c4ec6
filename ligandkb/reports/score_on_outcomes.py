"""What does the score say when it is held against measured outcomes?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from ligandkb.reports.document import Cell, Column, Document, Section, Table, items, signed, table
from ligandkb.reports.held_against import basis_facts
from ligandkb.reports.ranking import pair_name
from ligandkb.surface.uncertainty import Interval
from ligandkb.validation.judged_outcomes import Basis
from ligandkb.validation.score_on_outcomes import Predictor, ScoredOutcome

OUTCOME_COLUMNS = (
    *("id", "binding_form", "binding_form_smiles", "partner", "composition", "effect", "confound", "source"),
    *("score", "score_out_of_sample", "rules_left_out"),
)
_AUC = (
    "AUC: the chance that an outcome that improved stands above one that did not; 0.5 is a coin. Out of sample: each "
    "outcome is scored without the rules that were written from its own source. Intervals: 95 %, by drawing whole "
    "sources anew. There is no pass mark.",
)


def outcomes_document(
    scored: Sequence[ScoredOutcome],
    every: Sequence[Predictor],
    sound: Sequence[Predictor],
    basis: Basis,
    meta: Mapping[str, Any],
) -> Document:
    """Fill a document with the score held against outcomes, beside what it must beat.

    Parameters
    ----------
    scored : sequence of ScoredOutcome
    every, sound : sequence of Predictor
        On all of them, and on those without another possible cause.
    basis : Basis
        What they were held against.
    meta : mapping

    Returns
    -------
    Document
    """
    blocks = (
        items(*_AUC),
        basis_facts(basis),
        Section("On all of them", (_separations(every),)),
        Section("Without confounded ones", (_separations(sound),)),
        Section("Outcome by outcome", (_scores(scored),)),
    )
    data = {
        "held_against": basis,
        "predictors": list(every),
        "predictors_not_confounded": list(sound),
        "rows": [_outcome_record(one) for one in scored],
    }
    return signed(Document("Score on measured outcomes", blocks, data, csv_columns=OUTCOME_COLUMNS), meta)


def _separations(found: Sequence[Predictor]) -> Table:
    columns: list[str | Column] = ["orders by"]
    columns += [
        Column(name, right=True) for name in ("AUC (95 %)", "outcomes", "score on these", "score less this")
    ]
    columns += [Column("sources", below=True)]
    rows = [
        (
            one.name,
            _interval(one.auc),
            str(one.on),
            f"{one.score_auc.value:.2f}" if not isnan(one.score_auc.value) else "-",
            _interval(one.difference, sign="+"),
            str(one.sources),
        )
        for one in found
    ]
    return table(columns, rows)


def _interval(found: Interval, sign: str = "") -> str:
    if isnan(found.value):
        return "-"
    return f"{found.value:{sign}.2f} ({found.low:{sign}.2f} to {found.high:{sign}.2f})"


def _scores(scored: Sequence[ScoredOutcome]) -> Table:
    columns: list[str | Column] = ["pair", "crystal", "effect"]
    columns += [Column(name, right=True) for name in ("out of sample", "all rules")]
    columns += [Column(name, wraps=True, below=True) for name in ("rules left out", "confounded", "outcome")]
    rows: list[tuple[Cell, ...]] = [
        (
            pair_name(outcome.binding_form, outcome.partner),
            str(outcome.composition),
            str(outcome.effect).replace("_", " "),
            f"{one.score_out_of_sample:+.2f}",
            f"{one.score:+.2f}",
            ", ".join(one.left_out) or "-",
            outcome.confound.replace("_", " ") or "-",
            outcome.id,
        )
        for one in sorted(scored, key=lambda one: -one.score_out_of_sample)
        for outcome in (one.judged.outcome,)
    ]
    return table(columns, rows)


def _outcome_record(one: ScoredOutcome) -> dict[str, Any]:
    outcome = one.judged.outcome
    return {
        "id": outcome.id,
        "binding_form": outcome.binding_form,
        "binding_form_smiles": outcome.binding_form_smiles,
        "partner": outcome.partner,
        "composition": str(outcome.composition),
        "effect": str(outcome.effect),
        "confound": outcome.confound,
        "source": one.judged.source,
        "score": one.score,
        "score_out_of_sample": one.score_out_of_sample,
        "rules_left_out": list(one.left_out),
    }
