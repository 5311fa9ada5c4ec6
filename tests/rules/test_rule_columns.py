"""Is a list of columns written and read alike?"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import InputError
from ligandkb.rules.columns import Column, dump_columns, fault_of, read_columns

COLUMNS = (
    Column(
        "donor_element",
        "text",
        "element that binds; see (1)",
        allowed=("O", "S", "NO", "yes", "1", "~", "a: b"),
    ),
    Column("hardness_ev", "number", "η = (I − A)/2", unit="eV", minimum=0, maximum=12.5),
    Column("softness_per_ev", "number", "softness", unit="1/eV", minimum=-1e-3),
    Column("is_salt", "flag", "whether it is one", nullable=False),
)


def test_columns_come_back(tmp_path):
    path = tmp_path / "columns.yaml"
    path.write_text(dump_columns(COLUMNS), encoding="utf-8")
    assert read_columns(path) == COLUMNS
    assert path.read_text(encoding="utf-8").startswith("# Written by `ligandkb check --write-columns`")


names = st.from_regex(r"col_[a-z0-9_]{0,20}", fullmatch=True)
texts = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40)
bounds = st.none() | st.integers(-(10**6), 10**6).map(float) | st.floats(-1e6, 1e6)


@st.composite
def any_column(draw):
    kind = draw(st.sampled_from(["number", "text", "flag"]))
    column = Column(draw(names), kind, draw(texts), nullable=draw(st.booleans()))
    if kind == "text":
        allowed = tuple(draw(st.lists(texts, unique=True, max_size=4)))
        return Column(column.name, kind, column.meaning, allowed=allowed, nullable=column.nullable)
    if kind == "number":
        low, high = draw(bounds), draw(bounds)
        if low is not None and high is not None:
            low, high = sorted((low, high))
        unit = draw(st.sampled_from(["", "eV", "1/eV"]))
        return Column(column.name, kind, column.meaning, unit, (), low, high, column.nullable)
    return column


@given(columns=st.lists(any_column(), min_size=1, max_size=5, unique_by=lambda column: column.name))
@settings(deadline=None)
def test_any_columns_come_back(tmp_path_factory, columns):
    path = tmp_path_factory.mktemp("columns") / "columns.yaml"
    path.write_text(dump_columns(columns), encoding="utf-8")
    assert read_columns(path) == tuple(columns)
    assert dump_columns(read_columns(path)) == dump_columns(columns)


@pytest.mark.parametrize(
    "column",
    [
        Column("Hardness", "number", "capital letter"),
        Column("2nd", "number", "begins with a digit"),
        Column("and", "flag", "a word of the language"),
        Column("missing", "flag", "a word of the language"),
        Column("class", "flag", "a word of Python's"),
        Column("min", "number", "a function"),
        Column("a" * 65, "number", "too long"),
        Column("x", "date", "no such kind"),
        Column("x", "flag", "unit", unit="eV"),
        Column("x", "text", "range", minimum=0),
        Column("x", "number", "allowed", allowed=("a",)),
        Column("x", "number", "inverted", minimum=2, maximum=1),
    ],
)
def test_a_column_that_rules_could_not_read_is_refused(column):
    assert fault_of(column)
    with pytest.raises(ValueError, match="column"):
        dump_columns([column])


def test_all_faults_of_a_column_file_are_listed(tmp_path):
    path = tmp_path / "columns.yaml"
    path.write_text(
        "- name: a\n  kind: number\n  meaning: x\n  minimum: low\n"
        "- name: b\n  kind: nummer\n  meaning: x\n"
        "- name: c\n  kind: flag\n"
        "- name: d\n  kind: flag\n  meaning: x\n  nullable: perhaps\n"
        "- name: e\n  kind: flag\n  meaning: x\n"
        "- name: e\n  kind: flag\n  meaning: y\n"
        "- just a text\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_columns(path)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [
        (4, 12),
        (5, 3),
        (8, 3),
        (13, 13),
        (17, 3),
        (20, 3),
    ]


def test_a_file_that_is_no_list_is_refused(tmp_path):
    path = tmp_path / "columns.yaml"
    path.write_text("name: a\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a list of columns"):
        read_columns(path)
