"""Why is a pair on the list, and what would its result teach?

Made from what the assessment holds: figures, sources, the rule that spoke and its number, what is different from the
nearest measurement, and who else in the panel tests the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.assessment.headroom import headroom_closed
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.measured import percent, strength_place
from ligandkb.assessment.order import Tier
from ligandkb.assessment.pairs import NATIVE_PARTNER
from ligandkb.assessment.references import native_halide_pair
from ligandkb.assessment.verdicts import Verdict
from ligandkb.chemistry.composition import Composition
from ligandkb.evidence.agreement import NearOutcome
from ligandkb.evidence.outcomes import UNKNOWN_PARTNER, Effect, Outcome
from ligandkb.planning.shortlist_obstacles import Obstacle
from ligandkb.planning.shortlist_spread import donor_family
from ligandkb.rules.explain import RuleState

TOLD_APART = 0.05
"""Log-odds by which two scores differ when they are shown."""
TABLE_1_ENTRIES = "table-1"
"""How a rule says that it was written from Table 1 of Nenon et al."""


def pair_words(item: Assessment) -> str:
    """Name of a pair.

    Examples
    --------
    >>> import ligandkb as lk
    >>> pair_words(lk.load().assess("benzoate"))
    'benzoate + oleylammonium'
    """
    pair = item.pair
    return f"{pair.form.name} + {pair.partner.name}" if pair.partner else pair.form.name


def leading_rule(states: Sequence[RuleState]) -> RuleState | None:
    """The rule that moved the score most; else the one that nobody could decide and would move it most."""
    fired = [state for state in states if state.state == "fired" and state.added]
    unknown = [state for state in states if state.state == "unknown" and any(state.contribution)]
    return max(fired, key=lambda state: abs(state.added), default=None) or max(
        unknown, key=lambda state: max(map(abs, state.contribution)), default=None
    )


def why_in(item: Assessment, states: Sequence[RuleState], earlier: Sequence[Assessment]) -> str:
    """Why a candidate is in: what was measured, what is predicted and by which rule, and what it adds to the panel.

    Parameters
    ----------
    item : Assessment
    states : sequence of RuleState
        What became of every rule on it.
    earlier : sequence of Assessment
        Candidates that were chosen before it.

    Returns
    -------
    str
        One sentence.
    """
    family = donor_family(item)
    same = [other.pair.form.name for other in earlier if donor_family(other) == family]
    place = f"beside {_few(same)} another {family}" if same else f"the first {family} of the panel"
    if chelate := item.pair.form.form.chelate:
        place += f", and one that can chelate ({chelate})"
    return f"{_evidence(item)}; {_prediction(item, states)}; {place}."


def _few(names: Sequence[str]) -> str:
    """Names in words, two of them at most."""
    shown = names[:2] if len(names) > 2 else names
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return (", " if more else " and ").join(shown) + more


def teaches(
    item: Assessment,
    states: Sequence[RuleState],
    panel: Sequence[tuple[Assessment, RuleState | None]],
    plqy_start_pct: float | None = None,
) -> str:
    """What a candidate's result would teach if it brightens, and if it doesn't.

    Parameters
    ----------
    item : Assessment
    states : sequence of RuleState
    panel : sequence of (Assessment, RuleState or None)
        All candidates, each with its leading rule.
    plqy_start_pct : float, optional
        PLQY of the sample before treatment, in %.

    Returns
    -------
    str
    """
    rule = leading_rule(states)
    up, down = _measured_test(item, rule, plqy_start_pct) or _predicted_test(item, rule)
    rival = _rival(item, rule, panel)
    return f"If it brightens: {up}. If not: {down}.{f' {rival}' if rival else ''}"


def asked_for(against: Sequence[Obstacle]) -> str:
    """That somebody wanted a pair, and what speaks against it all the same.

    Examples
    --------
    >>> asked_for([])
    'You asked for it. '
    """
    though = f", although: {'; '.join(obstacle.reason for obstacle in against)}" if against else ""
    return f"You asked for it{though}. "


def control_sentences(
    role: str, item: Assessment, composition: Composition, panel: Sequence[Assessment]
) -> tuple[str, str]:
    """Why a control is in, and what its result teaches.

    Parameters
    ----------
    role : str
        ``reference``, ``native halide`` or ``expected failure``.
    item : Assessment
    composition : Composition
    panel : sequence of Assessment
        The candidates.

    Returns
    -------
    why, teaches : str
    """
    name = pair_words(item)
    if role == "reference":
        return (
            "The control of Nenon et al. (doi 10.1021/jacs.8b11035), washed and resuspended like all others: verdicts "
            f"compare with its score, {item.score:+.1f}.",
            "What it gains or loses comes from washing and fresh native pairs; only what a candidate has beyond it "
            "comes from its head.",
        )
    if role == "native halide":
        native = native_halide_pair(composition)
        stands_in = native is not None and item.pair.partner_id != NATIVE_PARTNER
        instead = (
            f" It stands in for oleylammonium {item.pair.form.name}, of which neither a CAS number nor a supplier is "
            "known here."
            if stands_in
            else ""
        )
        rivals = [pair_words(other) for other in panel if other.head == item.head]
        beside = f" What {rivals[0]} has beyond it is its partner's." if rivals else ""
        return (
            f"The crystal's own {item.pair.form.name}, with a plain partner: it refills vacancies without another head "
            f"({item.score:+.1f}).{instead}",
            f"If {name} brightens as much as a candidate does, that candidate's head wasn't needed.{beside}",
        )
    observed, near = item.evidence.observed, item.evidence.near_observed
    measured = f", and measured: {str(observed).replace('_', ' ')}" if observed else ""
    if not observed and near:
        measured = f", and near pairs: {str(near).replace('_', ' ')}"
    return (
        f"Expected to fail: {item.verdict_reason}{measured}.",
        f"If {name} brightens, too, something else than the head does it in your hands (washing, amine, dilution), and "
        "no rise of this panel may be read as binding.",
    )


def best_outcome(item: Assessment) -> Outcome | None:
    """The outcome of the pair itself that carries most, sound ones before confounded ones."""
    compared = [one for one in item.evidence.outcomes if one.effect is not None]
    return min(
        compared,
        key=lambda one: (bool(one.confound), strength_place(one.strength)),
        default=None,
    )


def figures(outcome: Outcome) -> str:
    """PLQY of an outcome in figures, blank where none is printed.

    Examples
    --------
    >>> import ligandkb as lk
    >>> figures(next(one for one in lk.load().outcomes if one.plqy_before == 0.76))
    'PLQY 76 → 98 %'
    """
    before, after, relative = outcome.plqy_before, outcome.plqy_after, outcome.relative_change
    if before is not None and after is not None:
        return f"PLQY {percent(before)} → {percent(after)} %"
    if after is not None:
        return f"PLQY {percent(after)} % after"
    return f"PLQY changed by {100 * relative:+g} %" if relative is not None else ""


def _evidence(item: Assessment) -> str:
    outcome = best_outcome(item)
    if outcome is not None and item.tier != Tier.NEAR_PAIR_IMPROVED:
        stated = "" if str(outcome.composition) == str(item.composition) else f" for {outcome.composition}"
        said = figures(outcome) or f"reported as {str(outcome.effect).replace('_', ' ')}{_how(outcome)}"
        weak = f", confounded ({outcome.confound.replace('_', ' ')})" if outcome.confound else ""
        return f"Measured on this pair{stated}: {said}{weak} ({_source(outcome)})"
    near = _nearest(item)
    if near is None:
        return f"Nothing was {_seen(item)} on it or near it"
    said = figures(near.outcome) or str(near.outcome.effect).replace("_", " ")
    return (
        f"The nearest that was measured is {_outcome_pair(near.outcome)} on {near.outcome.composition}: "
        f"{said} ({_source(near.outcome)})"
    )


def _seen(item: Assessment) -> str:
    """What nobody did on a pair: measure it, or compare it with anything where a figure was printed."""
    return "compared" if item.evidence.outcomes or item.evidence.near else "measured"


def _how(outcome: Outcome) -> str:
    return {"table_entry": " in a table", "qualitative": " in words"}.get(outcome.strength, "")


def _prediction(item: Assessment, states: Sequence[RuleState]) -> str:
    rule = leading_rule(states)
    if item.verdict is Verdict.UNDECIDED:
        open_rule = rule is not None and rule.state == "unknown"
        unknown = f", as rule {rule.rule.id} can't be told ({_gap(rule)})" if rule and open_rule else ""
        return f"predicted between {item.score_low:+.1f} and {item.score_high:+.1f}{unknown}"
    if rule is None or rule.state != "fired":
        return "no rule with a weight speaks of it"
    outcome = best_outcome(item)
    known = ", which was written from it" if outcome is not None and _was_written_from(rule, outcome) else ""
    return f"predicted {item.score:+.1f}, chiefly by rule {rule.rule.id} ({rule.text}){known}"


def _gap(rule: RuleState) -> str:
    """What is not known that a rule asks for."""
    reasons = dict.fromkeys(
        reason.removeprefix("missing (").removesuffix(")") for reason in rule.missing.values()
    )
    return "; ".join(reasons) or rule.text


def _measured_test(
    item: Assessment, rule: RuleState | None, plqy_start_pct: float | None
) -> tuple[str, str] | None:
    """What a repetition teaches, or the one step from the nearest measurement."""
    outcome, crystal, name = best_outcome(item), str(item.composition), pair_words(item)
    if item.tier <= Tier.IMPROVED_IN_WORDS and outcome is not None:
        source = _source(outcome)
        if str(outcome.composition) != crystal:
            borne_out, too_much = _on_the_rule(rule, outcome)
            return (
                f"{name} works on {crystal}, which {source} leaves open ({outcome.composition}){borne_out}",
                f"that entry does not carry over to {crystal} as you make it{too_much}",
            )
        goal = f"the {figures(outcome) or 'rise'} of {name} ({source}) repeats on your crystals"
        share = headroom_closed(outcome)
        if plqy_start_pct is not None and share is not None:
            same = plqy_start_pct + share * (100.0 - plqy_start_pct)
            goal += f"; the same share of your own lack would bring {plqy_start_pct:g} to {same:.0f} %"
        return (
            goal,
            f"your crystals lack something else than those of {source} did, or {name} didn't reach them",
        )
    near = _nearest(item)
    if near is None or near.outcome.effect is None:
        return None
    differences = " and ".join(map(_difference, near.differences))
    name, what = pair_words(item), _outcome_pair(near.outcome)
    if near.outcome.effect is Effect.IMPROVED:
        return (
            f"{name} does what {what} did, with {differences}",
            f"the rise of {what} does not reach {name}, with {differences}",
        )
    return (
        f"{name} does what {what} could not, with {differences}",
        f"{name} fails as {what} did, with {differences}",
    )


def _on_the_rule(rule: RuleState | None, source: Outcome) -> tuple[str, str]:
    """What a rise and its absence say of the rule that predicted it."""
    if rule is None or rule.state != "fired":
        return "", ""
    known = ", having been written from it" if _was_written_from(rule, source) else ""
    return (
        f"; rule {rule.rule.id} predicted it{known}",
        f", and the {rule.added:+.1f} of rule {rule.rule.id} is too much here",
    )


def _was_written_from(rule: RuleState, outcome: Outcome) -> bool:
    """Whether a rule was written from an outcome, so that it can't be held against it."""
    sources = rule.rule.derived_from
    return outcome.id in sources or (outcome.is_in_table_1 and TABLE_1_ENTRIES in sources)


def _predicted_test(item: Assessment, rule: RuleState | None) -> tuple[str, str]:
    name, family = item.pair.form.name, donor_family(item)
    if rule is None:
        return f"{name} binds in a way that no rule knows yet", f"the rules' silence on {family} was right"
    if rule.state == "unknown":
        return (
            f"{name} is a first sign that rule {rule.rule.id} holds for a {family}, which no source classes",
            f"{name} gives no reason to credit a {family} by rule {rule.rule.id}",
        )
    return (
        f"the first support for rule {rule.rule.id} on {name}, near which nothing was {_seen(item)}",
        f"the {rule.added:+.1f} that rule {rule.rule.id} gives {name} is too much",
    )


def _rival(
    item: Assessment, rule: RuleState | None, panel: Sequence[tuple[Assessment, RuleState | None]]
) -> str:
    """A candidate with which it is predicted to stand in a certain order: by the same rule, else of the same family."""
    if rule is None or rule.state != "fired":
        return ""
    others = [(other, its_rule) for other, its_rule in panel if other is not item]
    for other, its_rule in others:
        same_rule = its_rule is not None and its_rule.state == "fired" and its_rule.rule.id == rule.rule.id
        if its_rule is not None and same_rule and abs(rule.added - its_rule.added) >= TOLD_APART:
            return f"Rule {rule.rule.id} puts it {_order(other, rule.added, its_rule.added)}."
    for other, _ in others:
        if donor_family(other) == donor_family(item) and abs(item.score - other.score) >= TOLD_APART:
            return f"The scores put it {_order(other, item.score, other.score)}, by different rules."
    return ""


def _order(other: Assessment, here: float, there: float) -> str:
    return f"{'above' if here > there else 'below'} {other.pair.form.name} ({here:+.1f} to {there:+.1f})"


def _nearest(item: Assessment) -> NearOutcome | None:
    compared = [
        one for one in item.evidence.near if one.outcome.effect is not None and not one.outcome.confound
    ]
    return min(
        compared,
        key=lambda one: (len(one.differences), one.outcome.strength != "paired", one.outcome.id),
        default=None,
    )


def _outcome_pair(outcome: Outcome) -> str:
    partner = outcome.partner
    if partner in ("none", UNKNOWN_PARTNER):
        return outcome.binding_form
    return f"{outcome.binding_form} + {partner}"


def _difference(text: str) -> str:
    """What is different here, in words that can follow "with"."""
    kind, _, what = text.partition(", ")
    return {
        "other partner": f"another partner ({what} there)",
        "other composition": f"another crystal ({what} there)",
        "same head": f"another tail ({what} there)",
        "partner not stated": "a partner that was not stated there",
    }.get(kind, text)


def _source(outcome: Outcome) -> str:
    source = outcome.source
    if source is None or not source.name:
        return outcome.origin or outcome.id
    return source.name
