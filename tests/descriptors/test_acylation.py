from __future__ import annotations

import pytest

from ligandkb.descriptors.acylation import is_acylating_agent


@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("O=C(Cl)c1ccc(C(=O)[O-])cc1", True),
        ("CC(=O)OC(C)=O", True),
        ("O=C1OC(=O)c2cc(C(=O)[O-])ccc21", True),
        ("O=C=Nc1ccc(C(=O)[O-])cc1", True),
        ("O=S(=O)(F)c1ccc(C(=O)[O-])cc1", True),
        ("COC(=O)Cl", True),
        ("CC(=O)OC", False),
        ("S=C=Nc1ccccc1", False),
        ("CS(=O)(=O)[O-]", False),
        ("O=C([O-])CCCl", False),
        ("N#C[O-]", False),
    ],
)
def test_what_reacts_with_an_amine(smiles, expected):
    assert is_acylating_agent(smiles) is expected


def test_the_ranking_tags_it_as_a_danger_to_the_sample(kb):
    found = kb.assess("OC(=O)c1ccc(cc1)C(=O)Cl")
    assert "reacts-with-amine" in found.safety.tags
    assert "reacts-with-amine" not in kb.assess("benzoic acid").safety.tags
