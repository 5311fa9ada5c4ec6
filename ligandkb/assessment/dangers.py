"""Which product of a pair is dangerous, by what, and what does nobody know of it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ligandkb.catalogue.hazard_label import LABEL_READ, HazardLabel
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.hazards import alerts_of
from ligandkb.rules.rulebook import Rulebook

STATEMENT = "statement_"
"""How the columns begin that hold a hazard statement."""
STRUCTURE = "structure"
"""What brings a tag where it is a structural alert."""
NOT_ASSESSED = "?"
"""Stands in a row for what nobody knows; what it means is said once, below the rows."""
_MOST = 4096
"""Products whose dangers are kept, and sets of alerts and codes whose tags are."""
NO_CLEARANCE = "No tag is not a clearance: read the safety data sheet of each product before you open it."


@dataclass(frozen=True)
class ProductDanger:
    """What is known of one product as bought.

    Attributes
    ----------
    product, name : str
        Its identifier and its name.
    label : HazardLabel or None
        What labels and governments say; None where nothing knows it.
    borne : mapping of str to tuple of str
        Tags with what brings them: hazard statements of its label, ``structure`` for a structural alert.
    unknown : tuple of str
        Dangers to people that its label would tell, where none was read or only a part of it.
    safety_data : tuple of str
        Exposure limits, flash point and lists of carcinogens, in words.
    alerts : frozenset of str
        Names of the structural alerts that it raises.
    statements : frozenset of str
        Codes on its label and on lists, inherited ones among them.
    inherited : HazardLabel or None
        What it bears because of what is in it, such as the amine of a salt; None where that is nothing.
    """

    product: str
    name: str
    label: HazardLabel | None
    borne: Mapping[str, tuple[str, ...]]
    unknown: tuple[str, ...] = ()
    safety_data: tuple[str, ...] = ()
    alerts: frozenset[str] = field(default=frozenset(), repr=False)
    statements: frozenset[str] = field(default=frozenset(), repr=False)
    inherited: HazardLabel | None = field(default=None, repr=False)

    @cached_property
    def is_open(self) -> bool:
        """Whether its label may say more: nobody read it, or only a part of it."""
        return self.label is None or self.label.in_part


def dangers_of(
    products: Iterable[Product], hazards: KnownHazards, rulebook: Rulebook
) -> dict[str, ProductDanger]:
    """Dangers of products, as far as rules read them from a label or a structural alert.

    Parameters
    ----------
    products : iterable of Product
    hazards : KnownHazards
        What labels and governments say of products.
    rulebook : Rulebook

    Returns
    -------
    dict
        By identifier.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> dangers_of([kb.find("oleylamine").product], kb.catalogue.hazards, kb.rulebook)["oleylamine"].borne
    {'corrosive': ('H314', 'H318')}
    """
    dangers = Dangers(hazards, rulebook)
    return {product.id: dangers.of(product) for product in products}


@dataclass(frozen=True)
class Dangers:
    """Says what products bring, with what rules read of them.

    Attributes
    ----------
    hazards : KnownHazards
        What labels and governments say of products.
    rulebook : Rulebook
    """

    hazards: KnownHazards
    rulebook: Rulebook
    _found: dict[tuple[object, ...], ProductDanger] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _borne: dict[tuple[frozenset[str], frozenset[str]], Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, product: Product) -> ProductDanger:
        """What a product brings by itself."""
        key = product.id, product.name, product.smiles, product.cas, product.other_cas, product.purity
        if key not in self._found:
            if len(self._found) > _MOST:
                self._found.clear()
            self._found[key] = self._of(product)
        return self._found[key]

    def _of(self, product: Product) -> ProductDanger:
        label, inherited = self.hazards.label(product), self.hazards.inherited(product)
        codes = frozenset().union(*(one.codes for one in (label, inherited) if one is not None))
        # A CAS number of another structure may be what is ordered: the dangers of both count.
        drawn = (product.smiles, *self.hazards.structures_of_numbers(product))
        alerts: frozenset[str] = frozenset().union(*map(alerts_of, drawn))
        borne = self._borne_by(alerts, codes)
        unread = label is None or label.in_part
        unknown = tuple([tag for tag in self._on_labels if tag not in borne]) if unread else ()
        safety_data = self.hazards.safety_data(product)
        return ProductDanger(
            product.id, product.name, label, borne, unknown, safety_data, alerts, codes, inherited
        )

    def _borne_by(self, alerts: frozenset[str], codes: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
        """Tags with what brings them; few sets of alerts and codes differ."""
        if (alerts, codes) not in self._borne:
            if len(self._borne) > _MOST:
                self._borne.clear()
            borne: dict[str, tuple[str, ...]] = {}
            for tag, columns in self._columns_by_tag.items():
                read = sorted(code for code in codes if STATEMENT + code.lower() in columns)
                if sources := (*([STRUCTURE] if columns & alerts else []), *read):
                    borne[tag] = sources
            self._borne[alerts, codes] = borne
        return self._borne[alerts, codes]

    @cached_property
    def _columns_by_tag(self) -> Mapping[str, set[str]]:
        columns: dict[str, set[str]] = {}
        for rule in self.rulebook.rules:
            if rule.tag is not None:
                columns.setdefault(rule.tag, set()).update(rule.when.columns)
        return columns

    @cached_property
    def _on_labels(self) -> tuple[str, ...]:
        """Dangers to people that a label tells."""
        tags = self.rulebook.vocabulary.tags
        return tuple(
            tag
            for tag, columns in self._columns_by_tag.items()
            if tags[tag].about == "person" and any(map(is_statement, columns))
        )


def is_statement(column: str) -> bool:
    """Whether a column holds a hazard statement."""
    return column.startswith(STATEMENT)


def borne_text(danger: ProductDanger, tags: Collection[str]) -> str:
    """Tags that a product bears, each with what brings it; blank if it bears none of them.

    Examples
    --------
    >>> amine = ProductDanger("oleylamine", "oleylamine", None, {"corrosive": ("H314", "H318")})
    >>> borne_text(amine, ["corrosive", "pfas"])
    'corrosive (H314, H318)'
    """
    return ", ".join(f"{tag} ({', '.join(sources)})" for tag, sources in danger.borne.items() if tag in tags)


def label_text(label: HazardLabel) -> str:
    """Every statement that is known, also those that no rule reads: source by source, so that it shows who differs.

    Examples
    --------
    >>> label_text(HazardLabel.read({"H318", "H302"}, "doi 10.17226/12654, p. 1"))
    'label read: H302 H318 (doi 10.17226/12654, p. 1)'
    """
    return str(label)


def inherited_texts(danger: ProductDanger) -> tuple[str, ...]:
    """What a product bears because of what is in it, source by source: it stands on no label of its own.

    Examples
    --------
    >>> salt = HazardLabel.read({"H300"}, "of CCCCCCCCN: Japan, NITE, FY2006")
    >>> inherited_texts(ProductDanger("salt", "salt", None, {}, inherited=salt))
    ('H300 by CCCCCCCCN in it (Japan, NITE, FY2006)',)
    """
    found = []
    for reading in danger.inherited.readings if danger.inherited is not None else ():
        part, _, source = reading.source.removeprefix("of ").partition(": ")
        found.append(f"{' '.join(sorted(reading.statements))} by {part} in it ({source})")
    return tuple(found)


def unread_text(danger: ProductDanger) -> str:
    """What nobody knows of a product, because no label was read or not the whole of it, said once.

    Examples
    --------
    >>> unread_text(ProductDanger("benzoic-acid", "benzoic acid", None, {}, ("lethal", "corrosive")))
    'benzoic acid: label not read (not known: lethal, corrosive)'
    """
    unknown = f" (not known: {', '.join(danger.unknown)})" if danger.unknown else ""
    if danger.label is None:
        return f"{danger.name}: label not read{unknown}"
    if any(reading.what == LABEL_READ for reading in danger.label.readings):
        return f"{danger.name}: label read in part{unknown}"
    return f"{danger.name}: label not read, and what a list doesn't name it may not have judged{unknown}"


def unattributed(tags: Iterable[str], dangers: Iterable[ProductDanger]) -> tuple[str, ...]:
    """Tags that no single product bears: of the mixture, of the pair on this crystal.

    Examples
    --------
    >>> acid = ProductDanger("tfa", "trifluoroacetic acid", None, {"pfas": ("structure",)})
    >>> unattributed(["releases-hf", "pfas"], [acid])
    ('releases-hf',)
    """
    borne = {tag for danger in dangers for tag in danger.borne}
    return tuple(tag for tag in tags if tag not in borne)


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
        As from :func:`dangers_of`.

    Returns
    -------
    str
        Never blank: where nothing is known of a product there stands a question mark.

    Examples
    --------
    >>> pair = {"vetoes": [], "lifted": [], "tags": ["pfas", "corrosive"]}
    >>> from ligandkb.catalogue.hazard_label import HazardLabel
    >>> label = HazardLabel.read({"H314"})
    >>> amine = ProductDanger("oleylamine", "oleylamine", label, {"corrosive": ("H314",)})
    >>> acid = ProductDanger("some-acid", "some acid", None, {})
    >>> danger_text(pair, ["some-acid", "oleylamine"], {"oleylamine": amine, "some-acid": acid})
    'pfas; oleylamine: corrosive (H314); some-acid: ?'
    >>> danger_text({"vetoes": [], "lifted": [], "tags": []}, ["some-acid"], {"some-acid": acid})
    '?'
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
            parts.append(f"{danger.product}: {' '.join(sorted(danger.label.statements))}")
    named = {danger.product for danger in known if danger.label is not None}
    unknown = [name for name in products if name not in named]
    if unknown:
        alone = len(unknown) == len(products)
        parts.append(NOT_ASSESSED if alone else f"{' and '.join(unknown)}: {NOT_ASSESSED}")
    return "; ".join(filter(None, parts)) or "no tag"


def _on_label(danger: ProductDanger) -> dict[str, tuple[str, ...]]:
    found = {tag: tuple(one for one in by if one != STRUCTURE) for tag, by in danger.borne.items()}
    return {tag: statements for tag, statements in found.items() if statements}
