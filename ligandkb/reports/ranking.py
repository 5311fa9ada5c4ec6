"""How is a ranking printed?"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.ranking.frame import COLUMNS, Ranking
from ligandkb.reports.literal import flat, to_csv, to_json, to_markdown, visible

WIDE = 150
"""Terminal width in characters from which SMILES get a column of their own."""
PIPED_WIDTH = 4000
"""Width of a table that doesn't go to a terminal: wide enough that no cell is ever wrapped."""

NO_CLEARANCE = "No tag is not a clearance: read the safety data sheet of each product before you open it."


def render_ranking(ranking: Ranking, form: str) -> str | None:
    """Render a ranking as ``csv``, ``json`` or ``md``; None for ``table``, which :func:`print_table` prints."""
    rows, meta = records(ranking), attributes(ranking)
    if form == "json":
        return to_json(meta, rows)
    if form == "csv":
        return to_csv(COLUMNS, rows)
    if form == "md":
        columns = [name for name, _ in _TABLE] + ["SMILES"]
        cells = [[*_cells(row), str(row["binding_form_smiles"])] for row in rows]
        notes = "\n".join(f"- {line}" for line in footer(meta))
        return to_markdown(columns, cells, code=("SMILES", "binding form", "buy")) + "\n" + notes + "\n"
    return None


def records(ranking: Ranking) -> list[dict[str, Any]]:
    """Rows of a ranking by column name."""
    return [{str(name): value for name, value in row.items()} for row in ranking.to_dict("records")]


def attributes(ranking: Ranking) -> dict[str, Any]:
    """What a ranking was made from."""
    return {str(name): value for name, value in ranking.attrs.items()}


def print_table(ranking: Ranking) -> None:
    """Print a ranking as a table that fits the terminal, with the notes that belong to it."""
    from rich import box  # noqa: PLC0415 - only tables need rich
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    is_terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        markup=False,
        highlight=False,
        emoji=False,
        width=None if is_terminal else PIPED_WIDTH,
    )
    wide = console.width >= WIDE
    unicode = (sys.stdout.encoding or "ascii").lower().replace("-", "") in ("utf8", "utf16", "utf8sig")
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False, expand=False)
    narrow_hidden = () if console.width >= 110 else ("class", "buy")
    shown = [(name, style) for name, style in _TABLE if name not in narrow_hidden]
    for name, style in shown:
        table.add_column(
            Text(name), justify="right" if name in ("#", "score") else "left", style=style, overflow="fold"
        )
    if wide:
        table.add_column(Text("SMILES"), overflow="fold")
    for row in records(ranking):
        by_name = dict(zip([name for name, _ in _TABLE], _cells(row), strict=True))
        cells = [Text(visible(by_name[name]), style=_style(name, by_name[name])) for name, _ in shown]
        if wide:
            cells.append(Text(visible(str(row["binding_form_smiles"]))))
        table.add_row(*cells)
    console.print(table)
    for line in footer(attributes(ranking)):
        console.print(Text(visible(line)))


def footer(meta: Mapping[str, Any]) -> list[str]:
    """Lines that every ranking ends with: what was ranked, how good that is, and what it can't say."""
    shown = (
        f"{meta['shown']} of {meta['pairs']} pairs"
        if meta["shown"] != meta["pairs"]
        else f"{meta['pairs']} pairs"
    )
    lines = [
        f"{shown} for {meta['composition']}. Score: predicted log-odds [range over unknown rules]; "
        "measured: what was observed on this pair (near: on a near pair).",
        f"{str(meta['table1_agreement'])[0].upper()}{str(meta['table1_agreement'])[1:]}.",
        meta["gain_bound_sentence"],
        NO_CLEARANCE,
        f"ligandkb {meta['version']}, data and rules {meta['content']}"
        + (f", overlays {', '.join(meta['overlays'])}" if meta["overlays"] else "")
        + ". Why: ligandkb explain NAME",
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
        return "red" if cell != "-" else ""
    return _STYLES.get(cell, "") if name in ("verdict", "measured") else ""


def _cells(row: Mapping[str, Any]) -> list[str]:
    safety = row["safety"]
    tags = [
        *(f"VETO {kind}" for kind in safety["vetoes"]),
        *(f"{kind} (allowed)" for kind in safety["lifted"]),
    ]
    tags += [tag for tag in safety["tags"] if tag not in safety["vetoes"]]
    return [
        str(row["rank"]),
        ", ".join(tags) or "-",
        row["binding_form"],
        row["partner"],
        row["ligand_class"],
        row["verdict"],
        score_text(row["score"], row["score_low"], row["score_high"]),
        measured_text(row["observed"], row["near_observed"]),
        flat(row["products"]),
    ]


def score_text(score: float, low: float, high: float) -> str:
    """Score with its range, the range left out where nothing is unknown."""
    return f"{score:+.1f}" if low == high else f"{score:+.1f} [{low:+.1f}, {high:+.1f}]"


def measured_text(observed: str | None, near: str | None) -> str:
    """What was measured, near pairs named as near."""
    if observed:
        return observed.replace("_", " ")
    return f"near: {near.replace('_', ' ')}" if near else "-"
