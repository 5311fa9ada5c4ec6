from dataclasses import replace

import pytest

from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.quantum.definitions import ACCEPTOR, STORED, is_current, key
from ligandkb.descriptors.quantum.levels import HARTREE_EV, IPEA_SHIFT_EV, METHODS
from ligandkb.problems import ExtraMissingError

SUFFIXES = {"eV": "_ev", "1/eV": "_per_ev", "e": "_e"}


@pytest.mark.parametrize("definition", [*QUANTUM, *ACCEPTOR], ids=lambda definition: definition.name)
def test_a_definition_states_unit_range_and_source(definition):
    if definition.unit:
        assert definition.name.endswith(SUFFIXES[definition.unit])
    assert definition.source is not None
    assert definition.tier == "quantum"
    if definition.kind == "number":
        assert definition.minimum < definition.maximum


def test_raw_and_shifted_values_have_different_names():
    assert {"ionization_energy_raw_ev", "ionization_energy_ev"} <= {definition.name for definition in STORED}


def test_a_raised_version_makes_a_stored_key_stale():
    today = key("hardness_ev", "CC(=O)[O-]")
    assert is_current(today)
    assert not is_current(replace(today, version=today.version - 1))
    assert not is_current(replace(today, name="no_such_descriptor"))


def test_shift_is_that_of_the_xtb_program():
    # `xtb --vipea` prints "empirical IP shift (eV): 4.8455" for water by GFN1 (xtb documentation, sp.rst).
    assert {method: round(IPEA_SHIFT_EV[method], 4) for method in METHODS} == {
        "GFN2-xTB": 4.8455,
        "GFN1-xTB": 4.8455,
        "PBE0/def2-SVPD": 0.0,
    }
    assert pytest.approx(27.2114, abs=1e-4) == HARTREE_EV


def test_a_missing_program_says_how_to_install_it():
    assert (
        str(ExtraMissingError("tblite", "quantum"))
        == "tblite is not installed: pip install 'ligandkb[quantum]'"
    )
