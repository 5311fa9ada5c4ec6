"""What does a measurement of the surface look like?

Each figure comes in a light and a dark theme, see :mod:`ligandkb.reports.figures.themes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ligandkb.reports.figures.themes import Theme, blank_figure, themed
from ligandkb.surface.lifetimes import LifetimeFit
from ligandkb.surface.model_choice import DecayModel, ModelChoice
from ligandkb.surface.nmr import total_ligands_range
from ligandkb.surface.published import RATE_RATIOS
from ligandkb.surface.traps import plqy_from_traps
from ligandkb.surface.traps_fit import TrapFit, predicted_plqy
from ligandkb.surface.uncertainty import Interval, Measured


@contextmanager
def _panels(theme: Theme) -> Iterator[tuple[Mapping[str, str], Figure, Axes, Axes]]:
    """Axes for a fit, and below them axes for its residuals with a line at zero."""
    with themed(theme) as colours:
        figure = blank_figure(6.4, 5.2)
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=[3, 1])
        lower.axhline(0.0, color=colours["ink"], lw=0.8)
        yield colours, figure, upper, lower


def trap_fit_figure(fit: TrapFit, *, theme: Theme = "light") -> Figure:
    """Draw a dilution series with its fit, the band of its interval, and the residuals.

    Parameters
    ----------
    fit : TrapFit
    theme : {"light", "dark"}

    Returns
    -------
    matplotlib.figure.Figure
    """
    with _panels(theme) as (colours, figure, upper, lower):
        x = fit.nanocrystal_concentration_um
        grid = np.geomspace(x.min() / 1.5, x.max() * 1.5, 200)
        ratio, per_site, sites = fit.rate_ratio, fit.rate_ratio_per_site, fit.parameters["sites_max"]
        if fit.association_constant_per_m is None:
            # An error of N_max moves the ratio but not the curve, so the band is that of the ratio per site.
            low = predicted_plqy(fit, grid, rate_ratio=per_site.low * sites) if ratio.low > 0 else 0.0 * grid
            high = predicted_plqy(fit, grid, rate_ratio=per_site.high * sites)
            said = f"{100 * ratio.confidence:g} % interval"
            upper.fill_between(grid, low, high, color=colours["a"], alpha=0.25, lw=0, label=said)
        curve = predicted_plqy(fit, grid, rate_ratio=ratio.value)
        upper.plot(grid, curve, color=colours["a"], label=f"fit, k_r/k_nr,trap = {ratio}")
        marks: dict[str, Any] = {"fmt": "o", "color": colours["b"], "capsize": 3}
        upper.errorbar(x, fit.plqy, yerr=fit.plqy_sigma, label="measured", **marks)
        upper.set(ylabel="PLQY", xscale="log", ylim=(0.0, 1.05))
        upper.legend(loc="lower right")
        residuals = fit.residuals / fit.plqy_sigma
        lower.errorbar(x, residuals, yerr=1.0, **marks)
        limit = max(3.0, 1.3 + float(np.max(np.abs(residuals))))
        lower.set(ylabel="residual / σ", xlabel="nanocrystal concentration (µM)", ylim=(-limit, limit))
        return figure


def lifetime_figure(fit: LifetimeFit, *, theme: Theme = "light") -> Figure:
    """Draw a decay with its window, one exponential, the model of all of it, and the residuals of that.

    Parameters
    ----------
    fit : LifetimeFit
    theme : {"light", "dark"}

    Returns
    -------
    matplotlib.figure.Figure
    """
    models = fit.models
    shown = models.nearest
    with _panels(theme) as (colours, figure, upper, lower):
        window, whole = fit.time_ns[fit.in_window], fit.time_ns[models.in_window]
        counts = np.where(fit.counts > 0, fit.counts, np.nan)
        upper.semilogy(fit.time_ns, counts, ".", ms=3, color=colours["b"], alpha=0.7, label="counts")
        _draw_response(upper, fit, shown, colours["ink"])
        said = f"{fit.decades:.2g} decades"
        upper.axvspan(*fit.window_ns, color=colours["grid"], alpha=0.5, lw=0, zorder=0, label=said)
        said = f"one exponential there, τ = {fit.lifetime_ns} ns"
        upper.semilogy(window, fit.fitted_counts, color=colours["a"], lw=2, label=said)
        upper.semilogy(whole, shown.fitted_counts, "--", color=colours["c"], lw=2, label=_said(shown, models))
        upper.set(ylabel="counts per bin", title=f"All of the decay: {models.chosen}. Measure the PLQY too.")
        upper.set_ylim(0.7, 10.0 * float(fit.counts.max()))
        upper.legend(loc="upper right", fontsize="small")
        lower.plot(whole, shown.residuals, ".", ms=3, color=colours["c"])
        limit = max(4.0, 1.1 * float(np.max(np.abs(shown.residuals))))
        lower.set(ylabel="deviance\nresidual", xlabel="time (ns)", ylim=(-limit, limit))
        return figure


def _draw_response(axes: Axes, fit: LifetimeFit, model: DecayModel, colour: str) -> None:
    """Draw the response where the fit puts it, as high as the decay."""
    if fit.response is None or not isinstance(model.shift_ns, Interval):
        return
    weights = fit.response.weights
    time = fit.response.first_ns + model.shift_ns.value + fit.response.bin_ns * np.arange(weights.size)
    height = np.where(weights > 0, weights / weights.max() * float(fit.counts.max()), np.nan)
    said = f"response, {fit.response.width_ns:.2g} ns wide"
    axes.semilogy(time, height, color=colour, lw=1, alpha=0.7, label=said)


def _said(model: DecayModel, models: ModelChoice) -> str:
    none = " (rejected)" if models.chosen == "none fits" else ""
    if model is models.one:
        return f"{model.name} over all{none}, τ = {model.lifetimes_ns[0].value:.4g} ns"
    amplitude, intensity = model.amplitude_mean_ns.value, model.intensity_mean_ns.value
    return f"{model.name} over all{none}, mean {amplitude:.4g} (amplitude), {intensity:.4g} ns (intensity)"


def trap_tolerance_figure(
    *, theme: Theme = "light", traps_max: float = 600.0, marked: Measured | None = None
) -> Figure:
    """Draw PLQY against traps per nanocrystal for the three published ratios (eq 3).

    Parameters
    ----------
    theme : {"light", "dark"}
    traps_max : float
        End of the abscissa.
    marked : Measured, optional
        A number of traps to mark, with its error.

    Returns
    -------
    matplotlib.figure.Figure
    """
    with themed(theme) as colours:
        figure = blank_figure(6.4, 4.0)
        axes = figure.subplots()
        traps = np.linspace(0.0, traps_max, 300)
        for published, style, part in zip(RATE_RATIOS, ("-", "--", ":"), "acb", strict=True):
            rough = " (order of magnitude)" if published.order_of_magnitude_only else ""
            said = f"{published.composition}: k_r/k_nr,trap = {published.value:,.0f}{rough}"
            plqy = plqy_from_traps(traps, published.value)
            axes.plot(traps, plqy, style, lw=2, color=colours[part], label=said)
        if marked is not None:
            ends = marked.value - marked.sigma, marked.value + marked.sigma
            axes.axvspan(*ends, color=colours["grid"], lw=0, label=f"{marked} traps")
        axes.set(xlabel="traps per nanocrystal", ylabel="PLQY", ylim=(0.0, 1.05), xlim=(0.0, traps_max))
        figure.legend(loc="outside upper left")
        return figure


def total_ligands_figure(
    bound_ligands: Measured, observed_hz: Measured, bound_hz: Measured, *, theme: Theme = "light"
) -> Figure:
    """Draw the range of N_total against the unknown free linewidth (eq 5).

    Parameters
    ----------
    bound_ligands, observed_hz, bound_hz : Measured
        As in :func:`ligandkb.surface.nmr.total_ligands_range`.
    theme : {"light", "dark"}

    Returns
    -------
    matplotlib.figure.Figure
    """
    with themed(theme) as colours:
        figure = blank_figure(6.4, 4.0)
        axes = figure.subplots()
        free = np.linspace(0.0, 0.85 * observed_hz.value, 120)
        totals = [
            total_ligands_range(bound_ligands, observed_hz, bound_hz, free_at_least_hz=float(one)).at_least
            for one in free
        ]
        value = np.array([total.value for total in totals])
        sigma = np.array([total.sigma for total in totals])
        axes.fill_between(
            free, value - sigma, value + sigma, color=colours["a"], alpha=0.25, lw=0, label="± one σ"
        )
        axes.plot(free, value, color=colours["a"], label="N_total that gives the bound number")
        axes.axhline(value[0], color=colours["ink"], ls=":", lw=1)
        place: dict[str, Any] = {
            "xytext": (-4, -5),
            "textcoords": "offset points",
            "ha": "right",
            "va": "top",
        }
        axes.annotate(f"at least {totals[0]}", (free[-1], value[0]), color=colours["ink"], **place)
        axes.set(xlabel="free linewidth (Hz), unknown", ylabel="all ligands per nanocrystal")
        axes.set(ylim=(0.0, 2.2 * float(np.median(value))), xlim=(0.0, float(free[-1])))
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.legend(loc="upper left")
        return figure


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure to a file; the suffix says which kind (png, svg, pdf).

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    path : Path
    """
    # Without a date the same figure gives the same bytes.
    metadata: dict[str, Any] = {"Date": None} if path.suffix == ".svg" else {}
    if path.suffix == ".pdf":
        metadata = {"CreationDate": None}
    with rc_context({"svg.hashsalt": "ligandkb"}):
        figure.savefig(path, dpi=150, metadata=metadata)
