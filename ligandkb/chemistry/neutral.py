"""Which neutral molecule does a binding form come from, and what of it could take an electron?

Whether a molecule quenches is a question to the whole molecule, not to its head: pyrene at the end of a butanoic acid
takes an electron as well as any other. Of the molecule only the ends of saturated chains are cut.
"""

from __future__ import annotations

import re

from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of, elements_in
from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.outline import Outline, outline_of
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
@lasting
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
@lasting
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
    ends = _chain_ends(mol)
    if not ends:
        return canonical(smiles)
    edit = Chem.RWMol(mol)
    for index in sorted(ends, reverse=True):
        for near in edit.GetAtomWithIdx(index).GetNeighbors():
            near.SetChiralTag(Chem.ChiralType.CHI_UNSPECIFIED)
            if near.GetNoImplicit():
                near.SetNumExplicitHs(near.GetNumExplicitHs() + 1)
        edit.RemoveAtom(index)
    Chem.SanitizeMol(edit)
    return written(edit)


def electron_acceptor_atoms(smiles: str) -> str | None:
    """Heavy atoms of what :func:`without_chain_ends` leaves of the neutral molecule, found without drawing it.

    Parameters
    ----------
    smiles : str
        A binding form or a partner.

    Returns
    -------
    str or None
        As from :func:`heavy_atoms`. None where that takes the molecule itself, or there is none.

    Examples
    --------
    >>> electron_acceptor_atoms("CCCCCCCCc1ccc(cc1)C(=O)[O-]"), heavy_atoms("CCc1ccc(C(=O)O)cc1")
    ('CCCCCCCCCOO', 'CCCCCCCCCOO')
    """
    mol = parse(smiles)
    outline = outline_of(mol)
    kinds = outline.kinds
    if "." in smiles or 6 not in outline.elements or not outline.elements <= _BOUND_BY_PAIRS:
        return None
    left = 0
    for atom, kind in enumerate(kinds):
        if not kind.charge:
            continue
        if kind.charge < 0 and all(kinds[near].charge <= 0 for near in outline.neighbours[atom]):
            if not _is_of_an_oxo_acid(outline, atom):
                return None
        elif not (kind.charge == 1 and kind.hydrogens and kind.element in _PROTON_DONORS):
            left += kind.charge
    return None if left else heavy_atoms(smiles).replace("C", "", len(_chain_ends(mol)))


@remembered(65536)
def heavy_atoms(smiles: str) -> str:
    """Letters of all atoms but hydrogen, sorted: the same however a molecule is drawn, charged or protonated.

    Parameters
    ----------
    smiles : str

    Returns
    -------
    str
        Chlorine and bromine are L and R.

    Examples
    --------
    >>> heavy_atoms("C[C@H](Cl)C(=O)[O-]"), heavy_atoms("OC(=O)C(Cl)C")
    ('CCCLOO', 'CCCLOO')
    """
    letters = _NO_HEAVY_ATOM.sub("", smiles.replace("Cl", "L").replace("Br", "R"))
    return "".join(sorted(letters.upper()))


_NO_HEAVY_ATOM = re.compile("[^A-Za-z]+|H(?![a-z])")
_BOUND_BY_PAIRS = frozenset({6, 7, 8, 9, 14, 15, 16, 17, 34, 35, 53})


def _is_of_an_oxo_acid(outline: Outline, atom: int) -> bool:
    """Whether a proton on this oxygen or sulfur leaves the rest of the drawing as it is: it makes no enol."""
    if outline.kinds[atom].element not in (8, 16) or outline.bonds[atom] != " ":
        return False
    (bearer,) = outline.neighbours[atom]
    if outline.kinds[bearer].element in (15, 16):
        return True
    bound = zip(outline.neighbours[bearer], outline.bonds[bearer], strict=True)
    return any(bond == "=" and outline.kinds[near].element == 8 for near, bond in bound)


def _chain_ends(mol: Chem.Mol) -> set[int]:
    """Atoms that :func:`without_chain_ends` cuts."""
    outline = outline_of(mol)
    kinds = outline.kinds
    if not _has_a_methyl_on_a_chain(outline):
        return set()
    rings_of = mol.GetRingInfo().NumAtomRings
    chain = {
        atom
        for atom, kind in enumerate(kinds)
        if kind.element == 6
        and kind.connections == 4
        and not kind.charge
        and not kind.isotope
        and all(kinds[near].element in (1, 6) for near in outline.neighbours[atom])
        and not rings_of(atom)
    }
    if not chain or len(chain) == len(kinds):
        return set()
    distances = outline.distances(atom for atom in range(len(kinds)) if atom not in chain)
    far = {atom for atom in chain if distances[atom] > KEPT_CARBONS}
    bound = {atom: len(outline.neighbours[atom]) for atom in far}
    ends = [atom for atom in far if bound[atom] == 1]
    for end in ends:  # grows meanwhile
        for near in outline.neighbours[end]:
            if near in bound:
                bound[near] -= 1
                if bound[near] == 1:
                    ends.append(near)
    return set(ends)


def _has_a_methyl_on_a_chain(outline: Outline) -> bool:
    """Whether any chain could end here: with a methyl group on another saturated carbon."""
    kinds = outline.kinds
    for atom, near in enumerate(outline.neighbours):
        if len(near) == 1 and kinds[atom].hydrogens == 3 and kinds[atom].element == 6:
            other = kinds[near[0]]
            if other.element == 6 and other.connections == 4:
                return True
    return False


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
