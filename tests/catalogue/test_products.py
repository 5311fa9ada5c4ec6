"""Is a row of ligands.csv read as a chemist wrote it, or refused at the right cell?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.catalogue.products import name_forms, product_from_smiles, rename_forms, slug
from ligandkb.chemistry.forms import binding_forms
from ligandkb.problems import StructureError


def test_name_and_smiles_are_enough(products):
    (product,), problems = products("name,smiles\nOctylphosphonic acid,CCCCCCCCP(=O)(O)O\n")
    assert problems == []
    assert (product.id, product.role) == ("octylphosphonic-acid", "ligand")
    assert [named.name for named in product.forms] == ["Octylphosphonate", "Octylphosphonate(2-)"]
    assert (product.cas, product.supplier, product.melting_point_c, product.source) == ("", "", None, None)
    assert product.origin.endswith("ligands.csv:2")


def test_every_cell_is_kept(products):
    (product,), problems = products(
        "id,name,aliases,smiles,role,binding_form,cas,cas_source,supplier,purity,state_20c,melting_point_c,"
        "density_g_per_ml,property_source,doi,locator,note\n"
        "aa,acetic acid,AcOH|ethanoic acid,CC(=O)O,ligand,acetate,64-19-7,chemicals,S,99 %,liquid,17,1.0446,"
        "chemicals,10.1021/jacs.8b11035,Table 1,a note\n"
    )
    assert problems == []
    assert product.aliases == ("AcOH", "ethanoic acid")
    assert (product.cas, product.state_20c, product.melting_point_c, product.density_g_per_ml) == (
        "64-19-7",
        "liquid",
        17.0,
        1.0446,
    )
    assert str(product.source) == "doi 10.1021/jacs.8b11035, Table 1"


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("bad,CC(", 7, "not a SMILES"),  # the end of the cell
        ("bad,CC*C", 7, "wildcard"),
        ("bad,CC[O]", 7, "radical"),
        ("bad,CC(=O)O acid", 12, "text after the SMILES"),
        ("bad,[Pb+2].[Br-]", 5, "add up to +1"),
        ("bad,CСC", 6, "U+0421"),
        (",CC(=O)O", 1, "name is empty"),
        ("油酸,CC(=O)O", 1, "no id can be made"),
        ("bad,", 5, "empty"),
    ],
)
def test_problems_point_at_the_cell(products, row, column, says):
    found, problems = products(f"name,smiles\n{row}\n")
    assert found == []
    (problem,) = problems
    assert (problem.line, problem.column) == (2, column)
    assert says in problem.what
    assert problem.fix


@pytest.mark.parametrize(
    ("cell", "fix"),
    [
        ("99", "write 99 %"),
        ("0.98", "write 98 %"),
        ("98+", "write 98 %"),
        ("97 percent", "write it in % with the sign, e.g. 99 %"),
        ("980", "write it in % with the sign, e.g. 99 %"),
        ("0", "write it in % with the sign, e.g. 99 %"),
        ("0.98 %", "write it in % with the sign, e.g. 99 %"),
    ],
)
def test_a_purity_has_its_sign(products, cell, fix):
    found, problems = products(f"name,smiles,purity\nhexanoic acid,CCCCCC(=O)O,{cell}\n")
    assert found == []
    (problem,) = problems
    assert (problem.line, problem.column, problem.fix) == (2, 27, fix)


@pytest.mark.parametrize("cell", ["", "99 %", "99,5 %", ">99.5 %", "technical grade, 70%", "for synthesis"])
def test_a_purity_is_kept_as_printed(products, cell):
    (product,), problems = products(f'name,smiles,purity\nhexanoic acid,CCCCCC(=O)O,"{cell}"\n')
    assert (problems, product.purity) == ([], cell)


def test_a_solvent_need_not_bind(products):
    (product,), problems = products("name,smiles,role\noctane,CCCCCCCC,solvent\n")
    assert problems == []
    assert product.forms == ()


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("x|y|z", "3 names for 2 binding forms"),
        ("x", "1 names for 2 binding forms"),
    ],
)
def test_wrong_number_of_form_names(products, cell, says):
    found, problems = products(f"name,smiles,binding_form\nhexylphosphonic acid,CCCCCCP(=O)(O)O,{cell}\n")
    assert found == []
    (problem,) = problems
    assert says in problem.what
    assert "CCCCCCP(=O)([O-])O" in problem.what
    assert (problem.line, problem.column) == (2, 38)


def test_several_faults_of_a_row_are_all_listed(products):
    _, problems = products("name,smiles,role,cas,melting_point_c\nbad,CC(,glue,64-19-8,warm\n")
    assert len(problems) == 4
    assert len({problem.column for problem in problems}) == 4


def test_names_survive_literally(products):
    name = "[bold]acid[/b] =1+1 c1cc[nH]c1"
    (product,), _ = products(f"name,smiles,aliases\n{name},CC(=O)O,[/b]\n")
    assert product.name == name
    assert product.aliases == ("[/b]",)


@pytest.mark.parametrize(
    ("name", "smiles", "given_names", "expected"),
    [
        ("hexylphosphonic acid", "CCCCCCP(=O)(O)O", (), ("hexylphosphonate", "hexylphosphonate(2-)")),
        ("acetic acid", "CC(=O)O", (), ("acetate",)),
        ("diphenylphosphinous acid", "CS(=O)O", (), ("diphenylphosphinite",)),
        ("octanethiol", "CCCCCCCCS", (), ("octanethiolate", "octanethiol")),
        ("trioctylphosphine", "CCCCCCCCP(CCCCCCCC)CCCCCCCC", (), ("trioctylphosphine",)),
        ("lead bromide", "Br[Pb]Br", (), ("lead bromide", "[Br-]")),
        ("lead bromide", "Br[Pb]Br", ("lead bromide", "bromide"), ("lead bromide", "bromide")),
        ("", "CC(=O)O", (), ("CC(=O)[O-]",)),
        ("vinegar", "CC(=O)O", (), ("CC(=O)[O-]",)),
    ],
)
def test_names_of_forms(name, smiles, given_names, expected):
    assert name_forms(name, binding_forms(smiles), given_names) == expected


@given(st.text(max_size=40))
def test_a_slug_is_an_id_or_empty(name):
    made = slug(name)
    assert made == "" or all(part.isalnum() and part.isascii() for part in made.split("-"))
    assert slug(made) == made


def test_a_smiles_that_nobody_has_seen():
    product = product_from_smiles("OC(=O)C(F)(F)CCl")
    assert [named.name for named in product.forms] == ["O=C([O-])C(F)(F)CCl"]
    with pytest.raises(StructureError):
        product_from_smiles("not a molecule")


def test_purities_without_a_sign_are_asked_about_once(products):
    cells = ["98", "97", "99 %", "0.95", "980", "for synthesis", "99.5+"]
    rows = "".join(f"acid {n},{'C' * n}C(=O)O,{cell}\n" for n, cell in enumerate(cells, start=4))
    found, problems = products("name,smiles,purity\n" + rows)
    assert [(problem.line, problem.fix) for problem in problems] == [
        (2, "write 98 %"),
        (6, "write it in % with the sign, e.g. 99 %"),
    ]
    assert "and so are 3 more cells below it" in problems[0].what
    assert [product.name for product in found] == ["acid 6", "acid 9"]


UNBOUND = ["CCCCCCCC", "c1ccccc1", "C[Si](C)(C)C", "FC(F)(F)C(F)(F)F"]


@pytest.mark.parametrize("smiles", UNBOUND)
def test_a_row_in_which_nothing_binds_is_kept(products, smiles):
    with pytest.warns(UserWarning, match="'thing' has no donor group that this software knows"):
        (product,), problems = products(f"name,smiles\nthing,{smiles}\n")
    assert problems == []
    assert product.forms == ()


def test_it_never_refuses_the_others_and_is_one_note(products):
    rows = "".join(f"thing {n},{smiles}\n" for n, smiles in enumerate(UNBOUND))
    with pytest.warns(UserWarning) as noted:
        found, problems = products(f"name,smiles\npentenoic acid,C=CCCC(=O)O\n{rows}")
    assert problems == []
    assert len(found) == 5
    (note,) = noted
    assert "ligands.csv:3:9: 'thing 0' and 3 more rows have no donor group" in str(note.message)
    assert "no proof" in str(note.message)


def test_a_form_that_nobody_named_is_named_by_its_product():
    """It stood as a SMILES in ranking and shortlist."""
    smiles = "CCc1ccc(C(=O)O)cc1"
    ours, salt, named, two = (
        product_from_smiles(*drawn)
        for drawn in (
            (smiles, "4-ethylbenzoic-acid-from-our-shelf"),
            ("[Na+].CCc1ccc(C(=O)[O-])cc1", "salt A-17"),
            (smiles, "4-ethylbenzoic acid"),
            ("[Na+].[Na+].CCCOCC(=O)[O-].CCCOCS(=O)(=O)[O-]", "mixed salt"),
        )
    )

    def names(*products):
        return [[form.name for form in product.forms] for product in rename_forms(products)]

    assert names(ours, salt) == [["anion of 4-ethylbenzoic-acid-from-our-shelf"]] * 2
    assert names(ours, named) == [["4-ethylbenzoate"]] * 2
    assert names(product_from_smiles(smiles)) == [["CCc1ccc(C(=O)[O-])cc1"]]
    assert names(two) == [[form.name for form in two.forms]], "which of the two would it be?"
    acid = product_from_smiles("CCCCOCP(=O)(O)O", "our phosphono acid A")
    assert names(acid) == [["anion of our phosphono acid A", "anion(2-) of our phosphono acid A"]]


def test_no_shipped_form_needs_a_name_by_its_product(kb):
    forms = [form for product in kb.catalogue.products for form in product.forms]
    assert not [form.name for form in forms if form.name.startswith("anion")]
