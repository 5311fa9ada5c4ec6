"""What do the rules see of a pair?

Every column that a rule may read is stated here or among the descriptors of a binding form
(:mod:`ligandkb.descriptors.registry`), with its function; `rules/columns.yaml` is generated from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcNumAromaticRings

from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.protons import ALKYLAMINE, base_range, range_text, transfer_to
from ligandkb.assessment.solubility import SolubleBy, solubility_of
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.solubility import SolubilityTable
from ligandkb.chemistry.acids import ProtonTransfer
from ligandkb.chemistry.composition import HALIDE_IONS, HALIDES, Composition, halide_ions_in
from ligandkb.chemistry.hazards import ALERTS, MIXTURE_ALERTS, alerts_of, mixture_alerts
from ligandkb.chemistry.species import SpeciesKind, charged_atom
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.contract import Descriptor, Descriptors, Value
from ligandkb.descriptors.lead_scale import Sourced
from ligandkb.descriptors.quantum.columns import AFFINITY_METHOD, electron_affinity_of
from ligandkb.descriptors.quantum.levels import IPEA_SHIFT
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.registry import AT_LEAD, STRUCTURAL
from ligandkb.descriptors.topological import carbons, longest_chain
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.rules.columns import Column

STATEMENTS = {
    "H200": "unstable explosive",
    "H201": "explosive; mass explosion hazard",
    "H202": "explosive; severe projection hazard",
    "H203": "explosive; fire, blast or projection hazard",
    "H240": "heating may cause an explosion",
    "H250": "catches fire spontaneously if exposed to air",
    "H260": "in contact with water releases flammable gases which may ignite spontaneously",
    "H261": "in contact with water releases flammable gases",
    "H300": "fatal if swallowed",
    "H301": "toxic if swallowed",
    "H310": "fatal in contact with skin",
    "H311": "toxic in contact with skin",
    "H314": "causes severe skin burns and eye damage",
    "H318": "causes serious eye damage",
    "H330": "fatal if inhaled",
    "H331": "toxic if inhaled",
    "H340": "may cause genetic defects",
    "H350": "may cause cancer",
    "H360": "may damage fertility or the unborn child",
    "EUH014": "reacts violently with water",
}
"""Hazard statements that rules may read, with the wording of the Globally Harmonised System (EUH: of the EU)."""

_NO_PARTNER = NotApplicable("no partner")
_NO_ONIUM = NotApplicable("no partner with one charged nitrogen or phosphorus")
_NO_HALIDE_BINDS = NotApplicable("no halide binds")
_HALIDE_NOT_STATED = Missing("the composition does not state the halide")


@dataclass(frozen=True)
class PairOnCrystal:
    """A pair that meets a crystal, with what was read of labels.

    Attributes
    ----------
    pair : Pair
    composition : Composition
    form_values : mapping
        Descriptors of the pair's binding form, by name.
    hazards : KnownHazards
        What labels and governments say of products.
    computed : callable
        Stored quantum chemical values, from key to record, or None.
    solubility : SolubilityTable
        What was printed of solubility.
    partner_pka : Sourced, Missing or NotApplicable
        Of the partner, as the conjugate acid of its amine.
    """

    pair: Pair
    composition: Composition
    form_values: Mapping[str, Known[Value]] = field(repr=False)
    hazards: KnownHazards = field(repr=False)
    computed: Lookup = field(repr=False)
    solubility: SolubilityTable = field(default_factory=dict, repr=False)
    partner_pka: Known[Sourced] = _NO_PARTNER

    @property
    def products(self) -> Iterator[Product]:
        """Products of every way to make the pair: a danger in one of them is shown on the row."""
        return (product for recipe in self.pair.recipes for product in recipe.products)

    @cached_property
    def alerts(self) -> frozenset[str]:
        """Alerts of what is bought, and of what is in the vial together."""
        vials = [[product.smiles for product in recipe.products] for recipe in self.pair.recipes]
        raised = frozenset().union(
            *(alerts_of(smiles) for vial in vials for smiles in vial), *map(mixture_alerts, vials)
        )
        # A partner's row need not say what its product says.
        partner = self.pair.partner
        return raised if partner is None else raised | alerts_of(partner.smiles)

    @cached_property
    def printed_statements(self) -> frozenset[str]:
        """Codes on labels and lists, inherited ones among them."""
        products = {product.id: product for product in self.products}.values()
        labels = [
            read(product) for product in products for read in (self.hazards.label, self.hazards.inherited)
        ]
        return frozenset().union(*(label.codes for label in labels if label is not None))

    @cached_property
    def unread_products(self) -> tuple[str, ...]:
        """Names of the products of which no label was read, or a part of it only, as a government's list is."""
        products = {product.id: product for product in self.products}.values()
        labels = [(product.name, self.hazards.label(product)) for product in products]
        return tuple(name for name, label in labels if label is None or label.in_part)

    @cached_property
    def solubility_found(self) -> tuple[Known[bool], SolubleBy]:
        """Whether the pair dissolves, and how that is known."""
        return solubility_of(self.pair, self.solubility)

    @cached_property
    def bound_halides(self) -> frozenset[str]:
        """Halides that bind, or that a metal halide brings."""
        return halide_ions_in(self.pair.form.form.smiles)

    @cached_property
    def brought_halides(self) -> frozenset[str]:
        """Halides that come into the vial as ions or are easily set free; fluoride is not counted."""
        ions = {
            HALIDE_IONS[species.smiles]
            for product in self.products
            for species in product.species
            if species.smiles in HALIDE_IONS
        } - {"F"}
        return frozenset(ions).union(*(_labile_halides(product.smiles) for product in self.products))


PAIR: Descriptors[PairOnCrystal] = Descriptors()


@PAIR.define("binding_form", "text", "name of the binding form", tier="structure")
def binding_form(row: PairOnCrystal) -> str:
    """Name of the form."""
    return row.pair.form.name


@PAIR.define("partner", "text", "identifier of the partner, none without one", tier="structure")
def partner(row: PairOnCrystal) -> str:
    """Identifier of the partner."""
    return row.pair.partner_id


@PAIR.define(
    "partner_kind",
    "text",
    "what the partner is, from its structure",
    allowed=("none", *(kind for kind in SpeciesKind if kind.is_cation)),
    tier="structure",
)
def partner_kind(row: PairOnCrystal) -> str:
    """Kind of cation."""
    return str(row.pair.partner.kind) if row.pair.partner else "none"


@PAIR.define(
    "partner_charge_e",
    "number",
    "charge of the partner",
    unit="e",
    minimum=1,
    maximum=6,
    tier="structure",
)
def partner_charge_e(row: PairOnCrystal) -> Known[float]:
    """Charge of the partner."""
    return float(row.pair.partner.charge) if row.pair.partner else _NO_PARTNER


@PAIR.define(
    "partner_count",
    "number",
    "partners in the neutral pair (a dianion needs two oleylammonium)",
    minimum=0,
    maximum=12,
    tier="structure",
)
def partner_count(row: PairOnCrystal) -> float:
    """Partners in the neutral pair."""
    return float(row.pair.partner_count)


@PAIR.define(
    "partner_proton_count",
    "number",
    "protons on the charged nitrogen or phosphorus of the partner: none on a quaternary one",
    tier="structure",
    minimum=0,
    maximum=20,
)
def partner_proton_count(row: PairOnCrystal) -> Known[float]:
    """Protons that the partner could lose."""
    return _on_charged_atom(row)[0]


@PAIR.define(
    "partner_methyl_count",
    "number",
    "methyl groups on the charged nitrogen or phosphorus of the partner",
    tier="structure",
    minimum=0,
    maximum=20,
)
def partner_methyl_count(row: PairOnCrystal) -> Known[float]:
    """Methyl groups on the partner's charged atom."""
    return _on_charged_atom(row)[1]


def _on_charged_atom(row: PairOnCrystal) -> tuple[Known[float], Known[float]]:
    partner = row.pair.partner
    counts = charged_atom(partner.smiles) if partner else None
    return (float(counts[0]), float(counts[1])) if counts else (_NO_ONIUM, _NO_ONIUM)


@PAIR.define(
    "partner_can_sit_in_a_site",
    "flag",
    "whether the partner can take an A site: ammonium-type ions and Cs+ only",
    tier="structure",
)
def partner_can_sit_in_a_site(row: PairOnCrystal) -> Known[bool]:
    """Whether the partner can take an A site."""
    return row.pair.partner.can_sit_in_a_site if row.pair.partner else _NO_PARTNER


@PAIR.define(
    "partner_carbon_count",
    "number",
    "carbon atoms in the partner",
    minimum=0,
    maximum=500,
    tier="structure",
)
def partner_carbon_count(row: PairOnCrystal) -> Known[float]:
    """Carbon atoms in the partner."""
    return float(carbons(row.pair.partner.smiles)) if row.pair.partner else _NO_PARTNER


@PAIR.define(
    "partner_electron_affinity_ev",
    "number",
    "electron affinity of the neutral amine that the partner comes from; missing for a cation with π electrons and no "
    "proton to give, whose ion pair nobody has computed",
    unit="eV",
    minimum=-20,
    maximum=20,
    tier="quantum",
    method=AFFINITY_METHOD,
    structure="product",
    source=IPEA_SHIFT,
)
def partner_electron_affinity_ev(row: PairOnCrystal) -> Known[float]:
    """Electron affinity of the amine behind a partner."""
    partner = row.pair.partner
    return electron_affinity_of(partner.smiles, row.computed) if partner else _NO_PARTNER


@PAIR.define(
    "pair_chain_length_carbons",
    "number",
    "longest open carbon chain in form or partner",
    minimum=0,
    maximum=500,
    tier="structure",
)
def pair_chain_length_carbons(row: PairOnCrystal) -> float:
    """Longest chain in form or partner."""
    own = row.form_values.get("chain_length_carbons")
    partner = row.pair.partner
    return max(
        own if isinstance(own, float) else 0.0,
        0.0 if partner is None else float(longest_chain(partner.smiles)),
    )


@PAIR.define(
    "pair_aromatic_ring_count",
    "number",
    "aromatic rings in form and partner",
    minimum=0,
    maximum=500,
    tier="structure",
)
def pair_aromatic_ring_count(row: PairOnCrystal) -> float:
    """Aromatic rings in form and partner."""
    own = row.form_values.get("aromatic_ring_count")
    partner = row.pair.partner
    rings = own if isinstance(own, float) else 0.0
    return rings + (float(CalcNumAromaticRings(parse(partner.smiles))) if partner else 0.0)


@PAIR.define(
    "soluble",
    "flag",
    "whether 1 mmol/L or more of the pair dissolves in toluene or hexane: as somebody printed it, else judged from "
    "structure; missing where neither says",
    tier="measured",
    method="data/solubility.csv, each row with its source; rules/solubility.yaml says how it is judged",
)
def soluble(row: PairOnCrystal) -> Known[bool]:
    """Whether the pair dissolves."""
    return row.solubility_found[0]


@PAIR.define(
    "soluble_by",
    "text",
    "how the solubility of the pair is known",
    allowed=SolubleBy,
    tier="measured",
)
def soluble_by(row: PairOnCrystal) -> str:
    """How it is known."""
    return str(row.solubility_found[1])


@PAIR.define(
    "partner_conjugate_acid_pka",
    "number",
    "aqueous pKa of the partner, the conjugate acid of its amine: measured on it or on its head, else predicted",
    minimum=-15,
    maximum=40,
    tier="measured",
    method="data/conjugate_acid_pka.csv and data/further_pka.csv, each value with its source; else "
    "data/linear_free_energy.json",
)
def partner_conjugate_acid_pka(row: PairOnCrystal) -> Known[float]:
    """Acidity of the partner."""
    found = row.partner_pka
    return round(found.estimate.value, 3) if isinstance(found, Sourced) else found


@PAIR.define(
    "comes_from_acid",
    "flag",
    "whether what is bought has to lose a proton to become this form",
    tier="structure",
)
def comes_from_acid(row: PairOnCrystal) -> bool:
    """Whether a proton has to leave."""
    return row.pair.form.form.proton_transfer is not None


@PAIR.define(
    "proton_transfer",
    "text",
    "whether the acid gives its proton to the partner's amine in toluene, by the difference of their pKa (to an "
    "alkylamine where the partner has none); missing where nobody has shown it",
    allowed=("none needed", *(state for state in ProtonTransfer if state is not ProtonTransfer.UNKNOWN)),
    tier="structure",
)
def proton_transfer(row: PairOnCrystal) -> Known[str]:
    """Whether the proton moves."""
    base = base_range(row.pair.partner, row.partner_pka)
    state = transfer_to(base, row.pair.form.form, row.form_values)
    if state is None:
        return "none needed"
    if state is ProtonTransfer.UNKNOWN:
        amine = (
            "an amine"
            if base == ALKYLAMINE
            else f"an amine whose conjugate acid has a pKa of {range_text(base)}"
        )
        return Missing(f"nobody has shown that this proton moves to {amine} in toluene")
    return str(state)


@PAIR.define(
    "crystal_halide",
    "text",
    "halide of the crystal, mixed where it has several",
    allowed=(*HALIDES, "mixed"),
    tier="structure",
)
def crystal_halide(row: PairOnCrystal) -> Known[str]:
    """Halide of the crystal."""
    if row.composition.is_family:
        return _HALIDE_NOT_STATED
    return next(iter(row.composition.amounts)) if row.composition.is_pure else "mixed"


@PAIR.define(
    "bound_halide",
    "text",
    "halide that binds or that a metal halide brings, mixed where it brings several",
    allowed=("F", *HALIDES, "mixed"),
    tier="structure",
)
def bound_halide(row: PairOnCrystal) -> Known[str]:
    """Halide that binds."""
    if not row.bound_halides:
        return _NO_HALIDE_BINDS
    return next(iter(row.bound_halides)) if len(row.bound_halides) == 1 else "mixed"


@PAIR.define(
    "binds_halide",
    "flag",
    "whether a halide binds, by itself or out of a metal halide",
    tier="structure",
)
def binds_halide(row: PairOnCrystal) -> bool:
    """Whether a halide binds."""
    return bool(row.bound_halides)


@PAIR.define(
    "halide_is_own",
    "flag",
    "whether what binds is the crystal's only halide; missing on a crystal of several",
    tier="structure",
)
def halide_is_own(row: PairOnCrystal) -> Known[bool]:
    """Whether what binds heals a vacancy and changes nothing else: credit for passivation hangs on it."""
    if not row.bound_halides:
        return _NO_HALIDE_BINDS
    if not row.bound_halides <= row.composition.halides:
        return False
    if row.composition.is_family:
        return _HALIDE_NOT_STATED
    if not row.composition.is_pure:
        return Missing("one halide of several heals a vacancy and shifts the crystal's ratio at once")
    return True


@PAIR.define(
    "brings_foreign_halide",
    "flag",
    "whether a halide that the crystal doesn't have comes into the vial, as ion or easily set free",
    tier="structure",
)
def brings_foreign_halide(row: PairOnCrystal) -> Known[bool]:
    """Whether a halide that the crystal doesn't have comes into the vial."""
    foreign = bool(row.brought_halides - row.composition.halides)
    unclear = row.composition.is_family and row.brought_halides and not foreign
    return _HALIDE_NOT_STATED if unclear else foreign


@PAIR.define(
    "shifts_halide_ratio",
    "flag",
    "whether a halide comes to a crystal of several halides, whose ratio it can shift",
    tier="structure",
)
def shifts_halide_ratio(row: PairOnCrystal) -> Known[bool]:
    """Whether a halide comes to a crystal of several."""
    shifts = bool(row.brought_halides) and not row.composition.is_pure
    unclear = row.composition.is_family and row.composition.halides == frozenset(HALIDES)
    return _HALIDE_NOT_STATED if shifts and unclear else shifts


def _raises(alert: str, row: PairOnCrystal) -> bool:
    return alert in row.alerts


def _bears(code: str, row: PairOnCrystal) -> Known[bool]:
    present = code in row.printed_statements
    if row.unread_products and not present:
        return Missing(f"no whole label read of {', '.join(row.unread_products)}")
    return present


for _alert in ALERTS:
    PAIR.define(_alert.name, "flag", f"in what is bought: {_alert.meaning}", tier="structure")(
        partial(_raises, _alert.name)
    )
for _name, _meaning in MIXTURE_ALERTS.items():
    PAIR.define(_name, "flag", f"in the vial: {_meaning}", tier="structure")(partial(_raises, _name))
for _code, _meaning in STATEMENTS.items():
    PAIR.define(
        f"statement_{_code.lower()}",
        "flag",
        f"{_code} by label or list of something that is bought: {_meaning}; missing where that wasn't read",
        tier="measured",
        structure="product",
    )(partial(_bears, _code))

DEFINITIONS: tuple[Descriptor[Any], ...] = (*STRUCTURAL, *AT_LEAD, *PAIR)
"""Every column that a rule may read."""


def rule_columns() -> tuple[Column, ...]:
    """Columns that rules may read, in the form in which the rule language wants them."""
    return tuple(
        Column(
            name=descriptor.name,
            kind=descriptor.kind,
            meaning=descriptor.meaning,
            unit=descriptor.unit,
            allowed=descriptor.allowed,
            minimum=descriptor.minimum,
            maximum=descriptor.maximum,
        )
        for descriptor in DEFINITIONS
    )


def pair_values(row: PairOnCrystal) -> dict[str, Known[Value]]:
    """All column values of one pair on one crystal.

    Parameters
    ----------
    row : PairOnCrystal

    Returns
    -------
    dict
        Column name to value, or to the reason why there is none.
    """
    return {**row.form_values, **PAIR.values(row)}


_LABILE_HALIDE = Chem.MolFromSmarts("[Cl,Br,I;$(*[#5,#14,#15,#16,#17,#35,#53]),$(*[CX3]=[O,S])]")


@lru_cache(maxsize=65536)
def _labile_halides(smiles: str) -> frozenset[str]:
    """Chlorine, bromine and iodine that amines or moisture set free: on acyl, sulfonyl, B, Si, P, or each other."""
    mol = parse(smiles)
    return frozenset(
        mol.GetAtomWithIdx(match[0]).GetSymbol() for match in mol.GetSubstructMatches(_LABILE_HALIDE)
    )
