"""What do a lab's own outcomes say of a pair that is ranked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEARNED_COLUMNS = (
    "learned_from",
    "probability_improved",
    "expected_headroom_closed",
    "expected_headroom_closed_low",
    "expected_headroom_closed_high",
    "expected_plqy",
    "expected_plqy_low",
    "expected_plqy_high",
    "own_outcomes",
    "rank_by_rules",
)
"""Columns that a ranking has besides where it goes by what was learned; intervals hold 90 %."""


@dataclass(frozen=True)
class Outlook:
    """What is expected of one pair, learned from outcomes.

    Attributes
    ----------
    probability_improved : float
        That it brightens the crystals.
    closed, closed_low, closed_high : float
        Expected part of the PLQY headroom that it closes, and the ends of a 90 % interval; below 0: part of the
        brightness that is lost.
    own_outcomes : int
        Recorded outcomes of this very pair that were learned from.
    rank_by_rules : int
        1-based place in the ranking of the rulebook.
    plqy, plqy_low, plqy_high : float or None
        Expected PLQY from the stated start, as a fraction; None where no start was stated.
    """

    probability_improved: float
    closed: float
    closed_low: float
    closed_high: float
    own_outcomes: int
    rank_by_rules: int
    plqy: float | None = None
    plqy_low: float | None = None
    plqy_high: float | None = None

    def record(self, learned_from: str) -> dict[str, Any]:
        """The same by the names of :data:`LEARNED_COLUMNS`, in types that JSON knows.

        Examples
        --------
        >>> found = Outlook(0.8, 0.4, -0.1, 0.7, 0, 3).record("from your 24 outcomes")
        >>> found["probability_improved"], found["expected_plqy"]
        (0.8, None)
        """
        values = (
            self.probability_improved,
            *(self.closed, self.closed_low, self.closed_high),
            *(self.plqy, self.plqy_low, self.plqy_high),
        )
        rounded = (None if value is None else round(value, 6) for value in values)
        return dict(
            zip(LEARNED_COLUMNS, (learned_from, *rounded, self.own_outcomes, self.rank_by_rules), strict=True)
        )


def with_learned(columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of a ranking with those of what was learned behind the score of the rulebook.

    Examples
    --------
    >>> with_learned(["rank", "score_high", "measured"])[:3]
    ('rank', 'score_high', 'learned_from')
    """
    after = columns.index("score_high") + 1
    return (*columns[:after], *LEARNED_COLUMNS, *columns[after:])


def plqy_after(start: float, closed: float) -> float:
    """PLQY from a start, as fractions, where a part of the headroom is closed, or of the brightness lost.

    Examples
    --------
    >>> round(plqy_after(0.6, 0.5), 3), round(plqy_after(0.6, -0.5), 3)
    (0.8, 0.3)
    """
    return start + closed * ((1.0 - start) if closed > 0 else start)


def plqy_interval(
    start: float, expected: float, closed_low: float, closed_high: float
) -> tuple[float, float]:
    """Interval of a PLQY from that of the closed part, wide enough to hold what is expected.

    Near 100 % little can be won and all be lost: a loss in fewer than one case in twenty pulls the mean below the
    interval, which then would promise more than is expected.

    Examples
    --------
    >>> plqy_interval(1.0, 0.985, 0.1, 0.9), plqy_interval(0.5, 0.75, 0.0, 1.0)
    ((0.985, 1.0), (0.5, 1.0))
    """
    low, high = plqy_after(start, closed_low), plqy_after(start, closed_high)
    return min(low, expected), max(high, expected)
