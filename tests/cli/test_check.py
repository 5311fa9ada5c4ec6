"""Does check say everything that is wrong, of rules and tables, in one go?"""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from ligandkb.cli.app import app
from ligandkb.cli.check import run_check
from ligandkb.problems import InputError

ADDED = ("--partner", "oleylammonium", "--composition", "CsPbBr3", "--effect", "improved", "--by", "Ada")
BAD_RULE = """\
- id: mine
  title: Mine
  when: |
    donor_elemnt == "O"
"""


@pytest.fixture
def lab(tmp_path):
    (tmp_path / "ligands.csv").write_text("id,name,smiles\nx,foo,CCQ\n", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "mine.yaml").write_text(BAD_RULE, encoding="utf-8")
    return tmp_path


def problems_of(*arguments):
    with pytest.raises(InputError) as caught:
        run_check([str(argument) for argument in arguments])
    return caught.value.problems


def test_tables_and_rules_in_one_go(lab, tmp_path):
    rules = lab / "rules"
    found = problems_of("--data", lab, "--data", tmp_path / "absent", "--rules", rules)
    said = [str(problem) for problem in found]
    assert len(said) == len(set(said))
    assert any("ligands.csv:2:9" in line for line in said)
    assert any("donor_element" in line for line in said)
    assert any("absent: there is no such folder" in line for line in said)


def test_a_folder_without_a_rule_is_a_problem(tmp_path):
    (problem,) = problems_of("--rules", tmp_path)
    assert "no rule file" in problem.what
    assert "*.yaml" in problem.fix


def test_rules_alone_need_no_table(lab):
    assert not any("ligands.csv" in problem.file for problem in problems_of("--rules", lab / "rules"))


@pytest.fixture
def whole(tmp_path):
    (tmp_path / "ligands.csv").write_text("name,smiles\nour pentenoic acid,C=CCCC(=O)O\n", encoding="utf-8")
    return tmp_path


def test_options_win_over_the_environment(whole, monkeypatch, capsys):
    monkeypatch.setenv("LIGANDKB_DATA", "/nonexistent")
    run_check(["--data", str(whole)])
    assert "no problems" in capsys.readouterr().out
    (problem,) = problems_of()
    assert problem.file == "/nonexistent"


@pytest.mark.parametrize(
    "command",
    [
        ("rank", "-n", "1", "--data", "LAB"),
        ("explain", "our pentenoic acid", "--no-compute", "--data", "LAB"),
        ("validate", "catalogue", "--data", "LAB"),
        ("outcomes", "add", "our pentenoic acid", *ADDED, "--data", "LAB"),
    ],
    ids=lambda command: command[0],
)
def test_so_they_do_in_every_command(whole, monkeypatch, command):
    monkeypatch.setenv("LIGANDKB_DATA", "/nonexistent")
    monkeypatch.setenv("LIGANDKB_DB", str(whole / "own.sqlite"))
    with_option = [str(whole) if word == "LAB" else word for word in command]
    done = CliRunner().invoke(app, with_option)
    assert done.exit_code == 0, done.output
    without = CliRunner().invoke(app, [word for word in command if word not in ("--data", "LAB")])
    assert isinstance(without.exception, InputError)
    assert "/nonexistent: there is no such folder" in str(without.exception)
