"""What can be read from the structural formula alone?

Microseconds a molecule with RDKit. The partial charge is a hint at how much a tail withdraws from the
donor (weaker donation, lower basicity); it is not Pearson's softness and says nothing across donor groups.
"""

from __future__ import annotations

import math

from rdkit import Chem
from rdkit.Chem import rdPartialCharges
from rdkit.Chem.rdMolDescriptors import CalcNumAromaticRings

from ligandkb.chemistry.elements import atoms_of
from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.heads import head_of, keeps_a_tail
from ligandkb.chemistry.motifs import ELEMENTS, GROUPS, MOTIFS, BindingMode, LigandClass, why_no_donor
from ligandkb.chemistry.native import OLEATE
from ligandkb.chemistry.outline import Outline, outline_of
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import mass_g_per_mol, parse
from ligandkb.descriptors.contract import Descriptors
from ligandkb.descriptors.crippen import acid_log_p
from ligandkb.missing import Failed, Known, NotApplicable
from ligandkb.provenance import Source

SP3 = Chem.HybridizationType.SP3
_HALOGENS = frozenset({9, 17, 35, 53})
REFERENCE_GROUP = "carboxylate"

_COVALENT_BOND_CLASSIFICATION = Source("10.1016/0022-328X(95)00508-N")
_GASTEIGER = Source("10.1016/0040-4020(80)80168-2", "partial equalisation of orbital electronegativity")
_CRIPPEN = Source("10.1021/ci990307l", "Table 1")
_PEOE = "RDKit partial equalisation of orbital electronegativity (Gasteiger and Marsili)"
_NO_CARBON = NotApplicable("no carbon in the form")
_NO_ALPHA = NotApplicable("no carbon next to the binding group")

TOPOLOGICAL: Descriptors[BindingForm] = Descriptors()


@TOPOLOGICAL.define(
    "ligand_class",
    "text",
    "covalent bond classification of the form: X, L, Z, zwitterion (anionic donor, built-in cation), or "
    "none where nothing can bind",
    allowed=LigandClass,
    tier="structure",
    source=_COVALENT_BOND_CLASSIFICATION,
)
def ligand_class(form: BindingForm) -> str:
    """Class of a form."""
    return form.ligand_class.value


@TOPOLOGICAL.define(
    "donor_group", "text", "donor group of the first binding mode", allowed=GROUPS, tier="structure"
)
def donor_group(form: BindingForm) -> Known[str]:
    """Donor group of the first mode."""
    return form.mode.group if form.mode else _no_donor(form)


@TOPOLOGICAL.define(
    "donor_element",
    "text",
    "element of the donor atoms of the first binding mode",
    allowed=ELEMENTS,
    tier="structure",
)
def donor_element(form: BindingForm) -> Known[str]:
    """Element of the donors of the first mode."""
    return form.mode.element if form.mode else _no_donor(form)


@TOPOLOGICAL.define(
    "form_charge_e",
    "number",
    "formal charge of the form",
    unit="e",
    minimum=-6,
    maximum=6,
    tier="structure",
)
def form_charge_e(form: BindingForm) -> float:
    """Charge of a form."""
    return float(form.charge)


@TOPOLOGICAL.define(
    "donor_mode_count",
    "number",
    "in how many ways the form can bind (ambidentate and multidentate species: several)",
    minimum=0,
    maximum=500,
    tier="structure",
)
def donor_mode_count(form: BindingForm) -> Known[float]:
    """Number of binding modes."""
    return float(len(form.modes)) if form.modes else _no_donor(form)


@TOPOLOGICAL.define(
    "chelate",
    "text",
    "pair of donors that can close a four- to seven-membered ring with one Pb; none if there isn't one",
    allowed=("none", "X2", "LX", "L2"),
    tier="structure",
)
def chelate(form: BindingForm) -> Known[str]:
    """Pair of donors that can hold one lead."""
    return form.chelate or "none" if form.mode else _no_donor(form)


@TOPOLOGICAL.define(
    "donor_charge_e",
    "number",
    "partial charge of a donor atom, averaged over the equivalent donors of the first mode; less "
    "negative means weaker donation, and only within one donor group",
    unit="e",
    minimum=-3,
    maximum=3,
    method=_PEOE,
    structure="head",
    source=_GASTEIGER,
)
def donor_charge_e(form: BindingForm) -> Known[float]:
    """Partial charge on the donors of a form's head."""
    return charge_of_donor(head_of(form.smiles), form.mode.group) if form.mode else _no_donor(form)


@TOPOLOGICAL.define(
    "donor_charge_above_oleate_e",
    "number",
    "donor_charge_e minus that of oleate; positive means less electron density on the donor than "
    "oleate has; carboxylates only",
    unit="e",
    minimum=-3,
    maximum=3,
    method=_PEOE,
    structure="head",
    source=_GASTEIGER,
)
def donor_charge_above_oleate_e(form: BindingForm) -> Known[float]:
    """Partial charge on the donors less that of oleate."""
    if form.mode is None:
        return _no_donor(form)
    if form.mode.group != REFERENCE_GROUP:
        return NotApplicable("compared among carboxylates only")
    head = head_of(form.smiles)
    charge = charge_of_donor(head, REFERENCE_GROUP)
    # Like is compared with like: a head that kept its tail with oleate and its tail.
    reference = charge_of_donor(OLEATE if keeps_a_tail(head) else head_of(OLEATE), REFERENCE_GROUP)
    if not isinstance(charge, float) or not isinstance(reference, float):
        return charge
    return round(charge - reference, 6)


@TOPOLOGICAL.define(
    "chain_length_carbons",
    "number",
    "carbon atoms on the longest open carbon chain (oleate 18, hexylphosphonate 6, benzoate 1)",
    minimum=0,
    maximum=500,
)
def chain_length_carbons(form: BindingForm) -> Known[float]:
    """Length of the longest chain of a form."""
    return float(longest_chain(form.smiles)) if carbons(form.smiles) else _NO_CARBON


@TOPOLOGICAL.define("carbon_count", "number", "carbon atoms in the form", minimum=0, maximum=500)
def carbon_count(form: BindingForm) -> float:
    """Carbon atoms in a form."""
    return float(carbons(form.smiles))


@TOPOLOGICAL.define(
    "alpha_halogen_count",
    "number",
    "halogen atoms on the carbon atoms next to the binding group",
    minimum=0,
    maximum=30,
)
def alpha_halogen_count(form: BindingForm) -> Known[float]:
    """Halogen atoms next to the binding group."""
    if form.mode is None:
        return _no_donor(form)
    outline = outline_of(parse(form.smiles))
    alpha = _alpha_carbons(outline, _binding_group(outline, form.mode))
    kinds, neighbours = outline.kinds, outline.neighbours
    halogens = sum(kinds[near].element in _HALOGENS for atom in alpha for near in neighbours[atom])
    return float(halogens) if alpha else _NO_ALPHA


@TOPOLOGICAL.define(
    "alpha_branch_count",
    "number",
    "carbon chains on the carbon atom next to the binding group beyond the first (2-hexyldecanoate 1)",
    minimum=0,
    maximum=3,
)
def alpha_branch_count(form: BindingForm) -> Known[float]:
    """Carbon chains next to the binding group beyond the first."""
    if form.mode is None:
        return _no_donor(form)
    mol = parse(form.smiles)
    outline = outline_of(mol)
    group = _binding_group(outline, form.mode)
    alpha = _alpha_carbons(outline, group)
    chains = [
        sum(outline.kinds[near].element == 6 for near in outline.neighbours[atom] if near not in group)
        for atom in alpha
        if _is_sp3(mol, atom)
    ]
    return float(max([0, *(count - 1 for count in chains)])) if alpha else _NO_ALPHA


@TOPOLOGICAL.define(
    "is_conjugated",
    "flag",
    "whether the binding group sits on an sp2 or sp carbon, so that resonance reaches it",
)
def is_conjugated(form: BindingForm) -> Known[bool]:
    """Whether resonance reaches the binding group."""
    if form.mode is None:
        return _no_donor(form)
    mol = parse(form.smiles)
    outline = outline_of(mol)
    alpha = _alpha_carbons(outline, _binding_group(outline, form.mode))
    return any(not _is_sp3(mol, atom) for atom in alpha) if alpha else _NO_ALPHA


@TOPOLOGICAL.define("aromatic_ring_count", "number", "aromatic rings", minimum=0, maximum=100)
def aromatic_ring_count(form: BindingForm) -> float:
    """Aromatic rings of a form."""
    mol = parse(form.smiles)
    rings, of_aromatic_bonds = mol.GetRingInfo(), CalcNumAromaticRings(mol)
    kinds = outline_of(mol).kinds
    # The middle ring of biphenylene has aromatic atoms only, and bonds that aren't.
    if rings.NumRings() == of_aromatic_bonds or not any(kind.is_aromatic for kind in kinds):
        return float(of_aromatic_bonds)
    return float(sum(all(kinds[atom].is_aromatic for atom in ring) for ring in rings.AtomRings()))


@TOPOLOGICAL.define(
    "logp_neutral",
    "number",
    "octanol-water log P by atom contributions of the form with a proton on each anionic atom",
    minimum=-100,
    maximum=200,
    method="RDKit Crippen contributions",
    source=_CRIPPEN,
)
def logp_neutral(form: BindingForm) -> Known[float]:
    """Octanol-water log P of a form's conjugate acid."""
    if form.mode is None and "." in form.smiles:
        return NotApplicable("a whole salt has no log P")
    if not carbons(form.smiles):
        return _NO_CARBON
    return round(acid_log_p(form.smiles, parse(form.smiles)), 3)


@TOPOLOGICAL.define(
    "molar_mass_g_per_mol",
    "number",
    "molar mass of the form",
    unit="g/mol",
    minimum=0,
    maximum=20000,
    method="RDKit average atomic masses",
)
def molar_mass_g_per_mol(form: BindingForm) -> float:
    """Molar mass of a form in g/mol."""
    return round(mass_g_per_mol(parse(form.smiles)), 3)


@remembered(65536)
def carbons(smiles: str) -> int:
    """Number of carbon atoms.

    Examples
    --------
    >>> carbons("CC(=O)[O-]")
    2
    """
    return sum(kind.element == 6 for kind in outline_of(parse(smiles)).kinds)


def _no_donor(form: BindingForm) -> NotApplicable:
    if form.ligand_class is LigandClass.Z:
        return NotApplicable("a Z-type ligand has no donor atom")
    return NotApplicable(why_no_donor(parse(form.smiles)))


_MOTIFS_OF = {group: [motif for motif in MOTIFS if motif.group == group] for group in GROUPS}


def _first_donors(mol: Chem.Mol, group: str) -> tuple[int, ...]:
    """Donors of the first mode of a species whose first mode is one of this group."""
    for motif in _MOTIFS_OF.get(group, ()):
        if matches := mol.GetSubstructMatches(motif.pattern, maxMatches=1):
            return tuple(sorted(matches[0][index] for index in motif.donors))
    return ()


@remembered(65536)
def charge_of_donor(head_smiles: str, group: str = "") -> Known[float]:
    """Partial charge on the donors of a head's first mode, averaged over equivalent donors.

    Parameters
    ----------
    head_smiles : str
        Head of a form.
    group : str, optional
        Donor group of the form's first mode, which is that of its head, too; it saves looking for others.

    Returns
    -------
    float, Failed or NotApplicable
        Charge in e; failed where the method has no parameters for an element.

    Examples
    --------
    >>> round(charge_of_donor("CC(=O)[O-]"), 4), round(charge_of_donor("O=C([O-])C(F)F", "carboxylate"), 4)
    (-0.5505, -0.5441)
    """
    mol = parse(head_smiles)
    donors = _first_donors(mol, group)
    if not donors:
        form = form_of(head_smiles)
        if form is None or form.mode is None:
            return NotApplicable("no donor")
        mol, donors = parse(form.smiles), form.mode.donor_atoms
    rdPartialCharges.ComputeGasteigerCharges(mol)
    charges = [mol.GetAtomWithIdx(index).GetDoubleProp("_GasteigerCharge") for index in donors]
    mean = float(sum(charges) / len(charges))
    if not math.isfinite(mean):
        elements = sorted({atom.GetSymbol() for atom in atoms_of(mol)})
        return Failed(f"no Gasteiger parameters for this bonding of {', '.join(elements)}")
    return round(mean, 6)


def _binding_group(outline: Outline, mode: BindingMode) -> set[int]:
    """Donors with the atom that holds them together: COO-, PO3, SO3-, P=O, or just the donor."""
    kinds, neighbours, group = outline.kinds, outline.neighbours, set(mode.donor_atoms)
    for donor in mode.donor_atoms:
        for near in neighbours[donor]:
            heteroatoms = sum(kinds[other].element not in (1, 6) for other in neighbours[near])
            is_carbonyl_like = kinds[near].element == 6 and heteroatoms >= 2 and not kinds[near].is_aromatic
            if kinds[near].element in (15, 16) or is_carbonyl_like:
                group.add(near)
    return group


def _alpha_carbons(outline: Outline, group: set[int]) -> set[int]:
    """Carbon atoms next to a binding group."""
    beside = {near for atom in group for near in outline.neighbours[atom]} - group
    return {atom for atom in beside if outline.kinds[atom].element == 6}


def _is_sp3(mol: Chem.Mol, atom: int) -> bool:
    return mol.GetAtomWithIdx(atom).GetHybridization() is SP3


@remembered(65536)
def longest_chain(smiles: str) -> int:
    r"""Number of carbon atoms on the longest open carbon chain.

    Parameters
    ----------
    smiles : str
        A species.

    Returns
    -------
    int
        0 for a species whose carbon atoms all sit in rings.

    Examples
    --------
    >>> longest_chain("CCCCCCCC/C=C\\CCCCCCCC[NH3+]")
    18
    """
    mol = parse(smiles)
    outline = outline_of(mol)
    rings_of = mol.GetRingInfo().NumAtomRings
    left = {
        atom
        for atom, kind in enumerate(outline.kinds)
        if kind.element == 6 and not kind.is_aromatic and not rings_of(atom)
    }
    longest = min(len(left), 1)
    # An atom alone is no longer than any other chain.
    left = {atom for atom in left if any(near in left for near in outline.neighbours[atom])}
    while left:
        # Open-chain carbons form trees: the farthest atom from any start is an end of the longest path.
        reached = _sweep(outline, next(iter(left)), left)
        longest = max(longest, *_sweep(outline, next(reversed(reached)), left).values())
        left -= reached.keys()
    return longest


def _sweep(outline: Outline, start: int, within: set[int]) -> dict[int, int]:
    """Atoms of a tree with how many lie on the way to each from a start; the farthest come last."""
    depth = {start: 1}
    front = [start]
    for atom in front:
        for near in outline.neighbours[atom]:
            if near in within and near not in depth:
                depth[near] = depth[atom] + 1
                front.append(near)
    return depth
