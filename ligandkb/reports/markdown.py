"""How does a document look in Markdown?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ligandkb.cells import visible
from ligandkb.reports.document import Block, Cell, Document, Facts, Figure, Item, Section, Table, Typed

_BACKTICKS = re.compile("`+")


def markdown(document: Document) -> str:
    r"""Markdown of a document; no text of the data is read as markup.

    Examples
    --------
    >>> print(markdown(Document("a*b", (Facts((("N_trap", "204"),)),))))
    # a\*b
    <BLANKLINE>
    | quantity | value |
    |---|---|
    | N\_trap | 204 |
    """
    parts = [f"# {markdown_text(document.title)}", *_blocks(document.blocks, depth=2)]
    return "\n\n".join([*parts, *(f"_{markdown_text(line)}_" for line in document.footer)]) + "\n"


def _blocks(blocks: Sequence[Block], *, depth: int, alarming: bool = False) -> list[str]:
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Section):
            parts.append(f"{'#' * depth} {markdown_text(block.title)}")
            parts += _blocks(block.blocks, depth=depth + 1, alarming=block.alarming)
        elif isinstance(block, Table):
            bare = block.without_pictures()
            parts.append(_table([column.name for column in bare.columns], bare.rows))
        elif isinstance(block, Facts):
            parts.append(_table(["quantity", "value"], block.rows))
        elif isinstance(block, Figure):
            parts.append(markdown_code(block.alt))
        elif isinstance(block, Typed):
            parts.append(_fenced([visible(line) for line in block.lines]))
        elif block.items:
            marks = (f"{number}. " if block.numbered else "- " for number in range(1, len(block.items) + 1))
            lines = (_item(one, mark, alarming) for one, mark in zip(block.items, marks, strict=True))
            parts.append("\n".join(lines))
    return parts


def _fenced(lines: Sequence[str]) -> str:
    """Lines as a block of code, behind a fence that is longer than any run of backticks in them."""
    longest = max((len(run) for line in lines for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}sh", *lines, fence])


def _item(item: Item, mark: str, alarming: bool) -> str:
    said = " ".join(map(_cell, item.parts))
    under = [_item(one, " " * len(mark) + "- ", alarming=False) for one in item.under]
    return "\n".join([mark + (f"**{said}**" if alarming else said), *under])


def _table(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    head, *lines = ([*map(_cell, cells)] for cells in (names, *rows))
    rule = "|" + "---|" * len(names)
    return "\n".join([_row(head), rule, *map(_row, lines)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return markdown_text(cell)
    if isinstance(cell, Figure):
        return markdown_code(cell.alt)
    return markdown_code(cell.text) if cell.code else markdown_text(cell.text)


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = visible(text).replace("\\", "\\\\")
    for character in "|*_`<":
        escaped = escaped.replace(character, "\\" + character)
    return escaped.replace("](", "]\\(")  # [nH] stays as it is; only a link would be read


def markdown_code(text: str) -> str:
    """Text as a code span, with the bar that would end a table cell escaped."""
    shown = visible(text).replace("|", "\\|")
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}" if shown else ""
