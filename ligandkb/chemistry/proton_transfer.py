"""Does an acid of this strength give its proton to this amine, in toluene?"""

from __future__ import annotations

from enum import StrEnum


class ProtonTransfer(StrEnum):
    """Whether an acid gives its proton to an amine in toluene."""

    EXPECTED = "expected"
    PARTIAL = "partial"
    NOT_EXPECTED = "not expected"
    UNKNOWN = "unknown"


ALKYLAMMONIUM_PKA = 10.65
"""Octylammonium, 10.65 (doi 10.5281/zenodo.7236452, perrin313); methylammonium has 10.657 (perrin2)."""
EXPECTED_FROM = 7.0
PARTIAL_FROM = 5.0
NOT_EXPECTED_UP_TO = 1.0
"""Limits of pKa(conjugate acid of the amine) - pKa(acid), both in water, between the words of :class:`ProtonTransfer`.

In water a difference of 1 already means nine protons of ten. Toluene is apolar and doesn't pay for separating the
charges, so an ion pair needs much more. How much is ours, set halfway between what the plan takes as known:
phosphonic and fluoroacetic acids (7.9 and more) give their proton, carboxylic acids as weak as pivalic acid
(5.6) and as strong as benzoic acid (6.4) give part of theirs, alkyl thiols (0.3 and less) keep theirs. Between
thiols and carboxylic acids nobody has shown either: unknown.
"""


def proton_transfer(
    lowest_pka: float,
    highest_pka: float | None = None,
    base_pka: tuple[float, float] = (ALKYLAMMONIUM_PKA, ALKYLAMMONIUM_PKA),
) -> ProtonTransfer:
    """Whether an acid of known strength gives its proton to an amine in toluene.

    Parameters
    ----------
    lowest_pka : float
        Aqueous pKa, or the lower end of its range.
    highest_pka : float, optional
        The upper end, where only a range is known.
    base_pka : tuple of float
        Lowest and highest aqueous pKa of the amine's conjugate acid; an alkylamine's by default.

    Returns
    -------
    ProtonTransfer
        The word on which both ends of the difference agree; ``PARTIAL`` where at one end the proton would move
        whole and at the other in part; else ``UNKNOWN``.

    Examples
    --------
    >>> proton_transfer(1.34).value, proton_transfer(2.85, 5.03).value, proton_transfer(7.43).value
    ('expected', 'partial', 'unknown')
    >>> proton_transfer(-1.86, base_pka=(4.596, 4.596)).value  # methanesulfonic acid and aniline
    'partial'
    """
    weakest_pka = lowest_pka if highest_pka is None else highest_pka
    found = {_word(base_pka[1] - lowest_pka), _word(base_pka[0] - weakest_pka)}
    if len(found) == 1:
        return found.pop()
    if found == {ProtonTransfer.EXPECTED, ProtonTransfer.PARTIAL}:
        return ProtonTransfer.PARTIAL
    return ProtonTransfer.UNKNOWN


def _word(difference: float) -> ProtonTransfer:
    if difference >= EXPECTED_FROM:
        return ProtonTransfer.EXPECTED
    if difference >= PARTIAL_FROM:
        return ProtonTransfer.PARTIAL
    return ProtonTransfer.NOT_EXPECTED if difference <= NOT_EXPECTED_UP_TO else ProtonTransfer.UNKNOWN
