"""Does one product have one answer, however it is drawn?"""

from __future__ import annotations

import csv
import importlib.util
import random
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import split
from ligandkb.chemistry.structure import canonical
from ligandkb.problems import StructureError

_SPEC = importlib.util.spec_from_file_location("redrawing", Path(__file__).with_name("redrawing.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
redrawing = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(redrawing)


def answer(smiles: str) -> list[tuple[str, str]]:
    """Class and first donor of every form."""
    return [(str(form.ligand_class), form.mode.group if form.mode else "") for form in binding_forms(smiles)]


def check(structures: list[str], dice: random.Random) -> int:
    """Compare all redrawings of structures with what was drawn first; returns how many there were."""
    number = 0
    for smiles in structures:
        if Chem.MolFromSmiles(smiles) is None:
            continue
        try:
            expected = answer(smiles)
        except StructureError:
            continue
        for form in binding_forms(smiles):
            assert Chem.GetFormalCharge(Chem.MolFromSmiles(form.smiles)) == form.charge, smiles
            assert form.charge >= 0 or form.ligand_class is LigandClass.X, smiles
        for drawing in redrawing.redrawings(smiles, dice):
            number += 1
            assert answer(drawing) == expected, f"{smiles} drawn as {drawing}"
    return number


def check_smiles(structures: list[str]) -> int:
    """Check that forms which no proton left are their species, and that our own SMILES read as themselves."""
    checked = 0
    for smiles in structures:
        try:
            species = {part.smiles for part in split(smiles)}
        except StructureError:
            continue
        forms = [form for form in binding_forms(smiles) if form.ligand_class is not LigandClass.Z]
        for text in species | {form.smiles for form in forms}:
            assert canonical(text) == text, smiles
        whole = {form.smiles for form in forms if form.ligand_class is LigandClass.L}
        assert whole <= species, smiles
        checked += len(whole)
    return checked


@pytest.fixture(scope="module")
def neutral_donors(shared) -> list[str]:
    path = shared / "reference" / "lewis_base_adsorption_fapbi3.csv"
    if not path.is_file():
        pytest.skip("../shared/reference is not here")
    with path.open(encoding="utf-8", newline="") as stream:
        return [row["smiles"] for row in csv.DictReader(stream)]


def test_redrawings_of_what_chemists_draw(molecules):
    single = [smiles for smiles in molecules if "." not in smiles]
    assert check(random.Random(1).sample(single, 120), random.Random(2)) > 400


def test_redrawings_of_purchasable_acids(library_acids):
    assert check(library_acids[:60], random.Random(3)) > 200


@pytest.mark.slow
def test_redrawings_of_a_thousand(library_acids, neutral_donors):
    donors = random.Random(4).sample(neutral_donors, 750)
    assert check([*library_acids, *donors], random.Random(5)) > 4000


# Rows of C4 and their kinds: each line is one product.
ONE_PRODUCT = [
    ["S=c1cccc(C)[nH]1", "Sc1cccc(C)n1"],
    ["S=c1cc[nH]cc1", "Sc1ccncc1"],
    ["Sc1nc(S)nc(S)n1", "S=c1[nH]c(=S)[nH]c(=S)[nH]1"],
    ["Sc1nc2ccccc2[nH]1", "S=c1[nH]c2ccccc2[nH]1"],
    ["SC1=NCCS1", "S=C1NCCS1"],
    ["Sc1ncn[nH]1", "Sc1nc[nH]n1", "S=c1nc[nH][nH]1", "S=c1[nH]cn[nH]1"],
    ["OP(O)CC", "O=[PH](O)CC"],
    ["CCOP(O)OCC", "CCO[PH](=O)OCC"],
    ["CP(C)O", "C[PH](C)=O"],
    ["[Na+].[O-]P(O)CC", "[Na+].O=[PH]([O-])CC"],
    ["[Na+].[O-]C1=NS(=O)(=O)c2cc(C)ccc12", "[Na+].O=C1[N-]S(=O)(=O)c2cc(C)ccc12"],
    ["OC1=NS(=O)(=O)c2ccccc12", "O=C1NS(=O)(=O)c2ccccc12"],
    ["CC(O)=NO", "CC(=O)NO"],
    ["CC(=O)CC(C)=O", "CC(O)=CC(C)=O", "C/C(O)=C/C(C)=O"],
    ["CC(O)=CC(=O)OCC", "CC(=O)CC(=O)OCC"],
    ["O=c1cc(O)c2ccccc2o1", "O=C1CC(=O)c2ccccc2O1"],
    ["O=c1cc(O)[nH]c(=O)[nH]1", "O=C1CC(=O)NC(=O)N1", "Oc1cc(O)nc(O)n1"],
    ["Oc1ccccn1", "O=c1cccc[nH]1", "O=C1C=CC=CN1"],
    ["Oc1ccncn1", "O=c1cc[nH]cn1", "O=c1ccnc[nH]1"],
    ["Oc1nc(O)nc(O)n1", "O=c1[nH]c(=O)[nH]c(=O)[nH]1", "Oc1nc(O)[nH]c(=O)n1"],
    ["[K+].O=c1cc[n-]c(=O)[nH]1", "[K+].O=c1cc[nH]c(=O)[n-]1", "[K+].[O-]c1nc(=O)cc[nH]1"],
    ["[Na+].[S-]c1cccc[n+]1[O-]", "[Na+].[O-]n1ccccc1=S"],
    ["Sc1cccc[n+]1[O-]", "S=c1ccccn1O"],
    ["N=c1cccc[nH]1", "Nc1ccccn1"],
    ["NC(=N)NCCC", "NC(N)=NCCC"],
    ["NC1=NCCN1", "N=C1NCCN1"],
    ["Cc1cc[nH]n1", "Cc1ccn[nH]1"],
    ["c1ccc2[nH]nnc2c1", "c1ccc2n[nH]nc2c1"],
    ["[K+].N#CC(C#N)=C=[N-]", "[K+].N#C[C-](C#N)C#N"],
    # ferrocenylphosphine, the charges of its rings drawn here and there
    [
        "[Fe+2].c1cc[cH-]c1.c1ccc(cc1)P(c1ccccc1)c1ccc[cH-]1",
        "[Fe+2].[CH-]1C=CC=C1.C1=C[C-](C=C1)P(c1ccccc1)c1ccccc1",
        "[Fe+2].c1cc[cH-]c1.c1ccc(cc1)P(c1ccccc1)c1cc[cH-]c1",
    ],
]


@pytest.mark.parametrize("drawings", ONE_PRODUCT, ids=lambda drawings: drawings[0])
def test_one_product_one_answer(drawings):
    assert len({binding_forms(drawing) for drawing in drawings}) == 1


# The usual tautomers of fused azoles, the one that is drawn first. Each keeps all bonds of its rings aromatic.
FUSED_AZOLES = {
    "adenine": [
        "Nc1ncnc2[nH]cnc12",
        "Nc1ncnc2nc[nH]c12",
        "Nc1[nH]cnc2ncnc1-2",
        "Nc1nc[nH]c2ncnc1-2",
        "N=c1[nH]cnc2[nH]cnc12",
        "N=C1NC=Nc2nc[nH]c12",
    ],
    "guanine": [
        "Nc1nc2[nH]cnc2c(=O)[nH]1",
        "Nc1nc2nc[nH]c2c(=O)[nH]1",
        "Nc1nc(O)c2[nH]cnc2n1",
        "N=c1[nH]c(=O)c2nc[nH]c2[nH]1",
    ],
    "6-chloropurine": ["Clc1ncnc2[nH]cnc12", "Clc1ncnc2nc[nH]c12", "Clc1[nH]cnc2ncnc1-2"],
    "hypoxanthine": [
        "O=c1[nH]cnc2[nH]cnc12",
        "O=c1[nH]cnc2nc[nH]c12",
        "O=c1nc[nH]c2[nH]cnc12",
        "Oc1ncnc2[nH]cnc12",
        "O=C1NC=Nc2[nH]cnc12",
    ],
    "caffeine": ["Cn1c(=O)c2c(ncn2C)n(C)c1=O", "CN1C(=O)c2c(ncn2C)N(C)C1=O"],
    "benzimidazole": ["c1ccc2[nH]cnc2c1", "C1=CC=C2C(=C1)NC=N2"],
    "benzotriazole": ["c1ccc2[nH]nnc2c1", "c1ccc2n[nH]nc2c1"],
    "indazole": ["c1ccc2[nH]ncc2c1", "c1ccc2n[nH]cc2c1"],
    "allopurinol": [
        "O=c1[nH]cnc2[nH]ncc12",
        "O=c1[nH]cnc2n[nH]cc12",
        "O=c1nc[nH]c2[nH]ncc12",
        "Oc1ncnc2n[nH]cc12",
        "C1=NNC2=C1C(=O)NC=N2",
    ],
    "2-aminopurine": [
        "Nc1ncc2[nH]cnc2n1",
        "Nc1ncc2nc[nH]c2n1",
        "Nc1nc2ncnc-2c[nH]1",
        "N=c1ncc2[nH]cnc2[nH]1",
    ],
    "uric acid": [
        "O=c1[nH]c(=O)c2[nH]c(=O)[nH]c2[nH]1",
        "Oc1nc(O)c2[nH]c(O)nc2n1",
        "Oc1nc(O)c2nc(O)[nH]c2n1",
        "C12=C(NC(=O)N1)NC(=O)NC2=O",
    ],
    "xanthine": [
        "O=c1[nH]c(=O)c2nc[nH]c2[nH]1",
        "O=c1[nH]c(=O)c2[nH]cnc2[nH]1",
        "Oc1nc(O)c2[nH]cnc2n1",
        "C1=NC2=C(N1)C(=O)NC(=O)N2",
    ],
    "4-chloro-7-azaindole": ["Clc1ccnc2[nH]ccc12", "Clc1cc[nH]c2nccc1-2"],
}


@pytest.mark.parametrize("name", FUSED_AZOLES)
def test_a_fused_azole_has_one_drawing_with_aromatic_rings(name):
    drawings = FUSED_AZOLES[name]
    assert {canonical(drawing) for drawing in drawings} == {drawings[0]}
    assert len({binding_forms(drawing) for drawing in drawings}) == 1
    assert binding_forms(drawings[0])[-1].smiles == drawings[0]
    for form in binding_forms(drawings[0]):
        mol = Chem.MolFromSmiles(form.smiles)
        assert all(bond.GetIsAromatic() for bond in mol.GetBonds() if bond.IsInRing()), form.smiles


def test_reading_our_smiles_again_changes_nothing(molecules):
    assert check_smiles(molecules) > 50


def test_reading_our_smiles_of_neutral_donors_again_changes_nothing(neutral_donors):
    assert check_smiles(random.Random(6).sample(neutral_donors, 500)) > 400


@pytest.mark.parametrize(
    ("smiles", "first"),
    [
        ("Oc1cccnc1", "Oc1cccnc1"),  # no N that its hydroxyl could give the hydrogen to
        ("Oc1cccc2cccnc12", "Oc1cccc2cccnc12"),
        ("O=Cc1ccccc1O", "O=Cc1ccccc1O"),
        ("Oc1cccc2occc(=O)c12", "O=c1ccoc2cccc(O)c12"),
        ("[2H]OC(=O)C", "CC(=O)[O-]"),
    ],
)
def test_hydrogens_that_stay(smiles, first):
    assert first in {form.smiles for form in binding_forms(smiles)}


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        ("CC(=O)CC(C)=O", "diketonate"),
        ("CC(=O)CC(=O)OCC", "diketonate"),
        ("OCC(O)C1OC(=O)C(O)=C1O", "diketonate"),
        ("O=C1C=C(O)C(=O)c2ccccc12", "diketonate"),
        ("O=C1COC(=O)C1", "diketonate"),
        ("OC1=C(O)C(=O)C1=O", "phenolate"),
        ("S=c1cccc(C)[nH]1", "thiolate"),
        ("O=c1cccc[nH]1", "phenolate"),
        ("N#CC(C#N)C#N", "cyanocarbanion"),
        ("S=c1ccccn1O", "thiolate"),
    ],
)
def test_weak_acids_have_an_x_form(smiles, group):
    assert (str(LigandClass.X), group) in answer(smiles)
