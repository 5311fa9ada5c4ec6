"""Does the report of what was learned say it modestly, and its picture what the table says, without colour too?"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ligandkb.learning.lessons import Word
from ligandkb.reports.figures.inline import inline_svg
from ligandkb.reports.figures.learned import learned_figure
from ligandkb.reports.learned import RULE_COLUMNS, learned_document, learned_page
from ligandkb.reports.outlook import short_legend
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.ranking_screen import ranking_screen
from ligandkb.reports.render import render
from ligandkb.reports.text import text


@pytest.fixture(scope="module")
def learned(lab):
    return lab.learn()


@pytest.fixture(scope="module")
def said(lab, learned):
    return " ".join(text(learned_document(learned, lab.meta()), 80).split())


def test_it_says_where_it_is_from_what_moved_and_what_chance_does(said):
    assert said.startswith("What was learned from your 16 outcomes")
    assert "1 points the other way" in said
    assert "by chance alone: one that moved is a reason to test it on purpose, not yet a result" in said
    assert "left out 1: no effect is stated" in said


def test_batches_without_a_control_are_named_with_what_they_cost(said):
    assert "2 of 5 batches hold no pair that another one holds, too: B4, B5" in said
    assert re.search(
        r"would be (about \d+ % narrower on the average|hardly narrower)\. Put it into each batch", said
    )


def test_it_says_that_nothing_dangerous_becomes_less_so(said):
    assert "no veto, tag, verdict or score changes" in said
    assert "No tag is not a clearance" in said


def test_every_rule_is_in_the_table_for_programs_and_named_in_the_text(lab, learned, said):
    weighted = {rule.id for rule in lab.rulebook.rules if rule.weight is not None}
    lines = render(learned_document(learned, lab.meta()), "csv").splitlines()
    assert lines[0] == ",".join(RULE_COLUMNS)
    assert {line.split(",")[0] for line in lines[1:]} == weighted
    assert all(name in said for name in weighted)


def test_numbers_of_the_text_are_those_of_the_rule(learned, said):
    one = next(one for one in learned.lessons if one.word is Word.OTHER_WAY)
    after = f"{one.after.value:+.1f} [{one.after.low:+.1f}, {one.after.high:+.1f}]"
    assert f"{one.rule.id} points the other way {one.fired.total} of {one.pairs} pairs, 0 improved" in said
    assert after in said


def test_one_batch_alone_can_t_be_told_from_its_ligands(lab, learned):
    first = replace(learned.observations, batch=learned.observations.batch * 0)
    alone = replace(learned, observations=first)
    said = " ".join(text(learned_document(alone, lab.meta()), 80).split())
    assert "All your outcomes are of one batch (B1), which holds oleylammonium-oleate" in said


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_holds_every_rule_in_words(learned, theme):
    figure = learned_figure(learned, theme=theme)
    figure.canvas.draw()
    rules, words = ([label.get_text() for label in axes.get_yticklabels()] for axes in figure.axes)
    assert sorted(rules) == sorted(one.rule.id for one in learned.lessons)
    by_rule = {one.rule.id: one for one in learned.lessons}
    for rule, word in zip(rules, words, strict=True):
        assert word.startswith(str(by_rule[rule].word))
    box = figure.bbox
    for axes in figure.axes:
        for label in axes.get_yticklabels():
            extent = label.get_window_extent()
            assert box.x0 <= extent.x0
            assert extent.x1 <= box.x1


def test_the_picture_tells_without_colour(learned):
    """What moved has another shape, and before and after have another thickness."""
    axes = learned_figure(learned).axes[0]
    marks = {line.get_marker() for line in axes.lines if line.get_marker() not in ("", "None", None)}
    assert {"s", "o", "D"} <= marks
    widths = {
        line.get_linewidth()
        for line in axes.lines
        if len(line.get_xdata()) == 2 and line.get_marker() == "None"
    }
    assert max(widths) > 2 * min(widths)


def test_the_picture_stands_in_a_page_that_allows_no_style(learned):
    svg = inline_svg(learned_figure(learned))
    assert "style" not in svg
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)
    assert {"currentColor", "var(--link)", "var(--warn)"} <= set(re.findall(r'="([^"]*)"', svg))
    assert inline_svg(learned_figure(learned)) == svg


def test_a_notebook_shows_it(learned):
    assert "<svg" in learned._repr_html_()


def test_a_notebook_shows_a_learned_ranking_with_what_is_expected(lab, learned):
    for shown in (lab.ranked(learned=learned, top=5), lab.rank(learned=learned, top=5)):
        page = shown._repr_html_()
        assert "from your 16 outcomes" in page
        assert "closes [90 %]" in page


def test_an_opened_row_says_what_is_expected_and_where_the_rulebook_has_it(lab, learned):
    ranked = lab.ranked(learned=learned)
    page = render(ranking_page(ranked), "html")
    row = next(row for row in ranked.rows() if row["binding_form"] == "hexylphosphonate")
    assert re.search(
        rf"from your 16 outcomes, 1 of them of this pair: improves in [<&lt;>]* ?\d+ %, closes -\d+ % \[-\d+, -?\d+\] "
        rf"of the headroom; number {row['rank_by_rules']} by the rulebook",
        page,
    )


def test_a_page_has_the_picture_and_text_has_not(lab, learned):
    assert "<svg" in render(learned_page(learned, lab.meta()), "html")
    assert "hollow square" not in text(learned_document(learned, lab.meta()))


def test_the_words_below_a_learned_screen_fit_and_say_what_matters(lab, learned):
    for plqy in (None, 62):
        ranked = lab.ranked(learned=learned, plqy_start_pct=plqy)
        assert all(len(f"  - {line}") <= 80 for line in short_legend(ranked.meta))
        shown = text(ranking_screen(ranked), 80)
        assert all(len(line) <= 80 for line in shown.splitlines())
        assert shown.startswith("Ligand pairs for CsPbBr3, from your 16 outcomes: ")
        assert ("PLQY [90 %]" in shown) is (plqy is not None)


def test_what_the_rulebook_puts_first_and_the_outcomes_do_not_is_named(lab, learned):
    ranked = lab.ranked(learned=learned)
    said = " ".join(text(ranking_screen(ranked), 80).split())
    fallen = re.search(r"Fell most of the rulebook's first 15: (.*?)\.", said)[1].split("; ")
    assert len(fallen) == 3
    places = {
        f"{row['binding_form']} + {row['partner']}": (row["rank_by_rules"], row["rank"])
        for row in ranked.rows()
    }
    for one in fallen:
        name, was, now = re.fullmatch(r"(.*) \((\d+), now (\d+)\)", one).groups()
        assert places[name] == (int(was), int(now))
        assert int(was) <= 15 < int(now)
    assert "Fell most" not in text(ranking_screen(lab.ranked()), 80)


def test_no_veto_is_lost_on_any_learned_view(lab, learned):
    ranked = lab.ranked(learned=learned, all_partners=True)
    vetoed = sum(bool(item.safety.vetoes) for item in ranked.assessments)
    assert text(ranking_screen(ranked, everything=True), 80).count("VETO") == vetoed > 10
    assert text(ranking_screen(ranked), 80).count("VETO") == 0
