"""What does the chemist take to the bench?

One sheet for one exchange, in Markdown or as a page to print: safety first, then what to weigh in and
what to do, what will hurt the sample, the arithmetic, and at the end the test to do before all that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ligandkb.planning.cautions import Caution
from ligandkb.planning.exchange import ExchangePlan
from ligandkb.planning.reagents import Dose
from ligandkb.reports.literal import markdown_text, to_markdown, visible
from ligandkb.surface.dilution import DilutionContrast

NO_CLEARANCE = "No tag is not a clearance: read the safety data sheet of each product before you open it."
NOT_ASSESSED = "Safety was not assessed for this sheet."

_SEVERITY = {"caution": "Caution", "note": "Note"}


@dataclass(frozen=True)
class Section:
    """One part of the sheet.

    Attributes
    ----------
    title : str
    lines : tuple of str
        Plain text, one statement each.
    numbered : bool
        Steps, in order.
    columns : tuple of str
    rows : tuple of tuple of str
        A table, if any.
    alarming : bool
        Set apart from the rest.
    """

    title: str
    lines: tuple[str, ...] = ()
    numbered: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    alarming: bool = False


def sheet_title(plan: ExchangePlan) -> str:
    """Say what the sheet is for, in one line."""
    partner = f" with {plan.partner.name}" if plan.partner else ""
    return f"Ligand exchange: {plan.ligand.name}{partner} on {plan.nanocrystals.composition}"


def sheet_sections(plan: ExchangePlan) -> tuple[Section, ...]:
    """Put a plan into words and tables, in the order of the sheet.

    Parameters
    ----------
    plan : ExchangePlan

    Returns
    -------
    tuple of Section
        Safety first, the test to do first last.
    """
    stops = [one for one in plan.cautions if one.severity == "stop"]
    others = [one for one in plan.cautions if one.severity != "stop"]
    safety = [NOT_ASSESSED] if plan.safety is None else list(plan.safety)
    return (
        Section("Safety", (*safety, _not_assessed_solvents(plan), NO_CLEARANCE), alarming=True),
        *(
            [Section("This will fail as planned", tuple(map(_with_source, stops)), alarming=True)]
            if stops
            else []
        ),
        _amounts(plan),
        Section("What to do", _steps(plan), numbered=True),
        Section(
            "What will hurt the sample",
            tuple(f"{_SEVERITY[one.severity]}: {_with_source(one)}" for one in others),
        ),
        _arithmetic(plan),
        Section("What is assumed", plan.assumptions),
        Section("The test to do first", _first_test(plan), alarming=True),
    )


def render_markdown(plan: ExchangePlan, footer: Sequence[str] = ()) -> str:
    """Write the bench sheet as Markdown.

    Parameters
    ----------
    plan : ExchangePlan
    footer : sequence of str
        Version, data and overlays it was made with.

    Returns
    -------
    str
    """
    parts = [f"# {markdown_text(sheet_title(plan))}\n"]
    for section in sheet_sections(plan):
        parts.append(f"## {section.title}\n")
        if section.rows:
            parts.append(to_markdown(section.columns, section.rows))
        marks = [f"{number}. " for number in range(1, len(section.lines) + 1)] if section.numbered else None
        lines = [
            (marks[index] if marks else "- ")
            + ("**" + markdown_text(line) + "**" if section.alarming else markdown_text(line))
            for index, line in enumerate(section.lines)
        ]
        if lines:
            parts.append("\n".join(lines) + "\n")
    parts.extend(f"_{markdown_text(line)}_\n" for line in footer)
    return "\n".join(parts)


def render_html(plan: ExchangePlan, footer: Sequence[str] = ()) -> str:
    """Write the bench sheet as one self-contained page to read (light or dark) and to print.

    Parameters
    ----------
    plan : ExchangePlan
    footer : sequence of str
        Version, data and overlays it was made with.

    Returns
    -------
    str
        HTML5. Every text is escaped.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only pages need jinja2

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if isinstance(value, str) else value,
    )
    template = environment.get_template("bench_sheet.html.jinja")
    return template.render(title=sheet_title(plan), sections=sheet_sections(plan), footer=list(footer))


def render_dilution_contrast(contrast: DilutionContrast) -> str:
    """Put the outcome of the first test into words, as Markdown."""
    lines = [f"**{markdown_text(contrast.meaning)}**", ""]
    lines.append(f"- PLQY changes by {contrast.change} on dilution.")
    lines.extend(f"- {markdown_text(note)}" for note in contrast.notes)
    return "\n".join(lines) + "\n"


def _amounts(plan: ExchangePlan) -> Section:
    solution = plan.solution
    rows = []
    for cycle, whole, weighed in zip(plan.per_cycle, plan.all_cycles, solution.doses, strict=True):
        reagent = weighed.reagent
        rows.append(
            (
                reagent.name + (f" ({reagent.grade})" if reagent.grade else ""),
                f"{cycle.umol:.3g} µmol",
                f"{whole.umol:.3g} µmol, {_mass(whole.milligram)}",
                f"{_mass(weighed.milligram)}{_volume(weighed)}",
                weighed.basis,
            )
        )
    noun = plan.dissolved
    kind = (
        f"{noun.capitalize()} solution"
        if solution.strength == 1
        else f"{solution.strength}-fold {noun} concentrate"
    )
    return Section(
        f"What to weigh in: {kind.lower()}, {solution.volume_ml:g} mL in {plan.protocol.solvent}",
        (
            f"{kind}: {solution.pair_concentration_mm:.3g} mM of {_counted(plan)}, {solution.volume_ml:g} mL, of which "
            f"{_millilitre(solution.aliquot_ml_per_cycle * plan.protocol.cycles)} are used.",
        ),
        columns=(
            "product as bought",
            "for one cycle",
            f"for {plan.protocol.cycles} cycles",
            "weigh in",
            "basis",
        ),
        rows=tuple(rows),
    )


def _counted(plan: ExchangePlan) -> str:
    return "pairs" if plan.partner else plan.ligand.name


def _steps(plan: ExchangePlan) -> tuple[str, ...]:
    protocol, solution, sample = plan.protocol, plan.solution, plan.nanocrystals
    resuspend = f"{plan.resuspension_ml:g} mL of {plan.dissolved} solution"
    if solution.strength > 1:
        resuspend = (
            f"{_millilitre(solution.aliquot_ml_per_cycle)} of the concentrate made up to "
            f"{plan.resuspension_ml:g} mL with {protocol.solvent}"
        )
    steps = [
        "Do the test at the end of this sheet on the untreated sample.",
        f"Weigh in the product{'s' if plan.partner else ''}, make up to {solution.volume_ml:g} mL with "
        f"{protocol.solvent}, and mix until clear.",
        f"Take as much again of the same sample as the control, and treat it alike with oleylammonium-oleate at "
        f"{plan.pair_concentration_mm:.3g} mM; the amounts of this sheet don't include it.",
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


def _arithmetic(plan: ExchangePlan) -> Section:
    sample, protocol = plan.nanocrystals, plan.protocol
    positions = f"6 × ({sample.edge_length_nm:g} nm / {sample.lattice_constant_nm:.4g} nm)²"
    if sample.edge_sigma_nm:
        positions += f" × (1 + ({sample.edge_sigma_nm:g} / {sample.edge_length_nm:g})²)"
    spread = f", ± {plan.surface_halides.sigma:,.0f} between crystals" if plan.surface_halides.sigma else ""
    umol = f"{plan.pairs_umol_per_cycle:.4g} µmol"
    rows = [
        (
            "nanocrystals",
            f"{sample.concentration_um:g} µM × {sample.volume_ml:g} mL",
            f"{plan.nanocrystals_nmol:.4g} nmol",
        ),
        (
            "surface halide positions",
            positions,
            f"{plan.surface_halides.value:,.0f} per nanocrystal{spread}",
        ),
        (
            f"{plan.dissolved}s for one cycle",
            f"{plan.nanocrystals_nmol:.4g} nmol × {plan.surface_halides.value:,.0f} × "
            f"{protocol.pairs_per_halide_position:g}",
            umol,
        ),
        (
            f"{plan.dissolved} concentration",
            f"{umol} / {plan.resuspension_ml:g} mL",
            f"{plan.pair_concentration_mm:.4g} mM",
        ),
    ]
    if plan.partner and plan.partners_per_ligand > 1:
        rows.append(
            (
                "partners for one cycle",
                f"{plan.pairs_umol_per_cycle:.4g} µmol × {plan.partners_per_ligand}",
                f"{plan.per_cycle[1].umol:.4g} µmol of {plan.partner.name}",
            )
        )
    return Section("The arithmetic", columns=("quantity", "from", "is"), rows=tuple(rows))


def _first_test(plan: ExchangePlan) -> tuple[str, ...]:
    meaning = (
        "If the PLQY is flat, vacancies are not your problem, and this exchange is not the remedy. If it "
        "falls on dilution, vacancies cost light: go on."
    )
    if plan.first_test is None:
        return (
            "The sample is too dilute for two dilutions above 0.005 µM: concentrate it, then measure the "
            "PLQY at two.",
            meaning,
        )
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


def _not_assessed_solvents(plan: ExchangePlan) -> str:
    return f"Not assessed: {plan.protocol.solvent}, and {plan.protocol.antisolvent}."


def _mass(milligram: float) -> str:
    # Trailing zeros are digits to weigh to: 11.0 mg isn't 11 mg.
    return f"{milligram:#.3g} mg".replace(". ", " ") if milligram < 1000 else f"{milligram / 1000:.4g} g"


def _millilitre(millilitre: float) -> str:
    return f"{millilitre:.3g} mL" if millilitre >= 1.0 else f"{1000 * millilitre:.3g} µL"


def _volume(dose: Dose) -> str:
    return f" ({dose.microlitre:.3g} µL)" if isinstance(dose.microlitre, float) else ""
