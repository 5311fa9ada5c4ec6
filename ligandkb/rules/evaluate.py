"""What follows for each row?

Strong Kleene logic: a condition is true, false or unknown. It is unknown where it hangs on a value that is
missing or failed, or on a number that isn't finite: x/0, the root of a negative number, the logarithm of 0.
A rule that would be unknown and reads a value that is not applicable is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ligandkb.problems import UsageError
from ligandkb.rules.plan import Plan, make_plan
from ligandkb.rules.rulebook import Rule, Rulebook
from ligandkb.rules.table import Flags, Mask, Numbers, Table

__all__ = ["Evaluation", "Table", "contribution", "evaluate"]

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
    if n_rows:
        plan = plan_rules(rulebook, table)
        masks = [_masks(rule, table) for rule in rules]
        for start in range(0, n_rows, ROWS_AT_ONCE):
            rows = slice(start, min(start + ROWS_AT_ONCE, n_rows))
            _decide(plan, masks, evaluation, rows)
            _add_up(rules, evaluation, rows)
            _name(rules, evaluation, rows)
    return evaluation


def plan_rules(rulebook: Rulebook, table: Table) -> Plan:
    """Plan the conditions of all rules over a table."""
    needed = sorted({name for rule in rulebook.rules for name in rule.when.columns})
    lacking = [name for name in needed if name not in table.names]
    if lacking:
        raise UsageError(f"the table has no column {', '.join(lacking)}, which the rules read")
    return make_plan([rule.when.expression for rule in rulebook.rules], table)


def contribution(rule: Rule, truth: int) -> tuple[float, float]:
    """Lowest and highest log-odds that a rule adds.

    Parameters
    ----------
    rule : Rule
    truth : int
        +1 fired, 0 unknown, -1 silent.

    Returns
    -------
    tuple of float
    """
    if rule.weight is None or truth < 0 or (truth == 0 and rule.on_unknown != "widen"):
        return 0.0, 0.0
    if truth > 0:
        return rule.weight, rule.weight
    return min(rule.weight, 0.0), max(rule.weight, 0.0)


def _masks(rule: Rule, table: Table) -> list[Mask]:
    """Where the values that a rule needs are not applicable."""
    masks = (table[name].not_applicable for name in sorted(rule.when.compared_columns))
    return [mask for mask in masks if mask is not None]


def _decide(plan: Plan, masks: Sequence[Sequence[Mask]], evaluation: Evaluation, rows: slice) -> None:
    results = plan.run(rows)
    for number, condition in enumerate(plan.conditions):
        truth = evaluation.truth[number, rows]
        truth[:] = results[condition]
        if masks[number]:
            silent = evaluation.not_applicable[number, rows]
            for mask in masks[number]:
                silent |= mask[rows]
            silent &= truth == 0
            truth -= silent.view(np.int8)


def _add_up(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    """Add up weights: rules of one weight are counted first, so that few sums of numbers are left."""
    fired: dict[float, list[Mask]] = {}
    widening: dict[float, list[Mask]] = {}
    for number, rule in enumerate(rules):
        if rule.weight is not None:
            truth = evaluation.truth[number, rows]
            fired.setdefault(rule.weight, []).append(truth > 0)
            if rule.on_unknown == "widen":
                widening.setdefault(rule.weight, []).append(truth == 0)
    sums = (evaluation.score[rows], evaluation.score_low[rows], evaluation.score_high[rows])
    score, low, high = sums
    for weight, hits in fired.items():
        score += weight * _count(hits)
    for weight, hits in widening.items():
        side = low if weight < 0 else high
        side += weight * _count(hits)
    low += score
    high += score
    for values in sums:
        np.round(values, DECIMALS, out=values)


def _count(hits: Sequence[Mask]) -> NDArray[np.signedinteger[Any]]:
    """In how many of some masks each row is."""
    counts = np.zeros(len(hits[0]), dtype=np.min_scalar_type(-len(hits)))
    for hit in hits:
        counts += hit
    return counts


def _name(rules: Sequence[Rule], evaluation: Evaluation, rows: slice) -> None:
    for number, rule in enumerate(rules):
        for name, named in ((rule.veto, evaluation.vetoes), (rule.tag, evaluation.tags)):
            if name is not None:
                truth = evaluation.truth[number, rows]
                if rule.on_unknown == "ignore":
                    truth = np.where(truth == 0, np.int8(-1), truth)
                np.maximum(named[name][rows], truth, out=named[name][rows])
