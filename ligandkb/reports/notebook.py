"""How do answers show themselves in a notebook?

As on their pages, less what a page needs a script for: rows that open, columns on demand. Danger comes first, and the
products are drawn, all ions in them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE, ProductDanger
from ligandkb.assessment.frame import Ranking, records
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.records import COLUMNS, danger_record, record
from ligandkb.cells import flat
from ligandkb.planning.exchange import ExchangePlan
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.document import Block, Cell, Column, Document, Facts, Section, Table, items, table
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.full_explanation import safety_items
from ligandkb.reports.html import notebook_html
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import pair_name, safety_cell
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.text import text

ROWS = 50
"""Rows of a ranking that are shown."""
_IDENTITY = (
    "rank",
    "ligand",
    "ligand_name",
    "binding_form",
    "binding_form_smiles",
    "partner",
    "smiles",
    "composition",
)
"""Columns that tell which pair a row is."""
_KEY = ("ligand", "binding_form_smiles", "partner", "composition")
"""Columns that tell it for certain."""


def ranked_html(ranked: RankedPairs) -> str:
    """Show ranked pairs, the first of them where they are many."""
    return notebook_html(_page(ranked, range(min(len(ranked.assessments), ROWS)), len(ranked.assessments)))


def ranking_html(ranking: Ranking) -> str:
    """Show a ranking or a selection of its rows and columns.

    Rows that are whole read as on the page of the ranking, with what was added or changed beside them. Of a selection
    what was selected is shown, each row with its product where a column tells which one it is.
    """
    frame = ranking.reset_index(
        [name for name in ranking.index.names if name and name not in ranking.columns]
    )
    rows = [_present(row) for row in records(frame.head(ROWS))]
    places = _places(rows, ranking.sources)
    if places is not None:
        return notebook_html(_whole_rows(rows, places, ranking.sources[0], len(frame)))
    return notebook_html(_selected(rows, [str(name) for name in frame.columns], ranking.sources, len(frame)))


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    """Make None again of what pandas made a number that isn't one."""
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()
    }


def _places(rows: Sequence[Mapping[str, Any]], sources: Sequence[RankedPairs]) -> list[int] | None:
    """Where the rows stand in the ranking; None where they aren't whole rows of one."""
    if len(sources) != 1 or not all(set(COLUMNS) <= row.keys() for row in rows):
        return None
    of_key = {tuple(row[name] for name in _KEY): place for place, row in enumerate(sources[0].rows())}
    places = [of_key.get(tuple(row[name] for name in _KEY)) for row in rows]
    return [place for place in places if place is not None] if None not in places else None


def _page(ranked: RankedPairs, places: Sequence[int], total: int) -> Document:
    """Page of some rows of a ranking."""
    some = RankedPairs(
        tuple(ranked.assessments[place] for place in places),
        {**ranked.meta, "shown": total},
        tuple(int(ranked.rows()[place]["rank"]) for place in places),
        ranked.sizes,
        tuple(ranked.outlooks[place] for place in places) if ranked.outlooks else (),
        ranked.moved,
    )
    document = ranking_page(some)
    more = (items(f"... and {total - len(places)} more rows"),) if total > len(places) else ()
    return replace(document, blocks=(*document.blocks, *more))


def _whole_rows(
    rows: Sequence[Mapping[str, Any]], places: Sequence[int], ranked: RankedPairs, total: int
) -> Document:
    """Page of the rows, and what was added to them or changed in them."""
    document = _page(ranked, places, total)
    sources = [ranked.rows()[place] for place in places]
    new = [
        name
        for name in (rows[0] if rows else ())
        if any(
            name not in source or source[name] != row[name] for row, source in zip(rows, sources, strict=True)
        )
    ]
    cells = [[_cell(row[name], row, ranked.dangers) for name in new] for row in rows]

    def beside(block: Block) -> Block:
        if not isinstance(block, Table):
            return block
        wider = tuple((*row, *added) for row, added in zip(block.rows, cells, strict=True))
        return Table((*block.columns, *map(Column, new)), wider, block.opened)

    return replace(document, blocks=tuple(map(beside, document.blocks))) if new else document


def _selected(
    rows: Sequence[Mapping[str, Any]], names: Sequence[str], sources: Sequence[RankedPairs], total: int
) -> Document:
    """What was selected, each row with its product where a column tells which one it is."""
    dangers = {name: danger for source in sources for name, danger in source.dangers.items()}
    every = [row for source in sources for row in source.rows()]
    found = [_pairs_of(row, every) for row in rows]
    cells = []
    for row, pairs in zip(rows, found, strict=True):
        bought = {"products": pairs[0]["products"]} if _agree(pairs, "products") else {}
        cells.append(
            (_picture(row, pairs), *(_cell(row[name], {**bought, **row}, dangers) for name in names))
        )
    columns = [
        Column(name, right=name == "cas" or all(_is_number(row[name]) for row in rows)) for name in names
    ]
    drawn = table((Column("product", pictured=True), *columns), cells)
    tells_danger = any(_is_safety(value) for row in rows[:1] for value in row.values())
    more = [f"... and {total - len(rows)} more rows"] if total > len(rows) else []
    said = items(*more, *([NO_CLEARANCE] if tells_danger else _vetoed(found)))
    crystals = sorted({str(source.meta.get("composition", "a crystal")) for source in sources})
    title = f"Ligand pairs for {' and '.join(crystals) or 'a crystal'}"
    return Document(title, (drawn if any(row[0] for row in cells) else drawn.without_pictures(), said))


def _pairs_of(row: Mapping[str, Any], every: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Pairs of the whole rankings that a row may be; none where no column tells."""
    told = [name for name in _IDENTITY if name in row]
    if set(told) <= {"composition"}:
        return []
    return [one for one in every if all(one[name] == row[name] for name in told)]


def _agree(pairs: Sequence[Mapping[str, Any]], name: str) -> bool:
    return bool(pairs) and all(one[name] == pairs[0][name] for one in pairs)


def _picture(row: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> Cell:
    if row.get("smiles"):
        return structure(str(row["smiles"]))
    for column in ("smiles", "binding_form_smiles"):
        # What several products bind as is drawn as it is bound, never as one of them.
        if _agree(pairs, column):
            return structure(str(pairs[0][column]))
    return structure(str(row["binding_form_smiles"])) if row.get("binding_form_smiles") else ""


def _vetoed(found: Iterable[Sequence[Mapping[str, Any]]]) -> list[str]:
    """What is vetoed is said also where no column of dangers was selected."""
    pairs = [row for pairs in found if all(row["safety"]["vetoes"] for row in pairs) for row in pairs]
    named: dict[str, dict[str, None]] = {}
    for row in pairs:
        of_kind = named.setdefault(", ".join(row["safety"]["vetoes"]), {})
        of_kind[pair_name(row["binding_form"], row["partner"])] = None
    return [f"VETO {kind}: {'; '.join(names)}" for kind, names in named.items()]


def _is_safety(value: Any) -> bool:
    return isinstance(value, Mapping) and "dangers_to_people" in value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(value: Any, row: Mapping[str, Any], dangers: Mapping[str, ProductDanger]) -> Cell:
    """Show one value; what is dangerous in words, whatever its column is called."""
    if _is_safety(value):
        return safety_cell(value, row["products"][0] if "products" in row else ["product"], dangers)
    if (
        value is not None
        and value is row.get("measured")
        and {"observed", "observed_qualifiers"} <= row.keys()
    ):
        return measured_of(row)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (f"{value:.2f}" if isinstance(value, float) else flat(value)) or "-"


def assessment_html(assessment: Assessment) -> str:
    """Show one assessment: danger first, then prediction and what was measured, near pairs too."""
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
        ("CAS", row["cas"] or "not verified"),
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
