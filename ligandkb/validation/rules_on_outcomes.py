"""Does each rule fire more often on what improved than on what didn't?

Counted are binding forms, not outcomes: ten papers on bromide are one form. A form that improved in one paper and
decreased in another counts once on each side, and one on which a rule fires with one partner and not with another
counts once for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.provenance import Source
from ligandkb.rules.evaluate import Evaluation, evaluate
from ligandkb.rules.rule import Rule
from ligandkb.rules.rulebook import Rulebook
from ligandkb.rules.table import Table
from ligandkb.surface.uncertainty import Interval
from ligandkb.validation.judged_outcomes import JudgedOutcome
from ligandkb.validation.measures import Sides, likelihood_ratio, power_to_see

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Pointing(StrEnum):
    """Where counts point, beside what a weight claims."""

    SAME_WAY = "points the same way"
    OTHER_WAY = "points the other way"
    NO_WAY = "points neither way"
    NEVER_FIRED = "fired on none of them"
    NO_WEIGHT = "no weight"


class Support(StrEnum):
    """What supports a weight."""

    COUNT = "count"
    """Forms of sources that it was not written from point its way."""
    COUNT_IN_SAMPLE = "count, in-sample only"
    """Forms of the sources that it was written from do, and no others."""
    SOURCE = "source"
    """A citation that doesn't contradict it."""


@dataclass(frozen=True)
class RuleOnOutcomes:
    """One rule held against measured outcomes, in numbers of binding forms.

    Attributes
    ----------
    rule : Rule
    fired, decided : Sides
        On which it fired, and on which it fired or was silent; neither confounded nor in-sample. A graded rule
        fires where something of its weight counts.
    unknown : Sides
        On which nobody knows whether it holds; likewise.
    in_sample : Sides
        On which it fired, of sources that it was written from.
    confounded : Sides
        On which it fired, where another cause could have made the effect.
    mean_grade : float or None
        Share of its weight that counted where it fired; None where the weight counts whole.
    ratio : Interval
        P(fired | improved) / P(fired | not improved).
    claimed_ratio : float or None
        What its weight, times the mean grade, says that ratio is; None without a weight.
    power : float or None
        Chance that these numbers of forms would show a rule that is as strong as it claims; None without a weight.
    pointing : Pointing
        Where the ratio points.
    supported_by : tuple of Support
        Of a weight; empty where nothing does.
    """

    rule: Rule
    fired: Sides
    decided: Sides
    unknown: Sides
    in_sample: Sides
    confounded: Sides
    mean_grade: float | None
    ratio: Interval
    claimed_ratio: float | None
    power: float | None
    pointing: Pointing
    supported_by: tuple[Support, ...]

    @property
    def base_rate(self) -> float | None:
        """Share that improved of the forms on which it is decided; None without any."""
        return self.decided.improved / self.decided.total if self.decided else None

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the interval of the ratio leaves out 1."""
        return 1.0 not in self.ratio


def rules_on_outcomes(
    rulebook: Rulebook, judged: Sequence[JudgedOutcome], written_from: Mapping[str, frozenset[str]]
) -> tuple[RuleOnOutcomes, ...]:
    """Hold every rule against measured outcomes.

    Parameters
    ----------
    rulebook : Rulebook
    judged : sequence of JudgedOutcome
    written_from : mapping of str to frozenset of str
        From a rule's identifier to the sources whose outcomes are in-sample for it.

    Returns
    -------
    tuple of RuleOnOutcomes
        In the order of the rulebook, each rule once.
    """
    evaluation = evaluate(rulebook, Table.from_rows([one.values for one in judged]))
    confounded = np.array([bool(one.outcome.confound) for one in judged], dtype=bool)
    found = []
    for number, rule in enumerate(rulebook.rules):
        own = written_from.get(rule.id, frozenset())
        in_sample = np.array([one.source in own for one in judged], dtype=bool)
        found.append(_held(rule, number, evaluation, judged, in_sample, confounded))
    return tuple(found)


def _held(
    rule: Rule,
    number: int,
    evaluation: Evaluation,
    judged: Sequence[JudgedOutcome],
    in_sample: NDArray[np.bool_],
    confounded: NDArray[np.bool_],
) -> RuleOnOutcomes:
    truth, grades = evaluation.truth[number], evaluation.grades.get(number)
    fires = (truth > 0) if grades is None else (truth > 0) & (grades.value > 0)
    silent = ~fires & (truth != 0)
    clean, own = ~confounded & ~in_sample, ~confounded & in_sample
    fired, fired_on_own = _forms(judged, fires & clean), _forms(judged, fires & own)
    decided = fired + _forms(judged, silent & clean)
    mean_grade = None if grades is None else _mean_by_form(judged, grades.value, fires & clean)
    claimed = None if rule.weight is None else rule.weight * (1.0 if mean_grade is None else mean_grade)
    ratio = likelihood_ratio(fired, decided)
    ratio_on_own = likelihood_ratio(fired_on_own, fired_on_own + _forms(judged, silent & own))
    pointing = _pointing(claimed, fired, ratio)
    supported: list[Support] = []
    if pointing is Pointing.SAME_WAY:
        supported.append(Support.COUNT)
    elif _pointing(claimed, fired_on_own, ratio_on_own) is Pointing.SAME_WAY:
        supported.append(Support.COUNT_IN_SAMPLE)
    if supporting_sources(rule):
        supported.append(Support.SOURCE)
    share = fired.total / decided.total if decided else 0.0
    return RuleOnOutcomes(
        rule=rule,
        fired=fired,
        decided=decided,
        unknown=_forms(judged, (truth == 0) & clean),
        in_sample=fired_on_own,
        confounded=_forms(judged, fires & confounded),
        mean_grade=mean_grade,
        ratio=ratio,
        claimed_ratio=None if claimed is None else exp(claimed),
        power=None if claimed is None else power_to_see(claimed, decided, share),
        pointing=pointing,
        supported_by=tuple(supported) if rule.weight else (),
    )


def supporting_sources(rule: Rule) -> tuple[Source, ...]:
    """Citations of a rule but those of which the locator says that they contradict it."""
    return tuple(one for one in rule.citations if "contradict" not in one.locator)


def _pointing(claimed: float | None, fired: Sides, ratio: Interval) -> Pointing:
    if not claimed:
        return Pointing.NO_WEIGHT
    if not fired:
        return Pointing.NEVER_FIRED
    if not ratio.value >= 0 or ratio.value == 1:
        return Pointing.NO_WAY
    observed = log(ratio.value) if ratio.value else -1.0
    return Pointing.SAME_WAY if (observed > 0) == (claimed > 0) else Pointing.OTHER_WAY


def _forms(judged: Sequence[JudgedOutcome], chosen: NDArray[np.bool_]) -> Sides:
    """Distinct binding forms among the chosen outcomes, on each side."""
    rows = [judged[number] for number in np.flatnonzero(chosen).tolist()]
    return Sides.of(side for side, _ in {(one.improved, one.outcome.binding_form_smiles) for one in rows})


def _mean_by_form(
    judged: Sequence[JudgedOutcome], grades: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> float | None:
    """Mean over binding forms of the mean grade on each."""
    by_form: dict[str, list[float]] = {}
    for number in np.flatnonzero(chosen).tolist():
        by_form.setdefault(judged[number].outcome.binding_form_smiles, []).append(float(grades[number]))
    return fmean(map(fmean, by_form.values())) if by_form else None
