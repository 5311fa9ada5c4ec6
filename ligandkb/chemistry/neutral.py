"""Which neutral molecule does a binding form come from, and what of it could take an electron?

Whether a molecule quenches is a question to the whole molecule, not to its head: pyrene at the end of a butanoic acid
takes an electron as well as any other. Of the molecule only the ends of saturated chains are cut.
"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of, elements_in
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import canonical, conjugate_acid, has_metal, parse, written
from ligandkb.missing import Known, Missing, NotApplicable

KEPT_CARBONS = 2
"""Carbon atoms that stay of a saturated chain next to what isn't one."""

_SALT = NotApplicable("a whole salt: its ions are judged one by one")
_INORGANIC = NotApplicable("for molecules with carbon only")
_NO_PROTON = NotApplicable("an anion that takes no proton has no neutral molecule")
_SATURATED = NotApplicable("a saturated cation has no level that takes an electron")
_ION_PAIR = Missing("nobody has computed the ion pair of a cation that has no proton to give")
_METAL = Missing("not computed for molecules with a metal atom")
_PROTON_DONORS = frozenset({7, 8, 15, 16})
_PROTON_ON_A_CATION = Chem.MolFromSmarts("[#7,#8,#15,#16;+;!H0]")


@remembered(65536)
def neutral_molecule(smiles: str) -> Known[str]:
    """Canonical SMILES of the neutral molecule of one species.

    Anions get their protons back and ammonium-type cations give theirs away; a zwitterion of fixed charges, such as
    a betaine, is neutral as it stands.

    Parameters
    ----------
    smiles : str
        A binding form or a partner.

    Returns
    -------
    str, or the reason for its absence
        Not applicable to salts, to species without carbon, to anions that take no proton and to saturated cations
        that have none to give; missing for other cations without a proton to give and for molecules with a metal atom.

    Examples
    --------
    >>> neutral_molecule("O=C([O-])c1ccccc1"), neutral_molecule("[NH3+]CC(=O)[O-]")
    ('O=C(O)c1ccccc1', 'NCC(=O)O')
    >>> str(neutral_molecule("C[n+]1ccccc1"))
    'missing (nobody has computed the ion pair of a cation that has no proton to give)'
    """
    if "." in smiles:
        return _SALT
    mol = parse(smiles)
    if 6 not in elements_in(mol):
        return _INORGANIC
    if has_metal(mol):
        return _METAL
    neutral = _without_cationic_protons(conjugate_acid(mol))
    charge = Chem.GetFormalCharge(neutral)
    if charge:
        if not Chem.GetFormalCharge(mol):
            return canonical(smiles)
        if charge < 0:
            return _NO_PROTON
        return _ION_PAIR if any(_is_in_a_pi_system(atom) for atom in atoms_of(mol)) else _SATURATED
    return written(neutral)


@remembered(65536)
def without_chain_ends(smiles: str) -> str:
    """Canonical SMILES of a molecule without the ends of its saturated open chains.

    Cut are saturated carbon atoms of open chains that bear nothing but carbon and hydrogen, from the end of the
    chain up to the second from any other atom.

    Parameters
    ----------
    smiles : str
        One molecule.

    Returns
    -------
    str
        The molecule itself where there is nothing to cut, or nothing but saturated chains.

    Examples
    --------
    >>> without_chain_ends("CCCCCCCCc1ccc(cc1)C(=O)O"), without_chain_ends("CCCCCCCCCCCCN")
    ('CCc1ccc(C(=O)O)cc1', 'CCCN')
    """
    mol = parse(smiles)
    chain = {atom.GetIdx() for atom in atoms_of(mol) if _is_of_a_saturated_chain(atom)}
    if not chain or len(chain) == mol.GetNumAtoms():
        return canonical(smiles)
    anchors = [atom.GetIdx() for atom in atoms_of(mol) if atom.GetIdx() not in chain]
    far = Chem.GetDistanceMatrix(mol)[anchors].min(axis=0) > KEPT_CARBONS
    bound = {atom.GetIdx(): {near.GetIdx() for near in atom.GetNeighbors()} for atom in atoms_of(mol)}
    ends = [index for index in chain if far[index] and len(bound[index]) == 1]
    for end in ends:
        for near in bound.pop(end):
            bound[near].discard(end)
            if near in chain and far[near] and len(bound[near]) == 1:
                ends.append(near)
    edit = Chem.RWMol(mol)
    for index in sorted(ends, reverse=True):
        for near in edit.GetAtomWithIdx(index).GetNeighbors():
            near.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
            if near.GetNoImplicit():
                near.SetNumExplicitHs(near.GetNumExplicitHs() + 1)
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    return written(edit)


def _without_cationic_protons(mol: Chem.Mol) -> Chem.Mol:
    if not mol.HasSubstructMatch(_PROTON_ON_A_CATION):
        return mol
    edit = Chem.RWMol(mol)
    for atom in atoms_of(edit):
        if atom.GetFormalCharge() == 1 and atom.GetTotalNumHs() and atom.GetAtomicNum() in _PROTON_DONORS:
            atom.SetNumExplicitHs(atom.GetTotalNumHs() - 1)
            atom.SetNoImplicit(True)
            atom.SetFormalCharge(0)
    Chem.SanitizeMol(edit)
    return edit.GetMol()


def _is_in_a_pi_system(atom: Chem.Atom) -> bool:
    return any(bond.GetBondTypeAsDouble() > 1 for bond in atom.GetBonds())


def _is_of_a_saturated_chain(atom: Chem.Atom) -> bool:
    return bool(
        atom.GetAtomicNum() == 6
        and atom.GetHybridization() is Chem.HybridizationType.SP3
        and not atom.IsInRing()
        and not atom.GetFormalCharge()
        and not atom.GetIsotope()
        and all(near.GetAtomicNum() in (1, 6) for near in atom.GetNeighbors())
    )
