"""Why yesterday's advice changed."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import pytest

FROZEN = Path(__file__).resolve().parents[1] / "frozen" / "0.1.0"
OLD = FROZEN / "rank-CsPbBr3.json.gz"


@pytest.fixture
def today(run, tmp_path):
    path = tmp_path / "ranking.json"
    run("rank", "-o", path)
    return path


def test_every_change_since_0_1_0_has_its_reasons(run):
    answer = json.loads(run("diff", OLD, "-f", "json").out)
    assert answer["rows"] and all(row["why"] for row in answer["rows"])
    old = json.loads(gzip.decompress(OLD.read_bytes()))["answer"]["rows"]
    both = len(answer["rows"]) + answer["unchanged"] + len(answer["only_before"])
    assert both == len(old)
    # A verdict that is counted is listed, and no veto got lost on the way.
    listed = sum(row["verdict_before"] != row["verdict_after"] for row in answer["rows"])
    assert listed >= sum(one["pairs"] for one in answer["verdicts"]) > 0
    assert not [row for row in answer["rows"] if row["vetoes_went"]]


def test_what_is_vetoed_now_comes_first(run, monkeypatch):
    # A path is printed unbroken: the width of the rest must not hang on where the repository lies.
    monkeypatch.chdir(OLD.parent)
    said = run("diff", OLD.name)
    assert said.code == 0
    assert said.out.index("VETOED NOW") < said.out.index("VERDICTS") < said.out.index("WHY")
    assert "recommended → VETO lethal" in said.out
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_all_pairs_on_request(run):
    some, every = run("diff", OLD).out, run("diff", OLD, "--all").out
    assert "PAIRS WITH ANOTHER VERDICT" in some and "EVERY PAIR OF WHICH SOMETHING CHANGED" in every
    assert len(every) > len(some)


def test_a_ranking_of_today_has_not_changed(run, today):
    assert (
        "nothing changed         320" in run("diff", today).out or "nothing changed" in run("diff", today).out
    )
    answer = json.loads(run("diff", today, "-f", "json").out)
    assert (answer["rows"], answer["only_before"], answer["only_now"]) == ([], [], [])


def test_two_files(run, today, tmp_path):
    content = json.loads(today.read_text())
    row = content["rows"][0]
    row["safety"]["vetoes"] = ["lethal"]
    row["safety"]["tags"].append("<script>alert(1)</script>")
    other = tmp_path / "other.json"
    other.write_text(json.dumps(content))
    answer = json.loads(run("diff", today, other, "-f", "json").out)
    assert [one["vetoes_came"] for one in answer["rows"]] == [["lethal"]]
    assert "NO LONGER VETOED" in run("diff", other, today).out
    page = run("diff", today, other, "--format", "html").out
    assert "alert(1)" in page and "<script>alert(1)" not in page


def test_pairs_that_a_selection_leaves_out_are_not_gone(run, today, tmp_path):
    some = tmp_path / "amines.json"
    run("rank", "--donor", "amine", "-o", some)
    for two in ((today, some), (some, today)):
        said = " ".join(run("diff", *two).out.split())
        assert "ONLY" not in said and "not compared pairs that" in said and "amines.json leaves out" in said


def test_a_class_or_a_partner_is_compared_with_the_same_today(run, today, tmp_path):
    for words in (("--class", "L"), ("--partner", "caesium"), ("--all-partners",)):
        stored = tmp_path / "view.json"
        run("rank", *words, "-o", stored)
        answer = json.loads(run("diff", stored, "-f", "json").out)
        assert (answer["rows"], answer["only_before"], answer["only_now"]) == ([], [], []), words
        assert "of other classes or partners" in " ".join(run("diff", today, stored).out.split())


def test_a_crystal_that_is_written_otherwise_is_the_same_today(run, today):
    content = json.loads(today.read_text())
    content["meta"]["composition"] = "CsPbBr3.0"
    today.write_text(json.dumps(content))
    said = run("diff", today)
    assert said.code == 0 and "None" not in said.err


def test_as_a_table_for_programs(run):
    said = run("diff", OLD, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {"ligand", "verdict_before", "verdict_after", "why"} <= rows[0].keys()
    assert rows[0]["vetoes_came"] == "lethal"


def test_pairs_of_all_partners_are_found(run):
    answer = json.loads(run("diff", FROZEN / "rank-all-partners.json.gz", "-f", "json").out)
    assert not answer["only_before"]


def test_two_crystals_are_not_compared(run, today):
    said = run("diff", FROZEN / "rank-CsPbI3.json.gz", today)
    assert said.code == 2 and "compare rankings of one crystal" in said.err


def test_no_ranking(run, tmp_path):
    (tmp_path / "x.json").write_text("{}")
    said = run("diff", tmp_path / "x.json")
    assert said.code == 1 and "this is no ranking" in said.err and "ligandkb rank --format json" in said.err
