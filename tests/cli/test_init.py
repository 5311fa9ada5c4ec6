from __future__ import annotations

import warnings

import pytest
import typer
from typer.testing import CliRunner

import ligandkb as lk
from ligandkb.cli.init import TABLES, init, start_folder, starting_texts
from ligandkb.problems import InputError

FILES = [*TABLES, "README.md", "COLUMNS.md"]


def test_the_command_makes_the_files_and_says_what_next(tmp_path):
    folder = tmp_path / "my-lab"
    alone = typer.Typer()
    alone.command()(init)
    done = CliRunner().invoke(alone, [str(folder)])
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert done.stdout.split() == [str(folder / name) for name in FILES]
    assert "ligandkb check --data" in done.stderr


def test_nothing_that_exists_is_overwritten(tmp_path):
    folder = tmp_path / "my-lab"
    folder.mkdir()
    (folder / "ligands.csv").write_text("mine")
    (folder / "outcomes.csv").symlink_to(tmp_path / "elsewhere")
    made, kept = start_folder(folder)
    assert [path.name for path in made] == ["partners.csv", "offers.csv", "README.md", "COLUMNS.md"]
    assert [path.name for path in kept] == ["ligands.csv", "outcomes.csv"]
    assert (folder / "ligands.csv").read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
    before = {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()}
    assert start_folder(folder)[0] == ()
    assert {path.name: path.lstat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_files_load_as_they_are(kb, tmp_path):
    start_folder(tmp_path / "lab")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = lk.load([tmp_path / "lab"])
    assert len(loaded.ligands) == len(kb.ligands)
    assert len(loaded.outcomes) == len(kb.outcomes)


def test_the_examples_count_once_their_mark_is_taken_off(kb, tmp_path):
    start_folder(tmp_path / "lab")
    for name in TABLES:
        path = tmp_path / "lab" / name
        path.write_text(path.read_text().replace("# my-", "my-").replace("# oleic-acid", "oleic-acid"))
    loaded = lk.load([tmp_path / "lab"])
    assert len(loaded.ligands) == len(kb.ligands) + 1
    assert len(loaded.catalogue.partners) == len(kb.catalogue.partners) + 1
    assert len(loaded.outcomes) == len(kb.outcomes) + 1
    assert [offer.price for offer in loaded.catalogue.offers] == [45.5]


@pytest.mark.parametrize("name", TABLES)
def test_the_page_says_what_every_column_means(tmp_path, name):
    texts = starting_texts(tmp_path)
    header = next(line for line in texts[name].splitlines() if not line.startswith("#"))
    section = texts["COLUMNS.md"].split(f"## {name}")[1].split("\n## ")[0]
    for column in header.split(","):
        assert f"| `{column}` |" in section


def test_the_readme_has_ten_lines_and_names_every_file_and_the_next_commands(tmp_path):
    readme = starting_texts(tmp_path / "my-lab")["README.md"]
    assert len(readme.splitlines()) == 10
    for word in (
        *TABLES,
        "COLUMNS.md",
        "rank --data my-lab",
        "check --data my-lab",
        "import quote.xlsx --into my-lab",
    ):
        assert word in readme


@pytest.mark.parametrize("name", ["sites.csv", "hazard_statements.csv", "properties.csv", "solubility.csv"])
def test_the_page_has_the_other_tables_that_a_folder_may_hold(tmp_path, name):
    assert f"## {name}" in starting_texts(tmp_path)["COLUMNS.md"]


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "lab").write_text("")
    with pytest.raises(InputError, match="a file, not a folder"):
        start_folder(tmp_path / "lab")


def test_a_hostile_name_is_only_a_name(tmp_path):
    folder = tmp_path / "{0.__class__} %s \x1b[31m"
    start_folder(folder)
    assert (folder / "ligands.csv").exists()


def test_what_init_made_and_nobody_has_filled_in_yet_is_no_reason_to_say_anything(run, tmp_path):
    lab, quote = tmp_path / "my-lab", tmp_path / "quote.csv"
    assert run("init", lab).code == 0
    assert run("rank", "--top", "1", "--data", lab).err == ""
    quote.write_text("Name,CAS,Price,Currency\nBenzoic acid,65-85-0,12.50,EUR\n", encoding="utf-8")
    assert run("import", quote, "--into", lab, "--date", "2026-03-01").err == ""
