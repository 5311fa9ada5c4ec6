"""What a release is made of: one version everywhere, whole archives, terms for each table that is shipped."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

import ligandkb

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
RECIPE = yaml.safe_load((ROOT / "recipe" / "recipe.yaml").read_text(encoding="utf-8"))
CONDA_NAMES = {"matplotlib": "matplotlib-base", "PyYAML": "pyyaml"}
LARGEST_WHEEL_BYTES = 3_000_000


def test_one_version_everywhere():
    versions = (ligandkb.__version__, CITATION["version"], RECIPE["context"]["version"])
    assert set(versions) == {PROJECT["version"]}


def test_the_recipe_asks_for_what_the_project_asks_for():
    wanted = [re.fullmatch(r"([A-Za-z0-9]+)(>=.+)", one).groups() for one in PROJECT["dependencies"]]
    expected = {f"{CONDA_NAMES.get(name, name)} {version}" for name, version in wanted}
    asked, python = RECIPE["requirements"]["run"], f">={RECIPE['context']['python_min']}"
    assert set(asked) - {"python >=${{ python_min }}"} == expected
    assert PROJECT["requires-python"] == python


def test_the_recipe_makes_the_commands():
    commands = [f"{name} = {what}" for name, what in PROJECT["scripts"].items()]
    assert RECIPE["build"]["python"]["entry_points"] == commands
    assert all((ROOT / name).is_file() for name in RECIPE["about"]["license_file"])


def test_a_citation_has_what_it_needs():
    assert {"cff-version", "message", "title", "authors", "type", "version", "license"} <= CITATION.keys()
    assert CITATION["license"] == PROJECT["license"]
    references = (ROOT / "data" / "references.csv").read_text(encoding="utf-8")
    for work in CITATION["references"]:
        assert work["doi"] in references and work["title"] in references
        assert all(
            f"{author['family-names']}, {author['given-names']}" in references for author in work["authors"]
        )


def test_every_shipped_table_has_its_terms():
    told = (ROOT / "data" / "LICENSES.md").read_text(encoding="utf-8")
    tables = [path for ending in ("csv", "json") for path in (ROOT / "data").rglob(f"*.{ending}")]
    assert tables
    for path in tables:
        assert f"`{path.relative_to(ROOT / 'data').as_posix()}`" in told
    named = re.findall(r"`([\w./-]+\.(?:csv|json|txt))`", told)
    gone = [name for name in named if not (ROOT / "data" / name).is_file() and name != "combined_data.csv"]
    assert not gone


@pytest.fixture(scope="module")
def archives(tmp_path_factory) -> tuple[Path, Path, Path]:
    """The sdist, the wheel of the checkout, and the wheel of what the sdist holds."""
    folder = tmp_path_factory.mktemp("release")

    def build(kind: str, source: Path, out: Path) -> Path:
        command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
        subprocess.run(command, cwd=source, check=True, capture_output=True)
        (made,) = out.iterdir()
        return made

    sdist = build("sdist", ROOT, folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    return sdist, build("wheel", ROOT, folder / "wheel"), build("wheel", unpacked, folder / "again")


def contents(wheel: Path) -> dict[str, str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}


def test_the_sdist_builds_the_same_wheel(archives):
    _, wheel, again = archives
    assert contents(again) == contents(wheel)


def test_the_wheel_holds_what_runs_and_nothing_else(archives):
    _, wheel, _ = archives
    allowed = (
        "ligandkb/*.py", "ligandkb/py.typed", "ligandkb/cli/help.txt", "ligandkb/reports/*.jinja",
        "ligandkb/reports/page.js", "ligandkb/reports/style.css", "ligandkb/_shipped/data/*.csv",
        "ligandkb/_shipped/data/*.json", "ligandkb/_shipped/data/*.md", "ligandkb/_shipped/data/hazards/LICENSE-*.txt",
        "ligandkb/_shipped/rules/*.yaml", "ligandkb/_shipped/rules/columns.md", "ligandkb/_shipped/rules/schema.json",
        "ligandkb/_shipped/changes/0.1.0.csv", "ligandkb-*.dist-info/*",
    )  # fmt: skip
    names = contents(wheel).keys()
    assert not [name for name in names if not any(fnmatch(name, pattern) for pattern in allowed)]
    shipped = {name.removeprefix("ligandkb/_shipped/") for name in names if "/_shipped/" in name}
    here = {
        path.relative_to(ROOT).as_posix()
        for folder in ("data", "rules")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped == here | {"changes/0.1.0.csv"}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ligandkb").rglob("*.py")}
    assert {name for name in names if name.endswith(".py") and "/_shipped/" not in name} == modules
    assert wheel.stat().st_size < LARGEST_WHEEL_BYTES
    for name in PROJECT["license-files"]:
        assert any(one.endswith(f".dist-info/licenses/{name}") for one in names)


def test_the_sdist_holds_what_builds_tests_and_explains(archives):
    sdist, _, _ = archives
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "pyproject.toml",
        "README.md",
        "SECURITY.md",
        "CITATION.cff",
        "recipe/recipe.yaml",
        "Dockerfile",
        "check",
    ):
        assert name in names
    assert {
        "tests/frozen/expected.csv",
        "docs/changes-0.2.md",
        "benchmarks/startup.py",
        "tests/conftest.py",
    } <= names
    assert not [name for name in names if name.endswith((".pyc", ".tmp")) or ".pytest_cache" in name]
