"""How does a drawn figure stand in a page that allows no style but its own?

A page's policy forbids styles inside it, so that each becomes an attribute, which does the same; colours are named as
the page names them, for light and dark.
"""

from __future__ import annotations

import io
from xml.etree import ElementTree

from matplotlib import rc_context
from matplotlib.figure import Figure

from ligandkb.reports.figures.themes import colours_of

_SVG = "http://www.w3.org/2000/svg"
_LINK = "http://www.w3.org/1999/xlink"
_NAMED = {
    "ink": "currentColor",
    "paper": "var(--paper)",
    "grid": "var(--rule)",
    "a": "var(--link)",
    "b": "var(--warn)",
}
"""Colours of a page by the parts of a theme."""


def inline_svg(figure: Figure) -> str:
    """SVG of a figure in the light theme, as a part of a page.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    str
        Without styles, and with nothing that is loaded from elsewhere.

    Examples
    --------
    >>> from ligandkb.reports.figures.themes import blank_figure, themed
    >>> with themed("light"):
    ...     made = inline_svg(blank_figure(1.0, 1.0))
    >>> made.startswith("<svg"), "style" in made, 'fill="var(--paper)"' in made
    (True, False, True)
    """
    out = io.BytesIO()
    with rc_context({"svg.hashsalt": "ligandkb", "svg.fonttype": "path"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _LINK)
    root = ElementTree.fromstring(out.getvalue())
    for parent in root.iter():
        for child in [one for one in parent if one.tag in (f"{{{_SVG}}}style", f"{{{_SVG}}}metadata")]:
            parent.remove(child)
        for name, value in _declarations(parent.attrib.pop("style", "")):
            parent.set(name, _colour(value))
        for name in ("fill", "stroke"):
            if name in parent.attrib:
                parent.set(name, _colour(parent.attrib[name]))
    root.set("aria-hidden", "true")
    return ElementTree.tostring(root, encoding="unicode")


def _declarations(style: str) -> list[tuple[str, str]]:
    pairs = (one.split(":", 1) for one in style.split(";") if ":" in one)
    return [(name.strip(), value.strip()) for name, value in pairs]


def _colour(value: str) -> str:
    parts = {colour: part for part, colour in colours_of("light").items()}
    return _NAMED.get(parts.get(value.lower(), ""), value)
