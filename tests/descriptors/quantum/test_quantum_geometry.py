import numpy as np
import pytest

from ligandkb.descriptors.quantum.geometry import atom_count, force_field, optimised
from ligandkb.descriptors.quantum.levels import ComputationError
from ligandkb.descriptors.quantum.workers import run_in_workers

pytest.importorskip("tblite")
pytest.importorskip("ase")


def test_acetate_keeps_its_bonds_and_has_two_like_oxygens():
    acetate = optimised("CC(=O)[O-]")
    positions = np.array(acetate.positions_angstrom)
    assert acetate.numbers[:4] == (6, 6, 8, 8)
    assert acetate.charge == -1
    to_oxygen = [np.linalg.norm(positions[1] - positions[index]) for index in (2, 3)]
    assert to_oxygen[0] == pytest.approx(to_oxygen[1], abs=0.01)
    assert 1.2 < to_oxygen[0] < 1.35


def test_one_thread_gives_the_same_geometry_to_the_last_bit():
    runs = [value for _, value in run_in_workers(optimised, ["O=C([O-])CF"] * 2)]
    assert runs[0] == runs[1]


def test_several_conformers_are_compared():
    assert optimised("CP(=O)([O-])O").conformers > 1
    assert optimised("[OH-]").conformers == 1


def test_a_gas_phase_zwitterion_that_gives_its_proton_back_fails():
    with pytest.raises(ComputationError, match="not a minimum with these bonds"):
        optimised("[NH3+]CC(=O)[O-]")


def test_force_field_geometry_needs_no_quantum_chemistry(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tblite.interface", None)
    assert len(force_field("CC(=O)O").positions_angstrom) == atom_count("CC(=O)O") == 8
