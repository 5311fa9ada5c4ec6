"""How do the commands on the surface get their data in and their answers out?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ligandkb.cli.options import TextFormat
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.reports.answer import Answer


def load_knowledge_base(
    data: list[Path] | None, rules: list[Path] | None = None, db: str | None = None
) -> KnowledgeBase:
    """Load the knowledge base, for what depends on data or rules."""
    from ligandkb.loading import load  # noqa: PLC0415

    return load(data or (), rules or (), db)


def lattice_of(composition: str, given_nm: float | None) -> tuple[float, str]:
    """Lattice constant in nm, and where it is from."""
    from ligandkb.chemistry.composition import parse_composition  # noqa: PLC0415
    from ligandkb.missing import Missing  # noqa: PLC0415
    from ligandkb.surface.published import lattice  # noqa: PLC0415

    if given_nm is not None:
        return given_nm, "given"
    cell = lattice(str(parse_composition(composition)))
    if isinstance(cell, Missing):
        raise UsageError(f"--lattice: {cell.mend}")
    source = f"doi {cell.source.doi}, {cell.source.locator}"
    return (
        cell.lattice_constant_nm,
        f"{cell.composition}, {cell.phase}; {source}; measured by {cell.measured_by}",
    )


def check_plot(path: Path | None) -> None:
    """Refuse a plot that can't be written before anything is fitted."""
    if path is None:
        return
    if path.suffix not in (".png", ".svg", ".pdf"):
        raise UsageError(f"--plot: {path.name!r} is no kind of plot: end it in .png, .svg or .pdf")
    if not path.parent.is_dir():
        raise UsageError(f"--plot: there is no folder {path.parent}: make it, or name another")


def draw(figure: Figure, path: Path) -> None:
    """Write a figure beside its place, then put it there whole."""
    from ligandkb.reports.figures.surface import save_figure  # noqa: PLC0415

    temporary = path.with_name(f".ligandkb-{os.urandom(8).hex()}{path.suffix}")
    try:
        save_figure(figure, temporary)
        temporary.replace(path)
    except OSError as error:
        raise UsageError(
            f"--plot: can't write {path}: {error.strerror or error}: name another file"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    print(f"written: {path}", file=sys.stderr)


def show(answer: Answer, form: TextFormat, kb: KnowledgeBase | None = None) -> None:
    """Print an answer; without a knowledge base neither data nor rules were used."""
    from ligandkb import __version__  # noqa: PLC0415
    from ligandkb.reports.answer import render_answer  # noqa: PLC0415

    meta = {"version": __version__, "content": None, "overlays": []} if kb is None else kb.meta()
    print_text(render_answer(answer, form.value, meta), spell_out=form is TextFormat.TEXT)


def print_text(text: str, *, spell_out: bool) -> None:
    """Print a text, with signs that the terminal can't show spelt out where that does no harm."""
    from ligandkb.reports.answer import for_encoding  # noqa: PLC0415

    print((for_encoding(text, sys.stdout.encoding) if spell_out else text).rstrip("\n"))
