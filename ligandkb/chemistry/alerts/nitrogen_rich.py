"""Which rings and salts explode because they hold so much nitrogen?"""

from __future__ import annotations

from collections.abc import Callable

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert, parts
from ligandkb.chemistry.alerts.explosive import NITRO

_TETRAZOLE = "[#6;r5]1~[#7]~[#7]~[#7]~[#7]1"
_NITROTRIAZOLE = (
    f"[#6;r5;$([#6]1(~{NITRO})~[#7]~[#7]~[#6]~[#7]1),"  # 1,2,4-triazole ...
    f"$([#6]1(~{NITRO})~[#7]~[#7]~[#7]~[#6]1)]"  # ... or 1,2,3-triazole with nitro on carbon
)
_MAX_OTHERS_PER_RING = 6
_MAX_BASE_ATOMS = 5  # aminoguanidinium; butylammonium is the largest amine that is counted
_OXO_ANION = (
    "$([#7;X3](~[#8;D1])(~[#8;D1])~[#8;D1]),"  # nitrate, nitric acid
    "$([#24](~[#8])(~[#8])(~[#8])~[#8]),"  # chromate, dichromate
    "$([#25](~[#8])(~[#8])(~[#8])~[#8]),"  # permanganate
    "$([#35,#53;D3](~[#8;D1])(~[#8;D1])~[#8;D1])"  # bromate, iodate
)
_IS_OXO_ANION = Chem.MolFromSmarts(f"[{_OXO_ANION}]")
_BASE = Chem.MolFromSmarts("[#7;!H0]")


def _few_other_atoms_at(pattern: str) -> Callable[[Chem.Mol], bool]:
    """Make the test whether a species has at most six heavy atoms other than nitrogen to each match."""
    compiled = Chem.MolFromSmarts(pattern)

    def few(mol: Chem.Mol) -> bool:
        for part in parts(mol):
            others = sum(atom.GetAtomicNum() not in (1, 7) for atom in part.GetAtoms())
            rings = len(part.GetSubstructMatches(compiled))
            if rings and others <= _MAX_OTHERS_PER_RING * rings:
                return True
        return False

    return few


def _has_small_nitrogen_base(mol: Chem.Mol) -> bool:
    """Whether ammonia, an amine, hydroxylamine, urea or guanidine of few atoms stands beside the oxo-anion."""
    return any(
        part.GetNumHeavyAtoms() <= _MAX_BASE_ATOMS
        and part.HasSubstructMatch(_BASE)
        and not part.HasSubstructMatch(_IS_OXO_ANION)
        and all(atom.GetAtomicNum() in (1, 6, 7, 8) for atom in part.GetAtoms())
        for part in parts(mol)
    )


NITROGEN_RICH_ALERTS: tuple[Alert, ...] = (
    Alert(
        "contains_energetic_tetrazole",
        f"[#6;r5]1(~[$({NITRO}),$([#7]~{NITRO}),$([#7]=[#7;!r5]),"  # C with nitro, nitramine, azide or azo on it ...
        "$([#7]~[#7;!r5]~[#7;!r5])])"  # ... or a chain of three N, as tetrazene has, ...
        "~[#7]~[#7]~[#7]~[#7]1",  # ... in a tetrazole ring, in any state of protonation
        "tetrazole with a nitro, nitramino, azido, azo or triazene group on its carbon",
        (
            "[Na+].[O-][N+](=O)c1nn[n-]n1",
            "[O-][N+](=O)c1nnn[nH]1",
            "[N-]=[N+]=Nc1nnn[nH]1",
            "[O-][N+](=O)Nc1nnn[nH]1",
            "N=C(N)N(N)N=Nc1nnn[nH]1",
            "C1(=NNN(C(=N)N)N)N=NN=N1",
        ),
        ("c1nn[nH]n1", "Nc1nnn[nH]1", "c1ccccc1-c1nnn[nH]1", "CNc1nnn[nH]1", "CC=NNc1nnn[nH]1"),
    ),
    Alert(
        "contains_parent_tetrazole",
        "[#6;r5;D2]1~[#7;D2]~[#7;D2]~[#7;D2]~[#7;D2]1",  # nothing but hydrogen on the ring
        "tetrazole without a substituent, or its salts",
        ("c1nnn[nH]1", "c1nn[nH]n1", "[Na+].c1nn[n-]n1", "C1=NNN=N1"),
        (
            "Cc1nnn[nH]1",
            "Nc1nnn[nH]1",
            "c1ccccc1-c1nnn[nH]1",
            "c1nc[nH]n1",
            "c1ccc2[nH]nnc2c1",
            "OC(=O)Cn1cnnn1",
        ),
    ),
    Alert(
        "contains_small_tetrazole",
        _TETRAZOLE,
        "tetrazole with at most six heavy atoms other than nitrogen to each ring",
        ("Nc1nnn[nH]1", "Cc1nnn[nH]1", "OC(=O)Cn1cnnn1", "Cn1nnnc1S", "c1(nnn[nH]1)-c1nnn[nH]1"),
        (
            "c1ccccc1-c1nnn[nH]1",
            "OC(=O)c1ccc(cc1)-c1nnn[nH]1",
            "Sc1nnnn1-c1ccccc1",
            "[NH4+].c1ccccc1-c1nn[n-]n1",
            "c1ccc2[nH]nnc2c1",
            "c1nc[nH]n1",
        ),
        condition=_few_other_atoms_at(_TETRAZOLE),
    ),
    Alert(
        "contains_nitrotriazolone",
        f"[#6;r5]1(~{NITRO})~[#7]~[#7]~[#6](~[#8;D1])~[#7]1",  # 1,2,4-triazole, nitro on one C and O on the other
        "3-nitro-1,2,4-triazol-5-one (NTO), its tautomers and salts",
        (
            "O=C1NNC(=N1)[N+](=O)[O-]",
            "O=c1[nH]nc([N+](=O)[O-])[nH]1",
            "Oc1n[nH]c([N+](=O)[O-])n1",
            "[NH4+].[O-]c1n[nH]c([N+](=O)[O-])n1",
        ),
        ("O=c1[nH]nc[nH]1", "O=[N+]([O-])c1nc[nH]n1", "O=c1[nH]nc(-c2ccc([N+](=O)[O-])cc2)[nH]1"),
    ),
    Alert(
        "contains_small_nitrotriazole",
        _NITROTRIAZOLE,
        "nitrotriazole with at most six heavy atoms other than nitrogen to each ring",
        ("O=[N+]([O-])c1nc[nH]n1", "O=C1NNC(=N1)[N+](=O)[O-]", "O=[N+]([O-])c1c[nH]nn1"),
        (
            "OC(=O)c1ccccc1Cn1cnc(n1)[N+](=O)[O-]",
            "c1nc[nH]n1",
            "Nc1nc[nH]n1",
            "c1ccc2[nH]nnc2c1",
            "O=[N+]([O-])c1ccc2[nH]nnc2c1",
            "Cc1ncc([N+](=O)[O-])n1CCO",
            "O=[N+]([O-])c1c[nH]cn1",
        ),
        condition=_few_other_atoms_at(_NITROTRIAZOLE),
    ),
    Alert(
        "contains_hydroxybenzotriazole",
        "[#8;X1,X2H1]~[#7;r5]1~[#7;D2]~[#7;D2]~[#6]~[#6]1",  # N-OH or its salt; the other two N bear nothing
        "1-hydroxytriazole, such as 1-hydroxybenzotriazole (HOBt) and its aza and chloro kin",
        ("On1nnc2ccccc12", "O.On1nnc2ccccc12", "On1nnc2cccnc12", "[O-][n+]1[nH]nc2ccccc21"),
        (
            "c1ccc2[nH]nnc2c1",
            "Cc1ccc2[nH]nnc2c1",
            "CN(C)C(On1nnc2ccccc21)=[N+](C)C.F[P-](F)(F)(F)(F)F",
            "CN(C)C(=[N+](C)C)n1n[n+]([O-])c2ccccc21",
            "On1cccc1",
        ),
    ),
    Alert(
        "contains_heavy_metal_nitride",
        "[#7;-,-2,-3;!$([#7]~[!#1])].[#47,#79,#80,#29,#48,#81,#82,#83]",  # N 3-, NH 2-, NH2-
        "nitride, imide or amide of silver, gold, mercury, copper, cadmium, thallium, lead or bismuth",
        ("[Ag]N([Ag])[Ag]", "[Ag]N", "[Ag+].[Ag+].[Ag+].[N-3]", "[Pb+2].[Pb+2].[Pb+2].[N-3].[N-3]"),
        ("[Li+].[Li+].[Li+].[N-3]", "B#N", "[Ti]#N", "[Ga]#N", "N[Si](N)(N)N", "[Ag+].[O-][N+](=O)[O-]"),
    ),
    Alert(
        "contains_oxo_salt_of_nitrogen_base",
        f"[{_OXO_ANION}]",
        "nitrate, chromate, permanganate, bromate or iodate of ammonia, hydroxylamine, hydrazine, urea, guanidine or "
        "an amine of at most four carbon atoms",
        (
            "[NH4+].[O-][N+](=O)[O-]",
            "NC(N)=O.O[N+](=O)[O-]",
            "NC(N)=[NH2+].[O-][N+](=O)[O-]",
            "O[NH3+].[O-][N+](=O)[O-]",
            "[NH4+].[NH4+].[O-][Cr](=O)(=O)O[Cr](=O)(=O)[O-]",
            "[NH4+].[O-]I(=O)=O",
        ),
        (
            "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]",
            "CCCCCCCC/C=C\\CCCCCCCC[NH3+].[O-][N+](=O)[O-]",
            "CCCC[N+](CCCC)(CCCC)CCCC.[O-][N+](=O)[O-]",
            "[NH4+].[Cl-]",
            "[K+].[O-]Cl(=O)=O",
            "C[N+](=O)[O-]",
            "CCO[N+](=O)[O-].N",
        ),
        condition=_has_small_nitrogen_base,
    ),
    Alert(
        "contains_azodicarboxylate",
        "[#7](=[#7][CX3](=O)[OX2][#6])[CX3](=O)[OX2][#6]",  # ester on both ends of N=N
        "ester of azodicarboxylic acid",
        ("CCOC(=O)N=NC(=O)OCC", "CC(C)OC(=O)/N=N/C(=O)OC(C)C"),
        ("NC(=O)N=NC(N)=O", "c1ccccc1N=Nc1ccccc1", "CCOC(=O)NNC(=O)OCC"),
    ),
    Alert(
        "contains_azonitrile",
        "[NX1]#[CX2][CX4][NX2]=[NX2][CX4]",  # N=N between sp3 carbons, nitrile on one of them
        "aliphatic azo compound with a nitrile beside the azo group, an initiator of radicals",
        ("CC(C)(C#N)N=NC(C)(C)C#N", "CC(CCC(=O)O)(C#N)N=NC(C)(CCC(=O)O)C#N"),
        (
            "c1ccccc1N=Nc1ccccc1",
            "CC(C)C#N",
            "CC(C)(C(=N)N)N=NC(C)(C)C(=N)N",
            "CN(C)c1ccc(cc1)N=Nc1ccc(cc1)C(=O)O",
        ),
    ),
)
"""Tetrazoles, triazoles, nitrides, salts of nitrogen bases, azo compounds."""
