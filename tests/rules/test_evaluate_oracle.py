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


AMOUNTS = """
CREATE TABLE amount AS
WITH graded AS (
    SELECT rule, pair, truth, grp, weight, widens, start IS NOT NULL AS is_graded,
           CASE WHEN start IS NULL THEN 1.0 ELSE MIN(1.0, MAX(0.0, (value - start) / (stop - start))) END AS one,
           CASE WHEN start IS NULL THEN 1.0 ELSE MIN(1.0, MAX(0.0, (low - start) / (stop - start))) END AS one_low,
           CASE WHEN start IS NULL THEN 1.0 ELSE MIN(1.0, MAX(0.0, (high - start) / (stop - start))) END AS one_high,
           CASE WHEN other_start IS NULL THEN 1.0
                ELSE MIN(1.0, MAX(0.0, (other - other_start) / (other_stop - other_start))) END AS two,
           start IS NOT NULL AND value_na OR other_start IS NOT NULL AND other_na AS no_meaning
    FROM verdict JOIN rule USING (rule) JOIN measured USING (rule, pair)
), ends AS (
    SELECT *, MIN(COALESCE(MIN(one, one_low, one_high), 0.0), COALESCE(two, 0.0)) AS share_low,
           MIN(COALESCE(MAX(one, one_low, one_high), 1.0), COALESCE(two, 1.0)) AS share_high
    FROM graded
), decided AS (
    SELECT *, CASE WHEN share_high = 0.0 THEN 0.0 ELSE MIN(one, two) END AS share FROM ends
)
SELECT rule, pair, grp, widens, share,
       CASE WHEN truth >= 0 AND share IS NULL THEN CASE WHEN no_meaning THEN -1 ELSE 0 END
            WHEN truth = 0 AND no_meaning AND share IS NULL THEN -1
            ELSE truth END AS truth,
       weight * share AS amount, MIN(weight * share_low, weight * share_high) AS low,
       MAX(weight * share_low, weight * share_high) AS high
FROM decided;
"""

BOUNDS = """
WITH certain AS (
    SELECT pair, grp, amount, low, high FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY pair, grp ORDER BY ABS(amount) DESC, rule) AS place
        FROM amount WHERE truth = 1
    ) WHERE place = 1
), possible AS (
    SELECT pair, grp, MIN(MIN(low, 0)) AS low, MAX(MAX(high, 0)) AS high FROM amount
    WHERE truth = 0 AND widens AND NOT EXISTS (
        SELECT 1 FROM certain WHERE certain.pair = amount.pair AND certain.grp = amount.grp
    )
    GROUP BY pair, grp
), ends AS (SELECT pair, amount, low, high FROM certain UNION ALL SELECT pair, 0, low, high FROM possible)
SELECT COALESCE(SUM(ends.amount), 0), COALESCE(SUM(ends.low), 0), COALESCE(SUM(ends.high), 0)
FROM (SELECT DISTINCT pair FROM amount) AS all_pairs LEFT JOIN ends USING (pair) GROUP BY pair ORDER BY pair
"""

RAMP_VALUES = (-2.0, -0.5, 0.0, 0.3, 1.0, 2.5)


def _random_effect(chance):
    """A weight that is whole, that follows one column within an interval, or the smaller of two."""
    weight = chance.choice([0.4, -0.4, 2.0, -2.0, 1.3, -0.7])
    start, stop = chance.sample(RAMP_VALUES, 2)
    other_start, other_stop = chance.sample(RAMP_VALUES, 2)
    ramps = chance.choice([0, 1, 1, 2])
    one = f"{{by: charge, from: {start}, to: {stop}, low: gap, high: length}}"
    two = f"{{by: mass, from: {other_start}, to: {other_stop}}}"
    graded = ["", f", graded: {one}", f", graded: [{one}, {two}]"][ramps]
    edges = (start, stop) if ramps else (None, None)
    return f"{{weight: {weight}{graded}}}", (
        weight,
        *edges,
        *((other_start, other_stop) if ramps == 2 else (None, None)),
    )


def _known(value):
    return float(value) if value is not None and is_present(value) and np.isfinite(value) else None


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 36))])
def test_scores_of_graded_and_exclusive_rules_agree_with_sqlite(
    part, rows, database, condition_writer, by_name, make_rulebook
):
    """A rule without a group is a group of its own."""
    chance = random.Random(SEED + 100 + part)
    written = _written(condition_writer(chance), 60, by_name)
    effects, numbers = zip(*(_random_effect(chance) for _ in written), strict=True)
    policies = [chance.choice([None, "widen", "ignore"]) for _ in written]
    groups = [chance.choice([None, "a", "b", "c", "d-e", "f"]) for _ in written]
    rules = list(zip((item.text for item in written), effects, policies, groups, strict=True))
    few = rows[:400]
    whole = make_rulebook(*((item.text, "{weight: slight}") for item in written))
    truth = evaluate(whole, Table.from_rows(few)).truth
    database.executescript(
        "DROP TABLE IF EXISTS rule; DROP TABLE IF EXISTS verdict; DROP TABLE IF EXISTS measured;"
        "DROP TABLE IF EXISTS amount;"
        "CREATE TABLE rule (rule INTEGER PRIMARY KEY, widens INTEGER, grp TEXT, weight REAL, start REAL, stop REAL,"
        " other_start REAL, other_stop REAL);"
        "CREATE TABLE verdict (rule INTEGER, pair INTEGER, truth INTEGER, PRIMARY KEY (pair, rule));"
        "CREATE TABLE measured (pair INTEGER, rule INTEGER, value REAL, value_na INTEGER, low REAL, high REAL,"
        " other REAL, other_na INTEGER, PRIMARY KEY (pair, rule));"
    )
    database.executemany(
        "INSERT INTO rule VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, policies[number] != "ignore", groups[number] or f"rule {number}", *numbers[number])
            for number in range(len(written))
        ),
    )
    cells = []
    for row in few:
        value, low, high, other = (_known(row[name]) for name in ("charge", "gap", "length", "mass"))
        ends = (value if low is None else low, value if high is None else high)
        no_meaning = [isinstance(row[name], NotApplicable) for name in ("charge", "mass")]
        cells.append((value, no_meaning[0], *ends, other, no_meaning[1]))
    database.executemany(
        "INSERT INTO measured VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((pair, rule, *cells[pair]) for rule in range(len(written)) for pair in range(len(few))),
    )
    database.executemany(
        "INSERT INTO verdict VALUES (?, ?, ?)",
        ((rule, pair, int(truth[rule, pair])) for rule in range(len(written)) for pair in range(len(few))),
    )
    database.executescript(AMOUNTS)
    evaluation = evaluate(make_rulebook(*rules), Table.from_rows(few))
    expected = np.array(database.execute("SELECT truth FROM amount ORDER BY rule, pair").fetchall())
    np.testing.assert_array_equal(evaluation.truth, expected.reshape(len(written), len(few)))
    score, low, high = np.array(database.execute(BOUNDS).fetchall()).T
    np.testing.assert_allclose(evaluation.score, score, atol=2e-9)
    np.testing.assert_allclose(evaluation.score_low, low, atol=2e-9)
    np.testing.assert_allclose(evaluation.score_high, high, atol=2e-9)
    assert (evaluation.score_low <= evaluation.score).all()
    assert (evaluation.score <= evaluation.score_high).all()
    alone = make_rulebook(*(rule[:3] for rule in rules))
    assert (evaluate(alone, Table.from_rows(few)).score_high != evaluation.score_high).any()
