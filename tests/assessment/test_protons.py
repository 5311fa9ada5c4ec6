"""Does the partner's own pKa decide whether the acid's proton moves to it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

import ligandkb
from ligandkb.assessment.protons import ALKYLAMINE, base_range
from ligandkb.catalogue.partners import Route, partner_from_smiles
from ligandkb.missing import Missing

LAB = {
    "ligands.csv": "id,name,smiles\nlab-aniline,lab aniline,Nc1ccccc1\n",
    "partners.csv": "id,name,smiles,made_from,route\nanilinium,anilinium,[NH3+]c1ccccc1,lab-aniline,proton_transfer\n",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    for name, text in LAB.items():
        (folder / name).write_text(text)
    return ligandkb.load(folder)


def transfer(kb, acid, partner):
    rows = kb.assess_all(acid, partners=partner)
    value = next(row for row in rows if row.pair.form.form.charge == -1).values["proton_transfer"]
    return "unknown" if isinstance(value, Missing) else value


@pytest.mark.parametrize(
    ("acid", "oleylamine", "benzylamine", "aniline"),  # 10.66 (methylammonium), 9.33, 4.60
    [
        ("CC(=O)O", "partial", "unknown", "not expected"),  # 4.76
        ("OC(=O)C(F)(F)F", "expected", "expected", "unknown"),  # 0.52
        ("OC(=O)C(F)F", "expected", "expected", "unknown"),  # 1.34
        ("CCCCCCCCCCCCS", "not expected", "not expected", "not expected"),
        ("CS(=O)(=O)O", "expected", "expected", "partial"),  # by its kind
        ("Br", "expected", "expected", "partial"),  # no weaker than a sulfonic acid
    ],
)
def test_a_weaker_base_takes_fewer_protons(lab, acid, oleylamine, benzylamine, aniline):
    found = [transfer(lab, acid, one) for one in ("oleylammonium", "benzylammonium", "anilinium")]
    assert found == [oleylamine, benzylamine, aniline]


def test_the_reason_names_the_amine_s_pka(lab):
    value = lab.assess("OC(=O)C(F)F", partners="anilinium").values["proton_transfer"]
    assert "an amine whose conjugate acid has a pKa of 4.6" in value.fix


def test_alone_and_beside_a_metal_oxide_an_alkylamine_is_meant(kb):
    for partner in ("none", "caesium"):
        assert transfer(kb, "CC(=O)O", partner) == "partial"


def test_a_strong_acid_stays_tagged_beside_a_base_too_weak_for_it(lab):
    row = next(iter(lab.assess_all("OC(=O)C(F)F", partners="anilinium")))
    assert "strong-acid" in row.safety.tags


@pytest.mark.parametrize(
    ("cation", "pka"),
    [
        ("NC(N)=[NH2+]", (13.6, 13.6)),
        ("Cc1ccc([NH3+])cc1", (4.596, 4.596)),
        ("[Cs+]", ALKYLAMINE),
        ("CCCCCCCC[NH3+]", ALKYLAMINE),
    ],
)
def test_without_a_value_the_kind_of_base_decides(cation, pka):
    partner = replace(partner_from_smiles(cation), route=Route.PROTON_TRANSFER)
    assert base_range(partner, Missing("not measured")) == pka
