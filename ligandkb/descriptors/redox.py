"""Could this molecule take a charge from the nanocrystal instead of healing it?

A redox-active molecule quenches however soft its donor is: it takes the electron or the hole. Which ones
do is read from structure here; frontier levels belong to the quantum tier.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rdkit import Chem

from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.definitions import Definition
from ligandkb.provenance import Source

_PATTERNS: dict[str, tuple[Chem.Mol, str, Source | None]] = {
    "is_quinone": (
        # two C=O on one six-membered ring of sp2 carbons, ortho or para to each other
        Chem.MolFromSmarts(
            "[$(O=C1[#6]=,:[#6]C(=O)[#6]=,:[#6]1),"  # para: benzo-, naphtho-, anthraquinone
            "$(O=C1C(=O)[#6]=,:[#6][#6]=,:[#6]1)]"  # ortho: 1,2-naphtho-, phenanthrenequinone
        ),
        "whether the form holds a quinone, an electron acceptor",
        None,
    ),
    "is_porphyrin": (
        # four pyrrole-type rings joined by four single carbons in a macrocycle
        Chem.MolFromSmarts(
            "[#7]1~[#6]~[#6]~[#6]~[#6]1~[#6]~[#6]2~[#6]~[#6]~[#6](~[#7]2)"
            "~[#6]~[#6]3~[#6]~[#6]~[#6](~[#7]3)~[#6]~[#6]4~[#6]~[#6]~[#6](~[#7]4)"
        ),
        "whether the form holds a porphyrin, an electron acceptor for lead halide nanocrystals",
        Source("10.1039/d1na00835h", "abstract"),
    ),
    "is_mercaptophenol": (
        # S on an aromatic ring that also bears OH, ortho or para
        Chem.MolFromSmarts("[$([SX1-,SX2H1]c1ccc([OX2H1,OX1-])cc1),$([SX1-,SX2H1]c1c([OX2H1,OX1-])cccc1)]"),
        "whether the form holds an ortho- or para-mercaptophenol, which takes the hole",
        Source("10.1021/acsenergylett.0c01063", "abstract"),
    ),
}

DEFINITIONS: tuple[Definition, ...] = tuple(
    Definition(name, "flag", meaning, tier="structure", source=source)
    for name, (_, meaning, source) in _PATTERNS.items()
)


@lru_cache(maxsize=65536)
def redox_alerts(smiles: str) -> Mapping[str, bool]:
    """Which redox-active groups a form holds.

    Parameters
    ----------
    smiles : str
        A form.

    Returns
    -------
    mapping of str to bool
        By the names of :data:`DEFINITIONS`; read-only.

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> redox_alerts("O=C1C=CC(=O)C=C1")["is_quinone"]
    True
    """
    mol = parse(smiles)
    return MappingProxyType(
        {name: mol.HasSubstructMatch(pattern) for name, (pattern, _, _) in _PATTERNS.items()}
    )
