"""How does a document look as a web page, in a notebook, on paper?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ligandkb.reports.document import Document, Figure
from ligandkb.reports.literal import visible


def html(document: Document) -> str:
    """Make one self-contained page to read (light or dark) and to print: no script, nothing is loaded.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str
        HTML5. Every text is escaped.
    """
    return _template("document.html.jinja", document)


def notebook_html(document: Document) -> str:
    """Make a fragment of a page, with its own style, as notebooks show it."""
    return _template("fragment.html.jinja", document)


def _template(name: str, document: Document) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {"kind": lambda part: type(part).__name__.lower(), "drawn": _drawn}
    return environment.get_template(name).render(document=document)


def _harmless(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _drawn(figure: Figure) -> Markup:
    # Drawn by RDKit from a structure: no text of the data is in it.
    return Markup(figure.draw())
