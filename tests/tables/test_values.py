"""Cells as values: numbers, identifiers, CAS numbers, DOIs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb import tables
from ligandkb.problems import Problem
from ligandkb.provenance import is_doi
from ligandkb.tables import Cell, Row


def row_of(text: str, separator: str = ",") -> Row:
    return Row("a.csv", 2, {"x": Cell(text, 2, 5)}, separator)


@pytest.mark.parametrize(
    ("text", "separator", "value"),
    [
        ("", ",", None),
        ("  ", ",", None),
        ("1.5", ",", 1.5),
        (" -1.5 ", ",", -1.5),
        ("−1.5", ",", -1.5),
        ("'1.5", ",", 1.5),
        ("+.5e-3", ",", 0.0005),
        ("3.", ",", 3.0),
        ("0,5", ";", 0.5),
        ("-1,234", ";", -1.234),
        ("1,5E3", ";", 1500.0),
        ("0,125", "\t", 0.125),
        ("1,25", "\t", 1.25),
        ("1.25", ";", 1.25),
    ],
)
def test_numbers(text: str, separator: str, value: float | None) -> None:
    problems: list[Problem] = []
    assert tables.number(row_of(text, separator), "x", problems) == value
    assert problems == []


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("1,5", ","),
        ("1,234", "\t"),
        ("1.234,5", ","),
        ("1 500", ","),
        ("1'500", ","),
        ("1_000", ","),
        ("١٢", ","),
        ("0x10", ","),
        ("1e", ","),
        ("--1", ","),
        ("1;2", ","),
        ("0,5 mM", ";"),
        ("9" * 200 + "x", ","),
        ("9" * 9999, ","),
        ("∞", ","),
        ("5\n6", ","),
        (" " + "1 " * 4000, ","),
    ],
)
def test_what_is_no_number_is_said_to_be_none(text: str, separator: str) -> None:
    problems: list[Problem] = []
    assert tables.number(row_of(text, separator), "x", problems) is None
    (problem,) = problems
    assert (problem.line, problem.column) == (2, 5)
    assert problem.fix
    assert len(problem.what) < 200


def test_limits_of_a_number_belong_to_its_range() -> None:
    problems: list[Problem] = []
    assert tables.number(row_of("0"), "x", problems, minimum=0, maximum=100) == 0
    assert tables.number(row_of("100"), "x", problems, minimum=0, maximum=100) == 100
    assert problems == []


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_that_python_writes_is_read(value: float) -> None:
    problems: list[Problem] = []
    assert tables.number(row_of(repr(value)), "x", problems) == value
    assert tables.number(row_of(repr(value).replace(".", ","), ";"), "x", problems) == value
    assert problems == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("112-80-1", "112-80-1"),
        (" 112-80-1 ", "112-80-1"),
        ("112 - 80 - 1", "112-80-1"),
        ("112‐80‑1", "112-80-1"),
        ("112–80−1", "112-80-1"),
        ("000112-80-1", "112-80-1"),
        ("'112-80-1", "112-80-1"),
        ("10035-10-6", "10035-10-6"),
    ],
)
def test_cas_numbers(text: str, value: str | None) -> None:
    problems: list[Problem] = []
    assert tables.cas_number(row_of(text), "x", problems) == value
    assert problems == []


@pytest.mark.parametrize(
    "text",
    ["2001-05-03", "2001-05-03 00:00:00", "03/05/2001", "5/3/01", "03.05.2001", "03-05-2001", "2001/05/03",
     "3-May-01", "03 May 2001", "May-01", "3. Mai 2001", "3-mars-01", "64-17-05"],
)  # fmt: skip
def test_dates_that_spreadsheets_make_of_cas_numbers(text: str) -> None:
    problems: list[Problem] = []
    assert tables.cas_number(row_of(text), "x", problems) is None
    (problem,) = problems
    assert "is a date, which a spreadsheet made of a CAS number" in problem.what
    assert problem.fix == "format the column as text and enter the number again from its source"


def test_check_digit_agrees_with_an_independent_implementation() -> None:
    identifiers = pytest.importorskip("chemicals.identifiers")
    for number in range(10_00_0, 10_00_0 + 3000):
        text = f"{number // 1000}-{number // 10 % 100:02d}-{number % 10}"
        problems: list[Problem] = []
        assert (tables.cas_number(row_of(text), "x", problems) == text) is identifiers.check_CAS(text)


@pytest.mark.parametrize(
    "text", ["10.1021/jacs.8b11035", "10.1016/0022-4596(74)90001-2", "10.1002/(SICI)1<1::AID>3.0"]
)
def test_doi_agrees_with_provenance(text: str) -> None:
    assert tables.doi(row_of(text), "x", []) == text
    assert is_doi(text)


@given(st.text(max_size=30) | st.from_regex(r"10\.\d{3,10}/\S*", fullmatch=True))
def test_what_is_read_as_doi_is_one(text: str) -> None:
    found = tables.doi(row_of(text), "x", [])
    assert found is None or is_doi(found)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("see 10.1021/jacs.8b11035, Table 1", "write 10.1021/jacs.8b11035"),
        ("10.1021/jacs.8b11035; 10.1039/c9na00292h", "write one, and the others into the note"),
        ("10.1021/.", "write it like 10.1021/jacs.8b11035, or leave the cell blank"),
        ("10.1021/" + "x" * 201, "write it like 10.1021/jacs.8b11035, or leave the cell blank"),
        ("10." * 3000, "write it like 10.1021/jacs.8b11035, or leave the cell blank"),
    ],
)
def test_what_is_offered_in_place_of_a_doi_is_one(text: str, fix: str) -> None:
    problems: list[Problem] = []
    assert tables.doi(row_of(text), "x", problems) is None
    assert [problem.fix for problem in problems] == [fix]


def test_names_and_identifiers() -> None:
    assert tables.names(row_of(" a | b||c "), "x") == ("a", "b", "c")
    assert tables.names(row_of(""), "x") == ()
    problems: list[Problem] = []
    assert (
        tables.identifier(row_of("2-2-difluorononanoic-acid"), "x", problems) == "2-2-difluorononanoic-acid"
    )
    assert problems == []
    for wrong in ("A", "a--b", "-a", "a-", "a_b", "ａ", "a" * 101, "x\ny"):
        assert tables.identifier(row_of(wrong), "x", problems) is None
    assert len(problems) == 8


def test_a_cell_that_was_reported_is_not_reported_again() -> None:
    problems: list[Problem] = []
    assert tables.filled(Row("a.csv", 2, {}), "id", problems) is None
    assert problems == []


def test_blank_cells_are_not_duplicates() -> None:
    problems: list[Problem] = []
    tables.check_unique([row_of(""), row_of(""), row_of("a")], "x", problems)
    assert problems == []
