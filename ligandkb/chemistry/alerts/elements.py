"""Which elements and odours must be known before the bottle is opened?"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert

_THIOL = Chem.MolFromSmarts("[$([SX2H1][#6]),$([SX1]=c:[nH])]")


def _is_zwitterion(mol: Chem.Mol, atom: int) -> bool:
    """Whether an atom's molecule bears both charges: such a solid has no vapour to be smelt."""
    own = next(atoms for atoms in Chem.GetMolFrags(mol) if atom in atoms)
    charges = {
        mol.GetAtomWithIdx(index).GetFormalCharge()
        for index in own
        if not any(near.GetFormalCharge() for near in mol.GetAtomWithIdx(index).GetNeighbors())
    }
    return bool(min(charges, default=0) < 0 < max(charges, default=0))


_ACYL_OF_FLUORINATED = Chem.MolFromSmarts("[CX3,#16](=O)-[CX4;H0]F")
_LISTED_CARBONS = {
    6: range(7, 21),
    16: (6, 8),
}  # fluorinated carbons on C(=O): PFOA and longer acids; on S(=O): sulfonates


def _has_listed_perfluoroalkyl(mol: Chem.Mol) -> bool:
    """Whether a fully fluorinated group, straight or branched, has one of the listed sizes."""
    for anchor, _, first, *_ in mol.GetSubstructMatches(_ACYL_OF_FLUORINATED):
        group, edge = {first}, [first]
        while edge:
            for near in mol.GetAtomWithIdx(edge.pop()).GetNeighbors():
                if near.GetAtomicNum() == 6 and near.GetIdx() not in {anchor, *group}:
                    group.add(near.GetIdx())
                    edge.append(near.GetIdx())
        bonded = {
            near.GetSymbol()
            for atom in group
            for near in mol.GetAtomWithIdx(atom).GetNeighbors()
            if near.GetIdx() != anchor
        }
        hydrogens = sum(mol.GetAtomWithIdx(atom).GetTotalNumHs() for atom in group)
        if (
            bonded <= {"C", "F"}
            and not hydrogens
            and len(group) in _LISTED_CARBONS[mol.GetAtomWithIdx(anchor).GetAtomicNum()]
        ):
            return True
    return False


ELEMENT_ALERTS: tuple[Alert, ...] = (
    Alert(
        "contains_thiol",
        Chem.MolToSmarts(_THIOL),  # also one that is drawn as the thione of an N-heteroarene
        "thiol",
        ("CCCCCCCCCCCCS", "OC(=O)CCS", "Sc1ccccn1", "[Cl-].[NH3+]CCS"),
        ("CSC", "[Na+].[SH-]", "[NH3+]C(CS)C(=O)[O-]"),
        condition=lambda mol: any(
            not _is_zwitterion(mol, atom) for (atom, *_) in mol.GetSubstructMatches(_THIOL)
        ),
    ),
    Alert(
        "contains_lead",
        "[#82]",
        "lead",
        ("[Pb+2].[Br-].[Br-]", "Br[Pb]Br", "CC[Pb](CC)(CC)CC", "CC(=O)O[Pb]OC(C)=O"),
        ("[Cd+2].[Cl-].[Cl-]",),
    ),
    Alert(
        "contains_cadmium",
        "[#48]",
        "cadmium",
        ("[Cd+2].[Cl-].[Cl-]", "C[Cd]C"),
        ("[Pb+2].[Br-].[Br-]",),
    ),
    Alert(
        "contains_mercury",
        "[#80]",
        "mercury",
        ("[Hg+2].[Cl-].[Cl-]", "C[Hg]C"),
        ("[Pb+2].[Br-].[Br-]",),
    ),
    Alert(
        "contains_arsenic",
        "[#33]",
        "arsenic",
        ("[AsH3]", "Cl[As](Cl)Cl", "O=[As]O[As]=O", "C[As](C)(=O)O"),
        ("CCCCP(CCCC)CCCC",),
    ),
    Alert(
        "contains_beryllium",
        "[#4]",
        "beryllium",
        ("[Be+2].[Cl-].[Cl-]", "F[Be]F"),
        ("[Mg+2].[Cl-].[Cl-]",),
    ),
    Alert(
        "contains_nickel_ion",
        "[#28;+2,+3]",
        "nickel(II) or nickel(III) compound",
        ("[Ni+2].[Br-].[Br-]", "Br[Ni]Br", "[Ni+2].CC(=O)[O-].CC(=O)[O-]"),
        ("[Ni]", "[Co+2].[Br-].[Br-]"),
    ),
    Alert(
        "contains_cobalt_salt",
        "[#27;+2,+3].[!#27;-,-2,-3;!$([#8,#16;X0])]",  # its oxide and sulfide apart
        "salt of cobalt(II) or cobalt(III)",
        ("[Co+2].[Br-].[Br-]", "Br[Co]Br", "[Co+2].CC(=O)[O-].CC(=O)[O-]", "[Co+2].[O-]C([O-])=O"),
        ("[Co+2].[O-2]", "S=[Co]", "[Ni+2].[Br-].[Br-]", "[Co]"),
    ),
    Alert(
        "is_pfas",
        "[CX4;H0;!$(C[Cl,Br,I])]"  # sp3 carbon without H, Cl, Br or I ...
        "(F)F",  # ... that bears two F or more
        "has a CF3 or CF2 carbon without H, Cl, Br or I on it (OECD 2021)",
        ("OC(=O)C(F)(F)F", "CCCCCCCC(F)(F)C(=O)O", "[O-]S(=O)(=O)C(F)(F)F", "FC(F)(F)c1ccccc1"),
        (
            "OC(=O)C(F)F",
            "OC(=O)CF",
            "CCOC(=O)C(F)(F)I",
            "FC(F)=C(F)F",
            "[Na+].F[B-](F)(F)F",
            "[NH4+].F[P-](F)(F)(F)(F)F",
        ),
    ),
    Alert(
        "is_stockholm_pop",
        "[CX3,#16](=O)-[CX4;H0]F",  # a carboxyl or sulfonyl group on a fluorinated carbon
        "a perfluoroalkyl acid of the Stockholm Convention, or what gives it: PFOA, PFOS, PFHxS, perfluoro acids of "
        "9 to 21 carbons",
        (
            "OC(=O)" + 7 * "C(F)(F)" + "F",
            "[NH4+].[O-]C(=O)" + 7 * "C(F)(F)" + "F",
            "OC(=O)" + 8 * "C(F)(F)" + "F",
            "OC(=O)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C(F)(C(F)(F)F)C(F)(F)F",
            "[K+].[O-]S(=O)(=O)" + 8 * "C(F)(F)" + "F",
            "FS(=O)(=O)" + 8 * "C(F)(F)" + "F",
            "OS(=O)(=O)" + 6 * "C(F)(F)" + "F",
        ),
        (
            "OC(=O)C(F)(F)F",
            "OC(=O)" + 6 * "C(F)(F)" + "F",
            "OC(=O)" + 8 * "C(F)(F)",
            "OS(=O)(=O)" + 4 * "C(F)(F)" + "F",
            "CCCCCCCC(F)(F)C(=O)O",
        ),
        condition=_has_listed_perfluoroalkyl,
    ),
)
"""Toxic elements, thiols, PFAS and those of them that the Stockholm Convention lists."""
