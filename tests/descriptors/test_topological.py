"""Do the descriptors say what their descriptors say, however the form was typed?"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from rdkit import Chem
from rdkit.Chem.Crippen import MolLogP

from ligandkb.chemistry.forms import binding_forms, form_of
from ligandkb.chemistry.native import OLEATE
from ligandkb.descriptors.topological import TOPOLOGICAL, charge_of_donor, longest_chain
from ligandkb.missing import Failed, Missing, NotApplicable, is_present

ROOT = Path(__file__).resolve().parents[2]
NAMES = {descriptor.name for descriptor in TOPOLOGICAL}


def values(smiles: str) -> dict[str, object]:
    return TOPOLOGICAL.values(form_of(smiles))


@pytest.fixture(scope="module")
def catalogue_forms():
    with (ROOT / "data" / "ligands.csv").open(encoding="utf-8", newline="") as stream:
        products = [row["smiles"] for row in csv.DictReader(stream)]
    return [form for smiles in products for form in binding_forms(smiles)]


@pytest.fixture(scope="module")
def odd_forms():
    lines = (ROOT / "tests" / "chemistry" / "molecules.smi").read_text(encoding="utf-8").splitlines()
    return [form for line in lines if not line.startswith("#") for form in binding_forms(line)]


def test_every_descriptor_has_a_value_or_a_reason(catalogue_forms, odd_forms):
    for form in [*catalogue_forms, *odd_forms]:
        found = TOPOLOGICAL.values(form)
        assert set(found) == NAMES
        for descriptor in TOPOLOGICAL:
            value = found[descriptor.name]
            if not is_present(value):
                assert str(value) not in ("missing", "not applicable"), "a reason is given"
            elif descriptor.kind == "number":
                assert isinstance(value, float)
                assert math.isfinite(value)
                assert descriptor.minimum <= value <= descriptor.maximum, (
                    form.smiles,
                    descriptor.name,
                    value,
                )
            elif descriptor.kind == "flag":
                assert isinstance(value, bool)
            elif descriptor.allowed:
                assert value in descriptor.allowed


def test_values_do_not_depend_on_how_the_form_was_typed(catalogue_forms, odd_forms):
    for form in [*catalogue_forms, *odd_forms]:
        if "." in form.smiles:
            continue
        expected = TOPOLOGICAL.values(form)
        mol = Chem.MolFromSmiles(form.smiles)
        kekule = Chem.Mol(mol)
        Chem.Kekulize(kekule, clearAromaticFlags=True)
        Chem.rdBase.SeedRandomNumberGenerator(7)
        for text in (
            Chem.MolToSmiles(mol, doRandom=True),
            Chem.MolToSmiles(kekule, kekuleSmiles=True, doRandom=True),
        ):
            if Chem.MolFromSmiles(text) is not None:
                assert TOPOLOGICAL.values(form_of(text) or form) == expected, text


@pytest.mark.parametrize(
    "drawings",
    [
        ["CC(=O)[O-]", "CC([O-])=O", "C[C+]([O-])[O-]"],
        ["CS(=O)(=O)[O-]", "C[S+2]([O-])([O-])[O-]"],
        ["[S-]C#N", "[N-]=C=S"],
        ["CCOP(=O)([S-])OCC", "CCOP([O-])(=S)OCC"],
        ["Cc1c[n-]cn1", "Cc1cnc[n-]1"],
        ["CC(=O)C=C([O-])C(F)(F)F", "CC([O-])=CC(=O)C(F)(F)F"],
        ["[O-]C(=O)c1ccccc1C", "[O-]C(=O)C1=CC=CC=C1C", "[O-]C(=O)C1=C(C)C=CC=C1"],
    ],
)
def test_one_species_has_one_set_of_values(drawings):
    first, *others = (values(drawing) for drawing in drawings)
    assert all(other == first for other in others)


def test_resonance_equivalent_donors_are_averaged():
    # Whichever O carries the drawn charge, both are donors and the mean is the same.
    for smiles in ("CC(=O)[O-]", "CP(=O)(O)[O-]", "CS(=O)(=O)[O-]"):
        mol = Chem.MolFromSmiles(smiles)
        Chem.rdPartialCharges.ComputeGasteigerCharges(mol)
        form = form_of(smiles)
        expected = [
            atom.GetDoubleProp("_GasteigerCharge")
            for atom in mol.GetAtoms()
            if atom.GetSymbol() == "O" and atom.GetTotalNumHs() == 0
        ]
        assert len(form.mode.donor_atoms) == len(expected)
        assert charge_of_donor(smiles) == pytest.approx(sum(expected) / len(expected), abs=1e-6)


@pytest.mark.parametrize(
    ("smiles", "chain"),
    [
        (OLEATE, 18),
        ("CCCCCCP(=O)(O)[O-]", 6),
        ("[O-]C(=O)c1ccccc1", 1),
        ("CCCCCCCCC(CCCCCC)C(=O)[O-]", 15),  # the chain runs through the branch
        ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", 8),
        ("CCCCOCCCCCC", 6),
        ("C1CCCCC1C(=O)[O-]", 1),
        ("CCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]", 12),
    ],
)
def test_chain_length(smiles, chain):
    assert longest_chain(smiles) == chain
    assert values(smiles)["chain_length_carbons"] == chain


@pytest.mark.parametrize(
    ("smiles", "halogens", "branches", "conjugated"),
    [
        ("CC(=O)[O-]", 0, 0, False),
        ("O=C([O-])C(F)(F)F", 3, 0, False),
        ("O=C([O-])C(F)(F)CCCCCCC", 2, 0, False),
        ("O=C([O-])CC(F)(F)F", 0, 0, False),
        ("CCCCCCCCC(CCCCCC)C(=O)[O-]", 0, 1, False),
        ("CC(C)(C)C(=O)[O-]", 0, 2, False),
        ("[O-]C(=O)c1ccccc1", 0, 0, True),
        ("C=CC(=O)[O-]", 0, 0, True),
        ("O=S(=O)([O-])C(F)(F)F", 3, 0, False),
        ("CCCCCCP(=O)(O)[O-]", 0, 0, False),
        ("O=S(=O)([O-])c1ccccc1", 0, 0, True),
        ("FC(F)(F)CN", 0, 0, False),
    ],
)
def test_substitution_next_to_the_binding_group(smiles, halogens, branches, conjugated):
    found = values(smiles)
    assert found["alpha_halogen_count"] == halogens
    assert found["alpha_branch_count"] == branches
    assert found["is_conjugated"] is conjugated


def test_tails_do_not_change_the_donor_charge():
    assert values(OLEATE)["donor_charge_e"] == values("CCCC(=O)[O-]")["donor_charge_e"]
    assert values(OLEATE)["donor_charge_above_oleate_e"] == 0


def test_fluorine_withdraws_from_the_donor_of_a_carboxylate():
    shifts = [
        values(smiles)["donor_charge_above_oleate_e"]
        for smiles in ("CC(=O)[O-]", "O=C([O-])CF", "O=C([O-])C(F)F", "O=C([O-])C(F)(F)F")
    ]
    assert shifts == sorted(shifts)
    assert shifts[0] == 0
    assert shifts[-1] > 0


@pytest.mark.parametrize("smiles", ["CS(=O)(=O)[O-]", "CP(=O)(O)[O-]", "[Br-]", "CN", "[S-]C#N"])
def test_no_comparison_across_donor_groups(smiles):
    assert isinstance(values(smiles)["donor_charge_above_oleate_e"], NotApplicable)


def test_bromide_has_neither_tail_nor_log_p():
    found = values("[Br-]")
    for name in ("chain_length_carbons", "logp_neutral", "alpha_halogen_count", "alpha_branch_count"):
        assert isinstance(found[name], NotApplicable), name
    assert found["carbon_count"] == 0.0
    assert found["molar_mass_g_per_mol"] == pytest.approx(79.904, abs=0.002)  # IUPAC standard atomic weight


def test_a_whole_salt_has_no_donor():
    salt = binding_forms("[Pb+2].[Br-].[Br-]")[0]
    found = TOPOLOGICAL.values(salt)
    assert found["ligand_class"] == "Z"
    for name in ("donor_group", "donor_element", "donor_charge_e", "chelate", "logp_neutral"):
        assert isinstance(found[name], NotApplicable), name


def test_failed_is_not_zero():
    charge = charge_of_donor("[Se-]C#N")
    assert isinstance(charge, Failed | float)
    assert charge != 0
    assert not isinstance(charge, Missing)


@pytest.mark.parametrize("smiles", ["F[B-](F)(F)c1ccc(cc1)C(=O)[O-]", "O=C1O[B-]2(OC1=O)OC(=O)C(=O)O2"])
def test_borates_have_a_log_p_of_what_can_be_drawn(smiles):
    value = values(smiles)["logp_neutral"]
    assert not is_present(value) or math.isfinite(value)


def test_log_p_is_that_of_the_acid():
    assert values("CCCCCC(=O)[O-]")["logp_neutral"] == pytest.approx(
        MolLogP(Chem.MolFromSmiles("CCCCCC(=O)O")), abs=1e-3
    )


def test_descriptors_are_complete():
    assert len(NAMES) == len(TOPOLOGICAL)
    for descriptor in TOPOLOGICAL:
        assert descriptor.meaning
        if descriptor.kind == "number":
            assert descriptor.minimum is not None
            assert descriptor.maximum is not None
            assert descriptor.minimum < descriptor.maximum
        suffix = {"e": "_e", "g/mol": "_g_per_mol"}.get(descriptor.unit)
        assert suffix is None or descriptor.name.endswith(suffix)
