"""Could this molecule take a charge from the nanocrystal instead of healing it?

A redox-active molecule quenches however soft its donor is: it takes the electron or the hole. Which ones
do is read from structure here; frontier levels belong to the quantum tier.
"""

from __future__ import annotations

from functools import partial

from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.contract import Descriptors
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
    "is_nitroarene": (
        Chem.MolFromSmarts("[a][N+](=O)[O-]"),
        "whether the form holds a nitro group on an aromatic ring",
        Source(
            locator="title and abstract (4-nitroaniline)",
            address="https://pubs.rsc.org/st/content/articlepdf/2023/ay/d3ay01458d",
        ),
    ),
    "is_polycyanoarene": (
        # two cyano groups on one aromatic ring or on one C=C, as in TCNQ and TCNE
        Chem.MolFromSmarts(
            "[$([c](C#N):[c]C#N),$([c](C#N):[a]:[c]C#N),$([c](C#N):[a]:[a]:[c]C#N),"
            "$([#6X3](C#N)(C#N)=[#6]),$([#6X3](C#N)=[#6X3]C#N)]"
        ),
        "whether the form holds two cyano groups on one aromatic ring or C=C",
        None,
    ),
    "is_pteridine": (
        # pyrazine fused to pyrimidine, in whatever tautomer: pterins and flavins
        Chem.MolFromSmarts("[#7]1~[#6]~[#6]~[#7]~[#6]2~[#6]~1~[#6]~[#7]~[#6]~[#7]~2"),
        "whether the form holds a pteridine ring system, an electron acceptor (folic acid, flavins)",
        Source("10.3390/chemosensors11010019", "title and abstract (folic acid)"),
    ),
    "is_large_conjugated_system": (
        Chem.MolFromSmarts(
            "[$([#6X3;R3]),"  # an sp2 carbon in three rings: pyrene, perylene, fullerenes
            "$(c1ccc2cc3cc4ccccc4cc3cc2c1),"  # tetracene and longer acenes
            "$([#6]=[#6][#6]=[#6][#6]=[#6][#6]=[#6][#6]=[#6]),"  # five and more C=C in a row
            "$(a[NX2]=[NX2]a),"  # azo dyes
            # xanthenes, acridines
            "$([#6]1~[#6]~[#6]~[#6]2~[#6](~[#6]~1)~[#6]~[#6]1~[#6]~[#6]~[#6]~[#6]~[#6]~1~[#8,#16,#7]~2)]"
        ),
        "whether the form holds a large conjugated system: a peri-fused or long arene, polyene, azo or xanthene dye",
        None,
    ),
}

REDOX: Descriptors[BindingForm] = Descriptors()


def holds(name: str, form: BindingForm) -> bool:
    """Whether a form holds a redox-active group.

    Parameters
    ----------
    name : str
        ``is_quinone``, ``is_porphyrin`` or ``is_mercaptophenol``.
    form : BindingForm

    Returns
    -------
    bool

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> holds("is_quinone", form_of("O=C1C=CC(=O)C=C1"))
    True
    """
    return bool(parse(form.smiles).HasSubstructMatch(_PATTERNS[name][0]))


for _name, (_, _meaning, _source) in _PATTERNS.items():
    REDOX.define(_name, "flag", _meaning, tier="structure", source=_source)(partial(holds, _name))
