"""What do the rules see of a pair's partner?"""

from __future__ import annotations

from ligandkb.assessment.pair_on_crystal import NO_PARTNER, PairOnCrystal
from ligandkb.chemistry.species import SpeciesKind, charged_atom
from ligandkb.descriptors.contract import Descriptors
from ligandkb.descriptors.lead_scale import Sourced
from ligandkb.descriptors.quantum.columns import AFFINITY_METHOD, electron_affinity_of
from ligandkb.descriptors.quantum.levels import IPEA_SHIFT
from ligandkb.descriptors.topological import carbons
from ligandkb.missing import Known, NotApplicable


def _partner(row: PairOnCrystal) -> tuple[str, int]:
    return row.pair.partner_id, row.pair.partner_count


PARTNER: Descriptors[PairOnCrystal] = Descriptors(alike=_partner)

_NO_ONIUM = NotApplicable("no partner with one charged nitrogen or phosphorus")


@PARTNER.define("partner", "text", "identifier of the partner, none without one", tier="structure")
def partner(row: PairOnCrystal) -> str:
    """Identifier of the partner."""
    return row.pair.partner_id


@PARTNER.define(
    "partner_kind",
    "text",
    "what the partner is, from its structure",
    allowed=("none", *(kind for kind in SpeciesKind if kind.is_cation)),
    tier="structure",
)
def partner_kind(row: PairOnCrystal) -> str:
    """Kind of cation."""
    return str(row.pair.partner.kind) if row.pair.partner else "none"


@PARTNER.define(
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
    return float(row.pair.partner.charge) if row.pair.partner else NO_PARTNER


@PARTNER.define(
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


@PARTNER.define(
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


@PARTNER.define(
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


@PARTNER.define(
    "partner_can_sit_in_a_site",
    "flag",
    "whether the partner can take an A site: ammonium-type ions and Cs+ only",
    tier="structure",
)
def partner_can_sit_in_a_site(row: PairOnCrystal) -> Known[bool]:
    """Whether the partner can take an A site."""
    return row.pair.partner.can_sit_in_a_site if row.pair.partner else NO_PARTNER


@PARTNER.define(
    "partner_carbon_count",
    "number",
    "carbon atoms in the partner",
    minimum=0,
    maximum=500,
    tier="structure",
)
def partner_carbon_count(row: PairOnCrystal) -> Known[float]:
    """Carbon atoms in the partner."""
    return float(carbons(row.pair.partner.smiles)) if row.pair.partner else NO_PARTNER


@PARTNER.define(
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
    return electron_affinity_of(partner.smiles, row.computed) if partner else NO_PARTNER


@PARTNER.define(
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
