"""How does a document look on a terminal, or in a pipe?

No line is longer than the page unless a single word is, and no word is broken: SMILES and identifiers can be
copied. A table wider than the page becomes a few lines a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from textwrap import wrap
from typing import TypeAlias

from rich.cells import cell_len

from ligandkb.cells import visible
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Figure,
    Item,
    Section,
    Span,
    Table,
    Tone,
    Typed,
    shown,
)

_SHELL_WORD = re.compile(r"""(?:'[^']*'|"[^"]*"|\S)+""")
Line: TypeAlias = tuple[Span, ...]
PAGE = 120
"""Width in characters of what doesn't go to a terminal."""
_LEAST = 24
"""Width in characters below which a column that may be broken isn't squeezed."""
_BLANK: Line = ()
_PLAIN: Tone = ""


def text(document: Document, width: int = PAGE) -> str:
    """Plain text of a document.

    Parameters
    ----------
    document : Document
    width : int
        Of the page, in characters.

    Returns
    -------
    str

    Examples
    --------
    >>> print(text(Document("Traps", (Facts((("N_trap", "204 ± 26"),)),), footer=("ligandkb 0",))))
    Traps
    <BLANKLINE>
      N_trap  204 ± 26
    <BLANKLINE>
    ligandkb 0
    """
    return "\n".join(map(_plain, lines(document, width))) + "\n"


def lines(document: Document, width: int = PAGE) -> list[Line]:
    """Lines of a document, each of pieces with their tone."""
    found = _wrapped(document.title, width, tone="strong")
    for block in document.blocks:
        found += [_BLANK, *_block(block, width, "  ")]
    for line in document.footer:
        found += [_BLANK, *_wrapped(line, width, tone="faint")]
    return found


def _block(block: Block, width: int, indent: str, *, alarming: bool = False) -> list[Line]:
    if isinstance(block, Section):
        heading: Tone = "bad" if block.alarming else "strong"
        found = _wrapped(block.title.upper(), width, indent[2:], tone=heading)
        for part in block.blocks:
            # A table and what is said on it belong together; sections are parted.
            found += [_BLANK] if isinstance(part, Section) else []
            found += _block(part, width, indent, alarming=block.alarming)
        return found
    if isinstance(block, Figure):
        return _wrapped(block.alt, width, indent)
    if isinstance(block, Facts):
        return _facts(block, width, indent)
    if isinstance(block, Table):
        return _table(block.without_pictures(), width, indent)
    if isinstance(block, Typed):
        return [(Span(line),) for one in block.lines for line in _typed(visible(one), width, indent)]
    bullet = "! " if alarming else "- "
    marks = [f"{number}. " if block.numbered else bullet for number in range(1, len(block.items) + 1)]
    return [
        line for one, mark in zip(block.items, marks, strict=True) for line in _item(one, width, indent, mark)
    ]


def _wrapped(
    said: str, width: int, indent: str = "", hanging: str | None = None, *, tone: Tone = ""
) -> list[Line]:
    """Lines of a text, broken between words alone."""
    broken = wrap(
        visible(said),
        max(width, len(indent) + 1),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [(Span(line, tone=tone),) for line in broken or [indent.rstrip()]]


def _typed(command: str, width: int, indent: str) -> list[str]:
    """A command in lines that a shell puts together again: broken before an option, else between words."""
    parts: list[str] = []
    for word in _SHELL_WORD.findall(command):
        if not parts or word.startswith("-"):
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    room = width - len(indent) - len(" \\")
    short = [
        word for part in parts for word in ([part] if cell_len(part) <= room else _SHELL_WORD.findall(part))
    ]
    found, line = [], indent
    for part in short:
        if line.strip() and cell_len(line) + cell_len(part) + len(" \\") > width:
            found.append(f"{line}\\")
            line = indent + "    "
        line += f"{part} "
    return [*found, line.rstrip()]


def _item(item: Item, width: int, indent: str, mark: str) -> list[Line]:
    said = " ".join(map(shown, item.parts))
    deeper = indent + " " * len(mark)
    tone = next((part.tone for part in item.parts if isinstance(part, Span)), _PLAIN)
    found = _wrapped(said, width, indent + mark, deeper, tone=tone)
    return found + [line for one in item.under for line in _item(one, width, deeper, "- ")]


def _facts(facts: Facts, width: int, indent: str) -> list[Line]:
    names = [visible(name) for name, _ in facts.rows]
    label = max(map(cell_len, names), default=0)
    hanging = indent + " " * (label + 2)
    found: list[Line] = []
    for name, (_, value) in zip(names, facts.rows, strict=True):
        found += _wrapped(shown(value), width, indent + _set(name, label) + "  ", hanging, tone=_tone(value))
    return found


def _tone(cell: Cell) -> Tone:
    return cell.tone if isinstance(cell, Span) else ""


def _set(said: str, width: int, *, right: bool = False) -> str:
    padding = " " * (width - cell_len(said))
    return padding + said if right else said + padding


def _table(table: Table, width: int, indent: str) -> list[Line]:
    # Names may be data, too: a ligand's, a lab's column's.
    table = replace(table, columns=tuple(replace(one, name=visible(one.name)) for one in table.columns))
    cells = [[visible(shown(cell)) for cell in row] for row in table.rows]
    names = [column.name for column in table.columns]
    natural = [max(map(cell_len, column)) for column in zip(names, *cells, strict=True)]
    room = width - len(indent)
    least = _least(table.columns, cells)
    if sum(least) + 2 * (len(names) - 1) <= room:
        return _grid(table, cells, _shared_out(least, natural, room), indent)
    two_lines = _on_two_lines(table, cells, width, indent)
    return two_lines or _stacked(table, cells, natural, width, indent)


def _least(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[int]:
    """Width below which each column isn't squeezed: that of its longest word, where it may be broken."""
    names = [column.name for column in columns]
    found = []
    for column, *said in zip(columns, names, *cells, strict=True):
        longest = max(map(cell_len, said))
        words = [cell_len(word) for one in said for word in one.split()]
        found.append(min(longest, max(_LEAST, *words)) if column.wraps and words else longest)
    return found


def _shared_out(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Widths of columns: what is left of the room goes to those that would be broken."""
    wanted = sum(natural) - sum(least)
    spare = max(0, room - 2 * (len(least) - 1) - sum(least))
    share = min(1.0, spare / wanted) if wanted else 0.0
    return [low + int((wide - low) * share) for low, wide in zip(least, natural, strict=True)]


def _narrowed(columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int) -> list[int]:
    """Widths of columns that fit a line: what is broken is broken in as few cells as can be.

    A word longer than the line, which can't be broken, overflows in its own row and widens no other.
    """
    lengths, least = [], []
    for column, *said in zip(columns, [one.name for one in columns], *cells, strict=True):
        longest_word = {one: max(map(cell_len, one.split()), default=0) for one in said}
        fitting = [one for one in said if longest_word[one] <= room]
        lengths.append([min(cell_len(one), room) for one in fitting])
        least.append(
            max((longest_word[one] if column.wraps else cell_len(one) for one in fitting), default=1)
        )
    widths = [max(found, default=1) for found in lengths]
    while sum(widths) + 2 * (len(widths) - 1) > room:
        narrower = [place for place, width in enumerate(widths) if width > least[place]]
        if not narrower:
            break
        broken = {place: sum(one >= widths[place] for one in lengths[place]) for place in narrower}
        widths[min(narrower, key=broken.__getitem__)] -= 1
    return widths


def _grid(table: Table, cells: Sequence[Sequence[str]], widths: Sequence[int], indent: str) -> list[Line]:
    """One line a row, more where a cell is broken."""
    found = [
        _heading(table.columns, widths, indent),
        (Span(indent + "  ".join("─" * width for width in widths), tone="faint"),),
    ]
    for row, said in zip(table.rows, cells, strict=True):
        found += _broken_row(table.columns, row, said, widths, indent)
    return found


def _broken_row(
    columns: Sequence[Column],
    row: Sequence[Cell],
    said: Sequence[str],
    widths: Sequence[int],
    indent: str,
) -> list[Line]:
    broken = [
        [line[0].text for line in _wrapped(one, width)] if column.wraps else [one]
        for one, width, column in zip(said, widths, columns, strict=True)
    ]
    tones = [*map(_tone, row)]
    found = []
    for number in range(max(map(len, broken))):
        line = [cell[number] if number < len(cell) else "" for cell in broken]
        # A word that overflows stands alone: beside it the others would stand outside the page.
        overflowing = [place for place, one in enumerate(line) if cell_len(one) > widths[place]]
        beside = ["" if place in overflowing else one for place, one in enumerate(line)]
        if any(beside) or not overflowing:
            found.append(_row(columns, beside, widths, indent, tones))
        for place in overflowing:
            alone = [*[""] * place, line[place]]
            found.append(_row(columns[: place + 1], alone, widths[: place + 1], indent, tones[: place + 1]))
    return found


def _on_two_lines(table: Table, cells: Sequence[Sequence[str]], width: int, indent: str) -> list[Line]:
    """Two grids one inside the other: the second line of each row stands a little further in.

    Nothing where no column belongs on a second line, or the page is too narrow for whole words.
    """
    if not any(column.second for column in table.columns):
        return []
    places_of = [
        [place for place, column in enumerate(table.columns) if column.second is second]
        for second in (False, True)
    ]
    deeper = indent + "  "
    found: list[Line] = []
    grids: list[tuple[list[int], list[Column], list[int], str]] = []
    for places, start in zip(places_of, (indent, deeper), strict=True):
        columns = [table.columns[place] for place in places]
        widths = _narrowed(columns, [[row[place] for place in places] for row in cells], width - len(start))
        grids.append((places, columns, widths, start))
        found.append(_heading(columns, widths, start))
    if any(len(start) + sum(widths) + 2 * (len(widths) - 1) > width for *_, widths, start in grids):
        return []
    longest = max(len(start) + sum(widths) + 2 * (len(widths) - 1) for *_, widths, start in grids)
    found.append((Span(indent + "─" * (longest - len(indent)), tone="faint"),))
    for row, said in zip(table.rows, cells, strict=True):
        for places, columns, widths, start in grids:
            found += _broken_row(
                columns, [row[one] for one in places], [said[one] for one in places], widths, start
            )
    return found


def _plain(line: Line) -> str:
    return "".join(span.text for span in line).rstrip()


def _heading(columns: Sequence[Column], widths: Sequence[int], indent: str) -> Line:
    return _row(columns, [column.name for column in columns], widths, indent, ["strong"] * len(widths))


def _row(
    columns: Sequence[Column], cells: Sequence[str], widths: Sequence[int], indent: str, tones: Sequence[Tone]
) -> Line:
    spans = [Span(indent)]
    for column, cell, width, tone in zip(columns, cells, widths, tones, strict=True):
        spans.append(Span(_set(cell, width, right=column.right) + "  ", tone=tone))
    return tuple(spans)


def _stacked(
    table: Table, cells: Sequence[Sequence[str]], natural: Sequence[int], width: int, indent: str
) -> list[Line]:
    """The first columns in a line, as many as fit, and below it the others with their names."""
    head = [place for place, column in enumerate(table.columns) if not (column.below or column.alarming)]
    while len(head) > 1 and len(indent) + sum(natural[place] + 2 for place in head) - 2 > width:
        head.pop()
    below = [place for place in range(len(table.columns)) if place not in head]
    columns, widths = [table.columns[place] for place in head], [natural[place] for place in head]
    found = [_heading(columns, widths, indent)]
    deeper = indent + " " * (min(widths[0], 2) + 2)
    for row, said in zip(table.rows, cells, strict=True):
        found.append(
            _row(columns, [said[place] for place in head], widths, indent, [_tone(row[one]) for one in head])
        )
        rest = []
        for place in below:
            named = f"{table.columns[place].name}: {said[place]}"
            if table.columns[place].alarming:
                found += _wrapped(named, width, deeper, tone=_tone(row[place]))
            elif said[place] not in ("", "-"):
                rest.append(named)
        if rest:
            found += _wrapped("; ".join(rest), width, deeper)
    return found
