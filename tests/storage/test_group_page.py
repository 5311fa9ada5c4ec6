"""Do the commands of docs/group.md work, one after another, on a real server?"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ligandkb.storage.outcome_database import record
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_reading import stored_recordings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "group.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sh|sql)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
HOST = "db.example.org"


@pytest.fixture
def shell(server, tmp_path):
    """Run a block as it stands there, with the tests' server for the one that it names."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ligandkb").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ligandkb "$@"\n')
    (programs / "pip").write_text("#!/bin/sh\n")
    for program in programs.iterdir():
        program.chmod(0o755)
    path = os.pathsep.join([str(programs), str(server.programs), os.environ["PATH"]])

    def shell(command: str, text: str = "") -> None:
        command = re.sub(rf"(postgresql://\w+)@{HOST}/(\w+)", rf"\1@/\2?host={server.folder}", command)
        command = command.replace(HOST, str(server.folder))
        done = subprocess.run(
            ["bash", "-euc", command],
            input=text,
            cwd=tmp_path,
            env={**os.environ, "PATH": path, "LIGANDKB_RECORDED_BY": "Ada"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"

    return shell


def test_every_command_of_the_page_works_in_its_order(server, shell, tmp_path, recording):
    record(locate(str(tmp_path / "outcomes.sqlite")), [recording()])
    assert len(BLOCKS) >= 10
    for language, text in BLOCKS:
        if language == "sql":
            psql, _, statements = text.partition("\n")
            shell(psql.removeprefix("-- ") + " -v ON_ERROR_STOP=1", statements)
        else:
            shell(text)
    everything = stored_recordings(locate(server.url("outcomes", "bob")), history=True)
    assert [(one.outcome.id, one.version) for one in everything] == [
        ("benzoate-1", 1),
        ("benzoate-b7", 1),
        ("benzoate-b7", 2),
    ]
    assert {one.recorded_by for one in everything} == {"Ada"}
    for place in ("backup.sqlite", "copy.sqlite", "second-copy.sqlite", "theirs.sqlite"):
        assert stored_recordings(locate(str(tmp_path / place)), history=True) == everything
    restored = locate(server.url("outcomes_restored", "ada"))
    assert stored_recordings(restored, history=True) == everything
    record(restored, [recording("new")])
    with pytest.raises(Exception, match="permission denied"):
        record(locate(server.url("outcomes", "bob")), [recording("new")])
