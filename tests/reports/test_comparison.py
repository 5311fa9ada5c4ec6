"""Do ligands side by side read as an argument: constants, what they add, and why hardness says otherwise?"""

from __future__ import annotations

import pytest

from ligandkb.assessment.explanation import explanation_record
from ligandkb.reports.comparison import comparison_document, side_by_side_names
from ligandkb.reports.render import render

ARGUED = ("benzoate", "oleate", "formate", "picolinate")


@pytest.fixture(scope="module")
def records(explained):
    return [explained(name) for name in ARGUED]


@pytest.fixture(scope="module")
def document(records, kb):
    return comparison_document(records, kb.meta())


def section(text: str, title: str) -> str:
    return text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]


@pytest.mark.parametrize("width", [80, 120, 200])
def test_constants_stand_beside_what_they_add_and_the_verdict(document, records, width):
    found = section(render(document, "text", width), "LEAD AGAINST THE PROTON")
    said = " ".join(found.split())
    for record in records:
        values = {name: entry["value"] for name, entry in record["descriptors"].items()}
        rule = next(rule for rule in record["rules"] if rule["id"] == "lead-over-proton")
        for part in (
            f"{values['lead_log_k1']:.2f}",
            f"{values['conjugate_acid_pka']:.2f}",
            f"{values['lead_over_proton_above_acetate']:+.2f}",
            f"{rule['added']:+.2f}, {rule['grade']:.0%} of {rule['weight']:+.2f}",
            record["verdict"],
            values["lead_over_proton_origin"],
        ):
            assert part in said
    assert all(len(line) <= width for line in found.splitlines())


def test_formate_is_what_its_interval_makes_it_and_hardness_had_it_wrong(document, records):
    formate = records[ARGUED.index("formate")]
    low = formate["descriptors"]["lead_over_proton_above_acetate_low"]["value"]
    assert formate["descriptors"]["hardness_above_reference_ev"]["value"] > 0
    assert formate["verdict"] == ("recommended" if low > 0 else "undecided")
    said = " ".join(section(render(document, "text", 120), "LEAD AGAINST THE PROTON").split())
    assert "formate: computed hardness says the opposite, 0.34 eV harder than oleate." in said
    assert said.count("computed hardness says the opposite") == 1


def test_a_graded_rule_that_adds_other_amounts_makes_the_difference(document, records, kb):
    found = section(render(document, "text", 200), "RULES THAT MAKE THE DIFFERENCE")
    assert "[lead-over-proton: +1.15]" in found
    assert "tag packs-worse" not in found  # said under danger; all is with the rest
    whole = render(comparison_document(records, kb.meta(), full=True), "text", 200)
    assert "benzoate, formate, picolinate: silent" in section(whole, "RULES THAT MAKE THE DIFFERENCE")


def test_labels_that_nobody_read_make_no_difference(records, kb):
    for full in (False, True):
        text = render(comparison_document(records, kb.meta(), full=full), "text", 200)
        assert "statement_h" not in section(text, "RULES THAT MAKE THE DIFFERENCE")


def test_where_nothing_is_known_of_lead_there_is_no_such_section(explained, kb):
    neutral = comparison_document([*map(explained, ("oleylamine", "trioctylphosphine"))], kb.meta())
    assert "LEAD AGAINST THE PROTON" not in render(neutral, "text", 120)


def test_partners_are_named_with_the_verdict_and_forms_elsewhere(explained, kb):
    mixed = render(comparison_document([*map(explained, ("benzoate", "DDAB"))], kb.meta()), "text", 200)
    assert "benzoate + oleylammonium" in section(mixed, "VERDICT")
    assert "bromide + didodecyldimethylammonium" in section(mixed, "VERDICT")
    found = section(mixed, "LEAD AGAINST THE PROTON")
    assert "no pKa of the proton at the donor that binds" in found
    assert " + " not in found


UNSEEN = ("OC(=O)c1ccc(CCC)cc1Br", "OC(=O)c1ccc(C(F)(F)C(F)(F)F)cc1", "OC(=O)CF")


def test_dangers_of_structures_without_names_are_told_apart(explained, kb):
    text = render(comparison_document([*map(explained, UNSEEN)], kb.meta()), "text", 80)
    danger = " ".join(section(text, "DANGER").split())
    assert "this structure" not in text
    assert "structure 1: label not read" in danger
    assert "structure 2: pfas (structure)" in danger
    assert danger.startswith("! fluoroacetate: VETO lethal")
    assert danger.count("oleylamine: corrosive") == 1
    for smiles in UNSEEN[:2]:
        assert text.count(smiles) == 1


def test_one_ligand_with_two_partners_has_two_names(kb):
    records = []
    for partner in ("oleylammonium", "caesium"):
        first, *others = kb.assess_all("benzoate", partners=[partner])
        records.append(explanation_record(kb.judge(), first, others))
    assert side_by_side_names(records) == ["benzoate + oleylammonium", "benzoate + caesium"]
    assert side_by_side_names([records[0]] * 2) == [f"benzoate + oleylammonium ({n})" for n in (1, 2)]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("asked", [ARGUED, ("DDAB", "pyridine", *UNSEEN)])
def test_a_comparison_fits_eighty_columns(explained, kb, asked, full):
    text = render(comparison_document([*map(explained, asked)], kb.meta(), full=full), "text", 80)
    assert all(len(line) <= 80 for line in text.splitlines() if len(line.split()) > 2)
    assert ("DESCRIPTORS THAT DIFFER" in text) is full


@pytest.mark.parametrize("full", [False, True])
def test_no_danger_is_lost_side_by_side(explained, kb, lost_dangers, full):
    names = ("benzoate", "formate", "[N-]=[N+]=[N-].[Na+]", "O=C(O)CF", "lead oleate", *UNSEEN[:2])
    records = [*map(explained, names)]
    text = render(comparison_document(records, kb.meta(), full=full), "text", 200)
    danger = section(text, "DANGER").replace("VETO: ", "VETO ")
    for record in records:
        assert lost_dangers(record, danger) == []
