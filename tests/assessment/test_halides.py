"""Whose halide is it? Credit for passivation and the warning of anion exchange hang on the answer."""

from __future__ import annotations

import pytest

from ligandkb.missing import Missing

QUATERNARY = "[Br-].CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC"


@pytest.mark.parametrize(
    ("smiles", "composition", "own", "foreign", "shifts"),
    [
        (QUATERNARY, "CsPbBr3", True, False, False),
        (QUATERNARY, "CsPbI3", False, True, False),
        (QUATERNARY, "CsPbBr1.5Cl1.5", Missing, False, True),
        (QUATERNARY, "CsPbBr1.5I1.5", Missing, False, True),
        (QUATERNARY, "CsPb(Cl/Br)3", Missing, Missing, True),
        (QUATERNARY, "CsPb(Cl/I)3", False, True, True),
        (QUATERNARY, "CsPbX3", Missing, Missing, Missing),
        ("Br[Pb]Br", "CsPbBr3", True, False, False),
        # A mixed metal halide was once credited by whichever halide came first in the alphabet.
        ("Br[Pb]Cl", "CsPbBr3", False, True, False),
        ("Br[Pb]Cl", "CsPbCl3", False, True, False),
        ("Br[Pb]Cl", "CsPbBr1.5Cl1.5", Missing, False, True),
        ("F[Zn]F", "CsPbBr3", False, False, False),
    ],
)
def test_whose_halide_it_is(kb, smiles, composition, own, foreign, shifts):
    values = kb.assess(smiles, composition=composition).values
    for name, wanted in (
        ("halide_is_own", own),
        ("brings_foreign_halide", foreign),
        ("shifts_halide_ratio", shifts),
    ):
        if wanted is Missing:
            assert isinstance(values[name], Missing), name
        else:
            assert values[name] is wanted, name


def test_a_mixed_crystal_gives_a_tag_and_leaves_the_credit_open(kb):
    found = kb.assess(QUATERNARY, composition="CsPbBr1.5Cl1.5")
    assert "anion-exchange" in found.safety.tags
    assert found.verdict == "undecided"
    assert found.score_low < found.score_high


def test_several_halides_in_one_salt_read_mixed(kb):
    assert kb.assess("Br[Pb]Cl").values["bound_halide"] == "mixed"
    assert kb.assess("Br[Pb]Br").values["bound_halide"] == "Br"


@pytest.mark.parametrize("composition", ["CsPbBr3", "CsPbI3", "CsPbBr1.5Cl1.5"])
def test_a_chloride_that_improved_the_chloride_lifts_no_other_crystal(kb, composition):
    there, here = (kb.assess("cadmium chloride", composition=one) for one in ("CsPbCl3", composition))
    assert there.evidence.observed == "improved"
    assert here.evidence.near
    assert here.evidence.near_observed is None


@pytest.mark.parametrize(
    ("smiles", "foreign"),
    [
        ("O=C(Cl)c1ccccc1", True),
        ("CS(=O)(=O)Cl", True),
        ("C[Si](C)(C)Cl", True),
        ("ClP(Cl)c1ccccc1", True),
        ("C[Si](C)(C)Br", False),
        ("OC(=O)c1ccc(Cl)cc1", False),
        ("OC(=O)CCCl", False),
    ],
)
def test_halide_that_is_easily_set_free_counts_as_brought(kb, smiles, foreign):
    assert kb.assess(smiles, composition="CsPbBr3").values["brings_foreign_halide"] is foreign
