"""What kills by acting in the body: fluoroacetate and its kin, cyanides, organometallics, nerve agents?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import METAL, Alert
from ligandkb.chemistry.alerts.questions import ODD

_LONGEST_CHAIN = 40
_CARBANION = "[#6;-,-2,-3;!$([#6]#[#6,#7,#8])]"  # cyanide and acetylide apart
# Carbon with one F that leads to a single further non-metal, however its hydrogens and electrons are drawn: CH2F,
# the carbanion, the enol, the ketene acetal, the zinc or silicon compound of a fluoroacetyl group.
_NON_METAL = "[#5,#6,#7,#8,#15,#16,#17,#33,#34,#35,#53]"
_FLUOROMETHYL = (
    f"[C;$([#6]F);!$([#6](F)F);!$([#6](~{_NON_METAL})~{_NON_METAL})"
    f";D1,D2,$([#6]~{ODD})]"  # follows from the above, and saves the search: a third neighbour is none of these
)
# Carbon that is, or turns with water into, the carbonyl of an acid or aldehyde: one neighbour of carbon, and ...
_CARBOXYL_LEVEL = (
    "[C;!$(C(~[#6])~[#6]);"
    "$(C=[#7,#8,#16,#34]),"  # ... C=O, C=S, C=N (not the nitrile): acid, imidic acid, amidine, aldehyde, imine
    "$(C(~[#7,#8,#16,#34])~[#7,#8,#16,#34,F,Cl,Br,I]),"  # ... two or three heteroatoms: ortho ester, acetal, enol
    "$([CX3H1](~[#7,#8,#16])=[#6]),$([CX2](~[#7,#8,#16])#[#6])]"  # ... enol of the aldehyde, ynol of the ketene
)


def _has_even_chain(end: str, shortest: int) -> Callable[[Chem.Mol], bool]:
    """Make the test for an open chain with an even number of carbons, CH2F at one end.

    Parameters
    ----------
    end : str
        SMARTS of the last carbon with what it bears.
    shortest : int
        Least number of carbons, both ends included.
    """
    link = "~[#6;!R;!$([#6][F,Cl,Br,I])]"  # a chain carbon outside rings; halogen on it would block oxidation

    @cache
    def chain(length: int) -> Chem.Mol:
        return Chem.MolFromSmarts(f"{_FLUORINATED_END}{link * (length - 2)}{end}")

    def has_chain(mol: Chem.Mol) -> bool:
        longest = min(_LONGEST_CHAIN, mol.GetNumAtoms())
        return any(mol.HasSubstructMatch(chain(length)) for length in range(shortest, longest + 1, 2))

    return has_chain


_FLUORINATED_END = "[CX4;H2](F)"

LETHAL_ALERTS: tuple[Alert, ...] = (
    Alert(
        "contains_fluoroacetyl",
        f"{_FLUOROMETHYL}~{_CARBOXYL_LEVEL}",
        "fluoroacetic acid, its salts, esters, amides, halides, imidic acids and ortho esters, fluoroacetaldehyde "
        "and its acetals, in any tautomer",
        (
            "OC(=O)CF",
            "[Na+].[O-]C(=O)CF",
            "COC(=O)CF",
            "NC(=O)CF",
            "FCC(=O)Cl",
            "FCC(=O)O[Pb]OC(=O)CF",
            "OC(=O)C([2H])([2H])F",
            "[13CH2]([18F])C([OH:1])=O",
            "OC(O)=CF",
            "OC(=O)[CH-]F",
            "N=C(O)CF",
            "OC(CF)=N",
            "NC(=N)CF",
            "FCC1=NCCO1",
            "COC(OC)(OC)CF",
            "COC(OC)CF",
            "OC(O)CF",
            "FCC=O",
            "OC=CF",
            "FC=C=O",
            "OC#CF",
            "FC([Zn]Br)C(=O)OCC",
            "FCC(=O)[Si](C)(C)C",
        ),
        (
            "OC(=O)C(F)F",
            "OC(=O)C(F)(F)F",
            "OC(=O)CCF",
            "OC(=O)c1ccc(F)cc1",
            "OC(=O)C(C)F",
            "CC(=O)CF",
            "OCCF",
            "FCC(F)(F)F",
            "FCc1ncccn1",
            "FCC#N",
        ),
    ),
    Alert(
        "contains_even_omega_fluoroacyl",
        f"{_FLUORINATED_END}~[#6]",
        "omega-fluoro carboxylic acid or aldehyde with an even number of chain carbons, its salts, esters, amides "
        "and ortho esters",
        (
            "OC(=O)CCCF",
            "[Na+].[O-]C(=O)CCCCCF",
            "COC(=O)CCCF",
            "CCCCNC(=O)CCCF",
            "N=C(O)CCCF",
            "COC(OC)(OC)CCCF",
            "O=CCCCF",
            "FCCCCCCCC/C=C\\CCCCCCCC(=O)O",
        ),
        (
            "OC(=O)CCF",
            "OC(=O)CCCCF",
            "OC(=O)CCCC(F)(F)F",
            "OC(=O)C(F)(F)C(F)(F)CF",
            "OC(=O)CCCCl",
            "CC(=O)CCCF",
        ),
        condition=_has_even_chain(f"~{_CARBOXYL_LEVEL}", 4),
    ),
    Alert(
        "contains_even_omega_fluoroalcohol",
        f"{_FLUORINATED_END}~[#6]",
        "omega-fluoro alcohol with an even number of chain carbons, its esters and silyl ethers",
        ("OCCF", "OCCCCF", "[Na+].[O-]CCF", "CC(=O)OCCF", "O=C(Cc1ccc(cc1)-c1ccccc1)OCCF", "C[Si](C)(C)OCCF"),
        ("OCCCF", "OCC(F)F", "OCC(F)(F)F", "OCC", "CC(=O)OCCCF", "COCCF", "CC(=O)OCC(F)(F)F"),
        # the alcohol, its anion, or an ester of it with a carboxylic, phosphorus or sulfur acid; ethers apart
        condition=_has_even_chain(
            "~[CX4][OX2H1,OX1-,$([OX2][CX3]~[O,S,N]),$([OX2][#15,#16]~[O,S;D1]),$([OX2][#5,#14])]", 2
        ),
    ),
    Alert(
        "is_even_omega_fluoroalkyl",
        f"{_FLUORINATED_END}~[#6]",
        "omega-fluoro alkyl amine, thiol, chloride, bromide or iodide with an even number of chain carbons",
        (
            "FCCN",
            "FCC[NH3+].[Br-]",
            "FCCCCCC[NH3+].[I-]",
            "OC(=O)CNCCF",
            "FCCS",
            "[Na+].[S-]CCCCF",
            "CC(=O)SCCF",
            "FCCBr",
        ),
        (
            "FCCCN",
            "CC(=O)NCCF",
            "FC(F)CN",
            "FCC[N+](C)(C)C.[Br-]",
            "OC(=O)CCSCCF",
            "FCC1CCN1",
            "FCCc1ccccc1N",
        ),
        # N is no amide's and bears no N or O; S is a thiol's, its anion's or a thioester's
        condition=_has_even_chain(
            "~[CX4;!R][$([NX3;!$(N~[#6,#15,#16]=[#7,#8,#16]);!$(N~[#7,#8])]),$([NX4;+;!H0]),"
            "$([SX2H1,SX1-]),$([SX2][CX3]=[O,S]),Cl,Br,I]",
            2,
        ),
    ),
    Alert(
        "contains_difluoropropanol",
        "[CX4;H2](F)[CX4]([OX2H1,OX1-])[CX4;H2]F",  # FCH2-C(OH)-CH2F
        "1,3-difluoropropan-2-ol, which is metabolised to fluorocitrate",
        ("OC(CF)CF",),
        ("OC(C(F)(F)F)C(F)(F)F", "OC(C)CF"),
    ),
    Alert(
        "contains_fluorocitrate",
        "[#6](~[#8])~[#6](F)~[#6](~[#8])(~[#6]~[#8])~[#6]~[#6]~[#8]",  # citrate with F, bond orders left open
        "2-fluorocitric acid and its salts and esters",
        ("OC(=O)C(F)C(O)(CC(=O)O)C(=O)O", "O=C(O)C(F)C(O)(C=C(O)O)C(=O)O"),
        ("OC(=O)CC(O)(CC(=O)O)C(=O)O",),
    ),
    Alert(
        "contains_cyanide",
        f"[$([CX1-]#[NX1]),$([CX2;H1]#[NX1]),$([CX2]({METAL})#[NX1]),"  # CN-, HCN, CN on a metal
        f"$([CX1-]#[#7X2H1]),$([CX1-]#[#7X2]{METAL})]",  # hydrogen isocyanide, CN bound by its N
        "cyanide ion, hydrogen cyanide or isocyanide, metal cyanide",
        ("[Na+].[C-]#N", "[K+].[C-]#N", "C#N", "[C-]#[NH+]", "[13C-]#N.[Na+]", "N#C[Ag]"),
        ("CC#N", "[Na+].[S-]C#N", "[Na+].[O-]C#N", "[C-]#[N+]C"),
    ),
    Alert(
        "contains_cyanide_source",
        "[$([NX1]#[CX2]"
        "[$([F,Cl,Br,I]),$([#14,#15,#32,#33]),"  # cyanogen halide; CN on Si, P (also of P=O), Ge, As
        "$([CX2]#[NX1]),"  # cyanogen
        "$([CX4][OX2H1,OX1-]),$([CX4][OX2][#5,#14,#15]),"  # cyanohydrin: OH, or O on B, Si or P, and CN on one C
        "$([CX3]=[OX1])]),"  # acyl cyanide
        "$([CX1-]#[NX2+][#14,#15,#32,#33,F,Cl,Br,I])]",  # the isocyanide drawing of the same
        "compound that gives hydrogen cyanide readily: cyanogen and its halides, cyanides of silicon, phosphorus "
        "and arsenic, cyanohydrins and their silyl ethers, acyl cyanides",
        (
            "BrC#N",
            "N#CC#N",
            "C[Si](C)(C)C#N",
            "C[Si](C)(C)[N+]#[C-]",
            "CC(C)(O)C#N",
            "CC(C)(O[Si](C)(C)C)C#N",
            "CC(=O)C#N",
            "CCOP(=O)(OCC)C#N",
            "CCOP(=O)(C#N)N(C)C",
            "P(C#N)(C#N)C#N",
        ),
        ("CC#N", "OCCC#N", "N#CCC(=O)O", "N#Cc1ccccc1", "[C-]#[N+]C1CCCCC1", "COCC#N"),
    ),
    Alert(
        "contains_organomercury",
        "[#80]~[#6;!$(C#[N,C])]",  # Hg-C, cyanide and acetylide apart
        "organomercury compound",
        ("C[Hg]C", "C[Hg]Cl", "C[Hg+].[Cl-]"),
        ("[Hg+2].[Cl-].[Cl-]", "CC(=O)O[Hg]OC(C)=O"),
    ),
    Alert(
        "contains_organolead",
        "[#82]~[#6;!$(C#[N,C])]",  # Pb-C, cyanide and acetylide apart
        "organolead compound",
        ("CC[Pb](CC)(CC)CC", "C[Pb](C)(C)C", "CC[Pb+](CC)CC.[Cl-]"),
        ("[Pb+2].[Br-].[Br-]", "CC(=O)O[Pb]OC(C)=O"),
        as_drawn=True,
    ),
    Alert(
        "contains_ionic_organomercury",
        f"[#80].{_CARBANION}",
        "mercury beside a carbanion: an organomercury compound drawn as ions",
        ("[CH3-].[CH3-].[Hg+2]", "[CH3-].[Hg+2].[Cl-]"),
        ("[Hg+2].[C-]#N.[C-]#N", "[Hg+2].[Cl-].[Cl-]", "[Na+].[CH3-]"),
    ),
    Alert(
        "contains_ionic_organolead",
        f"[#82].{_CARBANION}",
        "lead beside a carbanion: an organolead compound drawn as ions",
        ("[CH2-]C.[CH2-]C.[CH2-]C.[CH2-]C.[Pb+4]",),
        ("[Pb+2].[O-]C(C)=O.[O-]C(C)=O", "[Pb+2].[C-]#N.[C-]#N", "[Na+].[CH3-]"),
    ),
    Alert(
        "contains_ionic_small_organotin",
        "[#50].[$([CH3-]),$([CH2-][CH3])]",
        "tin beside a methyl or ethyl anion: an organotin compound drawn as ions",
        ("[CH3-].[CH3-].[CH3-].[Sn+4].[Cl-]",),
        ("[Sn+2].[Cl-].[Cl-]", "[Na+].[CH3-]"),
    ),
    Alert(
        "contains_small_triorganotin",
        "[#50]([$([CX4H3]),$([CX4H2][CX4H3])])([$([CX4H3]),$([CX4H2][CX4H3])])[$([CX4H3]),$([CX4H2][CX4H3])]",
        "tin with three or four methyl or ethyl groups",
        ("C[Sn](C)(C)Cl", "CC[Sn](CC)(CC)O", "C[Sn](C)(C)C", "C[Sn+](C)C.[Br-]"),
        ("CCCC[Sn](CCCC)(CCCC)Cl", "C[Sn](C)(Cl)Cl", "Cl[Sn]Cl"),
        as_drawn=True,
    ),
    Alert("contains_thallium", "[#81]", "thallium", ("[Tl+].[Br-]", "Br[Tl]"), ("[Pb+2].[Br-].[Br-]",)),
    Alert(
        "contains_organophosphorus_fluoride",
        "[PX4](~[O,S;D1])(F)"  # P=O, P=S or P(O-) with F ...
        "[$([#7]),$([OX2][#6]),$([SX2][#6]),$([#6])]",  # ... and an organic group
        "phosphoryl or phosphonyl fluoride ester or amide, its half-esters and their salts",
        (
            "CC(C)OP(=O)(F)OC(C)C",
            "CN(C)P(=O)(F)N(C)C",
            "CCOP(=S)(F)OCC",
            "CP(=O)(O)F",
            "[Na+].CCOP(=O)([O-])F",
            "CC(C)O[P+]([O-])(F)C",
        ),
        ("[Na+].[Na+].[O-]P(=O)([O-])F", "[NH4+].F[P-](F)(F)(F)(F)F", "CCOP(=O)(OCC)OCC", "CP(=O)(O)O"),
    ),
    Alert(
        "contains_v_agent",
        "[PX4](~[OX1])([$([OX2][#6]),$([#6]),$([#7])])([$([OX2][#6]),$([#6]),$([#7])])"  # P-O ester
        "[SX2][CX4][CX4][NX3,NX4+;!$(N[#6,#15,#16]=[O,S])]",  # ... of a 2-aminoethanethiol
        "S-(2-aminoethyl) phosphonothioate or phosphorothioate: VX, amiton and their kin",
        (
            "CCOP(C)(=O)SCCN(C(C)C)C(C)C",
            "CCOP(=O)(OCC)SCCN(CC)CC",
            "CCO[P+](C)([O-])SCCN(C(C)C)C(C)C",
            "CCOP(=O)(OCC)SCC[N+](C)(C)C.[I-]",
        ),
        ("NCCCNCCSP(=O)(O)O", "CCN(CC)CCS", "CCOP(=O)(OCC)OCC", "CC(C)OP(=S)(OC(C)C)SCCNS(=O)(=O)c1ccccc1"),
    ),
    Alert(
        "contains_pyrophosphate_ester",
        "[PX4](~[O;D1])([$([OX2][#6]),$([#7])])([$([OX2][#6]),$([#7])])"  # P with two esters or amides ...
        "O[PX4](~[O;D1])([$([OX2][#6]),$([#7])])[$([OX2][#6]),$([#7])]",  # ... joined by O to a second of them
        "tetraester or tetraamide of pyrophosphoric acid",
        ("CCOP(=O)(OCC)OP(=O)(OCC)OCC", "CN(C)P(=O)(N(C)C)OP(=O)(N(C)C)N(C)C"),
        ("OP(=O)(O)OP(=O)(O)O", "CC(O)(P(=O)(O)O)P(=O)(O)O", "COP(=O)(O)OP(=O)(O)O", "CCOP(=O)(OCC)OCC"),
    ),
    Alert(
        "contains_caged_phosphorus_ester",
        "[#15]12[#8][#6;!R0][#6;X4;$([#6][#6;!R;!$([#6]~[!#6;!#1])])]"  # P, and C opposite that bears alkyl or aryl ...
        "([#6;!R0][#8]1)[#6;!R0][#8]2",  # ... joined by three bridges O-C
        "4-alkyl-2,6,7-trioxa-1-phosphabicyclo[2.2.2]octane: phosphite, phosphate or thiophosphate",
        (
            "CC(C)C12COP(=O)(OC1)OC2",
            "CCC12COP(OC1)OC2",
            "CC(C)(C)C12COP(=S)(OC1)OC2",
            "CCC12CO[P+]([O-])(OC1)OC2",
        ),
        ("OCC12COP(=O)(OC1)OC2", "CCC(CO)(CO)COP(O)O", "C1OP2OCC1CO2", "CCC12COB(OC1)OC2", "CCOP(OCC)OCC"),
    ),
    Alert(
        "contains_fentanyl",
        "[#6][CX3](=O)[#7;X3](c)[#6;R]1[#6][#6][#7]([#6])[#6][#6]1",  # acyl and aryl on N, N on C4 of a piperidine
        "N-acyl-4-anilidopiperidine with carbon on the ring's nitrogen: fentanyl and its kin",
        (
            "CCC(=O)N(c1ccccc1)C1CCN(CCc2ccccc2)CC1",
            "CCC(=O)N(c1ccccc1)C1CC[NH+](CCc2ccccc2)CC1.[Br-]",
            "COC(=O)C1(N(C(=O)CC)c2ccccc2)CCN(CCc2ccccc2)CC1",
        ),
        (
            "CC(=O)NC1CCN(C)CC1",
            "CCC(=O)N(c1ccccc1)C1CCNCC1",
            "c1ccc(cc1)NC1CCN(CCc2ccccc2)CC1",
            "CCC(=O)N(C)c1ccccc1",
        ),
    ),
    Alert(
        "contains_bipyridinium_herbicide",
        "[n;+;$(n([$([CX4H3]),$([CX4H2][CX4H3])])1ccc(cc1)-c1cc[n+]([$([CX4H3]),$([CX4H2][CX4H3])])cc1),"  # 4,4'
        "$(n12CC[n+]3ccccc3-c1cccc2)]",  # diquat: 2,2', bridged by two CH2
        "methyl or ethyl viologen (paraquat), diquat",
        (
            "C[n+]1ccc(cc1)-c1cc[n+](C)cc1.[Cl-].[Cl-]",
            "CC[n+]1ccc(cc1)-c1cc[n+](CC)cc1.[Br-].[Br-]",
            "C1C[n+]2ccccc2-c2cccc[n+]12.[Br-].[Br-]",
        ),
        (
            "c1cc(ccn1)-c1ccncc1",
            "CCCCCCC[n+]1ccc(cc1)-c1cc[n+](CCCCCCC)cc1.[Br-].[Br-]",
            "C[n+]1ccccc1.[I-]",
            "C[n+]1ccc(cc1)-c1ccncc1.[I-]",
        ),
    ),
    Alert(
        "contains_mustard",
        "[Cl,Br,I][CX4;H2][CX4;H2]"  # XCH2CH2- ...
        "[$([SX2]),$([#7;!$([#7]~[#6]=[O,S]);!$([#7]~[#15,#16])])]"  # ... on S, or on N that is no amide ...
        "[CX4;H2][CX4;H2][Cl,Br,I]",  # ... that bears a second such arm
        "bis(2-halogenoethyl) sulfide or amine",
        ("ClCCSCCCl", "CN(CCCl)CCCl", "ClCCN(CCCl)CCCl", "C[NH+](CCCl)CCCl.[Cl-]", "ClC([2H])([2H])CSCCCl"),
        ("ClCCOCCCl", "CSCCCl", "CN(C)CCCl", "OCCSCCO", "CCS"),
    ),
)
"""Poisons that act in the body."""
