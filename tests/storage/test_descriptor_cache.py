import sqlite3

import pytest

pytest.importorskip("sqlmodel")

from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import InputError
from ligandkb.resources import data_directory
from ligandkb.storage.computed_values import ComputedValues
from ligandkb.storage.descriptor_cache import (
    SCHEMA_VERSION,
    _engine,
    store_descriptors,
    stored_descriptors,
)

ACETATE = "CC(=O)[O-]"
RECORDS = [
    DescriptorRecord(key("hardness_ev", ACETATE), 4.25, "a"),
    DescriptorRecord(key("hardness_ev", ACETATE, "", Level("GFN1-xTB", "gas")), 0.1 + 0.2, "a"),
    DescriptorRecord(key("hardness_ev", ACETATE, "", Level("GFN2-xTB", "toluene")), Failed("why"), "a"),
    DescriptorRecord(key("hardness_scale", ACETATE), "X radical", "b"),
    DescriptorRecord(key("homo_energy_ev", "[Br-]"), NotApplicable("a lone atom"), "b"),
    DescriptorRecord(key("homo_energy_ev", "CN"), Missing("run it"), "b"),
    DescriptorRecord(key("donor_charge_mulliken_e", ACETATE, "carboxylate"), -0.5, "b"),
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deeper" / "descriptors.sqlite"


def lookup(path, wanted):
    return next((record for record in stored_descriptors(path) if record.key == wanted), None)


def test_every_kind_of_value_comes_back_as_it_was(path):
    store_descriptors(path, RECORDS)
    assert [lookup(path, record.key) for record in RECORDS] == RECORDS
    assert stored_descriptors(path) == sorted(RECORDS, key=lambda one: one.key)


def test_a_record_replaces_that_of_the_same_key(path):
    newer = DescriptorRecord(RECORDS[0].key, 4.5, "c")
    store_descriptors(path, RECORDS)
    store_descriptors(path, [newer])
    assert lookup(path, newer.key) == newer
    assert len(stored_descriptors(path)) == len(RECORDS)


def test_looking_creates_nothing(path):
    assert stored_descriptors(path) == []
    assert not path.parent.exists()


def test_a_file_that_is_looked_at_before_it_exists_is_seen_later(path):
    values = ComputedValues(data_directory() / "computed" / "descriptors.csv", path)
    assert lookup(path, RECORDS[0].key) is None
    values.store(RECORDS)
    assert lookup(path, RECORDS[0].key) == RECORDS[0]


@pytest.mark.parametrize("damage", ["not a database", "truncated", "another schema", "another table"])
def test_a_file_that_cannot_be_used_is_ignored_and_rebuilt(path, damage):
    store_descriptors(path, RECORDS)
    if damage == "not a database":
        path.write_bytes(b"nothing of the kind" * 500)
    elif damage == "truncated":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    else:
        with sqlite3.connect(path) as connection:
            if damage == "another schema":
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
            else:
                connection.execute("ALTER TABLE descriptor DROP COLUMN provenance")
        connection.close()
    before = path.read_bytes()
    with pytest.warns(UserWarning, match="damaged, or of another version"):
        assert stored_descriptors(path) == []
    assert path.read_bytes() == before
    store_descriptors(path, RECORDS[:1])
    assert stored_descriptors(path) == RECORDS[:1]


def test_a_transaction_that_breaks_off_leaves_nothing(path):
    store_descriptors(path, RECORDS[:1])
    with pytest.raises(AttributeError):
        store_descriptors(path, [RECORDS[1], None])
    assert stored_descriptors(path) == RECORDS[:1]


def test_the_journal_is_the_kind_that_network_homes_bear(path):
    store_descriptors(path, RECORDS)
    with _engine(path).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize("kind", ["folder", "folder that is a file"])
def test_a_cache_that_cannot_be_used_is_an_error_to_write_and_a_note_to_read(path, kind):
    if kind == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.write_text("in the way")
    with pytest.raises(InputError, match=r"can't be kept here .* LIGANDKB_CACHE"):
        store_descriptors(path, RECORDS)
    if kind == "folder":
        with pytest.warns(UserWarning, match="no ordinary file"):
            assert stored_descriptors(path) == []


@pytest.mark.parametrize(
    "value", ["kind = 'number', number = 'abc'", "kind = 'guess'", "kind = 'number', number = 9e999"]
)
def test_a_value_that_this_program_cannot_have_written_is_left_out_with_a_warning(path, value):
    store_descriptors(path, RECORDS)
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE descriptor SET {value}")
    connection.close()
    with pytest.warns(UserWarning, match="damaged"):
        assert stored_descriptors(path) == []


def test_what_cannot_be_kept_is_at_hand_all_the_same(path):
    path.mkdir(parents=True)
    values = ComputedValues(data_directory() / "computed" / "descriptors.csv", path)
    with pytest.warns(UserWarning), pytest.raises(InputError):
        values.store(RECORDS[:1])
    assert values.lookup(RECORDS[0].key) is not None


def test_without_its_cache_only_shipped_values_are_at_hand(tmp_path):
    values = ComputedValues(
        data_directory() / "computed" / "descriptors.csv", tmp_path / "descriptors.sqlite"
    )
    own, shipped = key("hardness_ev", "CCCCCCCCC#N"), key("hardness_ev", "CC(=O)[O-]")
    values.store([DescriptorRecord(own, 5.0, "by hand")])
    alone = values.without_cache()
    assert alone.lookup(own) is None and alone.lookup(shipped) == values.lookup(shipped)
    assert values.lookup(own).value == 5.0


def test_a_cache_is_read_only_where_shipped_values_lack_something(path, monkeypatch):
    store_descriptors(path, [DescriptorRecord(key("hardness_ev", "CCCCCCCCC#N"), 5.0, "by hand")])
    read = []
    monkeypatch.setattr(
        "ligandkb.storage.descriptor_cache.stored_descriptors",
        lambda cache: read.append(cache) or stored_descriptors(cache),
    )
    lookup = ComputedValues(data_directory() / "computed" / "descriptors.csv", path).lookup
    assert lookup.has(ACETATE, DEFAULT_LEVEL) and lookup(key("hardness_ev", ACETATE)) and not read
    assert lookup.has("CCCCCCCCC#N", DEFAULT_LEVEL) and read == [path]
