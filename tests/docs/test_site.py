"""Is the site whole: built without a warning, no link broken, every public name in it, and all of it from file://?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import ligandkb as lk
from ligandkb import surface

pytest.importorskip("mkdocs")
pytest.importorskip("material")
pytest.importorskip("mkdocstrings_handlers.python")

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built as CONTRIBUTING.md says, with a network that leads nowhere."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    nowhere = {f"{scheme}_proxy": "http://127.0.0.1:9" for scheme in ("http", "https", "all")}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | nowhere, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^(?:WARNING|ERROR).*", done.stderr, re.MULTILINE) == []
    return folder


class Page(HTMLParser):
    """Addresses, anchors and text of a page."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.text = ""
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.anchors |= {said[name] for name in ("id", "name") if said.get(name)}
        self.addresses += [said[name] for name in ("href", "src", "srcset") if said.get(name)]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def pages(site):
    return {file: Page(file) for file in sorted(site.rglob("*.html")) if file.name != "404.html"}


def test_no_link_and_no_anchor_is_broken(site, pages):
    broken, counted = [], 0
    for file, page in pages.items():
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            counted += 1
            there = target.is_file() and target.is_relative_to(site)
            anchor = unquote(parts.fragment)
            # What the theme's own style sheet looks at, and the top of a page, are no anchors.
            if there and target in pages and anchor and anchor not in ("only-light", "only-dark"):
                there = anchor in pages[target].anchors
            if not there:
                broken.append(f"{file.relative_to(site)}: {address}")
    assert broken == []
    assert counted > 1000


def test_what_is_loaded_comes_with_the_site(pages):
    """A page may link to a source elsewhere; what it loads by itself it has."""
    loads = r"<(?:script|img|source|iframe|link)\b[^>]*?(?:src|srcset|href)=[\"']?(?:https?:)?//[^\s>]*"
    for file in pages:
        assert re.findall(loads, file.read_text(encoding="utf-8")) == [], file.name


def test_the_first_page_has_the_first_command(site, pages):
    text = pages[site / "index.html"].text
    text = text[text.index("In one minute", text.index("Which ligands")) :]
    assert text.index("pip install") < text.index("ligandkb rank") < text.index("Look closer")


def test_every_public_name_is_in_the_api(site, pages):
    anchors = set().union(*(page.anchors for file, page in pages.items() if file.name.startswith("api")))
    rooms = {"surface", "__version__"}
    assert {f"ligandkb.{name}" for name in set(lk.__all__) - rooms} <= anchors
    asked = {name for name in dir(lk.KnowledgeBase) if callable(getattr(lk.KnowledgeBase, name))}
    assert {f"ligandkb.KnowledgeBase.{name}" for name in asked if not name.startswith("_")} <= anchors
    named = set(re.findall(r"`(\w+)\.\w+`", (ROOT / "docs/surface.md").read_text(encoding="utf-8")))
    rooms = {Path(one).stem for one in map(str, Path(surface.__path__[0]).glob("*.py"))}
    assert {f"ligandkb.surface.{room}" for room in named & rooms} <= anchors
    assert "ligandkb.screening.on_dask.screen_partitions" in anchors


def test_a_list_below_a_paragraph_is_one(site):
    page = (site / "docs/safety.html").read_text(encoding="utf-8")
    assert re.search(r"<li><strong>the EU's harmonised classification", page)
    assert re.findall(r"<p>[^<]*\n- ", page) == []


def test_docstrings_are_laid_out(pages):
    """No role and no underlined heading of a docstring is left as it was typed."""
    for file, page in pages.items():
        if file.name.startswith("api"):
            assert re.findall(r":(?:func|class|mod|meth|attr|data|exc|obj):", page.text) == [], file.name
            assert re.findall(r"^\s*-{4,}\s*$", page.text, re.MULTILINE) == [], file.name


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
def opened(browser):
    """A page without a network; whatever it complains of, or asks for elsewhere, is a failure."""
    contexts, complaints = [], []

    def failed(request):
        if request.failure != "net::ERR_ABORTED":  # by going on to the next page
            complaints.append(request.url)

    def opened(**settings):
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        context.route(
            lambda url: not url.startswith("file:"),
            lambda route: complaints.append(route.request.url) or route.abort(),
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", failed)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_every_page_opens_from_a_file_and_fits(opened, pages, size):
    page = opened(viewport=SIZES[size])
    wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for file in pages:
        page.goto(file.as_uri())
        assert page.locator("h1").first.is_visible(), file.name
        assert page.evaluate(wider) <= 0, file.name


@pytest.mark.browser
def test_search_works_from_a_file(opened, site):
    page = opened(viewport=SIZES["desktop"])
    page.goto((site / "index.html").as_uri())
    box = page.get_by_role("textbox", name="Search").first
    box.click()
    page.get_by_text("Type to start searching").wait_for()
    box.press_sequentially("antisolvent")
    found = page.locator(".md-search-result__link")
    found.first.wait_for()
    assert "surface.html" in " ".join(found.evaluate_all("(links) => links.map((link) => link.href)"))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_are_those_of_the_scheme(opened, site, scheme):
    page = opened(viewport=SIZES["desktop"], color_scheme=scheme)
    page.goto((site / "docs/surface.html").as_uri())
    seen = page.locator("article img").evaluate_all(
        "(all) => all.filter((one) => one.offsetParent && one.naturalWidth).map((one) => one.src)"
    )
    assert seen
    assert all(one.endswith(f"-{scheme}.png#only-{scheme}") for one in seen)
