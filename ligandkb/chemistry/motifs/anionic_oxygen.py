"""Which anions bind through oxygen?"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import LigandClass, Motif

X = LigandClass.X

ANIONIC_OXYGEN: tuple[Motif, ...] = (
    # ---- X: anionic oxygen donors -------------------------------------------------------------
    Motif(
        "carbonate",
        X,
        "[OX1]=[CX3]([OX1-])[OX1-,OX2H1]",  # C with three terminal O: carbonate or hydrogencarbonate
        (0, 2, 3),
        "inorganic carbonate",
        ("[O-]C(=O)[O-]", "OC(=O)[O-]"),
        ("CC(=O)[O-]", "NC(=O)[O-]", "COC(=O)[O-]"),
    ),
    Motif(
        "carboxylate",
        X,
        "[$([CX3;H1]),$([CX3][#6])]"  # carboxyl C on H (formate) or on carbon, not on O or N
        "(=[OX1])[OX1-]",  # both O are equivalent donors
        (1, 2),
        "carboxylate, RCOO-",
        ("CC(=O)[O-]", "[O-]C=O", "[O-]C(=O)c1ccccc1"),
        ("CC(=O)O", "[O-]C([O-])=O", "CC(=O)OC", "CC(=O)[S-]"),
    ),
    Motif(
        "carbamate",
        X,
        "[CX3]([#7])(=[OX1])[OX1-]",  # carboxyl C on N
        (2, 3),
        "carbamate, R2NCOO-",
        ("NC(=O)[O-]",),
        ("CC(=O)[O-]", "NC(=S)[S-]"),
    ),
    Motif(
        "carbonate ester",
        X,
        "[CX3]([OX2][#6])(=[OX1])[OX1-]",  # carboxyl C on O-alkyl
        (3, 4),
        "alkyl carbonate, ROCOO-",
        ("COC(=O)[O-]",),
        ("OC(=O)[O-]", "CC(=O)[O-]"),
    ),
    Motif(
        "phosphonate",
        X,
        "[PX4;$(P[#6]),$([PH1]);!$(P([#6])[#6]);!$([PH1][#6])]"  # P bound to just one carbon or hydrogen
        "(=[OX1])([OX1-])[OX2H1]",  # monoanion: P=O and P-O- are equivalent, P-OH doesn't bind as X
        (1, 2),
        "hydrogen phosphonate, RPO2(OH)-",
        ("CP(=O)(O)[O-]", "O=[PH](O)[O-]"),
        ("CP(=O)([O-])[O-]", "COP(=O)(O)[O-]", "CP(C)(=O)[O-]", "CP(=O)(OC)[O-]"),
    ),
    Motif(
        "phosphonate",
        X,
        "[PX4;$(P[#6]),$([PH1]);!$(P([#6])[#6]);!$([PH1][#6])]"  # P bound to just one carbon or hydrogen
        "(=[OX1])([OX1-])[OX1-]",  # dianion: three equivalent O
        (1, 2, 3),
        "phosphonate dianion, RPO3 2-",
        ("CP(=O)([O-])[O-]",),
        ("CP(=O)(O)[O-]", "COP(=O)([O-])[O-]"),
    ),
    Motif(
        "phosphonate",
        X,
        "[PX4;$(P[#6]),$([PH1]);!$(P([#6])[#6]);!$([PH1][#6])]"  # P bound to just one carbon or hydrogen
        "(=[OX1])([OX1-])[OX2][#6]",  # its half ester
        (1, 2),
        "phosphonate half ester, RPO2(OR')-",
        ("CP(=O)(OC)[O-]",),
        ("CP(=O)(O)[O-]", "COP(=O)(OC)[O-]"),
    ),
    Motif(
        "phosphinate",
        X,
        "[PX4;$(P([#6])[#6]),$([PH1][#6]),$([PH2]);!$(P~[#7,#8]~[#6])]"  # two of C or H on P
        "(=[OX1])[OX1-]",
        (1, 2),
        "phosphinate, R2PO2-",
        ("CP(C)(=O)[O-]", "O=[PH]([O-])c1ccccc1"),
        ("CP(=O)(O)[O-]", "COP(=O)(OC)[O-]"),
    ),
    Motif(
        "phosphate",
        X,
        "[PX4;!$(P[#6]);!$([PH])]"  # no P-C and no P-H bond: phosphoric acid and its esters
        "(=[OX1])([OX1-])([OX2,SX2,NX3,F])[OX2,SX2,NX3,F]",  # one charge; amides, thioesters, fluorides, too
        (1, 2),
        "phosphate monoanion, (RO)(R'O)PO2-",
        ("COP(=O)(O)[O-]", "COP(=O)(OC)[O-]", "OP(=O)(O)[O-]", "CNP(=O)(NC)[O-]"),
        ("COP(=O)([O-])[O-]", "CP(=O)(O)[O-]"),
    ),
    Motif(
        "phosphate",
        X,
        "[PX4;!$(P[#6]);!$([PH])]"  # no P-C and no P-H bond
        "(=[OX1])([OX1-])([OX1-])[OX2,OX1-,SX2,NX3,F]",  # two or three negative charges
        (1, 2, 3),
        "phosphate dianion, ROPO3 2-",
        ("COP(=O)([O-])[O-]", "OP(=O)([O-])[O-]"),
        ("COP(=O)(O)[O-]", "CP(=O)([O-])[O-]"),
    ),
    Motif(
        "sulfonate",
        X,
        "[SX4;$(S[#6])]"  # S on carbon
        "(=[OX1])(=[OX1])[OX1-]",  # three equivalent O
        (1, 2, 3),
        "sulfonate, RSO3-",
        ("CS(=O)(=O)[O-]", "[O-]S(=O)(=O)C(F)(F)F", "Cc1ccc(cc1)S(=O)(=O)[O-]"),
        ("CS(=O)(=O)O", "COS(=O)(=O)[O-]", "[O-]S(=O)(=O)[O-]", "CS(=O)[O-]"),
    ),
    Motif(
        "thiosulfonate",
        X,
        "[SX1-][SX4](=[OX1])=[OX1]",
        (0,),
        "thiosulfonate or thiosulfate, bound through the terminal S",
        ("CS(=O)(=O)[S-]", "[O-]S(=O)(=O)[S-]"),
        ("CS(=O)(=O)[O-]", "CS(=O)(=O)SC"),
    ),
    Motif(
        "sulfate",
        X,
        "[SX4;!$(S[#6])]"  # S on O or N only
        "(=[OX1])(=[OX1])[OX1-]",
        (1, 2, 3),
        "sulfate, alkyl sulfate or sulfamate",
        ("COS(=O)(=O)[O-]", "[O-]S(=O)(=O)[O-]", "OS(=O)(=O)[O-]"),
        ("CS(=O)(=O)[O-]",),
    ),
    Motif(
        "sulfinate",
        X,
        "[SX3;$(S[#6])](=[OX1])[OX1-]",
        (1, 2),
        "sulfinate, RSO2-",
        ("CS(=O)[O-]",),
        ("CS(=O)(=O)[O-]",),
    ),
    Motif(
        "sulfite",
        X,
        "[SX3;!$(S~[!#8])](=[OX1])([OX1-])[OX1-]",  # S with three O and nothing else
        (1, 2, 3),
        "sulfite, SO3 2-, bound through O",
        ("[O-]S(=O)[O-]",),
        ("OS(=O)[O-]", "CS(=O)[O-]"),
    ),
    Motif(
        "sulfite",
        X,
        "[SX3;!$(S~[!#8])](=[OX1])([OX1-])[OX2]",
        (1, 2),
        "hydrogensulfite or alkyl sulfite, bound through O",
        ("OS(=O)[O-]", "COS(=O)[O-]"),
        ("[O-]S(=O)[O-]", "CS(=O)[O-]"),
    ),
    Motif(
        "nitrate",
        X,
        "[NX3+](=[OX1])([OX1-])[OX1-]",  # N with three terminal O
        (1, 2, 3),
        "nitrate, NO3-",
        ("[O-][N+](=O)[O-]",),
        ("C[N+](=O)[O-]", "[O-]N=O"),
    ),
    Motif(
        "nitrite",
        X,
        "[NX2](=[OX1])[OX1-]",
        (1, 2),
        "nitrite, NO2-, bound through O",
        ("[O-]N=O",),
        ("[O-][N+](=O)[O-]",),
    ),
    Motif(
        "nitronate",
        X,
        "[NX3+]([OX1-])([OX1-])=[#6]",  # both O are equivalent
        (1, 2),
        "anion of a nitroalkane, R2C=NO2-",
        ("C=[N+]([O-])[O-]",),
        ("C[N+](=O)[O-]", "[O-][N+](=O)[O-]"),
    ),
    Motif(
        "halate",
        X,
        "[Cl,Br,I;X3](~[OX1])(~[OX1])~[OX1]",  # RDKit draws it charge-separated
        (1, 2, 3),
        "chlorate, bromate or iodate",
        ("[O-]Cl(=O)=O", "[O-]I(=O)=O"),
        ("[O-]Cl(=O)(=O)=O", "[I-]", "OCl(=O)=O"),
    ),
    Motif(
        "perchlorate",
        X,
        "[ClX4](~[OX1])(~[OX1])(~[OX1])~[OX1]",  # RDKit draws it charge-separated
        (1, 2, 3, 4),
        "perchlorate, ClO4-",
        ("[O-]Cl(=O)(=O)=O",),
        ("[Cl-]",),
    ),
    Motif("hydroxide", X, "[OX1H1-]", (0,), "hydroxide, OH-", ("[OH-]",), ("O", "CC(=O)[O-]", "C[O-]")),
    Motif("oxide", X, "[OX0-2]", (0,), "oxide, O 2-", ("[O-2]",), ("[OH-]",)),
    Motif(
        "alkoxide",
        X,
        "[OX1-][CX4]",  # O- on sp3 carbon
        (0,),
        "alkoxide, RO-",
        ("C[O-]",),
        ("CC(=O)[O-]", "[O-]c1ccccc1"),
    ),
    Motif(
        "phenolate",
        X,
        "[OX1-]c",  # O- on an aromatic carbon
        (0,),
        "phenolate, ArO-",
        ("[O-]c1ccccc1",),
        ("C[O-]", "[O-]C(=O)c1ccccc1"),
    ),
    Motif(
        "diketonate",
        X,
        "[OX1-][CX3]=[CX3][CX3]=[OX1]",  # the charge is shared with the carbonyl O
        (0, 4),
        "1,3-diketonate such as acetylacetonate; both O are equivalent",
        ("CC(=O)C=C(C)[O-]",),
        ("CC(=O)CC(C)=O", "CC(=O)C=C(C)O", "CC(=O)[O-]", "[O-]c1ccccc1C=O"),
    ),
    Motif(
        "enolate",
        X,
        "[OX1-][CX3]=[CX3]",
        (0,),
        "enolate",
        ("C=C(C)[O-]",),
        ("CC(=O)[O-]", "[O-]c1ccccc1", "CC(C)=O"),
    ),
    Motif(
        "hydroxamate",
        X,
        "[OX1-][NX3][#6X3]=[OX1]",
        (0,),
        "hydroxamate, RCON(R')O-, bound through the O on N",
        ("CC(=O)N[O-]",),
        ("CC(=O)NO", "CC(=O)[NH-]"),
    ),
    Motif(
        "oximate",
        X,
        "[OX1-][NX2;+0]=[#6]",
        (0,),
        "oximate, R2C=NO-, bound through O",
        ("CC(C)=N[O-]",),
        ("CC(C)=NO", "[O-]N=O", "C=[N+](C)[O-]"),
    ),
    Motif(
        "thiohydroxamate",
        X,
        "[OX1-][#7X3][#6X3]=[SX1]",
        (0,),
        "thiohydroxamate, RCSN(R')O-, bound through the O on N",
        ("CC(=S)N[O-]", "CCN([O-])C(C)=S"),
        ("CC(=O)N[O-]", "CC(=S)NO"),
    ),
    Motif(
        "phosphite anion",
        X,
        "[OX1-][PX3]",
        (0,),
        "anion of a phosphorous acid ester or of a phosphine oxide R2PHO, drawn with three-coordinate P",
        ("CCOP([O-])[O-]", "CCOP([O-])OCC"),
        ("CP(C)(=O)[O-]", "COP(OC)OC"),
    ),
    Motif(
        "borate",
        X,
        "[$([OX1-][B;+0]),$([OX2H1][BX4-]),$([OX2]([BX4-])[#6;!$(C=O)])]",
        (0,),
        "borate, boronate or ester of one, bound through O",
        ("[O-]B([O-])[O-]", "O[B-](O)(O)O", "[O-]B=O", "c1ccc2c(c1)O[B-]1(O2)Oc2ccccc2O1"),
        ("OB(O)O", "F[B-](F)(F)F", "O=C1O[B-]2(OC1=O)OC(=O)C(=O)O2"),
    ),
)
"""X-type oxygen donors, the more special before the more general."""
