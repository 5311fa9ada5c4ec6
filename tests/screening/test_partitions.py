"""Does what somebody holds in Dask come out as a file with the same lines does?"""

from __future__ import annotations

import os

import dask
import dask.bag
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest
from distributed import LocalCluster

from ligandkb.problems import InputError, UsageError
from ligandkb.screening import beside, partitions
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.inputs import chunks_of, read_lines, with_columns_found
from ligandkb.screening.on_dask import connected, screen_partitions
from ligandkb.screening.options import ScreenOptions

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="workers are forked")
OPTIONS = ScreenOptions(chunk_lines=2, columns=("verdict", "binding_form_smiles", "score", "orderable"))
ROWS = [
    ("A-1", "CC(=O)O", "64-19-7", 9.5),
    ("A-2", "OC(=O)CF", None, None),
    ("A-3", "C1CC", None, 1.0),
    ("A-4", "CCCCN", None, 12.0),
    ("A-5", "", None, 3.0),
    ("A-6", "CCS", None, 4.0),
    ("A-7", "OC(=O)CC(=O)O", None, 5.0),
]
FRAME = pd.DataFrame(ROWS, columns=["Catalog No.", "SMILES", "CAS", "Price"])


@pytest.fixture(scope="module", autouse=True)
def one_crew():
    """Crews wait for the next test, and end with the last."""
    with dask.config.set(scheduler="threads", num_workers=1):
        yield
    beside.CREWS.close()


@pytest.fixture(scope="module")
def expected(kb, tmp_path_factory):
    """What a file with the same lines gives."""
    path = tmp_path_factory.mktemp("list") / "list.csv"
    FRAME.to_csv(path, index=False)
    options = with_columns_found([str(path)], OPTIONS)
    lines = read_lines([str(path)], options)
    chunks = [screen_with(screener_from(kb, options), chunk) for chunk in chunks_of(lines, 3)]
    rows = pa.concat_tables(chunk.rows for chunk in chunks)
    return rows, [(one.line, one.reason) for chunk in chunks for one in chunk.rejected]


def told(screened):
    rows, rejected = dask.compute(*screened)
    table = pa.Table.from_pandas(rows, preserve_index=False)
    return table.replace_schema_metadata(None), list(zip(rejected["line"], rejected["reason"], strict=True))


@pytest.mark.parametrize("count", [1, 3])
def test_a_frame_is_screened_like_a_file(kb, expected, count):
    rows, rejected = told(screen_partitions(dd.from_pandas(FRAME, npartitions=count), kb, OPTIONS))
    assert rows.column_names == expected[0].column_names and "Price" in rows.column_names
    assert rows.to_pylist() == expected[0].to_pylist() and rejected == expected[1]


def test_a_bag_of_mappings_is_screened_like_a_file(kb, expected):
    bag = dask.bag.from_sequence(FRAME.to_dict("records"), npartitions=3)
    rows, rejected = told(screen_partitions(bag, kb, OPTIONS))
    assert rows.to_pylist() == expected[0].to_pylist() and rejected == expected[1]


def test_a_bag_of_texts_has_names_behind_blanks(kb):
    bag = dask.bag.from_sequence(["CC(=O)O acetic acid", "OC(=O)CF\ttoxic", "C1CC"], npartitions=2)
    rows, rejected = told(screen_partitions(bag.map(str), kb, OPTIONS))
    assert list(zip(*(rows[name].to_pylist() for name in ("line", "id", "verdict")), strict=True)) == [
        (1, "acetic acid", "no-better"),
        (2, "toxic", "vetoed"),
    ]
    assert [line for line, _ in rejected] == [3]


def test_chemistry_is_done_once_for_both_and_on_a_cluster(kb, expected, monkeypatch):
    screened = []

    def counting(brief, chunks):
        screened.extend(line.number for chunk in chunks for line in chunk)
        return beside.screen_guarded(brief, chunks)

    monkeypatch.setattr(partitions, "screen_guarded", counting)
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0")
    collections = screen_partitions(dd.from_pandas(FRAME, npartitions=2), kb, OPTIONS, lengths=[4, 3])
    with (
        cluster,
        connected(cluster.scheduler_address) as client,
        client.as_current(),
        dask.config.set(scheduler=client),
    ):
        rows, rejected = told(collections)
    assert rows.to_pylist() == expected[0].to_pylist() and rejected == expected[1]
    assert sorted(screened) == [1, 2, 3, 4, 5, 6, 7]


def test_a_partition_without_lines_has_no_rows(kb, expected):
    frame = dd.from_pandas(FRAME, npartitions=2)
    none = frame[frame["Price"] > 100]
    rows, rejected = told(screen_partitions(none, kb, OPTIONS))
    assert rows.num_rows == 0 and rows.schema.equals(expected[0].schema) and rejected == []


def test_what_can_t_be_screened_is_refused(kb):
    with pytest.raises(InputError, match="no column is called SMILES"):
        screen_partitions(dd.from_pandas(pd.DataFrame({"structure": ["C"]}), npartitions=1), kb)
    with pytest.raises(UsageError, match=r"neither a dask\.dataframe nor a dask\.bag"):
        screen_partitions(FRAME["SMILES"].tolist(), kb)
    with pytest.raises(UsageError, match="2 lengths for 1 partition"):
        screen_partitions(dd.from_pandas(FRAME, npartitions=1), kb, lengths=[3, 4])
