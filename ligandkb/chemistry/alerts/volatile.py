"""What kills as a gas or vapour?"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert, parts


def _has_boron_hydride(mol: Chem.Mol) -> bool:
    """Whether a species consists of boron and hydrogen alone, which carboranes don't."""
    return any(
        all(atom.GetAtomicNum() in (1, 5) for atom in part.GetAtoms())
        and any(
            atom.GetFormalCharge() == 0 and atom.GetTotalNumHs(includeNeighbors=True)
            for atom in part.GetAtoms()
        )
        for part in parts(mol)
    )


_WEAKLY_BASIC_CATION = Chem.MolFromSmarts(
    "[$([n;+;!H0]),$([N;+;!H0]-c)]"
)  # of a pyridine, an azole, an aniline


def _is_hydrogen_fluoride(mol: Chem.Mol) -> bool:
    """Whether HF stands in it, or fluoride beside a base that is too weak to keep the proton from it.

    A drawing of one to one doesn't tell how much more HF the bottle holds.
    """
    return any(
        atom.GetAtomicNum() == 9
        and atom.GetFormalCharge() == 0
        and all(neighbour.GetAtomicNum() == 1 for neighbour in atom.GetNeighbors())
        for atom in mol.GetAtoms()
    ) or bool(mol.HasSubstructMatch(_WEAKLY_BASIC_CATION))


VOLATILE_ALERTS: tuple[Alert, ...] = (
    Alert(
        "contains_hydrogen_fluoride",
        "[F;X0,X1;+0,-;!$(F~[!#1]);D0,$(F[#1])]",  # F with no neighbour but hydrogen, or its ion
        "hydrogen fluoride",
        ("F", "F.[K+].[F-]", "[2H]F", "CCN(CC)CC.F.F.F", "F.c1ccncc1", "[F-].c1cc[nH+]cc1", "F.Nc1ccccc1"),
        ("[Cs+].[F-]", "CF", "CCCCN.F", "[F-].C[n+]1ccccc1", "Fc1cc[nH+]cc1.[Cl-]"),
        condition=_is_hydrogen_fluoride,
    ),
    Alert(
        "contains_hydrogen_sulfide",
        "[S;X0,X2;+0;!$(S~[!#1]);D0,$(S[#1])]",  # S with no neighbour but hydrogen
        "hydrogen sulfide",
        ("S",),
        ("CS", "[Na+].[SH-]", "[Na+].[Na+].[S-2]"),
    ),
    Alert(
        "contains_toxic_hydride",
        "[$([#15,#33,#51;!H0;!$(*~[!#1])]),"  # PH3, AsH3, SbH3 and their ions
        "$([#34;!H0;+0,+;!$(*~[!#1])])]",  # H2Se; the selenide ion apart
        "phosphine, arsine, stibine, hydrogen selenide",
        ("P", "[2H]P([2H])[2H]", "[PH4+].[I-]", "[AsH3]", "[SbH3]", "[SeH2]"),
        ("CCCCP", "CCCCP(CCCC)CCCC", "[Na+].[Na+].[Se-2]", "N", "C[As](C)C"),
    ),
    Alert(
        "contains_phosphide",
        "[$([#15;X0;-,-2,-3]),"  # P 3- alone
        "$([#15,#33;+0,-;$(*[#14]);!$(*~[!#1;!#14])])]",  # P or As with nothing but silicon and hydrogen on it
        "metal or silyl phosphide, which gives phosphine with moisture, or a silyl arsenide",
        (
            "[Zn+2].[Zn+2].[Zn+2].[P-3].[P-3]",
            "[Al+3].[P-3]",
            "C[Si](C)(C)P([Si](C)(C)C)[Si](C)(C)C",
            "[Li]P([Si](C)(C)C)[Si](C)(C)C",
            "C[Si](C)(C)[As]([Si](C)(C)C)[Si](C)(C)C",
        ),
        ("P", "[NH4+].F[P-](F)(F)(F)(F)F", "CCCCP(CCCC)CCCC", "CP(C)[Si](C)(C)C", "CP(C)C[Si](C)(C)C"),
    ),
    Alert(
        "contains_white_phosphorus",
        "[#15;!$([#15]~[!#15])]1~[#15]~[#15]1",  # a ring of three P with nothing else on one of them
        "white phosphorus",
        ("P12P3P1P23",),
        ("P", "CCCCP(CCCC)CCCC"),
    ),
    Alert(
        "contains_borane",
        "[#5;+0;!H0;!$([#5]~[!#1;!#5])]",  # neutral B with hydrogen on it and nothing but B and H around
        "diborane or a higher borane",
        ("B", "BB", "[BH3]"),
        ("[Na+].[BH4-]", "C[S+](C)[BH3-]", "OB(O)O", "CCB(CC)CC", "OC(=O)C12BC(B1)(BBBBBBBB2)C(O)=O"),
        condition=_has_boron_hydride,
    ),
    Alert(
        "contains_boron_trihalide",
        "[#5;$([BX3;+0]([F,Cl,Br,I])([F,Cl,Br,I])[F,Cl,Br,I]),"  # BX3 alone ...
        "$([BX4;-]([F,Cl,Br,I])([F,Cl,Br,I])([F,Cl,Br,I])[#8,#16;+])]",  # ... or on O or S of an ether, water, sulfide
        "boron trihalide, also bound to the oxygen or sulfur of an ether, alcohol, water or sulfide",
        (
            "FB(F)F",
            "ClB(Cl)Cl",
            "BrB(Br)Br",
            "CCOCC.FB(F)F",
            "CC[O+](CC)[B-](F)(F)F",
            "C[S+](C)[B-](Cl)(Cl)Cl",
        ),
        (
            "[Na+].F[B-](F)(F)F",
            "OB(O)O",
            "COB(OC)OC",
            "CCCCB(Cl)Cl",
            "CC[NH2+][B-](F)(F)F",
            "[K+].F[B-](F)(F)c1ccccc1",
        ),
    ),
    Alert(
        "contains_phosgene",
        "[$([CX3](=[O,S])([F,Cl,Br,I])[F,Cl,Br,I]),"  # carbonyl and thiocarbonyl dihalides
        "$([CX4](Cl)(Cl)(Cl)[OX2][CX3]=O)]",  # trichloromethyl esters: diphosgene, triphosgene
        "phosgene, its halogen and sulfur kin, diphosgene, triphosgene",
        ("ClC(Cl)=O", "ClC(Cl)=S", "FC(F)=O", "ClC(=O)OC(Cl)(Cl)Cl", "ClC(Cl)(Cl)OC(=O)OC(Cl)(Cl)Cl"),
        ("CC(=O)Cl", "COC(=O)Cl", "ClC(Cl)(Cl)C(=O)O", "ClC(Cl)=C(Cl)Cl"),
    ),
    Alert(
        "contains_carbon_monoxide",
        "[CX1;-]#[OX1;+]",
        "carbon monoxide",
        ("[C-]#[O+]", "[13C-]#[18O+]"),
        ("O=C=O", "C=O", "[Na+].[C-]#N"),
    ),
    Alert(
        "contains_sulfur_dioxide",
        "[#16;D2;!$([#16]~[!#8])](~[#8;D1;!H1])~[#8;D1;!H1]",  # S with two O and nothing else on any of them
        "sulfur dioxide",
        ("O=S=O", "[O-][S+]=O"),
        ("CS(=O)(=O)C", "OS(=O)=O", "[Na+].[Na+].[O-]S(=O)[O-]", "CS(C)=O"),
    ),
    Alert(
        "contains_free_halogen",
        "[F,Cl,Br;D1][F,Cl,Br;D1]",
        "fluorine, chlorine or bromine",
        ("FF", "ClCl", "BrBr", "BrCl"),
        ("CCBr", "[Br-].[K+]", "II"),
    ),
    Alert(
        "contains_methyl_isocyanate",
        "[CX4;H3][NX2]=[CX2]=[OX1]",
        "methyl isocyanate",
        ("CN=C=O", "[13CH3]N=C=O"),
        ("CCCCCCN=C=O", "CN=C=S", "O=C=Nc1ccccc1"),
    ),
    Alert(
        "contains_methyl_sulfate_ester",
        "[CX4;H3][OX2][#16;X4](~[OX1])(~[OX1])[OX2][#6]",  # CH3-O-SO2-O-C
        "dimethyl sulfate and other methyl esters of alkyl hydrogen sulfates",
        ("COS(=O)(=O)OC", "COS(=O)(=O)OCC", "CO[S+2]([O-])([O-])OC"),
        ("CCCCCCCCCCCCOS(=O)(=O)[O-].[Na+]", "COS(=O)(=O)[O-].[Na+]", "COS(C)(=O)=O"),
    ),
    Alert(
        "contains_chloromethyl_ether",
        "[Cl,Br,I][CX4;H2][OX2][$([CX4H3]),$([CX4H2][Cl,Br,I])]",  # XCH2-O-CH3 and XCH2-O-CH2X
        "halogenomethyl methyl ether or bis(halogenomethyl) ether",
        ("COCCl", "ClCOCCl", "COCBr"),
        ("COCCCl", "ClCCOCCCl", "COC"),
    ),
    Alert(
        "contains_nickel_carbonyl",
        "[#28]~[#6X2]~[#8X1]",  # CO on nickel
        "nickel carbonyl",
        ("[O+]#C[Ni-4](C#[O+])(C#[O+])C#[O+]", "O=C=[Ni](=C=O)(=C=O)=C=O"),
        ("[Ni+2].[Cl-].[Cl-]",),
        as_drawn=True,
    ),
    Alert(
        "contains_iron_carbonyl",
        "[#26](~[#6X2]~[#8X1])(~[#6X2]~[#8X1])(~[#6X2]~[#8X1])~[#6X2]~[#8X1]",  # four CO on iron
        "iron pentacarbonyl and its kin with four CO or more",
        ("[O+]#C[Fe-5](C#[O+])(C#[O+])(C#[O+])C#[O+]", "O=C=[Fe](=C=O)(=C=O)(=C=O)=C=O"),
        ("[Fe+2].[Cl-].[Cl-]",),
        as_drawn=True,
    ),
    Alert(
        "contains_osmium_tetroxide",
        "[#76](~[#8X1])(~[#8X1])(~[#8X1])~[#8X1]",  # four terminal O on osmium
        "osmium tetroxide",
        ("O=[Os](=O)(=O)=O",),
        ("Cl[Os](Cl)(Cl)Cl",),
        as_drawn=True,
    ),
)
"""Gases and vapours."""
