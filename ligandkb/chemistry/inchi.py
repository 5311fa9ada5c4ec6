"""Which substance is this for people who draw it otherwise?"""

from __future__ import annotations

import re

from rdkit import rdBase
from rdkit.Chem import rdinchi
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import parse

LARGEST_ATOMS = 400
"""Heavy atoms beyond which nothing is looked up: no substance of a list is as large, and InChI's time grows fast."""


@remembered(65536)
def inchi_key(smiles: str) -> str:
    """Standard InChIKey: one for every drawing of a salt, a metal halide, a zwitterion, a mobile proton.

    Parameters
    ----------
    smiles : str
        Product or species.

    Returns
    -------
    str
        27 characters; empty for what InChI can't draw or what is too large.

    Raises
    ------
    StructureError
        If the SMILES can't be read.

    References
    ----------
    Heller, McNaught, Pletnev, Stein, Tchekhovskoi, J. Cheminform. 2015, 7, 23, doi 10.1186/s13321-015-0068-4.

    Examples
    --------
    >>> inchi_key("NCC(=O)O") == inchi_key("[NH3+]CC(=O)[O-]"), inchi_key("Cl[Hg]Cl")
    (True, 'LWJROJCJINYWOX-UHFFFAOYSA-L')
    """
    mol = parse(smiles)
    if mol.GetNumAtoms() > LARGEST_ATOMS:
        return ""
    with rdBase.BlockLogs():  # what InChI can't draw has no key, which is no news to a chemist
        return str(rdinchi.MolToInchiKey(mol, ""))


@remembered(65536)
@lasting
def atoms_formula(smiles: str) -> str:
    """Sum of all atoms in Hill's order without the charge, a hundred times faster to come by than an InChIKey.

    Parameters
    ----------
    smiles : str
        Product or species.

    Returns
    -------
    str
        The same for every drawing that has the same InChIKey.

    Raises
    ------
    StructureError
        If the SMILES can't be read.

    Examples
    --------
    >>> atoms_formula("[Na+].CC(=O)[O-]"), atoms_formula("[Pb+2].[Br-].[Br-]")
    ('C2H3NaO2', 'Br2Pb')
    """
    return _CHARGE.sub("", CalcMolFormula(parse(smiles)))


_CHARGE = re.compile(r"[+-]\d*$")
