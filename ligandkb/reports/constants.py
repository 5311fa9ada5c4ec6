"""What do measured constants say for each of several ligands, and what does that add to their scores?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.reports.document import Cell, Column, Section, items, table
from ligandkb.reports.full_explanation import effect_text

_BY = "lead_over_proton_above_acetate"
_ENDS = (f"{_BY}_low", f"{_BY}_high")
SHOWN = (
    *(
        "conjugate_acid_pka",
        "lead_log_k1",
        "lead_log_k1_origin",
        "lead_over_proton",
        "lead_over_proton_origin",
    ),
    *(_BY, *_ENDS),
)
"""Descriptors that the section shows."""

HOW_TO_READ = (
    "In water, with lead and the proton competing for the same anion. log K1 is lead's at ionic strength 1 mol/L, the "
    "pKa stands at 0; log K1 - pKa has both at one ionic strength, so it isn't the difference of the two columns "
    "before it. Above acetate: the more, the better lead does against the proton; oleate's head is acetate.",
)


def constants_section(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> Section | None:
    """Constants of lead and of the proton, what they add to the score, and where computed hardness says otherwise.

    Parameters
    ----------
    names : sequence of str
        What each is called, in the order of ``explanations``.
    explanations : sequence of mapping
        Results of :func:`ligandkb.assessment.explanation.explanation_record`.

    Returns
    -------
    Section or None
        None where nothing is known of lead against the proton for any of them.
    """
    described = [explained["descriptors"] for explained in explanations]
    if all(_number(one, _BY) is None for one in described):
        return None
    rows = [_row(name, explained) for name, explained in zip(names, explanations, strict=True)]
    columns = [
        Column("form"),
        *(Column(name, right=True) for name in ("log K1", "pKa", "log K1 - pKa")),
        *map(Column, ("above acetate", "known")),
        Column("adds", wraps=True),
        Column("verdict"),
        Column("why not", wraps=True, below=True),
    ]
    if all(row[-1] == "-" for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    against = [
        line
        for name, one in zip(names, described, strict=True)
        if (line := _hardness_disagrees(name, one)) is not None
    ]
    blocks = (table(columns, rows), items(*HOW_TO_READ, *against))
    return Section("Lead against the proton", blocks)


def _row(name: str, explained: Mapping[str, Any]) -> tuple[Cell, ...]:
    described = explained["descriptors"]
    log_k1, pka, difference = (
        _number(described, column) for column in ("lead_log_k1", "conjugate_acid_pka", "lead_over_proton")
    )
    above = _number(described, _BY)
    low, high = (_number(described, column) for column in _ENDS)
    interval = f" ({low:+.2f} to {high:+.2f})" if low is not None and high is not None and low != high else ""
    origin = described.get("lead_over_proton_origin" if above is not None else "lead_log_k1_origin", {})
    return (
        name,
        "-" if log_k1 is None else f"{log_k1:.2f}",
        "-" if pka is None else f"{pka:.2f}",
        "-" if difference is None else f"{difference:.2f}",
        "-" if above is None else f"{above:+.2f}{interval}",
        str(origin.get("value") or "-"),
        _adds(explained["rules"]),
        str(explained["verdict"]),
        "-" if above is not None else str(described[_BY]["state"]) if _BY in described else "-",
    )


def _adds(rules: Sequence[Mapping[str, Any]]) -> str:
    """What the rules that are graded by the constants add."""
    said = [
        effect_text(rule) if rule["state"] == "fired" else rule["state"]
        for rule in rules
        if _BY in rule["graded_by"] and rule["state"] in ("fired", "unknown")
    ]
    return "; ".join(said) or "-"


def _hardness_disagrees(name: str, described: Mapping[str, Any]) -> str | None:
    """A line where computed hardness puts a ligand on the other side of oleate than the constants do."""
    harder, *ends = (_number(described, column) for column in ("hardness_above_reference_ev", *_ENDS))
    low, high = ends
    if harder is None or low is None or high is None or not (low > 0 < harder or high < 0 > harder):
        return None
    softer_or_harder = "harder" if harder > 0 else "softer"
    return (
        f"{name}: computed hardness says the opposite, {abs(harder):.2f} eV {softer_or_harder} than oleate. It is a "
        "property of the free ion and goes with the ion's size, small ones being hard. The constants weigh lead and "
        "the proton themselves, so they count and hardness doesn't."
    )


def _number(described: Mapping[str, Any], column: str) -> float | None:
    value = described.get(column, {}).get("value")
    return float(value) if isinstance(value, int | float) else None
