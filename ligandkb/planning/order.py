"""What has to be bought for a panel, how much of it, and for what?

Each pair of a shortlist is planned on the same sample; one line a product sums what all plans weigh in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.assessment.judge import Judge
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.offers import Offer, by_product
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.purity import is_aqueous, is_solution, purity_fraction
from ligandkb.missing import Missing, NotApplicable
from ligandkb.planning.bottles import Label
from ligandkb.planning.exchange import ExchangePlan, Nanocrystals, Protocol
from ligandkb.planning.pair_plan import plan_pair
from ligandkb.planning.shortlist import Pick, Shortlist
from ligandkb.problems import InputError, UsageError

LEAST_SOLUTION_G_PER_ML = 0.6
"""Ours: what a mL of a solution weighs at least, to tell whether a pack holds enough where its density isn't known. No
solvent that solutions are sold in is lighter; n-pentane has 0.626 g/mL at 20 °C (chemicals: rho CRC_ORG)."""


@dataclass(frozen=True)
class PlannedPick:
    """A pair of the panel with its plan, or the reason why there is none.

    Attributes
    ----------
    pick : Pick
    plan : ExchangePlan or None
    refusal : str
        Why the planner makes none; empty where there is one.
    """

    pick: Pick
    plan: ExchangePlan | None
    refusal: str = ""


@dataclass(frozen=True)
class OrderLine:
    """One product to have at hand.

    Attributes
    ----------
    product : Product
    pairs : tuple of str
        For which it is weighed in.
    milligram : float
        That all plans weigh in together, as bought; 0 where none could be made.
    microlitre : float or Missing
        The same as a volume, of a liquid whose density is known.
    in_lab : bool
        Whether it stands in the lab and needn't be bought.
    offer : Offer or None
        The smallest pack that covers the amount, or what stands in the lab.
    danger : ProductDanger or None
        What is known of it.
    notes : tuple of str
        What a buyer must know: no pack that covers it, pairs that could not be planned.
    """

    product: Product
    pairs: tuple[str, ...]
    milligram: float
    microlitre: float | Missing
    in_lab: bool
    offer: Offer | None
    danger: ProductDanger | None
    notes: tuple[str, ...] = ()

    @property
    def purity(self) -> str:
        """Of the offer or of the bottle in the lab; without an offer to buy the catalogue's. Empty where unknown."""
        catalogues = "" if self.in_lab else self.product.purity
        return self.offer.purity if self.offer else catalogues

    @property
    def assumed_purity(self) -> str:
        """The catalogue's, of a bottle in the lab of which nobody said one; else empty."""
        return self.product.purity if self.in_lab and not self.purity else ""

    @property
    def supplier(self) -> str:
        """Of the offer or of the bottle in the lab; of what is bought else the catalogue's. Empty where unknown."""
        catalogues = "" if self.in_lab else self.product.supplier
        return (self.offer.supplier if self.offer else "") or catalogues


@dataclass(frozen=True, repr=False)
class Order:
    """What a panel takes.

    Attributes
    ----------
    lines : tuple of OrderLine
        One a product: what has to be bought first, then what stands in the lab.
    planned : tuple of PlannedPick
        Candidates, then controls.
    nanocrystals : Nanocrystals
        The sample that each pair is tried on.
    protocol : Protocol
    meta : mapping
    """

    lines: tuple[OrderLine, ...]
    planned: tuple[PlannedPick, ...]
    nanocrystals: Nanocrystals
    protocol: Protocol
    meta: Mapping[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        to_buy = ", ".join(
            f"{line.milligram:.3g} mg of {line.product.name}" for line in self.lines if not line.in_lab
        )
        refused = [one.pick.name for one in self.planned if one.plan is None]
        not_planned = f"; not planned: {', '.join(refused)}" if refused else ""
        return f"Order for {self.nanocrystals.composition}: {to_buy or 'nothing to buy'}{not_planned}"

    def __str__(self) -> str:
        return str(import_module("ligandkb.reports.order_sheet").order_text(self))

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.order_sheet").order_html(self))

    @property
    def sample_ml(self) -> float:
        """Nanocrystal solution that all pairs take together, in mL."""
        return self.nanocrystals.volume_ml * len(self._plans)

    @property
    def antisolvent_ml(self) -> float:
        """Antisolvent that all plans take together, in mL."""
        return sum(sum(plan.antisolvent_ml) for plan in self._plans)

    @property
    def solvent_ml(self) -> float:
        """Solvent of all solutions and of what concentrates are made up to, in mL."""
        return sum(
            plan.solution.volume_ml
            + (plan.resuspension_ml - plan.solution.aliquot_ml_per_cycle) * plan.protocol.cycles
            for plan in self._plans
        )

    @property
    def _plans(self) -> list[ExchangePlan]:
        return [one.plan for one in self.planned if one.plan is not None]


def order_for(
    shortlist: Shortlist,
    judge: Judge,
    catalogue: Catalogue,
    nanocrystals: Nanocrystals,
    *,
    protocol: Protocol | None = None,
) -> Order:
    """Plan every pair of a panel and sum what they take.

    Parameters
    ----------
    shortlist : Shortlist
    judge : Judge
        By whom the pairs were assessed.
    catalogue : Catalogue
        With the offers of a lab.
    nanocrystals : Nanocrystals
        The sample for one pair.
    protocol : Protocol, optional
        The paper's by default.

    Returns
    -------
    Order
    """
    have = frozenset(shortlist.meta["in_lab"])
    offers = by_product(catalogue.offers)
    picks, protocol = shortlist.everything, protocol or Protocol()
    first = [_plan(pick, judge, nanocrystals, protocol, {}, have) for pick in picks]
    chosen = {line.product.id: line.offer for line in _lines(first, offers, have, {})}
    # A bottle's own purity sets the dose; which bottle it is was settled by the catalogue's.
    planned = [_plan(pick, judge, nanocrystals, protocol, chosen, have) for pick in picks]
    lines = sorted(_lines(planned, offers, have, chosen), key=lambda line: line.in_lab)
    return Order(tuple(lines), tuple(planned), nanocrystals, protocol, shortlist.meta)


def _plan(
    pick: Pick,
    judge: Judge,
    nanocrystals: Nanocrystals,
    protocol: Protocol,
    bottles: Mapping[str, Offer | None],
    have: Collection[str],
) -> PlannedPick:
    products = pick.assessment.pair.recipes[0].products
    labels = [_label(bottles.get(product.id), in_lab=product.id in have) for product in products]
    try:
        plan = plan_pair(
            pick.assessment,
            judge.explain(pick.assessment),
            judge.rulebook.vocabulary,
            nanocrystals,
            index=judge.index,
            protocol=protocol,
            ligand_label=labels[0],
            partner_label=labels[1] if len(labels) > 1 else None,
        )
    except (InputError, UsageError) as error:
        return PlannedPick(pick, None, str(error))
    return PlannedPick(pick, plan)


def _label(offer: Offer | None, *, in_lab: bool) -> Label | None:
    if in_lab and not (offer and offer.purity):
        return Label(is_assumed=True)
    return None if offer is None else Label(grade=offer.purity)


def _lines(
    planned: Sequence[PlannedPick],
    offers: Mapping[str, Sequence[Offer]],
    have: Collection[str],
    chosen: Mapping[str, Offer | None],
) -> list[OrderLine]:
    found: dict[str, OrderLine] = {}
    for one in planned:
        item = one.pick.assessment
        dangers = {danger.product: danger for danger in item.safety.products}
        for place, product in enumerate(item.pair.recipes[0].products):
            empty = OrderLine(product, (), 0.0, 0.0, product.id in have, None, dangers.get(product.id))
            line = found.get(product.id, empty)
            if one.plan is None:
                refused = f"{one.pick.name} is not planned, so its share is missing: {one.refusal}"
                found[product.id] = replace(line, notes=(*line.notes, refused))
                continue
            dose = one.plan.solution.doses[place]
            found[product.id] = replace(
                line,
                pairs=(*line.pairs, one.pick.name),
                milligram=line.milligram + dose.milligram,
                microlitre=_sum(line.microlitre, dose.microlitre),
            )
    return [_with_offer(line, offers.get(line.product.id, ()), chosen) for line in found.values()]


def _sum(so_far: float | Missing, more: float | Missing | NotApplicable) -> float | Missing:
    if isinstance(so_far, Missing):
        return so_far
    if isinstance(more, Missing):
        return more
    return so_far + more if isinstance(more, float) else Missing("no density: weigh it")


def _with_offer(line: OrderLine, offers: Sequence[Offer], chosen: Mapping[str, Offer | None]) -> OrderLine:
    if line.in_lab:
        offers = [offer for offer in offers if offer.in_stock]
    if line.product.id in chosen:
        offer = chosen[line.product.id]
    else:
        offer = smallest_that_covers(line, offers)
        if offer is None and line.in_lab:
            offer = next(iter(offers), None)
    notes = list(() if line.in_lab else _on_packs(offer, offers))
    if offer is not None and covers(offer, line) is False:
        notes.append(
            f"the pack in the lab, {offer.pack}, holds less than that even when new: buy more"
            if line.in_lab
            else "the pack is a little too small at its purity: take the next larger one"
        )
    if offer is not None and is_aqueous(offer.purity):
        notes.append(f"{offer.purity}: the water comes along; look for a bottle without it")
    bottle = replace(line, offer=offer)
    if line.in_lab and not bottle.purity:
        assumed = f"{bottle.assumed_purity} is assumed" if bottle.assumed_purity else "taken as pure"
        notes.append(f"purity not stated: {assumed}; read the label")
    if line.pairs and is_solution(line_purity := bottle.purity or bottle.assumed_purity):
        notes.append(
            f"{line_purity}: weigh it; no volume is given, as the density of the solution isn't known"
        )
    return replace(line, offer=offer, notes=(*line.notes, *notes))


def _on_packs(offer: Offer | None, offers: Sequence[Offer]) -> tuple[str, ...]:
    if offer is not None or not offers:
        return ()
    if not any(one.pack or one.price_text for one in offers):
        return ("no pack is stated: ask the supplier for one that covers the amount",)
    packs = ", ".join(
        f"{str(one.pack) or 'a pack that is not stated'}{f', {price}' if (price := one.price_text) else ''}"
        for one in offers
    )
    return (f"no pack of those offered is known to cover the amount: {packs}",)


def smallest_that_covers(line: OrderLine, offers: Iterable[Offer]) -> Offer | None:
    """The offer with the smallest pack that holds the amount of a line; of equal packs the cheapest in one currency.

    A bottle of less purity than the catalogue's has to hold more, and one without water goes before one with it.

    Parameters
    ----------
    line : OrderLine
    offers : iterable of Offer
        Of its product.

    Returns
    -------
    Offer or None
        None where no pack is known to hold it: nothing is guessed.
    """
    enough = [offer for offer in offers if covers(offer, line)]
    # What is weighed in was reckoned with the catalogue's purity; technical cuts, which aren't divided, need no more.
    enough = [offer for offer in enough if covers(offer, _at_its_purity(line, offer))] or enough
    currencies = {offer.currency for offer in enough if offer.price is not None}
    comparable = len(currencies) == 1

    def key(offer: Offer) -> tuple[bool, float, bool, float]:
        price = offer.price if comparable else None
        grams = _grams(offer, line.product) or 0.0
        return (is_aqueous(offer.purity), grams, price is None, price or 0.0)

    return min(enough, key=key, default=None)


def _at_its_purity(line: OrderLine, offer: Offer) -> OrderLine:
    reckoned, its_own = purity_fraction(line.product.purity) or 1.0, purity_fraction(offer.purity)
    return replace(line, milligram=line.milligram * max(1.0, reckoned / (its_own or reckoned)))


def covers(offer: Offer, line: OrderLine) -> bool | None:
    """Whether a pack holds the amount of a line; None where that can't be told."""
    grams = _grams(offer, line.product)
    if grams is None:
        return None
    holds = grams * 1000.0 >= line.milligram > 0.0
    # Of a solution by volume the least is known: too little of it is no proof that the pack is too small.
    return None if not holds and offer.pack.volume_ml is not None and is_solution(offer.purity) else holds


def _grams(offer: Offer, product: Product) -> float | None:
    pack = offer.pack
    if pack.mass_g is not None:
        return pack.mass_g
    if pack.volume_ml is not None and is_solution(offer.purity):
        return pack.volume_ml * LEAST_SOLUTION_G_PER_ML
    if pack.volume_ml is not None and product.density_g_per_ml is not None:
        return pack.volume_ml * product.density_g_per_ml
    return None
