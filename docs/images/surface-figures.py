"""How were the figures of docs/paper.md made?

Run ``python docs/images/surface-figures.py`` from the top of the checkout. The data of the dilution
series and of the decays are synthetic, with the parameters written here; the other two figures are
drawn from numbers that the paper prints.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ligandkb.reports.figures.surface import (
    Theme,
    lifetime_figure,
    save_figure,
    total_ligands_figure,
    trap_fit_figure,
    trap_tolerance_figure,
)
from ligandkb.surface.lifetimes import fit_lifetime
from ligandkb.surface.published import BOUND_LINEWIDTH, NEW_BONDS, OBSERVED_LINEWIDTH, VACANCIES
from ligandkb.surface.traps import plqy_from_traps, traps_on_dilution
from ligandkb.surface.traps_fit import fit_traps

FOLDER = Path(__file__).parent


def main() -> None:
    """Draw every figure in both themes."""
    rng = np.random.default_rng(8)
    known = {"pairs_per_nanocrystal": 1600.0, "sites_max": 400.0, "association_constant_per_m": 2e4}
    concentration = np.array([1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005])
    truth = plqy_from_traps(traps_on_dilution(concentration, **known), 333.0)
    fit = fit_traps(concentration, truth + rng.normal(0.0, 0.02, truth.size), 0.02, **known)
    time = np.arange(0.0, 100.0, 0.2)
    after = np.clip(time - 10.0, 0.0, None)

    def decay(lifetime_ns: float, stretch: float) -> np.ndarray:
        light = np.where(time < 10.0, 0.0, 8000.0 * np.exp(-((after / lifetime_ns) ** stretch)))
        return rng.poisson(light + 4.0)

    one = fit_lifetime(time, decay(6.0, 1.0), background_until_ns=9.0)
    many = fit_lifetime(time, decay(5.0, 0.75), background_until_ns=9.0)
    pulse = np.exp(-0.5 * ((time - 10.0) / 0.6) ** 2)
    light = 0.7 * np.exp(-time / 3.0) + 0.3 * np.exp(-time / 20.0)
    spread = np.convolve(pulse / pulse.sum(), light)[: time.size]
    behind = fit_lifetime(
        time, rng.poisson(20000.0 * spread + 5.0), response=(time, rng.poisson(2e4 * pulse + 1.0))
    )
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        figures = {
            "traps-fit": trap_fit_figure(fit, theme=theme),
            "lifetime-one": lifetime_figure(one, theme=theme),
            "lifetime-distribution": lifetime_figure(many, theme=theme),
            "lifetime-response": lifetime_figure(behind, theme=theme),
            "trap-tolerance": trap_tolerance_figure(theme=theme, marked=VACANCIES.measured),
            "total-ligands": total_ligands_figure(
                NEW_BONDS.measured, OBSERVED_LINEWIDTH.measured, BOUND_LINEWIDTH.measured, theme=theme
            ),
        }
        for name, figure in figures.items():
            save_figure(figure, FOLDER / f"surface-{name}-{theme}.png")


if __name__ == "__main__":
    main()
