"""Why is this text no SMILES?

Size and characters are looked at before RDKit sees them; what it refuses is explained, with the place.
"""

from __future__ import annotations

import re

from rdkit import Chem, rdBase

from ligandkb.problems import StructureError

MAX_SMILES_LENGTH = 2000
MAX_ATOMS = 500

_ATOM = re.compile(r"\[[^\]]*\]|Cl|Br|[BCNOPSFI]|[bcnops]|\*")


def check_text(text: str) -> None:
    """Refuse a text that is empty, too long, of other characters or of too many atoms.

    Parameters
    ----------
    text : str
        Without blanks around it.

    Raises
    ------
    StructureError
        With the position of what is wrong.

    Examples
    --------
    >>> check_text("CC(=O)O")
    """
    if not text:
        raise StructureError("the SMILES is empty", "write the structure of the product as bought")
    if len(text) > MAX_SMILES_LENGTH:
        raise StructureError(
            f"the SMILES has {len(text)} characters", f"at most {MAX_SMILES_LENGTH} are read"
        )
    if len(text) <= MAX_ATOMS and text.isascii() and text.isprintable() and " " not in text:
        return  # an atom is at least a character
    space = re.search(r"\s", text)
    if space:
        raise StructureError(
            "text after the SMILES", "put names into their own column", position=space.start()
        )
    odd = re.search(r"[^\x21-\x7e]", text)
    if odd:
        raise StructureError(
            f"the character U+{ord(odd.group()):04X} can't stand in a SMILES",
            "retype the SMILES in plain ASCII",
            position=odd.start(),
        )
    if len(_ATOM.findall(text)) > MAX_ATOMS:
        raise StructureError("the SMILES has too many atoms", f"at most {MAX_ATOMS} are read")


def read(text: str) -> Chem.Mol | None:
    """The molecule as RDKit reads it.

    Of a text that tells no side RDKit also notes which centres could be chiral, for a fifth of the time. Nobody asks
    for that: such texts are read in the same steps without it.

    Parameters
    ----------
    text : str
        As :func:`check_text` lets through.

    Returns
    -------
    rdkit.Chem.Mol or None
        Sanitised; None where RDKit refuses the text.

    Examples
    --------
    >>> read("OCC").GetNumAtoms(), read("C(C)(C)(C)(C)C")
    (3, None)
    """
    with rdBase.BlockLogs():
        if _SIDE_OR_HYDROGEN.search(text):
            return Chem.MolFromSmiles(text)
        mol = Chem.MolFromSmiles(text, _AS_DRAWN)
        if mol is None or Chem.SanitizeMol(mol, catchErrors=True):
            return None
    Chem.AssignStereochemistry(mol, cleanIt=True)
    return mol


_SIDE_OR_HYDROGEN = re.compile(r"[@/\\*<>]|\[\d*H")
_AS_DRAWN = Chem.SmilesParserParams()
_AS_DRAWN.sanitize = False
_AS_DRAWN.removeHs = False


def position_of(atom: Chem.Atom, text: str) -> int:
    """0-based position of an atom in the SMILES; 0 where hydrogens drawn as atoms spoil the count.

    Parameters
    ----------
    atom : rdkit.Chem.Atom
    text : str
        What its molecule was read from.

    Returns
    -------
    int

    Examples
    --------
    >>> position_of(Chem.MolFromSmiles("CCl").GetAtomWithIdx(1), "CCl")
    1
    """
    found = [match.start() for match in _ATOM.finditer(text)]
    return found[atom.GetIdx()] if len(found) == atom.GetOwningMol().GetNumAtoms() else 0


def diagnose(text: str) -> StructureError:
    """Say why RDKit refused a SMILES.

    Parameters
    ----------
    text : str

    Returns
    -------
    StructureError
        To be raised.

    Examples
    --------
    >>> diagnose("CC)C").position
    2
    """
    parameters = Chem.SmilesParserParams()
    parameters.sanitize = False
    with rdBase.BlockLogs():
        mol = Chem.MolFromSmiles(text, parameters)
    if mol is None:
        position = _syntax_error_position(text)
        return StructureError(
            f"not a SMILES, near character {position + 1} of {text[:80]!r}",
            "check brackets, ring numbers and element symbols there",
            position,
        )
    with rdBase.BlockLogs():
        found = Chem.DetectChemistryProblems(mol)
    reason = found[0].Message() if found else "the structure can't be made sense of"
    fix = "check valences, charges and aromatic rings"
    if "kekulize" in reason:
        fix = "write the hydrogen on an aromatic nitrogen, as in c1cc[nH]c1, and check the aromatic rings"
    return StructureError(f"{reason} in {text[:80]!r}", fix)


def _syntax_error_position(text: str) -> int:
    """0-based position up to which the SMILES reads: the longest prefix whose tokens are legal."""
    closing = 0
    depth = 0
    for match in re.finditer(r"\[[^\[\]]*\]|Cl|Br|[BCNOPSFIbcnops*]|[-=#$:/\\.~]|%\d\d|\d|\(|\)", text):
        if match.start() != closing:
            return closing
        token = match.group()
        depth += (token == "(") - (token == ")")
        if depth < 0:
            return match.start()
        if token.startswith("["):
            with rdBase.BlockLogs():
                if Chem.MolFromSmiles(token, sanitize=False) is None:
                    return match.start()
        closing = match.end()
    return min(closing, len(text) - 1)
