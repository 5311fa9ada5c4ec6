"""Is this text a molecule that we can reason about?

SMILES come from CSV cells and command lines and are untrusted: whatever can't be used is refused with its position
and a way to fix it.
"""

from __future__ import annotations

import json
import re

from rdkit import Chem
from rdkit.Chem import rdqueries
from rdkit.Chem.rdMolDescriptors import Properties

from ligandkb.chemistry.drawings import charge_could_move, standard_charges
from ligandkb.chemistry.elements import atoms_of, elements_in
from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.outline import keep_own_text, outline_at_hand, own_text
from ligandkb.chemistry.protonated import oxyanions, with_hydroxyls
from ligandkb.chemistry.remembered import forget as forget  # noqa: PLC0414 (re-exported)
from ligandkb.chemistry.remembered import remembered, told
from ligandkb.chemistry.shared_charge import drawings
from ligandkb.chemistry.smiles_text import MAX_SMILES_LENGTH, check_text, diagnose, position_of, read
from ligandkb.chemistry.tautomers import BY_ORDER, has_mobile_hydrogen, standard_tautomer
from ligandkb.problems import StructureError

# Charges that can be drawn on more than one atom with the same right.
_SHARED_CHARGE = Chem.MolFromSmarts(
    "[$([#7X3+;!$([#7]~[#8-])]=,:[#6,#7]),"  # amidinium, azolium, cyanines and other iminium; not nitro, N-oxide
    "$([n-;r5]:[nX2;r5]),$([n-;r5]:[#6;r5]:[nX2;r5]),"  # azolates
    "$([O-][CX3]=[CX3][CX3]=O),$([#6-;X3]([#6X3]=O)[#6X3]=O)]"  # 1,3-diketonates
)


@told(16384)
def parse(smiles: str) -> Chem.Mol:
    """Read a SMILES into a sanitised molecule in its standard drawing.

    The molecule is shared by everybody who parses the same text: copy it (``Chem.RWMol``) to change it.

    Parameters
    ----------
    smiles : str
        One SMILES; dots separate the species of a product.

    Returns
    -------
    rdkit.Chem.Mol
        Sanitised molecule without explicit hydrogens and atom-map numbers, its atoms in the order of the
        SMILES.

    Raises
    ------
    StructureError
        If the text is empty, too long, holds more than 500 atoms, has text after the SMILES, does not
        parse, holds a wildcard, or is a radical.

    Examples
    --------
    >>> parse("OC(=O)C(F)F").GetNumAtoms()
    6
    """
    text = smiles.strip()
    check_text(text)
    mol = read(text)
    if mol is None:
        raise diagnose(text)
    if "*" in text or "[" in text:  # without these there is no wildcard, charge, radical or atom map
        _check_atoms(mol, text)
        if charge_could_move(mol, text):
            mol = standard_charges(mol)
    if has_mobile_hydrogen(mol, text):
        mol = standard_tautomer(mol)
    return mol


def could_be_smiles(text: str) -> bool:
    """Whether there is no letter in a text, outside of brackets, that begins or ends no symbol of a SMILES.

    Examples
    --------
    >>> could_be_smiles("[Pb+2].[Br-].[Br-]"), could_be_smiles("COBr"), could_be_smiles("oleic acid")
    (True, True, False)
    """
    return not _NO_SYMBOL.search(_IN_BRACKETS.sub("", text))


_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_NO_SYMBOL = re.compile("[A-Za-z](?<![BCFINOPSbclnoprs])")


def _radical_or_wildcard() -> Chem.Mol:
    atom = rdqueries.NumRadicalElectronsGreaterQueryAtom(0)
    atom.ExpandQuery(rdqueries.AtomNumEqualsQueryAtom(0), Chem.CompositeQueryType.COMPOSITE_OR)
    pattern = Chem.RWMol()
    pattern.AddAtom(atom)
    return pattern.GetMol()


_RADICAL_OR_WILDCARD = _radical_or_wildcard()


def _check_atoms(mol: Chem.Mol, text: str) -> None:
    if ":" in text:  # atom maps
        for atom in atoms_of(mol):
            atom.SetAtomMapNum(0)
    if not mol.HasSubstructMatch(_RADICAL_OR_WILDCARD):
        return
    for atom in atoms_of(mol):
        if atom.GetAtomicNum() == 0:
            raise StructureError(
                "a wildcard atom is not a chemical", "replace * by an element", position_of(atom, text)
            )
        # RDKit gives bare metal atoms radical electrons; a covalent salt such as Br[Pb]Br is read later.
        if atom.GetNumRadicalElectrons() and not is_metal(atom):
            raise StructureError(
                f"a radical on {atom.GetSymbol()} (atom {atom.GetIdx() + 1})",
                "write its charge, as in [O-], or its hydrogens, as in [OH2], or leave the brackets off",
                position_of(atom, text),
            )


@told(65536)
@lasting
def canonical(smiles: str) -> str:
    """Canonical SMILES of a structure, the identity of a species.

    Parameters
    ----------
    smiles : str
        A structure in any drawing.

    Returns
    -------
    str
        The same for every order of its atoms, Kekulé form and place where a shared charge was drawn.

    Raises
    ------
    StructureError
        If the SMILES can't be used (see :func:`parse`).

    Examples
    --------
    >>> canonical("[N-]=C=S"), canonical("C(F)(F)C(O)=O")
    ('N#C[S-]', 'O=C(O)C(F)F')
    """
    mol = parse(smiles)
    if own_text(mol) is not None:
        return smiles
    if "." in smiles:
        return str(Chem.MolToSmiles(mol))
    if charge_could_move(mol, smiles) and mol.HasSubstructMatch(_SHARED_CHARGE):
        return _least_drawing(mol)
    text = str(Chem.MolToSmiles(mol))
    kept = parse(_keep(mol, text))
    # Of a renumbered molecule, and of each anion that is made of it, RDKit finds the rings anew whenever it writes.
    Chem.GetSymmSSSR(kept)
    return text


def written(mol: Chem.Mol) -> str:
    """Canonical SMILES of a molecule at hand, which is kept under it: :func:`parse` needn't read it again.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised: a molecule of :func:`parse`, or what was made of one. Its stereochemistry is brought up to date.

    Returns
    -------
    str
        As :func:`canonical` gives it.

    Raises
    ------
    StructureError
        If nothing can be made of the molecule, as in :func:`parse`.

    Examples
    --------
    >>> ethanol = Chem.MolFromSmiles("OCC")
    >>> written(ethanol), [atom.GetSymbol() for atom in parse("CCO").GetAtoms()]
    ('CCO', ['C', 'C', 'O'])
    """
    text = str(Chem.MolToSmiles(mol))
    if not _SIDES.isdisjoint(text):  # a proton that goes can take away what a side was told by
        Chem.AssignStereochemistry(mol, cleanIt=True, force=True)
        text = str(Chem.MolToSmiles(mol))
    if len(text) > MAX_SMILES_LENGTH or _READ_AGAIN.search(text):
        return canonical(text)
    if charge_could_move(mol, text):
        return canonical(text)
    if has_mobile_hydrogen(mol, text) and standard_tautomer(mol) is not mol:
        return canonical(text)
    return _keep(mol, text)


_SIDES = frozenset("@/\\")
# Several species, and atoms that :func:`parse` has a word on: hydrogen, metals and other elements in brackets.
_READ_AGAIN = re.compile(r"\.|\[\d*(?!(?:[BCNOPSFI]|Cl|Br|Si|Se|[cnops]|se)(?![a-z]))")


def ranks(mol: Chem.Mol) -> list[int]:
    """Canonical rank of each atom; atoms that are alike have the same.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        Sanitised.

    Returns
    -------
    list of int

    Examples
    --------
    >>> rank = ranks(Chem.MolFromSmiles("OCCO"))
    >>> rank[0] == rank[3], rank[0] == rank[1]
    (True, False)
    """
    # RDKit finds rings of its own for a renumbered molecule, and leaves it without any.
    return list(Chem.CanonicalRankAtoms(Chem.Mol(mol), breakTies=False))


def _keep(mol: Chem.Mol, text: str) -> str:
    """Make :func:`parse` remember a molecule under the SMILES that was just written of it."""
    # As a text: RDKit's own vector of numbers is gone through one by one, which takes as long as renumbering.
    kept = Chem.RenumberAtoms(mol, json.loads(mol.GetProp("_smilesAtomOutputOrder")))
    # Asked whether an atom is in a ring, RDKit looks for the rings of a renumbered molecule once more, and then for as
    # few as there must be: of a cage it would lose those that are only as small as others.
    if kept.GetRingInfo().NumRings() > kept.GetNumBonds() - kept.GetNumAtoms() + 1:
        Chem.GetSymmSSSR(kept)
    # Of places that are alike a mobile hydrogen takes the first, and which one that is depends on the text.
    if mol.HasProp(BY_ORDER) and standard_tautomer(kept) is not kept:
        return text
    found = parse.tell(text, kept)
    if found is kept or _is_written_in_order(found, text):  # also where it had been read
        keep_own_text(found, text)
    return text


def _least_drawing(mol: Chem.Mol) -> str:
    """Canonical SMILES over the places where a shared charge can be drawn: see :func:`_by_aromaticity`."""
    drawn = (Chem.MolFromSmiles(text) for text in drawings(mol))
    text = min(_by_aromaticity(one) for one in drawn if one is not None)[-1]
    return canonical.tell(text, text)  # the least drawing's least drawing is itself


def _is_written_in_order(mol: Chem.Mol, text: str) -> bool:
    """Whether a molecule that was read from a text has its atoms in the order of that text still.

    Of a tetrazolate the charge may have moved to a nitrogen that is alike: the text is the same, the order isn't.
    """
    return Chem.MolToSmiles(mol) == text and list(
        mol.GetPropsAsDict(True, True)["_smilesAtomOutputOrder"]
    ) == list(range(mol.GetNumAtoms()))


def _by_aromaticity(mol: Chem.Mol) -> tuple[int, int, str]:
    """Sort key of a drawing: most aromatic atoms, most double bonds with a known side, least text.

    A quinoid drawing hides the donors of an aromatic ring.
    """
    aromatic = sum(atom.GetIsAromatic() for atom in atoms_of(mol))
    sides = sum(bond.GetStereo() > Chem.BondStereo.STEREOANY for bond in mol.GetBonds())
    return -aromatic, -sides, str(Chem.MolToSmiles(mol))


@remembered(16384)
def conjugate_acid(mol: Chem.Mol) -> Chem.Mol:
    """Add a proton for each negative charge that sits on C, N, O, S, Se or a halide ion.

    Borates and hexafluorophosphate keep their charge: no proton can be drawn on them. Neighbouring charges
    (nitro groups, N-oxides) are drawings, not ions, and stay.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species; not to be changed afterwards, and neither is what is given: it is kept.

    Returns
    -------
    rdkit.Chem.Mol
        The molecule itself where there is nothing to protonate and no hydrogen is drawn as an atom.

    Examples
    --------
    >>> Chem.MolToSmiles(conjugate_acid(parse("CC(=O)[O-]")))
    'CC(=O)O'
    """
    outline = outline_at_hand(mol)
    if outline is not None and _SIDES.isdisjoint(own_text(mol) or ""):
        oxygens = oxyanions(outline)
        if oxygens is not None:
            return with_hydroxyls(mol, oxygens) if oxygens else mol
    if not mol.HasSubstructMatch(_CHANGES_WITH_PROTONS):
        return mol
    edit = Chem.RWMol(mol)
    for atom in atoms_of(edit):
        drawn = any(near.GetFormalCharge() > 0 for near in atom.GetNeighbors())
        if atom.GetFormalCharge() < 0 and not drawn and atom.GetAtomicNum() in _PROTON_ACCEPTORS:
            atom.SetNumExplicitHs(atom.GetTotalNumHs() - atom.GetFormalCharge())
            atom.SetNoImplicit(True)
            atom.SetFormalCharge(0)
    Chem.SanitizeMol(edit)
    return Chem.RemoveHs(edit) if 1 in (atom.GetAtomicNum() for atom in atoms_of(edit)) else edit.GetMol()


_CHANGES_WITH_PROTONS = Chem.MolFromSmarts("[#1,-,-2,-3,-4,-5,-6]")
_PROTON_ACCEPTORS = frozenset({6, 7, 8, 9, 16, 17, 34, 35, 53})


def has_metal(mol: Chem.Mol) -> bool:
    """Tell whether a molecule holds a metal atom.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_metal(parse("Br[Pb]Br")), has_metal(parse("CC(=O)O"))
    (True, False)
    """
    outline = outline_at_hand(mol)
    elements = elements_in(mol) if outline is None else outline.elements
    return not _METALLIC.isdisjoint(elements) and bool(mol.HasSubstructMatch(_METAL))


def mass_g_per_mol(mol: Chem.Mol) -> float:
    """Sum of the average atomic masses, in g/mol.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        A species or a product.

    Returns
    -------
    float

    Examples
    --------
    >>> round(mass_g_per_mol(parse("CC(=O)O")), 2)
    60.05
    """
    return float(_MASS.ComputeProperties(mol)[0])


def is_metal(atom: Chem.Atom) -> bool:
    """Tell whether an atom is a metal (s block without H and He, d and f block, p-block metals).

    Germanium, arsenic, antimony and tellurium are metals as bare cations and where nothing but halogen is
    bound to them, as in SbI3; in arsines and stibines they are not.

    Parameters
    ----------
    atom : rdkit.Chem.Atom
        Bound, an ion, or alone.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_metal(parse("[Pb+2]").GetAtomWithIdx(0))
    True
    """
    number = atom.GetAtomicNum()
    if number not in _SEMIMETALS:
        return number in _METALS
    halogens = [near.GetAtomicNum() in _HALOGENS for near in atom.GetNeighbors()]
    if not halogens:
        return bool(atom.GetFormalCharge() > 0 and not atom.GetTotalNumHs())
    return bool(all(halogens) and atom.GetFormalCharge() >= 0 and not atom.GetTotalNumHs())


_MASS = Properties(["amw"])  # rdkit.Chem.Descriptors has it, too, but loads every other descriptor
_METALS = frozenset([3, 4, 11, 12, 13, *range(19, 32), *range(37, 51), *range(55, 84), *range(87, 113)])
_SEMIMETALS = frozenset({32, 33, 51, 52})
_METALLIC = _METALS | _SEMIMETALS
_HALOGENS = frozenset({9, 17, 35, 53})
_METAL = Chem.MolFromSmarts(
    "["
    + ",".join(f"#{number}" for number in sorted(_METALS))
    + ",$([#32,#33,#51,#52;H0;D0;+,+2,+3,+4,+5]),$([#32,#33,#51,#52;H0;!D0;!-;!$(*~[!F;!Cl;!Br;!I])])]"
)
