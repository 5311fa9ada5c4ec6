"""What came out on top of a screen, as pairs that every answer can show?

The best rows are judged once more from their lines, so that they have all that ``explain`` says of them, and each is an
offer of the line that it stands in: it can be shown, chosen from and ordered like what the catalogue has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ligandkb.assessment.choosing import pairs_of
from ligandkb.assessment.headroom import headroom_sentence, plqy_headroom
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.verdicts import NOT_EXCLUDED, Verdict
from ligandkb.catalogue.offers import Offer
from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.missing import Missing
from ligandkb.problems import UsageError
from ligandkb.screening.best import FORM, MOST_NAMED, Best, BestRow, KeptOut
from ligandkb.screening.folder import Folder
from ligandkb.screening.kept import COUNT, keep_best, read_best
from ligandkb.screening.manifest import Manifest, read_manifest
from ligandkb.screening.offered import not_stated, offers_of
from ligandkb.screening.rows import CAS_IN_LIST, Line, match_of


@dataclass(frozen=True, repr=False)
class Top:
    """The best of a screen.

    Attributes
    ----------
    kb : KnowledgeBase
        With an offer for each line that has the product of one of them.
    ranked : RankedPairs
        In their order; bands are those of the whole list.
    best : Best
        What was found in the parts, and counted.
    manifest : Manifest
        Of the screen.
    since : KeptOut
        Lines of the best rows that are vetoed today, or suspected, and weren't when the list was screened.
    """

    kb: KnowledgeBase
    ranked: RankedPairs
    best: Best
    manifest: Manifest = field(repr=False)
    since: KeptOut = field(default_factory=KeptOut)

    def __repr__(self) -> str:
        return f"Top({len(self.best.rows)} of {self.manifest.rows} rows)"


def top_of(
    kb: KnowledgeBase, folder: Folder, count: int | None = None, *, allow: Sequence[str] | None = None
) -> Top:
    """Judge the best of a screen as they are judged today.

    Parameters
    ----------
    kb : KnowledgeBase
    folder : Folder
        Of a finished screen.
    count : int, optional
        Binding forms; by default as many as are kept there, else 200.
    allow : sequence of str, optional
        Vetoes to lift; by default those of the screen. What is vetoed today is left out, and what can't be
        excluded to be so.

    Returns
    -------
    Top

    Raises
    ------
    UsageError
        If there is no screen in that folder, or it isn't finished.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageError(
            f"there is no screen in {folder.name}: make one with ligandkb screen FILE -o {folder.name}"
        )
    kept = read_best(folder)
    if kept is None or (count is not None and kept[1] < count):
        found = keep_best(folder, manifest, count or COUNT)
    else:
        found = replace(kept[0], rows=kept[0].rows[:count])
    listed_in = manifest.sources[0].name if len(manifest.sources) == 1 else ""
    made = [_made(kb, row, tuple(manifest.options["carry"]), listed_in) for row in found.rows]
    there = [(row, *one) for row, one in zip(found.rows, made, strict=True) if one is not None]
    offers = [offer for _, _, offered in there for offer in offered]
    kb = replace(kb, catalogue=replace(kb.catalogue, offers=(*kb.catalogue.offers, *offers)))
    composition = str(parse_composition(manifest.options["composition"]))
    allow = tuple(manifest.options["allow"]) if allow is None else tuple(allow)
    judged = kb.judge(allow).assess([pair for _, pair, _ in there], parse_composition(composition))
    every = [(row, replace(item, band=row.band)) for (row, _, _), item in zip(there, judged, strict=True)]
    together = [(row, item) for row, item in every if not _may_hurt(item)]
    since = [(row, item) for row, item in every if _may_hurt(item)]
    found = replace(found, rows=tuple(row for row, _ in together))
    assessments = tuple(item for _, item in together)
    otherwise = len(made) - len(together) + sum(_differ(row, item) for row, item in together)
    meta = _meta(kb, found, assessments, manifest, allow) | {"judged_otherwise": otherwise}
    sizes: dict[int | None, int] = {band: size for band, size in found.band_sizes.items()}  # noqa: C416 - or None
    return Top(kb, RankedPairs(assessments, meta, (), sizes), found, manifest, _kept_out(since))


def _may_hurt(item: Assessment) -> bool:
    """Whether a pair is vetoed, or can't be excluded to be what is vetoed."""
    return item.verdict is Verdict.VETOED or item.verdict_reason.startswith(NOT_EXCLUDED)


def _kept_out(rows: Sequence[tuple[BestRow, Assessment]]) -> KeptOut:
    first = tuple(
        {name: row.cells[name] for name in ("line", "id", "smiles")} | {"verdict_reason": item.verdict_reason}
        for row, item in rows[:MOST_NAMED]
    )
    return KeptOut(sum(row.lines for row, _ in rows), first)


def _made(
    kb: KnowledgeBase, row: BestRow, carried: Sequence[str], listed_in: str
) -> tuple[Pair, tuple[Offer, ...]] | None:
    """The pair of a row, with the lines that offer its form; None where it isn't made any more."""
    cells = row.cells
    # A form may be on offer as an acid and as its salts: what is bought, under which number, is that of this row.
    structure = formula_unit(split(cells["smiles"]))
    others = (one for one in row.offered if one["line"] != cells["line"])
    same = [cells, *(one for one in others if formula_unit(split(one["smiles"])) == structure)]
    line = Line(cells["line"], cells["smiles"], cells["id"] or "", _numbers(same))
    match = match_of(kb.catalogue, line)
    offers = offers_of(match.product.id, same, carried, listed_in)
    if offers and not match.in_catalogue:  # a list without packs and prices sells all the same
        supplier = offers[0].supplier
        if supplier == not_stated(listed_in):
            supplier = f"in {listed_in or 'the list'}"
        seller = ", ".join(dict.fromkeys((supplier, offers[0].catalogue_number, f"line {line.number}")))
        match = replace(match, product=replace(match.product, supplier=seller))
    key = cells[FORM], cells["partner"]
    pair = next((pair for pair in pairs_of(kb.catalogue, match) if pair.key == key), None)
    return None if pair is None else (pair, offers)


def _numbers(lines: Iterable[Mapping[str, Any]]) -> str:
    """All numbers under which a product is in the list, so that it keeps what governments list under any."""
    written = (one.get(name) for one in lines for name in ("cas", CAS_IN_LIST))
    return "; ".join(dict.fromkeys(text for text in written if text))


def _differ(row: BestRow, item: Assessment) -> bool:
    """Whether a pair is judged otherwise than when it was screened."""
    cells = row.cells
    return (cells["verdict"], cells["score"]) != (str(item.verdict), round(item.score, 6))


def _meta(
    kb: KnowledgeBase,
    found: Best,
    assessments: Sequence[Assessment],
    manifest: Manifest,
    allow: Sequence[str],
) -> dict[str, Any]:
    """What a ranking says of itself, of the list: nothing is selected, and what stands nowhere is counted."""
    composition = str(parse_composition(manifest.options["composition"]))
    headroom = plqy_headroom(None)
    return kb.meta() | {
        "composition": composition,
        "allow": sorted(allow),
        "pairs": found.ranked,
        "selected": found.ranked,
        "shown": len(assessments),
        "selection": {"pairs": 0, "vetoed": 0, "by": {}, "may_have": {}, "maybe_soluble": 0},
        "not_computed": sum(isinstance(item.values["hardness_ev"], Missing) for item in assessments),
        "verdicts": dict(found.verdicts),
        "table1_agreement": str(kb.table1_agreement(composition)),
        "in_sample": True,
        "yardsticks": [
            {"pair": item.name, "score_low": item.score_low, "score_high": item.score_high}
            for item in kb.judge().yardsticks(parse_composition(composition))
        ],
        "bands": None,  # nobody needs to know where those end that begin below the best
        "plqy_headroom": headroom,
        "plqy_headroom_sentence": headroom_sentence(headroom),
        "lines": manifest.lines,
        "rejected": manifest.rejected,
        "left_out": dict(found.left_out),
        "band_sizes": {str(band): size for band, size in found.band_sizes.items()},
        "sources": [source.name for source in manifest.sources],
    }
