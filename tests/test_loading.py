"""What a lab lays over the shipped data, and what it must not."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import ligandkb as lk
from ligandkb.cli.outcomes import outcomes as outcomes_command

RULE = """
- id: lab-rule
  title: A rule
  rationale: Ours.
  citation: {doi: 10.1021/jacs.8b11035, locator: Table 1}
  derived_from: [%s]
  when: |
    ligand_class == "L"
  effect: {weight: weak}
  explain: "{ligand_class}"
  examples: {fires: [], silent: []}
"""


def overlay(tmp_path, text):
    (tmp_path / "ligands.csv").write_text(text, encoding="utf-8")
    return [tmp_path]


def test_a_poison_s_row_can_not_be_given_a_harmless_structure(tmp_path):
    with pytest.raises(lk.InputError, match=r"ligands.csv:2:1: fluoroacetic-acid is vetoed \(lethal\)"):
        lk.load(data=overlay(tmp_path, "id,name,smiles\nfluoroacetic-acid,fluoroacetic acid,CC(=O)O\n"))


def test_a_poison_s_row_can_be_told_more_about(tmp_path):
    text = "id,name,smiles,note\nfluoroacetic-acid,fluoroacetic acid,OC(=O)CF,locked away\n"
    kb = lk.load(data=overlay(tmp_path, text))
    assert kb.assess("fluoroacetic-acid").verdict == "vetoed"


def test_any_other_row_can_be_replaced_and_says_so(tmp_path):
    kb = lk.load(data=overlay(tmp_path, "id,name,smiles\nbenzoic-acid,benzoic acid,OC(=O)c1ccc(C)cc1\n"))
    assert any("benzoic-acid is replaced by" in line for line in kb.meta()["overlaid"])


def test_a_folder_without_rules_is_no_rule_folder(tmp_path):
    with pytest.raises(lk.InputError, match="no rule file in this folder"):
        lk.load(rules=[tmp_path])


@pytest.mark.parametrize("path", ["", "not-there"])
def test_a_folder_that_is_none_is_refused(path):
    with pytest.raises(lk.InputError, match="no such folder"):
        lk.load(data=[path])


@pytest.mark.parametrize(("origin", "fine"), [("table-1", True), ("tabel-1", False)])
def test_a_rule_is_written_from_outcomes_that_exist(tmp_path, origin, fine):
    (tmp_path / "own.yaml").write_text(RULE % origin, encoding="utf-8")
    if fine:
        lk.load(rules=[tmp_path])
        return
    with pytest.raises(lk.InputError, match=r"own.yaml:2:1: lab-rule: derived_from names 'tabel-1'.*table-1"):
        lk.load(rules=[tmp_path])


def test_an_outcome_of_an_unknown_partner_is_a_problem(tmp_path):
    (tmp_path / "outcomes.csv").write_text(
        "id,binding_form,binding_form_smiles,partner,composition,effect,doi,locator\n"
        "own-1,oleate,CCCCCCCC/C=C\\CCCCCCCC(=O)[O-],oleylamonium,CsPbBr3,improved,10.1021/jacs.8b11035,Table 1\n",
        encoding="utf-8",
    )
    with pytest.raises(lk.InputError, match="oleylammonium"):
        lk.load(data=[tmp_path])


OWN = "name,smiles\nour pentenoic acid,C=CCCC(=O)O\n"


def test_an_outcome_of_a_file_that_was_recorded_counts_once_and_as_recorded(tmp_path, record, recwarn):
    """A lab fills in the table that init makes, records it, and names its folder all the same."""
    lab, database = tmp_path / "lab", tmp_path / "o.sqlite"
    lab.mkdir()
    (lab / "outcomes.csv").write_text(
        "id,binding_form_smiles,partner,composition,effect\n"
        "a,[Br-],caesium,CsPbBr3,improved\nb,[Br-],caesium,CsPbBr3,improved\n"
    )

    def own():
        outcomes = lk.load(lab, db=str(database)).outcomes
        return {one.id: one.origin for one in outcomes if not one.is_shipped}

    assert set(own().values()) == {f"{lab}/outcomes.csv:{line}" for line in (2, 3)}
    record(lab / "outcomes.csv", database)
    kb = lk.load(lab, db=str(database))
    assert [one.id for one in kb.outcomes if not one.is_shipped] == ["a", "b"]
    assert all(origin.startswith("recorded by") for origin in own().values())
    assert "the database has 2 outcomes of this, too (a, b): each counts once, as recorded there" in str(
        recwarn.list[-1].message
    )
    runner = CliRunner()
    typed = ["correct", "a", "--withdraw", "--reason", "wrong flask", "--db", str(database), "--by", "Ada"]
    assert runner.invoke(outcomes_command, typed).exit_code == 0
    assert own().keys() == {"b"}, "what was withdrawn doesn't come back from the file"


def test_options_win_over_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LIGANDKB_DATA", str(tmp_path / "absent"))
    with pytest.raises(lk.InputError, match=r"absent: there is no such folder.*check LIGANDKB_DATA"):
        lk.load()
    assert lk.load(data=str(overlay(tmp_path, OWN)[0])).find("our pentenoic acid").in_catalogue
    assert "our-pentenoic-acid" not in {product.id for product in lk.load(data=[]).ligands}


def test_the_environment_is_read_where_nothing_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv("LIGANDKB_DATA", str(overlay(tmp_path, OWN)[0]))
    assert lk.load().find("our pentenoic acid").in_catalogue


def test_a_row_in_which_nothing_binds_is_listed_with_class_none(tmp_path):
    text = "name,smiles\nour octane,CCCCCCCC\nour azide,CCN=[N+]=[N-]\nour valeric acid,CCCCC(=O)O\n"
    with pytest.warns(UserWarning, match="class none"):
        kb = lk.load(data=overlay(tmp_path, text))
    ranking = kb.rank("CsPbBr3", all_partners=True)
    (octane,) = ranking[ranking["ligand"] == "our-octane"].itertuples()
    assert (octane.ligand_class, octane.verdict, octane.partner) == ("none", "unassessed", "none")
    assert "no proof" in octane.verdict_reason
    assert octane.safety["not_assessed"]
    assert kb.assess("our octane").verdict == "unassessed"
    assert "our-octane" in set(kb.rank("CsPbBr3", ligand_class="none")["ligand"])
