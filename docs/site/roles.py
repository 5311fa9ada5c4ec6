"""What do roles in docstrings, such as :func:`~ligandkb.load`, link to?

Docstrings name each other as Sphinx does; the site is Markdown. A name that has a place in it becomes a link,
another one stays text.
"""

from __future__ import annotations

import re
from typing import Any

import griffe

ROLE = re.compile(r":(?:func|class|meth|mod|attr|data|exc|obj):`(?P<short>~?)(?P<path>[\w.]+)`")


class Roles(griffe.Extension):
    """Links in place of roles, in each docstring that is read."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Of modules, classes, functions and attributes alike."""
        if obj.docstring:
            obj.docstring.value = ROLE.sub(_link, obj.docstring.value)


def _link(role: re.Match[str]) -> str:
    path = role["path"]
    name = path.rpartition(".")[2] if role["short"] else path
    return f'<autoref identifier="{path}" optional><code>{name}</code></autoref>'
