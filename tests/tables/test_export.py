"""Writing tables that come back as they were."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ligandkb import export
from ligandkb.export import escape_cell, unescape_cell, write_atomically, write_table
from ligandkb.problems import Problem, UsageError
from ligandkb.tables import read_table

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
AWKWARD = st.lists(
    st.sampled_from([*"='\"#+-@\t\r\n ,;|<>“”„\x1c\x85\xa0\ufeffa1", "<<<<<<<", "=======", "#REF!", "sep=;"]),
    max_size=6,
).map("".join)
TEXT = ANY_TEXT | AWKWARD


@given(TEXT)
def test_escaping_is_reversible(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text


@given(TEXT)
def test_what_is_escaped_starts_no_formula(text: str) -> None:
    assert escape_cell(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@given(TEXT)
def test_reading_never_makes_two_texts_of_one(text: str) -> None:
    # A cell that somebody typed by hand stays itself through reading and writing.
    assert unescape_cell(escape_cell(unescape_cell(text))) == unescape_cell(text)


@pytest.mark.parametrize(
    "text", ["", "[O-]C=O", "C#N", "oleate", "'t Hooft", "2'-deoxy", "<5 min", "1.5", "C=C", "(+)-x", "5'"]
)
def test_harmless_text_is_left_alone(text: str) -> None:
    assert escape_cell(text) == text


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT).filter(any), min_size=1, max_size=5))
@example([("#REF!", "=1", "-"), ("<<<<<<< HEAD", "'", "''"), ("# a", "“a, b”", " a "), ("a\rb", "a\nb", '"')])
def test_text_that_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "written.csv"
    columns = ["id", "name", "note"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_table(stream, columns, rows)
    problems: list[Problem] = []
    found = read_table(path, required=columns, optional=[], problems=problems, notes=[])
    assert problems == []
    assert [tuple(row[name] for name in columns) for row in found] == rows


def test_numbers_are_never_escaped_and_none_is_blank() -> None:
    stream = io.StringIO(newline="")
    write_table(stream, ["a", "b", "c", "d"], [[-1.5, "-1.5", None, -3], [True, "x,y", 1e-30, ""]])
    assert stream.getvalue() == 'a,b,c,d\n-1.5,\'-1.5,,-3\nTrue,"x,y",1e-30,\n'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "a\0b", "\ud800"])
def test_what_can_not_be_written_leaves_the_old_file(value: object, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(UsageError, match="row 2, column 'x'"):
        write_table(path, ["x"], [["fine"], [value]])
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_rows_have_as_many_values_as_columns() -> None:
    with pytest.raises(UsageError, match="row 1 has 1 values for 2 columns: give one value for each column"):
        write_table(io.StringIO(), ["a", "b"], [["x"]])


def test_file_is_replaced_whole_with_its_mode_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_atomically(link, "é\r\nnew\n")
    assert link.is_symlink()
    assert target.read_bytes() == "é\r\nnew\n".encode()
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [link, target]


def test_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new.csv", "x")
    (tmp_path / "usual.csv").write_text("x")
    assert (tmp_path / "new.csv").stat().st_mode == (tmp_path / "usual.csv").stat().st_mode


def test_places_where_nothing_can_be_written_are_refused(tmp_path: Path) -> None:
    for path in (
        tmp_path,
        tmp_path / "no" / "x.csv",
        tmp_path / "a\0b",
        Path(os.devnull),
        tmp_path / ("x" * 999),
    ):
        with pytest.raises(UsageError, match=r"can't write .*: name a file"):
            write_atomically(path, "x")
    with pytest.raises(UsageError, match="can't write"):
        write_atomically(tmp_path / "surrogate.csv", "\ud800")
    assert list(tmp_path.iterdir()) == []


# A process that dies while it writes: the signal arrives between the first byte and the rename.
DIES = """
import os, signal, sys
from pathlib import Path
from ligandkb import export
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job inherits "ignore"
os.fsync = lambda descriptor: os.kill(os.getpid(), getattr(signal, sys.argv[2]))
export.write_atomically(Path(sys.argv[1]), "new" * 1000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("death", ["SIGINT", "SIGKILL"])
def test_a_process_that_dies_leaves_the_old_file(death: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")
    search = {**os.environ, "PYTHONPATH": str(Path(export.__file__).parents[1])}
    run = subprocess.run(
        [sys.executable, "-c", DIES, str(path), death], env=search, check=False, capture_output=True
    )
    assert run.returncode != 0
    assert path.read_text() == "old"
    if death == "SIGINT":
        assert list(tmp_path.iterdir()) == [path]
