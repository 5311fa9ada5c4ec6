"""Cells of workbooks; whole tables are in tests/cli/test_import_tables.py."""

from datetime import datetime
from io import BytesIO

import pytest

from ligandkb.tables.grid import GridCell, cell_name, why_unseen
from ligandkb.tables.workbook import is_workbook, read_workbook

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")


@pytest.fixture
def cells(tmp_path):
    """Write one row of cells, each with its format, and read it."""

    def cells(*values):
        content = BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True, "nan_inf_to_errors": True}) as book:
            page = book.add_worksheet("a")
            for column, (value, display) in enumerate(values):
                page.write(0, column, value, book.add_format({"num_format": display}) if display else None)
        path = tmp_path / "a.xlsx"
        path.write_bytes(content.getvalue())
        problems = []
        (grid,) = read_workbook(path, problems)
        assert not problems
        return grid.rows[0]

    return cells


@pytest.mark.parametrize(
    ("value", "display", "text", "currency"),
    [
        ("oleic acid", "", "oleic acid", ""),
        (" 'quoted ", "", "quoted", ""),
        (98, "", "98", ""),
        (98.5, "", "98.5", ""),
        (0.1 + 0.2, "", "0.3", ""),
        (0.98, "0%", "98 %", ""),
        (0.995, "0.0 %", "99.5 %", ""),
        (45.5, '#,##0.00 "€"', "45.5", "€"),
        (45.5, "[$€-407] #,##0.00", "45.5", "€"),
        (45.5, "[$EUR] #,##0.00", "45.5", "EUR"),
        (45.5, '"$"#,##0.00', "45.5", "$"),
        (45.5, "#,##0.00 [$-407]", "45.5", ""),
        (45.5, "[Red]0.00", "45.5", ""),
        (datetime(2026, 4, 3), "dd/mm/yyyy", "2026-04-03", ""),
        (datetime(2026, 4, 3, 12, 30), "dd/mm/yyyy hh:mm", "2026-04-03 12:30:00", ""),
        (True, "", "yes", ""),
    ],
)
def test_a_cell_says_what_its_format_shows(cells, value, display, text, currency):
    (cell,) = cells((value, display))
    assert (cell.text, cell.currency, cell.fault) == (text, currency, None)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    assert cell.number == (pytest.approx(value) if is_number else None)


@pytest.mark.parametrize(
    ("value", "said"),
    [("=1+1", "formula"), (float("inf"), "formula"), ("a\u202eb", "isn't seen"), ("x" * 10_001, "10,001")],
)
def test_a_cell_that_is_not_read_says_why(cells, value, said):
    *_, cell = cells(("first", ""), (value, ""))
    assert said in cell.fault[0] and cell.fault[1]


def test_cells_have_the_names_that_spreadsheets_give_them():
    assert [cell_name(GridCell("", 7, column)) for column in (1, 26, 27, 702, 703)] == [
        "A7",
        "Z7",
        "AA7",
        "ZZ7",
        "AAA7",
    ]


@pytest.mark.parametrize(
    "text", ["plain", "μmol · 5 °C", "two\nlines", "tab\there", "soft\xadhyphen", "zero\u200bwidth", "日本"]
)
def test_what_is_harmless_is_read(text):
    assert why_unseen(text) is None


@pytest.mark.parametrize("text", ["\x1b[31m", "a\u202eb", "a\u2066b", "a\x00b", "a\u200fb", "\x85"])
def test_what_steers_a_terminal_or_turns_a_text_is_not(text):
    assert why_unseen(text) is not None


def test_what_is_a_workbook_is_told_by_its_content(tmp_path):
    for name, content, expected in (
        ("a.csv", b"PK\x03\x04", True),
        ("a.xlsx", b"name,cas", False),
        ("b.xlsx", b"", False),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        assert is_workbook(path) is expected
    assert not is_workbook(tmp_path / "absent.xlsx")
