import pytest

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.forms import form_of
from ligandkb.descriptors.quantum.columns import QUANTUM, site_on
from ligandkb.descriptors.quantum.definitions import COMPUTE, key
from ligandkb.descriptors.quantum.matching import SITES
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Failed, Missing, NotApplicable

SITE = "PbBr2"


def quantum_columns(form, lookup, site=SITE):
    return QUANTUM.values(Ligand(form, site, lookup))


def shelf(entries):
    """Records from (species, mode, name, value)."""
    records = {}
    for species, mode, name, value in entries:
        records[key(name, species, mode)] = DescriptorRecord(key(name, species, mode), value, "by hand")
    return records.get


ACETATE = [
    ("CC(=O)[O-]", "", "hardness_scale", "X radical"),
    ("CC(=O)[O-]", "", "hardness_ev", 5.0),
    ("CC(=O)[O-]", "", "electronegativity_ev", 7.0),
    ("CC(=O)[O-]", "carboxylate", "donor_charge_mulliken_e", -0.6),
    ("CC(=O)[O-]", "carboxylate", "local_softness_per_ev", 0.07),
]
FLUOROACETATE = [
    ("O=C([O-])CF", "", "hardness_scale", "X radical"),
    ("O=C([O-])CF", "", "hardness_ev", 4.5),
    ("O=C([O-])CF", "", "electronegativity_ev", 8.0),
    ("O=C([O-])CF", "carboxylate", "donor_charge_mulliken_e", -0.55),
    ("O=C([O-])CF", "carboxylate", "local_softness_per_ev", 0.06),
]
LEAD = [
    (SITES[SITE], "", "acceptor_electronegativity_ev", 5.0),
    (SITES[SITE], "", "acceptor_hardness_ev", 4.0),
    (SITES[SITE], "", "acceptor_local_softness_per_ev", 0.05),
]


def test_all_columns_are_there_even_if_nothing_was_computed():
    found = quantum_columns(form_of("CC(=O)[O-]"), shelf([]))
    assert list(found) == [descriptor.name for descriptor in QUANTUM]
    assert set(found.values()) == {Missing(COMPUTE)}


def test_values_are_those_of_the_head_compared_with_the_reference_of_the_class():
    look = shelf(ACETATE + FLUOROACETATE + LEAD)
    found = quantum_columns(form_of("O=C([O-])CF"), look)
    assert found["hardness_above_reference_ev"] == pytest.approx(-0.5)
    assert found["donor_charge_mulliken_above_reference_e"] == pytest.approx(0.05)
    assert found["charge_transfer_e"] == pytest.approx((5 - 8) / (2 * (4 + 4.5)), abs=1e-6)
    assert found["local_softness_gap_per_ev"] == pytest.approx(0.01)
    oleate = quantum_columns(form_of("CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"), look)
    assert oleate["hardness_ev"] == 5.0
    assert oleate["hardness_above_reference_ev"] == 0.0


def test_a_failure_is_handed_on_with_its_reason():
    broken = [("CC(=O)[O-]", "", "hardness_ev", Failed("no density")), *LEAD]
    found = quantum_columns(form_of("CC(=O)[O-]"), shelf(broken))
    assert found["hardness_ev"] == Failed("no density")
    assert found["electronegativity_ev"] == Missing(COMPUTE)
    assert isinstance(found["charge_transfer_e"], Failed | Missing)


def test_other_scales_and_groups_have_no_reference():
    sulfide = [("[S-2]", "", "hardness_scale", "X2 neutral"), ("[S-2]", "", "hardness_ev", 4.0)]
    found = quantum_columns(form_of("[S-2]"), shelf(sulfide))
    assert isinstance(found["hardness_above_reference_ev"], NotApplicable)
    thiolate = [("C[S-]", "", "hardness_scale", "X radical"), ("C[S-]", "", "hardness_ev", 4.0)]
    found = quantum_columns(form_of("CCCC[S-]"), shelf(ACETATE + thiolate))
    assert found["hardness_above_reference_ev"] == pytest.approx(-1.0)
    assert isinstance(found["donor_charge_mulliken_above_reference_e"], NotApplicable)


def test_a_whole_salt_has_none():
    salt = form_of("CCB(CC)CC")
    assert salt is not None
    assert all(isinstance(value, NotApplicable) for value in quantum_columns(salt, shelf([])).values())


def test_a_crystal_of_several_halides_has_no_model_of_lead():
    site = site_on(parse_composition("CsPbBr1.5Cl1.5"))
    found = quantum_columns(form_of("O=C([O-])CF"), shelf(FLUOROACETATE), site=site)
    assert found["charge_transfer_e"] == site
    assert found["local_softness_gap_per_ev"] == site
    assert found["hardness_ev"] == 4.5
