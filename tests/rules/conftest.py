"""What the tests of the rule language share: columns, a vocabulary, and a writer of random conditions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ligandkb.rules.columns import Column
from ligandkb.rules.rulebook import Rulebook, read_rulebook
from ligandkb.rules.vocabulary import Tag, Veto, Vocabulary, Weight

NUMBERS = ("charge", "gap", "length", "mass")
TEXTS = ("donor", "halide")
FLAGS = ("acid", "salt")
TEXT_VALUES = ("O", "S", "Se", "it's Å", "NO")

COLUMNS = (
    *(Column(name, "number", "a number") for name in NUMBERS),
    *(Column(name, "text", "a text", allowed=TEXT_VALUES) for name in TEXTS),
    *(Column(name, "flag", "a flag") for name in FLAGS),
)
VOCABULARY = Vocabulary(
    weights={"slight": Weight(0.4, "slight"), "strong": Weight(2.0, "strong")},
    tags={"pfas": Tag("persists", "person"), "odour": Tag("smells", "note")},
    vetoes={"lethal": Veto("kills", "lethal"), "explosive": Veto("explodes")},
)


@dataclass(frozen=True)
class Written:
    """A random condition in the rule language and in SQLite's SQL.

    ``compared`` are the columns whose value it needs, as the writer counts them.
    """

    text: str
    sql: str
    compared: frozenset[str]


class ConditionWriter:
    """Writes random conditions; the same ones for the same source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._compared: set[str] = set()

    def write(self, depth: int = 3) -> Written:
        self._compared = set()
        text, sql = self._condition(depth)
        return Written(text, sql, frozenset(self._compared))

    def _condition(self, depth: int) -> tuple[str, str]:
        kind = self._chance.random()
        if depth > 0 and kind < 0.45:
            operator = self._chance.choice(["and", "or"])
            parts = [self._condition(depth - 1) for _ in range(self._chance.choice([2, 2, 3]))]
            texts = f" {operator} ".join(f"({text})" for text, _ in parts)
            return texts, f" {operator.upper()} ".join(f"({sql})" for _, sql in parts)
        if depth > 0 and kind < 0.55:
            text, sql = self._condition(depth - 1)
            return f"not ({text})", f"NOT ({sql})"
        return self._leaf()

    def _leaf(self) -> tuple[str, str]:
        write = self._chance.choice(
            [
                *(self._order, self._order, self._chain, self._members),
                *(self._text, self._texts, self._missing, self._flag),
            ]
        )
        return write()

    def _order(self) -> tuple[str, str]:
        operator = self._chance.choice(["<", "<=", ">", ">=", "==", "!="])
        left, right = self._number(2, column=True), self._number(1)
        if self._chance.random() < 0.3:
            left, right = right, left
        return f"{left[0]} {operator} {right[0]}", f"({left[1]}) {operator} ({right[1]})"

    def _chain(self) -> tuple[str, str]:
        low, high = sorted(self._chance.choice(range(-6, 7)) for _ in range(2))
        text, sql = self._number(1, column=True)
        return f"{low} <= {text} < {high + 1}", f"({low}.0) <= ({sql}) AND ({sql}) < ({high + 1}.0)"

    def _members(self) -> tuple[str, str]:
        negated = self._chance.random() < 0.4
        if self._chance.random() < 0.4:
            text, sql = self._number(1, column=True)
            values = [str(value) for value in self._chance.sample(range(-3, 4), self._chance.randint(1, 4))]
            sql_values = [f"{value}.0" for value in values]
        else:
            text = sql = self._column(TEXTS)
            chosen = self._chance.sample(TEXT_VALUES, self._chance.randint(1, len(TEXT_VALUES) - 1))
            values = [f'"{value}"' for value in chosen]
            sql_values = [_sql_text(value) for value in chosen]
        listed, sql_listed = ", ".join(values), ", ".join(sql_values)
        if negated:
            return f"{text} not in [{listed}]", f"({sql}) NOT IN ({sql_listed})"
        return f"{text} in [{listed}]", f"({sql}) IN ({sql_listed})"

    def _text(self) -> tuple[str, str]:
        column, value = self._column(TEXTS), self._chance.choice(TEXT_VALUES)
        operator = self._chance.choice(["==", "!="])
        return f'{column} {operator} "{value}"', f"{column} {operator} {_sql_text(value)}"

    def _texts(self) -> tuple[str, str]:
        operator = self._chance.choice(["==", "!="])
        self._compared |= set(TEXTS)
        left, right = self._chance.sample(TEXTS, 2)
        return f"{left} {operator} {right}", f"{left} {operator} {right}"

    def _missing(self) -> tuple[str, str]:
        column = self._chance.choice([*NUMBERS, *TEXTS, *FLAGS])
        missing = f"({column} IS NULL AND NOT {column}_na)"
        if self._chance.random() < 0.5:
            return f"{column} is missing", missing
        return f"{column} is not missing", f"NOT {missing}"

    def _flag(self) -> tuple[str, str]:
        column = self._column(FLAGS)
        if self._chance.random() < 0.6:
            return column, column
        if self._chance.random() < 0.3:
            other = next(flag for flag in FLAGS if flag != column)
            self._compared.add(other)
            return f"{column} == {other}", f"{column} = {other}"
        wanted = self._chance.choice(["true", "false"])
        return f"{column} == {wanted}", f"{column} = {int(wanted == 'true')}"

    def _column(self, names: Iterable[str]) -> str:
        name = self._chance.choice(list(names))
        self._compared.add(name)
        return name

    def _number(self, depth: int, *, column: bool = False) -> tuple[str, str]:
        kind = self._chance.random()
        if depth == 0 or kind < 0.5:
            if column or self._chance.random() < 0.4:
                name = self._column(NUMBERS)
                return name, name
            return self._literal()
        if kind < 0.75:
            operator = self._chance.choice(["+", "-", "*", "/"])
            left, right = self._number(depth - 1, column=True), self._number(depth - 1)
            if operator != "/" and self._chance.random() < 0.3:
                left, right = right, left
            return f"({left[0]} {operator} {right[0]})", f"(({left[1]}) {operator} ({right[1]}))"
        if kind < 0.82:
            name = self._column(NUMBERS)
            exponent = self._chance.choice([1, 2, 3, 4, -1, -2, -3])
            product = " * ".join([name] * abs(exponent))
            return f"{name} ** {exponent}", product if exponent > 0 else f"(1.0 / ({product}))"
        if kind < 0.86:
            text, sql = self._number(depth - 1, column=True)
            return f"-({text})", f"-({sql})"
        function = self._chance.choice(["abs", "sqrt", "log10", "min", "max"])
        text, sql = self._number(depth - 1, column=True)
        if function in {"min", "max"}:
            other = self._number(depth - 1)
            return f"{function}({text}, {other[0]})", f"{function}({sql}, {other[1]})"
        return f"{function}({text})", f"{function}({sql})"

    def _literal(self) -> tuple[str, str]:
        value = self._chance.choice([0.5, 1, 2, 3, 0.25, 1.5, 10, 4])
        if self._chance.random() < 0.2:
            return f"-{value}", f"-{float(value)}"
        return str(value), str(float(value))


def _sql_text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def rule_yaml(
    number: int, condition: str, effect: str, on_unknown: str | None = None, exclusive: str | None = None
) -> str:
    """One whole rule around a condition."""
    lines = [
        f"- id: rule-{number}",
        "  title: A rule",
        "  rationale: A reason",
        "  citation: {doi: 10.1021/jacs.8b11035, locator: Table 1}",
        "  when: |",
        *(f"    {line}" for line in condition.split("\n")),
        f"  effect: {effect}",
        *([f"  on_unknown: {on_unknown}"] if on_unknown else []),
        *([f"  exclusive: {exclusive}"] if exclusive else []),
        "  explain: A sentence",
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def columns() -> tuple[Column, ...]:
    return COLUMNS


@pytest.fixture(scope="session")
def by_name() -> Mapping[str, Column]:
    return {column.name: column for column in COLUMNS}


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return VOCABULARY


@pytest.fixture(scope="session")
def condition_writer() -> Callable[[random.Random], ConditionWriter]:
    return ConditionWriter


@pytest.fixture(scope="session")
def make_rulebook(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Rulebook]:
    """Give a function that makes a rulebook of (condition, effect[, on_unknown[, exclusive]]) tuples, by way of a file."""

    def make(*rules: tuple[str | None, ...], **options: Any) -> Rulebook:
        path: Path = tmp_path_factory.mktemp("rules") / "rules.yaml"
        content = "".join(rule_yaml(number, *rule) for number, rule in enumerate(rules))
        path.write_text(content, encoding="utf-8")
        declared = {"columns": COLUMNS, "vocabulary": VOCABULARY} | options
        return read_rulebook([path], **declared)

    return make


@pytest.fixture(scope="session")
def random_rows() -> Callable[[random.Random, int], list[dict[str, object]]]:
    """Give a function that makes rows in which a fifth of the values is absent for one reason or another."""
    from ligandkb.missing import Failed, Missing, NotApplicable

    absent = (None, float("nan"), Missing("compute it"), Failed("no convergence"), NotApplicable("no tail"))

    def value(chance: random.Random, name: str) -> object:
        if chance.random() < 0.2:
            return chance.choice(absent)
        if name in TEXTS:
            return chance.choice(TEXT_VALUES)
        if name in FLAGS:
            return chance.random() < 0.5
        whole, small = float(chance.randint(-5, 5)), 10 ** chance.uniform(-3, 2)
        return chance.choice([0.0, whole, chance.gauss(0, 3), small])

    def rows(chance: random.Random, count: int) -> list[dict[str, object]]:
        return [{name: value(chance, name) for name in (*NUMBERS, *TEXTS, *FLAGS)} for _ in range(count)]

    return rows
