"""Do pages do in a browser what they promise: sort, filter, open, print, load nothing and run nothing else?"""

from __future__ import annotations

import csv
import os
import re
import shutil

import pytest

import ligandkb as lk
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.packs import read_pack
from ligandkb.cells import visible
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.render import render

pytestmark = pytest.mark.browser
A4_POINTS = (595, 842)
SEEN = "() => document.querySelector('table.worked').tBodies[0].innerText"


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.skip("no Chromium is installed")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # root has none
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Open a document as a page; whatever it complains of or asks for is a failure."""
    contexts, complaints = [], []

    def opened(document, page=None, **settings):
        file = tmp_path / "page.html"
        file.write_text(document if isinstance(document, str) else render(document, "html"), "utf-8")
        if page is not None:
            page.goto(file.as_uri())
            return page
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message) or dialog.dismiss())
        page.on("request", lambda asked: complaints.append(asked.url) if asked.url != file.as_uri() else None)
        page.goto(file.as_uri())
        return page

    opened.complaints = complaints
    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def ranking(kb):
    """The whole usual view: what is best and what is vetoed, zwitterions, salts, neutral donors."""
    return render(ranking_page(kb.ranked("CsPbBr3"), abbreviations=kb.catalogue.abbreviations), "html")


def column(page, name):
    """What stands in a column, from top to bottom, in the rows that are shown."""
    return page.evaluate(
        """(name) => {
            const table = document.querySelector("table.worked");
            const column = [...table.tHead.rows[0].cells].findIndex((cell) => cell.textContent === name);
            const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden && !row.classList.contains("opened"));
            return rows.map((row) => row.cells[column].textContent.trim());
        }""",
        name,
    )


def numbers(texts):
    return [float(re.search(r"[-+]?\d+(\.\d+)?", text).group()) for text in texts if text != "-"]


def test_rows_are_sorted_by_a_button_in_the_head(opened, ranking):
    page = opened(ranking)
    score = page.get_by_role("columnheader", name="score")
    assert score.get_attribute("aria-sort") == "none"
    before = column(page, "#")
    score.get_by_role("button").click()
    assert score.get_attribute("aria-sort") == "ascending"
    assert numbers(column(page, "score")) == sorted(numbers(column(page, "score")))
    score.get_by_role("button").click()
    assert score.get_attribute("aria-sort") == "descending"
    assert numbers(column(page, "score")) == sorted(numbers(column(page, "score")), reverse=True)
    page.get_by_role("columnheader", name="#").get_by_role("button").click()
    assert score.get_attribute("aria-sort") == "none"
    assert column(page, "#") == before
    assert numbers(before) == sorted(numbers(before)), "1=, 4= and 10 are sorted as numbers"


@pytest.mark.parametrize("clicks", [1, 2])
def test_what_is_unknown_is_neither_large_nor_small(opened, ranking, clicks):
    page = opened(ranking)
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("hardness (eV)").check()
    for _ in range(clicks):
        page.get_by_role("columnheader", name="hardness").get_by_role("button").click()
    found = column(page, "hardness (eV)")
    assert "-" in found
    assert "-" not in found[: found.index("-")]
    assert set(found[found.index("-") :]) == {"-"}
    assert numbers(found) == sorted(numbers(found), reverse=clicks == 2)


def test_rows_are_found_by_words_and_left_out_by_others(opened, ranking):
    page = opened(ranking)
    every = len(column(page, "#"))
    find = page.get_by_label("Find (-word")
    find.fill("phosphonate oleylammonium")
    assert 0 < len(column(page, "pair")) < every
    assert set(column(page, "partner")) == {"oleylammonium"}
    assert page.locator("output").inner_text() == f"{len(column(page, 'pair'))} of {every} rows"
    find.fill("-corrosive")
    assert not any("corrosive" in danger for danger in column(page, "danger"))
    page.get_by_role("combobox", name="verdict").select_option("vetoed")
    find.fill("")
    assert set(column(page, "verdict")) == {"vetoed"}
    assert all("VETO" in danger for danger in column(page, "danger"))
    page.get_by_role("combobox", name="verdict").select_option("all")
    assert len(column(page, "#")) == every


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [
        ("DDAB", "product", "didodecyldimethylammonium bromide"),
        ("olam", "partner", "oleylammonium"),
        ("oleylamine", "partner", "oleylammonium"),
        ("2,2-difluoroacetic", "product", "difluoroacetic acid"),
        ("TBP", "product", "tributylphosphine"),  # of three meanings
    ],
)
def test_rows_are_found_by_what_laboratories_call_product_and_partner(opened, ranking, name, where, said):
    page = opened(ranking)
    every = column(page, where).count(said)
    page.get_by_label("Find (-word").fill(name)
    assert column(page, where).count(said) == every > 0
    page.get_by_label("Find (-word").fill(f"-{name}")
    assert said not in column(page, where)


def test_a_row_opens_on_what_it_rests_on(opened, ranking):
    page = opened(ranking)
    button = page.get_by_role("button", name=re.compile(r"\d=? hexylphosphonate \+ oleylammonium"))
    opened_row = page.locator(f"#{button.get_attribute('aria-controls')}")
    assert button.get_attribute("aria-expanded") == "false"
    assert not opened_row.is_visible()
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    said = opened_row.inner_text()
    assert [said.index(title) for title in ("Safety", "Why", "Measured", "What to buy")] == sorted(
        said.index(title) for title in ("Safety", "Why", "Measured", "What to buy")
    )
    assert "oleylamine: corrosive (H314, H318)" in said
    assert "hardness (eV)" in said
    paper = opened_row.get_by_role("link", name="10.1021/jacs.8b11035").first
    assert paper.get_attribute("href") == "https://doi.org/10.1021/jacs.8b11035"
    button.click()
    assert not opened_row.is_visible()


def test_a_click_anywhere_on_a_row_opens_it_unless_text_is_marked_or_a_link_is_followed(opened, ranking):
    page = opened(ranking)
    button = page.get_by_role("button", name=re.compile(r"\d=? hexylphosphonate \+ oleylammonium"))
    row = page.locator("tr").filter(has=button)

    def is_open():
        return button.get_attribute("aria-expanded") == "true"

    row.locator("td", has_text="recommended").click()
    assert is_open()
    row.locator("svg").first.click()
    assert not is_open()
    name = row.locator("th").bounding_box()
    page.mouse.move(name["x"] + 9, name["y"] + 12)
    page.mouse.down()
    page.mouse.move(name["x"] + 90, name["y"] + 12, steps=4)
    page.mouse.up()
    assert "hexyl" in page.evaluate("() => getSelection().toString()")
    assert not is_open()
    row.locator("td").last.evaluate("(cell) => cell.insertAdjacentHTML('beforeend', '<a href=#>paper</a>')")
    row.locator("td", has_text="recommended").click()  # the first click on other text ends the marking
    was = is_open()
    row.locator("a").evaluate("(link) => link.click()")
    assert is_open() == was
    button.click()
    assert is_open() != was


def test_an_opened_row_says_what_a_lab_is_offered(opened, kb):
    offer = Offer(
        "hexylphosphonic-acid",
        "<b>Sells & Sons</b>",
        pack=read_pack("5 g"),
        price=45.5,
        currency="EUR",
        date="2026-04-03",
        in_stock=True,
    )
    page = opened(ranking_page(kb.ranked("CsPbBr3", top=5), [offer]))
    page.get_by_role("button", name=re.compile(r"\d=? hexylphosphonate \+ oleylammonium")).click()
    said = page.locator("tr.opened:not([hidden])").inner_text()
    assert "stands in the lab, <b>Sells & Sons</b>, 5 g, 45.50 EUR (2026-04-03)" in said


def test_an_opened_row_moves_and_hides_with_its_row(opened, ranking):
    page = opened(ranking)
    page.get_by_role("button", name=re.compile(r"\d=? hexylphosphonate \+ oleylammonium")).click()
    page.get_by_role("columnheader", name="score").get_by_role("button").click()
    after = page.evaluate(
        "() => document.querySelector('tr.opened:not([hidden])').previousElementSibling.innerText"
    )
    assert "hexylphosphonate" in after
    page.get_by_label("Find (-word").fill("benzoate")
    assert page.locator("tr.opened:not([hidden])").count() == 0
    page.get_by_label("Find (-word").fill("")
    assert page.locator("tr.opened:not([hidden])").count() == 1


def test_everything_is_reached_by_the_keyboard(opened, ranking):
    page = opened(ranking)
    page.get_by_label("Find (-word").focus()
    page.keyboard.type("hexylphosphonate + oleylammonium")
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => document.activeElement.closest('th, td, .tools')?.tagName")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", "the focus is seen wherever it is"
        if focused == "TH":
            break
    page.keyboard.press("Enter")
    assert page.locator('th[aria-sort="ascending"]').count() == 1
    while page.evaluate("() => document.activeElement.className") != "open":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") == "true"
    assert "What to buy" in page.evaluate(SEEN)


def test_a_ranking_fits_a_screen_of_1280_pixels(opened, ranking):
    page = opened(ranking)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 1280


def test_long_names_are_whole_on_a_screen_of_1280_pixels(opened, ranking):
    page = opened(ranking)
    for part in ("th[scope=row]", "td:nth-child(5) figcaption"):
        cell = page.locator(
            f".openable > tbody > tr:not(.opened) > {part}", has_text="didodecyldimethylammonium"
        )
        lines = cell.first.evaluate(
            """(cell) => {
                const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                const word = "didodecyldimethylammonium";
                while (texts.nextNode()) {
                    const at = texts.currentNode.data.indexOf(word);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(texts.currentNode, at);
                    range.setEnd(texts.currentNode, at + word.length);
                    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
                }
            }"""
        )
        assert lines == 1, part


@pytest.mark.parametrize("name", ["rank page", "shortlist"])
@pytest.mark.parametrize("script", [True, False])
def test_a_telephone_shows_danger_and_pair_and_what_is_opened_without_pushing(opened, answer, name, script):
    page = opened(answer(name), viewport={"width": 390, "height": 844}, java_script_enabled=script)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    for part in ("td:nth-child(2)", "th[scope=row]"):
        cells = page.locator(f".openable > tbody > tr:not(.opened) > {part}").all()[:10]
        assert cells
        for cell in cells:
            box = cell.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390, cell.inner_text()
    if script:
        page.locator("button.open").first.click()
    whole = page.locator("tr.opened:not([hidden]) li").first
    assert whole.bounding_box()["x"] + whole.bounding_box()["width"] <= 390
    page.locator(".wide").first.evaluate("(box) => box.scrollTo(200, 0)")
    assert whole.bounding_box()["x"] >= 0, "it stays where it is read while the row is pushed"


@pytest.mark.parametrize("width", [320, 390, 760, 1280])
def test_no_cas_number_is_broken_at_its_hyphens(opened, answer, width):
    page = opened(answer("shortlist"), viewport={"width": width, "height": 844})
    lines = page.locator("td").evaluate_all(
        """(cells) => cells.flatMap((cell) => {
            const found = [];
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                for (const one of texts.currentNode.data.matchAll(/\\d{2,7}-\\d\\d-\\d(?!\\d)/g)) {
                    const range = document.createRange();
                    range.setStart(texts.currentNode, one.index);
                    range.setEnd(texts.currentNode, one.index + one[0].length);
                    found.push(range.getClientRects().length);
                }
            }
            return found;
        })"""
    )
    assert len(lines) > 5
    assert set(lines) == {1}


def test_a_thousand_rows_are_three_megabytes_at_most(opened, kb):
    ranked = kb.ranked("CsPbBr3", all_partners=True, top=1000)
    html = render(ranking_page(ranked, abbreviations=kb.catalogue.abbreviations), "html")
    assert len(html.encode()) <= 3_000_000
    page = opened(html)
    assert len(column(page, "#")) == 1000
    assert page.locator("symbol").count() == len(
        set(page.locator("symbol").evaluate_all("(all) => all.map((one) => one.innerHTML)"))
    )


@pytest.mark.parametrize(("name", "landscape"), [("rank page", True), ("explain", False), ("plan", False)])
def test_it_prints_on_a4(opened, answer, name, landscape):
    page = opened(answer(name))
    pdf = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    sizes = {tuple(round(float(side)) for side in box) for box in boxes}
    assert sizes <= {A4_POINTS, A4_POINTS[::-1]}
    assert (A4_POINTS[::-1] in sizes) == landscape
    pages = len(re.findall(rb"/Type /Page\b", pdf))
    assert 1 <= pages <= 15
    page.emulate_media(media="print")
    assert page.locator(".tools > :not(output)").locator("visible=true").count() == 0
    if name == "rank page":
        assert page.locator("output").is_visible(), "how many rows a filter leaves stands on paper, too"


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(13, 17, 23)")])
def test_it_is_light_and_dark(opened, ranking, scheme, paper):
    page = opened(ranking, color_scheme=scheme)
    body = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    bond = page.evaluate("() => getComputedStyle(document.querySelector('symbol path')).stroke")
    assert body == paper
    assert bond != paper
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_structures_of_product_and_partner_are_drawn(opened, ranking):
    page = opened(ranking)
    row = page.locator("tr", has_text="hexylphosphonate + oleylammonium").first
    boxes = row.locator("svg use").evaluate_all("(uses) => uses.map((use) => use.getBBox().width)")
    assert len(boxes) == 2
    assert all(width > 50 for width in boxes)


def test_the_policy_is_in_force(opened, ranking):
    page = opened(ranking)
    blocked = page.evaluate(
        """async () => {
            const found = [];
            document.addEventListener("securitypolicyviolation", (event) => found.push(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            const div = document.createElement("div");
            div.innerHTML = '<img src="x.png" onerror="window.ran = true"><p style="color: red">red</p>';
            document.body.append(div);
            await fetch("data:text/plain,x").catch(() => {});
            await new Promise((done) => setTimeout(done, 100));
            return [window.ran ?? false, found.sort()];
        }"""
    )
    assert blocked == [
        False,
        ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-attr"],
    ]
    assert all("Content Security Policy" in one or "x.png" in one for one in opened.complaints)
    opened.complaints.clear()


def test_without_a_script_every_row_is_open(opened, ranking):
    page = opened(ranking, java_script_enabled=False)
    assert page.get_by_role("button").count() == 0
    said = page.locator("main").inner_text()
    assert said.count("What to buy") > 100
    assert "oleylamine: corrosive (H314, H318)" in said


MARKUP = (
    "<script>window.ran = true</script>",
    "</script><script>window.ran = true</script>",
    "</noscript><img src=x onerror=window.ran=true>",
    "</style><style>body { display: none }</style>",
    "</title></td></tr></table><h1>pwned</h1>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><use href='data:image/svg+xml,<svg/>'></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>10.1021/jacs.8b11035</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!-- <!--> -->",
    "<![CDATA[ ]]>",
    "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<form action='https://example.org/'><button>order</button></form>",
    "<plaintext>",
    "<template><b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;b&#62; &amp;amp; &nbsp;",
    '" onmouseover="window.ran = true" x="',
    "' autofocus onfocus='window.ran = true' x='",
    "` onclick=window.ran=true `",
    "{{ 7 * 7 }} {% raw %} ${7 * 7} #{7 * 7}",
    "%s %(name)s {0} {name}",
    "javascript:alert(1)",
    "10.1021/jacs.8b11035<script>window.ran=true</script>",
    "10.1021/'onmouseover='window.ran=true",
    "10.1021/%22%3E%3Cscript%3E",
    "https://example.org/?x=<b>",
)
FORMULAE = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(0)", "=cmd|' /C calc'!A0", "\t=1+1", "'=1+1"),
    *("DROP TABLE outcomes; --", "'; DELETE FROM outcomes; --"),
)
DIRECTIONS = (
    *(
        "\u202egnp.exe\u202c",
        "\u2066acid\u2069",
        "\u200fDBSA",
        "a\u200bb",
        "\ufeffacid",
        "\u2028line",
        "a\u0085b",
    ),
    *(
        "\u05d7\u05d5\u05de\u05e6\u05d4",
        "\u062d\u0645\u0636",
        "e\u0301" * 40,
        "\U0001f9ea acid",
        "\ud7a3",
        "\uff1cscript\uff1e",
    ),
)
LONG = (
    "x" * 10_000,
    "<b>" * 3_333,
    "long name " * 1_000,
    "&amp;" * 2_000,
    "\u202e" * 500,
    "'\"<>&" * 2_000,
    "\n" + "y\n" * 5,
)
HOSTILE_NAMES = (*MARKUP, *FORMULAE, *DIRECTIONS, *LONG)


def squeezed(text):
    return "".join(text.split())


def hostile_lab(folder):
    """A lab's folder in which every name and every note is hostile."""
    names = ["name", "smiles", "note"]
    with (folder / "ligands.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", *names])
        for number, name in enumerate(HOSTILE_NAMES):
            chain, branch = "C" * (number % 12 + 1), "C" * (number // 12 + 1)
            rows.writerow([f"hostile-{number}", name, f"OC(=O)C({branch}F){chain}Cl", name])
    return folder


def is_harmless(page):
    """Whether no name has become markup, run anything or made an address."""
    markup = "main :is(script, iframe, img, form, base, meta, style, math, template)"
    odd = "a:not([href^='https://']), a[href*='example.org']"
    return page.evaluate("() => window.ran") is None and not page.locator(f"{markup}, {odd}").count()


def test_60_hostile_names_of_a_lab_are_shown_as_they_are(opened, tmp_path):
    own = lk.load(data=[hostile_lab(tmp_path)])
    names = [one.name for one in own.catalogue.products if one.id.startswith("hostile-")]
    assert len(names) == len(HOSTILE_NAMES) >= 60
    page = opened(ranking_page(own.ranked("CsPbBr3", donor="carboxylate")))
    page.get_by_role("button", name="Open these rows").click()
    said = squeezed(page.locator("main").inner_text())
    for name in names:
        assert squeezed(visible(name)) in said, name[:50]
    assert is_harmless(page)


def test_60_hostile_notes_that_were_stored_are_shown_as_they_are(opened, run, tmp_path):
    written, stored = tmp_path / "mine.csv", f"sqlite:///{tmp_path / 'own.sqlite'}"
    with written.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "binding_form_smiles", "partner", "composition", "effect", "note"])
        for number, note in enumerate(HOSTILE_NAMES):
            rows.writerow([f"hostile-{number}", "[O-]C(=O)CCC", "oleylammonium", "CsPbBr3", "improved", note])
    assert run("outcomes", "add", "--from", written, "--db", stored).code == 0
    notes = [one["note"] for one in run("outcomes", "list", "--db", stored, "--format", "json").rows]
    assert len(notes) == len(HOSTILE_NAMES)
    page = opened(ranking_page(lk.load(db=stored).ranked("CsPbBr3", donor="carboxylate")))
    page.get_by_role("button", name=re.compile(r"\d=? butyrate")).click()
    said = squeezed(page.locator("main").inner_text())
    for note in notes:
        assert squeezed(visible(note)) in said, note[:50]
    assert is_harmless(page)


def test_every_answer_opens_without_a_complaint(opened, answer):
    page = None
    for name in answer.names:
        page = opened(answer(name), page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.locator("h1").is_visible()
