"""What does a proposal for the next batch say?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.outlook import Outlook
from ligandkb.learning.batch_choice import Choice
from ligandkb.planning.shortlist_sentences import pair_words

LEAST_SHIFT = 0.05
"""Log-odds by which a rule has to move, or its standard deviation to shrink, to be named: what rounds to 0.1."""
REFERENCE, REPEAT = "reference", "repeat of the best"


@dataclass(frozen=True)
class Shift:
    """One rule before and after: its weight, or the standard deviation of that, in log-odds."""

    rule_id: str
    before: float
    after: float


@dataclass(frozen=True)
class Change:
    """What one result would change, the controls of its batch coming out as expected.

    Attributes
    ----------
    closed : float
        The supposed result.
    shifts : tuple of Shift
        Rules whose weight moves by :data:`LEAST_SHIFT` or more, the largest first.
    first : str
        Name of the pair that would be expected to close most.
    """

    closed: float
    shifts: tuple[Shift, ...]
    first: str


@dataclass(frozen=True)
class Proposal:
    """A pair to test.

    Attributes
    ----------
    assessment : Assessment
    outlook : Outlook
        What is expected of it.
    chance_to_beat : float
        That it closes more than every pair that the lab measured so far, and brightens.
    choice : Choice
        What it adds to the batch.
    narrowed : tuple of Shift
        Rules whose standard deviation it shrinks beside the others of the batch, the most shrunk first.
    high, low : Change
        What a good and a poor result would change: one standard deviation above and below what is expected of it, so
        that one chance in six is left for a better one, and for a worse one.
    in_lab : bool
        Whether all that it takes stands in the lab.
    """

    assessment: Assessment
    outlook: Outlook
    chance_to_beat: float
    choice: Choice
    narrowed: tuple[Shift, ...]
    high: Change
    low: Change
    in_lab: bool = False

    @property
    def name(self) -> str:
        """Of the pair."""
        return pair_words(self.assessment)


@dataclass(frozen=True)
class Control:
    """A pair that is measured beside them.

    Attributes
    ----------
    assessment : Assessment
    role : str
        :data:`REFERENCE` or :data:`REPEAT`.
    outlook : Outlook
    in_lab : bool
    """

    assessment: Assessment
    role: str
    outlook: Outlook
    in_lab: bool = False

    @property
    def name(self) -> str:
        """Of the pair."""
        return pair_words(self.assessment)


@dataclass(frozen=True, repr=False)
class NextBatch:
    """The pairs to test next.

    Attributes
    ----------
    proposals : tuple of Proposal
        In the order in which they were chosen.
    controls : tuple of Control
    meta : mapping
        Version, hash of data and rules, crystal, goal, seed, what was learned from, the best pair so far and the first
        place now, and what was left out.
    """

    proposals: tuple[Proposal, ...]
    controls: tuple[Control, ...]
    meta: Mapping[str, Any] = field(repr=False)

    @property
    def everything(self) -> tuple[Proposal | Control, ...]:
        """Proposals, then controls."""
        return (*self.proposals, *self.controls)

    def __str__(self) -> str:
        return str(import_module("ligandkb.reports.next_batch").next_batch_text(self))

    def __repr__(self) -> str:
        return (
            f"NextBatch for {self.meta.get('composition', '')}, {self.meta.get('goal', '')}, "
            f"{self.meta.get('learned_from', '')}: {', '.join(one.name for one in self.proposals)}; "
            f"controls: {', '.join(one.name for one in self.controls)}"
        )

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.next_batch").next_batch_html(self))
