from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import settings
from typer.testing import CliRunner

import ligandkb as lk
from ligandkb import loading
from ligandkb.cli import interruption, main
from ligandkb.cli.outcomes import outcomes
from ligandkb.resources import DATA_VARIABLE, RULES_VARIABLE, data_directory, lab_folders, rules_directory
from ligandkb.storage.computed_values import cache_path
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.structure_answers import answers_path

# Read when tblite is loaded, which is later. Threads that wait for each other on a busy machine take twenty times as long.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

# No test is about how long one example takes: on a busy machine any may take long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

BROWSER_REQUIRED = os.environ.get("BROWSER_TESTS") == "required"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Where a browser must be there, a test that has none has failed."""
    report = yield
    if BROWSER_REQUIRED and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"BROWSER_TESTS=required, but this was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def nobody_s_files(tmp_path_factory):
    """Tests neither read nor write the cache, the database and the settings of whoever runs them."""
    inherited = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("LIGANDKB_")}
    own = tmp_path_factory.mktemp("user")
    os.environ["LIGANDKB_CACHE"] = str(own / "cache")
    os.environ["LIGANDKB_DB"] = f"sqlite:///{own / 'outcomes.sqlite'}"
    yield
    del os.environ["LIGANDKB_CACHE"], os.environ["LIGANDKB_DB"]
    os.environ.update(inherited)


@pytest.fixture(scope="session")
def kb():
    return lk.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material beside the checkout that tests may read; they skip cleanly without it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder


LAB = Path(__file__).parent / "learning" / "lab.csv"
"""Outcomes of a lab that never was: in its hands phosphonates darken the crystals, against the rule."""


@pytest.fixture(scope="session")
def record(load_once: Callable[..., Any]) -> Callable[[Path, Path], None]:
    """Record a table of outcomes into a database, with the command that a lab would type."""

    def record(table: Path, database: Path) -> None:
        typed = ["add", "--from", str(table), "--db", str(database), "--by", "Ada"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loading, "load", load_once)
            done = CliRunner().invoke(outcomes, typed)
        assert done.exit_code == 0, done.output

    return record


@pytest.fixture(scope="session")
def lab_db(tmp_path_factory: pytest.TempPathFactory, record: Callable[[Path, Path], None]) -> Path:
    """The recorded outcomes of that lab: 17, of which one states no effect."""
    database = tmp_path_factory.mktemp("lab") / "outcomes.sqlite"
    record(LAB, database)
    return database


@pytest.fixture(scope="session")
def lab(lab_db: Path, load_once: Callable[..., Any]) -> lk.KnowledgeBase:
    """The knowledge base with these outcomes."""
    return load_once(db=str(lab_db))


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Rows of an answer in JSON."""
        return json.loads(self.out)["rows"]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], load_once: Callable[..., Any]
) -> Callable[..., Done]:
    """Run the whole command line in this process: same messages, same exit codes, no new interpreter.

    ``env`` is laid over the environment of that one command. What native code writes is caught, too.
    """
    monkeypatch.setattr(interruption, "listen", lambda: None)
    monkeypatch.setattr(loading, "load", load_once)
    monkeypatch.setattr(typer.main, "get_command", built_once)

    def run(*arguments: str | Path, env: dict[str, str] | None = None) -> Done:
        capfd.readouterr()
        # The command line shows warnings its own way; what held before holds again afterwards.
        with (
            pytest.MonkeyPatch.context() as patch,
            warnings.catch_warnings(),
            pytest.raises(SystemExit) as ended,
        ):
            warnings.simplefilter("default")
            patch.setattr(sys, "argv", ["ligandkb", *map(str, arguments)])
            for name, value in ({"COLUMNS": "80"} | (env or {})).items():
                patch.setenv(name, value)
            main()
        said = capfd.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else int(code is not None), said.out, said.err)

    return run


built_once = cache(typer.main.get_command)
"""The parser of the command line: it holds nothing of a command that was run."""


@pytest.fixture(scope="session")
def load_once() -> Callable[..., Any]:
    """``load`` for commands: what was read before is not read again unless a byte of it has changed."""
    load, loaded = loading.load, {}

    def load_once(data: Any = None, rules: Any = None, db: str | None = None) -> Any:
        try:
            key = _content(data, rules, db)
        except (OSError, lk.LigandkbError):
            return load(data, rules, db)
        if key not in loaded:
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                loaded[key] = load(data, rules, db), said
        kb, said = loaded[key]
        for one in said:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
        return kb

    return load_once


def _content(data: Any, rules: Any, db: str | None) -> str:
    """Hash of all that ``load`` goes by: arguments, settings, and every file in the folders that it looks into."""
    settings = sorted(item for item in os.environ.items() if item[0].startswith("LIGANDKB_"))
    found = sha256(repr((data, rules, db, Path.cwd(), settings)).encode())
    database = locate(db).path
    problems: list[lk.Problem] = []
    own = (*lab_folders(data, DATA_VARIABLE, problems, ""), *lab_folders(rules, RULES_VARIABLE, problems, ""))
    folders = [data_directory(), data_directory() / "computed", rules_directory(), cache_path().parent]
    for path in (*folders, *own, *([database] if database else [])):
        # What was worked out of structures changes no answer.
        for file in sorted({*path.iterdir()} - {answers_path()}) if path.is_dir() else [path]:
            found.update(f"{file}\0".encode() + (file.read_bytes() if file.is_file() else b""))
    return found.hexdigest()
