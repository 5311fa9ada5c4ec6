"""What do the rules see of a pair?

Every column that a rule may read is defined here or by a descriptor; `rules/columns.yaml` and the docs'
table are generated from these definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcNumAromaticRings

from ligandkb.catalogue.hazard_statements import HazardLabel, inherited_label, label_of
from ligandkb.chemistry.acids import ProtonTransfer, proton_transfer
from ligandkb.chemistry.composition import HALIDE_IONS, HALIDES, Composition, halide_ions_in
from ligandkb.chemistry.hazards import ALERTS, MIXTURE_ALERTS, alerts_of, mixture_alerts
from ligandkb.chemistry.species import Kind
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors import hsab, measured, redox, topological
from ligandkb.descriptors.definitions import Definition
from ligandkb.descriptors.quantum import definitions as quantum
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.ranking.pairs import Pair
from ligandkb.rules.columns import Column

Value = float | str | bool

_NO_PARTNER = NotApplicable("no partner")
STATEMENTS = {
    "H250": "catches fire spontaneously if exposed to air",
    "H300": "fatal if swallowed",
    "H301": "toxic if swallowed",
    "H310": "fatal in contact with skin",
    "H311": "toxic in contact with skin",
    "H314": "causes severe skin burns and eye damage",
    "H318": "causes serious eye damage",
    "H330": "fatal if inhaled",
    "H331": "toxic if inhaled",
    "H360": "may damage fertility or the unborn child",
}
"""Hazard statements that rules may read, with the wording of the Globally Harmonised System."""

PAIR_DEFINITIONS: tuple[Definition, ...] = (
    Definition("binding_form", "text", "name of the binding form", tier="structure"),
    Definition("partner", "text", "identifier of the partner, none without one", tier="structure"),
    Definition(
        "partner_kind",
        "text",
        "what the partner is, from its structure",
        allowed=(
            "none",
            *(str(kind) for kind in Kind if kind.is_cation),
        ),
        tier="structure",
    ),
    Definition(
        "partner_charge_e",
        "number",
        "charge of the partner",
        unit="e",
        minimum=1,
        maximum=6,
        tier="structure",
    ),
    Definition(
        "partner_count",
        "number",
        "partners in the neutral pair (a dianion needs two oleylammonium)",
        minimum=0,
        maximum=12,
        tier="structure",
    ),
    Definition(
        "partner_can_sit_in_a_site",
        "flag",
        "whether the partner can take an A site: ammonium-type ions and Cs+ only",
        tier="structure",
    ),
    Definition(
        "partner_carbon_count",
        "number",
        "carbon atoms in the partner",
        minimum=0,
        maximum=500,
        tier="structure",
    ),
    Definition(
        "pair_chain_length_carbons",
        "number",
        "longest open carbon chain in form or partner",
        minimum=0,
        maximum=500,
        tier="structure",
    ),
    Definition(
        "pair_aromatic_ring_count",
        "number",
        "aromatic rings in form and partner",
        minimum=0,
        maximum=500,
        tier="structure",
    ),
    Definition(
        "proton_transfer",
        "text",
        "whether the acid gives its proton to an alkylamine in toluene, by the difference of their pKa; missing "
        "where nobody has shown it",
        allowed=(
            "none needed",
            *(str(state) for state in ProtonTransfer if state is not ProtonTransfer.UNKNOWN),
        ),
        tier="structure",
    ),
    Definition(
        "crystal_halide",
        "text",
        "halide of the crystal, mixed where it has several",
        allowed=(*HALIDES, "mixed"),
        tier="structure",
    ),
    Definition(
        "bound_halide",
        "text",
        "halide that binds or that a metal halide brings, mixed where it brings several",
        allowed=("F", *HALIDES, "mixed"),
        tier="structure",
    ),
    Definition(
        "halide_is_own",
        "flag",
        "whether what binds is the crystal's only halide; missing on a crystal of several",
        tier="structure",
    ),
    Definition(
        "brings_foreign_halide",
        "flag",
        "whether a halide that the crystal doesn't have comes into the vial, as ion or easily set free",
        tier="structure",
    ),
    Definition(
        "shifts_halide_ratio",
        "flag",
        "whether a halide comes to a crystal of several halides, whose ratio it can shift",
        tier="structure",
    ),
    *(
        Definition(alert.name, "flag", f"in what is bought: {alert.meaning}", tier="structure")
        for alert in ALERTS
    ),
    *(
        Definition(name, "flag", f"in the vial: {meaning}", tier="structure")
        for name, meaning in MIXTURE_ALERTS.items()
    ),
    *(
        Definition(
            f"statement_{code.lower()}",
            "flag",
            f"{code} on the label of something that is bought: {meaning}; missing where no label was read",
            tier="measured",
            structure="product",
        )
        for code, meaning in STATEMENTS.items()
    ),
)

DEFINITIONS: tuple[Definition, ...] = (
    *topological.DEFINITIONS,
    *hsab.DEFINITIONS,
    *redox.DEFINITIONS,
    *measured.DEFINITIONS,
    *quantum.DEFINITIONS,
    *PAIR_DEFINITIONS,
)


def rule_columns() -> tuple[Column, ...]:
    """Columns that rules may read, in the form in which the rule language wants them."""
    return tuple(
        Column(
            name=definition.name,
            kind=definition.kind,
            meaning=definition.meaning,
            unit=definition.unit,
            allowed=definition.allowed,
            minimum=definition.minimum,
            maximum=definition.maximum,
        )
        for definition in DEFINITIONS
    )


def pair_values(
    pair: Pair,
    composition: Composition,
    form_values: Mapping[str, Known[Value]],
    statements: Mapping[str, HazardLabel],
) -> dict[str, Known[Value]]:
    """All column values of one pair on one crystal.

    Parameters
    ----------
    pair : Pair
    composition : Composition
    form_values : mapping
        Descriptors of the pair's binding form.
    statements : mapping
        What was read of labels, by canonical SMILES of a product.

    Returns
    -------
    dict
        Column name to value, or to the reason why there is none.
    """
    partner = pair.partner
    values: dict[str, Known[Value]] = dict(form_values)
    values["binding_form"] = pair.form.name
    values["partner"] = pair.partner_id
    values["partner_kind"] = str(partner.kind) if partner else "none"
    values["partner_charge_e"] = float(partner.charge) if partner else _NO_PARTNER
    values["partner_count"] = float(pair.partner_count)
    values["partner_can_sit_in_a_site"] = partner.can_sit_in_a_site if partner else _NO_PARTNER
    values["partner_carbon_count"] = float(_carbons(partner.smiles)) if partner else _NO_PARTNER
    values["pair_chain_length_carbons"] = _pair_chain(pair, form_values)
    values["pair_aromatic_ring_count"] = _pair_rings(pair, form_values)
    values["proton_transfer"] = _proton_transfer(pair, form_values)
    values.update(_halide_values(pair, composition))
    # Every way to make the pair is judged: a danger in one of them is shown on the row.
    vials = [[product.smiles for product in recipe.products] for recipe in pair.recipes]
    raised = frozenset().union(
        *(alerts_of(smiles) for vial in vials for smiles in vial), *map(mixture_alerts, vials)
    )
    if partner is not None:
        raised |= alerts_of(partner.smiles)  # a partner's row need not say what its product says
    for name in (*(alert.name for alert in ALERTS), *MIXTURE_ALERTS):
        values[name] = name in raised
    values.update(_statement_values(pair, statements))
    return values


def _statement_values(pair: Pair, statements: Mapping[str, HazardLabel]) -> dict[str, Known[Value]]:
    products = {product.id: product for recipe in pair.recipes for product in recipe.products}.values()
    labels = [label_of(product, statements) for product in products]
    inherited = [inherited_label(product, statements) for product in products]
    printed = frozenset().union(*(label.codes for label in (*labels, *inherited) if label is not None))
    unread = [product.name for product, label in zip(products, labels, strict=True) if label is None]
    values: dict[str, Known[Value]] = {}
    for code in STATEMENTS:
        present = code in printed
        unknown = bool(unread) and not present
        values[f"statement_{code.lower()}"] = (
            Missing(f"no label read of {', '.join(unread)}") if unknown else present
        )
    return values


def _carbons(smiles: str) -> int:
    return sum(atom.GetAtomicNum() == 6 for atom in parse(smiles).GetAtoms())


def _pair_chain(pair: Pair, form_values: Mapping[str, Known[Value]]) -> Known[Value]:
    own = form_values.get("chain_length_carbons")
    lengths = [own] if isinstance(own, float) else [0.0]
    if pair.partner is not None:
        lengths.append(float(topological.longest_chain(pair.partner.smiles)))
    return max(lengths)


def _pair_rings(pair: Pair, form_values: Mapping[str, Known[Value]]) -> Known[Value]:
    own = form_values.get("aromatic_ring_count")
    rings = own if isinstance(own, float) else 0.0
    return rings + (float(CalcNumAromaticRings(parse(pair.partner.smiles))) if pair.partner else 0.0)


def _proton_transfer(pair: Pair, form_values: Mapping[str, Known[Value]]) -> Known[Value]:
    """By the acid's own pKa where it was measured, else by what is known of its kind."""
    state = pair.form.form.proton_transfer
    if state is None:
        return "none needed"
    measured = form_values.get("conjugate_acid_pka")
    if isinstance(measured, float):
        state = proton_transfer(measured)
    if state is ProtonTransfer.UNKNOWN:
        return Missing("nobody has shown that this proton moves to an amine in toluene")
    return str(state)


def _halide_values(pair: Pair, composition: Composition) -> dict[str, Known[Value]]:
    crystal: Known[Value]
    if composition.is_family:
        crystal = Missing("the composition does not state the halide")
    else:
        crystal = next(iter(composition.amounts)) if composition.is_pure else "mixed"
    bound = halide_ions_in(pair.form.form.smiles)
    brought = {
        HALIDE_IONS[species.smiles]
        for recipe in pair.recipes
        for product in recipe.products
        for species in product.species
        if species.smiles in HALIDE_IONS
    } - {"F"}
    brought |= {
        halide
        for recipe in pair.recipes
        for product in recipe.products
        for halide in _labile_halides(product.smiles)
    }
    foreign: Known[Value] = bool(brought - composition.halides)
    if composition.is_family and brought and not foreign:
        foreign = Missing("the composition does not state the halide")
    shifts: Known[Value] = bool(brought) and not composition.is_pure
    if shifts and composition.is_family and composition.halides == frozenset(HALIDES):
        shifts = Missing("the composition does not state the halide")
    if not bound:
        bound_halide: Known[Value] = NotApplicable("no halide binds")
    else:
        bound_halide = next(iter(bound)) if len(bound) == 1 else "mixed"
    return {
        "crystal_halide": crystal,
        "bound_halide": bound_halide,
        "halide_is_own": _is_own(bound, composition),
        "brings_foreign_halide": foreign,
        "shifts_halide_ratio": shifts,
    }


_LABILE_HALIDE = Chem.MolFromSmarts("[Cl,Br,I;$(*[#5,#14,#15,#16,#17,#35,#53]),$(*[CX3]=[O,S])]")


@lru_cache(maxsize=65536)
def _labile_halides(smiles: str) -> frozenset[str]:
    """Chlorine, bromine and iodine that amines or moisture set free: on acyl, sulfonyl, B, Si, P, or each other."""
    mol = parse(smiles)
    return frozenset(
        mol.GetAtomWithIdx(match[0]).GetSymbol() for match in mol.GetSubstructMatches(_LABILE_HALIDE)
    )


def _is_own(bound: frozenset[str], composition: Composition) -> Known[Value]:
    """Whether what binds heals a vacancy and changes nothing else: credit for passivation hangs on it."""
    if not bound:
        return NotApplicable("no halide binds")
    if not bound <= composition.halides:
        return False
    if composition.is_family:
        return Missing("the composition does not state the halide")
    if not composition.is_pure:
        return Missing("one halide of several heals a vacancy and shifts the crystal's ratio at once")
    return True
