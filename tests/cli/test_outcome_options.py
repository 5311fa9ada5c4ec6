"""Does every field get from the command line and from a file to the database, and out again?"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ligandkb.cli.outcomes import outcomes
from ligandkb.evidence.outcome_fields import CellKind
from ligandkb.evidence.outcomes import BATCH, FIELDS, OLD_NAMES, OutcomeField
from ligandkb.problems import LigandkbError
from ligandkb.storage.recorded import recordings

ALL = (*FIELDS, BATCH)
SMILES = {"binding_form_smiles": "O=C([O-])c1ccccc1", "added_as_smiles": "O=C(O)c1ccccc1"}
TEXTS = {
    "id": "mine",
    "binding_form": "benzoate",
    "partner": "oleylammonium",
    "composition": "CsPbBr3",
    "doi": "10.1021/jacs.8b11035",
    "effect": "improved",
    "plqy_before_pct": "62",
    "plqy_after_pct": "95",
    "relative_change_pct": "53",
    "added_as": "benzoic acid",
    **SMILES,
}


def sample(one: OutcomeField) -> str:
    """A text that its cell may hold: the last word, the middle of the range, or some letters."""
    if one.column in TEXTS:
        return TEXTS[one.column]
    if one.words:
        return str(list(one.words)[-1])
    if one.is_number and one.minimum is not None:
        return f"{(one.minimum + (one.maximum or 50.0)) / 2:g}"
    return f"some {one.column}"


def expected(one: OutcomeField) -> object:
    return float(sample(one)) if one.is_number else sample(one)


@pytest.fixture
def run():
    def invoke(*arguments):
        done = CliRunner().invoke(outcomes, [str(argument) for argument in arguments])
        if isinstance(done.exception, LigandkbError):
            raise done.exception
        return done

    return invoke


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    """A database with every field typed as an option."""
    db = tmp_path_factory.mktemp("typed") / "o.sqlite"
    options = []
    uncertainties = {one.typed_with: sample(one) for one in FIELDS if one.kind is CellKind.PERCENT}
    for one in ALL:
        if one.typed_with or one.option == "LIGAND":
            continue
        spread = f"±{uncertainties[one.column]}" if one.column in uncertainties else ""
        options += [one.option, sample(one) + spread]
    done = CliRunner().invoke(outcomes, ["add", "benzoate", *options, "--by", "Ada", "--db", str(db)])
    assert done.exit_code == 0, done.output or done.exception
    return db


@pytest.fixture(scope="module")
def from_file(tmp_path_factory):
    """A database with every field read from a file."""
    folder = tmp_path_factory.mktemp("file")
    with (folder / "in.csv").open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([[one.column for one in ALL], [sample(one) for one in ALL]])
    db = folder / "o.sqlite"
    done = CliRunner().invoke(
        outcomes, ["add", "--from", str(folder / "in.csv"), "--by", "Ada", "--db", str(db)]
    )
    assert done.exit_code == 0, done.output or done.exception
    return db


@pytest.fixture(scope="module", params=["typed", "from_file"])
def db(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.column)
class TestEveryField:
    def test_is_an_attribute(self, db, one):
        (recording,) = recordings(str(db))
        value = getattr(recording.outcome if one in FIELDS else recording, one.name)
        if one.kind is CellKind.PERCENT:
            assert value == pytest.approx(float(sample(one)) / 100, abs=1e-6)
        else:
            assert one.plain(value) == expected(one)

    def test_is_in_the_database(self, db, one):
        with sqlite3.connect(db) as connection:
            (value,) = connection.execute(f"SELECT {one.database_column or one.name} FROM recorded_outcome")
        assert one.cell(value[0]) == expected(one)

    def test_is_in_the_export_and_the_lists(self, db, one, run):
        exported = run("export", "--db", db).stdout
        (row,) = csv.DictReader(io.StringIO(exported))
        assert row[one.column] == str(expected(one))
        (listed,) = json.loads(run("list", "-f", "json", "--db", db).stdout)["rows"]
        assert listed[one.column] == expected(one)
        (shown,) = csv.DictReader(io.StringIO(run("list", "-f", "csv", "--db", db).stdout))
        assert shown[one.column] == str(expected(one))

    def test_is_in_the_help(self, db, one, run):
        for command in ("add", "correct"):
            said = run(command, "--help").output
            assert one.option in said or (command == "correct" and one.option in ("LIGAND", "--id"))


@pytest.mark.parametrize(
    "one",
    [one for one in ALL if not one.typed_with and one.option != "LIGAND" and one.column != "id"],
    ids=lambda one: one.column,
)
def test_every_field_can_be_corrected(from_file, tmp_path, run, one):
    copy = tmp_path / "o.sqlite"
    copy.write_bytes(from_file.read_bytes())
    other = {
        "partner": "caesium",
        "composition": "CsPbI3",
        "effect": "",
        "doi": "10.1000/other",
        "added_as": "",
        "relative_change_pct": "10",
    }.get(one.column, str(next(iter(one.words))) if one.words else "350" if one.is_number else "other")
    if one.kind is CellKind.PERCENT and one.column != "relative_change_pct":
        other = "70"
    run("correct", "mine", one.option, other, "--reason", "typing error", "--by", "Bob", "--db", copy)
    old, new = (
        getattr(two.outcome if one in FIELDS else two, one.name)
        for two in recordings(str(copy), history=True)
    )
    assert old != new


# --- old names


@pytest.mark.parametrize("old", OLD_NAMES)
def test_an_old_option_is_read_and_the_new_word_said(run, tmp_path, old):
    db = tmp_path / "o.sqlite"
    basics = ["benzoate", "--partner", "none", "-c", "CsPbBr3", "--by", "Ada", "--db", db]
    done = run("add", *basics, f"--{old}", "film")
    option = "--" + OLD_NAMES[old].replace("_", "-")
    assert done.stderr.count(f"note: --{old} is called {option} now") == 1
    (one,) = recordings(str(db))
    assert getattr(one.outcome, OLD_NAMES[old]) == "film"
    assert f"--{old}" not in run("add", "--help").output.split()
    both = run("add", *basics, f"--{old}", "film", option, "film")
    assert both.exit_code == 2
    assert "mean the same" in both.output


@pytest.mark.parametrize("old", OLD_NAMES)
def test_lists_give_the_old_key_beside_the_new_one(run, typed, old):
    (listed,) = json.loads(run("list", "-f", "json", "--db", typed).stdout)["rows"]
    assert listed[old] == listed[OLD_NAMES[old]]
    (shown,) = csv.DictReader(io.StringIO(run("list", "-f", "csv", "--db", typed).stdout))
    assert shown[old] == shown[OLD_NAMES[old]]
    (exported,) = csv.DictReader(io.StringIO(run("export", "--db", typed).stdout))
    assert old not in exported, "an export that names one thing twice would not go back in"


def test_a_lab_s_file_of_before_goes_in(run, tmp_path):
    path, db = Path(__file__).parents[1] / "frozen" / "lab" / "outcomes.csv", tmp_path / "o.sqlite"
    with pytest.warns(UserWarning, match="'form' is called 'morphology' now") as said:
        run("add", "--from", path, "--by", "Ada", "--db", db)
    assert len(said) == 1
    assert {one.outcome.morphology for one in recordings(str(db))} == {"nanocrystals"}
