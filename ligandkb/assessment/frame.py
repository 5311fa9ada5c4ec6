"""How does a ranking look as a table?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar

import pandas as pd

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.assessment.judge import Assessment
from ligandkb.assessment.records import COLUMNS, record

_OPTIONAL = ("observed", "near_observed", "cas")


class Ranking(pd.DataFrame):  # type: ignore[misc, unused-ignore]
    """A ranking as a data frame that draws its molecules in a notebook.

    ``attrs`` holds the version, the hash of data and rules, and the overlays that it was made with.

    Attributes
    ----------
    dangers : mapping of str to ProductDanger
        What each product brings by itself, by its identifier.
    rows : tuple of mapping
        The whole ranking, so that a selection of columns can still be drawn.
    """

    _metadata: ClassVar[list[str]] = ["dangers", "rows"]
    dangers: Mapping[str, ProductDanger] = {}
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def _constructor(self) -> type[Ranking]:
        return Ranking

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.notebook").ranking_html(self))


def ranking_frame(assessments: Sequence[Assessment], meta: Mapping[str, Any]) -> Ranking:
    """Make a data frame of assessments in their order."""
    records = [record(assessment, rank) for rank, assessment in enumerate(assessments, 1)]
    frame = Ranking(records, columns=list(COLUMNS))
    for name in _OPTIONAL:
        # None stays None: pandas would turn "nothing observed" into a float that isn't a number.
        frame[name] = pd.Series([row[name] for row in records], dtype=object)
    frame.attrs.update(meta)
    frame.rows = tuple(records)
    frame.dangers = {one.product: one for assessment in assessments for one in assessment.safety.products}
    return frame
