"""What does a ranking hold, before anybody decides how it looks?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.records import COLUMNS, record

if TYPE_CHECKING:
    from ligandkb.assessment.moved import Moved
    from ligandkb.assessment.outlook import Outlook


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
    band_sizes : mapping of int to int
        Pairs of each band in the whole ranking, where these aren't all.
    outlooks : tuple of Outlook
        Of each, where they are ordered by what was learned from a lab's own outcomes.
    moved : tuple of Moved
        Those that own outcomes moved, of all that were asked for, where the order goes by outcomes.
    """

    assessments: tuple[Assessment, ...]
    meta: Mapping[str, Any] = field(repr=False)
    places: tuple[int, ...] = ()
    band_sizes: Mapping[int | None, int] = field(default_factory=dict, repr=False)
    outlooks: tuple[Outlook, ...] = ()
    moved: tuple[Moved, ...] = ()

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
        return tuple(map(self.row, range(len(self.assessments))))

    def row(self, position: int) -> dict[str, Any]:
        """Row of one pair alone, 0-based: who shows a few of many needn't wait for the others."""
        row = record(self.assessments[position], self.place(position))
        if self.outlooks:
            row |= self.outlooks[position].record(self.meta["learned"]["from"])
        return row

    def place(self, position: int) -> int:
        """Place of a pair, 0-based among the assessments, in the whole ranking, from 1."""
        return self.places[position] if self.places else position + 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of what a row has, in their order."""
        if not self.outlooks:
            return COLUMNS
        from ligandkb.assessment.outlook import with_learned  # noqa: PLC0415 - a plain ranking has no use for it

        return with_learned(COLUMNS)

    @cached_property
    def dangers(self) -> dict[str, ProductDanger]:
        """What each product brings by itself, by its identifier."""
        return {one.product: one for item in self.assessments for one in item.safety.products}

    def place_text(self, position: int) -> str:
        """Place of a pair in the whole ranking: that of the first of its band, with ``=`` where it isn't alone there.

        Where pairs are ordered by what was learned there are no bands: intervals say what can't be told apart.

        Parameters
        ----------
        position : int
            0-based, among the assessments.

        Examples
        --------
        >>> import ligandkb as lk
        >>> ranked = lk.load().ranked("CsPbBr3", top=3)
        >>> [ranked.place_text(position) for position in range(3)]
        ['1=', '1=', '3=']
        """
        if self.outlooks:
            return str(self.place(position))
        band, sizes = self.assessments[position].band, self.sizes
        before = sum(
            size for other, size in sizes.items() if other is not None and band is not None and other < band
        )
        return f"{before + 1}{'=' if sizes[band] > 1 else ''}"

    @cached_property
    def sizes(self) -> Mapping[int | None, int]:
        """Pairs of each band in the whole ranking."""
        return self.band_sizes or Counter(item.band for item in self.assessments)
