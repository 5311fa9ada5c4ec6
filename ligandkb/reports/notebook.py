"""How do answers show themselves in a notebook?

As on a terminal: the same words, danger first, with the products drawn, all ions in them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.assessment.frame import Ranking, attributes, records
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.records import COLUMNS, danger_record, record
from ligandkb.planning.exchange import ExchangePlan
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.document import Cell, Column, Document, Facts, Section, items, table
from ligandkb.reports.explanation import safety_items
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.html import notebook_html
from ligandkb.reports.machine import flat
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import PAIR_COLUMNS, notes, pair_cells, pair_name, safety_cell
from ligandkb.reports.text import text

ROWS = 50
"""Rows of a ranking that are shown."""
_IDENTITY = ("rank", "ligand", "binding_form", "binding_form_smiles", "partner", "smiles")
"""Columns that tell which pair a row is."""


def ranking_html(ranking: Ranking) -> str:
    """Draw a ranking or a selection of its rows and columns.

    A whole ranking reads as on a terminal; of a selection, what was selected is shown, each row with its product
    where a column tells which one it is.
    """
    selected = [str(name) for name in ranking.columns]
    whole = set(COLUMNS) <= set(selected)
    present = [*map(_present, records(ranking.head(ROWS)))]
    columns: Sequence[str | Column] = PAIR_COLUMNS
    if whole:
        rows = [pair_cells(row, ranking.dangers) for row in present]
    else:
        columns = (Column("product", pictured=True), *selected)
        rows = [(_picture(row, ranking), *(_cell(one, row, ranking) for one in selected)) for row in present]
    more = [f"... and {len(ranking) - ROWS} more rows"] if len(ranking) > ROWS else []
    meta = attributes(ranking)
    said = notes(meta) if whole and meta else [NO_CLEARANCE] if "safety" in selected else []
    drawn = table(columns, rows)
    blocks = (drawn if any(row[0] for row in rows) else drawn.without_pictures(), items(*more, *said))
    return notebook_html(Document(f"Ligand pairs for {meta.get('composition', 'a crystal')}", blocks))


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make None again of what pandas made a number that isn't one."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()
    }


def _pairs_of(row: Mapping[str, Any], ranking: Ranking) -> list[Mapping[str, Any]]:
    """Rows of the whole ranking that this one may be; none where no column tells."""
    told = [name for name in _IDENTITY if name in row]
    return [one for one in ranking.rows if all(one[name] == row[name] for name in told)] if told else []


def _picture(row: Mapping[str, Any], ranking: Ranking) -> Cell:
    if "smiles" in row:
        return structure(str(row["smiles"]))
    pairs = _pairs_of(row, ranking)
    for column in ("smiles", "binding_form_smiles"):
        # What several products bind as is drawn as it is bound, never as one of them.
        found = {str(one[column]) for one in pairs}
        if len(found) == 1:
            return structure(found.pop())
    return structure(str(row["binding_form_smiles"])) if "binding_form_smiles" in row else ""


def _cell(name: str, row: Mapping[str, Any], ranking: Ranking) -> Cell:
    value = row[name]
    if name == "safety" and isinstance(value, Mapping):
        bought = [row] if "products" in row else _pairs_of(row, ranking)
        products = bought[0]["products"][0] if len(bought) == 1 else ["product"]
        return safety_cell(value, products, ranking.dangers)
    if name == "measured" and {"observed", "observed_qualifiers"} <= row.keys():
        return measured_of(row)
    return (f"{value:.2f}" if isinstance(value, float) else flat(value)) or "-"


def assessment_html(assessment: Assessment) -> str:
    """Draw one assessment: danger first, then prediction and what was measured, near pairs too."""
    row = record(assessment, 1)
    safety = row["safety"] | danger_record(assessment)
    measured = measured_of(row)
    score = f"{assessment.score:+.2f} [{assessment.score_low:+.2f}, {assessment.score_high:+.2f}] log-odds"
    facts = (
        ("verdict", f"{assessment.verdict}: {assessment.verdict_reason}"),
        ("score", score),
        ("why", "; ".join(assessment.reasons) or "no rule moves the score"),
        ("measured", "nothing on this or a near pair" if measured.text == "-" else measured),
        ("binds as", f"{row['ligand_class']}: {row['binding_form_smiles']}"),
        ("buy", " or ".join(recipe.how for recipe in assessment.pair.recipes)),
    )
    title = f"{pair_name(row['binding_form'], row['partner'])} on {assessment.composition}"
    danger = Section("Safety", (safety_items(safety),), alarming=True)
    return notebook_html(Document(title, (danger, structure(row["smiles"]), Facts(facts))))


def plan_html(plan: ExchangePlan) -> str:
    """Show the bench sheet of a plan."""
    return notebook_html(bench_sheet(plan))


def plan_text(plan: ExchangePlan) -> str:
    """Write the bench sheet of a plan, as a terminal shows it."""
    return text(bench_sheet(plan))
