"""Does the first screen of a ranking hold what decides, and does nothing vanish from it unsaid?"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from ligandkb.assessment.verdicts import Verdict
from ligandkb.reports.ranking import danger_words
from ligandkb.reports.ranking_screen import FIRST, cas_text, ranking_screen
from ligandkb.reports.text import text

GOLDEN = Path(__file__).with_name("golden")
REWRITE = "REWRITE_GOLDEN"
"""Set this variable to write the golden screens anew, and read what changed: git diff tests/reports/golden."""
CRYSTALS = ("CsPbBr3", "CsPbCl3", "CsPbI3", "CsPbBr1.5Cl1.5")
MADE_WITH = re.compile(r"^ligandkb .*$", re.MULTILINE)


@pytest.fixture(scope="module")
def ranked(kb):
    made = {}

    def ranked(composition="CsPbBr3", **asked):
        key = (composition, *sorted(asked.items()))
        return made.setdefault(key, kb.ranked(composition, **asked))

    return ranked


def records(screen: str) -> list[list[str]]:
    """Lines of each pair on a screen."""
    body = screen.partition("──\n")[2].partition("\n\n")[0]
    found: list[list[str]] = []
    for line in body.splitlines():
        found += [[]] if re.match(r" {2,}\d+=? {2,}", line) else []
        found[-1].append(line)
    return found


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (200, 50)])
def test_first_screens_are_as_they_were_looked_at(run, width, height):
    shown = run("rank", env={"COLUMNS": str(width)}).out
    screen = "\n".join(MADE_WITH.sub("ligandkb ...", shown).splitlines()[:height]) + "\n"
    golden = GOLDEN / f"rank-{width}x{height}.txt"
    if os.environ.get(REWRITE):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(screen, encoding="utf-8")
    assert screen == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("composition", CRYSTALS)
def test_the_first_ten_say_what_they_rest_on_and_whether_they_can_be_had(ranked, composition):
    pairs = ranked(composition)
    found = records(text(ranking_screen(pairs), 80))
    assert len(found) == FIRST
    assert all(len(one) == 2 for one in found), "two lines each"
    by_name = {
        row["binding_form"] if row["partner"] == "none" else f"{row['binding_form']} + {row['partner']}": item
        for row, item in zip(pairs.rows(), pairs.assessments, strict=True)
    }
    for first, second in found[:10]:
        _, said, *_ = re.split(r"\s{2,}", first.strip())
        head, colon, name = said.rpartition(": ")
        item = by_name[name]
        assert item.orderable or "make or find" in head
        assert item.values["soluble"] is not False or "insoluble" in head
        assert bool(colon) == bool(head)
        rests_on = re.split(r"\s{2,}", second.strip())[0]
        assert re.search(r"%|improved|decreased|conflict|predicted only", rests_on)
        if not item.evidence.outcomes:
            assert rests_on.startswith(("near: ", "predicted only"))
        if any(outcome.is_in_table_1 for outcome in item.evidence.outcomes) and "%" not in rests_on:
            assert rests_on.endswith("in-sample")


def test_pairs_come_before_the_legend_and_the_legend_is_short(ranked):
    lines = text(ranking_screen(ranked()), 80).splitlines()
    assert all(len(line) <= 80 for line in lines)
    first, last = (
        next(at for at, line in enumerate(lines) if words in line) for words in ("4=:", "--legend")
    )
    assert last - first + 1 <= 5
    assert first > 24
    whole = text(ranking_screen(ranked(), legend=True), 80)
    assert "Order: this pair improved (by figures before and after" in " ".join(whole.split())


def test_what_is_not_shown_is_counted_once_each(ranked):
    pairs = ranked()
    said = " ".join(text(ranking_screen(pairs), 80).split())
    more, parts = re.search(r"(\d+) more \(--all shows them\): ([^.]*)\.", said).groups()
    counts = {why: int(number) for number, why in re.findall(r"(\d+) ([a-z-]+(?: [a-z]+)*)", parts)}
    assert int(more) == sum(counts.values()) == len(pairs.assessments) - FIRST
    vetoed = sum(item.verdict is Verdict.VETOED for item in pairs.assessments)
    assert counts["vetoed"] == vetoed > 0


def test_a_measured_pair_that_nobody_sells_is_named(ranked):
    pairs = ranked()
    best = replace(pairs.assessments[0], orderable=False)
    said = " ".join(
        text(ranking_screen(replace(pairs, assessments=(best, *pairs.assessments[1:]))), 80).split()
    )
    assert (
        f"nobody is known to sell it: 1= {best.pair.form.name} + {best.pair.partner_id} (70 → 96 %)" in said
    )


def test_ties_are_shown_as_ties(ranked):
    pairs = ranked()
    places = [pairs.place_text(at) for at in range(len(pairs.assessments))]
    bands = [item.band for item in pairs.assessments]
    for at, band in enumerate(bands):
        assert places[at] == f"{bands.index(band) + 1}{'=' if bands.count(band) > 1 else ''}"


def test_a_selection_keeps_the_places_of_the_whole_ranking(ranked):
    whole = ranked()
    part = ranked(donor="carboxylate")
    of = {item.pair.key: whole.place_text(at) for at, item in enumerate(whole.assessments)}
    assert [part.place_text(at) for at in range(len(part.assessments))] == [
        of[item.pair.key] for item in part.assessments
    ]


@pytest.mark.parametrize("width", [50, 80, 120, 200])
def test_all_pairs_are_there_whole_at_every_width(ranked, width):
    pairs = ranked(all_partners=True)
    shown = text(ranking_screen(pairs, everything=True), width)
    assert all(len(line) <= width or len(line.split()) == 1 for line in shown.splitlines())
    assert width < 80 or len(records(shown)) == len(pairs.assessments)
    words = {word.rstrip(";,") for word in shown.split()}
    for row, item in zip(pairs.rows(), pairs.assessments, strict=True):
        assert {word.rstrip(";,") for word in row["binding_form"].split()} <= words
        assert set(cas_text(item.pair.recipes[0].products).split()) <= words
        assert row["verdict"] in words
    for item in pairs.assessments:
        if item.safety.vetoes:
            assert {"VETO", *item.safety.vetoes} <= {word.strip(",") for word in words}


def test_a_small_selection_is_shown_whole(ranked):
    pairs = ranked(verdict="vetoed")
    shown = text(ranking_screen(pairs), 80)
    assert len(records(shown)) == len(pairs.assessments)
    assert shown.count("VETO") == len(pairs.assessments)
    assert "more (--all" not in shown


def test_where_none_can_be_ordered_the_first_are_shown(ranked):
    pairs = ranked(verdict="vetoed", partners="octylammonium")
    assert len(pairs.assessments) > FIRST
    shown = text(ranking_screen(pairs), 80)
    assert f"the first {FIRST} of {len(pairs.assessments)}" in shown.splitlines()[0]
    assert len(records(shown)) == FIRST
    assert shown.count("VETO") == FIRST


def test_nothing_left_is_said(ranked):
    shown = text(ranking_screen(ranked(min_score=99)), 80)
    assert "none fits" in shown.splitlines()[0]
    assert "320 of 320 pairs, 10 of them vetoed" in " ".join(shown.split())


def test_who_sells_it_is_named_where_no_number_is_verified(kb):
    product = replace(kb.find("benzoic acid").product, cas="", supplier="Our Supplier")
    assert cas_text([product]) == "no CAS (Our Supplier)"


@pytest.mark.parametrize("name", ["x" * 10_000, "very " * 2_000, "油酸" * 30])
def test_a_name_beyond_all_measure_widens_no_other_row(ranked, name):
    pairs = ranked()
    first = pairs.assessments[0]
    form = replace(first.pair.form, name=name)
    hostile = replace(first, pair=replace(first.pair, form=form))
    shown = text(ranking_screen(replace(pairs, assessments=(hostile, *pairs.assessments[1:]))), 80)
    assert max(map(len, name.split())) <= 80 or name in shown
    longer = [line for line in shown.splitlines() if len(line) > 80]
    assert len(longer) <= 1
    assert shown.count("recommended") >= FIRST


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("triphenylphosphine", "unread"),  # a list alone names it, and no tag follows
        ("thiourea", "no tag"),  # a label was read whole
    ],
)
def test_a_list_without_a_tag_is_no_label_that_was_read(kb, name, words):
    found = kb.ranked()
    (row, *_) = (row for row in found.rows() if row["ligand"] == name)
    assert danger_words(row, found.dangers) == words
