"""Is what is told of an acid from its anion what RDKit says of the acid itself?"""

from __future__ import annotations

import gzip
import random

import pytest

from ligandkb.chemistry import predicted_pka
from ligandkb.chemistry.acids import ACIDS, kind_of_carboxylate, most_acidic
from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.linear_free_energy import shipped_models
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.predicted_pka import predict_conjugate_acid_pka
from ligandkb.chemistry.protonated import lone_carboxylate, with_protons
from ligandkb.chemistry.structure import conjugate_acid, parse
from ligandkb.problems import LigandkbError

CARBOXYLIC = next(place for place, kind in enumerate(ACIDS) if kind.name == "carboxylic acid")


def anions(structures) -> list:
    found = {}
    for smiles in structures:
        try:
            found |= {form.smiles: form for form in binding_forms(smiles) if form.mode is not None}
        except LigandkbError:
            continue
    return list(found.values())


@pytest.fixture(scope="module")
def forms(library_acids, catalogue_smiles, molecules):
    return anions([*library_acids, *catalogue_smiles, *molecules, *ODD])


ODD = [
    "OC(=O)c1ccccc1O",
    "OC(=O)/C=C\\C(=O)O",
    "OC(=O)CS(=O)(=O)O",
    "OC(=O)CP(=O)(O)O",
    "OC(=O)CS",
    "OC(=O)C(=O)O",
    "OC(=O)c1ccc([N+](=O)[O-])cc1O",
    "OC(=O)CNS(=O)(=O)c1ccccc1",
    "OC(=O)c1ccc(cc1)S(=O)(=O)NS(=O)(=O)C",
    "OC(=O)CC[N+](C)(C)C",
    "OC(=O)c1cc[n+]([O-])cc1",
    "OC(=O)C(F)(F)C(F)(F)F",
    "OC(=O)CCc1nnn[nH]1",
    "OC(=O)C1=CC(=O)C=C(O)C1=O",
    "NCC(=O)O",
    "OC=O",
    "OC(=O)OC",
    "OC(=O)N(C)C",
    "[2H]OC(=O)C([2H])([2H])[2H]",
    "OC(=S)C",
    "OC(=O)C(=S)S",
    "OC(=O)CON=C(C)O",
]


def those_that_differ(forms) -> list[str]:
    models, found = shipped_models().acidity, []
    for form in forms:
        mol, donors = parse(form.smiles), form.mode.donor_atoms
        quick = predict_conjugate_acid_pka(mol, donors, models)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(predicted_pka, "lone_carboxylate", lambda outline: None)
            if repr(quick) != repr(predict_conjugate_acid_pka(mol, donors, models)):
                found.append(form.smiles)
    return found


def test_predictions_are_those_made_of_the_acid(forms):
    assert sum(lone_carboxylate(outline_of(parse(form.smiles))) is not None for form in forms) > 250
    assert those_that_differ(forms) == []


def test_the_kind_of_a_carboxylate_is_that_of_its_acid(forms):
    mols = [parse(form.smiles) for form in forms]
    lone = [mol for mol in mols if lone_carboxylate(outline_of(mol)) is not None]
    assert [kind_of_carboxylate(mol) for mol in lone] == [most_acidic(conjugate_acid(mol))[0] for mol in lone]


@pytest.mark.slow
def test_predictions_of_twenty_thousand(shared):
    path = shared / "library" / "emolecules_carboxylic_acids.smi.gz"
    if not path.is_file():
        pytest.skip("../shared/library is not here")
    with gzip.open(path, "rt", encoding="ascii") as stream:
        lines = [line.strip() for line in stream]
    assert those_that_differ(anions(random.Random(11).sample(lines, 20_000))) == []


def test_a_lone_carboxylate_is_the_strongest_acid(forms):
    for form in forms:
        mol = parse(form.smiles)
        if (site := lone_carboxylate(outline_of(mol))) is not None:
            kind, atoms = most_acidic(conjugate_acid(mol))
            assert atoms == (site[0],), form.smiles
            assert ACIDS.index(kind) <= CARBOXYLIC


def test_protons_are_counted_as_they_are_drawn(forms):
    counted = 0
    for form in forms:
        mol = parse(form.smiles)
        kinds = with_protons(outline_of(mol))
        if kinds is None or 1 in outline_of(mol).elements:
            continue
        counted += 1
        for kind, atom in zip(kinds, conjugate_acid(mol).GetAtoms(), strict=True):
            assert kind.element == atom.GetAtomicNum()
            assert kind.hydrogens == atom.GetTotalNumHs(), form.smiles
            assert kind.charge == atom.GetFormalCharge(), form.smiles
            assert kind.connections == atom.GetTotalDegree(), form.smiles
            assert kind.is_aromatic == atom.GetIsAromatic(), form.smiles
    assert counted > 400
