"""Do the commands that hold rules and score against outcomes answer in every format, and say what is wrong?"""

from __future__ import annotations

import csv
import io

import pytest


@pytest.mark.parametrize("what", ["rules", "outcomes"])
def test_rows_are_the_same_for_programs_and_spreadsheets(run, what):
    as_json, as_csv = run("validate", what, "-f", "json"), run("validate", what, "--format", "csv")
    assert (as_json.code, as_csv.code) == (0, 0)
    rows = list(csv.DictReader(io.StringIO(as_csv.out)))
    name = "rule" if what == "rules" else "id"
    assert [row[name] for row in rows] == [row[name] for row in as_json.rows]
    assert set(rows[0]) == set(as_json.rows[0])
    assert "data and rules" in as_csv.err


def test_each_rule_has_its_row(run, kb):
    assert [row["rule"] for row in run("validate", "rules", "-f", "json").rows] == [
        rule.id for rule in kb.rulebook.rules
    ]


def test_a_lab_s_own_rules_are_held_against_outcomes_too(run, tmp_path):
    (tmp_path / "own.yaml").write_text(
        """\
- id: our-own-rule
  title: Ours
  rationale: We saw it.
  citation: {doi: 10.1021/jacs.8b11035, locator: Table 1}
  when: |
    donor_group == "halide"
  effect: {weight: weak}
  explain: "{donor_group}"
"""
    )
    done = run("validate", "rules", "--rules", tmp_path, "-f", "json")
    assert done.err == ""
    (own,) = (row for row in done.rows if row["rule"] == "our-own-rule")
    assert own["weight"] > 0
    assert own["points"] != "no weight"


def test_what_this_release_says_can_be_held_beside_another(run, tmp_path):
    path = tmp_path / "before.csv"
    path.write_text(run("validate", "outcomes", "-f", "csv").out, encoding="utf-8")
    done = run("validate", "outcomes", "--beside", path)
    assert done.code == 0
    assert "before" in done.out
    assert done.err == ""


def test_a_file_without_scores_is_refused_with_the_place(run, tmp_path):
    path = tmp_path / "before.csv"
    path.write_text("id,score\nnobody-s,1\n")
    done = run("validate", "outcomes", "--beside", path)
    assert done.code == 1
    assert "scores no outcome" in done.err
    assert run("validate", "outcomes", "--beside", tmp_path / "absent.csv").code == 1
