"""What do rules see of a base, the proton and lead in water?

Three columns for each quantity: the value, where it is from, and its error; what rules grade by has an interval. Rules
read a value that was measured and one that was predicted alike; who wants only the former asks for its origin.
"""

from __future__ import annotations

from ligandkb.descriptors.contract import Descriptors
from ligandkb.descriptors.lead_scale import ORIGINS, Sourced
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Absent, Known, Missing
from ligandkb.provenance import Source

IN_WATER: Descriptors[Ligand] = Descriptors()

_SRD_46 = Source("10.18434/M32154", "most rows of data/lead_affinity.csv")
_FIT = "data/linear_free_energy.json, fitted by benchmarks/linear_free_energy.py"
_MEASURED = Missing("measured: the source's own word on it stands in data/")


def _value(found: Known[Sourced]) -> Known[float]:
    return round(found.estimate.value, 3) if isinstance(found, Sourced) else found


def _origin(found: Known[Sourced]) -> Known[str]:
    return found.origin if isinstance(found, Sourced) else found


def _error(found: Known[Sourced], measured: Absent | None = None) -> Known[float]:
    if not isinstance(found, Sourced):
        return found
    return (
        measured if measured is not None and found.origin != "predicted" else round(found.estimate.error, 3)
    )


def _end(found: Known[Sourced], side: int) -> Known[float]:
    """An end of the interval: an error of a measured value is half of all that was seen."""
    if not isinstance(found, Sourced):
        return found
    errors = 2 if found.origin == "predicted" else 1
    return round(found.estimate.value + side * errors * found.estimate.error, 3)


@IN_WATER.define(
    "conjugate_acid_pka",
    "number",
    "aqueous pKa of the form's conjugate acid: measured on it or on its head, else predicted; lower means a weaker "
    "base",
    minimum=-15,
    maximum=40,
    tier="measured",
    method=f"data/conjugate_acid_pka.csv and data/further_pka.csv, each value with its source; else {_FIT}",
    structure="head",
)
def _conjugate_acid_pka(ligand: Ligand) -> Known[float]:
    return _value(ligand.in_water.pka)


@IN_WATER.define(
    "conjugate_acid_pka_origin",
    "text",
    "where conjugate_acid_pka is from",
    allowed=ORIGINS,
    tier="measured",
    structure="head",
)
def _conjugate_acid_pka_origin(ligand: Ligand) -> Known[str]:
    return _origin(ligand.in_water.pka)


@IN_WATER.define(
    "conjugate_acid_pka_error",
    "number",
    "standard error of a predicted conjugate_acid_pka: root mean square error where each value of the fit is left "
    "out; missing for measured ones, whose source says how good they are",
    minimum=0,
    maximum=10,
    tier="measured",
    method=_FIT,
    structure="head",
)
def _conjugate_acid_pka_error(ligand: Ligand) -> Known[float]:
    return _error(ligand.in_water.pka, _MEASURED)


@IN_WATER.define(
    "lead_log_k1",
    "number",
    "log10 of the first stability constant (L/mol) of the form with Pb2+ in water at ionic strength 1 mol/L: "
    "measured, brought there as acetate's constant goes with charge, or predicted for carboxylates with one charge; "
    "higher means that it holds lead more strongly",
    minimum=-10,
    maximum=40,
    tier="measured",
    method=f"data/lead_affinity.csv; else {_FIT}",
    structure="head",
    source=_SRD_46,
)
def _lead_log_k1(ligand: Ligand) -> Known[float]:
    return _value(ligand.in_water.log_k1)


@IN_WATER.define(
    "lead_log_k1_origin",
    "text",
    "where lead_log_k1 is from",
    allowed=ORIGINS,
    tier="measured",
    structure="head",
)
def _lead_log_k1_origin(ligand: Ligand) -> Known[str]:
    return _origin(ligand.in_water.log_k1)


@IN_WATER.define(
    "lead_log_k1_error",
    "number",
    "standard error of lead_log_k1: half the range between ionic strengths, at least their pooled scatter; of a "
    "prediction that of the line, the second donor and the pKa",
    minimum=0,
    maximum=10,
    tier="measured",
    structure="head",
)
def _lead_log_k1_error(ligand: Ligand) -> Known[float]:
    return _error(ligand.in_water.log_k1)


@IN_WATER.define(
    "lead_over_proton",
    "number",
    "log K1 of Pb2+ less the pKa of the proton at the donor that binds, both in water at ionic strength 1 mol/L "
    "(acetate -2.5); higher means that lead does better against the proton",
    minimum=-40,
    maximum=40,
    tier="measured",
    method=f"data/lead_affinity.csv; else {_FIT}",
    structure="head",
    source=_SRD_46,
)
def _lead_over_proton(ligand: Ligand) -> Known[float]:
    return _value(ligand.in_water.over_proton)


@IN_WATER.define(
    "lead_over_proton_above_acetate",
    "number",
    "lead_over_proton less that of acetate at the same ionic strength; anions with one charge only",
    minimum=-40,
    maximum=40,
    tier="measured",
    method=f"data/lead_affinity.csv; else {_FIT}",
    structure="head",
    source=_SRD_46,
)
def _lead_over_proton_above_acetate(ligand: Ligand) -> Known[float]:
    return _value(ligand.in_water.over_proton_above_acetate)


_INTERVAL = (
    "of lead_over_proton_above_acetate: of measured values all that the ionic strengths said, of predicted ones two "
    "standard errors, since half of the acids outside the fit lay beyond one; acetate itself is exactly 0"
)


@IN_WATER.define(
    "lead_over_proton_above_acetate_low",
    "number",
    f"lower end {_INTERVAL}",
    minimum=-40,
    maximum=40,
    tier="measured",
    structure="head",
)
def _lead_over_proton_above_acetate_low(ligand: Ligand) -> Known[float]:
    return _end(ligand.in_water.over_proton_above_acetate, -1)


@IN_WATER.define(
    "lead_over_proton_above_acetate_high",
    "number",
    f"upper end {_INTERVAL}",
    minimum=-40,
    maximum=40,
    tier="measured",
    structure="head",
)
def _lead_over_proton_above_acetate_high(ligand: Ligand) -> Known[float]:
    return _end(ligand.in_water.over_proton_above_acetate, 1)


@IN_WATER.define(
    "lead_over_proton_origin",
    "text",
    "where lead_over_proton is from",
    allowed=ORIGINS,
    tier="measured",
    structure="head",
)
def _lead_over_proton_origin(ligand: Ligand) -> Known[str]:
    return _origin(ligand.in_water.over_proton)


@IN_WATER.define(
    "lead_over_proton_error",
    "number",
    "standard error of lead_over_proton, found as that of lead_log_k1",
    minimum=0,
    maximum=10,
    tier="measured",
    structure="head",
)
def _lead_over_proton_error(ligand: Ligand) -> Known[float]:
    return _error(ligand.in_water.over_proton)
