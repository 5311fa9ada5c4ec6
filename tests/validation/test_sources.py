"""Is every row listed whose source is an address and no DOI, and none besides?"""

from __future__ import annotations

import json

import pytest

from ligandkb.problems import InputError
from ligandkb.resources import data_directory
from ligandkb.validation.sources import AddressedRow, sources_of


@pytest.fixture
def lab(tmp_path):
    (tmp_path / "outcomes.csv").write_text(
        "id,binding_form,doi,locator\n"
        "one,acetate,10.1021/jacs.8b11035,https://example.org/mirror\n"
        'two,acetate,,"Abstract (https://example.org/aging?page=2), first paragraph"\n'
        "three,acetate,,notebook 7\n"
        "four,acetate,,\n",
        encoding="utf-8",
    )
    (tmp_path / "solubility.csv").write_text(
        "smiles,name,source\nCCO,ethanol,http://example.org/a\nCC,ethane,10.1000/182\n", encoding="utf-8"
    )
    (tmp_path / "hazards").mkdir()
    (tmp_path / "hazards" / "list.csv").write_text(
        "# Annex VI\nhazard class,statement\nFlam. Liq. 2,H225\n", encoding="utf-8"
    )
    (tmp_path / "computed").mkdir()
    (tmp_path / "computed" / "values.csv").write_text(
        "smiles,source\nC,https://example.org\n", encoding="utf-8"
    )
    return tmp_path


def test_address_doi_and_nothing_are_told_apart(lab):
    listed, outcomes, solubility = sources_of([lab])
    assert (outcomes.file, outcomes.rows) == (f"{lab.name}/outcomes.csv", 4)
    assert (outcomes.with_doi, outcomes.in_words, outcomes.without) == (1, 1, 1)
    assert outcomes.address_only == (
        AddressedRow(
            3,
            "two",
            "https://example.org/aging?page=2",
            "Abstract (https://example.org/aging?page=2), first paragraph",
        ),
    )
    assert solubility.address_only == (AddressedRow(2, "ethanol", "http://example.org/a", ""),)
    assert (listed.file, listed.rows, listed.has_sources) == (f"{lab.name}/hazards/list.csv", 1, False)


def test_every_shipped_row_has_a_doi_an_address_or_its_table_a_source():
    tables = sources_of([data_directory()])
    assert {"data/ligands.csv", "data/outcomes.csv", "data/solubility.csv"} <= {one.file for one in tables}
    assert [one.file for one in tables if one.without] == []


def test_a_table_that_can_t_be_read_is_refused_with_its_place(lab):
    (lab / "solubility.csv").write_text('smiles,source\n"CCO,x\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"solubility\.csv:2:1"):
        sources_of([lab])


def test_the_command_lists_a_lab_s_rows_after_the_shipped_ones(run, tmp_path):
    (tmp_path / "solubility.csv").write_text(
        "smiles,name,solvent,dissolves,source\nCCO,ethanol,toluene,yes,https://example.org/a\n",
        encoding="utf-8",
    )
    done = run("validate", "sources", "--data", tmp_path, "-f", "json")
    assert (done.code, done.err) == (0, "")
    *_, own = json.loads(done.out)["rows"]
    assert own["file"] == f"{tmp_path.name}/solubility.csv"
    assert [row["name"] for row in own["address_only"]] == ["ethanol"]
    assert "ethanol" in run("validate", "sources", "--data", tmp_path).out
