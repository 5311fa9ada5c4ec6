"""Do the best rows of the parts stand as a ranking of all of them would have it, whatever is held at a time?"""

from __future__ import annotations

import random
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from ligandkb.assessment.order import Tier, in_order, order_in_band
from ligandkb.assessment.verdicts import Verdict
from ligandkb.screening.best import NEEDED, best

pa = pytest.importorskip("pyarrow")


@dataclass(frozen=True)
class Judged:
    """What orders a pair, and nothing else of it."""

    pair: Any
    tier: Tier
    verdict: Verdict
    score: float
    score_low: float
    score_high: float
    evidence: Any
    safety: Any
    line: int
    orderable: bool = True
    band: int | None = None


def judged(rng: random.Random, line: int) -> Judged:
    form = rng.choice("abcdefghijklmnopqrstuvwxyz") + rng.choice("abcdef")
    verdict = rng.choice(list(Verdict))
    score = round(rng.choice([0.0, 0.0, 0.3, 0.6, rng.random()]), 6)
    near = [SimpleNamespace(counts=rng.random() < 0.5) for _ in range(rng.choice([0, 0, 0, 2]))]
    tags = rng.sample(["insoluble", "toxic", "pfas", "corrosive"], rng.choice([0, 0, 1, 2]))
    return Judged(
        pair=SimpleNamespace(
            form=SimpleNamespace(name=form), partner_id=rng.choice(["oleylammonium", "sodium"])
        ),
        tier=Tier.VETOED
        if verdict is Verdict.VETOED
        else rng.choice([Tier.NEAR_PAIR_IMPROVED, *[Tier(5)] * 9]),
        verdict=verdict,
        score=score,
        score_low=round(score - rng.choice([0.0, 0.1, 0.3]), 6),
        score_high=round(score + rng.choice([0.0, 0.05, 0.6]), 6),
        evidence=SimpleNamespace(near=near),
        safety=SimpleNamespace(tags=tags, dangers_to_people=[tag for tag in tags if tag != "insoluble"]),
        line=line,
    )


def cells(one: Judged) -> dict[str, Any]:
    form = one.pair.form.name
    return {
        "line": one.line,
        "id": f"id-{one.line}",
        "smiles": form.upper(),
        "cas": None,
        "binding_form": form,
        "binding_form_smiles": form,
        "partner": one.pair.partner_id,
        "tier": int(one.tier),
        "verdict": str(one.verdict),
        "verdict_reason": "in words",
        "score": one.score,
        "score_low": one.score_low,
        "score_high": one.score_high,
        "order_in_band": order_in_band(
            one.verdict,
            "insoluble" in one.safety.tags,
            len(one.safety.dangers_to_people),
            sum(outcome.counts for outcome in one.evidence.near),
        ),
        "counter_ion": None,
        "sold_as": None,
    }


def scan_of(rows: list[dict[str, Any]], part: int) -> Any:
    tables = [pa.Table.from_pylist(rows[start : start + part]) for start in range(0, len(rows), part)]
    kinds = {"sold_as": pa.string(), "cas": pa.string(), "counter_ion": pa.bool_()}
    schema = pa.schema([(one.name, kinds.get(one.name, one.type)) for one in tables[0].schema])
    return lambda columns: [table.cast(schema).select(list(columns)) for table in tables]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("part", [7, 1000])
def test_the_order_is_that_of_a_ranking_and_a_form_stands_once(seed: int, part: int) -> None:
    rng = random.Random(seed)
    every = [judged(rng, line) for line in range(1, rng.choice([3, 40, 400]))]
    ranked = [one for one in in_order(every) if one.verdict is not Verdict.VETOED]
    expected: dict[str, Judged] = {}
    for one in ranked:
        expected.setdefault(one.pair.form.name, one)
    for count in (1, 5, 1000):
        found = best(scan_of([cells(one) for one in every], part), count)
        wanted = list(expected.values())[:count]
        assert [(row.band, row.cells["binding_form"], row.cells["partner"]) for row in found.rows] == [
            (one.band, one.pair.form.name, one.pair.partner_id) for one in wanted
        ]
        assert found.ranked == len(ranked)
        assert found.left_out == ({"vetoed": len(every) - len(ranked)} if len(every) > len(ranked) else {})
        for band, size in found.band_sizes.items():
            assert size == sum(one.band == band for one in ranked)
        for row in found.rows:
            lines = sorted(one.line for one in ranked if one.pair.form.name == row.cells["binding_form"])
            assert row.lines == len(lines)
            assert [one["line"] for one in row.offered] == lines[:20]


@pytest.mark.parametrize("part", [1, 2, 1000])
def test_lines_that_may_hurt_are_counted_once_each_and_the_first_are_named(part: int) -> None:
    rng = random.Random(1)
    rows = [cells(judged(rng, 1 + place // 2)) | {"verdict": "undecided", "tier": 5} for place in range(24)]
    for row in rows:
        if row["line"] % 3 == 0:
            row |= {"verdict": "vetoed", "verdict_reason": "can kill"}
        elif row["line"] > 5:
            row |= {"verdict_reason": "can't be excluded to be explosive", "counter_ion": True}
    found = best(scan_of(rows, part), 100)
    assert (found.vetoed.lines, found.suspected.lines) == (4, 4)
    assert found.left_out == {"vetoed": 8, "suspected to be explosive": 8}
    assert [one["line"] for one in found.vetoed.first] == [3, 6, 9, 12]
    assert [one["line"] for one in found.suspected.first] == [7, 8, 10, 11]
    assert found.vetoed.first[0] == {
        "line": 3,
        "id": "id-3",
        "smiles": rows[4]["smiles"],
        "verdict_reason": "can kill",
    }
    assert {row.cells["line"] for row in found.rows} <= {1, 2, 4, 5}


def test_what_is_no_offer_stands_nowhere_and_is_counted() -> None:
    rng = random.Random(1)
    rows = [cells(judged(rng, line)) | {"verdict": "undecided", "tier": 5} for line in range(1, 6)]
    rows[0] |= {"counter_ion": True}
    rows[1] |= {"sold_as": "solvent"}
    rows[2] |= {"counter_ion": True, "verdict": "vetoed", "tier": 8}
    rows[3] |= {"counter_ion": False, "sold_as": ""}
    found = best(scan_of(rows, 2), 10)
    assert {row.cells["line"] for row in found.rows} <= {4, 5}
    assert found.left_out == {"vetoed": 1, "counter-ion of a base": 1, "sold as a solvent": 1}
    assert found.ranked == 2


def test_of_nothing_there_is_no_best() -> None:
    (row,) = [cells(judged(random.Random(1), 1)) | {"verdict": "vetoed", "tier": 8}]
    assert best(scan_of([row], 5), 3).rows == ()
    assert set(NEEDED) <= set(row)
