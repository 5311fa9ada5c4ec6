"""Is the molecule whose electron affinity counts the one that a form comes from?"""

import pytest

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.neutral import (
    electron_acceptor_atoms,
    heavy_atoms,
    neutral_molecule,
    without_chain_ends,
)
from ligandkb.chemistry.structure import canonical
from ligandkb.missing import Missing, NotApplicable


@pytest.mark.parametrize(
    ("form", "molecule"),
    [
        ("O=C([O-])c1ccc(cc1)[N+](=O)[O-]", "O=C(O)c1ccc(cc1)[N+](=O)[O-]"),
        ("O=C([O-])C(=O)[O-]", "OC(=O)C(=O)O"),
        ("[NH3+]C(CCCC[NH3+])C(=O)[O-]", "NC(CCCCN)C(=O)O"),
        ("[NH3+]C(CC(=O)[O-])C(=O)[O-]", "NC(CC(=O)O)C(=O)O"),
        ("C[N+](C)(C)CC(=O)[O-]", "C[N+](C)(C)CC(=O)[O-]"),
        ("[O-][n+]1ccccc1", "[O-][n+]1ccccc1"),
        ("CCN(CC)C(=S)[S-]", "CCN(CC)C(=S)S"),
        ("O=C1C=CC(=O)C=C1", "O=C1C=CC(=O)C=C1"),
    ],
)
def test_protons_come_back_and_go(form, molecule):
    assert neutral_molecule(form) == canonical(molecule)


@pytest.mark.parametrize(
    ("form", "absence"),
    [
        ("[Br-]", NotApplicable),
        ("[Br-].[Br-].[Pb+2]", NotApplicable),
        ("c1ccc(cc1)[B-](c1ccccc1)(c1ccccc1)c1ccccc1", NotApplicable),
        ("NCC[N+](C)(C)C", NotApplicable),
        ("NCC[n+]1ccccc1", Missing),
        ("C[n+]1ccc(cc1)-c1cc[n+](C)cc1", Missing),
    ],
)
def test_what_has_no_neutral_molecule_says_why(form, absence):
    assert isinstance(neutral_molecule(form), absence)


@pytest.mark.parametrize(
    ("molecule", "cut"),
    [
        ("CCCCCCCCCCCCCCCCCC(=O)O", "CCC(=O)O"),
        ("CCCCCCCC/C=C\\CCCCCCCC(=O)O", "CC/C=C\\CCCCCCCC(=O)O"),
        ("OC(=O)CCCc1ccc2ccc3cccc4ccc1c2c34", "OC(=O)CCCc1ccc2ccc3cccc4ccc1c2c34"),
        ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", "CCCP(CCC)CCC"),
        ("CCCCC(CC)CN", "CC(C)CN"),
        ("CCCCCC[C@H](C)O", "CC[C@H](C)O"),
        ("CCCCCCCC", "CCCCCCCC"),
        ("OC(=O)C(F)(F)C(F)(F)F", "OC(=O)C(F)(F)C(F)(F)F"),
    ],
)
def test_only_ends_of_saturated_chains_are_cut(molecule, cut):
    assert without_chain_ends(molecule) == canonical(cut)


def test_cutting_twice_cuts_nothing_more(kb):
    forms = [named.form.smiles for product in kb.ligands for named in product.forms]
    molecules = {molecule for form in forms if isinstance(molecule := neutral_molecule(form), str)}
    assert len(molecules) > 50
    for molecule in molecules:
        once = without_chain_ends(molecule)
        assert without_chain_ends(once) == once


def test_acid_and_anion_of_one_product_share_a_molecule():
    assert {neutral_molecule(form.smiles) for form in binding_forms("OC(=O)c1ccccc1C(=O)O")} == {
        canonical("OC(=O)c1ccccc1C(=O)O")
    }


def test_atoms_of_what_takes_an_electron_are_known_beforehand(library_acids, catalogue_smiles, molecules):
    forms = {
        form.smiles
        for smiles in [*library_acids, *catalogue_smiles, *molecules]
        for form in binding_forms(smiles)
    }
    found = {smiles: electron_acceptor_atoms(smiles) for smiles in sorted(forms)}
    known = {smiles: atoms for smiles, atoms in found.items() if atoms is not None}
    assert len(known) > 0.8 * len(found)
    for smiles, atoms in known.items():
        assert atoms == heavy_atoms(without_chain_ends(neutral_molecule(smiles))), smiles


def test_letters_of_heavy_atoms():
    same = ["C[C@H](Cl)c1ccc(Br)[nH]1", "[13CH3]C([2H])(Cl)c1[nH]c(Br)cc1", "CC(Cl)C1=CC=C(Br)N1"]
    assert len(set(map(heavy_atoms, same))) == 1
    assert heavy_atoms("[Hg]") != heavy_atoms("")
    assert heavy_atoms("Sc1ccccc1") == "CCCCCCS"
