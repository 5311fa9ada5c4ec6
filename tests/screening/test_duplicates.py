from __future__ import annotations

import io
from dataclasses import replace

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ligandkb.export import write_table
from ligandkb.problems import UsageError
from ligandkb.screening import duplicates
from ligandkb.screening.duplicates import find_duplicates
from ligandkb.screening.folder import folder_at
from ligandkb.screening.manifest import Manifest, Part
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.run import screen

COLUMNS = (
    "line",
    "id",
    "price",
    "smiles",
    "binding_form",
    "binding_form_smiles",
    "ligand_class",
    "partner",
    "counter_ion",
)
ACETATE, AMINE, TFA = "CC(=O)[O-]", "CCN", "O=C([O-])C(F)(F)F"
ROWS = [
    (1, "A-1", "9.50", "CC(=O)O", "acetate", ACETATE, "X", "oleylammonium", False),
    (2, "B-1", "12", "CCN", "ethylamine", AMINE, "L", None, False),
    (3, "=A-2", None, "CC(=O)[O-].[Na+]", "acetate", ACETATE, "X", "sodium", False),
    (4, "C-1", "3", "O=C(O)C(F)(F)F", "trifluoroacetate", TFA, "X", "oleylammonium", False),
    (5, "C-2", "4", "CCN.O=C(O)C(F)(F)F", "trifluoroacetate", TFA, "X", "ethylammonium", True),
    (6, "B-2", "11", "CCN", "ethylamine", AMINE, "L", None, False),
    (7, "A-3", "8", "CC(=O)O.CC(=O)O", "acetate", ACETATE, "X", "oleylammonium", False),
    (7, "A-3", "8", "CC(=O)O.CC(=O)O", "acetate", ACETATE, "X", "sodium", False),
    (8, "D", "1", "[Xe]", None, None, None, None, False),
]
EXPECTED = [
    {
        "binding_form_smiles": ACETATE,
        "binding_form": "acetate",
        "ligand_class": "X",
        "offers": 3,
        "lines": [1, 3, 7],
        "ids": ["A-1", "=A-2", "A-3"],
        "smiles": ["CC(=O)O", "CC(=O)[O-].[Na+]", "CC(=O)O.CC(=O)O"],
        "price": ["9.50", None, "8"],
    },
    {
        "binding_form_smiles": AMINE,
        "binding_form": "ethylamine",
        "ligand_class": "L",
        "offers": 2,
        "lines": [2, 6],
        "ids": ["B-1", "B-2"],
        "smiles": ["CCN", "CCN"],
        "price": ["12", "11"],
    },
]


def table(rows):
    columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
    return pa.table(
        {
            name: pa.array(values, pa.string()) if name == "price" else values
            for name, values in columns.items()
        }
    )


def finished(where, rows_a_part=4, kind="parquet", rows=ROWS, columns=None, carry=("price",)):
    """A folder as a screen leaves it."""
    folder, parts = folder_at(str(where)), []
    for start in range(0, len(rows), rows_a_part):
        name, some = f"part-{start:05}.{kind}", rows[start : start + rows_a_part]
        held = table(some) if isinstance(some, list) else some
        held = held if columns is None else held.select(columns)
        if kind == "csv":
            text = io.StringIO(newline="")
            write_table(
                text, held.column_names, zip(*(column.to_pylist() for column in held.columns), strict=True)
            )
            folder.write(name, text.getvalue().encode())
        else:
            sink = io.BytesIO()
            pq.write_table(held, sink, row_group_size=5_000)
            folder.write(name, sink.getvalue())
        parts.append(Part(name, "", start + 1, start + len(some), len(some), 0))
    return folder, Manifest({}, (), {"carry": carry}, "", tuple(parts), is_complete=True)


def told(folder):
    with folder.open("duplicates.parquet") as stream:
        return pq.read_table(io.BytesIO(stream.read()))


@pytest.mark.parametrize("rows_a_batch", [1, 2, 3, 1000])
def test_a_form_stands_once_with_all_its_lines(tmp_path, monkeypatch, rows_a_batch):
    # DuckDB hands out a vector of 2,048 rows at least: here batches are cut by hand.
    grouped = duplicates._one_row_a_form

    def in_small_batches(offers, listed, *, escaped):
        batches = offers.read_all().to_batches(max_chunksize=rows_a_batch)
        return grouped(pa.RecordBatchReader.from_batches(offers.schema, batches), listed, escaped=escaped)

    monkeypatch.setattr(duplicates, "_one_row_a_form", in_small_batches)
    folder, manifest = finished(tmp_path)
    found = find_duplicates(folder, manifest)
    assert (found.forms, found.repeated, found.offers) == (3, 2, 5)
    assert told(folder).to_pylist() == EXPECTED


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("rows_a_part", [1, 4, 100])
def test_wherever_and_however_parts_are_written(tmp_path, rows_a_part, kind):
    folder, manifest = finished(tmp_path, rows_a_part, kind)
    find_duplicates(folder, manifest)
    assert told(folder).to_pylist() == EXPECTED


def test_in_a_memory_file_system():
    folder, manifest = finished("memory://screened/out")
    found = find_duplicates(folder, manifest)
    assert found.path == "memory://screened/out/duplicates.parquet"
    assert told(folder).to_pylist() == EXPECTED
    fsspec.filesystem("memory").rm("/screened", recursive=True)


def test_where_nothing_is_offered_twice_the_table_is_empty(tmp_path):
    folder, manifest = finished(tmp_path, rows=[ROWS[0], ROWS[4], ROWS[-1]], carry=())
    found = find_duplicates(folder, manifest)
    assert (found.forms, found.repeated, found.offers) == (1, 0, 0)
    assert told(folder).num_rows == 0 and told(folder).column_names[-1] == "smiles"
    assert str(found).startswith("1 binding form on offer, each in one line")


def test_where_nothing_was_screened_nothing_is_written(tmp_path):
    folder, manifest = finished(tmp_path, rows=[])
    found = find_duplicates(folder, manifest)
    assert str(found) == "no binding form is on offer" and not folder.names()


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize(("name", "other"), [("a*b", "axb"), ("a?b", "axb"), ("a[1]b", "a1b")])
def test_a_name_that_looks_like_a_pattern_reads_no_parts_of_others(tmp_path, kind, name, other):
    finished(tmp_path / other, kind=kind)
    folder, manifest = finished(tmp_path / name, kind=kind, rows=ROWS[:2])
    found = find_duplicates(folder, manifest)
    assert (found.forms, found.repeated, found.path) == (2, 0, str(tmp_path / name / "duplicates.parquet"))


def test_columns_that_were_left_out_are_not_needed(tmp_path):
    left_out = {"smiles", "ligand_class", "partner"}
    folder, manifest = finished(tmp_path, columns=[name for name in COLUMNS if name not in left_out])
    find_duplicates(folder, manifest)
    rows = [{name: value for name, value in row.items() if name not in left_out} for row in EXPECTED]
    assert told(folder).to_pylist() == rows


def test_what_is_lacking_is_named_and_nothing_half_written_stays(tmp_path):
    folder, manifest = finished(tmp_path, 100, columns=[name for name in COLUMNS if name != "counter_ion"])
    with pytest.raises(UsageError, match="need counter_ion"):
        find_duplicates(folder, manifest)
    (tmp_path / "part-00000.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match="part-00000"):
        find_duplicates(folder, manifest)
    with pytest.raises(UsageError, match="isn't finished"):
        find_duplicates(folder, replace(manifest, is_complete=False))
    assert folder.names() == {"part-00000.parquet"}


def test_names_of_columns_and_files_are_never_run(tmp_path):
    hostile = 'x"); drop view offer; --'
    rows = table(ROWS).append_column(hostile, pa.array(["$ 1"] * len(ROWS)))
    folder, manifest = finished(
        tmp_path / "a'; drop view offer; --", 100, rows=rows, carry=(hostile, "offers")
    )
    find_duplicates(folder, manifest)
    assert told(folder)[hostile].to_pylist() == [["$ 1"] * 3, ["$ 1"] * 2]


def test_a_carried_column_doesn_t_take_the_place_of_another(tmp_path):
    rows = table(ROWS).append_column("offers", pa.array(["10 %"] * len(ROWS)))
    folder, manifest = finished(tmp_path, 100, rows=rows, carry=("offers",))
    find_duplicates(folder, manifest)
    assert told(folder)["offers"].to_pylist() == [3, 2]
    assert told(folder)["offers (carried)"].to_pylist() == [["10 %"] * 3, ["10 %"] * 2]


def test_more_forms_than_memory_go_through_the_disk(tmp_path):
    number = 200_000
    forms = [f"{'C' * 200}{line % (number // 2)}" for line in range(number)]
    rows = {
        "line": range(number),
        "id": [str(line) for line in range(number)],
        "smiles": forms,
        "binding_form": forms,
    }
    rows |= {"binding_form_smiles": forms, "ligand_class": ["X"] * number, "counter_ion": [False] * number}
    folder, manifest = finished(tmp_path, number, rows=pa.table(rows), carry=())
    found = find_duplicates(folder, manifest, memory_mb=100)
    assert (found.forms, found.repeated, found.offers) == (number // 2, number // 2, number)
    lines = told(folder)["lines"]
    assert lines[0].as_py() == [0, number // 2]
    assert lines[-1].as_py() == [number // 2 - 1, number - 1]


@pytest.mark.parametrize("part_format", ["parquet", "csv"])
def test_what_is_vetoed_is_told_of_each_line(kb, tmp_path, part_format):
    offered = ("OC(=O)CF", "CCCCCC(=O)O", "[Na+].[O-]C(=O)CF", "[Na+].[O-]C(=O)CCCCC", "OC(=O)CF.NCCO")
    (tmp_path / "list.smi").write_text("".join(f"{smiles} =1\n" for smiles in offered))
    options = ScreenOptions(part_format=part_format, part_lines=2)
    done = screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, options, workers=0)
    find_duplicates(done.folder, done.manifest)
    told = pq.read_table(tmp_path / "out" / "duplicates.parquet").to_pylist()
    verdicts = {row["binding_form_smiles"]: row["verdicts"] for row in told}
    assert verdicts["O=C([O-])CF"] == ["vetoed"] * 3
    assert "vetoed" not in verdicts["CCCCCC(=O)[O-]"]
