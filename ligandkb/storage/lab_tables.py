"""How do imported rows get into a lab's own tables?

Rows are added behind those that stand there, which stay byte for byte, in the separator, order of columns and line ends
of the file. An offer that stands there already isn't added again; a newer price is added beside the older one, which
stays with its date and no longer counts (:func:`ligandkb.catalogue.offers.standing_offers`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ligandkb.catalogue import products
from ligandkb.catalogue.offers import COLUMNS as OFFER_COLUMNS
from ligandkb.catalogue.offers import FILE as OFFERS
from ligandkb.catalogue.offers import Offer, is_older, read_offers, standing_offers
from ligandkb.catalogue.supplier_links import LinkedTable
from ligandkb.export import escape_cell, write_atomically
from ligandkb.problems import InputError, Problem, UsageError
from ligandkb.tables.header import column_of
from ligandkb.tables.scanning import SAVE_AS, SourceText, find_separator, scan

LIGANDS = "ligands.csv"
_LIGAND_COLUMNS = ("id", "name", "smiles", "cas", "cas_source", "note")


@dataclass(frozen=True)
class LongerFile:
    """A table with rows added.

    Attributes
    ----------
    path : Path
    before, text : str
        All of it, before and with the rows; UTF-8.
    rows : int
        Rows that were added.
    left_out : tuple of str
        Columns that the file doesn't have, of which the new rows had values.
    """

    path: Path
    before: str
    text: str
    rows: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What an import does to a lab's folder.

    Attributes
    ----------
    files : tuple of LongerFile
        Files that get longer, in the order in which they must be written.
    same : int
        Offers that stand there already.
    replaced : tuple of (Offer, Offer)
        Prices that newer ones take the place of, each with the newer one.
    older : tuple of (Offer, Offer)
        Imported prices that are older than what stands there, each with what stands.
    """

    files: tuple[LongerFile, ...] = ()
    same: int = 0
    replaced: tuple[tuple[Offer, Offer], ...] = ()
    older: tuple[tuple[Offer, Offer], ...] = ()

    def write(self) -> None:
        """Write the files, each whole or not at all; products before the offers that name them.

        Raises
        ------
        UsageError
            If a file can't be written, or somebody has changed it meanwhile. What is missing then is added when the
            same import is run again.
        """
        for file in self.files:
            if _text_of(file.path) != file.before:
                raise UsageError(f"{file.path} was changed while this was read: run the import again")
            write_atomically(file.path, file.text)


def changes(folder: Path, linked: LinkedTable, standing: Sequence[Offer]) -> Changes:
    """Work out what an import adds to a lab's folder; nothing is written.

    Parameters
    ----------
    folder : Path
        It may not exist yet.
    linked : LinkedTable
        What was read.
    standing : sequence of Offer
        Offers of the catalogue that the table was linked with.

    Returns
    -------
    Changes

    Raises
    ------
    InputError
        If a file of the folder can't take the rows.
    """
    path = folder / OFFERS
    ids = {offer.product_id for offer in (*standing, *linked.offers)}
    there = read_offers(path, ids, []) if path.exists() else ()
    seen = {_said(offer) for offer in there if offer.date}
    here = {offer.article: offer for offer in standing_offers(there)}
    added = [offer for offer in linked.offers if _says_more(offer, here.get(offer.article), seen)]
    held = {offer.article: offer for offer in standing}
    priced = [(held[offer.article], offer) for offer in added if offer.article in held]
    priced = [
        (old, new) for old, new in priced if None not in (old.price, new.price) and _price(old) != _price(new)
    ]
    files = []
    if linked.new:
        rows = [
            {
                "id": one.id,
                "name": one.name,
                "smiles": one.smiles,
                "cas": one.cas,
                "cas_source": one.cas_source,
                "note": one.note,
            }
            for one in linked.new
        ]
        known = (*products.REQUIRED_COLUMNS, *products.OPTIONAL_COLUMNS)
        files.append(_longer(folder / LIGANDS, _LIGAND_COLUMNS, known, rows, products.REQUIRED_COLUMNS))
    if added:
        needed = tuple(name for name in OFFER_COLUMNS if any(_cells(offer)[name] for offer in added))
        files.append(_longer(path, OFFER_COLUMNS, OFFER_COLUMNS, [_cells(offer) for offer in added], needed))
    return Changes(
        tuple(files),
        len(linked.offers) - len(added),
        tuple((old, new) for old, new in priced if not is_older(new, old)),
        tuple((new, old) for old, new in priced if is_older(new, old)),
    )


def _says_more(offer: Offer, held: Offer | None, seen: Collection[tuple[object, ...]]) -> bool:
    """Whether an offer changes what holds of its article, or is an older price that doesn't stand there yet."""
    if held is None or _said(offer) in seen:
        return held is None
    return is_older(offer, held) or _said(standing_offers((held, offer))[0]) != _said(held)


def _price(offer: Offer) -> tuple[object, ...]:
    return (offer.price, offer.currency, offer.date)


def _said(offer: Offer) -> tuple[object, ...]:
    """What an offer says; where it was read, and notes on it, apart."""
    return (offer.article, offer.price, offer.currency, offer.date, offer.in_stock)


def _cells(offer: Offer) -> dict[str, str]:
    return {
        "product_id": offer.product_id,
        "supplier": offer.supplier,
        "catalogue_number": offer.catalogue_number,
        "pack": offer.pack.text,
        "price": "" if offer.price is None else f"{offer.price:.12g}",
        "currency": offer.currency,
        "date": offer.date,
        "purity": offer.purity,
        "in_stock": "" if offer.in_stock is None else "yes" if offer.in_stock else "no",
        "note": offer.note,
    }


def _longer(
    path: Path,
    columns: Sequence[str],
    known: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    needed: Sequence[str],
) -> LongerFile:
    """A file with rows added; a new one has ``columns``, an old one may lack any but the ``needed`` ones."""
    text = _text_of(path)
    if not text.strip("\ufeff \t\r\n"):
        lines = [",".join(columns), *(_line(row, columns, ",") for row in rows)]
        return LongerFile(path, text, "\n".join(lines) + "\n", len(rows))
    # The mark of the encoding stays where it is, and no column is called after it.
    source = SourceText(str(path), text.removeprefix("\ufeff"))
    separator = find_separator(source, known)
    header = next(scan(source, separator, []), None)
    names = [column_of(heading, known) for heading in header.texts] if header else []
    absent = [name for name in columns if name not in names and any(row[name] for row in rows)]
    if header is None or set(absent) & set(needed):
        lacking = ", ".join(name for name in absent if name in needed) or "names of columns"
        fix = "add them to the line of headings and a cell to each row, or move the file away: a new one is made"
        line = source.where(header.start)[0] if header else 1
        raise InputError([Problem(str(path), line, 1, f"the file lacks {lacking}, which the rows need", fix)])
    end = "\r\n" if "\r\n" in text else "\n"
    whole = text if text.endswith(("\n", "\r")) else text + end
    added = "".join(_line(row, names, separator) + end for row in rows)
    # A row's id that isn't written follows from its name when the file is read.
    return LongerFile(path, text, whole + added, len(rows), tuple(name for name in absent if name != "id"))


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        what = "rows are added to UTF-8 files only, and this one isn't"
        raise InputError(
            [Problem(str(path), 0, 0, what, f"open it in a spreadsheet and {SAVE_AS}")]
        ) from error
    except OSError as error:
        what = f"the file can't be read: {error.strerror or error}"
        raise InputError([Problem(str(path), 0, 0, what, "check its permissions")]) from error


def _line(row: Mapping[str, str], names: Sequence[str | None], separator: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow([escape_cell(row.get(name or "", "")) for name in names])
    return buffer.getvalue().removesuffix("\r\n")
