"""Which pairs shall be ordered together, and with which controls?

``n`` candidates that are worth most by evidence, score and spread, and on top of them the controls without which their
results mean nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any, Literal

from ligandkb.assessment.headroom import headroom_sentence, plqy_headroom
from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.offers import Offer
from ligandkb.chemistry.composition import Composition
from ligandkb.planning import shortlist_controls as controls
from ligandkb.planning.shelf import MOST_SHOWN, is_at_hand, with_bottles_at_hand
from ligandkb.planning.shortlist_obstacles import (
    Kind,
    Obstacle,
    accepted_dangers,
    nothing_left,
    obstacles,
)
from ligandkb.planning.shortlist_sentences import (
    asked_for,
    control_sentences,
    leading_rule,
    pair_words,
    teaches,
    why_in,
)
from ligandkb.planning.shortlist_spread import FAMILIES, Candidate, choose, donor_family, same_head
from ligandkb.problems import UsageError, counted

PickKind = Literal["candidate", "control"]
MOST = 50
"""Candidates of one panel."""


@dataclass(frozen=True)
class Pick:
    """A pair to order.

    Attributes
    ----------
    assessment : Assessment
    kind : {"candidate", "control"}
    why, teaches : str
        Why it is in, and what its result would teach; a sentence each.
    offers : tuple of Offer
        What the lab's table has of its products.
    role : str
        Of a control: ``reference``, ``native halide`` or ``expected failure``.
    in_lab : bool
        Whether all that it takes stands in the lab.
    place : int or None
        In the whole ranking, from 1; None where it isn't in that view.
    """

    assessment: Assessment
    kind: PickKind
    why: str
    teaches: str
    offers: tuple[Offer, ...] = ()
    role: str = ""
    in_lab: bool = False
    place: int | None = None

    @property
    def name(self) -> str:
        """Of the pair."""
        return pair_words(self.assessment)


@dataclass(frozen=True)
class PassedOver:
    """A pair that would have had a place, and why it has none.

    Attributes
    ----------
    assessment : Assessment
    kind : Kind
    reason : str
    """

    assessment: Assessment
    kind: Kind
    reason: str


@dataclass(frozen=True, repr=False)
class Shortlist:
    """The panel to order.

    Attributes
    ----------
    picks : tuple of Pick
        Candidates, in the order in which they were chosen.
    controls : tuple of Pick
    passed_over : tuple of PassedOver
        In the order of the ranking.
    meta : mapping
        Version, hash of data and rules, crystal, what was accepted, and notes.
    """

    picks: tuple[Pick, ...]
    controls: tuple[Pick, ...]
    passed_over: tuple[PassedOver, ...] = field(repr=False)
    meta: Mapping[str, Any] = field(repr=False)

    @property
    def everything(self) -> tuple[Pick, ...]:
        """Candidates, then controls."""
        return (*self.picks, *self.controls)

    def __str__(self) -> str:
        return str(import_module("ligandkb.reports.shortlist").shortlist_text(self))

    def __repr__(self) -> str:
        return (
            f"Shortlist for {self.meta.get('composition', '')}: "
            f"{', '.join(pick.name for pick in self.picks)}; "
            f"controls: {', '.join(pick.name for pick in self.controls)}"
            + "".join(f"; not found: {name!r:.60}" for name in self.meta.get("not_found", ())[:MOST_SHOWN])
        )

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.shortlist").shortlist_html(self))


def shortlist(
    assessments: Sequence[Assessment],
    judge: Judge,
    catalogue: Catalogue,
    composition: Composition,
    *,
    n: int = 8,
    must: Sequence[Assessment] = (),
    without: Callable[[Pair], bool] | None = None,
    conditions: Mapping[str, Callable[[Assessment], bool]] | None = None,
    have: Collection[str] = (),
    accept: Collection[str] = (),
    plqy_start_pct: float | None = None,
    usual: Sequence[Assessment] | None = None,
    meta: Mapping[str, Any] | None = None,
) -> Shortlist:
    """Choose the panel to order.

    Parameters
    ----------
    assessments : sequence of Assessment
        In the order of a ranking.
    judge : Judge
        By whom they were assessed; no veto lifted.
    catalogue : Catalogue
    composition : Composition
    n : int
        Candidates; controls come on top.
    must : sequence of Assessment
        Pairs that have to be in.
    without : callable, optional
        Tells which pairs are not wanted.
    conditions : mapping, optional
        What a selection asks of a candidate, by what it says; controls and what has to be in are not asked.
    have : collection of str
        Identifiers of the products that stand in the lab.
    accept : collection of str
        Dangers to people that are taken.
    plqy_start_pct : float, optional
        PLQY of the sample before treatment, in %.
    usual : sequence of Assessment, optional
        The usual view, where ``assessments`` are another: controls come from both.
    meta : mapping, optional
        What the list is made from.

    Returns
    -------
    Shortlist

    Raises
    ------
    UsageError
        If a pair that has to be in is vetoed, dangerous beyond what was accepted, or shares its head with another.
    """
    if not 1 <= n <= MOST:
        raise UsageError(f"n: {n} is no number of candidates from 1 to {MOST}")
    (reference,) = with_bottles_at_hand(
        [controls.reference_control(catalogue, judge, composition)],
        judge,
        catalogue,
        composition,
        have,
        without,
    )
    accepted = accepted_dangers(accept, reference, judge.rulebook.vocabulary)

    asked = {item.pair.key for item in must}
    view = asked | {item.pair.key for item in assessments}
    every = with_bottles_at_hand(
        [
            *must,
            *(item for item in assessments if item.pair.key not in asked),
            *(item for item in usual or () if item.pair.key not in view),
        ],
        judge,
        catalogue,
        composition,
        have,
        without,
    )
    orderable = [item.orderable or is_at_hand(item.pair, have) for item in every]
    obstacles_of = dict(
        zip((item.pair.key for item in every), obstacles(every, judge, accepted, orderable), strict=True)
    )
    _refuse_must(must, obstacles_of, n, without)
    harmless = [
        item
        for item in every
        if not (without is not None and without(item.pair))
        and all(one.kind is Kind.PROSPECT for one in obstacles_of[item.pair.key])
    ]
    wanted = [item for item in every if without is None or not without(item.pair)]
    wanted_keys, conditions = {item.pair.key for item in wanted}, conditions or {}
    kept = [
        item for item in wanted if item.pair.key in view and all(holds(item) for holds in conditions.values())
    ]
    control_of = {
        "reference": None if without is not None and without(reference.pair) else reference,
        "native halide": controls.native_halide_control(harmless, composition),
        "expected failure": controls.expected_failure(harmless, reference),
    }
    as_control = {item.pair.key for item in control_of.values() if item is not None}
    free = {item.pair.key for item in kept if not obstacles_of[item.pair.key]} - as_control
    chosen = choose(
        [
            Candidate(item, is_at_hand(item.pair, have), item.pair.key in asked)
            for item in every
            if item.pair.key in free | asked
        ],
        n,
    )
    picks = _picks(chosen, obstacles_of, judge, plqy_start_pct)
    place_of = {item.pair.key: place for place, item in enumerate(assessments, 1)}

    def placed(pick: Pick) -> Pick:
        bought = {product.id for product in pick.assessment.pair.recipes[0].products}
        offers = tuple(offer for offer in catalogue.offers if offer.can_be_had and offer.product_id in bought)
        return replace(pick, offers=offers, place=place_of.get(pick.assessment.pair.key))

    return Shortlist(
        tuple(map(placed, picks)),
        tuple(map(placed, _controls(control_of, composition, picks, have))),
        tuple(_passed_over(kept, obstacles_of, chosen)),
        {
            **(meta or {}),
            "composition": str(composition),
            "candidates": len(picks),
            "asked_for": n,
            "controls": sum(item is not None for item in control_of.values()),
            "families": list(dict.fromkeys(donor_family(pick.assessment) for pick in picks)),
            "accepted": sorted(accepted),
            "accepted_on_your_word": sorted(set(accept)),
            "in_lab": sorted(have),
            "nothing_left": ""
            if picks
            else nothing_left(
                [item for item in every if item.pair.key in view],
                {**conditions, "without what you don't want": lambda item: item.pair.key in wanted_keys},
                obstacles_of,
            ),
            "notes": [
                *(meta or {}).get("notes", ()),
                *_notes(n, picks, control_of, composition),
                *_on_headroom(plqy_start_pct),
            ],
        },
    )


def _picks(
    chosen: Sequence[Candidate],
    obstacles_of: Mapping[tuple[str, str], Sequence[Obstacle]],
    judge: Judge,
    plqy_start_pct: float | None,
) -> tuple[Pick, ...]:
    states = [judge.explain(one.assessment) for one in chosen]
    panel = [(one.assessment, leading_rule(its)) for one, its in zip(chosen, states, strict=True)]
    picks = []
    for place, (one, its) in enumerate(zip(chosen, states, strict=True)):
        item, earlier = one.assessment, [other for other, _ in panel[:place]]
        asked = asked_for(obstacles_of[item.pair.key]) if one.asked_for else ""
        why = f"{asked}{why_in(item, its, earlier)}"
        picks.append(
            Pick(item, "candidate", why, teaches(item, its, panel, plqy_start_pct), in_lab=one.in_lab)
        )
    return tuple(picks)


def _controls(
    control_of: Mapping[str, Assessment | None],
    composition: Composition,
    picks: Sequence[Pick],
    have: Collection[str],
) -> tuple[Pick, ...]:
    panel = [pick.assessment for pick in picks]
    return tuple(
        Pick(
            item,
            "control",
            *control_sentences(role, item, composition, panel),
            role=role,
            in_lab=is_at_hand(item.pair, have),
        )
        for role, item in control_of.items()
        if item is not None
    )


def _refuse_must(
    must: Sequence[Assessment],
    obstacles_of: Mapping[tuple[str, str], Sequence[Obstacle]],
    n: int,
    without: Callable[[Pair], bool] | None,
) -> None:
    wrong = []
    if len(must) > n:
        wrong.append(
            f"must: {len(must)} pairs have to be in, and the panel has {counted(n, 'candidate')}: ask for more"
        )
    for place, item in enumerate(must):
        name, against = pair_words(item), obstacles_of[item.pair.key]
        vetoes = [one.reason for one in against if one.kind is Kind.VETO]
        dangers = [one.reason for one in against if one.kind is Kind.DANGER]
        twin = same_head(item, [Candidate(one) for one in must[:place]])
        if without is not None and without(item.pair):
            wrong.append(f"must: {name} takes what shall be left out: ask for one or the other")
        if vetoes:
            wrong.append(f"must: {name} is {'; '.join(vetoes)}: what is vetoed stands on no shortlist")
        elif dangers:
            taken = " ".join(f"--accept {tag}" for tag in dangers)
            wrong.append(f"must: {name} is {', '.join(dangers)}: accept that ({taken}), or leave it out")
        if twin is not None:
            wrong.append(
                f"must: {name} and {pair_words(twin.assessment)} share a head or a bottle, and no two candidates of a "
                "panel do: name one of them"
            )
    if wrong:
        raise UsageError("\n".join(wrong))


def _passed_over(
    kept: Sequence[Assessment],
    obstacles_of: Mapping[tuple[str, str], Sequence[Obstacle]],
    chosen: Sequence[Candidate],
) -> list[PassedOver]:
    """Pairs that stand as high as what was chosen, with what kept them out; twins of a head are not listed."""
    taken = {one.assessment.pair.key for one in chosen}
    last = max((one.assessment.band or 0 for one in chosen), default=0)
    found = []
    for item in kept:
        against = obstacles_of[item.pair.key]
        vetoes = [one for one in against if one.kind is Kind.VETO]
        reasons = vetoes or [one for one in against if one.kind is Kind.DANGER] or list(against[:1])
        high = (item.band or 0) <= last or bool(item.safety.vetoes)
        if reasons and item.pair.key not in taken and high:
            found.append(PassedOver(item, reasons[0].kind, "; ".join(one.reason for one in reasons)))
    return found


def _on_headroom(plqy_start_pct: float | None) -> list[str]:
    return [] if plqy_start_pct is None else [headroom_sentence(plqy_headroom(plqy_start_pct))]


def _notes(
    n: int, picks: Sequence[Pick], control_items: Mapping[str, Assessment | None], composition: Composition
) -> list[str]:
    notes = []
    if 0 < len(picks) < n:
        notes.append(
            f"{len(picks)} of {n} candidates: no more pairs have a head of their own and nothing against them."
        )
    families = {donor_family(pick.assessment) for pick in picks}
    if picks and len(families) < min(FAMILIES, n):
        some = "one donor family" if len(families) == 1 else f"{len(families)} donor families"
        notes.append(f"Of {some} only: what you asked for leaves no more.")
    if control_items["reference"] is None:
        notes.append(
            "No reference, as you asked: without oleylammonium-oleate no rise can be told from washing."
        )
    if control_items["native halide"] is None:
        why = (
            "none can be ordered without a danger that was not accepted"
            if composition.is_pure
            else f"the halide of {composition} isn't stated"
            if composition.is_family
            else f"{composition} has several halides, and each by itself shifts their ratio and the colour"
        )
        notes.append(f"No control with the crystal's own halide: {why}.")
    if control_items["expected failure"] is None:
        notes.append("No expected failure among the controls: nothing harmless is left that would be one.")
    return notes
