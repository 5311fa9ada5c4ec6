"""Which anions bind through another atom than oxygen?"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import LigandClass, Motif

X = LigandClass.X

ANIONIC_OTHER: tuple[Motif, ...] = (
    # ---- X: sulfur and selenium donors --------------------------------------------------------
    Motif(
        "thiocarboxylate",
        X,
        "[CX3;$(C[#6])](=[OX1])[SX1-]",
        (2,),
        "thiocarboxylate, RCOS-, bound through S",
        ("CC(=O)[S-]",),
        ("CC(=O)[O-]", "CC(=S)[S-]"),
    ),
    Motif(
        "dithiocarbamate",
        X,
        "[CX3]([#7])(=[SX1])[SX1-]",
        (2, 3),
        "dithiocarbamate, R2NCS2-",
        ("CCN(CC)C(=S)[S-]",),
        ("CCOC(=S)[S-]",),
    ),
    Motif(
        "xanthate",
        X,
        "[CX3]([OX2])(=[SX1])[SX1-]",
        (2, 3),
        "xanthate, ROCS2-",
        ("CCOC(=S)[S-]",),
        ("CCN(CC)C(=S)[S-]", "CC(=S)[S-]"),
    ),
    Motif(
        "dithiocarboxylate",
        X,
        "[CX3;$(C[#6]),$([CH1]),$(C[SX2])](=[SX1])[SX1-]",  # on C or H, or trithiocarbonate
        (1, 2),
        "dithiocarboxylate or trithiocarbonate",
        ("CC(=S)[S-]", "CSC(=S)[S-]"),
        ("CCOC(=S)[S-]", "CN(C)C(=S)[S-]"),
    ),
    Motif(
        "dithiophosphate",
        X,
        "[PX4](=[SX1])[SX1-]",
        (1, 2),
        "dithiophosphate or dithiophosphinate, R2PS2-",
        ("CP(C)(=S)[S-]", "COP(=S)(OC)[S-]"),
        ("CP(C)(=O)[O-]",),
    ),
    Motif(
        "thioamidate",
        X,
        "[SX1-][#6X3]=[NX2]",
        (0,),
        "anion of a thioamide or thiourea, bound through S",
        ("CC([S-])=NC",),
        ("CC(N)=S", "CC(=S)[S-]", "CSC(C)=NC"),
    ),
    Motif(
        "thiophosphate",
        X,
        "[PX4](=[OX1])[SX1-]",  # the charge is drawn on S, which binds the softer Pb
        (2,),
        "thiophosphate, thiophosphonate or thiophosphinate, bound through S",
        ("CCOP(=O)([S-])OCC", "CP(C)(=O)[S-]"),
        ("CP(C)(=S)[S-]", "CP(C)(=O)[O-]", "CCOP(=O)(SC)OCC"),
    ),
    Motif(
        "thiolate",
        X,
        "[SX1-][$([CX4]),$(c)]",  # S- on sp3 or aromatic carbon
        (0,),
        "thiolate, RS-",
        ("CC[S-]", "[S-]c1ccccc1"),
        ("CCS", "[S-]C#N", "CC(=O)[S-]"),
    ),
    Motif(
        "sulfide", X, "[SX0-2,SX1H1-]", (0,), "sulfide or hydrosulfide", ("[S-2]", "[SH-]"), ("C[S-]", "S")
    ),
    Motif(
        "selenolate",
        X,
        "[$([SeX1-][#6;!$(C#N)]),$([Se-2]),$([SeH1-])]",
        (0,),
        "selenolate or selenide",
        ("C[Se-]", "[Se-2]"),
        ("[Se-]C#N", "C[S-]"),
    ),
    # ---- X: pseudohalides, ambidentate --------------------------------------------------------
    Motif(
        "thiocyanate-S",
        X,
        "[SX1-][CX2]#[NX1]",
        (0,),
        "thiocyanate bound through S",
        ("[S-]C#N",),
        ("CSC#N", "[O-]C#N"),
    ),
    Motif(
        "thiocyanate-N",
        X,
        "[NX1]#[CX2][SX1-]",
        (0,),
        "thiocyanate bound through N",
        ("[S-]C#N",),
        ("CSC#N", "[O-]C#N"),
    ),
    Motif(
        "selenocyanate-Se",
        X,
        "[SeX1-][CX2]#[NX1]",
        (0,),
        "selenocyanate bound through Se",
        ("[Se-]C#N",),
        ("[S-]C#N",),
    ),
    Motif(
        "selenocyanate-N",
        X,
        "[NX1]#[CX2][SeX1-]",
        (0,),
        "selenocyanate bound through N",
        ("[Se-]C#N",),
        ("[S-]C#N",),
    ),
    Motif("cyanate-N", X, "[NX1]#[CX2][OX1-]", (0,), "cyanate bound through N", ("[O-]C#N",), ("[S-]C#N",)),
    Motif("cyanate-O", X, "[OX1-][CX2]#[NX1]", (0,), "cyanate bound through O", ("[O-]C#N",), ("[S-]C#N",)),
    Motif("cyanide", X, "[CX1-]#[NX1]", (0,), "cyanide bound through C", ("[C-]#N",), ("CC#N", "[C-]#[O+]")),
    Motif(
        "dicyanamide",
        X,
        "[NX1]#[CX2][NX2-][CX2]#[NX1]",
        (0, 4),
        "dicyanamide, bound through a terminal N",
        ("N#C[N-]C#N",),
        ("N#CNC#N", "[S-]C#N"),
    ),
    Motif(
        "azide",
        X,
        "[NX1-]=[N+]=[NX1-]",
        (0, 2),
        "azide",
        ("[N-]=[N+]=[N-]",),
        ("CN=[N+]=[N-]",),
    ),
    Motif(
        "fulminate",
        X,
        "[$([CX1-]#[N+][O-])]",
        (0,),
        "fulminate bound through C",
        ("[C-]#[N+][O-]",),
        ("[O-]C#N",),
    ),
    # ---- X: halides and weakly coordinating anions ---------------------------------------------
    Motif(
        "halide",
        X,
        "[F-,Cl-,Br-,I-;X0]",  # a bare ion, not the middle of I3- or HF2-
        (0,),
        "halide",
        ("[F-]", "[Br-]"),
        ("CBr", "F[B-](F)(F)F", "I[I-]I"),
    ),
    Motif(
        "tetrafluoroborate",
        X,
        "[BX4-](F)(F)(F)F",
        (1, 2, 3, 4),
        "tetrafluoroborate, bound weakly through F",
        ("F[B-](F)(F)F",),
        ("[F-]", "FB(F)F"),
    ),
    Motif(
        "hexafluorophosphate",
        X,
        "[PX6-](F)(F)(F)(F)(F)F",
        (1, 2, 3, 4, 5, 6),
        "hexafluorophosphate, bound weakly through F",
        ("F[P-](F)(F)(F)(F)F",),
        ("[F-]",),
    ),
    # ---- X: nitrogen donors ---------------------------------------------------------------------
    Motif(
        "sulfonimide",
        X,
        "[NX2-]([SX4](=O)=O)[SX4](=O)=O",
        (0,),
        "bis(sulfonyl)imide bound through N",
        ("FC(F)(F)S(=O)(=O)[N-]S(=O)(=O)C(F)(F)F",),
        ("CS(=O)(=O)[O-]",),
    ),
    Motif(
        "amidate",
        X,
        "[NX2-;$(N[#6]=[O,S]),$(N[SX4]=O)]",  # N- next to at least one acyl or sulfonyl group
        (0,),
        "anion of an imide, sulfonamide or amide such as saccharin, bound through N",
        ("O=C1CCC(=O)[N-]1", "CS(=O)(=O)[NH-]"),
        ("O=C1CCC(=O)N1", "CS(=O)(=O)N", "[N-]=[N+]=[N-]"),
    ),
    Motif(
        "azolate",
        X,
        "[nX2-]1[nX2]ccc1",  # pyrazolate: the charge is shared by both N
        (0, 1),
        "pyrazolate; both N are equivalent",
        ("c1cc[n-]n1", "Cc1cc(C)[n-]n1"),
        ("c1cc[nH]n1", "c1c[n-]cn1"),
    ),
    Motif(
        "azolate",
        X,
        "[nX2-]1c[nX2]cc1",  # imidazolate: the charge is shared by both N
        (0, 2),
        "imidazolate; both N are equivalent",
        ("c1c[n-]cn1", "Cc1c[n-]cn1"),
        ("c1c[nH]cn1", "c1cc[n-]n1"),
    ),
    Motif(
        "azolate",
        X,
        "[nX2-]",
        (0,),
        "other deprotonated azoles: triazolate, tetrazolate, pyrrolide",
        ("c1nnn[n-]1", "c1cc[n-]c1"),
        ("c1c[nH]cn1",),
    ),
)
"""X-type sulfur, selenium, halogen, nitrogen and ambidentate donors, the more special before the more general."""
