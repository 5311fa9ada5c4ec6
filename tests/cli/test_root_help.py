"""Is the help that is kept what typer would print?"""

from __future__ import annotations

import pytest

from ligandkb.cli.root_help import TEXT, root_help


def laid_out(capsys, program: str) -> str:
    from ligandkb.cli.app import app

    with pytest.raises(SystemExit):
        app(["--help"], program)
    # Some versions of typer put the command into brackets.
    return capsys.readouterr().out.replace("[COMMAND]", "COMMAND")


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize(
    "path, program", [("/usr/bin/ligandkb", "ligandkb"), ("ligandkb/__main__.py", "python -m ligandkb")]
)
def test_the_help_that_is_kept_is_what_typer_prints(capsys, monkeypatch, columns, path, program):
    monkeypatch.setenv("COLUMNS", columns)
    assert root_help(path) == laid_out(capsys, program), (
        f"a command came or went: write {TEXT} anew, as ligandkb/cli/root_help.py says"
    )


def test_a_narrow_terminal_gets_lines_that_fit(run):
    assert max(map(len, run("--help", env={"COLUMNS": "60"}).out.splitlines())) <= 60


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_both_options_print_it(run, option):
    assert run(option).out == TEXT.read_text(encoding="utf-8")
