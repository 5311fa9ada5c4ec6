"""Does an acid's strength follow from what lies near its acid group, and where does the model stop?"""

from __future__ import annotations

import random

import pytest
from rdkit import Chem

from ligandkb.chemistry.acidity import FAMILIES, FAMILY, sites_of, takes_its_own_proton, terms_of
from ligandkb.chemistry.linear_free_energy import CONSTANT, Coefficient, Estimate, LinearModel, shipped_models
from ligandkb.chemistry.predicted_pka import predict_conjugate_acid_pka, predict_pka
from ligandkb.chemistry.structure import parse
from ligandkb.missing import Missing

CARBOXYLIC = FAMILY["carboxylic acid"]
MODELS = shipped_models().acidity


def terms(smiles: str, family: str = "carboxylic acid") -> dict[str, float]:
    mol = parse(smiles)
    return terms_of(mol, sites_of(mol, FAMILY[family])[0], FAMILY[family])


def predicted(smiles: str, family: str = "carboxylic acid") -> float:
    found = predict_pka(parse(smiles), FAMILY[family], MODELS)
    assert isinstance(found, Estimate), found
    return found.value


@pytest.mark.parametrize(
    ("smiles", "term", "amount"),
    [
        ("OC(=O)CCl", "halogen", 0.5),
        ("OC(=O)CCCl", "halogen", 0.25),
        ("OC(=O)C(F)(F)F", "halogen", 1.5),
        ("OC(=O)CO", "polar", 0.5),
        ("OC(=O)CC(C)=O", "polar", 0.5),  # one bond further, a double bond
        ("OC(=O)CC#N", "polar", 1.5),
        ("OC(=O)CC", "alkyl", 1.5),
        ("OC=O", "alkyl", 0.0),
        ("OC(=O)C=C", "unsaturated", 1.5),
        ("OC(=O)c1ccccc1O", "hydrogen bond", 1.0),
        ("OC(=O)c1cccc(O)c1", "hydrogen bond", 0.0),
        (r"OC(=O)/C=C\C(=O)O", "hydrogen bond", 1.0),
        (r"OC(=O)/C=C/C(=O)O", "hydrogen bond", 0.0),
        ("OC(=O)c1ccccc1Cl", "ortho", 1.0),
        ("OC(=O)c1cccc2ccccc12", "ortho", 1.0),
        ("OC(=O)c1ccccc1", "ortho", 0.0),
        ("C[Si](C)(C)CC(=O)O", "other element", 0.5),
    ],
)
def test_terms_say_what_lies_how_far(smiles, term, amount):
    assert terms(smiles)[term] == pytest.approx(amount)


@pytest.mark.parametrize("smiles", ["OC(=O)C1CC(=O)OC1Cl", "OC(=O)c1cc(Cl)ccc1O", "CC(S)C(=O)NCC(=O)O"])
def test_terms_do_not_depend_on_how_it_is_drawn(smiles):
    mol = parse(smiles)
    expected = terms(smiles)
    order = list(range(mol.GetNumAtoms()))
    for seed in range(5):
        random.Random(seed).shuffle(order)
        drawn = Chem.RenumberAtoms(mol, order)
        assert terms_of(drawn, sites_of(drawn, CARBOXYLIC)[0], CARBOXYLIC) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("smiles", "takes"),
    [
        ("NCC(=O)O", True),
        ("OC(=O)c1cccnc1", True),
        ("Nc1ccc(C(=O)O)cc1", True),
        ("NC(=N)NCCC(=O)O", True),
        ("OC(=O)Cc1c[nH]cn1", True),
        ("CC(=O)NCC(=O)O", False),
        ("OC(=O)c1ccccc1Nc1ccccc1", False),
        ("OC(=O)c1cnccn1", False),
        ("OC(=O)CC#N", False),
        ("OC(=O)c1ccc([N+](=O)[O-])cc1", False),
    ],
)
def test_a_base_beside_the_acid_is_seen(smiles, takes):
    assert takes_its_own_proton(parse(smiles)) is takes


def test_order_of_strength():
    acids = ["CC(C)(C)C(=O)O", "CC(=O)O", "COCC(=O)O", "OC(=O)CCl", "OC(=O)C(Cl)Cl", "OC(=O)C(F)(F)F"]
    values = [predicted(smiles) for smiles in acids]
    assert values == sorted(values, reverse=True)


def test_two_equal_groups_lose_the_first_proton_together():
    """pKa of the molecule is that of one group less log10 2."""
    one = terms("OC(=O)CCCC(=O)O")
    micro = MODELS["carboxylic acid"].predict(one)
    assert predicted("OC(=O)CCCC(=O)O") == pytest.approx(micro.value - 0.30103, abs=1e-5)


@pytest.mark.parametrize(
    ("smiles", "reason"),
    [
        ("NCCC(=O)O", "a base in the same molecule"),
        ("C[N+](C)(C)CC(=O)O", "another charge"),
        ("C[Si](C)(C)CC(=O)O", "elements other than"),
        ("OC(=O)C(C#N)(C#N)C#N", "polar is 4.50 here"),
        ("CS(=O)(=O)O", "no family of acids"),
        ("OC(=O)O", "no family of acids"),
    ],
)
def test_outside_the_domain_it_is_unknown_and_says_why(smiles, reason):
    found = predict_pka(parse(smiles), CARBOXYLIC, MODELS)
    assert isinstance(found, Missing)
    assert reason in str(found)


@pytest.mark.parametrize(
    ("smiles", "donors", "low", "high"),
    [
        ("CCCCP(=O)(O)[O-]", (4, 5, 6), 1.9, 2.6),
        ("CCCCP(=O)([O-])[O-]", (4, 5, 6), 7.0, 8.0),
        ("CCC(C)[S-]", (4,), 10.1, 10.7),
        ("[O-]c1ccc(Cl)cc1", (0,), 9.0, 10.0),
        ("COCCN", (4,), 9.0, 10.7),
    ],
)
def test_other_families_are_found_from_the_form(smiles, donors, low, high):
    found = predict_conjugate_acid_pka(Chem.MolFromSmiles(smiles), donors, MODELS)
    assert isinstance(found, Estimate), found
    assert low < found.value < high


@pytest.mark.parametrize(
    ("smiles", "donors"),
    [
        ("CS(=O)(=O)[O-]", (2, 3, 4)),  # two uncertain values carry no model
        ("[O-]c1ccc([N+](=O)[O-])cc1", (0,)),  # resonance, of which the phenols of the fit know nothing
        ("OC(=O)CC[S-]", (5,)),  # the carboxyl is the stronger acid
        ("[O-]C(=O)CC(=O)[O-]", (0, 2)),
        ("F[P-](F)(F)(F)(F)F", (0,)),
        ("[Br-]", (0,)),
    ],
)
def test_forms_of_no_family_are_unknown(smiles, donors):
    assert isinstance(predict_conjugate_acid_pka(Chem.MolFromSmiles(smiles), donors, MODELS), Missing)


def test_a_model_ends_a_tenth_of_its_range_beyond_its_values():
    model = LinearModel(
        "x", 9, 0.1, 0.2, 1.0, {CONSTANT: Coefficient(1, 0, 1, 1), "t": Coefficient(2, 0, 0, 10)}
    )
    assert isinstance(model.predict({"t": 10.9}), Estimate)
    assert isinstance(model.predict({"t": 11.1}), Missing)
    assert isinstance(model.predict({"t": -1.1}), Missing)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_every_family_has_its_coefficients(family):
    assert tuple(MODELS[family.name].coefficients) == (CONSTANT, *family.terms)
