"""What does a ranking say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ligandkb.assessment.dangers import NO_CLEARANCE, NOT_ASSESSED, ProductDanger, danger_text
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.moved import Moved
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.problems import counted
from ligandkb.reports.document import Cell, Column, Document, Span, Tone, items, signed, table
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.measured import measured_of

_FIRST_COLUMNS = (
    Column("product", pictured=True),
    Column("#", right=True),
    Column("band", right=True),
    Column("safety", wraps=True, alarming=True),
    Column("pair"),
    Column("verdict"),
)
_LAST_COLUMNS = (
    Column("score"),
    Column("measured"),
    Column("class", below=True),
    Column("buy", wraps=True, below=True),
    Column("SMILES", below=True),
)
PAIR_COLUMNS: tuple[Column, ...] = (*_FIRST_COLUMNS, *_LAST_COLUMNS)
TO_MAKE_OR_FIND = "make or find"
INSOLUBLE = "insoluble"
VERDICT_TONES: Mapping[str, Tone] = {"recommended": "good", "vetoed": "bad", "no-better": "faint"}


def ranking_document(ranked: RankedPairs) -> Document:
    """Fill a document with a ranking: danger, prediction, what was measured and what to buy, row by row.

    Parameters
    ----------
    ranked : RankedPairs

    Returns
    -------
    Document
    """
    rows, meta = ranked.rows(), ranked.meta
    columns, cells = (
        PAIR_COLUMNS,
        [pair_cells(row, item, ranked.dangers) for row, item in zip(rows, ranked.assessments, strict=True)],
    )
    if ranked.outlooks:
        from ligandkb.reports.outlook import outlook_cells, outlook_columns  # noqa: PLC0415 - plain ones have none

        at = len(_FIRST_COLUMNS)
        columns = (*_FIRST_COLUMNS, *outlook_columns(ranked), *_LAST_COLUMNS)
        cells = [(*row[:at], *outlook_cells(ranked, place), *row[at:]) for place, row in enumerate(cells)]
    title = ranking_title(meta)
    blocks = (table(columns, cells), items(*own_results(ranked), *notes(meta)))
    return signed(Document(title, blocks, data=rows, csv_columns=ranked.columns), meta)


def ranking_rows(ranked: RankedPairs) -> Document:
    """Fill a document with the rows of a ranking alone, for tables; what a reader must know stands in its footer."""
    meta = ranked.meta
    document = signed(Document(ranking_title(meta), data=ranked.rows(), csv_columns=ranked.columns), meta)
    learned = _order(meta) if ranked.outlooks else []
    said = filter(None, [*learned, left_out_text(meta), NO_CLEARANCE])
    return replace(document, footer=(*said, *document.footer))


def ranking_title(meta: Mapping[str, Any]) -> str:
    """What a ranking is called, with what it was learned from."""
    learned = f", {meta['learned']['from']}" if "learned" in meta else ""
    return f"Ligand pairs for {meta.get('composition', '')}{learned}"


def pair_cells(
    row: Mapping[str, Any], item: Assessment, dangers: Mapping[str, ProductDanger]
) -> tuple[Cell, ...]:
    """Cells of one row under :data:`PAIR_COLUMNS`."""
    verdict = str(row["verdict"])
    return (
        structure(str(row["smiles"])),
        str(row["rank"]),
        str(row["band"]),
        safety_cell(row["safety"], row["products"][0], dangers),
        pair_cell(row),
        Span(verdict, tone=VERDICT_TONES.get(verdict, "")),
        score_text(row["score"], row["score_low"], row["score_high"]),
        measured_of(row, item),
        str(row["ligand_class"]),
        bought_text(row["products"], row["safety"]["tags"]),
        Span(str(row["binding_form_smiles"]), code=True),
    )


def pair_name(binding_form: str, partner: str) -> str:
    """Name a pair.

    Examples
    --------
    >>> pair_name("benzoate", "oleylammonium"), pair_name("trioctylphosphine", "none")
    ('benzoate + oleylammonium', 'trioctylphosphine')
    """
    return binding_form if partner == "none" else f"{binding_form} + {partner}"


def pair_cell(row: Mapping[str, Any]) -> Span:
    """The pair of a row; before its name what keeps it from being ordered or dissolved.

    Parameters
    ----------
    row : mapping
        As :func:`~ligandkb.assessment.records.record` makes it.

    Examples
    --------
    >>> import ligandkb as lk
    >>> for row in lk.load().ranked(top=2).rows():
    ...     print(pair_cell(row).text)
    bromide + didodecyldimethylammonium
    make or find: bromide + trimethyltetradecylphosphonium
    """
    name = pair_name(row["binding_form"], row["partner"])
    marks = [TO_MAKE_OR_FIND] if not row["orderable"] else []
    marks += [INSOLUBLE] if row["soluble"] is False or INSOLUBLE in row["safety"]["tags"] else []
    return Span(f"{', '.join(marks)}: {name}", tone="warn") if marks else Span(name, tone="strong")


def bought_text(products: Sequence[Sequence[str]], tags: Sequence[str]) -> str:
    """What to buy; a strong acid is offered as the ammonium salt that it forms first.

    Examples
    --------
    >>> bought_text([["methanesulfonic-acid", "oleylamine"]], ["strong-acid"])
    'methanesulfonic-acid + oleylamine, mixed first'
    """
    first = ", mixed first" if "strong-acid" in tags else ""
    return " or ".join(" + ".join(together) + (first if len(together) > 1 else "") for together in products)


def safety_cell(
    safety: Mapping[str, Sequence[str]], products: Sequence[str], dangers: Mapping[str, ProductDanger]
) -> Span:
    """Say what is dangerous, never blank."""
    said = danger_text(safety, products, dangers)
    return Span(said, tone="" if said.partition(";")[0] in (NOT_ASSESSED, "no tag") else "bad")


def score_text(score: float, low: float, high: float) -> str:
    """Score with its range, the range left out where nothing is unknown."""
    return f"{score:+.1f}" if low == high else f"{score:+.1f} [{low:+.1f}, {high:+.1f}]"


_SHORT = {
    "pfas": "PFAS",
    "releases-hf": "gives HF",
    "releases-hcn": "gives HCN",
    "releases-h2s": "gives H2S",
    "releases-cs2": "gives CS2",
    "reproductive-toxin": "reprotoxic",
    "stockholm-convention": "banned (POP)",
}
_DANGER_ROOM = 26
_NAMED = 5
"""Pairs that own results moved and that are named, of more."""


def danger_words(row: Mapping[str, Any], dangers: Mapping[str, ProductDanger]) -> str:
    """The dangers of all that is bought for a pair in a few words.

    Parameters
    ----------
    row : mapping
        As :func:`~ligandkb.assessment.records.record` makes it.
    dangers : mapping
        What each product brings by itself, by identifier, as ``RankedPairs.dangers``.

    Returns
    -------
    str
        Vetoes, however long they are; then dangers to people, as many as 26 characters hold; ``unread`` where no
        label or list that was read names something that is bought, or where no tag follows and no label was read
        whole; then dangers to the sample, where there is room; and the number of the others. That it doesn't dissolve
        is said elsewhere. Never blank.

    Examples
    --------
    >>> import ligandkb as lk
    >>> found = lk.load().ranked(donor="carboxylate", top=3)
    >>> [danger_words(row, found.dangers) for row in found.rows()]
    ['corrosive, strong-acid', 'corrosive, toxic, PFAS +1', 'corrosive, PFAS, unread +2']
    """
    safety = row["safety"]
    vetoed = [f"VETO {kind}" for kind in safety["vetoes"]] + [
        f"{kind} (allowed)" for kind in safety["lifted"]
    ]
    told = {*safety["vetoes"], *safety["lifted"]}
    people = safety["dangers_to_people"]
    bought = [dangers.get(product) for product in row["products"][0]]
    unread = ["unread"] if any(one is None or one.label is None for one in bought) else []
    words = [_SHORT.get(tag, tag) for tag in people if tag not in told]
    sample = [tag for tag in safety["tags"] if tag not in (*people, *told, INSOLUBLE)]
    for kept in range(len(words) + len(sample), -1, -1):
        shown = [*vetoed, *words[:kept], *unread, *sample[: max(0, kept - len(words))]]
        more = len(words) + len(sample) - kept
        said = ", ".join(shown) + (f" +{more}" if more else "")
        if len(said) <= _DANGER_ROOM:
            break
    if said:
        return said
    # A list in which no tag stands clears of nothing: only a label that was read whole may come out as no tag.
    return "unread" if any(one is None or one.is_open for one in bought) else "no tag"


def left_out_text(meta: Mapping[str, Any]) -> str:
    """Say what a selection left out and how many of that are vetoed; blank where nothing was selected.

    Examples
    --------
    >>> import ligandkb as lk
    >>> left_out_text(lk.load().ranked(min_score=9).meta)[:36]
    'Left out by what you asked for: 320 '
    """
    found = meta["selection"]
    if not found["by"]:
        return ""
    by = "; ".join(f"{number} not {words}" for words, number in found["by"].items())
    said = f"Left out by what you asked for: {found['pairs']} of {counted(meta['pairs'], 'pair')}, "
    said += f"{found['vetoed']} of them vetoed ({by})."
    if found["maybe_soluble"]:
        said += f" Of {found['maybe_soluble']} of these nobody knows whether they dissolve."
    for tag, number in found["may_have"].items():
        said += f" Of {number} that stay nobody knows whether they are free of {tag}." if number else ""
    return said


def own_results(ranked: RankedPairs) -> list[str]:
    """Say which pairs the lab's own results moved, from which place, and what is its own; nothing where it has none."""
    named = [_moved(one) for one in ranked.moved if one.is_measured]
    near = len(ranked.moved) - len(named)
    more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    more += [f"{counted(near, 'pair')} near what you measured"] if near else []
    said = [*named[:_NAMED], *more]
    lines = [f"Moved by your own results: {'; '.join(said)}."] if said else []
    if any(not outcome.is_shipped for item in ranked.assessments for outcome in item.evidence.outcomes):
        lines.append("Own: measured in your lab; after it what others found, or the conflict.")
    return lines


def _moved(one: Moved) -> str:
    places = one.now if one.before == one.now else f"{one.before}, now {one.now}"
    conflict = ": its outcomes conflict" if one.in_conflict else ""
    return f"{pair_name(one.pair.form.name, one.pair.partner_id)} ({places}{conflict})"


def notes(meta: Mapping[str, Any]) -> list[str]:
    """Say what was ranked, how good that is, and what it can't say."""
    is_part = meta["shown"] != meta["pairs"]
    shown = f"{meta['shown']} of {meta['pairs']} pairs" if is_part else f"{meta['pairs']} pairs"
    agreement = str(meta["table1_agreement"])
    lines = [
        f"{shown} for {meta['composition']}. Score: predicted log-odds [range over what isn't known exactly].",
        "Measured: PLQY before and after, or after alone; table, words: a source gives no figure; near: on a pair that "
        "differs in one thing (partner, tail or crystal); in-sample: Table 1 of the paper, headed CsPbX3, which the "
        "rules were written from; X not stated: for a family of crystals; confounded: it has another possible cause; "
        "conflict: sources disagree; predicted only: nothing was measured.",
        "Make or find: no CAS number, supplier or offer of all that is bought is known here. Insoluble: not expected "
        "to dissolve in toluene or hexane at 1 mmol/L.",
        *_order(meta),
        _yardsticks(meta["yardsticks"]),
        f"Recommended: {meta['verdicts'].get('recommended', 0)} of {meta['pairs']}"
        + ("." if meta["bands"] is None else f", in {meta['bands']} bands."),
        f"{agreement[0].upper()}{agreement[1:]}.",
        meta["plqy_headroom_sentence"],
        f"Safety: tags of the pair, then what labels and lists of governments say of each product; {NOT_ASSESSED} or "
        "unread: not assessed, nothing that was read names it or gives it a tag; +1: one more danger than fits, which "
        "explain names. Codes such as H314 are hazard statements: explain shows all that are known, with sources.",
        NO_CLEARANCE,
        "Why: ligandkb explain NAME",
    ]
    if meta["not_computed"]:
        lines.insert(
            1,
            f"{counted(meta['not_computed'], 'pair')} without a computed hardness, so that the rule which asks for it "
            "adds nothing: ligandkb compute, with the same --data, or rank --compute.",
        )
    if meta["allow"]:
        lines.insert(0, f"Vetoes lifted on your word: {', '.join(meta['allow'])}.")
    lines += filter(None, [left_out_text(meta)])
    return [*lines, *(f"Overlay: {line}." for line in meta["overlaid"])]


def _order(meta: Mapping[str, Any]) -> list[str]:
    if "learned" in meta:
        from ligandkb.reports.outlook import order_sentences  # noqa: PLC0415 - plain rankings have no use for it

        return [*order_sentences(meta)]
    return [
        "Order: this pair improved (by figures before and after, in a table, by one figure, in words), then a near "
        "pair improved, nothing measured or conflict, not improved, decreased, vetoed; among these by score. Inside "
        "a band (4=) scores can't be told apart: first what can be bought, dissolves, is less dangerous and stands "
        "nearest to something measured."
    ]


def _yardsticks(found: Sequence[Mapping[str, Any]]) -> str:
    """What verdicts are held against; the native halide pair, where there is one, is there to compare."""
    texts = []
    for item in found:
        low, high = item["score_low"], item["score_high"]
        texts.append(f"{item['pair']} ({low:+.1f}{'' if low == high else f' to {high:+.1f}'})")
    native = f" To compare: the native halide pair, {texts[2]}." if len(texts) > 2 else ""
    return f"Verdicts hold X, Z and zwitterions against {texts[0]}, L against {texts[1]}.{native}"
