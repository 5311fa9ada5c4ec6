"""What shall be ordered, and why?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.assessment.records import COLUMNS, offer_record, record
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.products import Product
from ligandkb.planning.shortlist import PassedOver, Pick, Shortlist
from ligandkb.planning.shortlist_obstacles import Kind
from ligandkb.planning.shortlist_sentences import pair_words
from ligandkb.planning.shortlist_spread import FAMILIES
from ligandkb.problems import counted
from ligandkb.reports.document import (
    Cell,
    Column,
    Document,
    Item,
    Items,
    Section,
    Span,
    Table,
    items,
    signed,
    table,
)
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.measured import measured_of
from ligandkb.reports.not_on_shelf import shelf_sections
from ligandkb.reports.ranking import VERDICT_TONES, danger_words, score_text
from ligandkb.reports.text import text

NOT_VERIFIED = "not verified"
CSV_COLUMNS = ("kind", "role", "why", "teaches", "in_lab", *COLUMNS, "offers")
"""Of a shortlist: what it has besides those of a ranking."""
_COLUMNS = (
    Column("#", right=True),
    Column("danger", wraps=True, alarming=True),
    Column("pair", names=True),
    Column("ligand", pictured=True),
    Column("verdict"),
    Column("score", kind="number"),
    Column("measured"),
    Column("buy", wraps=True, below=True),
)
_NAMED = 4
"""Pairs that one reason names; the rest is counted."""
_REASONS = {
    Kind.VETO: "Vetoed, or suspected to be explosive or lethal, whatever is accepted",
    Kind.DANGER: "Dangers that were not accepted",
    Kind.ORDER: "Can't be ordered as far as is known",
    Kind.SAMPLE: "Would harm the sample or not reach it",
    Kind.PROSPECT: "Not expected to help",
}


def shortlist_document(shortlist: Shortlist) -> Document:
    """Fill a document with a panel: candidates, controls, why each is in and what it teaches, and what was refused.

    Parameters
    ----------
    shortlist : Shortlist

    Returns
    -------
    Document
    """
    meta = shortlist.meta
    title = (
        f"Shortlist for {meta['composition']}: {counted(len(shortlist.picks), 'candidate')}, "
        f"{counted(len(shortlist.controls), 'control')} on top"
    )
    blocks = [
        *shelf_sections(meta),
        Section("Safety", (items(*meta.get("kept_out", ()), NO_CLEARANCE),), alarming=True),
        Section(
            "Candidates",
            (_table(shortlist.picks, 1, meta["in_lab"]) if shortlist.picks else items(meta["nothing_left"]),),
        ),
    ]
    if shortlist.controls:
        controls = _table(shortlist.controls, len(shortlist.picks) + 1, meta["in_lab"])
        blocks.append(Section("Controls", (controls,)))
    if shortlist.everything:
        blocks.append(Section("Partners", (_partners(shortlist.everything),)))
        blocks.append(Section("Why, and what each teaches", (_sentences(shortlist.everything),)))
    if shortlist.passed_over:
        blocks.append(Section("Passed over", (_passed_over(shortlist.passed_over),)))
    blocks.append(Section("How it was chosen", (items(*_notes(shortlist)),)))
    return signed(
        Document(
            title,
            tuple(blocks),
            {"rows": rows(shortlist), "passed_over": [_refused(one) for one in shortlist.passed_over]},
            csv_columns=CSV_COLUMNS,
        ),
        meta,
    )


def shortlist_html(shortlist: Shortlist) -> str:
    """A panel as notebooks show it."""
    from ligandkb.reports.html import notebook_html  # noqa: PLC0415 - text needs no jinja2

    return notebook_html(shortlist_document(shortlist))


def shortlist_text(shortlist: Shortlist) -> str:
    """A panel as it is printed."""
    return text(shortlist_document(shortlist))


def rows(shortlist: Shortlist) -> list[dict[str, Any]]:
    """Rows in types that JSON knows: those of a ranking, and ``kind``, ``why``, ``teaches``."""
    return [
        {
            "kind": pick.kind,
            "role": pick.role or None,
            "why": pick.why,
            "teaches": pick.teaches,
            **record(pick.assessment, pick.place or 0),
            "in_lab": pick.in_lab,
            "offers": [{"product": offer.product_id, **offer_record(offer)} for offer in pick.offers],
        }
        for pick in shortlist.everything
    ]


def _table(picks: Sequence[Pick], first: int, have: Collection[str]) -> Table:
    rows = tuple(_cells(pick, place, have) for place, pick in enumerate(picks, first))
    # A page shows at the row what text says below.
    return Table(_COLUMNS, rows, tuple((items(pick.why, pick.teaches),) for pick in picks))


def _cells(pick: Pick, place: int, have: Collection[str]) -> tuple[Cell, ...]:
    item, row = pick.assessment, record(pick.assessment, place)
    dangers = {one.product: one for one in item.safety.products}
    verdict = str(item.verdict)
    return (
        str(place),
        Span(danger_words(row, dangers), tone="bad" if item.safety.dangers_to_people else ""),
        Span(pick.name + (f" ({pick.role})" if pick.role else ""), tone="strong"),
        structure(item.pair.product.smiles, item.pair.product.name),
        Span(verdict, tone=VERDICT_TONES.get(verdict, "")),
        score_text(item.score, item.score_low, item.score_high),
        measured_of(row, item),
        _bought(pick, have),
    )


def _partners(picks: Sequence[Pick]) -> Table:
    """Each partner once: drawn, with what is bought to bring it and the places of the pairs that have it."""
    found: dict[str, tuple[Cell, str, str, list[str]]] = {}
    for place, pick in enumerate(picks, 1):
        pair = pick.assessment.pair
        if pair.partner is not None:
            bringer = pair.recipes[0].products[-1].name
            drawn = structure(pair.partner.smiles, pair.partner.name)
            found.setdefault(pair.partner_id, (drawn, pair.partner.name, bringer, []))[3].append(str(place))
    columns = (Column("structure", pictured=True), "partner", "brought by", "pairs")
    return table(columns, [(*facts, ", ".join(places)) for *facts, places in found.values()])


def _bought(pick: Pick, have: Collection[str]) -> str:
    parts = []
    for product in pick.assessment.pair.recipes[0].products:
        facts = (
            _listed_as(product, pick.offers),
            f"CAS {product.cas or NOT_VERIFIED}",
            *_offered(product, pick.offers, have),
        )
        parts.append(f"{product.name} ({', '.join(filter(None, facts))})")
    said = " + ".join(parts)
    if "strong-acid" in pick.assessment.safety.tags and len(parts) > 1:
        said += ", mixed first"
    if "over-dosing" in pick.assessment.safety.tags:
        said += "; harms in excess (over-dosing)"
    if pick.assessment.values.get("soluble") is not True:
        said += "; whether it dissolves isn't known: try a little first"
    return said + ("; stands in the lab" if pick.in_lab else "")


def _listed_as(product: Product, offers: Sequence[Offer]) -> str:
    """What a list calls a product that is known by its structure alone: the list's own word, which nobody checks."""
    if product.name != product.smiles:
        return ""
    number = next((one.catalogue_number for one in offers if one.product_id == product.id), "")
    return f"listed as {number}" if number else ""


def _offered(product: Product, offers: Sequence[Offer], have: Collection[str]) -> tuple[str, ...]:
    """Purity and supplier of a product, with the smallest pack and its price where a lab's table has them.

    Of a bottle in the lab only what the lab says of it: the catalogue's supplier sold another one.
    """
    in_lab = product.id in have
    own = [offer for offer in offers if offer.product_id == product.id and (offer.in_stock or not in_lab)]
    if not own and in_lab:
        return ("purity not stated",)
    if not own:
        return product.purity, product.supplier
    smallest = min(own, key=lambda offer: offer.pack.mass_g or offer.pack.volume_ml or float("inf"))
    return (
        smallest.purity or f"purity not {'stated' if in_lab else 'known'}",
        smallest.supplier or ("" if in_lab else product.supplier),
        str(smallest.pack),
        smallest.price_text,
    )


def _sentences(picks: Sequence[Pick]) -> Items:
    return items(
        *(Item((Span(f"{pick.name}:", tone="strong"), pick.why), (Item((pick.teaches,)),)) for pick in picks),
        numbered=True,
    )


def _passed_over(refused: Sequence[PassedOver]) -> Items:
    """Reasons, each with the pairs that it kept out: dangers all by name, of the rest the first few."""
    lines = []
    for kind in Kind:
        grouped: dict[str, list[str]] = {}
        for one in refused:
            if one.kind is kind:
                grouped.setdefault(one.reason, []).append(pair_words(one.assessment))
        under = [
            Item((f"{_said(kind, reason)}: {_names(names, everyone=kind <= Kind.DANGER)}",))
            for reason, names in grouped.items()
        ]
        if under:
            said = Span(f"{_REASONS[kind]}:", tone="bad" if kind <= Kind.DANGER else "")
            lines.append(Item((said,), tuple(under)))
    return items(*lines)


def _said(kind: Kind, reason: str) -> str:
    tags = reason.split("; ")
    if kind is not Kind.DANGER:
        return reason
    return f"{', '.join(tags)} ({' '.join(f'--accept {tag}' for tag in tags)})"


def _names(names: Sequence[str], *, everyone: bool) -> str:
    shown = names if everyone else names[:_NAMED]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _refused(one: PassedOver) -> dict[str, Any]:
    pair = one.assessment.pair
    return {
        "binding_form": pair.form.name,
        "partner": pair.partner_id,
        "products": [product.id for product in pair.recipes[0].products],
        "kind": one.kind.name.lower(),
        "reason": one.reason,
        "verdict": str(one.assessment.verdict),
    }


def _notes(shortlist: Shortlist) -> list[str]:
    meta = shortlist.meta
    accepted = [tag for tag in meta["accepted"] if tag not in meta["accepted_on_your_word"]]
    return [
        *meta["notes"],
        f"-n counts candidates; controls come on top. Here {len(shortlist.picks)} of {meta['asked_for']} candidates"
        + (
            f", of {len(meta['families'])} donor {'family' if len(meta['families']) == 1 else 'families'}: "
            f"{', '.join(meta['families'])}."
            if meta["families"]
            else "."
        ),
        "One after the other, each by what it is worth by evidence and score, and by how far its head and way of "
        f"binding are from those chosen before; no two share a head or a bottle, {FAMILIES} donor families at least "
        "where there are so many. RDKit's MaxMin picker, which knows distance alone, would pick what is odd.",
        f"Dangers that come with the reference and are taken: {', '.join(accepted) or 'none'}."
        + (
            f" Accepted on your word: {', '.join(meta['accepted_on_your_word'])}."
            if meta["accepted_on_your_word"]
            else ""
        ),
        "Amounts, packs and bench sheets: --order-sheet FILE and --bench-sheets FOLDER, with --volume, "
        "--nc-concentration and --edge.",
    ]
