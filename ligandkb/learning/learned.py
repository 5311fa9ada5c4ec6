"""What was learned from outcomes, and what does it say of other pairs?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module

import numpy as np

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.outlook import Outlook, plqy_interval
from ligandkb.assessment.references import reference_pairs
from ligandkb.assessment.verdicts import Verdict
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.evidence.outcomes import Outcome
from ligandkb.learning.batch_controls import BatchControl, batch_controls, narrower_with_reference
from ligandkb.learning.lessons import Lesson, lessons_of
from ligandkb.learning.observations import LeftOut, Observations, batches_of, observations_of, shares_of
from ligandkb.learning.posterior import Posterior, fit
from ligandkb.learning.predictions import draws, expected_plqy, predict
from ligandkb.learning.prior import Floats, prior_of
from ligandkb.learning.refusal import refuse_empty
from ligandkb.learning.repeats import UnlikeRepeats, unlike_repeats
from ligandkb.problems import counted
from ligandkb.rules.evaluate import Table, evaluate
from ligandkb.storage.outcome_recordings import Recording
from ligandkb.validation.measures import Sides

_DRAWS = 2000
_SEED = 11


@dataclass(frozen=True, repr=False)
class Learned:
    """What outcomes taught about the weights of the rules.

    Attributes
    ----------
    judge : Judge
        Whose rules they are.
    observations : Observations
        What was learned from.
    left_out : tuple of LeftOut
        Outcomes of the lab that teach nothing, with the reason.
    posterior : Posterior
        With what the rules say by themselves (``prior``) and the conventions of the model (``settings``).
    """

    judge: Judge = field(repr=False)
    observations: Observations
    left_out: tuple[LeftOut, ...]
    posterior: Posterior

    def __repr__(self) -> str:
        words = Counter(str(lesson.word) for lesson in self.lessons)
        said = ", ".join(f"{number} {word}" for word, number in words.items())
        return f"Learned({self.label}: of {counted(len(self.lessons), 'rule')} {said})"

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.learned").learned_html(self))

    @cached_property
    def own(self) -> Sides:
        """The lab's own outcomes: those that improved, and the others."""
        return self._sides(~self.observations.is_literature)

    @cached_property
    def literature(self) -> Sides:
        """Published outcomes that were learned from, too."""
        return self._sides(self.observations.is_literature)

    def _sides(self, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Sides:
        return Sides.of(bool(one) for one in self.observations.improved[rows])

    @property
    def label(self) -> str:
        """Where all of it is from: ``from your 24 outcomes``."""
        return self.observations.label

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """What the data did to each rule, in the order of the rulebook."""
        return lessons_of(self.judge.rulebook, self.posterior, self.observations)

    @cached_property
    def level(self) -> Outlook:
        """What is expected of a pair that no rule speaks of: the level of the lab."""
        none = np.zeros((1, len(self.posterior.prior.rule_ids)))
        found = predict(self.posterior, none, (("", ""),))
        closed, low, high = (float(each[0]) for each in (found.closed, found.closed_low, found.closed_high))
        return Outlook(float(found.probability[0]), closed, low, high, own_outcomes=0, rank_by_rules=0)

    @cached_property
    def controls(self) -> tuple[BatchControl, ...]:
        """Of each own batch whether something in it tells the batch from its ligands."""
        return batch_controls(self.observations, _reference_key())

    @cached_property
    def unlike_repeats(self) -> tuple[UnlikeRepeats, ...]:
        """Own pairs whose results differ by more than their errors."""
        return unlike_repeats(self.observations)

    @cached_property
    def cost_of_missing_controls(self) -> float | None:
        """By which part the intervals of the rules would be narrower, had each own batch held the reference pair.

        Mean over the rules that fired on own outcomes; None where none did, or no batch lacks it.
        """
        crystal = parse_composition("CsPbBr3")
        reference = self.judge.assess([reference_pairs()[LigandClass.X]], crystal)
        shares = self.shares(reference)[0]
        expected = float(predict(self.posterior, shares[np.newaxis], (_reference_key(),)).closed[0])
        found = narrower_with_reference(self.posterior, self.observations, _reference_key(), shares, expected)
        fired = np.array([bool(lesson.fired) for lesson in self.lessons])
        return None if found is None or not fired.any() else float(found[fired].mean())

    def shares(self, assessments: Sequence[Assessment]) -> Floats:
        """Share of each weight that counts for assessed pairs, shape (m, R)."""
        rulebook = self.judge.rulebook
        rows = Table.from_rows([item.values for item in assessments])
        return shares_of(rulebook, evaluate(rulebook, rows))

    def outlooks(
        self, assessments: Sequence[Assessment], *, plqy_start: float | None = None
    ) -> tuple[Outlook, ...]:
        """What is expected of assessed pairs, in the order in which they were given.

        Parameters
        ----------
        assessments : sequence of Assessment
            In the order of the rulebook's ranking.
        plqy_start : float, optional
            PLQY before the treatment, as a fraction.

        Returns
        -------
        tuple of Outlook
        """
        if not assessments:
            return ()
        shares, keys = self.shares(assessments), tuple(item.pair.key for item in assessments)
        found = predict(self.posterior, shares, keys)
        plqy = (
            [None] * len(keys) if plqy_start is None else self._plqy(shares, keys, found.closed, plqy_start)
        )
        own = ~self.observations.is_literature
        measured = Counter(
            self.observations.pair_keys[number] for number in self.observations.pair[own].tolist()
        )
        ends = zip(plqy, found.closed_low.tolist(), found.closed_high.tolist(), strict=True)
        beyond = [
            (None, None) if plqy_start is None or one is None else plqy_interval(plqy_start, one, low, high)
            for one, low, high in ends
        ]
        return tuple(
            Outlook(
                probability_improved=float(found.probability[at]),
                closed=float(found.closed[at]),
                closed_low=float(found.closed_low[at]),
                closed_high=float(found.closed_high[at]),
                own_outcomes=measured[key],
                rank_by_rules=at + 1,
                plqy=plqy[at],
                plqy_low=beyond[at][0],
                plqy_high=beyond[at][1],
            )
            for at, key in enumerate(keys)
        )

    def _plqy(
        self, shares: Floats, keys: tuple[tuple[str, str], ...], closed: Floats, start: float
    ) -> list[float]:
        # Pairs that weren't measured are drawn with one effect in common: what is alike comes out alike.
        drawn_as = [key if key in self.posterior.pair_keys else ("", "") for key in keys]
        drawn = np.tanh(0.5 * draws(self.posterior, shares, drawn_as, _DRAWS, _SEED))
        return [float(one) for one in expected_plqy(start, closed, drawn)]


def in_learned_order(
    assessments: Sequence[Assessment], outlooks: Sequence[Outlook]
) -> tuple[tuple[Assessment, ...], tuple[Outlook, ...]]:
    """Pairs by the part of the headroom that they are expected to close; what is vetoed comes last.

    Of equals first what is likelier to improve, then what the rulebook puts first.
    """
    together = sorted(zip(assessments, outlooks, strict=True), key=_place)
    return tuple(item for item, _ in together), tuple(outlook for _, outlook in together)


def _place(one: tuple[Assessment, Outlook]) -> tuple[float, ...]:
    item, outlook = one
    # Rounded, so that what is equal on paper isn't ranked by rounding errors.
    expected, chance = round(outlook.closed, 6), round(outlook.probability_improved, 6)
    return (item.verdict is Verdict.VETOED, -expected, -chance, outlook.rank_by_rules)


def learn(
    catalogue: Catalogue,
    judge: Judge,
    outcomes: Sequence[Outcome],
    recorded: Sequence[Recording],
    *,
    with_literature: bool = False,
) -> Learned:
    """Learn the weights of the rules from outcomes.

    Parameters
    ----------
    catalogue : Catalogue
        What makes the pairs.
    judge : Judge
        Whose rules they are.
    outcomes : sequence of Outcome
        All that there are; those that aren't shipped are the lab's own.
    recorded : sequence of Recording
        Of which batch each recorded outcome is.
    with_literature : bool
        Learn from the shipped outcomes, too, at half their weight.

    Returns
    -------
    Learned

    Raises
    ------
    NothingToLearn
        Where the data say nothing about any rule, with all reasons and how to fix them.
    """
    wanted = [one for one in outcomes if with_literature or not one.is_shipped]
    observations, left_out = observations_of(catalogue, judge, wanted, batches=batches_of(recorded))
    own = {one.id for one in wanted if not one.is_shipped}
    left_out = tuple(one for one in left_out if one.outcome_id in own)
    refuse_empty(observations, left_out)
    return Learned(judge, observations, left_out, fit(observations, prior_of(judge.rulebook)))


def _reference_key() -> tuple[str, str]:
    return reference_pairs()[LigandClass.X].key
