"""Which rules were written from what they are held against?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ligandkb.evidence.outcomes import TABLE_1, Outcome
from ligandkb.provenance import Source
from ligandkb.rules.rulebook import Rulebook

IN_SAMPLE = "table-1"
"""What a rule's ``derived_from`` names when it was written from Table 1."""


def source_of(outcome: Outcome) -> str:
    """What an outcome shares with others of its source: DOI, address, else who recorded it or the file.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> from ligandkb.evidence.outcomes import Application, Effect
    >>> pair = ("a", "bromide", "[Br-]", "caesium", parse_composition("CsPbBr3"), "nanocrystals")
    >>> how = (Application.POST_SYNTHETIC, "as_made", Effect.IMPROVED)
    >>> source_of(Outcome(*pair, *how, source=Source("10.1021/jacs.8b11035", "Figure 6B")))
    'doi 10.1021/jacs.8b11035'
    >>> source_of(Outcome(*pair, *how, origin="ours.csv:7"))
    'ours.csv'
    """
    named = (outcome.source.name or outcome.source.locator) if outcome.source else ""
    return named or outcome.origin.rpartition(":")[0] or outcome.origin or outcome.id


def sources_of_rules(rulebook: Rulebook, outcomes: Iterable[Outcome]) -> Mapping[str, frozenset[str]]:
    """Sources that each rule was written from.

    Parameters
    ----------
    rulebook : Rulebook
    outcomes : iterable of Outcome
        All that there are.

    Returns
    -------
    mapping of str to frozenset of str
        From a rule's identifier to sources, as :func:`source_of` names them. All outcomes of such a source are
        in-sample, also those that the rule doesn't name: whoever wrote it had read them.
    """
    sources = {outcome.id: source_of(outcome) for outcome in outcomes} | {IN_SAMPLE: Source(TABLE_1).name}
    return {
        rule.id: frozenset(sources[name] for name in rule.derived_from if name in sources)
        for rule in rulebook.rules
    }


def without(rulebook: Rulebook, left_out: Collection[str]) -> Rulebook:
    """The same rulebook without some rules, by their identifiers."""
    return replace(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.id not in left_out))
