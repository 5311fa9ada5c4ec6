"""Why did each rule fire, or not, on this row?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ligandkb.missing import Failed, Missing
from ligandkb.rules.evaluate import Evaluation, evaluate
from ligandkb.rules.language.expressions import LEAVES, Expression
from ligandkb.rules.rulebook import Rule, Rulebook
from ligandkb.rules.table import Flags, Table, Value
from ligandkb.rules.truths import Truths


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
    grade : float or None
        Share of its weight that counts, from 0 to 1, of a graded rule that fired.
    added : float
        Log-odds that it adds to the score.
    contribution : tuple of float
        Log-odds that it adds to the lower and to the upper end of the score's range.
    displaced_by : tuple of str
        For a rule that fired or is unknown and adds nothing, since others of its exclusive group count: their
        ids.
    """

    rule: Rule
    state: str
    clauses: tuple[Clause, ...]
    missing: Mapping[str, str]
    text: str
    grade: float | None
    added: float
    contribution: tuple[float, float]
    displaced_by: tuple[str, ...] = ()


def explain_row(rulebook: Rulebook, table: Table, row: int) -> tuple[RuleState, ...]:
    """Explain every rule on one row.

    What runs is what :func:`~ligandkb.rules.evaluate.evaluate` runs, on a table of this one row, so the two
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
    truths = Truths(one, slice(0, 1))
    return tuple(_state(rulebook.rules, number, evaluation, truths) for number in range(len(rulebook.rules)))


def _state(rules: Sequence[Rule], number: int, evaluation: Evaluation, truths: Truths) -> RuleState:
    rule, table = rules[number], truths.table
    names = sorted((rule.columns | rule.explain.columns) & set(table.names))
    values = {name: table[name].value(0) for name in names}
    clauses = tuple(
        Clause(leaf.text, int(truths.of(leaf)[0]), {name: values[name] for name in sorted(leaf.columns)})
        for leaf in rule.when.expression.leaves()
    )
    truth = int(evaluation.truth[number, 0])
    silenced = bool(evaluation.not_applicable[number, 0])
    state = "not applicable" if silenced else ("silent", "unknown", "fired")[truth + 1]
    added, lowest, highest = evaluation.added(rule, number, 0)
    return RuleState(
        rule=rule,
        state=state,
        clauses=clauses,
        missing=_missing(rule, values, truths) if state == "unknown" else {},
        text=rule.explain.fill(values),
        grade=_grade(number, evaluation) if truth > 0 else None,
        added=added,
        contribution=(lowest, highest),
        displaced_by=_displacing(rules, number, truth, evaluation.counts[:, 0]),
    )


def _displacing(rules: Sequence[Rule], number: int, truth: int, counts: Flags) -> tuple[str, ...]:
    rule = rules[number]
    if rule.exclusive is None or truth < 0 or counts[number] >= 0:
        return ()
    if truth == 0 and rule.on_unknown != "widen":
        return ()
    return tuple(
        other.id
        for other, count in zip(rules, counts, strict=True)
        if other.exclusive == rule.exclusive and count >= 0
    )


def _grade(number: int, evaluation: Evaluation) -> float | None:
    grades = evaluation.grades.get(number)
    return None if grades is None else float(grades.value[0])


def _missing(rule: Rule, values: Mapping[str, Value], truths: Truths) -> dict[str, str]:
    reasons = (
        _reasons(rule.when.expression, values, truths) if truths.of(rule.when.expression)[0] == 0 else {}
    )
    graded_by = (ramp.by for ramp in rule.graded)
    return reasons | {
        name: str(values[name]) for name in graded_by if isinstance(values[name], Missing | Failed)
    }


def _reasons(expression: Expression, values: Mapping[str, Value], truths: Truths) -> dict[str, str]:
    """Reasons why a condition is unknown, from the parts that would have decided it."""
    if expression.operator not in LEAVES:
        reasons: dict[str, str] = {}
        for part in expression.operands:
            if truths.of(part)[0] == 0:
                reasons |= _reasons(part, values, truths)
        return reasons
    names = sorted(expression.columns)
    absent = {name: str(values[name]) for name in names if isinstance(values[name], Missing | Failed)}
    # All values are there, and yet there is no number: a division by zero, a root of a negative number.
    return absent or dict.fromkeys(names, f"{expression.text} has no finite value here")
