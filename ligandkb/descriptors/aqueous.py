"""What has been measured in water?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from ligandkb.chemistry.linear_free_energy import Models, shipped_models
from ligandkb.descriptors.lead_scale import LeadScale
from ligandkb.descriptors.lead_table import LeadTable

PkaTable: TypeAlias = Mapping[tuple[str, str, int], float]
"""(canonical SMILES of the neutral acid or base, ``acid`` or ``base``, step) to pKa."""


@dataclass(frozen=True)
class AqueousConstants:
    """Measured constants of protons and lead, with the lines fitted on them.

    Attributes
    ----------
    pka : PkaTable
    lead : LeadTable
    """

    pka: PkaTable = field(default_factory=dict)
    lead: LeadTable = field(default_factory=LeadTable)

    @property
    def models(self) -> Models:
        """What predicts values that nobody measured."""
        return shipped_models()

    @cached_property
    def lead_scale(self) -> LeadScale:
        """Lead against the proton."""
        return LeadScale(self.lead, self.models, self.pka.get(("CC(=O)O", "acid", 1)))
