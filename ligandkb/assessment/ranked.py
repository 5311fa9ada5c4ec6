"""What does a ranking hold, before anybody decides how it looks?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.records import record


@dataclass(frozen=True, repr=False)
class RankedPairs:
    """Pairs in their order.

    Attributes
    ----------
    assessments : tuple of Assessment
        Those that were asked for.
    meta : mapping
        Version, hash of data and rules, crystal, counts of the whole ranking, and what a selection left out.
    places : tuple of int
        1-based place of each in the whole ranking, where these aren't its first.
    """

    assessments: tuple[Assessment, ...]
    meta: Mapping[str, Any] = field(repr=False)
    places: tuple[int, ...] = ()

    def __repr__(self) -> str:
        pairs = [item.pair for item in self.assessments[:3]]
        first = ", ".join(f"{pair.form.name} with {pair.partner_id}" for pair in pairs)
        more = ", ..." if len(self.assessments) > 3 else ""
        return f"RankedPairs({len(self.assessments)} on {self.meta.get('composition', '')}: {first}{more})"

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.notebook").ranked_html(self))

    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows in types that JSON knows, see :func:`~ligandkb.assessment.records.record`; made once."""
        return self._rows

    @cached_property
    def _rows(self) -> tuple[dict[str, Any], ...]:
        places = self.places or range(1, len(self.assessments) + 1)
        return tuple(record(*one) for one in zip(self.assessments, places, strict=True))

    @cached_property
    def dangers(self) -> dict[str, ProductDanger]:
        """What each product brings by itself, by its identifier."""
        return {one.product: one for item in self.assessments for one in item.safety.products}
