"""Are electron and hole acceptors recognised, and harmless relatives left alone?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.descriptors.redox import REDOX


def redox_alerts(smiles: str) -> dict[str, object]:
    """Of any molecule, whether or not it binds."""
    return REDOX.values(BindingForm(smiles, 0, LigandClass.NONE, (), None, ""))


MATCHES = [
    ("is_quinone", "O=C1C=CC(=O)C=C1"),
    ("is_quinone", "O=C1C=CC=CC1=O"),
    ("is_quinone", "CC1=C(C)C(=O)C(C)=C(C)C1=O"),
    ("is_quinone", "O=C1C(Cl)=C(Cl)C(=O)C(Cl)=C1Cl"),
    ("is_quinone", "O=C1C=CC(=O)c2ccccc12"),
    ("is_quinone", "[O-]C(=O)c1ccc2C(=O)c3ccccc3C(=O)c2c1"),
    ("is_quinone", "O=C1C=Cc2ccccc2C1=O"),
    ("is_quinone", "O=C1C(=O)c2ccccc2-c2ccccc12"),
    ("is_porphyrin", "c1cc2cc3ccc([nH]3)cc3ccc(cc4ccc(cc1n2)[nH]4)n3"),
    ("is_porphyrin", "[O-]C(=O)c1ccc(cc1)-c1c2ccc(n2)cc2ccc(cc3ccc([nH]3)cc3ccc1n3)[nH]2"),
    ("is_porphyrin", "c1cc2cc3ccc([n-]3)cc3ccc(cc4ccc(cc1n2)[n-]4)n3"),
    ("is_mercaptophenol", "Oc1ccc(S)cc1"),
    ("is_mercaptophenol", "Oc1ccc([S-])cc1"),
    ("is_mercaptophenol", "Oc1ccccc1S"),
    ("is_nitroarene", "Nc1ccc(cc1)[N+](=O)[O-]"),
    ("is_nitroarene", "Cn1ccnc1[N+](=O)[O-]"),
    ("is_polycyanoarene", "N#Cc1ccc(C#N)cc1"),
    ("is_polycyanoarene", "N#Cc1cc(C#N)ccn1"),
    ("is_polycyanoarene", "N#CC(C#N)=C1C=CC(=C(C#N)C#N)C=C1"),
    ("is_polycyanoarene", "N#CC(C#N)=C(C#N)C#N"),
    ("is_pteridine", "Nc1nc2ncc(CNc3ccc(cc3)C(=O)N[C@@H](CCC(=O)[O-])C(=O)[O-])nc2c(=O)[nH]1"),
    ("is_pteridine", "Cc1cc2nc3c(=O)[nH]c(=O)nc-3n(C)c2cc1C"),
    ("is_large_conjugated_system", "[O-]C(=O)c1ccc2ccc3cccc4ccc1c2c34"),
    ("is_large_conjugated_system", "[O-]C(=O)c1ccc(cc1)N=Nc1ccccc1"),
    ("is_large_conjugated_system", "OC(=O)C=CC=CC=CC=CC=CC"),
    ("is_large_conjugated_system", "[O-]C(=O)c1ccccc1C1=C2C=CC(=O)C=C2Oc2cc([O-])ccc12"),
]
REJECTS = [
    ("is_quinone", "Oc1ccc(O)cc1"),  # the hydroquinone
    ("is_quinone", "O=C1CCC(=O)CC1"),
    ("is_quinone", "O=C1C=CC(=O)N1"),  # maleimide
    ("is_quinone", "O=c1ccocc1"),
    ("is_quinone", "O=c1cc[nH]c(=O)[nH]1"),
    ("is_quinone", "[O-]C(=O)c1ccccc1"),
    ("is_quinone", "O=c1c([O-])c([O-])c1=O"),
    ("is_porphyrin", "c1cc[nH]c1"),
    ("is_porphyrin", "c1ccc(-c2ccc[nH]2)[nH]1"),
    ("is_mercaptophenol", "Oc1cccc(S)c1"),  # meta: no quinoid oxidised form
    ("is_mercaptophenol", "COc1ccc(S)cc1"),
    ("is_mercaptophenol", "Sc1ccccc1"),
    ("is_nitroarene", "CC[N+](=O)[O-]"),
    ("is_nitroarene", "[O-][N+](=O)[O-]"),
    ("is_polycyanoarene", "N#Cc1ccccc1"),
    ("is_polycyanoarene", "N#CCCC#N"),
    ("is_pteridine", "c1cnccn1"),
    ("is_pteridine", "Cn1cnc2c1c(=O)n(C)c(=O)n2C"),  # caffeine, a purine
    ("is_large_conjugated_system", "[O-]C(=O)c1ccc2ccccc2c1"),
    ("is_large_conjugated_system", "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"),
    ("is_large_conjugated_system", "O=C([O-])C12CC3CC(CC(C3)C1)C2"),
    ("is_large_conjugated_system", "[O-]C(=O)C=CC=CC"),
]


@pytest.mark.parametrize(("name", "smiles"), MATCHES)
def test_recognised(name, smiles):
    assert redox_alerts(smiles)[name] is True


@pytest.mark.parametrize(("name", "smiles"), REJECTS)
def test_left_alone(name, smiles):
    assert redox_alerts(smiles)[name] is False


def test_every_alert_is_tried_both_ways():
    names = {descriptor.name for descriptor in REDOX}
    assert names == {name for name, _ in MATCHES} == {name for name, _ in REJECTS}


def test_alerts_do_not_depend_on_how_the_form_was_typed():
    for _, smiles in [*MATCHES, *REJECTS]:
        expected = dict(redox_alerts(smiles))
        mol = Chem.MolFromSmiles(smiles)
        kekule = Chem.Mol(mol)
        Chem.Kekulize(kekule, clearAromaticFlags=True)
        for text in (Chem.MolToSmiles(mol, doRandom=True), Chem.MolToSmiles(kekule, kekuleSmiles=True)):
            assert dict(redox_alerts(text)) == expected, text
