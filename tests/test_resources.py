"""The wheel, an editable install and the checkout all find data and rules."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ligandkb import resources

CHECKOUT = Path(__file__).resolve().parents[1]
QUESTION = "import ligandkb as lk; kb = lk.load(); print(len(kb.ligands), lk.__file__)"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
    ]
    subprocess.run([*command, str(CHECKOUT)], check=True, capture_output=True)
    return next(folder.glob("ligandkb-*.whl"))


def ask(python_path: str, cwd: Path) -> tuple[int, Path]:
    environment = os.environ | {"PYTHONPATH": python_path}
    done = subprocess.run(
        [sys.executable, "-c", QUESTION], cwd=cwd, env=environment, capture_output=True, text=True, check=True
    )
    count, _, home = done.stdout.strip().partition(" ")
    return int(count), Path(home)


def test_wheel_works_without_the_checkout(wheel, tmp_path):
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    count, home = ask(str(installed), tmp_path)
    assert count > 30
    assert home.is_relative_to(installed)


def test_checkout_shadows_the_wheel_and_still_finds_its_data(wheel, tmp_path):
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    count, home = ask(os.pathsep.join([str(CHECKOUT), str(installed)]), CHECKOUT)
    assert count > 30
    assert home.is_relative_to(CHECKOUT)


def test_editable_install_finds_data_and_rules(tmp_path):
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    if not python.exists():
        pytest.skip("environments look different on this system")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps"]
    subprocess.run(
        [*command, "--no-build-isolation", "-e", str(CHECKOUT)],
        check=True,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(site.getsitepackages())},
    )
    done = subprocess.run(
        [str(python), "-c", QUESTION],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(site.getsitepackages())},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout.split()[0]) > 30


def test_what_is_given_wins_over_the_environment(monkeypatch, tmp_path):
    (tmp_path / "one").mkdir()
    monkeypatch.setenv(resources.DATA_VARIABLE, str(tmp_path / "absent"))
    problems = []
    for given in (str(tmp_path / "one"), tmp_path / "one", [tmp_path / "one"]):
        assert resources.lab_folders(given, resources.DATA_VARIABLE, problems, "") == (tmp_path / "one",)
    assert resources.lab_folders([], resources.DATA_VARIABLE, problems, "") == ()
    assert problems == []


def test_the_environment_names_folders_where_nothing_is_given(monkeypatch, tmp_path):
    (tmp_path / "one").mkdir()
    named = os.pathsep.join(["", str(tmp_path / "one"), str(tmp_path / "absent")])
    monkeypatch.setenv(resources.DATA_VARIABLE, named)
    problems = []
    assert resources.lab_folders(None, resources.DATA_VARIABLE, problems, "make it") == (tmp_path / "one",)
    (problem,) = problems
    assert problem.file == str(tmp_path / "absent")
    assert problem.fix == "make it, or check LIGANDKB_DATA, which names it"
