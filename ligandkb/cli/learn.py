"""What have our own results taught the rules?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import ligandkb
from ligandkb.cli.options import Data, Database, Out, Rules, TableFileForm, WithLiterature
from ligandkb.cli.output import TABLE_FORMATS, format_of, show
from ligandkb.cli.surface_options import Plot

if TYPE_CHECKING:
    from ligandkb.learning.learned import Learned


def learn(
    with_literature: WithLiterature = False,
    form: TableFileForm = None,
    out: Out = None,
    plot: Plot = None,
    theme: Annotated[Literal["light", "dark"], typer.Option(help="Colours of the plot.")] = "light",
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Learn from your recorded outcomes what each rule is worth in your hands; rank --learned goes by it."""
    from ligandkb.reports.learned import learned_document, learned_page  # noqa: PLC0415

    output_format = format_of(form, out, TABLE_FORMATS)
    kb = ligandkb.load(data, rules, db)
    learned = kb.learn(with_literature=with_literature)
    if plot is not None:
        _draw(learned, plot, theme)
    filled = learned_page if output_format == "html" else learned_document
    show(filled(learned, kb.meta()), output_format, out)


def _draw(learned: Learned, plot: Path, theme: Literal["light", "dark"]) -> None:
    from ligandkb.cli.surface_output import draw  # noqa: PLC0415
    from ligandkb.reports.figures.learned import learned_figure  # noqa: PLC0415

    draw(plot, lambda _: learned_figure(learned, theme=theme))
