"""What explodes, or explodes with the crystal's lead?"""

from __future__ import annotations

from functools import cache, lru_cache

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import METAL, Alert, parts

# N of a nitro group: two O at it that lead nowhere else. Bond orders and charges are left open, since the group is
# drawn as [N+](=O)[O-], N(=O)=O, [N+2]([O-])[O-], or as the nitronate =[N+]([O-])[O-].
NITRO_BARE = "[#7](~[#8;X1,H1])~[#8;X1,H1]"
NITRO = f"[$({NITRO_BARE})]"
_NITRO_ON_CARBON = Chem.MolFromSmarts(f"[#6]~{NITRO}")
_NITRO_ON_ANY = Chem.MolFromSmarts(
    f"[#6,#7,$([OX2][#6,#14])]~{NITRO}"
)  # not the nitrate ion, nor nitric acid
_NITRO_ON_HETEROATOM = Chem.MolFromSmarts(f"[#7,$([OX2][#6,#14])]~{NITRO}")

# Oxygen of a phenol, in any state of protonation or drawn as ketone, or masked by what moisture, acid, base or
# esterases take off: esters of carboxylic, carbonic, boric, phosphorus and sulfur acids, silyl ethers, acetals,
# bonds to metal. Alkyl and aryl ethers are not.
_RELEASABLE_OXYGEN = (
    f"[#8;$([#8X1]),$([#8H1]),$([#8X2][#5,#14,#15,#16]),$([#8X2]C~[#7,#8,#16]),$([#8X2]c=O),$([#8]{METAL}),"
    "$([#8X2]~[#7]~[#7])]"  # a diazophenol drawn as the ring of a benzoxadiazole
)
_AZIDE_END = "[#7;X2]~[#7;X1]"  # the two outer N of an azide group, whichever way its electrons are drawn
_ORGANIC_AZIDE = f"[#6][#7]~{_AZIDE_END}"
_AZIDE = Chem.MolFromSmarts(f"[#7]~{_AZIDE_END}")


@cache
def _dinitrophenol() -> Chem.Mol:
    """Make the pattern of a six-membered ring, carbon or with N in it, with a phenolic O and two nitro groups."""
    places = ((2, 3), (2, 4), (2, 5), (2, 6), (3, 4), (3, 5))  # the rest are mirror images
    rings = []
    for pair in places:
        ring = "".join(f"~[#6,#7]{f'(~{NITRO})' if place in pair else ''}" for place in range(2, 6))
        last = f"~[#6,#7]1{f'(~{NITRO})' if 6 in pair else ''}"
        rings.append(f"$([#6;R]1(~{_RELEASABLE_OXYGEN}){ring}{last})")
    return Chem.MolFromSmarts(f"[{','.join(rings)}]")


def _azides_poor_in_carbon(mol: Chem.Mol) -> bool:
    """Whether (C + O) / N lies below 3 in a species with an azide group."""
    for part in parts(mol):
        if part.HasSubstructMatch(_AZIDE):
            numbers = [atom.GetAtomicNum() for atom in part.GetAtoms()]
            if numbers.count(6) + numbers.count(8) < 3 * numbers.count(7):
                return True
    return False


@lru_cache(maxsize=16)
def _has_several_nitro_groups(mol: Chem.Mol) -> bool:
    """Whether a product bears two or more on carbon, nitrogen or an ester's oxygen: no alert is about less."""
    return len(mol.GetSubstructMatches(_NITRO_ON_ANY)) >= 2


def _nitro_groups(mol: Chem.Mol, pattern: Chem.Mol) -> int:
    """Largest number of nitro groups on a kind of atom that one species bears."""
    if not _has_several_nitro_groups(mol):
        return 0
    return max(len(part.GetSubstructMatches(pattern)) for part in parts(mol))


def _is_high_explosive(mol: Chem.Mol) -> bool:
    """Three or more nitro groups on one species, or two or more of them on its O or N."""
    return _nitro_groups(mol, _NITRO_ON_ANY) >= 3 or _nitro_groups(mol, _NITRO_ON_HETEROATOM) >= 2


def _is_polynitrophenol(mol: Chem.Mol) -> bool:
    return _has_several_nitro_groups(mol) and bool(mol.HasSubstructMatch(_dinitrophenol()))


def _has_two_nitro_groups(mol: Chem.Mol) -> bool:
    return _nitro_groups(mol, _NITRO_ON_CARBON) >= 2


EXPLOSIVE_ALERTS: tuple[Alert, ...] = (
    Alert(
        "contains_azide",
        "["
        f"$([#7;!$([#7][#6;!$([#6]=[O,S])])]~{_AZIDE_END}),"  # inner N free, or on metal, Si, P, S or acyl carbon
        "$([#7X2H1]~[#7X2;+]~[#7X2H1]),"  # both outer N drawn with a hydrogen
        "$([#7]1~[#7]~[#7]1)]",  # drawn as a ring
        "azide ion, hydrazoic acid, or an azide that gives the ion: on a metal, Si, P, S or an acyl carbon",
        (
            "[Na+].[N-]=[N+]=[N-]",
            "[Na+].[N-2][N+]#N",
            "[Na+].[N-]1N=N1",
            "N=[N+]=[N-]",
            "N=N#N",
            "[N-]=[N+]=N[Pb]N=[N+]=[N-]",
            "C[Si](C)(C)N=[N+]=[N-]",
            "O=P(Oc1ccccc1)(Oc1ccccc1)N=[N+]=[N-]",
        ),
        ("CCCCCCN=[N+]=[N-]", "C=[N+]=[N-]", "c1nn[nH]n1", "c1ccccc1[N+]#N.[Cl-]", "CN(C)N=Nc1ccccc1"),
    ),
    Alert(
        "contains_carbon_poor_azide",
        _ORGANIC_AZIDE,
        "organic azide with fewer than three C and O to each N",
        ("CCN=[N+]=[N-]", "[N-]=[N+]=NCCN=[N+]=[N-]", "[N-]=[N+]=Nc1ccccc1"),
        ("CCCCCCCCCN=[N+]=[N-]", "[Na+].[N-]=[N+]=[N-]"),
        condition=_azides_poor_in_carbon,
    ),
    Alert(
        "contains_fulminate",
        f"[#6;H0,H1;!$([#6](~[#7])~[!#1;!#7;!$({METAL})]);!$([#6](~[#7])~[#7])]"  # C of CNO: N, H or metal on it
        "~[#7;X2;!$([#7](~[#6])~[#6])]~[#8]",
        "fulminate, fulminic or isofulminic acid",
        (
            "[Ag+].[C-]#[N+][O-]",
            "[O-][N+]#C[Hg]C#[N+][O-]",
            "[Ag]O[N+]#[C-]",
            "C#[N+][O-]",
            "[C-]#[N+]O",
            "[Na+].[CH-]=[N+]=O.[Cl-]",
        ),
        ("[Na+].[O-]C#N", "Cc1cc(C)c(C#[N+][O-])c(C)c1", "C=NO", "CC=NO", "N=C=O"),
    ),
    Alert(
        "contains_polynitrophenol",
        NITRO_BARE,
        "phenol, phenolate, its ester or silyl ether, or hydroxypyridine, with two or more nitro groups on the ring",
        (
            "Oc1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "Oc1c([N+2]([O-])[O-])cc([N+2]([O-])[O-])cc1[N+2]([O-])[O-]",
            "[Na+].[O-]c1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "[Pb+2].[O-]c1c([N+](=O)[O-])cc([N+](=O)[O-])c([O-])c1[N+](=O)[O-]",
            "Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "O=C1C=CC(=[N+]([O-])[O-])C=C1[N+](=O)[O-]",
            "CC(=O)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "C[Si](C)(C)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "CCOP(=O)(OCC)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "CS(=O)(=O)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "COCOc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "C=C(O)Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "CC1(C)Oc2cc([N+](=O)[O-])c([N+](=O)[O-])cc2O1",  # fused to a smaller ring
            "O=C1Oc2c(O1)cc([N+](=O)[O-])cc2[N+](=O)[O-]",
            "Oc1ncc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "O=c1[nH]cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "C1=C(C=C2C(=C1[N+](=O)[O-])ON=N2)[N+](=O)[O-]",  # diazodinitrophenol as a benzoxadiazole
        ),
        (
            "Oc1ccc([N+](=O)[O-])cc1",
            "OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1",
            "COc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "CC(=O)Oc1ccc([N+](=O)[O-])cc1",
            "Nc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "Oc1ccccc1",
        ),
        condition=_is_polynitrophenol,
    ),
    Alert(
        "contains_perchlorate",
        "[#17](~[#8])(~[#8])(~[#8])~[#8]",  # Cl with four O; RDKit draws it charge-separated
        "perchlorate, perchloric acid or a perchlorate ester",
        ("[Na+].[O-]Cl(=O)(=O)=O", "OCl(=O)(=O)=O", "O=Cl(=O)(=O)O[Pb]OCl(=O)(=O)=O", "CCOCl(=O)(=O)=O"),
        ("[Na+].[Cl-]", "[Na+].[O-]Cl(=O)=O", "CS(=O)(=O)Cl"),
    ),
    Alert(
        "contains_chlorate",
        "[#17;D2,D3;!$([#17]~[!#8])](~[#8])~[#8]",  # Cl with two or three O and nothing else
        "chlorate or chlorite",
        ("[Na+].[O-]Cl(=O)=O", "OCl(=O)=O", "[Na+].[O-]Cl=O"),
        ("[Na+].[O-]Cl(=O)(=O)=O", "[Na+].[Cl-]", "[Na+].[O-]Cl"),
    ),
    Alert(
        "contains_acetylide",
        f"[$([CX1-]#C),$([CX2](#C){METAL})]",  # carbanion or metal at the end of a C-C triple bond
        "acetylide",
        ("[Ag+].[C-]#C", "[Na+].[C-]#Cc1ccccc1", "[Cu]C#Cc1ccccc1", "[Ca+2].[C-]#[C-]"),
        ("C#Cc1ccccc1", "C#CCCCC", "[Na+].[C-]#N", "[C-]#[O+]"),
    ),
    Alert(
        "contains_many_nitro_groups",
        NITRO_BARE,  # nitro on C, N or an ester O; not the nitrate ion
        "three nitro groups on one species, or two nitrate ester or nitramine groups",
        (
            "Cc1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "Cc1c([N+2]([O-])[O-])cc([N+2]([O-])[O-])cc1[N+2]([O-])[O-]",
            "Cc1c(N(=O)=O)cc(N(=O)=O)cc1N(=O)=O",
            "O=[N+]([O-])OCCO[N+](=O)[O-]",
            "C1N([N+](=O)[O-])CN([N+](=O)[O-])CN1[N+](=O)[O-]",
            "[NH4+].[O-][N+](=O)[N-][N+](=O)[O-]",
            "[NH4+].[O-][N+](=O)N=[N+]([O-])[O-]",
        ),
        ("OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1", "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]"),
        condition=_is_high_explosive,  # which tells on what atoms they must be
    ),
    Alert(
        "contains_primary_peroxide",
        "[$([#6]([OX2][OX2])[OX2][OX2]),"  # two peroxide groups on one carbon
        "$([#6;H2]([#7])[OX2][OX2][#6;H2][#7])]",  # N-CH2-O-O-CH2-N
        "peroxide of a ketone or of formaldehyde and ammonia: two peroxide groups on one carbon, or N-CH2-O-O-CH2-N",
        (
            "CC1(C)OOC(C)(C)OOC(C)(C)OO1",
            "CC1(C)OOC(C)(C)OO1",
            "CCC(C)(OO)OO",
            "C1OOCN2COOCN1COOC2",
        ),
        ("CC(C)(C)OO", "CC(C)(C)OOC(C)(C)C", "CC(=O)OO", "COCOC"),
    ),
    Alert(
        "contains_nitrogen_trihalide",
        "[#7]([Cl,Br,I])([Cl,Br,I])[Cl,Br,I]",
        "nitrogen trichloride, tribromide or triiodide",
        ("ClN(Cl)Cl", "IN(I)I"),
        ("O=C1CCC(=O)N1Br", "FN(F)F", "CN(Cl)Cl"),
    ),
    # ---- groups that make a substance suspect of explosive properties ----------------------------
    Alert(
        "contains_organic_azide",
        _ORGANIC_AZIDE,
        "organic azide",
        ("CCCCCCCCCN=[N+]=[N-]", "OC(=O)c1ccc(cc1)N=[N+]=[N-]"),
        ("[Na+].[N-]=[N+]=[N-]", "C=[N+]=[N-]"),
    ),
    Alert(
        "contains_nitrate_ester",
        f"[#6,#14][OX2]~{NITRO}",
        "nitrate ester",
        ("CCO[N+](=O)[O-]", "CCO[N+2]([O-])[O-]"),
        ("[Na+].[O-][N+](=O)[O-]", "C[N+](=O)[O-]"),
    ),
    Alert(
        "contains_nitramine",
        f"[#7]~{NITRO}",
        "nitro group on nitrogen: nitramide, nitramines, nitroguanidine",
        ("NN(=O)=O", "[K+].[NH-][N+](=O)[O-]", "CN(C)[N+](=O)[O-]", "NC(N)=N[N+](=O)[O-]"),
        ("C[N+](=O)[O-]", "CN(C)N=O", "[NH4+].[O-][N+](=O)[O-]"),
    ),
    Alert(
        "contains_peroxide",
        "[#6][OX2][OX2,OX1-]",  # C-O-O
        "organic peroxide, hydroperoxide or peracid",
        ("CC(C)(C)OO", "CC(=O)OO", "CC(C)(C)OOC(C)(C)C"),
        ("OO", "CCOCC", "O=O"),
    ),
    Alert(
        "contains_diazo",
        "[#6]~[#7;X2]~[#7;X1]",  # diazo compound or diazonium ion
        "diazo compound or diazonium salt",
        ("C=[N+]=[N-]", "c1ccccc1[N+]#N.[Cl-]"),
        ("CCCN=[N+]=[N-]", "CN=NC", "C#N"),
    ),
    Alert(
        "contains_nitrogen_halogen_bond",
        "[#7][Cl,Br,I]",
        "N-halogen compound",
        ("ClN(Cl)Cl", "O=C1CCC(=O)N1Br"),
        ("C[NH3+].[Br-]", "Clc1ccncc1"),
    ),
    Alert(
        "contains_dinitro_compound",
        NITRO_BARE,
        "two or more nitro groups on the carbon atoms of one species",
        ("OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1", "OC(=O)c1cc([N+2]([O-])[O-])cc(N(=O)=O)c1"),
        ("OC(=O)c1ccc([N+](=O)[O-])cc1", "C[N+](=O)[O-].C[N+](=O)[O-]"),
        condition=_has_two_nitro_groups,
    ),
    Alert(
        "contains_haloacetylene",
        "[$([CX2](#[CX2])[Cl,Br]),$([CX2]([Cl,Br,I])#[CX2][Cl,Br,I])]",  # Cl or Br on a triple bond, or two halogens
        "chloro- or bromoacetylene, or an acetylene with halogen on both ends",
        ("ClC#CCl", "BrC#Cc1ccccc1", "IC#CI"),
        ("C#Cc1ccccc1", "CCCCNC(=O)OCC#CI", "ClCC#C", "BrC#N"),
    ),
    Alert(
        "contains_organoiodine_v",
        "[#53;$([#53]([#6])(~[#8;D1])~[#8;D1]),"  # two O that lead nowhere: iodylarenes, IBX
        "$([#53]([#6])(~[#8])(~[#8])(~[#8])~[#8])]",  # four O, as in the Dess-Martin reagent
        "iodyl compound, or another with pentavalent iodine on carbon",
        (
            "O=I(=O)c1ccccc1",
            "[O-][I+2]([O-])c1ccccc1",
            "O=C1OI(=O)(O)c2ccccc12",
            "CC(=O)OI1(OC(C)=O)(OC(C)=O)OC(=O)c2ccccc12",
        ),
        ("Ic1ccccc1", "CC(=O)OI(OC(C)=O)c1ccccc1", "O=Ic1ccccc1", "[K+].[O-]I(=O)=O"),
    ),
)
"""Explosives, and groups that make a substance suspect of being one."""
