"""What goes into the order, and what is taken to the bench for all pairs at once?

One line a product: what the buyer needs, the amount that the plans take, and what is known of its dangers. Nothing is
guessed: a blank price is one that nobody stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE, NOT_ASSESSED
from ligandkb.catalogue.products import slug
from ligandkb.catalogue.purity import is_solution
from ligandkb.planning.order import Order, OrderLine, PlannedPick
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Section,
    Span,
    Table,
    items,
    made_with,
    signed,
    table,
)
from ligandkb.reports.not_on_shelf import shelf_alarms, shelf_sections
from ligandkb.reports.text import text

NOT_A_SAFETY_ASSESSMENT = "This sheet is not a safety assessment."
NOT_VERIFIED = "not verified"
COLUMNS = (
    "product",
    "cas",
    "supplier",
    "catalogue_number",
    "purity",
    "pack",
    "price",
    "currency",
    "price_date",
    "hazards",
    "needed_mg",
    "needed_ul",
    "in_lab",
    "for_pairs",
    "note",
    "safety",
    "made_with",
)
"""Of an order sheet as a table; the last two stand in every row, so that no part of it travels without them."""
_TABLE = (
    Column("product"),
    Column("hazards", wraps=True, alarming=True),
    Column("CAS", right=True),
    Column("weigh in"),
    Column("pack"),
    Column("price"),
    Column("supplier, purity", wraps=True, below=True),
    Column("for sheets", wraps=True, below=True),
)
_NOTED = (*_TABLE, Column("note", wraps=True, below=True))


def order_document(order: Order) -> Document:
    """Fill a document with an order: what to buy, what stands in the lab, and on what the amounts rest.

    Parameters
    ----------
    order : Order

    Returns
    -------
    Document
    """
    to_buy = [line for line in order.lines if not line.in_lab]
    in_lab = [line for line in order.lines if line.in_lab]
    blocks: list[Block] = [
        *shelf_sections(order.meta),
        Section("Safety", (items(NOT_A_SAFETY_ASSESSMENT, NO_CLEARANCE),), alarming=True),
    ]
    if refused := [one for one in order.planned if one.plan is None]:
        said = items(*(f"{one.pick.name}: {one.refusal}" for one in refused))
        blocks.append(Section("Not planned, so not in the amounts", (said,), alarming=True))
    blocks.append(Section("To buy", (_table(to_buy, order),)))
    if in_lab:
        blocks.append(Section("Stands in the lab", (_table(in_lab, order),)))
    blocks.append(Section("What the amounts are for", (_basis(order),)))
    blocks.append(Section("Sheets", (items(*map(_named, order.planned), numbered=True),)))
    title = f"Order sheet for {order.nanocrystals.composition}: {len(to_buy)} products to buy"
    document = Document(
        title,
        tuple(blocks),
        {"rows": order_rows(order), "totals": _totals(order)},
        csv_columns=COLUMNS,
        blanks=("Date", "Name", "Account"),
    )
    return signed(document, order.meta)


def order_rows(order: Order) -> list[dict[str, Any]]:
    """Rows of an order sheet by :data:`COLUMNS`, in types that JSON knows; None where nobody stated it.

    Products first, then the solvents that all plans take together.
    """
    return [*(_row(line, order) for line in order.lines), *_solvent_rows(order)]


def order_text(order: Order) -> str:
    """An order sheet as it is printed."""
    return text(order_document(order))


def order_html(order: Order) -> str:
    """An order sheet as notebooks show it."""
    from ligandkb.reports.html import notebook_html  # noqa: PLC0415 - text needs no jinja2

    return notebook_html(order_document(order))


def order_workbook(order: Order) -> bytes:
    """An order sheet as an Excel workbook.

    Raises
    ------
    ExtraMissingError
        Without the extra ``[excel]``.
    """
    from ligandkb.reports.spreadsheet import to_xlsx  # noqa: PLC0415 - only who wants a workbook needs it

    rows = order_rows(order)
    to_buy = [[row[name] for name in COLUMNS] for row in rows if not row["in_lab"]]
    in_lab = [[row[name] for name in COLUMNS] for row in rows if row["in_lab"]]
    sheets = [("To buy", COLUMNS, to_buy), *([("In the lab", COLUMNS, in_lab)] if in_lab else [])]
    said = (*shelf_alarms(order.meta), NOT_A_SAFETY_ASSESSMENT, *_basis_lines(order), made_with(order.meta))
    return to_xlsx(sheets, said)


def bench_sheets(order: Order) -> tuple[tuple[str, Document], ...]:
    """A bench sheet for each pair, with a name for its file; where no plan is made the sheet says why.

    Parameters
    ----------
    order : Order

    Returns
    -------
    tuple of (str, Document)
        Candidates first, then controls.
    """
    width = len(str(len(order.planned)))
    return tuple(
        (f"{place:0{width}d}-{slug(one.pick.name)[:60]}", signed(_sheet(one, order), order.meta))
        for place, one in enumerate(order.planned, 1)
    )


def bench_book(order: Order) -> Document:
    """All bench sheets in one document."""
    sections = tuple(Section(sheet.title, sheet.blocks) for _, sheet in bench_sheets(order))
    document = Document(
        f"Bench sheets for {order.nanocrystals.composition}: {len(order.planned)} pairs",
        (items(NOT_A_SAFETY_ASSESSMENT, *_basis_lines(order)), *sections),
        tuple(one.plan for one in order.planned if one.plan is not None),
        blanks=("Date", "Name", "Batch"),
    )
    return signed(document, order.meta)


def _sheet(one: PlannedPick, order: Order) -> Document:
    role = f"{one.pick.kind}{f', {one.pick.role}' if one.pick.role else ''}"
    said = Section("Why this pair", (items(f"{role.capitalize()}. {one.pick.why}", one.pick.teaches),))
    if one.plan is None:
        blocks: tuple[Block, ...] = (
            Section("No plan is made", (items(one.refusal, NOT_A_SAFETY_ASSESSMENT),), alarming=True),
            said,
        )
        title = f"Ligand exchange: {one.pick.name} on {order.nanocrystals.composition}"
        return Document(title, blocks, {"pair": one.pick.name, "refusal": one.refusal})
    sheet = bench_sheet(one.plan, control=_control(one, order))
    safety, *others = sheet.blocks
    if isinstance(safety, Section):
        safety = replace(safety, blocks=(items(NOT_A_SAFETY_ASSESSMENT), *safety.blocks))
    return Document(sheet.title, (safety, *others, said), sheet.data, blanks=sheet.blanks)


def _control(one: PlannedPick, order: Order) -> str | None:
    """Which sheet holds the control of the panel, in words; None where the panel has none."""
    for place, other in enumerate(order.planned, 1):
        if other.pick.role == "reference" and other.plan is not None:
            said = f"The control is {other.pick.name}, sheet {place}: treat it alike, on the same day."
            return "" if other is one else said
    return None


def _row(line: OrderLine, order: Order) -> dict[str, Any]:
    offer = line.offer
    # A file of rows has no top: what may stand in the lab after all is said where it is bought.
    alarms = () if line.in_lab else tuple(order.meta.get("not_on_shelf", ()))
    return {
        "product": line.product.name,
        "cas": line.product.cas or NOT_VERIFIED,
        "supplier": line.supplier or None,
        "catalogue_number": (offer.catalogue_number or None) if offer else None,
        "purity": line.purity or None,
        "pack": (str(offer.pack) or None) if offer else None,
        "price": offer.price if offer else None,
        "currency": (offer.currency or None) if offer else None,
        "price_date": (offer.date or None) if offer else None,
        "hazards": hazards(line),
        "needed_mg": round(line.milligram, 3) if line.pairs else None,
        "needed_ul": _microlitre(line),
        "in_lab": line.in_lab,
        "for_pairs": "; ".join(line.pairs) or None,
        "note": "; ".join((*alarms, *line.notes, *_why_no_volume(line))) or None,
        "safety": NOT_A_SAFETY_ASSESSMENT,
        "made_with": made_with(order.meta),
    }


def _solvent_rows(order: Order) -> list[dict[str, Any]]:
    """What the plans dissolve in and wash with: named as the sheets name it, since which bottle it is isn't chosen."""
    blank = dict.fromkeys(COLUMNS)
    used = ((order.protocol.solvent, order.solvent_ml), (order.protocol.antisolvent, order.antisolvent_ml))
    return [
        blank
        | {
            "product": name,
            "cas": NOT_VERIFIED,
            "hazards": "not assessed: read its label and safety data sheet",
            "needed_ul": round(1000.0 * millilitre, 3),
            "in_lab": False,
            "for_pairs": "all that are planned",
            "note": "solvent; whether it stands in the lab wasn't asked",
            "safety": NOT_A_SAFETY_ASSESSMENT,
            "made_with": made_with(order.meta),
        }
        for name, millilitre in used
        if millilitre
    ]


def _why_no_volume(line: OrderLine) -> tuple[str, ...]:
    """Why a product that isn't known to be solid has no microlitres; of a solution that is among its notes."""
    is_weighed = not line.pairs or _microlitre(line) is not None or line.product.state_20c == "solid"
    if is_weighed or is_solution(line.purity or line.assumed_purity):
        return ()
    if line.product.state_20c == "liquid":
        return ("no volume is given, as its density isn't known: weigh it",)
    unknown = "" if line.product.density_g_per_ml else ", nor its density"
    return (f"no volume is given, as it isn't known whether it is liquid{unknown}: weigh it",)


def _microlitre(line: OrderLine) -> float | None:
    return round(line.microlitre, 3) if line.pairs and isinstance(line.microlitre, float) else None


def hazards(line: OrderLine) -> str:
    """What is known of a product: tags with what brings them, further statements, and whether its label was read.

    Where they stand is shown by ``ligandkb explain``.
    """
    danger = line.danger
    if danger is None:
        return NOT_ASSESSED
    parts = [f"{tag} ({', '.join(by)})" for tag, by in danger.borne.items()]
    told = {code for by in danger.borne.values() for code in by}
    more = sorted(danger.label.statements - told) if danger.label is not None else []
    parts += [" ".join(more)] if more else []
    if danger.is_open:
        parts.append(f"label {'not read' if danger.label is None else 'not read whole'}")
    return ", ".join(parts) or "no statement on what was read"


def _named(one: PlannedPick) -> str:
    role = f" ({one.pick.role})" if one.pick.role else ""
    return f"{one.pick.name}{role}{'' if one.plan else ': not planned'}"


def _table(lines: Sequence[OrderLine], order: Order) -> Table:
    """Lines as a table, with a column of notes only where there are any."""
    noted = any(line.notes for line in lines)
    columns = _NOTED if noted else _TABLE
    places = {one.pick.name: str(place) for place, one in enumerate(order.planned, 1)}
    return table(columns, [_cells(line, places)[: len(columns)] for line in lines])


def _cells(line: OrderLine, places: Mapping[str, str]) -> tuple[Cell, ...]:
    offer, volume, amount = line.offer, _microlitre(line), "not planned"
    if line.pairs:
        amount = _mass(line.milligram) + (f" ({volume:.3g} µL)" if volume is not None else "")
    known = "stated" if line.in_lab else "known"
    catalogue_number = f", {offer.catalogue_number}" if offer and offer.catalogue_number else ""
    return (
        Span(line.product.name, tone="strong"),
        Span(hazards(line), tone="bad" if line.danger and line.danger.borne else ""),
        line.product.cas or NOT_VERIFIED,
        amount,
        (str(offer.pack) if offer else "") or "-",
        (offer.price_text if offer else "") or "-",
        f"{line.supplier or f'supplier not {known}'}{catalogue_number}, {line.purity or f'purity not {known}'}",
        ", ".join(places[name] for name in line.pairs) or "-",
        "; ".join(line.notes) or "-",
    )


def _mass(milligram: float) -> str:
    return f"{milligram:.3g} mg" if milligram < 1000 else f"{milligram / 1000:.3g} g"


def _basis(order: Order) -> Facts:
    return Facts(tuple((name, value) for name, value in _basis_facts(order)))


def _basis_lines(order: Order) -> list[str]:
    return [f"{name}: {value}" for name, value in _basis_facts(order)]


def _basis_facts(order: Order) -> list[tuple[str, str]]:
    sample, plans = order.nanocrystals, [one for one in order.planned if one.plan is not None]
    return [
        (
            "sample for each pair",
            f"{sample.volume_ml:g} mL of {sample.concentration_um:g} µM {sample.composition}, edge "
            f"{sample.edge_length_nm:g} nm, lattice constant {sample.lattice_constant_nm:.4g} nm",
        ),
        ("pairs", f"{len(plans)} of {len(order.planned)} planned, {order.protocol.cycles} cycles each"),
        ("nanocrystals together", f"{order.sample_ml:g} mL"),
        (f"{order.protocol.solvent}, together", f"{order.solvent_ml:.3g} mL"),
        (f"{order.protocol.antisolvent}, together", f"{order.antisolvent_ml:.3g} mL"),
        (
            "amounts",
            "what all plans weigh in, as bought; masses that can't be weighed are made larger by them",
        ),
    ]


def _totals(order: Order) -> dict[str, Any]:
    return {
        "sample_ml": order.sample_ml,
        "solvent_ml": order.solvent_ml,
        "antisolvent_ml": order.antisolvent_ml,
        "not_planned": {one.pick.name: one.refusal for one in order.planned if one.plan is None},
    }
