"""What does a supplier call this column?

Common headings of English and German lists are known; what could mean two things is asked about, and whatever isn't
known is left alone, so that a ``Class`` or a ``Lot`` never becomes something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ligandkb.problems import UsageError, did_you_mean
from ligandkb.tables.rows import shown

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "name": "name of the product",
        "cas": "CAS number",
        "smiles": "structure, all ions included",
        "catalogue_number": "the supplier's number",
        "supplier": "who sells it",
        "purity": "as printed: 98 %",
        "purity_pct": "purity in %, as a number",
        "pack": "amount with its unit: 5 g",
        "pack_unit": "unit of the pack, where it stands in a column of its own",
        "price": "of one pack",
        "currency": "EUR, USD ...",
        "date": "day on which the price held",
        "in_stock": "whether your lab has it: yes, no",
    }
)
"""What can be read of a table, by the name that ``--map`` takes."""
OWN = "own"
"""What ``--map`` calls a column that is not to be read."""
IDENTITIES = frozenset({"name", "cas", "smiles"})

_KNOWN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "name": (
            "name, product name, chemical name, compound name, substance name, chemical, compound, substance, "
            "bezeichnung, produktname, produktbezeichnung, artikelbezeichnung, stoffname, stoff, substanz, chemikalie, "
            "chemikalienname",
            "product, description, product description, item description, item, material, reagent, produkt, artikel, "
            "beschreibung, artikelbeschreibung, benennung",
        ),
        "cas": ("cas, cas no, cas nr, cas number, cas rn, cas registry number, casrn, cas nummer", ""),
        "smiles": ("smiles, smiles string, smiles code, isomeric smiles, isosmiles", "canonical smiles"),
        "catalogue_number": (
            "catalogue number, catalog number, catalogue no, catalog no, cat no, cat nr, cat, product number, "
            "product no, product code, article number, article no, item number, item no, item code, part number, "
            "part no, sku, catalog id, catalogue id, "
            "artikelnummer, artikel nr, art nr, katalognummer, katalog nr, kat nr, bestellnummer, "
            "bestell nr, best nr, produktnummer, produkt nr",
            "product id, order number, material number, materialnummer, reference, ref",
        ),
        "supplier": (
            "supplier, vendor, seller, company, lieferant, anbieter, firma",
            "manufacturer, producer, brand, hersteller, marke",
        ),
        "purity": (
            "purity, reinheit, min purity, minimum purity, purity analysis method",
            "assay, content, grade, quality, gehalt, qualitaet",
        ),
        "purity_pct": ("purity pct", ""),
        "pack": (
            "pack, pack size, unit size, package, package size, packaging, packing, pkg size, packung, "
            "packungsgroesse, packgroesse, gebinde, gebindegroesse, verpackung, verpackungsgroesse, "
            "verpackungseinheit, ve",
            "size, inhalt, fuellmenge",
        ),
        "pack_unit": ("pack unit, unit, units, uom, unit of measure, einheit, mengeneinheit, packungseinheit", ""),
        "price": (
            "price, unit price, list price, net price, price per pack, preis, einzelpreis, listenpreis, nettopreis, "
            "stueckpreis, preis pro packung",
            "cost, kosten",
        ),
        "currency": ("currency, waehrung, curr, ccy", ""),
        "date": ("date, price date, quote date, offer date, datum, preisdatum, angebotsdatum", "valid from, stand"),
        "in_stock": (
            "have it, have, we have it, in lab, in the lab, on our shelf, in our lab, vorhanden, haben wir, im labor",
            "",
        ),
    }
)  # fmt: skip
"""Headings of a column: those that name it, and those that name it where no other one does."""

_TWO_MEANINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        heading: meanings
        for headings, meanings in (
            (
                ("quantity", "qty", "amount", "menge", "anzahl"),
                ("pack", "the pack's content, or how many were asked for"),
            ),
            (
                ("in stock", "stock", "available", "availability", "on stock", "bestand", "auf lager", "lagernd",
                 "vorraetig", "verfuegbar", "verfuegbarkeit", "lagerbestand"),
                ("in_stock", "whether your lab has it, or the supplier"),
            ),
        )
        for heading in headings
    }
)  # fmt: skip

_OF_OFFERS: Mapping[str, str] = MappingProxyType({"product_id": "name", "in_stock": "in_stock"})
"""Columns of ``offers.csv``, spelt exactly, which mean one thing: another lab's file is a table, too."""

CURRENCY_SIGNS: Mapping[str, str] = MappingProxyType(
    {"€": "EUR", "£": "GBP", "US$": "USD", "Fr.": "CHF", "SFr.": "CHF"}
)
CURRENCIES = frozenset({
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR", "KRW", "CAD", "AUD",
    "NZD", "SGD", "HKD", "TWD", "BRL", "ILS", "TRY", "MXN", "ZAR",
})  # fmt: skip
"""Codes of ISO 4217 in which chemicals are offered; in a file of its own a lab may write any other."""
_PACK_UNITS = ("kg", "g", "mg", "l", "ml")


@dataclass(frozen=True)
class Headings:
    """What the columns of a table mean.

    Attributes
    ----------
    columns : mapping of str to int
        Position of each column that is read.
    currency : str
        That the heading of the price names; ``%`` and a pack's unit likewise below.
    pack_unit : str
    in_percent : bool
        Whether the heading of the purity says that it is in %.
    own : tuple of int
        Positions of columns that are not read.
    asked : tuple of (int, str, str)
        What can't be told: position, what, fix.
    """

    columns: Mapping[str, int]
    currency: str = ""
    pack_unit: str = ""
    in_percent: bool = False
    own: tuple[int, ...] = ()
    asked: tuple[tuple[int, str, str], ...] = ()


def heading_merit(texts: Sequence[str], mapping: Mapping[str, str]) -> int:
    """How many columns a line names; 0 where none of them says what the rows are about.

    Examples
    --------
    >>> heading_merit(["Bezeichnung", "CAS-Nr.", "Preis [€]", "Lot"], {}), heading_merit(["Price", "Pack"], {})
    (3, 0)
    """
    given = {heading_key(heading): column for column, heading in mapping.items()}
    found = {
        given.get(heading_key(text)) or _meaning(text)[0]
        for text in texts
        if 0 < len(text) <= _LONGEST_HEADING
    }
    found.discard("")
    found.discard(OWN)
    return len(found) if found & IDENTITIES else 0


def read_headings(texts: Sequence[str], mapping: Mapping[str, str], *, shelf: bool = False) -> Headings:
    """Find out what the columns of a table mean.

    Parameters
    ----------
    texts : sequence of str
        The line that names them.
    mapping : mapping of str to str
        Headings by the column that they name, where somebody said so; several of ``own`` separated by a line end.
    shelf : bool
        Whether it is a list of what stands in the lab: what is in stock is so there, and no amount is asked about.

    Returns
    -------
    Headings

    Raises
    ------
    UsageError
        If the mapping names what isn't there.

    Examples
    --------
    >>> headings = read_headings(["Product", "CAS No.", "Price (EUR)", "Lot"], {})
    >>> dict(headings.columns), headings.currency, headings.own
    ({'name': 0, 'cas': 1, 'price': 2}, 'EUR', (3,))
    >>> read_headings(["Name", "Menge"], {}).asked[0][1:]
    ("'Menge' may be the pack's content, or how many were asked for", "say --map pack='Menge' or --map own='Menge'")
    """
    given = _given(texts, mapping)
    strong: dict[str, list[int]] = {}
    weak: dict[str, list[int]] = {}
    unclear: list[int] = []
    own = [place for place, column in given.items() if column == OWN]
    for place, text in enumerate(texts):
        column, rank = (given[place], 0) if place in given else _meaning(text)
        if not text or column == OWN:
            continue
        if not column or (column in mapping and place not in given):
            own.append(place)
        elif rank == 2:
            unclear.append(place)
        else:
            (weak if rank else strong).setdefault(column, []).append(place)
    columns: dict[str, int] = {}
    asked: list[tuple[int, str, str]] = []
    for column in COLUMNS:
        places = strong.get(column) or weak.get(column, [])
        own += weak.get(column, []) if column in strong else []
        if len(places) > 1:
            asked.append((places[1], *_twice(column, [texts[place] for place in places])))
        if places:
            columns[column] = places[0]
    for place in unclear:
        column, said = _TWO_MEANINGS[_bare(texts[place])[0]]
        if shelf and column == "in_stock":
            columns.setdefault(column, place)
        if shelf or column in columns:
            own += [] if columns.get(column) == place else [place]
            continue
        quoted = shown(texts[place])
        asked.append((place, f"{quoted} may be {said}", f"say --map {column}={quoted} or --map own={quoted}"))
    units = {column: _bare(texts[place])[1] for column, place in columns.items()}
    in_percent = "purity_pct" in columns or units.get("purity") == "%"
    if "purity_pct" in columns:
        columns.setdefault("purity", columns.pop("purity_pct"))
    return Headings(
        MappingProxyType(columns),
        _currency(units.get("price", "")),
        next((unit for unit in _PACK_UNITS if unit == units.get("pack", "").casefold()), ""),
        in_percent,
        tuple(sorted(own)),
        tuple(sorted(asked)),
    )


def _given(texts: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """Positions that somebody named, with what they mean."""
    found: dict[int, str] = {}
    for column, headings in mapping.items():
        if column not in COLUMNS and column != OWN:
            known = (*COLUMNS, OWN)
            fix = did_you_mean(column, known) or f"name one of {', '.join(known)}"
            raise UsageError(f"--map {column}=...: there is no column {column[:60]!r}: {fix}")
        for heading in headings.split("\n"):
            places = [place for place, text in enumerate(texts) if heading_key(text) == heading_key(heading)]
            if not places or not heading_key(heading):
                fix = did_you_mean(heading, filter(None, texts)) or (
                    f"the headings are {', '.join(shown(text) for text in texts if text)}"
                )
                raise UsageError(f"--map {column}={heading[:60]}: no column has this heading: {fix}")
            if column != OWN and len(places) > 1:
                raise UsageError(
                    f"--map {column}={heading[:60]}: {len(places)} columns have this heading: rename one"
                )
            for place in places:
                if place in found:
                    raise UsageError(f"--map names {texts[place]!r} twice: as {found[place]} and as {column}")
                found[place] = column
    return found


def _twice(column: str, texts: Sequence[str]) -> tuple[str, str]:
    quoted = list(dict.fromkeys(shown(text) for text in texts))
    what = f"{' and '.join(quoted)} {'name' if len(quoted) > 1 else 'names'} the column {column!r} twice"
    if len(quoted) == 1:
        return what, "rename one of them, e.g. with what else it holds"
    return what, f"say which one: --map {column}={quoted[0]} or --map {column}={quoted[1]}"


def heading_key(text: str) -> str:
    """Letters and digits of a heading, without regard to case and umlauts; ``#`` is a number.

    Examples
    --------
    >>> heading_key("CAS-Nr."), heading_key("Packungsgröße"), heading_key("Item #")
    ('casnr', 'packungsgroesse', 'itemno')
    """
    plain = text.replace("#", " no").casefold().translate(_UMLAUTS)
    return re.sub(r"[\W_]+", "", plain)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONGEST_HEADING = 100
_UNIT = re.compile(
    r"(?P<base>.*?)\s*(?:[(\[/]\s*(?:in\s+)?|\s+in\s+|\s)(?P<unit>€|£|\$|US\$|[A-Za-z]{3}|%|kg|g|mg|l|ml)\s*[)\]]?\s*",
    re.IGNORECASE,
)
_MEANINGS: Mapping[str, tuple[str, int]] = {
    heading_key(heading): (column, rank)
    for column, lists in _KNOWN.items()
    for rank, headings in enumerate(lists)
    for heading in (*headings.split(","), *([] if rank else [column]))
    if heading.strip()
} | {heading_key(heading): (column, 2) for heading, (column, _) in _TWO_MEANINGS.items()}  # fmt: skip


def _bare(text: str) -> tuple[str, str]:
    """Heading without its unit, as it stands in the tables, and the unit: ``Price (EUR)``, but not ``Price (net)``."""
    found = _UNIT.fullmatch(text.strip())
    if found:
        column, _ = _MEANINGS.get(heading_key(found["base"]), ("", 0))
        if _fits(column, found["unit"]):
            return _spelt(found["base"]), found["unit"]
    return _spelt(text), ""


def _spelt(text: str) -> str:
    key = heading_key(text)
    return next((heading for heading in _TWO_MEANINGS if heading_key(heading) == key), key)


def _meaning(text: str) -> tuple[str, int]:
    """Column that a heading names, and how surely: 0 surely, 1 if no other does, 2 it may mean something else."""
    if text in _OF_OFFERS:
        return _OF_OFFERS[text], 0
    return _MEANINGS.get(heading_key(_bare(text)[0]), ("", 0))


def heading_of(text: str) -> str:
    """What a column of this heading holds, of :data:`COLUMNS`; blank where that isn't known for sure.

    Examples
    --------
    >>> heading_of("CAS-Nr."), heading_of("Price (EUR)"), heading_of("Menge"), heading_of("Lot")
    ('cas', 'price', '', '')
    """
    column, doubt = _meaning(text)
    return column if doubt < 2 else ""


def _fits(column: str, unit: str) -> bool:
    """Whether a unit behind a heading is one of that column."""
    if column in ("price", "currency"):
        return bool(_currency(unit)) or unit == "$"
    if column == "pack":
        return unit.casefold() in _PACK_UNITS
    return column.startswith("purity") and unit == "%"


def _currency(unit: str) -> str:
    return CURRENCY_SIGNS.get(unit, unit.upper() if unit.upper() in CURRENCIES else "")
