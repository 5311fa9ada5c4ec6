"""What does the surface need, by the paper's equations?

Each command reads a table or a few numbers, asks :mod:`ligandkb.surface`, and hands the answer to a report.
"""

from __future__ import annotations

from typing import Any

from ligandkb.cli.options import Commands, OncePerOption
from ligandkb.cli.surface_names import as_typed
from ligandkb.cli.surface_plan import plan
from ligandkb.cli.surface_probes import geometry, lifetime, nmr, xps
from ligandkb.cli.surface_traps import dilution, gain, traps, traps_fit
from ligandkb.problems import UsageError


class SurfaceCommand(OncePerOption):
    """A command whose errors name what was typed, not the arguments of the functions behind it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            options = {name for parameter in self.params for name in parameter.opts}
            raise UsageError(as_typed(str(error), options)) from None


surface = Commands(
    name="surface",
    help="Enumerate the vacancies, plan the exchange. Numbers with errors are written like 62±3 or 62+-3.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for _command in (plan, dilution, traps_fit, traps, gain, nmr, geometry, xps, lifetime):
    surface.command(_command.__name__.replace("_", "-"), cls=SurfaceCommand)(_command)
