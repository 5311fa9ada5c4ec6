"""Which product of a pair is dangerous, and whose label has nobody read?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ligandkb.catalogue.hazard_statements import statements_of
from ligandkb.chemistry.hazards import alerts_of

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase

_STATEMENT = "statement_"
NOT_ASSESSED = "not assessed"


@dataclass(frozen=True)
class ProductDanger:
    """What is known of one product as bought.

    Attributes
    ----------
    label : mapping of str to tuple of str, or None
        Tags with the hazard statements of its label that bring them; None where no label was read.
    structural : frozenset of str
        Tags that its structure brings.
    """

    label: Mapping[str, tuple[str, ...]] | None
    structural: frozenset[str]


def product_dangers(kb: KnowledgeBase, names: Iterable[str]) -> dict[str, ProductDanger]:
    """Dangers of products, as far as rules read them from a label or a structural alert.

    Parameters
    ----------
    kb : KnowledgeBase
    names : iterable of str
        Identifiers of products.

    Returns
    -------
    dict
        By identifier; a product that isn't in the catalogue has none.

    Examples
    --------
    >>> import ligandkb as lk
    >>> product_dangers(lk.load(), ["oleylamine"])["oleylamine"].label
    {'corrosive': ('H314',)}
    """
    wanted = set(names)
    by_tag: dict[str, set[str]] = {}
    for rule in kb.rulebook.rules:
        if rule.tag is not None:
            by_tag.setdefault(rule.tag, set()).update(rule.when.columns)
    found = {}
    for product in kb.catalogue.products:
        if product.id not in wanted:
            continue
        statements = statements_of(product, kb.catalogue.statements)
        alerts = alerts_of(product.smiles)
        label = None if statements is None else _tags(statements, by_tag)
        found[product.id] = ProductDanger(
            label, frozenset(tag for tag, columns in by_tag.items() if columns & alerts)
        )
    return found


def _tags(statements: Iterable[str], by_tag: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    found = {}
    for tag, columns in by_tag.items():
        borne = sorted(one for one in statements if f"{_STATEMENT}{one.lower()}" in columns)
        if borne:
            found[tag] = tuple(borne)
    return found


def danger_text(
    safety: Mapping[str, Sequence[str]], products: Sequence[str], dangers: Mapping[str, ProductDanger]
) -> str:
    """Safety of a pair in one line: vetoes first, then tags, then each product's label.

    Parameters
    ----------
    safety : mapping
        ``vetoes``, ``lifted`` and ``tags`` of the pair.
    products : sequence of str
        What is bought to make it.
    dangers : mapping
        As from :func:`product_dangers`.

    Returns
    -------
    str
        Never blank: where nobody looked it says ``not assessed``.

    Examples
    --------
    >>> pair = {"vetoes": [], "lifted": [], "tags": ["pfas", "corrosive"]}
    >>> amine = ProductDanger({"corrosive": ("H314",)}, frozenset())
    >>> acid = ProductDanger(None, frozenset())
    >>> danger_text(pair, ["some-acid", "oleylamine"], {"oleylamine": amine, "some-acid": acid})
    'pfas; oleylamine: corrosive (H314); some-acid: not assessed'
    >>> danger_text({"vetoes": [], "lifted": [], "tags": []}, ["some-acid"], {"some-acid": acid})
    'not assessed'
    """
    known = [(name, dangers[name]) for name in products if name in dangers]
    labels = [(name, danger.label) for name, danger in known if danger.label]
    on_a_label = {tag for _, label in labels for tag in label}
    structural = {tag for _, danger in known for tag in danger.structural}
    plain = [
        tag
        for tag in safety["tags"]
        if tag not in safety["vetoes"] and (tag not in on_a_label or tag in structural)
    ]
    parts = [
        ", ".join(
            [
                *(f"VETO {kind}" for kind in safety["vetoes"]),
                *(f"{kind} (allowed)" for kind in safety["lifted"]),
                *plain,
            ]
        )
    ]
    for name, label in labels:
        borne = (f"{tag} ({', '.join(statements)})" for tag, statements in label.items())
        parts.append(f"{name}: {', '.join(borne)}")
    read = {name for name, danger in known if danger.label is not None}
    unread = [name for name in products if name not in read]
    if unread:
        alone = len(unread) == len(products)
        parts.append(NOT_ASSESSED if alone else f"{' and '.join(unread)}: {NOT_ASSESSED}")
    return "; ".join(filter(None, parts)) or "no tag"
