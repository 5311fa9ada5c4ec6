"""What does an answer consist of, before anybody decides how it looks?

A content file fills a :class:`Document` once; :mod:`ligandkb.reports.text`, ``markdown``, ``html`` and
``machine`` show it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Tone = Literal["", "good", "warn", "bad", "faint", "strong"]
"""What a reader shall see at a glance; never said by colour alone."""


@dataclass(frozen=True)
class Span:
    """A piece of text that is more than plain.

    Attributes
    ----------
    text : str
    code : bool
        Shown as it is typed: a SMILES, an identifier.
    tone : str
    link : str
        Address that the text leads to where links can be shown; what isn't https is never one.
    place : float, optional
        Where it stands in a column of numbers that is sorted; by default the first number of its text.
    """

    text: str
    code: bool = False
    tone: Tone = ""
    link: str = ""
    place: float | None = None


@dataclass(frozen=True)
class Figure:
    """A picture, and the text that stands for it where pictures can't be shown.

    Attributes
    ----------
    alt : str
        Such as the SMILES of a drawn molecule.
    draw : callable
        Makes the SVG; blank where that is impossible. Called only where the picture is shown.
    code : bool
        Whether that text is shown as it is typed: a SMILES, not a name.
    names : tuple of str
        What else the thing drawn is called: a page finds rows by it and doesn't show it.
    """

    alt: str
    draw: Callable[[], str] = field(repr=False)
    code: bool = True
    names: tuple[str, ...] = ()


Text: TypeAlias = str | Span
Cell: TypeAlias = Text | Figure


@dataclass(frozen=True)
class Item:
    """One statement: its parts stand a blank apart, and what belongs to it stands under it."""

    parts: tuple[Cell, ...]
    under: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Items:
    """Statements; steps are numbered."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Facts:
    """Quantities with their values, in words."""

    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
    right : bool
        Set to the right: numbers.
    wraps : bool
        May be broken between words.
    second : bool
        Stands on the second line of its row where the table is wider than the page, under a heading of its own.
    below : bool
        Stands under its row where the table is wider than the page.
    alarming : bool
        What hurts: comes first there, on lines of its own.
    pictured : bool
        Shown only where pictures can be.
    kind : str
        How it is sorted: as numbers, or as text.
    chosen : bool
        Has few words, of which a reader may choose those to look at.
    on_demand : bool
        On a page shown when it is asked for.
    names : bool
        Says which row it is.
    """

    name: str
    right: bool = False
    wraps: bool = False
    second: bool = False
    below: bool = False
    alarming: bool = False
    pictured: bool = False
    kind: Literal["text", "number"] = "text"
    chosen: bool = False
    on_demand: bool = False
    names: bool = False


@dataclass(frozen=True)
class Table:
    """Columns and their rows.

    Attributes
    ----------
    columns, rows : tuple
    opened : tuple of tuple of Block
        For each row what is shown when it is opened, on a page; empty where no row opens. Text and Markdown leave
        it out.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    opened: tuple[tuple[Block, ...], ...] = ()

    def without_pictures(self) -> Table:
        """The same without the columns that are nothing without pictures."""
        kept = [place for place, column in enumerate(self.columns) if not column.pictured]
        rows = tuple(tuple(row[place] for place in kept) for row in self.rows)
        return Table(tuple(self.columns[place] for place in kept), rows, self.opened)


@dataclass(frozen=True)
class Typed:
    """What a reader can paste into a shell.

    Attributes
    ----------
    lines : tuple of str
        A command each, quoted.
    """

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Blocks under a heading; an alarming one is set apart from the rest."""

    title: str
    blocks: tuple[Block, ...]
    alarming: bool = False


Block: TypeAlias = Facts | Items | Table | Figure | Typed | Section


@dataclass(frozen=True)
class Document:
    """One answer, for people and for programs.

    Attributes
    ----------
    title : str
    blocks : tuple
        In the order of reading: danger first.
    data : mapping, sequence or tuple of Document
        For programs: the fields of one result, rows of results, or answers that are set side by side.
    meta : mapping
        Version, hash of data and rules, and what else it was made from.
    footer : tuple of str
        The same in words.
    csv_columns : tuple of str
        Of the rows that ``data`` are or has as ``rows``, where they are a table.
    blanks : tuple of str
        What is filled in by hand on a printed page.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    data: Any = field(default=(), repr=False)
    meta: Mapping[str, Any] = field(default_factory=dict, repr=False)
    footer: tuple[str, ...] = ()
    csv_columns: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()


def items(*lines: str | Item, numbered: bool = False) -> Items:
    """Make a list of statements.

    Examples
    --------
    >>> items("stir").items[0].parts
    ('stir',)
    """
    return Items(tuple(one if isinstance(one, Item) else Item((one,)) for one in lines), numbered)


def table(
    columns: Sequence[str | Column], rows: Sequence[Sequence[Cell]], opened: Sequence[Sequence[Block]] = ()
) -> Table:
    """Make a table; a column that is named by its text alone is plain."""
    made = tuple(Column(one) if isinstance(one, str) else one for one in columns)
    return Table(made, tuple(map(tuple, rows)), tuple(map(tuple, opened)))


def signed(document: Document, meta: Mapping[str, Any]) -> Document:
    """Say in a document what it was made with."""
    return replace(document, meta=meta, footer=(made_with(meta),))


def made_with(meta: Mapping[str, Any]) -> str:
    """Say which version and which data and rules an output was made with, and what a lab's rows replaced."""
    said = f"ligandkb {meta['version']}"
    if meta.get("content"):
        said += f", data and rules {meta['content']}"
    if meta.get("overlays"):
        said += f", overlays {', '.join(meta['overlays'])}"
    if meta.get("overlaid"):
        said += f" ({'; '.join(meta['overlaid'])})"
    return said


def shown(cell: Cell) -> str:
    """What a cell says, without how."""
    return cell if isinstance(cell, str) else cell.alt if isinstance(cell, Figure) else cell.text
