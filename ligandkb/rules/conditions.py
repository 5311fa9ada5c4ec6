"""What does this condition ask, and can it be asked of these columns?

Python's parser turns the screened text into a syntax tree; only the few node types named here are taken
over, and nothing is ever compiled or evaluated by Python. What the tree may say is checked in
:mod:`ligandkb.rules.checks`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from ligandkb.problems import InputError, Problem
from ligandkb.rules.checks import Checker
from ligandkb.rules.columns import Column
from ligandkb.rules.expressions import Expression
from ligandkb.rules.order import FUNCTIONS, check_order
from ligandkb.rules.tokens import ConditionError, ConditionSource, SourceLine, Token, blanked, tokenize

MAXIMUM_EXPONENT = 4

_COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}
_CALCULATIONS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Condition(NamedTuple):
    """A checked condition.

    Attributes
    ----------
    text : str
        Source text on one line.
    expression : Expression
        Its tree.
    columns : frozenset of str
        Names of the columns that it reads.
    compared_columns : frozenset of str
        Those whose value it needs: not those that it only asks whether they are missing.
    """

    text: str
    expression: Expression
    columns: frozenset[str]
    compared_columns: frozenset[str]


class Finding(NamedTuple):
    """Something wrong with a condition, at a position in the file."""

    line: int
    column: int
    what: str
    mend: str


def read_condition(
    lines: Sequence[SourceLine], columns: Mapping[str, Column]
) -> tuple[Condition | None, list[Finding]]:
    """Read and check a condition.

    Parameters
    ----------
    lines : sequence of SourceLine
        Lines of the condition with their places in the file.
    columns : mapping of str to Column
        Declared columns by name.

    Returns
    -------
    condition : Condition or None
        None if anything is wrong.
    findings : list of Finding
        Everything that is wrong.
    """
    source = ConditionSource(lines)
    try:
        tokens = tokenize(source.text)
        check_order(tokens)
        tree = _syntax_tree(source.text, tokens)
        checker = Checker(columns, source.text)
        expression = _Reader(source.text, tokens, checker).condition(tree)
        errors = checker.errors
    except ConditionError as error:
        expression, errors = None, [error]
    except RecursionError:
        expression, errors = None, [ConditionError(0, "the condition is nested too deeply", "split it")]
    findings = [Finding(*source.position(error.offset), error.what, error.mend) for error in errors]
    if expression is None or findings:
        return None, findings
    compared = expression.compared_columns
    return Condition(source.text, expression, expression.columns, compared), findings


def parse_condition(text: str, columns: Mapping[str, Column], file: str = "<condition>") -> Condition:
    """Read and check a condition that doesn't stand in a file.

    Parameters
    ----------
    text : str
        Condition of one or more lines.
    columns : mapping of str to Column
        Declared columns by name.
    file : str
        What problems call the place.

    Returns
    -------
    Condition

    Raises
    ------
    InputError
        With everything that is wrong.

    Examples
    --------
    >>> columns = {"hardness_ev": Column("hardness_ev", "number", "hardness", unit="eV", minimum=0)}
    >>> parse_condition("1 < hardness_ev <= 5.5", columns).expression.operator
    'and'
    >>> parse_condition("hardness > 5", columns)
    Traceback (most recent call last):
    ...
    ligandkb.problems.InputError: <condition>:1:1: no column is called 'hardness': did you mean 'hardness_ev'?
    """
    lines = [SourceLine(line, number, 1) for number, line in enumerate(text.split("\n"), 1)]
    condition, findings = read_condition(lines, columns)
    if condition is None:
        raise InputError(
            Problem(file, finding.line, finding.column, finding.what, finding.mend) for finding in findings
        )
    return condition


def _syntax_tree(text: str, tokens: Sequence[Token]) -> ast.expr:
    try:
        with catch_warnings():
            simplefilter("ignore")
            return ast.parse(blanked(text, tokens), mode="eval").body
    except (SyntaxError, ValueError, MemoryError):
        # The screening is meant to leave nothing to find here; the parser's own words differ from one
        # version of Python to the next, so they aren't shown.
        mend = "compare it with the examples in docs/rules-language.md"
        raise ConditionError(0, "this can't be read as a condition", mend) from None


class _Reader:
    """Takes over the syntax tree, node by node."""

    def __init__(self, text: str, tokens: Sequence[Token], checker: Checker) -> None:
        self._text, self._checker = text, checker
        self._literals = {token.start: token for token in tokens}

    def condition(self, node: ast.expr) -> Expression | None:
        """Read something that is true, false or unknown."""
        if isinstance(node, ast.BoolOp):
            operator = "and" if isinstance(node.op, ast.And) else "or"
            parts = [self.condition(value) for value in node.values]
            known = tuple(part for part in parts if part is not None)
            return Expression(operator, known, kind="truth") if len(known) == len(parts) else None
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            denied = self.condition(node.operand)
            return None if denied is None else Expression("not", (denied,), kind="truth")
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        value = self._value(node)
        return None if value is None else self._checker.flag_alone(value, node.col_offset, self._source(node))

    def _comparison(self, node: ast.Compare) -> Expression | None:
        operators = [_COMPARISONS[type(operator)] for operator in node.ops]
        if len(operators) > 1 and not all(operator in {"<", "<=", ">", ">=", "=="} for operator in operators):
            what = f"a chain with {next(o for o in operators if o not in {'<', '<=', '>', '>=', '=='})}"
            return self._error(node, what, "write two conditions with and between them")
        sides = [node.left, *node.comparators]
        if operators[0] in {"is", "is not"}:
            return self._missing(node, operators[0])
        if operators[0] in {"in", "not in"}:
            return self._membership(node, operators[0])
        values = [self._value(side) for side in sides]
        spans = [self._span(side, node) for side in sides]
        parts = []
        for position, operator in enumerate(operators):
            left, right = values[position], values[position + 1]
            start, end = spans[position][0], spans[position + 1][1]
            if left is not None and right is not None:
                text = self._text[start:end]
                parts.append(self._checker.comparison(operator, left, right, start, text))
            else:
                parts.append(None)
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None
        return known[0] if len(known) == 1 else Expression("and", known, kind="truth")

    def _missing(self, node: ast.Compare, operator: str) -> Expression | None:
        asked = node.comparators[0]
        if not (isinstance(asked, ast.Name) and asked.id == "missing"):
            return self._error(asked, f"{operator} can only be followed by missing", "write == or !=")
        if not isinstance(node.left, ast.Name):
            return self._error(node.left, "only a column can be missing", "name one column before is")
        column = self._value(node.left)
        if column is None:
            return None
        return self._checker.missing(f"{operator} missing", column, node.col_offset, self._source(node))

    def _membership(self, node: ast.Compare, operator: str) -> Expression | None:
        listed = node.comparators[0]
        if not isinstance(listed, ast.List):
            return self._error(
                listed, f"{operator} is not followed by a list", 'write a list such as ["a", "b"]'
            )
        value = self._value(node.left)
        items: list[tuple[Expression, int]] = []
        for element in listed.elts:
            item = self._value(element)
            if item is not None and item.operator not in {"number", "text"}:
                item = self._error(
                    element, "a list can hold only texts or numbers", "write the values themselves"
                )
            if item is not None:
                items.append((item, element.col_offset))
        if value is None or len(items) < len(listed.elts):
            return None
        return self._checker.membership(operator, value, items, node.col_offset, self._source(node))

    def _value(self, node: ast.expr) -> Expression | None:
        """Read a column, a literal or a calculation."""
        if isinstance(node, ast.Name):
            return self._checker.name(node.id, node.col_offset)
        if isinstance(node, ast.Constant):
            return self._literal(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self._value(node.operand)
            return value and self._checker.calculation(
                "negate", (value,), node.col_offset, self._source(node)
            )
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            return self._power(node)
        if isinstance(node, ast.BinOp) and type(node.op) in _CALCULATIONS:
            left, right = self._value(node.left), self._value(node.right)
            if left is None or right is None:
                return None
            operator = _CALCULATIONS[type(node.op)]
            return self._checker.calculation(operator, (left, right), node.col_offset, self._source(node))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        if isinstance(node, ast.Compare | ast.BoolOp) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        ):
            mend = "compare columns and numbers, and join conditions with and, or, not"
            return self._error(node, "a condition stands where a value is expected", mend)
        return self._error(node, "this has no meaning in a condition", "compare columns, numbers and texts")

    def _literal(self, node: ast.Constant) -> Expression | None:
        token = self._literals[node.col_offset]
        if token.kind == "text":
            return Expression("text", value=token.text[1:-1], kind="text")
        return self._checker.number(float(token.text), node.col_offset, token.text)

    def _power(self, node: ast.BinOp) -> Expression | None:
        base = self._value(node.left)
        exponent, sign = node.right, 1
        if isinstance(exponent, ast.UnaryOp) and isinstance(exponent.op, ast.USub):
            exponent, sign = exponent.operand, -1
        token = self._literals.get(exponent.col_offset) if isinstance(exponent, ast.Constant) else None
        number = int(token.text) if token and token.kind == "number" and token.text.isdigit() else 0
        if not 1 <= number <= MAXIMUM_EXPONENT:
            what = "the exponent is not a small whole number"
            return self._error(
                node.right, what, f"write one of -{MAXIMUM_EXPONENT} to {MAXIMUM_EXPONENT}, not 0"
            )
        return base and self._checker.power(base, sign * number, node.col_offset, self._source(node))

    def _call(self, node: ast.Call, name: str) -> Expression | None:
        arguments = [self._value(argument) for argument in node.args]
        smallest, largest = FUNCTIONS[name]
        if not smallest <= len(arguments) <= largest:
            count = str(smallest) if smallest == largest else f"{smallest} to {largest}"
            what = f"{name} takes {count} value{'' if count == '1' else 's'}, not {len(arguments)}"
            return self._error(node, what, f"write {name}(a)" if largest == 1 else f"write {name}(a, b)")
        known = tuple(argument for argument in arguments if argument is not None)
        if len(known) < len(arguments):
            return None
        return self._checker.calculation(name, known, node.col_offset, self._source(node))

    def _error(self, node: ast.expr, what: str, mend: str) -> Expression | None:
        self._checker.report(node.col_offset, what, mend)
        return None

    def _source(self, node: ast.expr) -> str:
        return self._text[node.col_offset : node.end_col_offset]

    def _span(self, node: ast.expr, around: ast.Compare) -> tuple[int, int]:
        """Start and end of a side of a comparison, with the brackets around it."""
        start, end = node.col_offset, node.end_col_offset or 0
        limit = around.end_col_offset or 0
        while True:
            before = self._text[around.col_offset : start].rstrip(" ")
            after = self._text[end:limit]
            if not (before.endswith("(") and after.lstrip(" ").startswith(")")):
                return start, end
            start = around.col_offset + len(before) - 1
            end += len(after) - len(after.lstrip(" ")) + 1
