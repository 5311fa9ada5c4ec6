"""Which columns may a rule read, and where does each come from?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ligandkb.descriptors.contract import Descriptor

_INTRODUCTION = """\
# Columns that rules may read

Written by `ligandkb check --write-columns rules` from the descriptors' definitions: don't edit. CONTRIBUTING.md says
how to add one.

| column | unit | values | meaning | how | source |
| --- | --- | --- | --- | --- | --- |
"""


def columns_page(descriptors: Iterable[Descriptor[Any]]) -> str:
    """Page on columns in Markdown: name, unit, values, meaning, tier with method, and source.

    Parameters
    ----------
    descriptors : iterable of Descriptor

    Returns
    -------
    str

    Examples
    --------
    >>> carbon_count = Descriptor("carbon_count", "number", "carbon atoms", len, minimum=0, maximum=500)
    >>> columns_page([carbon_count]).splitlines()[-1]
    '| `carbon_count` |  | 0 to 500 | carbon atoms | topological |  |'
    """
    rows = (
        (
            f"`{descriptor.name}`",
            descriptor.unit,
            _values(descriptor),
            descriptor.meaning,
            ": ".join(filter(None, (descriptor.tier, descriptor.method))),
            str(descriptor.source or ""),
        )
        for descriptor in descriptors
    )
    lines = (" | ".join(cell.replace("|", r"\|") for cell in row) for row in rows)
    return _INTRODUCTION + "".join(f"| {line} |\n" for line in lines)


def _values(descriptor: Descriptor[Any]) -> str:
    if descriptor.kind == "number":
        return f"{descriptor.minimum:g} to {descriptor.maximum:g}"
    if descriptor.kind == "flag":
        return "true, false"
    return ", ".join(descriptor.allowed) or "any text"
