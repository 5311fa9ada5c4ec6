"""Which columns of an instrument's text are times and counts?

What PicoQuant, Edinburgh Instruments, Horiba and others export as text: lines of metadata, then numbers in columns;
from a PicoHarp or TimeHarp counts alone under ``#counts`` with the width of a bin under ``#ns/channel``; from Horiba's
programs numbers of channels with ``Time calibration:`` above them. What can't be told from the text itself is refused
with the line, and with what to say or delete.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ligandkb.problems import InputError
from ligandkb.surface.decay_lines import COMMENT, NUMBER, refuse_strays, refused, separator_of, split_lines
from ligandkb.tables import MAX_ALIKE, Cell, Row, SourceText, shown

WANTED = "the columns wanted are time_ns, counts [note]"
_BIN_WIDTH = re.compile(r"\s*#\s*ns/channel", re.IGNORECASE)
_COUNTS_BELOW = re.compile(r"\s*#\s*counts", re.IGNORECASE)
_TIME = re.compile(r"(?<![a-z])(?:time|delay|zeit)(?![a-z])|^t(?![a-z])", re.IGNORECASE)
_COUNTS = re.compile(r"count|cnts|decay|intensity|photons|events", re.IGNORECASE)
_NO_DECAY = re.compile(
    r"irf|prompt|response|(?<![a-z])(?:fit|model|lamp|dark|bkg)|resid|weight|background|error|sigma",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"irf|prompt|response|(?<![a-z])lamp", re.IGNORECASE)
_CHANNEL = re.compile(r"chan(?:nel)?s?(?![a-z])", re.IGNORECASE)
_CALIBRATION = re.compile(
    r"\s*time calibration\s*[:=]?\s*(?P<width>[\d.,]+(?:e[+-]?\d+)?)\s*(?P<unit>ps|ns|[uµμ]s|ms|s)\s*/\s*ch",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[\[(/_\s]\s*(ps|ns|[uµμ]s|ms|s)(?![a-z])", re.IGNORECASE)
_IN_NS = {"ps": 1e-3, "ns": 1.0, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9}


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


Wanted = Literal["decay", "response"]


def read_columns(source: SourceText, wanted: Wanted = "decay", column: str | None = None) -> DecayColumns:
    r"""Find times and counts in an instrument's text.

    Parameters
    ----------
    source : SourceText
    wanted : {"decay", "response"}
        Which counts, where there are both; what holds no response by name is one itself.
    column : str, optional
        Name or number of the column of counts, where several may hold them; the first column is 1.

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
    histogram = _histogram(source, lines, column)
    if histogram is not None:
        return histogram
    separator = separator_of(lines)
    numeric = [line for line in split_lines(lines, separator) if line.is_numeric and len(line.cells) > 1]
    if not numeric:
        what = "no two columns of numbers are in this file"
        raise refused(source, 1, what, f"export times and counts as text; {WANTED}")
    width = Counter(len(line.cells) for line in numeric).most_common(1)[0][0]
    whole = [line for line in numeric if len(line.cells) == width]
    refuse_strays(source, lines, whole, width)
    header = lines[: whole[0].number - 1]
    names, calibration = _names(header, separator, width), _calibration(header)
    time, counts, notes = _chosen(source, whole[0].number, names, width, calibration, wanted, column)
    unit = _UNIT.search(names[time]) if names else None
    if calibration is not None:
        scale = calibration
        notes.append(f"Times are numbers of channels of {scale:g} ns.")
    elif unit is None:
        notes.append("The text doesn't say the unit of its times: taken as ns.")
        scale = 1.0
    else:
        scale = _IN_NS[unit[1].lower()]
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


def _calibration(header: Sequence[str]) -> float | None:
    """Width of a channel in ns, where the header says it."""
    found = next(filter(None, map(_CALIBRATION.match, header)), None)
    return None if found is None else _value(found["width"]) * _IN_NS[found["unit"].lower()]


def _value(text: str) -> float:
    return float(text.replace(",", "."))


def _histogram(source: SourceText, lines: Sequence[str], column: str | None) -> DecayColumns | None:
    """Counts alone, with the width of a bin above them, as a PicoHarp or TimeHarp writes them."""
    below = next((at for at, text in enumerate(lines) if _COUNTS_BELOW.match(text)), None)
    above = next((at for at, text in enumerate(lines) if _BIN_WIDTH.match(text)), None)
    if below is None or above is None:
        return None
    split = split_lines(lines, " ")
    widths = split[above + 1].cells
    curves = [line for line in split[below + 1 :] if line.cells]
    if not widths or not NUMBER.fullmatch(widths[0][0]) or not _value(widths[0][0]) > 0:
        raise refused(source, above + 2, "no width of a bin", "write it in ns below #ns/channel")
    if not curves:
        raise refused(source, below + 1, "no counts below this line", "export the histogram again")
    width, at = len(curves[0].cells), 0
    if column is not None:
        at = _named(source, curves[0].number, [str(number) for number in range(1, width + 1)], column)
    elif width > 1:
        what = f"{width} curves stand side by side"
        raise refused(
            source,
            curves[0].number,
            what,
            f"say --column 1 to {width}, or delete all columns of counts but one",
        )
    whole = [line for line in curves if line.is_numeric and len(line.cells) == width]
    refuse_strays(source, lines, whole, width)
    step = _value(widths[at if at < len(widths) else 0][0])
    rows = tuple(
        Row(
            source.file, line.number, {"counts": Cell(line.cells[at][0], line.number, line.cells[at][1])}, " "
        )
        for line in whole
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
        for line in split_lines(header, separator)
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
    near = [re.sub(r"\s+(?=[\[(])", "", COMMENT.sub("", text, count=1)) for text in header if text.strip()][
        -2:
    ]
    # A header may be spaced out by hand over columns that tabs separate.
    near = [
        text if separator == " " or separator in text else re.sub(r" {2,}", separator, text) for text in near
    ]
    named = [
        [text for text, _ in line.cells][:width]
        for line in split_lines(near, separator)
        if len(line.cells) >= width
    ]
    if separator == " ":  # words of a sentence
        named = [one for one in named if any(map(_TIME.search, one))]
    return [" ".join(parts) for parts in zip(*named, strict=True)]


def _chosen(
    source: SourceText,
    first_line: int,
    names: Sequence[str],
    width: int,
    calibration: float | None,
    wanted: Wanted,
    column: str | None,
) -> tuple[int, int, list[str]]:
    """Which column holds the times and which the counts, and how that was told."""
    line = max(first_line - 1, 1)
    if not names:
        if column is not None:
            return 0, _named(source, first_line, [str(number) for number in range(1, width + 1)], column), []
        if width > 2:
            what = f"{width} columns of numbers without names"
            fix = "say --column NUMBER, or delete all but the times and the counts"
            raise refused(source, first_line, what, fix)
        return 0, 1, ["No line names the columns: the first was read as times, the second as counts."]
    quoted = [shown(name) for name in names]
    times = [
        at
        for at, name in enumerate(names)
        if _TIME.search(name) or (calibration is not None and _CHANNEL.search(name))
    ]
    others = [at for at in range(width) if at not in times]
    decays = [at for at in others if not _NO_DECAY.search(names[at])]
    responses = [at for at in others if _RESPONSE.search(names[at])]
    counts = [at for at in decays if _COUNTS.search(names[at])] or decays
    if column is not None:
        counts = [_named(source, line, names, column)]
    elif wanted == "response" and responses:
        counts = responses
    if not times or not counts:
        what = f"none of the columns {', '.join(quoted)} holds {'counts' if times else 'times'}"
        raise refused(source, line, what, f"delete the others and name the two; {WANTED}")
    if len(counts) > 1:
        what = f"{len(counts)} columns may hold the counts: {', '.join(quoted[at] for at in counts)}"
        which = "say which with --column, or " if wanted == "decay" else ""
        raise refused(source, line, what, f"{which}delete all of them but one")
    time = max((at for at in times if at < counts[0]), default=times[0])
    left = [quoted[at] for at in range(width) if at not in (time, counts[0])]
    notes = [f"Read: times from {quoted[time]}, counts from {quoted[counts[0]]}."]
    if left:
        notes.append(f"Not read: {', '.join(left)}.")
    return time, counts[0], notes


def _named(source: SourceText, line: int, names: Sequence[str], column: str) -> int:
    """Which column is called so, or has this number."""
    wanted = column.strip().casefold()
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    for alike in (str.__eq__, str.__contains__):
        found = [at for at, name in enumerate(names) if alike(name.casefold(), wanted)]
        if len(found) == 1:
            return found[0]
    there = ", ".join(f"{at} {shown(name)}" for at, name in enumerate(names, 1))
    raise refused(source, line, f"no column {shown(column)}", f"take one of {there}")
