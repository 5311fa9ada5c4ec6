"""Could this molecule take a charge from the nanocrystal instead of healing it?

A redox-active molecule quenches however soft its donor is: it takes the electron or the hole. Which ones
do is read from structure here; frontier levels belong to the quantum tier.
"""

from __future__ import annotations

from functools import partial

from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.outline import Outline, outline_of
from ligandkb.chemistry.remembered import remembered
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
    return name in _held(form.smiles)


@remembered(65536)
def _held(smiles: str) -> frozenset[str]:
    """All that a form holds."""
    mol = parse(smiles)
    return frozenset(name for name in possible(mol) if mol.HasSubstructMatch(_PATTERNS[name][0]))


def possible(mol: Chem.Mol) -> frozenset[str]:
    """Groups that a molecule has atoms, bonds and rings enough for; the others needn't be searched for.

    Parameters
    ----------
    mol : rdkit.Chem.Mol

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> sorted(possible(parse("O=[N+]([O-])c1ccccc1")))
    ['is_nitroarene']
    """
    rings = mol.GetRingInfo()
    ring_count = rings.NumRings()
    outline = outline_of(mol)
    kinds, bonds = outline.kinds, outline.bonds
    symbols = "".join(bonds)  # each bond stands there twice
    double, triple = symbols.count("=") // 2, symbols.count("#") // 2
    nitrogens = [atom for atom, kind in enumerate(kinds) if kind.element == 7]
    found = set()
    if triple >= 2 and len(nitrogens) >= 2:
        found.add("is_polycyanoarene")
    if ring_count and any(kinds[atom].charge > 0 for atom in nitrogens):
        found.add("is_nitroarene")
    if ring_count and outline.elements >= {8, 16}:
        found.add("is_mercaptophenol")
    if ring_count and double >= 2:
        carbonyls = (
            outline.neighbours[atom][0]
            for atom, kind in enumerate(kinds)
            if kind.element == 8 and bonds[atom] == "="
        )
        if sum(kinds[atom].element == 6 and rings.NumAtomRings(atom) > 0 for atom in carbonyls) >= 2:
            found.add("is_quinone")
    is_large = (double >= 5 and _double_between_carbons(outline) >= 5) or any(
        kinds[near].element == 7 and bond == "="
        for atom in nitrogens
        for near, bond in zip(outline.neighbours[atom], bonds[atom], strict=True)
    )
    if ring_count >= 2 and len(nitrogens) >= 4:
        found.add("is_pteridine")
    if ring_count >= 5 and len(nitrogens) >= 4:
        found.add("is_porphyrin")
    if ring_count >= 3 and not is_large:
        # Where rings are fused an atom has three bonds of rings, and with any set of smallest rings lies in two.
        fused = sum(max(rings.NumAtomRings(atom) - 1, 0) for atom in range(len(kinds)))
        is_large = fused >= 4
    if is_large:
        found.add("is_large_conjugated_system")
    return frozenset(found)


def _double_between_carbons(outline: Outline) -> int:
    kinds = outline.kinds
    ends = sum(
        bond == "=" and kinds[near].element == 6
        for kind, around, bonds in zip(kinds, outline.neighbours, outline.bonds, strict=True)
        if kind.element == 6
        for near, bond in zip(around, bonds, strict=True)
    )
    return ends // 2


for _name, (_, _meaning, _source) in _PATTERNS.items():
    REDOX.define(_name, "flag", _meaning, tier="structure", source=_source)(partial(holds, _name))
