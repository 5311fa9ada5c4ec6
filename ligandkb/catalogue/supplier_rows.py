"""What does one row of a supplier's list say?

A row of which anything can't be read is set aside whole, with the cell and the fix; what one answer settles for many
rows is asked once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ligandkb.catalogue.offers import Offer, is_date
from ligandkb.catalogue.packs import read_pack
from ligandkb.catalogue.purity import bare_percent, purity_fix, purity_problem
from ligandkb.catalogue.supplier_headings import CURRENCIES, Headings
from ligandkb.catalogue.supplier_values import (
    DateOrder,
    Decimal,
    UnclearError,
    read_currency,
    read_day,
    read_price,
    read_yes_no,
)
from ligandkb.problems import Problem, UsageError, counted
from ligandkb.tables import Cell, Row, cas_number, shown
from ligandkb.tables.grid import Grid, GridCell
from ligandkb.tables.values import is_like_a_cas_number

Value = TypeVar("Value")

_TOTAL = re.compile(
    r"(?i)(?:sub|grand )?totals?\b.*|(?:zwischen|gesamt|end)?summe\b.*|gesamt(?:betrag|preis)?\b.*|mwst\b.*|ust\b.*"
    r"|vat\b.*|tax\b.*|netto\b.*|brutto\b.*|shipping\b.*|versand(?:kosten)?\b.*|freight\b.*"
)
_LONGEST_NAME = 300
_UNSEEN = re.compile("[\xad\u200b-\u200d\u2060\ufeff]")
"""Characters without width, which come along when a text is copied from a page."""


@dataclass(frozen=True)
class SupplierRow:
    """What one row says.

    Attributes
    ----------
    name, cas, smiles : str
        Of the product; empty where the row doesn't say. The CAS number has the right check digit.
    offer : Offer
        Supplier, pack, price and the rest; its ``product_id`` is empty until the product is found.
    cells : Row
        Where the texts stand.
    """

    name: str
    cas: str
    smiles: str
    offer: Offer
    cells: Row


@dataclass(frozen=True)
class Said:
    """What somebody says of a table that it doesn't say itself.

    Attributes
    ----------
    supplier, currency, date : str
        Of every row without one of its own.
    decimal : str
        ``comma`` or ``point``: how ``1.234`` is meant.
    dates : str
        ``day-first`` or ``month-first``: how ``03/04/2026`` is meant.
    """

    supplier: str = ""
    currency: str = ""
    date: str = ""
    decimal: Decimal = ""
    dates: DateOrder = ""

    def __post_init__(self) -> None:
        if self.currency and self.currency not in CURRENCIES:
            raise UsageError(f"--currency {self.currency[:20]}: name one of {', '.join(sorted(CURRENCIES))}")
        if self.date and not is_date(self.date):
            raise UsageError(f"--date {self.date[:20]}: write it like 2026-04-03")


class RowReader:
    """Reads the rows of one table, and gathers what has to be asked once."""

    def __init__(
        self, grid: Grid, headings: Headings, said: Said, texts: Sequence[str], *, shelf: bool = False
    ) -> None:
        self.shelf = shelf
        self.left_aside: dict[str, Problem] = {}
        self.grid, self.headings, self.said = grid, headings, said
        self.faults: list[Problem] = []
        self.width = max((place for place, text in enumerate(texts) if text), default=0) + 1
        self.last = max(headings.columns.values())
        self.asked: dict[str, list[Problem]] = {}

    def is_total(self, cells: Sequence[GridCell]) -> bool:
        """Whether a row is a sum below the products."""
        if any(self._cell(cells, column).text for column in ("cas", "smiles")):
            return False
        first = next((cell.text for cell in cells if cell.text), "")
        return bool(_TOTAL.fullmatch(self._cell(cells, "name").text or first))

    def _cell(self, cells: Sequence[GridCell], column: str) -> GridCell:
        place = self.headings.columns.get(column)
        if place is None or place >= len(cells):
            return GridCell("", cells[0].line, cells[0].column)
        return cells[place]

    def row(self, cells: Sequence[GridCell]) -> SupplierRow | None:
        """Read one row; None where it is set aside."""
        wrong: list[Problem] = []
        read = {column: self._cell(cells, column) for column in self.headings.columns}
        for cell in read.values():
            if cell.fault:
                wrong.append(self.grid.problem(cell, *cell.fault))
        if self.grid.separator and len(cells) <= self.last:
            what = f"this row has {counted(len(cells), 'cell')} for {self.last + 1} columns"
            fix = "see whether a cell with a line end lacks its quotes, or add the missing cells"
            wrong.append(self.grid.problem(cells[-1], what, fix))
        extra = next((cell for cell in cells[self.width :] if cell.text), None)
        if extra is not None:
            fix = (
                "put double quotes around a cell that contains the separator"
                if self.grid.separator
                else "name it"
            )
            wrong.append(
                self.grid.problem(extra, f"{shown(extra.text)} stands in a column without a heading", fix)
            )
        texts = {column: " ".join(_UNSEEN.sub("", cell.text).split()) for column, cell in read.items()}
        row = Row(
            self.grid.file,
            cells[0].line,
            {column: Cell(texts[column], cell.line, cell.column) for column, cell in read.items()},
        )
        if wrong:
            self.faults += wrong
            return None
        unclear: list[tuple[str, UnclearError]] = []

        def tell(column: str, read_it: Callable[[], Value], otherwise: Value) -> Value:
            try:
                return read_it()
            except UnclearError as error:
                unclear.append((column, error))
                return otherwise

        name, smiles = texts.get("name", ""), texts.get("smiles", "")
        cas = cas_number(row, "cas", wrong) or ""
        if is_like_a_cas_number(name) and not texts.get("cas"):
            # Whoever has one column for both calls it names.
            cas, name = cas_number(row, "name", wrong) or "", name if smiles else ""
        unknown: tuple[float | None, str] = (None, "")
        price, currency = tell("price", lambda: self._price(read.get("price")), unknown)
        currency = tell("currency", lambda: self._currency(texts.get("currency", ""), currency, price), "")
        offer = Offer(
            product_id="",
            supplier=texts.get("supplier") or self.said.supplier,
            catalogue_number=texts.get("catalogue_number", ""),
            pack=read_pack(self._pack(texts)),
            price=price,
            currency=currency,
            date=tell("date", lambda: read_day(texts.get("date", ""), self.said.dates), "")
            or self._day(price),
            purity=tell("purity", lambda: self._purity(texts.get("purity", "")), ""),
            in_stock=tell("in_stock", lambda: read_yes_no(texts.get("in_stock", "")), None),
            origin=f"{self.grid.file}:{cells[0].line}",
        )
        if not (name or cas or smiles or wrong):
            fix = "fill in the name, the CAS number or the SMILES, or delete the row"
            wrong.append(self.grid.problem(cells[0], "this row says of no product", fix))
        if len(name) > _LONGEST_NAME:
            what = f"the name has {len(name):,} characters, more than {_LONGEST_NAME}"
            wrong.append(self.grid.problem(read["name"], what, "shorten it"))
        if self.shelf:
            # What stands there does so whatever it cost; only whether it does has to be clear.
            for column, error in unclear:
                if column != "in_stock":
                    what = f"left aside, here and wherever it is so: {error.what}"
                    self.left_aside.setdefault(column, self.grid.problem(read.get(column) or cells[0], what))
            offer = offer if offer.currency else replace(offer, price=None)
            unclear = [(column, error) for column, error in unclear if column == "in_stock"]
        for column, error in unclear:
            self._ask(read.get(column) or read.get("price") or cells[0], error, wrong)
        self.faults += [self._placed(problem) for problem in wrong]
        return None if wrong or unclear else SupplierRow(name, cas, smiles, offer, row)

    def _placed(self, problem: Problem) -> Problem:
        """In a workbook a problem names its cell, also where a reader of CSV has found it."""
        if not self.grid.sheet or f" of {self.grid.sheet[:40]!r}: " in problem.what:
            return problem
        cell = GridCell("", problem.line, problem.column)
        return replace(problem, what=self.grid.problem(cell, problem.what).what)

    def _ask(self, cell: GridCell, error: UnclearError, wrong: list[Problem]) -> None:
        problem = self.grid.problem(cell, error.what, error.fix)
        if error.question:
            self.asked.setdefault(error.question, []).append(problem)
        else:
            wrong.append(problem)

    def questions(self) -> list[Problem]:
        """One problem for all cells that one answer settles."""
        return [
            replace(first, what=f"{first.what}, and so on in {counted(len(others), 'more row')}")
            if others
            else first
            for first, *others in self.asked.values()
        ]

    def _price(self, cell: GridCell | None) -> tuple[float | None, str]:
        if cell is None or not cell.text:
            return None, ""
        if cell.number is None:
            return read_price(cell.text, self.said.decimal, self.said.currency)
        if cell.number <= 0:
            raise UnclearError(f"a price of {cell.text}", "leave the cell blank where no price is known")
        return cell.number, read_currency(cell.currency, self.said.currency)

    def _currency(self, text: str, of_price: str, price: float | None) -> str:
        """Currency of a price: what its cell, its column, the heading or the command says, if these agree."""
        if price is None:
            return ""
        own = read_currency(text, self.said.currency)
        named = list(dict.fromkeys(filter(None, (of_price, own, self.headings.currency))))
        if len(named) > 1:
            raise UnclearError(
                f"the price is in {' and in '.join(named)}", "let cell, column and heading agree"
            )
        if named or self.said.currency:
            return named[0] if named else self.said.currency
        raise UnclearError("the price has no currency", "say --currency EUR, or whichever it is", "currency")

    def _day(self, price: float | None) -> str:
        return self.said.date if price is not None else ""

    def _pack(self, texts: Mapping[str, str]) -> str:
        text, unit = texts.get("pack", ""), texts.get("pack_unit") or self.headings.pack_unit
        return f"{text} {unit}" if unit and re.fullmatch(r"[\d.,]+", text) else text

    def _purity(self, text: str) -> str:
        percent = bare_percent(text)
        # Below a heading in per cent, 0.98 may be either.
        if self.headings.in_percent and percent is not None and not text.startswith("0"):
            return f"{text} %"
        if (what := purity_problem(text)) is None:
            return text
        if percent is None:
            raise UnclearError(what, purity_fix(text))
        fix = f"write {percent:g} %, or say that all are in %: --map purity_pct=HEADING"
        raise UnclearError(what, fix, "purity")
