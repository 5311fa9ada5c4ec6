"""Which pairs does somebody want to see?"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from ligandkb.arguments import Several, names
from ligandkb.assessment.verdicts import Verdict
from ligandkb.chemistry.motifs import GROUPS
from ligandkb.chemistry.species import molar_mass_g_per_mol
from ligandkb.missing import is_present
from ligandkb.problems import UsageError, did_you_mean

if TYPE_CHECKING:
    from ligandkb.assessment.judge import Assessment
    from ligandkb.assessment.pairs import Pair

VERDICTS = tuple(map(str, Verdict))
MEASURED = ("improved", "not-improved", "decreased", "conflict", "figures", "near", "nothing")
"""What may be asked of the measurements: what this pair's say, whether they are figures before and after, whether only
a near pair was measured, or nothing at all."""


class SelectionWords(TypedDict, total=False):
    """Keywords by which pairs are selected; a text or a list of texts where there may be several.

    Attributes
    ----------
    verdict : str or iterable of str
        Of :data:`VERDICTS`.
    measured : str or iterable of str
        Of :data:`MEASURED`.
    donor : str or iterable of str
        Donor families, such as ``carboxylate``.
    exclude_tag : str or iterable of str
        Tags that no selected pair may have. That a pair lacks a tag is no clearance.
    soluble : bool
        Only what is known or judged to dissolve.
    orderable : bool
        Only what can be ordered, see :func:`is_orderable`.
    max_molar_mass_g_per_mol : float, optional
        Of the ligand's product as bought, in g/mol.
    min_score : float, optional
        In log-odds.
    """

    verdict: Several[str] | None
    measured: Several[str] | None
    donor: Several[str] | None
    exclude_tag: Several[str] | None
    soluble: bool
    orderable: bool
    max_molar_mass_g_per_mol: float | None
    min_score: float | None


@dataclass(frozen=True)
class Selection:
    """What a pair must be to be shown; whatever isn't set keeps everything.

    Made by :func:`selection`, which checks the words.

    Attributes
    ----------
    verdicts, measured, donors : frozenset of str
        One of each must fit.
    excluded_tags : frozenset of str
        None of these may be there.
    soluble, orderable : bool
        Whether it has to dissolve, and to be for sale.
    max_molar_mass_g_per_mol : float or None
        Of the ligand's product as bought, in g/mol.
    min_score : float or None
        In log-odds.
    """

    verdicts: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    donors: frozenset[str] = frozenset()
    excluded_tags: frozenset[str] = frozenset()
    soluble: bool = False
    orderable: bool = False
    max_molar_mass_g_per_mol: float | None = None
    min_score: float | None = None

    def keeps(self, assessment: Assessment) -> bool:
        """Whether a pair is shown."""
        return all(holds(assessment) for _, holds in self.conditions())

    def conditions(self) -> Iterator[tuple[str, Callable[[Assessment], bool]]]:
        """What is asked of a pair, in words and as a test."""
        if self.verdicts:
            yield _either(self.verdicts), lambda one: str(one.verdict) in self.verdicts
        if self.measured:
            yield f"measured: {_either(self.measured)}", lambda one: bool(_measured(one) & self.measured)
        if self.donors:
            yield f"a donor {_either(self.donors)}", lambda one: bool(donor_groups(one) & self.donors)
        if self.excluded_tags:
            yield (
                f"free of the tag {_either(self.excluded_tags)}",
                lambda one: not self.excluded_tags & _tags(one),
            )
        if self.soluble:
            yield "soluble", lambda one: one.values["soluble"] is True
        if self.orderable:
            yield "orderable", lambda one: one.orderable
        if (most := self.max_molar_mass_g_per_mol) is not None:
            yield f"at most {most:g} g/mol", lambda one: _molar_mass(one) <= most
        if (least := self.min_score) is not None:
            yield f"scored {least:g} or more", lambda one: one.score >= least


def selection(
    tags: Collection[str],
    *,
    verdict: Several[str] | None = None,
    measured: Several[str] | None = None,
    donor: Several[str] | None = None,
    exclude_tag: Several[str] | None = None,
    soluble: bool = False,
    orderable: bool = False,
    max_molar_mass_g_per_mol: float | None = None,
    min_score: float | None = None,
) -> Selection:
    """Make a selection of what was asked for.

    Parameters
    ----------
    tags : collection of str
        Those of the rulebook.
    verdict, measured, donor, exclude_tag, soluble, orderable, max_molar_mass_g_per_mol, min_score
        See :class:`SelectionWords`.

    Returns
    -------
    Selection

    Raises
    ------
    UsageError
        If a word is none that is known, with the nearest ones, or a limit is no number; all of them at once.

    Examples
    --------
    >>> selection(["pfas"], exclude_tag="PFAS")
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: 'PFAS' is no tag: did you mean 'pfas'?
    """
    wrong: list[str] = []
    for limit, value in (("max_molar_mass_g_per_mol", max_molar_mass_g_per_mol), ("min_score", min_score)):
        if value is not None and not math.isfinite(value):
            wrong.append(f"{limit}: {value:g} is no limit: write a number, or leave it out")
        elif value is not None and value <= 0 and limit != "min_score":
            wrong.append(
                f"{limit}: {value:g} g/mol is no molar mass: write a number above 0, or leave it out"
            )
    found = Selection(
        verdicts=_known("verdict", verdict, "verdict", VERDICTS, wrong),
        measured=_known("measured", measured, "word for what was measured", MEASURED, wrong),
        donors=_known("donor", donor, "donor family", GROUPS, wrong),
        excluded_tags=_known("exclude_tag", exclude_tag, "tag", tuple(tags), wrong),
        soluble=soluble,
        orderable=orderable,
        max_molar_mass_g_per_mol=max_molar_mass_g_per_mol,
        min_score=min_score,
    )
    if wrong:
        raise UsageError("\n".join(wrong))
    return found


def _known(
    argument: str, given: Several[str] | None, what: str, known: Sequence[str], wrong: list[str]
) -> frozenset[str]:
    words = frozenset(names(argument, given))
    for word in sorted(words - set(known)):
        wrong.append(f"{word!r} is no {what}: {did_you_mean(word, known) or 'write ' + ', '.join(known)}")
    return words


def left_out(assessments: Sequence[Assessment], selected: Selection) -> dict[str, Any]:
    """Count what a selection doesn't show, in types that JSON knows.

    Parameters
    ----------
    assessments : sequence of Assessment
        The whole ranking.
    selected : Selection

    Returns
    -------
    dict
        ``pairs`` that are left out and how many of them are ``vetoed``; ``by`` condition how many miss it (a pair may
        miss several); ``may_have``, by excluded tag, of how many that stay nobody knows whether they have it;
        ``maybe_soluble``, of how many nobody knows whether they dissolve, where that is asked.
    """
    conditions = dict(selected.conditions())
    missed = [item for item in assessments if not selected.keeps(item)]
    kept = [item for item in assessments if selected.keeps(item)]
    unknown = sum(not is_present(item.values["soluble"]) for item in assessments)
    return {
        "pairs": len(missed),
        "vetoed": sum(item.verdict is Verdict.VETOED for item in missed),
        "by": {words: sum(not holds(item) for item in assessments) for words, holds in conditions.items()},
        "may_have": {
            tag: sum(_may_have(item, tag) for item in kept) for tag in sorted(selected.excluded_tags)
        },
        "maybe_soluble": unknown if selected.soluble else 0,
    }


def _may_have(assessment: Assessment, tag: str) -> bool:
    """Whether nobody knows that a pair is free of a danger: a label wasn't read, or a rule couldn't decide."""
    safety = assessment.safety
    undecided = any(one.startswith(f"{tag}: ") for one in safety.not_assessed)
    return undecided or any(tag in product.unknown for product in safety.products)


def _either(words: Collection[str]) -> str:
    return " or ".join(sorted(words))


def is_orderable(pair: Pair, offered: Collection[str] = ()) -> bool:
    """Whether everything can be ordered that makes a pair, the first way.

    Parameters
    ----------
    pair : Pair
    offered : collection of str
        Identifiers of products that a lab has an offer for.

    Returns
    -------
    bool
        True if each product has a CAS number, a supplier or an offer. False doesn't say that nobody sells it: the
        catalogue holds only CAS numbers that a source with the structure shows.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> [is_orderable(kb.assess(name).pair) for name in ("benzoic acid", "2,2-difluorononanoic acid")]
    [True, False]
    """
    bought = pair.recipes[0].products
    return all(product.cas or product.supplier or product.id in offered for product in bought)


def donor_groups(assessment: Assessment) -> frozenset[str]:
    """Donor families of a binding form: the groups by which it can bind."""
    return frozenset([mode.group for mode in assessment.pair.form.form.modes])


def _molar_mass(assessment: Assessment) -> float:
    return molar_mass_g_per_mol(assessment.pair.product.species)


def _tags(assessment: Assessment) -> frozenset[str]:
    safety = assessment.safety
    return frozenset((*safety.tags, *safety.vetoes, *safety.lifted))


def _measured(assessment: Assessment) -> frozenset[str]:
    evidence = assessment.evidence
    if evidence.observed is None:
        return frozenset({"nothing" if evidence.near_observed is None else "near"})
    figures = any(outcome.strength == "paired" for outcome in evidence.outcomes)
    word = str(evidence.observed).replace("_", "-")
    return frozenset({word, "figures"}) if figures else frozenset({word})
