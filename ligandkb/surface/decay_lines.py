"""Which lines of an instrument's text are rows of numbers?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ligandkb.problems import InputError, Problem
from ligandkb.tables import MAX_ALIKE, SourceText, shown

NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
# In this order, since a comma may be a decimal one wherever something else separates.
_SEPARATORS = ("\t", ";", " ", ",")
COMMENT = re.compile(r"\s*(?:#|%|!|//)\s*")


@dataclass(frozen=True)
class Line:
    """A line and its cells."""

    number: int
    cells: tuple[tuple[str, int], ...]
    """Text and 1-based column of each cell, blank ones at the end left out."""

    @property
    def is_numeric(self) -> bool:
        """Whether all that stands in it are numbers."""
        return bool(self.cells) and all(NUMBER.fullmatch(text) for text, _ in self.cells if text)


def split_lines(lines: Sequence[str], separator: str) -> list[Line]:
    """Cells of each line; blanks are one separator, the others stand for themselves."""
    found = []
    for number, text in enumerate(lines, 1):
        cells, at = [], 1
        for part in re.split(r"(\s+)", text) if separator == " " else text.split(separator):
            cells.append((part.strip().strip('"'), at + len(part) - len(part.lstrip())))
            at += len(part) + (separator != " ")
        if separator == " ":
            cells = [cell for cell in cells if cell[0]]
        while cells and not cells[-1][0]:
            cells.pop()
        found.append(Line(number, tuple(cells)))
    return found


def separator_of(lines: Sequence[str]) -> str:
    """What separates the numbers of most lines."""
    found = {
        separator: sum(line.is_numeric and len(line.cells) > 1 for line in split_lines(lines, separator))
        for separator in _SEPARATORS
    }
    return max(found, key=lambda separator: found[separator])


def refused(source: SourceText, line: int, what: str, fix: str) -> InputError:
    """Make the error that names a line, what is wrong with it and what to do."""
    return InputError([Problem(source.file, line, 1, what, fix)])


def refuse_strays(source: SourceText, lines: Sequence[str], whole: Sequence[Line], width: int) -> None:
    """Refuse what stands between or below the numbers and is neither one of them nor a comment."""
    rows = {line.number for line in whole}
    strays = [
        number
        for number, text in enumerate(lines, 1)
        if number > whole[0].number and number not in rows and text.strip() and not COMMENT.match(text)
    ]
    if strays:
        more = f" (and {len(strays) - 1} more lines like it)" if len(strays) > 1 else ""
        raise InputError(
            [
                Problem(
                    source.file,
                    number,
                    1,
                    f"{shown(lines[number - 1].strip())} is no row of {width} numbers{more if at == 0 else ''}",
                    "delete this line",
                )
                for at, number in enumerate(strays[:MAX_ALIKE])
            ]
        )
