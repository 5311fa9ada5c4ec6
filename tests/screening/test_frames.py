from __future__ import annotations

import itertools
import os
from dataclasses import replace

import pandas as pd
import pytest

import ligandkb as lk
from ligandkb.chemistry.heads import head_of
from ligandkb.descriptors.quantum.definitions import GLOBAL, key
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.screening.rows import Line
from ligandkb.storage.computed_values import ComputedValues

SMILES = ("OC(=O)CF", "CCCCN", "C1CC", "OC(=O)c1ccccc1")


@pytest.mark.parametrize(
    "workers", [0, pytest.param(1, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="forks"))]
)
def test_a_stream_without_end_comes_back_bit_by_bit(kb, workers):
    frames = kb.screen(itertools.cycle(SMILES), chunk_lines=4, workers=workers, columns="verdict")
    first, second = next(frames), next(frames)
    frames.close()
    assert first["line"].tolist() == [1, 2, 4] and second["line"].tolist() == [5, 6, 8]
    assert [one["line"] for one in second.attrs["rejected"]] == [7] and second.attrs["rejected"][0]["reason"]
    assert first.attrs["content"] == kb.content


@pytest.mark.parametrize(
    "workers", [0, pytest.param(2, marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="forks"))]
)
def test_what_stood_before_an_error_of_a_stream_is_given_before_it(kb, workers):
    def structures():
        yield from SMILES * 2
        yield SMILES[0]
        raise RuntimeError("the server is gone")

    frames, lines = kb.screen(structures(), chunk_lines=2, workers=workers, columns="verdict"), []
    with pytest.raises(RuntimeError, match="the server is gone"):
        for frame in frames:
            lines += frame["line"].tolist()
    assert lines == [1, 2, 4, 5, 6, 8, 9]


def test_a_file_by_its_path(kb, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,smiles,price,lot\nA-1,OC(=O)CF,3,7\n")
    for what in (path, str(path)):
        (frame,) = kb.screen(what, workers=0)
        assert frame[["id", "price", "verdict"]].to_dict("records") == [
            {"id": "A-1", "price": "3", "verdict": "vetoed"}
        ]
    (frame,) = kb.screen(path, workers=0, carry="lot", columns=["score"])
    assert list(frame.columns) == ["line", "id", "lot", "score"]


def test_pairs_and_lines(kb):
    (frame,) = kb.screen([("CCN", "A-1"), Line(7, "CCCN", "A-7")], workers=0, columns="smiles")
    assert frame.to_dict("records") == [
        {"line": 1, "id": "A-1", "smiles": "CCN"},
        {"line": 7, "id": "A-7", "smiles": "CCCN"},
    ]


def test_a_line_with_fewer_cells_than_columns_is_refused(kb):
    with pytest.raises(lk.UsageError, match="line 7 carries 0 cells, and carry names 1 column: "):
        list(kb.screen([Line(7, "CCCN")], workers=0, carry="price"))


def test_what_this_machine_has_computed_changes_no_row(kb, tmp_path):
    own = replace(kb, computed=ComputedValues(kb.computed._shipped_path, tmp_path / "descriptors.sqlite"))
    acid = "OC(=O)CCC#N"
    (form,) = {item.pair.form.form.smiles for item in kb.assess_all(acid)}
    values = {one.name: 5.0 for one in GLOBAL} | {"hardness_scale": "X radical"}
    own.computed.store(
        [
            DescriptorRecord(key(name, head_of(form), "", DEFAULT_LEVEL), value, "made up")
            for name, value in values.items()
        ]
    )
    assert {item.values["hardness_ev"] for item in own.assess_all(acid)} == {5.0}
    (frame,) = own.screen([acid], workers=0, columns="hardness_ev")
    assert frame["hardness_ev"].isna().all()


@pytest.mark.parametrize("what", [3, None, b"CCN", {"CCN": "A-1"}])
def test_what_is_no_list_is_refused_at_once(kb, what):
    with pytest.raises(lk.UsageError, match="what takes a path or an iterable of SMILES"):
        kb.screen(what)


def test_a_data_frame_is_refused_and_its_column_is_not(kb):
    table = pd.DataFrame({"SMILES": ["CCN", "OC(=O)CF"], "id": ["A-1", "A-2"]})
    with pytest.raises(lk.UsageError, match=r"\(DataFrame\): give its column of structures"):
        kb.screen(table)
    (frame,) = kb.screen(table["SMILES"], workers=0, columns="verdict")
    assert frame["verdict"].tolist() == ["unassessed", "vetoed"]


def test_what_is_no_structure_is_refused_when_it_comes(kb):
    with pytest.raises(lk.UsageError, match=r"structure 2 is 3\.5"):
        list(kb.screen(["CCN", 3.5], workers=0))


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": "verdikt"},
        {"composition": "PbBr2"},
        {"workers": -1},
        {"chunk_lines": 0},
        {"cas_column": "CAS"},
    ],
)
def test_wrong_options_are_said_before_anything_is_read(kb, wrong):
    with pytest.raises(lk.UsageError):
        kb.screen(["CCN"], **wrong)
