"""Which ligands should a chemist buy for bright CsPbX3 nanocrystals?

>>> import ligandkb as lk
>>> kb = lk.load()
>>> ranking = kb.rank(composition="CsPbBr3")
>>> ranking.loc[0, "observed"]
'improved'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.loading import load
    from ligandkb.problems import (
        InputError,
        LigandkbError,
        NotFoundError,
        StructureError,
        UsageError,
    )

__version__ = "0.1.0"
__all__ = [
    "InputError",
    "KnowledgeBase",
    "LigandkbError",
    "NotFoundError",
    "StructureError",
    "UsageError",
    "__version__",
    "load",
]

_HOMES = {
    "load": "ligandkb.loading",
    "KnowledgeBase": "ligandkb.knowledge_base",
    "InputError": "ligandkb.problems",
    "LigandkbError": "ligandkb.problems",
    "NotFoundError": "ligandkb.problems",
    "StructureError": "ligandkb.problems",
    "UsageError": "ligandkb.problems",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that ``import ligandkb`` loads neither RDKit nor pandas."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ligandkb' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
