"""Of which kinds are so many members fatal that one whose label nobody read can't be taken for harmless?

Each kind was held against the two tables of government classifications in data/hazards; what they say of it stands in
the rationale of the rule (rules/unread.yaml). A kind whose members are almost all fatal, with a common reason, is no
matter of suspicion and stands in lethal.py.
"""

from __future__ import annotations

from collections.abc import Callable

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert, parts
from ligandkb.chemistry.alerts.explosive import NITRO

_ESTER_SIDE = "$([OX2][#6]),$([#7])"  # a group on phosphorus that is no OH, SH or their anions
_LEAVING = (
    "$([SX2][#6]),"  # thiolate
    "$([OX2]c),$([OX2][CX3]=[#6]),$([OX2]N=[#6]),"  # phenol, enol or oxime
    "$([OX2][CX4][CX4]([Cl,Br])[Cl,Br]),"  # a halogenated alcohol that turns into an enol
    "$([OX2](P)P),$([NX2]=[#6])"  # a second phosphorus, a cyclic imine
)


def _within(pattern: str, heavy_atoms: int) -> Callable[[Chem.Mol], bool]:
    """Make the test whether a species that matches has at most so many heavy atoms."""
    compiled = Chem.MolFromSmarts(pattern)

    def small(mol: Chem.Mol) -> bool:
        return any(
            part.GetNumHeavyAtoms() <= heavy_atoms and part.HasSubstructMatch(compiled) for part in parts(mol)
        )

    return small


_HALOCARBONYL = "[Cl,Br,I][CX4;H2][$([CX3;!$(C~[#7,F,Cl,Br,I])]=[OX1]),$([CX2]#[NX1])]"
_HALOHYDRIN = "[Cl,Br,I][CX4;H2][CX4;!$(C(O)O);!$(CCl)][OX2;!$(O[#6]=*);!$(Oc);!$(O[#15,#16])]"
_ENAL = "[CX3;H1](=[OX1])[CX3;!$(C-c)]=[CX3;H1,H2;!$(C-c)]"
_BARE_N = "!$(N~[#6,#15,#16]=[#7,#8,#16]);!$(N=*)"
_HYDRAZINE = f"[NX3;H1,H2;{_BARE_N}][NX3;{_BARE_N};!$(N[NX2]);!R]"

SUSPECTED_ALERTS: tuple[Alert, ...] = (
    # ---- what reacts with the body as it does with an amine ------------------------------------------------
    Alert(
        "is_isocyanate",
        "[CX2](=[OX1])=[NX2][#6,#14,#16]",
        "isocyanate",
        ("CCCCN=C=O", "O=C=Nc1ccccc1", "O=C=NCCCCCCN=C=O", "CCO[Si](CCCN=C=O)(OCC)OCC"),
        ("CCCCN=C=S", "[K+].[O-]C#N", "NC(N)=O", "CC#N", "CCCC[N+]#[C-]"),
    ),
    Alert(
        "is_chloroformate",
        "[Cl,Br][CX3](=[OX1])[OX2][#6]",
        "ester of chloro- or bromoformic acid",
        ("CCOC(=O)Cl", "ClC(=O)OCC(C)C", "ClC(=O)Oc1ccccc1"),
        ("CC(=O)Cl", "CCOC(=O)CCl", "COC(=O)OC", "CN(C)C(=O)Cl"),
    ),
    Alert(
        "is_small_halocarbonyl",
        _HALOCARBONYL,
        "ketone, aldehyde, ester, acid or nitrile with Cl, Br or I on the CH2 beside it and up to ten heavy atoms",
        (
            "CCOC(=O)CBr",
            "CC(=O)CCl",
            "O=C(CCl)c1ccccc1",
            "OC(=O)CI",
            "[Na+].[O-]C(=O)CCl",
            "ClCC#N",
            "O=CCCl",
        ),
        (
            "OC(=O)C(Cl)Cl",
            "CC(Cl)C(=O)O",
            "NC(=O)CCl",
            "OC(=O)CCCl",
            "OC(=O)CCCCCCCBr",
            "O=C(CBr)c1ccc(cc1)-c1ccccc1",
            "FCC#N",
            "ClCc1ccccc1",
        ),
        condition=_within(_HALOCARBONYL, 10),
    ),
    Alert(
        "is_small_halohydrin",
        _HALOHYDRIN,
        "2-halogenated alcohol, its ether or epoxide, with up to nine heavy atoms",
        ("OCCCl", "ClCCOCCCl", "OCC(O)CCl", "ClCC1CO1", "OC(CCl)CCl"),
        ("OCCCCl", "CC(=O)OCCCl", "CCOC(CCl)Cl", "OCCF", "OCCO", "ClCCOP(=O)(OCCCl)OCCCl", "ClCC1OCCO1"),
        condition=_within(_HALOHYDRIN, 9),
    ),
    Alert(
        "is_small_enal",
        _ENAL,
        "aldehyde with a double bond beside it, no aryl group on that, and up to seven heavy atoms",
        ("C=CC=O", "CC=CC=O", "CC(=C)C=O"),
        ("CCCC=O", "O=CC=Cc1ccccc1", "CC(C)=CCCC(C)=CC=O", "C=CC(=O)O", "C=CCO"),
        condition=_within(_ENAL, 7),
    ),
    Alert(
        "is_aziridine",
        "[#6;r3;X4]1[#6;r3;X4][#7;r3]1",
        "aziridine",
        ("C1CN1", "CC1CN1", "OCCN1CC1", "S=P(N1CC1)(N1CC1)N1CC1"),
        ("C1CNC1", "C1CO1", "C1CC1", "NC1CC1"),
    ),
    Alert(
        "is_strong_alkylating_ester",
        "[$([CX4H3]),$([CX4H2][CH3])][OX2][SX4](=[OX1])(=[OX1])[$(F),$(C(F)(F)F)]",
        "methyl or ethyl ester of fluorosulfuric or trifluoromethanesulfonic acid",
        ("COS(=O)(=O)F", "COS(=O)(=O)C(F)(F)F", "CCOS(=O)(=O)C(F)(F)F"),
        ("OS(=O)(=O)C(F)(F)F", "CCCCCCOS(=O)(=O)C(F)(F)F", "COS(C)(=O)=O", "[Na+].[O-]S(=O)(=O)F"),
    ),
    # ---- hydrazines and thiosemicarbazides -------------------------------------------------------------------
    Alert(
        "is_small_hydrazine",
        _HYDRAZINE,
        "hydrazine with hydrogen, alkyl or aryl alone on its nitrogen atoms, unprotonated, up to eight heavy atoms",
        ("NN", "CNN", "CN(C)N", "NNc1ccccc1", "CNNC"),
        (
            "NNC(=O)c1ccccc1",
            "NNC(N)=O",
            "C[NH2+]N.[Cl-]",
            "NNS(=O)(=O)c1ccccc1",
            "c1cn[nH]c1",
            "CC=NNC",
            "CCCCCCCCNN",
        ),
        condition=_within(_HYDRAZINE, 8),
    ),
    Alert(
        "is_thiosemicarbazide",
        "[#7]~[#7;!R]~[#6;X3;!R](~[#16;D1])~[#7;!R]",  # open chain, in every tautomer
        "thiosemicarbazide, thiosemicarbazone or thiocarbohydrazide",
        ("NNC(N)=S", "CC(C)=NNC(N)=S", "NNC(=S)NN", "NN=C(N)S"),
        ("NC(N)=S", "NNC(N)=O", "Sc1nnc(S)s1", "Sc1nnc[nH]1", "CNC(=S)NC"),
    ),
    Alert(
        "is_nitrosamine",
        "[#7;X3;$([#7][#6])]~[#7;X2;!$([#7]~[#6])]~[#8;D1]",  # N-N-O, bond orders left open
        "N-nitroso compound: nitrosamine, nitrosourea, nitrosoamide",
        ("CN(C)N=O", "OC(=O)C1CCCN1N=O", "CN(N=O)C(N)=O", "C[N+](C)=N[O-]"),
        ("CN(C)[N+](=O)[O-]", "ONc1ccccc1", "O=Nc1ccccc1", "CCON=O", "CN=[N+]([O-])C", "On1nnc2ccccc12"),
    ),
    Alert(
        "is_nitropropionate",
        f"[#6;X3,X4;H1,H2](~{NITRO})[CX4;H2][$([CX3](=[OX1])[#7,#8]),$([CX4;H2][#8])]",  # O2N-CH2-CH2-C with O
        "3-nitropropionic acid or 3-nitropropan-1-ol, their salts, esters and amides",
        (
            "OC(=O)CC[N+](=O)[O-]",
            "[Na+].[O-]C(=O)CC[N+](=O)[O-]",
            "OCCC[N+](=O)[O-]",
            "OC(=O)CC=[N+]([O-])[O-]",
        ),
        ("CC[N+](=O)[O-]", "OC(=O)CCCC[N+](=O)[O-]", "OC(=O)c1ccc(cc1)[N+](=O)[O-]", "OC(=O)CCO[N+](=O)[O-]"),
    ),
    # ---- what was made to kill -------------------------------------------------------------------------------
    Alert(
        "is_organophosphate_inhibitor",
        "[PX4;!$(P(=O)([OX2]c)[OX2]c)]"  # not the flame retardants with two or three aryl groups on O ...
        f"(~[O,S;D1])([{_ESTER_SIDE}])([{_ESTER_SIDE},$([SX2][#6]),$([#6])])[{_LEAVING}]",  # ... nor anything with OH
        "ester or amide of a phosphorus acid without OH, with a leaving group: thiolate, phenol, enol, oxime",
        (
            "CCOP(=S)(OCC)Oc1ccc(cc1)[N+](=O)[O-]",
            "CCOP(=S)(OCC)SCSC(C)(C)C",
            "COP(N)(=O)SC",
            "COP(=O)(OC)OC=C(Cl)Cl",
            "COP(=O)(OC)OC(Br)C(Cl)(Cl)Br",
            "CCOP(=S)(OCC)OP(=S)(OCC)OCC",
        ),
        (
            "CCCCOP(=O)(OCCCC)OCCCC",
            "O=P(Oc1ccccc1)(Oc1ccccc1)Oc1ccccc1",
            "CCCCC(CC)COP(=O)(Oc1ccccc1)Oc1ccccc1",
            "CCCCCCCCP(=O)(CCCCCCCC)CCCCCCCC",
            "OP(=O)(O)Oc1ccccc1",
            "CCOP(=S)([S-])OCC.[NH4+]",
            "CCCCCCP(=O)(O)O",
            "OP(=O)(Oc1ccccc1)Oc1ccccc1",
        ),
    ),
    Alert(
        "is_methylcarbamate_inhibitor",
        "[CH3][NX3;!$(N[!#1;!$([CH3]);!$([CX3]=O);!$([SX2])])]"  # CH3-N with H, CH3 or S besides, and CO-O ...
        "[CX3](=O)[OX2][$(c),$([NX2]=[#6]),$([CX3;R]=[CX3;R])]",  # ... on an aryl group, an oxime or a ring's enol
        "N-methyl- or N,N-dimethylcarbamate of a phenol, an oxime or a ring's enol",
        (
            "CNC(=O)Oc1cccc2c1OC(C)(C)C2",
            "CC(C)(SC)C=NOC(=O)NC",
            "CNC(=O)Oc1ccccc1",
            "CN(C)C(=O)Oc1cccc([N+](C)(C)C)c1.[Br-]",
            "C[n+]1cccc(OC(=O)N(C)C)c1.[Br-]",
            "CN(C)C(=O)OC1=CC(=O)CC(C)(C)C1",
            "CCCCN(CCCC)SN(C)C(=O)Oc1cccc2c1OC(C)(C)C2",
        ),
        (
            "CNC(=O)OC",
            "CCN(CC)C(=O)Oc1ccccc1",
            "CN(CC(=O)O)C(=O)Oc1ccccc1",
            "CCOC(N)=O",
            "CC(=O)Oc1ccccc1",
            "CNC(=O)NC",
            "CC(C)(C)OC(=O)NCC(=O)O",
        ),
    ),
    Alert(
        "is_cyclodiene",
        "ClC1=C(Cl)C2(Cl)C(Cl)(Cl)C1(Cl)[CX4;R2;!$(C[CX3]=O)][CX4;R2;!$(C[CX3]=O)]2",  # with a further ring on the two
        "hexachloronorbornene with a ring fused to it, such as aldrin or endosulfan",
        ("C1C2C=CC1C1C2C2(Cl)C(Cl)=C(Cl)C1(Cl)C2(Cl)Cl", "C1C2C(COS(=O)O1)C1(Cl)C(Cl)=C(Cl)C2(Cl)C1(Cl)Cl"),
        (
            "OC(=O)C1C(C(=O)O)C2(Cl)C(Cl)=C(Cl)C1(Cl)C2(Cl)Cl",
            "O=C1OC(=O)C2C1C1(Cl)C(Cl)=C(Cl)C2(Cl)C1(Cl)Cl",
            "C1=CC2CCC1C2",
        ),
    ),
    Alert(
        "is_cyanopyrethroid",
        "N#C[CX4;H1]([OX2][CX3]=O)c1cccc([OX2]c)c1",
        "ester of alpha-cyano-3-phenoxybenzyl alcohol",
        ("CC1(C)C(C=C(Cl)Cl)C1C(=O)OC(C#N)c1cccc(Oc2ccccc2)c1",),
        ("CC(=O)OCc1cccc(Oc2ccccc2)c1", "N#CCc1ccccc1", "OC(=O)c1cccc(Oc2ccccc2)c1"),
    ),
    Alert(
        "is_anticoagulant_rodenticide",
        "[$([#6;R]1(~[#8;D1])~[#8]~c2ccccc2~[#6;R](~[#8;D1])~[#6;R]~1[CX4]),"  # 4-hydroxycoumarin, alkyl on C3
        "$([#6;R]1(~[#8;D1])~c2ccccc2~[#6;R](~[#8;D1])~[#6;R]~1~[#6](~[#8;D1])[#6])]",  # 2-acylindane-1,3-dione
        "4-hydroxycoumarin with alkyl on C3, or 2-acylindane-1,3-dione",
        ("CC(=O)CC(c1ccccc1)C1=C(O)c2ccccc2OC1=O", "CC(C)(C)C(=O)C1C(=O)c2ccccc2C1=O"),
        ("O=C1C=Cc2ccccc2O1", "O=C1CC(=O)c2ccccc12", "Oc1cc(=O)oc2ccccc12", "O=C1C=CC(=O)c2ccccc12"),
    ),
    Alert(
        "is_isothiazolone",
        "[#16;r5]1~[#7]([CX4])~[#6](~[#8;D1])~[#6;!R2]~[#6;!R2]1",  # ring not fused, alkyl on N
        "N-alkylisothiazol-3-one",
        ("CN1C(=O)C=CS1", "CCCCCCCCN1C(=O)C(Cl)=C(Cl)S1"),
        ("O=C1NSc2ccccc12", "CN1C(=O)CCC1=O", "O=C1N(C)Sc2ccccc21", "c1cnsc1"),
    ),
)
"""Kinds of which many members are fatal."""
