"""Is a partner one cation, and may it sit in an A site?"""

from __future__ import annotations

import pytest

from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.catalogue.partners import Route, partner_from_smiles
from ligandkb.chemistry.species import SpeciesKind
from ligandkb.problems import StructureError


@pytest.mark.parametrize(
    ("smiles", "kind", "a_site"),
    [
        ("C[NH3+]", SpeciesKind.AMMONIUM, True),
        ("CCCCCCCC/C=C\\CCCCCCCC[NH3+]", SpeciesKind.AMMONIUM, True),
        ("CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC", SpeciesKind.QUATERNARY_AMMONIUM, True),
        ("NC=[NH2+]", SpeciesKind.AMIDINIUM, True),
        ("NC(N)=[NH2+]", SpeciesKind.AMIDINIUM, True),
        ("[Cs+]", SpeciesKind.ALKALI, True),
        ("[Na+]", SpeciesKind.ALKALI, False),
        ("[K+]", SpeciesKind.ALKALI, False),
        ("[Pb+2]", SpeciesKind.METAL, False),
        ("CCCC[P+](CCCC)(CCCC)CCCC", SpeciesKind.PHOSPHONIUM, False),
        ("C[S+](C)C", SpeciesKind.OTHER_CATION, False),
    ],
)
def test_partners(smiles, kind, a_site):
    partner = partner_from_smiles(smiles)
    assert (partner.kind, partner.can_sit_in_a_site) == (kind, a_site)
    assert partner.charge > 0


@pytest.mark.parametrize(
    "smiles", ["[Cl-]", "CCN", "[Cs+].[Br-]", "C[N+](C)(C)CC(=O)[O-]", "O", "[Cs+].[Cs+]"]
)
def test_what_is_no_partner(smiles):
    with pytest.raises(StructureError) as caught:
        partner_from_smiles(smiles)
    assert caught.value.fix


def test_a_partner_has_one_identity():
    assert partner_from_smiles("N[C+](N)N") == partner_from_smiles("NC(N)=[NH2+]")


def test_a_row(shipped, lab):
    folder = lab(partners="id,name,smiles,route\npea,phenethylammonium,[NH3+]CCc1ccccc1,proton_transfer\n")
    problems = []
    catalogue = read_catalogue([shipped, folder], problems)
    assert problems == []
    (partner,) = [partner for partner in catalogue.partners if partner.id == "pea"]
    assert (partner.name, partner.charge, partner.route) == ("phenethylammonium", 1, Route.PROTON_TRANSFER)


@pytest.mark.parametrize("head", ["id,name,smiles,route\n,", "name,smiles,route\n"])
def test_a_blank_id_is_made_of_the_name(shipped, lab, head):
    problems = []
    folder = lab(partners=f"{head}3-Phenylpropyl ammonium,[NH3+]CCCc1ccccc1,proton_transfer\n")
    catalogue = read_catalogue([shipped, folder], problems)
    assert problems == []
    assert "3-phenylpropyl-ammonium" in {partner.id for partner in catalogue.partners}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",油胺,[Cs+],as_bought", "no id can be made of"),
        (",,[Cs+],as_bought", "the name is empty"),
        ("x,x,[Cl-],as_bought", "not one cation"),
        ("x,x,[Cs+],by magic", "by magic"),
        ("Not An Id,x,[Cs+],as_bought", "Not An Id"),
        ("x,x,[Cs+,as_bought", "not a SMILES"),
    ],
)
def test_problems(shipped, lab, row, says):
    problems = []
    read_catalogue([shipped, lab(partners=f"id,name,smiles,route\n{row}\n")], problems)
    (problem,) = problems
    assert problem.line == 2
    assert says in problem.what
    assert problem.fix
