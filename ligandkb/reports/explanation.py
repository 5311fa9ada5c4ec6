"""What must be known of one ligand before it is ordered, on one screen?

Danger first and whole; then the verdict with its reasons, hard or soft beside the reference, what was measured, what
to buy. Where it is too much for a screen, the weaker rows of evidence go first and are counted; danger never goes. All
that is left out stands in :mod:`ligandkb.reports.full_explanation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ligandkb.reports.called import (
    UNNAMED,
    form_called,
    pair_called,
    partner_called,
    product_called,
    shortened,
)
from ligandkb.reports.danger import danger_items
from ligandkb.reports.document import Block, Document, Item, Section, items, signed
from ligandkb.reports.evidence import evidence_items, strongest_first
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.full_explanation import effect_text, read_as
from ligandkb.reports.hard_or_soft import hard_or_soft
from ligandkb.reports.text import lines

LINES = 40
"""Lines of the whole answer, on a page of :data:`WIDTH`."""
WIDTH = 80
_TITLE = 40
"""Characters of a structure in the title; a longer one stands below, where it is bought."""
_NOTE = 90
"""Characters of a note on a product."""
_REASON = 200
"""Characters of a reason."""


@dataclass(frozen=True)
class _Room:
    """How much of what can be cut is shown: rows of evidence, reasons, whether notes on products."""

    evidence: int
    reasons: int = 4
    notes: bool = True
    hardness: bool = True


def explanation_document(explained: Mapping[str, Any], meta: Mapping[str, Any]) -> Document:
    """Fill a document with what must be known of one assessed pair.

    Parameters
    ----------
    explained : mapping
        As from :func:`ligandkb.assessment.explanation.explanation_record`; for programs it is there whole.
    meta : mapping
        Version, hash and overlays.

    Returns
    -------
    Document
        At most :data:`LINES` lines of text on a page of :data:`WIDTH` characters or more. Only dangers, of which none
        is ever left out, could make it longer.
    """
    evidence = strongest_first(explained["evidence"])
    document = Document("")
    for room in _rooms(len(evidence)):
        document = signed(_document(explained, evidence, room), meta)
        if len(lines(document, WIDTH)) <= LINES:
            break
    return document


def _rooms(evidence: int) -> Iterator[_Room]:
    """From all to the least: notes on products go first, then the weaker rows of evidence, then weaker reasons."""
    evidence = min(evidence, LINES // 2)  # no outcome takes less than two lines
    yield _Room(evidence)
    for shown in range(evidence, 2, -1):
        yield _Room(shown, notes=False)
    for reasons in (4, 2, 1):
        yield _Room(min(evidence, 2), reasons, notes=False)
    yield _Room(min(evidence, 1), 1, notes=False)
    yield _Room(min(evidence, 1), 1, notes=False, hardness=False)


def _document(explained: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]], room: _Room) -> Document:
    hardness = hard_or_soft([form_called(explained)], [explained]) if room.hardness else []
    blocks: tuple[Block, ...] = (
        *read_as(explained),
        Section("Danger", (danger_items(explained),), alarming=True),
        Section("Verdict", (items(*_verdict(explained, room.reasons)),)),
        *([Section("Hard or soft", tuple(hardness))] if hardness else []),
        Section("Measured", (evidence_items(explained, evidence, room.evidence),)),
        Section(
            "Not to be bought" if explained["safety"]["vetoes"] else "To buy",
            (items(*_to_buy(explained, notes=room.notes)),),
        ),
    )
    return Document(_title(explained), blocks, explained)


def _title(explained: Mapping[str, Any]) -> str:
    pair, smiles = pair_called(explained), str(explained["smiles"])
    if form_called(explained) in UNNAMED and len(smiles) <= _TITLE:
        pair = f"{smiles}: {pair}"
    return f"{pair} on {explained['composition']}"


def _verdict(explained: Mapping[str, Any], reasons: int) -> list[str | Item]:
    low, high = explained["score_low"], explained["score_high"]
    score = f"Score {explained['score']:+.2f}"
    score += f" ({low:+.2f} to {high:+.2f} by what isn't known exactly)" if low != high else ""
    said: list[str | Item] = []
    said.append(f"{explained['verdict'].capitalize()}: {explained['verdict_reason']}. {score}, in log-odds.")
    said.append(_binds(explained))
    moving = [rule for rule in explained["rules"] if rule["state"] == "fired" and rule["added"]]
    moving.sort(key=lambda rule: -abs(rule["added"]))
    open_ones = [
        rule
        for rule in explained["rules"]
        if rule["state"] == "unknown" and rule["weight"] and rule["contribution"] != [0, 0]
    ]
    spoken = [f"{rule['added']:+.2f}: {_because(rule)}" for rule in moving]
    spoken += [f"not known, would add {effect_text(rule)}: {rule['title']}" for rule in open_ones]
    said += [shortened(one, _REASON) for one in spoken[:reasons]]
    if len(spoken) > reasons:
        said.append(
            f"and {len(spoken) - reasons} more {'rule' if len(spoken) - reasons == 1 else 'rules'}: --full"
        )
    if not spoken:
        said.append("No rule moves its score.")
    if explained["plqy_headroom"] is not None:
        said.append(explained["plqy_headroom_sentence"])
    return said


def _because(rule: Mapping[str, Any]) -> str:
    return f"{rule['title']}: {rule['text']}" if rule["text"] else str(rule["title"])


def _binds(explained: Mapping[str, Any]) -> str:
    """How it binds, with which partner, and what else there is of it."""
    modes = dict.fromkeys(f"{mode['group']} through {mode['element']}" for mode in explained["binding_modes"])
    form = form_called(explained)
    said = f"{form} binds as {explained['ligand_class']}" + (f", {' and '.join(modes)}" if modes else "")
    if explained["ligand_class"] == "none":
        said = f"{form} has no donor group that is known"
    said += f", chelates ({explained['chelate']})" if explained["chelate"] else ""
    form_count, partner_count = explained["pair_counts"]
    if partner_count and (form_count, partner_count) != (1, 1):
        said += f"; {form_count} of it take {partner_count} {partner_called(explained)}"
    if others := len(explained["other_pairs"]):
        said += f"; {others} more {'pair' if others == 1 else 'pairs'} of this product"
    return f"{said}. All of it: --full."


def _to_buy(explained: Mapping[str, Any], *, notes: bool) -> list[Item | str]:
    said: list[Item | str] = []
    every = {product["product"]: product for recipe in explained["to_buy"] for product in recipe}
    mixed = "strong-acid" in explained["safety"]["tags"]
    for number, recipe in enumerate(explained["to_buy"]):
        if number:
            said.append(f"or {' with '.join(map(product_called, recipe))}")
        said += [_product(product, notes=notes) for product in recipe if every.pop(product["product"], None)]
        if mixed and len(recipe) > 1:
            said.append("mix them first: the acid alone attacks the crystals")
    said.append(_dissolves(explained["descriptors"]))
    return said


def _product(product: Mapping[str, Any], *, notes: bool) -> Item:
    cas, smiles = "CAS not verified", str(product["smiles"])
    if not product["cas"] and product["name"] != smiles and len(smiles) <= _TITLE:
        cas += f", {smiles}"  # what a supplier calls line 1 is known by its structure alone
    if product["cas"]:
        cas = f"CAS {product['cas']}" + ("" if product["cas_source"] else " (not verified)")
    facts = [product["purity"] or "purity not stated", product["supplier"], product["state_20c"]]
    said = ", ".join(filter(None, (cas, *facts))) + _offers(product["offers"])
    if notes and product["note"]:
        said += f"; {shortened(product['note'], _NOTE)}"
    # What has no name can only be ordered by its structure: it stands here, whole, to be copied.
    called = "" if product["name"] == product["smiles"] else product_called(product)
    return Item((structure(smiles, called), said))


def _offers(offers: Sequence[Mapping[str, Any]]) -> str:
    """What stands in the lab, else what the first offer costs, and how many others there are."""
    if not offers:
        return ""
    if any(offer["in_stock"] for offer in offers):
        return "; stands in the lab"
    first = offers[0]
    price = f"{first['price']:,.2f} {first['currency']}" if first["price"] is not None else ""
    parts = [first["pack"], price, f"({first['date']})" if price and first["date"] else ""]
    more = f", {len(offers) - 1} more" if len(offers) > 1 else ""
    sold = " ".join(filter(None, [first["supplier"], first["catalogue_number"], *parts]))
    return f"; offer: {shortened(sold, _NOTE)}{more}" if sold else ""


def _dissolves(described: Mapping[str, Any]) -> str:
    entry, known_by = described["soluble"]["value"], described["soluble_by"]["value"]
    if entry is None:
        return "whether it dissolves in toluene or hexane is not known"
    return f"{'dissolves' if entry else 'does not dissolve'} in toluene or hexane ({known_by})"
