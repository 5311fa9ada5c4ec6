"""What does the surface need, by the paper's equations?

Each command reads a table or a few numbers, asks :mod:`ligandkb.surface`, and hands the answer to a report.
"""

from __future__ import annotations

from ligandkb.cli.options import Commands
from ligandkb.cli.surface_plan import plan
from ligandkb.cli.surface_probes import geometry, lifetime, nmr, xps
from ligandkb.cli.surface_traps import dilution, gain, traps, traps_fit
from ligandkb.cli.typed_names import NamesOptions

surface = Commands(
    name="surface",
    help="Enumerate the vacancies, plan the exchange. Numbers with errors are written like 62±3 or 62+-3.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for _command in (plan, dilution, traps_fit, traps, gain, nmr, geometry, xps, lifetime):
    surface.command(_command.__name__.replace("_", "-"), cls=NamesOptions)(_command)
