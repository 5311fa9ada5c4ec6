"""What does a lab know so far?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ligandkb.assessment.choosing import pairs_of
from ligandkb.assessment.judge import Judge
from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import find
from ligandkb.evidence.outcomes import Outcome
from ligandkb.learning.belief import before_any_outcome
from ligandkb.learning.observations import batches_of, observations_of
from ligandkb.learning.posterior import Posterior, fit
from ligandkb.learning.prior import prior_of
from ligandkb.learning.repeats import UnlikeRepeats, unlike_repeats
from ligandkb.problems import LigandkbError
from ligandkb.storage.outcome_recordings import Recording


@dataclass(frozen=True)
class SoFar:
    """The posterior, and what it rests on.

    Attributes
    ----------
    posterior : Posterior
        The prior where nothing was measured.
    label : str
        What it rests on, in words: ``from your 24 outcomes``.
    measured : mapping of (str, str) to int
        The lab's own outcomes in it, by key of a pair.
    learned_from : frozenset of str
        Identifiers of all outcomes in it.
    left_out : int
        Own outcomes that teach nothing: confounded ones, removals, and those that state no effect.
    unlike_repeats : tuple of UnlikeRepeats
        Own pairs whose results differ by more than their errors.
    """

    posterior: Posterior = field(repr=False)
    label: str
    measured: Mapping[tuple[str, str], int] = field(repr=False)
    learned_from: frozenset[str] = field(repr=False)
    left_out: int = 0
    unlike_repeats: tuple[UnlikeRepeats, ...] = ()


def known_so_far(
    catalogue: Catalogue,
    judge: Judge,
    outcomes: Sequence[Outcome],
    recorded: Sequence[Recording],
    *,
    with_literature: bool = False,
) -> SoFar:
    """Condition the rules on what a lab measured, be it little or nothing.

    Parameters
    ----------
    catalogue : Catalogue
    judge : Judge
        Whose rules they are.
    outcomes : sequence of Outcome
        All that there are; those that aren't shipped are the lab's own.
    recorded : sequence of Recording
        Of which batch each recorded outcome is.
    with_literature : bool
        Whether shipped outcomes count, too.

    Returns
    -------
    SoFar
    """
    wanted = [one for one in outcomes if with_literature or not one.is_shipped]
    observations, left_out = observations_of(catalogue, judge, wanted, batches=batches_of(recorded))
    shipped = {one.id for one in wanted if one.is_shipped}
    prior = prior_of(judge.rulebook)
    return SoFar(
        fit(observations, prior) if len(observations) else before_any_outcome(prior),
        observations.label,
        Counter(
            observations.pair_keys[pair]
            for pair, is_literature in zip(observations.pair, observations.is_literature, strict=True)
            if not is_literature
        ),
        frozenset(observations.outcome_ids),
        sum(one.outcome_id not in shipped for one in left_out),
        unlike_repeats(observations),
    )


def pairs_by_key(catalogue: Catalogue, keys: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    """Pairs that a catalogue makes of binding forms and partners.

    Parameters
    ----------
    catalogue : Catalogue
    keys : iterable of (str, str)
        As of :attr:`ligandkb.assessment.pairs.Pair.key`.

    Returns
    -------
    tuple of Pair
        In the order given; a key that nothing makes is left out.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> known = kb.assess("benzoic acid").pair.key
    >>> [pair.key == known for pair in pairs_by_key(kb.catalogue, [known, ("[Br-]", "unknown")])]
    [True]
    """
    found = []
    for key in keys:
        form, partner = key
        try:
            pairs = pairs_of(catalogue, find(catalogue, form), partner)
        except LigandkbError:
            continue
        found += [pair for pair in pairs if pair.key == key][:1]
    return tuple(found)
