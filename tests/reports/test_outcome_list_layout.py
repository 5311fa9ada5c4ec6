"""Is a list of outcomes readable on a terminal, identifiers whole?"""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ligandkb.reports.outcomes import print_outcomes

from ligandkb.storage.outcome_recordings import Recording


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def recordings(kb):
    when = datetime(2026, 3, 1, tzinfo=UTC)
    outcomes = [replace(one, id=f"{one.id}-c81d8da9bf") for one in kb.outcomes]
    return [Recording(one, "Ada", when, reason="wrong cuvette " * 6) for one in outcomes]


@pytest.mark.parametrize("history", [False, True])
@pytest.mark.parametrize("width", [80, 100, 120, 200, 400])
def test_identifiers_are_whole_and_lines_fit(recordings, monkeypatch, width, history):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    for name, value in {"COLUMNS": str(width), "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    print_outcomes(recordings, history=history)
    text = terminal.getvalue()
    words = set(text.split())
    for recording in recordings:
        assert recording.outcome.id in words
    longest = max(len(word) for word in words)
    assert all(len(line) <= max(width, longest + 4) for line in text.splitlines())
    assert ("cuvette" in words) is history
