"""Which pairs can be made from what is on the shelf?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import gcd

from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.partners import Partner, Route, partner_from_smiles
from ligandkb.catalogue.products import NamedForm, Product
from ligandkb.chemistry.composition import HALIDE_IONS
from ligandkb.chemistry.forms import BindingForm, can_be_partner
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import Species, SpeciesKind, formula_unit
from ligandkb.evidence.outcomes import NO_PARTNER

NATIVE_PARTNER = "oleylammonium"
_PROTONS = frozenset({"[H+]", "[2H+]", "[3H+]", "[OH3+]"})
"""Of acids that have no molecule, such as HBF4: they come alone or with an amine, like any acid."""


@dataclass(frozen=True)
class Recipe:
    """What to buy to make a pair.

    Attributes
    ----------
    products : tuple of Product
        The ligand's product first.
    how : str
        In words.
    """

    products: tuple[Product, ...]
    how: str


@dataclass(frozen=True)
class Pair:
    """A binding form with the partner that comes along.

    Attributes
    ----------
    form : NamedForm
        What binds.
    partner : Partner or None
        The co-ion; None for neutral donors, zwitterions, whole salts, acids used alone, and what binds of a
        salt's cation, whose anion stays in the vial.
    form_count, partner_count : int
        Smallest whole numbers of both that make the pair neutral; (1, 0) without a partner.
    recipes : tuple of Recipe
        Ways to make it, the first one being the one that safety and columns are assessed on.
    """

    form: NamedForm
    partner: Partner | None
    form_count: int
    partner_count: int
    recipes: tuple[Recipe, ...]

    @property
    def partner_id(self) -> str:
        """Identifier of the partner, ``none`` without one."""
        return self.partner.id if self.partner else NO_PARTNER

    @property
    def product(self) -> Product:
        """The product that brings the ligand."""
        return self.recipes[0].products[0]

    @property
    def key(self) -> tuple[str, str]:
        """Canonical SMILES of the form, and the partner: what identifies a pair."""
        return self.form.form.smiles, self.partner_id


def lay_out_pairs(
    catalogue: Catalogue, products: Iterable[Product], partners: Sequence[str] | None
) -> tuple[Pair, ...]:
    """Lay out the pairs that products can make.

    Parameters
    ----------
    catalogue : Catalogue
        Where partners and the products that bring them are looked up.
    products : iterable of Product
        Products whose forms are paired.
    partners : sequence of str or None
        Identifiers of the wanted partners (``none`` for an acid used alone); None for the usual view:
        acids with oleylammonium, salts with the ion that they bring.

    Returns
    -------
    tuple of Pair
        Each pair once, with all its recipes; a product in which nothing binds stands alone.
    """
    found: dict[tuple[str, str], Pair] = {}
    for product in products:
        if not product.forms:
            pair = unbound_pair(product)
            found.setdefault(pair.key, pair)
        for named in product.forms:
            for partner, recipe in _partners_of(product, named, catalogue, partners):
                form_count, partner_count = _counts(named, partner)
                pair = Pair(named, partner, form_count, partner_count, (recipe,))
                known = found.get(pair.key)
                if known is not None:
                    pair = Pair(known.form, partner, form_count, partner_count, (*known.recipes, recipe))
                found[pair.key] = pair
    return tuple(found.values())


def _partners_of(
    product: Product,
    named: NamedForm,
    catalogue: Catalogue,
    wanted: Sequence[str] | None,
) -> Iterator[tuple[Partner | None, Recipe]]:
    form = named.form
    if form.ligand_class is not LigandClass.X:
        # Neutral donors need no partner; what a cation brings beside its halide comes with it, as bought.
        yield None, Recipe((product,), "as bought")
        return
    if form.proton_transfer is None and any(map(_is_partner, product.species)):
        yield from _own_partners(product, form, catalogue, wanted)
        return
    for partner in _wanted(catalogue, wanted):
        bringer = catalogue.by_id.get(partner.made_from)
        if bringer is None or partner.route is Route.AS_BOUGHT:
            continue
        yield partner, Recipe((product, bringer), f"{product.name} with {bringer.name}")
    if wanted is not None and NO_PARTNER in wanted:
        yield None, Recipe((product,), f"{product.name} alone")


def _wanted(catalogue: Catalogue, wanted: Sequence[str] | None) -> Sequence[Partner]:
    if wanted is not None:
        return [partner for partner in catalogue.partners if partner.id in wanted]
    native = catalogue.partners_by_id.get(NATIVE_PARTNER)
    return [native] if native is not None else []


def _own_partners(
    product: Product, form: BindingForm, catalogue: Catalogue, wanted: Sequence[str] | None
) -> Iterator[tuple[Partner, Recipe]]:
    """The cations that a salt brings itself."""
    for species in product.species:
        if not _is_partner(species):
            continue
        partner = _known_partner(catalogue, species.smiles)
        # A metal halide is listed whole, and judged there as Lewis acid and as source of halide. Of other metal
        # salts the whole says nothing about the anion, which is therefore listed, too.
        if wanted is None and species.kind is SpeciesKind.METAL and form.smiles in HALIDE_IONS:
            continue
        if wanted is None or partner.id in wanted:
            yield partner, Recipe((product,), "as bought")


def _is_partner(species: Species) -> bool:
    return species.kind.is_cation and species.smiles not in _PROTONS and can_be_partner(species.smiles)


def _known_partner(catalogue: Catalogue, smiles: str) -> Partner:
    return catalogue.partners_by_smiles.get(smiles) or partner_from_smiles(smiles)


def unbound_pair(product: Product) -> Pair:
    """A product in which nothing can bind, so that its dangers are still assessed."""
    form = BindingForm(formula_unit(product.species), 0, LigandClass.NONE, (), None, "")
    return Pair(NamedForm(product.name, form), None, 1, 0, (Recipe((product,), "as bought"),))


def all_partner_ids(catalogue: Catalogue, products: Iterable[Product]) -> tuple[str, ...]:
    """Identifiers of every partner, also of cations that only a salt brings."""
    ids = dict.fromkeys(partner.id for partner in catalogue.partners)
    for product in products:
        for species in product.species:
            if _is_partner(species):
                ids.setdefault(_known_partner(catalogue, species.smiles).id)
    return tuple(ids)


def _counts(named: NamedForm, partner: Partner | None) -> tuple[int, int]:
    if partner is None:
        return 1, 0
    negative, positive = -named.form.charge, partner.charge
    if negative <= 0:
        return 1, 0
    divisor = gcd(negative, positive)
    return positive // divisor, negative // divisor
