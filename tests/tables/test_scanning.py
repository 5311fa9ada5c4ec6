"""Text as records: separators, quotes, comments, limits."""

from __future__ import annotations

import csv
import io
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import Problem
from ligandkb.tables import MAX_CELL_CHARACTERS, MAX_PROBLEMS
from ligandkb.tables.scanning import SourceText, find_separator, scan

ROWS = [["id", "name"], ["a", "b"]]


def texts_of(text: str, separator: str = ",") -> list[list[str | None]]:
    """Cells of a text that must be scanned without a problem."""
    problems: list[Problem] = []
    records = [record.texts for record in scan(SourceText("a.csv", text), separator, problems)]
    assert problems == []
    return records


def test_cells_keep_what_is_theirs() -> None:
    table = 'a,"x, ""y""\nz",C\nb,“p, q” ,C\nc,4" wafer,[C-]#[O+]\nd,# no comment,C=C\n'
    assert [cells[1] for cells in texts_of(table)] == ['x, "y"\nz', "p, q", '4" wafer', "# no comment"]


@pytest.mark.parametrize(
    "text",
    [
        "sep=,\nid,name\na,b",
        '# first\nid,name\n  # next, "one quote\na,b',
        '"# quoted, as saved"\nid,name\na,b\n\n,\n',
    ],
)
def test_comments_and_blank_rows_are_passed_over(text: str) -> None:
    assert texts_of(text) == ROWS


def test_a_cell_may_be_as_long_as_the_limit() -> None:
    text = "x" * MAX_CELL_CHARACTERS
    assert texts_of(text) == [[text]]
    problems: list[Problem] = []
    (record,) = scan(SourceText("a.csv", f"a,{text}x"), ",", problems)
    assert record.texts == ["a", None]
    assert [(problem.line, problem.column) for problem in problems] == [(1, 3)]


def test_after_a_fault_the_next_line_is_read() -> None:
    problems: list[Problem] = []
    source = SourceText("a.csv", 'a,"b"c\nd,e\n<<<<<<< HEAD\nf,g\nh,"i\nj,k\n')
    assert [record.texts for record in scan(source, ",", problems)] == [["d", "e"], ["f", "g"], ["j", "k"]]
    assert [(problem.line, problem.column) for problem in problems] == [(1, 3), (3, 1), (5, 3)]


def test_too_many_faults_end_the_reading() -> None:
    problems: list[Problem] = []
    assert list(scan(SourceText("a.csv", 'a,"b"c\n' * 20_000), ",", problems)) == []
    assert len(problems) == MAX_PROBLEMS + 2
    assert problems[-1].what.startswith("too many faults")


@pytest.mark.parametrize(
    ("header", "separator"),
    [
        ("id,name", ","),
        ("id;name", ";"),
        ("id\tname", "\t"),
        ("# a,b,c\nid;name", ";"),
        ("id;name, as bought, or as bound", ";"),
        ("id", ","),
        ("", ","),
    ],
)
def test_separator_is_the_one_that_names_most_columns(header: str, separator: str) -> None:
    assert find_separator(SourceText("a.csv", header), ["id", "name"]) == separator


@given(st.text(alphabet="a,\r\n\x0b\x85\u2028é", max_size=30))
def test_every_offset_has_its_line_and_column(text: str) -> None:
    source = SourceText("a.csv", text)
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    places = [(line, column) for line, one in enumerate(lines, 1) for column in range(1, len(one) + 1)]
    assert [source.where(offset) for offset in range(len(text))] == places


PLAIN = st.text(alphabet=string.ascii_letters + string.digits + ' ,;"\n\r()[]=\\/éλ', max_size=20).filter(
    lambda text: text == text.strip() and not text.startswith(("=", "'")) and text != ""
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_reads_what_the_standard_library_reads(rows: list[tuple[str, str, str]], separator: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["id", "name", "smiles"], *rows])
    expected = list(csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator))
    assert texts_of(out.getvalue(), separator) == expected
