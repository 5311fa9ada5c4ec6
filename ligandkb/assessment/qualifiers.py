"""How much does a measured effect mean on this crystal?"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.chemistry.composition import Composition
from ligandkb.evidence.agreement import Evidence
from ligandkb.evidence.outcomes import Outcome

CONFOUNDED = "confounded"
FAMILY = "X not stated"


def observed_qualifiers(evidence: Evidence, composition: Composition) -> tuple[str, ...]:
    """What weakens every outcome behind ``observed``; nothing if one of them is free of it.

    Parameters
    ----------
    evidence : Evidence
    composition : Composition
        The crystal that was asked for.

    Returns
    -------
    tuple of str
        ``confounded`` where each outcome has another possible cause, ``X not stated`` where each was stated
        for a family of crystals (Table 1 of Nenon et al. is headed CsPbX3). Where each is weakened, but
        not all by the same, both.

    Examples
    --------
    >>> import ligandkb as lk
    >>> assessment = lk.load().assess("benzoate")
    >>> observed_qualifiers(assessment.evidence, assessment.composition)
    ('X not stated',)
    """
    if not evidence.outcomes:
        return ()
    weak = [_qualifiers(outcome, composition) for outcome in evidence.outcomes if outcome.effect is not None]
    if not all(weak):
        return ()
    shared = [name for name in (CONFOUNDED, FAMILY) if weak and all(name in one for one in weak)]
    return tuple(shared or [name for name in (CONFOUNDED, FAMILY) if weak])


def _qualifiers(outcome: Outcome, composition: Composition) -> list[str]:
    found = [CONFOUNDED] if outcome.confound else []
    if outcome.composition.is_family and str(outcome.composition) != str(composition):
        found.append(FAMILY)
    return found


def observed_text(observed: str, qualifiers: Sequence[str]) -> str:
    """The effect in words with what weakens it.

    Examples
    --------
    >>> observed_text("not_improved", ["confounded"])
    'not improved (confounded)'
    """
    words = observed.replace("_", " ")
    return f"{words} ({', '.join(qualifiers)})" if qualifiers else words
