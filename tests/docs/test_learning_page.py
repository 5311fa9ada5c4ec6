"""Does the page on learning hold every word and column, and the laboratory that the tests have?"""

from __future__ import annotations

from pathlib import Path

from ligandkb.assessment.outlook import LEARNED_COLUMNS
from ligandkb.learning.lessons import Word

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "learning.md").read_text(encoding="utf-8")


def test_every_word_and_column_is_explained():
    for word in Word:
        assert str(word) in PAGE
    for column in LEARNED_COLUMNS:
        assert column.removesuffix("_low").removesuffix("_high") in PAGE


def test_its_laboratory_is_that_of_the_tests():
    lab = (ROOT / "tests" / "learning" / "lab.csv").read_text(encoding="utf-8")
    assert f'```csv title="lab.csv"\n{lab}```' in PAGE


def test_every_field_of_a_proposal_is_named(run, lab_db):
    (first,) = [
        one for one in run("next", "-n", "1", "--db", str(lab_db), "-f", "json").rows if "if_good" in one
    ]
    for name in (
        "chance_to_beat_best",
        "expected_improvement",
        "information_nats",
        "narrows",
        "if_poor",
        "plan",
    ):
        assert name in first
        assert f"`{name}`" in PAGE
