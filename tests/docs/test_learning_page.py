"""Does the page on learning show what the command shows, and hold every word?"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from ligandkb.assessment.outlook import LEARNED_COLUMNS
from ligandkb.learning.lessons import Word

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "learning.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for language, text in BLOCKS
    if language == "sh"
    for line in text.replace("\\\n", " ").splitlines()
    if line.startswith("ligandkb ")
]


def test_the_sample_is_what_the_command_says(run, lab_db):
    (sample,) = (text.splitlines() for language, text in BLOCKS if language == "text")
    said = run("learn", "--db", lab_db).out.splitlines()
    start = said.index(sample[0])
    assert sample == said[start : start + len(sample)]


def test_every_word_and_column_is_explained():
    for word in Word:
        assert str(word) in PAGE
    for column in LEARNED_COLUMNS:
        assert column.removesuffix("_low").removesuffix("_high") in PAGE


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_of_the_page_runs(run, tmp_path, monkeypatch, record, command):
    monkeypatch.chdir(tmp_path)
    database = tmp_path / "own.sqlite"
    record(Path(__file__).parents[1] / "learning" / "lab.csv", database)
    if command[0] == "next":
        pytest.skip("tested elsewhere")
    done = run(*command, env={"LIGANDKB_DB": str(database)})
    assert done.code == 0, done.err
