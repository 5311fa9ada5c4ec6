"""Whose descriptors are these?

What follows from structure belongs to a binding form alone. The rest needs what was measured and computed, and the
lead that the form meets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.descriptors.aqueous import AqueousConstants, InWater
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.missing import Known


@dataclass(frozen=True)
class Ligand:
    """A binding form at a crystal's lead, with what was measured and computed of it.

    Attributes
    ----------
    form : BindingForm
    site : str, or the reason for its absence
        Name of the model of under-coordinated Pb, see :data:`~ligandkb.descriptors.quantum.matching.SITES`.
    computed : callable
        Stored quantum chemical values, from key to record, or None.
    aqueous : AqueousConstants
        Measured constants of protons and lead.
    level : Level
        Level of the quantum chemical values.
    is_uncut : bool
        Whether values of the uncut form are wanted instead of those of its head.
    """

    form: BindingForm
    site: Known[str]
    computed: Lookup = field(repr=False)
    aqueous: AqueousConstants = field(default_factory=AqueousConstants, repr=False)
    level: Level = DEFAULT_LEVEL
    is_uncut: bool = False

    def computed_of(self, smiles: str) -> str:
        """SMILES of the species whose computed values stand for a form: its head, or the uncut form itself."""
        return smiles if self.is_uncut else head_of(smiles)

    @cached_property
    def in_water(self) -> InWater:
        """How strongly the form holds the proton and lead in water."""
        return self.aqueous.of(self.form)
