from __future__ import annotations

import pytest

from ligandkb.cli.screen import said_of
from ligandkb.screening.run import Progress

LIST = "Cat. No.,SMILES,Price,Lot\nA-1,OC(=O)c1ccccc1,12.50,7\nA-2,OC(=O)CF,3,8\nA-3,C1CC,1,9\n"


@pytest.fixture
def supplied(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def rows_of(folder):
    import pyarrow.parquet as pq

    return pq.read_table(folder / "part-00000.parquet").to_pylist()


def test_a_list_goes_through(run, supplied, tmp_path):
    out = tmp_path / "out"
    done = run("screen", supplied, "-o", out, "-w", "1")
    assert (done.code, done.err) == (0, "")
    first, second, third = done.out.splitlines()
    assert first == f"3 lines: 2 rows in 1 part, {out}/part-*.parquet"
    assert second == f"1 line without rows, each with the reason: {out}/rejected.csv"
    assert third.startswith("3 lines in ")
    rows = rows_of(out)
    assert [(row["line"], row["id"], row["Price"]) for row in rows] == [(1, "A-1", "12.50"), (2, "A-2", "3")]
    assert rows[1]["verdict"] == "vetoed" and "Lot" not in rows[0]
    again = run("screen", supplied, "-o", out, "-w", "1")
    assert again.out.splitlines()[2:] == ["3 lines had been done before"]


def test_what_isnt_asked_for_is_left_out(run, supplied, tmp_path):
    options = (
        "-w",
        "0",
        "--carry",
        "Lot",
        "--without",
        "logp_neutral",
        "--columns",
        "smiles,verdict,logp_neutral",
    )
    assert run("screen", supplied, "-o", tmp_path / "out", *options).code == 0
    assert [*rows_of(tmp_path / "out")[0]] == ["line", "id", "Lot", "verdict", "smiles"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--without", "logp_netral"),
            "--without logp_netral: there is no such column: did you mean 'logp_neutral'",
        ),
        (("--columns", "verdikt"), "did you mean 'verdict'"),
        (
            ("--carry", "Prise"),
            "no column is called 'Prise', so that it can't be carried along: did you mean 'Price'",
        ),
        (("-c", "CsPbBr"), "CsPbBr"),
        (("--allow", "explosive"), "can't be allowed"),
    ],
)
def test_wrong_options_make_nothing(run, supplied, tmp_path, options, said):
    done = run("screen", supplied, "-o", tmp_path / "out", *options)
    assert done.code == 2 and said in done.err and not (tmp_path / "out").exists()


def test_a_file_without_structures_is_told(run, supplied, tmp_path):
    supplied.write_text("name\nethanol\n")
    done = run("screen", supplied, "-o", tmp_path / "out")
    assert done.code == 1 and done.err.startswith(f"{supplied}:1:1: no column is called SMILES")


def test_state_in_a_line():
    assert said_of(Progress(1_000, 1_100, 0, 1_000, 2.0, 0.0, 0.0)) == "1,000 lines, 500 lines/s"
