"""What does this cell of a supplier's list say?

Prices, dates and answers to "have it" in the styles in which they are written. What could be two things is a question
that is asked once for the whole table, never answered by a guess.
"""

from __future__ import annotations

import re
from typing import Literal

from ligandkb.catalogue.offers import is_date
from ligandkb.catalogue.supplier_headings import CURRENCIES, CURRENCY_SIGNS
from ligandkb.tables.rows import shown

Decimal = Literal["", "point", "comma"]
DateOrder = Literal["", "day-first", "month-first"]


class UnclearError(Exception):
    """A cell that can't be read.

    Attributes
    ----------
    what, fix : str
    question : str
        What is asked, the same for all cells that one answer settles; empty where each is a case of its own.
    """

    def __init__(self, what: str, fix: str, question: str = "") -> None:
        super().__init__(f"{what}: {fix}")
        self.what, self.fix, self.question = what, fix, question


_UNSTATED = re.compile(
    r"(?i)[-–—./?]*|n/?a|n\.a\.|poa|tbd|k\.?\s?a\.?|(?:price )?(?:up)?on (?:request|enquiry|inquiry)"
    r"|(?:preis )?auf anfrage|please (?:ask|inquire|enquire)|quote|inquire|ask"
)
_AMOUNT = re.compile(r"\d(?:[\d.,'’\s]*\d)?(?:[.,](?:-|–|—)+)?")
_GROUPED = re.compile(
    r"\d{1,3}(?P<gap>[.,'’ ])\d{3}(?:(?P=gap)\d{3})*(?:(?!(?P=gap))[.,](?P<cents>\d{1,4}))?"
)
_PLAIN = re.compile(r"(?P<whole>\d+)(?:(?P<mark>[.,])(?P<cents>\d+))?")


def read_price(text: str, decimal: Decimal = "", currency: str = "") -> tuple[float | None, str]:
    """Read a price as a supplier writes it.

    Parameters
    ----------
    text : str
        Such as ``1.234,50 €``, ``$1,234.50``, ``EUR 45``, ``45,-`` or ``on request``.
    decimal : str
        ``comma`` or ``point`` where that was said.
    currency : str
        Which one ``$`` is where that was said, see :func:`read_currency`.

    Returns
    -------
    float or None, str
        Price, None where none is stated; and its currency, empty where the cell names none.

    Raises
    ------
    UnclearError
        If it is no price, or could be two.

    Examples
    --------
    >>> read_price("1.234,50 €"), read_price("CHF 1'234.50"), read_price("on request")
    ((1234.5, 'EUR'), (1234.5, 'CHF'), (None, ''))
    >>> read_price("1.234", "comma"), read_price("45,- €")
    ((1234.0, ''), (45.0, 'EUR'))
    """
    plain = " ".join(text.split())
    if _UNSTATED.fullmatch(plain):
        return None, ""
    found = _AMOUNT.search(plain)
    around = [part.strip() for part in (plain[: found.start()], plain[found.end() :])] if found else []
    sign = "".join(around)
    if found is None or sign.startswith(("+", "-", "−")) or (all(around) and sign not in CURRENCY_SIGNS):
        raise UnclearError(f"{shown(text)} is no price", "write it like 45.50 EUR, or leave the cell blank")
    value = _amount(re.sub(r"[.,](?:-|–|—)+$", "", found[0]), text, decimal)
    if value == 0.0:
        raise UnclearError(
            f"{shown(text)}: nothing is sold for nothing", "leave the cell blank where no price is known"
        )
    return value, read_currency(sign, currency)


_SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK"),
}


def read_currency(text: str, said: str = "") -> str:
    """Code of a currency.

    Parameters
    ----------
    text : str
        Sign or code; empty for none.
    said : str
        Currency that was said of the whole table: settles what ``$`` is, if it is one of its dollars.

    Returns
    -------
    str

    Raises
    ------
    UnclearError
        If it is none, or the sign of several.

    Examples
    --------
    >>> read_currency("€"), read_currency("usd"), read_currency(""), read_currency("$", "CAD")
    ('EUR', 'USD', '', 'CAD')
    """
    plain = text.strip().rstrip("*")
    known = {sign.casefold(): code for sign, code in CURRENCY_SIGNS.items()}
    code = known.get(plain.casefold(), plain.upper())
    if not code or code in CURRENCIES:
        return code
    if shared := _SHARED_SIGNS.get(plain.casefold().rstrip(".")):
        if said in shared:
            return said
        fix = f"say which: --currency {shared[0]}"
        raise UnclearError(f"{plain!r} is the sign of several currencies", fix, f"currency {plain}")
    raise UnclearError(f"{shown(text)} is no currency", "write its code, like EUR or USD")


def _amount(number: str, text: str, decimal: Decimal) -> float:
    plain = number.replace("’", "'").replace("\xa0", " ")
    whole = _PLAIN.fullmatch(plain)
    grouped = _GROUPED.fullmatch(plain)
    mark = {"comma": ",", "point": "."}.get(decimal, "")
    if whole and (not whole["mark"] or len(whole["cents"]) != 3):
        if mark and whole["mark"] and whole["mark"] != mark:
            raise UnclearError(
                f"{shown(text)} has no decimal {decimal}", "write it like the others, or leave out --decimal"
            )
        return float(f"{whole['whole']}.{whole['cents'] or 0}")
    if grouped and (grouped["cents"] or grouped["gap"] in "' " or plain.count(grouped["gap"]) > 1):
        return float(re.sub(r"[.,' ]", "", plain[: grouped.start("cents") - 1] if grouped["cents"] else plain)
                     + (f".{grouped['cents']}" if grouped["cents"] else ""))  # fmt: skip
    if whole and mark:
        return (
            float(plain.replace(mark, "."))
            if whole["mark"] == mark
            else float(plain.replace(whole["mark"], ""))
        )
    if whole:
        other = float(whole["whole"] + whole["cents"])
        one = float(f"{whole['whole']}.{whole['cents']}")
        fix = "say --decimal comma or --decimal point"
        raise UnclearError(f"{shown(text)} may be {other:,.0f} or {one:g}", fix, "decimal")
    raise UnclearError(f"{shown(text)} is no price", "write it like 45.50 EUR, or leave the cell blank")


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january"),
            ("feb", "februar", "february"),
            ("mar", "mär", "mrz", "märz", "march"),
            ("apr", "april"),
            ("mai", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("okt", "oct", "oktober", "october"),
            ("nov", "november"),
            ("dez", "dec", "dezember", "december"),
        ),
        1,
    )
    for name in names
}
_NUMERIC = re.compile(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?[ \-]([^\W\d_]{3,9})\.?[ \-,]+(\d{4})")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def read_day(text: str, order: DateOrder = "") -> str:
    """Read a day in one of the styles in which people write it.

    Parameters
    ----------
    text : str
        Such as ``2026-04-03``, ``3.4.2026``, ``3 April 2026``, ``Apr 3, 2026`` or ``13/04/2026``.
    order : str
        ``day-first`` or ``month-first``, where that was said.

    Returns
    -------
    str
        Like ``2026-04-03``; empty for a blank cell.

    Raises
    ------
    UnclearError
        If it is no day, or could be two.

    Examples
    --------
    >>> [read_day(text) for text in ("3.4.2026", "3. April 2026", "Apr 3, 2026", "13/04/2026")]
    ['2026-04-03', '2026-04-03', '2026-04-03', '2026-04-13']
    >>> read_day("03/04/2026", "month-first")
    '2026-03-04'
    """
    plain = " ".join(text.split())
    if not plain or plain in "-–—":
        return ""
    if found := _NUMERIC.fullmatch(plain):
        year_first, last = len(found[1]) == 4, found[4]
        if not year_first and len(last) != 4:
            raise UnclearError(f"{shown(text)} has no year of four digits", "write it like 2026-04-03")
        if year_first:
            return _checked(int(found[1]), int(found[3]), int(last), text)
        return _ordered(int(found[1]), int(found[3]), int(last), found[2], order, text)
    if found := _DAY_MONTH.fullmatch(plain):
        return _checked(int(found[3]), _MONTHS.get(found[2].casefold(), 0), int(found[1]), text)
    if found := _MONTH_DAY.fullmatch(plain):
        return _checked(int(found[3]), _MONTHS.get(found[1].casefold(), 0), int(found[2]), text)
    raise UnclearError(f"{shown(text)} is no date", "write it like 2026-04-03")


def _ordered(first: int, second: int, year: int, mark: str, order: DateOrder, text: str) -> str:
    """Day and month in either order; with points the day comes first wherever dates are written so."""
    if mark == "." or order == "day-first" or first > 12 or first == second:
        return _checked(year, second, first, text)
    if order == "month-first" or second > 12:
        return _checked(year, first, second, text)
    days = f"{year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    raise UnclearError(
        f"{shown(text)} may be {days}", "say --dates day-first or --dates month-first", "date order"
    )


def _checked(year: int, month: int, day: int, text: str) -> str:
    made = f"{year:04}-{month:02}-{day:02}"
    if not is_date(made) or not 1990 <= year <= 2100:
        raise UnclearError(f"{shown(text)} is no date", "write it like 2026-04-03")
    return made


_YES = frozenset({"yes", "y", "x", "ja", "j", "true", "wahr", "✓", "✔", "vorhanden"})
_NO = frozenset({"no", "n", "nein", "false", "falsch", "none", "kein", "keine", "leer", "empty"})
_COUNTED = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:x|×|kg|g|mg|l|ml|bottles?|flaschen?|packs?|pcs?|stück)?\.?", re.IGNORECASE
)


def read_yes_no(text: str) -> bool | None:
    """Read whether something is there: yes or no, or how much of it.

    Raises
    ------
    UnclearError
        If it is neither.

    Examples
    --------
    >>> read_yes_no("ja"), read_yes_no("2 bottles"), read_yes_no("0"), read_yes_no("")
    (True, True, False, None)
    """
    plain = text.strip().casefold()
    if not plain or plain in "-–—":
        return None
    if plain in _YES or plain in _NO:
        return plain in _YES
    if found := _COUNTED.fullmatch(plain):
        return float(found[1].replace(",", ".")) > 0
    raise UnclearError(f"{shown(text)} says neither yes nor no", "write yes, no or how much of it there is")
