"""Is it said that a bottle holds more than the one structure that is weighed in?"""

from __future__ import annotations

import pytest

from ligandkb.problems import InputError

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DBSA", "a mixture of isomers and of chain lengths"),
        ("soy lecithin", "a mixture of natural phospholipids"),
    ],
)
def test_a_plan_with_a_mixture_says_so(kb, name, said):
    plan = kb.plan(name, **SAMPLE)
    assert [caution.severity for caution in plan.cautions if said in caution.text] == ["caution"]


def test_other_notes_are_no_caution(kb):
    assert not any("screening" in caution.text for caution in kb.plan("oleic acid", **SAMPLE).cautions)


def test_a_refusal_names_the_bottle_that_bears_the_veto(kb):
    with pytest.raises(InputError, match=r"^octylamine: vetoed \(lethal\).*choose another partner"):
        kb.plan("octanoic acid", partners="octylammonium", **SAMPLE)
