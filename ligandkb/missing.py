"""Why is there no value here?

Unknown is a value. A number that could not be had is *missing* (nobody computed or measured it),
*failed* (it was tried) or *not applicable* (the question has no meaning, such as the tail length of
bromide). None of the three is ever 0, and none is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeVar


@dataclass(frozen=True)
class Missing:
    """Not computed or not measured; ``fix`` names the command or source that would give it."""

    fix: str = ""

    def __str__(self) -> str:
        return f"missing ({self.fix})" if self.fix else "missing"


@dataclass(frozen=True)
class Failed:
    """Tried without success, for a stated reason."""

    reason: str

    def __str__(self) -> str:
        return f"failed ({self.reason})"


@dataclass(frozen=True)
class NotApplicable:
    """The question has no meaning for this species, for a stated reason."""

    reason: str = ""

    def __str__(self) -> str:
        return f"not applicable ({self.reason})" if self.reason else "not applicable"


T = TypeVar("T")
Absent: TypeAlias = Missing | Failed | NotApplicable
Known: TypeAlias = T | Missing | Failed | NotApplicable
"""A value, or the reason why there is none: ``Known[float]``."""


def is_present(value: object) -> bool:
    """Tell a value from a reason for its absence.

    Examples
    --------
    >>> is_present(0.0), is_present(Missing("run ligandkb compute"))
    (True, False)
    """
    return not isinstance(value, Missing | Failed | NotApplicable)
