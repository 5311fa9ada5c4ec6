from __future__ import annotations

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ligandkb.export import write_table
from ligandkb.problems import UsageError
from ligandkb.screening import duplicates
from ligandkb.screening.duplicates import find_duplicates

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


def written(folder, rows_a_part, name="part-{:05}.parquet"):
    parts = []
    for start in range(0, len(ROWS), rows_a_part):
        rows, path = ROWS[start : start + rows_a_part], folder / name.format(start)
        if path.suffix == ".csv":
            write_table(
                path, COLUMNS, [[str(one) if isinstance(one, bool) else one for one in row] for row in rows]
            )
        else:
            pq.write_table(table(rows), path)
        parts.append(str(path))
    return parts


@pytest.mark.parametrize("rows_a_batch", [1, 2, 3, 1000])
def test_a_form_stands_once_with_all_its_lines(tmp_path, monkeypatch, rows_a_batch):
    # DuckDB hands out a vector of 2,048 rows at least: here batches are cut by hand.
    grouped = duplicates._one_row_a_form

    def in_small_batches(offers, listed, *, escaped):
        batches = offers.read_all().to_batches(max_chunksize=rows_a_batch)
        return grouped(pa.RecordBatchReader.from_batches(offers.schema, batches), listed, escaped=escaped)

    monkeypatch.setattr(duplicates, "_one_row_a_form", in_small_batches)
    path = str(tmp_path / "duplicates.parquet")
    found = find_duplicates(written(tmp_path, 4), path, carried=["price"])
    assert (found.forms, found.repeated, found.offers) == (3, 2, 5)
    assert pq.read_table(path).to_pylist() == EXPECTED


@pytest.mark.parametrize("rows_a_part", [1, 100])
def test_wherever_parts_are_cut(tmp_path, rows_a_part):
    path = str(tmp_path / "duplicates.parquet")
    find_duplicates(written(tmp_path, rows_a_part), path, carried=["price"])
    assert pq.read_table(path).to_pylist() == EXPECTED


def test_parts_of_csv_give_the_same_and_lose_their_escapes(tmp_path):
    path = str(tmp_path / "duplicates.parquet")
    find_duplicates(written(tmp_path, 4, "part-{:05}.csv"), path, carried=["price"])
    assert pq.read_table(path).to_pylist() == EXPECTED


def test_in_a_memory_file_system(tmp_path):
    memory = fsspec.filesystem("memory")
    parts = []
    for part in written(tmp_path, 4):
        parts.append(f"memory://screened/{part.rpartition('/')[2]}")
        memory.put_file(part, parts[-1])
    find_duplicates(parts, "memory://screened/duplicates.parquet", carried=["price"], filesystem=memory)
    with memory.open("memory://screened/duplicates.parquet") as file:
        assert pq.read_table(file).to_pylist() == EXPECTED
    assert memory.ls("/screened", detail=False)[0] == "/screened/duplicates.parquet"
    memory.rm("/screened", recursive=True)


def test_where_nothing_is_offered_twice_the_table_is_empty(tmp_path):
    pq.write_table(table([ROWS[0], ROWS[4], ROWS[-1]]), tmp_path / "part-00000.parquet")
    path = str(tmp_path / "duplicates.parquet")
    found = find_duplicates([str(tmp_path / "part-00000.parquet")], path)
    assert (found.forms, found.repeated, found.offers) == (1, 0, 0)
    assert pq.read_table(path).num_rows == 0
    assert pq.read_schema(path).names[-1] == "smiles"


def test_columns_that_were_left_out_are_not_needed(tmp_path):
    pq.write_table(
        table(ROWS).drop_columns(["smiles", "ligand_class", "partner"]), tmp_path / "part-00000.parquet"
    )
    path = str(tmp_path / "duplicates.parquet")
    find_duplicates([str(tmp_path / "part-00000.parquet")], path, carried=["price"])
    left_out = ("smiles", "ligand_class")
    assert pq.read_table(path).to_pylist() == [
        {name: value for name, value in row.items() if name not in left_out} for row in EXPECTED
    ]


def test_what_is_lacking_is_named_and_nothing_half_written_stays(tmp_path):
    pq.write_table(table(ROWS).drop_columns(["counter_ion", "smiles"]), tmp_path / "part-00000.parquet")
    with pytest.raises(UsageError, match="need counter_ion"):
        find_duplicates([str(tmp_path / "part-00000.parquet")], str(tmp_path / "duplicates.parquet"))
    (tmp_path / "part-00001.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match="part-00001"):
        find_duplicates([str(tmp_path / "part-00001.parquet")], str(tmp_path / "duplicates.parquet"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["part-00000.parquet", "part-00001.parquet"]


def test_names_of_columns_and_files_are_never_run(tmp_path):
    hostile = 'x"); drop view offer; --'
    rows = table(ROWS).append_column(hostile, pa.array(["$ 1"] * len(ROWS)))
    part = tmp_path / "a'; drop view offer; --.parquet"
    pq.write_table(rows, part)
    path = str(tmp_path / "duplicates.parquet")
    find_duplicates([str(part)], path, carried=[hostile])
    assert pq.read_table(path)[hostile].to_pylist() == [["$ 1"] * 3, ["$ 1"] * 2]


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
    pq.write_table(pa.table(rows), tmp_path / "part-00000.parquet", row_group_size=5_000)
    path = str(tmp_path / "duplicates.parquet")
    found = find_duplicates([str(tmp_path / "part-00000.parquet")], path, memory_mb=100)
    assert (found.forms, found.repeated, found.offers) == (number // 2, number // 2, number)
    lines = pq.read_table(path, columns=["lines"])["lines"]
    assert lines[0].as_py() == [0, number // 2]
    assert lines[-1].as_py() == [number // 2 - 1, number - 1]
