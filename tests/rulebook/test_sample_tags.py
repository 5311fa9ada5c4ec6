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
    ("CC[O+](CC)[B-](F)(F)F", "reacts-with-amine"),
    ("Clc1nc(Cl)nc(Cl)n1", "reacts-with-amine"),
    ("O=[N+]([O-])c1ccc(F)c([N+](=O)[O-])c1", "reacts-with-amine"),
    ("Clc1ncccn1", "reacts-with-amine"),
    ("O=[N+]([O-])c1ccc(Cl)c2nonc12", "reacts-with-amine"),
    ("CCOC(=O)CBr", "reacts-with-amine"),
    ("N#CCBr", "reacts-with-amine"),
    ("[Cl-].[NH3+]CCCl", "reacts-with-amine"),
    ("COS(=O)(=O)F", "reacts-with-amine"),
    ("COS(=O)(=O)F", "toxic"),
    ("CCOS(=O)(=O)OCC", "reacts-with-amine"),
    ("O=S1(=O)CCCO1", "reacts-with-amine"),
    ("[Al](Cl)(Cl)Cl", "reacts-with-amine"),
    ("ClP(Cl)Cl", "reacts-with-amine"),
    ("CC[Zn]CC", "reacts-with-amine"),
    ("OC(=O)CCCCC1CO1", "reacts-with-amine"),
    ("CCCCCCN=C=S", "reacts-with-amine"),
    ("C1CCC(CC1)N=C=NC1CCCCC1", "reacts-with-amine"),
    ("CC1CC(=O)O1", "reacts-with-amine"),
    ("CCCCCC(=O)ON1C(=O)CCC1=O", "reacts-with-amine"),
    ("CC(=O)Oc1c(F)c(F)c(F)c(F)c1F", "reacts-with-amine"),
    ("CCCC[Si](C)(C)Cl", "reacts-with-amine"),
    ("OC(=O)c1ccc(C=O)cc1", "reacts-with-amine"),
    # a strong acid beside its salt or a weaker acid
    ("[Na+].CS(=O)(=O)[O-].CS(=O)(=O)O", "strong-acid"),
    ("C[NH3+].CS(=O)(=O)[O-].CS(=O)(=O)O", "strong-acid"),
    ("CS(=O)(=O)O.CC(=O)O", "strong-acid"),
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
NEW_TAGS = {
    "reacts-with-amine",
    "strips-lead",
    "a-site-exchange",
    "layered-phase",
    "may-quench",
    "strong-acid",
}


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
        "Fc1c(F)c(F)c(F)c(F)c1F",
        "[Cl-].C[N+](C)(C)CCCl",
        "O.O.O.O.O.O.[Al+3].[Cl-].[Cl-].[Cl-]",
        "[Zn+2].[Br-].[Br-]",
        "Nc1nc(N)nc(N)n1",
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
    assert found.score <= 0.0  # nothing speaks for them; their weaker hold of lead may cost
    assert found.score_high == 0.0


UNREAD = [
    ("CCCCCCCCCCCCCCCCCCN=C=O", "isocyanate"),
    ("CCOC(=O)CI", "halocarbonyl"),
    ("CC(C)C(Cl)Cl.O=C(CCl)CC", "halocarbonyl in a mixture"),
    ("CCOP(=S)(OCC)Oc1ccc(cc1)C(=O)O", "organophosphate"),
    ("NNCCC(=O)O", "hydrazine"),
    ("NNC(=S)NCCCC", "thiosemicarbazide"),
]


@pytest.mark.parametrize("smiles", [smiles for smiles, _ in UNREAD], ids=[kind for _, kind in UNREAD])
def test_a_member_of_a_kind_that_is_mostly_fatal_is_never_recommended_unread(kb, smiles):
    row = kb.assess(smiles)
    assert "toxic" in row.safety.tags
    assert not row.safety.vetoes
    assert row.verdict != "recommended"


@pytest.mark.parametrize(
    "smiles", ["CCCCCCCCCCCC(=O)O", "O=Cc1ccccc1", "CCCCOP(=O)(OCCCC)OCCCC", "NNC(=O)CCCCC"]
)
def test_its_harmless_cousin_is(kb, smiles):
    row = kb.assess(smiles)
    assert "toxic" not in row.safety.tags
    assert "can't be excluded" not in row.verdict_reason
