"""The surface commands from the outside: what is typed, what is printed, and the exit code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from chemicals.elements import molecular_weight, simple_formula_parser

from ligandkb.cli.surface import surface

SAMPLE = ("--nc-concentration", "1.0", "--volume", "2.0", "--edge", "9.5", "--lattice", "0.5831")
WITHOUT_VOLUME = tuple(word for word in SAMPLE if word not in ("--volume", "2.0"))
KNOWN = ("--sites-max", "400", "--association-constant", "2e4", "--pairs", "1600")
SERIES = """nanocrystal_concentration_um,plqy,plqy_sigma
1.0,0.95,0.02
0.3,0.88,0.02
0.1,0.74,0.02
0.03,0.60,0.02
0.01,0.50,0.02
"""


@pytest.fixture
def run(run):
    def on_the_surface(*arguments: str):
        done = run("surface", *arguments)
        assert "Traceback" not in done.err
        return done

    return on_the_surface


@pytest.fixture
def series(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(SERIES, encoding="utf-8")
    return str(path)


@pytest.fixture
def decay(tmp_path):
    time = np.arange(0.0, 100.0, 0.25)
    expected = np.where(time < 10, 0.0, 8000 * np.exp(-(time - 10) / 6.0)) + 4.0
    counts = np.random.default_rng(0).poisson(expected)
    path = tmp_path / "decay.csv"
    lines = [f"{t},{n}" for t, n in zip(time, counts, strict=True)]
    path.write_text("\n".join(["time_ns,counts", *lines]) + "\n", encoding="utf-8")
    return str(path)


def test_every_command_says_what_it_does_and_in_which_units(run):
    for command in surface.registered_commands:
        done = run(str(command.name), "--help")
        assert done.code == 0
        assert "format" in done.out
    assert "µM" in run("plan", "--help").out


# ---- traps ----


def test_plqy_of_the_paper_gives_its_traps(run):
    """Nenon et al., doi 10.1021/jacs.8b11035: 62 ± 3 % and k = 333 against 190 ± 20 vacancies."""
    done = run("traps", "--plqy", "0.62±0.03", "-f", "json")
    traps = done.rows[0]["traps_per_nanocrystal"]
    assert traps["value"] == pytest.approx(204.1, abs=0.1)
    assert abs(traps["value"] - 190) < 20 + traps["sigma"]


def test_traps_give_plqy_with_the_error_of_both(run):
    plqy = run("traps", "--traps", "190+-20", "--rate-ratio", "333±30", "-f", "json").rows[0]["plqy"]
    assert plqy["value"] == pytest.approx(333 / 523)
    by_traps, by_ratio = 333 / 523**2 * 20, 190 / 523**2 * 30
    assert plqy["sigma"] == pytest.approx(np.hypot(by_traps, by_ratio), rel=0.01)


def test_an_unknown_ratio_is_an_error_and_a_given_one_fixes_it(run):
    done = run("traps", "--plqy", "0.5", "-c", "CsPbCl3")
    assert done.code == 1
    assert "not measured for CsPbCl3" in done.err
    assert "--rate-ratio" in done.err
    assert run("traps", "--plqy", "0.5", "-c", "CsPbCl3", "--rate-ratio", "10").code == 0


def test_gain_is_unknown_where_nobody_measured(run):
    rows = {row["composition"]: row for row in run("gain", "-f", "json").rows}
    gains = {name: row["gain_bound"].get("gain") for name, row in rows.items()}
    assert gains["CsPbBr3"] == pytest.approx(190 / 523)
    assert gains["CsPbI3"] == pytest.approx(190 / 20190)
    assert gains["CsPbBr1.5Cl1.5"] == pytest.approx(190 / 230)
    assert gains["CsPbCl3"] is None
    assert rows["CsPbBr1.5Cl1.5"]["gain_bound"]["order_of_magnitude_only"]
    for row in rows.values():
        assert "Phase stability is not covered" in row["sentence"]


def test_a_lab_s_own_ratio_counts(run, tmp_path):
    (tmp_path / "sites.csv").write_text("composition,kr_over_knr_trap\nMAPbBr3,500\n", encoding="utf-8")
    done = run("gain", "-c", "MAPbBr3", "--traps", "100", "--data", str(tmp_path), "-f", "json")
    assert done.rows[0]["gain_bound"]["gain"] == pytest.approx(100 / 600)


def test_traps_fit_in_every_format(run, series):
    for form in ("text", "md", "html"):
        assert "317.1 (95 %: 288.9 to 348.8)" in run("traps-fit", series, *KNOWN, "-f", form).out
    fit = run("traps-fit", series, *KNOWN, "-f", "json").rows[0]
    assert fit["rate_ratio"]["low"] < fit["rate_ratio"]["value"] < fit["rate_ratio"]["high"]
    assert len(fit["residuals"]) == 5


def test_sites_max_is_freed_only_with_its_error(run, series):
    done = run("traps-fit", series, *KNOWN, "--free", "sites_max")
    assert done.code == 2
    assert "--sites-max can't be freed" in done.err
    assert "only as their ratio" in done.err
    measured = ("--sites-max", "400±40", *KNOWN[2:])
    fit = run("traps-fit", series, *measured, "--free", "sites_max", "-f", "json").rows[0]
    assert fit["sites_max"]["value"] == pytest.approx(400, abs=5)


def test_the_error_of_a_held_sites_max_is_in_the_interval(run, series):
    known = ("--association-constant", "2e4", "--pairs", "1600")
    bare = run("traps-fit", series, "--sites-max", "400", *known, "-f", "json").rows[0]
    held = run("traps-fit", series, "--sites-max", "400±40", *known, "-f", "json").rows[0]
    assert held["rate_ratio"]["value"] == bare["rate_ratio"]["value"]
    assert held["rate_ratio"]["low"] < bare["rate_ratio"]["low"]
    assert held["rate_ratio"]["high"] > bare["rate_ratio"]["high"]
    assert "N_max is held at 400, and its error is in the intervals" in " ".join(held["notes"])


def test_the_mixed_halide_carries_the_paper_s_warning(run, series):
    mixed = " ".join(run("traps-fit", series, *KNOWN, "-c", "CsPbBr1.5Cl1.5").out.split())
    assert "order of magnitude" in mixed
    assert "order of magnitude" not in run("traps-fit", series, *KNOWN, "-c", "CsPbBr3").out


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_plots_are_written_whole(run, series, tmp_path, theme, suffix):
    pytest.importorskip("matplotlib")
    target = tmp_path / f"fit.{suffix}"
    done = run("traps-fit", series, *KNOWN, "--plot", str(target), "--theme", theme)
    assert done.code == 0, done.err
    assert target.stat().st_size > 2000
    assert not list(tmp_path.glob(".ligandkb-*"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--association-constant", "2e4"], "--pairs must be given: all ligand pairs per nanocrystal"),
        (["--pairs", "1600"], "K_eq = bound/((N_max - bound) × [free]); give --bound"),
        (["--pairs", "1600", "--bound", "180"], "--bound and --bound-at go together"),
        ([*KNOWN[2:], "--bound", "180", "--bound-at", "1"], "give one of the two"),
        (["--pairs", "1600", "--bound", "401", "--bound-at", "1"], "leave no site of 400 free"),
    ],
)
def test_what_is_missing_says_how_to_get_it(run, series, given, message):
    done = run("traps-fit", series, "--sites-max", "400", *given)
    assert done.code == 2
    assert message in re.sub(r"\s+", " ", done.err)


def test_the_constant_follows_from_a_sample_whose_bound_pairs_were_counted(run, series):
    # 200 of 400 filled, 1400 pairs at 1 µM free: 1/(1.4 mM)
    known = ("--sites-max", "400", "--pairs", "1600", "--bound", "200±20", "--bound-at", "1")
    done = run("traps-fit", series, *known)
    assert done.code == 0
    assert "K_eq = 714 ± 153 1/M from 200 ± 20 bound pairs at 1 µM" in re.sub(r"\s+", " ", done.out)
    held = run(
        "traps-fit", series, "--sites-max", "400", "--pairs", "1600", "--association-constant", "714.2857"
    )
    first = [line for line in done.out.splitlines() if "k_r/k_nr,trap" in line][0]
    assert first.split("  ")[-1] in held.out
    freed = run(
        "traps-fit", series, "--sites-max", "400", "--pairs", "1600", "--free", "association_constant"
    )
    assert "K_eq is fitted, beginning where" in re.sub(r"\s+", " ", freed.out)


# ---- nonsense ----


def test_a_table_of_nonsense_names_every_cell(run, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(
        "nanocrystal_concentration_um,plqy,plqy_sigma\n1.0,95,0.02\n300,0.88,nan\n0.1,-0.1,0.02\n,0.6,2\n",
        encoding="utf-8",
    )
    done = run("traps-fit", str(path), *KNOWN)
    assert done.code == 1
    assert re.findall(r"bad\.csv:(\d+:\d+): ", done.err) == ["2:5", "3:1", "3:10", "4:5", "5:1", "5:6"]
    assert "if this is in per cent, write 0.95" in done.err
    assert "if this is in nM, write 0.3" in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("command", "header", "row", "wanted"),
    [
        (
            ["traps-fit", *KNOWN],
            "conc_nM,PLQY",
            "1,0.5",
            "nanocrystal_concentration_um, plqy [plqy_sigma, note]",
        ),
        (["nmr"], "sample,observed_Hz", "A,10.7", "sample, observed_hz, observed_sigma_hz, bound_hz"),
    ],
)
def test_a_wrong_header_is_one_fault_whatever_the_rows(run, tmp_path, command, header, row, wanted):
    path = tmp_path / "data.csv"
    path.write_text("\n".join([header, *[row] * 1000]) + "\n", encoding="utf-8")
    done = run(command[0], str(path), *command[1:])
    assert done.code == 1
    places = re.findall(r"data\.csv:(\d+):", done.err)
    assert set(places) == {"1"}
    assert len(places) < 12
    assert f"the columns wanted are {wanted}" in done.err
    assert ("did you mean" in done.err) == (command == ["lifetime"])  # capitals alone need no question
    assert "remove the row" not in done.err


def test_an_error_without_its_column_is_one_fault(run, tmp_path):
    header = "sample,observed_hz,observed_sigma_hz,bound_hz,bound_sigma_hz,free_hz\n"
    path = tmp_path / "nmr.csv"
    path.write_text(header + "A,10.7,0.2,290,30,2\n" * 50, encoding="utf-8")
    done = run("nmr", str(path))
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "nmr.csv:2:19: free_hz stands without a column 'free_sigma_hz': add that column" in done.err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1.0,0.9\n", "one point is no series"),
        ("1.0,0.9\n1.0,0.8\n", "all concentrations are equal"),
        ("1.0,0.9\n0.1,0.9\n", "all PLQY are equal"),
        ("", "no rows"),
    ],
)
def test_a_series_from_which_nothing_follows_is_refused(run, tmp_path, rows, message):
    path = tmp_path / "series.csv"
    path.write_text("nanocrystal_concentration_um,plqy\n" + rows, encoding="utf-8")
    done = run("traps-fit", str(path), *KNOWN)
    assert done.code == 1
    assert message in done.err
    assert "series.csv:" in done.err


def test_a_table_of_linewidths_names_every_cell(run, tmp_path):
    path = tmp_path / "nmr.csv"
    path.write_text(
        "sample,observed_hz,observed_sigma_hz,bound_hz,bound_sigma_hz\nA,-10.7,0.2,290,30\nB,300,1,290,30\n",
        encoding="utf-8",
    )
    done = run("nmr", str(path))
    assert done.code == 1
    assert "nmr.csv:2:3: -10.7 is no linewidth" in done.err
    assert "nmr.csv:3:3: observed linewidth 300 Hz is not between" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["traps", "--plqy", "620±3"], "it must lie between 0 and 100 %"),
        (["traps", "--plqy", "nan"], "write it like 62±3 % or 0.62±0.03"),
        (["traps", "--plqy", "0.6±x"], "write it like 62±3 % or 0.62±0.03"),
        (["traps", "--plqy", "1"], "could be 1 % or 100 %: write 1 % or 100 %"),
        (["traps"], "--plqy or --traps must be given"),
        (["gain", "--traps", "-1"], "--traps: -1 is no number per nanocrystal"),
        (["gain", "-c", "CsPbF3"], "is not"),
        (["geometry", "--edge", "95"], "--edge: 95 is no edge length"),
        (["geometry", "--edge", "0.0095"], "if this is in µm, write 9.5"),
        (["geometry"], "give --edge, or --vacancies with --vacant-fraction"),
        (["geometry", "--vacancies", "190", "--vacant-fraction", "12±1"], "leave out ±"),
        (["geometry", "--edge", "9.5", "-c", "CsPbBr1.5Cl1.5"], "--lattice: no sourced cell"),
        (["xps", "--halide-per-lead", "-2.8"], "--halide-per-lead: -2.8 is no atomic ratio"),
        (["nmr", "--observed", "300", "--bound", "290"], "is not between the free"),
        (["nmr", "--observed", "10"], "--observed and --bound must be given"),
        (["nmr", "--observed", "10", "--bound", "-290"], "--bound: -290 is no linewidth"),
        (["traps-fit", "x.csv", *KNOWN, "--plot", "x.bmp"], "end it in .png, .svg or .pdf"),
        (
            ["plan", "oleate", "--nc-concentration", "1000", "--volume", "0", "--edge", "95"],
            "if this is in nM, write 1",
        ),
        (["plan", "oleate", *SAMPLE, "--partner", "lead"], "singly charged A-site ion"),
        (["plan", "oleate", *SAMPLE, "--cycles", "0"], "--cycles"),
        (["plan", "oleate", *SAMPLE, "--ligand-purity", "900"], "it must lie between 0 and 100 %"),
        (["plan", "oleate", *SAMPLE, "--allow", "explosive"], "can't be allowed"),
        (["plan", "oleate", *WITHOUT_VOLUME, "--volume", "2000"], "--volume: 2000 is no volume"),
        (["plan", "oleate", *WITHOUT_VOLUME, "--volume", "2000"], "if this is in µL, write 2"),
        (["plan", "oleate", *WITHOUT_VOLUME, "--volume", "0.002"], "if this is in L, write 2"),
        (["plan", "oleate", *SAMPLE, "--resuspension-volume", "1e-9"], "--resuspension-volume: 1e-09"),
        (["plan", "oleate", *SAMPLE, "--antisolvent-ratio", "1e6"], "--antisolvent-ratio: 1e+06"),
        (["plan", "oleate", *SAMPLE, "--pairs-per-site", "1e-9"], "--pairs-per-site: 1e-09"),
        (["plan", "oleate", *SAMPLE, "--edge-spread", "95"], "if this is in ångström, write 9.5"),
        (["plan", "oleate", *SAMPLE, "--edge-spread", "9.5"], "--edge-spread: 9.5 nm is no spread"),
        (["traps", "--traps", "nan"], "--traps: nan is no number per nanocrystal"),
        (["traps", "--traps", "190±nan"], "--traps: nan is no standard deviation"),
        (["traps", "--plqy", "0.62±3"], "write 62 ± 3 %"),
        (["geometry", "--edge", "9.5", "--vacancies", "190"], "and not both"),
        (["geometry", "--edge", "9.5", "--vacant-fraction", "0.12"], "and not both"),
        (["nmr", "--observed", "10", "--bound", "290", "--free-at-least", "3"], "give --bound-ligands"),
    ],
)
def test_wrong_options_are_named_as_they_were_typed(run, arguments, message):
    done = run(*arguments)
    assert done.code == 2
    assert message in done.err
    assert done.out == ""


def test_all_slips_of_a_sample_are_named_at_once(run):
    done = run("plan", "oleate", "--nc-concentration", "1000", "--volume", "0", "--edge", "95")
    assert [line.split(":")[0] for line in done.err.splitlines()] == [
        "--nc-concentration",
        "--volume",
        "--edge",
    ]


# ---- NMR, geometry, XPS, lifetimes, dilution ----


def test_linewidths_of_the_paper_ask_for_4900_ligands(run):
    """10.7 ± 0.2 and 290 ± 30 Hz with 180 ± 20 bound (doi 10.1021/jacs.8b11035) and a free linewidth ≥ 0."""
    done = run(
        "nmr", "--observed", "10.7±0.2", "--bound", "290±30", "--bound-ligands", "180±20", "-f", "json"
    )
    found = done.rows[0]["total_ligands"]
    assert found["at_least"]["value"] == pytest.approx(4879, abs=1)
    assert found["at_most"]["value"] == {"absent": "no bound"}


def test_a_table_of_linewidths_keeps_known_and_unknown_apart(run, tmp_path):
    path = tmp_path / "nmr.csv"
    path.write_text(
        "sample,observed_hz,observed_sigma_hz,bound_hz,bound_sigma_hz,free_hz,free_sigma_hz,"
        "total_ligands,total_ligands_sigma\n"
        "whole,10.7,0.2,290,30,2.0,0.2,6000,300\nbare,10.7,0.2,290,30,,,,\nno-free,10.7,0.2,290,30,,,6000,300\n",
        encoding="utf-8",
    )
    text = run("nmr", str(path)).out
    assert "181 ± 22" in text
    assert re.search(r"bare +at most 0\.0369 ± 0\.0039 +unknown", text)
    assert re.search(r"no-free .* at most 221 ± 26", text)
    assert "fast exchange" in text
    rows = run("nmr", str(path), "-f", "json").rows
    assert "absent" in rows[1]["bound_ligands"]
    assert [row["upper_bound_only"] for row in rows] == [False, True, True]


def test_vacancies_of_the_paper_imply_a_cube_of_cited_size(run):
    """190 at 12 % (doi 10.1021/jacs.8b11035); edges of 4 to 15 nm (doi 10.1021/nl5048779, abstract)."""
    cube = run("geometry", "--vacancies", "190±20", "--vacant-fraction", "0.12", "-f", "json").rows[0]
    assert cube["surface_halide"]["value"] == pytest.approx(1583.3, abs=0.1)
    assert 4 <= cube["edge_length_nm"] <= 15


def test_xps_says_that_it_says_nothing(run):
    rows = run("xps", "--halide-per-lead", "2.83±0.02", "--edge", "9.5", "-f", "json").rows
    assert [row["weighting"] for row in rows] == ["exponential", "cut"]
    assert all(row["bound"]["exceeds_outermost_plane"] for row in rows)
    assert "Upper bound only" in run("xps", "--halide-per-lead", "2.95", "--weighting", "cut").out


def test_a_lifetime_asks_for_the_plqy_until_it_is_given(run, decay, tmp_path):
    alone = run("lifetime", decay, "--background-until", "9", "--plot", str(tmp_path / "decay.svg"))
    assert alone.code == 0
    assert "one exponential" in alone.out
    said = re.sub(r"\s+", " ", alone.out)
    assert (
        "Measure the PLQY before and after too, and give --plqy, --plqy-before and --lifetime-before" in said
    )
    assert "passivation_evidence" not in said
    assert "runs test: signs of the residuals look random, p = 0." in said
    treated = ("--lifetime-before", "7±0.1", "--plqy", "0.998±0.01")
    half = run("lifetime", decay, "--background-until", "9", *treated)
    assert "measure the PLQY before the treatment" in half.out
    whole = run("lifetime", decay, "--background-until", "9", *treated, "--plqy-before", "0.761±0.01")
    assert "nonradiative rate falls" in whole.out
    assert "dodecanethiol" not in whole.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--decades", "9"], "--decades: 9 is no number of decades"),
        (["--background-until", "-1"], "--background-until: only 0 bins"),
        (["--plqy", "1"], "write 1 % or 100 %"),
        (["--lifetime-before", "-3", "--plqy", "0.9", "--plqy-before", "0.5"], "--lifetime-before: -3"),
        (["--lifetime-before", "3", "--plqy", "0.9", "--plqy-before", "1.2"], "write 1.2 % if that is meant"),
        (["--plqy-before", "0.5"], "--plqy-before needs --lifetime-before"),
        (["--background-until", "62"], "--background-until: 62 ns isn't before the peak at 10"),
        (["--skip", "-1"], "--skip: -1 is no time after the peak"),
        (["--skip", "62"], "skip less"),
        (["--repetition-rate", "1e7"], "if this is in Hz, write 10"),
        (["--lifetime-before", "3160"], "if this is in ps, write 3.16"),
        (["--lifetime-before", "3±nan"], "--lifetime-before: nan is no standard deviation"),
    ],
)
def test_wrong_options_of_a_lifetime(run, decay, arguments, message):
    done = run("lifetime", decay, *arguments)
    assert done.code == 2
    assert message in done.err


@pytest.mark.parametrize(
    ("factor", "fix"), [(1000.0, "in ps, divide them by 1000"), (0.001, "in µs, multiply them by 1000")]
)
def test_a_decay_in_another_unit_is_refused(run, decay, tmp_path, factor, fix):
    lines = Path(decay).read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines[1:]]
    path = tmp_path / "unit.csv"
    rows = [f"{float(time) * factor:.6g},{counts}" for time, counts in cells]
    path.write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
    done = run("lifetime", str(path))
    assert done.code == 1
    assert re.search(r"unit\.csv:\d+:1: the counts fall to 1/e within about", done.err)
    assert fix in done.err


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("0,1\n", "bad.csv:2:3: 1 bins are no decay"),
        ("".join(f"{t},7\n" for t in range(40)), "bad.csv:2:3: all counts are equal"),
        ("".join(f"{t},{99 - t}\n" for t in range(40)).replace("3,96", "3,nan"), "bad.csv:5:3: 'nan' is not"),
        ("".join(f"{t},{99 - t}\n" for t in range(40)).replace("3,96", "3,-96"), "bad.csv:5:3: -96 is no"),
        ("".join(f"{t},{(99 - t) / 99}\n" for t in range(40)), "counts are no whole numbers"),
        ("".join(f"{t // 2},{99 - t}\n" for t in range(40)), "times don't ascend"),
    ],
)
def test_a_table_that_is_no_decay(run, tmp_path, rows, message):
    path = tmp_path / "bad.csv"
    path.write_text("time_ns,counts\n" + rows, encoding="utf-8")
    done = run("lifetime", str(path))
    assert (done.code, done.out) == (1, "")
    assert message in done.err


def test_an_interrupted_plot_leaves_the_old_one(run, series, tmp_path, monkeypatch):
    plots = pytest.importorskip("ligandkb.reports.figures.surface")
    target = tmp_path / "fit.svg"
    target.write_text("old", encoding="utf-8")

    def stop(_figure, path):
        path.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(plots, "save_figure", stop)
    assert run("traps-fit", series, *KNOWN, "--plot", str(target)).code != 0
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".svg"] == ["fit.svg"]


def test_rates_carry_no_part_of_an_error(run, decay):
    bare = run("lifetime", decay, "--background-until", "9", "--plqy", "0.9")
    assert re.search(r"\n +radiative rate +0\.15\d* /ns\n", bare.out)
    assert "The rates carry no ±" in bare.out
    whole = run("lifetime", decay, "--background-until", "9", "--plqy", "0.9±0.03")
    assert re.search(r"nonradiative rate +0\.016\d* ± 0\.005\d* /ns", whole.out)
    assert "carry no ±" not in whole.out


def test_a_decay_behind_its_response(run, tmp_path):
    rng, time = np.random.default_rng(1), np.arange(0.0, 60.0, 0.1)
    pulse = np.exp(-0.5 * ((time - 5.0) / 0.3) ** 2)
    light = 0.6 * np.exp(-time / 3.0) + 0.4 * np.exp(-time / 12.0)
    spread = np.convolve(pulse / pulse.sum(), light)[: time.size]
    columns = rng.poisson(8000 * spread + 5), rng.poisson(9000 * spread + 5), rng.poisson(2e4 * pulse + 1)
    rows = "".join("\t".join(map(str, row)) + "\n" for row in zip(time.round(1), *columns, strict=True))
    path = tmp_path / "two.txt"
    path.write_text("Time[ns]\tA[Cnts]\tB[Cnts]\tIRF[Cnts]\n" + rows, encoding="utf-8")
    several = run("lifetime", str(path))
    assert several.code == 1
    assert "say which with --column" in several.err
    plot = tmp_path / "two.svg"
    done = run("lifetime", str(path), "--column", "B", "--response", str(path), "--plot", str(plot))
    said = re.sub(r"\s+", " ", done.out)
    assert done.code == 0
    assert plot.stat().st_size > 5000
    assert "instrument's response 0.7 ns wide" in said
    assert "all of the decay two exponentials" in said
    assert "Response: Read: times from 'Time[ns]', counts from 'IRF[Cnts]'." in said
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", said), said
    as_json = run("lifetime", str(path), "--column", "B", "--response", str(path), "-f", "json").rows[0]
    means = as_json["fit"]["models"]["two"]
    assert means["amplitude_mean_ns"]["low"] < 6.6 < means["amplitude_mean_ns"]["high"]
    assert means["intensity_mean_ns"]["low"] < 63.0 / 6.6 < means["intensity_mean_ns"]["high"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--response", "other.csv"], "--response: its bins are 0.5 ns wide"),
        (["--response", "flat.csv"], "--response: no pulse stands out"),
        (["--skip", "1", "--response", "flat.csv"], "--skip: with a response nothing has to be left out"),
        (["--until", "1"], "--until: 1 ns leaves less than 10 bins"),
    ],
)
def test_wrong_responses(run, decay, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    for name, step in (("other.csv", 0.5), ("flat.csv", 0.25)):
        time = np.arange(0.0, 100.0, step)
        counts = np.random.default_rng(0).poisson(50 + 900.0 * ((np.abs(time - 20) < 1) & (step == 0.5)))
        rows = "".join(f"{t},{n}\n" for t, n in zip(time, counts, strict=True))
        (tmp_path / name).write_text("time_ns,counts\n" + rows, encoding="utf-8")
    done = run("lifetime", decay, *arguments)
    assert done.code == 2, done.out
    assert message in re.sub(r"\s+", " ", done.err)


def test_a_distribution_is_told_without_a_p_of_zero(run, tmp_path):
    time = np.arange(0.0, 100.0, 0.25)
    light = np.where(time < 10, 0.0, 8000 * np.exp(-(((time - 10).clip(0) / 5.0) ** 0.6))) + 4.0
    counts = np.random.default_rng(0).poisson(light)
    rows = "".join(f"{t},{n}\n" for t, n in zip(time, counts, strict=True))
    path = tmp_path / "decay.csv"
    path.write_text("time_ns,counts\n" + rows, encoding="utf-8")
    text = re.sub(r"\s+", " ", run("lifetime", str(path)).out)
    assert "runs test: residuals of one sign cluster, p < 1e-6" in text
    assert not re.search(r"p = 0(\.0e\+00)?[ ,)]", text)
    assert "give --background-until if the trace begins before the pulse" in text
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["traps", "--plqy", "0.62±0.03"], "No error of k_r/k_nr,trap is in the ±"),
        (["traps", "--plqy", "0.62", "--rate-ratio", "333±30"], "± is that of k_r/k_nr,trap alone"),
        (
            ["nmr", "--observed", "10.7", "--bound", "290±30", "--total", "5000"],
            "leaves out what was given without an error: observed linewidth, all ligands",
        ),
        (
            ["geometry", "--vacancies", "190±20", "--vacant-fraction", "0.12"],
            "those of the cube with that mean edge, without this ±",
        ),
    ],
)
def test_an_error_that_is_left_out_is_said(run, arguments, said):
    assert said in re.sub(r"\s+", " ", run(*arguments).out)


def test_two_dilutions_tell_whether_vacancies_are_the_problem(run):
    def seen(dilute_plqy: str) -> str:
        first = ("--concentrated", "1", "--concentrated-plqy", "0.80±0.03")
        return run("dilution", *first, "--dilute", "0.01", "--dilute-plqy", dilute_plqy).out

    assert "falls on dilution" in seen("0.55±0.03")
    assert "not your problem" in seen("0.78±0.03")


# ---- planner ----


def test_worked_example_of_the_docs_one_to_one(run):
    """By hand in docs/surface.md."""
    plan = run("plan", "hexylphosphonic acid", "--partner", "oleylammonium", *SAMPLE, "-f", "json").rows[0]
    assert plan["pairs_umol_per_cycle"] == pytest.approx(12.741, abs=1e-3)
    assert plan["pair_concentration_mm"] == pytest.approx(6.370, abs=1e-3)
    assert [dose["milligram"] for dose in plan["all_cycles"]] == pytest.approx([6.383, 10.225], abs=1e-3)
    assert [dose["milligram"] for dose in plan["solution"]["doses"]] == pytest.approx(
        [10.11, 16.19], abs=0.005
    )
    assert plan["solution"]["volume_ml"] == 9.5
    assert sum(plan["antisolvent_ml"]) == 12.0


def test_worked_example_of_the_docs_dianion(run):
    """By hand in docs/surface.md."""
    name = "2,2'-iminodibenzoate(2-)"
    plan = run("plan", name, "-p", "oleylammonium", *SAMPLE, "--ligand-purity", "0.98", "-f", "json").rows[0]
    assert plan["partners_per_ligand"] == 2
    assert [dose["umol"] for dose in plan["per_cycle"]] == pytest.approx([12.741, 25.482], abs=1e-3)
    assert [dose["milligram"] for dose in plan["all_cycles"]] == pytest.approx([10.033, 20.449], abs=1e-3)
    assert any("two partners" in line for line in plan["assumptions"])


def milligram(formula: str, umol: float, purity: float = 1.0) -> float:
    """By the atomic weights of the chemicals package; the planner takes RDKit's."""
    return umol * molecular_weight(simple_formula_parser(formula)) / purity / 1000.0


@pytest.mark.parametrize(
    ("arguments", "ligand", "partner"),
    [
        # product: formula as bought, equivalents of it per halide-filling ligand, purity that divides
        (["DDAB"], ("C26H56BrN", 1, 0.98), None),
        (["hexylphosphonic acid"], ("C6H15O3P", 1, 0.995), ("C18H37N", 1, 1)),
        (["hexylphosphonate(2-)"], ("C6H15O3P", 1, 0.995), ("C18H37N", 2, 1)),
        (["2,2'-iminodibenzoate(2-)"], ("C14H11NO4", 1, 1), ("C18H37N", 2, 1)),
        (["oxalate"], ("C2H2O4", 1, 1), ("C18H37N", 2, 1)),
        (["hexylphosphonic acid", "-p", "caesium"], ("C6H15O3P", 1, 0.995), ("Cs2CO3", 0.5, 0.999)),
        (["p-toluenesulfonic acid monohydrate"], ("C7H10O4S", 1, 1), ("C18H37N", 1, 1)),
        (["lead acetate trihydrate"], ("C4H12O7Pb", 1, 1), None),
        (["oleic acid"], ("C18H34O2", 1, 1), ("C18H37N", 1, 1)),
        (["fluoroacetic acid", "--allow", "lethal"], ("C2H3FO2", 1, 0.95), ("C18H37N", 1, 1)),
        (["OC(=O)c1ccc(C#N)cc1"], ("C8H5NO2", 1, 1), ("C18H37N", 1, 1)),
    ],
)
def test_masses_by_hand(run, arguments, ligand, partner):
    """Pairs for a cycle: 2.0 nmol × 6 × (9.5/0.5831)² × 4 = 12.7405 µmol; masses from formulas."""
    plan = run("plan", *arguments, *SAMPLE, "-f", "json").rows[0]
    umol = 2.0 * 6 * (9.5 / 0.5831) ** 2 * 4 / 1000
    expected = [
        milligram(formula, umol * equivalents, purity)
        for formula, equivalents, purity in (one for one in (ligand, partner) if one)
    ]
    assert [dose["milligram"] for dose in plan["per_cycle"]] == pytest.approx(expected, rel=1e-4)
    assert [dose["milligram"] for dose in plan["all_cycles"]] == pytest.approx(
        [3 * one for one in expected], rel=1e-4
    )
    cycles = plan["solution"]["volume_ml"] * plan["solution"]["strength"] / 2.0
    weighed = [dose["milligram"] for dose in plan["solution"]["doses"]]
    assert weighed == pytest.approx([cycles * one for one in expected], rel=1e-4)
    assert min(weighed) >= 10.0
    assert plan["solution"]["pair_concentration_mm"] == pytest.approx(
        umol / 2.0 * plan["solution"]["strength"]
    )


def test_what_has_no_density_is_weighed(run):
    doses = run("plan", "oleic acid", *SAMPLE, "-f", "json").rows[0]["per_cycle"]
    assert doses[1]["reagent"]["name"] == "oleylamine"
    assert "no density: weigh it" in doses[1]["microlitre"]["absent"]


def test_an_iodine_value_is_no_amine_value(run):
    text = re.sub(r"\s+", " ", run("plan", "oleic acid", *SAMPLE, "--partner-value", "85").out)
    assert "is 41 % of what the pure product has (210)" in text  # 85 × 267.5 / 56105 = 0.405
    assert "iodine value" not in run("plan", "oleic acid", *SAMPLE, "--partner-value", "205").out


def test_the_ending_of_the_file_says_the_format(run, tmp_path):
    for ending, start in {"html": "<!doctype html>", "md": "# Ligand", "json": "{", "txt": "Ligand"}.items():
        target = tmp_path / f"sheet.{ending}"
        assert run("plan", "oleate", *SAMPLE, "--out", str(target)).code == 0
        assert target.read_text(encoding="utf-8").startswith(start)
    assert run("plan", "oleate", *SAMPLE, "--out", str(tmp_path / "no" / "sheet.md")).code == 2


@pytest.mark.parametrize(
    "name",
    ["hexylphosphonic-acid", "hexylphosphonic acid", "4721-24-8", "CCCCCCP(=O)(O)O", "CCCCCCP(=O)([O-])O"],
)
def test_a_ligand_goes_by_any_of_its_names(run, name):
    plan = run("plan", name, *SAMPLE, "-f", "json").rows[0]
    assert plan["ligand"]["name"] == "hexylphosphonic acid"
    assert plan["partner"]["name"] == "oleylamine"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("fluoroacetic acid", "lethal"),
        ("OC(=O)CCCCCF", "lethal"),
        ("[C-]#N.[Na+]", "lethal"),
        ("[N-]=[N+]=[N-].[Na+]", "explosive"),
        ("[O-]Cl(=O)(=O)=O.CCCC[N+](CCCC)(CCCC)CCCC", "explosive"),
    ],
)
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_the_vetoed_get_no_plan(run, tmp_path, name, kind, form):
    target = tmp_path / "sheet"
    done = run("plan", name, *SAMPLE, "-f", form, "--out", str(target))
    assert done.code == 1
    assert re.search(rf"vetoed \([^)]*\b{kind}\b", done.err)
    assert not target.exists()
    allowed = run("plan", name, *SAMPLE, "-f", form, "--allow", "lethal")
    assert allowed.code == (0 if kind == "lethal" else 1)


def test_a_lifted_veto_is_the_first_line_of_the_sheet(run):
    text = run("plan", "fluoroacetic acid", *SAMPLE, "--allow", "lethal").out
    assert text.splitlines()[3].strip().startswith("! VETO LIFTED on your word: lethal")


def test_what_is_no_product_gets_no_plan(run):
    assert "nothing in it binds lead" in run("plan", "CCCC", *SAMPLE).err
    ion = run("plan", "O=C([O-])CCCCCCC(C)CC", *SAMPLE)
    assert ion.code == 1
    assert "not a product as bought" in ion.err
    assert "did you mean" in run("plan", "benzoat", *SAMPLE).err


def test_a_hydrate_is_weighed_with_its_water(run):
    plan = run("plan", "p-toluenesulfonic acid monohydrate", *SAMPLE, "-f", "json").rows[0]
    assert plan["ligand"]["crystal_waters"] == 1
    assert plan["ligand"]["molar_mass_g_per_mol"] == pytest.approx(190.22, abs=0.01)
    assert any("brings 1 H2O" in caution["text"] for caution in plan["cautions"])
    assert any("Strong acid" in caution["text"] for caution in plan["cautions"])


def test_a_salt_brings_its_partner_and_counts_its_ions(run):
    bromide = run("plan", "didodecyldimethylammonium bromide", *SAMPLE, "-f", "json").rows[0]
    assert bromide["partner"] is None
    texts = [caution["text"] for caution in bromide["cautions"]]
    assert any("over-dosed" in text for text in texts)
    assert any("for each Pb of the crystal" in text for text in texts)
    caesium = run("plan", "hexylphosphonic acid", "-p", "caesium", *SAMPLE, "-f", "json").rows[0]
    assert caesium["partner"]["species_per_formula"] == 2
    umol, carbonate = caesium["per_cycle"][1]["umol"], caesium["per_cycle"][1]["milligram"]
    assert carbonate == pytest.approx(umol / 2 * 325.82 / 0.999 / 1000, rel=1e-3)


def test_a_foreign_halide_is_a_caution(run):
    text = run("plan", "didodecyldimethylammonium bromide", *SAMPLE, "-c", "CsPbI3").out
    assert "brings another halide" in re.sub(r"\s+", " ", text)


def test_acid_or_amine_alone_fails_as_planned(run):
    for arguments in (["oleylamine"], ["hexylphosphonic acid", "--partner", "none"]):
        assert "THIS WILL FAIL AS PLANNED" in run("plan", *arguments, *SAMPLE).out


def test_a_technical_grade_is_dosed_by_its_value_where_one_is_given(run):
    by_mass = run("plan", "oleic acid", *SAMPLE, "-f", "json").rows[0]
    assert by_mass["ligand"]["technical"]
    assert by_mass["partner"]["technical"]
    assert by_mass["per_cycle"][0]["microlitre"] == pytest.approx(
        by_mass["per_cycle"][0]["milligram"] / 0.8935, rel=1e-3
    )
    by_value = run("plan", "oleic acid", *SAMPLE, "--partner-value", "200", "-f", "json").rows[0]
    amine = by_value["per_cycle"][1]
    assert amine["milligram"] == pytest.approx(amine["umol"] * 56.105 / 200)
    pure = run("plan", "oleic acid", *SAMPLE, "--ligand-purity", "0.99", "-f", "json").rows[0]
    assert not pure["ligand"]["technical"]


@pytest.mark.parametrize("name", ["zinc bromide", "trioctylphosphine"])
def test_a_sheet_speaks_of_what_is_exchanged(run, name):
    text = re.sub(r"\s+", " ", run("plan", name, *SAMPLE).out)
    assert f"mM of {name}" in text
    assert "ligand solution" in text
    for words in ("acid and amine meet", "of pairs", "pair solution", "pair concentration"):
        assert words not in text
    # The paper: neat solvent degrades in the exchange; its own optics were dilute samples in it.
    assert "Diluting a little of the sample in neat solvent to measure it at once" in text
    oleylamine_alone = "oleylamine by itself is no control"
    assert (oleylamine_alone in text) == (name == "trioctylphosphine")


def test_acid_and_amine_are_told_to_meet_by_name(run):
    text = re.sub(r"\s+", " ", run("plan", "hexylphosphonic acid", "-p", "oleylammonium", *SAMPLE).out)
    assert "Let hexylphosphonic acid and oleylamine meet each other before they meet nanocrystals" in text
    assert "oleylamine by itself is no control" not in text


def test_a_form_is_planned_by_its_charge_and_the_other_is_named(run):
    pair = ("hexylphosphonic acid", "-p", "oleylammonium", *SAMPLE)
    first = re.sub(r"\s+", " ", run("plan", *pair).out)
    assert "can also bind as hexylphosphonate(2-)" in first
    twice = run("plan", *pair, "--form", "hexylphosphonate(2-)", "-f", "json").rows[0]
    assert twice["partners_per_ligand"] == 2
    ligand, partner = twice["per_cycle"]
    assert partner["umol"] == pytest.approx(2 * ligand["umol"])
    same = run("plan", *pair, "--form", "CCCCCCP(=O)([O-])[O-]", "-f", "json").rows[0]
    assert same["per_cycle"] == twice["per_cycle"]
    wrong = run("plan", *pair, "--form", "oleate")
    assert wrong.code == 2
    assert "--form: hexylphosphonic acid does not bind as 'oleate': it binds as hexylphosphonate" in wrong.err


def test_the_concentration_window_is_checked(run):
    few = run("plan", "oleate", *SAMPLE, "--pairs-per-site", "0.48").out
    assert "lies below the 1 to 10 mM" in re.sub(r"\s+", " ", few)
    assert "1 mM" not in run("plan", "oleate", *SAMPLE).out


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_the_sheet_begins_with_safety_and_ends_with_the_first_test(run, tmp_path, form):
    target = tmp_path / f"sheet.{form}"
    done = run("plan", "2,2-difluorononanoic acid", *SAMPLE, "-f", form, "--out", str(target))
    assert done.code == 0
    assert done.out == ""
    text = target.read_text(encoding="utf-8").lower()
    order = [
        text.index(title) for title in ("safety", "what to weigh in", "what to do", "the test to do first")
    ]
    assert order == sorted(order)
    assert "pfas" in text
    assert "no tag is not a clearance" in text
    assert "not assessed" in text
    assert "data and rules" in text
    assert "if it is flat" in text or "plqy is flat" in text


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_hostile_text_stays_text(run, tmp_path, form):
    (tmp_path / "ligands.csv").write_text(
        "id,name,smiles,role,purity,doi,locator\n"
        'evil,"<script>alert(1)</script>|a*b_c`d` [x](javascript:1)",CCCCCCCC(C)C(=O)O,ligand,"<b>97 %</b>",'
        "10.1021/jacs.8b11035,made up for this test\n",
        encoding="utf-8",
    )
    done = run("plan", "evil", *SAMPLE, "-f", form, "--data", str(tmp_path))
    assert done.code == 0, done.err
    if form == "html":
        assert "<script" not in done.out
        assert "<b>" not in done.out
    if form == "md":
        assert "\\<script>alert(1)\\</script>\\|a\\*b\\_c\\`d\\` [x]\\(javascript:1)" in done.out
    assert "97 %" in done.out
    assert run("plan", "<script>alert(1)</script>", *SAMPLE, "-f", "html").code == 1


def test_text_is_spelt_out_for_a_terminal_without_unicode():
    command = [sys.executable, "-m", "ligandkb", "surface", "geometry", "--edge", "9.5", "--edge-spread", "1"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0, done.stderr
    assert b"+/-" in done.stdout
    assert b"\\x" not in done.stdout
