"""What does an import bring, what is set aside, and why?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ligandkb.assessment.records import offer_record
from ligandkb.catalogue.offers import COLUMNS as OFFER_COLUMNS
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.supplier_links import LinkedTable
from ligandkb.problems import Problem, counted
from ligandkb.reports.document import Block, Column, Document, Facts, Section, Span, items, signed, table
from ligandkb.storage.lab_tables import Changes

MOST_SHOWN = 100
"""Rows of one kind that people are shown; JSON and CSV have all."""

_COLUMNS = (
    Column("product"),
    Column("CAS"),
    Column("pack"),
    Column("price", right=True),
    Column("purity"),
    Column("have"),
    Column("line", right=True),
    Column("supplier", below=True),
    Column("number", below=True),
    Column("note", below=True),
)


def import_document(
    file: str,
    linked: LinkedTable,
    vetoes: Mapping[str, frozenset[str]],
    done: Changes,
    *,
    folder: str,
    written: bool,
    meta: Mapping[str, Any],
) -> Document:
    """Fill a document with what an import read.

    Parameters
    ----------
    file : str
        The supplier's table.
    linked : LinkedTable
        What was read of it.
    vetoes : mapping of str to frozenset of str
        Vetoes by the id of a product; a product without any may be left out.
    done : Changes
        What the import does to the folder.
    folder : str
        The lab's folder; empty where none was named.
    written : bool
        Whether the changes were written.
    meta : mapping
        What the answer was made with.

    Returns
    -------
    Document
    """
    products = {one.id: one for one in (*linked.known, *linked.new)}
    blocks: list[Block] = []
    vetoed = [products[name] for name in products if vetoes.get(name)]
    if vetoed:
        said = [f"{one.name}: {', '.join(sorted(vetoes[one.id]))}" for one in vetoed]
        blocks.append(Section("Vetoed", (items(*said),), alarming=True))
    blocks.append(
        items("Of dangers only vetoes are said here: see ligandkb explain. No tag is not a clearance.")
    )
    blocks.append(Facts(tuple(_facts(linked, done, folder, written=written))))
    if linked.set_aside:
        title = f"Set aside: {counted(linked.rows_set_aside, 'row')}"
        blocks.append(Section(title, (items(*_abridged([str(one) for one in linked.set_aside])),)))
    if linked.offers:
        rows = [_cells(offer, products[offer.product_id], vetoes) for offer in linked.offers[:MOST_SHOWN]]
        blocks.append(table(_COLUMNS, rows))
        if len(linked.offers) > MOST_SHOWN:
            more = counted(len(linked.offers) - MOST_SHOWN, "more row")
            blocks.append(items(f"{more}: --format csv or json has all"))
    if linked.new:
        said = [f"{one.name}: {one.smiles}" for one in linked.new]
        blocks.append(Section("New structures", (items(*_abridged(said)),)))
    changed = [*_prices(done), *_left_out(done)]
    if changed:
        blocks.append(Section("Changes to what you have", (items(*_abridged(changed)),)))
    if linked.notes:
        blocks.append(Section("Passed over", (items(*_abridged([str(one) for one in linked.notes])),)))
    document = Document(
        f"Import of {file}",
        tuple(blocks),
        data=_data(file, linked, vetoes, done, folder, written=written),
        csv_columns=(*OFFER_COLUMNS, "vetoes", "line"),
    )
    return signed(document, meta)


def _facts(linked: LinkedTable, done: Changes, folder: str, *, written: bool) -> Iterator[tuple[str, str]]:
    yield (
        "read",
        f"{counted(len(linked.offers), 'row')} of {counted(len(linked.known), 'known product')}"
        + (f" and {counted(len(linked.new), 'new structure')}" if linked.new else ""),
    )
    yield "set aside", counted(linked.rows_set_aside, "row") if linked.rows_set_aside else "nothing"
    if done.same:
        yield "there already", counted(done.same, "row")
    for file in done.files:
        verb = "added to" if written else "would be added to"
        yield f"{verb}", f"{file.path}: {counted(file.rows, 'row')}"
    if not folder:
        yield "not written", "name your folder to keep them: --into my-lab/"
    elif not done.files:
        yield "added", "nothing"


def _cells(offer: Offer, product: Product, vetoes: Mapping[str, frozenset[str]]) -> tuple[str | Span, ...]:
    name: str | Span = product.name
    if vetoes.get(product.id):
        name = Span(f"{product.name} VETOED", tone="bad")
    return (
        name,
        product.cas or "not verified",
        offer.pack.text or "-",
        offer.price_text or "-",
        offer.purity or "-",
        {True: "yes", False: "no", None: "-"}[offer.in_stock],
        offer.origin.rpartition(":")[2],
        offer.supplier or "-",
        offer.catalogue_number or "-",
        offer.note or "-",
    )


def _prices(done: Changes) -> Iterator[str]:
    for old, new in done.replaced:
        yield f"{_article(new)}: {new.price_text} now counts; {old.price_text} stays in the file as the older price"
    for new, old in done.older:
        yield f"{_article(new)}: {new.price_text} is older than {old.price_text}, which still counts"


def _article(offer: Offer) -> str:
    return ", ".join(filter(None, (offer.product_id, offer.supplier, offer.pack.text)))


def _left_out(done: Changes) -> Iterator[str]:
    for file in done.files:
        if file.left_out:
            yield f"{file.path} has no column for {', '.join(file.left_out)}: left out"


def _abridged(said: Sequence[str]) -> list[str]:
    if len(said) <= MOST_SHOWN:
        return list(said)
    return [*said[:MOST_SHOWN], f"and {counted(len(said) - MOST_SHOWN, 'more')}: --format json has all"]


def _data(
    file: str,
    linked: LinkedTable,
    vetoes: Mapping[str, frozenset[str]],
    done: Changes,
    folder: str,
    *,
    written: bool,
) -> dict[str, Any]:
    return {
        "file": file,
        "rows": [_record(offer, vetoes) for offer in linked.offers],
        "new": [{"id": one.id, "name": one.name, "smiles": one.smiles, "cas": one.cas or None} for one in linked.new],
        "set_aside": [_problem(one) for one in linked.set_aside],
        "rows_set_aside": linked.rows_set_aside,
        "passed_over": [_problem(one) for one in linked.notes],
        "there_already": done.same,
        "changes": [*_prices(done), *_left_out(done)],
        "folder": folder or None,
        "written": {str(one.path): one.rows for one in done.files} if written else {},
    }  # fmt: skip


def _record(offer: Offer, vetoes: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    return {
        "product_id": offer.product_id,
        **offer_record(offer),
        "note": offer.note or None,
        "vetoes": sorted(vetoes.get(offer.product_id, ())),
        "line": int(offer.origin.rpartition(":")[2]),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column, "what": problem.what, "fix": problem.fix}
