"""How does what came out on top of a list reach the reader?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ligandkb.cli.output import say, show

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.screening.folder import Folder

MOST = 1000
"""Rows of a page that opens in an instant."""
PAGE, TABLE = "top.html", "top.csv"


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
