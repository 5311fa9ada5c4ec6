"""Recorded outcomes count as data: an output says that it was made with them."""

from __future__ import annotations

import ligandkb as lk
from ligandkb.storage.outcome_database import record


def test_recorded_outcomes_change_the_hash_of_data(kb, location, recording):
    assert lk.load(db=str(location.path)).content == kb.content
    record(location, [recording()])
    one = lk.load(db=str(location.path))
    assert one.content != kb.content
    assert one.content == lk.load(db=str(location.path)).content
    assert "1 recorded outcome" in one.overlays
