"""Which neutral molecules lend a lone pair of oxygen, sulfur, selenium or tellurium?"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import LigandClass, Motif

L = LigandClass.L

NEUTRAL_CHALCOGEN: tuple[Motif, ...] = (
    # ---- bound to phosphorus ---------------------------------------------------------------------
    Motif(
        "phosphine oxide",
        L,
        "[OX1]=[PX4;!$(P[OX1-,SX1-]);!$(P[OX2H1,SX2H1])]",  # P=O without acidic or charged O: oxides and neutral esters
        (0,),
        "phosphine oxide or neutral phosphoryl ester, bound through O",
        ("CP(C)(C)=O", "COP(=O)(OC)OC"),
        ("CP(=O)(O)O", "CP(=O)(O)[O-]", "CP(C)C"),
    ),
    Motif(
        "phosphine sulfide",
        L,
        "[SX1]=[PX4;!$(P[SX1-]);!$(P[OX2H1,SX2H1])]",  # P=S without acidic or charged O and S
        (0,),
        "phosphine sulfide, bound through S",
        ("CP(C)(C)=S",),
        ("CP(C)(C)=O", "CP(C)(=S)[S-]"),
    ),
    Motif(
        "phosphine selenide",
        L,
        "[SeX1]=[PX4]",
        (0,),
        "phosphine selenide, bound through Se",
        ("CP(C)(C)=[Se]",),
        ("CP(C)(C)=S",),
    ),
    Motif(
        "phosphine telluride",
        L,
        "[TeX1]=[PX4]",
        (0,),
        "phosphine telluride, bound through Te",
        ("CCP(CC)(CC)=[Te]",),
        ("CP(C)(C)=[Se]",),
    ),
    # ---- sulfur, selenium, tellurium -------------------------------------------------------------
    Motif(
        "thiol",
        L,
        "[SX2H1][#6;!$([#6]=[O,S]);!$(C#N)]",
        (0,),
        "thiol, RSH",
        ("CCS", "Sc1ccccc1"),
        ("CC[S-]", "CSC", "CC(=O)S", "SC#N"),
    ),
    Motif(
        "thioether",
        L,
        "[SX2;!$(S~[!#6])]([#6;!$([#6]=[O,S]);!$(C#N)])[#6;!$([#6]=[O,S]);!$(C#N)]",
        (0,),
        "thioether, R2S",
        ("CSC", "C1CCSC1"),
        ("c1ccsc1", "CSSC", "CCS", "CSC(C)=O"),
    ),
    Motif(
        "disulfide",
        L,
        "[$([SX2;!$(S~[!#6;!#16])][SX2]),$([SeX2;!$([Se]~[!#6;!#34])][SeX2]),$([TeX2;!$([Te]~[!#6;!#52])][TeX2])]",
        (0,),
        "disulfide, polysulfide, diselenide or ditelluride, bound through either chalcogen",
        ("CSSC", "C[Se][Se]C", "C[Te][Te]C"),
        ("CSC", "CS(=O)(=O)SC", "CC[S-]", "[S-][S-]"),
    ),
    Motif("thiophene", L, "[sX2]", (0,), "thiophene and other aromatic S", ("c1ccsc1",), ("CSC",)),
    Motif(
        "selenophene",
        L,
        "[se,te;X2]",
        (0,),
        "selenophene, tellurophene and other aromatic Se or Te",
        ("c1cc[se]c1", "c1cc[te]c1"),
        ("C[Se]C", "c1ccsc1"),
    ),
    Motif(
        "thiocarbonyl",
        L,
        "[SX1]=[#6X3;!$([#6][SX1-,OX1-,SX2H1,OX2H1])]",
        (0,),
        "thiourea, thioamide or thione, bound through S",
        ("NC(N)=S", "CC(N)=S", "S=c1cccc[nH]1"),
        ("CCOC(=S)[S-]", "NC(N)=O", "CC(=S)S"),
    ),
    Motif(
        "isothiocyanate",
        L,
        "[SX1]=[CX2]=[NX2][#6]",
        (0,),
        "isothiocyanate, bound through S",
        ("CCN=C=S",),
        ("CN=C=O", "CSC#N", "[S-]C#N"),
    ),
    Motif(
        "selenol", L, "[SeX2H1][#6]", (0,), "selenol, RSeH", ("C[SeH]", "[SeH]c1ccccc1"), ("C[Se-]", "C[Se]C")
    ),
    Motif("selenoether", L, "[SeX2;A]([#6])[#6]", (0,), "selenoether", ("C[Se]C",), ("CSC", "c1cc[se]c1")),
    Motif(
        "telluroether",
        L,
        "[TeX2;A]([#6])[#6]",
        (0,),
        "telluroether",
        ("CC[Te]CC",),
        ("C[Se]C", "c1cc[te]c1"),
    ),
    # ---- oxygen on sulfur --------------------------------------------------------------------------
    Motif(
        "sulfoxide",
        L,
        "[OX1]=[SX3;!$(S[OX1-,OX2H1])]([#6])[#6]",
        (0,),
        "sulfoxide, bound through O",
        ("CS(C)=O",),
        ("CS(C)(=O)=O", "CS(=O)[O-]"),
    ),
    Motif(
        "sulfite ester",
        L,
        "[OX1]=[SX3;+0;$(S[OX2,NX3,NX2]);!$(S[OX1-,OX2H1])]",
        (0,),
        "ester or amide of sulfurous or a sulfinic acid, bound through O",
        ("COS(=O)OC", "CS(=O)OC", "CS(=O)N(C)C"),
        ("CS(C)=O", "CS(=O)O", "COS(=O)[O-]"),
    ),
    Motif(
        "sulfone",
        L,
        "[OX1]=[SX4;+0;!$(S[#7]);!$(S[OX1-,OX2H1,SX1-,F,Cl,Br,I]);!$(S[#7-])]=[OX1]",
        (0, 2),
        "sulfone or sulfonic ester, bound weakly through O",
        ("CS(C)(=O)=O", "O=S1(=O)CCC(C)C1", "COS(C)(=O)=O"),
        ("CS(C)=O", "CS(=O)(=O)[O-]", "CS(N)(=O)=O", "CS(=O)(=O)Cl", "CS(=O)(=O)O"),
    ),
    Motif(
        "sulfonamide",
        L,
        "[OX1]=[SX4;+0;$(S[#7;+0]);!$(S[OX1-,OX2H1,SX1-]);!$(S[#7-])]=[OX1]",
        (0, 2),
        "sulfonamide or sulfamide, bound weakly through O",
        ("CS(N)(=O)=O", "CCN(CC)S(=O)(=O)c1ccccc1"),
        ("CS(C)(=O)=O", "CS(=O)(=O)[NH-]", "NS(=O)(=O)[O-]"),
    ),
    # ---- other oxygen -------------------------------------------------------------------------------
    Motif(
        "amine oxide",
        L,
        "[OX1-][#7+;!$(N=O);!$(N#N);!$(N([O-])[O-])]",  # not nitro, nitronate, N2O
        (0,),
        "amine or pyridine N-oxide, bound through O",
        ("C[N+](C)(C)[O-]", "[O-][n+]1ccccc1"),
        ("C[N+](=O)[O-]",),
    ),
    Motif(
        "amide",
        L,
        "[OX1]=[#6X3;!$([#6][OX1-,SX1-])][#7X3]",
        (0,),
        "amide, urea or carbamate ester, bound through O",
        ("CC(N)=O", "NC(N)=O"),
        ("NC(=O)[O-]", "CC(C)=O"),
    ),
    Motif(
        "carbonyl",
        L,
        "[OX1]=[#6X3;!$([#6][OX1-,SX1-,OX2H1,SX2H1]);!$([#6][#7X3])]",
        (0,),
        "ketone, aldehyde, ester or acyl halide, bound through O",
        ("CC(C)=O", "CC(=O)OCC"),
        ("CC(=O)O", "CC(=O)[O-]", "CC(N)=O"),
    ),
    Motif(
        "alcohol",
        L,
        "[OX2H1][$([CX4]),$(c),$([CX3]=[#6])]",
        (0,),
        "alcohol, phenol or enol",
        ("CO", "Oc1ccccc1", "CC(O)=C"),
        ("CC(=O)O", "COC", "O"),
    ),
    Motif(
        "ether",
        L,
        "[OX2;!$(O~[!#6])]"  # O between two carbons ...
        # ... neither acyl nor CF2, which take its electron density
        "([#6;!$([#6]=[O,S,N]);!$(C(F)F);!$(C#N)])[#6;!$([#6]=[O,S,N]);!$(C(F)F);!$(C#N)]",
        (0,),
        "ether",
        ("COC", "C1CCOC1"),
        ("CC(=O)OC", "CO", "COP(=O)(OC)OC", "FC(F)Oc1ccccc1", "COC#N", "c1ccoc1"),
    ),
    Motif(
        "boronic acid",
        L,
        "[OX2H1][BX3;+0]",
        (0,),
        "boronic, borinic or boric acid, bound weakly through OH",
        ("OB(O)c1ccc(C)cc1", "OB(O)O"),
        ("COB(OC)OC", "O[B-](O)(O)O", "CCO"),
    ),
    Motif("furan", L, "[oX2]", (0,), "furan and other aromatic O", ("c1ccoc1",), ("COC",)),
)
"""L-type donors of the oxygen group."""
