"""Is what was said once remembered, until it is forgotten?"""

from __future__ import annotations

import pytest

from ligandkb.chemistry.remembered import forget, told
from ligandkb.chemistry.structure import canonical, parse, written
from ligandkb.problems import StructureError


def test_what_was_told_is_answered_until_it_is_forgotten():
    asked = []
    length = told(2)(lambda text: asked.append(text) or len(text))
    assert length.tell("CO", 7) == 7 and length.tell("CO", 8) == 7
    assert length("CO") == 7 and not asked
    forget()
    assert length("CO") == 2 and asked == ["CO"]


def test_no_more_is_kept_than_was_said():
    asked = []
    length = told(2)(lambda text: asked.append(text) or len(text))
    assert [length(text) for text in ("C", "CC", "CCC", "CCC", "C")] == [1, 2, 3, 3, 1]
    assert asked == ["C", "CC", "CCC", "C"]


def test_a_molecule_is_parsed_as_it_was_written():
    forget()
    ethanol = parse("OCC")
    assert parse(written(ethanol)) is not ethanol and [a.GetSymbol() for a in parse("CCO").GetAtoms()] == [
        *"CCO"
    ]
    assert canonical("OCC") == "CCO"


def test_what_is_refused_is_refused_again():
    for _ in range(2):
        with pytest.raises(StructureError, match="ring"):
            parse("C1CC")
