"""Which SMILES is a molfile?"""

from __future__ import annotations

from rdkit import Chem, rdBase

from ligandkb.problems import StructureError

END_OF_STRUCTURE = "M  END"
"""What the line that ends a molfile begins with."""


def holds_several(molfile: str) -> bool:
    """Whether more than one structure ends in this text: a line with $$$$ was lost between them."""
    return molfile.count(f"\n{END_OF_STRUCTURE}") > 1


def smiles_of(molfile: str) -> str:
    """SMILES of a molfile, as the software that wrote it drew it.

    Parameters
    ----------
    molfile : str
        V2000 or V3000.

    Returns
    -------
    str

    Raises
    ------
    StructureError
        If RDKit can't read it, it has no atoms, or it holds several.

    Examples
    --------
    >>> smiles_of(Chem.MolToMolBlock(Chem.MolFromSmiles("OC(=O)C")))
    'CC(=O)O'
    """
    if holds_several(molfile):
        raise StructureError(
            "several molecules stand in one record", "write a line with $$$$ behind each of them"
        )
    with rdBase.BlockLogs():  # the reason stands in the list of what was rejected, not on the screen
        mol = Chem.MolFromMolBlock(molfile)
    if mol is None or not mol.GetNumAtoms():
        raise StructureError(
            "this molfile can't be read", "check it where it was written, or give the SMILES"
        )
    return str(Chem.MolToSmiles(mol))
