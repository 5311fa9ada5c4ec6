"""Does lead against the proton part the heads of Table 1, and how many of them does it reach?

In-sample: zero, scale and ramp of the rule were declared with Table 1 known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from statistics import fmean

import numpy as np

from ligandkb.assessment.judge import Assessment
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.evidence.outcomes import Effect, Outcome
from ligandkb.missing import Known, Missing, is_present
from ligandkb.validation.by_head import Separation, separation
from ligandkb.validation.table1_entries import TableOne, nulls_by_head

SCALE = "lead over proton, above acetate"
LEAD_ALONE = "log K1 of lead, whatever the proton does"


@dataclass(frozen=True)
class FormOnScale:
    """One X-type form of Table 1 on the scale.

    Attributes
    ----------
    name, smiles, head : str
    improved : bool
        Whether it stands in the left column.
    confound : str
        Why the entry may say little about binding, else empty.
    log_k1 : float, or the reason for its absence
        log10 of the first stability constant with lead, in L/mol.
    above_acetate, low, high : float, or the reason for its absence
        Log K1 less pKa, against acetate, and the ends of its interval.
    origin : str, or the reason for its absence
        How it is known.
    rules : tuple of str
        Rules with a weight that fired on it.
    elsewhere : tuple of Outcome
        What other sources measured with this form.
    """

    name: str
    smiles: str
    head: str
    improved: bool
    confound: str
    log_k1: Known[float]
    above_acetate: Known[float]
    low: Known[float]
    high: Known[float]
    origin: Known[str]
    rules: tuple[str, ...]
    elsewhere: tuple[Outcome, ...]

    @property
    def is_half_known(self) -> bool:
        """Whether lead's constant is known and its place against the proton isn't."""
        return is_present(self.log_k1) and not is_present(self.above_acetate)


@dataclass(frozen=True)
class OnTableOne:
    """The scale and what it has to beat, head by head.

    Attributes
    ----------
    forms : tuple of FormOnScale
    heads, reached : tuple of str
        Distinct heads, and those with a value on the scale.
    on_all : tuple of Separation
        The scale first; each on all heads for which it has a value.
    on_reached : tuple of Separation
        The same on the heads that the scale reaches.
    acetate_log_k1 : float
        What lead's constants are compared with, in log10 of L/mol.
    smallest_p : float
        The least that any order of the heads reached could have.
    """

    forms: tuple[FormOnScale, ...]
    heads: tuple[str, ...]
    reached: tuple[str, ...]
    on_all: tuple[Separation, ...]
    on_reached: tuple[Separation, ...]
    acetate_log_k1: float
    smallest_p: float


def scale_on_table1(table: TableOne) -> OnTableOne:
    """Hold the scale against Table 1, the unit being the distinct X-type head.

    Parameters
    ----------
    table : TableOne

    Returns
    -------
    OnTableOne

    Examples
    --------
    >>> import ligandkb
    >>> found = scale_on_table1(ligandkb.load([], []).table1())
    >>> len(found.heads), len(found.reached)
    (10, 4)
    """
    by_form: dict[str, FormOnScale] = {}
    for assessment, outcome in table.judged():
        form = assessment.pair.form.form
        if form.ligand_class is LigandClass.X and form.smiles not in by_form:
            by_form[form.smiles] = _form(table, assessment, outcome)
    forms = tuple(sorted(by_form.values(), key=lambda one: not one.improved))
    heads = tuple(dict.fromkeys(one.head for one in forms))
    improved = set(table.heads().improved)
    entries = [entry for entry in table.entries() if entry.head in heads]
    scales = {
        SCALE: (+1, _mean_by_head(forms, "above_acetate")),
        LEAD_ALONE: (+1, _mean_by_head(forms, "log_k1")),
    }
    tried = {**scales, **nulls_by_head(entries)}
    reached = tuple(head for head in heads if head in scales[SCALE][1])
    return OnTableOne(
        forms=forms,
        heads=heads,
        reached=reached,
        on_all=_separations(tried, heads, improved),
        on_reached=_separations(tried, reached, improved),
        acetate_log_k1=table.judge.aqueous.lead.acetate_log_k1,
        smallest_p=1 / comb(len(reached), len(improved.intersection(reached))),
    )


def _form(table: TableOne, assessment: Assessment, outcome: Outcome) -> FormOnScale:
    form, values = assessment.pair.form, assessment.values
    fired = (state.rule for state in table.judge.explain(assessment) if state.state == "fired")

    def number(name: str) -> Known[float]:
        value = values[name]
        return Missing(str(value)) if isinstance(value, str | bool) else value

    def words(name: str) -> Known[str]:
        value = values[name]
        return str(value) if isinstance(value, str | bool | float) else value

    return FormOnScale(
        name=form.name,
        smiles=form.form.smiles,
        head=assessment.head,
        improved=outcome.effect is Effect.IMPROVED,
        confound=outcome.confound,
        log_k1=number("lead_log_k1"),
        above_acetate=number("lead_over_proton_above_acetate"),
        low=number("lead_over_proton_above_acetate_low"),
        high=number("lead_over_proton_above_acetate_high"),
        origin=words("lead_over_proton_origin"),
        rules=tuple(rule.id for rule in fired if rule.weight),
        elsewhere=tuple(
            other
            for other in table.outcomes
            if other.binding_form_smiles == form.form.smiles and other.effect and not other.is_in_table_1
        ),
    )


def _mean_by_head(forms: Sequence[FormOnScale], name: str) -> dict[str, float]:
    """Mean over the forms of each head that have a value, as the nulls are taken."""
    found: dict[str, list[float]] = {}
    for form in forms:
        if isinstance(value := getattr(form, name), float):
            found.setdefault(form.head, []).append(value)
    return {head: fmean(values) for head, values in found.items()}


def _separations(
    tried: Mapping[str, tuple[int, Mapping[str, float]]], heads: Sequence[str], improved: set[str]
) -> tuple[Separation, ...]:
    observed = np.array([head in improved for head in heads])
    return tuple(separation(name, entry, heads, observed) for name, entry in tried.items())
