"""How hard or soft is it, beside what it is held against?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.reports.called import shortened
from ligandkb.reports.document import Block, Column, items, table

_COLUMNS = (
    ("HSAB", "hsab_class", "{}"),
    ("hardness", "hardness_ev", "{:.2f} eV"),
    ("softness", "softness_per_ev", "{:.3f}/eV"),
    ("charge", "donor_charge_e", "{:.2f} e"),
    ("pKa", "conjugate_acid_pka", "{:.1f}"),
    ("Pb/H+", "lead_over_proton_above_acetate", "{:+.2f}"),
    ("on lead", "lead_adsorption_energy_ev", "{:.2f} eV"),
)
_ALWAYS = 3
"""The first columns stand there also where nobody knows the value."""
_NAME = 20
"""Characters of a name, with which the table fits 80."""
_LEAD_OVER_PROTON = "Pb/H+: log units by which it prefers lead to H+ more than acetate does"
_ON_LEAD = "on lead: adsorption energy by one model, on FAPbI3 in vacuum"


def hard_or_soft(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Hardness and softness, charge of the donor and what the acid says, the references below.

    Parameters
    ----------
    names : sequence of str
        What each is called.
    explanations : sequence of mapping
        As from :func:`ligandkb.assessment.explanation.explanation_record`.

    Returns
    -------
    list of Block
        The table, and what its columns mean; columns that none of the ligands fills are left out.
    """
    references = {one["reference"]["binding_form"]: one["reference"]["descriptors"] for one in explanations}
    own = [_cells(one["descriptors"]) for one in explanations]
    if all(cell == "-" for row in own for cell in row):
        return [items("nothing is known of how hard or soft it is")]
    kept = [
        place for place in range(len(_COLUMNS)) if place < _ALWAYS or any(row[place] != "-" for row in own)
    ]
    rows = [
        *zip(names, own, strict=True),
        *((f"vs {name}", _cells(described)) for name, described in references.items()),
    ]
    columns = [Column("binds"), *(Column(_COLUMNS[place][0], right=True) for place in kept)]
    shown = {_COLUMNS[place][1] for place in kept}
    said = [
        *([_LEAD_OVER_PROTON] if "lead_over_proton_above_acetate" in shown else []),
        *([_ON_LEAD] if "lead_adsorption_energy_ev" in shown else []),
        *dict.fromkeys(_to_compute(one["to_compute"]) for one in explanations if one["to_compute"]),
    ]
    cells = [(shortened(name, _NAME), *(row[place] for place in kept)) for name, row in rows]
    return [table(columns, cells), *([items(*said)] if said else [])]


def _cells(described: Mapping[str, Any]) -> list[str]:
    values = [described.get(name, {}).get("value") for _, name, _ in _COLUMNS]
    return [
        "-" if value is None else shape.format(value)
        for value, (_, _, shape) in zip(values, _COLUMNS, strict=True)
    ]


def _to_compute(what_helps: str) -> str:
    install = "pip install 'ligandkb[quantum]'"
    helps = install if install in what_helps else "explain does it without --no-compute"
    return f"hardness isn't computed: {helps}"
