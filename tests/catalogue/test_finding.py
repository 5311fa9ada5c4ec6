"""Is what was typed found, and can no name hide a structure?"""

from __future__ import annotations

import json

import pytest

from ligandkb.catalogue.ambiguity import structure_of
from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.catalogue.finding import find, find_partner
from ligandkb.catalogue.products import product_from_smiles
from ligandkb.problems import NotFoundError, StructureError, UsageError

BENIGN = "id,name,smiles,aliases\nbenign,benign acid,CC(=O)CC(=O)O,{alias}\n"


@pytest.fixture
def catalogue(shipped, lab):
    def read(text: str):
        problems = []
        return read_catalogue([shipped, lab(ligands=text)], problems), problems

    return read


@pytest.mark.parametrize(
    "alias", ["OC(=O)CF", "FCC(O)=O", "[Na+].[O-]C(=O)CF", "P", "CN", "SCN", "C", "N=[N+]=[N-]", "[C-]#N"]
)
def test_an_alias_that_spells_another_structure_is_refused_where_it_stands(catalogue, lab, alias):
    _, problems = catalogue(BENIGN.format(alias=f"first|{alias}"))
    (problem,) = problems
    assert (problem.line, problem.column) == (2, 34)
    assert repr(alias) in problem.what
    assert "another structure" in problem.what
    assert problem.fix


@pytest.mark.parametrize("text", ["name,smiles\nOC(=O)CF,CC(=O)O\n", "name,smiles\nP,CCCCP(CCCC)CCCC\n"])
def test_a_name_that_spells_another_structure_is_refused(catalogue, text):
    _, problems = catalogue(text)
    assert [problem.line for problem in problems] == [2]


def test_a_binding_form_that_spells_another_structure_is_refused(catalogue):
    _, problems = catalogue("name,smiles,binding_form\nvaleric acid,CCCCC(=O)O,[O-]C(=O)CF\n")
    assert ["another structure" in problem.what for problem in problems] == [True]


def test_a_partner_that_spells_another_structure_is_refused(shipped, lab):
    problems = []
    folder = lab(partners="id,name,smiles,route\nmine,[Tl+],C[NH3+],as_bought\n")
    read_catalogue([shipped, folder], problems)
    assert ["another structure" in problem.what for problem in problems] == [True]


@pytest.mark.parametrize("alias", ["CC(=O)CC(O)=O", "OC(=O)CC(C)=O", "CC(=O)CC(=O)[O-]", "", "acac acid"])
def test_a_name_may_spell_its_own_structure_or_its_binding_form(catalogue, alias):
    found, problems = catalogue(BENIGN.format(alias=alias))
    assert problems == []
    assert find(found, alias or "benign").product.id == "benign"


def test_structure_goes_before_name_even_where_a_row_was_not_checked(catalogue):
    """A name that got past the reader still hides nothing."""
    found, _ = catalogue(BENIGN.format(alias=""))
    liar = product_from_smiles("CC(=O)O", "OC(=O)CF")
    with_liar = type(found)((liar, *found.products), found.partners, found.sites, found.hazards)
    match = find(with_liar, "OC(=O)CF")
    assert not match.in_catalogue
    assert structure_of(match.product.smiles) == "O=C(O)CF"


def test_short_texts_are_structures(catalogue):
    found, _ = catalogue(BENIGN.format(alias=""))
    assert [find(found, text).product.smiles for text in ("P", "CN")] == ["P", "CN"]


@pytest.mark.parametrize("text", ["NO", "CO", "SCN", "CN", "NOCl", "P", "S", "OCN", "I", "CBr"])
def test_a_text_that_looks_like_a_formula_is_said_to_be_read_as_a_structure(kb, text):
    (remark,) = kb.find(text).remarks
    assert remark.startswith(f"{text!r} was read as SMILES, with its hydrogens ")


@pytest.mark.parametrize("text", ["CCO", "OCC(=O)O", "C=O", "[Br-]", "CCCCP", "benzoic acid", "acetate"])
def test_nothing_is_remarked_on_other_texts(kb, text):
    assert kb.find(text).remarks == ()


def test_explain_says_what_a_formula_was_read_as(run):
    said = json.loads(run("explain", "CO", "--format", "json").out)["read_as"]
    assert said.startswith("'CO' was read as SMILES, with its hydrogens CH4O, not as a formula")
    assert json.loads(run("explain", "benzoate", "--format", "json").out)["read_as"] is None


def test_the_product_that_bears_the_typed_name_is_preferred_among_suppliers(catalogue):
    rows = "id,name,smiles,aliases\none,acid of one,CCCC(=O)O,\ntwo,acid of two,CCCC(=O)O,CCCC(O)=O\n"
    found, problems = catalogue(rows)
    assert problems == []
    assert find(found, "CCCC(O)=O").product.id == "two"
    assert find(found, "OC(=O)CCC").product.id == "one"


def test_names_aliases_and_binding_forms_are_found_without_regard_to_case(catalogue):
    found, _ = catalogue(BENIGN.format(alias="Beta-Ketobutyric acid"))
    assert find(found, " beta-ketobutyric ACID ").product.id == "benign"
    assert find(found, "ACETATE").form.name == "acetate"


def test_what_is_neither_is_said_so(catalogue):
    found, _ = catalogue(BENIGN.format(alias=""))
    with pytest.raises(NotFoundError, match="acetic acid"):
        find(found, "acetc acid")
    with pytest.raises(StructureError):
        find(found, "OC(=O)C(F")


@pytest.mark.parametrize("text", ["64-19-9", "64\u201119\u20119", "65-19-7"])
def test_an_unknown_cas_number_suggests_no_other_chemical(catalogue, text):
    found, _ = catalogue("name,smiles,cas\nvinegar,CC(=O)O,64-19-7\n")
    with pytest.raises(NotFoundError, match="no CAS number") as caught:
        find(found, text)
    assert "did you mean" not in str(caught.value)
    with pytest.raises(UsageError) as caught_partner:
        find_partner(found, text, ())
    assert "did you mean" not in str(caught_partner.value)


@pytest.mark.parametrize("name", ["decylamonium", "xyz"])
def test_an_unknown_partner_can_be_added(catalogue, name):
    found, _ = catalogue(BENIGN.format(alias=""))
    with pytest.raises(UsageError, match=r"partners\.csv in a folder of your own \(ligandkb init\)"):
        find_partner(found, name, ())


def test_a_name_that_two_structures_bear_is_asked_about(catalogue):
    """A lab's own row can't be told from another one by a name, or a CAS number, that both bear."""
    found, problems = catalogue(
        "id,name,smiles,cas\nours,acetic acid,CCC(=O)O,64-19-7\nvinegar,vinegar,CC(=O)O,64-19-7\n"
    )
    assert problems == []
    with pytest.raises(UsageError, match="'acetic acid' could be acetic-acid or ours: write one of these"):
        find(found, "acetic acid")
    with pytest.raises(
        UsageError,
        match=r"could be acetic-acid, ours or vinegar|could be acetic acid or vinegar|could be ours or vinegar",
    ):
        find(found, "64-19-7")


def test_names_that_differ_in_capitals_alone_are_told_apart_or_asked_about(catalogue):
    text = "name,smiles,aliases\npyridine one,CC(C)(C)c1ccncc1,tBP\nphosphine one,CCCCP(CCCC)CCCC,TBP\n"
    found, problems = catalogue(text)
    assert problems == []
    assert find(found, "tBP").product.name == "pyridine one"
    assert find(found, "TBP").product.name == "phosphine one"
    with pytest.raises(UsageError, match="'tbp' could be pyridine one or phosphine one"):
        find(found, "tbp")


@pytest.mark.parametrize(
    "name", ["2\u2011chlorohexanoic acid", "2\u2013Chlorohexanoic\u00a0acid", "2-chlorohexanoic acid"]
)
def test_a_name_is_found_whatever_its_hyphens(catalogue, name):
    found, _ = catalogue("name,smiles\n2-chlorohexanoic acid,CCCCC(Cl)C(=O)O\n")
    assert find(found, name).product.id == "2-chlorohexanoic-acid"


@pytest.mark.parametrize("text", ["oleylammonium", "OLA+", "Oleyl ammonium"])
def test_a_partner_s_name_says_that_it_is_one_and_what_brings_it(kb, text):
    with pytest.raises(
        NotFoundError, match=r"oleylammonium is a partner.*--partner oleylammonium.*oleylamine"
    ):
        kb.find(text)


def test_a_metal_partner_names_its_salts(kb):
    with pytest.raises(NotFoundError, match=r"caesium is a partner.*caesium carbonate"):
        kb.find("Cs+")
