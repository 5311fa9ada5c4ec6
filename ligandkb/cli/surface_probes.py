"""What do NMR, geometry, XPS and lifetimes say of the surface?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ligandkb.cli.options import Composition, TextFormat
from ligandkb.cli.surface_options import (
    TABLE,
    Confidence,
    Edge,
    EdgeSpread,
    Form,
    LatticeConstant,
    Number,
    Pair,
    Plot,
    PlotTheme,
    Theme,
    Weighting,
    as_typed,
    options_for,
    with_sigma,
)
from ligandkb.cli.surface_output import check_plot, draw, lattice_of, show
from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured

if TYPE_CHECKING:
    from ligandkb.surface.measurements import Linewidths

ABOUT_ALL = ("--free-at-least", "--free-at-most", "--plot")
"""Options of ``nmr`` that mean nothing unless the bound ligands are known."""


def nmr(
    table: Annotated[Optional[Path], TABLE] = None,  # noqa: UP045
    observed: Annotated[Pair, with_sigma("--observed", help="Observed linewidth, Hz.")] = None,
    bound: Annotated[Pair, with_sigma("--bound", help="Linewidth of bound ligands, Hz.")] = None,
    free: Annotated[Pair, with_sigma("--free", help="Linewidth of free ligands, Hz.")] = None,
    total: Annotated[Pair, with_sigma("--total", help="All ligands per nanocrystal.")] = None,
    bound_ligands: Annotated[
        Pair, with_sigma("--bound-ligands", help="Bound ligands per nanocrystal: how many are there in all?")
    ] = None,
    free_at_least: Annotated[
        Number, typer.Option("--free-at-least", help="What is known of the free linewidth, Hz; 0 by default.")
    ] = None,
    free_at_most: Annotated[
        Number, typer.Option("--free-at-most", help="What is known of the free linewidth, Hz.")
    ] = None,
    plot: Plot = None,
    theme: PlotTheme = Theme.LIGHT,
    form: Form = TextFormat.TEXT,
) -> None:
    """Bound ligands from linewidths in fast exchange (eqs 2 and 5), or the range of all ligands.

    Columns of the table: sample, observed_hz, observed_sigma_hz, bound_hz, bound_sigma_hz and, where known,
    free_hz, free_sigma_hz, total_ligands, total_ligands_sigma.
    """
    from ligandkb.reports.surface import SampleLigands, nmr_answer  # noqa: PLC0415
    from ligandkb.surface import nmr as linewidths  # noqa: PLC0415
    from ligandkb.surface.measurements import Linewidths, read_linewidths  # noqa: PLC0415

    check_plot(plot)
    typed = {
        "--observed": observed,
        "--bound": bound,
        "--free": free,
        "--total": total,
        "--bound-ligands": bound_ligands,
        "--free-at-least": free_at_least,
        "--free-at-most": free_at_most,
        "--plot": plot,
    }
    given = [option for option, value in typed.items() if value is not None]
    if table is not None:
        if given:
            raise UsageError(f"with a table it says everything: leave out {', '.join(given)}")
        samples = read_linewidths(table)
    elif observed is None or bound is None:
        raise UsageError("--observed and --bound must be given, or a table")
    elif bound_ligands is not None and (free is not None or total is not None):
        raise UsageError("--bound-ligands asks for all ligands: leave out --free and --total")
    elif bound_ligands is None and (about_all := [name for name in ABOUT_ALL if typed[name] is not None]):
        raise UsageError(f"{' and '.join(about_all)}: about all ligands: give --bound-ligands")
    else:
        samples = (Linewidths("given", observed, bound, free, total),)
    with options_for(
        {
            "observed_hz": "--observed",
            "bound_hz": "--bound",
            "free_hz": "--free",
            "total_ligands": "--total",
            "bound_ligands_per_nanocrystal": "--bound-ligands",
            "free_at_least_hz": "--free-at-least",
            "free_at_most_hz": "--free-at-most",
        }
    ):
        if bound_ligands is not None:
            one = samples[0]
            total_range = linewidths.total_ligands_range(
                bound_ligands,
                one.observed_hz,
                one.bound_hz,
                free_at_least_hz=free_at_least or 0.0,
                free_at_most_hz=free_at_most,
            )
            found = [SampleLigands(one.sample, total_range, without_error=_without_error(one, bound_ligands))]
        else:
            found = [
                SampleLigands(
                    one.sample,
                    linewidths.bound_ligands(
                        one.total_ligands or Measured(1.0),
                        one.observed_hz,
                        one.free_hz or Measured(0.0),
                        one.bound_hz,
                    ),
                    free_known=one.free_hz is not None,
                    total_known=one.total_ligands is not None,
                    without_error=_without_error(one),
                )
                for one in samples
            ]
    if plot is not None and bound_ligands is not None:
        from ligandkb.reports.figures.surface import total_ligands_figure  # noqa: PLC0415

        one = samples[0]
        draw(total_ligands_figure(bound_ligands, one.observed_hz, one.bound_hz, theme=theme.value), plot)
    show(nmr_answer(found), form)


def _without_error(sample: Linewidths, bound_ligands: Measured | None = None) -> tuple[str, ...]:
    """Say what has no ± where something else has one: the propagated error is then a part of the whole."""
    given = {
        "observed linewidth": sample.observed_hz,
        "bound linewidth": sample.bound_hz,
        "free linewidth": sample.free_hz,
        "all ligands": sample.total_ligands,
        "bound ligands": bound_ligands,
    }
    bare = tuple(name for name, one in given.items() if one is not None and not one.sigma)
    return bare if any(one is not None and one.sigma for one in given.values()) else ()


def geometry(
    edge: Edge = None,
    edge_spread: EdgeSpread = 0.0,
    vacancies: Annotated[
        Pair, with_sigma("--vacancies", help="Instead of an edge: vacancies per nanocrystal.")
    ] = None,
    vacant_fraction: Annotated[
        Number, typer.Option("--vacant-fraction", help="The share of the halide positions that they are.")
    ] = None,
    composition: Composition = "CsPbBr3",
    lattice: LatticeConstant = None,
    form: Form = TextFormat.TEXT,
) -> None:
    """Surface and total sites of a CsX-terminated cube, from its edge or from its vacancies."""
    from ligandkb.reports.surface import geometry_answer  # noqa: PLC0415
    from ligandkb.surface.geometry import (  # noqa: PLC0415
        cube_sites,
        edge_from_surface_halides,
        surface_halides_from_vacancies,
    )

    typed = tuple(value is not None for value in (edge, vacancies, vacant_fraction))
    if typed not in ((True, False, False), (False, True, True)):
        raise UsageError("give --edge, or --vacancies with --vacant-fraction, and not both")
    lattice_nm, lattice_from = lattice_of(composition, lattice)
    notes = []
    with options_for(
        {
            "edge_length_nm": "--edge" if edge is not None else "the edge that follows",
            "edge_sigma_nm": "--edge-spread",
            "lattice_constant_nm": "--lattice",
            "vacancies": "--vacancies",
            "vacant_fraction": "--vacant-fraction",
        }
    ):
        if edge is None and vacancies is not None and vacant_fraction is not None:
            positions = surface_halides_from_vacancies(vacancies, vacant_fraction)
            follows = edge_from_surface_halides(positions, lattice_nm)
            edge = follows.value
            notes.append(
                f"{vacancies} vacancies at {vacant_fraction:.3g} of the halide positions are {positions} positions, "
                f"an edge of {follows} nm."
                + (
                    " The counts are those of the cube with that mean edge, without this ±."
                    if vacancies.sigma
                    else ""
                )
            )
        cube = cube_sites(edge or 0.0, lattice_nm, edge_sigma_nm=edge_spread)
    show(geometry_answer(cube, lattice_from, notes), form)


def xps(
    halide_per_lead: Annotated[
        Measured, with_sigma("--halide-per-lead", help="X:Pb, corrected for sensitivity.")
    ],
    edge: Edge = None,
    composition: Composition = "CsPbBr3",
    lattice: LatticeConstant = None,
    probe_depth: Annotated[float, typer.Option("--probe-depth", help="nm; 2.0 in the paper.")] = 2.0,
    weighting: Annotated[
        Weighting, typer.Option("--weighting", help="Depth as attenuation length, as sharp cut, or both.")
    ] = Weighting.BOTH,
    form: Form = TextFormat.TEXT,
) -> None:
    """How many halides can be missing at most, by XPS."""
    from ligandkb.reports.surface import xps_answer  # noqa: PLC0415
    from ligandkb.surface.geometry import cube_sites  # noqa: PLC0415
    from ligandkb.surface.xps import halide_vacancies_from_xps  # noqa: PLC0415

    lattice_nm, lattice_from = lattice_of(composition, lattice)
    with options_for(
        {
            "halide_per_lead": "--halide-per-lead",
            "lattice_constant_nm": "--lattice",
            "probe_depth_nm": "--probe-depth",
            "edge_length_nm": "--edge",
        }
    ):
        positions = None if edge is None else cube_sites(edge, lattice_nm).surface_halide.value
        bounds = {
            name: halide_vacancies_from_xps(
                halide_per_lead,
                lattice_nm,
                surface_halides=positions,
                probe_depth_nm=probe_depth,
                weighting=name,
            )
            for name in ("exponential", "cut")
            if weighting.value in (name, "both")
        }
    show(xps_answer(bounds, halide_per_lead, lattice_from), form)


def lifetime(
    table: Annotated[Path, TABLE],
    background_until: Annotated[
        Number, typer.Option("--background-until", help="Bins up to here hold background only, ns.")
    ] = None,
    decades: Annotated[
        float, typer.Option("--decades", help="How far down from the peak; 2 in the paper.")
    ] = 2.0,
    skip: Annotated[
        float, typer.Option("--skip", help="Time after the peak to leave out (instrument response), ns.")
    ] = 0.0,
    repetition_rate: Annotated[
        Number, typer.Option("--repetition-rate", help="Of the pulses, MHz; warns where they overlap.")
    ] = None,
    plqy: Annotated[
        Pair, with_sigma("--plqy", help="Of the same sample, a fraction: gives the rates.")
    ] = None,
    lifetime_before: Annotated[
        Pair, with_sigma("--lifetime-before", help="Before the treatment, ns: did it passivate?")
    ] = None,
    plqy_before: Annotated[
        Pair, with_sigma("--plqy-before", help="Before the treatment, a fraction.")
    ] = None,
    confidence: Confidence = 0.95,
    plot: Plot = None,
    theme: PlotTheme = Theme.LIGHT,
    form: Form = TextFormat.TEXT,
) -> None:
    """One exponential or a distribution? With the PLQY: what the treatment did.

    Columns: time_ns and counts (raw counts, equal bins).
    """
    from ligandkb.missing import Missing  # noqa: PLC0415
    from ligandkb.reports.surface import lifetime_answer  # noqa: PLC0415
    from ligandkb.surface.lifetimes import ASK_FOR_PLQY, fit_lifetime  # noqa: PLC0415
    from ligandkb.surface.measurements import read_decay  # noqa: PLC0415
    from ligandkb.surface.passivation import PassivationEvidence, passivation_evidence, rates  # noqa: PLC0415

    check_plot(plot)
    if plqy_before is not None and lifetime_before is None:
        raise UsageError("--plqy-before needs --lifetime-before")
    decay = read_decay(table)
    typed = {
        "background_until_ns": "--background-until",
        "decades": "--decades",
        "skip_ns": "--skip",
        "repetition_rate_mhz": "--repetition-rate",
        "confidence": "--confidence",
        "give both to passivation_evidence.": "give --plqy, --plqy-before and --lifetime-before.",
    }
    with options_for(typed):
        fit = fit_lifetime(
            decay.time_ns,
            decay.counts,
            background_until_ns=background_until,
            decades=decades,
            skip_ns=skip,
            repetition_rate_mhz=repetition_rate,
            confidence=confidence,
        )
    after = fit.lifetime_for_rates
    known, evidence = None, None
    with options_for(
        {
            "plqy": "--plqy",
            "lifetime_before_ns": "--lifetime-before",
            "lifetime_ns": "--lifetime-before",
            "plqy_before": "--plqy-before",
        }
    ):
        if plqy is not None:
            known = after if isinstance(after, Missing) else rates(plqy, after)
        if lifetime_before is not None:
            if plqy_before is not None:
                with options_for({"plqy": "--plqy-before"}):
                    rates(plqy_before, lifetime_before)
            evidence = (
                after
                if isinstance(after, Missing)
                else passivation_evidence(lifetime_before, after, plqy_before, plqy)
            )
    answered = isinstance(evidence, PassivationEvidence) and evidence.verdict != "unknown"
    notes = (note for note in fit.notes if not (answered and note == ASK_FOR_PLQY))
    fit = replace(fit, notes=(*decay.notes, *(as_typed(note, typed) for note in notes)))
    if plot is not None:
        from ligandkb.reports.figures.surface import lifetime_figure  # noqa: PLC0415

        draw(lifetime_figure(fit, theme=theme.value), plot)
    show(lifetime_answer(fit, table.name, rates=known, evidence=evidence), form)
