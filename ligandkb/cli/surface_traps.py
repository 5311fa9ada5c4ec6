"""How many traps, what do they cost, and are they the problem at all?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from ligandkb.cli.options import Composition, Data, TextFormat
from ligandkb.cli.surface_options import (
    TABLE,
    Confidence,
    Form,
    Free,
    Pair,
    Plot,
    PlotTheme,
    Theme,
    options_for,
    with_sigma,
)
from ligandkb.cli.surface_output import check_plot, draw, load_knowledge_base, show
from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase


def traps_fit(
    table: Annotated[Path, TABLE],
    sites_max: Annotated[Measured, with_sigma("--sites-max", help="N_max, sites per nanocrystal.")],
    association_constant: Annotated[
        float, typer.Option("--association-constant", help="K_eq, 1/M; where to begin if it is freed.")
    ],
    pairs: Annotated[
        float, typer.Option("--pairs", help="All ligand pairs per nanocrystal, free and bound.")
    ],
    free: Annotated[
        Optional[list[Free]],  # noqa: UP045
        typer.Option("--free", help="Fit this too, besides k_r/k_nr,trap; repeat for both."),
    ] = None,
    composition: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--composition", "-c", help="Crystal; a mixed halide adds the paper's warning."),
    ] = None,
    confidence: Confidence = 0.95,
    plot: Plot = None,
    theme: PlotTheme = Theme.LIGHT,
    form: Form = TextFormat.TEXT,
) -> None:
    """Fit k_r/k_nr,trap to PLQY along a dilution (eqs 3 and 4).

    Columns: nanocrystal_concentration_um, plqy and, where known, plqy_sigma; PLQY as fractions.
    """
    from ligandkb.chemistry.composition import parse_composition  # noqa: PLC0415
    from ligandkb.reports.surface import trap_fit_answer  # noqa: PLC0415
    from ligandkb.surface.measurements import read_dilution_series  # noqa: PLC0415
    from ligandkb.surface.traps_fit import fit_traps  # noqa: PLC0415

    check_plot(plot)
    crystal = parse_composition(composition) if composition else None
    series = read_dilution_series(table)
    with options_for(
        {
            "sites_max": "--sites-max",
            "association_constant_per_m": "--association-constant",
            "pairs_per_nanocrystal": "--pairs",
            "confidence": "--confidence",
            "plqy_sigma": "column plqy_sigma",
            "Measured(value, sigma)": "--sites-max VALUE±SIGMA",
            "rate_ratio_per_site": "k_r/k_nr,trap per site of N_max, which is printed",
        }
    ):
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
    if plot is not None:
        from ligandkb.reports.figures.surface import trap_fit_figure  # noqa: PLC0415

        draw(trap_fit_figure(fit, theme=theme.value), plot)
    show(trap_fit_answer(fit, table.name, series.notes), form)


def traps(
    plqy: Annotated[Pair, with_sigma("--plqy", help="PLQY as a fraction: how many traps explain it?")] = None,
    traps_per_nanocrystal: Annotated[
        Pair, with_sigma("--traps", help="Traps per nanocrystal: how bright is it at best?")
    ] = None,
    rate_ratio: Annotated[
        Pair, with_sigma("--rate-ratio", help="k_r/k_nr,trap; else the composition's.")
    ] = None,
    composition: Composition = "CsPbBr3",
    form: Form = TextFormat.TEXT,
    data: Data = None,
) -> None:
    """PLQY from traps per nanocrystal, or traps from PLQY (eq 3)."""
    from ligandkb.reports.surface import traps_answer  # noqa: PLC0415
    from ligandkb.surface.traps import measured_plqy, measured_traps  # noqa: PLC0415

    if plqy is None and traps_per_nanocrystal is None:
        raise UsageError("--plqy or --traps must be given: one is computed from the other")
    kb, note = None, ""
    if rate_ratio is None:
        kb = load_knowledge_base(data)
        rate_ratio, note = _rate_ratio(kb, composition)
    rows = []
    with options_for(
        {
            "plqy": "--plqy",
            "traps_per_nanocrystal": "--traps",
            "rate_ratio": "--rate-ratio",
        }
    ):
        if plqy is not None:
            rows.append(("PLQY", measured_traps(plqy, rate_ratio), plqy))
        if traps_per_nanocrystal is not None:
            light = measured_plqy(traps_per_nanocrystal, rate_ratio)
            rows.append(("traps", traps_per_nanocrystal, light))
    given = [one for one in (plqy, traps_per_nanocrystal) if one is not None]
    if not rate_ratio.sigma and any(one.sigma for one in given):
        note += " " * bool(note) + "No error of k_r/k_nr,trap is in the ±: none was given."
    elif rate_ratio.sigma and not all(one.sigma for one in given):
        note += (
            " " * bool(note)
            + "The ± is that of k_r/k_nr,trap alone: what it starts from was given without one."
        )
    show(traps_answer(rate_ratio, rows, note), form, kb)


def gain(
    composition: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--composition", "-c", help="Crystal; repeat for several; by default all known ones."),
    ] = None,
    traps_per_nanocrystal: Annotated[
        float, typer.Option("--traps", help="Halide vacancies per nanocrystal; 190 in the paper's CsPbBr3.")
    ] = 190.0,
    form: Form = TextFormat.TEXT,
    data: Data = None,
) -> None:
    """What a perfect ligand could gain at most, by composition; unknown where nobody measured it."""
    from ligandkb.chemistry.composition import parse_composition  # noqa: PLC0415
    from ligandkb.ranking.gain import gain_sentence  # noqa: PLC0415
    from ligandkb.reports.surface import gain_answer  # noqa: PLC0415

    kb = load_knowledge_base(data)
    crystals = [parse_composition(text) for text in composition or ()] or [
        site.composition for site in kb.catalogue.sites
    ]
    with options_for(
        {
            "traps_per_nanocrystal": "--traps",
        }
    ):
        gains = {
            str(crystal): kb.gain(str(crystal), traps_per_nanocrystal=traps_per_nanocrystal)
            for crystal in crystals
        }
    sentences = {str(crystal): gain_sentence(gains[str(crystal)], crystal) for crystal in crystals}
    show(gain_answer(gains, sentences, traps_per_nanocrystal), form, kb)


def dilution(
    concentrated: Annotated[float, typer.Option("--concentrated", help="Nanocrystals, µM.")],
    concentrated_plqy: Annotated[
        Measured, with_sigma("--concentrated-plqy", help="PLQY there, a fraction with its error.")
    ],
    dilute: Annotated[float, typer.Option("--dilute", help="Nanocrystals, µM.")],
    dilute_plqy: Annotated[
        Measured, with_sigma("--dilute-plqy", help="PLQY there, a fraction with its error.")
    ],
    form: Form = TextFormat.TEXT,
) -> None:
    """Are vacancies the problem at all? PLQY of one sample at two dilutions."""
    from ligandkb.reports.surface import dilution_answer  # noqa: PLC0415
    from ligandkb.surface.dilution import dilution_contrast  # noqa: PLC0415

    with options_for(
        {
            "concentrated_um": "--concentrated",
            "concentrated_plqy": "--concentrated-plqy",
            "dilute_um": "--dilute",
            "dilute_plqy": "--dilute-plqy",
        }
    ):
        contrast = dilution_contrast(concentrated, concentrated_plqy, dilute, dilute_plqy)
    show(dilution_answer(contrast), form)


def _rate_ratio(kb: KnowledgeBase, composition: str) -> tuple[Measured, str]:
    """k_r/k_nr,trap of a composition with what its paper says of it, or an error that says how to mend it."""
    from ligandkb.chemistry.composition import parse_composition  # noqa: PLC0415
    from ligandkb.missing import Missing  # noqa: PLC0415
    from ligandkb.problems import InputError, Problem  # noqa: PLC0415
    from ligandkb.ranking.gain import rate_ratio_on  # noqa: PLC0415
    from ligandkb.surface.published import PublishedRateRatio  # noqa: PLC0415

    crystal = parse_composition(composition)
    ratio = rate_ratio_on(crystal, kb.catalogue.sites)
    if isinstance(ratio, PublishedRateRatio):
        source = f"doi {ratio.source.doi}, {ratio.source.locator}"
        return Measured(ratio.value), f"k_r/k_nr,trap of {crystal}: {ratio.note} ({source})."
    if isinstance(ratio, float):
        return Measured(ratio), f"k_r/k_nr,trap of {crystal} from sites.csv."
    why = ratio.mend if isinstance(ratio, Missing) else str(ratio)
    raise InputError(
        [Problem(str(crystal), 0, 0, f"k_r/k_nr,trap is unknown: {why}", "or give --rate-ratio")]
    )
