"""Is it a gas, which nobody weighs in as it stands?"""

from __future__ import annotations

from collections.abc import Iterable

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.catalogue.products import Product
from ligandkb.planning.cautions import DILUTED_UP_TO, Caution
from ligandkb.planning.reagents import Reagent

STATEMENTS = frozenset({"H220", "H221", "H270", "H280", "H281"})
"""Hazard statements that only gases bear (Regulation (EC) No 1272/2008, Annex I, 2.2, 2.4 and 2.5)."""


def gas_cautions(
    products: Iterable[Product], reagents: Iterable[Reagent | None], dangers: Iterable[ProductDanger]
) -> list[Caution]:
    """Say of which bottles the masses are those of a pure gas.

    Parameters
    ----------
    products : iterable of Product
        That are weighed in.
    reagents : iterable of Reagent or None
        The same as bottles.
    dangers : iterable of ProductDanger
        What is known of them.

    Returns
    -------
    list of Caution
        One for each that is a gas, unless its bottle says how much of it a solution holds.
    """
    labels = {danger.product: danger.label for danger in dangers}
    found = []
    for product, reagent in zip(products, reagents, strict=False):
        label = labels.get(product.id)
        codes = sorted(label.codes & STATEMENTS) if label is not None else []
        is_gas = product.state_20c == "gas" or (not product.state_20c and codes)
        if not is_gas or reagent is None or _says_its_content(reagent):
            continue
        why = f" ({', '.join(codes)})" if codes else ""
        found.append(
            Caution(
                "caution",
                f"{product.name} is a gas{why}: the mass is that of the pure gas, which nobody weighs in from "
                "a bottle. Of a solution, such as an acid in water, give the content as the purity of your "
                "bottle; what else is in it comes along.",
            )
        )
    return found


def _says_its_content(reagent: Reagent) -> bool:
    is_diluted = reagent.purity_fraction is not None and reagent.purity_fraction <= DILUTED_UP_TO
    return is_diluted or reagent.in_solution or reagent.dosing_value_mg_koh_per_g is not None
