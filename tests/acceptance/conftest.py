"""A command line that acceptance tests can run hundreds of times."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ligandkb.cli import interruption, main

Lab = Callable[..., Path]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def ligandkb(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the whole command line in this process: same messages, same exit codes, no new interpreter."""
    monkeypatch.setattr(interruption, "listen", lambda: None)

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["ligandkb", *map(str, arguments)])
        capsys.readouterr()
        # The command line shows warnings its own way; what held before holds again afterwards.
        with warnings.catch_warnings(), pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else int(code is not None), said.out, said.err)

    return run


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """Write a lab's own folder: one table by the name of each argument."""

    def write(folder: str = "my-lab", **tables: str | bytes) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for name, content in tables.items():
            text = content.encode() if isinstance(content, str) else content
            (path / f"{name}.csv").write_bytes(text)
        return path

    return write
