"""How does what came out on top of a list reach the reader?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ligandkb.cli.output import put_and_go_on, say, show
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.screening.folder import Folder
    from ligandkb.screening.manifest import Manifest

MOST = 1000
"""Rows of a page that opens in an instant."""
PAGE, TABLE = "top.html", "top.csv"


def refuse_columns_without_order(columns: tuple[str, ...] | None) -> None:
    """Say before a list is screened, which may take hours, that its best could not be told.

    Parameters
    ----------
    columns : tuple of str or None
        That are to be written; None for all.

    Raises
    ------
    UsageError
        If the order needs others.
    """
    from ligandkb.screening.best import NEEDED  # noqa: PLC0415
    from ligandkb.screening.rows import CAS_IN_LIST  # noqa: PLC0415

    _refuse_lacking("--top: the best can't be told", (*NEEDED, CAS_IN_LIST), columns)


def refuse_columns_without_duplicates(columns: tuple[str, ...] | None) -> None:
    """Say before a list is screened that its duplicates could not be found; as :func:`refuse_columns_without_order`."""
    from ligandkb.screening.duplicates import NEEDED  # noqa: PLC0415

    _refuse_lacking("--duplicates: they can't be found", NEEDED, columns)


def _refuse_lacking(what: str, needed: Sequence[str], columns: tuple[str, ...] | None) -> None:
    from ligandkb.screening.rows import ALWAYS  # noqa: PLC0415

    lacking = [name for name in needed if columns is not None and name not in (*ALWAYS, *columns)]
    if lacking:
        raise UsageError(f"{what} without {', '.join(lacking)}: name these in --columns, too")


def say_what_may_hurt(folder: Folder, manifest: Manifest) -> None:
    """Say how many lines are kept out for what they may do, and name the first, where no best rows are shown.

    Parameters
    ----------
    folder : Folder
        Of a finished screen.
    manifest : Manifest
        Of that folder.
    """
    from ligandkb.reports.screened import kept_out_lines  # noqa: PLC0415 - loads what draws pages, too
    from ligandkb.screening.kept import kept_out_of  # noqa: PLC0415

    if not manifest.rows:
        return
    found = kept_out_of(folder, manifest)
    if found is None:
        lines = ["which lines are vetoed can't be told without the columns verdict and verdict_reason"]
    else:
        lines = kept_out_lines(*found)
    put_and_go_on("\n".join(lines))


def show_best(kb: KnowledgeBase, folder: Folder, count: int) -> None:
    """Keep the best of a screen in its folder, as a page and as a table, and show the first of them.

    Parameters
    ----------
    kb : KnowledgeBase
    folder : Folder
        Of a finished screen.
    count : int
        Binding forms.
    """
    from ligandkb.reports.render import render  # noqa: PLC0415 - only who asks for the best waits for these
    from ligandkb.reports.screened import top_page, top_rows, top_screen  # noqa: PLC0415
    from ligandkb.screening.top import top_of  # noqa: PLC0415

    top = top_of(kb, folder, count)
    for name, document in ((PAGE, top_page(top)), (TABLE, top_rows(top))):
        folder.write(name, render(document, name.rpartition(".")[2]).encode())
        say(f"written: {folder.path(name)}")
    show(top_screen(top), "table")
