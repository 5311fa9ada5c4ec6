"""Does a prediction agree with what was measured, pair by pair?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ligandkb.assessment.frame import Ranking, attributes, records
from ligandkb.cells import visible
from ligandkb.evidence.reading import read_outcomes
from ligandkb.problems import UsageError
from ligandkb.reports.figures.themes import Theme, blank_figure, themed
from ligandkb.resources import data_directory

IN_SAMPLE = "In-sample: the rules were written with Table 1 in sight"
ROW_HEIGHT_IN = 0.23
FRAME_HEIGHT_IN = 2.1
LONGEST_LABEL = 48

_EFFECTS: Mapping[str, str] = {"improved": "a", "conflict": "c", "not_improved": "b", "decreased": "b"}
"""Effects from the best down, each with the colour that it is drawn in."""


def score_against_effect_figure(ranking: Ranking, *, theme: Theme = "light") -> Figure:
    """Draw the predicted score of every pair that was measured, sorted by what was measured.

    Parameters
    ----------
    ranking : Ranking
        Of which the pairs with an observed effect are drawn.
    theme : {"light", "dark"}

    Returns
    -------
    matplotlib.figure.Figure
        One line for each pair; squares are entries of Table 1, full marks are predicted above the reference
        of their class, bars are the range over rules whose condition is unknown.

    Raises
    ------
    UsageError
        If nothing in the ranking was measured.

    Examples
    --------
    >>> import ligandkb as lk
    >>> figure = score_against_effect_figure(lk.load().rank("CsPbBr3"))
    >>> figure.axes[0].get_xlabel()
    'predicted score (log-odds)'
    """
    rows = _measured(ranking)
    if not rows:
        raise UsageError("no pair of this ranking was measured: rank without --top, or another composition")
    composition = attributes(ranking).get("composition", "")
    with themed(theme) as colours:
        figure = blank_figure(7.2, FRAME_HEIGHT_IN + ROW_HEIGHT_IN * len(rows))
        axes = figure.subplots()
        entries = _table_1_entries()
        for height, row in enumerate(rows):
            _draw_pair(axes, height, row, colours, is_in_table_1=_is_in_table_1(row, entries))
        axes.axvline(0.0, color=colours["ink"], lw=0.8)
        axes.set(
            xlabel="predicted score (log-odds)",
            yticks=range(len(rows)),
            yticklabels=[_label(row) for row in rows],
            ylim=(len(rows) - 0.4, -0.6),
        )
        axes.grid(visible=False, axis="y")
        _name_groups(axes, [str(row["observed"]) for row in rows], colours)
        figure.suptitle(f"{IN_SAMPLE}\n{composition}: predicted score by measured effect", fontsize=10)
        figure.legend(handles=_legend(colours), loc="outside lower center", ncols=2)
        return figure


def _measured(ranking: Ranking) -> list[dict[str, Any]]:
    order = list(_EFFECTS)
    measured = [row for row in records(ranking) if row["observed"] in _EFFECTS]
    return sorted(measured, key=lambda row: (order.index(row["observed"]), -row["score"], row["rank"]))


def _draw_pair(
    axes: Axes, height: int, row: Mapping[str, Any], colours: Mapping[str, str], *, is_in_table_1: bool
) -> None:
    colour = colours[_EFFECTS[row["observed"]]]
    axes.plot([row["score_low"], row["score_high"]], [height, height], color=colour, lw=1.5, zorder=2)
    axes.plot(
        row["score"],
        height,
        marker="s" if is_in_table_1 else "o",
        color=colour,
        # A vetoed pair has a score, too, but no verdict on it.
        markerfacecolor=colour if row["verdict"] == "recommended" else colours["paper"],
        markersize=6.5,
        markeredgewidth=1.6,
        zorder=3,
    )


def _is_in_table_1(row: Mapping[str, Any], entries: frozenset[tuple[str, str]]) -> bool:
    return any(
        (item["id"], item["origin"]) in entries and item["relation"].startswith("this pair")
        for item in row["evidence"]
    )


def _table_1_entries() -> frozenset[tuple[str, str]]:
    """Identifier and origin of each entry of Table 1: a lab's row with the words of one is none."""
    shipped = read_outcomes([data_directory() / "outcomes.csv"], [])
    return frozenset((outcome.id, outcome.origin) for outcome in shipped if outcome.is_in_table_1)


def _label(row: Mapping[str, Any]) -> str:
    partner = "" if row["partner"] == "none" else f" · {row['partner']}"
    veto = " (vetoed)" if row["verdict"] == "vetoed" else ""
    # A dollar sign would start mathematics.
    name = visible(f"{row['binding_form']}{partner}").replace("$", r"\$")
    return (name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…") + veto


def _name_groups(axes: Axes, effects: Sequence[str], colours: Mapping[str, str]) -> None:
    """Part the effects by a line, and write each one's name beside its pairs."""
    for effect in dict.fromkeys(effects):
        first, count = effects.index(effect), effects.count(effect)
        if first:
            axes.axhline(first - 0.5, color=colours["grid"], lw=1.0)
        axes.annotate(
            f"{effect.replace('_', ' ')} ({count})",
            (1.01, first + (count - 1) / 2),
            xycoords=axes.get_yaxis_transform(),
            va="center",
            color=colours[_EFFECTS[effect]],
            annotation_clip=False,
        )


def _legend(colours: Mapping[str, str]) -> list[Line2D]:
    ink = colours["ink"]
    marks = [
        Line2D(
            [], [], ls="", marker=shape, color=ink, markerfacecolor=colours[face], label=f"{source}, {what}"
        )
        for shape, source in (("s", "Table 1"), ("o", "other source"))
        for face, what in (("ink", "above its reference"), ("paper", "not above, or vetoed"))
    ]
    return [*marks, Line2D([], [], color=ink, lw=1.5, label="range over what is unknown")]
