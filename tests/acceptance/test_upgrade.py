"""Does what a lab kept for 0.1.0 go on to be read, whole, and does its database come along after a backup?

The folder is that of tests/frozen/lab, the database the one that 0.1.0 wrote (tests/storage/old_databases).
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import ligandkb as lk

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS / "frozen" / "lab"
DATABASE = TESTS / "storage" / "old_databases" / "outcomes-0.1.0.sqlite"
TABLE = "recorded_outcome"


@pytest.fixture
def lab(tmp_path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "lab"))


@pytest.fixture
def database(tmp_path) -> Path:
    return Path(shutil.copy(DATABASE, tmp_path / "mine.sqlite"))


@pytest.fixture
def ask(run, lab, database):
    """Run a command on the lab's folder and database; it has to succeed."""

    def ask(*arguments):
        done = run(
            *arguments,
            env={
                "LIGANDKB_DATA": str(lab),
                "LIGANDKB_RULES": str(lab / "rules"),
                "LIGANDKB_DB": str(database),
            },
        )
        assert done.code == 0, done.err
        return done

    return ask


def cells(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, strict=True))


def stored(path: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {TABLE} ORDER BY id, version")]


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def record(ask):
    pair = ("benzoate", "--partner", "oleylammonium", "--composition", "CsPbBr3", "--effect", "improved")
    return ask("outcomes", "add", *pair, "--note", "made up for the test", "--by", "Ada")


def test_every_row_of_the_folder_is_read(ask, lab, database):
    ask("check", "--data", lab, "--rules", lab / "rules", "--examples")
    kb = lk.load(lab, lab / "rules", db=str(database))
    products = {product.name: product for product in kb.catalogue.products}
    for row in cells(lab / "ligands.csv"):
        assert products[row["name"]].smiles == row["smiles"]
        assert products[row["name"]].purity == row["purity"]
    assert {row["id"] for row in cells(lab / "partners.csv")} <= {
        partner.id for partner in kb.catalogue.partners
    }
    outcomes = {outcome.id: outcome for outcome in kb.outcomes}
    for row in cells(lab / "outcomes.csv"):
        read = outcomes[row["id"]]
        assert read.morphology == row["form"]  # its name in 0.1.0
        assert str(read.effect) == row["effect"]
        assert 100 * read.plqy_before == pytest.approx(float(row["plqy_before_pct"]))
        assert 100 * read.plqy_after == pytest.approx(float(row["plqy_after_pct"]))
        assert (read.added_as, read.source) == ("", None)  # what 0.1.0 didn't ask is not made up
    assert "lab-fluorinated-partner" in {rule.id for rule in kb.rulebook.rules}


def test_what_a_lab_s_row_leaves_blank_is_filled_by_its_structure_alone(lab):
    kb = lk.load(lab, lab / "rules")
    benzoic = kb.find("our benzoic acid").product
    assert (benzoic.id, benzoic.boiling_point_c) == (
        "benzoic-acid",
        lk.load((), ()).find("benzoic acid").product.boiling_point_c,
    )
    other = lab.parent / "other"
    other.mkdir()
    (other / "ligands.csv").write_text(
        "id,name,smiles\nbenzoic-acid,ours,OC(=O)c1ccc(F)cc1\n", encoding="utf-8"
    )
    assert lk.load(other, ()).find("ours").product.boiling_point_c is None


def test_reading_touches_neither_folder_nor_database(ask, lab, database):
    before = content(lab.parent)
    ranked = json.loads(ask("rank", "-f", "json").out)["rows"]
    ask("explain", "our own acid", "--no-compute")
    ask("outcomes", "list", "--history")
    ask("validate", "catalogue")
    ask("validate", "sources")
    assert content(lab.parent) == before
    evidence = {outcome["id"] for row in ranked for outcome in row["evidence"]}
    assert {"lab-1", "lab-2", *(row["id"] for row in stored(database))} <= evidence


def test_the_first_recording_keeps_every_row_after_a_backup(ask, database):
    old = stored(database)
    listed = json.loads(ask("outcomes", "list", "--history", "-f", "json").out)["rows"]
    record(ask)
    (backup,) = database.parent.glob("mine.sqlite.0002-*.bak")
    assert stored(backup) == old
    new = stored(database)
    kept = [row for row in new if (row["id"], row["version"]) in {(one["id"], one["version"]) for one in old}]
    assert len(new) == len(old) + 1
    assert [{name: row[name] for name in old[0]} for row in kept] == old
    # Columns that came since are blank in the old rows: nobody knows what would stand there.
    assert {row[name] for row in kept for name in row.keys() - old[0].keys()} <= {"", None}
    again = json.loads(ask("outcomes", "list", "--history", "-f", "json").out)["rows"]
    assert [row for row in again if row in listed] == listed


def test_old_rows_can_be_exported_read_back_and_corrected(ask, database, tmp_path):
    record(ask)
    ask("outcomes", "export", "-o", tmp_path / "all.csv")
    count = len(stored(database))
    said = ask("outcomes", "add", "--from", tmp_path / "all.csv", "--by", "Ada").err
    assert "\n0 recorded in " in said
    assert len(stored(database)) == count
    ask("outcomes", "correct", "first", "--plqy-after-pct", "70", "--reason", "misread", "--by", "Ada")
    assert [row["version"] for row in stored(database) if row["id"] == "first"] == [1, 2]
    assert len(list(database.parent.glob("mine.sqlite.*.bak"))) == 1


def test_a_table_of_outcomes_as_0_1_0_had_it_can_be_recorded(ask, lab, database):
    count = len(stored(database))
    ask("outcomes", "add", "--from", lab / "outcomes.csv", "--by", "Ada")
    assert len(stored(database)) == count + 2
    assert {"lab-1", "lab-2"} <= {row["id"] for row in stored(database)}
