"""Rows and the places of their cells."""

from __future__ import annotations

from ligandkb.problems import Problem
from ligandkb.tables import Cell, Row
from ligandkb.tables.rows import shown


def test_row_points_at_its_start_where_a_column_is_absent() -> None:
    row = Row("a.csv", 4, {"id": Cell("x", 4, 1)})
    assert row["name"] == ""
    assert row.problem("name", "what", "fix") == Problem("a.csv", 4, 1, "what", "fix")


def test_what_a_message_quotes_is_cut_and_escaped() -> None:
    assert shown("a\x1b[31m") == "'a\\x1b[31m'"
    assert shown("x" * 60) == repr("x" * 60)
    assert shown("x" * 61) == repr("x" * 59 + "…")
