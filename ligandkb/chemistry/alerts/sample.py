"""What spoils the sample: by reacting with the amine, by taking lead out of the crystal, by exchanging its cations?

These alerts hurt nobody; the rules in rules/sample.yaml turn them into tags. What reacts with an amine is judged by
the group that every textbook calls reactive at room temperature; groups that need heat or a catalyst (aryl and alkyl
chlorides, unactivated esters) stay free, and so do salts of the acids whose esters alkylate. Michael acceptors stay
free, too: methacrylic acid is a ligand.
"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert, parts

_POSITIVE_NITROGEN = Chem.MolFromSmarts("[#7+;!$([#7]~[#8-])]")
_PRIMARY_AMMONIUM = Chem.MolFromSmarts("[NH3+][CX4]")
_PHENYL = Chem.MolFromSmarts("c1ccccc1")

_MAX_SMALL_CATION_ATOMS = 4  # guanidinium
_SPACER_CARBONS = range(3, 7)  # propyl to hexyl
_MAX_ARYLALKYL_CARBONS = 10


def _cations(mol: Chem.Mol) -> list[Chem.Mol]:
    return [part for part in parts(mol) if part.HasSubstructMatch(_POSITIVE_NITROGEN)]


def _has_small_cation(mol: Chem.Mol) -> bool:
    """Whether an organic cation is no larger than guanidinium, and has no donor that would make it a ligand."""
    return any(
        1 < part.GetNumHeavyAtoms() <= _MAX_SMALL_CATION_ATOMS
        and all(atom.GetAtomicNum() in (6, 7) for atom in part.GetAtoms())
        and all(atom.GetFormalCharge() >= 0 for atom in part.GetAtoms())
        and (
            part.GetNumHeavyAtoms() < _MAX_SMALL_CATION_ATOMS or not part.HasSubstructMatch(_PRIMARY_AMMONIUM)
        )
        for part in _cations(mol)
    )


def _has_spacer_cation(mol: Chem.Mol) -> bool:
    """Whether a primary ammonium ion has a short alkyl chain, or an aryl group on one, and nothing else."""
    for part in _cations(mol):
        if not part.HasSubstructMatch(_PRIMARY_AMMONIUM):
            continue
        others = [atom for atom in part.GetAtoms() if atom.GetAtomicNum() not in (6, 7, 9, 17, 35)]
        carbons = sum(atom.GetAtomicNum() == 6 for atom in part.GetAtoms())
        aryl = part.HasSubstructMatch(_PHENYL)
        if not others and (carbons <= _MAX_ARYLALKYL_CARBONS if aryl else carbons in _SPACER_CARBONS):
            return True
    return False


# S, or N that isn't quaternary and bears no acyl, imidoyl, phosphoryl or sulfonyl group: it closes a ring of three.
_SOFT_NEIGHBOUR = "[$([SX2;!$(SC=O)]),$([NX3,NX4+;!H0,!$(N(C)(C)(C)C);!$(N[#6,#15,#16]=[#7,#8,#16])])]"

SAMPLE_ALERTS: tuple[Alert, ...] = (
    # ---- reacts with the amine -----------------------------------------------------------------------
    Alert(
        "is_acylating_agent",
        "[$([CX3](=[O,S])[F,Cl,Br,I]),"  # acyl halide, chloroformate
        "$([SX4](=O)(=O)[F,Cl,Br,I]),$([SX3](=O)[Cl,Br]),"  # sulfonyl and sulfinyl halide
        "$([PX4](=[O,S])[Cl,Br]),"  # phosphoryl halide
        "$([CX3](=O)[OX2][CX3]=O),$([SX4](=O)(=O)[OX2][SX4](=O)=O),$([CX3](=O)[OX2][SX4](=O)=O),"  # anhydride
        "$([CX2](=[NX2])=[O,S]),$([CX2](=[#6X3])=O),$([CX2](=[NX2][#6])=[NX2][#6]),"  # isocyanate, ketene, carbodiimide
        "$([CX3;r4](=O)[OX2;r4][!#1]),"  # beta-lactone
        "$([CX3](=O)[OX2][NX3](C=O)C=O),$([CX3](=O)[OX2]c1c(F)c(F)c(F)c(F)c1F)]",  # active esters
        "acyl, sulfonyl or phosphoryl halide, anhydride, iso(thio)cyanate, ketene, carbodiimide, beta-lactone or "
        "active ester, which turn amines into amides, (thio)ureas and guanidines",
        (
            "O=C(Cl)c1ccc(C(=O)[O-])cc1",
            "CC(=O)OC(C)=O",
            "O=C=Nc1ccc(C(=O)[O-])cc1",
            "O=S(=O)(F)c1ccc(C(=O)[O-])cc1",
            "COC(=O)Cl",
            "CCOP(=O)(Cl)OCC",
            "CC(C)=C=O",
            "S=C=Nc1ccccc1",
            "O=C=N[Si](C)(C)C",
            "CC(C)N=C=NC(C)C",
            "O=C1CCO1",
            "CC1OC(=O)C1(C)C",
            "CCCC(=O)ON1C(=O)CCC1=O",
            "CCCC(=O)Oc1c(F)c(F)c(F)c(F)c1F",
        ),
        (
            "CC(=O)OC",
            "[S-]C#N",
            "CSC#N",
            "CNC(N)=O",
            "CNC(N)=S",
            "N#CN",
            "CN=C(NC)NC",
            "O=C1CCCO1",
            "COC(=O)c1ccccc1",
            "CC(=O)Oc1ccccc1F",
            "O=C1CCC(=O)N1",
            "O=C1CCC(=O)N1O",
            "CC(=C)C(=O)O",
            "CS(=O)(=O)[O-]",
            "O=C([O-])CCCl",
            "N#C[O-]",
            "CCCCCl",
            "CC(=O)OCl",
        ),
    ),
    Alert(
        "is_alkylating_agent",
        "[$([CX4;H1,H2;$(Cc),$(C[CX3]=[CX3]),$(CC#C)][Cl,Br,I]),$([CX4H3][Br,I]),"  # benzyl, allyl, propargyl, methyl
        "$([CX4;H1,H2]([Cl,Br,I])[CX3](=O)[#6,#1,$([OX2]([#6])[#6]),#7]),"  # alpha-halogeno ketone, ester, amide
        "$([CX4;H1,H2]([Br,I])[CX3](=O)[O-,OX2H1]),"  # bromo- and iodoacetic acid
        "$([CX4;H1,H2]([Cl,Br,I])C#N),"  # alpha-halogenonitrile
        f"$([CX4;H2]([Cl,Br,I])[CX4;H2]{_SOFT_NEIGHBOUR}),"  # half mustard
        "$([CX4;!$(C(F)(F)F)][OX2][SX4](=[OX1])(=[OX1])[#6,#7,F,$([OX2][#6])]),"  # sulfonic and sulfuric ester, sultone
        "$([CX4][OX3+]([#6])[#6]),"  # trialkyloxonium
        "$([CX4;r3]1[CX4;r3][OX2,SX2,NX4+;r3]1),"  # epoxide, episulfide, aziridinium
        "$([CX4;r3]1[CX4;r3][NX3;r3]1[$(C=O),$(S=O),$(P=O)])]",  # aziridine with an acceptor on N
        "benzyl, allyl or methyl halide, alpha-halogenated carbonyl compound or nitrile, 2-halogenoethylamine or "
        "sulfide, ester of a sulfonic or of sulfuric acid, epoxide, episulfide or activated aziridine: they alkylate "
        "amines",
        (
            "BrCc1ccccc1",
            "C=CCBr",
            "C#CCCl",
            "CI",
            "COS(=O)(=O)C(F)(F)F",
            "COS(=O)(=O)OC",
            "CCOS(=O)(=O)c1ccc(C)cc1",
            "O=S1(=O)CCCO1",
            "CC(=O)CCl",
            "CCOC(=O)CBr",
            "OC(=O)CI",
            "OC(=O)c1ccc(CBr)cc1",
            "C[O+](C)C.F[B-](F)(F)F",
            "CCC1CO1",
            "CO[Si](CCCOCC1CO1)(OC)OC",
            "CC1CS1",
            "C[N+]1(C)CC1",
            "CS(=O)(=O)N1CC1",
            "N#CCBr",
            "[NH3+]CCCl.[Cl-]",
            "CSCCCl",
        ),
        (
            "C[N+](C)(C)CCCl.[Cl-]",
            "CC(=O)NCCCl",
            "ClCCCN",
            "ClCCO",
            "C1CCOC1",
            "C1COC1",
            "CC1COCO1",
            "C1CCNC1",
            "C[N+]1(C)CCC1",
            "C1CC1",
            "CC(=C)C(=O)O",
            "Clc1ccccc1",
            "CCCCCCCl",
            "ClCCl",
            "CCCCCCCCCCCCOS(=O)(=O)[O-].[Na+]",
            "CS(=O)(=O)[O-].[Na+]",
            "OC(=O)C(F)(F)I",
            "OC(=O)CCl",
            "OC(=O)C(Cl)Cl",
            "FCc1ccccc1",
            "C=CCl",
            "CCOC(=O)C(F)(F)I",
        ),
    ),
    Alert(
        "is_arylating_agent",
        # halogen on a six-membered ring, on which two acceptors draw from ortho or para: ring N or nitro groups
        "[c;r6;$(c([F,Cl,Br,I])(:n):n),$(c([F,Cl,Br,I])(:n):a:a:n),"
        "$(c([F,Cl,Br,I])(:n):c[N+](=O)[O-]),$(c([F,Cl,Br,I])(:n):a:a:c[N+](=O)[O-]),"
        "$(c([F,Cl,Br,I])(:c[N+](=O)[O-]):a:a:c[N+](=O)[O-]),"
        "$(c([F,Cl,Br,I])(:c[N+](=O)[O-]):c[N+](=O)[O-]),"
        "$(c1([F,Cl,Br,I])ccc([N+](=O)[O-])c2nonc12),"  # NBD chloride and fluoride
        "$(c1([F,Cl,Br,I])c(F)c(F)[n,$(c[N+](=O)[O-]),$(cC#N)]c(F)c1F)]",  # para to N, nitro or cyano, rest F
        "halogen on a triazine, pyrimidine, dinitroarene, nitrobenzofurazan or perfluoropyridine, which amines replace",
        (
            "Fc1nc(F)nc(F)n1",
            "Clc1nc(OC)nc(OC)n1",
            "Clc1ncccn1",
            "Clc1ccncn1",
            "O=[N+]([O-])c1ccc(F)c([N+](=O)[O-])c1",
            "O=[N+]([O-])c1ccc(Cl)nc1",
            "Clc1nc(Cl)nc(Cl)n1",
            "O=[N+]([O-])c1ccc(Cl)c2nonc12",
            "Fc1nc(F)c(F)c(F)c1F",
            "N#Cc1c(F)c(F)c(F)c(F)c1F",
        ),
        (
            "Clc1ccccc1",
            "Clc1ccccn1",
            "Clc1cncnc1",
            "O=[N+]([O-])c1ccc(Cl)cc1",
            "Nc1nc(N)nc(N)n1",
            "Oc1nc(O)nc(O)n1",
            "OC(=O)c1nn[nH]c1Cl",
            "Cn1nccc1Cl",
            "Fc1c(F)c(F)c(F)c(F)c1F",
            "OC(=O)c1c(F)c(F)c(F)c(F)c1F",
            "OC(=O)c1ccc(F)cc1",
        ),
    ),
    Alert(
        "is_aldehyde",
        "[CX3;H1,H2](=[OX1])[#6,#1;!$([#6][OX1-])]",
        "aldehyde, which condenses with primary amines to imines and water",
        ("CCCC=O", "O=Cc1ccccc1", "OC(=O)c1ccc(C=O)cc1"),
        ("CC(C)=O", "O=CO", "CN(C)C=O", "O=C[O-]", "COC=O"),
    ),
    Alert(
        "is_boron_halide",
        "[#5;$([BX3;+0][F,Cl,Br,I]),$([BX4;-]([F,Cl,Br,I])([F,Cl,Br,I])([F,Cl,Br,I])[#8,#16;+])]",
        "boron with halogen on it, free or as the adduct of an ether or sulfide, which takes the amine instead and "
        "sets halide free",
        ("FB(F)F", "CCOCC.FB(F)F", "CC[O+](CC)[B-](F)(F)F", "CCCCB(Cl)Cl"),
        ("[Na+].F[B-](F)(F)F", "OB(O)c1ccccc1", "F[B-](F)(F)c1ccccc1.[K+]"),
    ),
    Alert(
        "is_silicon_halide",
        "[Si][Cl,Br,I]",
        "chloro-, bromo- or iodosilane, which turns amines into silylamines and sets halide free",
        ("C[Si](C)(C)Cl", "Cl[Si](Cl)(Cl)Cl", "CCCCCCCC[Si](Cl)(Cl)Cl", "C[Si](C)(C)Br"),
        ("CCO[Si](CCCN)(OCC)OCC", "CCO[Si](OCC)(OCC)OCC", "C[Si](C)(C)CCl", "F[Si-2](F)(F)(F)(F)F"),
    ),
    # ---- takes lead out of the crystal -----------------------------------------------------------------
    Alert(
        "is_lead_chelator",
        "[$([SX2H1,SX1-][CX4][CX4][SX2H1,SX1-]),$([SX2H1,SX1-][CX4][CX4][CX4][SX2H1,SX1-]),"
        "$([SX2H1,SX1-][CX4][CX4][CX4][CX4][SX2H1,SX1-]),"  # 1,2- to 1,4-dithiols
        "$([SX2H1,SX1-]cc[SX2H1,SX1-]),"
        "$([SX2H1,SX1-][CX4][CX4]([NX3,NX4+])[CX3](=O)[OX2H1,OX1-]),"  # cysteine, penicillamine
        "$([SX2H1,SX1-][CX4][CX3](=O)[NX3][CX4][CX3](=O)[OX2H1,OX1-]),"  # mercaptoacylglycines
        "$([NX3,NX4+]([CX4][CX3](=O)[OX2H1,OX1-])[CX4][CX3](=O)[OX2H1,OX1-]),"  # iminodiacetates: NTA, EDTA, DTPA
        "$([CX4]([OX2H1,OX1-])([CX4][CX3](=O)[OX2H1,OX1-])"  # citrate
        "([CX4][CX3](=O)[OX2H1,OX1-])[CX3](=O)[OX2H1,OX1-]),"
        "$([PX4](=O)([OX2H1,OX1-])[CX4][PX4](=O)[OX2H1,OX1-]),"  # etidronic acid
        "$([PX4](=O)([OX2H1,OX1-])[CX4][NX3,NX4+][CX4][PX4](=O)[OX2H1,OX1-])]",  # aminopolyphosphonates
        "dithiol, cysteine and its kin, citrate, aminopolycarboxylate or polyphosphonate, which hold lead in solution",
        (
            "OC(=O)[C@@H](S)[C@@H](S)C(=O)O",
            "OCC(S)CS",
            "OC(CS)C(O)CS",
            "N[C@@H](CS)C(=O)O",
            "[NH3+][C@@H](CS)C(=O)[O-]",
            "CC(C)(S)[C@H](N)C(=O)O",
            "CC(S)C(=O)NCC(=O)O",
            "OC(=O)CN(CCN(CC(=O)O)CC(=O)O)CC(=O)O",
            "[Na+].[Na+].[O-]C(=O)CN(CCN(CC(=O)O)CC(=O)[O-])CC(=O)O",
            "OC(=O)CN(CC(=O)O)CC(=O)O",
            "Sc1ccccc1S",
            "OC(=O)CC(O)(CC(=O)O)C(=O)O",
            "CC(O)(P(=O)(O)O)P(=O)(O)O",
            "OP(=O)(O)CN(CP(=O)(O)O)CP(=O)(O)O",
        ),
        (
            "CCCCCCP(=O)(O)O",
            "OC(C(=O)O)CC(=O)O",
            "CCCCCCCCCCCCS",
            "OC(=O)CS",
            "OCCS",
            "NCC(=O)O",
            "CSCC[C@H](N)C(=O)O",
            "OC(=O)CCC(=O)O",
            "SCCCCCCS",
            "CN(C)CC(=O)O",
        ),
    ),
    Alert(
        "is_lead_precipitant",
        "[$([CX3](=O)([OX2H1,OX1-])[CX3](=O)[OX2H1,OX1-]),"  # oxalate and hydrogen oxalate
        "$([SX4](=O)(=O)([OX1-,OX2H1])[OX1-,OX2H1]),"  # sulfate and hydrogensulfate, not alkyl sulfates
        "$([F;X0;-])]",  # fluoride
        "oxalate, sulfate or fluoride, whose lead salt is less soluble than lead bromide",
        ("OC(=O)C(=O)O", "[NH4+].[NH4+].[O-]S(=O)(=O)[O-]", "[Cs+].[F-]", "[K+].OC(=O)C(=O)[O-]"),
        ("OC(=O)CC(=O)O", "CCCCOS(=O)(=O)[O-]", "CS(=O)(=O)O", "CF", "CCOC(=O)C(=O)OCC", "F[B-](F)(F)F"),
    ),
    # ---- takes the place of the crystal's cations --------------------------------------------------------
    Alert(
        "is_small_cation",
        "[#7+;!$([#7]~[#8-])]",
        "organic cation small enough for the A site: up to three heavy atoms, or guanidinium and amidinium with four",
        (
            "C[NH3+].[Br-]",
            "NC=[NH2+].[Br-]",
            "NC(N)=[NH2+].[Cl-]",
            "C[NH2+]C.[Br-]",
            "C[NH3+]",
            "CC(N)=[NH2+].[Cl-]",
        ),
        ("[NH4+].[Br-]", "CCCC[NH3+].[Br-]", "CN", "[Cs+].[Br-]", "OCC[NH3+].[Cl-]", "[NH3+]CC(=O)[O-]"),
        condition=_has_small_cation,
    ),
    Alert(
        "is_layer_spacer",
        "[NH3+][CX4]",
        "primary ammonium ion with three to six carbon atoms, or with a benzene ring and up to ten",
        ("CCCC[NH3+].[Br-]", "[NH3+]CCc1ccccc1.[I-]", "[NH3+]Cc1ccccc1", "[NH3+]CCCC[NH3+].[Br-].[Br-]"),
        (
            "C[NH3+].[Br-]",
            "CCCCCCCC/C=C\\CCCCCCCC[NH3+].[Br-]",
            "CCCC[NH2+]CCCC.[Br-]",
            "CCCC[N+](CCCC)(CCCC)CCCC.[Br-]",
            "CCCCN",
            "[NH3+]CCCC(=O)[O-]",
        ),
        condition=_has_spacer_cation,
    ),
)
"""What spoils the sample rather than the chemist."""
