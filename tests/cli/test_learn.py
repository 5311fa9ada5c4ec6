"""Does a lab that typed its outcomes get what they teach, on the screen, in files and in a ranking?"""

from __future__ import annotations

import csv
import io
import json

import pytest

from ligandkb.assessment.outlook import LEARNED_COLUMNS


@pytest.fixture
def learn(run, lab_db):
    def learn(*arguments):
        return run("learn", "--db", lab_db, *arguments)

    return learn


@pytest.fixture
def rank(run, lab_db):
    def rank(*arguments):
        return run("rank", "--db", lab_db, *arguments)

    return rank


def test_the_screen_fits_a_terminal(learn):
    done = learn()
    assert done.code == 0, done.err
    assert max(map(len, done.out.splitlines())) <= 80
    assert not {"\x1b", "\r"} & set(done.out)
    assert "phosphonate-donor             points the other way" in done.out


@pytest.mark.parametrize("ending", ["txt", "md", "html", "json", "csv"])
def test_it_is_written_into_a_file(learn, tmp_path, ending):
    done = learn("-o", tmp_path / f"learned.{ending}")
    assert done.code == 0, done.err
    assert "phosphonate-donor" in (tmp_path / f"learned.{ending}").read_text("utf-8")


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_picture_is_drawn(learn, tmp_path, ending):
    done = learn("--plot", tmp_path / f"rules.{ending}", "--theme", "dark")
    assert done.code == 0, done.err
    assert (tmp_path / f"rules.{ending}").stat().st_size > 5000


def test_programs_read_all_of_it(learn):
    found = json.loads(learn("--format", "json", "--with-literature").out)
    assert found["learned"]["own_outcomes"] == 16
    assert found["learned"]["published_outcomes"] > 50
    assert found["learned"]["left_out"][0]["reason"] == "no effect is stated"
    assert [one["batch"] for one in found["learned"]["batches"]] == ["B1", "B2", "B3", "B4", "B5"]
    assert {one["word"] for one in found["rows"]} >= {"as it was", "not seen"}


def test_nothing_recorded_is_refused_with_what_to_do(run, tmp_path):
    for command in (("learn",), ("rank", "--learned")):
        done = run(*command, "--db", tmp_path / "none.sqlite")
        assert (done.code, done.out) == (1, "")
        assert "no outcome of yours is recorded" in done.err
        assert "ligandkb outcomes add" in done.err


def test_a_ranking_goes_by_it_and_says_so(rank):
    done = rank("--learned")
    assert done.code == 0, done.err
    assert "from your 16 outcomes" in done.out.splitlines()[0]
    assert max(map(len, done.out.splitlines())) <= 80


def test_figures_stand_in_every_format(rank, tmp_path):
    rows = json.loads(rank("--learned", "--plqy", "62", "-f", "json").out)["rows"]
    table = list(csv.DictReader(io.StringIO(rank("--learned", "--plqy", "62", "-f", "csv").out)))
    assert len(rows) == len(table) == 320
    for row, line in zip(rows, table, strict=True):
        assert [str(row[name]) for name in LEARNED_COLUMNS] == [line[name] for name in LEARNED_COLUMNS]
    done = rank("--learned", "--plqy", "62", "-o", tmp_path / "ranking.html")
    assert done.code == 0, done.err
    page = (tmp_path / "ranking.html").read_text("utf-8")
    for heading in ("improves", "closes [90 %]", "PLQY [90 %]", "# by the rulebook", "from your 16 outcomes"):
        assert heading in page
    markdown = rank("--learned", "-f", "md").out
    assert "| improves | closes [90 %] |" in markdown


def test_a_csv_says_on_stderr_what_it_goes_by(rank):
    done = rank("--learned", "-f", "csv")
    assert "Order, from your 16 outcomes" in done.err
    assert "No tag is not a clearance" in done.err


def test_a_plain_ranking_has_nothing_of_it(rank):
    plain = rank("-f", "json").out
    assert not any(name in plain for name in LEARNED_COLUMNS)
    assert "learned" not in json.loads(plain)["meta"]
    assert "learn" not in rank().out


def test_literature_alone_is_refused_where_nothing_is_learned(rank):
    done = rank("--with-literature")
    assert done.code == 2
    assert "add --learned" in done.err


def test_literature_alone_says_that_none_is_yours(run):
    done = run("rank", "--learned", "--with-literature", "--db", "none", "-n", "3")
    assert done.code == 0, done.err
    assert "published outcomes, none of yours" in done.out


def test_what_was_learned_from_literature_is_ranked_by_with_it(run, learn):
    """The command that the answer names would otherwise be refused, or go by something else."""
    said = run("learn", "--with-literature", "--db", "none").out
    assert "ligandkb rank --learned --with-literature." in said
    assert "ligandkb next --with-literature." in said
    assert "ligandkb rank --learned. What" in learn().out


def test_what_a_lab_calls_its_batch_is_shown_and_never_run(run, tmp_path, record):
    table, database = tmp_path / "hostile.csv", tmp_path / "hostile.sqlite"
    head = "binding_form,binding_form_smiles,partner,composition,effect,nc_batch\n"
    batch = "<script>alert(1)</script>"
    lines = [
        f"{form},,oleylammonium,CsPbBr3,improved,{batch}{at}\n"
        for at, form in enumerate(("benzoate", "oleate"))
    ]
    table.write_text(head + "".join(lines), encoding="utf-8")
    record(table, database)
    out = tmp_path / "learned.html"
    done = run("learn", "--db", database, "-o", out)
    assert done.code == 0, done.err
    assert "<script>alert" not in out.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in out.read_text("utf-8")


def test_a_workbook_has_the_figures_as_numbers(rank, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    done = rank("--learned", "--plqy", "62", "-o", tmp_path / "ranking.xlsx")
    assert done.code == 0, done.err
    sheet = openpyxl.load_workbook(tmp_path / "ranking.xlsx").worksheets[0]
    lines = [*sheet.iter_rows(values_only=True)]
    head = next(at for at, line in enumerate(lines) if line[0] == "rank")
    first = dict(zip(lines[head], lines[head + 1], strict=True))
    assert first["learned_from"] == "from your 16 outcomes"
    assert 0 < first["probability_improved"] <= 1
    assert first["expected_plqy_low"] < first["expected_plqy"] <= first["expected_plqy_high"]
