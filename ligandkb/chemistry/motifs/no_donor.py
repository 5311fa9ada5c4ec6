"""Why does a molecule have no donor?

Said of species in which no motif was found. It is about what these motifs know: a molecule without donor may still
touch a surface by weaker forces.
"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.motifs.reactive_anions import is_reactive_anion
from ligandkb.chemistry.structure import has_metal

_REASONS: tuple[tuple[Chem.Mol, str], ...] = tuple(
    (Chem.MolFromSmarts(smarts), words)
    for smarts, words in (
        ("[OX2H2]", "water binds lead as any solvent does, and is not counted as a ligand"),
        (
            "[CX2](=[NX2])=[OX1]",
            "an isocyanate reacts with amines and water and lends no lone pair worth the name",
        ),
        ("[NX3+](=O)[O-]", "the oxygen atoms of a nitro group hardly lend their lone pairs"),
        ("[NX2]=[OX1]", "the lone pairs of a nitroso or nitrite group are weak donors, and it decomposes"),
        ("[SX4](=[OX1])(=[OX1])[F,Cl,Br,I]", "a sulfonyl halide reacts with amines before it could bind"),
        ("[NX3;+0]([a])([a])[a]", "the lone pair of its nitrogen is spread over three aromatic rings"),
        ("[nX3;+0]", "the lone pair of its pyrrole-type nitrogen belongs to the aromatic ring"),
        ("[NX3;+0][#6]=[#6]", "the lone pair of its enamine nitrogen is spread over the double bond"),
        ("[NX3;+0][F,Cl,Br,I]", "the halogen on its nitrogen takes the lone pair away, and oxidises"),
        ("[#14][OX2]", "oxygen between silicon and its neighbour is crowded and hardly basic"),
        ("[OX2][OX2]", "a peroxide oxidises rather than binds"),
        ("[#6;+0]=[CX2]=[OX1,SX1]", "a ketene reacts with amines before it could bind"),
        ("[F,Cl,Br,I;X1;+0][#6]", "halogen bound to carbon is too weak a donor for lead"),
        ("[#14]", "silicon without a donor on it lends nothing"),
    )
)
_HYDROCARBON = frozenset({1, 6})


def why_no_donor(mol: Chem.Mol) -> str:
    """Say in words why no binding form was found in a species.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or product without a binding mode.

    Returns
    -------
    str
        A clause, without capital and full stop.

    Examples
    --------
    >>> why_no_donor(Chem.MolFromSmiles("CCCCCCCC"))
    'a hydrocarbon has no lone pair to lend'
    >>> why_no_donor(Chem.MolFromSmiles("CC[N+](=O)[O-]"))
    'the oxygen atoms of a nitro group hardly lend their lone pairs'
    """
    if all(atom.GetAtomicNum() in _HYDROCARBON and not atom.GetFormalCharge() for atom in mol.GetAtoms()):
        return "a hydrocarbon has no lone pair to lend"
    if is_reactive_anion(mol):
        return "a base that takes protons from solvent and amine, and burns in air or water"
    if any(atom.GetFormalCharge() < 0 for atom in mol.GetAtoms()) and has_metal(mol):
        return "how the anion of a metal binds lead is not known here"
    if all(atom.GetFormalCharge() > 0 or not _lends(atom) for atom in mol.GetAtoms()) and (
        Chem.GetFormalCharge(mol) > 0
    ):
        return "a cation without a lone pair can only be a partner"
    return next(
        (words for pattern, words in _REASONS if mol.HasSubstructMatch(pattern)),
        "none of its atoms belongs to a donor group that is known here",
    )


def _lends(atom: Chem.Atom) -> bool:
    return atom.GetAtomicNum() not in (1, 6)
