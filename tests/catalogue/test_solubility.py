"""Is what was printed of solubility read as it was printed?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ligandkb.catalogue.solubility import contents_of, read_solubility

HEAD = "smiles,name,solvent,dissolves,solubility_mmol_per_l,temperature_c,source,locator,note\n"


def read(folder: Path, *rows: str):
    (folder / "solubility.csv").write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    problems = []
    return read_solubility(folder / "solubility.csv", problems), [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("rows", "dissolves"),
    [
        (["toluene,yes,5"], True),
        (["toluene,no,0.1"], False),
        (["toluene,no,", "hexane,yes,2"], True),
        (["hexane,no,"], None),  # toluene is the better solvent
        (["hexane,no,", "toluene,no,"], False),
    ],
)
def test_either_solvent_is_enough_and_toluene_decides(tmp_path, rows, dissolves):
    table, problems = read(tmp_path, *(f"CCCC,butane,{row},,10.1/x,," for row in rows))
    assert problems == []
    assert table[contents_of([("CCCC", 1)])].in_either is dissolves


def test_a_salt_is_found_by_its_ions_however_it_is_drawn(tmp_path):
    table, problems = read(tmp_path, "Br[Pb]Br,lead bromide,toluene,no,,,10.1/x,,")
    assert problems == []
    assert list(table) == [contents_of([("[Pb+2]", 2), ("[Br-]", 4)])]


def test_what_is_wrong_is_said_with_its_place(tmp_path):
    _, problems = read(
        tmp_path,
        "CCO,ethanol,water,yes,,,10.1/x,,",
        "CCO,ethanol,toluene,soluble,,,10.1/x,,",
        "CCO,ethanol,toluene,yes,0.2,,10.1/x,,",
        "CCO,ethanol,hexane,yes,,,10.1/x,,",
        "OCC,ethanol,hexane,no,,,10.1/x,,",
        "C1CC,,toluene,yes,,,10.1/x,,",
    )
    said = [line.split("solubility.csv:")[1] for line in problems]
    assert said[0].startswith("2:13: 'water' is not a value of 'solvent'")
    assert said[1].startswith("3:21: 'soluble' is not a value of 'dissolves'")
    assert (
        said[2]
        == "4:21: 'yes' contradicts 0.2 mmol/L: yes is 1 mmol/L or more: correct the number or the word"
    )
    assert said[3] == "6:13: hexane stands in an earlier row, too: keep one row, note the other"
    assert said[4].startswith("7:")
