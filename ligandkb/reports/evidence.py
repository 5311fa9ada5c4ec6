"""What was measured on a pair, in one line an outcome, the strongest first?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.assessment.measured import IN_SAMPLE, percent, strength_place
from ligandkb.evidence.outcomes import RECORDED, TABLE_1
from ligandkb.provenance import address_in
from ligandkb.reports.called import shortened
from ligandkb.reports.document import Item, Items, Span, Tone, items
from ligandkb.reports.measured import measured_of

_NOTE = 70
"""Characters of a note, of an address without its path."""
_WITHOUT_FIGURES = {"table_entry": "table: ", "qualitative": "words: "}
_TONES: Mapping[str, Tone] = {"improved": "good", "decreased": "bad", "not_improved": "bad"}


def strongest_first(evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Outcomes of this pair before its removal and near ones; among these figures before words.

    Parameters
    ----------
    evidence : sequence of mapping
        As from :func:`ligandkb.assessment.records.evidence_records`.

    Returns
    -------
    list of mapping
    """

    def rank(outcome: Mapping[str, Any]) -> tuple[int, bool, int, int]:
        relation = outcome["relation"]
        near = 0 if relation.startswith("this pair") else 2 if relation.startswith("near") else 1
        return near, bool(outcome["confound"]), relation.count(";"), strength_place(outcome["strength"] or "")

    return sorted(evidence, key=rank)


def evidence_items(explained: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]], shown: int) -> Items:
    """The first outcomes, and a line that counts the rest.

    Parameters
    ----------
    explained : mapping
        The pair.
    evidence : sequence of mapping
        Its outcomes, :func:`strongest_first`.
    shown : int
        How many are shown.
    """
    if not evidence:
        return items("Nothing was measured on this or a near pair, as far as was read.")
    found: list[str | Item] = [
        *disagreement(explained),
        *(outcome_item(outcome, explained) for outcome in evidence[:shown]),
    ]
    if left := evidence[shown:]:
        effects: dict[str, int] = {}
        for outcome in left:
            word = str(outcome["effect"] or "not compared").replace("_", " ")
            effects[word] = effects.get(word, 0) + 1
        counted = ", ".join(f"{count} {word}" for word, count in effects.items())
        found.append(f"{'and ' if shown else ''}{len(left)} more ({counted}): --full")
    return items(*found)


def disagreement(explained: Mapping[str, Any]) -> tuple[Item, ...]:
    """That the sources disagree, where they do: said before all outcomes, since those that say so may be cut."""
    return (Item((measured_of(explained),)),) if explained["observed"] == "conflict" else ()


def figures_text(outcome: Mapping[str, Any]) -> str:
    """What an outcome says in figures, in %, and in a word.

    Examples
    --------
    >>> none = dict.fromkeys(["plqy_before_uncertainty", "plqy_after_uncertainty", "relative_change"])
    >>> figures_text({"effect": "improved", "strength": "table_entry", "plqy_before": None, "plqy_after": None, **none})
    'table: improved'
    >>> figures_text({"effect": "improved", "plqy_before": 0.76, "plqy_after": 0.98, **none})
    '76 → 98 %, improved'
    >>> figures_text({"effect": None, "plqy_before": None, "plqy_after": 0.86, **none})
    '86 % after, not compared'
    """
    before, after = (
        plqy_text(outcome[f"plqy_{when}"], outcome[f"plqy_{when}_uncertainty"])
        for when in ("before", "after")
    )
    figures = f"{before} → {after} %" if before and after else f"{after} % after" if after else ""
    figures = figures or (f"{before} % before" if before else "")
    if outcome["relative_change"] is not None:
        figures = ", ".join(
            filter(None, (figures, f"{outcome['relative_change']:+.0%} of an unprinted start"))
        )
    effect = str(outcome["effect"] or "not compared").replace("_", " ")
    return (
        f"{figures}, {effect}"
        if figures
        else f"{_WITHOUT_FIGURES.get(outcome['strength'] or '', '')}{effect}"
    )


def plqy_text(value: float | None, uncertainty: float | None) -> str:
    """A PLQY in %, without the sign, with its standard deviation; blank where none is printed.

    Examples
    --------
    >>> plqy_text(0.62, 0.03), plqy_text(None, None)
    ('62 ± 3', '')
    """
    if value is None:
        return ""
    return percent(value) + ("" if uncertainty is None else f" ± {100 * uncertainty:.2g}")


def closed_text(outcome: Mapping[str, Any]) -> str:
    """What an outcome with both figures made good of the headroom; of one that lost, the part of its light.

    Examples
    --------
    >>> closed_text({"headroom_closed": 0.9167, "plqy_before": 0.76, "plqy_after": 0.98})
    '92% of the headroom'
    >>> closed_text({"headroom_closed": -2.2, "plqy_before": 0.7, "plqy_after": 0.04})
    '94% of its light lost'
    """
    if (share := float(outcome["headroom_closed"])) >= 0:
        return f"{share:.0%} of the headroom"
    return f"{1 - float(outcome['plqy_after']) / float(outcome['plqy_before']):.0%} of its light lost"


def outcome_item(outcome: Mapping[str, Any], explained: Mapping[str, Any]) -> Item:
    """One outcome: figures, how it differs from the pair, how it was applied, what weakens it, where it stands."""
    relation = str(outcome["relation"])
    near = relation.partition("near: ")[2]
    how = str(outcome["route"]).replace("post_synthetic", "after synthesis").replace("_", " ")
    parts = [figures_text(outcome)]
    if outcome["doi"] == TABLE_1 and outcome["strength"] == "table_entry":
        parts.append(IN_SAMPLE)
    if explained["plqy_headroom"] is not None and outcome["headroom_closed"] is not None:
        parts.append(closed_text(outcome))
    if near:
        parts.append(
            near.replace("same head, ", "head of ")
            .replace("other composition, ", "on ")
            .replace("other partner, ", "with ")
        )
    elif relation.startswith("removal"):
        parts.append("the pair was taken away")
    elif outcome["composition"] != explained["composition"]:
        parts.append(f"stated for {outcome['composition']}")
    parts.append(f"{outcome['morphology']}, {how}")
    parts += dose_texts(outcome)
    if outcome["confound"]:
        parts.append(f"CONFOUNDED: {str(outcome['confound']).replace('_', ' ')}")
    if outcome["note"]:
        parts.append(shortened(outcome["note"], _NOTE))
    tone = _TONES.get(str(outcome["effect"]), "")
    said = f"{'near: ' if near else ''}{'; '.join(parts)}"
    return Item((Span(said, tone="warn" if outcome["confound"] and tone else tone), _where(outcome)))


def dose_texts(outcome: Mapping[str, Any]) -> list[str]:
    """How much of the pair, for how long, and what became of the emission peak; only what is recorded."""
    dose = [
        f"{outcome['equivalents']:g} equivalents" if outcome["equivalents"] is not None else "",
        f"{outcome['concentration_mmol_per_l']:g} mmol/L"
        if outcome["concentration_mmol_per_l"] is not None
        else "",
        f"{outcome['time_min']:g} min" if outcome["time_min"] is not None else "",
    ]
    before, after = outcome["emission_before_nm"], outcome["emission_after_nm"]
    if before is not None and after is not None:
        dose.append(f"emission {before:g} → {after:g} nm")
    elif before is not None or after is not None:
        dose.append(f"emission at {before if after is None else after:g} nm")
    return [one for one in dose if one]


def _where(outcome: Mapping[str, Any]) -> Span:
    """DOI, else the address without its path, else who recorded it or in which file it stands."""
    origin, locator = str(outcome["origin"] or ""), str(outcome["locator"] or "")
    if origin.startswith(RECORDED):
        return Span(f"({shortened(origin, _NOTE)})")
    if outcome["doi"]:
        return Span(f"({outcome['doi']})", link=f"https://doi.org/{outcome['doi']}")
    if address := address_in(locator):
        return Span(f"({address.split('/')[2]})", link=address)
    return Span(f"({shortened(locator or origin, _NOTE)})")
