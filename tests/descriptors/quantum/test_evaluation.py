import pytest

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.structure import canonical
from ligandkb.descriptors.quantum.definitions import GLOBAL, LOCAL, key
from ligandkb.descriptors.quantum.evaluation import evaluate, neutral_reactivity
from ligandkb.descriptors.quantum.geometry import optimised
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, XTB_LEVELS, Level
from ligandkb.descriptors.quantum.local import fukui_minus
from ligandkb.descriptors.quantum.modes import hardness_scale, mode_names
from ligandkb.descriptors.quantum.singlepoint import lowest_state
from ligandkb.missing import Failed, NotApplicable

pytest.importorskip("tblite")
pytest.importorskip("mendeleev")


def values(smiles, level=DEFAULT_LEVEL):
    return {(one.key.mode, one.key.name): one.value for one in evaluate(smiles, [level])}


def test_an_anion_follows_pearsons_radical_convention():
    hydroxide = optimised("[OH-]")
    atoms = (hydroxide.numbers, hydroxide.positions_angstrom)
    energy = {charge: lowest_state(*atoms, charge=charge).energy_ev for charge in (-1, 0, 1)}
    found = values("[OH-]")
    assert found["", "hardness_scale"] == "X radical"
    assert found["", "electron_affinity_raw_ev"] == pytest.approx(energy[0] - energy[-1], abs=1e-5)
    assert found["", "ionization_energy_raw_ev"] == pytest.approx(energy[1] - energy[0], abs=1e-5)


def test_a_molecule_is_itself():
    found = values("CN")
    assert found["", "hardness_scale"] == "L molecule"
    assert found["", "hardness_ev"] == pytest.approx(neutral_reactivity("CN").hardness_ev, abs=1e-6)


def test_a_molecule_that_does_not_bind_has_energies_and_no_donor():
    found = values("OC(=O)c1ccc([N+](=O)[O-])cc1")
    reactivity = neutral_reactivity(canonical("OC(=O)c1ccc([N+](=O)[O-])cc1"))
    assert found["", "electron_affinity_ev"] == pytest.approx(reactivity.electron_affinity_ev, abs=1e-6)
    assert isinstance(found["", "hardness_scale"], NotApplicable)
    assert not any(mode for mode, _ in found)


def test_ions_without_a_donor_are_not_computed():
    for species in ("C[N+](C)(C)C", "C[P+](C)(C)C"):
        assert all(isinstance(value, NotApplicable) for value in values(species).values())


def test_every_descriptor_of_every_mode_and_level_has_a_record():
    records = evaluate("[S-]C#N", XTB_LEVELS)
    expected = {key(one.name, "N#C[S-]", "", level) for one in GLOBAL for level in XTB_LEVELS}
    expected |= {
        key(one.name, "N#C[S-]", mode, level)
        for one in LOCAL
        for mode in ("thiocyanate-S", "thiocyanate-N")
        for level in XTB_LEVELS
    }
    assert {record.key for record in records} == expected


def test_values_do_not_depend_on_how_the_structure_was_written():
    written = [values(text) for text in ("[O-]C(=O)C(F)F", "FC(F)C([O-])=O", canonical("C(C(=O)[O-])(F)F"))]
    for other in written[1:]:
        assert other.keys() == written[0].keys()
        for name, value in other.items():
            if isinstance(value, float):
                assert value == pytest.approx(written[0][name], abs=1e-5), name


def test_fukui_function_adds_up_to_one():
    geometry = optimised("O=C([O-])c1ccccc1")
    atoms = (geometry.numbers, geometry.positions_angstrom)
    full, less = (lowest_state(*atoms, charge=charge).charges_e for charge in (-1, 0))
    assert sum(fukui_minus(full, less)) == pytest.approx(1.0, abs=1e-6)


def test_halides_take_measured_values_and_fall_from_fluoride_to_iodide():
    hardness = [values(f"[{x}-]")["", "hardness_ev"] for x in ("F", "Cl", "Br", "I")]
    # Pearson's table gives 7.01, 4.68, 4.22, 3.69 for the atoms.
    assert hardness == pytest.approx([7.01, 4.68, 4.22, 3.69], abs=0.01)
    assert isinstance(values("[Br-]", Level("GFN2-xTB", "toluene"))["", "hardness_ev"], NotApplicable)


def test_a_dianion_is_the_neutral_ligand_on_a_scale_of_its_own():
    found = values("O=C([O-])[O-]")
    assert found["", "hardness_scale"] == "X2 neutral"
    assert found["", "hardness_ev"] > 0


def test_failure_has_a_reason_on_every_descriptor():
    found = values("[NH3+]CC(=O)[O-]")
    assert found
    assert all(isinstance(value, Failed) and "geometry" in value.reason for value in found.values())


def test_what_cannot_bind_has_no_descriptors():
    assert all(isinstance(value, NotApplicable) for value in values("[Cs+]").values())


def test_scales_and_modes():
    scale = {smiles: hardness_scale(form_of(smiles)) for smiles in ("CC(=O)[O-]", "[S-2]", "CN")}
    assert scale == {"CC(=O)[O-]": "X radical", "[S-2]": "X2 neutral", "CN": "L molecule"}
    assert hardness_scale(form_of("C[N+](C)(C)CCCS(=O)(=O)[O-]")) == "zwitterion"
    assert mode_names(form_of("NCCN")) == ("amine", "amine (2)")
