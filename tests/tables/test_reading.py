"""Files as people make them: encodings, headers, and what can't be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ligandkb import tables
from ligandkb.problems import Problem

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


def test_notes_without_a_list_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("id\ncafé\n".encode("cp1252"))
    problems: list[Problem] = []
    with pytest.warns(UserWarning, match="read as Windows-1252, with é in this line"):
        rows = tables.read_table(path, required=["id"], optional=[], problems=problems)
    assert [row["id"] for row in rows] == ["café"]
    assert problems == []


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("statements", True),
        ("H-Codes", True),
        ("H-Sätze", True),
        ("GHS hazard class", True),
        ("H_phrases", True),
        ("lot", False),
        ("switch", False),
        ("half life", False),
    ],
)
def test_a_column_of_dangers_that_is_not_read_is_told_where_they_are(
    tmp_path: Path, heading: str, said: bool
) -> None:
    path = tmp_path / "ligands.csv"
    path.write_text(f"id,{heading}\nacetate,H300\n", encoding="utf-8")
    notes: list[Problem] = []
    tables.read_table(path, required=["id"], optional=COLUMNS[1:], problems=[], notes=notes)
    assert ("hazard_statements.csv" in str(notes[0])) == said


def test_many_like_notes_are_counted_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"id\n" + b"caf\xe9\n" * 500)
    notes: list[Problem] = []
    tables.read_table(path, required=["id"], optional=[], problems=[], notes=notes)
    assert len(notes) == 20
    assert "and 480 more lines" in notes[-1].what


# --- files that can't be read


def fault_of(path: Path) -> Problem:
    problems: list[Problem] = []
    assert tables.read_table(path, required=COLUMNS, optional=[], problems=problems, notes=[]) == []
    (problem,) = problems
    assert (problem.file, problem.line) == (str(path), 0)
    return problem


def test_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "ligands.csv").touch()
    assert fault_of(tmp_path / "ligand.csv").fix == "did you mean 'ligands.csv'?"
    assert fault_of(tmp_path / "zzz").fix == f"check its name; the folder {tmp_path} exists"
    missing = fault_of(tmp_path / "no" / "such" / "ligands.csv")
    assert missing.what == f"the folder {tmp_path / 'no' / 'such'} doesn't exist"
    assert missing.fix == f"check the path; it exists up to {tmp_path}"
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
    # Without rows that is said, but of a table with comments, which is there to be filled in.
    assert rows or problems or notes or b"#" in content
    assert all(problem.what and problem.fix for problem in [*problems, *notes])
    assert all((problem.line > 0) == (problem.column > 0) for problem in [*problems, *notes])


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


@pytest.mark.parametrize(
    ("header", "is_problem", "fix"),
    [
        ("id,name,cass", True, "did you mean 'cas'?"),
        ("id,name,cas_no", True, "did you mean 'cas'?"),
        ("id,name,CAS number", True, "did you mean 'cas'?"),
        ("id,name,Lot", False, "the columns are id, name, cas"),
        ("id,name,CID", False, "the columns are id, name, cas"),
        ("id,name,Dipole", False, "the columns are id, name, cas"),
        ("id,name,Class", False, "the columns are id, name, cas"),
        ("id,name,Lot ID", False, "the columns are id, name, cas"),
        ("id,name,shelf", False, "the columns are id, name, cas"),
        ("id,name,cas,cas_checked_by", False, "the columns are"),
        ("id,name,cas,names", False, "did you mean 'name'"),
    ],
)
def test_a_lab_s_own_column_is_noted_and_one_that_may_be_misspelt_is_a_problem(
    tmp_path, header, is_problem, fix
):
    path = tmp_path / "lab.csv"
    path.write_text(header + "\n" + ",".join("abcd"[: header.count(",") + 1]) + "\n", encoding="utf-8")
    problems, notes = [], []
    rows = tables.read_table(path, required=["id", "name"], optional=["cas"], problems=problems, notes=notes)
    (said,) = problems if is_problem else notes
    assert [bool(problems), bool(notes)] == [is_problem, not is_problem]
    assert said.fix.startswith(fix)
    assert (rows[0]["id"], rows[0]["name"]) == ("a", "b")


@pytest.mark.parametrize("header", ["ID,Name,SMILES", "Id, NAME ,Smiles", "id;Name;SMILES"])
def test_capitals_of_a_heading_do_not_matter(read: Read, header: str) -> None:
    (row,) = read(f"{header}\n{'a;b;C' if ';' in header else 'a,b,C'}\n")
    assert row == {"id": "a", "name": "b", "smiles": "C"}


def test_blanks_and_hyphens_of_a_heading_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("ID,Binding form,cas-source\na,b,c\n", encoding="utf-8")
    problems: list[Problem] = []
    (row,) = tables.read_table(
        path, required=["id"], optional=["binding_form", "cas_source"], problems=problems
    )
    assert (row["binding_form"], row["cas_source"], problems) == ("b", "c", [])


def test_one_column_in_two_spellings_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("id,SMILES,smiles\na,C,CC\n", encoding="utf-8")
    problems: list[Problem] = []
    tables.read_table(path, required=["id"], optional=["smiles"], problems=problems)
    assert "stands twice" in problems[0].what


def test_all_own_columns_are_one_note(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Lot,id,CID,Dipole,Class\n1,a,2,3,X\n", encoding="utf-8")
    problems: list[Problem] = []
    notes: list[Problem] = []
    (row,) = tables.read_table(path, required=["id"], optional=["cas"], problems=problems, notes=notes)
    assert (row["id"], problems) == ("a", [])
    (note,) = notes
    assert (note.line, note.column) == (1, 1)
    assert note.what == "the columns 'Lot', 'CID', 'Dipole' and 'Class' are not read"
