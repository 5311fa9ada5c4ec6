import pytest

from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.validation.hardness_runs import table_one_family, table_one_heads


def test_table_1_is_gathered_by_head():
    heads = table_one_heads(
        [
            ("CCCCCCCC(F)(F)C(=O)[O-]", True),
            ("O=C([O-])C(F)F", True),
            ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", True),
            ("CCCC(=O)[O-]", False),
            ("[Pb+2].CC(=O)[O-].CC(=O)[O-]", False),
        ]
    )
    assert list(heads.improved) == ["O=C([O-])C(F)F"]
    assert len(heads.improved["O=C([O-])C(F)F"]) == 2
    assert heads.not_improved == {"CC(=O)[O-]": ("CCCC(=O)[O-]",)}
    with pytest.raises(ValueError, match="both columns"):
        table_one_heads([("CCCC(=O)[O-]", False), ("CC(=O)[O-]", True)])


def test_the_committed_family_has_36_members():
    heads = table_one_heads([("O=C([O-])CF", True), ("CC(=O)[O-]", False)])
    records = {
        one: DescriptorRecord(one, value, "")
        for one, value in (
            (key("hardness_ev", "CC(=O)[O-]"), 5.0),
            (key("hardness_ev", "O=C([O-])CF"), 4.0),
        )
    }
    family = table_one_family(heads, records.get)
    assert len(family) == 36
    expected, values = family["hardness_ev, GFN2-xTB, gas, heads"]
    assert (expected, values) == (-1, {"O=C([O-])CF": 4.0, "CC(=O)[O-]": 5.0})
    assert family["homo_energy_ev, GFN1-xTB, toluene, uncut"] == (+1, {})
