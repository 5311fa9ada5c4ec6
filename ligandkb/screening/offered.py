"""Who sells what stands among the best, under which number, at which price?

What a list carries along is read as :mod:`ligandkb.catalogue.supplier_values` reads a supplier's table. What is unclear
there is not guessed: it stands in the note, as the list has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.packs import NO_PACK, read_pack
from ligandkb.catalogue.purity import purity_problem
from ligandkb.catalogue.supplier_headings import read_headings
from ligandkb.catalogue.supplier_values import UnclearError, read_currency, read_day, read_price

_MOST_CHARACTERS = 80
"""That are shown of a supplier or a number."""


def offers_of(
    product_id: str, lines: Sequence[Mapping[str, Any]], carried: Sequence[str] = (), listed_in: str = ""
) -> tuple[Offer, ...]:
    """Offers of a product by the lines of a list.

    Parameters
    ----------
    product_id : str
    lines : sequence of mapping
        Cells of each line: ``line``, ``id``, and what was carried along.
    carried : sequence of str
        Headings of what was carried along.
    listed_in : str
        Name of the list, for where to look where no column says who the supplier is.

    Returns
    -------
    tuple of Offer
        One of each line; its catalogue number is the id in the list where no column has one, else the line.

    Examples
    --------
    >>> lines = [{"line": 7, "id": "A-1", "Price (EUR)": "45", "Pack": "1 g"}, {"line": 9, "id": "", "Pack": "5 g"}]
    >>> for offer in offers_of("CCO", lines, ["Price (EUR)", "Pack"], "acids.csv"):
    ...     print(offer.supplier, offer.catalogue_number, offer.pack, offer.price_text or "-", offer.note, sep=", ")
    supplier not stated (acids.csv), A-1, 1 g, 45.00 EUR, line 7
    supplier not stated (acids.csv), line 9, 5 g, -, line 9
    """
    headings = read_headings(carried, {})
    return tuple(
        _offer(
            product_id,
            cells,
            {
                column: str(cells.get(carried[place]) or "").strip()
                for column, place in headings.columns.items()
            },
            listed_in,
            (headings.currency, headings.pack_unit, "%" if headings.in_percent else ""),
        )
        for cells in lines
    )


def not_stated(listed_in: str) -> str:
    """What stands for the supplier where a list says none: that, and which list it is."""
    return f"supplier not stated ({listed_in or 'the list'})"


def _short(text: str | None) -> str:
    """What fits on a sheet; the line says where the whole stands."""
    text = text or ""
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}..."


def _offer(
    product_id: str,
    cells: Mapping[str, Any],
    said: Mapping[str, str],
    listed_in: str,
    units: tuple[str, str, str],
) -> Offer:
    line = f"line {cells['line']}"
    notes = [line]
    currency, pack_unit, percent = units
    pack, purity, price, date = said.get("pack", ""), said.get("purity", ""), None, ""
    pack = f"{pack} {said.get('pack_unit') or pack_unit}".strip() if pack else ""
    purity = f"{purity} {percent}" if percent and purity and "%" not in purity else purity
    if purity_problem(purity):
        notes.append(f"purity: {purity}")
        purity = ""
    try:
        price, named = read_price(said.get("price", ""))
        currency = named or read_currency(said.get("currency", "")) or currency
        if price is not None and not currency:
            raise UnclearError("no currency", "")
    except UnclearError:
        notes.append(f"price: {' '.join(filter(None, (said['price'], said.get('currency'))))}")
        price = None
    try:
        date = read_day(said.get("date", ""))
    except UnclearError:
        notes.append(f"date: {said['date']}")
    return Offer(
        product_id,
        _short(said.get("supplier")) or not_stated(listed_in),
        _short(said.get("catalogue_number") or cells["id"]) or line,
        read_pack(pack) if pack else NO_PACK,
        price,
        currency if price is not None else "",
        date,
        purity,
        note="; ".join(notes),
    )
