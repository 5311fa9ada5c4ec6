"""Which species meets the surface when this product is used?

Acids reach their binding form by giving H+ to the amine, salts bring it along, metal salts also act as a
whole (Z type), and neutral Lewis bases bind as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rdkit import Chem

from ligandkb.chemistry.ionisation import AMINE, BASES, shift_protons
from ligandkb.chemistry.motifs import BindingMode, LigandClass, binding_modes, chelate_paths
from ligandkb.chemistry.species import Kind, Species, formula_unit, kind_of, split
from ligandkb.chemistry.structure import canonical, parse


class ProtonTransfer(StrEnum):
    """Whether an acid gives its proton to an alkylamine in toluene."""

    EXPECTED = "expected"
    PARTIAL = "partial"
    NOT_EXPECTED = "not expected"
    UNKNOWN = "unknown"


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
        X, L, Z or zwitterion.
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

    @property
    def mode(self) -> BindingMode | None:
        """The first mode, by which descriptors and rules name the form; None for Z."""
        return self.modes[0] if self.modes else None


@dataclass(frozen=True)
class _Acid:
    """A kind of acidic proton, in order of falling acidity."""

    pattern: Chem.Mol  # the first atom carries the proton
    transfer: ProtonTransfer
    binds_undissociated: bool  # whether the acid itself is a Lewis base worth a row of its own
    from_anions: bool  # whether the proton is taken also where a stronger acid has given its own


def _acid(
    smarts: str, transfer: ProtonTransfer, *, binds_undissociated: bool = False, from_anions: bool = True
) -> _Acid:
    return _Acid(Chem.MolFromSmarts(smarts), transfer, binds_undissociated, from_anions)


# Order of falling acidity. The classes of proton transfer towards an alkylamine are those of the plan:
# expected for sulfonic, phosphonic and fluorinated acids, partial for carboxylic acids in toluene, not
# expected for alkyl thiols.
_ACIDS = (
    _acid("[F,Cl,Br,I;X0,X1H1;+0]", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][SX4](=O)=O", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][NX3+](=O)[O-]", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][ClX4](~O)(~O)~O", ProtonTransfer.EXPECTED),
    _acid("[SX2H1][CX2]#[NX1]", ProtonTransfer.EXPECTED),
    _acid("[NX2H1]=[CX2]=[S,Se]", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][PX4]=O", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][CX3](=O)[#6;$([#6][F]),$([#6]([F])[F])]", ProtonTransfer.EXPECTED),
    _acid("[OX2H1][SX3]=O", ProtonTransfer.UNKNOWN),
    _acid("[OX2H1][ClX3,BrX3,IX3](~O)~O", ProtonTransfer.UNKNOWN),
    _acid("[SX2H1,OX2H1][PX4]=[S,O,Se]", ProtonTransfer.UNKNOWN),
    _acid("[SX2H1,OX2H1][CX3]=[S,Se]", ProtonTransfer.UNKNOWN),
    _acid("[SX2H1][CX3]=O", ProtonTransfer.UNKNOWN),
    _acid("[OX2H1][CX3]=O", ProtonTransfer.PARTIAL),
    _acid("[NX3H1]([SX4](=O)=O)[SX4](=O)=O", ProtonTransfer.EXPECTED),
    _acid("[NX3H1]([SX4](=O)=O)[CX3]=O", ProtonTransfer.UNKNOWN, binds_undissociated=True),
    _acid("[NX2H1]=[N+]=[N-]", ProtonTransfer.UNKNOWN),
    _acid("[CX2H1]#[NX1]", ProtonTransfer.UNKNOWN),
    _acid("[SeX2H1][#6]", ProtonTransfer.UNKNOWN, binds_undissociated=True),
    _acid("[SX2H1]c", ProtonTransfer.UNKNOWN, binds_undissociated=True),
    _acid("[SX2H1][CX4]", ProtonTransfer.NOT_EXPECTED, binds_undissociated=True),
    _acid("[SX2H2]", ProtonTransfer.UNKNOWN),
    _acid("[OX2H1][NX3][CX3]=O", ProtonTransfer.UNKNOWN, binds_undissociated=True),
    _acid("[OX2H1]c", ProtonTransfer.UNKNOWN, binds_undissociated=True, from_anions=False),
)
# A proton on an anion is less acidic by several orders of magnitude (hexylphosphonic acid: pKa 2.4, then
# 8.2): nobody has shown that it moves to an amine in toluene.
_SECOND_PROTON = {
    ProtonTransfer.EXPECTED: ProtonTransfer.UNKNOWN,
    ProtonTransfer.PARTIAL: ProtonTransfer.UNKNOWN,
    ProtonTransfer.UNKNOWN: ProtonTransfer.UNKNOWN,
    ProtonTransfer.NOT_EXPECTED: ProtonTransfer.NOT_EXPECTED,
}
_MAX_PROTONS_GIVEN = 3


@lru_cache(maxsize=65536)
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


@lru_cache(maxsize=65536)
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
        None for cations, water and species without a donor.

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
    text = canonical(smiles)  # the modes' atom indices are those of the form's SMILES
    mol = parse(text)
    kind = kind_of(text)
    if kind.is_cation or kind is Kind.WATER:
        return None
    if _is_lewis_acid(mol):
        return BindingForm(text, 0, LigandClass.Z, (), None, "")
    modes = binding_modes(mol)
    if not modes:
        return None
    has_x = any(mode.ligand_class is LigandClass.X for mode in modes)
    if kind is Kind.ZWITTERION and has_x:
        ligand_class = LigandClass.ZWITTERION
    else:
        ligand_class = LigandClass.X if has_x else LigandClass.L
    return BindingForm(
        text,
        Chem.GetFormalCharge(mol),
        ligand_class,
        modes,
        proton_transfer,
        _chelate(mol, modes),
    )


def _forms(species: tuple[Species, ...]) -> Iterator[BindingForm]:
    metals = [part for part in species if part.kind is Kind.METAL]
    if metals and any(part.kind is Kind.ANION for part in species):
        salt = tuple(part for part in species if part.kind in (Kind.METAL, Kind.ANION))
        if sum(part.charge * part.count for part in salt):
            salt = tuple(part for part in species if part.charge)  # a double salt such as CsPbBr3
        yield BindingForm(formula_unit(salt), 0, LigandClass.Z, (), None, "")
    for part in species:
        mol = parse(part.smiles)
        acid = None
        if part.kind in (Kind.NEUTRAL, Kind.ZWITTERION):
            acid = _most_acidic(mol)
            if acid and part.kind is Kind.NEUTRAL:
                yield from _internal_salt(mol, *acid)
            yield from _deprotonated(mol)
        if acid is None or acid[0].binds_undissociated or part.kind is Kind.ZWITTERION:
            form = form_of(part.smiles)
            if form is not None:
                yield form


def _deprotonated(mol: Chem.Mol) -> Iterator[BindingForm]:
    """Forms that a molecule reaches by giving protons away one after the other, the most acidic first."""
    for number in range(_MAX_PROTONS_GIVEN):
        most_acidic = _most_acidic(mol)
        if most_acidic is None:
            return
        acid, sites = most_acidic
        if number and not acid.from_anions:
            return
        transfer = acid.transfer if number == 0 else _SECOND_PROTON[acid.transfer]
        mol = _least([shift_protons(mol, {site: -1}) for site in sites])
        form = form_of(str(Chem.MolToSmiles(mol)), transfer)
        if form is None:
            return
        yield form
        if transfer is ProtonTransfer.NOT_EXPECTED:
            return


def _internal_salt(mol: Chem.Mol, acid: _Acid, sites: list[int]) -> Iterator[BindingForm]:
    """An amino acid, drawn neutral, as the zwitterion that it is."""
    if acid.transfer not in (ProtonTransfer.EXPECTED, ProtonTransfer.PARTIAL):
        return
    # A carboxylic acid protonates amines, a stronger one also pyridines and anilines (sulfanilic acid).
    strongest_first = BASES if acid.transfer is ProtonTransfer.EXPECTED else BASES[: AMINE + 1]
    bases = next((found for base in strongest_first if (found := mol.GetSubstructMatches(base))), ())
    if not bases:
        return
    drawings = [shift_protons(mol, {site: -1, base[0]: +1}) for site in sites for base in bases]
    form = form_of(str(Chem.MolToSmiles(_least(drawings))))
    if form is not None:
        yield form


def _most_acidic(mol: Chem.Mol) -> tuple[_Acid, list[int]] | None:
    """The most acidic kind of proton and the atoms that carry it, one for each set of equivalent ones."""
    for acid in _ACIDS:
        sites = {
            match[0]
            for match in mol.GetSubstructMatches(acid.pattern)
            if mol.GetAtomWithIdx(match[0]).GetTotalNumHs(includeNeighbors=True) > 0
        }
        if len(sites) > 1:
            rank = list(Chem.CanonicalRankAtoms(mol, breakTies=False))
            sites = set({rank[site]: site for site in sites}.values())
        if sites:
            return acid, sorted(sites)
    return None


def _least(mols: list[Chem.Mol]) -> Chem.Mol:
    """Of several choices the one with the least SMILES, whatever the order of the atoms."""
    return min(mols, key=Chem.MolToSmiles)


_BORANE = Chem.MolFromSmarts("[BX3;+0;!$(B[OX2H1])]")


def _is_lewis_acid(mol: Chem.Mol) -> bool:
    return bool(mol.HasSubstructMatch(_BORANE))


def _chelate(mol: Chem.Mol, modes: tuple[BindingMode, ...]) -> str:
    """Name what closes a four- to seven-membered ring with the form's first donor and one Pb."""
    first, *others = modes
    found = {
        "".join(sorted((first.ligand_class.value, other.ligand_class.value)))
        for other in others
        if chelate_paths(mol, first, other)
    }
    return next((label for pair, label in (("XX", "X2"), ("LX", "LX"), ("LL", "L2")) if pair in found), "")
