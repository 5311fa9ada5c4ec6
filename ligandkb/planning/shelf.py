"""What stands in the lab, and what is not wanted?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ligandkb.assessment.dangers import dangers_of
from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.pairs import Pair, Recipe, all_partner_ids
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import did_you_mean_ligand, find, find_partner
from ligandkb.catalogue.names import spelling
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.species import formula_unit
from ligandkb.evidence.outcomes import NO_PARTNER
from ligandkb.problems import LigandkbError, NotFoundError, UsageError

MOST_SHOWN = 10
"""Names that one note says; the rest is counted."""


@dataclass(frozen=True)
class Shelf:
    """Products that stand in the lab.

    Attributes
    ----------
    products : frozenset of str
        Identifiers of products of the catalogue.
    not_found : tuple of str
        Names that no product of the catalogue has, or several: they are in no pair.
    hints : tuple of str
        Of those that are likely slips which names were meant, and of those that could be several products, which.
    """

    products: frozenset[str]
    not_found: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said of the names that were passed over, for what is taken as not there may be bought.

        Examples
        --------
        >>> Shelf(frozenset(), ("coffee", "tea")).notes
        ("the catalogue doesn't have 'coffee', 'tea': taken as not in the lab",)
        """
        if not self.not_found:
            return ()
        shown = ", ".join(repr(name[:60]) for name in self.not_found[:MOST_SHOWN])
        more = len(self.not_found) - MOST_SHOWN
        others = f" and {more} more" if more > 0 else ""
        return (
            f"the catalogue doesn't have {shown}{others}: taken as not in the lab",
            *self.hints[:MOST_SHOWN],
        )


def stands_in_lab(catalogue: Catalogue, have: Iterable[str]) -> Shelf:
    """Find the products that stand in the lab, by what the lab's table says and by further names.

    Parameters
    ----------
    catalogue : Catalogue
        Whose offers may say of products that they are in stock.
    have : iterable of str
        Names, aliases, CAS numbers, identifiers or SMILES.

    Returns
    -------
    Shelf
        A name that could be two products is none, and neither is one that is likely a slip.

    Examples
    --------
    >>> import ligandkb as lk
    >>> shelf = stands_in_lab(lk.load().catalogue, ["Oleylamine", "65-85-0", "coffee"])
    >>> sorted(shelf.products), shelf.not_found
    (['benzoic-acid', 'oleylamine'], ('coffee',))
    >>> stands_in_lab(lk.load().catalogue, ["benzoic aicd"]).hints
    ("'benzoic aicd': did you mean 'benzoic acid'?",)
    """
    named: dict[str, set[str]] = {}
    for product in catalogue.products:
        for name in (product.id, product.name, *product.aliases, product.cas):
            named.setdefault(spelling(name), set()).add(product.id)
    found = {offer.product_id for offer in catalogue.offers if offer.in_stock}
    unknown, hints = [], []
    for name in dict.fromkeys(text.strip() for text in have if text.strip()):
        known = named.get(spelling(name), set())
        if len(known) == 1:
            found |= known
            continue
        try:
            product_id = _by_structure(catalogue, name)
        except LigandkbError as error:
            product_id = None
            hints += [str(error)] if isinstance(error, UsageError) else []
            is_asked = isinstance(error, NotFoundError) and len(hints) < MOST_SHOWN
            if is_asked and (meant := did_you_mean_ligand(catalogue, name)):
                hints.append(f"{name[:60]!r}: {meant}")
        if product_id is None:
            unknown.append(name)
        else:
            found.add(product_id)
    return Shelf(frozenset(found), tuple(unknown), tuple(hints))


def _by_structure(catalogue: Catalogue, text: str) -> str | None:
    match = find(catalogue, text)
    return match.product.id if match.in_catalogue and match.form is None else None


def is_at_hand(pair: Pair, have: Collection[str]) -> bool:
    """Whether all that a pair takes stands in the lab, by identifiers of products."""
    return all(product.id in have for product in pair.recipes[0].products)


def unwanted(catalogue: Catalogue, names: Iterable[str]) -> Callable[[Pair], bool]:
    """Tell pairs that need something that somebody doesn't want: a product, a binding form, or a partner.

    Parameters
    ----------
    catalogue : Catalogue
    names : iterable of str

    Returns
    -------
    callable
        True for such a pair.

    Raises
    ------
    UsageError
        If a name is neither a ligand's nor a partner's; all of them at once.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> is_unwanted = unwanted(kb.catalogue, ["oleylamine", "thiocyanate"])
    >>> [is_unwanted(kb.assess(name).pair) for name in ("benzoic acid", "caesium acetate")]
    [True, False]
    """
    products: set[str] = set()
    forms: set[str] = set()
    partners: set[str] = set()
    wrong = []
    for name in names:
        try:
            match = find(catalogue, name)
        except NotFoundError as error:
            known = (*all_partner_ids(catalogue, catalogue.ligands), NO_PARTNER)
            try:
                partners.add(find_partner(catalogue, name, known))
            except UsageError:
                wrong.append(f"without: {error}")
            continue
        if match.form is not None:
            forms.add(match.form.form.smiles)
        else:
            products.add(match.product.id)
    if wrong:
        raise UsageError("\n".join(wrong))

    def is_unwanted(pair: Pair) -> bool:
        bought = {product.id for product in pair.recipes[0].products}
        return bool(bought & products) or pair.form.form.smiles in forms or pair.partner_id in partners

    return is_unwanted


def with_bottles_at_hand(
    assessments: Sequence[Assessment],
    judge: Judge,
    catalogue: Catalogue,
    composition: Composition,
    have: Collection[str],
    without: Callable[[Pair], bool] | None = None,
) -> list[Assessment]:
    """Make pairs of the bottle that stands in the lab where the catalogue names another one of the same structure.

    Parameters
    ----------
    assessments : sequence of Assessment
    judge : Judge
        By whom they were assessed.
    catalogue : Catalogue
    composition : Composition
    have : collection of str
        Identifiers of the products that stand in the lab.
    without : callable, optional
        Tells which pairs are not wanted: they stay as they are, and no bottle makes one of another.

    Returns
    -------
    list of Assessment
        In the same order, verdicts and scores as they were. A bottle of which other dangers are known than of the one
        that it stands for, or less, takes no place.
    """
    twins = _twins_at_hand(assessments, judge, catalogue, have)
    if not twins:
        return list(assessments)
    return [
        item
        if without is not None and without(item.pair)
        else _of_bottles_at_hand(item, twins, judge, composition, without)
        for item in assessments
    ]


def _twins_at_hand(
    assessments: Sequence[Assessment], judge: Judge, catalogue: Catalogue, have: Collection[str]
) -> dict[str, Product]:
    """The bottle in the lab, by identifier of the product whose structure and dangers it has."""
    at_hand: dict[str, list[Product]] = {}
    for product in catalogue.products:
        if product.id in have:
            at_hand.setdefault(formula_unit(product.species), []).append(product)
    found: dict[str, Product] = {}
    seen = {product.id: product for item in assessments for product in item.pair.recipes[0].products}
    for product in seen.values():
        twins = [] if product.id in have else at_hand.get(formula_unit(product.species), [])
        if not twins:
            continue
        dangers = dangers_of([product, *twins], catalogue.hazards, judge.rulebook)
        own = dangers[product.id]
        same = (
            one
            for one in twins
            if dangers[one.id].borne.keys() == own.borne.keys()
            and set(dangers[one.id].unknown) <= set(own.unknown)
        )
        if (twin := next(same, None)) is not None:
            found[product.id] = twin
    return found


def _of_bottles_at_hand(
    item: Assessment,
    twins: Mapping[str, Product],
    judge: Judge,
    composition: Composition,
    without: Callable[[Pair], bool] | None,
) -> Assessment:
    named, *others = item.pair.recipes
    products = tuple(twins.get(product.id, product) for product in named.products)
    if products == named.products:
        return item
    how = named.how if len(products) == 1 else " with ".join(product.name for product in products)
    ways = (Recipe(products, how), named, *(way for way in others if way.products != products))
    pair = replace(item.pair, recipes=ways)
    (judged,) = judge.assess([pair], composition)
    known = item.safety
    is_worse = set(judged.safety.vetoes) - set(known.vetoes) or (
        set(judged.safety.dangers_to_people) - set(known.dangers_to_people)
    )
    if is_worse or (without is not None and without(pair)):
        return item
    return replace(item, pair=pair, safety=judged.safety, orderable=judged.orderable)
