"""Which files of the repository are the site?

Pages stand at the same relative paths as in the repository, README.md first: a link works on a code host and on the
site, and nothing is copied. MkDocs itself knows one folder only.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("*.md", "data/*.md", "rules/*.md", "docs/*.md")
BESIDE = ("docs/images/*.png", "docs/site/*.css", "docs/site/*.js")
LINK = re.compile(r"\]\(([\w./-]+)")
PICTURE = re.compile(
    r"<picture>\s*<source[^>]*dark[^>]*srcset=\"(?P<dark>[^\"]+)\"[^>]*>\s*<img(?P<light>[^>]*)>\s*</picture>"
)
FILE_NAME = re.compile(r"\[(?P<text>[\w./-]+\.(?:md|ipynb))\]\((?P<path>[\w./-]+)(?P<anchor>#[\w-]+)?\)")
# A list right below a paragraph, which code hosts see without a blank line; blocks of code are passed over.
LIST = re.compile(
    r"^```.*?^```$|^(?![-*] |\d+\. |[|#>\s])[^\n]+\n(?=(?:[-*]|1\.) )", re.MULTILINE | re.DOTALL
)
# A parameter, a return value or an attribute that a docstring names without describing it.
UNDESCRIBED = re.compile(r"\s*–\s*(?=<div class=\"doc-md-description\">\s*</div>)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The repository's own pages and what they link to, beside what the theme brings."""
    docs = ROOT / "docs"
    theme = [one for one in files if not one.abs_src_path or not Path(one.abs_src_path).is_relative_to(docs)]
    pages = [path for pattern in PAGES for path in ROOT.glob(pattern)]
    linked = [page.parent / one for page in pages for one in LINK.findall(page.read_text(encoding="utf-8"))]
    beside = [path for pattern in BESIDE for path in ROOT.glob(pattern)]
    named = (path.resolve() for path in (*pages, *linked, *beside) if path.is_file())
    found = {path for path in named if path.is_relative_to(ROOT)}
    places = sorted(path.relative_to(ROOT).as_posix() for path in found)
    own = [File.generated(config, place, abs_src_path=str(ROOT / place)) for place in places]
    return Files([*theme, *own])


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """What a code host shows otherwise, or doesn't know.

    Pictures follow the choice of light or dark, links that read as a file's name read as the page's, lists need no
    blank line above them, and a page of one piece has no contents beside it.
    """
    if not re.search(r"^(##|:::) ", markdown, re.MULTILINE):
        page.meta["hide"] = ["toc"]
    titles = _titles(config.nav)

    def named(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.file.src_uri), link["path"]))
        return f"[{titles.get(target, link['text'])}]({link['path']}{link['anchor'] or ''})"

    apart = LIST.sub(lambda found: found[0] if found[0].startswith("```") else found[0] + "\n", markdown)
    return PICTURE.sub(_two_images, FILE_NAME.sub(named, apart))


def on_page_content(html: str, **_: Any) -> str:
    """No dash before a description that isn't there."""
    return UNDESCRIBED.sub("", html)


def _titles(nav: Any) -> dict[str, str]:
    """Title of each page in the navigation, by the place of its file."""
    found = {}
    for entry in nav:
        for title, below in entry.items() if isinstance(entry, dict) else ():
            found |= {below: title} if isinstance(below, str) else _titles(below)
    return found


def _two_images(picture: re.Match[str]) -> str:
    said = dict(re.findall(r"(\w+)=\"([^\"]*)\"", picture["light"]))
    return f"![{said['alt']}]({said['src']}#only-light) ![{said['alt']}]({picture['dark']}#only-dark)"
