"""At which dose did a pair that is easily over-dosed do harm, and how far above it is a plan?

A tag says that the dose decides; here stand the doses that are recorded, beside the plan's own in the same unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.measured import percent
from ligandkb.evidence.agreement import EvidenceIndex
from ligandkb.evidence.outcomes import Effect, Outcome
from ligandkb.planning.cautions import Caution
from ligandkb.planning.exchange import ExchangePlan
from ligandkb.rules.explain import RuleState
from ligandkb.surface.geometry import cube_sites

TAG = "over-dosing"


def harmful(assessment: Assessment, states: Iterable[RuleState], index: EvidenceIndex) -> tuple[Outcome, ...]:
    """Outcomes with a dose that lost light: those that the rules of the tag were written from, and of the pair itself.

    Parameters
    ----------
    assessment : Assessment
    states : iterable of RuleState
        What became of every rule on it.
    index : EvidenceIndex

    Returns
    -------
    tuple of Outcome
    """
    rules = [state.rule for state in states if state.rule.tag == TAG and state.state == "fired"]
    written_from = index.named(name for rule in rules for name in rule.derived_from)
    found = {one.id: one for one in (*written_from, *assessment.evidence.outcomes)}
    return tuple(one for one in found.values() if one.effect is Effect.DECREASED and _has_dose(one))


def dose_cautions(plan: ExchangePlan, outcomes: Sequence[Outcome]) -> list[Caution]:
    """Put the planned dose beside each that did harm, and into pairs for each Pb.

    Parameters
    ----------
    plan : ExchangePlan
    outcomes : sequence of Outcome
        From :func:`harmful`.

    Returns
    -------
    list of Caution
    """
    sample, noun = plan.nanocrystals, f"{plan.dissolved}s"
    lead = cube_sites(sample.edge_length_nm, sample.lattice_constant_nm).lead
    per_lead = plan.surface_halides.value * plan.protocol.pairs_per_halide_position / lead
    offered = f"{per_lead:.2g} {noun} for each Pb of the crystal in each of {plan.protocol.cycles} cycles"
    if not outcomes:
        text = f"This plan offers {offered}; no dose is recorded at which such a pair did harm: begin lower."
        return [Caution("caution", text)]
    return [_beside(plan, one, offered) for one in outcomes]


def small_steps(plan: ExchangePlan, outcomes: Sequence[Outcome]) -> str:
    """The step before all cycles: begin below every dose that is known to have done harm.

    Parameters
    ----------
    plan : ExchangePlan
    outcomes : sequence of Outcome
        From :func:`harmful`.

    Returns
    -------
    str
    """
    planned, sites = plan.pair_concentration_mm, plan.protocol.pairs_per_halide_position
    lowest = min([planned, *(one for each in outcomes if (one := each.concentration_mmol_per_l))])
    fewest = min([sites, *(one for each in outcomes if (one := each.equivalents))])
    share = min(lowest / planned, fewest / sites)
    below = f"{planned * share:.3g} mM"
    if share < 1:
        below += (
            f" (1/{1 / share:.2g} of this plan's {planned:.3g} mM; a dose of that size did harm, see below)"
        )
    return (
        f"Go in small steps, for too much of this turns the crystals into another phase: treat a small fraction of the "
        f"sample with {plan.dissolved} solution diluted to less than {below}, and measure PLQY and emission peak. "
        "Raise the dose on further fractions, and stop where the PLQY falls or the peak moves. Do the cycles with the "
        "highest dose that did no harm, not with more."
    )


def _has_dose(outcome: Outcome) -> bool:
    return bool(outcome.concentration_mmol_per_l or outcome.equivalents)


def _per_crystal(plan: ExchangePlan, outcome: Outcome) -> str:
    """The same for each crystal, which a concentration alone doesn't tell."""
    if not (crystals_um := outcome.nc_concentration_umol_per_l) or not outcome.concentration_mmol_per_l:
        return " (how many for each crystal it was isn't recorded)"
    there = 1000.0 * outcome.concentration_mmol_per_l / crystals_um
    here = 1000.0 * plan.pairs_umol_per_cycle / plan.nanocrystals_nmol
    return f" ({here:.3g} for each crystal, {here / there:.2g} times the {there:.3g} there)"


def _beside(plan: ExchangePlan, outcome: Outcome, offered: str) -> Caution:
    there, here = [], []
    if recorded := outcome.concentration_mmol_per_l:
        planned = plan.pair_concentration_mm
        there.append(f"{recorded:g} mM")
        here.append(
            f"{planned:.3g} mM, {planned / recorded:.2g} times that concentration{_per_crystal(plan, outcome)}"
        )
    if recorded := outcome.equivalents:
        planned = plan.protocol.pairs_per_halide_position
        there.append(f"{recorded:g} pairs per binding site")
        here.append(f"{planned:g} per binding site, {planned / recorded:.2g} times that")
    time = f" for {outcome.time_min:g} min" if outcome.time_min is not None else ""
    lost = "lost light"
    if outcome.plqy_before is not None and outcome.plqy_after is not None:
        lost = f"went from {percent(outcome.plqy_before)} to {percent(outcome.plqy_after)} % PLQY"
    text = (
        f"{outcome.composition} {outcome.morphology} {lost} with {' and '.join(there)} of {outcome.binding_form} "
        f"(partner: {outcome.partner}){time}. This plan offers {' and '.join(here)}, and {offered}: begin lower."
    )
    if outcome.note:
        text += f" Recorded with it: {outcome.note}."
    source = "; ".join(filter(None, (f"doi {outcome.doi}" if outcome.doi else "", outcome.locator)))
    return Caution("caution", text, source or outcome.origin)
