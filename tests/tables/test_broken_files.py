"""Eighty-odd ways to break a CSV file: each gets the message that fixes it, none a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ligandkb.problems import Problem
from ligandkb.tables import (
    cas_number,
    check_unique,
    choice,
    doi,
    filled,
    identifier,
    names,
    number,
    read_table,
)

# The messages that each file must get, in order; read them as the user does.
EXPECTED = Path(__file__).with_name("broken_files.txt")

HEADER = b"id,name,smiles,cas,density_g_per_ml,role,doi\n"
ROW = b"oleic-acid,oleic acid,CCO,112-80-1,0.9,ligand,10.1021/jacs.8b11035\n"


def row_with(**cells: str) -> bytes:
    """A table of one row, right but for the given cells."""
    row = {"id": "a", "name": "b", "smiles": "C", "cas": "", "density_g_per_ml": "", "role": "", "doi": ""}
    return HEADER + (",".join((row | cells).values()) + "\n").encode()


BROKEN_FILES: dict[str, bytes] = {
    "empty": b"",
    "only-blank-lines": b"\n\r\n  \n",
    "only-comments": b"# id,name,smiles\n# oleic-acid,oleic acid,CCO\n",
    "header-only": HEADER,
    "no-header": ROW,
    "header-by-pipes": b"id|name|smiles\na|b|C\n",
    "header-by-blanks": b"id name smiles\na b C\n",
    "missing-column": b"id,name\na,b\n",
    "misspelt-column": b"id,name,smiles,densty_g_per_ml\na,b,C,1\n",
    "unknown-column": b"id,name,smiles,zzz\na,b,C,1\n",
    "repeated-column": b"id,name,smiles,name\na,b,C,d\n",
    "value-without-column-name": b"id,name,smiles,,role\na,b,C,x,ligand\n",
    "value-beyond-header": b"id,name,smiles,,\na,b,C,,x\n",
    "too-few": HEADER + b"a,b\n",
    "too-many-decimal-comma": b"id,name,smiles,density_g_per_ml\na,b,C,0,9\n",
    "too-many-comma-in-name": b"id,name,smiles\na,2,2-difluorononanoic acid,C\n",
    "curly-quotes-unpaired": 'id,name,smiles\na,“2,2-difluorononanoic acid",C\n'.encode(),
    "row-with-one-semicolon": b"id,name,smiles\na;b\n",
    "row-by-semicolons": b"id,name,smiles\na;b;C\n",
    "open-quote": b'id,name,smiles\na,"b,C\nd,e,C\n',
    "open-quote-later-quote": b'id,name,smiles\na,"b,C\nd,e,C\nf,"g, h",C\n',
    "quote-in-quoted": b'id,name,smiles\na,"4" wafer",C\n',
    "swallowed-line": b'id,name,smiles\na,"b,C\nd,",C\n',
    "nul": b"id,name,smiles\na,b\0b,C\n",
    "utf16-without-mark": "id,name,smiles\na,b,C\n".encode("utf-16-le"),
    "utf16-cut": "id,name,smiles\na,b,C\n".encode("utf-16")[:-1],
    "two-encodings": "id,name,smiles\na,é,C\n".encode() + "d,é,C\n".encode("latin-1"),
    "no-encoding": b"id,name,smiles\na,\x81,C\n",
    "damaged-utf8-with-mark": b"\xef\xbb\xbfid,name,smiles\na,\xe9,C\n",
    "windows-1252": "id,name,smiles\na,“100 °C”,C\n".encode("cp1252"),
    "mangled": "id,name,smiles\na,100 Â°C,C\n".encode(),
    "xlsx": b"PK\x03\x04" + bytes(50),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50),
    "web-page": b"<!DOCTYPE html><html></html>",
    "pdf": b"%PDF-1.7\n",
    "gzip": b"\x1f\x8b\x08\0",
    "rtf": b"{\\rtf1\\ansi}",
    "merge-conflict": b"id,name,smiles\n<<<<<<< HEAD\na,b,C\n=======\na2,b,C\n>>>>>>> theirs\n",
    "spreadsheet-error": b"id,name,smiles\na,b,#NAME?\n",
    "spreadsheet-error-first": b"id,name,smiles\n#REF!,b,C\n",
    "spreadsheet-error-quoted": b'id,name,smiles,cas\n"#REF!",b,C,2001-05-03\n',
    "long-cell": b"id,name,smiles\na," + b"x" * 10001 + b",C\n",
    "wide-row": b"id,name,smiles\na,b,C" + b"," * 1000 + b"\n",
    "too-many-lines": b"id,name,smiles\n" + b"\n" * 100000,
    "too-large": b"id,name,smiles\n" + b"x" * (20 * 2**20),
    "repeated-id": b"id,name,smiles\na,b,C\nd,e,C\na,f,C\na,g,C\n",
    "blank-id": b"id,name,smiles\n,b,C\n",
    "id-with-blank": row_with(id="Oleic acid"),
    "id-accent": row_with(id="Säure_1"),
    "id-cyrillic": row_with(id="кислота"),
    "choice": row_with(role="Ligand"),
    "choice-far": row_with(role="catalyst"),
    "number-unit": row_with(density_g_per_ml="12 mM"),
    "number-percent": row_with(density_g_per_ml="95 %"),
    "number-decimal-comma": row_with(density_g_per_ml='"0,9"'),
    "number-thousands": row_with(density_g_per_ml='"1,234,567.5"'),
    "number-ambiguous": row_with(density_g_per_ml='"1,500"'),
    "number-about": row_with(density_g_per_ml="~0.9"),
    "number-bound": row_with(density_g_per_ml="<0.9"),
    "number-uncertainty": row_with(density_g_per_ml="0.9 ± 0.1"),
    "number-uncertainty-brackets": row_with(density_g_per_ml="0.90(5)"),
    "number-range": row_with(density_g_per_ml="0.8–0.9"),
    "number-nan": row_with(density_g_per_ml="NaN"),
    "number-na": row_with(density_g_per_ml="n/a"),
    "number-dash": row_with(density_g_per_ml="-"),
    "number-inf": row_with(density_g_per_ml="inf"),
    "number-huge": row_with(density_g_per_ml="1e999"),
    "number-power": row_with(density_g_per_ml="9 × 10^-1"),
    "number-date": row_with(density_g_per_ml="09-Jan"),
    "number-word": row_with(density_g_per_ml="dense"),
    "number-fraction": row_with(density_g_per_ml="1/2"),
    "number-low": row_with(density_g_per_ml="-1"),
    "number-high": row_with(density_g_per_ml="900"),
    "cas-date-iso": row_with(cas="2001-05-03"),
    "cas-date-slashes": row_with(cas="03/05/2001"),
    "cas-date-month": row_with(cas="3-May-01"),
    "cas-date-dots": row_with(cas="03.05.2001"),
    "cas-day-number": row_with(cas="37014"),
    "cas-check-digit": row_with(cas="112-80-2"),
    "cas-no-hyphens": row_with(cas="112801"),
    "cas-words": row_with(cas="CAS 112-80-1"),
    "cas-two": row_with(cas="112-80-1; 64-17-5"),
    "cas-nonsense": row_with(cas="n/a"),
    "doi-resolver": row_with(doi="https://doi.org/10.1021/jacs.8b11035"),
    "doi-prefix": row_with(doi="doi:10.1021/jacs.8b11035."),
    "doi-two": row_with(doi="10.1021/jacs.8b11035 10.1039/c9na00292h"),
    "doi-none": row_with(doi="JACS 2018"),
}


def read_and_parse(path: Path) -> tuple[list[Problem], list[Problem]]:
    """Problems and notes of a file after everything that can be asked of its cells was asked."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    rows = read_table(
        path,
        required=["id", "name", "smiles"],
        optional=["cas", "density_g_per_ml", "role", "doi"],
        problems=problems,
        notes=notes,
    )
    check_unique(rows, "id", problems)
    for row in rows:
        filled(row, "id", problems)
        identifier(row, "id", problems)
        filled(row, "smiles", problems)
        names(row, "name")
        cas_number(row, "cas", problems)
        number(row, "density_g_per_ml", problems, minimum=0, maximum=25)
        choice(row, "role", ["ligand", "solvent"], problems)
        doi(row, "doi", problems)
    return problems, notes


def messages(path: Path) -> list[str]:
    problems, notes = read_and_parse(path)
    assert all(problem.file == str(path) and problem.what and problem.fix for problem in problems + notes)
    return [message(problem) for problem in problems] + [f"note: {message(note)}" for note in notes]


def message(problem: Problem) -> str:
    where = f"{problem.line}:{problem.column}: " if problem.line else ""
    return f"{where}{problem.what}: {problem.fix}"


def expected_messages() -> dict[str, list[str]]:
    sections = re.split(r"^== (.+)\n", EXPECTED.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: text.split("\n")[:-1] for name, text in zip(sections[::2], sections[1::2], strict=True)}


def test_that_each_broken_file_has_its_messages() -> None:
    assert set(expected_messages()) == set(BROKEN_FILES)
    assert len(BROKEN_FILES) >= 40


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_message_that_fixes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(BROKEN_FILES[name])
    found = messages(path)
    assert found
    assert found == expected_messages()[name]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_bytes(
        b"id,name,smile,cas,density_g_per_ml\n"
        b"Oleic acid,a,C,2001-05-03,12 mM\n"
        b"b,c\n"
        b'd,"e"f,C,,\n'
        b"d,e,C,112-80-2,\n"
        b"d,#REF!,C,,1 000\n"
    )
    problems, _ = read_and_parse(path)
    assert [(problem.line, problem.column) for problem in sorted(problems)] == [
        (1, 1), (1, 9), (2, 1), (2, 16), (2, 27), (3, 3), (4, 3), (5, 7), (6, 1), (6, 3), (6, 12),
    ]  # fmt: skip
