from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ligandkb.problems import InputError
from ligandkb.surface.lifetimes import fit_lifetime
from ligandkb.surface.measurements import read_decay, read_dilution_series, read_linewidths
from ligandkb.surface.traps_fit import fit_traps

SERIES = "nanocrystal_concentration_um,plqy,plqy_sigma\n1.0,0.90,0.02\n0.1,0.75,0.02\n0.01,0.55,0.03\n"
LINES = (
    "sample,observed_hz,observed_sigma_hz,bound_hz,bound_sigma_hz,free_hz,free_sigma_hz,total_ligands,"
    "total_ligands_sigma\nsaturated,10.7,0.2,290,30,,,,\nknown,10.7,0.2,290,30,2,0.2,6000,300\n"
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "data.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(read: Callable[..., Any], path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(path, [])
    return [str(one).removeprefix(str(path) + ":") for one in caught.value.problems]


def test_a_series_is_read_and_can_be_fitted(written: Callable[[str], Path]) -> None:
    series = read_dilution_series(written(SERIES))
    assert series.plqy.tolist() == [0.90, 0.75, 0.55]
    assert series.plqy_sigma is not None
    assert series.plqy_sigma.tolist() == [0.02, 0.02, 0.03]
    assert series.notes == ()
    fit = fit_traps(
        series.nanocrystal_concentration_um,
        series.plqy,
        series.plqy_sigma,
        pairs_per_nanocrystal=1600.0,
        sites_max=400.0,
        association_constant_per_m=2e4,
    )
    assert fit.rate_ratio.value > 0


def test_errors_may_be_absent(written: Callable[[str], Path]) -> None:
    text = "\n".join(",".join(line.split(",")[:2]) for line in SERIES.splitlines())
    assert read_dilution_series(written(text)).plqy_sigma is None


def test_points_that_may_degrade_are_noted(written: Callable[[str], Path]) -> None:
    series = read_dilution_series(written(SERIES + "0.002,0.3,0.03\n"))
    assert "0.005 µM" in series.notes[0]


def test_linewidths_are_read(written: Callable[[str], Path]) -> None:
    saturated, known = read_linewidths(written(LINES))
    assert saturated.free_hz is None
    assert saturated.total_ligands is None
    assert known.free_hz is not None
    assert known.free_hz.sigma == 0.2
    assert known.total_ligands is not None
    assert known.total_ligands.value == 6000


def test_a_decay_is_read_and_can_be_fitted(written: Callable[[str], Path]) -> None:
    time = np.arange(0.0, 60.0, 0.5)
    counts = np.where(time < 5, 3, np.round(5000 * np.exp(-(time - 5) / 5)) + 3).astype(int)
    rows = "".join(f"{t},{n}\n" for t, n in zip(time, counts, strict=True))
    decay = read_decay(written("time_ns,counts\n" + rows))
    fit = fit_lifetime(decay.time_ns, decay.counts, background_until_ns=4.0)
    assert fit.lifetime_ns.value == pytest.approx(5.0, rel=0.02)


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ("0.001,62,0.02", "5:7", ["62 is no PLQY", "in per cent, write 0.62"]),
        ("0.001,62 %,0.02", "5:7", ["62"]),
        ("0.001,-0.2,0.02", "5:7", ["-0.2 is no PLQY"]),
        ("0.001,nan,0.02", "5:7", ["nan"]),
        ("500,0.6,0.02", "5:1", ["500 is no nanocrystal concentration", "in nM, write 0.5"]),
        ("0.001,0.6,3", "5:11", ["standard deviation", "in per cent, write 0.03"]),
        ("0.001,0.6,0", "5:11", ["standard deviation"]),
        ("0.001,,0.02", "5:7", ["no PLQY", "remove the row"]),
        ("0.001,0.6,", "5:11", ["no standard deviation"]),
        ("0.001,bright,0.02", "5:7", ["bright"]),
    ],
)
def test_nonsense_in_a_series_is_placed_and_fixed(
    written: Callable[[str], Path], row: str, place: str, words: list[str]
) -> None:
    found = problems(read_dilution_series, written(SERIES + row + "\n"))
    assert len(found) == 1
    assert found[0].startswith(place + ":"), found
    for word in words:
        assert word in found[0]


def test_all_problems_come_at_once(written: Callable[[str], Path]) -> None:
    found = problems(read_dilution_series, written(SERIES + "500,62,0.02\n0.1,-1,0.02\n"))
    assert [one.split(": ")[0] for one in found] == ["5:1", "5:5", "6:5"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("", "no rows"),
        ("1.0,0.9,0.02\n", "one point is no series"),
        ("1.0,0.9,0.02\n1.0,0.8,0.02\n", "all concentrations are equal"),
        ("1.0,0.9,0.02\n0.1,0.9,0.02\n", "all PLQY are equal"),
    ],
)
def test_series_that_are_none(written: Callable[[str], Path], rows: str, words: str) -> None:
    found = problems(read_dilution_series, written(SERIES.splitlines()[0] + "\n" + rows))
    assert any(words in one for one in found), found


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ("a,300,0.2,290,30,2,0.2,6000,300", "4:3", "not between"),
        ("a,1,0.2,290,30,2,0.2,6000,300", "4:3", "not between"),
        ("a,-10,0.2,290,30,2,0.2,6000,300", "4:3", "linewidth"),
        ("a,10,0.2,290000,30,2,0.2,6000,300", "4:10", "linewidth"),
        ("a,10,-0.2,290,30,2,0.2,6000,300", "4:6", "standard deviation"),
        ("a,10,,290,30,2,0.2,6000,300", "4:6", "no standard deviation"),
        ("a,10,0.2,290,30,300,0.2,6000,300", "4:3", "swap"),
        ("a,10,0.2,290,30,2,0.2,0,300", "4:23", "number per nanocrystal"),
        (",10,0.2,290,30,2,0.2,6000,300", "4:1", "no name of the sample"),
    ],
)
def test_nonsense_in_linewidths_is_placed_and_fixed(
    written: Callable[[str], Path], row: str, place: str, words: str
) -> None:
    found = problems(read_linewidths, written(LINES + row + "\n"))
    assert len(found) == 1
    assert found[0].startswith(place + ":"), found
    assert words in found[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time_ns,counts\n0,5\n", "1 bins are no decay"),
        ("time_ns,counts\n" + "".join(f"{n},{0.5**n}\n" for n in range(20)), "no whole numbers"),
        ("time_ns,counts\n" + "".join(f"{-n},{50 - n}\n" for n in range(20)), "don't ascend"),
        ("time_ns,counts\n" + "".join(f"{n},-5\n" for n in range(20)), "number of counts"),
        ("time_ns,counts\n" + "".join(f"{n},5\n" for n in range(20)), "all counts are equal"),
        ("time_ns,counts\n" + "".join(f"{900 * n},{2 ** (20 - n)}\n" for n in range(20)), "in ps, divide"),
        ("time_ns,counts\n" + "".join(f"{n / 1000},{2 ** (20 - n)}\n" for n in range(20)), "in µs, multiply"),
    ],
)
def test_nonsense_in_a_decay_is_placed_and_fixed(
    written: Callable[[str], Path], text: str, words: str
) -> None:
    assert any(words in one for one in problems(read_decay, written(text)))


BINS = [f"{0.5 * n:g},{5000 // (n + 1)}" for n in range(60)]


@pytest.mark.parametrize(
    ("line", "instead", "place", "words"),
    [
        (5, "1.5,2871.5", "5:5", "2871.5 is the first of 1"),
        (5, "9.5,1250", "6:1", "don't ascend"),
        (5, "1.7,1250", "5:1", "not equally wide: 0.7 ns here, 0.5 ns elsewhere"),
        (5, "1.5,-1", "5:5", "no number of counts"),
    ],
)
def test_the_first_bad_line_is_named(
    written: Callable[[str], Path], line: int, instead: str, place: str, words: str
) -> None:
    bins = [*BINS]
    bins[line - 2] = instead
    (found,) = problems(read_decay, written("\n".join(["time_ns,counts", *bins])))
    assert found.startswith(f"{place}: "), found
    assert words in found


def test_the_first_of_many_fractions_is_named(written: Callable[[str], Path]) -> None:
    bins = [*BINS[:7], *(f"{one}.5" for one in BINS[7:])]
    (found,) = problems(read_decay, written("\n".join(["time_ns,counts", *bins])))
    assert found.startswith("9:5: counts are no whole numbers: 625.5 is the first of 53")


def test_the_case_with_one_fraction(shared: Path) -> None:
    with pytest.raises(InputError, match=r"10_decay_line\.csv:5:5: counts are no whole numbers: 2871\.5"):
        read_decay(shared / "cases" / "10_decay_line.csv")


def test_a_missing_file_or_column_is_a_problem_too(tmp_path: Path, written: Callable[[str], Path]) -> None:
    assert problems(read_dilution_series, tmp_path / "absent.csv")
    found = problems(read_dilution_series, written("concentration,plqy\n1,0.9\n"))
    assert any("nanocrystal_concentration_um" in one for one in found)
    assert problems(read_linewidths, written(LINES.splitlines()[0] + "\n"))
