"""Does the evaluator agree with a database that knows nothing of it?

SQLite has the same three-valued logic: each random condition is written in both languages and has to come
out alike on every row.
"""

from __future__ import annotations

import random
import sqlite3

import numpy as np
import pytest

from ligandkb.missing import NotApplicable, is_present
from ligandkb.problems import InputError
from ligandkb.rules.evaluate import Table, evaluate
from ligandkb.rules.language.parser import parse_condition

ROWS = 2000
RULES = 1500
SEED = 17760
RULES_IN_ONE_QUERY = 50


@pytest.fixture(scope="module")
def rows(random_rows):
    return random_rows(random.Random(SEED), ROWS)


@pytest.fixture(scope="module")
def database(rows, columns):
    connection = sqlite3.connect(":memory:")
    kinds = {"number": "REAL", "text": "TEXT", "flag": "INTEGER"}
    pairs = (f"{column.name} {kinds[column.kind]}, {column.name}_na INTEGER" for column in columns)
    connection.execute(f"CREATE TABLE pair (id INTEGER PRIMARY KEY, {', '.join(pairs)})")
    places = ", ".join("?" * (1 + 2 * len(columns)))
    connection.executemany(
        f"INSERT INTO pair VALUES ({places})",
        (
            [number, *(cell for column in columns for cell in _cells(row[column.name]))]
            for number, row in enumerate(rows)
        ),
    )
    # SQLite is often built without them. Here the logic is under test, so numpy works out both sides.
    connection.create_function("sqrt", 1, lambda value: _of_numpy(np.sqrt, value), deterministic=True)
    connection.create_function("log10", 1, lambda value: _of_numpy(np.log10, value), deterministic=True)
    yield connection
    connection.close()


def _cells(value):
    # SQLite stores NaN as NULL.
    return (value if is_present(value) else None), isinstance(value, NotApplicable)


def _of_numpy(function, value):
    if value is None:
        return None
    with np.errstate(all="ignore"):
        result = float(function(np.array([value]))[0])
    return result if np.isfinite(result) else None


def _written(writer, count, by_name):
    """Conditions that pass the static check; the few that don't must be refused for a good reason."""
    written, refused = [], 0
    while len(written) < count:
        candidate = writer.write()
        try:
            parse_condition(candidate.text, by_name)
        except InputError as error:
            refused += 1
            assert all("both sides are the same" in problem.what for problem in error.problems), str(error)
        else:
            written.append(candidate)
    assert refused < count / 5
    return written


def _expected(database, written):
    blocks = []
    for start in range(0, len(written), RULES_IN_ONE_QUERY):
        asked = ", ".join(f"({item.sql})" for item in written[start : start + RULES_IN_ONE_QUERY])
        answers = database.execute(f"SELECT {asked} FROM pair ORDER BY id").fetchall()
        blocks.append(np.array(answers, dtype=float))
    truth = np.hstack(blocks).T
    return np.where(np.isnan(truth), 0, np.where(truth == 0, -1, 1)).astype(np.int8)


def _agrees(seed, count, rows, database, condition_writer, by_name, make_rulebook):
    written = _written(condition_writer(random.Random(seed)), count, by_name)
    truth = _expected(database, written)
    not_applicable = np.zeros_like(truth, dtype=bool)
    masks = {name: np.array([isinstance(row[name], NotApplicable) for row in rows]) for name in by_name}
    for number, item in enumerate(written):
        for name in item.compared:
            not_applicable[number] |= masks[name]
        not_applicable[number] &= truth[number] == 0
    truth[not_applicable] = -1
    rulebook = make_rulebook(*((item.text, "{weight: slight}") for item in written))
    evaluation = evaluate(rulebook, Table.from_rows(rows))
    for number, item in enumerate(written):
        wrong = np.flatnonzero(evaluation.truth[number] != truth[number])
        assert not len(wrong), f"{item.text}\n{item.sql}\nrow {wrong[0]}: {rows[wrong[0]]}"
    np.testing.assert_array_equal(evaluation.not_applicable, not_applicable)
    return truth


def test_random_rules_agree_with_sqlite_on_every_row(
    rows, database, condition_writer, by_name, make_rulebook
):
    truth = _agrees(SEED, RULES, rows, database, condition_writer, by_name, make_rulebook)
    shares = [(truth == value).mean() for value in (-1, 0, 1)]
    assert min(shares) > 0.1, "the random conditions hardly ever come out one way, so they prove little"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_many_random_rules_agree_with_sqlite_on_every_row(
    part, rows, database, condition_writer, by_name, make_rulebook
):
    _agrees(SEED + 1 + part, RULES, rows, database, condition_writer, by_name, make_rulebook)


BOUNDS = """
WITH certain AS (
    SELECT pair, grp, weight FROM (
        SELECT pair, grp, weight,
               ROW_NUMBER() OVER (PARTITION BY pair, grp ORDER BY ABS(weight) DESC, rule) AS place
        FROM verdict JOIN rule USING (rule) WHERE truth = 1
    ) WHERE place = 1
), possible AS (
    SELECT pair, grp, MIN(MIN(weight, 0)) AS low, MAX(MAX(weight, 0)) AS high
    FROM verdict JOIN rule USING (rule)
    WHERE truth = 0 AND widens AND NOT EXISTS (
        SELECT 1 FROM certain WHERE certain.pair = verdict.pair AND certain.grp = rule.grp
    )
    GROUP BY pair, grp
)
SELECT COALESCE((SELECT SUM(weight) FROM certain WHERE certain.pair = all_pairs.pair), 0),
       COALESCE((SELECT SUM(low) FROM possible WHERE possible.pair = all_pairs.pair), 0),
       COALESCE((SELECT SUM(high) FROM possible WHERE possible.pair = all_pairs.pair), 0)
FROM (SELECT DISTINCT pair FROM verdict) AS all_pairs ORDER BY pair
"""


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 20))])
def test_scores_of_exclusive_groups_agree_with_sqlite(
    part, rows, database, condition_writer, by_name, make_rulebook
):
    """A rule without a group is a group of its own."""
    chance = random.Random(SEED + 100 + part)
    written = _written(condition_writer(chance), 60, by_name)
    weights = [chance.choice([0.4, -0.4, 2.0, -2.0, 1.3, -0.7]) for _ in written]
    policies = [chance.choice([None, "widen", "ignore"]) for _ in written]
    groups = [chance.choice([None, "a", "b", "c", "d-e", "f"]) for _ in written]
    rulebook = make_rulebook(
        *(
            (item.text, f"{{weight: {weight}}}", policy, group)
            for item, weight, policy, group in zip(written, weights, policies, groups, strict=True)
        )
    )
    few = rows[:400]
    evaluation = evaluate(rulebook, Table.from_rows(few))
    truth = _expected(database, written)[:, : len(few)]
    truth[evaluation.not_applicable] = -1
    database.executescript(
        "DROP TABLE IF EXISTS rule; DROP TABLE IF EXISTS verdict;"
        "CREATE TABLE rule (rule INTEGER PRIMARY KEY, weight REAL, widens INTEGER, grp TEXT);"
        "CREATE TABLE verdict (rule INTEGER, pair INTEGER, truth INTEGER, PRIMARY KEY (pair, rule));"
    )
    database.executemany(
        "INSERT INTO rule VALUES (?, ?, ?, ?)",
        (
            (number, weights[number], policies[number] != "ignore", groups[number] or f"rule {number}")
            for number in range(len(written))
        ),
    )
    database.executemany(
        "INSERT INTO verdict VALUES (?, ?, ?)",
        ((rule, pair, int(truth[rule, pair])) for rule in range(len(written)) for pair in range(len(few))),
    )
    score, low, high = np.array(database.execute(BOUNDS).fetchall()).T
    np.testing.assert_allclose(evaluation.score, score, atol=2e-9)
    np.testing.assert_allclose(evaluation.score_low, score + low, atol=2e-9)
    np.testing.assert_allclose(evaluation.score_high, score + high, atol=2e-9)
    alone = make_rulebook(
        *(
            (item.text, f"{{weight: {weight}}}", policy)
            for item, weight, policy in zip(written, weights, policies, strict=True)
        )
    )
    assert (evaluate(alone, Table.from_rows(few)).score_high != evaluation.score_high).any()
