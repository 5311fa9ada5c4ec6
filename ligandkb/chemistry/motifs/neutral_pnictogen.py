"""Which neutral molecules lend the lone pair of nitrogen, phosphorus, arsenic, antimony or carbon?

No motif has the nitrogen of amides, enamines and nitro groups, of pyrroles and of amines with three aryl groups: their
lone pair is spread over what they are bound to.
"""

from __future__ import annotations

from ligandkb.chemistry.motifs.motif import LigandClass, Motif

L = LigandClass.L

_FREE = "!$(N[#6]=,#[#6,#7,#8,#16,#34])"
"""Not on a carbon with a double bond to another atom: no amide, amidine, enamine."""

NEUTRAL_PNICTOGEN: tuple[Motif, ...] = (
    # ---- phosphorus, arsenic, antimony -----------------------------------------------------------
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
        "[PX3;$(P[#7,#8]);!$(P=*);!$(P[O-])]",  # three-coordinate P with O or N on it
        (0,),
        "phosphite, phosphonite or aminophosphine",
        ("COP(OC)OC", "CN(C)P(N(C)C)N(C)C"),
        ("CP(C)C", "CP(=O)(O)[O-]"),
    ),
    Motif(
        "arsine",
        L,
        "[AsX3;!$([As]~[!#6;!#1])]",
        (0,),
        "arsine, R3As",
        ("C[As](C)C", "c1ccc(cc1)[As](c1ccccc1)c1ccccc1"),
        ("C[As](C)(C)=O", "O=[As]O[As]=O", "CP(C)C"),
    ),
    Motif(
        "stibine",
        L,
        "[SbX3;!$([Sb]~[!#6;!#1])]",
        (0,),
        "stibine, R3Sb",
        ("C[Sb](C)C", "c1ccc(cc1)[Sb](c1ccccc1)c1ccccc1"),
        ("Cl[Sb](Cl)Cl", "C[As](C)C"),
    ),
    # ---- sp3 nitrogen -----------------------------------------------------------------------------
    Motif(
        "amine",
        L,
        "[NX3;+0;!$(N~[!#6;!#1])"  # N on C or H only (ammonia too) ...
        ";!$(N[a])"  # ... not on an aromatic ring (aniline)
        f";{_FREE}]",
        (0,),
        "aliphatic amine",
        ("CN", "CN(C)C", "N", "NCc1ccccc1"),
        ("C[NH3+]", "CC(N)=O", "Nc1ccccc1", "NC(N)=N", "CS(N)(=O)=O", "NO"),
    ),
    Motif(
        "aromatic amine",
        L,
        "[NX3;+0;!$(N~[!#6;!#1]);$(N[c]);!$(N([a])[a]);!$(N[#6]=[#6,#7,#8,#16])]",  # one aryl group only
        (0,),
        "aniline",
        ("Nc1ccccc1", "CN(C)c1ccccc1", "Nc1ccncc1"),
        (
            "NCc1ccccc1",
            "CC(=O)Nc1ccccc1",
            "c1ccc(cc1)Nc1ccccc1",
            "Cc1ccc(cc1)N(c1ccccc1)c1ccccc1",
            "CN(c1ccccc1)c1ccccn1",
        ),
    ),
    Motif(
        "diarylamine",
        L,
        "[NX3;+0;!$(N~[!#6;!#1]);$(N([c])[a]);!$(N([a])([a])[a]);!$(N[#6]=[#6,#7,#8,#16])]",  # two aryl groups
        (0,),
        "diarylamine, whose lone pair is shared by two aromatic rings",
        ("c1ccc(cc1)Nc1ccccc1", "CN(c1ccccc1)c1ccccn1"),
        ("Nc1ccccc1", "Cc1ccc(cc1)N(c1ccccc1)c1ccccc1", "c1ccc2c(c1)[nH]c1ccccc12"),
    ),
    Motif(
        "hydrazine",
        L,
        "[NX3;+0;$(N[NX3;+0]);!$(N~[!#6;!#7;!#1])"  # N on another sp3 N, else on C or H only
        f";!$(N[a]);!$(N[NX2]);{_FREE}]",  # not the N that an aryl or acyl group draws on
        (0,),
        "hydrazine or hydrazide, bound through the N that bears no aryl or acyl group",
        ("NN", "NNc1ccc(C)cc1", "CNN(C)C", "CC(=O)NN"),
        ("NO", "CN", "CN(C)N=O", "CC=NNC", "c1ccc(cc1)NNc1ccccc1", "C[N+](=O)[O-]", "NN=C"),
    ),
    Motif(
        "hydroxylamine",
        L,
        "[NX3;+0;$(N[OX2]);!$(N~[!#6;!#8;!#1])"  # N on one O, else on C or H only
        f";!$(N([OX2])[OX2]);!$(N[a]);{_FREE}]",
        (0,),
        "hydroxylamine or its ether, bound through N",
        ("NO", "CCN(O)CC", "NOCc1ccccc1"),
        ("CC(=O)NO", "CC(C)=NO", "CN", "C[N+](C)(C)[O-]", "ONc1ccccc1"),
    ),
    # ---- sp2 nitrogen -----------------------------------------------------------------------------
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
        "[nX2;+0;!r6]",
        (0,),
        "imidazole, pyrazole, thiazole and other five-membered azoles, and the imine N of porphyrins",
        ("c1c[nH]cn1", "c1cscn1"),
        ("c1ccncc1", "c1cc[nH]c1"),
    ),
    Motif(
        "amidine",
        L,
        "[NX2;+0;!$(N~[!#6;!#1])]=[#6X3][NX3;+0;!$(N[#6]=[O,S]);!$(N[#15,#16])]",  # C=N fed by an amino group
        (0,),
        "amidine or guanidine, bound through its imine N",
        ("NC(N)=N", "CC(N)=N", "C1CCC2=NCCCN2CC1"),
        ("NC(N)=[NH2+]", "CN=CC", "COC(C)=N", "CC(=O)N"),
    ),
    Motif(
        "imine",
        L,
        "[NX2;+0;!$(N~[!#6;!#1])]=[#6;X3,X2"
        ";!$([#6][NX3;+0;!$(N[#6]=[O,S]);!$(N[#15,#16])]);!$([#6]=[O,S,Se])]",  # no amidine, no isocyanate
        (0,),
        "imine, imidate or carbodiimide",
        ("CN=CC", "COC(C)=NC", "CN=C=NC"),
        ("NC(N)=[NH2+]", "CC=NO", "c1ccncc1", "NC(N)=N", "CN=C=O", "CN=C=S"),
    ),
    Motif(
        "hydrazone",
        L,
        "[NX2;+0;$(N[#7;+0]);!$(N~[!#6;!#7;!#1])]=[#6X3]",
        (0,),
        "hydrazone, azine, semicarbazone or pyrazoline, bound through the N of C=N",
        ("CCC=NNC", "CC=NN=CC", "CC=NNC(N)=O"),
        ("CN=CC", "CC(C)=NO", "NN", "C=[N+]=[N-]"),
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
    Motif(
        "azo",
        L,
        "[NX2;+0;$(N=[NX2;+0]);!$(N~[!#6;!#7;!#1])]",  # either N of N=N
        (0,),
        "azo compound or triazene",
        ("CN=NC", "c1ccc(cc1)N=Nc1ccccc1", "CN=NN(C)C"),
        ("NN", "CN=[N+]=[N-]", "c1ccnnc1", "CN=CC"),
    ),
    # ---- sp nitrogen and carbon ----------------------------------------------------------------------
    Motif(
        "nitrile",
        L,
        "[NX1]#[CX2][#6,$([OX2][#6]),$([SX2][#6]),$([SeX2][#6])]",
        (0,),
        "nitrile, or ester of cyanic or thiocyanic acid",
        ("CC#N", "CSC#N", "COC#N"),
        ("[S-]C#N", "[C-]#N", "CN(C)C#N"),
    ),
    Motif(
        "cyanamide",
        L,
        "[NX1]#[CX2][NX3,NX2;+0]",
        (0,),
        "cyanamide, bound through the nitrile N",
        ("CCCN(CC)C#N", "NC(N)=NC#N"),
        ("CC#N", "N#C[N-]C#N", "CSC#N"),
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
)
"""L-type donors of the nitrogen group, and isocyanides."""
