from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ligandkb.assessment.dangers import NO_CLEARANCE
from ligandkb.planning.exchange import Nanocrystals, plan_exchange
from ligandkb.planning.reagents import Reagent
from ligandkb.reports.bench_sheet import NOT_ASSESSED, bench_sheet
from ligandkb.reports.document import Section
from ligandkb.reports.render import render
from ligandkb.reports.surface import dilution_answer
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


def said(section: Section) -> list[str]:
    (listed,) = section.blocks
    return [str(part) for item in listed.items for part in item.parts]


def test_safety_comes_first_and_the_test_last() -> None:
    sections = bench_sheet(plan_exchange(SAMPLE, ACID, AMINE, safety=["corrosive"])).blocks
    assert sections[0].title == "Safety"
    assert sections[0].alarming
    solvents = "Not assessed: anhydrous hexanes or toluene, and anhydrous ethyl acetate."
    assert said(sections[0]) == ["corrosive", solvents, NO_CLEARANCE]
    assert sections[-1].title == "The test to do first"
    assert "vacancies are not your problem" in said(sections[-1])[-1]


def test_a_veto_that_an_unread_label_leaves_open_stands_first(kb) -> None:
    plan = kb.plan("FCC[NH3+].[Br-]", nanocrystal_concentration_um=1, volume_ml=2, edge_length_nm=9.5)
    assert plan.safety[0].startswith("Can't be excluded to be lethal: Omega-fluoro amine")
    assert plan.safety[0].endswith("Read its label first.")


def test_what_nobody_assessed_says_so() -> None:
    assert said(bench_sheet(plan_exchange(SAMPLE, ACID, AMINE)).blocks[0])[0] == NOT_ASSESSED


def test_a_plan_that_will_fail_says_so_before_amounts() -> None:
    titles = [one.title for one in bench_sheet(plan_exchange(SAMPLE, ACID, None)).blocks]
    assert titles[1] == "This will fail as planned"


@pytest.mark.parametrize("output_format", ["text", "md", "html"])
def test_every_form_holds_every_number(output_format: str) -> None:
    text = render(bench_sheet(plan_exchange(SAMPLE, ACID, AMINE)), output_format)
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


def test_a_dianion_shows_its_partners() -> None:
    text = render(bench_sheet(plan_exchange(SAMPLE, ACID, AMINE, ligand_charge=-2)), "md")
    assert "× 2" in text
    assert "25.48 µmol of oleylamine" in text


def test_hostile_names_stay_text() -> None:
    reagent = Reagent(HOSTILE, 100.0, "acid", grade=HOSTILE)
    plan = plan_exchange(Nanocrystals(HOSTILE, 1.0, 2.0, 9.5, 0.5831), reagent, AMINE, safety=[HOSTILE])
    sheet = replace(bench_sheet(plan), footer=(HOSTILE,))
    html = render(sheet, "html")
    shown = page(html)
    assert "script" not in shown.tags
    assert "<script>alert(1)</script>|a*b_c`d`\\x1b[31m\\u202e" in shown.text
    markdown = render(sheet, "md")
    for text in (html, markdown):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script>" not in markdown.replace("\\<script>", "")
    tables = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {line.replace("\\|", "").count("|") for line in tables} <= {4, 6}


def test_the_page_is_for_the_bench() -> None:
    html = render(bench_sheet(plan_exchange(SAMPLE, ACID, AMINE)), "html")
    assert html.startswith("<!doctype html>")
    assert "http" not in html.replace("https://doi.org", "").replace("http-equiv", "")
    assert '<ol class="steps">' in html
    assert "Batch: ____" in html


def test_the_outcome_of_the_first_test_is_put_into_words() -> None:
    seen = dilution_contrast(0.1, Measured(0.80, 0.03), 0.01, Measured(0.79, 0.03))
    text = render(dilution_answer(seen), "md")
    assert "flat" in text
    assert "8.5 points" in text
