"""Is one folder laid over another, and what it replaces said?"""

from __future__ import annotations

from pathlib import Path

import pytest

from ligandkb.catalogue.catalogue import read_catalogue

DATA = Path(__file__).resolve().parents[2] / "data"


def test_the_shipped_catalogue_has_no_problems():
    problems = []
    catalogue = read_catalogue([DATA], problems)
    assert problems == []
    assert catalogue.overlaid == ()
    assert catalogue.products
    assert catalogue.partners
    assert catalogue.sites
    assert len({product.id for product in catalogue.products}) == len(catalogue.products)


def test_every_shipped_ligand_binds_and_its_forms_have_names():
    for product in read_catalogue([DATA], []).products:
        if product.role == "ligand":
            assert product.forms, product.id
        for named in product.forms:
            assert named.name
            if product.role == "ligand":
                assert named.name != named.form.smiles, f"{product.id}: {named.name} has no name"


def test_partners_are_made_from_products_that_exist():
    catalogue = read_catalogue([DATA], [])
    ids = {product.id for product in catalogue.products}
    for partner in catalogue.partners:
        assert not partner.made_from or partner.made_from in ids


def test_a_lab_replaces_a_row_and_says_so(shipped, lab):
    folder = lab(ligands="id,name,smiles,supplier\nacetic-acid,acetic acid,CC(=O)O,our own still\n")
    problems = []
    catalogue = read_catalogue([shipped, folder], problems)
    assert problems == []
    acetic = [product for product in catalogue.products if product.id == "acetic-acid"]
    assert [product.supplier for product in acetic] == ["our own still"]
    (said,) = catalogue.overlaid
    assert "acetic-acid" in said
    assert f"{folder / 'ligands.csv'}:2" in said


def test_a_lab_adds_rows(shipped, lab):
    folder = lab(ligands="name,smiles\nmyristic acid,CCCCCCCCCCCCCC(=O)O\n")
    catalogue = read_catalogue([shipped, folder], [])
    assert [product.id for product in catalogue.products] == ["acetic-acid", "benzoic-acid", "myristic-acid"]
    assert catalogue.overlaid == ()


def test_a_lab_needs_no_file_that_it_does_not_change(shipped, lab):
    problems = []
    read_catalogue([shipped, lab(sites="composition,trap_depth\nCsPbBr3,shallow\n")], problems)
    assert problems == []


def test_a_site_is_replaced_whatever_way_its_composition_is_written(shipped, lab):
    folder = lab(sites="composition,kr_over_knr_trap\nCsPb(Br0.5Cl0.5)3,41\n")
    catalogue = read_catalogue([shipped, folder], [])
    mixed = [site for site in catalogue.sites if str(site.composition) == "CsPbBr1.5Cl1.5"]
    assert [site.kr_over_knr_trap for site in mixed] == [41.0]
    assert len(catalogue.overlaid) == 1


def test_the_last_of_three_folders_wins(shipped, lab, tmp_path):
    first = lab(ligands="id,name,smiles\nacetic-acid,acetic acid,CC(=O)O\n")
    second = tmp_path / "group"
    second.mkdir()
    (second / "ligands.csv").write_text("id,name,smiles\nacetic-acid,vinegar,CC(=O)O\n", encoding="utf-8")
    catalogue = read_catalogue([shipped, first, second], [])
    assert catalogue.products[0].name == "vinegar"
    assert len(catalogue.overlaid) == 2


def test_duplicate_ids_in_one_file(products):
    found, problems = products("id,name,smiles\nx,one,CC(=O)O\nx,two,CCC(=O)O\n")
    assert [product.name for product in found] == ["one"]
    (problem,) = problems
    assert (problem.line, problem.column) == (3, 1)
    assert "line 2" in problem.what
    assert problem.fix


def test_one_structure_from_two_suppliers_is_two_products(products):
    found, problems = products(
        "id,name,smiles,supplier\na,oleic acid A,CC(=O)O,A\nb,oleic acid B,OC(C)=O,B\n"
    )
    assert problems == []
    assert len(found) == 2
    assert found[0].species == found[1].species
    assert found[0].forms[0].form == found[1].forms[0].form


def test_the_first_folder_must_hold_all_files(lab):
    problems = []
    read_catalogue([lab(ligands="name,smiles\nacetic acid,CC(=O)O\n")], problems)
    assert {Path(problem.file).name for problem in problems} >= {"partners.csv", "sites.csv"}


def test_all_problems_of_all_files_at_once(shipped, lab):
    folder = lab(
        ligands="name,smiles\nbad,CC(\nworse,CC*\n",
        partners="id,name,smiles,route\nchloride,chloride,[Cl-],as_bought\n",
        sites="composition\nCsPbF3\n",
    )
    problems = []
    read_catalogue([shipped, folder], problems)
    assert sorted((Path(problem.file).name, problem.line) for problem in problems) == [
        ("ligands.csv", 2),
        ("ligands.csv", 3),
        ("partners.csv", 2),
        ("sites.csv", 2),
    ]


def test_a_form_has_one_name_in_the_whole_catalogue(shipped, lab):
    folder = lab(ligands="name,smiles\nsodium acetate,[Na+].CC(=O)[O-]\n")
    catalogue = read_catalogue([shipped, folder], [])
    (sodium_acetate,) = [product for product in catalogue.products if product.id == "sodium-acetate"]
    assert [named.name for named in sodium_acetate.forms] == ["acetate"]


def test_a_partner_is_made_from_a_product_that_exists(shipped, lab):
    table = "id,name,smiles,made_from,route\nmine,mine,CCCC[NH3+],{},proton_transfer\n"
    problems = []
    read_catalogue([shipped, lab(partners=table.format("acetic-acd"))], problems)
    (problem,) = problems
    assert (problem.line, problem.column) == (2, 22)
    assert problem.fix.startswith("did you mean 'acetic-acid'")
    problems = []
    own = "name,smiles\nbutyl amine,CCCCN\n"
    read_catalogue([shipped, lab(partners=table.format("butyl-amine"), ligands=own)], problems)
    assert problems == []


def test_a_partner_whose_product_is_faulty_is_not_blamed(shipped, lab):
    partners = "id,name,smiles,made_from,route\nmine,mine,CCCC[NH3+],butyl-amine,proton_transfer\n"
    problems = []
    read_catalogue([shipped, lab(partners=partners, ligands="name,smiles\nbutyl amine,CCCCN(\n")], problems)
    assert [Path(problem.file).name for problem in problems] == ["ligands.csv"]


def test_a_folder_without_a_table_is_a_problem(shipped, tmp_path):
    folder = tmp_path / "lab"
    folder.mkdir()
    problems = []
    read_catalogue([shipped, folder], problems)
    assert "ligands.csv" in problems[0].fix
    (folder / "Ligand.csv").write_text("name,smiles\nbutyric acid,CCCC(=O)O\n", encoding="utf-8")
    problems = []
    read_catalogue([shipped, folder], problems)
    assert [problem.fix for problem in problems] == ["rename Ligand.csv to ligands.csv"]


def test_a_misnamed_file_beside_others_is_pointed_out(shipped, lab):
    folder = lab(ligands="name,smiles\nmyristic acid,CCCCCCCCCCCCCC(=O)O\n", outcome="id\n", rejected="x\n")
    with pytest.warns(UserWarning, match=r"outcome\.csv is not read: only outcomes\.csv would be"):
        read_catalogue([shipped, folder], [])


def test_a_cell_that_could_not_be_read_is_told_of_once(products):
    for text in ("name\na\n", "name,smiles\na,#NAME?\n", "smiles\nCC(=O)O\n"):
        _, problems = products(text)
        assert len(problems) == 1


def test_a_form_keeps_its_name_when_its_product_is_replaced(shipped, lab):
    folder = lab(ligands="id,name,smiles\nacetic-acid,acetic acid (our bottle),CC(=O)O\n")
    (acetic, _) = read_catalogue([shipped, folder], []).products
    assert (acetic.name, [named.name for named in acetic.forms]) == ("acetic acid (our bottle)", ["acetate"])
    folder = lab(ligands="id,name,smiles\nacetic-acid,something else,CCC(=O)O\n")
    (other, _) = read_catalogue([shipped, folder], []).products
    assert "acetate" not in [named.name for named in other.forms]
