"""Is everything that a caller needs in one place, and does asking for it load no more than it takes?"""

from __future__ import annotations

import pytest

import ligandkb as lk
from ligandkb.arguments import renamed, several


def test_every_public_name_is_there_and_is_listed():
    assert set(lk.__all__) - {"__version__"} == {*lk._HOMES, *lk._ROOMS}
    for name in lk.__all__:
        assert getattr(lk, name) is not None
    assert dir(lk) == sorted(lk.__all__)


def test_a_name_that_is_not_there_is_said_as_ever():
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = lk.lode


def test_the_rooms_and_functions_of_the_guide_are_at_hand():
    assert lk.surface.__name__ == "ligandkb.surface"
    assert lk.parse_composition("CsPbBr3").is_pure


@pytest.mark.parametrize(
    ("given", "expected"), [("ab", ("ab",)), (["ab", "c"], ("ab", "c")), ((), ()), (None, ()), (3.0, (3.0,))]
)
def test_one_is_told_from_several(given, expected):
    assert several(given) == expected


def test_an_old_name_still_works_and_says_the_new_one():
    with pytest.warns(FutureWarning, match="partner is called partners now: write partners='caesium'"):
        assert renamed("partner", "partners", "caesium", None) == "caesium"
    with pytest.raises(TypeError, match="old name"):
        renamed("partner", "partners", "caesium", "lead")


def test_one_name_for_partners_a_text_or_a_list(kb):
    assert kb.assess("benzoate", partners="oleylammonium") == kb.assess(
        "benzoate", partners=["oleylammonium"]
    )
    assert set(kb.rank(partners="caesium")["partner"]) <= {"caesium", "none"}
    assert kb.rank(partners="caesium").equals(kb.rank(partners=["caesium"]))
    assert len(kb.assess_all("benzoate", partners=("caesium", "oleylammonium"))) == 2


def test_the_old_name_of_partners_is_read_with_a_note(kb):
    with pytest.warns(FutureWarning, match="partners"):
        assert kb.assess("benzoate", partner="caesium").pair.partner_id == "caesium"


def test_a_veto_may_be_named_by_a_text(kb):
    assert kb.assess("OC(=O)CF", allow="lethal").safety.lifted == ("lethal",)


def test_a_plan_is_for_one_partner(kb):
    sample = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
    with pytest.raises(lk.UsageError, match="a plan is for one partner, not for 2"):
        kb.plan("benzoate", partners=["oleylammonium", "octylammonium"], **sample)
    assert kb.plan("benzoate", partners=["oleylammonium"], **sample) == kb.plan("benzoate", **sample)


def test_answers_say_by_which_schema_they_are_written(kb):
    assert isinstance(kb.meta()["schema_version"], int)
    assert kb.rank(top=1).attrs["schema_version"] == kb.meta()["schema_version"]
