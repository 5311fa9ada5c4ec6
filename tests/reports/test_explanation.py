"""Does an explanation's sum come to its score?"""

from __future__ import annotations

import re

import pytest

from ligandkb.reports.explanation import effect_text, explanation_document
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
    text = render(explanation_document(record, kb.meta()), "text", 200)
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
