"""Does a table give each value, and each reason for having none?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.rules.table import Table

NAN = float("nan")


def _values(table, name):
    return [table[name].value(row) for row in range(len(table))]


def test_rows_keep_their_values_and_reasons():
    rows = [
        {"number": 1, "text": "a", "flag": True},
        {"number": np.float32(0.5), "text": np.str_("b"), "flag": np.bool_(False)},
        {"number": Missing("compute it"), "text": Failed("no"), "flag": NotApplicable("an ion")},
        {"number": NAN, "text": None, "flag": None},
        {"number": float("inf")},
        {"number": 10**400, "text": "", "flag": pd.NA},
    ]
    table = Table.from_rows(rows)
    assert len(table) == 6
    assert _values(table, "number") == [1.0, 0.5, Missing("compute it"), Missing(), Missing(), Missing()]
    assert _values(table, "text") == ["a", "b", Failed("no"), Missing(), Missing(), ""]
    assert _values(table, "flag") == [True, False, NotApplicable("an ion"), Missing(), Missing(), Missing()]


@pytest.mark.parametrize("values", [[1.0, "a"], [True, 1.0], ["a", False], [object(), None], [[1]], [1j]])
def test_mixed_values_are_refused_when_they_are_asked_for(values):
    table = Table.from_rows([{"x": value, "y": 1.0} for value in values])
    assert table["y"].kind == "number"
    with pytest.raises(UsageError, match="not all numbers"):
        _ = table["x"]


NUMBERS = {
    "float64": pd.Series([1.5, NAN, -2.0]),
    "float32": pd.Series([1.5, NAN, -2.0], dtype="float32"),
    "Float64": pd.Series([1.5, pd.NA, -2.0], dtype="Float64"),
    "object": pd.Series([1.5, None, -2], dtype=object),
    "infinite": pd.Series([1.5, np.inf, -2.0]),
}
TEXTS = {
    "object": pd.Series(["S", None, "O"], dtype=object),
    "str": pd.Series(["S", None, "O"], dtype="str"),
    "string": pd.Series(["S", pd.NA, "O"], dtype="string"),
    "category": pd.Series(["S", None, "O"], dtype="category"),
    "unused category": pd.Series(pd.Categorical(["S", None, "O"], ["P", "O", "N", "S"])),
    "reasons": pd.Series(["S", Missing(), "O"], dtype=object),
}
FLAGS = {
    "boolean": pd.Series([True, pd.NA, False], dtype="boolean"),
    "object": pd.Series([True, None, False], dtype=object),
    "numpy": pd.Series([np.True_, NAN, np.False_], dtype=object),
    "category": pd.Series([True, None, False], dtype="category"),
}


@pytest.mark.parametrize("dtype", NUMBERS)
def test_numbers_of_a_data_frame(dtype):
    assert _values(Table.from_dataframe(pd.DataFrame({"x": NUMBERS[dtype]})), "x") == [1.5, Missing(), -2.0]


@pytest.mark.parametrize("dtype", TEXTS)
def test_texts_of_a_data_frame(dtype):
    assert _values(Table.from_dataframe(pd.DataFrame({"x": TEXTS[dtype]})), "x") == ["S", Missing(), "O"]


@pytest.mark.parametrize("dtype", FLAGS)
def test_flags_of_a_data_frame(dtype):
    assert _values(Table.from_dataframe(pd.DataFrame({"x": FLAGS[dtype]})), "x") == [True, Missing(), False]


def test_whole_numbers_and_plain_truth_values_of_a_data_frame():
    frame = pd.DataFrame(
        {"whole": [1, 2], "nullable": pd.array([1, None], dtype="Int64"), "flag": [True, False]}
    )
    table = Table.from_dataframe(frame)
    assert _values(table, "whole") == [1.0, 2.0]
    assert _values(table, "nullable") == [1.0, Missing()]
    assert _values(table, "flag") == [True, False]


def test_columns_that_no_rule_reads_cost_nothing():
    frame = pd.DataFrame(
        {"x": [1.0], "picture": [object()], "date": pd.to_datetime(["2018-11-21"]), 3: [1.0]}
    )
    table = Table.from_dataframe(frame)
    assert table["x"].value(0) == 1.0
    assert table.names == ("x", "picture", "date")
    for name in ("picture", "date"):
        with pytest.raises(UsageError):
            _ = table[name]


def test_masks_say_where_a_question_has_no_meaning():
    frame = pd.DataFrame({"x": [1.0, 2.0, NAN], "t": ["a", "b", None], "f": [True, False, True]})
    masks = {name: [True, False, True] for name in frame}
    table = Table.from_dataframe(frame, not_applicable=masks)
    for name, known in (("x", 2.0), ("t", "b"), ("f", False)):
        assert _values(table, name) == [NotApplicable(), known, NotApplicable()]
    assert frame["x"].tolist()[:2] == [1.0, 2.0], "the data frame itself must not change"


@pytest.mark.parametrize(
    ("masks", "what"),
    [({"y": [True, False]}, "doesn't have"), ({"x": [True]}, "shape"), ({"x": [[True], [False]]}, "shape")],
)
def test_masks_that_do_not_fit_are_refused(masks, what):
    with pytest.raises(UsageError, match=what):
        Table.from_dataframe(pd.DataFrame({"x": [1.0, 2.0]}), not_applicable=masks)


def test_columns_that_are_not_there_or_there_twice():
    table = Table.from_rows([{"hardness_ev": 1.0}])
    with pytest.raises(UsageError, match="did you mean 'hardness_ev'"):
        _ = table["hardnes_ev"]
    with pytest.raises(UsageError, match="two columns called 'x'"):
        Table.from_dataframe(pd.DataFrame([[1, 2]], columns=["x", "x"]))


def test_a_row_is_a_table_of_one():
    rows = [{"x": 1.0, "t": "a"}, {"x": NotApplicable("an ion"), "t": Failed("no")}]
    one = Table.from_rows(rows).row(1)
    assert len(one) == 1
    assert one["x"].value(0) == NotApplicable("an ion")
    assert one["t"].value(0) == Failed("no")
    for row in (-1, 2):
        with pytest.raises(IndexError, match="its rows are 0 to 1"):
            Table.from_rows(rows).row(row)


def test_a_column_without_any_value_suits_every_kind():
    assert Table.from_rows([{"x": None}, {"x": Missing()}])["x"].kind == ""
    assert Table.from_dataframe(pd.DataFrame({"x": [NAN, NAN]}))["x"].kind == ""
    assert Table.from_rows([]).names == ()
