"""Are names that no row bears found offline, without a guess, and do they say where their structure is from?"""

from __future__ import annotations

import time

import pytest

from ligandkb.catalogue import elsewhere, finding
from ligandkb.catalogue.elsewhere import LISTS, PACKAGE, Named, named_elsewhere
from ligandkb.problems import LigandkbError, NotFoundError, UsageError

BY_LISTS = {
    "nicotine": "54-11-5",
    "Strychnine": "57-24-9",
    "malic acid": "6915-15-7",
    "adipic acid": "124-04-9",
    "guanidine": "113-00-8",
    "benzyl mercaptan": "100-53-8",
    "sodium azide": "26628-22-8",
    "acrolein": "107-02-8",
    "hydrazine": "302-01-2",
    "ethylenediamine": "107-15-3",
    "p-xylene": "106-42-3",
    "128-37-0": "128-37-0",
    "methyl iodide": "74-88-4",
    "cadmium oxide": "1306-19-0",
    "potassium cyanide": "151-50-8",
}
BY_PACKAGE = {
    "erucic acid": "112-86-7",
    "oleyl alcohol": "143-28-2",
    "1,2-ethanedithiol": "540-63-6",
    "4-mercaptobenzoic acid": "1074-36-8",
    "tartaric acid": "133-37-9",
    "behenic acid": "112-85-6",
    "folic acid": "59-30-3",
    "2-phenylbenzimidazole": "716-79-0",
    "5949-29-1": "5949-29-1",
    "caesium fluoride": "13400-13-0",
}


@pytest.mark.parametrize("text", BY_LISTS)
def test_what_the_lists_name_is_found_without_any_extra(kb, monkeypatch, text):
    monkeypatch.setattr(elsewhere, "_tables", tuple)
    match = kb.find(text)
    assert (match.product.cas, match.in_catalogue) == (BY_LISTS[text], False)
    assert f"is not in the catalogue: its structure is from {LISTS}" in match.read_as


@pytest.mark.parametrize("text", BY_PACKAGE)
def test_what_the_package_names_is_found_with_the_extra(kb, text):
    match = kb.find(text)
    assert (match.product.cas, match.in_catalogue) == (BY_PACKAGE[text], False)
    assert "is not in the catalogue: its structure is from" in match.read_as


def test_a_name_that_the_package_has_for_a_row_leads_to_the_row(kb):
    match = kb.find("vinylformic acid")
    assert (match.product.id, match.in_catalogue) == ("acrylic-acid", True)
    assert (
        match.read_as == "acrylic acid stands in the catalogue as acrylic acid"
        or "acrylic acid" in match.read_as
    )


@pytest.mark.parametrize(
    "text", ["nicotine", "54-11-5", "white phosphorus", "sodium fluoroacetate", "strychnine"]
)
def test_what_is_found_so_goes_through_every_alert_and_veto(kb, text):
    assert kb.assess(text).verdict.value == "vetoed"


@pytest.mark.parametrize("text", ["lysergic acid", "chloroaniline", "bromobenzoic acid"])
def test_several_structures_under_one_name_are_asked_about(kb, text):
    with pytest.raises(
        UsageError, match=r"could be .* \(\d+-\d\d-\d\).* or .*: write the CAS number or the SMILES"
    ):
        kb.find(text)


def test_a_mixture_that_a_list_names_is_none_of_its_isomers(kb):
    """Dinitrophenol of the list is a mixture; the package calls 2,4-dinitrophenol so."""
    assert {one.cas for one in named_elsewhere("dinitrophenol", kb.catalogue.hazards.tables)} == {
        "25550-58-7"
    }
    with pytest.raises(NotFoundError, match=r"FATAL by what lists say of it \(CAS 25550-58-7\), and vetoed"):
        kb.find("dinitrophenol")


def test_without_the_extra_the_message_says_that_there_are_more_names(kb, monkeypatch):
    monkeypatch.setattr(elsewhere, "_tables", tuple)
    monkeypatch.setattr(finding, "knows_the_package", lambda: False)
    with pytest.raises(NotFoundError, match=r"pip install 'ligandkb\[names\]' knows more names"):
        kb.find("erucic acid")


def test_with_the_extra_nothing_is_to_be_installed(kb):
    with pytest.raises(NotFoundError) as caught:
        kb.find("unobtainic acid")
    assert "pip install" not in str(caught.value)


def test_a_structure_that_can_not_be_used_is_said_so(kb, monkeypatch):
    named = (Named("1-23-4", "C[H", "odd", PACKAGE),)
    monkeypatch.setattr("ligandkb.catalogue.other_names.named_elsewhere", lambda *_: named)
    with pytest.raises(
        NotFoundError, match=r"chemicals draws 'odd name' as C\[H, which can't be used .*: give its SMILES"
    ):
        kb.find("odd name")


@pytest.mark.parametrize(
    "text", ["x" * 50_000, "\t", "a\tb", "\n54-11-5\n", "54-11-5\t", "acid\x00", "\udc80", "(" * 400]
)
def test_hostile_and_huge_texts_end_soon(kb, text):
    began = time.monotonic()
    with pytest.raises(LigandkbError) if "54-11-5" not in text else _nothing():
        kb.find(text)
    assert time.monotonic() - began < 5


def _nothing():
    from contextlib import nullcontext

    return nullcontext()


def test_the_package_s_own_search_agrees_where_it_knows_one_substance():
    identifiers = pytest.importorskip("chemicals.identifiers")
    for text in BY_PACKAGE:
        found = named_elsewhere(text, None)
        theirs = identifiers.search_chemical(text.replace("caesium", "cesium"))
        assert theirs.CASs in {one.cas for one in found}, text
