"""Does the chemist's guide to the language say what the language does?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ligandkb.rules.columns import read_columns
from ligandkb.rules.files.documents import MAXIMUM_BYTES
from ligandkb.rules.language.parser import FUNCTIONS, MAXIMUM_EXPONENT
from ligandkb.rules.language.tokens import (
    MAXIMUM_BRACKETS,
    MAXIMUM_CHARACTERS,
    MAXIMUM_OPERATORS,
    MAXIMUM_TOKENS,
)
from ligandkb.rules.rulebook import MAXIMUM_RULES, check_rulebook
from ligandkb.rules.vocabulary import read_vocabulary

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "rules-language.md"
pytestmark = pytest.mark.skipif(not GUIDE.is_file(), reason="the docs are not here")


@pytest.fixture(scope="module")
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@pytest.fixture
def check(tmp_path, monkeypatch):
    columns = read_columns(ROOT / "rules" / "columns.yaml")
    vocabulary = read_vocabulary(ROOT / "rules" / "vocabulary.yaml")
    monkeypatch.chdir(tmp_path)
    path = Path("my-rules/short.yaml")
    path.parent.mkdir()

    def check(content: str) -> list[str]:
        path.write_text(content, encoding="utf-8")
        return [str(problem) for problem in check_rulebook([path], columns=columns, vocabulary=vocabulary)]

    return check


def _rules(guide: str) -> list[str]:
    return [block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if block.startswith("- id")]


def test_its_first_rule_is_right(guide, check):
    assert check(_rules(guide)[0]) == []


def test_its_messages_are_those_of_the_checker(guide, check):
    messages = check(_rules(guide)[1])
    assert messages
    assert "```\n" + "\n".join(messages) + "\n```" in guide


def test_its_bounds_are_those_of_the_code(guide):
    bounds = (
        f"{MAXIMUM_CHARACTERS:,} characters, {MAXIMUM_TOKENS} words, values and signs, {MAXIMUM_OPERATORS} operators "
        f"and {MAXIMUM_BRACKETS} nested brackets a condition; {MAXIMUM_BYTES // 2**20} MiB a file; "
        f"{MAXIMUM_RULES:,} rules"
    )
    assert bounds in guide
    assert f"from -{MAXIMUM_EXPONENT} to {MAXIMUM_EXPONENT}, not 0" in guide
    assert " ".join(FUNCTIONS) in guide
