"""How many traps, what do they cost, and are they the problem at all?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import ligandkb
from ligandkb.cli import surface_options as given
from ligandkb.cli.options import Composition, Data, TextForm
from ligandkb.cli.surface_output import draw, show
from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured
from ligandkb.tables.percentages import Share

if TYPE_CHECKING:
    from ligandkb.surface.measurements import DilutionSeries


_HOW_TO_PAIRS = (
    "--pairs must be given: all ligand pairs per nanocrystal, free and bound. Integrate the ligand's NMR signal, bound "
    "and free, against a standard of known concentration, and divide by the concentration of nanocrystals. Dilution "
    "with neat solvent leaves the number as it is. What the sheet of ligandkb surface plan put in is an upper bound."
)
_HOW_TO_ASSOCIATION_CONSTANT = (
    "--association-constant must be given, 1/M. It follows from one NMR sample: K_eq = bound/((N_max - bound) × "
    "[free]); give --bound, the pairs bound per nanocrystal as ligandkb surface nmr says, and --bound-at, the "
    "nanocrystals there in µM. Or fit it: --free association_constant; then only the ratio per site of N_max is known."
)


class Free(StrEnum):
    """What a fit of the trap model may free besides k_r/k_nr,trap."""

    ASSOCIATION_CONSTANT = "association_constant"
    SITES_MAX = "sites_max"


def traps_fit(
    table: Annotated[Path, given.TABLE],
    sites_max: Annotated[Measured, given.with_sigma("N_max, sites per nanocrystal.")],
    association_constant: Annotated[
        given.Number, given.plain("K_eq, 1/M; where to begin if it is freed; or give --bound.")
    ] = None,
    pairs: Annotated[given.Number, given.plain("All ligand pairs per nanocrystal, free and bound.")] = None,
    bound: Annotated[
        given.Pair,
        given.with_sigma("Instead of K_eq: pairs bound per nanocrystal in one sample, as surface nmr says."),
    ] = None,
    bound_at: Annotated[given.Number, given.plain("Nanocrystals in that sample, µM.")] = None,
    free: Annotated[
        list[Free] | None, typer.Option(help="Fit this too, besides k_r/k_nr,trap; repeat for both.")
    ] = None,
    composition: Annotated[
        str | None,
        typer.Option("--composition", "-c", help="Crystal; a mixed halide adds the paper's warning."),
    ] = None,
    confidence: given.Confidence = 0.95,
    plot: given.Plot = None,
    theme: given.PlotTheme = "light",
    form: TextForm = "text",
) -> None:
    """Fit k_r/k_nr,trap to PLQY along a dilution (eqs 3 and 4).

    Columns: nanocrystal_concentration_um, plqy and, where known, plqy_sigma; PLQY as fractions.
    """
    from ligandkb.reports.surface import trap_fit_answer  # noqa: PLC0415
    from ligandkb.surface.measurements import read_dilution_series  # noqa: PLC0415
    from ligandkb.surface.traps_fit import fit_traps  # noqa: PLC0415

    crystal = ligandkb.parse_composition(composition) if composition else None
    if pairs is None:
        raise UsageError(_HOW_TO_PAIRS)
    series = read_dilution_series(table)
    notes = [*series.notes]
    if association_constant is None:
        association_constant, said = _association_constant(
            bound, bound_at, pairs, sites_max, freed=Free.ASSOCIATION_CONSTANT in (free or ()), series=series
        )
        notes.append(said)
    elif bound is not None or bound_at is not None:
        raise UsageError("--association-constant and --bound: give one of the two")
    fit = fit_traps(
        series.nanocrystal_concentration_um,
        series.plqy,
        series.plqy_sigma,
        pairs_per_nanocrystal=pairs,
        sites_max=sites_max,
        association_constant_per_m=association_constant,
        free=("rate_ratio", *(one.value for one in free or ())),
        confidence=confidence,
        mixed_halide=crystal is not None and len(crystal.amounts) != 1,
    )
    draw(plot, lambda plots: plots.trap_fit_figure(fit, theme=theme))
    show(trap_fit_answer(fit, table.name, notes), form)


def _association_constant(
    bound: Measured | None,
    bound_at: float | None,
    pairs: float,
    sites_max: Measured,
    *,
    freed: bool,
    series: DilutionSeries,
) -> tuple[float, str]:
    """K_eq of a sample whose bound pairs were counted, or where to begin if it is freed, and how it was had."""
    from ligandkb.surface.association import association_constant  # noqa: PLC0415

    if bound is not None and bound_at is not None:
        constant = association_constant(
            bound, nanocrystal_concentration_um=bound_at, pairs_per_nanocrystal=pairs, sites_max=sites_max
        )
        held = "where the fit begins" if freed else "held; its ± isn't in the intervals, so try both its ends"
        return constant.value, f"K_eq = {constant} 1/M from {bound} bound pairs at {bound_at:g} µM: {held}."
    if bound is not None or bound_at is not None:
        raise UsageError("--bound and --bound-at go together: a sample and its nanocrystals in µM")
    if not freed:
        raise UsageError(_HOW_TO_ASSOCIATION_CONSTANT)
    middle = float(sorted(series.nanocrystal_concentration_um)[series.nanocrystal_concentration_um.size // 2])
    begin = 1e6 / (middle * pairs)
    return (
        begin,
        f"K_eq is fitted, beginning where half the sites are filled if all pairs are free: {begin:.3g} 1/M.",
    )


def traps(
    plqy: Annotated[given.Plqy, given.plqy_option("PLQY: how many traps explain it?")] = None,
    traps_per_nanocrystal: Annotated[
        given.Pair, given.with_sigma("Traps per nanocrystal: how bright is it at best?", "--traps")
    ] = None,
    rate_ratio: Annotated[given.Pair, given.with_sigma("k_r/k_nr,trap; else the composition's.")] = None,
    composition: Composition = "CsPbBr3",
    form: TextForm = "text",
    data: Data = None,
) -> None:
    """PLQY from traps per nanocrystal, or traps from PLQY (eq 3)."""
    from ligandkb.assessment.gain import known_rate_ratio  # noqa: PLC0415
    from ligandkb.reports.surface import traps_answer  # noqa: PLC0415
    from ligandkb.surface.traps import measured_plqy, measured_traps  # noqa: PLC0415

    light = given.measured_share(plqy)
    starts = [one for one in (light, traps_per_nanocrystal) if one is not None]
    if not starts:
        raise UsageError("--plqy or --traps must be given: one is computed from the other")
    kb, notes = None, []
    if rate_ratio is None:
        kb = ligandkb.load(data)
        rate_ratio, note = known_rate_ratio(ligandkb.parse_composition(composition), kb.catalogue.sites)
        notes.append(note)
    rows = []
    if light is not None:
        rows.append(("PLQY", measured_traps(light, rate_ratio), light))
    if traps_per_nanocrystal is not None:
        rows.append(("traps", traps_per_nanocrystal, measured_plqy(traps_per_nanocrystal, rate_ratio)))
    if not rate_ratio.sigma and any(one.sigma for one in starts):
        notes.append("No error of k_r/k_nr,trap is in the ±: none was given.")
    elif rate_ratio.sigma and not all(one.sigma for one in starts):
        notes.append("The ± is that of k_r/k_nr,trap alone: what it starts from was given without one.")
    show(traps_answer(rate_ratio, rows, " ".join(notes)), form, kb, given.read_as(plqy=plqy))


def gain(
    composition: Annotated[
        list[str] | None,
        typer.Option("--composition", "-c", help="Crystal; repeat for several; by default all known ones."),
    ] = None,
    traps_per_nanocrystal: Annotated[
        float | None,
        typer.Option("--traps", help="Halide vacancies per nanocrystal; by default the paper's in CsPbBr3."),
    ] = None,
    form: TextForm = "text",
    data: Data = None,
) -> None:
    """What a perfect ligand could gain at most, by composition; unknown where nobody measured it."""
    from ligandkb.assessment.gain import DEFAULT_TRAPS, gain_sentence  # noqa: PLC0415
    from ligandkb.reports.surface import gain_answer  # noqa: PLC0415

    kb = ligandkb.load(data)
    vacancies = DEFAULT_TRAPS if traps_per_nanocrystal is None else traps_per_nanocrystal
    crystals = [ligandkb.parse_composition(text) for text in composition or ()] or [
        site.composition for site in kb.catalogue.sites
    ]
    gains = {str(one): kb.gain(str(one), traps_per_nanocrystal=vacancies) for one in crystals}
    sentences = {str(one): gain_sentence(gains[str(one)], one) for one in crystals}
    show(gain_answer(gains, sentences, vacancies), form, kb)


def dilution(
    concentrated: Annotated[float, given.plain("Nanocrystals, µM.")],
    concentrated_plqy: Annotated[Share, given.plqy_option("PLQY there")],
    dilute: Annotated[float, given.plain("Nanocrystals, µM.")],
    dilute_plqy: Annotated[Share, given.plqy_option("PLQY there")],
    form: TextForm = "text",
) -> None:
    """Are vacancies the problem at all? PLQY of one sample at two dilutions."""
    from ligandkb.reports.surface import dilution_answer  # noqa: PLC0415
    from ligandkb.surface.dilution import dilution_contrast  # noqa: PLC0415

    contrast = dilution_contrast(
        concentrated,
        Measured(concentrated_plqy.value, concentrated_plqy.sigma),
        dilute,
        Measured(dilute_plqy.value, dilute_plqy.sigma),
    )
    notes = given.read_as(concentrated_plqy=concentrated_plqy, dilute_plqy=dilute_plqy)
    show(dilution_answer(contrast), form, notes=notes)
