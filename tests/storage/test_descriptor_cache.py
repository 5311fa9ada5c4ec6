import sqlite3

import pytest

pytest.importorskip("sqlmodel")

from ligandkb.descriptors.quantum.definitions import DescriptorRecord, key
from ligandkb.descriptors.quantum.levels import Level
from ligandkb.missing import Failed, Missing, NotApplicable
from ligandkb.problems import InputError
from ligandkb.resources import data_directory
from ligandkb.storage.computed_values import ComputedValues
from ligandkb.storage.descriptor_cache import SCHEMA_VERSION, DescriptorCache

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


def test_every_kind_of_value_comes_back_as_it_was(path):
    with DescriptorCache(path) as cache:
        cache.store(RECORDS)
    with DescriptorCache(path) as cache:
        assert [cache.lookup(record.key) for record in RECORDS] == RECORDS
        assert sorted(cache.records(), key=lambda one: one.key) == sorted(RECORDS, key=lambda one: one.key)


def test_a_record_replaces_that_of_the_same_key(path):
    newer = DescriptorRecord(RECORDS[0].key, 4.5, "c")
    with DescriptorCache(path) as cache:
        cache.store(RECORDS)
        cache.store([newer])
        assert cache.lookup(newer.key) == newer
        assert len(cache.records()) == len(RECORDS)


def test_looking_creates_nothing(path):
    with DescriptorCache(path) as cache:
        assert cache.lookup(RECORDS[0].key) is None
        assert cache.records() == []
    assert not path.parent.exists()


def test_a_file_that_is_looked_at_before_it_exists_is_seen_later(path):
    with DescriptorCache(path) as reader, DescriptorCache(path) as writer:
        assert reader.lookup(RECORDS[0].key) is None
        writer.store(RECORDS)
        assert reader.lookup(RECORDS[0].key) == RECORDS[0]


@pytest.mark.parametrize("damage", ["not a database", "truncated", "another schema", "another table"])
def test_a_file_that_cannot_be_used_is_ignored_and_rebuilt(path, damage):
    with DescriptorCache(path) as cache:
        cache.store(RECORDS)
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
    with DescriptorCache(path) as cache, pytest.warns(UserWarning, match="damaged, or of another version"):
        assert cache.lookup(RECORDS[0].key) is None
    assert path.read_bytes() == before
    with DescriptorCache(path) as cache:
        cache.store(RECORDS[:1])
        assert cache.records() == RECORDS[:1]


def test_a_transaction_that_breaks_off_leaves_nothing(path):
    with DescriptorCache(path) as cache:
        cache.store(RECORDS[:1])
        with pytest.raises(AttributeError):
            cache.store([RECORDS[1], None])
        assert cache.records() == RECORDS[:1]


def test_the_journal_is_the_kind_that_network_homes_bear(path):
    with DescriptorCache(path) as cache:
        cache.store(RECORDS)
        with cache._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


@pytest.mark.parametrize("kind", ["folder", "folder that is a file"])
def test_a_cache_that_cannot_be_used_is_an_error_to_write_and_a_note_to_read(path, kind):
    if kind == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.write_text("in the way")
    with (
        pytest.raises(InputError, match=r"can't be kept here .* LIGANDKB_CACHE"),
        DescriptorCache(path) as cache,
    ):
        cache.store(RECORDS)
    if kind == "folder":
        with pytest.warns(UserWarning, match="no ordinary file"), DescriptorCache(path) as cache:
            assert cache.records() == []


@pytest.mark.parametrize(
    "value", ["kind = 'number', number = 'abc'", "kind = 'guess'", "kind = 'number', number = 9e999"]
)
def test_a_value_that_this_program_cannot_have_written_is_left_out_with_a_warning(path, value):
    with DescriptorCache(path) as cache:
        cache.store(RECORDS)
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE descriptor SET {value}")
    connection.close()
    with pytest.warns(UserWarning, match="damaged"), DescriptorCache(path) as cache:
        assert cache.records() == []


def test_what_cannot_be_kept_is_at_hand_all_the_same(path):
    path.mkdir(parents=True)
    values = ComputedValues(data_directory() / "computed" / "descriptors.csv", path)
    with pytest.warns(UserWarning), pytest.raises(InputError):
        values.store(RECORDS[:1])
    assert values.lookup(RECORDS[0].key) is not None
