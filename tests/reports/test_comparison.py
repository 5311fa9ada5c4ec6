"""Do ligands side by side read as an argument: constants, what they add, and why hardness says otherwise?"""

from __future__ import annotations

import pytest

from ligandkb.reports.comparison import comparison_document
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


def test_a_graded_rule_that_adds_other_amounts_makes_the_difference(document):
    found = section(render(document, "text", 200), "RULES THAT MAKE THE DIFFERENCE")
    assert "[lead-over-proton: +1.15]" in found
    assert "benzoate, formate, picolinate: silent" in found


def test_labels_that_nobody_read_make_no_difference(document):
    assert "statement_h" not in section(render(document, "text", 200), "RULES THAT MAKE THE DIFFERENCE")


def test_where_nothing_is_known_of_lead_there_is_no_such_section(explained, kb):
    neutral = comparison_document([*map(explained, ("oleylamine", "trioctylphosphine"))], kb.meta())
    assert "LEAD AGAINST THE PROTON" not in render(neutral, "text", 120)


def test_partners_are_named_where_they_differ(explained, kb):
    mixed = comparison_document([*map(explained, ("benzoate", "DDAB"))], kb.meta())
    found = section(render(mixed, "text", 200), "LEAD AGAINST THE PROTON")
    assert "benzoate (oleylammonium)" in found
    assert "no pKa of the proton at the donor that binds" in found
