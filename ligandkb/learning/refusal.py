"""Do the data say anything about the rules at all, and if not, what would?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ligandkb.learning.observations import LeftOut, Observations
from ligandkb.learning.prior import NothingToLearn
from ligandkb.problems import counted

_ADD = "record what you measured, failures included, with ligandkb outcomes add (docs/recording-outcomes.md)"


def refuse_empty(observations: Observations, left_out: Sequence[LeftOut]) -> None:
    """Refuse data from which no rule can learn, with every reason and how to fix it.

    Parameters
    ----------
    observations : Observations
    left_out : sequence of LeftOut
        Outcomes that teach nothing.

    Raises
    ------
    NothingToLearn
        Without outcomes; where all are of one pair; where no rule fires on some and not, or less, on others.
    """
    reasons = reasons_of(observations, left_out)
    if reasons:
        raise NothingToLearn("\n".join(["nothing can be learned:", *(f"- {one}" for one in reasons)]))


def reasons_of(observations: Observations, left_out: Sequence[LeftOut]) -> list[str]:
    """Why nothing can be learned, each with how to fix it; empty where something can."""
    reasons = []
    if left_out:
        said = left_out_words(left_out)
        are = "is" if len(left_out) == 1 else "are"
        fix = "ligandkb outcomes list shows them, ligandkb outcomes correct mends them"
        left = f"{counted(len(left_out), 'outcome')} {are} left out ({said}): {fix}"
    if not len(observations):
        reasons += [left] if left_out else []
        first = "no other outcome" if left_out else "no outcome"
        return [
            *reasons,
            f"{first} of yours is recorded: {_ADD}, name another database with --db, or learn from published ones "
            "alone with --with-literature",
        ]
    keys = {observations.pair_keys[number] for number in observations.pair.tolist()}
    if len(keys) == 1:
        ((form, partner),) = keys
        which = "the only outcome is" if len(observations) == 1 else f"all {len(observations)} outcomes are"
        reasons.append(
            f"{which} of one pair ({form} with {partner}): nothing stands beside it; measure another one, such as "
            "oleylammonium-oleate"
        )
    elif not (np.ptp(observations.shares, axis=0) > 0).any():
        reasons.append(
            f"no rule fires on some of the {len(keys)} pairs and not on others, so that they differ in nothing that a "
            "rule speaks of: measure a pair of another kind (ligandkb shortlist names some)"
        )
    return [*reasons, left] if reasons and left_out else reasons


def left_out_words(left_out: Sequence[LeftOut]) -> str:
    """How many teach nothing for which reason, the commonest first, whatever the order of recording.

    Examples
    --------
    >>> left_out_words([LeftOut("a", "removed"), LeftOut("b", "confounded"), LeftOut("c", "confounded")])
    '2: confounded; 1: removed'
    """
    told = Counter(one.reason for one in left_out)
    commonest_first = sorted(told.items(), key=lambda one: (-one[1], one[0]))
    return "; ".join(f"{number}: {reason}" for reason, number in commonest_first)
