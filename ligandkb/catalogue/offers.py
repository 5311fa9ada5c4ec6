"""Who sells this product, in which pack, at what price, and what stands on the shelf?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date as calendar_day
from pathlib import Path

from ligandkb.catalogue.packs import NO_PACK, Pack, read_pack
from ligandkb.catalogue.purity import purity_problem, purity_problems
from ligandkb.problems import Problem, did_you_mean
from ligandkb.tables import Row, choice, filled, number, read_table, shown

FILE = "offers.csv"
COLUMNS = (
    "product_id",
    "supplier",
    "catalogue_number",
    "pack",
    "price",
    "currency",
    "date",
    "purity",
    "in_stock",
    "note",
)
REQUIRED_COLUMNS = COLUMNS[:1]


@dataclass(frozen=True)
class Offer:
    """One product from one supplier in one pack.

    Attributes
    ----------
    product_id : str
        Identifier of a product of the catalogue.
    supplier, catalogue_number : str
        As the supplier writes them; empty where unknown.
    pack : Pack
        Amount and unit where they could be read, else the text; false where unknown.
    price : float or None
        For the pack, in ``currency``; None where it isn't stated.
    currency : str
        ISO 4217 code such as ``EUR``; empty without a price.
    date : str
        Day on which the price held, such as ``2026-04-03``; empty where unknown.
    purity : str
        As printed, such as ``98 %``; empty where unknown.
    in_stock : bool or None
        Whether it stands in the lab; None where nobody says.
    note : str
        What a reader must know besides.
    origin : str
        File and line.
    """

    product_id: str
    supplier: str = ""
    catalogue_number: str = ""
    pack: Pack = NO_PACK
    price: float | None = None
    currency: str = ""
    date: str = ""
    purity: str = ""
    in_stock: bool | None = None
    note: str = ""
    origin: str = ""

    @property
    def article(self) -> tuple[str, str, str, str, str]:
        """What is offered, whatever it costs: a newer price of the same article takes the place of an older one."""
        return (
            self.product_id,
            self.supplier.casefold(),
            self.catalogue_number.casefold(),
            "".join(self.pack.text.casefold().split()),
            "".join(self.purity.split()),
        )

    @property
    def can_be_had(self) -> bool:
        """Whether it stands in the lab or somebody sells it; False where a list only says that it isn't there."""
        return bool(self.in_stock or self.supplier or self.catalogue_number or self.price is not None)

    @property
    def price_text(self) -> str:
        """Price with currency and date, such as ``45.50 EUR (2026-04-03)``; empty without a price."""
        if self.price is None:
            return ""
        return f"{self.price:,.2f} {self.currency}" + (f" ({self.date})" if self.date else "")


def read_offers(path: Path, products: Collection[str], problems: list[Problem]) -> tuple[Offer, ...]:
    r"""Read the offers of a lab's folder.

    Parameters
    ----------
    path : Path
        An ``offers.csv``.
    products : collection of str
        Identifiers of the catalogue's products.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    tuple of Offer
        Every row, also prices that newer rows have taken the place of: see :func:`standing_offers`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "offers.csv"
    ...     _ = path.write_text("product_id,pack,price,currency\noleic-acid,100 mL,45.5,EUR\n")
    ...     (offer,) = read_offers(path, {"oleic-acid"}, problems := [])
    >>> offer.pack.volume_ml, offer.price_text, offer.in_stock, problems
    (100.0, '45.50 EUR', None, [])
    """
    rows = read_table(path, required=REQUIRED_COLUMNS, optional=COLUMNS[1:], problems=problems)
    problems += purity_problems(rows)
    made = (_read_offer(row, products, problems) for row in rows)
    return tuple(offer for offer in made if offer is not None)


def standing_offers(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Put together what holds of each article: its newest price, and the last word on whether it stands in the lab.

    Parameters
    ----------
    offers : iterable of Offer
        In the order of their files. Of two prices with one date, or where one has none, the later row counts; a row
        that doesn't know a price, or whether it is there, takes nothing away.

    Returns
    -------
    tuple of Offer
        One of each article, in the order in which the articles appear.

    Examples
    --------
    >>> old, new = (Offer("oleic-acid", price=price, currency="EUR", date=date) for price, date in
    ...             ((40.0, "2025-01-31"), (45.0, "2026-04-03")))
    >>> [offer.price for offer in standing_offers([new, old])]
    [45.0]
    >>> [(offer.price, offer.in_stock) for offer in standing_offers([new, Offer("oleic-acid", in_stock=True)])]
    [(45.0, True)]
    """
    standing: dict[tuple[str, ...], Offer] = {}
    for offer in offers:
        held = standing.get(offer.article)
        standing[offer.article] = offer if held is None else _together(held, offer)
    return tuple(standing.values())


def _together(held: Offer, offer: Offer) -> Offer:
    """What holds of an article by an earlier and a later row."""
    newer, older = (held, offer) if is_older(offer, held) else (offer, held)
    if newer.price is None and older.price is not None:
        newer = replace(newer, price=older.price, currency=older.currency, date=older.date)
    if newer.in_stock is None:
        newer = replace(newer, in_stock=older.in_stock)
    return newer


def by_product(offers: Iterable[Offer]) -> dict[str, list[Offer]]:
    """Offers of each product, by its id; rows of an inventory that only say that it isn't there are none.

    Examples
    --------
    >>> by_product([Offer("oleic-acid", in_stock=False), Offer("oleylamine", "Us")]).keys()
    dict_keys(['oleylamine'])
    """
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        if offer.can_be_had:
            found.setdefault(offer.product_id, []).append(offer)
    return found


def is_older(offer: Offer, held: Offer) -> bool:
    """Whether an offer has an earlier date than another one."""
    return bool(offer.date and held.date and offer.date < held.date)


def _read_offer(row: Row, products: Collection[str], problems: list[Problem]) -> Offer | None:
    before = len(problems)
    product = filled(row, "product_id", problems)
    if product is not None and product not in products:
        fix = did_you_mean(product, products) or "write the id of a row of ligands.csv, here or shipped"
        problems.append(row.problem("product_id", f"there is no product {shown(product)}", fix))
    price = number(row, "price", problems, minimum=0.0)
    if price == 0.0:
        what = f"{shown(row['price'].strip())}: nothing is sold for nothing"
        problems.append(row.problem("price", what, "leave the cell blank where no price is known"))
    currency = row["currency"].strip()
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        problems.append(
            row.problem("currency", f"{shown(currency)} is no code of a currency", "write it like EUR or USD")
        )
    elif price is not None and not currency:
        problems.append(row.problem("currency", "the price has no currency", "write it like EUR or USD"))
    date = row["date"].strip()
    if date and not is_date(date):
        problems.append(row.problem("date", f"{shown(date)} is no date", "write it like 2026-04-03"))
    held = choice(row, "in_stock", _IN_STOCK, problems)
    if len(problems) > before or product is None or purity_problem(row["purity"].strip()):
        return None  # what is wrong with purities is said once for all rows
    return Offer(
        product,
        row["supplier"].strip(),
        row["catalogue_number"].strip(),
        read_pack(row["pack"]),
        price,
        currency,
        date,
        row["purity"].strip(),
        _IN_STOCK[held] if held else None,
        row["note"].strip(),
        f"{row.file}:{row.line}",
    )


_IN_STOCK: Mapping[str, bool] = {"yes": True, "no": False}


def is_date(text: str) -> bool:
    """Whether a text is a day written like ``2026-04-03``.

    Examples
    --------
    >>> is_date("2026-04-03"), is_date("2026-02-30"), is_date("03.04.2026")
    (True, False, False)
    """
    try:
        return len(text) == 10 and bool(calendar_day.fromisoformat(text))
    except ValueError:
        return False
