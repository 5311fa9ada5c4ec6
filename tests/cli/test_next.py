"""Does ``ligandkb next`` lead to bench sheets, in every format, without losing a danger?"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys

import pytest

from ligandkb.planning.pair_plan import choose_form
from ligandkb.reports.plan_command import Sample, plan_command


@pytest.fixture
def asked(run, lab_db):
    """The command with that lab's database."""

    def asked(*words):
        return run("next", "--db", str(lab_db), *words)

    return asked


def commands(text: str) -> list[str]:
    """Commands of a page of text, lines put together as a shell does."""
    joined = re.sub(r"\\\n\s*", "", text)
    return [line.strip() for line in joined.splitlines() if line.strip().startswith("ligandkb surface plan")]


def test_pairs_controls_and_reasons_stand_on_the_page(asked):
    done = asked("-n", "3", "--goal", "bright")
    assert done.code == 0, done.err
    for words in (
        "3 pairs to test, 2 controls on top",
        "No tag is not a clearance",
        "FROM YOUR 16 OUTCOMES",
        "A good result",
        "A poor result",
        "oleate + oleylammonium (reference)",
        "(repeat of the best)",
        "Goal bright:",
        "Nothing learned lifts a veto.",
    ):
        assert words in " ".join(done.out.split())


def test_without_a_database_the_rulebook_speaks_alone(run):
    done = run("next", "--db", "none", "-n", "1")
    assert "FROM THE RULEBOOK ALONE" in done.out
    assert "--with-literature" in done.out


def test_lines_fit_a_narrow_terminal(asked, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, asked().out.splitlines())) <= 80


@pytest.mark.parametrize("columns", ["80", "120"])
def test_every_command_can_be_pasted_and_plans_its_pair(asked, run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    sample = ("--nc-concentration", "2", "--volume", "1.5", "--edge", "8")
    found = commands(asked(*sample).out)
    rows = json.loads(asked(*sample, "-f", "json").out)["rows"]
    assert found == [row["plan"] for row in rows]
    for command, row in zip(found, rows, strict=True):
        program, *words = shlex.split(command)
        done = run(*words, "-f", "json")
        assert (program, done.code) == ("ligandkb", 0), done.err
        assert row["ligand_name"] in done.out


def test_every_pair_of_the_catalogue_is_found_again_by_its_command(kb):
    """Whatever is proposed one day: its command names product, partner and form so that no other pair is meant."""
    for item in kb.assessments("CsPbBr3"):
        _, _, _, ligand, *words = shlex.split(plan_command(item, Sample()))
        given = dict(zip(words[::2], words[1::2], strict=True))
        partner = given.get("--partner")
        found = choose_form(kb.assess_all(ligand, partners=partner), given.get("--form"))
        assert found.pair.key == item.pair.key


def test_a_lab_s_own_folder_goes_along_into_the_commands(run, tmp_path):
    lab = tmp_path / "my lab"
    assert run("init", str(lab)).code == 0
    done = run("next", "--db", "none", "-n", "1", "--data", str(lab), "-f", "json")
    assert f"--data {shlex.quote(str(lab))}" in done.rows[0]["plan"]


def test_a_crystal_whose_cell_has_no_source_needs_one_and_says_so(run):
    mixed = ("next", "-n", "1", "--db", "none", "-c", "CsPbBr1.5Cl1.5")
    assert "The cell of CsPbBr1.5Cl1.5 has no source: give --lattice" in run(*mixed).out
    sample = ("--nc-concentration", "1", "--volume", "2", "--edge", "9.5", "--lattice", "0.57")
    done = run(*mixed, *sample)
    assert done.code == 0, done.err
    assert "has no source" not in done.out
    assert len(commands(done.out)) == 2
    for command in commands(done.out):
        assert run(*shlex.split(command)[1:]).code == 0


def test_half_a_sample_is_refused(asked):
    done = asked("--volume", "2")
    assert done.code == 2
    assert "give --nc-concentration, --edge, too" in done.err
    assert "need the whole sample" in asked("--lattice", "0.57").err


def test_a_sample_that_can_t_be_is_refused_and_makes_no_command(asked):
    done = asked("--volume", "0", "--nc-concentration", "nan", "--edge", "95", "--lattice", "99")
    assert (done.code, done.out) == (2, "")
    for said in ("--volume: 0 is no volume", "--nc-concentration: nan", "--edge: 95 is", "--lattice: 99 is"):
        assert said in done.err


@pytest.mark.parametrize("ending", ["html", "md", "json", "txt"])
def test_it_is_written_into_a_file_by_its_name(asked, tmp_path, ending):
    path = tmp_path / f"next.{ending}"
    assert asked("-n", "2", "-o", str(path)).code == 0
    said = path.read_text()
    assert "oleate" in said
    assert "surface plan" in said


def test_other_endings_are_refused(asked, tmp_path):
    assert asked("-o", str(tmp_path / "next.csv")).code == 2


def test_every_danger_stands_in_every_format(asked, lost_in):
    """Tags of pairs and controls, in text, Markdown and on the page."""
    rows = json.loads(asked("-f", "json").out)["rows"]
    for output_format in ("text", "md", "html"):
        said = asked("-f", output_format).out
        for row in rows:
            assert not lost_in(row, said), (row["binding_form"], output_format)


@pytest.fixture
def lost_in():
    """Dangers to people of a row that a text doesn't say; it says two by name, and how many more there are."""

    def lost_in(row, text):
        people = [
            tag
            for tag in row["safety"]["tags"]
            if tag in ("corrosive", "toxic", "lethal", "explosive", "stench")
        ]
        return [tag for tag in people if tag not in text]

    return lost_in


def test_what_stands_in_the_lab_is_read_as_for_the_shortlist(asked, tmp_path):
    shelf = tmp_path / "shelf.txt"
    shelf.write_text("oleylamine\npicolinic acid\n")
    done = asked("--have", str(shelf), "--in-lab", "-f", "json")
    assert [row["ligand"] for row in done.rows if row["kind"] == "proposal"] == ["picolinic-acid"]


def test_a_control_that_is_not_in_the_lab_says_so(asked, tmp_path):
    """Controls come with --in-lab, too, and nothing said that they have to be bought."""
    shelf = tmp_path / "shelf.txt"
    shelf.write_text("oleylamine\npicolinic acid\n")
    said = " ".join(asked("--have", str(shelf), "--in-lab").out.split())
    assert "picolinic acid (CAS 98-98-6) + oleylamine (CAS 112-90-3); stands in the lab" in said
    assert "oleic acid (CAS 112-80-1) + oleylamine (CAS 112-90-3); not in the lab: oleic acid" in said
    assert "not in the lab: " not in " ".join(asked().out.split())


def test_nothing_of_the_model_is_loaded_for_help():
    script = (
        "import atexit, sys; sys.argv = ['ligandkb', 'next', '--help']; "
        "atexit.register(lambda: print(*sys.modules)); from ligandkb.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "--goal" in done.stdout
    loaded = set(done.stdout.split())
    assert "ligandkb.cli.next_batch" in loaded
    assert not {"scipy", "ligandkb.learning", "ligandkb.reports.next_batch"} & loaded
