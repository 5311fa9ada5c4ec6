"""Which verdicts, vetoes, tags and scores of a ranking are others in a second one, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isclose

from ligandkb.changes.faults import Fault, explained
from ligandkb.changes.stored import StoredPair, StoredRanking

RENAMED = {"unlikely": "no-better", "unknown": "undecided"}
"""What verdicts of 0.1.0 are called now."""
_SAME = 5e-4
"""Scores that differ by less were rounded differently."""
GONE, NEW, WEIGHT = "rule gone", "rule new", "other weight"
KNOWN, UNKNOWN = "known now", "unknown now"
UNASSESSED, RANGE = "no rule speaks", "range"
LIFTED, HOLDS = "veto lifted on your word", "veto no longer lifted"


@dataclass(frozen=True)
class Cause:
    """One reason why an answer on a pair changed.

    Attributes
    ----------
    kind : str
        ``rule gone``, ``rule new``, ``other weight``, ``known now``, ``unknown now``, ``no rule speaks``, ``range``,
        ``veto lifted on your word``, ``veto no longer lifted``, or ``fixed`` with the name of a fault.
    what : str
        The rule's sentence, the column, the veto, or what was wrong.
    before, after : float or None
        What a rule added to the score.
    """

    kind: str
    what: str
    before: float | None = None
    after: float | None = None


@dataclass(frozen=True)
class Change:
    """A pair of which something changed.

    Attributes
    ----------
    old, new : StoredPair
    causes : tuple of Cause
    """

    old: StoredPair
    new: StoredPair
    causes: tuple[Cause, ...]

    @property
    def verdict_changed(self) -> bool:
        """Whether it is judged otherwise, and not only in another word."""
        return _renamed(self.old.verdict) != _renamed(self.new.verdict)

    @property
    def score_changed(self) -> bool:
        """Whether score or range differ."""
        return any(not isclose(*two, abs_tol=_SAME) for two in _scores(self.old, self.new).values())

    @cached_property
    def vetoes_came(self) -> tuple[str, ...]:
        """Vetoes of the second ranking alone."""
        return _without(self.new.vetoes, self.old.vetoes)

    @cached_property
    def vetoes_went(self) -> tuple[str, ...]:
        """Vetoes of the first ranking alone."""
        return _without(self.old.vetoes, self.new.vetoes)

    @cached_property
    def tags_came(self) -> tuple[str, ...]:
        """Tags of the second ranking alone."""
        return _without(self.new.tags, self.old.tags)

    @cached_property
    def tags_went(self) -> tuple[str, ...]:
        """Tags of the first ranking alone."""
        return _without(self.old.tags, self.new.tags)

    @property
    def observed_changed(self) -> bool:
        """Whether something else was measured."""
        return self.old.observed != self.new.observed

    @property
    def decides(self) -> bool:
        """Whether somebody may order otherwise: verdict or veto changed."""
        return self.verdict_changed or bool(self.vetoes_came or self.vetoes_went)


@dataclass(frozen=True)
class Changes:
    """Two rankings beside each other.

    Attributes
    ----------
    old, new : StoredRanking
    changed : tuple of Change
        What is vetoed now first, then what no longer is, then the others in the order of the second ranking.
    unchanged : int
        Pairs of both of which nothing changed.
    only_old, only_new : tuple of StoredPair
        Pairs of one ranking alone, as far as the other one is whole and of the same view: what it leaves out may have
        been ranked.
    """

    old: StoredRanking
    new: StoredRanking
    changed: tuple[Change, ...]
    unchanged: int
    only_old: tuple[StoredPair, ...]
    only_new: tuple[StoredPair, ...]

    @cached_property
    def verdicts(self) -> Counter[tuple[str, str]]:
        """How many pairs went from which verdict to which."""
        return Counter((one.old.verdict, one.new.verdict) for one in self.changed if one.verdict_changed)

    @cached_property
    def by_cause(self) -> dict[tuple[str, str], list[Change]]:
        """Changed pairs by kind of cause and what it is, the most frequent first."""
        found: dict[tuple[str, str], list[Change]] = {}
        for change in self.changed:
            for key in dict.fromkeys((cause.kind, cause.what) for cause in change.causes):
                found.setdefault(key, []).append(change)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def changes(old: StoredRanking, new: StoredRanking, faults: Sequence[Fault] = ()) -> Changes:
    """Hold two rankings of one crystal beside each other.

    Parameters
    ----------
    old, new : StoredRanking
    faults : sequence of Fault
        What was put right between them.

    Returns
    -------
    Changes
    """
    alike = old.view == new.view
    olds = {pair.key: pair for pair in old.pairs}
    news = {pair.key: pair for pair in new.pairs}
    both = [(olds[key], pair) for key, pair in news.items() if key in olds]
    found = [_change(before, after, faults) for before, after in both]
    changed = [one for one in found if one is not None]
    return Changes(
        old,
        new,
        tuple(sorted(changed, key=lambda one: (not one.vetoes_came, not one.vetoes_went))),
        len(both) - len(changed),
        tuple(pair for key, pair in olds.items() if key not in news) if alike and new.is_whole else (),
        tuple(pair for key, pair in news.items() if key not in olds) if alike and old.is_whole else (),
    )


def _change(old: StoredPair, new: StoredPair, faults: Sequence[Fault]) -> Change | None:
    plain = Change(old, new, ())
    if not (
        plain.decides or plain.score_changed or plain.tags_came or plain.tags_went or plain.observed_changed
    ):
        return None
    rules = list(_rules(old, new))
    allowed = [Cause(LIFTED, name) for name in _without(new.lifted, old.lifted)]
    allowed += [Cause(HOLDS, name) for name in _without(old.lifted, new.lifted)]
    known = [Cause(KNOWN, name) for name in sorted(old.unknown & new.known)]
    known += [Cause(UNKNOWN, name) for name in sorted(old.known & new.unknown)]
    if plain.verdict_changed and new.verdict == "unassessed":
        rules.append(
            Cause(UNASSESSED, "a pair on which no rule with a weight speaks is unassessed, not judged")
        )
    fixed = []
    for field in _fields(plain):
        fault = explained(faults, " | ".join(old.key), field)
        # What explains all pairs alike says less than the rules of this one.
        if fault is not None and (fault.is_of_some_pairs or field.startswith("safety") or not rules):
            fixed.append(Cause(f"fixed: {fault.name}", fault.why))
    causes = (*allowed, *rules, *known, *fixed)
    if not causes and plain.score_changed:
        width = (new.high - new.low) - (old.high - old.low)
        causes = (Cause(RANGE, f"{'less' if width < 0 else 'more'} of what the score may be is open"),)
    return Change(old, new, tuple(dict.fromkeys(causes)))


def _rules(old: StoredPair, new: StoredPair) -> Iterator[Cause]:
    for sentence in (*old.reasons, *(one for one in new.reasons if one not in old.reasons)):
        before, after = old.reasons.get(sentence), new.reasons.get(sentence)
        if sentence not in new.reasons:
            yield Cause(GONE, sentence, before, None)
        elif sentence not in old.reasons:
            yield Cause(NEW, sentence, None, after)
        elif before is not None and after is not None and not isclose(before, after, abs_tol=_SAME):
            yield Cause(WEIGHT, sentence, before, after)


def _fields(change: Change) -> Iterator[str]:
    """What changed, in the words of the table of faults."""
    if change.verdict_changed:
        yield "verdict"
    yield from (f"safety.vetoes[+{one}]" for one in change.vetoes_came)
    yield from (f"safety.vetoes[-{one}]" for one in change.vetoes_went)
    yield from (f"safety.tags[+{one}]" for one in change.tags_came if one not in change.vetoes_came)
    yield from (f"safety.tags[-{one}]" for one in change.tags_went if one not in change.vetoes_went)
    for name, (before, after) in _scores(change.old, change.new).items():
        if not isclose(before, after, abs_tol=_SAME):
            yield f"{name} by {after - before:+.3g}"
    if change.observed_changed:
        yield "observed"


def _scores(old: StoredPair, new: StoredPair) -> dict[str, tuple[float, float]]:
    return {
        "score": (old.score, new.score),
        "score_low": (old.low, new.low),
        "score_high": (old.high, new.high),
    }


def _renamed(verdict: str) -> str:
    return RENAMED.get(verdict, verdict)


def _without(words: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in others)
