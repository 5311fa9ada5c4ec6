"""What follows for each row?

Strong Kleene logic: a condition is true, false or unknown. It is unknown where it hangs on a value that is
missing or failed, or on a number that isn't finite: x/0, the root of a negative number, the logarithm of 0.
A rule that would be unknown and reads a value that is not applicable is silent. A rule whose condition holds
and whose grade isn't known is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ligandkb.problems import UsageError
from ligandkb.rules.grades import Grades, grades_of
from ligandkb.rules.rulebook import Rule, Rulebook
from ligandkb.rules.table import Flags, Mask, Numbers, Table
from ligandkb.rules.truths import Truths

__all__ = ["Evaluation", "Table", "evaluate"]

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
    counts : numpy.ndarray of int8
        Shape (n_rules, n_rows): +1 where the rule's weight counts, 0 where it widens the range, -1 elsewhere.
        Of the rules of an exclusive group one weight counts: of those that fired, that which adds most (of
        equal ones, the first in the rulebook). Where none fired, each end of the score's range takes the one
        of those that are unknown that may add most.
    grades : dict of int to Grades
        Of each graded rule, by its number.
    """

    truth: Flags
    not_applicable: Mask
    score: Numbers
    score_low: Numbers
    score_high: Numbers
    vetoes: dict[str, Flags]
    tags: dict[str, Flags]
    counts: Flags
    grades: dict[int, Grades] = field(default_factory=dict)

    def added(self, rule: Rule, number: int, row: int) -> tuple[float, float, float]:
        """Log-odds that a rule adds to a row's score, and to the lower and the upper end of its range.

        Parameters
        ----------
        rule : Rule
        number, row : int
            Its number in the rulebook, and that of the row, from 0.

        Returns
        -------
        value, low, high : float
        """
        if rule.weight is None or self.counts[number, row] < 0:
            return 0.0, 0.0, 0.0
        amounts = _amounts(rule, self.grades.get(number), slice(row, row + 1))
        value, low, high = (float(np.ravel(end)[0]) for end in amounts)
        return (value, low, high) if self.counts[number, row] > 0 else (0.0, min(low, 0.0), max(high, 0.0))

    def added_by_grade(self, rule: Rule, number: int) -> Numbers:
        """Log-odds that a graded rule adds to the score of each row; its arguments as of :meth:`added`."""
        value, _, _ = _amounts(rule, self.grades[number], slice(None))
        return np.where(self.counts[number] > 0, value, 0.0)


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
        counts=np.empty((len(rules), n_rows), dtype=np.int8),
        grades={number: Grades.empty(n_rows) for number, rule in enumerate(rules) if rule.graded},
    )
    needed = sorted({name for rule in rules for name in rule.columns})
    if n_rows and (lacking := [name for name in needed if name not in table.names]):
        raise UsageError(f"the table has no column {', '.join(lacking)}, which the rules read")
    for start in range(0, n_rows, ROWS_AT_ONCE):
        rows = slice(start, min(start + ROWS_AT_ONCE, n_rows))
        _grade(rules, table, evaluation, rows)
        _decide(rules, Truths(table, rows), evaluation, rows)
        _weigh(rules, evaluation, rows)
        _add_up(rules, evaluation, rows)
        _name(rules, evaluation, rows)
    return evaluation


def _grade(rules: Sequence[Rule], table: Table, evaluation: Evaluation, rows: slice) -> None:
    for number, grades in evaluation.grades.items():
        for whole, part in zip(grades, grades_of(rules[number].graded, table, rows), strict=True):
            whole[rows] = part


def _decide(rules: Sequence[Rule], truths: Truths, evaluation: Evaluation, rows: slice) -> None:
    for number, rule in enumerate(rules):
        truth, silent = truths.of_rule(rule.when)
        evaluation.truth[number, rows] = truth
        if silent is not None:
            evaluation.not_applicable[number, rows] = silent
        if number in evaluation.grades:
            _decide_by_grade(number, evaluation, rows)


def _decide_by_grade(number: int, evaluation: Evaluation, rows: slice) -> None:
    grades, truth = evaluation.grades[number], evaluation.truth[number, rows]
    truth[(truth > 0) & np.isnan(grades.value[rows])] = 0
    silent = (truth == 0) & grades.not_applicable[rows]
    truth[silent] = -1
    evaluation.not_applicable[number, rows] |= silent


def _weigh(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    counts = evaluation.counts[:, rows]
    counts[:] = evaluation.truth[:, rows]
    groups: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.weight is None:
            counts[number] = -1
        elif rule.on_unknown != "widen":
            counts[number][counts[number] == 0] = -1
        if rule.weight is not None and rule.exclusive is not None:
            groups.setdefault(rule.exclusive, []).append(number)
    for members in groups.values():
        _choose(rules, members, evaluation, rows)


def _choose(rules: Sequence[Rule], members: Sequence[int], evaluation: Evaluation, rows: slice) -> None:
    """Leave one weight of an exclusive group, or where none fired one for each end of the range."""
    counts = evaluation.counts[members, rows]
    amounts = [_amounts(rules[number], evaluation.grades.get(number), rows) for number in members]
    value, low, high = (
        np.stack([np.broadcast_to(one[end], counts.shape[1:]) for one in amounts]) for end in range(3)
    )
    places = np.arange(len(members))[:, np.newaxis]
    fired = counts > 0
    kept = fired & (places == np.argmax(np.where(fired, np.abs(value), -1.0), axis=0))
    for end in (-low, high):
        may = np.where((counts == 0) & ~fired.any(axis=0), end, 0.0)
        kept |= (may > 0.0) & (places == np.argmax(may, axis=0))
    evaluation.counts[members, rows] = np.where(kept, counts, np.int8(-1))


def _amounts(rule: Rule, grades: Grades | None, rows: slice) -> tuple[Numbers | float, ...]:
    """What a rule adds where it counts, and the ends of its range; a grade that isn't known adds nothing."""
    weight = rule.weight or 0.0
    if grades is None:
        return weight, weight, weight
    one, other = weight * grades.low[rows], weight * grades.high[rows]
    return weight * np.nan_to_num(grades.value[rows]), np.minimum(one, other), np.maximum(one, other)


def _add_up(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    """Add up weights: rules of one weight are counted first, so that few sums of numbers are left."""
    counts = evaluation.counts[:, rows]
    numbers_of: dict[float, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.weight is not None and not rule.graded:
            numbers_of.setdefault(rule.weight, []).append(number)
    score, low, high = evaluation.score[rows], evaluation.score_low[rows], evaluation.score_high[rows]
    for weight, numbers in numbers_of.items():
        alike = counts[numbers]
        side = low if weight < 0 else high
        score += weight * (alike > 0).sum(axis=0, dtype=np.int16)
        side += weight * (alike == 0).sum(axis=0, dtype=np.int16)
    low += score
    high += score
    for number, grades in evaluation.grades.items():
        value, lowest, highest = _amounts(rules[number], grades, rows)
        counted, may = counts[number] > 0, counts[number] == 0
        score += np.where(counted, value, 0.0)
        low += np.where(counted, lowest, np.where(may, np.minimum(lowest, 0.0), 0.0))
        high += np.where(counted, highest, np.where(may, np.maximum(highest, 0.0), 0.0))
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
