"""How does a ranking look as a table?"""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

import pandas as pd

from ligandkb.assessment.ranked import RankedPairs

_TEXTS_AND_FLAGS = ("measured", "observed", "near_observed", "cas", "state_20c", "hsab_class", "soluble")


class Ranking(pd.DataFrame):  # type: ignore[misc, unused-ignore]
    """A ranking as a data frame that draws its molecules in a notebook.

    ``attrs`` holds the version, the hash of data and rules, and the overlays that it was made with.

    Attributes
    ----------
    sources : tuple of RankedPairs
        The whole rankings that it was made from, so that a selection of rows and columns can still be drawn, and what
        was joined of several.
    """

    _metadata: ClassVar[list[str]] = ["sources"]
    sources: tuple[RankedPairs, ...] = ()

    def __finalize__(self, other: Any, method: str | None = None, **kwargs: Any) -> Ranking:
        """Keep the rankings that it was made from, of what is joined, too: pandas keeps them of one table alone."""
        super().__finalize__(other, method, **kwargs)  # type: ignore[misc, unused-ignore]
        # pandas 3 calls them input_objs; before, what joins has its parts under other names.
        parts = getattr(other, "input_objs", None) or getattr(other, "objs", None)
        parts = parts or [getattr(other, side, None) for side in ("left", "right")]
        found = {id(one): one for part in parts if isinstance(part, Ranking) for one in part.sources}
        if found:
            self.sources = tuple(found.values())
        return self

    @property
    def _constructor(self) -> type[Ranking]:
        return Ranking

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.notebook").ranking_html(self))


def ranking_frame(ranked: RankedPairs) -> Ranking:
    """Make a data frame of ranked pairs in their order."""
    rows = ranked.rows()
    frame = Ranking(rows, columns=list(ranked.columns))
    for name in _TEXTS_AND_FLAGS:
        # None stays None: pandas would turn "nothing observed" into a float that isn't a number.
        frame[name] = pd.Series([row[name] for row in rows], dtype=object)
    frame.attrs.update(ranked.meta)
    frame.sources = (ranked,)
    return frame


def records(ranking: Ranking) -> list[dict[str, Any]]:
    """Rows of a ranking by column name."""
    return [{str(name): value for name, value in row.items()} for row in ranking.to_dict("records")]


def attributes(ranking: Ranking) -> dict[str, Any]:
    """What a ranking was made from."""
    return {str(name): value for name, value in ranking.attrs.items()}
