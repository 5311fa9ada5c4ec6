"""What does the chemist take to the bench?

One sheet for one exchange: safety first, then what to weigh in and what to do, what will hurt the sample, the
arithmetic, and at the end the test to do before all that.
"""

from __future__ import annotations

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.planning.cautions import Caution
from ligandkb.planning.exchange import ExchangePlan
from ligandkb.planning.reagents import Dose
from ligandkb.reports.document import Column, Document, Section, Table, Typed, items, table

NOT_ASSESSED = "Safety was not assessed for this sheet."
_SEVERITY = {"caution": "Caution", "note": "Note"}


def bench_sheet(plan: ExchangePlan, control: str | None = None) -> Document:
    """Put a plan into words and tables: safety first, the test to do before all that last.

    Parameters
    ----------
    plan : ExchangePlan
    control : str, optional
        Step that says which control belongs to it, empty where it is the control itself; by default one is made of a
        second fraction of the sample.

    Returns
    -------
    Document
    """
    partner = f" with {plan.partner.name}" if plan.partner else ""
    stops = [_with_source(one) for one in plan.cautions if one.severity == "stop"]
    others = [
        f"{_SEVERITY[one.severity]}: {_with_source(one)}" for one in plan.cautions if one.severity != "stop"
    ]
    solvents = f"Not assessed: {plan.protocol.solvent}, and {plan.protocol.antisolvent}."
    safety = [NOT_ASSESSED] if plan.safety is None else plan.safety
    blocks = (
        Section("Safety", (items(*safety, solvents, NO_CLEARANCE),), alarming=True),
        *([Section("This will fail as planned", (items(*stops),), alarming=True)] if stops else []),
        _amounts(plan),
        Section("What to do", (items(*_steps(plan, control), numbered=True),)),
        Section("What will hurt the sample", (items(*others),)),
        *_recording(plan),
        Section("The arithmetic", (_arithmetic(plan),)),
        Section("What is assumed", (items(*plan.assumptions),)),
        Section("The test to do first", (items(*_first_test(plan)),), alarming=True),
    )
    title = f"Ligand exchange: {plan.ligand.name}{partner} on {plan.nanocrystals.composition}"
    return Document(title, blocks, (plan,), blanks=("Date", "Name", "Batch"))


def _amounts(plan: ExchangePlan) -> Section:
    solution = plan.solution
    rows = [
        (
            weighed.reagent.name + (f" ({weighed.reagent.grade})" if weighed.reagent.grade else ""),
            f"{cycle.umol:.3g} µmol",
            f"{whole.umol:.3g} µmol, {_mass(whole.milligram)}",
            f"{_mass(weighed.milligram)}{_volume(weighed)}",
            weighed.basis,
        )
        for cycle, whole, weighed in zip(plan.per_cycle, plan.all_cycles, solution.doses, strict=True)
    ]
    kind = f"{plan.dissolved} solution"
    if solution.strength != 1:
        kind = f"{solution.strength}-fold {plan.dissolved} concentrate"
    counted = "pairs" if plan.partner else plan.ligand.name
    used = _millilitre(solution.aliquot_ml_per_cycle * plan.protocol.cycles)
    said = (
        f"{kind.capitalize()}: {solution.pair_concentration_mm:.3g} mM of {counted} in "
        f"{plan.protocol.solvent}, {solution.volume_ml:g} mL, of which {used} are used."
    )
    columns = ("product as bought", "for one cycle", f"for {plan.protocol.cycles} cycles", "weigh in")
    doses = table((*columns, Column("basis", wraps=True, below=True)), rows)
    return Section("What to weigh in", (doses, items(said)))


def _steps(plan: ExchangePlan, control: str | None) -> tuple[str, ...]:
    protocol, solution, sample = plan.protocol, plan.solution, plan.nanocrystals
    resuspend = f"{plan.resuspension_ml:g} mL of {plan.dissolved} solution"
    if solution.strength > 1:
        resuspend = (
            f"{_millilitre(solution.aliquot_ml_per_cycle)} of the concentrate made up to "
            f"{plan.resuspension_ml:g} mL with {protocol.solvent}"
        )
    steps = [
        "Do the test at the end of this sheet on the untreated sample.",
        *_neutralise_first(plan),
        f"{'Make' if plan.acid_first else _weigh_in(plan) + ', make'} up to {solution.volume_ml:g} mL with "
        f"{protocol.solvent}, and mix until clear.",
        *_control(plan, control),
        *([plan.small_steps] if plan.small_steps else []),
    ]
    for cycle, antisolvent in enumerate(plan.antisolvent_ml, start=1):
        volume = sample.volume_ml if cycle == 1 else plan.resuspension_ml
        steps.append(
            f"Cycle {cycle} of {protocol.cycles}: to {volume:g} mL of nanocrystals add {antisolvent:g} mL "
            f"of {protocol.antisolvent}; centrifuge ({protocol.centrifuge}); take off the supernatant; "
            f"resuspend in {resuspend}, at once."
        )
    steps.append(
        "Measure PLQY of sample and control at the same nanocrystal and "
        f"{plan.dissolved} concentrations, and the emission peak before and after."
    )
    return tuple(steps)


def _control(plan: ExchangePlan, control: str | None) -> tuple[str, ...]:
    if control is not None:
        return (control,) if control else ()
    return (
        "Take as much again of the same sample as the control, and treat it alike with oleylammonium-oleate at "
        f"{plan.pair_concentration_mm:.3g} mM; the amounts of this sheet don't include it.",
    )


def _weigh_in(plan: ExchangePlan) -> str:
    return f"Weigh in the product{'s' if plan.partner else ''}"


def _neutralise_first(plan: ExchangePlan) -> tuple[str, ...]:
    """What comes before the solution is made where the acid is strong: its ammonium salt."""
    if not plan.acid_first or plan.partner is None:
        return ()
    acid, base = plan.ligand.name, plan.partner.name
    return (
        f"Weigh in {base}, then {acid}: at least one equivalent of {base} for each proton that moves. Mix them in a "
        f"little {plan.protocol.solvent} and let them react: what goes on is their "
        "salt, never the free acid.",
    )


def _recording(plan: ExchangePlan) -> list[Section]:
    if not plan.recording:
        return []
    said = (
        "Fill in the words in capitals: PLQY BEFORE and AFTER in %, such as 62±3; EFFECT as improved, not_improved or "
        "decreased; the name of the BATCH. What you did otherwise than planned is changed, too.",
        f"Equivalents are {plan.dissolved}s for each available binding site of the surface, here in each cycle: "
        f"{plan.protocol.pairs_per_halide_position:g} as planned. The control is recorded in the same way.",
    )
    return [Section("To record what it did", (items(*said), Typed((plan.recording,))))]


def _arithmetic(plan: ExchangePlan) -> Table:
    sample, protocol = plan.nanocrystals, plan.protocol
    positions = f"6 × ({sample.edge_length_nm:g} nm / {sample.lattice_constant_nm:.4g} nm)²"
    if sample.edge_sigma_nm:
        positions += f" × (1 + ({sample.edge_sigma_nm:g} / {sample.edge_length_nm:g})²)"
    spread = f", ± {plan.surface_halides.sigma:,.0f} between crystals" if plan.surface_halides.sigma else ""
    nmol, umol = f"{plan.nanocrystals_nmol:.4g} nmol", f"{plan.pairs_umol_per_cycle:.4g} µmol"
    sites = f"{plan.surface_halides.value:,.0f}"
    used = f"{nmol} × {sites} × {protocol.pairs_per_halide_position:g}"
    rows = [
        ("nanocrystals", f"{sample.concentration_um:g} µM × {sample.volume_ml:g} mL", nmol),
        ("surface halide positions", positions, f"{sites} per nanocrystal{spread}"),
        (f"{plan.dissolved}s for one cycle", used, umol),
        (
            f"{plan.dissolved} concentration",
            f"{umol} / {plan.resuspension_ml:g} mL",
            f"{plan.pair_concentration_mm:.4g} mM",
        ),
    ]
    if plan.partner and plan.partners_per_ligand > 1:
        partners = f"{plan.per_cycle[1].umol:.4g} µmol of {plan.partner.name}"
        rows.append(("partners for one cycle", f"{umol} × {plan.partners_per_ligand}", partners))
    return table(("quantity", "from", "is"), rows)


def _first_test(plan: ExchangePlan) -> tuple[str, ...]:
    meaning = (
        "If the PLQY is flat, vacancies are not your problem, and this exchange is not the remedy. If it "
        "falls on dilution, vacancies cost light: go on."
    )
    if plan.first_test is None:
        why = "The sample is too dilute for two dilutions above 0.005 µM: concentrate it, then measure the PLQY at two."
        return why, meaning
    test = plan.first_test
    first, second = test.microlitre_per_ml
    return (
        f"Measure the PLQY of the untreated sample at two dilutions in neat {plan.protocol.solvent} (for this "
        "measurement only; nothing that goes into the exchange is diluted so): "
        f"{test.concentrated_um:g} µM ({first:.3g} µL for each mL) and {test.dilute_um:g} µM ({second:.3g} "
        "µL for each mL), soon after diluting.",
        meaning,
    )


def _with_source(caution: Caution) -> str:
    return f"{caution.text} ({caution.source})" if caution.source else caution.text


def _mass(milligram: float) -> str:
    # Trailing zeros are digits to weigh to: 11.0 mg isn't 11 mg.
    return f"{milligram:#.3g} mg".replace(". ", " ") if milligram < 1000 else f"{milligram / 1000:.4g} g"


def _millilitre(millilitre: float) -> str:
    return f"{millilitre:.3g} mL" if millilitre >= 1.0 else f"{1000 * millilitre:.3g} µL"


def _volume(dose: Dose) -> str:
    return f" ({dose.microlitre:.3g} µL)" if isinstance(dose.microlitre, float) else ""
