"""How do energies become electronegativity, hardness and electrophilicity?

Pure arithmetic on vertical I and A, in eV.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reactivity:
    """Ionization energy and electron affinity with what follows from them.

    Attributes
    ----------
    ionization_energy_raw_ev, electron_affinity_raw_ev : float
        Differences of total energies in eV.
    shift_ev : float
        Empirical shift taken off both, in eV.
    """

    ionization_energy_raw_ev: float
    electron_affinity_raw_ev: float
    shift_ev: float = 0.0

    @property
    def ionization_energy_ev(self) -> float:
        """I less the shift."""
        return self.ionization_energy_raw_ev - self.shift_ev

    @property
    def electron_affinity_ev(self) -> float:
        """A less the shift."""
        return self.electron_affinity_raw_ev - self.shift_ev

    @property
    def electronegativity_ev(self) -> float:
        """χ = (I + A)/2 from the shifted values."""
        return (self.ionization_energy_ev + self.electron_affinity_ev) / 2

    @property
    def hardness_ev(self) -> float:
        """η = (I − A)/2, in which the shift cancels.

        Examples
        --------
        Pb2+ from the 3rd and 2nd ionization energies of lead, 8.46 eV in Pearson's table:

        >>> round(Reactivity(31.9373, 15.0325).hardness_ev, 2)
        8.45
        """
        return (self.ionization_energy_raw_ev - self.electron_affinity_raw_ev) / 2

    @property
    def softness_per_ev(self) -> float:
        """1/(2η)."""
        return 1 / (2 * self.hardness_ev)

    @property
    def electrophilicity_ev(self) -> float:
        """(I + A)²/(8 (I − A)), doi 10.1021/ja983494x."""
        return self.electronegativity_ev**2 / (4 * self.hardness_ev)

    def values(self) -> dict[str, float]:
        """All of them by descriptor name."""
        return {
            "ionization_energy_raw_ev": self.ionization_energy_raw_ev,
            "electron_affinity_raw_ev": self.electron_affinity_raw_ev,
            "ionization_energy_ev": self.ionization_energy_ev,
            "electron_affinity_ev": self.electron_affinity_ev,
            "electronegativity_ev": self.electronegativity_ev,
            "hardness_ev": self.hardness_ev,
            "softness_per_ev": self.softness_per_ev,
            "electrophilicity_ev": self.electrophilicity_ev,
        }
