"""How does a document look as a web page, in a notebook, on paper?"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ligandkb.cells import visible
from ligandkb.reports.document import Block, Document, Figure, Section, Table, shown

HERE = Path(__file__).parent
FEW = 8
"""Rows of a table that are taken in at a glance: a page neither sorts nor filters them."""
UPRIGHT = 120
"""Characters, side by side, for which an upright sheet of paper has room."""
WRAPS = 30
"""Characters after which a cell is broken; a picture needs as much."""
_DOI = re.compile(r'\b10\.\d{4,9}/[^\s<>"]+')
_CAS = re.compile(r"(?<![\d-])(\d{2,7}-\d\d-\d)(?![\d-])")
_STRUCTURE = '<svg class="structure" aria-hidden="true" '


def html(document: Document) -> str:
    """Make one self-contained page to read (light or dark) and to print.

    It loads nothing. Where it has tables to sort, to filter and to open, our own script does that; a content security
    policy allows this script and this style by their hashes and nothing else. Without script every row is open.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str
        HTML5. Every text is escaped, and every structure drawn once.
    """
    drawings = _Drawings()
    tables = {id(one): (f"table-{number}", one) for number, one in enumerate(_worked(document.blocks), 1)}

    def named(table: Table) -> str:
        return tables[id(table)][0] if id(table) in tables else ""

    content = _template("content.html.jinja", drawings.referred_to, named).render(document=document)
    return _template("document.html.jinja", drawings.referred_to, named).render(
        document=document,
        content=Markup(content),
        symbols=Markup(drawings.symbols()),
        style=_inline(
            _read("style.css") + _sheet(document) + "".join(_right(*one) for one in tables.values())
        ),
        script=_inline(_read("page.js")) if tables else None,
    )


def notebook_html(document: Document) -> str:
    """Make a fragment of a page, with its own style, as notebooks show it: without script, and what needs one."""
    shown = replace(document, blocks=tuple(map(_without_script, document.blocks)))
    fragment = _template("fragment.html.jinja", lambda figure: Markup(figure.draw()), lambda _: "")
    return fragment.render(document=shown, style=_inline(_read("style.css")))


def _without_script(block: Block) -> Block:
    if isinstance(block, Section):
        return replace(block, blocks=tuple(map(_without_script, block.blocks)))
    if not isinstance(block, Table):
        return block
    kept = [place for place, column in enumerate(block.columns) if not column.on_demand]
    rows = tuple(tuple(row[place] for place in kept) for row in block.rows)
    return Table(tuple(block.columns[place] for place in kept), rows)


@dataclass(frozen=True)
class _Inline:
    """A style or a script of our own as it stands in a page, and the hash by which a policy allows it."""

    text: Markup
    hash: str


def _inline(text: str) -> _Inline:
    return _Inline(Markup(text), f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}")


def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def _right(name: str, table: Table) -> str:
    """Style of the columns of a long table that are set to the right, said once and not in each cell."""
    places = [f":nth-child({place})" for place, column in enumerate(table.columns, 1) if column.right]
    if not places:
        return ""
    cells = f".ligandkb #{name} tr:not(.opened) > :is({', '.join(places)})"
    return f"{cells} {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}\n"


@dataclass
class _Drawings:
    """Structures of a page: each is drawn once, says once what it is called, and is referred to where it stands."""

    names: dict[str, str] = field(default_factory=dict)
    called: dict[str, dict[str, None]] = field(default_factory=dict)

    def referred_to(self, figure: Figure) -> Markup:
        """Refer to a structure; other pictures are unique and stand where they are."""
        svg = figure.draw()  # by RDKit or matplotlib: no text of the data is in it
        if not svg.startswith(_STRUCTURE):
            return Markup(svg)
        name = self.names.setdefault(svg, f"m{len(self.names) + 1}")
        self.called.setdefault(name, {}).update(dict.fromkeys(figure.names))
        return Markup(f'{_STRUCTURE.strip()}><use href="#{name}"/></svg>')

    def symbols(self) -> str:
        """What is referred to."""
        return "\n".join(
            svg.replace(_STRUCTURE, f'<symbol id="{name}" {self._called(name)}').replace(
                "</svg>", "</symbol>"
            )
            for svg, name in self.names.items()
        )

    def _called(self, name: str) -> str:
        said = visible("; ".join(self.called[name]))
        return Markup('data-names="{}" ').format(said) if said else ""


def _template(name: str, drawn: Callable[[Figure], Markup], named: Callable[[Table], str]) -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    environment.filters |= {
        "kind": lambda part: type(part).__name__.lower(),
        "drawn": drawn,
        "linked": _linked,
        "address": lambda link: link if link.startswith("https://") else "",
        "named": named,
    }
    return environment.get_template(name)


def _sheet(document: Document) -> str:
    """Style that lays paper across where a table is broad."""
    is_broad = max(map(_breadth, _tables(document.blocks)), default=0) > UPRIGHT
    return "@page { size: A4 landscape; margin: 12mm; }\n" if is_broad else ""


def _breadth(table: Table) -> int:
    """Characters that the columns need side by side."""
    columns = [
        (
            len(column.name),
            *(WRAPS if isinstance(row[place], Figure) else len(shown(row[place])) for row in table.rows),
        )
        for place, column in enumerate(table.columns)
        if not column.on_demand
    ]
    return sum(min(WRAPS, max(lengths)) for lengths in columns)


def _worked(blocks: Iterable[Block]) -> Iterable[Table]:
    """Tables of which a reader may sort, filter and open the rows."""
    return (one for one in _tables(blocks) if one.opened or len(one.rows) > FEW)


def _tables(blocks: Iterable[Block]) -> Iterable[Table]:
    for block in blocks:
        if isinstance(block, Section):
            yield from _tables(block.blocks)
        elif isinstance(block, Table):
            yield block


def _harmless(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _linked(text: str) -> Markup:
    """Text in which every DOI leads to its paper, and no CAS number is broken at its hyphens."""
    shown, said, end = visible(text), Markup(), 0
    for found in _DOI.finditer(shown):
        doi = found.group()
        while doi[-1] in ".,;:" or (
            doi[-1] in ")]" and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("[")
        ):
            doi = doi[:-1]
        said += _unbroken(shown[end : found.start()]) + Markup('<a href="https://doi.org/{}">{}</a>').format(
            doi, doi
        )
        end = found.start() + len(doi)
    return said + _unbroken(shown[end:])


def _unbroken(text: str) -> Markup:
    """Text whose CAS numbers stay on one line; one that stands alone has a column that keeps it there."""
    if _CAS.fullmatch(text):
        return escape(text)
    parts = _CAS.split(text)  # every other one is a number
    return Markup().join(
        Markup('<span class="whole">{}</span>').format(one) if at % 2 else escape(one)
        for at, one in enumerate(parts)
    )
