import pytest

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.forms import binding_forms, form_of
from ligandkb.descriptors.quantum.columns import QUANTUM, site_on, species_to_compute
from ligandkb.descriptors.quantum.definitions import COMPUTE, key
from ligandkb.descriptors.quantum.matching import SITES
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Failed, Missing, NotApplicable

SITE = "PbBr2"


def quantum_columns(form, lookup, site=SITE):
    return dict(QUANTUM.values(Ligand(form, site, lookup)))


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


def test_what_has_no_donor_has_none_of_the_columns_about_donors():
    salt = form_of("CCB(CC)CC")
    assert salt is not None
    found = quantum_columns(salt, shelf([]))
    # A borane bought as it is has no donor, but is a molecule that can take an electron.
    assert found.pop("vertical_electron_affinity_ev") == Missing(COMPUTE)
    assert all(isinstance(value, NotApplicable) for value in found.values())
    lead_bromide = binding_forms("[Pb+2].[Br-].[Br-]")[0]
    assert all(
        isinstance(value, NotApplicable) for value in quantum_columns(lead_bromide, shelf([])).values()
    )


def test_a_crystal_of_several_halides_has_no_model_of_lead():
    site = site_on(parse_composition("CsPbBr1.5Cl1.5"))
    found = quantum_columns(form_of("O=C([O-])CF"), shelf(FLUOROACETATE), site=site)
    assert found["charge_transfer_e"] == site
    assert found["local_softness_gap_per_ev"] == site
    assert found["hardness_ev"] == 4.5


def electron_affinity(smiles, entries):
    return quantum_columns(form_of(smiles), shelf(entries))["vertical_electron_affinity_ev"]


def test_the_electron_affinity_is_that_of_the_neutral_molecule_without_its_chain_ends():
    entries = [("CCCOc1ccc(C(=O)O)cc1", "", "electron_affinity_ev", -0.3)]
    assert electron_affinity("CCCCCCCCOc1ccc(C(=O)[O-])cc1", entries) == -0.3
    # An acceptor at the far end of a chain, which the head has lost, is still there.
    acceptor = [("O=C(O)CCCCc1ccc([N+](=O)[O-])cc1", "", "electron_affinity_ev", 1.0)]
    assert electron_affinity("O=C([O-])CCCCc1ccc([N+](=O)[O-])cc1", acceptor) == 1.0


def test_an_unknown_electron_affinity_says_what_to_do_or_why():
    assert electron_affinity("O=C([O-])c1ccccc1", []) == Missing(COMPUTE)
    failed = [("O=C(O)c1ccccc1", "", "electron_affinity_ev", Failed("no density"))]
    assert electron_affinity("O=C([O-])c1ccccc1", failed) == Failed("no density")
    assert isinstance(electron_affinity("[Br-]", []), NotApplicable)
    assert isinstance(electron_affinity("NCC[N+](C)(C)C", []), NotApplicable)
    assert isinstance(electron_affinity("NCC[n+]1ccccc1", []), Missing)


def test_what_is_computed_are_heads_and_molecules_once():
    forms = binding_forms("OC(=O)CCCCCCC(=O)O")
    assert species_to_compute([*forms, *forms]) == (
        "O=C([O-])CCCCCCC(=O)O",
        "O=C([O-])CCCCCCC(=O)[O-]",
        "O=C(O)CCCCCCC(=O)O",
    )
    assert species_to_compute([], ["[NH3+]Cc1ccccc1", "[Cs+]", "C[n+]1ccccc1"]) == ("NCc1ccccc1",)
