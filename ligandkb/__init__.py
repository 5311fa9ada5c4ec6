"""Which ligands should a chemist buy for bright CsPbX3 nanocrystals?

>>> import ligandkb as lk
>>> kb = lk.load()
>>> ranking = kb.rank(composition="CsPbBr3")
>>> ranking.loc[0, "observed"]
'improved'

Everything that a caller needs stands here, under one name; where it lives in the package may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ligandkb import surface
    from ligandkb.assessment.frame import Ranking
    from ligandkb.assessment.judge import Assessment
    from ligandkb.assessment.pairs import Pair
    from ligandkb.assessment.ranked import RankedPairs
    from ligandkb.assessment.verdicts import Verdict
    from ligandkb.catalogue.match import Match
    from ligandkb.catalogue.products import Product
    from ligandkb.chemistry.composition import Composition, parse_composition
    from ligandkb.evidence.outcomes import Effect, Outcome
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.learning.learned import Learned
    from ligandkb.learning.prior import NothingToLearn
    from ligandkb.learning.proposals import NextBatch
    from ligandkb.loading import load
    from ligandkb.missing import Failed, Missing, NotApplicable, is_present
    from ligandkb.planning.exchange import ExchangePlan
    from ligandkb.planning.order import Order
    from ligandkb.planning.shortlist import Shortlist
    from ligandkb.problems import (
        InputError,
        LigandkbError,
        NotFoundError,
        Problem,
        StructureError,
        UsageError,
    )
    from ligandkb.provenance import Source
    from ligandkb.rules.explain import RuleState

__version__ = "0.2.0"

_HOMES = {
    "Assessment": "assessment.judge",
    "Composition": "chemistry.composition",
    "Effect": "evidence.outcomes",
    "ExchangePlan": "planning.exchange",
    "Failed": "missing",
    "InputError": "problems",
    "KnowledgeBase": "knowledge_base",
    "Learned": "learning.learned",
    "LigandkbError": "problems",
    "Match": "catalogue.finding",
    "Missing": "missing",
    "NextBatch": "learning.proposals",
    "NotApplicable": "missing",
    "NotFoundError": "problems",
    "NothingToLearn": "learning.prior",
    "Order": "planning.order",
    "Outcome": "evidence.outcomes",
    "Pair": "assessment.pairs",
    "Problem": "problems",
    "Product": "catalogue.products",
    "RankedPairs": "assessment.ranked",
    "Ranking": "assessment.frame",
    "RuleState": "rules.explain",
    "Shortlist": "planning.shortlist",
    "Source": "provenance",
    "StructureError": "problems",
    "UsageError": "problems",
    "Verdict": "assessment.verdicts",
    "is_present": "missing",
    "load": "loading",
    "parse_composition": "chemistry.composition",
}
_ROOMS = ("surface",)

__all__ = [
    "Assessment",
    "Composition",
    "Effect",
    "ExchangePlan",
    "Failed",
    "InputError",
    "KnowledgeBase",
    "Learned",
    "LigandkbError",
    "Match",
    "Missing",
    "NextBatch",
    "NotApplicable",
    "NotFoundError",
    "NothingToLearn",
    "Order",
    "Outcome",
    "Pair",
    "Problem",
    "Product",
    "RankedPairs",
    "Ranking",
    "RuleState",
    "Shortlist",
    "Source",
    "StructureError",
    "UsageError",
    "Verdict",
    "__version__",
    "is_present",
    "load",
    "parse_composition",
    "surface",
]


def __getattr__(name: str) -> Any:
    """Import on first use, so that ``import ligandkb`` loads neither RDKit nor pandas."""
    if name in _HOMES:
        return getattr(import_module(f"ligandkb.{_HOMES[name]}"), name)
    if name in _ROOMS:
        return import_module(f"ligandkb.{name}")
    raise AttributeError(f"module 'ligandkb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
