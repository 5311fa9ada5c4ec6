"""What does a ranking say where rows can be opened, sorted and filtered: on a page?

In a row what decides, danger first, with product and partner drawn; in the opened row what it rests on, with sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE, ProductDanger
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.patterns import NOT_ASSESSED
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.records import danger_record
from ligandkb.catalogue.abbreviations import Abbreviations
from ligandkb.catalogue.offers import Offer, by_product
from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.products import Product
from ligandkb.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Item,
    Items,
    Section,
    Span,
    items,
    shown,
    signed,
    table,
)
from ligandkb.reports.evidence import disagreement, evidence_items, outcome_item, strongest_first
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.full_explanation import safety_items
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import (
    VERDICT_TONES,
    bought_text,
    danger_words,
    notes,
    own_results,
    pair_cell,
    ranking_title,
    score_text,
)

_FACTS = (
    ("ligand_class", Column("class", chosen=True)),
    ("donor_groups", Column("binds through", chosen=True)),
    ("hsab_class", Column("HSAB class", chosen=True)),
    ("hardness_ev", Column("hardness (eV)", right=True)),
    ("softness_per_ev", Column("softness (1/eV)", right=True)),
    ("donor_charge_e", Column("donor charge (e)", right=True)),
    ("conjugate_acid_pka", Column("pKa", right=True)),
    ("lead_over_proton_above_acetate", Column("lead over proton, above acetate", right=True)),
    ("logp_neutral", Column("logP", right=True)),
    ("molar_mass_g_per_mol", Column("molar mass (g/mol)", right=True)),
    ("chain_length_carbons", Column("chain (C)", right=True)),
    ("state_20c", Column("state at 20 °C", chosen=True)),
    ("soluble", Column("soluble", chosen=True)),
    ("orderable", Column("can be ordered", chosen=True)),
    ("band", Column("band", right=True)),
)
"""Keys of a row that are columns on demand."""
_FIRST_COLUMNS = (
    Column("#", right=True),
    Column("danger", wraps=True, alarming=True),
    Column("pair", wraps=True, names=True),
    Column("product", pictured=True),
    Column("partner", pictured=True),
    Column("verdict", chosen=True),
)
_LAST_COLUMNS = (
    Column("score", kind="number"),
    Column("measured", wraps=True),
    Column("CAS", right=True),
    *(replace(column, on_demand=True) for _, column in _FACTS),
)
_BY_RULES = Column("# by the rulebook", right=True, on_demand=True)


def ranking_page(
    ranked: RankedPairs,
    offers: Sequence[Offer] = (),
    abbreviations: Abbreviations | None = None,
    kept_out: Sequence[Item] = (),
) -> Document:
    """Fill a document with a ranking for a page: what decides in the rows, what it rests on below each.

    Parameters
    ----------
    ranked : RankedPairs
    offers : sequence of Offer
        What a lab's tables offer, such as ``kb.catalogue.offers``.
    abbreviations : Abbreviations, optional
        By which rows are found, too, such as ``kb.catalogue.abbreviations``: those with several meanings find all.
    kept_out : sequence of Item
        What is vetoed and stands in none of the rows; said first.

    Returns
    -------
    Document

    Examples
    --------
    >>> import ligandkb as lk
    >>> page = ranking_page(lk.load().ranked("CsPbBr3", top=2))
    >>> [block.title for block in page.blocks[1].opened[0]]
    ['Safety', 'Why', 'Measured', 'What to buy']
    """
    rows, meta = ranked.rows(), ranked.meta
    sold, short = by_product(offers), abbreviations or Abbreviations()
    pairs = [*zip(rows, ranked.assessments, strict=True)]
    columns = (*_FIRST_COLUMNS, *_LAST_COLUMNS)
    expected: list[tuple[str, ...]] = [()] * len(pairs)
    cells = [
        (ranked.place_text(at), *_cells(row, assessment, ranked.dangers, short))
        for at, (row, assessment) in enumerate(pairs)
    ]
    if ranked.outlooks:
        from ligandkb.reports.outlook import (  # noqa: PLC0415 - plain ones have none
            expected_sentence,
            outlook_cells,
            outlook_columns,
        )

        expected = [(expected_sentence(ranked, at),) for at in range(len(pairs))]
        after = len(_FIRST_COLUMNS)
        columns = (*_FIRST_COLUMNS, *outlook_columns(ranked), *_LAST_COLUMNS, _BY_RULES)
        cells = [
            (*row[:after], *outlook_cells(ranked, at), *row[after:], str(ranked.outlooks[at].rank_by_rules))
            for at, row in enumerate(cells)
        ]
    vetoed = sum(bool(row["safety"]["vetoes"]) for row in rows)
    document = Document(
        ranking_title(meta),
        (
            Section(
                "Safety",
                (
                    items(
                        *kept_out,
                        *([_vetoed(vetoed)] if rows else ()),
                        *(f"Not assessed: {what}." for what in NOT_ASSESSED),
                        NO_CLEARANCE,
                    ),
                ),
                alarming=True,
            ),
            table(
                columns,
                cells,
                [
                    _opened(row, assessment, meta, sold, more)
                    for (row, assessment), more in zip(pairs, expected, strict=True)
                ],
            ),
            Section("How to read it", (items(*own_results(ranked), *notes(meta)),)),
        ),
        data=rows,
        csv_columns=ranked.columns,
    )
    return signed(document, meta)


def _vetoed(count: int) -> str:
    if not count:
        return "None of the pairs below is vetoed; what isn't known of a product is said in its row."
    verb = "is" if count == 1 else "are"
    return f"{count} of these pairs {verb} vetoed: explosive or lethal. Don't buy what is marked VETO."


def _cells(
    row: Mapping[str, Any],
    assessment: Assessment,
    dangers: Mapping[str, ProductDanger],
    short: Abbreviations,
) -> tuple[Cell, ...]:
    product, partner = assessment.pair.product, assessment.pair.partner
    verdict = str(row["verdict"])
    return (
        Span(danger_words(row, dangers), tone="bad" if _hurts(row["safety"]) else ""),
        pair_cell(row),
        structure(product.smiles, product.name, _names(product, short)),
        structure(partner.smiles, partner.name, _partner_names(assessment.pair, partner, short))
        if partner
        else "-",
        Span(verdict, tone=VERDICT_TONES.get(verdict, "")),
        score_text(row["score"], row["score_low"], row["score_high"]),
        measured_of(row, assessment),
        row["cas"] or "not verified",
        *(_fact(row[name]) for name, _ in _FACTS),
    )


def _names(one: Product | Partner, short: Abbreviations) -> tuple[str, ...]:
    """What a product or a partner is called besides its name."""
    meant = (row.text for row in short.by_id.get(one.id, ()))
    return tuple(dict.fromkeys((*one.aliases, *meant)))


def _partner_names(pair: Pair, partner: Partner, short: Abbreviations) -> tuple[str, ...]:
    """What a partner is called, and what is bought for it."""
    bought = {one.id: one for recipe in pair.recipes for one in recipe.products}.get(partner.made_from)
    more = (bought.name, *_names(bought, short)) if bought else ()
    return (*_names(partner, short), *more)


def _hurts(safety: Mapping[str, Any]) -> bool:
    return bool(safety["vetoes"] or safety["lifted"] or safety["dangers_to_people"])


def _fact(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}".removesuffix(".00")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _opened(
    row: Mapping[str, Any],
    assessment: Assessment,
    meta: Mapping[str, Any],
    sold: Mapping[str, Sequence[Offer]],
    expected: Sequence[str],
) -> tuple[Block, ...]:
    reasons = row["reasons"] or ["no rule moves the score"]
    why = [f"{row['verdict']}: {row['verdict_reason']}", *reasons, *expected]
    return (
        Section("Safety", (_dangers(row, assessment),), alarming=True),
        Section("Why", (items(*why),)),
        Section("Measured", (_measured({**row, "plqy_headroom": meta["plqy_headroom"]}),)),
        Section("What to buy", (items(*_bought(row, assessment, sold)),)),
    )


def _dangers(row: Mapping[str, Any], assessment: Assessment) -> Items:
    """What is dangerous of this pair, with sources, and what isn't known of it; what holds for all is said above."""
    safety = row["safety"] | danger_record(assessment)
    of_this = [line for line in safety["not_assessed"] if line not in NOT_ASSESSED]
    *said, _no_clearance = safety_items(safety | {"not_assessed": of_this}).items
    return Items(tuple(said))


def _measured(row: Mapping[str, Any]) -> Items:
    """Every outcome of this pair and of near ones, the strongest first, with its place in the source and its note."""
    found = strongest_first(row["evidence"])
    if not found:
        return evidence_items(row, found, 0)
    whole = [*disagreement(row)]
    for outcome in found:
        one = outcome_item({**outcome, "note": None}, row)
        told = " ".join(map(shown, one.parts))
        more = [text for text in (outcome["locator"], outcome["note"]) if text and text not in told]
        whole.append(replace(one, under=items(*more).items))
    return Items(tuple(whole))


def _bought(
    row: Mapping[str, Any], assessment: Assessment, sold: Mapping[str, Sequence[Offer]]
) -> list[Item]:
    """Ways to make the pair, each with its products as they are bought, and what a lab's tables offer."""
    ways = []
    for recipe, products in zip(assessment.pair.recipes, row["products"], strict=True):
        lines = tuple(
            Item((_product(one),), items(*map(_offer, sold.get(one.id, ()))).items) for one in recipe.products
        )
        ways.append(Item((bought_text([products], row["safety"]["tags"]),), lines))
    return [*ways, Item(("binds as", Span(row["binding_form_smiles"], code=True)))]


def _offer(offer: Offer) -> str:
    said = [
        "stands in the lab" if offer.in_stock else "",
        *(offer.supplier, offer.catalogue_number, offer.purity, str(offer.pack)),
        offer.price_text or "price not stated",
    ]
    return ", ".join(filter(None, said))


def _product(product: Product) -> str:
    said = [
        f"{product.name}: CAS {product.cas or 'not verified'}",
        product.purity,
        product.supplier,
        product.state_20c,
    ]
    return ", ".join(filter(None, said))
