"""What gives off a poison, or attacks, only together with something else in the vial?"""

from __future__ import annotations

from ligandkb.chemistry.acids import ACIDS, any_of
from ligandkb.chemistry.alerts.alert import Alert

MIXING_ALERTS: tuple[Alert, ...] = (
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
        "$([SX2H1][Li,Na,K,Rb,Cs]),"  # HS- drawn with a bond to its alkali metal
        "$([S;X1,X2;$(S[Si]);!$(S~[!#1;!#14])])]",  # S with nothing but silicon and hydrogen on it
        "sulfide or hydrosulfide ion, or a silyl sulfide, which gives it",
        ("[Na+].[Na+].[S-2]", "[Na+].[SH-]", "[Na]S[Na]", "S[Na]", "C[Si](C)(C)S[Si](C)(C)C", "C[Si](C)(C)S"),
        ("S", "C[S-]", "[Na+].[S-]C#N", "CS[Si](C)(C)C", "C[Si](C)(C)CS"),
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
        f"[{any_of(kind for kind in ACIDS if kind.strong)},$([OH3+]),$([#1+])]",  # hydronium and bare proton, too
        "strong acid",
        ("CS(=O)(=O)O", "OC(=O)C(F)(F)F", "OC(=O)C(F)F", "Br", "O[N+](=O)[O-]", "OS(=O)(=O)O"),
        ("CC(=O)O", "OC(=O)CF", "[Na+].CS(=O)(=O)[O-]", "C[NH3+].[Br-]", "CN.Br", "CCBr"),
    ),
    Alert(
        "contains_acid_proton",
        # the second proton of carbonic and phosphonic acid is too weak
        f"[{any_of(kind for kind in ACIDS if kind.acidifies)},$([OH3+]),$([#1+]);!$(*[C,P][O-,S-])]",
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
)
"""Halves of a dangerous mixture, and strong acids."""
