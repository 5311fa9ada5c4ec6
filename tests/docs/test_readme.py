"""Does the first page say what the commands say?"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LINES = [
    line
    for language, text in BLOCKS
    if language == "sh"
    for line in text.replace("\\\n", " ").splitlines()
    if line.startswith("ligandkb ")
]
TESTED_ELSEWHERE = {"compute", "check"}
COMMANDS = [shlex.split(line, comments=True)[1:] for line in LINES]
RULE = """\
- id: own-rule
  title: Phosphonate of our own
  rationale: To show that a lab's rules are read beside the shipped ones.
  citation: {doi: 10.1021/jacs.8b11035, locator: abstract}
  when: |
    donor_group == "phosphonate"
  effect: {tag: not-verified}
  explain: "{donor_group}"
  examples: {fires: [hexylphosphonate], silent: [oleate]}
"""


def test_the_sample_is_the_first_screen_of_rank_cut_to_a_few_rows(run):
    (sample,) = (text.splitlines() for language, text in BLOCKS if language == "text")
    screen = run("rank").out.rstrip("\n").splitlines()
    cut = sample.index("  ...")
    above, below = sample[:cut], sample[cut + 1 :]
    assert above == screen[: len(above)]
    assert below == screen[screen.index(below[0]) :][: len(below)]
    assert max(map(len, sample)) <= 80


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What somebody who follows the page has: a quote, a shelf, rules of their own."""
    place = tmp_path_factory.mktemp("reader")
    (place / "quote.csv").write_text(
        "Name,CAS,Price,Currency,Date\nBenzoic acid,65-85-0,12.50,EUR,2026-03-01\n"
    )
    (place / "shelf.csv").write_text("name,cas\nOleylamine,112-90-3\n")
    (place / "list.smi").write_text("OC(=O)c1cnc(cn1)C#N A-1\nOC(=O)c1ccccc1 A-2\nCCCCCCP(=O)(O)O A-3\n")
    (place / "my-rules").mkdir()
    (place / "my-rules" / "own.yaml").write_text(RULE)
    return place


@pytest.mark.parametrize("command", [one for one in COMMANDS if one[0] not in TESTED_ELSEWHERE], ids=" ".join)
def test_every_command_of_the_page_runs(run, folder, monkeypatch, command):
    if any(str(argument).endswith(".xlsx") for argument in command):
        pytest.importorskip("xlsxwriter")
    if command[0] == "screen" or "--from" in command:
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(folder)
    done = run(*command)
    assert done.code == 0, done.err
    for option in ("-o", "--order-sheet"):
        if option in command:
            assert (folder / command[command.index(option) + 1]).stat().st_size > 100


def test_what_the_words_say_has_a_page():
    assert "docs/words.md" in README
    assert len(README.splitlines()) < 180


def test_the_lines_for_a_notebook_run_and_show_themselves(kb):
    (code,) = (text for language, text in BLOCKS if language == "python")
    *_, rank, shortlist, assess, plan = (line for line in code.splitlines() if line)
    for line in (rank, shortlist, assess, plan):
        shown = eval(line.partition("  #")[0], {"kb": kb})
        assert "<table" in shown._repr_html_()
        assert repr(shown)
