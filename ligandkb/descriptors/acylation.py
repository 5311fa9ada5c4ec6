"""Would this molecule react with the amine before either meets the nanocrystal?

Acyl and sulfonyl halides, anhydrides and isocyanates turn amines into amides, sulfonamides and ureas, and the
halides set halide free.
"""

from __future__ import annotations

from functools import lru_cache

from rdkit import Chem

from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.definitions import Definition
from ligandkb.provenance import Source

_ACYLATING = Chem.MolFromSmarts(
    "[$([CX3](=O)[F,Cl,Br,I]),"  # acyl halide, chloroformate
    "$([SX4](=O)(=O)[F,Cl,Br,I]),"  # sulfonyl halide
    "$([CX3](=O)[OX2][CX3]=O),"  # anhydride
    "$([CX2](=[NX2])=O)]"  # isocyanate
)

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "is_acylating_agent",
        "flag",
        "whether the form holds an acyl or sulfonyl halide, an anhydride or an isocyanate, which react with amines",
        tier="structure",
        source=Source("10.1021/jacs.7b13477", "abstract (benzoyl halides as halide sources)"),
    ),
)


@lru_cache(maxsize=65536)
def is_acylating_agent(smiles: str) -> bool:
    """Whether a form holds a group that turns amines into amides, sulfonamides or ureas.

    Parameters
    ----------
    smiles : str
        A form.

    Returns
    -------
    bool

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> is_acylating_agent("O=C(Cl)c1ccc(cc1)C(=O)[O-]"), is_acylating_agent("CC(=O)OC")
    (True, False)
    """
    return bool(parse(smiles).HasSubstructMatch(_ACYLATING))
