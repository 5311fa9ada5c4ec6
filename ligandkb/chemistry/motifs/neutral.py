"""Which neutral molecules lend two electrons?"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import LigandClass, Motif

L = LigandClass.L

NEUTRAL: tuple[Motif, ...] = (
    # ---- L: phosphorus ---------------------------------------------------------------------------
    Motif(
        "phosphine",
        L,
        "[PX3;!$(P~[!#6;!#1])]",  # three-coordinate P on C or H only
        (0,),
        "phosphine, R3P",
        ("CP(C)C", "CCCCCCCCP(CCCCCCCC)CCCCCCCC"),
        ("CP(C)(C)=O", "COP(OC)OC"),
    ),
    Motif(
        "phosphite",
        L,
        "[PX3;$(P[#7,#8]);!$(P=*)]",  # three-coordinate P with O or N on it
        (0,),
        "phosphite, phosphonite or aminophosphine",
        ("COP(OC)OC", "CN(C)P(N(C)C)N(C)C"),
        ("CP(C)C", "CP(=O)(O)[O-]"),
    ),
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
    # ---- L: nitrogen -----------------------------------------------------------------------------
    Motif(
        "amine",
        L,
        "[NX3;+0;!$(N~[!#6;!#1])"  # N on C or H only (ammonia too) ...
        ";!$(N[a])"  # ... not on an aromatic ring (aniline)
        ";!$(N[#6]=,#[#6,#7,#8,#16,#34])]",  # ... and not an amide, amidine, enamine or thioamide
        (0,),
        "aliphatic amine",
        ("CN", "CN(C)C", "N", "NCc1ccccc1"),
        ("C[NH3+]", "CC(N)=O", "Nc1ccccc1", "NC(N)=N", "CS(N)(=O)=O", "NO"),
    ),
    Motif(
        "aromatic amine",
        L,
        "[NX3;+0;!$(N~[!#6;!#1]);$(N[c]);!$(N[#6]=[#7,#8,#16])]",
        (0,),
        "aniline",
        ("Nc1ccccc1",),
        ("NCc1ccccc1", "CC(=O)Nc1ccccc1"),
    ),
    Motif(
        "pyridine",
        L,
        "[nX2;+0;r6]",  # aromatic N with its lone pair in the ring plane
        (0,),
        "pyridine and other six-membered azines",
        ("c1ccncc1", "c1ccnnc1"),
        ("c1cc[nH]c1", "c1c[nH]cn1", "C[n+]1ccccc1"),
    ),
    Motif(
        "azole",
        L,
        "[nX2;+0;r5]",
        (0,),
        "imidazole, pyrazole, thiazole and other five-membered azoles, and the imine N of porphyrins",
        ("c1c[nH]cn1", "c1cscn1"),
        ("c1ccncc1", "c1cc[nH]c1"),
    ),
    Motif(
        "imine",
        L,
        "[NX2;+0;!$(N~[!#6;!#1])]=[CX3]",  # imine, amidine or guanidine N
        (0,),
        "imine, amidine or guanidine",
        ("CN=CC", "NC(N)=N"),
        ("NC(N)=[NH2+]", "CC=NO", "c1ccncc1"),
    ),
    Motif(
        "nitrile",
        L,
        "[NX1]#[CX2;!$(C[SX1-,OX1-])][#6]",
        (0,),
        "nitrile",
        ("CC#N",),
        ("[S-]C#N", "[C-]#N"),
    ),
    Motif(
        "isocyanide",
        L,
        "[CX1-]#[NX2+][#6]",
        (0,),
        "isocyanide, bound through C",
        ("[C-]#[N+]C",),
        ("[C-]#N",),
    ),
    Motif(
        "oxime",
        L,
        "[NX2;+0;$(N[OX2])]=[#6]",
        (0,),
        "oxime, bound through N",
        ("CC(C)=NO", "CC(C)=NOC"),
        ("CC(C)=N[O-]", "CN=CC"),
    ),
    # ---- L: sulfur and selenium ------------------------------------------------------------------
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
    Motif("thiophene", L, "[sX2]", (0,), "thiophene and other aromatic S", ("c1ccsc1",), ("CSC",)),
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
        "selenol", L, "[SeX2H1][#6]", (0,), "selenol, RSeH", ("C[SeH]", "[SeH]c1ccccc1"), ("C[Se-]", "C[Se]C")
    ),
    Motif("selenoether", L, "[SeX2]([#6])[#6]", (0,), "selenoether", ("C[Se]C",), ("CSC",)),
    # ---- L: oxygen ---------------------------------------------------------------------------------
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
        "[OX2H1][$([CX4]),$(c)]",
        (0,),
        "alcohol or phenol",
        ("CO", "Oc1ccccc1"),
        ("CC(=O)O", "COC", "O"),
    ),
    Motif(
        "ether",
        L,
        "[OX2;!$(O~[!#6])]"  # O between two carbons ...
        # ... neither acyl nor CF2, which take its electron density
        "([#6;!$([#6]=[O,S,N]);!$(C(F)F)])[#6;!$([#6]=[O,S,N]);!$(C(F)F)]",
        (0,),
        "ether",
        ("COC", "C1CCOC1"),
        ("CC(=O)OC", "CO", "COP(=O)(OC)OC", "FC(F)Oc1ccccc1"),
    ),
)
"""L-type donors, the more special before the more general."""
