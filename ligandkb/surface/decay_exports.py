"""Which columns of an instrument's text are times and counts?

What PicoQuant, Edinburgh Instruments and others export as text: lines of metadata, then numbers in columns, or,
from a PicoHarp or TimeHarp, counts alone under ``#counts`` with the width of a bin under ``#ns/channel``. What can't
be told from the text itself is refused with the line, and with what to delete.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ligandkb.problems import InputError, Problem
from ligandkb.tables import MAX_ALIKE, Cell, Row, SourceText, shown

WANTED = "the columns wanted are time_ns, counts [note]"
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
# In this order, since a comma may be a decimal one wherever something else separates.
_SEPARATORS = ("\t", ";", " ", ",")
_COMMENT = re.compile(r"\s*(?:#|%|!|//)\s*")
_BIN_WIDTH = re.compile(r"\s*#\s*ns/channel", re.IGNORECASE)
_COUNTS_BELOW = re.compile(r"\s*#\s*counts", re.IGNORECASE)
_TIME = re.compile(r"(?<![a-z])(?:time|delay|zeit)(?![a-z])|^t(?![a-z])", re.IGNORECASE)
_COUNTS = re.compile(r"count|cnts|decay|intensity|photons|events", re.IGNORECASE)
_NO_DECAY = re.compile(
    r"irf|prompt|response|(?<![a-z])(?:fit|model|lamp|dark|bkg)|resid|weight|background|error|sigma",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[\[(/_\s]\s*(ps|ns|[uµμ]s|ms|s)(?![a-z])", re.IGNORECASE)
_IN_NS = {"ps": 1e-3, "ns": 1.0, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9}


@dataclass(frozen=True)
class _Line:
    number: int
    cells: tuple[tuple[str, int], ...]
    """Text and 1-based column of each cell, blank ones at the end left out."""

    @property
    def is_numeric(self) -> bool:
        return bool(self.cells) and all(_NUMBER.fullmatch(text) for text, _ in self.cells if text)


@dataclass(frozen=True)
class DecayColumns:
    """Times and counts of a text, still with the place of each.

    Attributes
    ----------
    rows : tuple of Row
        With the cells ``time_ns`` and ``counts``; where the text has no times, without the first.
    times_ns, counts : tuple of float
    notes : tuple of str
        How the text was read.
    """

    rows: tuple[Row, ...]
    times_ns: tuple[float, ...]
    counts: tuple[float, ...]
    notes: tuple[str, ...]


def is_house_table(source: SourceText) -> bool:
    r"""Whether the first line that is no comment names the columns ``time_ns`` and ``counts``.

    Examples
    --------
    >>> is_house_table(SourceText("a.csv", "# ours\ntime_ns;counts\n")), is_house_table(SourceText("b", "0 1\n"))
    (True, False)
    """
    for line in source.text.splitlines():
        if line.strip() and not line.lstrip().startswith(("#", "sep=")):
            return {"time_ns", "counts"} <= {cell.strip().strip('"') for cell in re.split("[,;\t]", line)}
    return False


def read_columns(source: SourceText) -> DecayColumns:
    r"""Find times and counts in an instrument's text.

    Parameters
    ----------
    source : SourceText

    Returns
    -------
    DecayColumns

    Raises
    ------
    InputError
        Where they can't be told, with the line and what to delete.

    Examples
    --------
    >>> text = "Labels,A\nXAxis,Time(ps)\nYAxis,Counts\n\n0,7,\n500,9,\n"
    >>> found = read_columns(SourceText("a.txt", text))
    >>> found.times_ns, found.counts
    ((0.0, 0.5), (7.0, 9.0))
    """
    lines = source.text.splitlines()
    histogram = _histogram(source, lines)
    if histogram is not None:
        return histogram
    separator = _separator(lines)
    numeric = [line for line in _split(lines, separator) if line.is_numeric and len(line.cells) > 1]
    if not numeric:
        what = "no two columns of numbers are in this file"
        raise _refused(source, 1, what, f"export times and counts as text; {WANTED}")
    width = Counter(len(line.cells) for line in numeric).most_common(1)[0][0]
    whole = [line for line in numeric if len(line.cells) == width]
    _refuse_strays(source, lines, whole, width)
    names = _names(lines[: whole[0].number - 1], separator, width)
    time, counts, notes = _chosen(source, whole[0].number, names, width)
    unit = _UNIT.search(names[time]) if names else None
    if unit is None:
        notes.append("The text doesn't say the unit of its times: taken as ns.")
    scale = _IN_NS[unit[1].lower()] if unit else 1.0
    rows = tuple(
        Row(
            source.file,
            line.number,
            {
                name: Cell(line.cells[at][0], line.number, line.cells[at][1])
                for name, at in (("time_ns", time), ("counts", counts))
            },
            separator,
        )
        for line in whole
    )
    blank = [
        row.problem(name, "no number", "fill it in, or delete this line")
        for row in rows
        for name in ("time_ns", "counts")
        if not row[name]
    ]
    if blank:
        raise InputError(blank[:MAX_ALIKE])
    return DecayColumns(
        rows,
        tuple(_value(row["time_ns"]) * scale for row in rows),
        tuple(_value(row["counts"]) for row in rows),
        tuple(notes),
    )


def _value(text: str) -> float:
    return float(text.replace(",", "."))


def _split(lines: Sequence[str], separator: str) -> list[_Line]:
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
        found.append(_Line(number, tuple(cells)))
    return found


def _separator(lines: Sequence[str]) -> str:
    """What separates the numbers of most lines."""
    found = {
        separator: sum(line.is_numeric and len(line.cells) > 1 for line in _split(lines, separator))
        for separator in _SEPARATORS
    }
    return max(found, key=lambda separator: found[separator])


def _refused(source: SourceText, line: int, what: str, fix: str) -> InputError:
    return InputError([Problem(source.file, line, 1, what, fix)])


def _refuse_strays(source: SourceText, lines: Sequence[str], whole: Sequence[_Line], width: int) -> None:
    """Refuse what stands between or below the numbers and is neither one of them nor a comment."""
    rows = {line.number for line in whole}
    strays = [
        number
        for number, text in enumerate(lines, 1)
        if number > whole[0].number and number not in rows and text.strip() and not _COMMENT.match(text)
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


def _histogram(source: SourceText, lines: Sequence[str]) -> DecayColumns | None:
    """Counts alone, with the width of a bin above them, as a PicoHarp or TimeHarp writes them."""
    below = next((at for at, text in enumerate(lines) if _COUNTS_BELOW.match(text)), None)
    above = next((at for at, text in enumerate(lines) if _BIN_WIDTH.match(text)), None)
    if below is None or above is None:
        return None
    split = _split(lines, " ")
    widths = split[above + 1].cells
    curves = [line for line in split[below + 1 :] if line.cells]
    if not widths or not _NUMBER.fullmatch(widths[0][0]) or not _value(widths[0][0]) > 0:
        raise _refused(source, above + 2, "no width of a bin", "write it in ns below #ns/channel")
    if not curves:
        raise _refused(source, below + 1, "no counts below this line", "export the histogram again")
    if len(curves[0].cells) > 1:
        what = f"{len(curves[0].cells)} curves stand side by side"
        raise _refused(source, curves[0].number, what, "delete all columns of counts but one")
    _refuse_strays(source, lines, [line for line in curves if line.is_numeric and len(line.cells) == 1], 1)
    step = _value(widths[0][0])
    rows = tuple(
        Row(source.file, line.number, {"counts": Cell(line.cells[0][0], line.number, line.cells[0][1])}, " ")
        for line in curves
    )
    return DecayColumns(
        rows,
        tuple(step * index for index in range(len(rows))),
        tuple(_value(row["counts"]) for row in rows),
        (f"Read as a histogram with {step:g} ns a bin; time begins at its first bin.",),
    )


def _names(header: Sequence[str], separator: str, width: int) -> list[str]:
    """Names of the columns, from the nearest lines above the numbers; empty where none names them."""
    axes = {
        cells[0].casefold(): cells[1:]
        for line in _split(header, separator)
        if len(cells := [text for text, _ in line.cells]) > 1
    }
    if "xaxis" in axes:
        counts = " ".join(axes.get("yaxis", ["counts"])[:1])
        labels = axes.get("labels", [])
        return [
            axes["xaxis"][0],
            *(f"{labels[at] if at < len(labels) else at + 1}: {counts}" for at in range(width - 1)),
        ]
    # "Time [ns]" is one name, whatever separates.
    near = [re.sub(r"\s+(?=[\[(])", "", _COMMENT.sub("", text, count=1)) for text in header if text.strip()][
        -2:
    ]
    named = [
        [text for text, _ in line.cells][:width]
        for line in _split(near, separator)
        if len(line.cells) >= width
    ]
    if separator == " ":  # words of a sentence
        named = [one for one in named if any(map(_TIME.search, one))]
    return [" ".join(parts) for parts in zip(*named, strict=True)]


def _chosen(
    source: SourceText, first_line: int, names: Sequence[str], width: int
) -> tuple[int, int, list[str]]:
    """Which column holds the times and which the counts, and how that was told."""
    if not names:
        if width > 2:
            what = f"{width} columns of numbers without names"
            fix = "delete all but the times and the counts, and write time_ns,counts above them"
            raise _refused(source, first_line, what, fix)
        return 0, 1, ["No line names the columns: the first was read as times, the second as counts."]
    quoted = [shown(name) for name in names]
    times = [at for at, name in enumerate(names) if _TIME.search(name)]
    others = [at for at in range(width) if at not in times and not _NO_DECAY.search(names[at])]
    counts = [at for at in others if _COUNTS.search(names[at])] or others
    line = max(first_line - 1, 1)
    if not times or not counts:
        what = f"none of the columns {', '.join(quoted)} holds {'counts' if times else 'times'}"
        raise _refused(source, line, what, f"delete the others and name the two; {WANTED}")
    if len(counts) > 1:
        what = f"{len(counts)} columns may hold the counts: {', '.join(quoted[at] for at in counts)}"
        raise _refused(source, line, what, "delete all of them but one")
    time = max((at for at in times if at < counts[0]), default=times[0])
    left = [quoted[at] for at in range(width) if at not in (time, counts[0])]
    notes = [f"Read: times from {quoted[time]}, counts from {quoted[counts[0]]}."]
    if left:
        notes.append(f"Not read: {', '.join(left)}.")
    return time, counts[0], notes
