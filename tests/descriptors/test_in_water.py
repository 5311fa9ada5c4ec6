"""What do the columns on proton and lead say, and where do they say that nobody knows?"""

from __future__ import annotations

import pytest

from ligandkb.chemistry.forms import form_of
from ligandkb.descriptors.in_water import IN_WATER
from ligandkb.descriptors.lead_scale import second_donor
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Missing, NotApplicable


@pytest.fixture
def values(kb):
    def values(smiles: str) -> dict:
        return IN_WATER.values(Ligand(form_of(smiles), "PbBr2", lambda key: None, kb.aqueous))

    return values


OLEATE = r"CCCCCCCC/C=C\CCCCCCCC(=O)[O-]"
BROMOBENZOATE = "O=C([O-])c1ccc(Br)cc1"


@pytest.mark.parametrize(
    ("smiles", "origin"),
    [
        ("O=C([O-])c1ccccc1", "measured"),
        (OLEATE, "measured on its head"),
        (BROMOBENZOATE, "predicted"),
    ],
)
def test_each_value_says_where_it_is_from(values, smiles, origin):
    found = values(smiles)
    for name in ("conjugate_acid_pka", "lead_log_k1", "lead_over_proton"):
        assert found[f"{name}_origin"] == origin
        assert isinstance(found[name], float)


def test_a_prediction_carries_its_error(values):
    found = values(BROMOBENZOATE)
    assert 0.2 < found["conjugate_acid_pka_error"] < 0.5
    assert 0.1 < found["lead_log_k1_error"] < found["lead_over_proton_error"] < 0.5
    assert isinstance(values(OLEATE)["conjugate_acid_pka_error"], Missing)


def test_acetate_is_the_zero(values):
    found = values("CC(=O)[O-]")
    assert found["lead_over_proton_above_acetate"] == 0
    assert found["lead_over_proton"] == -2.5


def test_formate_has_the_interval_of_its_two_measurements(values):
    found = values("O=C[O-]")
    middle, error = found["lead_over_proton_above_acetate"], found["lead_over_proton_error"]
    assert middle - error == pytest.approx(0.16, abs=0.01)
    assert middle + error == pytest.approx(0.72, abs=0.01)


def test_acids_in_the_domain_are_ordered_as_measured(values):
    names = [OLEATE, "O=C([O-])c1ccccc1", "O=C([O-])CCl", "O=C([O-])c1ccccn1"]
    found = [values(smiles)["lead_over_proton_above_acetate"] for smiles in names]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("smiles", "reason"),
    [
        ("O=C([O-])C(F)(F)F", "pKa less that of acetic acid is -4.24"),
        ("CS(=O)(=O)[O-]", "carboxylates and few others"),
        ("F[P-](F)(F)(F)(F)F", "carboxylates and few others"),
        ("CCCCCCP(=O)([O-])[O-]", "carboxylates and few others"),
        ("O=C([O-])c1ccccc1O", "no constants of lead with alcohol"),
        ("O=C([O-])CCS", "no constants of lead with thiol"),
        ("O=C([O-])c1cccnc1C", "pKa unknown"),
        ("O=C([O-])c1cccnc1", "sits on a nitrogen"),  # nicotinate: its acid is a zwitterion
    ],
)
def test_outside_the_domain_lead_is_unknown(values, smiles, reason):
    found = values(smiles)
    for name in ("lead_log_k1", "lead_over_proton"):
        assert isinstance(found[name], Missing)
        assert reason in str(found[name])


def test_glycinate_holds_lead_but_is_not_compared(values):
    """Its constant was measured; the proton of its pKa is the amine's, and the carboxylate binds first."""
    found = values("NCC(=O)[O-]")
    assert found["lead_log_k1"] == pytest.approx(4.8, abs=0.1)
    assert isinstance(found["lead_over_proton"], Missing)
    assert isinstance(found["lead_over_proton_above_acetate"], Missing)


@pytest.mark.parametrize(
    "smiles", ["O=C([O-])C(=O)[O-]", "O=C([O-])CC(=O)[O-]", "CCCCCCP(=O)([O-])[O-]", "[NH3+]CC(=O)[O-]"]
)
def test_other_charges_are_not_compared_with_acetate(values, smiles):
    assert isinstance(values(smiles)["lead_over_proton_above_acetate"], NotApplicable)


@pytest.mark.parametrize(("smiles", "log_k1"), [("[Br-]", 1.1), ("[Cl-]", 0.9), ("O=[N+]([O-])[O-]", 0.4)])
def test_halides_and_nitrate_have_log_k1_alone(values, smiles, log_k1):
    found = values(smiles)
    assert found["lead_log_k1"] == pytest.approx(log_k1, abs=0.1)
    assert isinstance(found["lead_over_proton"], Missing)


@pytest.mark.parametrize("smiles", ["CCN", "CP(C)C", "FB(F)F"])
def test_lead_is_for_anions(values, smiles):
    assert isinstance(values(smiles)["lead_log_k1"], NotApplicable)


@pytest.mark.parametrize(
    ("smiles", "kind"),
    [
        ("CC(=O)[O-]", "none"),
        ("O=C([O-])c1ccco1", "none"),
        ("O=C([O-])CO", "alpha-hydroxyl"),
        ("O=C([O-])CCO", "beta- or gamma-hydroxyl"),
        ("O=C([O-])CCCO", "beta- or gamma-hydroxyl"),
        ("COCC(=O)[O-]", "alpha-ether"),
        ("CSCC(=O)[O-]", "alpha-thioether"),
        ("O=C([O-])c1ccccn1", "pyridine nitrogen"),
        ("OCCCCCCC(=O)[O-]", "none"),
    ],
)
def test_second_donors_have_kinds(smiles, kind):
    assert second_donor(form_of(smiles)) == kind


@pytest.mark.parametrize("smiles", ["O=C([O-])c1ccccc1O", "OCC(OC)C(=O)[O-]", "O=C([O-])CC(C)=O"])
def test_other_second_donors_are_unknown(smiles):
    assert isinstance(second_donor(form_of(smiles)), Missing)
