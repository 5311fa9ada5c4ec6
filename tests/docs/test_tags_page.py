"""Does the page on tags hold every tag and veto, as the vocabulary has it, with what to do?"""

from __future__ import annotations

from pathlib import Path

import pytest

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tags.md").read_text(encoding="utf-8")
HEADINGS = {
    "person": "Can hurt somebody",
    "sample": "Can hurt the sample",
    "note": "To be known when the row is read",
}


def rows(heading: str) -> list[list[str]]:
    """Cells of the table under a heading, without its head."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("about", HEADINGS)
def test_tags_stand_there_with_their_meaning_and_what_to_do(kb, about):
    tags = {name: tag for name, tag in kb.rulebook.vocabulary.tags.items() if tag.about == about}
    expected = {
        f"`{name}`": tag.meaning
        + (f"; in place of *recommended* the row reads *{tag.instead}*" if tag.instead else "")
        for name, tag in tags.items()
    }
    shown = rows(HEADINGS[about])
    assert {name: meaning for name, meaning, _ in shown} == expected
    assert [name for name, _, _ in shown] == [*expected]
    assert all(len(to_do) > 10 for _, _, to_do in shown)


def test_vetoes_stand_there_with_what_lifts_them(kb):
    vetoes = kb.rulebook.vocabulary.vetoes
    expected = [
        [f"`{name}`", veto.meaning, f"`--allow {veto.lifted_by}`" if veto.lifted_by else "nothing"]
        for name, veto in vetoes.items()
    ]
    assert rows("Vetoes") == expected
