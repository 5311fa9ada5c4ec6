"""What was said to stand in the lab and wasn't found?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ligandkb.reports.document import Section, items

MAY_BE_BOUGHT = "What isn't found counts as not in the lab, and may be bought again: mend the list first."


def shelf_alarms(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Sentences on what wasn't found of a shelf, such as names with a typing error; none where all was.

    Examples
    --------
    >>> shelf_alarms({"not_on_shelf": ["the catalogue doesn't have 'coffee': taken as not in the lab"]})[0]
    "the catalogue doesn't have 'coffee': taken as not in the lab"
    >>> shelf_alarms({})
    ()
    """
    said = tuple(meta.get("not_on_shelf", ()))
    return (*said, MAY_BE_BOUGHT) if said else ()


def shelf_sections(meta: Mapping[str, Any]) -> tuple[Section, ...]:
    """The same as an alarm of a document."""
    said = shelf_alarms(meta)
    return (Section("Not found of what stands in the lab", (items(*said),), alarming=True),) if said else ()
