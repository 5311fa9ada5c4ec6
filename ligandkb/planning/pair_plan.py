"""What does an assessed pair need at the bench?

The planner in :mod:`ligandkb.planning.exchange` knows amounts but no chemistry. Here its arguments are
read off a pair: which bottles, how many partners, what is dangerous, what hurts the sample, and whether
there may be a plan at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from ligandkb.assessment.dangers import inherited_texts, label_text, unattributed, unread_text
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.qualifiers import observed_qualifiers, observed_text
from ligandkb.assessment.verdicts import NOT_EXCLUDED, Verdict
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.acids import ProtonTransfer
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.structure import canonical
from ligandkb.evidence.agreement import EvidenceIndex
from ligandkb.missing import Missing
from ligandkb.planning import over_dosing
from ligandkb.planning.bottles import Label, ligand_reagent, partner_reagent
from ligandkb.planning.cautions import Caution, worst_first
from ligandkb.planning.exchange import ExchangePlan, Nanocrystals, Protocol, plan_exchange
from ligandkb.planning.gases import gas_cautions
from ligandkb.planning.inert_gas import inert_gas_reasons
from ligandkb.planning.recording import recording_command
from ligandkb.planning.strong_acids import excess_cautions, is_strong, refuse_free_acid
from ligandkb.problems import InputError, Problem, StructureError, UsageError
from ligandkb.rules.explain import RuleState
from ligandkb.rules.vocabulary import Vocabulary
from ligandkb.surface.published import lattice
from ligandkb.surface.quantities import (
    EDGE_LENGTH_NM,
    LATTICE_CONSTANT_NM,
    NANOCRYSTAL_CONCENTRATION_UM,
    UNCERTAINTY,
    VOLUME_ML,
    require,
)

INSOLUBLE = "insoluble"
"""The tag of what isn't expected to dissolve."""
_SAID_BY_THE_PLANNER = ("acid-alone", "amine-alone")


def crystals(
    composition: Composition,
    concentration_um: float,
    volume_ml: float,
    edge_length_nm: float,
    *,
    lattice_constant_nm: float | None = None,
    edge_sigma_nm: float = 0.0,
) -> Nanocrystals:
    """The sample to exchange, with the sourced lattice constant unless another is given.

    Parameters
    ----------
    composition : Composition
    concentration_um, volume_ml, edge_length_nm, lattice_constant_nm, edge_sigma_nm : float
        As in :class:`~ligandkb.planning.exchange.Nanocrystals`.

    Returns
    -------
    Nanocrystals

    Raises
    ------
    UsageError
        If a number can't be what it claims to be, or no lattice constant has a source and none is given.
    """
    lattice_nm = sourced_lattice_nm(composition) if lattice_constant_nm is None else lattice_constant_nm
    # Checked here together, so that every slip of the sample is named at once.
    require(
        ("nanocrystals.concentration_um", concentration_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("nanocrystals.volume_ml", volume_ml, VOLUME_ML),
        ("edge_length_nm", edge_length_nm, EDGE_LENGTH_NM),
        ("edge_sigma_nm", edge_sigma_nm, UNCERTAINTY),
        ("lattice_constant_nm", lattice_nm, LATTICE_CONSTANT_NM),
    )
    return Nanocrystals(
        str(composition), concentration_um, volume_ml, edge_length_nm, lattice_nm, edge_sigma_nm
    )


def sourced_lattice_nm(composition: Composition) -> float:
    """Lattice constant of the cube with one Pb in nm.

    Raises
    ------
    UsageError
        If none has a source.
    """
    cell = lattice(str(composition))
    if isinstance(cell, Missing):
        raise UsageError(f"lattice_constant_nm: {cell.fix}")
    return cell.lattice_constant_nm


def choose_form(assessments: Sequence[Assessment], form: str | None) -> Assessment:
    """The assessment whose binding form was named, or the first.

    Parameters
    ----------
    assessments : sequence of Assessment
        Of one ligand.
    form : str or None
        Name or SMILES of the form.

    Raises
    ------
    UsageError
        If the ligand has no such form; says which it has.
    """
    if form is None:
        return assessments[0]
    wanted = {form.strip().casefold()}
    with suppress(StructureError):
        wanted.add(canonical(form.strip()))
    for item in assessments:
        named = item.pair.form
        if named.name.casefold() in wanted or named.form.smiles in wanted:
            return item
    names = list(dict.fromkeys(item.pair.form.name for item in assessments))
    raise UsageError(
        f"form: {assessments[0].pair.product.name} does not bind as {form!r}: it binds as {', '.join(names)}"
    )


def other_forms(chosen: Assessment, assessments: Sequence[Assessment]) -> tuple[str, ...]:
    """Say in which other charge the ligand can bind beside the same partner: such a sheet doses otherwise."""
    others = dict.fromkeys(
        item.pair.form.name
        for item in assessments
        if item.pair.partner_id == chosen.pair.partner_id
        and item.pair.form.form.charge != chosen.pair.form.form.charge
    )
    return tuple(
        f"{chosen.pair.product.name} can also bind as {name}, which takes another number of partners: name that "
        "form for its own sheet."
        for name in others
    )


def refuse_vetoed(assessment: Assessment) -> None:
    """Refuse what must not be used, with the reason.

    Raises
    ------
    InputError
        If a veto holds or nothing in the product binds lead.
    """
    name, vetoes = assessment.pair.product.name, assessment.safety.vetoes
    if vetoes:
        bearers = [one.name for one in assessment.safety.products if set(vetoes) & set(one.borne)]
        what = f"vetoed ({', '.join(vetoes)}), no plan is made: {assessment.verdict_reason}"
        fix = "choose another partner" if bearers and name not in bearers else "choose another ligand"
        raise InputError([Problem(" and ".join(bearers) or name, 0, 0, what, fix)])
    if assessment.pair.form.form.ligand_class is LigandClass.NONE:
        raise InputError([Problem(name, 0, 0, "nothing in it binds lead, no plan is made", "name a ligand")])


def plan_pair(
    assessment: Assessment,
    states: Sequence[RuleState],
    vocabulary: Vocabulary,
    nanocrystals: Nanocrystals,
    *,
    index: EvidenceIndex,
    protocol: Protocol | None = None,
    ligand_label: Label | None = None,
    partner_label: Label | None = None,
    remarks: Sequence[str] = (),
) -> ExchangePlan:
    """Plan the exchange for an assessed pair.

    Parameters
    ----------
    assessment : Assessment
    states : sequence of RuleState
        What became of every rule on it.
    vocabulary : Vocabulary
        What tags and vetoes mean.
    nanocrystals : Nanocrystals
    index : EvidenceIndex
        For the doses at which such pairs did harm.
    protocol : Protocol, optional
        The paper's by default.
    ligand_label, partner_label : Label, optional
        What the bottles say.
    remarks : sequence of str
        Further notes for the sheet.

    Returns
    -------
    ExchangePlan

    Raises
    ------
    InputError
        If the ligand is vetoed, binds no lead, is no product, or a strong acid without an amine.
    UsageError
        Where a number can't be what it claims to be, or the partner doesn't fit.
    """
    refuse_vetoed(assessment)
    refuse_free_acid(assessment)
    pair = assessment.pair
    products = pair.recipes[0].products
    brings_partner = pair.partner is not None and len(products) > 1
    inert = inert_gas_reasons(products, assessment.safety.products)
    protocol = protocol or Protocol()
    if inert:  # said in every step that names the solvent
        protocol = replace(protocol, solvent=f"{protocol.solvent}, degassed, under nitrogen or argon")
    ligand = ligand_reagent(pair, ligand_label)
    partner = (
        partner_reagent(pair.partner, products[1], partner_label)
        if pair.partner is not None and brings_partner
        else None
    )
    plan = plan_exchange(
        nanocrystals,
        ligand,
        partner,
        ligand_charge=pair.form.form.charge if brings_partner else 0,
        protocol=protocol,
        safety=(*_not_excluded(states), *_safety_lines(assessment, vocabulary), *inert),
        further_cautions=[
            *_sample_cautions(states, vocabulary),
            *_proton_cautions(assessment),
            *_solubility_cautions(assessment),
            *_mixture_cautions(products),
            *gas_cautions(products, (ligand, partner), assessment.safety.products),
            *_outlook(assessment),
            *(Caution("note", remark) for remark in remarks),
        ],
        may_concentrate=INSOLUBLE not in assessment.safety.tags,
    )
    plan = replace(plan, recording=recording_command(assessment, plan))
    if is_strong(assessment):
        cautions = worst_first((*plan.cautions, *excess_cautions(plan.per_cycle)))
        plan = replace(plan, cautions=cautions, acid_first=True)
    if over_dosing.TAG not in assessment.safety.tags:
        return plan
    harmful = over_dosing.harmful(assessment, states, index)
    cautions = worst_first((*plan.cautions, *over_dosing.dose_cautions(plan, harmful)))
    return replace(plan, cautions=cautions, small_steps=over_dosing.small_steps(plan, harmful))


def _not_excluded(states: Sequence[RuleState]) -> list[str]:
    """What a label would have to clear, and nobody read one."""
    left_open = (
        one.rule
        for one in states
        if one.state == "unknown" and one.rule.veto and one.rule.on_unknown == "veto"
    )
    return [
        f"{NOT_EXCLUDED.capitalize()}{rule.veto}: {rule.title}. Read its label first." for rule in left_open
    ]


def _safety_lines(assessment: Assessment, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What can hurt somebody, each danger with the bottle that bears it; other ways to the pair aren't weighed in."""
    safety = assessment.safety
    to_people = [tag for tag in safety.tags if vocabulary.tags[tag].about == "person"]
    weighed_in = {product.id for product in assessment.pair.recipes[0].products}
    bottles = [danger for danger in safety.products if danger.product in weighed_in]
    unread = {unread_text(danger) for danger in safety.products}
    return (
        *(f"VETO LIFTED on your word: {kind}: {vocabulary.vetoes[kind].meaning}." for kind in safety.lifted),
        *(f"{tag}: {vocabulary.tags[tag].meaning}." for tag in unattributed(to_people, safety.products)),
        *(
            f"{danger.name}: {tag} ({', '.join(danger.borne[tag])}): {vocabulary.tags[tag].meaning}."
            for danger in bottles
            for tag in to_people
            if tag in danger.borne
        ),
        *(f"{danger.name}: {label_text(danger.label)}." for danger in bottles if danger.label),
        *(f"{danger.name}: {said}." for danger in bottles for said in inherited_texts(danger)),
        *(f"{unread_text(danger)}." for danger in bottles if danger.is_open),
        "The nanocrystals contain lead; so does every supernatant.",
        *(f"Not assessed: {what}." for what in safety.not_assessed if what not in unread),
    )


def _sample_cautions(states: Sequence[RuleState], vocabulary: Vocabulary) -> list[Caution]:
    found = []
    for state in states:
        rule = state.rule
        if rule.tag is None or rule.tag in _SAID_BY_THE_PLANNER or state.state not in ("fired", "unknown"):
            continue
        tag = vocabulary.tags[rule.tag]
        if tag.about == "person":
            continue
        source = "; ".join(map(str, rule.citations))
        said = f"{rule.title}: {tag.meaning}."
        if state.state == "fired":
            found.append(Caution("caution" if tag.about == "sample" else "note", said, source))
        elif tag.about == "sample":
            reasons = "; ".join(f"{name}: {reason}" for name, reason in state.missing.items())
            found.append(Caution("note", f"Not known whether this holds here: {said} ({reasons})", source))
    return found


def _proton_cautions(assessment: Assessment) -> list[Caution]:
    """Say where the acid may keep its proton, so that the pair doesn't form as weighed in."""
    pair, transfer = assessment.pair, assessment.values.get("proton_transfer")
    if pair.form.form.ligand_class is LigandClass.ZWITTERION and pair.form.form.proton_transfer is not None:
        return [
            Caution(
                "caution",
                f"{pair.product.name} reaches {pair.form.name} only when a base takes its acid proton, and none is "
                "weighed in here: its halide and its acid group go into the vial as bought.",
            )
        ]
    if pair.partner is None or pair.form.form.proton_transfer is None:
        return []
    name = f"{pair.product.name} to {pair.form.name}"
    if isinstance(transfer, Missing):
        return [Caution("caution", f"Proton transfer from {name} is unknown: {transfer.fix}.")]
    if transfer == str(ProtonTransfer.NOT_EXPECTED):
        return [
            Caution(
                "caution", f"The amine isn't expected to take the proton from {name}: the pair may not form."
            )
        ]
    if transfer == str(ProtonTransfer.PARTIAL):
        return [
            Caution(
                "note", f"Proton transfer from {name} is partial: part of the acid and amine stay unpaired."
            )
        ]
    return []


def _solubility_cautions(assessment: Assessment) -> list[Caution]:
    """Say where nobody knows whether the pair dissolves; what isn't expected to has a tag, and gets no concentrate."""
    if INSOLUBLE in assessment.safety.tags:
        text = "No concentrate is offered of what isn't expected to dissolve: all of it is made at working strength."
        return [Caution("note", text)]
    if not isinstance(assessment.values.get("soluble"), Missing):
        return []
    text = "Whether it dissolves at this concentration isn't known: try a small amount before you plan on it."
    return [Caution("note", text)]


def _mixture_cautions(products: Sequence[Product]) -> list[Caution]:
    """What is sold as a mixture is weighed in by the mass of the one structure that is drawn."""
    return [
        Caution("caution", f"{product.name}: {product.note}.")
        for product in products
        if "mixture" in product.note
    ]


def _outlook(assessment: Assessment) -> list[Caution]:
    """Prediction and measurement in one line: whether this is worth the weighing."""
    evidence = assessment.evidence
    measured = (
        "measured on this pair: "
        + observed_text(str(evidence.observed), observed_qualifiers(evidence, assessment.composition))
        if evidence.observed
        else (
            f"measured on a near pair: {str(evidence.near_observed).replace('_', ' ')}"
            if evidence.near_observed
            else "nothing measured on this or a near pair"
        )
    )
    discouraging = assessment.verdict is Verdict.NO_BETTER or str(evidence.observed) in (
        "not_improved",
        "decreased",
    )
    text = (
        f"Binds as {assessment.pair.form.name}. Prediction: {assessment.verdict} "
        f"({assessment.verdict_reason}); {measured}."
    )
    return [Caution("caution" if discouraging else "note", text)]
