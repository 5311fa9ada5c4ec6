"""What follows for each row?

Strong Kleene logic: a condition is true, false or unknown. It is unknown where it hangs on a value that is
missing or failed, or on a number that isn't finite: x/0, the root of a negative number, the logarithm of 0.
A rule that would be unknown and reads a value that is not applicable is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ligandkb.problems import UsageError
from ligandkb.rules.rulebook import Rule, Rulebook
from ligandkb.rules.table import Flags, Mask, Numbers, Table
from ligandkb.rules.truths import Truths

__all__ = ["Evaluation", "Table", "evaluate", "weighing"]

ROWS_AT_ONCE = 16384
"""Rows worked out together: few enough that their intermediate results stay in the processor's cache."""

DECIMALS = 9
"""Decimals of scores: sums that are equal on paper have to be equal here, or rounding errors would rank."""


@dataclass(frozen=True)
class Evaluation:
    """What follows from a rulebook for each row of a table.

    Attributes
    ----------
    truth : numpy.ndarray of int8
        Shape (n_rules, n_rows), rules in the rulebook's order: +1 fired, 0 unknown, -1 silent.
    not_applicable : numpy.ndarray of bool
        Shape (n_rules, n_rows): silent since a value that the rule needs has no meaning there.
    score : numpy.ndarray of float64
        Shape (n_rows,): log-odds of the rules that fired.
    score_low, score_high : numpy.ndarray of float64
        Shape (n_rows,): its range over the unknown rules with ``on_unknown: widen``.
    vetoes, tags : dict of str to numpy.ndarray of int8
        For each veto and tag that a rule names, shape (n_rows,): the maximum over its rules. An unknown rule
        leaves it unknown (0), unless the rule says ``on_unknown: ignore``.
    """

    truth: Flags
    not_applicable: Mask
    score: Numbers
    score_low: Numbers
    score_high: Numbers
    vetoes: dict[str, Flags]
    tags: dict[str, Flags]


def evaluate(rulebook: Rulebook, table: Table) -> Evaluation:
    """Evaluate all rules over all rows.

    Parameters
    ----------
    rulebook : Rulebook
    table : Table
        With every column that a rule reads.

    Returns
    -------
    Evaluation

    Raises
    ------
    UsageError
        If the table lacks columns, or a column holds another kind of value than the rules read.
    """
    rules, n_rows = rulebook.rules, len(table)
    evaluation = Evaluation(
        truth=np.empty((len(rules), n_rows), dtype=np.int8),
        not_applicable=np.zeros((len(rules), n_rows), dtype=np.bool_),
        score=np.zeros(n_rows),
        score_low=np.zeros(n_rows),
        score_high=np.zeros(n_rows),
        vetoes={rule.veto: np.full(n_rows, -1, dtype=np.int8) for rule in rules if rule.veto is not None},
        tags={rule.tag: np.full(n_rows, -1, dtype=np.int8) for rule in rules if rule.tag is not None},
    )
    needed = sorted({name for rule in rules for name in rule.when.columns})
    if n_rows and (lacking := [name for name in needed if name not in table.names]):
        raise UsageError(f"the table has no column {', '.join(lacking)}, which the rules read")
    for start in range(0, n_rows, ROWS_AT_ONCE):
        rows = slice(start, min(start + ROWS_AT_ONCE, n_rows))
        _decide(rules, Truths(table, rows), evaluation, rows)
        _add_up(rules, evaluation, rows)
        _name(rules, evaluation, rows)
    return evaluation


def weighing(rules: Sequence[Rule], truth: Flags) -> Flags:
    """Tell which weights count, and which may.

    Of the rules of an exclusive group one weight counts: of those that fired, that of the largest amount (of
    equal ones, the first in the rulebook). Where none fired, each end of the score's range takes the largest
    of those that are unknown.

    Parameters
    ----------
    rules : sequence of Rule
    truth : numpy.ndarray of int8
        Shape (n_rules, n_rows): +1 fired, 0 unknown, -1 silent.

    Returns
    -------
    numpy.ndarray of int8
        Shape (n_rules, n_rows): +1 where the rule's weight counts, 0 where it widens the range, -1 elsewhere.
    """
    counts = truth.copy()
    groups: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.weight is None:
            counts[number] = -1
        elif rule.on_unknown != "widen":
            counts[number][truth[number] == 0] = -1
        if rule.weight is not None and rule.exclusive is not None:
            groups.setdefault(rule.exclusive, []).append(number)
    for members in groups.values():
        heaviest_first = sorted(members, key=lambda number: -abs(rules[number].weight or 0.0))
        fired = _keep_first(counts, heaviest_first, 1, np.zeros(truth.shape[1], dtype=np.bool_))
        for sign in (-1, 1):
            side = [number for number in heaviest_first if sign * (rules[number].weight or 0.0) > 0]
            _keep_first(counts, side, 0, fired)
    return counts


def _keep_first(counts: Flags, numbers: Sequence[int], state: int, taken: Mask) -> Mask:
    """Leave only the first rule that is in a state, and none where another is taken already."""
    for number in numbers:
        hit = counts[number] == state
        counts[number][hit & taken] = -1
        taken = taken | hit
    return taken


def _decide(rules: Sequence[Rule], truths: Truths, evaluation: Evaluation, rows: slice) -> None:
    for number, rule in enumerate(rules):
        truth, silent = truths.of_rule(rule.when)
        evaluation.truth[number, rows] = truth
        if silent is not None:
            evaluation.not_applicable[number, rows] = silent


def _add_up(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    """Add up weights: rules of one weight are counted first, so that few sums of numbers are left."""
    counts = weighing(rules, evaluation.truth[:, rows])
    numbers_of: dict[float, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.weight is not None:
            numbers_of.setdefault(rule.weight, []).append(number)
    score, low, high = evaluation.score[rows], evaluation.score_low[rows], evaluation.score_high[rows]
    for weight, numbers in numbers_of.items():
        alike = counts[numbers]
        side = low if weight < 0 else high
        score += weight * (alike > 0).sum(axis=0, dtype=np.int16)
        side += weight * (alike == 0).sum(axis=0, dtype=np.int16)
    low += score
    high += score
    for values in (score, low, high):
        np.round(values, DECIMALS, out=values)


def _name(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    for number, rule in enumerate(rules):
        for name, named in ((rule.veto, evaluation.vetoes), (rule.tag, evaluation.tags)):
            if name is not None:
                truth = evaluation.truth[number, rows]
                if rule.on_unknown == "ignore":
                    truth = np.where(truth == 0, np.int8(-1), truth)
                np.maximum(named[name][rows], truth, out=named[name][rows])
