"""Is a pair found by the name that a ranking calls it, and nothing else by it?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ligandkb.assessment.choosing import named_pair
from ligandkb.planning.shortlist_sentences import pair_words
from ligandkb.problems import NotFoundError, UsageError


def test_a_pair_is_found_by_the_name_that_a_ranking_prints(kb):
    paired = [one for one in kb.assessments("CsPbBr3") if one.pair.partner is not None]
    for item in paired[::8]:
        assert kb.assess(pair_words(item)).pair.key == item.pair.key, pair_words(item)


@pytest.mark.parametrize(
    ("text", "form", "partner"),
    [
        ("bromide + DDAB", "bromide", "didodecyldimethylammonium"),
        (" Hexylphosphonic acid + oleyl amine", "hexylphosphonate", "oleylammonium"),
        ("CC(=O)[O-] + Cs", "acetate", "caesium"),
        ("benzoate + none", "benzoate", "none"),
    ],
)
def test_ligand_and_partner_may_be_called_as_ever(kb, text, form, partner):
    pair = kb.assess(text).pair
    assert (pair.form.name, pair.partner_id) == (form, partner)


def test_a_name_with_a_plus_in_it_goes_first(kb):
    product = kb.find("benzoic acid").product
    mixed = replace(product, aliases=(*product.aliases, "acetate + caesium"))
    others = (one for one in kb.catalogue.products if one.id != product.id)
    match, partner = named_pair(replace(kb.catalogue, products=(mixed, *others)), "acetate + caesium", "Cs")
    assert (match.product.id, partner) == (product.id, "Cs")


def test_another_partner_beside_it_is_refused(kb):
    assert kb.assess("benzoate + caesium", partners="Cs").pair.partner_id == "caesium"
    for partners in ("oleylammonium", ["caesium", "oleylammonium"]):
        with pytest.raises(UsageError, match="names its partner"):
            kb.assess("benzoate + caesium", partners=partners)


def test_what_is_wrong_with_either_is_said(kb):
    with pytest.raises(NotFoundError, match="did you mean 'benzoate'"):
        kb.assess("benzoat + caesium")
    with pytest.raises(UsageError, match="did you mean 'decylammonium'"):
        kb.assess("benzoate + decylamonium")
    with pytest.raises(NotFoundError):
        kb.assess("benzoate +caesium")


def test_a_plan_and_a_panel_take_it_too(kb, run):
    sample = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
    named = kb.plan("hexylphosphonate + decylammonium", **sample)
    assert named.all_cycles == kb.plan("hexylphosphonate", partners="decylammonium", **sample).all_cycles
    panel = kb.shortlist("CsPbBr3", 3, must="hexylphosphonate + oleylammonium")
    assert "hexylphosphonate + oleylammonium" in [pick.name for pick in panel.picks]
    done = run("explain", "bromide + didodecyldimethylammonium", "--no-compute")
    assert done.out.startswith("bromide + didodecyldimethylammonium on CsPbBr3\n")
    assert run("explain", "benzoate + caesium", "--partner", "lead", "--no-compute").code == 2
