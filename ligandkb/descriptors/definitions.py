"""What does this number mean?

Each descriptor has one definition object; the docs' table, the rules' columns and the cache key are made
from it, so that name, unit, convention and version are stated once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ligandkb.provenance import Source

ValueKind = Literal["number", "text", "flag"]
Tier = Literal["structure", "topological", "quantum", "measured"]


@dataclass(frozen=True)
class Definition:
    """Definition of one descriptor of a binding form.

    Attributes
    ----------
    name : str
        Column name with its unit as suffix.
    kind : {"number", "text", "flag"}
        Type of its values.
    meaning : str
        In the field's words, with convention and sign.
    unit : str
        Unit, empty for pure numbers, texts and flags.
    allowed : tuple of str
        All values that a text can take; empty for free text.
    minimum, maximum : float or None
        Range of a number.
    tier : {"structure", "topological", "quantum", "measured"}
        What it takes to have it.
    method : str
        How it is computed: program, spin, solvent, conformer.
    structure : str
        On what it is computed: ``head``, ``form`` or ``product``.
    source : Source or None
        Publication of the method.
    version : int
        Raised when the values would change, so that a cached value is never silently stale.
    """

    name: str
    kind: ValueKind
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    tier: Tier = "topological"
    method: str = ""
    structure: str = "form"
    source: Source | None = None
    version: int = 1
