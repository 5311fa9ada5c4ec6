"""docs/changes-0.2.md is what the command says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ("diff", "tests/frozen/0.1.0/rank-CsPbBr3.json.gz")


def test_it_is_what_the_command_writes(run, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = run(*COMMAND, "-f", "md").out
    kept = (ROOT / "docs" / "changes-0.2.md").read_text(encoding="utf-8")
    # Version and hash of data and rules change more often than what they answer.
    now, then = (
        re.sub(r"ligandkb \S+, data and rules \w+", "ligandkb", text).strip() for text in (said, kept)
    )
    assert now == then, f"write it again: ligandkb {' '.join(COMMAND)} -o docs/changes-0.2.md"
