import sys

import pytest

from ligandkb.descriptors.quantum.dft import pbe0_single_point
from ligandkb.descriptors.quantum.levels import DFT_LEVEL, HARTREE_EV
from ligandkb.descriptors.quantum.singlepoint import lowest_state
from ligandkb.problems import ExtraMissingError

HYDROXIDE = ((8, 1), ((0.0, 0.0, 0.0), (0.0, 0.0, 0.97)))


def test_without_pyscf_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyscf", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'ligandkb\[dft\]'"):
        pbe0_single_point(*HYDROXIDE, charge=-1, unpaired=0)


def test_electron_affinity_of_hydroxyl_is_close_to_the_measured_one():
    pytest.importorskip("pyscf")
    energy = {charge: lowest_state(*HYDROXIDE, charge=charge, level=DFT_LEVEL) for charge in (-1, 0)}
    # 1.83 eV, vertical; Pearson, Inorg. Chem. 1988, 27, 734, lists 1.83 for OH.
    assert energy[0].energy_ev - energy[-1].energy_ev == pytest.approx(1.83, abs=0.3)
    assert sum(energy[-1].charges_e) == pytest.approx(-1, abs=1e-4)
    assert energy[-1].energy_ev / HARTREE_EV == pytest.approx(-75.7, abs=0.1)


def test_the_cation_of_hydroxyl_is_a_triplet():
    pytest.importorskip("pyscf")
    assert lowest_state(*HYDROXIDE, charge=1, level=DFT_LEVEL).unpaired == 2
