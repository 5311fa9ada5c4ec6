"""Which option is meant by this argument of a function?

An error of the API names its arguments; on the command line they get the names of the options that were typed. An
option is called as its argument, without the unit, unless it is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from ligandkb.cli.options import OncePerOption
from ligandkb.problems import UsageError

_CALLED_OTHERWISE = {
    "edge_length": "edge",
    "edge_sigma": "edge-spread",
    "lattice_constant": "lattice",
    "lifetime": "lifetime-before",
    "nanocrystals.concentration": "nc-concentration",
    "nanocrystals.volume": "volume",
    "protocol.antisolvent_volumes": "antisolvent-ratio",
    "protocol.cycles": "cycles",
    "protocol.pairs_per_halide_position": "pairs-per-site",
    "protocol.resuspension_volume": "resuspension-volume",
    "total_ligands": "total",
}
_PHRASES = {
    "give both to passivation_evidence.": "give --plqy, --plqy-before and --lifetime-before.",
    "as Measured(value, sigma)": "as --sites-max VALUE±SIGMA",
    "rate_ratio_per_site": "k_r/k_nr,trap per site of N_max, which is printed",
}
# At the beginning of a line any argument; elsewhere, where it could be a word of English, one with its unit.
_UNIT = r"_(?:nm|ns|hz|mhz|um|ml|per_m|per_nanocrystal|g_per_mol)"
_ARGUMENT = re.compile(
    rf"(?:^(?P<first>[a-z_.]*?)(?:{_UNIT})?|(?<![\w.-])(?P<name>[a-z_.]+?){_UNIT})(?:\.(?:value|sigma))?(?!\w|\.\w)",
    re.MULTILINE,
)


class NamesOptions(OncePerOption):
    """A command whose errors name what was typed, not the arguments of the functions behind it."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            options = {name for parameter in self.params for name in parameter.opts}
            raise UsageError(as_typed(str(error), options)) from None


def as_typed(text: str, options: Container[str] | None = None) -> str:
    """Name options instead of the API's arguments in a text.

    Parameters
    ----------
    text : str
    options : container of str, optional
        Those of the command; others are left as they are.

    Examples
    --------
    >>> as_typed("edge_length_nm: 95 is no edge length", ["--edge"])
    '--edge: 95 is no edge length'
    >>> as_typed("plqy: 2 points", ["--pairs"]), as_typed("Give background_until_ns if you can.")
    ('plqy: 2 points', 'Give --background-until if you can.')
    """
    for phrase, typed in _PHRASES.items():
        text = text.replace(phrase, typed)

    def option(found: re.Match[str]) -> str:
        name = found["first"] or found["name"]
        typed = "--" + _CALLED_OTHERWISE.get(name, (name or "").replace("_", "-"))
        known = found["name"] is not None if options is None else typed in options
        return typed if known else found[0]

    return _ARGUMENT.sub(option, text)
