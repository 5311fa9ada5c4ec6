"""Do public decays give the lifetimes that were published with them?

Reads decays from clones of the repositories named below, none of which is shipped, fits them as ``surface lifetime``
does, and prints the published lifetime beside ours. A repository is expected in FOLDER under its own name.

    python benchmarks/public_decays.py FOLDER
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ligandkb.surface.lifetimes import LifetimeFit, fit_lifetime
from ligandkb.surface.measurements import read_decay

FloatArray = NDArray[np.float64]
Histogram = tuple[FloatArray, FloatArray]
PHEOPHORBID = "Praktikum_TCSPC"
WINDOW_NS = 25.0
"""Of the Becker & Hickl card, over 1,024 channels: the steps of t in the files of fits."""

_DYES = (
    (
        "rhodamine 800 in ethanol",
        "1.93 ns: 10.1016/j.jlumin.2012.08.017",
        "R800/r800_etoh{}_20mhz_561nm_4ps",
        20.0,
        8,
    ),
    ("Nile red in ethanol", "3.656 ns: 10.1117/1.JBO.20.9.096002", "NR/nr_etoh{}_2mhz_561nm_4ps", 2.0, 16),
    (
        "BODIPY 493/503 in toluene",
        "5.6 ns: 10.1021/jp0525078",
        "BOD493/bod493_tol{}_10mhz_473nm_4ps",
        10.0,
        16,
    ),
    ("dansyl amide in ethanol", "17.1 ns: 10.1021/ja00844a033", "DAA/daa_etoh{}_2-5mhz_375nm_128ps", 2.5, 1),
)
"""Name, lifetime with its DOI, file, repetition rate in MHz, channels to merge."""


@dataclass(frozen=True)
class Public:
    """A decay with what was published of it.

    Attributes
    ----------
    name : str
    published : str
        As it was printed, and where.
    decay : tuple of two ndarray
    response : tuple of two ndarray or None
    options : dict
        Of :func:`~ligandkb.surface.lifetimes.fit_lifetime`.
    ours : callable
        What of a fit is comparable, in words.
    """

    name: str
    published: str
    decay: Histogram
    response: Histogram | None
    options: dict[str, float]
    ours: Callable[[LifetimeFit], str]


def text(path: Path, *, response: bool = False) -> Histogram:
    """What an instrument wrote as text."""
    found = read_decay(path, [], wanted="response" if response else "decay")
    return found.time_ns, found.counts


def asc(path: Path) -> list[FloatArray]:
    """Blocks of counts of a Becker & Hickl ASCII file; the first channel holds no counts."""
    blocks = path.read_text(encoding="latin-1").split("*BLOCK")[1:]
    return [
        np.array(re.findall(r"^\s*(\d+)\s*$", block.split("*END")[0], re.M), dtype=float)[2:]
        for block in blocks
    ]


def phd(path: Path, merged: int, period_ns: float) -> Histogram:
    """First curve of a PicoHarp histogram file, some channels merged, up to one period."""
    data = path.read_bytes()
    curve = 328 + 4 * 18 + 8 * 8 + 3 * 12 + 4 * 4 + 20 + 156  # headers of file, display, script and board
    resolution = struct.unpack_from("<f", data, curve + 92)[0]
    channels = struct.unpack_from("<i", data, curve + 96)[0]
    offset = struct.unpack_from("<i", data, curve + 136)[0]
    counts = np.frombuffer(data, "<u4", channels, offset).astype(float)
    whole = counts.size // merged
    counts = counts[: whole * merged].reshape(whole, merged).sum(axis=1)
    step = resolution * merged
    kept = min(int(np.flatnonzero(counts)[-1]) + 1, int(1.05 * period_ns / step))
    return step * np.arange(kept), counts[:kept]


def one(fit: LifetimeFit) -> str:
    """One exponential."""
    return f"one exponential {fit.models.one.lifetimes_ns[0]} ns"


def two(fit: LifetimeFit) -> str:
    """Two exponentials."""
    model = fit.models.two
    parts = zip(model.amplitude_shares, model.lifetimes_ns, strict=True)
    shares = ", ".join(f"{100 * share:.0f} % {lifetime} ns" for share, lifetime in parts)
    return f"{shares}; mean by intensity {model.intensity_mean_ns} ns"


def decays(folder: Path) -> Iterator[Public]:
    """All of them."""
    lifefit = folder / "Lifefit/src/lifefit/data"
    for name, options in (("whole", {}), ("to 60 ns", {"until_ns": 60.0})):
        yield Public(
            f"Atto 550 on DNA, {name}",
            "1.01 ± 0.01 ns (29 %), 3.89 ± 0.01 ns (71 %), mean 3.61 ± 0.01 ns: docs/tutorial.ipynb",
            text(lifefit / "lifetime/Atto550_DNA.txt"),
            text(lifefit / "IRF/irf.txt", response=True),
            options,
            two,
        )
    yield from pheophorbid(folder / PHEOPHORBID / "Messung")
    yield from dyes(folder / "fluorophore-data/tr")
    yield from films(folder / "TRPL")
    artificial = folder / "TCSPC-fitting-with-IRF/data"
    for number in (1, 2):
        yield Public(
            f"artificial decay {number}",
            "three exponentials, about 4.5, 1.7 and 0.2 ns for the first: example_2_measured_irf.m",
            text(artificial / f"data_{number}.csv"),
            text(artificial / "irf.csv", response=True),
            {},
            two,
        )


def pheophorbid(folder: Path) -> Iterator[Public]:
    """Pheophorbide a, with the response recorded that day in the first block."""
    for path in sorted(folder.glob("*_fit.txt")):
        header = path.read_text(encoding="latin-1").splitlines()[:8]
        lifetime = next(line.split()[-1] for line in header if line.startswith("tau"))
        period = float(header[1].split()[-1])
        source = path.with_name(path.name.replace("_fit.txt", ".asc"))
        if not source.exists():
            continue
        response, decay = asc(source)[0], asc(source)[-1]
        time = WINDOW_NS / 1024 * np.arange(decay.size)
        yield Public(
            f"pheophorbide a, {source.stem}",
            f"{float(lifetime):.3f} ns: {path.name}",
            (time, decay),
            (time, response),
            {"repetition_rate_mhz": 1000.0 / period},
            one,
        )


def dyes(folder: Path) -> Iterator[Public]:
    """Dyes in solution; literature as listed in es-and-monarch-handler, types/fluorophores.py."""
    for name, published, file, rate, merged in _DYES:
        period = 1000.0 / rate
        decay, response = (phd(folder / f"{file.format(part)}.phd", merged, period) for part in ("", "_irf"))
        yield Public(name, published, decay, response, {"repetition_rate_mhz": rate}, one)


def films(folder: Path) -> Iterator[Public]:
    """Semiconductor films at the lowest power, to 200 ns as their authors do."""
    for sample in ("sample1", "sample2"):
        table = np.genfromtxt(folder / f"Data/Real/{sample}.csv", delimiter=",", skip_header=4)
        published = (folder / f"Results/Real/mono_exp_fit_{sample}.txt").read_text(encoding="utf-8")
        said = next(line for line in published.splitlines() if "mono" in line)
        inside = table[:, 0] < 200.0
        yield Public(
            f"film {sample}",
            f"{said}: Results/Real/mono_exp_fit_{sample}.txt",
            (table[inside, 0], np.round(table[inside, 1])),
            None,
            {},
            lambda fit: f"{one(fit)}, {fit.lifetime_ns} ns over two decades",
        )


def main() -> None:
    """Fit them and print."""
    for public in decays(Path(sys.argv[1])):
        fit = fit_lifetime(*public.decay, response=public.response, **public.options)
        each = ", ".join(f"{model.deviance / model.degrees_of_freedom:.2f}" for model in fit.models.all)
        print(f"{public.name}\n  published: {public.published}\n  ours:      {public.ours(fit)}")
        print(f"  all of it: {fit.models.chosen}; deviance per degree of freedom {each}; ", end="")
        print(f"peak {public.decay[1].max():,.0f}")


if __name__ == "__main__":
    main()
