from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ligandkb.screening.chunk import Chunk, screen_with, screener_from
from ligandkb.screening.folder import folder_at
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.parts import write_part
from ligandkb.screening.rows import Line

LINES = [Line(1, "OC(=O)c1ccccc1", "a"), Line(2, "C1CC", "b"), Line(3, "CCCCN", "c")]


@pytest.fixture
def screener(kb):
    return screener_from(kb, ScreenOptions())


def test_a_long_part_is_encoded_group_by_group(screener, tmp_path):
    """A whole part at once would take three times its memory."""
    rows = screen_with(screener, LINES).rows
    chunks = [Chunk(pa.concat_tables([rows] * 250), ())] * 24
    part = write_part(folder_at(str(tmp_path)), 0, (1, 12_000), chunks, "parquet")
    written = pq.ParquetFile(tmp_path / part.file)
    assert part.rows == written.metadata.num_rows == 12_000
    assert written.metadata.num_row_groups == 3
    assert written.read().equals(pa.concat_tables([chunk.rows for chunk in chunks]))


@pytest.mark.parametrize("singly", [False, True])
def test_a_chunk_is_in_one_piece(screener, singly):
    """Of rows in other pieces Parquet makes other pages, and a part must be the same file whatever happened."""
    rows = screen_with(screener, LINES, singly=singly).rows
    assert [column.num_chunks for column in rows.columns] == [1] * rows.num_columns
