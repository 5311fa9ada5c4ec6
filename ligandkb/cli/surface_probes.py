"""What do NMR, geometry, XPS and lifetimes say of the surface?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import ligandkb
from ligandkb.cli import surface_options as given
from ligandkb.cli.options import Composition, TextForm
from ligandkb.cli.surface_output import draw, show
from ligandkb.problems import UsageError
from ligandkb.surface.published import XPS_PROBE_DEPTH_NM
from ligandkb.surface.uncertainty import Measured
from ligandkb.tables.percentages import Share


def nmr(
    table: Annotated[Path | None, given.TABLE] = None,
    observed: Annotated[given.Pair, given.with_sigma("Observed linewidth, Hz.")] = None,
    bound: Annotated[given.Pair, given.with_sigma("Linewidth of bound ligands, Hz.")] = None,
    free: Annotated[given.Pair, given.with_sigma("Linewidth of free ligands, Hz.")] = None,
    total: Annotated[given.Pair, given.with_sigma("All ligands per nanocrystal.")] = None,
    bound_ligands: Annotated[
        given.Pair, given.with_sigma("Bound ligands per nanocrystal: how many are there in all?")
    ] = None,
    free_at_least: Annotated[
        given.Number, given.plain("What is known of the free linewidth, Hz; 0 by default.")
    ] = None,
    free_at_most: Annotated[given.Number, given.plain("What is known of the free linewidth, Hz.")] = None,
    plot: given.Plot = None,
    theme: given.PlotTheme = "light",
    form: TextForm = "text",
) -> None:
    """Bound ligands from linewidths in fast exchange (eqs 2 and 5), or the range of all ligands.

    Columns of the table: sample, observed_hz, observed_sigma_hz, bound_hz, bound_sigma_hz and, where known,
    free_hz, free_sigma_hz, total_ligands, total_ligands_sigma.
    """
    from ligandkb.reports.surface import SampleLigands, nmr_answer  # noqa: PLC0415
    from ligandkb.surface import nmr as linewidths  # noqa: PLC0415
    from ligandkb.surface.measurements import Linewidths, read_linewidths  # noqa: PLC0415

    about_bound = {"--observed": observed, "--bound": bound, "--free": free, "--total": total}
    about_all = {"--free-at-least": free_at_least, "--free-at-most": free_at_most, "--plot": plot}
    typed = {**about_bound, "--bound-ligands": bound_ligands, **about_all}
    filled = [option for option, value in typed.items() if value is not None]
    if table is not None:
        if filled:
            raise UsageError(f"with a table it says everything: leave out {', '.join(filled)}")
        samples = read_linewidths(table)
    elif observed is None or bound is None:
        raise UsageError("--observed and --bound must be given, or a table")
    elif bound_ligands is not None and (free is not None or total is not None):
        raise UsageError("--bound-ligands asks for all ligands: leave out --free and --total")
    elif bound_ligands is None and (alone := [name for name in about_all if name in filled]):
        raise UsageError(f"{' and '.join(alone)}: about all ligands: give --bound-ligands")
    else:
        samples = (Linewidths("given", observed, bound, free, total),)
    if bound_ligands is None:
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
                without_error=one.without_error(),
            )
            for one in samples
        ]
    else:
        all_of_them, one = bound_ligands, samples[0]
        total_range = linewidths.total_ligands_range(
            all_of_them,
            one.observed_hz,
            one.bound_hz,
            free_at_least_hz=free_at_least or 0.0,
            free_at_most_hz=free_at_most,
        )
        found = [SampleLigands(one.sample, total_range, without_error=one.without_error(all_of_them))]
        draw(
            plot,
            lambda plots: plots.total_ligands_figure(all_of_them, one.observed_hz, one.bound_hz, theme=theme),
        )
    show(nmr_answer(found), form)


def geometry(
    edge: given.Edge = None,
    edge_spread: given.EdgeSpread = 0.0,
    vacancies: Annotated[
        given.Pair, given.with_sigma("Instead of an edge: vacancies per nanocrystal.")
    ] = None,
    vacant_fraction: Annotated[
        given.Number, given.exact_option("The share of the halide positions that they are", "FRACTION")
    ] = None,
    composition: Composition = "CsPbBr3",
    lattice: given.LatticeConstant = None,
    form: TextForm = "text",
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
    lattice_nm, lattice_from = _lattice(composition, lattice)
    notes = []
    if edge is None and vacancies is not None and vacant_fraction is not None:
        positions = surface_halides_from_vacancies(vacancies, vacant_fraction)
        follows = edge_from_surface_halides(positions, lattice_nm)
        without = " The counts are those of the cube with that mean edge, without this ±."
        notes.append(
            f"{vacancies} vacancies at {Share(vacant_fraction)} of the halide positions are {positions} positions, "
            f"an edge of {follows} nm.{without if vacancies.sigma else ''}"
        )
        edge = follows.value
    cube = cube_sites(edge or 0.0, lattice_nm, edge_sigma_nm=edge_spread)
    show(geometry_answer(cube, lattice_from, notes), form)


def xps(
    halide_per_lead: Annotated[Measured, given.with_sigma("X:Pb, corrected for sensitivity.")],
    edge: given.Edge = None,
    composition: Composition = "CsPbBr3",
    lattice: given.LatticeConstant = None,
    probe_depth: Annotated[float, given.plain("nm; by default the paper's.")] = XPS_PROBE_DEPTH_NM,
    weighting: Annotated[
        Literal["exponential", "cut", "both"],
        given.plain("Depth as attenuation length, as sharp cut, or both."),
    ] = "both",
    form: TextForm = "text",
) -> None:
    """How many halides can be missing at most, by XPS."""
    from ligandkb.reports.surface import xps_answer  # noqa: PLC0415
    from ligandkb.surface.geometry import cube_sites  # noqa: PLC0415
    from ligandkb.surface.xps import halide_vacancies_from_xps  # noqa: PLC0415

    lattice_nm, lattice_from = _lattice(composition, lattice)
    positions = None if edge is None else cube_sites(edge, lattice_nm).surface_halide.value
    bounds = {
        name: halide_vacancies_from_xps(
            halide_per_lead, lattice_nm, surface_halides=positions, probe_depth_nm=probe_depth, weighting=name
        )
        for name in ("exponential", "cut")
        if weighting in (name, "both")
    }
    show(xps_answer(bounds, halide_per_lead, lattice_from), form)


def _lattice(composition: str, given_nm: float | None) -> tuple[float, str]:
    """Lattice constant in nm, and where it is from."""
    from ligandkb.missing import Missing  # noqa: PLC0415
    from ligandkb.surface.published import lattice  # noqa: PLC0415

    if given_nm is not None:
        return given_nm, "given"
    cell = lattice(str(ligandkb.parse_composition(composition)))
    if isinstance(cell, Missing):
        raise UsageError(f"lattice_constant_nm: {cell.fix}")
    return cell.lattice_constant_nm, cell.origin


def lifetime(
    table: Annotated[Path, given.TABLE],
    response: Annotated[
        Path | None, given.plain("File of the instrument's response; may be the same one.")
    ] = None,
    column: Annotated[
        str | None, given.plain("Name or number of the column of counts, where there are several.")
    ] = None,
    background_until: Annotated[
        given.Number, given.plain("Bins up to here hold background only, ns.")
    ] = None,
    decades: Annotated[float, given.plain("How far down from the peak; 2 in the paper.")] = 2.0,
    skip: Annotated[
        float, given.plain("Time after the peak to leave out, ns, where no response is given.")
    ] = 0.0,
    until: Annotated[given.Number, given.plain("Leave out what comes later, ns.")] = None,
    repetition_rate: Annotated[
        given.Number, given.plain("Of the pulses, MHz: light of earlier ones is counted in.")
    ] = None,
    plqy: Annotated[given.Plqy, given.plqy_option("Of the same sample: gives the rates")] = None,
    lifetime_before: Annotated[
        given.Pair, given.with_sigma("Before the treatment, ns: did it passivate?")
    ] = None,
    plqy_before: Annotated[given.Plqy, given.plqy_option("Before the treatment")] = None,
    confidence: given.Confidence = 0.95,
    plot: given.Plot = None,
    theme: given.PlotTheme = "light",
    form: TextForm = "text",
) -> None:
    """One exponential, two or a distribution? With the PLQY: what the treatment did.

    Columns: time_ns and counts (raw counts, equal bins), or the text of an instrument.
    """
    from ligandkb.missing import Missing  # noqa: PLC0415
    from ligandkb.reports.lifetime import lifetime_answer  # noqa: PLC0415
    from ligandkb.surface.lifetimes import fit_lifetime  # noqa: PLC0415
    from ligandkb.surface.measurements import read_decay  # noqa: PLC0415
    from ligandkb.surface.passivation import passivation_evidence, rates  # noqa: PLC0415

    if plqy_before is not None and lifetime_before is None:
        raise UsageError("--plqy-before needs --lifetime-before")
    decay = read_decay(table, column=column)
    pulse = None if response is None else read_decay(response, wanted="response")
    fit = fit_lifetime(
        decay.time_ns,
        decay.counts,
        response=None if pulse is None else (pulse.time_ns, pulse.counts),
        background_until_ns=background_until,
        decades=decades,
        skip_ns=skip,
        until_ns=until,
        repetition_rate_mhz=repetition_rate,
        confidence=confidence,
    )
    after, light = fit.lifetime_for_rates, given.measured_share(plqy)
    known, evidence = None, None
    if light is not None:
        known = after if isinstance(after, Missing) else rates(light, after)
    if lifetime_before is not None:
        evidence = (
            after
            if isinstance(after, Missing)
            else passivation_evidence(lifetime_before, after, given.measured_share(plqy_before), light)
        )
    draw(plot, lambda plots: plots.lifetime_figure(fit, theme=theme))
    of_response = () if pulse is None else (f"Response: {note}" for note in pulse.notes)
    notes = (*given.read_as(plqy=plqy, plqy_before=plqy_before), *decay.notes, *of_response)
    show(lifetime_answer(fit, table.name, rates=known, evidence=evidence), form, notes=notes)
