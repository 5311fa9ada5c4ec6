"""Is a column stated in one place, with everything that others need to know of it?"""

from __future__ import annotations

import pytest

from ligandkb.assessment.columns import ALERT, DEFINITIONS, PAIR, STATEMENT, rule_columns
from ligandkb.assessment.halide_columns import HALIDE
from ligandkb.assessment.partner_columns import PARTNER
from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.forms import form_of
from ligandkb.descriptors import contract
from ligandkb.descriptors.registry import AT_LEAD, STRUCTURAL, structural_values


def test_stating_a_function_makes_the_column():
    of_words = contract.Descriptors[str]()

    @of_words.define("length_nm", "number", "length", unit="nm", minimum=0, maximum=9)
    def length_nm(word: str) -> float:
        return 0.1 * len(word)

    assert of_words.values("abc") == {"length_nm": pytest.approx(0.3)}
    assert of_words.by_name["length_nm"].unit == "nm"
    assert length_nm("ab") == pytest.approx(0.2)


def test_a_name_can_not_be_given_twice():
    of_words = contract.Descriptors[str]()
    of_words.define("is_short", "flag", "short")(lambda word: len(word) < 3)
    with pytest.raises(ValueError, match="two descriptors are called 'is_short'"):
        of_words.define("is_short", "flag", "brief")(lambda word: len(word) < 2)


def test_names_are_unique_among_form_lead_and_pair():
    names = [descriptor.name for descriptor in DEFINITIONS]
    parts = (STRUCTURAL, AT_LEAD, PARTNER, HALIDE, PAIR, ALERT, STATEMENT)
    assert len(names) == len(set(names)) == sum(map(len, parts))
    assert names == [column.name for column in rule_columns()]


def test_every_row_has_every_column_and_nothing_else(kb):
    for composition in ("CsPbBr3", "CsPbX3"):
        for assessment in kb.assessments(parse_composition(composition)):
            assert list(assessment.values) == [descriptor.name for descriptor in DEFINITIONS]


def test_values_of_a_form_are_computed_once_and_can_not_be_changed():
    values = structural_values(form_of("CC(=O)[O-]"))
    assert structural_values(form_of("CC(=O)[O-]")) is values
    with pytest.raises(TypeError):
        values["is_quinone"] = True  # type: ignore[index]
