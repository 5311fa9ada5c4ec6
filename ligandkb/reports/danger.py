"""How is all that is dangerous said in few lines?

Sources and wording of each statement stand in the full answer; no veto, no tag, no statement and no gap is left out
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE, STRUCTURE
from ligandkb.assessment.patterns import NOT_ASSESSED
from ligandkb.assessment.verdicts import NOT_EXCLUDED
from ligandkb.reports.called import UNNAMED_PRODUCT, product_called
from ligandkb.reports.document import Item, Items, Span, items
from ligandkb.reports.evidence import dose_texts, figures_text

NOT_KNOWN_FOR_THE_PAIR = ": not known for this pair"
BEYOND = "What is assessed: docs/safety.md."


@dataclass(frozen=True)
class DangerLine:
    """One statement on danger.

    Attributes
    ----------
    text : str
    of_the_pair : bool
        Whether it needs the name of its pair where several stand side by side; the others name their product.
    is_veto : bool
    """

    text: str
    of_the_pair: bool = False
    is_veto: bool = False

    def shown(self, names: Sequence[str] = ()) -> Item:
        """The statement, led by the pairs that it is on."""
        lead = f"{', '.join(names)}: " if names and self.of_the_pair else ""
        return Item((Span(f"{lead}{self.text}", tone="bad" if self.is_veto else ""),))


def danger_items(explained: Mapping[str, Any]) -> Items:
    """Say what is dangerous: vetoes, then what the pair does, each product, what nobody knows.

    Parameters
    ----------
    explained : mapping
        As from :func:`ligandkb.assessment.explanation.explanation_record`.

    Returns
    -------
    Items
        Never without the sentence that silence is no clearance.
    """
    return items(*(line.shown() for line in _danger_lines(explained)), f"{NO_CLEARANCE} {BEYOND}")


def dangers_side_by_side(names: Sequence[str], explanations: Sequence[Mapping[str, Any]]) -> Items:
    """The same for several pairs, vetoes first; what they share, such as a partner's product, is said once.

    Parameters
    ----------
    names : sequence of str
        What each pair is called.
    explanations : sequence of mapping
    """
    found: dict[DangerLine, list[str]] = {}
    for name, explained in zip(names, explanations, strict=True):
        for line in _danger_lines(explained, name):
            found.setdefault(line, []).append(name)
    said = sorted(found.items(), key=lambda one: (not one[0].is_veto, not one[0].of_the_pair))
    return items(*(line.shown(on) for line, on in said), f"{NO_CLEARANCE} {BEYOND}")


def _danger_lines(explained: Mapping[str, Any], unnamed: str = UNNAMED_PRODUCT) -> list[DangerLine]:
    safety, rules = explained["safety"], explained["rules"]
    return [
        *(DangerLine(f"VETO {kind}{_titles(rules, 'veto', kind)}", True, True) for kind in safety["vetoes"]),
        *(
            DangerLine(f"veto lifted on your word: {kind}{_titles(rules, 'veto', kind)}", True)
            for kind in safety["lifted"]
        ),
        *(DangerLine(one, True) for one in _not_excluded(rules)),
        *(DangerLine(one, True) for one in _of_the_pair(safety, rules)),
        *(DangerLine(one, True) for one in _harmful_doses(explained)),
        *(DangerLine(said) for product in _products(explained, unnamed) for said in _of_a_product(product)),
        *_not_known(explained, unnamed),
    ]


def _titles(rules: Sequence[Mapping[str, Any]], effect: str, word: str) -> str:
    """What brings a veto or a tag: titles of the rules that fired, the first two of them."""
    titles = [rule["title"] for rule in rules if rule["state"] == "fired" and rule[effect] == word]
    more = f"; and {len(titles) - 2} more" if len(titles) > 2 else ""
    return f": {'; '.join(titles[:2])}{more}" if titles else ""


def _not_excluded(rules: Sequence[Mapping[str, Any]]) -> list[str]:
    """Vetoes that a rule leaves open, each with the first such rule: also where the verdict tells of something else."""
    vetoed = {rule["veto"] for rule in rules if rule["state"] == "fired"}
    left_open = {
        rule["veto"]: rule["title"]
        for rule in reversed(rules)
        if rule["state"] == "unknown" and rule["veto"] and rule["on_unknown"] == "veto"
    }
    return [f"{NOT_EXCLUDED}{kind}: {title}" for kind, title in left_open.items() if kind not in vetoed]


def _of_the_pair(safety: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> list[str]:
    """Tags that no product bears alone, those first that hurt people."""
    tags = [tag for tag in safety["of_the_pair"] if tag not in safety["vetoes"]]
    to_people = [tag for tag in tags if tag in safety["dangers_to_people"]]
    return [
        f"{tag}{_titles(rules, 'tag', tag)}"
        for tag in (*to_people, *(one for one in tags if one not in to_people))
    ]


def _harmful_doses(explained: Mapping[str, Any]) -> list[str]:
    """At which dose light was lost, as recorded by the outcomes that a tag which fired was written from."""
    written_from = {
        name: rule["tag"]
        for rule in explained["rules"]
        if rule["state"] == "fired" and rule["tag"] in explained["safety"]["of_the_pair"]
        for name in rule["derived_from"]
    }
    return [
        f"{written_from[one['id']]}: {'; '.join((figures_text(one), *dose))} ({one['doi'] or one['locator']})"
        for one in explained["evidence"]
        if one["id"] in written_from and one["effect"] == "decreased" and (dose := dose_texts(one))
    ]


def _products(explained: Mapping[str, Any], unnamed: str) -> list[dict[str, Any]]:
    """What is known of each product, under the name that the reader sees."""
    called = {
        product["product"]: product_called(product, unnamed)
        for recipe in explained["to_buy"]
        for product in recipe
    }
    return [
        dict(product, called=called.get(product["product"], product["name"]))
        for product in explained["safety"]["products"]
    ]


def _of_a_product(product: Mapping[str, Any]) -> list[str]:
    tags = [f"{tag} ({', '.join(by)})" for tag, by in product["tags"].items()]
    said = {one for by in product["tags"].values() for one in by if one != STRUCTURE}
    label = product["label"]
    others = [one for one in (label["statements"] if label else ()) if one not in said]
    if others:
        tags.append(f"{'also ' if tags else ''}{' '.join(others)}")
    elif label is not None and not label["statements"]:
        tags.append("no statement on what was read")
    tags += [one for one in product["inherited"] if not _is_on_label(one, label)]
    tags += product["safety_data"]
    return [f"{product['called']}: {'; '.join(tags)}"] if tags else []


def _is_on_label(inherited: str, label: Mapping[str, Any] | None) -> bool:
    """Whether what a product bears through what is in it stands on its own label, too, with its own source."""
    codes, _, _ = inherited.partition(" by ")
    return label is not None and set(codes.split()) <= set(label["statements"])


def _not_known(explained: Mapping[str, Any], unnamed: str) -> list[DangerLine]:
    """What nobody knows, each gap said once for all products that share it."""
    gaps: dict[str, list[str]] = {}
    of_the_pair: list[str] = []
    names = {product["name"]: product["called"] for product in _products(explained, unnamed)}
    for line in explained["safety"]["not_assessed"]:
        if line in NOT_ASSESSED:
            continue
        if line.endswith(NOT_KNOWN_FOR_THE_PAIR):
            of_the_pair.append(line.removesuffix(NOT_KNOWN_FOR_THE_PAIR))
            continue
        name = next((one for one in names if line.startswith(f"{one}: ")), None)
        if name is None:
            gaps.setdefault(line, [])
        else:
            gaps.setdefault(line.removeprefix(f"{name}: "), []).append(names[name])
    found = [
        DangerLine(f"{' and '.join(called)}: {gap}" if called else gap, not called)
        for gap, called in gaps.items()
    ]
    if of_the_pair:
        found.append(DangerLine(f"not known for this pair: {', '.join(of_the_pair)}", True))
    return found
