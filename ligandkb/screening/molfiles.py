"""Which SMILES is a molfile?"""

from __future__ import annotations

from rdkit import Chem, rdBase

from ligandkb.problems import StructureError


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
        If RDKit can't read it, or it has no atoms.

    Examples
    --------
    >>> smiles_of(Chem.MolToMolBlock(Chem.MolFromSmiles("OC(=O)C")))
    'CC(=O)O'
    """
    with rdBase.BlockLogs():  # the reason stands in the list of what was rejected, not on the screen
        mol = Chem.MolFromMolBlock(molfile)
    if mol is None or not mol.GetNumAtoms():
        raise StructureError(
            "this molfile can't be read", "check it where it was written, or give the SMILES"
        )
    return str(Chem.MolToSmiles(mol))
