"""What catches fire in air, sets gas free with water, or fumes with moisture?

Whether a metal powder burns depends on its grain and is not judged here; that an alkyl of zinc does, isn't a matter of
form. Where size decides (trialkylphosphines, trialkylboranes) the bound is twelve carbon atoms: tributylphosphine
bears H250 by the statements of a government, trioctylphosphine is weighed out in air.
"""

from __future__ import annotations

from collections.abc import Callable

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert, parts

_ALKYL_METALS = (3, 4, 11, 12, 13, 19, 30, 31, 37, 48, 49, 55)  # Li Be Na Mg Al K Zn Ga Rb Cd In Cs
_MAX_CARBONS = 12
# Carbon with a negative charge of its own: no acetylide, cyanide, enolate, ylide or anion beside a C=O, C=N or S=O.
_CARBANION = (
    "[#6;-;!$([#6]#*);!$([#6][#6,#7,#16]=,:[#7,#8]);!$([#6]~[#7+,#15+,#16+]);!$([#6]C#N);!$([#6][SX4](=O)=O)]"
)
_METALS = ",".join(f"#{number}" for number in _ALKYL_METALS)
_WATER = Chem.MolFromSmarts("[OX2H2,OX3H3]")


def _few_carbons_at(pattern: str) -> Callable[[Chem.Mol], bool]:
    """Make the test whether a species that matches has at most twelve carbon atoms."""
    compiled = Chem.MolFromSmarts(pattern)

    def few(mol: Chem.Mol) -> bool:
        return any(
            part.HasSubstructMatch(compiled)
            and sum(atom.GetAtomicNum() == 6 for atom in part.GetAtoms()) <= _MAX_CARBONS
            for part in parts(mol)
        )

    return few


def _is_anhydrous(mol: Chem.Mol) -> bool:
    return not mol.HasSubstructMatch(_WATER)


_SMALL_PHOSPHINE = (
    "[#15,#33,#51;X3;+0;!$(*~[!#1;!$([CX4]);!#14])][#6,#14]"  # P, As, Sb with alkyl, silyl or H alone
)
_SMALL_BORANE = "[#5;X3;+0]([CX4])[CX4]"

BURNING_ALERTS: tuple[Alert, ...] = (
    # ---- catches fire in air -------------------------------------------------------------------------
    Alert(
        "contains_metal_alkyl",
        f"[{_METALS}][#6;!$([#6]#[#6,#7])]",  # carbon bound to the metal, acetylide and cyanide apart
        "alkyl or aryl compound of an alkali metal, Be, Mg, Zn, Cd, Al, Ga or In",
        (
            "CC[Zn]CC",
            "C[Al](C)C",
            "CC[Al](CC)CC",
            "CC(C)C[AlH]CC(C)C",
            "C[Mg]Br",
            "c1ccccc1[Mg]Br",
            "C[Ga](C)C",
        ),
        (
            "CC(=O)O[Zn]OC(C)=O",
            "CC(C)O[Al](OC(C)C)OC(C)C",
            "[Zn+2].[C-]#N.[C-]#N",
            "CCCC[Sn](CCCC)(CCCC)Cl",
            "[Pb+2].[Br-].[Br-]",
            "[Mg+2].[Cl-].[Cl-]",
        ),
    ),
    Alert(
        "contains_ionic_metal_alkyl",
        f"[{_METALS};+,+2,+3;X0].{_CARBANION}",  # the metal ion beside a carbanion
        "carbanion beside an alkali metal, Be, Mg, Zn, Cd, Al, Ga or In: an alkyl or aryl compound drawn as ions",
        ("[Li]CCCC", "[Li+].[CH2-]CCC", "[CH3-].[CH3-].[Zn+2]", "[Li+].[CH2-]c1ccccc1", "[Na+].c1ccc[cH-]1"),
        (
            "[Na+].[CH-](C(=O)OCC)C(=O)OCC",
            "[Na+].[C-]#N",
            "[Na+].[C-]#Cc1ccccc1",
            "[K+].[CH-](C#N)C#N",
            "[Li+].[Br-].[CH2-][P+](c1ccccc1)(c1ccccc1)c1ccccc1",
            "[Na+].CC(=O)[O-]",
            "[Na+].[CH2-]S(C)(=O)=O",
        ),
    ),
    Alert(
        "contains_small_phosphine",
        _SMALL_PHOSPHINE,
        "phosphine, arsine or stibine with alkyl or silyl groups and hydrogen alone, and up to twelve carbon atoms",
        (
            "CP(C)C",
            "CCP(CC)CC",
            "CCCCP(CCCC)CCCC",
            "CC(C)(C)P(C(C)(C)C)C(C)(C)C",
            "C[As](C)C",
            "CC(C)(C)[AsH2]",
            "CC(C)(C)P",
            "C[Si](C)(C)P([Si](C)(C)C)[Si](C)(C)C",
        ),
        (
            "CCCCCCCCP(CCCCCCCC)CCCCCCCC",
            "C1CCC(CC1)P(C1CCCCC1)C1CCCCC1",
            "c1ccc(cc1)P(c1ccccc1)c1ccccc1",
            "Pc1ccccc1",
            "CP(C)(C)=O",
            "COP(OC)OC",
            "C[P+](C)(C)C.[Br-]",
            "CN(C)C",
            "CCCCCCP(=O)(O)O",
        ),
        condition=_few_carbons_at(_SMALL_PHOSPHINE),
    ),
    Alert(
        "contains_small_trialkylborane",
        _SMALL_BORANE,
        "borane or borinic ester with two or three alkyl groups and up to twelve carbon atoms",
        ("CCB(CC)CC", "CB(C)C", "CCB(CC)OC", "CCCCB(CCCC)CCCC"),
        (
            "OB(O)c1ccccc1",
            "CB(O)O",
            "c1ccc(cc1)B(c1ccccc1)c1ccccc1",
            "[Li+].CC[B-](CC)(CC)CC",
            "CCOB(OCC)OCC",
        ),
        condition=_few_carbons_at(_SMALL_BORANE),
    ),
    Alert(
        "contains_silicon_hydride",
        "[$([#14,#32;H2,H3,H4;!$(*~[!#1;!#14;!#32])]),"  # silanes and germanes of nothing but hydrogen
        "$([#14;H1,H2,H3][Cl,Br,I])]",  # halosilanes with hydrogen left
        "silane, germane, their higher kin, or a halosilane with hydrogen on silicon",
        ("[SiH4]", "[SiH3][SiH3]", "[GeH4]", "Cl[SiH](Cl)Cl", "C[SiH](Cl)Cl"),
        ("CC[SiH](CC)CC", "C[Si](C)(C)Cl", "CO[Si](CCCN)(OC)OC", "C[SiH](C)O[SiH](C)C", "O=[Si]=O"),
    ),
    Alert(
        "contains_alkali_metal",
        "[Li,Na,K,Rb,Cs;X0;+0;H0]",  # the bare atom
        "alkali metal",
        ("[Na]", "[Li]", "[K]", "[Cs]"),
        ("[Na+].[Cl-]", "[Cs+].[Br-]", "CCO[Na]", "[Pb]", "[Mg]"),
    ),
    # ---- sets hydrogen free with water -----------------------------------------------------------------
    Alert(
        "contains_metal_hydride",
        "[$([#1;-]),"  # hydride ion
        "$([#3,#4,#11,#12,#13,#19,#20,#30,#31,#37,#38,#55,#56;!H0;!$(*[#8])]),"  # H on an s metal, Al, Zn, Ga
        "$([#5;-;!H0;!$([#5][!#1;!#6]);!$([#5]c)])]",  # BH4-, alkylborohydride; no carborane, no arylborate
        "hydride or borohydride",
        (
            "[Na+].[H-]",
            "[NaH]",
            "[Ca+2].[H-].[H-]",
            "[Li+].[AlH4-]",
            "[Na+].[BH4-]",
            "CC(C)C[AlH]CC(C)C",
            "[Li+].CC[BH-](CC)CC",
        ),
        ("[Na+].[OH-]", "[Na+].F[B-](F)(F)F", "CC[SiH](CC)CC", "Br", "[NH4+].[Cl-]", "OB(O)O"),
    ),
    Alert(
        "contains_alkali_amide",
        "[Li,Na,K,Rb,Cs;+].[#7;-;X1,X2;!$([#7]~[!#1;!$([CX4]);!$([Si])])]",  # N- with alkyl, silyl or H only
        "amide of an alkali metal, such as LDA, LiHMDS or NaNH2",
        ("[Na+].[NH2-]", "CC(C)N([Li])C(C)C", "[Li+].C[Si](C)(C)[N-][Si](C)(C)C"),
        (
            "[Na+].[N-]=[N+]=[N-]",
            "[Li+].FC(F)(F)S(=O)(=O)[N-]S(=O)(=O)C(F)(F)F",
            "[K+].O=C1CCC(=O)[N-]1",
            "[Na+].[O-]C#N",
            "[Na+].NCC(=O)[O-]",
        ),
    ),
    # ---- gives hydrogen halide with moisture -------------------------------------------------------------
    Alert(
        "is_metal_halide_lewis_acid",
        "[$([Al;+3]),$([Ga;+3]),$([Ti;+3,+4]),$([Zr;+4]),$([Hf;+4]),$([Sn;+4;X0])].[Cl,Br,I;-]",
        "anhydrous chloride, bromide or iodide of Al, Ga, Ti, Zr, Hf or tin(IV)",
        ("[Al](Cl)(Cl)Cl", "Cl[Ti](Cl)(Cl)Cl", "Cl[Sn](Cl)(Cl)Cl", "[Al+3].[Br-].[Br-].[Br-]"),
        (
            "O.O.O.O.O.O.[Al+3].[Cl-].[Cl-].[Cl-]",
            "[Sn+2].[Cl-].[Cl-]",
            "[Pb+2].[Br-].[Br-]",
            "[Zn+2].[Cl-].[Cl-]",
            "[Al+3].[OH-].[OH-].[OH-]",
            "CCCC[Sn](CCCC)(CCCC)Cl",
        ),
        condition=_is_anhydrous,
    ),
    Alert(
        "is_phosphorus_halide",
        "[$([#15;!-][Cl,Br,I]),"  # PCl3, PCl5, POCl3, chlorophosphines, phosphonic dichlorides; not PF6-
        "$([#15;+0;!$([#15][OX1-,OX2H1]);!$([PX4](~[O,S;D1])(F)[$([#7]),$([OX2][#6]),$([SX2][#6]),$([#6])])]F)]",
        # fluorides likewise; fluorophosphates are salts, and organic P(=O)F has an alert of its own
        "phosphorus compound with fluorine, chlorine, bromine or iodine on it",
        (
            "ClP(Cl)Cl",
            "O=P(Cl)(Cl)Cl",
            "ClP(Cl)(Cl)(Cl)Cl",
            "ClP(c1ccccc1)c1ccccc1",
            "CP(=O)(Cl)Cl",
            "BrP(Br)Br",
            "FP(F)F",
            "CP(F)F",
            "O=P(F)(F)F",
        ),
        (
            "[NH4+].F[P-](F)(F)(F)(F)F",
            "[Li+].[O-]P(=O)(F)F",
            "CCOP(=O)(OCC)OCC",
            "C[P+](C)(C)C.[Br-]",
            "ClCP(=O)(O)O",
        ),
    ),
    Alert(
        "is_sulfur_halide",
        "[$([SX2][Cl,Br]),$([SX3](=O)([Cl,Br])[Cl,Br]),$([SX4](=O)(=O)([F,Cl,Br])[F,Cl,Br])]",
        "sulfur chloride or bromide, sulfenyl halide, thionyl or sulfuryl halide",
        ("ClSCl", "ClSSCl", "O=S(Cl)Cl", "O=S(=O)(Cl)Cl", "ClSC(Cl)(Cl)Cl"),
        ("CS(=O)(=O)Cl", "CSC", "FS(F)(F)(F)(F)F", "ClCSC", "C[S+](C)C.[Cl-]"),
    ),
    Alert(
        "is_acid_halide",
        "[$([CX3](=[OX1])([#6,#1,#7,#8])[Cl,Br,I]),$([SX4](=[OX1])(=[OX1])([#6,#7])[Cl,Br])]",
        "chloride, bromide or iodide of a carboxylic, carbonic, carbamic or sulfonic acid",
        ("CC(=O)Cl", "O=C(Br)c1ccccc1", "CCOC(=O)Cl", "CN(C)C(=O)Cl", "CS(=O)(=O)Cl"),
        ("CC(=O)F", "OC(=O)CCl", "NC(=O)c1ccc(Cl)cc1", "O=S(=O)(F)c1ccccc1", "CCCl", "O=C1CCC(=O)N1Cl"),
    ),
)
"""What burns in air, reacts with water or fumes with moisture."""
