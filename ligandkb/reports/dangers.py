"""Which product of a pair is dangerous, and whose label has nobody read?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ligandkb.ranking.dangers import STRUCTURE, ProductDanger, dangers_of

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase

NOT_ASSESSED = "not assessed"


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
    >>> product_dangers(lk.load(), ["oleylamine"])["oleylamine"].borne
    {'corrosive': ('H314', 'H318')}
    """
    wanted = set(names)
    products = (product for product in kb.catalogue.products if product.id in wanted)
    return dangers_of(products, kb.catalogue.statements, kb.rulebook)


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
    >>> from ligandkb.catalogue.hazard_statements import HazardLabel
    >>> label = HazardLabel(frozenset({"H314"}))
    >>> amine = ProductDanger("oleylamine", "oleylamine", label, {"corrosive": ("H314",)})
    >>> acid = ProductDanger("some-acid", "some acid", None, {})
    >>> danger_text(pair, ["some-acid", "oleylamine"], {"oleylamine": amine, "some-acid": acid})
    'pfas; oleylamine: corrosive (H314); some-acid: not assessed'
    >>> danger_text({"vetoes": [], "lifted": [], "tags": []}, ["some-acid"], {"some-acid": acid})
    'not assessed'
    """
    known = [dangers[name] for name in products if name in dangers]
    on_labels = [(danger, _on_label(danger)) for danger in known]
    on_a_label = {tag for _, statements in on_labels for tag in statements}
    structural = {tag for danger in known for tag, by in danger.borne.items() if STRUCTURE in by}
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
    for danger, statements in on_labels:
        if statements:
            borne = (f"{tag} ({', '.join(codes)})" for tag, codes in statements.items())
            parts.append(f"{danger.product}: {', '.join(borne)}")
        elif danger.label is not None and danger.label.statements:
            # What no rule reads is shown, so that such a label doesn't look cleaner than an unread one.
            parts.append(f"{danger.product}: label {' '.join(sorted(danger.label.statements))}")
    read = {danger.product for danger in known if danger.label is not None}
    unread = [name for name in products if name not in read]
    if unread:
        alone = len(unread) == len(products)
        parts.append(NOT_ASSESSED if alone else f"{' and '.join(unread)}: {NOT_ASSESSED}")
    return "; ".join(filter(None, parts)) or "no tag"


def _on_label(danger: ProductDanger) -> dict[str, tuple[str, ...]]:
    found = {tag: tuple(one for one in by if one != STRUCTURE) for tag, by in danger.borne.items()}
    return {tag: statements for tag, statements in found.items() if statements}
