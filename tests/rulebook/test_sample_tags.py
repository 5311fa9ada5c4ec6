"""Is what spoils a sample tagged on the row, and its harmless cousin left alone?"""

from __future__ import annotations

import pytest

TAGGED = [
    # C6: reacts with the amine
    ("OC(=O)c1ccc(cc1)C(=O)Cl", "reacts-with-amine"),
    ("Fc1nc(F)nc(F)n1", "reacts-with-amine"),
    ("Clc1nc(OC)nc(OC)n1", "reacts-with-amine"),
    ("OC(=O)c1ccc(CBr)cc1", "reacts-with-amine"),
    ("COS(=O)(=O)C(F)(F)F", "reacts-with-amine"),
    ("CCOS(=O)(=O)c1ccc(C)cc1", "reacts-with-amine"),
    ("FB(F)F", "reacts-with-amine"),
    ("FB(F)F", "lethal"),
    ("OC(=O)CCCCC1CO1", "reacts-with-amine"),
    ("CCCCCCN=C=S", "reacts-with-amine"),
    ("C1CCC(CC1)N=C=NC1CCCCC1", "reacts-with-amine"),
    ("CC1CC(=O)O1", "reacts-with-amine"),
    ("CCCCCC(=O)ON1C(=O)CCC1=O", "reacts-with-amine"),
    ("CC(=O)Oc1c(F)c(F)c(F)c(F)c1F", "reacts-with-amine"),
    ("CCCC[Si](C)(C)Cl", "reacts-with-amine"),
    ("OC(=O)c1ccc(C=O)cc1", "reacts-with-amine"),
    # C12: takes lead out of the crystal
    ("OC(=O)C(=O)O", "strips-lead"),
    ("OC(=O)CN(CCN(CC(=O)O)CC(=O)O)CC(=O)O", "strips-lead"),
    ("OC(=O)[C@@H](S)[C@@H](S)C(=O)O", "strips-lead"),
    ("N[C@@H](CS)C(=O)O", "strips-lead"),
    # C13: what the cation does
    ("[Br-].C[NH3+]", "a-site-exchange"),
    ("[Br-].NC=[NH2+]", "a-site-exchange"),
    ("[Cl-].NC(N)=[NH2+]", "a-site-exchange"),
    ("[I-].[NH3+]CCc1ccccc1", "layered-phase"),
    ("[Br-].CCCC[NH3+]", "layered-phase"),
    # C14: acceptors by structure
    ("Nc1ccc(cc1)[N+](=O)[O-]", "may-quench"),
    ("Nc1nc2ncc(CNc3ccc(cc3)C(=O)N[C@@H](CCC(=O)O)C(=O)O)nc2c(=O)[nH]1", "may-quench"),
]
NEW_TAGS = {"reacts-with-amine", "strips-lead", "a-site-exchange", "layered-phase", "may-quench"}


@pytest.mark.parametrize(("smiles", "tag"), TAGGED)
def test_what_spoils_the_sample_is_tagged(kb, smiles, tag):
    assert tag in kb.assess(smiles).safety.tags


@pytest.mark.parametrize(
    "smiles",
    [
        "OC(=O)c1ccc(Cl)cc1",
        "OC(=O)C1CCCO1",
        "O=C1CCCO1",
        "[K+].[S-]C#N",
        "NC(=O)NCCCC",
        "O=C1CCC(=O)N1",
        "CC(=C)C(=O)O",
        "OC(=O)CCCCCCl",
        "Clc1ccccn1",
        "[Na+].CS(=O)(=O)[O-]",
        "[Na+].CCCCCCCCCCCCOS(=O)(=O)[O-]",
        "CCCCCCCCCCCC(=O)O",
        "OC(=O)CCC(=O)O",
        "CCCCCCCCCCCCS",
        "[Br-].CCCCCCCC/C=C\\CCCCCCCC[NH3+]",
        "[Br-].CCCC[N+](CCCC)(CCCC)CCCC",
        "OC(=O)c1ccccc1",
        "CCCCCCCCP(CCCCCCCC)CCCCCCCC",
    ],
)
def test_harmless_cousins_stay_free(kb, smiles):
    assert not NEW_TAGS & set(kb.assess(smiles).safety.tags)


def test_boron_trifluoride_is_vetoed_and_its_salts_are_not(kb):
    assert kb.assess("FB(F)F").safety.vetoes
    assert not kb.assess("[Na+].F[B-](F)(F)F").safety.vetoes


@pytest.mark.parametrize("smiles", ["c1ccc(cc1)Nc1ccccc1", "CCCCCCCCc1ccc(cc1)Nc1ccc(CCCCCCCC)cc1"])
def test_diarylamines_earn_nothing(kb, smiles):
    found = kb.assess(smiles)
    assert (found.score, found.score_low, found.score_high) == (0.0, 0.0, 0.0)
