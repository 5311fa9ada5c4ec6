"""Where do the protons of a drawing go?

From an acid to the base that it is sold with, from one end of an amino acid to the other, or away. Which of several
places alike they leave or take doesn't depend on the order of the atoms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rdkit import Chem

from ligandkb.chemistry.acids import ACIDS, AMINE, BASES, AcidKind, BaseKind, ProtonTransfer, possible_bases
from ligandkb.chemistry.elements import elements_in
from ligandkb.chemistry.structure import ranks


def shift_protons(mol: Chem.Mol, shifts: Mapping[int, int]) -> Chem.Mol:
    """Take protons from atoms (-1), heavy hydrogen too, and give protons to atoms (+1).

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Left as it is.
    shifts : mapping of int to int
        Atom index to change of hydrogen count and charge.

    Returns
    -------
    rdkit.Chem.Mol
        Sanitised copy.

    Examples
    --------
    >>> Chem.MolToSmiles(shift_protons(Chem.MolFromSmiles("NCC(=O)O"), {0: +1, 4: -1}))
    '[NH3+]CC(=O)[O-]'
    """
    if len(shifts) == 1 and -1 in shifts.values():
        (hydroxyl,) = shifts
        if _is_hydroxyl(mol.GetAtomWithIdx(hydroxyl)):
            return _without_proton(mol, hydroxyl)
    edit = Chem.RWMol(mol)
    heavy = []
    for index, shift in shifts.items():
        atom = edit.GetAtomWithIdx(index)
        hydrogens = atom.GetTotalNumHs() + shift
        atom.SetFormalCharge(atom.GetFormalCharge() + shift)
        atom.SetNoImplicit(True)
        atom.SetNumExplicitHs(max(hydrogens, 0))
        if hydrogens < 0:
            heavy.append(next(near.GetIdx() for near in atom.GetNeighbors() if near.GetAtomicNum() == 1))
    for index in sorted(heavy, reverse=True):
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    return edit.GetMol()


def _is_hydroxyl(atom: Chem.Atom) -> bool:
    return bool(
        atom.GetAtomicNum() == 8
        and atom.GetDegree() == 1
        and atom.GetTotalNumHs() == 1
        and not atom.GetFormalCharge()
    )


def _without_proton(mol: Chem.Mol, hydroxyl: int) -> Chem.Mol:
    """As sanitising leaves it: nothing but the oxygen itself changes, its hybridisation and its bond neither."""
    anion = Chem.Mol(mol)
    oxygen = anion.GetAtomWithIdx(hydroxyl)
    oxygen.SetFormalCharge(-1)
    oxygen.SetNoImplicit(True)
    oxygen.SetNumExplicitHs(0)
    oxygen.UpdatePropertyCache()
    return anion


def transfer_protons(mol: Chem.Mol) -> Chem.Mol:
    """Move the protons of a separately drawn acid to the bases that it was sold with, one by one.

    The most acidic proton goes to the strongest base; which of several alike it is follows from the
    canonical ranks of the atoms, not from their order in the SMILES.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A product, sanitised.

    Returns
    -------
    rdkit.Chem.Mol
        The same product with its protons where they belong.

    Examples
    --------
    >>> Chem.MolToSmiles(transfer_protons(Chem.MolFromSmiles("c1ccncc1.Br")))
    '[Br-].c1cc[nH+]cc1'
    """
    while (found := _next_transfer(mol)) is not None:
        acid, base = found
        mol = shift_protons(mol, {acid: -1, base: +1})
    return mol


def _next_transfer(mol: Chem.Mol) -> tuple[int, int] | None:
    """The atom that gives its proton next and the base that takes it."""
    fragments = Chem.GetMolFrags(mol)
    if len(fragments) < 2:
        return None
    fragment_of = {atom: number for number, atoms in enumerate(fragments) for atom in atoms}
    elements = elements_in(mol)
    for acid in _SOLD_AS_SALTS:
        if not acid.elements <= elements:
            continue
        acids = [match[0] for match in mol.GetSubstructMatches(acid.pattern)]
        if not acids:
            continue
        # An acid in the base's own molecule makes a zwitterion, which is a binding form, not a salt.
        taken = {fragment_of[atom] for atom in acids}
        for base in _at_least_as_strong_as(acid.sold_with or AMINE):
            bases = [
                match[0]
                for match in mol.GetSubstructMatches(base.pattern)
                if fragment_of[match[0]] not in taken
            ]
            if len(acids) == len(bases) == 1:
                return acids[0], bases[0]
            if bases:
                rank = ranks(mol)
                return min(acids, key=rank.__getitem__), min(bases, key=rank.__getitem__)
    return None


# Carboxylic acids with alkylamines are left as drawn: how far their proton moves in toluene is open, whereas
# ammonium and amidinium carboxylates are sold as salts. So are the alkylammonium salts of the strongest ones.
_SOLD_AS_SALTS = tuple(kind for kind in ACIDS if kind.sold_with is not None)


def _at_least_as_strong_as(weakest: BaseKind) -> Sequence[BaseKind]:
    return BASES[: BASES.index(weakest) + 1]


def internal_salt(mol: Chem.Mol, acid: AcidKind, sites: Sequence[int]) -> tuple[Chem.Mol, BaseKind] | None:
    """An amino acid, drawn neutral, as the zwitterion that it is.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species.
    acid : AcidKind
    sites : sequence of int
        Its strongest acid and the atoms that carry the protons, as from
        :func:`~ligandkb.chemistry.acids.most_acidic`.

    Returns
    -------
    tuple of rdkit.Chem.Mol and BaseKind, or None
        The zwitterion, and the kind of base that took the proton; None where the acid isn't strong enough for
        a base in the molecule.

    Examples
    --------
    >>> from ligandkb.chemistry.acids import most_acidic
    >>> glycine = Chem.MolFromSmiles("NCC(=O)O")
    >>> zwitterion, base = internal_salt(glycine, *most_acidic(glycine))
    >>> Chem.MolToSmiles(zwitterion), base.name
    ('[NH3+]CC(=O)[O-]', 'amine')
    """
    if acid.transfer not in (ProtonTransfer.EXPECTED, ProtonTransfer.PARTIAL):
        return None
    # A carboxylic acid protonates amines, a stronger one also pyridines and anilines (sulfanilic acid).
    enough = BASES if acid.transfer is ProtonTransfer.EXPECTED else _at_least_as_strong_as(AMINE)
    for base in possible_bases(mol):
        places = mol.GetSubstructMatches(base.pattern) if base in enough else ()
        if places:
            sites = distinct(mol, sites)
            drawings = [shift_protons(mol, {site: -1, place[0]: +1}) for site in sites for place in places]
            return least(drawings), base
    return None


def distinct(mol: Chem.Mol, atoms: Sequence[int]) -> list[int]:
    """One atom of each set of equivalent ones.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
    atoms : sequence of int

    Returns
    -------
    list of int

    Examples
    --------
    >>> distinct(Chem.MolFromSmiles("OC(=O)CC(=O)O"), [0, 6])
    [6]
    """
    if len(atoms) < 2:
        return list(atoms)
    rank = ranks(mol)
    return sorted({rank[atom]: atom for atom in atoms}.values())


def least(mols: Sequence[Chem.Mol]) -> Chem.Mol:
    """Of several choices the one with the least SMILES, whatever the order of the atoms.

    Parameters
    ----------
    mols : sequence of rdkit.Chem.Mol
        At least one.

    Returns
    -------
    rdkit.Chem.Mol

    Examples
    --------
    >>> Chem.MolToSmiles(least([Chem.MolFromSmiles("CO"), Chem.MolFromSmiles("CN")]))
    'CN'
    """
    return min(mols, key=Chem.MolToSmiles) if len(mols) > 1 else mols[0]
