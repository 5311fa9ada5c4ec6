"""How is the answer of a calculation shown?

A title, some quantities, perhaps a table, and what to keep in mind: as text, as Markdown, or as JSON
with every number in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from ligandkb.reports.literal import markdown_text, to_json, to_markdown, visible
from ligandkb.reports.plain import plain

TEXT_WIDTH = 100
"""Width of running text in characters."""

_ASCII = str.maketrans(
    {
        "±": "+/-",
        "µ": "u",
        "×": "x",
        "²": "^2",
        "³": "^3",
        "→": "->",
        "−": "-",
        "λ": "lambda",
        "τ": "tau",
        "β": "beta",
        "σ": "sigma",
        "γ": "gamma",
        "α": "alpha",
        "·": "*",
        "°": "deg ",
        "≥": ">=",
        "≤": "<=",
        "å": "a",
    }
)


@dataclass(frozen=True)
class Answer:
    """The answer of one calculation.

    Attributes
    ----------
    title : str
    facts : tuple of (str, str)
        Quantity and value, in words.
    columns : tuple of str
    rows : tuple of tuple of str
        A table, if any.
    notes : tuple of str
        What to keep in mind.
    results : tuple
        The results themselves, for JSON: one row each.
    """

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    results: tuple[Any, ...] = field(default=(), repr=False)


def render_answer(answer: Answer, form: str, meta: Mapping[str, Any]) -> str:
    """Write an answer as ``text``, ``md`` or ``json``.

    Parameters
    ----------
    answer : Answer
    form : str
    meta : mapping
        Version, and the hash of data and rules where any were used.

    Returns
    -------
    str

    Examples
    --------
    >>> print(render_answer(Answer("Traps", (("N_trap", "204 ± 26"),)), "text", {"version": "0"}))
    Traps
    <BLANKLINE>
      N_trap  204 ± 26
    <BLANKLINE>
    ligandkb 0
    """
    if form == "json":
        return to_json(dict(meta), [plain(result) for result in answer.results])
    footer = made_with(meta)
    if form == "md":
        parts = [f"# {markdown_text(answer.title)}\n"]
        if answer.facts:
            parts.append(to_markdown(("quantity", "value"), answer.facts))
        if answer.rows:
            parts.append(to_markdown(answer.columns, answer.rows))
        if answer.notes:
            parts.append("\n".join(f"- {markdown_text(note)}" for note in answer.notes) + "\n")
        return "\n".join([*parts, f"_{markdown_text(footer)}_"])
    blocks = [visible(answer.title)]
    if answer.facts:
        blocks.append("\n".join(aligned(answer.facts, indent="  ")))
    if answer.rows:
        blocks.append("\n".join(aligned([answer.columns, *answer.rows], indent="  ")))
    if answer.notes:
        blocks.append("\n".join(line for note in answer.notes for line in item(note)))
    return "\n\n".join([*blocks, visible(footer)])


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


def aligned(rows: Sequence[Sequence[str]], *, indent: str = "") -> list[str]:
    """Set cells in columns, two blanks apart; the last column isn't padded.

    Examples
    --------
    >>> aligned([("a", "1"), ("long", "2")])
    ['a     1', 'long  2']
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(shown[0]))]
    return [
        indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def item(text: str, *, mark: str = "- ") -> list[str]:
    """Wrap one statement behind a mark; long words (DOIs, SMILES) are never cut.

    Examples
    --------
    >>> item("short")
    ['- short']
    """
    return wrap(
        visible(text),
        TEXT_WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [mark.rstrip()]


def for_encoding(text: str, encoding: str | None) -> str:
    """Spell out signs that a terminal without Unicode can't show.

    Examples
    --------
    >>> for_encoding("204 ± 26 µM", "ascii"), for_encoding("204 ± 26", "utf-8")
    ('204 +/- 26 uM', '204 ± 26')
    """
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_ASCII)
    return text
