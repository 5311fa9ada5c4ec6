"""Reading tables as people make them."""

from __future__ import annotations

import csv
import io
import os
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ligandkb import tables
from ligandkb.problems import Problem
from ligandkb.provenance import is_doi
from ligandkb.tables import Cell, Row

COLUMNS = ["id", "name", "smiles"]
Read = Callable[..., list[dict[str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Rows of a table that must be read without a problem or a note."""

    def read_clean(content: bytes | str) -> list[dict[str, str]]:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        problems: list[Problem] = []
        notes: list[Problem] = []
        rows = tables.read_table(path, required=["id"], optional=COLUMNS[1:], problems=problems, notes=notes)
        assert [*problems, *notes] == []
        return [{name: cell.text for name, cell in row.cells.items()} for row in rows]

    return read_clean


ORDINARY = "id,name,smiles\nacetate,café 20 °C,CC(=O)[O-]\n"
ORDINARY_ROW = {"id": "acetate", "name": "café 20 °C", "smiles": "CC(=O)[O-]"}


@pytest.mark.parametrize(
    "content",
    [
        ORDINARY.encode(),
        ORDINARY.encode("utf-8-sig"),
        ORDINARY.replace(",", "\t").encode("utf-16"),  # a spreadsheet's "Unicode text"
        b"\xfe\xff" + ORDINARY.encode("utf-16-be"),
        ORDINARY.replace("\n", "\r\n").encode(),
        ORDINARY.replace("\n", "\r").encode(),
        ORDINARY.replace("\n", "\r\n", 1).encode(),
        ORDINARY.removesuffix("\n").encode(),
        ORDINARY.replace(",", ";").encode(),
        ORDINARY.replace(",", "\t").encode(),
        b"sep=;\n" + ORDINARY.replace(",", ";").encode(),
        ORDINARY.replace(",", " , ").encode(),
        ORDINARY.replace("\n", ",,\n").encode() + b",,,,\n,,,,\n",
        ORDINARY.replace("\n", "\n\n  \n").encode(),
        ORDINARY.replace("café 20 °C", '"café 20 °C"').encode(),
        ORDINARY.replace("café 20 °C", ' "café 20 °C" ').encode(),
        ORDINARY.replace("café 20 °C", "“café 20 °C”").encode(),
        ORDINARY.replace("café 20 °C", "„café 20 °C“").encode(),
        ORDINARY.replace("café 20 °C", "\xa0café 20 °C\xa0").encode(),
        b'# a comment, with "one quote\n' + ORDINARY.encode() + b" # and, another\n",
        b'"# a comment, as a spreadsheet saves it",,\n' + ORDINARY.encode(),
        b"# a comment,,\n" + ORDINARY.encode(),
    ],
)
def test_one_table_in_many_guises(content: bytes, read: Read) -> None:
    assert read(content) == [ORDINARY_ROW]


def test_cells_keep_what_is_theirs(read: Read) -> None:
    table = 'id,name,smiles\na,"x, ""y""\nz",C\nb,“p, q” ,C\nc,4" wafer,[C-]#[O+]\nd,# no comment,C=C\n'
    assert [row["name"] for row in read(table)] == ['x, "y"\nz', "p, q", '4" wafer', "# no comment"]


def test_a_cell_may_be_as_long_as_the_limit(read: Read) -> None:
    text = "x" * tables.MAX_CELL_CHARACTERS
    assert read(f"id\n{text}\n") == [{"id": text}]


def test_columns_may_stand_in_any_order_and_optional_ones_be_absent(read: Read) -> None:
    assert read("smiles,id\nC,a\n") == [{"smiles": "C", "id": "a"}]


def test_positions_are_those_of_the_physical_line(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes('\ufeff# note\r\nid,name,smiles\r\na,"two\r\nlines", C\r\né,"ö",C\r\n'.encode())
    problems: list[Problem] = []
    rows = tables.read_table(path, required=COLUMNS, optional=[], problems=problems)
    assert problems == []
    assert [row.line for row in rows] == [3, 5]
    assert [(cell.line, cell.column) for cell in rows[0].cells.values()] == [(3, 1), (3, 3), (4, 9)]
    assert [(cell.line, cell.column) for cell in rows[1].cells.values()] == [(5, 1), (5, 3), (5, 7)]


def test_row_points_at_its_start_where_a_column_is_absent() -> None:
    row = Row("a.csv", 4, {"id": Cell("x", 4, 1)})
    assert row["name"] == ""
    assert row.problem("name", "what", "mend") == Problem("a.csv", 4, 1, "what", "mend")


def test_notes_without_a_list_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("id\ncafé\n".encode("cp1252"))
    problems: list[Problem] = []
    with pytest.warns(UserWarning, match="read as Windows-1252, with é in this line"):
        rows = tables.read_table(path, required=["id"], optional=[], problems=problems)
    assert [row["id"] for row in rows] == ["café"]
    assert problems == []


def test_many_like_notes_are_counted_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"id\n" + b"caf\xe9\n" * 500)
    notes: list[Problem] = []
    tables.read_table(path, required=["id"], optional=[], problems=[], notes=notes)
    assert len(notes) == 20
    assert "and 480 more lines" in notes[-1].what


def test_too_many_faults_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"id,name\n" + b'a,"b"c\n' * 20_000)
    problems: list[Problem] = []
    assert tables.read_table(path, required=["id"], optional=["name"], problems=problems) == []
    assert len(problems) == 10_002
    assert problems[-1].what.startswith("too many faults")


# --- files that can't be read


def fault_of(path: Path) -> Problem:
    problems: list[Problem] = []
    assert tables.read_table(path, required=COLUMNS, optional=[], problems=problems, notes=[]) == []
    (problem,) = problems
    assert (problem.file, problem.line) == (str(path), 0)
    return problem


def test_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "ligands.csv").touch()
    assert fault_of(tmp_path / "ligand.csv").mend == "did you mean 'ligands.csv'?"
    assert fault_of(tmp_path / "zzz").mend == f"check its name; the folder {tmp_path} exists"
    missing = fault_of(tmp_path / "no" / "such" / "ligands.csv")
    assert missing.what == f"the folder {tmp_path / 'no' / 'such'} doesn't exist"
    assert missing.mend == f"check the path; it exists up to {tmp_path}"
    assert fault_of(tmp_path / "ligands.csv" / "x.csv").what.endswith("ligands.csv is a file, not a folder")


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    assert fault_of(tmp_path).what == "this is a folder, not a file"
    assert "can't be read" in fault_of(tmp_path / "a\0b.csv").what
    assert "can't be read" in fault_of(tmp_path / ("x" * 5000)).what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_loops_of_links_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert fault_of(tmp_path / "pipe.csv").what == "this is not an ordinary file"
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert "can't be read" in fault_of(tmp_path / "loop.csv").what


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_file_that_one_may_not_read(tmp_path: Path) -> None:
    path = tmp_path / "ligands.csv"
    path.write_bytes(ORDINARY.encode())
    path.chmod(0)
    user = os.geteuid()
    try:
        if user == 0:  # root reads everything
            os.seteuid(65534)
        assert fault_of(path).what == "you may not read this file"
    finally:
        os.seteuid(user)


# --- values of cells


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
    assert problem.mend
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
    assert problem.mend == "format the column as text and enter the number again from its source"


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


# --- whatever comes


PIECES = [*"ab1,;\t\"'“”„\n\r #=-+@<|.\0\ufeff\ufffdÂé°", "<<<<<<<", "#REF!", '""', "112-80-1", "1,5"]
CELL = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
LINE = st.lists(CELL, max_size=6).flatmap(
    lambda cells: st.sampled_from(",;\t").map(lambda sep: sep.join(cells))
)
HEADER = st.sampled_from(
    ["id,name,smiles", "id;name;smiles", "id\tname\tsmiles", "id,nam,,id,", "sep=;\nid", ""]
)
TABLE = st.tuples(HEADER, st.lists(LINE, max_size=8)).map(lambda parts: "\n".join([parts[0], *parts[1]]))
FILE = st.one_of(
    st.binary(max_size=300),
    st.tuples(TABLE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-32"])).map(
        lambda made: made[0].encode(made[1], "replace")
    ),
)


@settings(max_examples=500, deadline=None)
@given(FILE)
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_whatever(tmp_path_factory.getbasetemp() / "any.csv", content)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FILE)
def test_none_of_5000_files_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    read_whatever(tmp_path_factory.getbasetemp() / "any.csv", content)


def read_whatever(path: Path, content: bytes) -> None:
    """Read a file and ask of its cells everything that can be asked."""
    path.write_bytes(content)
    problems: list[Problem] = []
    notes: list[Problem] = []
    rows = tables.read_table(path, required=["id"], optional=COLUMNS[1:], problems=problems, notes=notes)
    tables.check_unique(rows, "id", problems)
    for row in rows:
        assert set(row.cells) <= set(COLUMNS)
        for name in COLUMNS:
            tables.filled(row, name, problems)
            tables.identifier(row, name, problems)
            tables.number(row, name, problems)
            tables.cas_number(row, name, problems)
            tables.doi(row, name, problems)
            tables.choice(row, name, ["improved"], problems)
    assert rows or problems or notes
    assert all(problem.what and problem.mend for problem in [*problems, *notes])
    assert all((problem.line > 0) == (problem.column > 0) for problem in [*problems, *notes])


PLAIN = st.text(alphabet=string.ascii_letters + string.digits + ' ,;"\n\r()[]=\\/éλ', max_size=20).filter(
    lambda text: text == text.strip() and not text.startswith(("=", "'")) and text != ""
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_reads_what_the_standard_library_reads(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], separator: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([COLUMNS, *rows])
    path = tmp_path_factory.getbasetemp() / "standard.csv"
    path.write_bytes(out.getvalue().encode())
    problems: list[Problem] = []
    found = tables.read_table(path, required=COLUMNS, optional=[], problems=problems, notes=[])
    assert problems == []
    with path.open(encoding="utf-8", newline="") as stream:
        expected = list(csv.DictReader(stream, delimiter=separator))
    assert [{name: row[name] for name in COLUMNS} for row in found] == expected


@pytest.mark.parametrize(
    "line",
    [b'"\n', b'"a\n', b'""a\n', b'"""\n', b'a,"\n', b'""",""\n', b'a"b,""\n', b"#\n", b"<<<<<<<\n", b"\r",
     b",\n", "“\n".encode(), b"\xff\n", b"=\n", b"'\n", b"#A\n"],
)  # fmt: skip
def test_hostile_repetition_is_read_in_time(line: bytes, tmp_path: Path) -> None:
    # Nothing is timed: what takes the square of 90,000 steps is noticed without a clock.
    path = tmp_path / "hostile.csv"
    path.write_bytes(b"id,name\n" + line * 90_000)
    problems: list[Problem] = []
    tables.read_table(path, required=["id"], optional=["name"], problems=problems, notes=[])
    assert len(problems) <= tables.MAX_PROBLEMS + 1_002


def test_reading_tables_loads_nothing_heavy() -> None:
    code = "import sys, ligandkb.tables; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    search = {**os.environ, "PYTHONPATH": str(Path(tables.__file__).parents[1])}
    run = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, env=search)
    assert not {"pandas", "numpy", "rdkit", "sqlmodel", "yaml", "tempfile"} & set(run.stdout.decode().split())
