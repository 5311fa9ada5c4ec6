"""docs/surface.md and paper.md say what the commands say: examples are run, tables compared with their output."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from ligandkb.cli import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "surface.md").read_text(encoding="utf-8")
PAGES = GUIDE + (DOCS / "paper.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    shlex.split(line)[1:]
    for _, text in BLOCKS
    for line in text.replace("\\\n", " ").splitlines()
    if line.startswith("ligandkb surface ")
]


def table(heading: str) -> dict[str, str]:
    """First to last cell of the table under a heading."""
    section = PAGES.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {row[0].strip(): row[-1].strip() for row in rows[2:]}


def numbers(cell: str) -> list[str]:
    return re.findall(r"\d[\d,]*\.?\d*", cell)


def as_printed(value: float, text: str) -> bool:
    """Whether a value rounds to what was printed."""
    decimals = len(text.partition(".")[2])
    return abs(value - float(text.replace(",", ""))) <= 0.5001 * 10.0**-decimals


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # main replaces it
    # What the messages that the guide shows are about.
    (tmp_path / "data.csv").write_text(
        "nanocrystal_concentration_um,plqy\n1.0,0.9\n0.3,62\n500,0.5\n", encoding="utf-8"
    )

    def run(arguments):
        monkeypatch.setattr(sys, "argv", ["ligandkb", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        captured = capsys.readouterr()
        return int(end.value.code or 0), captured.out, captured.err

    return run


def test_the_guide_shows_every_command() -> None:
    from ligandkb.cli.surface import surface

    shown = {command[1] for command in COMMANDS}
    assert shown == {str(command.name) for command in surface.registered_commands}


def test_the_messages_of_the_guide_are_what_is_said(run) -> None:
    said = next(text for _, text in BLOCKS if text.startswith("data.csv:")).splitlines()
    known = ("--sites-max", "400", "--association-constant", "2e4", "--pairs", "1600")
    code, out, err = run(["surface", "traps-fit", "data.csv", *known])
    assert (code, out) == (1, "")
    assert err.splitlines() == said


def test_the_python_example_prints_what_it_says() -> None:
    code = next(text for language, text in BLOCKS if language == "python")
    done = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == code.rsplit("# ", 1)[1].strip()


def test_the_table_of_gains_is_what_the_command_says(run) -> None:
    rows = {
        row["composition"]: row["gain_bound"]
        for row in json.loads(run(["surface", "gain", "-f", "json"])[1])["rows"]
    }
    shown = table("What a perfect ligand could gain at most")
    assert set(shown) == set(rows)
    for composition, cell in shown.items():
        gain = rows[composition]
        if cell == "unknown":
            assert "absent" in gain
        else:
            assert as_printed(100 * gain["gain"], numbers(cell)[0]), composition


def plan_of(run, number: int) -> dict:
    """What the command of a worked example says, as JSON."""
    command = [one for one in COMMANDS if one[1] == "plan" and "--lattice" in one][number]
    for option in ("--format", "--out"):
        if option in command:
            at = command.index(option)
            command = command[:at] + command[at + 2 :]
    code, out, err = run([*command, "-f", "json"])
    assert code == 0, err
    return json.loads(out)["rows"][0]


def check(shown: dict[str, str], expected: dict[str, list[float]]) -> None:
    """Each row's first numbers, as printed; no row of the guide unchecked."""
    assert set(shown) == set(expected)
    for step, values in expected.items():
        texts = numbers(shown[step])
        assert len(texts) >= len(values), step
        for value, text in zip(values, texts, strict=False):
            assert as_printed(value, text), (step, value, text)


def test_the_worked_example_one_to_one(run) -> None:
    plan = plan_of(run, 0)
    cycle, cycles, weighed = (
        [dose["milligram"] for dose in doses]
        for doses in (plan["per_cycle"], plan["all_cycles"], plan["solution"]["doses"])
    )
    check(
        table("Worked by hand: one to one"),
        {
            "nanocrystals": [plan["nanocrystals_nmol"]],
            "halide positions": [plan["surface_halides"]["value"]],
            "pairs for a cycle": [plan["pairs_umol_per_cycle"]],
            "concentration": [plan["pair_concentration_mm"], *plan["protocol"]["pair_window_mm"]],
            "acid for a cycle": [cycle[0]],
            "acid for three": [cycles[0]],
            "amine for three": [cycles[1], plan["all_cycles"][1]["milligram_if_rest_inert"]],
            "ethyl acetate": [sum(plan["antisolvent_ml"])],
            "solution to make": [plan["solution"]["volume_ml"]],
            "to weigh in": weighed,
        },
    )


def test_the_worked_example_of_a_dianion(run) -> None:
    plan = plan_of(run, 1)
    ligand, partner = plan["per_cycle"]
    check(
        table("Worked by hand: a dianion"),
        {
            "ligands for a cycle": [ligand["umol"]],
            "partners for a cycle": [partner["umol"]],
            "acid for three": [plan["all_cycles"][0]["milligram"]],
            "amine for three": [plan["all_cycles"][1]["milligram"]],
        },
    )
