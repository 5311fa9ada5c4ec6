from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import get_type_hints

import pytest

from ligandkb.chemistry.lasting import LASTING
from ligandkb.chemistry.plain_values import plain_form
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.storage import structure_answers  # noqa: F401 - with it all that last are there


class Kind(StrEnum):
    ACID = "acid"


@dataclass(frozen=True)
class Part:
    name: str
    charge: int
    kind: Kind
    places: tuple[int, ...]


VALUES = [
    (str, "C"),
    (bool, True),
    (Part, Part("a", -1, Kind.ACID, (0, 2))),
    (tuple[Part, ...], (Part("a", 0, Kind.ACID, ()),)),
    (frozenset[str], frozenset({"b", "a"})),
    (Part | None, None),
    (Known[str], "C"),
    (Known[str], NotApplicable("no")),
    (Known[float], Missing("compute")),
]


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_what_is_written_is_read_back(kind, value):
    form = plain_form(kind)
    again = form.read(json.loads(json.dumps(form.write(value))))
    assert (again, type(again)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (str, 1), (int, True), (int, 1.0), (float, 1), (bool, 1), (Kind, "base"), (Kind, []), (Kind, None),
        (Part, ["a", 0, "acid"]), (Part, ["a", 0, "acid", [], 1]), (Part, {"name": "a"}), (Part, "abcd"),
        (Part, ["a", 0, "acid", ["0"]]), (tuple[int, ...], "12"), (tuple[int, ...], {"1": 2}), (frozenset[str], [[]]),
        (Known[str], "C"), (Known[str], [9, "C"]), (Known[str], [-1, "C"]), (Known[str], [True, "C"]), (Part | None, None),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(kind, plain):
    with pytest.raises(ValueError, match=r"not a|is not a valid"):
        plain_form(kind).read(plain)


@pytest.mark.parametrize("kind", [dict[str, str], list[str], object, tuple[int, str]])
def test_a_type_without_a_plain_form_is_a_fault_of_ours(kind):
    with pytest.raises(TypeError, match="no plain form"):
        plain_form(kind)


def test_all_that_lasts_has_a_plain_form_and_a_name_of_its_own():
    assert set(LASTING) >= {"alerts_of", "binding_forms", "split", "canonical", "head_of"}
    for answers in LASTING.values():
        *asked, _ = get_type_hints(answers._function).values()
        assert asked == [str] and answers.form
