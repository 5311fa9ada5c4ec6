import sys
from io import BytesIO
from zipfile import ZipFile

import pytest

from ligandkb.problems import ExtraMissingError, UsageError
from ligandkb.reports.spreadsheet import MAX_CELL_CHARACTERS, Sheet, to_xlsx

openpyxl = pytest.importorskip("openpyxl")

HOSTILE = ['=HYPERLINK("http://x.example","oleic acid")', "+1", "-1+1", "@SUM(A1)", "http://x.example", "1,5", "00123",
           "'quoted", "mailto:a@b.example", "{=1+1}", "\t=1"]  # fmt: skip


def opened(book):
    return openpyxl.load_workbook(BytesIO(book))


def table(page, above=0):
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=above + 1)]


def test_values_come_back_as_they_were():
    rows = [("oleic acid", 45.5, None, True), ("oleylamine", 7, "", False)]
    page = opened(to_xlsx([Sheet("order", ("product", "price", "note", "stock"), rows)])).active
    assert table(page) == [
        ["product", "price", "note", "stock"],
        ["oleic acid", 45.5, None, "yes"],
        ["oleylamine", 7, None, "no"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_a_formula_or_a_link(text):
    book = to_xlsx([("a", (text,), [(text,)])], [text])
    for cell in (cell for row in opened(book).active.iter_rows() for cell in row):
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert cell.value == (text if text[0] != "\t" else "\\t=1")
    xml = "".join(ZipFile(BytesIO(book)).read(name).decode() for name in ZipFile(BytesIO(book)).namelist())
    assert "<f>" not in xml and "<hyperlink" not in xml


def test_editing_a_text_that_looks_like_a_formula_leaves_it_a_text():
    page = opened(to_xlsx([("a", ("x",), [("=1+1",), ("plain",)])])).active
    assert [page[place].quotePrefix for place in ("A2", "A3")] == [True, False]


def test_the_lines_stand_on_every_sheet_above_the_table():
    book = opened(
        to_xlsx([("a", ("x",), [(1,)]), ("b", ("y",), [])], ["ligandkb 1", "not a safety assessment"])
    )
    for page, name in zip(book, "xy", strict=True):
        assert [page["A1"].value, page["A2"].value, page["A3"].value] == [
            "ligandkb 1",
            "not a safety assessment",
            name,
        ]
        assert page.freeze_panes == "B4"


def test_control_and_direction_changing_characters_are_shown():
    page = opened(
        to_xlsx([("a", ("x",), [("acid\u202egnp",), ("a\x00b",), ("two\nlines",), ("\ud800",)])])
    ).active
    assert [page.cell(row, 1).value for row in (2, 3, 4, 5)] == [
        "acid\\u202egnp",
        "a\\x00b",
        "two\nlines",
        "\\ud800",
    ]


def test_what_a_cell_can_t_hold_is_cut_and_said():
    page = opened(to_xlsx([("a", ("x",), [("C" * 40_000,)])])).active
    assert len(page["A2"].value) == MAX_CELL_CHARACTERS
    assert page["A2"].value.endswith("… (cut: 40,000 characters)")


def test_names_of_sheets_are_made_such_as_excel_takes():
    names = ["CsPb(Br/Cl)3: [a]", "x" * 40, "X" * 40, "'", "History"]
    book = opened(to_xlsx([(name, ("x",), []) for name in names]))
    assert book.sheetnames == ["CsPb(Br-Cl)3- -a-", "x" * 31, f"{'X' * 27} (2)", "table", "history (table)"]


def test_a_large_table_is_streamed_and_whole():
    rows = [(position, f"acid {position}", 0.5) for position in range(70_000)]
    book = openpyxl.load_workbook(BytesIO(to_xlsx([("a", ("n", "name", "x"), rows)])), read_only=True)
    found = list(book.active.iter_rows(values_only=True))
    assert len(found) == 70_001
    assert found[-1] == (69_999, "acid 69999", 0.5)


@pytest.mark.parametrize(
    ("rows", "said"),
    [([(1, 2)], "2 values for 1 columns"), ([(float("nan"),)], "not a number to write"),
     (range(2_000_000), "write it as csv")],
)  # fmt: skip
def test_what_a_sheet_can_t_hold_is_refused(rows, said):
    with pytest.raises(UsageError, match=said):
        to_xlsx([("a", ("x",), rows)])


def test_without_the_extra_the_message_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'ligandkb\[excel\]'"):
        to_xlsx([("a", ("x",), [])])
