"""What does a rule say?"""

from __future__ import annotations

from dataclasses import dataclass

from ligandkb.provenance import Source
from ligandkb.rules.language.expressions import Condition
from ligandkb.rules.language.templates import Template


@dataclass(frozen=True)
class Ramp:
    """How much of a weight counts: from nothing to all of it between two values of a column.

    Attributes
    ----------
    by : str
        Column of numbers that the grade follows.
    start, end : float
        Values at which the grade is 0 and 1; the end may be the smaller one. Between them the grade is linear,
        beyond them it stays.
    low, high : str or None
        Columns with the ends of the value's interval, which the bounds of the score follow. None where the value is
        taken as it is, or has an error.
    error : str or None
        Column with the value's standard error: its interval goes from one below the value to one above.
    """

    by: str
    start: float
    end: float
    low: str | None = None
    high: str | None = None
    error: str | None = None

    @property
    def columns(self) -> frozenset[str]:
        """What it reads."""
        return frozenset(name for name in (self.by, self.low, self.high, self.error) if name is not None)


@dataclass(frozen=True)
class Rule:
    """One reviewed judgement.

    Attributes
    ----------
    id : str
        Short name.
    title, rationale : str
        What it says in one line, and why it should be so.
    citations : tuple of Source
        Who says so.
    derived_from : tuple of str
        Outcomes that it was written from.
    when : Condition
        What has to hold for it to fire.
    weight : float or None
        Log-odds that it adds when it fires.
    weight_name : str or None
        The declared name that the weight was written as, without sign.
    graded : tuple of Ramp
        The weight counts by the smallest of their grades; whole where there are none.
    veto, tag : str or None
        Names of the vocabulary that hold when it fires.
    exclusive : str or None
        Name of a group of rules of which one can hold at most: one weight of the group counts.
    on_unknown : str
        What follows from an unknown condition. ``widen``: its weight widens the score's range, its veto and
        tag are unknown. ``ignore``: nothing; its veto and tag count as silent. ``veto``: its veto and tag are
        unknown, its weight does nothing. ``widen`` unless a veto stands without a weight, then ``veto``.
    explain : Template
        Sentence with places for values.
    fires, silent : tuple of str
        Names of ligands on which it must fire, or must not.
    file : str
        Where it stands.
    line : int
        1-based line on which it begins.
    """

    id: str
    title: str
    rationale: str
    citations: tuple[Source, ...]
    derived_from: tuple[str, ...]
    when: Condition
    weight: float | None
    weight_name: str | None
    graded: tuple[Ramp, ...]
    veto: str | None
    tag: str | None
    exclusive: str | None
    on_unknown: str
    explain: Template
    fires: tuple[str, ...]
    silent: tuple[str, ...]
    file: str
    line: int

    @property
    def columns(self) -> frozenset[str]:
        """What its condition and its ramps read."""
        return self.when.columns.union(*(ramp.columns for ramp in self.graded))
