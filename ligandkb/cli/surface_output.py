"""How do the answers of the surface commands reach the reader?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ligandkb import __version__
from ligandkb.cli import output
from ligandkb.cli.typed_names import as_typed
from ligandkb.problems import UsageError
from ligandkb.provenance import SCHEMA_VERSION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.reports.document import Document


def draw(path: Path | None, figure: Callable[[Any], Figure]) -> None:
    """Write a figure beside its place, then put it there whole.

    Parameters
    ----------
    path : Path or None
        None: no figure was asked for.
    figure : callable
        Makes it from :mod:`ligandkb.reports.figures.surface`, which loads matplotlib only then.
    """
    if path is None:
        return
    from ligandkb.reports.figures import surface as surface_plots  # noqa: PLC0415

    temporary = path.with_name(f".ligandkb-{os.urandom(8).hex()}{path.suffix}")
    try:
        surface_plots.save_figure(figure(surface_plots), temporary)
        temporary.replace(path)
    except OSError as error:
        raise UsageError(
            f"--plot: can't write {path}: {error.strerror or error}: name another file"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    output.say(f"written: {path}")


def show(
    answer: Document, output_format: str, kb: KnowledgeBase | None = None, notes: Iterable[str] = ()
) -> None:
    """Print an answer; without a knowledge base neither data nor rules were used.

    Parameters
    ----------
    answer : Document
    output_format : str
    kb : KnowledgeBase, optional
    notes : iterable of str
        How what was typed or read was understood; said before the answer's own notes.
    """
    from ligandkb.reports.document import signed  # noqa: PLC0415
    from ligandkb.reports.surface import noted  # noqa: PLC0415

    none = {"version": __version__, "schema_version": SCHEMA_VERSION, "content": None, "overlays": []}
    meta = none if kb is None else kb.meta()
    output.show(signed(noted(answer, notes, as_typed), meta), output_format)
