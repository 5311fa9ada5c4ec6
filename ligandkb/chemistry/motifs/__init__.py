"""Which atoms of a species can bind lead, and as what?

The donor motifs are a table, one module for each kind. Each entry says in SMARTS what it matches, clause by
clause, which of the matched atoms are donors (resonance-equivalent donors together, so that a mode doesn't
depend on the Kekulé form that was typed), and molecules that must and must not match; the tests run those.
Classes follow the covalent bond classification (M. L. H. Green, J. Organomet. Chem. 1995, 500, 127,
doi 10.1016/0022-328X(95)00508-N): X is the anion of a one-electron donor, L a neutral two-electron donor.
"""

from __future__ import annotations

from ligandkb.chemistry.motifs.binding_modes import (
    ELEMENTS,
    GROUPS,
    MOTIFS,
    BindingMode,
    atoms_in_chelates,
    binding_modes,
    chelate_paths,
)
from ligandkb.chemistry.motifs.motif import LigandClass, Motif
from ligandkb.chemistry.motifs.neutral import DONOR_ORDER
from ligandkb.chemistry.motifs.no_donor import why_no_donor

__all__ = [
    "DONOR_ORDER",
    "ELEMENTS",
    "GROUPS",
    "MOTIFS",
    "BindingMode",
    "LigandClass",
    "Motif",
    "atoms_in_chelates",
    "binding_modes",
    "chelate_paths",
    "why_no_donor",
]
