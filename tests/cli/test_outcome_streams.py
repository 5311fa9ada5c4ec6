"""What of outcomes goes to stdout, what to stderr, and who reads it there?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ligandkb.storage.recorded import recordings

GIVEN = ["--partner", "OLA+", "-c", "CsPbBr3", "--effect", "improved", "--plqy-after-pct", "95.5"]


@pytest.fixture
def add(run, tmp_path):
    def add(*arguments: str, by: str = "Ada"):
        done = run(
            "outcomes", "add", "benzoate", *GIVEN, *arguments, "--db", tmp_path / "o.sqlite", "--by", by
        )
        assert done.code == 0, done.err
        return done

    return add


def test_only_identifiers_go_to_stdout_and_the_rest_to_stderr(add, tmp_path):
    done = add()
    (name,) = done.out.split()
    assert name == recordings(str(tmp_path / "o.sqlite"))[0].outcome.id
    assert "1 recorded in" in done.err
    again = add(by="Bob")
    assert again.out == done.out
    assert "recorded before" in again.err
    assert len(recordings(str(tmp_path / "o.sqlite"))) == 1


def test_export_to_stdout_is_the_file_in_any_locale(add, run, tmp_path):
    db = str(tmp_path / "o.sqlite")
    add("--note", "µ – é")
    run("outcomes", "export", "-o", tmp_path / "x.csv", "--db", db)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "ligandkb", "outcomes", "export", "--db", db]
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert done.stdout == (tmp_path / "x.csv").read_bytes()


def test_explain_says_who_recorded_it(add, run, tmp_path):
    add()
    told = run("explain", "benzoate", "--no-compute", "--db", tmp_path / "o.sqlite").out
    assert "(recorded by Ada on " in " ".join(told.split())
    assert "no source" not in told
