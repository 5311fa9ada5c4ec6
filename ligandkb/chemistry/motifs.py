"""Which atoms of a species can bind lead, and as what?

The donor motifs are a table. Each entry says in SMARTS what it matches, clause by clause, which of the
matched atoms are donors (resonance-equivalent donors together, so that a mode doesn't depend on the
Kekulé form that was typed), and molecules that must and must not match; the tests run those.
Classes follow the covalent bond classification (M. L. H. Green, J. Organomet. Chem. 1995, 500, 127,
doi 10.1016/0022-328X(95)00508-N): X is the anion of a one-electron donor, L a neutral two-electron donor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rdkit import Chem


class LigandClass(StrEnum):
    """How a form binds: X, L, Z, as a zwitterion (anionic donor with a built-in cation), or not at all."""

    X = "X"
    L = "L"
    Z = "Z"
    ZWITTERION = "zwitterion"
    NONE = "none"


@dataclass(frozen=True)
class Motif:
    """One kind of donor.

    Attributes
    ----------
    group : str
        Name of the donor group, a value of the rules' column ``donor_group``.
    ligand_class : LigandClass
        X or L.
    smarts : str
        Pattern; its atoms listed in ``donors`` bind.
    donors : tuple of int
        Indices of the donor atoms in the pattern; all are equivalent by resonance.
    meaning : str
        In words.
    matches, rejects : tuple of str
        SMILES that must and must not match.
    """

    group: str
    ligand_class: LigandClass
    smarts: str
    donors: tuple[int, ...]
    meaning: str
    matches: tuple[str, ...]
    rejects: tuple[str, ...]

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def elements(self) -> frozenset[int]:
        """Atomic numbers without which a molecule can't match; an "or" of elements counts as none."""
        return frozenset(number for atom in self.pattern.GetAtoms() if (number := atom.GetAtomicNum()))


@dataclass(frozen=True, order=True)
class BindingMode:
    """Donor atoms and class of one way to bind.

    Attributes
    ----------
    ligand_class : LigandClass
        X or L.
    group : str
        Donor group, see :data:`MOTIFS`.
    element : str
        Element symbol of the donor atoms.
    donor_atoms : tuple of int
        Atom indices in the molecule, all equivalent by resonance.
    """

    ligand_class: LigandClass
    group: str
    element: str
    donor_atoms: tuple[int, ...]


X, L = LigandClass.X, LigandClass.L

MOTIFS: tuple[Motif, ...] = (
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
        "[OX2;!$(O~[!#6])]([#6;!$([#6]=[O,S,N])])[#6;!$([#6]=[O,S,N])]",
        (0,),
        "ether",
        ("COC", "C1CCOC1"),
        ("CC(=O)OC", "CO", "COP(=O)(OC)OC"),
    ),
)
"""All donor motifs. A donor atom belongs to the first motif of each class that claims it."""

GROUPS: tuple[str, ...] = tuple(dict.fromkeys(motif.group for motif in MOTIFS))
ELEMENTS: tuple[str, ...] = ("B", "C", "N", "O", "F", "P", "S", "Cl", "Se", "Br", "I")


def binding_modes(mol: Chem.Mol) -> tuple[BindingMode, ...]:
    """Every way in which a species can bind, the X modes first.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species, sanitised.

    Returns
    -------
    tuple of BindingMode
        X modes, then L modes, each in the order of :data:`MOTIFS`; empty for a species without donor.

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> [(mode.group, mode.element) for mode in binding_modes(parse("[S-]C#N"))]
    [('thiocyanate-S', 'S'), ('thiocyanate-N', 'N')]
    """
    return tuple(_modes(mol))


def _modes(mol: Chem.Mol) -> Iterator[BindingMode]:
    claimed: set[int] = set()
    elements = {atom.GetAtomicNum() for atom in mol.GetAtoms()}
    for motif in MOTIFS:
        if not motif.elements <= elements:
            continue
        for match in mol.GetSubstructMatches(motif.pattern, uniquify=True):
            donors = tuple(sorted(match[index] for index in motif.donors))
            if claimed.intersection(donors):
                continue
            claimed.update(donors)
            element = mol.GetAtomWithIdx(donors[0]).GetSymbol()
            yield BindingMode(motif.ligand_class, motif.group, element, donors)


def chelate_paths(mol: Chem.Mol, one: BindingMode, other: BindingMode) -> tuple[tuple[int, ...], ...]:
    """Shortest paths along which two modes can close a four- to seven-membered ring with one Pb.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species.
    one, other : BindingMode
        Two of its modes.

    Returns
    -------
    tuple of tuple of int
        Atom indices from donor to donor; empty if the two can't chelate. Linear anions such as SCN-, and
        donors that are meta or para to each other on a ring, can't reach the same atom.

    Examples
    --------
    >>> from ligandkb.chemistry.structure import parse
    >>> glycinate = parse("NCC(=O)[O-]")
    >>> len(chelate_paths(glycinate, *binding_modes(glycinate)))
    2
    """
    paths = (Chem.GetShortestPath(mol, a, b) for a in one.donor_atoms for b in other.donor_atoms)
    return tuple(path for path in paths if _closes_a_ring(mol, path))


def _closes_a_ring(mol: Chem.Mol, path: tuple[int, ...]) -> bool:
    # The chelate ring has the path's atoms and the metal.
    if not 3 <= len(path) <= 6:
        return False
    if any(mol.GetAtomWithIdx(index).GetHybridization() is Chem.HybridizationType.SP for index in path):
        return False
    return all(len(set(ring) & set(path)) <= 2 for ring in mol.GetRingInfo().AtomRings())
