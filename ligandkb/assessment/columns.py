"""What do the rules see of a pair?

Every column that a rule may read is stated here or among the descriptors of a binding form
(:mod:`ligandkb.descriptors.registry`), with its function; `rules/columns.yaml` is generated from that.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from rdkit.Chem.rdMolDescriptors import CalcNumAromaticRings

from ligandkb.assessment.halide_columns import HALIDE
from ligandkb.assessment.pair_on_crystal import PairOnCrystal
from ligandkb.assessment.partner_columns import PARTNER
from ligandkb.assessment.protons import ALKYLAMINE, base_range, range_text, transfer_to
from ligandkb.assessment.solubility import SolubleBy
from ligandkb.catalogue.hazard_label import STATEMENTS
from ligandkb.chemistry.acids import ProtonTransfer
from ligandkb.chemistry.hazards import ALERTS, MIXTURE_ALERTS
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.contract import Descriptor, Descriptors, Values
from ligandkb.descriptors.registry import AT_LEAD, STRUCTURAL
from ligandkb.descriptors.topological import longest_chain
from ligandkb.missing import Known, Missing
from ligandkb.rules.columns import Column

PAIR: Descriptors[PairOnCrystal] = Descriptors()
ALERT: Descriptors[PairOnCrystal] = Descriptors(alike=lambda row: row.alerts)
STATEMENT: Descriptors[PairOnCrystal] = Descriptors(
    alike=lambda row: (row.printed_statements, not row.unread_products)
)


@PAIR.define("binding_form", "text", "name of the binding form", tier="structure")
def binding_form(row: PairOnCrystal) -> str:
    """Name of the form."""
    return row.pair.form.name


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


def _raises(alert: str, row: PairOnCrystal) -> bool:
    return alert in row.alerts


def _bears(code: str, row: PairOnCrystal) -> Known[bool]:
    present = code in row.printed_statements
    if row.unread_products and not present:
        return Missing(f"no whole label read of {', '.join(row.unread_products)}")
    return present


for _alert in ALERTS:
    ALERT.define(_alert.name, "flag", f"in what is bought: {_alert.meaning}", tier="structure")(
        partial(_raises, _alert.name)
    )
for _name, _meaning in MIXTURE_ALERTS.items():
    ALERT.define(_name, "flag", f"in the vial: {_meaning}", tier="structure")(partial(_raises, _name))
for _code, _meaning in STATEMENTS.items():
    STATEMENT.define(
        f"statement_{_code.lower()}",
        "flag",
        f"{_code} by label or list of something that is bought: {_meaning}; missing where that wasn't read",
        tier="measured",
        structure="product",
    )(partial(_bears, _code))

OF_PAIR: Descriptors[PairOnCrystal] = Descriptors(PARTNER, HALIDE, PAIR, ALERT, STATEMENT)
DEFINITIONS: tuple[Descriptor[Any], ...] = (*STRUCTURAL, *AT_LEAD, *OF_PAIR)
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


class SeenPair(PairOnCrystal):
    """A pair on a crystal as rules see it."""

    @cached_property
    def values(self) -> Values:
        """Column name to value, or to the reason why there is none; each is worked out when it is first read."""
        return OF_PAIR.values(self, self.form_values)
