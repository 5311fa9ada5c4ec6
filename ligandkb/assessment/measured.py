"""What was measured on a pair, in a few words?"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.assessment.headroom import headroom_closed
from ligandkb.assessment.qualifiers import CONFOUNDED, FAMILY
from ligandkb.chemistry.composition import Composition
from ligandkb.evidence.agreement import Evidence, agree
from ligandkb.evidence.outcomes import Effect, Observed, Outcome

IN_SAMPLE = "in-sample"
"""Of Table 1 of Nenon et al., which the rules were written from."""
STRONGEST_FIRST = ("paired", "table_entry", "after_only", "relative", "qualitative")
"""What says most comes first, as in the order of a ranking."""
_EFFECTS_BEHIND = {
    Observed.IMPROVED: (Effect.IMPROVED,),
    Observed.NOT_IMPROVED: (Effect.NOT_IMPROVED,),
    Observed.DECREASED: (Effect.DECREASED,),
}


def measured_in_short(evidence: Evidence, composition: Composition) -> str | None:
    """Say what was measured: PLQY in figures where they are printed, else where the effect stands.

    Of several outcomes the one speaks that says most: figures before and after, a table, one figure, words; what is
    confounded only where nothing else is there. Of several with figures it is the middle one, by the share of the
    headroom that was closed.

    Parameters
    ----------
    evidence : Evidence
    composition : Composition
        The crystal that was asked for.

    Returns
    -------
    str or None
        None where neither this pair nor a near one was measured.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> for name in ("hexylphosphonic acid", "benzoate", "octylphosphonate"):
    ...     found = kb.assess(name)
    ...     print(measured_in_short(found.evidence, found.composition))
    76 → 98 %
    table: improved, in-sample
    near: 76 → 98 %
    """
    own = _said(evidence.observed, evidence.outcomes, composition)
    if own is not None:
        return own
    near = [item.outcome for item in evidence.near if item.counts]
    said = _said(evidence.near_observed, near, composition)
    if said is not None:
        return f"near: {said.removeprefix('table: ').removeprefix('words: ')}"
    return _not_compared(evidence.outcomes)


def measured_own_first(evidence: Evidence, composition: Composition) -> str | None:
    """The same, what the lab measured on this pair itself before what others say.

    Where the two disagree, the count of the whole disagreement stands for the others.

    Parameters
    ----------
    evidence : Evidence
    composition : Composition

    Returns
    -------
    str or None
        As :func:`measured_in_short` where the lab has no outcome of its own on this pair.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import ligandkb as lk
    >>> found = lk.load(db="none").assess("hexylphosphonic acid")
    >>> theirs = next(one for one in found.evidence.outcomes if one.strength == "paired")
    >>> ours = replace(theirs, plqy_before=0.62, plqy_after=0.88, is_shipped=False)
    >>> measured_own_first(replace(found.evidence, outcomes=(theirs, ours)), found.composition)
    'own: 62 → 88 %; 76 → 98 %'
    """
    own = [outcome for outcome in evidence.outcomes if not outcome.is_shipped]
    if not own:
        return measured_in_short(evidence, composition)
    observed = agree(outcome.effect for outcome in own)
    said = _said(observed, own, composition) or _not_compared(own)
    others: Sequence[Outcome] = [outcome for outcome in evidence.outcomes if outcome.is_shipped]
    seen = agree(outcome.effect for outcome in others)
    if seen is not None and evidence.observed is Observed.CONFLICT is not observed:
        others, seen = evidence.outcomes, evidence.observed
    rest = _said(seen, others, composition)
    first = f"own: {said.removeprefix('table: ').removeprefix('words: ')}" if said else None
    return "; ".join(filter(None, (first, rest))) or measured_in_short(evidence, composition)


def percent(fraction: float) -> str:
    """A PLQY in %, to three figures.

    Examples
    --------
    >>> percent(0.76), percent(0.998)
    ('76', '99.8')
    """
    return f"{100.0 * fraction:.3g}"


def _not_compared(outcomes: Sequence[Outcome]) -> str | None:
    after = [outcome.plqy_after for outcome in outcomes if outcome.plqy_after is not None]
    return f"{percent(after[0])} % after, not compared" if after else None


def _said(observed: Observed | None, outcomes: Sequence[Outcome], composition: Composition) -> str | None:
    if observed is None:
        return None
    if observed is Observed.CONFLICT:
        effects = [outcome.effect for outcome in outcomes if outcome.effect is not None]
        improved = effects.count(Effect.IMPROVED)
        return f"conflict: {improved} improved, {len(effects) - improved} not"
    effects_behind = _EFFECTS_BEHIND[observed]
    behind = [outcome for outcome in outcomes if outcome.effect in effects_behind]
    return _outcome_in_short(_speaker(behind), composition)


def _speaker(outcomes: Sequence[Outcome]) -> Outcome:
    sound = [outcome for outcome in outcomes if not outcome.confound]
    ranked = sorted(sound or outcomes, key=_place)
    alike = [outcome for outcome in ranked if _place(outcome) == _place(ranked[0])]
    return sorted(alike, key=lambda outcome: headroom_closed(outcome) or 0.0)[(len(alike) - 1) // 2]


def _place(outcome: Outcome) -> int:
    return strength_place(outcome.strength)


def strength_place(strength: str) -> int:
    """Place of an outcome's strength among :data:`STRONGEST_FIRST`; what compares nothing comes last.

    Examples
    --------
    >>> strength_place("paired"), strength_place("binding_only")
    (0, 5)
    """
    return STRONGEST_FIRST.index(strength) if strength in STRONGEST_FIRST else len(STRONGEST_FIRST)


def _outcome_in_short(outcome: Outcome, composition: Composition) -> str:
    effect = str(outcome.effect).replace("_", " ")
    before, after, relative = outcome.plqy_before, outcome.plqy_after, outcome.relative_change
    figures = ""
    if outcome.strength == "table_entry":
        said = f"table: {effect}"
    elif before is not None and after is not None:
        said = figures = f"{percent(before)} → {percent(after)} %"
    elif after is not None:
        said = figures = f"{percent(after)} % after"
    elif relative is not None:
        said = figures = f"{100.0 * relative:+.3g} % relative"
    else:
        said = f"words: {effect}"
    if figures and outcome.effect is not Effect.IMPROVED:
        said += f", {effect}"
    if outcome.is_in_table_1:
        return f"{said}, {IN_SAMPLE}"
    if outcome.composition.is_family and str(outcome.composition) != str(composition):
        said += f", {FAMILY}"
    return f"{said}, {CONFOUNDED}" if outcome.confound else said
