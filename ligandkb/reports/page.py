"""How do headings and items become a page of text?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from textwrap import wrap

from ligandkb.reports.literal import markdown_code, markdown_text, visible


def terminal_width() -> int | None:
    """Width in characters of the terminal that will show an answer; None where it goes elsewhere."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


class Page:
    """Lines of plain text or Markdown with headings and items.

    Parameters
    ----------
    markdown : bool
        Whether headings, items and SMILES are set in Markdown.
    width : int, optional
        Where plain text is wrapped, between words alone; by default nowhere.
    """

    def __init__(self, *, markdown: bool, width: int | None = None) -> None:
        self.markdown = markdown
        self.width = None if markdown else width
        self.lines: list[str] = []
        self.text: Callable[[str], str] = markdown_text if markdown else visible
        self.code: Callable[[str], str] = markdown_code if markdown else visible

    def title(self, title: str) -> None:
        """Begin the page."""
        self.lines.append(f"# {self.text(title)}" if self.markdown else self.text(title))

    def heading(self, title: str) -> None:
        """Begin a section."""
        self.lines.extend(["", f"## {title}" if self.markdown else title.upper()])
        if self.markdown:
            self.lines.append("")

    def item(self, *parts: str, level: int = 0) -> None:
        """Add a line of parts that are already text or code."""
        indent = "  " * level
        self.lines.append(f"{indent}- {' '.join(parts)}" if self.markdown else f"  {indent}{' '.join(parts)}")

    def say(self, content: str, level: int = 0) -> None:
        """Add a line of plain text."""
        self.item(self.text(content), level=level)

    def __str__(self) -> str:
        return "\n".join(part for line in self.lines for part in self._wrapped(line)) + "\n"

    def _wrapped(self, line: str) -> list[str]:
        if self.width is None or len(line) <= self.width:
            return [line]
        indent = line[: len(line) - len(line.lstrip(" "))]
        return wrap(
            line.lstrip(" "),
            self.width,
            initial_indent=indent,
            subsequent_indent=indent + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
