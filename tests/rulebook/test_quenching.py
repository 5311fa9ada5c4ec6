"""Does the electron affinity count as it was declared, and no more than once?"""

from __future__ import annotations

import pytest

from ligandkb.rules.rule import Ramp

RULE, TAG = "accepts-the-excited-electron", "may-quench-by-electron-affinity"
PARTNER = "partner-accepts-the-excited-electron"


def state(kb, what, *, composition="CsPbBr3", rule=RULE):
    assessment = kb.assess(what, composition=composition)
    return next(one for one in kb.rule_states(assessment) if one.rule.id == rule)


@pytest.mark.parametrize(
    ("name", "column"),
    [(RULE, "vertical_electron_affinity_ev"), (PARTNER, "partner_electron_affinity_ev")],
)
def test_the_ramp_is_the_declared_one(kb, name, column):
    rule = next(rule for rule in kb.rulebook.rules if rule.id == name)
    assert rule.graded == (Ramp(column, 0.5, 1.0),)
    assert rule.weight == -kb.rulebook.vocabulary.weights["weak"].log_odds


def test_the_weight_grows_along_the_ramp(kb):
    silent, partly, whole = (
        state(kb, what) for what in ("benzoate", "4-trifluoromethyl-benzoic-acid", "4-nitrobenzoate")
    )
    assert (silent.state, whole.grade) == ("silent", 1.0)
    assert 0 < partly.grade < 1
    assert silent.added == 0 > partly.added > whole.added


def test_other_crystals_get_the_tag_alone(kb):
    assert state(kb, "4-nitrobenzoate", composition="CsPbCl3").state == "silent"
    assert state(kb, "4-nitrobenzoate", composition="CsPbCl3", rule=TAG).state == "fired"


def test_what_has_a_rule_of_its_own_is_counted_once(kb):
    porphyrin = "5-10-15-20-tetraphenylporphyrin"
    assert state(kb, porphyrin, rule="redox-active-molecule").state == "fired"
    assert state(kb, porphyrin).state == "silent"


def test_an_affinity_that_nobody_computed_says_nothing(kb):
    unseen = state(kb, "OC(=O)c1cc(F)ccc1Cl")
    assert unseen.state == "unknown"
    assert unseen.contribution == (0.0, 0.0)


def test_halides_have_none(kb):
    assert state(kb, "bromide").state == "not applicable"


def test_a_conjugated_cation_is_unknown_and_a_saturated_one_is_not(kb):
    unknown = state(kb, "[Br-].CCCC[n+]1ccccc1", rule=PARTNER)
    assert unknown.state == "unknown"
    assert unknown.contribution == (0.0, 0.0)
    assert state(kb, "[Br-].CCCC[N+](CCCC)(CCCC)CCCC", rule=PARTNER).state == "not applicable"
    assert state(kb, "oleate", rule=PARTNER).state == "silent"
