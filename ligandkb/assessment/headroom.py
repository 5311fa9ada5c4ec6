"""How much light does a sample lack, and how much of that did a pair make good?"""

from __future__ import annotations

from collections.abc import Iterable

from ligandkb.evidence.outcomes import Outcome
from ligandkb.problems import UsageError


def plqy_headroom(plqy_start_pct: float | None) -> float | None:
    """What a sample lacks to unity.

    Parameters
    ----------
    plqy_start_pct : float or None
        Photoluminescence quantum yield before the treatment, in %; None where it wasn't said.

    Returns
    -------
    float or None
        As a fraction of absorbed photons.

    Raises
    ------
    UsageError
        If it is not from 1 to 100.

    Examples
    --------
    >>> f"{plqy_headroom(62):.2f}"
    '0.38'
    """
    if plqy_start_pct is None:
        return None
    if not 1 <= plqy_start_pct <= 100:
        raise UsageError(f"{plqy_start_pct:g} is no PLQY from 1 to 100 %: write 62 for 62 %")
    return 1.0 - plqy_start_pct / 100.0


def headroom_closed(outcome: Outcome) -> float | None:
    """Share of the headroom that a treatment closed; negative where it darkened the crystals.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    float or None
        (after - before) / (1 - before); None where the two figures aren't printed or there was no headroom.

    Examples
    --------
    >>> import ligandkb as lk
    >>> found = next(one for one in lk.load().outcomes if one.plqy_before == 0.76)
    >>> f"{headroom_closed(found):.2f}"
    '0.92'
    """
    before, after = outcome.plqy_before, outcome.plqy_after
    if before is None or after is None or before >= 1.0:
        return None
    return (after - before) / (1.0 - before)


def shares_closed(outcomes: Iterable[Outcome]) -> tuple[float, ...]:
    """What several treatments closed, the least first.

    Examples
    --------
    >>> shares_closed([])
    ()
    """
    return tuple(sorted(share for one in outcomes if (share := headroom_closed(one)) is not None))


def headroom_sentence(headroom: float | None, *, expected: bool = False) -> str:
    """Say what a start leaves to gain, and what a figure of a row says of it, measured or, if so, expected.

    Examples
    --------
    >>> headroom_sentence(0.38)[:45]
    'Your start leaves 38 points of PLQY to gain. '
    """
    if headroom is None:
        return "How much there is to gain is unknown without your own PLQY: --plqy 62 for 62 %."
    points = f"{100 * headroom:.0f}"
    if expected:
        return f"Your start leaves {points} points of PLQY to gain; each row says what is expected of it."
    return (
        f"Your start leaves {points} points of PLQY to gain. A measured row shows the share of its own that it "
        "closed; no more is promised."
    )
