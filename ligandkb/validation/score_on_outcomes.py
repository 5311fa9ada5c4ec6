"""Does the score put what improved above what didn't, on outcomes that its rules were not written from?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ligandkb.chemistry.structure import parse
from ligandkb.missing import Known, Missing
from ligandkb.rules.evaluate import Evaluation, evaluate
from ligandkb.rules.rulebook import Rulebook
from ligandkb.rules.table import Table
from ligandkb.surface.uncertainty import Interval
from ligandkb.validation.in_sample import without
from ligandkb.validation.judged_outcomes import JudgedOutcome
from ligandkb.validation.measures import Sides, compare_separations

QUENCH_TAG = "may-quench"


@dataclass(frozen=True)
class ScoredOutcome:
    """An outcome with its score, and with what must be beaten.

    Attributes
    ----------
    judged : JudgedOutcome
    score : float
        Log-odds by all rules, in-sample ones among them.
    score_out_of_sample : float
        Without the rules that were written from its source.
    left_out : tuple of str
        Those rules, where they have a weight.
    is_tagged : bool
        Whether a rule that was not written from its source says that it may quench.
    """

    judged: JudgedOutcome
    score: float
    score_out_of_sample: float
    left_out: tuple[str, ...]
    is_tagged: bool


@dataclass(frozen=True)
class Predictor:
    """Something that orders outcomes, held against them beside the score.

    Attributes
    ----------
    name : str
    on : Sides
        Outcomes for which it has a value.
    sources : int
        From how many sources they are.
    auc : Interval
        Chance that an outcome that improved stands above one that did not, ties counting half.
    score_auc : Interval
        Of the score out of sample, on the same outcomes.
    difference : Interval
        Score less this.
    """

    name: str
    on: Sides
    sources: int
    auc: Interval
    score_auc: Interval
    difference: Interval


def scored_outcomes(
    rulebook: Rulebook, judged: Sequence[JudgedOutcome], written_from: Mapping[str, frozenset[str]]
) -> tuple[ScoredOutcome, ...]:
    """Score every outcome by all rules, and without those that were written from its own source.

    Parameters
    ----------
    rulebook : Rulebook
    judged : sequence of JudgedOutcome
    written_from : mapping of str to frozenset of str
        From a rule's identifier to the sources that it was written from.

    Returns
    -------
    tuple of ScoredOutcome
        In the order given.
    """
    rows_of: dict[frozenset[str], list[int]] = defaultdict(list)
    for row, one in enumerate(judged):
        rows_of[frozenset(rule for rule, own in written_from.items() if one.source in own)].append(row)
    whole = evaluate(rulebook, Table.from_rows([one.values for one in judged]))
    weighted = {rule.id for rule in rulebook.rules if rule.weight}
    found: dict[int, ScoredOutcome] = {}
    for left_out, rows in rows_of.items():
        reduced = evaluate(without(rulebook, left_out), Table.from_rows([judged[row].values for row in rows]))
        for place, row in enumerate(rows):
            found[row] = ScoredOutcome(
                judged[row],
                float(whole.score[row]),
                float(reduced.score[place]),
                tuple(sorted(left_out & weighted)),
                _is_tagged(reduced, place),
            )
    return tuple(found[row] for row in range(len(judged)))


def _is_tagged(evaluation: Evaluation, row: int) -> bool:
    truth = evaluation.tags.get(QUENCH_TAG)
    return truth is not None and bool(truth[row] > 0)


def _negative(value: Known[object]) -> Known[float]:
    return -value if isinstance(value, float) else Missing()


_PREDICTORS: tuple[tuple[str, Callable[[ScoredOutcome], Known[float]]], ...] = (
    ("score, out of sample", lambda one: one.score_out_of_sample),
    ("score, all rules (in-sample)", lambda one: one.score),
    ("constant", lambda _: 0.0),
    (
        "low pKa of the conjugate acid",
        lambda one: _negative(one.judged.values.get("conjugate_acid_pka", Missing())),
    ),
    ("more heavy atoms in the head", lambda one: float(parse(one.judged.head).GetNumHeavyAtoms())),
    (f"not tagged {QUENCH_TAG}", lambda one: -float(one.is_tagged)),
)
"""In the direction that is expected of what improved: none is turned round when it fails."""


def predictors(
    scored: Sequence[ScoredOutcome], beside: Mapping[str, Mapping[str, float]] | None = None
) -> tuple[Predictor, ...]:
    """Hold the score, and what it must beat, against outcomes.

    Parameters
    ----------
    scored : sequence of ScoredOutcome
    beside : mapping of str to mapping of str to float, optional
        Other scores, such as those of an earlier release: from a name to the score of each outcome by identifier.

    Returns
    -------
    tuple of Predictor
        The score out of sample first. Each is held against the outcomes for which it has a value, with the score on
        the same ones beside it.
    """
    values = [(name, [value_of(one) for one in scored]) for name, value_of in _PREDICTORS]
    values += [
        (name, [given.get(one.judged.outcome.id, Missing()) for one in scored])
        for name, given in (beside or {}).items()
    ]
    return tuple(_predictor(name, found, scored) for name, found in values)


def _predictor(name: str, values: Sequence[Known[float]], scored: Sequence[ScoredOutcome]) -> Predictor:
    known = {row: value for row, value in enumerate(values) if isinstance(value, float)}
    chosen = [scored[row] for row in known]
    improved = [one.judged.improved for one in chosen]
    sources = [one.judged.source for one in chosen]
    scores = [one.score_out_of_sample for one in chosen]
    found = compare_separations(scores, list(known.values()), improved, sources)
    return Predictor(name, Sides.of(improved), len(set(sources)), found.other, found.auc, found.difference)
