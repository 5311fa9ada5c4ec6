"""How does a kept notebook become a page?

Its cells and the outputs that were kept with it, as they are: nothing is run. What points at the notebook leads to the
page.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = "examples/screening.ipynb"
PAGE = "examples/screening.md"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The page beside the notebook, which can still be had."""
    cells = json.loads((ROOT / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join(part for cell in cells for part in _parts(cell))
    files.append(File.generated(config, PAGE, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Other pages lead to the page."""
    return markdown.replace(f"({NOTEBOOK})", f"({PAGE})")


def _parts(cell: dict[str, Any]) -> list[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return [source]
    return [f"```python\n{source}\n```", *map(_shown, cell["outputs"])]


def _shown(output: dict[str, Any]) -> str:
    """An output in the best form in which it was kept."""
    data = output.get("data", {})
    if "text/html" in data:
        inside = "".join(data["text/html"])
    elif "image/png" in data:
        drawn = "".join(data["image/png"]).strip()
        inside = f'<img alt="What the cell above draws" src="data:image/png;base64,{drawn}">'
    else:
        text = "".join(output.get("text", data.get("text/plain", "")))
        return f"```text\n{text.rstrip()}\n```"
    return f'<div class="kept">\n{inside}\n</div>'
