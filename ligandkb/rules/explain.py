"""Why did each rule fire, or not, on this row?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ligandkb.missing import Failed, Missing
from ligandkb.rules.evaluate import contribution, evaluate, plan_rules
from ligandkb.rules.expressions import LEAVES, Expression
from ligandkb.rules.rulebook import Rule, Rulebook
from ligandkb.rules.table import Table, Value


@dataclass(frozen=True)
class Clause:
    """One comparison of a condition.

    Attributes
    ----------
    text : str
        As it stands in the rule.
    truth : int
        +1 true, 0 unknown, -1 false.
    values : mapping of str to float, str, bool, Missing, Failed or NotApplicable
        What its columns hold, by name.
    """

    text: str
    truth: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class RuleState:
    """What became of one rule on one row.

    Attributes
    ----------
    rule : Rule
    state : str
        ``"fired"``, ``"silent"``, ``"unknown"`` or ``"not applicable"``.
    clauses : tuple of Clause
        The comparisons of its condition, in their order.
    missing : mapping of str to str
        For an unknown rule: the columns that made it so, each with the reason.
    text : str
        Its explanation, with values filled in.
    contribution : tuple of float
        Lowest and highest log-odds that it adds.
    """

    rule: Rule
    state: str
    clauses: tuple[Clause, ...]
    missing: Mapping[str, str]
    text: str
    contribution: tuple[float, float]


def explain_row(rulebook: Rulebook, table: Table, row: int) -> tuple[RuleState, ...]:
    """Explain every rule on one row.

    The same steps run as in :func:`~ligandkb.rules.evaluate.evaluate`, on a table of this one row, so the two
    can't disagree.

    Parameters
    ----------
    rulebook : Rulebook
    table : Table
    row : int
        0-based.

    Returns
    -------
    tuple of RuleState
        In the rulebook's order.

    Raises
    ------
    IndexError
        If there is no such row.
    UsageError
        If the table lacks a column that a rule reads.
    """
    one = table.row(row)
    evaluation = evaluate(rulebook, one)
    plan = plan_rules(rulebook, one)
    results = plan.run(slice(0, 1), keep=True)
    truths = {expression: int(results[number][0]) for expression, number in plan.numbers.items()}
    return tuple(
        _state(
            rule, one, int(evaluation.truth[number, 0]), bool(evaluation.not_applicable[number, 0]), truths
        )
        for number, rule in enumerate(rulebook.rules)
    )


def _state(
    rule: Rule, table: Table, truth: int, not_applicable: bool, truths: Mapping[Expression, int]
) -> RuleState:
    names = sorted((rule.when.columns | rule.explain.columns) & set(table.names))
    values = {name: table[name].value(0) for name in names}
    clauses = tuple(
        Clause(leaf.text, truths[leaf], {name: values[name] for name in sorted(leaf.columns)})
        for leaf in rule.when.expression.leaves()
    )
    state = "not applicable" if not_applicable else ("silent", "unknown", "fired")[truth + 1]
    return RuleState(
        rule=rule,
        state=state,
        clauses=clauses,
        missing=_reasons(rule.when.expression, values, truths) if state == "unknown" else {},
        text=rule.explain.fill(values),
        contribution=contribution(rule, truth),
    )


def _reasons(
    expression: Expression, values: Mapping[str, Value], truths: Mapping[Expression, int]
) -> dict[str, str]:
    """Reasons why a condition is unknown, from the parts that would have decided it."""
    if expression.operator not in LEAVES:
        reasons: dict[str, str] = {}
        for part in expression.operands:
            if truths[part] == 0:
                reasons |= _reasons(part, values, truths)
        return reasons
    names = sorted(expression.columns)
    absent = {name: str(values[name]) for name in names if isinstance(values[name], Missing | Failed)}
    # All values are there, and yet there is no number: a division by zero, a root of a negative number.
    return absent or dict.fromkeys(names, f"{expression.text} has no finite value here")
