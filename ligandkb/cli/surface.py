"""What does the surface need, by the paper's equations?

Each command reads a table or a few numbers, asks :mod:`ligandkb.surface`, and hands the answer to a report.
"""

from __future__ import annotations

import typer

from ligandkb.cli.surface_plan import plan
from ligandkb.cli.surface_probes import geometry, lifetime, nmr, xps
from ligandkb.cli.surface_traps import dilution, gain, traps, traps_fit

surface = typer.Typer(
    name="surface",
    help="Enumerate the vacancies, plan the exchange. Numbers with errors are written like 62±3 or 62+-3.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
surface.command("plan")(plan)
surface.command("dilution")(dilution)
surface.command("traps-fit")(traps_fit)
surface.command("traps")(traps)
surface.command("gain")(gain)
surface.command("nmr")(nmr)
surface.command("geometry")(geometry)
surface.command("xps")(xps)
surface.command("lifetime")(lifetime)
