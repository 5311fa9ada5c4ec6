import sys

import pytest

from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, GFN1, XTB_LEVELS, Level
from ligandkb.descriptors.quantum.singlepoint import lowest_state, single_point
from ligandkb.problems import ExtraMissingError

OXYGEN = ((8, 8), ((0.0, 0.0, 0.0), (0.0, 0.0, 1.21)))
WATER = ((8, 1, 1), ((0.0, 0.0, 0.119262), (0.0, 0.763239, -0.477047), (0.0, -0.763239, -0.477047)))


@pytest.fixture(autouse=True)
def _tblite(request):
    if "without_tblite" not in request.node.name:
        pytest.importorskip("tblite")


def test_energy_of_water_is_the_one_that_tblite_documents():
    # tblite's documentation of its ASE calculator: molecule("H2O") gives -137.96777 eV by GFN2-xTB,
    # -156.96751 eV by GFN1-xTB.
    assert single_point(*WATER, charge=0, unpaired=0).energy_ev == pytest.approx(-137.96777, abs=1e-4)
    level = Level(GFN1, "gas")
    assert single_point(*WATER, charge=0, unpaired=0, level=level).energy_ev == pytest.approx(
        -156.96751, abs=1e-4
    )


def test_dioxygen_is_a_triplet():
    assert lowest_state(*OXYGEN, charge=0).unpaired == 2


def test_water_is_a_singlet_and_its_cation_a_doublet():
    assert lowest_state(*WATER, charge=0).unpaired == 0
    assert lowest_state(*WATER, charge=1).unpaired == 1


@pytest.mark.parametrize("level", XTB_LEVELS, ids=str)
@pytest.mark.parametrize("charge", [-1, 0, 1])
def test_charges_add_up(level, charge):
    state = lowest_state(*WATER, charge=charge, level=level)
    assert sum(state.charges_e) == pytest.approx(charge, abs=1e-6)
    assert state.homo_ev < state.lumo_ev or charge


def test_toluene_stabilises_an_ion():
    ion = ((8, 1), ((0.0, 0.0, 0.0), (0.0, 0.0, 0.96)))
    gas = single_point(*ion, charge=-1, unpaired=0, level=DEFAULT_LEVEL).energy_ev
    assert single_point(*ion, charge=-1, unpaired=0, level=Level("GFN2-xTB", "toluene")).energy_ev < gas - 0.5


def test_a_bare_proton_has_no_electrons_and_no_energy():
    assert lowest_state((1,), ((0.0, 0.0, 0.0),), charge=1).energy_ev == 0.0


def test_without_tblite_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tblite.exceptions", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'ligandkb\[quantum\]'"):
        single_point(*WATER, charge=0, unpaired=0)
