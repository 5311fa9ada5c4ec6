"""Which species meets the surface when this product is used?

Acids reach their binding form by giving H+ to the amine, salts bring it along, metal salts also act as a
whole (Z type), and neutral Lewis bases bind as they are. A cation with donors of its own brings those, too: the
hydrochloride of an amino acid is chloride and amino acid.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rdkit import Chem

from ligandkb.chemistry.acids import AcidKind, ProtonTransfer, most_acidic, proton_transfer
from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.motifs import BindingMode, LigandClass, binding_modes, chelate_paths
from ligandkb.chemistry.motifs.neutral import DONOR_ORDER
from ligandkb.chemistry.motifs.reactive_anions import is_reactive_anion
from ligandkb.chemistry.outline import outline_at_hand
from ligandkb.chemistry.proton_shifts import distinct, internal_salt, least, shift_protons
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.species import Species, SpeciesKind, formula_unit, kind_of, split
from ligandkb.chemistry.structure import canonical, parse, written


@dataclass(frozen=True)
class BindingForm:
    """One species in which a product can meet the surface.

    Attributes
    ----------
    smiles : str
        Canonical SMILES; for a Z-type salt the whole formula unit.
    charge : int
        Formal charge in e.
    ligand_class : LigandClass
        X, L, Z or zwitterion; a zwitterion may carry a net positive charge (lysine with two protons).
    modes : tuple of BindingMode
        Every way in which it can bind, the strongest class first; empty for Z.
    proton_transfer : ProtonTransfer or None
        How surely the product reaches this form by giving H+ to an alkylamine; None where no proton has
        to move (salts, neutral donors).
    chelate : str
        ``X2``, ``LX`` or ``L2`` where a second donor can close a four- to seven-membered ring with Pb,
        else empty.
    """

    smiles: str
    charge: int
    ligand_class: LigandClass
    modes: tuple[BindingMode, ...]
    proton_transfer: ProtonTransfer | None
    chelate: str

    def __hash__(self) -> int:
        # Forms are looked up often, and hardly ever differ in anything else.
        return hash(self.smiles)

    @property
    def mode(self) -> BindingMode | None:
        """The first mode, by which descriptors and rules name the form; None for Z."""
        return self.modes[0] if self.modes else None


# A proton on an anion is less acidic by several orders of magnitude (hexylphosphonic acid: pKa 2.4, then
# 8.2): nobody has shown that it moves to an amine in toluene.
_SECOND_PROTON = {
    ProtonTransfer.EXPECTED: ProtonTransfer.UNKNOWN,
    ProtonTransfer.PARTIAL: ProtonTransfer.UNKNOWN,
    ProtonTransfer.UNKNOWN: ProtonTransfer.UNKNOWN,
    ProtonTransfer.NOT_EXPECTED: ProtonTransfer.NOT_EXPECTED,
}
_MAX_PROTONS_GIVEN = 3


@remembered(65536)
@lasting
def binding_forms(product_smiles: str) -> tuple[BindingForm, ...]:
    """All forms in which a product can meet the surface.

    Parameters
    ----------
    product_smiles : str
        The product as bought.

    Returns
    -------
    tuple of BindingForm
        Z-type whole salts first, then X forms (an acid's monoanion before its dianion), zwitterions and
        L forms; empty if nothing in the product can bind.

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> [(form.smiles, form.ligand_class.value) for form in binding_forms("CCCCCCP(=O)(O)O")]
    [('CCCCCCP(=O)([O-])O', 'X'), ('CCCCCCP(=O)([O-])[O-]', 'X')]
    """
    species = split(product_smiles)
    forms: dict[str, BindingForm] = {}
    for form in _forms(species):
        # Of an ion that is there already (sodium acetate in acetic acid) no proton has to move.
        if form.smiles not in forms or form.proton_transfer is None:
            forms[form.smiles] = form
    return tuple(forms.values())


@remembered(65536)
def form_of(smiles: str, proton_transfer: ProtonTransfer | None = None) -> BindingForm | None:
    """Binding form of one species as it stands.

    Parameters
    ----------
    smiles : str
        One ion or molecule, not a salt.
    proton_transfer : ProtonTransfer, optional
        How surely it is reached from the acid; None where no proton has to move.

    Returns
    -------
    BindingForm or None
        None for water, for species without a donor, and for cations without a good one.

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> form_of("CC(=O)[O-]").mode.group
    'carboxylate'
    >>> form_of("[Cs+]") is None
    True
    """
    form = _as_it_stands(smiles)
    if form is None or proton_transfer is None or form.mode is None:
        return form
    return BindingForm(form.smiles, form.charge, form.ligand_class, form.modes, proton_transfer, form.chelate)


@lasting
def _as_it_stands(smiles: str) -> BindingForm | None:
    """Binding form of a species to which no proton has to move."""
    text = canonical(smiles)  # the modes' atom indices are those of the form's SMILES
    mol = parse(text)
    kind = kind_of(text)
    if kind is SpeciesKind.WATER:
        return None
    modes = _modes(mol, kind)
    has_x = any(mode.ligand_class is LigandClass.X for mode in modes)
    has_good_donor = has_x or any(mode.group not in POOR_DONORS for mode in modes)
    charge = Chem.GetFormalCharge(mol)
    if not charge and not has_good_donor and mol.HasSubstructMatch(_LEWIS_ACID):
        return BindingForm(text, charge, LigandClass.Z, (), None, "")
    if not modes or (kind.is_cation and not has_good_donor):
        return None
    if has_x and (kind is SpeciesKind.ZWITTERION or kind.is_cation):
        ligand_class = LigandClass.ZWITTERION
    else:
        ligand_class = LigandClass.X if has_x else LigandClass.L
    return BindingForm(
        text,
        charge,
        ligand_class,
        modes,
        None,
        _chelate(mol, modes),
    )


def _modes(mol: Chem.Mol, kind: SpeciesKind) -> tuple[BindingMode, ...]:
    """Binding modes; an anion is X also where only its uncharged atoms can bind, as in bis(oxalato)borate."""
    modes = binding_modes(mol)
    if kind is SpeciesKind.ANION and all(mode.ligand_class is LigandClass.L for mode in modes):
        return tuple(replace(mode, ligand_class=LigandClass.X) for mode in modes)
    return modes


POOR_DONORS = frozenset({"aromatic amine", *DONOR_ORDER[DONOR_ORDER.index("carbonyl") :]})
"""Groups that bind lead too weakly to win against an anion in the same vial, or against boron in the same molecule:
choline chloride is chloride, and a borane with a methoxy group is a Lewis acid. Ours: anilines, and in the order of
donors everything from carbonyl oxygen on."""
_LEWIS_ACID = Chem.MolFromSmarts(
    "[$([BX3;+0;!$(B[OX2H1])]),$([#15,#33,#51;X5;+0;$(*[F,Cl])])]"  # boranes and borates, PF5, SbCl5
)

MAX_PARTNER_CORE_ATOMS = 25
"""Heavy atoms outside open saturated chains up to which a cation with donors of its own is a partner. Ours:
tetraphenylphosphonium, the bulkiest core that is sold as a mere counter-ion, has 25."""
_CHAIN = Chem.MolFromSmarts("[CX4;!R;H2,H3]")


@remembered(65536)
def can_be_partner(cation: str) -> bool:
    """Whether a cation accompanies an anion, rather than being the molecule that the salt is bought for.

    The acetate of a peptide or the mesylate of a drug is no source of acetate or mesylate: their cations are
    large, bind through donors of their own, and are offered as that.

    Parameters
    ----------
    cation : str
        Canonical SMILES of one cation.

    Returns
    -------
    bool

    Examples
    --------
    >>> can_be_partner("CCCCCCCCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCCCCCCCC")
    True
    """
    mol = parse(cation)
    core = mol.GetNumHeavyAtoms() - len(mol.GetSubstructMatches(_CHAIN, maxMatches=mol.GetNumAtoms()))
    if core <= MAX_PARTNER_CORE_ATOMS:
        return True
    return next(_of_molecule(cation), None) is None


def _forms(species: tuple[Species, ...]) -> Iterator[BindingForm]:
    if any(is_reactive_anion(parse(part.smiles)) for part in species):
        return  # a Grignard reagent is no source of bromide
    metals = [part for part in species if part.kind is SpeciesKind.METAL]
    if metals and any(part.kind is SpeciesKind.ANION for part in species):
        salt = tuple(part for part in species if part.kind in (SpeciesKind.METAL, SpeciesKind.ANION))
        if sum(part.charge * part.count for part in salt):
            salt = tuple(part for part in species if part.charge)  # a double salt such as CsPbBr3
        yield BindingForm(formula_unit(salt), 0, LigandClass.Z, (), None, "")
    cations = [part for part in species if part.kind.is_cation]
    anions_on_offer = not cations or any(can_be_partner(part.smiles) for part in cations)
    for part in species:
        if part.kind is not SpeciesKind.ANION:
            continue
        form = form_of(part.smiles)
        if form is not None and anions_on_offer:
            yield form
    for part in sorted(species, key=lambda part: part.kind.is_cation):
        if part.kind not in (SpeciesKind.ANION, SpeciesKind.WATER, SpeciesKind.METAL, SpeciesKind.ALKALI):
            yield from _of_molecule(part.smiles)


def _of_molecule(smiles: str) -> Iterator[BindingForm]:
    """Forms of a molecule or organic cation: as internal salt, without its acidic protons, as it stands."""
    mol, kind = parse(smiles), kind_of(smiles)
    acid = most_acidic(mol)
    if acid is not None:
        transfer = acid[0].transfer
        salt = internal_salt(mol, *acid) if kind is not SpeciesKind.ZWITTERION else None
        if salt is not None:
            zwitterion, base = salt
            # The acid's proton has moved inside the molecule: what an amine would have to take is the base's.
            transfer = proton_transfer(*base.pka) if base.pka else ProtonTransfer.UNKNOWN
            form = form_of(written(zwitterion))
            if form is not None:
                yield form
        yield from _deprotonated(mol, *acid, transfer)
    if acid is None or acid[0].binds_undissociated or kind is SpeciesKind.ZWITTERION:
        form = form_of(smiles)
        if form is not None:
            yield form


def _deprotonated(
    mol: Chem.Mol, acid: AcidKind, sites: Sequence[int], transfer: ProtonTransfer
) -> Iterator[BindingForm]:
    """Forms that a molecule reaches by giving protons away one after the other, the most acidic first."""
    outline = outline_at_hand(mol)
    for number in range(_MAX_PROTONS_GIVEN):
        if number:
            found = most_acidic(mol, outline, from_anion=True)
            if found is None:
                return
            acid, sites = found
            transfer = _SECOND_PROTON[acid.transfer]
        sites = distinct(mol, sites)
        mol = least([shift_protons(mol, {site: -1}) for site in sites])
        outline = outline.without_proton(sites[0]) if outline and len(sites) == 1 else None
        form = form_of(written(mol), transfer)
        if form is None:
            return
        yield form
        if transfer is ProtonTransfer.NOT_EXPECTED:
            return


def _chelate(mol: Chem.Mol, modes: tuple[BindingMode, ...]) -> str:
    """Name what closes a four- to seven-membered ring with the form's first donor and one Pb."""
    first, *others = modes
    others.sort(key=lambda mode: mode.ligand_class is not LigandClass.X)  # X2 before LX
    other = next((mode for mode in others if chelate_paths(mol, first, mode)), None)
    if other is None:
        return ""
    if first.ligand_class is other.ligand_class:
        return f"{first.ligand_class.value}2"
    return "LX"
