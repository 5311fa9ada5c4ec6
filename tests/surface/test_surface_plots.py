from pathlib import Path

import numpy as np
import pytest

from ligandkb.surface.published import BOUND_LINEWIDTH, NEW_BONDS, OBSERVED_LINEWIDTH, VACANCIES

pytest.importorskip("matplotlib")

from matplotlib import rcParams
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from ligandkb.reports.figures.surface import (
    Theme,
    lifetime_figure,
    save_figure,
    total_ligands_figure,
    trap_fit_figure,
    trap_tolerance_figure,
)
from ligandkb.surface.lifetimes import fit_lifetime
from ligandkb.surface.traps_fit import fit_traps

UM = np.array([0.4, 0.1, 0.03, 0.01])


def figures(theme: Theme) -> list[Figure]:
    known = {"pairs_per_nanocrystal": 1600.0, "sites_max": 400.0, "association_constant_per_m": 2e4}
    one = fit_traps(UM, [0.88, 0.75, 0.58, 0.51], 0.02, **known)
    two = fit_traps(UM, [0.88, 0.75, 0.58, 0.51], 0.02, **known, free=("rate_ratio", "association_constant"))
    bright = fit_traps(UM, [1.0, 0.99, 1.0, 0.995], 0.02, **known)
    time = np.arange(0.0, 80.0, 0.5)
    light = np.where(time < 10, 0.0, 4000 * np.exp(-(time - 10) / 6)) + 3
    decay = fit_lifetime(time, np.random.default_rng(1).poisson(light), background_until_ns=9.0)
    lines = NEW_BONDS.measured, OBSERVED_LINEWIDTH.measured, BOUND_LINEWIDTH.measured
    return [
        trap_fit_figure(one, theme=theme),
        trap_fit_figure(two, theme=theme),
        trap_fit_figure(bright, theme=theme),
        lifetime_figure(decay, theme=theme),
        trap_tolerance_figure(theme=theme, marked=VACANCIES.measured),
        total_ligands_figure(*lines, theme=theme),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_is_drawn_and_readable(theme: Theme, tmp_path: Path) -> None:
    for number, figure in enumerate(figures(theme)):
        path = tmp_path / f"{number}.png"
        save_figure(figure, path)
        assert path.stat().st_size > 5000
        paper = np.mean(to_rgb(figure.get_facecolor()))
        for axes in figure.axes:
            assert axes.get_ylabel()
            ink = np.mean(to_rgb(axes.yaxis.label.get_color()))
            assert abs(ink - paper) > 0.7
        assert figure.axes[-1].get_xlabel()
        assert any(axes.get_legend() for axes in figure.axes) or figure.legends


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_a_figure_gives_the_same_bytes_twice(suffix: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save_figure(trap_tolerance_figure(), first)
    save_figure(trap_tolerance_figure(), second)
    assert first.read_bytes() == second.read_bytes()


def test_drawing_leaves_the_callers_style_alone() -> None:
    before = dict(rcParams)
    trap_tolerance_figure(theme="dark")
    assert dict(rcParams) == before
