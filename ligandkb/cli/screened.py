"""How does what came out on top of a list reach the reader?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ligandkb.cli.output import say, show
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.screening.folder import Folder

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

    needed = (*NEEDED, CAS_IN_LIST)
    lacking = [name for name in needed if columns is not None and name not in ("line", "id", *columns)]
    if lacking:
        raise UsageError(
            f"--top: the best can't be told without {', '.join(lacking)}: name these in --columns, too"
        )


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
