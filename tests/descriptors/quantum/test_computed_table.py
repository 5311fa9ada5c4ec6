from dataclasses import replace

import pytest

from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.levels import Level
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.quantum.table import read_table, write_table
from ligandkb.missing import Failed, NotApplicable
from ligandkb.problems import InputError

ACETATE = "CC(=O)[O-]"
TOLUENE = Level("GFN2-xTB", "toluene")
RECORDS = [
    DescriptorRecord(key("hardness_ev", ACETATE), 4.123456, "tblite 0"),
    DescriptorRecord(key("hardness_scale", ACETATE), "X radical", "tblite 0"),
    DescriptorRecord(key("donor_charge_mulliken_e", ACETATE, "carboxylate"), -0.1 - 0.2, "tblite 0"),
    DescriptorRecord(
        key("hardness_ev", "[Br-]", "", TOLUENE), NotApplicable("a lone atom (measured)"), "tblite 0"
    ),
    DescriptorRecord(key("hardness_ev", "CN", "", TOLUENE), Failed("no density, at all"), "tblite 0"),
]


def test_what_is_written_is_read_to_the_last_bit(tmp_path):
    path = tmp_path / "new folder" / "descriptors.csv"
    assert write_table(RECORDS, path) == 4
    assert dict(read_table(path)) == {record.key: record for record in RECORDS}


def test_rows_do_not_depend_on_the_order_of_the_records(tmp_path):
    write_table(RECORDS, tmp_path / "a.csv")
    write_table(RECORDS[::-1], tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "b.csv"}


def test_values_of_another_version_are_missing_not_stale(tmp_path):
    path = tmp_path / "descriptors.csv"
    write_table(RECORDS, path)
    path.write_text(
        path.read_text(encoding="utf-8").replace("hardness_ev@1", "hardness_ev@0"), encoding="utf-8"
    )
    found = read_table(path)
    assert key("hardness_ev", ACETATE) not in found
    assert key("hardness_scale", ACETATE) in found
    stale = replace(RECORDS[0], key=replace(RECORDS[0].key, version=0))
    assert write_table([stale], tmp_path / "stale.csv") == 0


def test_only_the_species_asked_for_are_written(tmp_path):
    path = tmp_path / "descriptors.csv"
    assert write_table(RECORDS, path, species={ACETATE}) == 2
    assert {found.species for found in read_table(path)} == {ACETATE}


def test_species_are_brought_to_todays_canonical_form(tmp_path):
    path = tmp_path / "descriptors.csv"
    write_table(RECORDS, path)
    path.write_text(path.read_text(encoding="utf-8").replace(ACETATE, "[O-]C(C)=O"), encoding="utf-8")
    assert key("hardness_ev", ACETATE) in read_table(path)


def test_a_file_that_is_not_there_holds_nothing(tmp_path):
    assert read_table(tmp_path / "none.csv") == {}


def test_all_broken_rows_are_named(tmp_path):
    path = tmp_path / "descriptors.csv"
    write_table(RECORDS, path)
    text = path.read_text(encoding="utf-8").replace("4.123456", "four").replace("CN,", "C(N,")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert len(caught.value.problems) == 2
    assert all("ligandkb compute --write" in str(problem) for problem in caught.value.problems)
