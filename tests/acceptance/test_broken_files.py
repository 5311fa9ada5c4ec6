"""A lab's broken files through ``ligandkb check --data``: each gets the message that fixes it, none a traceback.

The reader's own faults stand in tests/tables; here each is met as a chemist meets it, with whatever else the command
has to say about the file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

A = "[O-]C(=O)c1ccccc1"


def ligand(**cells: str) -> str:
    row = {"id": "", "name": "a", "smiles": "CC(=O)O", "role": "", "binding_form": "", "cas": ""}
    row |= {"density_g_per_ml": "", "melting_point_c": "", "state_20c": "", "doi": ""} | cells
    return f"{','.join(row)}\n{','.join(row.values())}\n"


def partner(**cells: str) -> str:
    row = {"id": "x", "name": "x", "smiles": "CCCC[NH3+]", "made_from": "", "route": "as_bought"} | cells
    return f"{','.join(row)}\n{','.join(row.values())}\n"


def outcome(*changed: dict[str, str]) -> str:
    row = {"id": "x", "binding_form_smiles": A, "partner": "oleylammonium", "composition": "CsPbBr3"}
    row |= {"effect": "improved", "plqy_after_pct": "", "emission_after_nm": "", "route": ""}
    lines = [row | cells for cells in changed]
    return "\n".join([",".join(row), *(",".join(line.values()) for line in lines)]) + "\n"


# Table, content, where the problem is, and words that fix it.
BROKEN: dict[str, tuple[str, str | bytes, str, str]] = {
    "empty": ("ligands", b"", ":", "let its first line be name,smiles"),
    "only-comments": ("ligands", "# name,smiles\n", ":", "let its first line be name,smiles"),
    "no-header": ("ligands", "benzoic acid,OC(=O)c1ccccc1\n", ":1:1:", "let the first line be name,smiles"),
    "pipes": ("ligands", "name|smiles\na|CC(=O)O\n", ":1:1:", "separate them by comma, semicolon or tab"),
    "missing-column": ("ligands", "id,name\na,b\n", ":1:1:", "'smiles' is missing: add it to this line"),
    "misspelt-column": ("ligands", "name,smile\na,CC(=O)O\n", ":1:6:", "did you mean 'smiles'?"),
    "repeated-column": ("ligands", "name,smiles,name\na,CC(=O)O,b\n", ":1:13:", "keep one of them"),
    "bare-comma": (
        "ligands",
        "name,smiles\n2,2-x acid,CC(=O)O\n",
        ":2:12:",
        "put double quotes around a cell",
    ),
    "too-few-cells": ("ligands", "name,smiles,cas\na\n", ":2:1:", "add the missing cells"),
    "open-quote": ("ligands", 'name,smiles\n"a,CC(=O)O\nb,C\n', ":2:1:", "put a double quote at the end"),
    "nul": ("ligands", b"name,smiles\na\0,CC(=O)O\n", ":2:1:", "retype the cell and save it as CSV UTF-8"),
    "utf-16-without-mark": ("ligands", "name,smiles\na,C\n".encode("utf-16-le"), ":", "save it as CSV UTF-8"),
    "two-encodings": ("ligands", b"name,smiles\n\xc3\xa9a,CN\n\xe9b,CN\n", ":3:1:", "save it as CSV UTF-8"),
    "xlsx": ("ligands", b"PK\x03\x04" + bytes(60), ":", "open it in its program and save it as CSV UTF-8"),
    "xls": ("ligands", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), ":", "save it as CSV UTF-8"),
    "web-page": ("ligands", "<!DOCTYPE html><html></html>", ":", "this is a web page"),
    "pdf": ("ligands", b"%PDF-1.7\n", ":", "this is a PDF"),
    "gzip": ("ligands", b"\x1f\x8b\x08\0", ":", "this is a gzip archive"),
    "merge-conflict": ("ligands", "name,smiles\n<<<<<<< HEAD\na,CN\n", ":2:1:", "settle the merge"),
    "spreadsheet-error": ("ligands", "name,smiles\na,#NAME?\n", ":2:3:", "format the column as text"),
    "too-large": ("ligands", b"name,smiles\n" + b"x" * 20 * 2**20, ":", "or split it"),
    "repeated-id": ("ligands", "id,name,smiles\na,b,CN\na,c,CCN\n", ":3:1:", "give each row its own 'id'"),
    "same-id-from-name": (
        "ligands",
        "name,smiles\nX acid,CN\nx acid,CCN\n",
        ":3:1:",
        "give each row its own",
    ),
    "id-with-blank": ("ligands", ligand(id="Oleic acid"), ":2:1:", "write 'oleic-acid'"),
    "no-name": ("ligands", ligand(name=""), ":2:2:", "write the name under which it is sold"),
    "no-latin-letter": ("ligands", ligand(name="кислота"), ":2:2:", "give the row an id, e.g. oleic-acid"),
    "no-smiles": ("ligands", ligand(smiles=""), ":2:4:", "write the structure of the product as bought"),
    "open-bracket": ("ligands", ligand(smiles="CC(=O"), ":2:8:", "check brackets, ring numbers and element"),
    "open-ring": ("ligands", ligand(smiles="OC(=O)c1ccccc"), ":2:16:", "check brackets, ring numbers"),
    "five-bonds": ("ligands", ligand(smiles="CC(C)(C)(C)C(=O)O"), ":2:4:", "check valences, charges"),
    "no-such-element": ("ligands", ligand(smiles="CC(=O)[Xx]"), ":2:10:", "element symbols"),
    "radical": ("ligands", ligand(smiles="CC(=O)[O]"), ":2:10:", "write its charge, as in [O-]"),
    "wildcard": ("ligands", ligand(smiles="*C(=O)O"), ":2:4:", "replace * by an element"),
    "name-behind": ("ligands", ligand(smiles="CC(=O)O acetic acid"), ":2:11:", "into their own column"),
    "cxsmiles": ("ligands", ligand(smiles="CC(=O)O |$;;;$|"), ":2:11:", "put names into their own column"),
    "too-long-smiles": ("ligands", ligand(smiles="C" * 2001), ":2:4:", "at most 2000 are read"),
    "too-many-atoms": ("ligands", ligand(smiles="C" * 501), ":2:4:", "at most 500 are read"),
    "unequal-charges": (
        "ligands",
        ligand(smiles="[Na+].[Na+].CC(=O)[O-]"),
        ":2:4:",
        "write every ion as often",
    ),
    "no-such-role": ("ligands", ligand(role="ligant"), ":2:12:", "did you mean 'ligand'?"),
    "too-many-form-names": ("ligands", ligand(binding_form="a|b"), ":2:13:", "write as many names as forms"),
    "cas-made-a-date": (
        "ligands",
        ligand(cas="2001-05-03"),
        ":2:14:",
        "enter the number again from its source",
    ),
    "cas-check-digit": ("ligands", ligand(cas="64-19-8"), ":2:14:", "digit by digit"),
    "unit-in-cell": ("ligands", ligand(density_g_per_ml="1.05 g/mL"), ":2:15:", "write 1.05"),
    "other-unit": ("ligands", ligand(density_g_per_ml="1050"), ":2:15:", "check the value and its unit"),
    "range": ("ligands", ligand(melting_point_c="16-17"), ":2:16:", "write one number"),
    "no-such-state": ("ligands", ligand(state_20c="liquids"), ":2:17:", "did you mean 'liquid'?"),
    "doi-as-link": (
        "ligands",
        ligand(doi="https://doi.org/10.1021/jacs.8b11035"),
        ":2:18:",
        "write 10.1021/",
    ),
    "anion-as-partner": ("partners", partner(smiles="[Cl-]"), ":2:5:", "write the ion with its charge"),
    "made-from-nothing": ("partners", partner(made_from="oleylamin"), ":2:16:", "did you mean 'oleylamine'"),
    "no-such-route": ("partners", partner(route="bought"), ":2:17:", "did you mean 'as_bought'?"),
    "no-such-effect": ("outcomes", outcome({"effect": "better"}), ":2:43:", "write one of improved"),
    "plqy-above-100": (
        "outcomes",
        outcome({"plqy_after_pct": "120"}),
        ":2:52:",
        "check the value and its unit",
    ),
    "emission-in-ev": (
        "outcomes",
        outcome({"emission_after_nm": "2.4"}),
        ":2:53:",
        "check the value and its",
    ),
    "no-such-crystal": ("outcomes", outcome({"composition": "CsPbF3"}), ":2:35:", "write it like CsPbBr3"),
    "no-such-partner": ("outcomes", outcome({"partner": "olylammonium"}), ":2:21:", "did you mean 'oleyl"),
    "no-outcome-id": ("outcomes", outcome({"id": ""}), ":2:1:", "fill it in, or delete the row"),
    "outcome-twice": (
        "outcomes",
        outcome({}, {"effect": "decreased"}),
        ":3:1:",
        "give each row its own 'id'",
    ),
    "no-such-depth": ("sites", "composition,trap_depth\nCsPbBr3,abyssal\n", ":2:9:", "write one of shallow"),
    "misnamed-file": ("ligand", ligand(), ":", "rename ligand.csv to ligands.csv"),
}


def test_there_are_enough_faults() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_gets_the_message_that_fixes_it(
    fault: str, run: Callable[..., object], lab: Callable[..., Path]
) -> None:
    table, content, where, fix = BROKEN[fault]
    folder = lab(**{table: content})
    done = run("check", "--data", folder)
    assert (done.code, done.out) == (1, "")
    lines = done.err.splitlines()
    file = f"{folder}" if fault == "misnamed-file" else f"{folder / table}.csv"
    assert [line for line in lines if line.startswith(f"{file}{where}") and fix in line], done.err
    # Nothing else is said of the file but what is wrong with it, in the same form.
    assert all(line.startswith(file) for line in lines), done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["check", "rank", "explain"])
def test_a_folder_that_is_none(command: str, run: Callable[..., object], tmp_path: Path) -> None:
    what = ["benzoate"] if command == "explain" else []
    done = run(command, *what, "--data", tmp_path / "nowhere")
    assert (done.code, done.out) == (1, "")
    assert "there is no such folder: make one with ligandkb init" in done.err


def test_all_problems_of_all_files_come_at_once(run: Callable[..., object], lab: Callable[..., Path]) -> None:
    folder = lab(
        ligands=ligand(smiles="CC(", cas="64-19-8"),
        partners=partner(smiles="[Cl-]"),
        outcomes=outcome({"effect": "better"}, {"id": "y", "composition": "CsPbF3"}),
    )
    for command in (["check"], ["rank"], ["explain", "benzoate"]):
        done = run(*command, "--data", folder)
        assert done.code == 1
        places = [line.removeprefix(f"{folder}/").split(": ", 1)[0] for line in done.err.splitlines()]
        assert places == [
            "ligands.csv:2:6",
            "ligands.csv:2:10",
            "outcomes.csv:2:43",
            "outcomes.csv:3:35",
            "partners.csv:2:5",
        ]
