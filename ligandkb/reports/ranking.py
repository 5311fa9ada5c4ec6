"""How is a ranking printed?"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ligandkb.ranking.dangers import ProductDanger
from ligandkb.ranking.frame import COLUMNS, Ranking
from ligandkb.ranking.qualifiers import observed_text
from ligandkb.reports.answer import made_with
from ligandkb.reports.dangers import NOT_ASSESSED, danger_text
from ligandkb.reports.literal import flat, to_csv, to_json, to_markdown, visible

if TYPE_CHECKING:
    from rich.console import Console

NOBODY_LOOKED: Mapping[str, ProductDanger] = MappingProxyType({})
WIDE = 180
"""Terminal width in characters from which columns may stand side by side and structures are shown."""

NO_CLEARANCE = "No tag is not a clearance: read the safety data sheet of each product before you open it."


def render_ranking(
    ranking: Ranking, form: str, dangers: Mapping[str, ProductDanger] = NOBODY_LOOKED
) -> str | None:
    """Render a ranking as ``csv``, ``json`` or ``md``; None for ``table``, which :func:`print_table` prints.

    Parameters
    ----------
    ranking : Ranking
    form : str
    dangers : mapping
        As from :func:`ligandkb.reports.dangers.product_dangers`; without it no label counts as read.

    Returns
    -------
    str or None
    """
    rows, meta = records(ranking), attributes(ranking)
    if form == "json":
        return to_json(meta, rows)
    if form == "csv":
        return to_csv(COLUMNS, rows)
    if form == "md":
        columns = [name for name, _ in _TABLE] + ["SMILES"]
        cells = [[*_cells(row, dangers), str(row["binding_form_smiles"])] for row in rows]
        notes = "\n".join(f"- {line}" for line in footer(meta))
        return to_markdown(columns, cells, code=("SMILES", "binding form", "buy")) + "\n" + notes + "\n"
    return None


def records(ranking: Ranking) -> list[dict[str, Any]]:
    """Rows of a ranking by column name."""
    return [{str(name): value for name, value in row.items()} for row in ranking.to_dict("records")]


def attributes(ranking: Ranking) -> dict[str, Any]:
    """What a ranking was made from."""
    return {str(name): value for name, value in ranking.attrs.items()}


def print_table(ranking: Ranking, dangers: Mapping[str, ProductDanger] = NOBODY_LOOKED) -> None:
    """Print a ranking so that no word is broken, with the notes that belong to it.

    On a terminal too narrow for a table each pair gets a line of its own; its safety, what to buy and, from
    :data:`WIDE` on, its SMILES stand below it.

    Parameters
    ----------
    ranking : Ranking
    dangers : mapping
        As from :func:`ligandkb.reports.dangers.product_dangers`; without it no label counts as read.
    """
    from ligandkb.reports.terminal import standard_output  # noqa: PLC0415 - only tables need rich

    console = standard_output()
    unicode = (sys.stdout.encoding or "ascii").lower().replace("-", "") in ("utf8", "utf16", "utf8sig")
    rows = records(ranking)
    shown = [[*_cells(row, dangers), str(row["binding_form_smiles"])] for row in rows]
    columns = [name for name, _ in (*_TABLE, _SMILES)]
    if console.width >= max(WIDE, _least_width(columns, shown)):
        _print_wide(console, shown, unicode=unicode)
    else:
        _print_narrow(console, shown, unicode=unicode)
    for line in footer(attributes(ranking)):
        for part in _wrapped(line, console.width):
            console.print(part, soft_wrap=True)


def _least_width(columns: Sequence[str], shown: Sequence[Sequence[str]]) -> int:
    """Width in characters below which a table of these columns would cut something."""
    total = 3 * len(columns) + 1  # a blank on either side of each cell and one between them
    for position, name in enumerate(columns):
        cells = [name, *(visible(cells[position]) for cells in shown)]
        if name in _LEAST:
            cells = [word for cell in cells for word in cell.split()] if name in _PROSE else [name]
        total += max(_LEAST.get(name, 0), *(len(cell) for cell in cells))
    return total


def _print_wide(console: Console, shown: Sequence[Sequence[str]], *, unicode: bool) -> None:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False, expand=False)
    for position, (name, style) in enumerate((*_TABLE, _SMILES)):
        is_prose = name in _PROSE
        words = [word for cells in shown for word in visible(cells[position]).split()] if is_prose else []
        least = max([_LEAST[name], *map(len, words)]) if name in _LEAST else None
        table.add_column(
            Text(name),
            justify="right" if name in ("#", "score") else "left",
            style=style,
            no_wrap=not is_prose and name != "SMILES",
            overflow="fold" if name == "SMILES" else "ellipsis",
            min_width=least,
        )
    for cells in shown:
        table.add_row(
            *(
                Text(visible(cell), style=_style(name, cell))
                for (name, _), cell in zip((*_TABLE, _SMILES), cells, strict=True)
            )
        )
    console.print(table)


def _print_narrow(console: Console, table: Sequence[Sequence[str]], *, unicode: bool) -> None:
    from rich.text import Text  # noqa: PLC0415

    dots = "…" if unicode else "..."
    shown = [dict(zip((name for name, _ in (*_TABLE, _SMILES)), cells, strict=True)) for cells in table]
    columns = ["#", "pair", "verdict", "score", "measured"]
    for cells in shown:
        cells["pair"] = cells["binding form"] + (
            "" if cells["partner"] == "none" else f" + {cells['partner']}"
        )
    widths = _widths(shown, columns)
    # Rather than the pair's name the score's range and what weakens a measurement go to the second line.
    for shorten in (_without_range, _without_qualifiers):
        if sum(widths.values()) + 2 * len(columns) > console.width:
            shown = [shorten(cells) for cells in shown]
            widths = _widths(shown, columns)
    for cells in shown:
        cells["safety"] += f"; buy: {cells['buy']}"
        if console.width >= WIDE:
            cells["safety"] += f"; SMILES: {cells['SMILES']}"
    others = sum(width + 2 for name, width in widths.items() if name != "pair")
    widths["pair"] = min(widths["pair"], console.width - others)
    indent = " " * (widths["#"] + 2)
    for cells in [{**{name: name for name in columns}, "safety": "safety; buy"}, *shown]:
        line = Text()
        for name in columns:
            text = visible(cells[name])
            if len(text) > widths[name]:
                text = text[: widths[name] - len(dots)] + dots
            aligned = text.rjust(widths[name]) if name in ("#", "score") else text.ljust(widths[name])
            line.append(aligned + "  ", style="bold" if name == "pair" else _style(name, cells[name]))
        line.rstrip()
        console.print(line, no_wrap=True, crop=False)
        for part in _wrapped(cells["safety"], console.width, indent):
            console.print(Text(part, style=_style("safety", cells["safety"])), no_wrap=True, crop=False)
    console.print()


def _without_range(cells: dict[str, str]) -> dict[str, str]:
    score, _, interval = cells["score"].partition(" ")
    return cells | {
        "score": score,
        "safety": cells["safety"] + (f"; score range {interval}" if interval else ""),
    }


def _without_qualifiers(cells: dict[str, str]) -> dict[str, str]:
    effect, _, qualifiers = cells["measured"].removesuffix(")").partition(" (")
    if not qualifiers:
        return cells
    return cells | {"measured": f"{effect}*", "safety": f"{cells['safety']}; *{qualifiers}"}


def _widths(shown: Sequence[Mapping[str, str]], columns: Sequence[str]) -> dict[str, int]:
    return {name: max([len(name), *(len(visible(cells[name])) for cells in shown)]) for name in columns}


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of a text, broken between words alone."""
    return wrap(
        visible(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def footer(meta: Mapping[str, Any]) -> list[str]:
    """Lines that every ranking ends with: what was ranked, how good that is, and what it can't say."""
    shown = (
        f"{meta['shown']} of {meta['pairs']} pairs"
        if meta["shown"] != meta["pairs"]
        else f"{meta['pairs']} pairs"
    )
    lines = [
        f"{shown} for {meta['composition']}. Score: predicted log-odds [range over unknown rules]; "
        "measured: what was observed on this pair (near: on a near pair); X not stated: for a family of "
        "crystals, as Table 1 of the paper; confounded: it has another possible cause.",
        "Order: this pair improved, then a near pair improved, nothing measured or conflict, not improved, "
        "decreased, vetoed; among these by score.",
        _yardsticks(meta["yardsticks"]),
        f"Recommended: {meta['verdicts'].get('recommended', 0)} of {meta['pairs']}. The rules tell kinds of donor "
        "apart, not the members of a kind: equal scores are a tie, in alphabetical order.",
        f"{str(meta['table1_agreement'])[0].upper()}{str(meta['table1_agreement'])[1:]}.",
        meta["gain_bound_sentence"],
        f"Safety: tags of the pair, then what each product's label says; {NOT_ASSESSED}: no label was read. "
        "Codes such as H314 are hazard statements: explain shows all that were read, with sources.",
        NO_CLEARANCE,
        f"{made_with(meta)}. Why: ligandkb explain NAME",
    ]
    if meta["not_computed"]:
        lines.insert(
            1,
            f"{meta['not_computed']} pairs lack a computed hardness and are judged by their topology: "
            "ligandkb compute, with the same --data, or rank --compute.",
        )
    if meta["allow"]:
        lines.insert(0, f"Vetoes lifted on your word: {', '.join(meta['allow'])}.")
    return [*lines, *(f"Overlay: {line}." for line in meta["overlaid"])]


def _yardsticks(found: Sequence[Mapping[str, Any]]) -> str:
    """What verdicts are held against; the native halide pair, where there is one, is there to compare."""
    texts = [
        f"{item['pair']} ({item['score_low']:+.1f})"
        if item["score_low"] == item["score_high"]
        else f"{item['pair']} ({item['score_low']:+.1f} to {item['score_high']:+.1f})"
        for item in found
    ]
    native = f" To compare: the native halide pair, {texts[2]}." if len(texts) > 2 else ""
    return f"Verdicts hold X, Z and zwitterions against {texts[0]}, L against {texts[1]}.{native}"


_TABLE: Sequence[tuple[str, str]] = (
    ("#", ""),
    ("safety", ""),
    ("binding form", "bold"),
    ("partner", ""),
    ("class", ""),
    ("verdict", ""),
    ("score", ""),
    ("measured", ""),
    ("buy", ""),
)
_SMILES = ("SMILES", "")
_PROSE = ("safety", "buy")
"""Columns whose text may be broken between words."""
_LEAST = {"safety": 34, "buy": 26, "SMILES": 20}
"""Widths in characters below which a column that can be broken isn't squeezed."""
_STYLES = {
    "recommended": "green",
    "vetoed": "bold red",
    "unlikely": "dim",
    "improved": "green",
    "conflict": "yellow",
    "decreased": "red",
    "not improved": "red",
}


def _style(name: str, cell: str) -> str:
    if name == "safety":
        return "" if cell.partition(";")[0] in (NOT_ASSESSED, "no tag", name) else "red"
    if name == "measured" and cell.startswith(("improved (", "improved*")):
        return "yellow"
    return _STYLES.get(cell, "") if name in ("verdict", "measured") else ""


def _cells(row: Mapping[str, Any], dangers: Mapping[str, ProductDanger]) -> list[str]:
    return [
        str(row["rank"]),
        danger_text(row["safety"], row["products"][0], dangers),
        row["binding_form"],
        row["partner"],
        row["ligand_class"],
        row["verdict"],
        score_text(row["score"], row["score_low"], row["score_high"]),
        measured_text(row["observed"], row["near_observed"], row["observed_qualifiers"]),
        flat(row["products"]),
    ]


def score_text(score: float, low: float, high: float) -> str:
    """Score with its range, the range left out where nothing is unknown."""
    return f"{score:+.1f}" if low == high else f"{score:+.1f} [{low:+.1f}, {high:+.1f}]"


def measured_text(observed: str | None, near: str | None, qualifiers: Sequence[str] = ()) -> str:
    """What was measured and what weakens it, near pairs named as near."""
    if observed:
        return observed_text(observed, qualifiers)
    return f"near: {near.replace('_', ' ')}" if near else "-"
