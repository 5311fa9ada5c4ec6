"""Is an answer one screen, whole where danger is concerned, and does its sum come to its score?"""

from __future__ import annotations

import re

import pytest

import ligandkb as lk
from ligandkb.assessment.explanation import explanation_record
from ligandkb.assessment.pairs import all_partner_ids, lay_out_pairs
from ligandkb.reports.evidence import strongest_first
from ligandkb.reports.explanation import LINES, explanation_document
from ligandkb.reports.full_explanation import effect_text, full_explanation_document
from ligandkb.reports.render import render

EXPLAINED = (
    "benzoate",
    "oleate",
    "picolinate",
    "DDAB",
    "hexylphosphonic acid",
    "4-nitrobenzoic acid",
    "pyridine",
)


@pytest.mark.parametrize("name", EXPLAINED)
def test_what_the_rules_add_comes_to_the_score(explained, kb, name):
    record = explained(name)
    assert sum(rule["added"] for rule in record["rules"]) == pytest.approx(record["score"], abs=1e-6)
    text = render(full_explanation_document(record, kb.meta()), "text", 200)
    line = next(line for line in text.splitlines() if line.strip().startswith("- score "))
    said = re.match(r" *- score ([+-][\d.]+)(?: = ([^(]+))? \(log-odds\)", line)
    terms = [float(term) for term in (said[2] or "").split()]
    assert len(terms) != 1
    if terms:
        # each term and the sum are rounded to two decimals
        assert sum(terms) == pytest.approx(float(said[1]), abs=0.005 * (len(terms) + 1))


def test_a_graded_rule_says_its_share(explained):
    rules = {rule["id"]: rule for rule in explained("benzoate")["rules"]}
    assert rules["lead-over-proton"]["graded_by"] == ["lead_over_proton_above_acetate", "lead_log_k1"]
    assert re.fullmatch(r"\+0\.25, 2[12]% of \+1\.15", effect_text(rules["lead-over-proton"]))


# ---- one screen ----

WORST = (
    "[Pb+2].[N-]=[N+]=[N-].[N-]=[N+]=[N-]",
    "[Hg+2].[C-]#[N+][O-].[C-]#[N+][O-]",
    "C[Hg]C",
    "O=C(O)CF",
    "CCO[P](=O)(F)C",
    "O=C1C=CC(=O)C=C1",
    "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)F",
    "[K+].[C-]#N",
    "[S-]c1ccccc1.[Na+]",
    "OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1",
    "[Cd+2].[O-]C(C)=O.[O-]C(C)=O",
    "NN",
    "O=C(O)" + "C" * 120,
    ".".join(["[Br-]"] * 4 + ["C[N+](C)(C)CCC[N+](C)(C)CCC[N+](C)(C)CCC[N+](C)(C)C"]),
    "OC(=O)CC(O)(C(=O)O)CC(=O)O",
    "C1=CN(C=C[N+]1=CC)CC.[Br-]",
)


def short(kb, judge, what, **asked):
    first, *others = kb.assess_all(what, **asked)
    record = explanation_record(judge, first, others)
    return record, {
        width: render(explanation_document(record, kb.meta()), "text", width) for width in (80, 120)
    }


@pytest.fixture
def assert_one_screen(lost_dangers):
    """A record on a screen, and no danger of it lost."""

    def assert_one_screen(record, texts):
        for text in texts.values():
            assert text.count("\n") <= LINES, text
            assert lost_dangers(record, text) == []
            assert text.index("DANGER") < text.index("VERDICT") < text.index("MEASURED")

    return assert_one_screen


def everything(kb):
    return [product.id for product in kb.catalogue.products]


def worst_and_a_sample(kb):
    """Of which there is most to say, whatever is vetoed, and every tenth product."""
    pairs = kb.assessments("CsPbBr3")
    most_danger = sorted(pairs, key=lambda one: -len((*one.safety.tags, *one.safety.not_assessed)))[:10]
    most_evidence = sorted(pairs, key=lambda one: -len((*one.evidence.outcomes, *one.evidence.near)))[:10]
    vetoed = [one for one in pairs if one.safety.vetoes]
    said_most = [one.pair.product.id for one in (*most_danger, *most_evidence, *vetoed)]
    return dict.fromkeys((*said_most, *everything(kb)[::10]))


@pytest.mark.parametrize(
    "chosen",
    [worst_and_a_sample, pytest.param(everything, marks=pytest.mark.slow)],
    ids=lambda one: one.__name__,
)
def test_every_product_of_the_catalogue_is_explained_on_one_screen(kb, chosen, assert_one_screen):
    judge = kb.judge()
    for product in chosen(kb):
        record, texts = short(kb, judge, product)
        assert_one_screen(record, texts)
        assert all(len(line) <= 80 for line in texts[80].splitlines() if len(line.split()) > 2)


@pytest.mark.parametrize("what", WORST)
def test_the_worst_unseen_structures_are_explained_on_one_screen(kb, what, assert_one_screen):
    record, texts = short(kb, kb.judge(), what)
    assert_one_screen(record, texts)
    assert texts[80].count(what) >= 1 or record["ligand_name"] != what


@pytest.mark.parametrize("partner", ["oleylammonium", "caesium", "lead", "none"])
def test_a_form_that_many_products_bring_is_explained_on_one_screen(kb, partner, assert_one_screen):
    assert partner in (*all_partner_ids(kb.catalogue, kb.ligands), "none")
    for form in ("chloride", "bromide", "iodide", "acetate", "oleate", "hexylphosphonate"):
        pairs = {pair.partner_id for pair in laid_out(kb, partner) if pair.form.name == form}
        if pairs:
            assert_one_screen(*short(kb, kb.judge(), form, partners=[partner]))


def laid_out(kb, partner):
    return lay_out_pairs(kb.catalogue, kb.ligands, [partner])


@pytest.mark.parametrize("allow", [(), ("lethal",)])
def test_a_lifted_veto_is_still_said(kb, allow, assert_one_screen):
    record, texts = short(kb, kb.judge(allow), "OC(=O)CF", allow=allow)
    assert_one_screen(record, texts)
    assert ("veto lifted on your word: lethal" in texts[80]) is bool(allow)
    assert ("NOT TO BE BOUGHT" in texts[80]) is not allow


def test_evidence_is_cut_from_the_weak_end_and_counted(kb, explained):
    record = explained("DDAB")
    text = render(explanation_document(record, kb.meta()), "text", 80)
    measured = text.split("\nMEASURED\n")[1].split("\n\n")[0]
    count = int(re.search(r"and (\d+) more \(", measured)[1])
    first = [line for line in measured.splitlines() if line.startswith("  - ")]
    assert count + len(first) - 1 == len(record["evidence"])
    assert "70 → 96 %, improved" in first[0]
    relations = [one["relation"][:4] for one in strongest_first(record["evidence"])]
    assert relations == sorted(relations, key=["this", "remo", "near"].index)


def test_json_holds_all_of_it_whether_the_screen_does_or_not(kb, explained, as_json):
    record = explained("DDAB")
    found = as_json(explanation_document(record, kb.meta()))
    assert found == as_json(full_explanation_document(record, kb.meta()))
    assert len(found["evidence"]) == len(record["evidence"])


def test_a_long_hostile_name_costs_no_line_of_danger(tmp_path, assert_one_screen):
    name = "<b>=cmd()\u202e" + "x" * 9_000
    note = "n" * 5_000
    (tmp_path / "ligands.csv").write_text(f"id,name,smiles,note\nmine,{name},OC(=O)C(F)Cl,{note}\n")
    kb = lk.load(data=[tmp_path])
    record, texts = short(kb, kb.judge(), "mine")
    assert_one_screen(record, texts)
    assert "\u202e" not in texts[80]


def test_hardness_stands_beside_the_reference_of_its_class(explained, kb):
    for name, reference in (("benzoate", "oleate"), ("pyridine", "oleylamine")):
        record = explained(name)
        assert record["reference"]["binding_form"] == reference
        text = render(explanation_document(record, kb.meta()), "text", 80)
        for one in (record, record["reference"]):
            assert f"{one['descriptors']['hardness_ev']['value']:.2f} eV" in text
            assert f"{one['descriptors']['softness_per_ev']['value']:.3f}/eV" in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("FCC[NH3+].[Br-]", True),
        ("FCCBr", True),  # whose verdict tells of the missing donor group
        ("C[As](C)(=O)O", True),
        ("CN=C=O", False),  # vetoed
        ("OC(=O)c1ccccc1", False),
    ],
)
def test_what_an_unread_label_would_have_to_clear_is_a_danger(kb, explained, form, said):
    record = explained(form)
    text = " ".join(render(explanation_document(record, kb.meta()), "text", 80).split())
    danger = text.partition("DANGER")[2].partition("VERDICT")[0]
    assert ("! can't be excluded to be lethal: " in danger) == said


def test_what_a_salt_bears_by_its_amine_has_its_source(kb, explained):
    record = explained("octylammonium bromide")
    (product,) = record["safety"]["products"]
    (inherited,) = product["inherited"]
    assert inherited.startswith("H300 by CCCCCCCCN in it (Japan, NITE, FY")
    assert inherited in product["text"]
    for document in (explanation_document, full_explanation_document):
        assert inherited in " ".join(render(document(record, kb.meta()), "text", 80).split())
    # What stands on its own label, too, is said there with its source.
    assert explained("sodium azide")["safety"]["products"][0]["inherited"] == []


def test_nothing_known_is_never_a_clearance(kb, explained):
    text = render(explanation_document(explained("OC(=O)c1ccc(CCC)cc1Br"), kb.meta()), "text", 80)
    said = " ".join(text.split())
    assert "this structure: label not read (not known: explosive, lethal, corrosive, toxic" in said
    assert "No tag is not a clearance" in said


def test_thousands_of_outcomes_still_make_one_screen(kb, explained):
    record = explained("benzoate")
    many = record | {"evidence": record["evidence"] * 3_000}
    text = render(explanation_document(many, kb.meta()), "text", 80)
    assert text.count("\n") <= LINES
    assert re.search(r"and 59\d\d more \(", text)


def test_the_dose_that_did_harm_stands_beside_its_tag_and_in_the_full_answer(explained, kb):
    record = explained("DDAB")
    short = " ".join(render(explanation_document(record, kb.meta()), "text", 80).split())
    said = "over-dosing: 70 → 4 %, decreased; 0.25 mmol/L; 10 min (10.1021/acs.chemmater.7b04142)"
    assert short.index("DANGER") < short.index(said) < short.index("VERDICT")
    assert "0.25 mmol/L; 10 min" in render(full_explanation_document(record, kb.meta()), "text", 200)
