"""How does a ranking look as a table?"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import pandas as pd

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.assessment.ranked import RankedPairs
from ligandkb.assessment.records import COLUMNS

_TEXTS_AND_FLAGS = ("measured", "observed", "near_observed", "cas", "state_20c", "hsab_class", "soluble")


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


def ranking_frame(ranked: RankedPairs) -> Ranking:
    """Make a data frame of ranked pairs in their order."""
    rows = ranked.rows()
    frame = Ranking(rows, columns=list(COLUMNS))
    for name in _TEXTS_AND_FLAGS:
        # None stays None: pandas would turn "nothing observed" into a float that isn't a number.
        frame[name] = pd.Series([row[name] for row in rows], dtype=object)
    frame.attrs.update(ranked.meta)
    frame.rows, frame.dangers = rows, ranked.dangers
    return frame


def records(ranking: Ranking) -> list[dict[str, Any]]:
    """Rows of a ranking by column name."""
    return [{str(name): value for name, value in row.items()} for row in ranking.to_dict("records")]


def attributes(ranking: Ranking) -> dict[str, Any]:
    """What a ranking was made from."""
    return {str(name): value for name, value in ranking.attrs.items()}
