from pathlib import Path

import pytest

from ligandkb.descriptors.quantum.definitions import key
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.missing import Failed
from ligandkb.validation.hardness import agreement, misordered_halogens
from ligandkb.validation.hardness_runs import (
    halogen_hardness,
    neutral_hardness,
    read_dft_sample,
    read_experiment,
    table_one_family,
    table_one_heads,
)

REFERENCE = Path(__file__).resolve().parents[2] / "../shared/reference"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not here")


@needs_reference
def test_measured_values_are_read():
    found = read_experiment(REFERENCE / "experimental_hardness.csv")
    assert found["O"] == 9.5
    assert len(found) == 6


@needs_reference
def test_a_sample_is_halved_and_drawn_the_same_each_time():
    path = REFERENCE / "carboxylic_acids_cdft.csv"
    one, again = (read_dft_sample(path, 50) for _ in range(2))
    assert one == again
    assert len(one) == 50
    assert all(1 < value < 8 for value in one.values())


def test_a_table_of_ones_own(tmp_path):
    path = tmp_path / "sample.csv"
    path.write_text("smiles,hardness_hartree\nCN,0.4\n", encoding="utf-8")
    assert read_dft_sample(path, 10) == {"CN": pytest.approx(0.2 * 27.2114, abs=1e-3)}


def test_gfn2_does_not_order_the_halogens():
    pytest.importorskip("tblite")
    pytest.importorskip("mendeleev")
    measured = halogen_hardness()
    computed = neutral_hardness(measured, DEFAULT_LEVEL)
    assert all(isinstance(value, float) for value in computed.values())
    names = {species.strip("[]"): value for species, value in computed.items()}
    assert misordered_halogens(names) == ("Cl<Br",)
    assert misordered_halogens({species.strip("[]"): value for species, value in measured.items()}) == ()


def test_neutral_molecules_are_bounded_and_told_one_by_one():
    pytest.importorskip("tblite")
    told = []
    found = neutral_hardness(
        ["N", "CCCCCCCCCC"], DEFAULT_LEVEL, max_atoms=10, told=lambda *one: told.append(one)
    )
    assert isinstance(found["N"], float)
    assert found["CCCCCCCCCC"] == Failed("more than 10 atoms")
    assert dict(told) == found
    assert agreement({"N": found["N"]}, {"N": 8.2}).mean_absolute_error_ev < 5


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
