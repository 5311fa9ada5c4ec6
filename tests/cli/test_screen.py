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
    first, second, third, *vetoed = done.out.splitlines()
    assert first == f"3 lines: 2 rows in 1 part, {out}/part-*.parquet"
    assert second == f"1 line without rows, each with the reason: {out}/rejected.csv"
    assert third.startswith("3 lines in ")
    assert vetoed[0] == "1 line of the list is vetoed:"
    assert len(vetoed) == 2 and vetoed[1].startswith("- line 2, A-2, OC(=O)CF: can kill")
    rows = rows_of(out)
    assert [(row["line"], row["id"], row["Price"]) for row in rows] == [(1, "A-1", "12.50"), (2, "A-2", "3")]
    assert rows[1]["verdict"] == "vetoed" and "Lot" not in rows[0]
    again = run("screen", supplied, "-o", out, "-w", "1")
    assert again.out.splitlines()[2:] == ["3 lines had been done before", *vetoed]


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_lines_that_may_hurt_are_named_without_top(run, tmp_path, form):
    azides = "".join(f"OC(=O)CCN=[N+]=[N-] azide {number}\n" for number in range(7))
    (tmp_path / "list.smi").write_text(f"OC(=O)C1CCCCC1C(=O)OO peracid\n{azides}CC(=O)O acetic\n")
    asked = (
        "screen",
        tmp_path / "list.smi",
        "-o",
        tmp_path / "out",
        "-w",
        "0",
        "-f",
        form,
        "--part-lines",
        "3",
    )
    for _ in range(2):  # as it is screened, and as it is read again
        said = run(*asked).out
        assert "7 lines of the list are vetoed:\n- line 2, azide 0, OC(=O)CCN=[N+]=[N-]: " in said
        assert "- line 6, azide 4" in said and "azide 5" not in said
        assert "- 2 more: their rows stand in the parts, with verdict vetoed.\n" in said
        assert "1 line of the list is suspected to be explosive or lethal:\n- line 1, peracid, " in said


def test_what_has_no_donor_group_and_may_hurt_is_not_among_the_best(run, tmp_path):
    lines = "CCCCCCO[N+](=O)[O-] hexyl nitrate\nFCCBr 1-bromo-2-fluoroethane\nCC(=O)O acetic\n"
    (tmp_path / "list.smi").write_text(lines)
    said = " ".join(
        run("screen", tmp_path / "list.smi", "-o", tmp_path / "out", "-w", "0", "--top", "9").out.split()
    )
    assert "The best 1 binding form of 3 lines" in said
    assert "2 lines of the list are suspected to be explosive or lethal:" in said
    assert (
        "- line 1, hexyl nitrate, CCCCCCO[N+](=O)[O-]: can't be excluded to be explosive; no donor group"
        in said
    )
    assert "1 suspected to be explosive, 1 suspected to be lethal" in said


def test_that_nothing_is_vetoed_is_said_only_where_that_is_known(run, tmp_path):
    (tmp_path / "list.smi").write_text("CC(=O)O acetic\n")
    asked = ("screen", tmp_path / "list.smi", "-w", "0", "-o")
    assert "No line of the list that could be read is vetoed." in run(*asked, tmp_path / "all").out
    said = run(*asked, tmp_path / "few", "--columns", "smiles,verdict").out
    assert "can't be told without the columns verdict and verdict_reason" in said


def test_what_isnt_asked_for_is_left_out(run, supplied, tmp_path):
    options = (
        "-w",
        "0",
        "--carry",
        "Lot",
        "--carry",
        "Lot",
        "--without",
        "logp_neutral",
        "--columns",
        "smiles,verdict,logp_neutral",
    )
    assert run("screen", supplied, "-o", tmp_path / "out", *options).code == 0
    assert [*rows_of(tmp_path / "out")[0]] == ["line", "id", "Lot", "verdict", "smiles"]


def test_what_is_written_always_may_be_named(run, supplied, tmp_path):
    assert run("screen", supplied, "-o", tmp_path / "out", "-w", "0", "--columns", "id,line,smiles").code == 0
    assert [*rows_of(tmp_path / "out")[0]] == ["line", "id", "Price", "smiles"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--without", "logp_netral"),
            "--without logp_netral: there is no such column: did you mean 'logp_neutral'",
        ),
        (("--columns", "verdikt"), "did you mean 'verdict'"),
        (("--columns", " , "), "--columns names none"),
        (
            ("--columns", "smiles,counter_ion", "--duplicates"),
            "--duplicates: they can't be found without binding_form_smiles: name these in --columns, too",
        ),
        (("--columns", "smiles", "--without", "smiles"), "--without leaves no column to write"),
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
