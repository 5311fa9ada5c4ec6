import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.descriptors.quantum.atoms import ion_reactivity
from ligandkb.descriptors.quantum.matching import (
    HALIDES,
    SITES,
    charge_transfer_e,
    charge_transfer_energy_ev,
    lead_halide_site,
    local_softness_gap_per_ev,
)

electronegativities = st.floats(-5, 25, allow_nan=False)
hardnesses = st.floats(0.5, 12, allow_nan=False)


@given(electronegativities, hardnesses, electronegativities, hardnesses)
def test_charge_flows_to_the_more_electronegative_and_gains_energy(chi, eta, other_chi, other_eta):
    charge = charge_transfer_e(chi, eta, other_chi, other_eta)
    assert (charge > 0) == (chi > other_chi) or charge == 0
    assert charge == pytest.approx(-charge_transfer_e(other_chi, other_eta, chi, eta))
    energy = charge_transfer_energy_ev(chi, eta, other_chi, other_eta)
    assert energy <= 0
    assert energy == pytest.approx(-charge * (chi - other_chi) / 2)


def test_against_bare_lead_hardness_and_charge_transfer_rank_the_halides_in_reverse():
    pytest.importorskip("mendeleev")
    lead = ion_reactivity("Pb", 2)
    # Pearson's 8.46 eV for Pb2+.
    assert lead.hardness_ev == pytest.approx(8.46, abs=0.01)
    halogens = [ion_reactivity(symbol) for symbol in ("F", "Cl", "Br", "I")]
    gaps = [abs(lead.hardness_ev - one.hardness_ev) for one in halogens]
    flows = [
        charge_transfer_e(
            lead.electronegativity_ev, lead.hardness_ev, one.electronegativity_ev, one.hardness_ev
        )
        for one in halogens
    ]
    assert gaps == sorted(gaps)
    assert flows == sorted(flows)


def test_every_halide_has_its_sites():
    assert {lead_halide_site(halide) for halide in HALIDES} < set(SITES)
    assert local_softness_gap_per_ev(0.05, 0.08) == pytest.approx(0.03)


def test_acceptor_values_put_the_electron_on_lead():
    pytest.importorskip("tblite")
    pytest.importorskip("mendeleev")
    from ligandkb.descriptors.quantum.acceptors import acceptor_records
    from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
    from ligandkb.missing import NotApplicable

    # CsPbBr3: edge of the cube with one Pb, doi 10.48550/arXiv.1405.1706, Table I.
    found = {
        (record.key.species, record.key.name): record.value
        for record in acceptor_records([DEFAULT_LEVEL], {"Br": 0.5831})
    }
    bromide, pyramid = SITES["PbBr2"], SITES["[PbBr5]3-"]
    assert found[bromide, "acceptor_fukui_plus_pb"] > 1 / 3
    assert found[pyramid, "acceptor_fukui_plus_pb"] > 1 / 6
    assert isinstance(found[pyramid, "acceptor_electronegativity_ev"], NotApplicable)
    assert (SITES["[PbCl5]3-"], "acceptor_hardness_ev") not in found
