"""How well do the lines that stand in for measurement predict what was measured, and what does Table 1 say to them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ligandkb.reports.document import Block, Column, Document, Facts, Section, items, signed, table
from ligandkb.reports.machine import plain
from ligandkb.reports.scale_on_table1 import scale_record, scale_section
from ligandkb.validation.least_squares import Fit, Value
from ligandkb.validation.linear_free_energy import LinearFreeEnergy
from ligandkb.validation.scale_on_table1 import OnTableOne

COLUMNS = ("model", "smiles", "measured", "without_it", "difference")
_WORST = 8
HOW = (
    "Every figure is of values that the fit had not seen: each is left out in turn. The constant is the mean of all "
    "others, what a line has to beat. The pKa of a molecule with several equal groups is shown for one of them.",
    "How fast an atom's effect fades and what a triple bond counts was chosen on the same acids.",
    "Fitted on data/conjugate_acid_pka.csv, data/further_pka.csv and data/lead_affinity.csv alone, without any outcome "
    "on a perovskite.",
)


def scale_document(found: LinearFreeEnergy, on_table1: OnTableOne, meta: Mapping[str, Any]) -> Document:
    """Fill a document with what each fit says of the values left out, and with the scale on Table 1.

    Parameters
    ----------
    found : LinearFreeEnergy
    on_table1 : OnTableOne
    meta : mapping

    Returns
    -------
    Document
        As rows, for CSV, every value that was left out of its fit.
    """
    donors = [
        (donor.kind, f"{donor.increment.value:+.2f}", f"{donor.increment.error:.2f}", str(donor.increment.n),
         ", ".join(f"{smiles} {value:+.2f}" for smiles, value in donor.ligands))
        for donor in found.second_donors
    ]  # fmt: skip
    columns = (
        "second donor", Column("adds to log K1", right=True), Column("error", right=True), Column("n", right=True),
        Column("ligands", wraps=True, below=True),
    )  # fmt: skip
    blocks: tuple[Block, ...] = (
        items(*HOW),
        *(_section(fit) for fit in (*found.acidity, found.lead_line)),
        Section("What a second donor adds to the line", (table(columns, donors),)),
        scale_section(on_table1),
    )
    record = {
        "how": list(HOW),
        **plain(found),
        "on_table1": scale_record(on_table1),
        "rows": [_row(fit, value) for fit in (*found.acidity, found.lead_line) for value in fit.values],
    }
    title = "Acidity and affinity for lead, left out one by one, and on Table 1"
    return signed(Document(title, blocks, record, csv_columns=COLUMNS), meta)


def _row(fit: Fit, value: Value) -> dict[str, Any]:
    return {
        "model": fit.model.name,
        "smiles": value.name,
        "measured": value.measured,
        "without_it": value.without,
        "difference": value.measured - value.without,
    }


def _section(fit: Fit) -> Section:
    model = fit.model
    facts = (
        ("values", str(model.n)),
        ("mean absolute error", f"{model.mean_absolute_error:.2f}, of a constant {model.of_a_constant:.2f}"),
        ("root mean square error", f"{model.root_mean_square_error:.2f}"),
        ("rank correlation", f"{fit.spearman:.2f}"),
    )
    number = [Column(name, right=True) for name in ("coefficient", "error", "from", "to")]
    coefficients = [
        (term, f"{one.value:+.2f}", f"{one.error:.2f}", f"{one.lowest:.2f}", f"{one.highest:.2f}")
        for term, one in model.coefficients.items()
    ]
    worst = sorted(fit.values, key=lambda value: -abs(value.measured - value.without))[:_WORST]
    residuals = [
        (one.name, f"{one.measured:.2f}", f"{one.without:.2f}", f"{one.measured - one.without:+.2f}")
        for one in worst
    ]
    heading = [Column(name, right=True) for name in ("measured", "without it", "difference")]
    return Section(
        model.name,
        (Facts(facts), table(("term", *number), coefficients), table(("furthest off", *heading), residuals)),
    )
