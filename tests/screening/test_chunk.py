from __future__ import annotations

from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

NOBODY_S = ScreenOptions()


def test_a_chunk_says_what_explain_says(kb):
    lines = [
        Line(1, "OC(=O)c1ccccc1", "a"),
        Line(2, "C1CC", "b"),
        Line(3, "CCCCN", "c"),
    ]
    chunk = screen_with(screener_from(kb, NOBODY_S), lines)
    assert chunk.rows["line"].to_pylist() == [1, 3] and chunk.rows["id"].to_pylist() == ["a", "c"]
    for position, smiles in ((0, lines[0].smiles), (1, lines[2].smiles)):
        said = kb.assess_all(smiles)[0]
        row = chunk.rows.slice(position, 1).to_pylist()[0]
        assert (row["verdict"], row["score"]) == (str(said.verdict), round(said.score, 6))
    (rejected,) = chunk.rejected
    assert (rejected.line, rejected.id, rejected.smiles) == (2, "b", "C1CC") and rejected.reason


def test_who_watches_is_told_each_line_and_then_that_rows_are_made(kb):
    told = []
    screen_with(screener_from(kb, NOBODY_S), [Line(7, "CC(=O)O"), Line(8, "CCN")], told.append)
    assert told == [7, 8, 0]
