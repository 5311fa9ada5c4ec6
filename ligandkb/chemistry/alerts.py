"""Which pieces of a structure make a product dangerous?

The structural alerts are a table. Each entry says in SMARTS what it matches, clause by clause, and names
molecules that must and must not match; the tests run those. Patterns are matched against the product after
it was split into its species, so that a salt may be drawn with ions or with bonds; a few metal compounds
that only exist as molecules (osmium tetroxide) are matched as they were drawn, too.
What follows from an alert (a veto, a tag) and who says so stands in rules/safety.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rdkit import Chem


@dataclass(frozen=True)
class Alert:
    """One dangerous piece of structure.

    Attributes
    ----------
    name : str
        Name of the flag, a column of the rules.
    smarts : str
        Pattern; a dot in it joins pieces that may stand in different species of the product.
    meaning : str
        In words.
    matches, rejects : tuple of str
        SMILES that must and must not raise the alert.
    condition : callable, optional
        A further test of the whole molecule, where counting is needed.
    as_drawn : bool
        Whether the structure before splitting is judged, too: for compounds in which metal and non-metal
        are bound as one molecule.
    """

    name: str
    smarts: str
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]
    condition: Callable[[Chem.Mol], bool] | None = None
    as_drawn: bool = False

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    def matches_molecule(self, mol: Chem.Mol) -> bool:
        """Whether a molecule raises the alert."""
        return bool(mol.HasSubstructMatch(self.pattern)) and (self.condition is None or self.condition(mol))


# Metals: everything but hydrogen, the noble gases, halogens, chalcogens down to Te, N, P, As, C, Si, Ge, B.
_METAL = (
    "[!#0;!#1;!#2;!#5;!#6;!#7;!#8;!#9;!#10;!#14;!#15;!#16;!#17;!#18"
    ";!#32;!#33;!#34;!#35;!#36;!#52;!#53;!#54;!#85;!#86]"
)
_NITRO = "[#7](~[#8;X1])~[#8;X1,H1]"  # nitro, or a nitronate drawn in its place
_FREE_OXYGEN = "[#8;X1,H1]"  # OH, O- or the C=O of a nitronate drawing, but no ether
_AZIDE_END = "[#7;X2]~[#7;X1]"  # the two outer N of an azide group, whichever way its electrons are drawn
_ACYL = "[CX3](=[O,S])[#7,#8,#16,F,Cl,Br,I]"  # acid, salt, ester, amide, thioester or halide
_LONGEST_CHAIN = 40


def _dinitrophenols() -> str:
    """Make the pattern of a six-membered carbon ring with a free oxygen and two nitro groups."""
    places = ((2, 3), (2, 4), (2, 5), (2, 6), (3, 4), (3, 5))  # the rest are mirror images
    rings = []
    for pair in places:
        ring = [f"~[#6]({'~' + _NITRO if place in pair else ''})" for place in range(2, 6)]
        last = f"~[#6]1({'~' + _NITRO if 6 in pair else ''})"
        rings.append(f"$([#6;r6]1(~{_FREE_OXYGEN}){''.join(ring)}{last})".replace("()", ""))
    return f"[{','.join(rings)}]"


def _even_chain(end: str, shortest: int) -> str:
    """Make the pattern of an open chain with an even number of carbons, CH2F at one end.

    Parameters
    ----------
    end : str
        SMARTS of the last carbon with what it bears.
    shortest : int
        Least number of carbons, both ends included.
    """
    link = "~[#6;!R;!$([#6][F,Cl,Br,I])]"  # a chain carbon outside rings; halogen on it would block oxidation
    chains = (
        f"$([CX4;H2](F){link * (length - 2)}{end})" for length in range(shortest, _LONGEST_CHAIN + 1, 2)
    )
    return f"[{','.join(chains)}]"


def _azides_poor_in_carbon(mol: Chem.Mol) -> bool:
    """Whether (C + O) / N lies below 3 in a species with an azide group."""
    azide = Chem.MolFromSmarts(f"[#7]~{_AZIDE_END}")
    for part in Chem.GetMolFrags(mol, asMols=True):
        if part.HasSubstructMatch(azide):
            numbers = [atom.GetAtomicNum() for atom in part.GetAtoms()]
            if numbers.count(6) + numbers.count(8) < 3 * numbers.count(7):
                return True
    return False


def _nitro_groups(mol: Chem.Mol, bearer: str) -> int:
    """Largest number of nitro groups on a kind of atom that one species bears."""
    pattern = Chem.MolFromSmarts(f"{bearer}[N+](=O)[O-]")
    return max(len(part.GetSubstructMatches(pattern)) for part in Chem.GetMolFrags(mol, asMols=True))


def _is_high_explosive(mol: Chem.Mol) -> bool:
    """Three or more nitro groups on one species, or two or more of them on its O or N."""
    return _nitro_groups(mol, "[#6,#7,$([OX2][#6])]") >= 3 or _nitro_groups(mol, "[#7,$([OX2][#6])]") >= 2


def _has_two_nitro_groups(mol: Chem.Mol) -> bool:
    return _nitro_groups(mol, "[#6]") >= 2


ALERTS: tuple[Alert, ...] = (
    # ---- explosive, or explosive with the crystal's lead ---------------------------------------
    Alert(
        "contains_azide",
        "[#7;!$([#7][#6;!$([#6]=[O,S])])]"  # inner N free, or on metal, Si, P, S or an acyl carbon
        f"~{_AZIDE_END}",
        "azide ion, hydrazoic acid, or an azide that gives the ion: on a metal, Si, P, S or an acyl carbon",
        (
            "[Na+].[N-]=[N+]=[N-]",
            "[Na+].[N-2][N+]#N",
            "N=[N+]=[N-]",
            "[N-]=[N+]=N[Pb]N=[N+]=[N-]",
            "C[Si](C)(C)N=[N+]=[N-]",
            "O=P(Oc1ccccc1)(Oc1ccccc1)N=[N+]=[N-]",
        ),
        ("CCCCCCN=[N+]=[N-]", "C=[N+]=[N-]", "c1nn[nH]n1", "c1ccccc1[N+]#N.[Cl-]"),
    ),
    Alert(
        "contains_carbon_poor_azide",
        f"[#6][#7]~{_AZIDE_END}",  # azide group on carbon
        "organic azide with fewer than three C and O to each N",
        ("CCN=[N+]=[N-]", "[N-]=[N+]=NCCN=[N+]=[N-]", "[N-]=[N+]=Nc1ccccc1"),
        ("CCCCCCCCCN=[N+]=[N-]", "[Na+].[N-]=[N+]=[N-]"),
        _azides_poor_in_carbon,
    ),
    Alert(
        "contains_fulminate",
        f"[C;X1,H1,$(C{_METAL})]#[N+][O-]",  # CNO with nothing, H or a metal on C; on carbon: nitrile oxide
        "fulminate or fulminic acid",
        ("[Ag+].[C-]#[N+][O-]", "[O-][N+]#C[Hg]C#[N+][O-]", "[Ag]O[N+]#[C-]", "C#[N+][O-]"),
        ("[Na+].[O-]C#N", "Cc1cc(C)c(C#[N+][O-])c(C)c1"),
    ),
    Alert(
        "contains_polynitrophenol",
        _dinitrophenols(),
        "phenol or phenolate with two or more nitro groups on its ring",
        (
            "Oc1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "[Na+].[O-]c1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "[Pb+2].[O-]c1c([N+](=O)[O-])cc([N+](=O)[O-])c([O-])c1[N+](=O)[O-]",
            "Oc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "O=C1C=CC(=[N+]([O-])[O-])C=C1[N+](=O)[O-]",
        ),
        (
            "Oc1ccc([N+](=O)[O-])cc1",
            "OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1",
            "COc1ccc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "Oc1ccccc1",
        ),
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
        f"[$([CX1-]#C),$([CX2](#C){_METAL})]",  # carbanion or metal at the end of a C-C triple bond
        "acetylide",
        ("[Ag+].[C-]#C", "[Na+].[C-]#Cc1ccccc1", "[Cu]C#Cc1ccccc1", "[Ca+2].[C-]#[C-]"),
        ("C#Cc1ccccc1", "C#CCCCC", "[Na+].[C-]#N", "[C-]#[O+]"),
    ),
    Alert(
        "contains_many_nitro_groups",
        "[#6,#7,$([OX2][#6])][N+](=O)[O-]",  # nitro on C, N or an ester O; not the nitrate ion
        "three nitro groups on one species, or two nitrate ester or nitramine groups",
        (
            "Cc1c([N+](=O)[O-])cc([N+](=O)[O-])cc1[N+](=O)[O-]",
            "O=[N+]([O-])OCCO[N+](=O)[O-]",
            "C1N([N+](=O)[O-])CN([N+](=O)[O-])CN1[N+](=O)[O-]",
        ),
        ("OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1", "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]"),
        _is_high_explosive,
    ),
    # ---- groups that make a substance suspect of explosive properties ----------------------------
    Alert(
        "contains_organic_azide",
        f"[#6][#7]~{_AZIDE_END}",
        "organic azide",
        ("CCCCCCCCCN=[N+]=[N-]", "OC(=O)c1ccc(cc1)N=[N+]=[N-]"),
        ("[Na+].[N-]=[N+]=[N-]", "C=[N+]=[N-]"),
    ),
    Alert(
        "contains_nitrate_ester",
        "[#6][OX2][N+](=O)[O-]",
        "nitrate ester",
        ("CCO[N+](=O)[O-]",),
        ("[Na+].[O-][N+](=O)[O-]", "C[N+](=O)[O-]"),
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
        "[#6][N+](=O)[O-]",
        "two or more nitro groups on the carbon atoms of one species",
        ("OC(=O)c1cc([N+](=O)[O-])cc([N+](=O)[O-])c1",),
        ("OC(=O)c1ccc([N+](=O)[O-])cc1", "C[N+](=O)[O-].C[N+](=O)[O-]"),
        _has_two_nitro_groups,
    ),
    # ---- lethal ---------------------------------------------------------------------------------
    Alert(
        "contains_fluoroacetyl",
        "[CX4;H2](F)"  # CH2F, not CHF2 or CF3 ...
        f"[$({_ACYL}),$([CX3H1]=O)]",  # ... on the carbonyl of an acid, its derivatives or the aldehyde
        "fluoroacetic acid, its salts, esters, amides and halides, fluoroacetaldehyde",
        (
            "OC(=O)CF",
            "[Na+].[O-]C(=O)CF",
            "COC(=O)CF",
            "NC(=O)CF",
            "FCC(=O)Cl",
            "FCC(=O)O[Pb]OC(=O)CF",
            "OC(=O)C([2H])([2H])F",
        ),
        ("OC(=O)C(F)F", "OC(=O)C(F)(F)F", "OC(=O)CCF", "OC(=O)c1ccc(F)cc1", "OC(=O)C(C)F", "CC(=O)CF"),
    ),
    Alert(
        "contains_even_omega_fluoroacyl",
        _even_chain(f"~{_ACYL}", 4),
        "omega-fluoro carboxylic acid with an even number of chain carbons, its salts, esters and amides",
        (
            "OC(=O)CCCF",
            "[Na+].[O-]C(=O)CCCCCF",
            "COC(=O)CCCF",
            "CCCCNC(=O)CCCF",
            "FCCCCCCCC/C=C\\CCCCCCCC(=O)O",
        ),
        ("OC(=O)CCF", "OC(=O)CCCCF", "OC(=O)CCCC(F)(F)F", "OC(=O)C(F)(F)C(F)(F)CF", "OC(=O)CCCCl"),
    ),
    Alert(
        "contains_even_omega_fluoroalcohol",
        _even_chain("~[CX4][OX2H1,OX1-]", 2),
        "omega-fluoro alcohol with an even number of chain carbons",
        ("OCCF", "OCCCCF", "[Na+].[O-]CCF"),
        ("OCCCF", "OCC(F)F", "OCC(F)(F)F", "OCC"),
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
        "C(=O)C(F)C(O)(C(=O))CC(=O)",
        "2-fluorocitric acid and its salts and esters",
        ("OC(=O)C(F)C(O)(CC(=O)O)C(=O)O",),
        ("OC(=O)CC(O)(CC(=O)O)C(=O)O",),
    ),
    Alert(
        "contains_cyanide",
        f"[$([CX1-]#[NX1]),$([CX2;H1]#[NX1]),$([CX2]({_METAL})#[NX1])]",  # CN-, HCN, CN on a metal
        "cyanide ion, hydrogen cyanide, metal cyanide",
        ("[Na+].[C-]#N", "[K+].[C-]#N", "C#N", "N#C[Ag]"),
        ("CC#N", "[Na+].[S-]C#N", "[Na+].[O-]C#N", "[C-]#[N+]C"),
    ),
    Alert(
        "contains_cyanide_source",
        "[NX1]#[CX2]"
        "[$([F,Cl,Br,I]),$([Si]),"  # cyanogen halide, silyl cyanide
        "$([CX2]#[NX1]),"  # cyanogen
        "$([CX4][OX2H1,OX1-]),"  # cyanohydrin: OH and CN on one carbon
        "$([CX3]=[OX1]),$([PX4]=[O,S])]",  # acyl or phosphoryl cyanide
        "compound that gives hydrogen cyanide readily: cyanogen and its halides, silyl cyanide, cyanohydrin, "
        "acyl cyanide, phosphoryl cyanide",
        ("BrC#N", "N#CC#N", "C[Si](C)(C)C#N", "CC(C)(O)C#N", "CC(=O)C#N", "CCOP(=O)(OCC)C#N"),
        ("CC#N", "OCCC#N", "N#CCC(=O)O", "N#Cc1ccccc1"),
    ),
    Alert(
        "contains_hydrogen_fluoride",
        "[F;X0,X1;+0;!$(F~[!#1])]",  # F with no neighbour but hydrogen
        "hydrogen fluoride",
        ("F", "F.[K+].[F-]", "[2H]F", "CCN(CC)CC.F.F.F"),
        ("[Cs+].[F-]", "CF", "CCCCN.F"),
    ),
    Alert(
        "contains_hydrogen_sulfide",
        "[S;X0,X2;+0;!$(S~[!#1])]",  # S with no neighbour but hydrogen
        "hydrogen sulfide",
        ("S",),
        ("CS", "[Na+].[SH-]", "[Na+].[Na+].[S-2]"),
    ),
    Alert(
        "contains_organomercury",
        "[#80]~[#6;!$(C#[N,C])]",  # Hg-C, cyanide and acetylide apart
        "organomercury compound",
        ("C[Hg]C", "C[Hg]Cl", "C[Hg+].[Cl-]"),
        ("[Hg+2].[Cl-].[Cl-]", "CC(=O)O[Hg]OC(C)=O"),
    ),
    Alert("contains_thallium", "[#81]", "thallium", ("[Tl+].[Br-]", "Br[Tl]"), ("[Pb+2].[Br-].[Br-]",)),
    Alert(
        "contains_organophosphorus_fluoride",
        "[PX4;!$(P[OX1-,OX2H1])](=[O,S])"  # P=O or P=S without acid or charged oxygen ...
        "(F)[$([#7]),$([OX2][#6]),$([SX2][#6]),$([#6])]",  # ... with F and an organic group on it
        "phosphoryl or phosphonyl fluoride ester or amide",
        ("CC(C)OP(=O)(F)OC(C)C", "CN(C)P(=O)(F)N(C)C"),
        ("[Na+].[Na+].[O-]P(=O)([O-])F", "[NH4+].F[P-](F)(F)(F)(F)F", "CCOP(=O)(OCC)OCC", "CP(=O)(O)O"),
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
        "contains_osmium_tetroxide",
        "[#76](~[#8X1])(~[#8X1])(~[#8X1])~[#8X1]",  # four terminal O on osmium
        "osmium tetroxide",
        ("O=[Os](=O)(=O)=O",),
        ("Cl[Os](Cl)(Cl)Cl",),
        as_drawn=True,
    ),
    # ---- dangerous in a mixture -----------------------------------------------------------------
    Alert(
        "contains_fluoride",
        "[F;X0;-]",
        "free fluoride ion",
        ("[Cs+].[F-]", "CCCCN.F"),
        ("CF", "F", "[O-]C(=O)CF"),
    ),
    Alert(
        "contains_fluoroanion",
        "[B,Si,P,As,Sb;-,-2](F)(F)F",  # BF4-, PF6-, SiF6 2-, AsF6-, SbF6- and R-BF3-
        "complex fluoroanion that can give HF with acid",
        ("[Na+].F[B-](F)(F)F", "[NH4+].F[P-](F)(F)(F)(F)F", "[K+].F[B-](F)(F)c1ccccc1"),
        ("[Cs+].[F-]", "[O-]S(=O)(=O)C(F)(F)F"),
    ),
    Alert(
        "contains_sulfide",
        "[$([S;X0,X1;-,-2;!$(S~[!#1])]),"  # S 2- or HS-
        "$([SX2H1][Li,Na,K,Rb,Cs])]",  # HS- drawn with a bond to its alkali metal
        "sulfide or hydrosulfide ion",
        ("[Na+].[Na+].[S-2]", "[Na+].[SH-]", "[Na]S[Na]", "S[Na]"),
        ("S", "C[S-]", "[Na+].[S-]C#N"),
    ),
    Alert(
        "contains_xanthate",
        "[CX3]([OX2])(=[SX1])[SX1-,SX2H1]",  # O-C(=S)S-, or its acid
        "xanthate",
        ("[K+].CCOC(=S)[S-]", "CCOC(=S)S"),
        ("CCN(CC)C(=S)[S-]", "CCOC(=O)C"),
    ),
    Alert(
        "contains_dithiocarbamate",
        "[CX3]([#7])(=[SX1])[SX1-,SX2H1]",  # N-C(=S)S-, or its acid
        "dithiocarbamate",
        ("[Na+].CCN(CC)C(=S)[S-]", "CCNC(=S)S"),
        ("[K+].CCOC(=S)[S-]", "NC(N)=S"),
    ),
    Alert(
        "contains_strong_acid",
        "[$([F,Cl,Br,I;X0,X1;H1;+0;!$(*~[!#1])]),"  # hydrogen halides
        "$([OX2H1][SX4](=O)=O),"  # sulfuric acid, sulfonic acids, alkyl hydrogen sulfates
        "$([OX2H1][N+](=O)[O-]),$([OX2H1][#17]~[#8]),"  # nitric acid, oxoacids of chlorine
        "$([NX3H1]([SX4](=O)=O)[SX4](=O)=O),"  # bis(sulfonyl)imides
        "$([OX2H1][CX3](=O)[CX4]([F,Cl,Br])[F,Cl,Br]),"  # dihalogeno and trihalogeno acids
        "$([OH3+]),$([#1+])]",  # hydronium, a bare proton
        "strong acid",
        ("CS(=O)(=O)O", "OC(=O)C(F)(F)F", "OC(=O)C(F)F", "Br", "O[N+](=O)[O-]", "OS(=O)(=O)O"),
        ("CC(=O)O", "OC(=O)CF", "[Na+].CS(=O)(=O)[O-]", "C[NH3+].[Br-]", "CN.Br", "CCBr"),
    ),
    Alert(
        "contains_acid_proton",
        "[$([OX2H1][CX3;!$(C[O-,S-])]=[OX1]),"  # carboxylic acids, not hydrogencarbonate
        "$([OX2H1][#16]=[OX1]),"  # sulfonic, sulfinic and sulfuric acids
        "$([OX2H1][#15X4;!$(P[O-])]=[OX1]),"  # phosphonic, phosphinic, phosphoric acids; not their monoanions
        "$([SX2H1][CX3]=[SX1]),$([SX2H1][CX2]#[NX1]),"  # xanthic, dithiocarbamic, thiocyanic acid
        "$([OX2H1][N+](=O)[O-]),$([OX2H1][#17,#35,#53]),"  # nitric acid, oxoacids of the halogens
        "$([NX3H1]([SX4](=O)=O)[SX4](=O)=O),"  # bis(sulfonyl)imides
        "$([F,Cl,Br,I;X0,X1;H1;+0;!$(*~[!#1])]),$([OH3+]),$([#1+])]",  # hydrogen halides, H3O+, H+
        "acid proton of a carboxylic, sulfonic, phosphonic or mineral acid",
        ("CC(=O)O", "CS(=O)(=O)O", "CP(=O)(O)O", "Cl", "Br", "CCNC(=S)S"),
        ("CC(=O)[O-]", "CCO", "CCS", "CCl", "[Cl-]", "OC(=O)[O-]", "CP(=O)(O)[O-]", "CN.Br"),
    ),
    Alert(
        "contains_ammonium_proton",
        "[$([#7+;H1,H2,H3,H4]);!$([#7]~[#7,#8])]",  # N-H on a cationic N
        "N-H of an ammonium, amidinium or pyridinium ion",
        ("[NH4+].[Cl-]", "C[NH3+].[Br-]", "CN.Br", "c1cc[nH+]cc1.[Cl-]"),
        ("CN", "C[N+](C)(C)C.[Br-]"),
    ),
    # ---- elements and odours ----------------------------------------------------------------------
    Alert("contains_thiol", "[SX2H1][#6]", "thiol", ("CCCCCCCCCCCCS", "OC(=O)CCS"), ("CSC", "[Na+].[SH-]")),
    Alert("contains_lead", "[#82]", "lead", ("[Pb+2].[Br-].[Br-]", "Br[Pb]Br"), ("[Cd+2].[Cl-].[Cl-]",)),
    Alert("contains_cadmium", "[#48]", "cadmium", ("[Cd+2].[Cl-].[Cl-]",), ("[Pb+2].[Br-].[Br-]",)),
    Alert("contains_mercury", "[#80]", "mercury", ("[Hg+2].[Cl-].[Cl-]", "C[Hg]C"), ("[Pb+2].[Br-].[Br-]",)),
    Alert(
        "is_pfas",
        "[CX4;H0;!$(C[Cl,Br,I])]"  # sp3 carbon without H, Cl, Br or I ...
        "(F)F",  # ... that bears two F or more
        "has a CF3 or CF2 carbon without H, Cl, Br or I on it (OECD 2021)",
        ("OC(=O)C(F)(F)F", "CCCCCCCC(F)(F)C(=O)O", "[O-]S(=O)(=O)C(F)(F)F", "FC(F)(F)c1ccccc1"),
        (
            "OC(=O)C(F)F",
            "OC(=O)CF",
            "CCOC(=O)C(F)(F)I",
            "FC(F)=C(F)F",
            "[Na+].F[B-](F)(F)F",
            "[NH4+].F[P-](F)(F)(F)(F)F",
        ),
    ),
)
"""All structural alerts. Names are columns of the rules."""
