from __future__ import annotations

import itertools
from dataclasses import replace

import pandas as pd
import pytest

import ligandkb as lk
from ligandkb.chemistry.composition import parse_composition

DOI = "10.1021/jacs.8b11035"
# Table 1 of that paper, verbatim keys (binding form, partner) and effect. The text calls lead oleate negative
# (Figure S25): with its entry in the right column it reads decreased, not conflict.
TABLE_1 = {
    ("hexylphosphonate", "oleylammonium"): "improved",
    ("benzoate", "oleylammonium"): "improved",
    ("fluoroacetate", "oleylammonium"): "improved",
    ("difluoroacetate", "oleylammonium"): "improved",
    ("trifluoroacetate", "oleylammonium"): "improved",
    ("2,2-difluorononanoate", "oleylammonium"): "improved",
    ("methanesulfonate", "oleylammonium"): "improved",
    ("trioctylphosphine", "none"): "improved",
    ("oleate", "oleylammonium"): "not_improved",
    ("butyrate", "oleylammonium"): "not_improved",
    ("acetate", "oleylammonium"): "not_improved",
    ("carbonate", "caesium"): "not_improved",
    ("nitrate", "lead"): "not_improved",
    ("hydroxide", "lead"): "not_improved",
    ("acetate", "caesium"): "not_improved",
    ("lead oleate", "none"): "decreased",
}


@pytest.fixture(scope="module")
def everything(kb):
    return kb.rank("CsPbBr3", all_partners=True)


def test_all_sixteen_pairs_of_table_1_are_ranked_as_observed(everything):
    observed = {
        (row.binding_form, row.partner): row.observed
        for row in everything.itertuples()
        if (row.binding_form, row.partner) in TABLE_1
    }
    assert observed == TABLE_1


def test_every_pair_is_listed_once(everything):
    keys = everything[["binding_form_smiles", "partner"]].apply(tuple, axis=1)
    assert keys.is_unique
    assert list(everything["rank"]) == list(range(1, len(everything) + 1))


def test_order_is_by_evidence_first_and_by_prediction_inside_a_tier(kb):
    ordered = kb.assessments(parse_composition("CsPbBr3"))
    assert [item.tier for item in ordered] == sorted(item.tier for item in ordered)
    bands = [item.band for item in ordered]
    assert bands == sorted(bands)
    assert set(bands) == set(range(1, max(bands) + 1))
    in_bands = [list(one) for _, one in itertools.groupby(ordered, key=lambda item: item.band)]
    for one, followers in itertools.pairwise(in_bands):
        leader = max(one, key=lambda item: (item.score, item.score_low))
        assert all(item.score_high >= leader.score_low for item in one)
        following = followers[0]
        if leader.tier == following.tier and "unassessed" not in (leader.verdict, following.verdict):
            assert min(item.score_high for item in followers) < leader.score_low


def test_verdict_comes_from_prediction_alone(kb):
    without = replace(kb, outcomes=())
    columns = ["binding_form", "partner", "verdict", "score", "score_low", "score_high"]
    key = ["binding_form", "partner"]
    with_evidence = kb.rank("CsPbBr3")[columns].sort_values(key).reset_index(drop=True)
    without_evidence = without.rank("CsPbBr3")[columns].sort_values(key).reset_index(drop=True)
    pd.testing.assert_frame_equal(pd.DataFrame(with_evidence), pd.DataFrame(without_evidence))


def test_score_lies_within_its_range(everything):
    assert (everything["score_low"] <= everything["score"]).all()
    assert (everything["score"] <= everything["score_high"]).all()


def test_oleate_is_not_recommended_and_a_dianion_takes_two_partners(kb):
    oleate = kb.assess("oleate")
    assert oleate.verdict != "recommended"
    dianion = next(a for a in kb.assess_all("hexylphosphonic acid") if a.pair.form.form.charge == -2)
    assert (dianion.pair.form_count, dianion.pair.partner_count) == (1, 2)


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("hexylphosphonic-acid", "hexylphosphonate"),
        ("Hexylphosphonic Acid", "hexylphosphonate"),
        ("TOP", "trioctylphosphine"),
        ("65-85-0", "benzoate"),
        ("benzoate", "benzoate"),
        ("OC(=O)c1ccccc1", "benzoate"),
        ("O=C([O-])c1ccccc1", "benzoate"),
        ("[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]", "lead nitrate"),
        ("O=[N+]([O-])O[Pb]O[N+](=O)[O-]", "lead nitrate"),
    ],
)
def test_a_ligand_is_named_as_bought_or_as_bound(kb, what, form):
    assert kb.assess(what).pair.form.name == form


def test_near_miss_gets_a_suggestion(kb):
    with pytest.raises(lk.NotFoundError, match="did you mean 'benzoate'"):
        kb.assess("benzoat")


def test_broken_smiles_is_named_as_such(kb):
    with pytest.raises(lk.StructureError, match="not a SMILES"):
        kb.assess("OC(=O)C(F")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ({"composition": "CsPbF3"}, "is not a list of halides"),
        ({"partners": ["oleylamonium"]}, "did you mean 'oleylammonium'"),
        ({"ligand_class": "Y"}, "is not a class of ligand"),
        ({"allow": ["explosive"]}, "can't be allowed"),
    ],
)
def test_wrong_usage_says_how_to_fix_it(kb, call, message):
    with pytest.raises(lk.UsageError, match=message):
        kb.rank(**call)


def test_partner_that_a_ligand_can_not_have_is_named(kb):
    with pytest.raises(lk.UsageError, match="pairs with none"):
        kb.assess("trioctylphosphine", partners="oleylammonium")


@pytest.mark.parametrize(
    ("smiles", "kind"),
    [
        ("OC(=O)CF", "lethal"),
        ("[Na+].[O-]C(=O)CF", "lethal"),
        ("[N-]=[N+]=[N-].[Na+]", "explosive"),
        ("[N-]=[N+]=[N-].[N-]=[N+]=[N-].[Pb+2]", "explosive"),
        ("[N-]=[N+]=N[Pb]N=[N+]=[N-]", "explosive"),
        ("Oc1c(cc(cc1[N+](=O)[O-])[N+](=O)[O-])[N+](=O)[O-]", "explosive"),
    ],
)
def test_poisons_and_explosives_are_vetoed(kb, smiles, kind):
    assessment = kb.assess(smiles)
    assert assessment.verdict == "vetoed"
    assert kind in assessment.safety.vetoes


def test_only_lethal_can_be_allowed(kb):
    assert kb.assess("OC(=O)CF", allow=["lethal"]).safety.lifted == ("lethal",)
    assert kb.assess("[N-]=[N+]=[N-].[Na+]", allow=["lethal"]).verdict == "vetoed"


def test_no_shipped_row_is_lethal_or_explosive_without_its_veto(kb, everything):
    vetoed = everything[everything["verdict"] == "vetoed"]
    assert "fluoroacetic-acid" in set(vetoed["ligand"])
    for row in vetoed[vetoed["ligand"] != "fluoroacetic-acid"].itertuples():
        # The structural alerts find nobody else; statements do, also on the bottle that the partner comes from, and
        # of the amine of a salt.
        hazards = kb.catalogue.hazards
        bought = [kb.find(name).product for name in row.products[0]]
        labels = [said(product) for product in bought for said in (hazards.label, hazards.inherited)]
        assert any(label and label.codes & {"H300", "H310", "H330"} for label in labels), row.ligand


def test_silence_is_never_a_clearance(everything):
    assert all(safety["not_assessed"] for safety in everything["safety"])


@pytest.mark.parametrize(
    ("form", "partner", "product"),
    [
        ("bromide", "didodecyldimethylammonium", "didodecyldimethylammonium-bromide"),
        ("nitrate", "lead", "lead-nitrate"),
    ],
)
def test_a_form_is_found_in_whichever_product_brings_it(kb, form, partner, product):
    found = kb.assess(form, partners=partner)
    assert (found.pair.partner_id, found.pair.product.id) == (partner, product)


def test_a_form_that_no_product_brings_with_a_partner_says_which_partners_there_are(kb):
    with pytest.raises(
        lk.UsageError,
        match=r"iodide does not pair with didodecyldimethylammonium: it pairs with .*dodecylammonium",
    ):
        kb.assess("iodide", partners="didodecyldimethylammonium")


@pytest.mark.parametrize("smiles", ["OCCCCCCCCCCCC(=O)O", "OC(=O)CCCCCBr", "OC(=O)CCCCCCCCCCC(F)(F)F"])
def test_what_hangs_on_the_far_end_of_a_tail_earns_nothing(kb, smiles):
    assert kb.assess(smiles).verdict != "recommended"


@pytest.mark.parametrize("what", ["bromide", "[Br-]"])
def test_bromide_is_first_of_all_an_ammonium_salt_s(kb, what):
    assert kb.find(what).product.forms[0].name == "bromide"


@pytest.mark.parametrize(
    ("smiles", "kind"),
    [
        ("O=C(OOC(=O)c1ccccc1)c1ccccc1", "explosive"),
        ("Sc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]", "explosive"),
        ("Oc1ccccc1[As](=O)(O)O", "lethal"),
    ],
)
def test_what_is_suspected_is_never_recommended(kb, smiles, kind):
    found = kb.assess(smiles)
    assert found.verdict == "undecided"
    assert found.verdict_reason == f"can't be excluded to be {kind}"


@pytest.mark.parametrize("smiles", ["[H+].[Br-]", "[OH3+].[Br-]", "Br"])
def test_an_acid_is_one_however_its_proton_is_drawn(kb, smiles):
    assert kb.assess(smiles).pair.key == ("[Br-]", "oleylammonium")


def test_an_assessment_prints_what_a_chemist_asks(kb):
    text = repr(kb.assess("difluoroacetic acid"))
    assert text.startswith("Assessment('difluoroacetate' with 'oleylammonium' on CsPbBr3: recommended")
    assert "observed: improved" in text
    assert len(text) < 400


def test_a_notebook_shows_danger_before_the_prediction(kb):
    html = kb.assess("OC(=O)CF")._repr_html_()
    assert html.index("lethal") < html.index("verdict")
    assert "<svg" in html


def test_a_notebook_names_the_product_that_bears_a_danger(kb):
    html = kb.assess("benzoate")._repr_html_()
    assert "oleylamine: corrosive (H314, H318)" in html
    assert html.count("benzoic acid: label not read") == 1
    assert "table: improved, in-sample" in html


def test_a_sheet_names_the_bottle_that_bears_a_danger(kb):
    sample = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
    safety = kb.plan("benzoate", **sample).safety
    assert any(line.startswith("oleylamine: corrosive (H314, H318): causes severe burns") for line in safety)
    assert any(line.startswith("oleylamine: label read: H302 H314 H318 H371") for line in safety)
    assert sum("benzoic acid: label not read" in line for line in safety) == 1


def test_what_every_outcome_of_a_pair_lacks_is_said(kb, everything):
    rows = {(row.binding_form, row.partner): row for row in everything.itertuples()}
    assert rows["benzoate", "oleylammonium"].observed_qualifiers == ["X not stated"]
    assert all(row.observed or not row.observed_qualifiers for row in rows.values())
    family = kb.rank("CsPbX3")
    benzoate = family[family["binding_form"] == "benzoate"].iloc[0]
    assert benzoate["observed_qualifiers"] == []


def test_a_statement_with_a_suffix_or_in_a_combination_is_read(tmp_path):
    text = "smiles,statements,source\nOC(=O)c1ccccc1,H360FD|H301+H311,supplier's label\n"
    (tmp_path / "hazard_statements.csv").write_text(text, encoding="utf-8")
    (product, *_) = lk.load(data=[tmp_path]).assess("benzoic acid").safety.products
    assert product.borne["reproductive-toxin"] == ("H360",)
    assert product.borne["toxic"] == ("H301", "H311")
    assert product.label.sources[0] == "supplier's label"


def test_anion_exchange_is_tagged_on_the_other_halide_only(kb):
    assert "anion-exchange" not in kb.assess("DDAB", composition="CsPbBr3").safety.tags
    assert "anion-exchange" in kb.assess("DDAB", composition="CsPbI3").safety.tags


def test_rows_match_the_families_of_their_outcomes(kb):
    row = kb.assess("difluoroacetate", composition="CsPbI3")
    assert row.evidence.observed == "improved"
    assert all(str(outcome.composition) == "CsPbX3" for outcome in row.evidence.outcomes)


def test_table_1_agreement_is_labelled_in_sample(kb):
    assert len(kb.table1_entries()) == len(TABLE_1)
    assert str(kb.table1_agreement()).startswith("in-sample")


def test_notebook_draws_the_molecules(kb):
    html = kb.rank("CsPbBr3", top=3)._repr_html_()
    assert html.count("<svg") == 6  # product and partner of each


def test_unknown_composition_family_leaves_the_halide_open(kb):
    bromide = kb.assess("DDAB", composition="CsPbX3")
    assert bromide.score_low < bromide.score_high


def test_a_rounded_composition_keeps_its_evidence_and_headroom(kb):
    exact, rounded = kb.rank("CsPbBr3"), kb.rank("CsPbBr2.99")
    assert rounded.equals(exact)
    assert rounded.attrs["composition"] == "CsPbBr3"
