"""Does check say everything that is wrong, of rules and tables, in one go?"""

from __future__ import annotations

import pytest

from ligandkb.cli.check import run_check
from ligandkb.problems import InputError

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
    assert "*.yaml" in problem.mend


def test_rules_alone_need_no_table(lab):
    assert not any("ligands.csv" in problem.file for problem in problems_of("--rules", lab / "rules"))
