"""Is a page wrapped between words alone, and only where it is asked for?"""

from __future__ import annotations

import pytest
from ligandkb.reports.page import Page

from ligandkb.reports.explanation import explanation_record, to_explanation_text

SMILES = "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"


@pytest.mark.parametrize("width", [20, 40, 80])
def test_words_and_structures_stay_whole(width):
    page = Page(markdown=False, width=width)
    page.say(f"binds as X: {SMILES} through the oxygens of its carboxylate, both alike", level=1)
    assert SMILES in str(page)
    assert all(len(line) <= width or SMILES in line for line in str(page).splitlines())


def test_without_a_width_and_in_markdown_a_line_stays_one():
    for page in (Page(markdown=False), Page(markdown=True, width=20)):
        page.say("a line of several words that is longer than twenty characters")
        assert len(str(page).splitlines()) == 1


def test_a_cas_number_without_a_source_says_so(kb):
    first, *others = kb.assess_all("benzoate")
    record = explanation_record(first, kb.rule_states(first), others, kb.meta(), kb.gain())
    text = to_explanation_text(record | {"cas": "456-22-4", "cas_source": None})
    assert "CAS 456-22-4 (not verified)" in text
