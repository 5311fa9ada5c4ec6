"""How does a chemist say what stands in the lab?"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer

from ligandkb.cli.output import say
from ligandkb.problems import InputError, UsageError

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.learning.proposals import NextBatch
    from ligandkb.planning.shortlist import Shortlist

Answer = TypeVar("Answer", "Shortlist", "NextBatch")
TABLE_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
"""How a file ends that is read as a supplier's or a lab's table."""
LONGEST_LIST_BYTES = 5_000_000
MOST_PROBLEMS = 5
"""That are shown of a table; ligandkb import shows all."""

Have: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="What stands in the lab: csv, tsv or xlsx, or one name or CAS number a line. It is preferred among "
        "equals, and not bought."
    ),
]
Mapped: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="COLUMN=HEADING",
        help="What a heading of --have is, e.g. name=Bezeichnung; repeat.",
    ),
]


@dataclass(frozen=True)
class ReadShelf:
    """What a file said of the lab.

    Attributes
    ----------
    kb : KnowledgeBase
        With the bottles of a table as offers.
    names : tuple of str
        Lines of a plain list.
    set_aside : tuple of str
        Lines of a table that could not be read, and why.
    """

    kb: KnowledgeBase
    names: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()


@contextmanager
def said_below() -> Iterator[None]:
    """Keep the notes on a shelf that Python warns of: :func:`with_set_aside` says them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "have: ", UserWarning)
        yield


def with_set_aside(found: Answer, shelf: ReadShelf) -> Answer:
    """An answer with all that wasn't found of what stands in the lab, which is said on stderr, too."""
    said = (*shelf.set_aside, *found.meta["not_on_shelf"])
    for one in said:
        say(f"note: --have: {one}")
    return replace(found, meta={**found.meta, "not_on_shelf": list(said)})


def with_shelf(kb: KnowledgeBase, path: Path | None, mapped: Sequence[str]) -> ReadShelf:
    """What stands in the lab by a file: its bottles as offers, and names of products.

    A table is read as ``ligandkb import`` reads one; of a row that says so its bottle is not in stock. Any other file
    holds one name or CAS number a line; what follows a # isn't read.

    Raises
    ------
    UsageError, InputError
        If the file can't be read, or headings are named of what is no table.
    """
    if mapped and (path is None or path.suffix.lower() not in TABLE_ENDINGS):
        raise UsageError(
            f"--map: headings are those of a table: add --have FILE, which ends in {' '.join(TABLE_ENDINGS)}"
        )
    if path is None:
        return ReadShelf(kb)
    if path.suffix.lower() not in TABLE_ENDINGS:
        return ReadShelf(kb, _names_in(path))
    from ligandkb.catalogue.supplier_links import link_products  # noqa: PLC0415 - only a table needs it
    from ligandkb.catalogue.supplier_table import read_supplier_table  # noqa: PLC0415
    from ligandkb.cli.import_table import mapping_of  # noqa: PLC0415

    try:
        table = read_supplier_table(path, mapping_of(mapped), shelf=True)
    except InputError as error:
        say(
            "note: --have: a plain list, one name or CAS number a line, is read from a file that ends in .txt"
        )
        raise error from None
    linked = link_products(table, kb.catalogue)
    for note in table.notes[:MOST_PROBLEMS]:
        say(f"note: --have: {note.what}")
    set_aside = [f"set aside: {problem}" for problem in linked.set_aside[:MOST_PROBLEMS]]
    if (more := len(linked.set_aside) - MOST_PROBLEMS) > 0:
        set_aside.append(f"{more} more, see ligandkb import {path}")
    known = {product.id for product in linked.known}
    bottles = [
        replace(one, in_stock=one.in_stock is not False) for one in linked.offers if one.product_id in known
    ]
    catalogue = replace(kb.catalogue, offers=(*kb.catalogue.offers, *bottles))
    return ReadShelf(replace(kb, catalogue=catalogue), set_aside=tuple(set_aside))


def _names_in(path: Path) -> tuple[str, ...]:
    try:
        if path.stat().st_size > LONGEST_LIST_BYTES:
            raise UsageError(f"--have: {path} is larger than 5 MB: give a list of what stands in the lab")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it isn't UTF-8 text"
        raise UsageError(f"--have: can't read {path}: {reason}") from error
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
