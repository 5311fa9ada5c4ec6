"""Is a list of outcomes readable on a terminal, identifiers whole?"""

from __future__ import annotations

import pytest

from ligandkb.reports.outcome_list import outcome_list
from ligandkb.reports.render import render


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("width", [80, 100, 120, 200, 400])
def test_identifiers_are_whole_and_lines_fit(recordings, width, history):
    text = render(outcome_list(recordings, database="mine", history=history), "table", width)
    words = set(text.split())
    for recording in recordings:
        assert recording.outcome.id in words
    longest = max(len(word) for word in words)
    assert all(len(line) <= max(width, longest + 6) for line in text.splitlines())
    assert ("cuvette" in words) is history
