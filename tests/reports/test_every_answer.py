"""Is every answer there in every format, are its words harmless in each, and can old scripts read its JSON?"""

from __future__ import annotations

import dataclasses
import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ligandkb as lk
from ligandkb.assessment.explanation import explanation_record
from ligandkb.cells import visible
from ligandkb.reports.comparison import comparison_document
from ligandkb.reports.document import Figure, Table
from ligandkb.reports.explanation import explanation_document
from ligandkb.reports.markdown import markdown_code, markdown_text
from ligandkb.reports.render import render

FROZEN = Path(__file__).parents[1] / "frozen" / "0.1.0"
ANSWERS = (
    *(
        "rank",
        "rank page",
        "explain",
        "explain --full",
        "compare",
        "validate table1",
        "validate hardness",
        "validate catalogue",
    ),
    "validate sources",
    "validate scale",
    *("validate rules", "validate outcomes"),
    *("learn", "learn page", "rank --learned", "rank --learned page", "rank --learned table"),
    *("outcomes list", "outcomes history", "plan"),
    *("shortlist", "next", "order sheet", "bench sheets", "import"),
    *("surface traps-fit", "surface traps", "surface nmr"),
    *("surface geometry", "surface xps", "surface lifetime", "surface dilution"),
)
SCRIPT = (Path(lk.__file__).parent / "reports" / "page.js").read_text("utf-8")
HOSTILE = "<script>alert(1)</script> [/b][red]c1cc[nH]c1|a*b_c`d`\\ [x](javascript:1) =1+1\x1b[31m\u202e\r"


class Page(HTMLParser):
    """Tags, attributes and visible text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.scripts = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.scripts += tag == "script"
        self.attributes += [name for name, _ in attrs]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def squeezed(text: str) -> str:
    return "".join(text.split())


def strings(value, *, pictures: bool) -> list[str]:
    """Every text that a reader shall see, in the order of the document; columns have names only if filled."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Figure):
        return [value.alt]
    if isinstance(value, Table):
        opened = strings(value.opened, pictures=pictures) if pictures else []  # only a page opens rows
        return strings((value if pictures else value.without_pictures()).rows, pictures=pictures) + opened
    if isinstance(value, tuple):
        return [text for one in value for text in strings(one, pictures=pictures)]
    if dataclasses.is_dataclass(value):
        hidden = ("tone", "link", "kind", "data", "meta", "csv_columns", "blanks")
        fields = [one.name for one in dataclasses.fields(value) if one.name not in hidden]
        return [text for name in fields for text in strings(getattr(value, name), pictures=pictures)]
    return []


def spoilt(value):
    """The same document with a hostile text before each of its own."""
    if isinstance(value, str):
        return HOSTILE + value
    if isinstance(value, Figure):
        return Figure(HOSTILE + value.alt, lambda: "")
    if isinstance(value, tuple):
        return tuple(map(spoilt, value))
    if dataclasses.is_dataclass(value):
        kept = ("tone", "kind", "data", "meta", "csv_columns", "blanks")
        changed = {
            one.name: spoilt(getattr(value, one.name))
            for one in dataclasses.fields(value)
            if one.name not in kept
        }
        return dataclasses.replace(value, **changed)
    return value


def test_no_answer_is_forgotten(answer):
    assert answer.names == ANSWERS


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_answer_says_all_of_it_as_text(answer, name, width):
    said = render(answer(name), "text", width).lower()
    for text in strings(answer(name), pictures=False):
        assert all(word in said for word in visible(text).lower().split())


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_says_all_of_it_in_markdown(answer, name):
    said = render(answer(name), "md")
    for text in strings(answer(name), pictures=False):
        assert markdown_text(text) in said or markdown_code(text) in said or f"\n{visible(text)}\n" in said


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_says_all_of_it_as_a_page(answer, name):
    page = Page(render(answer(name), "html"))
    assert page.open == []
    said = squeezed(page.text)
    for text in strings(answer(name), pictures=True):
        assert squeezed(visible(text)) in said


@pytest.mark.parametrize("name", ANSWERS)
def test_lines_of_text_fit_the_page(answer, name):
    for width in (40, 80, 120, 200):
        for line in render(answer(name), "text", width).splitlines():
            assert len(line) <= width or len(line.split()) <= 3 or width == 40, line


@pytest.mark.parametrize("name", ANSWERS)
def test_no_text_is_ever_markup(answer, name):
    document = spoilt(answer(name))
    seen = visible(HOSTILE)
    text, markdown, html = (render(document, one, 80) for one in ("text", "md", "html"))
    for shown in (text, markdown, html):
        assert not {"\x1b", "\u202e", "\r"} & set(shown)
    page = Page(html)
    assert page.scripts == render(answer(name), "html").count("<script>")
    assert page.text.count(SCRIPT) == page.scripts <= 1
    assert not any(attribute.startswith("on") for attribute in page.attributes)
    assert squeezed(seen) in squeezed(page.text)
    assert squeezed(seen) in squeezed(text)
    fenced = re.compile(r"^(`{3,})sh\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)
    assert all(fence not in inside for fence, inside in fenced.findall(markdown))
    markdown = fenced.sub("", markdown)
    assert "<script>" not in markdown.replace("\\<script>", "").replace("``<script>", "")
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert all(line.endswith(" |") for line in rows)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_stands_alone_and_runs_one_script(answer, name):
    html = render(answer(name), "html")
    assert html.startswith("<!doctype html>")
    assert {"link", "img", "iframe", "object"}.isdisjoint(Page(html).tags)
    assert Page(html).text.count(SCRIPT) == html.count("<script")  # ours, to sort, filter and open rows
    assert not re.search(r"""\s(src|action)\s*=|href\s*=\s*["'](?!#|https://)""", html)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert "default-src 'none'" in html


@pytest.mark.parametrize("name", ["rank", "explain", "explain --full", "compare", "plan", "import"])
@pytest.mark.parametrize("output_format", ["text", "md", "html"])
def test_danger_comes_first(answer, name, output_format):
    shown = render(answer(name), output_format)
    shown = Page(shown).text if output_format == "html" else shown
    assert "No tag is not a clearance" in shown
    if name == "import":
        assert shown.lower().index("vetoed") < shown.lower().index("read")
    elif name != "rank":
        assert shown.lower().index("safety") < shown.lower().index(
            "verdict" if name != "plan" else "weigh in"
        )


@pytest.mark.parametrize("name", ANSWERS)
def test_json_says_which_schema_it_has(answer, as_json, name):
    found = as_json(answer(name))
    for one in found if isinstance(found, list) else [found]:
        assert one["meta"]["schema_version"] == 2  # the words of verdicts changed after 0.1.0
        assert one["meta"]["version"]


# ---- what scripts of 0.1.0 read ----

NAMED_BY_DATA = {"descriptors", "values", "missing", "tags", "verdicts", "variance_shares", "parameters"}


def keys(value, path: str = "") -> set[str]:
    """Paths of all keys, whatever row they stand in; names that come from data are none."""
    if isinstance(value, dict):
        found = {f"{path}/{name}" for name in value}
        deeper = (keys(one, f"{path}/{name}") for name, one in value.items() if name not in NAMED_BY_DATA)
        return found.union(*deeper)
    if isinstance(value, list):
        return set().union(*(keys(one, f"{path}[]") for one in value))
    return set()


def frozen(name: str):
    return json.loads(gzip.decompress((FROZEN / f"{name}.json.gz").read_bytes()))["answer"]


GONE = re.compile("gain_bound")
"""The same for every ligand and of one batch of one paper: `--plqy` says what a sample leaves to gain."""


@pytest.mark.parametrize(
    ("name", "answered"),
    [
        ("rank", "rank-CsPbBr3"),
        ("validate table1", "validate-table1"),
        ("validate hardness", "validate-hardness"),
        ("validate catalogue", "validate-catalogue"),
        ("outcomes history", "outcomes-list"),
        ("plan", "plan-03"),
    ],
)
def test_json_keeps_the_keys_of_0_1_0(answer, as_json, name, answered):
    assert {key for key in keys(frozen(answered)) if not GONE.search(key)} <= keys(as_json(answer(name)))


def test_explanations_keep_the_keys_of_0_1_0(as_json):
    lab = FROZEN.parent / "lab"
    kb = lk.load(data=[lab], rules=[lab / "rules"])
    records = []
    for name in ("our benzoic acid", "our own acid"):
        first, *others = kb.assess_all(name)
        records.append(explanation_record(kb.judge(), first, others))
    alone = as_json(explanation_document(records[0], kb.meta()))
    together = as_json(comparison_document(records, kb.meta()))
    assert together[0] == alone
    for old, new in zip(frozen("explain-lab"), together, strict=True):
        assert {key for key in keys(old) if not GONE.search(key)} <= keys(new)


def test_csv_keeps_the_columns_of_0_1_0(answer):
    header = render(answer("rank"), "csv").splitlines()[0].split(",")
    assert header[:6] == [
        "rank",
        "ligand",
        "ligand_name",
        "binding_form",
        "binding_form_smiles",
        "ligand_class",
    ]
    assert {key for key in frozen("rank-CsPbBr3")["rows"][0] if not GONE.search(key)} <= set(header)
