"""Recorded outcomes count as data: an output says that it was made with them."""

from __future__ import annotations

import ligandkb as lk
from ligandkb.storage.outcome_database import record


def test_recorded_outcomes_change_the_hash_of_data(kb, location, recording, named):
    assert lk.load(db=named(location)).content == kb.content
    record(location, [recording()])
    one = lk.load(db=named(location))
    assert one.content != kb.content
    assert one.content == lk.load(db=named(location)).content
    assert "1 recorded outcome" in one.overlays
