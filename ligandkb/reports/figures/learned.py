"""What did the data do to each rule, at a glance?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ligandkb.learning.learned import Learned
from ligandkb.learning.lessons import Lesson, Word, by_word
from ligandkb.reports.figures.themes import Theme, blank_figure, themed

ROW_HEIGHT_IN = 0.34
FRAME_HEIGHT_IN = 1.5
_APART = 0.16
"""Of the two intervals of a rule from the middle of its row."""
_MARKS = {Word.OTHER_WAY: "D", Word.WEAKER: "v", Word.STRONGER: "^"}
"""Shapes of the mark, besides its colour; a circle where a rule is as it was."""


def learned_figure(learned: Learned, *, theme: Theme = "light") -> Figure:
    """Draw the weight of each rule before and after the data, with its 90 % intervals.

    Parameters
    ----------
    learned : Learned
    theme : {"light", "dark"}

    Returns
    -------
    matplotlib.figure.Figure
        One row for each rule: what moved first. What a mark says is also said in words at the right.
    """
    lessons = by_word(learned.lessons)
    with themed(theme) as colours:
        figure = blank_figure(7.6, FRAME_HEIGHT_IN + ROW_HEIGHT_IN * len(lessons))
        axes = figure.subplots()
        axes.axvline(0.0, color=colours["ink"], lw=0.9)
        for height, one in enumerate(lessons):
            line: dict[str, Any] = {"color": colours["ink"], "lw": 0.9, "alpha": 0.75}
            axes.plot([one.before.low, one.before.high], [height - _APART] * 2, **line)
            axes.plot(
                one.before.value,
                height - _APART,
                "s",
                ms=4.5,
                color=colours["ink"],
                mfc=colours["paper"],
                mew=0.9,
            )
            if one.word is Word.NOT_SEEN:
                continue  # it is what it was before
            colour = colours["b" if one.is_learned else "a"]
            axes.plot([one.after.low, one.after.high], [height + _APART] * 2, color=colour, lw=2.6)
            axes.plot(one.after.value, height + _APART, _MARKS.get(one.word, "o"), ms=7, color=colour)
        beside = axes.twinx()
        for side in (axes, beside):
            side.set_ylim(len(lessons) - 0.4, -0.6)
            side.grid(visible=False, axis="y")
            side.tick_params(axis="y", length=0)
        axes.set_yticks(range(len(lessons)), [one.rule.id for one in lessons])
        beside.set_yticks(range(len(lessons)), [*map(_beside, lessons)])
        axes.set_xlabel("weight of the rule (log-odds), with its 90 % interval")
        figure.legend(handles=_legend(colours, learned), loc="outside upper center", ncols=2)
        return figure


def _beside(one: Lesson) -> str:
    outcomes = one.fired.total + one.literature.total
    return f"{one.word} (n = {outcomes})" if outcomes else str(one.word)


def _legend(colours: Mapping[str, str], learned: Learned) -> list[Line2D]:
    ink, words = colours["ink"], {one.word for one in learned.lessons}
    marks = [
        Line2D([], [], color=ink, lw=0.9, marker="s", ms=4.5, mfc=colours["paper"], label="by the rulebook"),
        Line2D([], [], color=colours["a"], lw=2.6, marker="o", ms=7, label=learned.label),
    ]
    return marks + [
        Line2D([], [], color=colours["b"], lw=2.6, marker=mark, ms=7, label=str(word))
        for word, mark in _MARKS.items()
        if word in words
    ]
