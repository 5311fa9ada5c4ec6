"""What follows for every pair on which the same rules hold?

Of thousands of pairs few differ in which rules hold, are unknown, and count. Tags, vetoes and their words follow from
that alone, and are worked out once for each such pattern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ligandkb.assessment.dangers import is_statement
from ligandkb.rules.evaluate import Evaluation
from ligandkb.rules.rule import Rule
from ligandkb.rules.rulebook import Rulebook

NOT_ASSESSED = (
    "toxicity and reactivity beyond the structural alerts listed in docs/safety.md",
    "the safety data sheet of the product as bought",
)
"""What no row is ever cleared of."""
_MOST = 16384
"""Patterns that are kept; beyond them the collection begins anew."""


@dataclass(frozen=True)
class Pattern:
    """What the rules of a pattern say, whatever the pair is called.

    Attributes
    ----------
    tags : tuple of str
        Of the safety and sample rules that fired.
    vetoes, lifted : tuple of str
        Kinds of veto that hold, and those that hold and that the user lifted.
    doubtful : tuple of str
        Kinds of veto that can't be excluded.
    dangers_to_people : tuple of str
        The tags that concern people.
    not_assessed : tuple of str
        What could not be or never is assessed, whatever is bought: such tags that no rule established and one could not
        decide, and not for want of a label, among them.
    assessed : bool
        Whether a rule with a weight fired, or could fire.
    veto_reason : str
        Why it is vetoed, in words; empty where it isn't.
    instead : mapping of str to str
        Verdicts that its tags put in the place of a recommendation, with the reason.
    by_veto : tuple of str
        Titles of the rules that fired and veto.
    weighed : tuple of (int, Rule, float or None)
        Number of each rule with a weight that fired, the rule, and the log-odds that it adds; None where those follow
        from a grade.
    """

    tags: tuple[str, ...]
    vetoes: tuple[str, ...]
    lifted: tuple[str, ...]
    doubtful: tuple[str, ...]
    dangers_to_people: tuple[str, ...]
    not_assessed: tuple[str, ...]
    assessed: bool
    veto_reason: str
    instead: Mapping[str, str]
    by_veto: tuple[str, ...]
    weighed: tuple[tuple[int, Rule, float | None], ...]

    def reasons(self, graded: Mapping[int, Sequence[float]], row: int) -> tuple[str, ...]:
        """Titles of the rules that moved the score of a row, the largest first, behind those that veto.

        Parameters
        ----------
        graded : mapping of int to sequence of float
            Log-odds that each graded rule adds to each row, by its number.
        row : int
            0-based.
        """
        moved = [
            (graded[number][row] if added is None else added, rule) for number, rule, added in self.weighed
        ]
        moved.sort(key=lambda one: (-abs(one[0]), one[1].id))
        return (*self.by_veto, *(f"{rule.title} ({added:+.1f})" for added, rule in moved))


@dataclass(frozen=True)
class Patterns:
    """Patterns that were seen.

    Attributes
    ----------
    rulebook : Rulebook
    allow : frozenset of str
        Vetoes that the user lifts.
    """

    rulebook: Rulebook
    allow: frozenset[str] = frozenset()
    _seen: dict[bytes, Pattern] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, evaluation: Evaluation) -> tuple[Pattern, ...]:
        """Pattern of each row of an evaluation."""
        states = np.ascontiguousarray(np.concatenate([evaluation.truth, evaluation.counts]).T)
        keys: list[bytes] = states.view(f"V{states.shape[1]}").ravel().tolist()
        if len(self._seen) > _MOST:
            self._seen.clear()
        found = []
        for row, key in enumerate(keys):
            pattern = self._seen.get(key)
            if pattern is None:
                pattern = self._seen[key] = self._pattern(evaluation, row)
            found.append(pattern)
        return tuple(found)

    def _pattern(self, evaluation: Evaluation, row: int) -> Pattern:
        vocabulary = self.rulebook.vocabulary
        holding = [kind for kind, truth in evaluation.vetoes.items() if truth[row] > 0]
        tags = tuple(tag for tag, truth in evaluation.tags.items() if truth[row] > 0)
        # A tag that bears a veto's name says that the danger is suspected, though nobody is sure enough to veto.
        suspected = set(tags) - set(holding)
        lifted = tuple(kind for kind in holding if vocabulary.vetoes[kind].lifted_by in self.allow)
        vetoes = tuple(kind for kind in holding if kind not in lifted)
        # Where one veto can't be lifted, nobody needs to hear how to lift the others.
        final = [kind for kind in vetoes if vocabulary.vetoes[kind].lifted_by is None]
        fired = [
            (number, self.rulebook.rules[number])
            for number in np.flatnonzero(evaluation.truth[:, row] > 0).tolist()
        ]
        return Pattern(
            tags=tags,
            vetoes=vetoes,
            lifted=lifted,
            doubtful=tuple(
                kind for kind, truth in evaluation.vetoes.items() if truth[row] == 0 or kind in suspected
            ),
            dangers_to_people=tuple(tag for tag in tags if vocabulary.tags[tag].about == "person"),
            not_assessed=(
                *(f"{tag}: not known for this pair" for tag in self._unknown_dangers(evaluation, row)),
                *NOT_ASSESSED,
            ),
            assessed=bool((evaluation.counts[:, row] >= 0).any()),
            veto_reason="; ".join(vocabulary.vetoes[kind].meaning for kind in final or vetoes),
            instead={
                verdict: f"not recommended from prediction alone: {vocabulary.tags[tag].meaning}"
                for tag in tags
                if (verdict := vocabulary.tags[tag].instead) is not None
            },
            by_veto=tuple(f"{rule.title} (veto: {rule.veto})" for _, rule in fired if rule.veto),
            weighed=tuple(
                (number, rule, None if rule.graded else evaluation.added(rule, number, row)[0])
                for number, rule in fired
                if rule.weight
            ),
        )

    def _unknown_dangers(self, evaluation: Evaluation, row: int) -> tuple[str, ...]:
        tags = self.rulebook.vocabulary.tags
        undecided = dict.fromkeys(
            rule.tag
            for position, rule in enumerate(self.rulebook.rules)
            if rule.tag is not None
            and tags[rule.tag].about == "person"
            and evaluation.truth[position, row] == 0
            and not all(map(is_statement, rule.when.columns))
        )
        return tuple(tag for tag in undecided if tag is not None and evaluation.tags[tag][row] <= 0)
