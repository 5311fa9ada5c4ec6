"""Which formats are there, and who makes them?"""

from __future__ import annotations

from collections.abc import Mapping

from ligandkb.reports.document import Document
from ligandkb.reports.text import PAGE, text


def render(document: Document, output_format: str, width: int = PAGE) -> str:
    """Write a document in a format.

    Parameters
    ----------
    document : Document
    output_format : str
        ``text`` (or ``table``), ``md``, ``html``, ``json`` or, where its data are rows, ``csv``.
    width : int
        Of a page of text, in characters.

    Returns
    -------
    str

    Examples
    --------
    >>> render(Document("Traps"), "md").splitlines()[0]
    '# Traps'
    """
    # Each format is loaded when it is asked for: text needs no jinja2.
    if output_format == "md":
        from ligandkb.reports.markdown import markdown  # noqa: PLC0415

        return markdown(document)
    if output_format == "html":
        from ligandkb.reports.html import html  # noqa: PLC0415

        return html(document)
    if output_format in ("json", "csv"):
        from ligandkb.reports.machine import to_csv, to_json  # noqa: PLC0415

        if output_format == "json":
            return to_json(document)
        data = document.data
        return to_csv(document.csv_columns, data["rows"] if isinstance(data, Mapping) else data)
    return text(document, width)
