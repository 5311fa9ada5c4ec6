from html.parser import HTMLParser

import pytest

from ligandkb.planning.exchange import Nanocrystals, plan_exchange
from ligandkb.planning.reagents import Reagent
from ligandkb.reports.bench_sheet import (
    NO_CLEARANCE,
    NOT_ASSESSED,
    render_dilution_contrast,
    render_html,
    render_markdown,
    sheet_sections,
)
from ligandkb.surface.dilution import dilution_contrast
from ligandkb.surface.uncertainty import Measured

SAMPLE = Nanocrystals("CsPbBr3", 1.0, 2.0, 9.5, 0.5831)
ACID = Reagent("hexylphosphonic acid", 166.157, "acid", grade=">99.5 %", purity_fraction=0.995)
AMINE = Reagent("oleylamine", 267.501, "amine", grade="70 %", purity_fraction=0.7, technical=True)
HOSTILE = "<script>alert(1)</script>|a*b_c`d`\x1b[31m\u202e"


class Texts(HTMLParser):
    """Collects tags and visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def page(html: str) -> Texts:
    texts = Texts()
    texts.feed(html)
    return texts


def test_safety_comes_first_and_the_test_last() -> None:
    sections = sheet_sections(plan_exchange(SAMPLE, ACID, AMINE, safety=["corrosive"]))
    assert sections[0].title == "Safety"
    solvents = "Not assessed: anhydrous hexanes or toluene, and anhydrous ethyl acetate."
    assert sections[0].lines == ("corrosive", solvents, NO_CLEARANCE)
    assert sections[-1].title == "The test to do first"
    assert "vacancies are not your problem" in sections[-1].lines[-1]


def test_what_nobody_assessed_says_so() -> None:
    assert sheet_sections(plan_exchange(SAMPLE, ACID, AMINE))[0].lines[0] == NOT_ASSESSED


def test_a_plan_that_will_fail_says_so_before_amounts() -> None:
    titles = [one.title for one in sheet_sections(plan_exchange(SAMPLE, ACID, None))]
    assert titles[1] == "This will fail as planned"


@pytest.mark.parametrize("render", [render_markdown, render_html])
def test_both_forms_hold_every_number(render: object) -> None:
    plan = plan_exchange(SAMPLE, ACID, AMINE)
    text = render(plan, ["ligandkb 0.1.0"])  # type: ignore[operator]
    for number in (
        "12.74 µmol",
        "6.37 mM",
        "1,593 per nanocrystal",
        "4 mL",
        "38.2 µmol",
        "6.38 mg",
        "10.2 mg",
    ):
        assert number in text, number
    assert text.count("Cycle ") == 3
    assert "ligandkb 0.1.0" in text


def test_a_dianion_shows_its_partners() -> None:
    plan = plan_exchange(SAMPLE, ACID, AMINE, ligand_charge=-2)
    assert "× 2" in render_markdown(plan)
    assert "25.48 µmol of oleylamine" in render_markdown(plan)


def test_hostile_names_stay_text() -> None:
    reagent = Reagent(HOSTILE, 100.0, "acid", grade=HOSTILE)
    plan = plan_exchange(Nanocrystals(HOSTILE, 1.0, 2.0, 9.5, 0.5831), reagent, AMINE, safety=[HOSTILE])
    html = render_html(plan, [HOSTILE])
    shown = page(html)
    assert "script" not in shown.tags
    assert "<script>alert(1)</script>|a*b_c`d`\\x1b[31m\\u202e" in shown.text
    markdown = render_markdown(plan, [HOSTILE])
    for text in (html, markdown):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script>" not in markdown.replace("\\<script>", "")
    tables = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in tables} <= {4, 6}


def test_the_page_stands_alone() -> None:
    html = render_html(plan_exchange(SAMPLE, ACID, AMINE))
    assert html.startswith("<!doctype html>")
    assert "http" not in html.replace("https://doi.org", "")
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_the_outcome_of_the_first_test_is_put_into_words() -> None:
    seen = dilution_contrast(0.1, Measured(0.80, 0.03), 0.01, Measured(0.79, 0.03))
    text = render_dilution_contrast(seen)
    assert "flat" in text
    assert "8.5 points" in text
